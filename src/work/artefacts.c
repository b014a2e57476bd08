/* Hub ids and paper links of the work's own files become artefacts. Each mention is scored by owner, name and the words around it; an artefact is
 * the work's own at 2 or more. Owners found that way make their other artefacts more likely: two passes. */
#include "work/artefacts.h"
#include "scope/role.h"
#include "work/commands.h"
#include <string.h>

#define OWN_SCORE 2.0
#define OWNER_SCORE 3.0 /* a hub owner is taken for the work's own from here on */
#define OWNER_LINKS 2u  /* or when so many of its artefacts are linked, and more than of any other owner that is no known provider */

typedef struct {
  CdWork *work;
  const CdProviders *providers;
  const CdCorpus *corpus;
  GHashTable *table; /* "kind:id" lower-case → CdArtefact, borrowed from list */
  GPtrArray *list;
} Gathering;

typedef struct {
  GRegex *release, *others, *training, *evaluation, *evaluation_name, *checkpoint_name;
} Cues;

static const Cues *
cues_get (void)
{
  static Cues *cues;
  if (g_once_init_enter (&cues)) {
    Cues *made = g_new0 (Cues, 1);
    const GRegexCompileFlags flags = G_REGEX_CASELESS | G_REGEX_OPTIMIZE;
    made->release = g_regex_new ("releas|open[- ]?sourc|\\bour\\b|\\bwe\\b|availab|\\bhere\\b|checkpoint|weights|download|model "
                                 "zoo|🤗|发布|开源|公开|我们|权重|下载",
                                 flags, 0, NULL);
    made->others = g_regex_new ("base model|based on|built? (up)?on|backbone|initiali|thank|inspired|baseline|compar|acknowledg|borrow|adapted "
                                "from|start\\w* (from|point)|prior work|fine-?tuned from|trained from|基于|感谢|参考",
                                flags, 0, NULL);
    made->training = g_regex_new ("train|\\bsft\\b|\\brl\\b|fine-?tun|post-?train|prompts|训练|微调", flags, 0, NULL);
    made->evaluation = g_regex_new ("evaluat|\\btest(s|ing|ed)?\\b|benchmark|held-?out|validation|评测|评估|测试", flags, 0, NULL);
    made->evaluation_name = g_regex_new ("aime|amc|(^|[^a-z])(bench|eval|test)([^a-z]|$)|bench$|eval$|math[-_]?500|gpqa|mmlu|minerva|olympiad|"
                                         "humaneval|mbpp|livecode|mathvista|mathverse|mmmu|leaderboard",
                                         flags, 0, NULL);
    made->checkpoint_name
        = g_regex_new ("(^|[-_])\\d+(\\.\\d+)?[bm]([-_.]|$)|sft|grpo|ppo|dpo|rl$|zero|instruct|prm|lora|ckpt|checkpoint|policy", flags, 0, NULL);
    g_once_init_leave (&cues, made);
  }
  return cues;
}

static void
artefact_free (gpointer data)
{
  CdArtefact *artefact = data;
  g_free (artefact->id);
  g_free (artefact->where);
  g_array_unref (artefact->places);
  g_free (artefact);
}

static CdArtefact *
mention (Gathering *gathering, CdArtefactKind kind, const char *id, const char *where, guint document, guint line)
{
  g_autofree char *lower = g_ascii_strdown (id, -1);
  g_autofree char *key = g_strdup_printf ("%d:%s", (int) kind, lower);
  CdArtefact *artefact = g_hash_table_lookup (gathering->table, key);
  if (artefact == NULL) {
    artefact = g_new0 (CdArtefact, 1);
    artefact->kind = kind;
    artefact->id = g_strdup (id);
    artefact->places = g_array_new (FALSE, FALSE, sizeof (CdPlace));
    artefact->weight = -G_MAXDOUBLE;
    g_ptr_array_add (gathering->list, artefact);
    g_hash_table_insert (gathering->table, g_steal_pointer (&key), artefact);
  }
  if (artefact->where == NULL && where != NULL)
    artefact->where = g_strdup (where);
  if (artefact->places->len < 16) {
    CdPlace place = { document, line, line };
    g_array_append_val (artefact->places, place);
  }
  return artefact;
}

/* The text of a line, at most 1000 bytes, for the words around a mention. Caller frees. */
static char *
line_text (const CdDocument *document, guint line)
{
  gsize start, end;
  if (document->lines == NULL || !cd_lines_range (document->lines, document->text, document->length, line, &start, &end))
    return g_strdup ("");
  gsize length = MIN (end - start, (gsize) 1000);
  return g_utf8_make_valid (document->text + start, (gssize) length);
}

static guint
section_flags (const CdDocument *document, gint32 section)
{
  return section >= 0 && (guint) section < document->sections->len ? ((CdSection *) document->sections->pdata[section])->flags : 0;
}

/* A name that goes on after a foundation family's with a word of its own: "Qwen2.5-7B-Something" was made from a foundation model, it is none. */
static gboolean
is_derived (const char *name)
{
  static const char *const variants[]
      = { "instruct", "chat",   "base",     "preview", "distill", "math", "coder",    "code",      "vision",  "audio", "omni",
          "turbo",    "think",  "thinking", "awq",     "gptq",    "gguf", "hf",       "reasoning", "qwen",    "llama", "meta",
          "mistral",  "large",  "small",    "medium",  "mini",    "nano", "next",     "long",      "context", "nemo",  "prm",
          "rm",       "reward", "verifier", "int",     "fp",      "bf",   "deepseek", "latest",    "exp",     "zero",  "python" };
  g_auto (GStrv) parts = g_strsplit_set (name, "-_.", 24);
  for (guint p = 1; parts[0] != NULL && parts[p] != NULL; p++) {
    gsize letters = 0;
    while (g_ascii_isalpha (parts[p][letters]))
      letters++;
    if (letters < 3)
      continue;
    g_autofree char *word = g_ascii_strdown (parts[p], (gssize) letters);
    gboolean variant = FALSE;
    for (guint v = 0; v < G_N_ELEMENTS (variants) && !variant; v++)
      variant = g_str_equal (word, variants[v]);
    if (!variant)
      return TRUE;
  }
  return FALSE;
}

/* How likely the artefact at this mention is the work's own (recipe: owner, name, release words, words that speak of others). */
static double
score_mention (const Gathering *gathering, const CdHubAddress *address, const char *line, guint flags)
{
  const Cues *cues = cues_get ();
  gboolean owns = cd_identity_owns (gathering->work, address->owner);
  gboolean named = cd_identity_matches (gathering->work, address->name);
  gboolean similar = cd_identity_matches (gathering->work, address->owner);
  double score = (owns ? 3 : 0) + (named ? 2 : 0) + (similar ? 1.5 : 0);
  if (g_regex_match (cues->release, line, 0, NULL))
    score += 1;
  if (g_regex_match (cues->others, line, 0, NULL))
    score -= owns || named ? 0.5 : 2;
  if (!owns && !named && cd_providers_has_owner (gathering->providers, address->owner))
    score -= 3;
  if (!named && cd_providers_is_family (gathering->providers, address->name) && !is_derived (address->name))
    score -= owns ? 2 : 1; /* a foundation model, be it of the same house */
  if (flags & (CD_CONTEXT_RELATED | CD_CONTEXT_BOILERPLATE))
    score -= 3;
  return score;
}

static void
note_use (CdArtefact *artefact, const char *line, guint flags)
{
  const Cues *cues = cues_get ();
  gboolean evaluates = g_regex_match (cues->evaluation_name, artefact->id, 0, NULL) || (flags & CD_CONTEXT_EVALUATION)
                       || (g_regex_match (cues->evaluation, line, 0, NULL) && !g_regex_match (cues->training, line, 0, NULL));
  if (evaluates)
    artefact->evaluation = TRUE;
  else if ((flags & (CD_CONTEXT_TRAINING | CD_CONTEXT_DATASET)) || g_regex_match (cues->training, line, 0, NULL))
    artefact->training = TRUE;
}

static void
read_hub_link (Gathering *gathering, const CdDocument *document, guint index, const CdLink *link, const CdHubAddress *address)
{
  g_autofree char *line = line_text (document, link->line);
  guint flags = section_flags (document, link->section);
  if ((flags & CD_CONTEXT_DEMO) != 0)
    return;
  CdArtefactKind kind = address->kind == CD_HUB_DATASET ? CD_ARTEFACT_DATASET : CD_ARTEFACT_WEIGHTS;
  if (address->kind == CD_HUB_COLLECTION) {
    g_autofree char *lower = g_utf8_strdown (line, -1);
    kind = strstr (lower, "data") != NULL && strstr (lower, "model") == NULL ? CD_ARTEFACT_DATASET : CD_ARTEFACT_WEIGHTS;
  }
  g_autofree char *id = g_strdup_printf ("%s/%s", address->owner, address->name);
  CdArtefact *artefact = mention (gathering, kind, id, link->target, index, link->line);
  artefact->weight = MAX (artefact->weight, score_mention (gathering, address, line, flags));
  if (kind == CD_ARTEFACT_DATASET)
    note_use (artefact, line, flags);
}

/* A paper is the work's own by its label, its place near the top, or a title that carries the work's name. */
static void
read_paper_link (Gathering *gathering, const CdDocument *document, guint index, const CdLink *link, const CdHubAddress *address)
{
  g_autofree char *line = line_text (document, link->line);
  g_autofree char *text = g_utf8_strdown (link->text ? link->text : "", -1);
  guint flags = section_flags (document, link->section);
  double score = 0;
  gboolean front = cd_role_of (document) == CD_ROLE_README && link->line <= MAX (30u, document->lines->starts->len / 6);
  gboolean labelled = strstr (text, "paper") || strstr (text, "arxiv") || strstr (text, "report") || strstr (text, "论文") || strstr (text, "pdf")
                      || strstr (link->target, "papers/");
  g_autofree char *lower = g_utf8_strdown (line, -1);
  if (labelled || strstr (lower, "paper") || strstr (lower, "arxiv.org"))
    score += front ? 2 : 0.5;
  if (strstr (lower, "our paper") || strstr (lower, "our technical report") || strstr (lower, "this paper") || strstr (lower, "[paper]")
      || strstr (lower, "我们的论文") || strstr (lower, "released the paper") || strstr (lower, "release the paper") || strstr (lower, "our arxiv"))
    score += 2;
  if (cd_identity_matches (gathering->work, line))
    score += 1.5;
  if ((flags & CD_CONTEXT_NEWS) && labelled)
    score += 1.5;
  if (flags & (CD_CONTEXT_RELATED | CD_CONTEXT_BOILERPLATE))
    score -= 3;
  if (g_regex_match (cues_get ()->others, line, 0, NULL))
    score -= 2;
  CdArtefact *artefact = mention (gathering, CD_ARTEFACT_PAPER, address->name, link->target, index, link->line);
  artefact->weight = MAX (artefact->weight, score);
}

/* A hub page of an owner, linked near the top of the front document, is the work's own. */
static void
read_owner_link (Gathering *gathering, const CdDocument *document, const CdLink *link, const CdHubAddress *address)
{
  gboolean hub = strstr (link->target, "github.com") == NULL && strstr (link->target, "gitlab.com") == NULL;
  gboolean front = strchr (document->path, '/') == NULL && link->line <= MAX (30u, document->lines->starts->len / 6);
  if (hub && front && !cd_providers_has_owner (gathering->providers, address->owner)
      && (section_flags (document, link->section) & CD_CONTEXT_RELATED) == 0)
    cd_identity_add_owner (gathering->work, address->owner);
}

static void
read_links (Gathering *gathering, const CdDocument *document, guint index)
{
  for (guint i = 0; i < document->links->len; i++) {
    const CdLink *link = document->links->pdata[i];
    g_auto (CdHubAddress) address = { 0 };
    if (!cd_hub_parse (link->target, &address))
      continue;
    if (address.kind == CD_HUB_OWNER)
      read_owner_link (gathering, document, link, &address);
    else if (address.kind == CD_HUB_MODEL || address.kind == CD_HUB_DATASET || address.kind == CD_HUB_COLLECTION)
      read_hub_link (gathering, document, index, link, &address);
    else if (address.kind == CD_HUB_PAPER)
      read_paper_link (gathering, document, index, link, &address);
  }
}

/* TRUE where the tree has a folder or file of that path: then the text means it, and no hub. */
static gboolean
is_in_tree (const CdCorpus *corpus, const char *path)
{
  g_autofree char *folder = g_strconcat (path, "/", NULL);
  guint low = 0, high = corpus->documents->len;
  while (low < high) {
    guint middle = (low + high) / 2;
    if (strcmp (((const CdDocument *) corpus->documents->pdata[middle])->path, folder) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return cd_corpus_find (corpus, path) != NULL
         || (low < corpus->documents->len && g_str_has_prefix (((const CdDocument *) corpus->documents->pdata[low])->path, folder));
}

/* Hub ids without a URL: back-ticked in text, in load_dataset and push_to_hub calls, and of models that a front document shows how to load. */
static void
read_hit_ids (Gathering *gathering, const CdSignals *signals, const GArray *hits, guint index)
{
  static const struct {
    const char *signal;
    CdArtefactKind kind;
    double bonus;
    gboolean front; /* counts in front documents only */
  } rows[] = {
    { "work.load-dataset", CD_ARTEFACT_DATASET, -0.5, FALSE },
    { "work.load-model", CD_ARTEFACT_WEIGHTS, -0.5, TRUE },
    { "work.push-to-hub", CD_ARTEFACT_DATASET, 2, FALSE },
    { "work.hub-id", CD_ARTEFACT_KINDS, 0, FALSE },
  };
  const CdDocument *document = gathering->corpus->documents->pdata[index];
  gboolean front = cd_role_of (document) == CD_ROLE_README || cd_role_of (document) == CD_ROLE_CARD;
  for (guint i = 0; i < hits->len; i++) {
    const CdHit *hit = &g_array_index (hits, CdHit, i);
    for (guint r = 0; r < G_N_ELEMENTS (rows); r++) {
      if (strcmp (cd_signals_at (signals, hit->signal)->id, rows[r].signal) != 0 || (rows[r].front && !front))
        continue;
      g_autofree char *text = cd_hit_capture (signals, document, hit, 0);
      if (text == NULL)
        continue;
      g_auto (GStrv) parts = g_strsplit_set (text, "\"'`", 3);
      if (parts[0] == NULL || parts[1] == NULL || !cd_hub_is_id (parts[1]) || is_in_tree (gathering->corpus, parts[1]))
        continue;
      g_auto (GStrv) halves = g_strsplit (parts[1], "/", 2);
      CdHubAddress address = { CD_HUB_MODEL, halves[0], halves[1] };
      g_autofree char *line = line_text (document, hit->line);
      guint flags = g_array_index (document->passages, CdPassage, hit->passage).flags;
      CdArtefactKind kind = rows[r].kind;
      if (kind == CD_ARTEFACT_KINDS)
        kind = g_regex_match (cues_get ()->checkpoint_name, address.name, 0, NULL) ? CD_ARTEFACT_WEIGHTS : CD_ARTEFACT_DATASET;
      CdArtefact *artefact = mention (gathering, kind, parts[1], NULL, index, hit->line);
      artefact->weight = MAX (artefact->weight, score_mention (gathering, &address, line, flags) + rows[r].bonus);
      if (kind == CD_ARTEFACT_DATASET)
        note_use (artefact, line,
                  flags | (strstr (document->path, "eval") ? CD_CONTEXT_EVALUATION : 0)
                      | (strstr (document->path, "train") ? CD_CONTEXT_TRAINING : 0));
    }
  }
}

#define EVALUATED_BONUS 1.5

/* Models that documented commands evaluate: mostly the work's own. */
static void
read_evaluated (Gathering *gathering)
{
  for (guint i = 0; i < gathering->work->commands->len; i++) {
    const CdWorkCommand *command = gathering->work->commands->pdata[i];
    const CdDocument *document = gathering->corpus->documents->pdata[command->document];
    if (command->class != CD_COMMAND_EVALUATION || document->kind == CD_DOCUMENT_SHELL)
      continue;
    for (guint w = 1; command->command->argv[w] != NULL && w < 100; w++) {
      const char *word = command->command->argv[w];
      const char *equals = strchr (word, '=');
      const char *value = equals != NULL ? equals + 1 : word;
      if (!cd_hub_is_id (value) || is_in_tree (gathering->corpus, value))
        continue;
      g_auto (GStrv) halves = g_strsplit (value, "/", 2);
      CdHubAddress address = { CD_HUB_MODEL, halves[0], halves[1] };
      if (!g_regex_match (cues_get ()->checkpoint_name, address.name, 0, NULL) || cd_providers_has_owner (gathering->providers, address.owner))
        continue;
      CdArtefact *artefact = mention (gathering, CD_ARTEFACT_WEIGHTS, value, NULL, command->document, command->command->line);
      artefact->weight = MAX (artefact->weight, score_mention (gathering, &address, "", 0) + EVALUATED_BONUS);
    }
  }
}

/* Base models and training sets that configurations name by hub id. */
static void
read_configurations (Gathering *gathering)
{
  for (guint i = 0; i < gathering->work->configurations->len; i++) {
    const CdConfiguration *configuration = gathering->work->configurations->pdata[i];
    const CdDocument *document = gathering->corpus->documents->pdata[configuration->document];
    for (guint s = 0; s < document->settings->len; s++) {
      const CdSetting *setting = document->settings->pdata[s];
      gboolean base = setting->line == configuration->base_model.line;
      gboolean data = setting->line == configuration->dataset.line;
      if ((!base && !data) || !cd_hub_is_id (setting->value))
        continue;
      g_auto (GStrv) halves = g_strsplit (setting->value, "/", 2);
      CdHubAddress address = { CD_HUB_MODEL, halves[0], halves[1] };
      /* The work's own finished model, or what an evaluation loads, is no start of training. */
      gboolean finished = cd_identity_owns (gathering->work, address.owner) || cd_identity_matches (gathering->work, address.name);
      if (base && (finished || !configuration->anchored || cd_command_class_of_path (document->path) == CD_COMMAND_EVALUATION))
        continue;
      CdArtefact *artefact
          = mention (gathering, base ? CD_ARTEFACT_BASE_MODEL : CD_ARTEFACT_DATASET, setting->value, NULL, configuration->document, setting->line);
      artefact->weight = MAX (artefact->weight, score_mention (gathering, &address, "", 0) - 1);
      artefact->training |= data;
    }
  }
}

static void
adopt_owners (Gathering *gathering)
{
  for (guint i = 0; i < gathering->list->len; i++) {
    const CdArtefact *artefact = gathering->list->pdata[i];
    if (artefact->weight < OWNER_SCORE || (artefact->kind != CD_ARTEFACT_WEIGHTS && artefact->kind != CD_ARTEFACT_DATASET))
      continue;
    g_auto (GStrv) halves = g_strsplit (artefact->id, "/", 2);
    if (halves[0] != NULL && !cd_providers_has_owner (gathering->providers, halves[0]))
      cd_identity_add_owner (gathering->work, halves[0]);
  }
}

#define OTHERS_SCORE -1.5 /* words around a mention say that the artefact is somebody else's */

/* One of the places is in a document at the root: those below may be other works' that this one contains. */
static gboolean
is_at_root (const Gathering *gathering, const CdArtefact *artefact)
{
  gboolean root = FALSE;
  for (guint i = 0; i < artefact->places->len && !root; i++) {
    const CdDocument *document = gathering->corpus->documents->pdata[g_array_index (artefact->places, CdPlace, i).document];
    root = strchr (document->path, '/') == NULL;
  }
  return root;
}

/* Where nothing else tells: the owner, no known provider, whose artefacts the documents at the root link most. */
static void
adopt_most_linked (Gathering *gathering)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *best = NULL;
  guint most = 0, second = 0;
  for (guint i = 0; i < gathering->list->len; i++) {
    const CdArtefact *artefact = gathering->list->pdata[i];
    const char *slash = artefact->where ? strchr (artefact->id, '/') : NULL;
    if (slash == NULL || (artefact->kind != CD_ARTEFACT_WEIGHTS && artefact->kind != CD_ARTEFACT_DATASET) || artefact->weight <= OTHERS_SCORE
        || !is_at_root (gathering, artefact))
      continue;
    g_autofree char *owner = g_ascii_strdown (artefact->id, slash - artefact->id);
    if (cd_providers_has_owner (gathering->providers, owner))
      continue;
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, owner)) + 1;
    g_hash_table_insert (counts, g_strdup (owner), GUINT_TO_POINTER (count));
  }
  GHashTableIter iter;
  gpointer owner, count;
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &owner, &count)) {
    guint links = GPOINTER_TO_UINT (count);
    second = links > most ? most : MAX (second, links);
    best = links > most ? owner : best;
    most = MAX (most, links);
  }
  if (best != NULL && most >= OWNER_LINKS && most > second)
    cd_identity_add_owner (gathering->work, best);
}

static gint
compare_artefacts (gconstpointer a, gconstpointer b)
{
  const CdArtefact *x = *(CdArtefact *const *) a, *y = *(CdArtefact *const *) b;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  if (x->weight != y->weight)
    return x->weight > y->weight ? -1 : 1;
  return strcmp (x->id, y->id);
}

static void
read_all (Gathering *gathering, const CdScope *scope, const CdSignals *signals, GPtrArray *hits)
{
  for (guint i = 0; i < gathering->corpus->documents->len; i++) {
    if (!cd_scope_is_own (scope, i))
      continue;
    const CdDocument *document = gathering->corpus->documents->pdata[i];
    CdRole role = cd_role_of (document);
    if (role == CD_ROLE_README || role == CD_ROLE_DOC || role == CD_ROLE_CARD)
      read_links (gathering, document, i);
    read_hit_ids (gathering, signals, hits->pdata[i], i);
  }
  read_configurations (gathering);
  read_evaluated (gathering);
}

void
cd_artefacts_gather (CdWork *work, const CdProviders *providers, const CdCorpus *corpus, const CdScope *scope, const CdSignals *signals,
                     GPtrArray *hits)
{
  for (guint pass = 0; pass < 2; pass++) {
    g_clear_pointer (&work->artefacts, g_ptr_array_unref);
    work->artefacts = g_ptr_array_new_with_free_func (artefact_free);
    g_autoptr (GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    Gathering gathering = { work, providers, corpus, table, work->artefacts };
    read_all (&gathering, scope, signals, hits);
    if (pass == 0) {
      adopt_owners (&gathering);
      adopt_most_linked (&gathering);
    }
  }
  for (guint i = 0; i < work->artefacts->len; i++) {
    CdArtefact *artefact = work->artefacts->pdata[i];
    artefact->own = artefact->weight >= OWN_SCORE;
  }
  g_ptr_array_sort (work->artefacts, compare_artefacts);
}
