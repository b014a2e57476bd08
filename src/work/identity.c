/* Identity from the work's own text. A wrong name here makes another's artefact the work's, so that a candidate needs a title, a clone
 * command or a citation behind it, and generic words and bare model families are refused. */
#include "work/identity.h"
#include "scope/role.h"
#include <string.h>

#define FORGE_SCORE 3 /* a repository linked from the front document is the work's own from here on */

typedef struct {
  char *owner, *name;
  int score;
} ForgeCandidate;

typedef struct {
  CdWork *work;
  const CdProviders *providers;
  GPtrArray *titles;  /* const char*, borrowed: titles of the work's front documents */
  GHashTable *forges; /* "owner/name" lower-case → ForgeCandidate */
} Gathering;

/* Words that stand in titles of works without naming one. */
static const char *const generic[]
    = { "readme",     "introduction", "overview",   "project",     "code",         "news",     "model",    "models",  "data",     "dataset",
        "datasets",   "training",     "evaluation", "install",     "installation", "usage",    "citation", "license", "official", "implementation",
        "repository", "paper",        "reasoning",  "llm",         "llms",         "mllm",     "mllms",    "vlm",     "vlms",     "lvlm",
        "rl",         "rlhf",         "rlvr",       "grpo",        "ppo",          "dpo",      "sft",      "mcts",    "cot",      "prm",
        "orm",        "rag",          "nlp",        "ai",          "agi",          "gpt",      "lora",     "cuda",    "gpu",      "api",
        "pytorch",    "github",       "arxiv",      "huggingface", "iclr",         "icml",     "neurips",  "acl",     "emnlp",    "naacl",
        "cvpr",       "eccv",         "colm",       "aime",        "math",         "gsm8k",    "math500",  "gpqa",    "getting",  "started",
        "quickstart", "features",     "updates",    "release",     "abstract",     "contents", "main",     "results", "home",     "test",
        "work",       "the",          "language",   "large",       "learning",     "python",   NULL };

static void
forge_candidate_free (gpointer data)
{
  ForgeCandidate *candidate = data;
  g_free (candidate->owner);
  g_free (candidate->name);
  g_free (candidate);
}

static void
add_name (Gathering *gathering, const char *text)
{
  g_autofree char *key = cd_text_key (text);
  gsize length = strlen (key);
  if (length < 2 || length > 40 || g_strv_contains (generic, key) || (length == 2 && !g_ascii_isdigit (key[1])))
    return;
  if (!g_ptr_array_find_with_equal_func (gathering->work->names, key, g_str_equal, NULL))
    g_ptr_array_add (gathering->work->names, g_steal_pointer (&key));
}

static guint
count_words (const char *text)
{
  g_auto (GStrv) tokens = cd_text_tokens (text);
  return g_strv_length (tokens);
}

/* A word that looks coined: an inner capital, or letters and a digit, three letters or more, and no model family. */
static gboolean
is_coined (const Gathering *gathering, const char *word)
{
  gsize length = strlen (word);
  guint capitals = 0, digits = 0, letters = 0, lower = 0;
  for (gsize i = 0; i < length; i++) {
    capitals += i > 0 && g_ascii_isupper (word[i]);
    digits += g_ascii_isdigit (word[i]) != 0;
    letters += g_ascii_isalpha (word[i]) != 0;
    lower += g_ascii_islower (word[i]) != 0;
  }
  if (letters < 2 || length < 3 || cd_providers_is_family (gathering->providers, word))
    return FALSE;
  return (capitals > 0 && lower > 0) || (digits > 0 && capitals + lower > 0) || (capitals + 1 == letters && letters >= 4);
}

static void
add_title (Gathering *gathering, const char *title)
{
  g_autofree char *plain = g_strdup (title);
  const char *colon = strstr (plain, ": ");
  const char *wide = strstr (plain, "：");
  const char *cut = colon && (!wide || colon < wide) ? colon : wide;
  g_autofree char *front = cut ? g_strndup (plain, (gsize) (cut - plain)) : g_strdup (plain);
  if (count_words (front) <= 3)
    add_name (gathering, front);
  g_auto (GStrv) words = g_strsplit_set (front, " \t,;()[]{}<>\"'*_`|/", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (is_coined (gathering, words[i]))
      add_name (gathering, words[i]);
}

static void
read_titles (Gathering *gathering, const CdDocument *document)
{
  guint taken = 0;
  for (guint i = 0; i < document->sections->len && i < 12 && taken < 2; i++) {
    const CdSection *section = document->sections->pdata[i];
    if (section->level > 1 && !(i == 0 && section->level == 2))
      continue;
    g_ptr_array_add (gathering->titles, section->title);
    add_title (gathering, section->title);
    taken++;
  }
}

/* The short name of a cited title ("Name: the rest") of the work's own front document. */
static void
read_citations (Gathering *gathering, const CdDocument *document)
{
  for (guint i = 0; i < document->passages->len; i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    if (passage->kind != CD_PASSAGE_BIBTEX)
      continue;
    g_autofree char *text = cd_document_passage_text (document, passage);
    const char *at = text + strspn (text, " \t");
    if (g_ascii_strncasecmp (at, "title", 5) != 0)
      continue;
    at += strcspn (at, "{\"");
    at += strspn (at, "{\"");
    const char *colon = strchr (at, ':');
    if (colon == NULL || colon - at > 40)
      continue;
    g_autofree char *name = g_strndup (at, (gsize) (colon - at));
    if (count_words (name) <= 3)
      add_name (gathering, name);
  }
}

static gboolean
titles_hold (const Gathering *gathering, const char *name)
{
  g_autofree char *key = cd_text_key (name);
  if (strlen (key) < 2)
    return FALSE;
  for (guint i = 0; i < gathering->titles->len; i++) {
    g_autofree char *title = cd_text_key (gathering->titles->pdata[i]);
    if (strstr (title, key) != NULL)
      return TRUE;
  }
  return FALSE;
}

static void
vote (Gathering *gathering, const char *owner, const char *name, int points)
{
  g_autofree char *both = g_strdup_printf ("%s/%s", owner, name);
  g_autofree char *key = g_ascii_strdown (both, -1);
  ForgeCandidate *candidate = g_hash_table_lookup (gathering->forges, key);
  if (candidate == NULL) {
    candidate = g_new0 (ForgeCandidate, 1);
    candidate->owner = g_ascii_strdown (owner, -1);
    candidate->name = g_strdup (name);
    if (titles_hold (gathering, name))
      candidate->score += 4;
    else if (cd_providers_has_owner (gathering->providers, owner))
      candidate->score -= 6;
    g_hash_table_insert (gathering->forges, g_steal_pointer (&key), candidate);
  }
  candidate->score += points;
}

/* Badge and star-history images carry owner/name inside their URL. */
static void
vote_badge (Gathering *gathering, const char *target)
{
  static const char *const marks[] = { "shields.io/github/", "star-history.com/", "contrib.rocks/image?repo=", "visitor", NULL };
  gboolean badge = FALSE;
  for (guint i = 0; marks[i] != NULL && !badge; i++)
    badge = strstr (target, marks[i]) != NULL;
  if (!badge)
    return;
  static GRegex *pair;
  if (g_once_init_enter (&pair))
    g_once_init_leave (&pair, g_regex_new ("(?:repo(?:s)?=|#|license/|stars/|forks/|issues/|github\\.com/|page_id=)([\\w.-]+)(?:/|%2F|\\.)([\\w-]+)",
                                           G_REGEX_OPTIMIZE, 0, NULL));
  g_autoptr (GMatchInfo) match = NULL;
  if (!g_regex_match (pair, target, 0, &match))
    return;
  g_autofree char *owner = g_match_info_fetch (match, 1);
  g_autofree char *name = g_match_info_fetch (match, 2);
  vote (gathering, owner, name, 2);
}

static void
read_forges (Gathering *gathering, const CdDocument *document)
{
  for (guint i = 0; i < document->links->len; i++) {
    const CdLink *link = document->links->pdata[i];
    if (link->image)
      vote_badge (gathering, link->target);
    g_auto (CdHubAddress) address = { 0 };
    if (cd_hub_parse (link->target, &address) && address.kind == CD_HUB_FORGE)
      vote (gathering, address.owner, address.name, 1);
  }
  for (guint i = 0; i < document->commands->len; i++) {
    const CdCommand *command = document->commands->pdata[i];
    if (g_strv_length (command->argv) < 3 || strcmp (command->argv[0], "git") != 0 || strcmp (command->argv[1], "clone") != 0)
      continue;
    for (guint j = 2; command->argv[j] != NULL; j++) {
      g_auto (CdHubAddress) address = { 0 };
      if (cd_hub_parse (command->argv[j], &address) && address.kind == CD_HUB_FORGE)
        vote (gathering, address.owner, address.name, 2);
    }
  }
}

static void
choose_forge (Gathering *gathering)
{
  const ForgeCandidate *best = NULL;
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, gathering->forges);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const ForgeCandidate *candidate = value;
    if (best == NULL || candidate->score > best->score
        || (candidate->score == best->score
            && (strcmp (candidate->owner, best->owner) < 0
                || (strcmp (candidate->owner, best->owner) == 0 && strcmp (candidate->name, best->name) < 0))))
      best = candidate;
  }
  if (best == NULL || best->score < FORGE_SCORE)
    return;
  cd_identity_add_owner (gathering->work, best->owner);
  if (!cd_providers_is_family (gathering->providers, best->name) || titles_hold (gathering, best->name))
    add_name (gathering, best->name);
}

static guint
depth_of (const CdDocument *document)
{
  guint depth = 0;
  for (const char *c = document->path; *c != '\0'; c++)
    depth += *c == '/' ? 1 : 0;
  return depth;
}

/* The depth of the outermost README: the root, or the folder that --subdir names. */
static guint
front_depth (const CdCorpus *corpus, const CdScope *scope)
{
  guint front = G_MAXUINT;
  for (guint i = 0; i < corpus->documents->len; i++) {
    const CdDocument *document = corpus->documents->pdata[i];
    if (cd_scope_is_own (scope, i) && cd_role_of (document) == CD_ROLE_README)
      front = MIN (front, depth_of (document));
  }
  return front;
}

void
cd_identity_gather (CdWork *work, const CdProviders *providers, const CdCorpus *corpus, const CdScope *scope)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();
  g_autoptr (GHashTable) forges = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, forge_candidate_free);
  Gathering gathering = { work, providers, titles, forges };
  guint front = front_depth (corpus, scope);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < corpus->documents->len; i++) {
      const CdDocument *document = corpus->documents->pdata[i];
      if (!cd_scope_is_own (scope, i) || cd_role_of (document) != CD_ROLE_README || depth_of (document) != front)
        continue;
      if (pass == 0)
        read_titles (&gathering, document);
      else {
        read_forges (&gathering, document);
        read_citations (&gathering, document);
      }
    }
  choose_forge (&gathering);
}

gboolean
cd_identity_matches (const CdWork *work, const char *text)
{
  g_auto (GStrv) tokens = cd_text_tokens (text);
  for (guint n = 0; n < work->names->len; n++) {
    const char *name = work->names->pdata[n];
    gsize wanted = strlen (name);
    for (guint i = 0; tokens[i] != NULL; i++) {
      g_autoptr (GString) run = g_string_new (NULL);
      for (guint j = i; tokens[j] != NULL && run->len < wanted; j++)
        g_string_append (run, tokens[j]);
      if (strcmp (run->str, name) == 0 || (wanted >= 5 && g_str_has_prefix (run->str, name)))
        return TRUE;
    }
  }
  return FALSE;
}

/* Hosts allow different marks: "some-lab", "somelab" and "some_lab" are one owner. */
static gboolean
same_letters (gconstpointer a, gconstpointer b)
{
  const char *left = a, *right = b;
  for (;;) {
    left += strspn (left, "-_.");
    right += strspn (right, "-_.");
    if (*left != *right || *left == '\0')
      return *left == *right;
    left++;
    right++;
  }
}

gboolean
cd_identity_owns (const CdWork *work, const char *owner)
{
  g_autofree char *lower = g_ascii_strdown (owner, -1);
  return g_ptr_array_find_with_equal_func (work->owners, lower, same_letters, NULL);
}

void
cd_identity_add_owner (CdWork *work, const char *owner)
{
  if (!cd_identity_owns (work, owner))
    g_ptr_array_add (work->owners, g_ascii_strdown (owner, -1));
}
