/* The scanner for names. A name begins where a word does whose letters begin a known name or a family's stem; its end is the longest known name, or the
 * last part that looks like a version. Linear in the text: at each such place a bounded number of prefixes is looked up. */
#include "lineage/names.h"
#include "base/text.h"
#include <string.h>

#define NAME_BYTES 96u  /* no name is longer */
#define BORDERS 24u     /* parts of a name looked at */
#define FIRST_BYTES 32u /* of a first word, with its end */

/* Strings that mentions point to, each kept once, as long as the names live: what is read is hostile, and the process may go on to other works. */
typedef struct {
  GMutex lock;
  GStringChunk *strings;
} Kept;

struct _CdNames {
  const CdKnowledge *knowledge;
  Kept *kept;
  GHashTable *firsts;    /* first word of a known name or stem, lower case → itself */
  guint32 lengths[1024]; /* which lengths first words have, by their first two bytes: most words of a text need no look-up */
  GHashTable *exact;     /* whole known name, lower case, blanks as hyphens → index + 1; models before datasets */
  GHashTable *families;  /* stem → provider */
  GHashTable *words[4];  /* by WordSet */
};

typedef enum { WORDS_PARTS, WORDS_MADE, WORDS_ALIKE, WORDS_WEAK } WordSet;

const char *
cd_names_keep (const CdNames *names, const char *text)
{
  g_mutex_lock (&names->kept->lock);
  const char *kept = g_string_chunk_insert_const (names->kept->strings, text);
  g_mutex_unlock (&names->kept->lock);
  return kept;
}

static gboolean
is_joint (char byte)
{
  return byte == '-' || byte == '_' || byte == '.' || byte == '/' || byte == ':' || byte == ' ' || byte == '+';
}

static gboolean
is_wordy (char byte)
{
  return g_ascii_isalnum (byte) || (guchar) byte >= 0x80;
}

/* The letters and digits that text begins with, lower case. Caller frees. */
static char *
first_word (const char *text, gsize length)
{
  gsize end = 0;
  while (end < length && g_ascii_isalnum (text[end]))
    end++;
  return g_ascii_strdown (text, (gssize) end);
}

static guint
first_bytes (const char *word)
{
  return *word == '\0' ? 0 : ((guint) (guchar) word[0] * 32 + (guchar) word[1]) % 1024; /* word[1] may be its end */
}

static void
add_first (CdNames *names, char *first)
{
  gsize length = strlen (first);
  if (length < FIRST_BYTES)
    names->lengths[first_bytes (first)] |= 1u << length;
  g_hash_table_insert (names->firsts, first, first);
}

/* word: lower case and shorter than FIRST_BYTES. */
static gboolean
is_first (const CdNames *names, const char *word, gsize length)
{
  return length > 0 && (names->lengths[first_bytes (word)] & (1u << length)) != 0 && g_hash_table_contains (names->firsts, word);
}

static void
add_exact (CdNames *names, const char *name, guint index)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_strdelimit (lower, "_ ", '-');
  if (strlen (lower) < 2 || g_hash_table_contains (names->exact, lower))
    return;
  char *first = first_word (lower, strlen (lower));
  if (strlen (first) < FIRST_BYTES && is_first (names, first, strlen (first)))
    g_free (first);
  else
    add_first (names, first);
  g_hash_table_insert (names->exact, g_steal_pointer (&lower), GUINT_TO_POINTER (index + 1));
}

static void
add_known (CdNames *names, guint index)
{
  const CdKnown *known = cd_knowledge_at (names->knowledge, index);
  add_exact (names, known->name, index);
  add_exact (names, known->id, index);
  for (guint i = 0; known->hub[i] != NULL; i++) {
    add_exact (names, known->hub[i], index);
    const char *slash = strchr (known->hub[i], '/');
    if (slash != NULL && known->kind == CD_KNOWN_MODEL)
      add_exact (names, slash + 1, index);
  }
  for (guint i = 0; known->aliases[i] != NULL; i++)
    add_exact (names, known->aliases[i], index);
}

static gboolean
read_words (CdNames *names, const CdYaml *yaml, const char *key, WordSet set, GError **error)
{
  g_autofree const char **words = cd_yaml_strings (yaml, cd_yaml_root (yaml), key, error);
  names->words[set] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    g_hash_table_add (names->words[set], g_strdup (words[i]));
  return words != NULL;
}

static gboolean
read_families (CdNames *names, const CdYaml *yaml, GError **error)
{
  static const char *const keys[] = { "stem", "provider", NULL };
  const CdYamlNode *list = cd_yaml_get (cd_yaml_root (yaml), "families");
  for (guint i = 0; i < cd_yaml_length (list); i++) {
    const CdYamlNode *entry = cd_yaml_at (list, i);
    const char *stem = cd_yaml_check_keys (yaml, entry, keys, error) ? cd_yaml_require (yaml, entry, "stem", error) : NULL;
    const char *provider = stem != NULL ? cd_yaml_require (yaml, entry, "provider", error) : NULL;
    if (provider == NULL)
      return FALSE;
    add_first (names, first_word (stem, strlen (stem)));
    g_hash_table_insert (names->families, g_strdup (stem), (gpointer) g_intern_string (provider));
  }
  return TRUE;
}

CdNames *
cd_names_new (const CdData *data, const CdKnowledge *knowledge, GError **error)
{
  static const char *const keys[] = { "families", "parts", "made", "alike", "weak", NULL };
  g_autoptr (CdYaml) yaml = cd_data_yaml (data, "rubrics/lineage/names.yaml", error);
  if (yaml == NULL || !cd_yaml_check_keys (yaml, cd_yaml_root (yaml), keys, error))
    return NULL;
  g_autoptr (CdNames) names = g_new0 (CdNames, 1);
  names->knowledge = knowledge;
  names->kept = g_new0 (Kept, 1);
  g_mutex_init (&names->kept->lock);
  names->kept->strings = g_string_chunk_new (4096);
  names->firsts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  names->exact = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  names->families = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!read_families (names, yaml, error) || !read_words (names, yaml, "parts", WORDS_PARTS, error)
      || !read_words (names, yaml, "made", WORDS_MADE, error) || !read_words (names, yaml, "alike", WORDS_ALIKE, error)
      || !read_words (names, yaml, "weak", WORDS_WEAK, error))
    return NULL;
  for (guint i = 0; i < cd_knowledge_length (knowledge); i++)
    add_known (names, i);
  return g_steal_pointer (&names);
}

void
cd_names_free (CdNames *names)
{
  if (names == NULL)
    return;
  if (names->kept != NULL) {
    g_mutex_clear (&names->kept->lock);
    g_string_chunk_free (names->kept->strings);
    g_free (names->kept);
  }
  GHashTable **tables[] = { &names->firsts, &names->exact, &names->families };
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    g_clear_pointer (tables[i], g_hash_table_unref);
  for (guint i = 0; i < G_N_ELEMENTS (names->words); i++)
    g_clear_pointer (&names->words[i], g_hash_table_unref);
  g_free (names);
}

const CdKnowledge *
cd_names_knowledge (const CdNames *names)
{
  return names->knowledge;
}

/* The text from a name's first byte on, in the spelling of the tables, with the places where a part ends. */
typedef struct {
  char lower[NAME_BYTES + 1];
  gsize length;
  guint borders[BORDERS];   /* ends of parts, ascending */
  gboolean spaced[BORDERS]; /* the part before the border is joined by a space */
  guint count;
} Run;

/* length bytes, which copy has room for, as a string. */
static const char *
copy_of (const char *text, gsize length, char *copy)
{
  memcpy (copy, text, length);
  copy[length] = '\0';
  return copy;
}

/* A part that tells a version: digits with few letters ("72b", "a3b", "v2.5"), or one of the words. */
static gboolean
is_part (const CdNames *names, const char *part, gsize length)
{
  guint digits = 0;
  for (gsize i = 0; i < length; i++)
    digits += g_ascii_isdigit (part[i]) ? 1 : 0;
  if (digits > 0)
    return length - digits <= 2 || (length - digits <= 4 && digits >= 3);
  char word[NAME_BYTES + 1];
  return length < sizeof word && g_hash_table_contains (names->words[WORDS_PARTS], copy_of (part, length, word));
}

/* A space joins the next word to a name where that word tells a version ("Claude 3.5 Sonnet"); everything else ends the name. */
static void
read_run (const CdNames *names, const char *text, gsize left, Run *run)
{
  run->length = run->count = 0;
  gsize part = 0;
  gboolean spaced = FALSE;
  for (gsize at = 0; at < left && run->length < NAME_BYTES && run->count < BORDERS; at++) {
    char byte = text[at];
    if (g_ascii_isalnum (byte)) {
      run->lower[run->length++] = g_ascii_tolower (byte);
      continue;
    }
    if (run->length > part) {
      run->spaced[run->count] = spaced;
      run->borders[run->count++] = (guint) run->length;
    }
    gsize next = at + 1;
    if (!is_joint (byte) || next >= left || !g_ascii_isalnum (text[next]))
      break;
    if (byte == ' ') {
      gsize end = next;
      while (end < left && (g_ascii_isalnum (text[end]) || (text[end] == '.' && end + 1 < left && g_ascii_isdigit (text[end + 1]))))
        end++;
      char word[NAME_BYTES + 1];
      for (gsize i = 0; i < MIN (end - next, sizeof word); i++)
        word[i] = g_ascii_tolower (text[next + i]);
      if (end - next >= sizeof word || !is_part (names, word, end - next) || (g_ascii_isdigit (word[0]) && end - next > 4))
        break;
    }
    spaced = spaced || byte == ' ';
    run->lower[run->length++] = byte == '_' || byte == ' ' ? '-' : byte;
    part = run->length;
  }
  if (run->length > part && run->count < BORDERS && (run->count == 0 || run->borders[run->count - 1] < run->length)) {
    run->spaced[run->count] = spaced;
    run->borders[run->count++] = (guint) run->length;
  }
  while (run->length > 0 && is_joint (run->lower[run->length - 1]))
    run->length--;
  run->lower[run->length] = '\0';
}

static guint
lookup (const CdNames *names, const Run *run, guint border)
{
  char prefix[NAME_BYTES + 1];
  return GPOINTER_TO_UINT (g_hash_table_lookup (names->exact, copy_of (run->lower, run->borders[border], prefix)));
}

/* The provider of the family whose stem the run begins with, and how many bytes the stem takes; NULL none. */
static const char *
family_of (const CdNames *names, const char *lower, gsize *stem)
{
  gsize letters = 0;
  while (g_ascii_isalpha (lower[letters]))
    letters++;
  gsize words = letters;
  if (lower[words] == '-' && g_ascii_isalpha (lower[words + 1]))
    for (words++; g_ascii_isalpha (lower[words]);)
      words++;
  const gsize ends[] = { words, letters, letters + 1 }; /* "meta-llama", "qwen", "o1" */
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    char prefix[NAME_BYTES + 2];
    const char *provider = strnlen (lower, ends[i]) == ends[i] ? g_hash_table_lookup (names->families, copy_of (lower, ends[i], prefix)) : NULL;
    if (provider != NULL && !(i == 2 && g_ascii_isalnum (lower[ends[i]]))) {
      *stem = ends[i];
      return provider;
    }
  }
  return NULL;
}

/* How far parts that look like versions follow `from`, as a border's index; -1 none. */
static gint
follow_parts (const CdNames *names, const Run *run, gsize from, gint reached)
{
  for (guint b = (guint) (reached + 1); b < run->count; b++) {
    gsize start = b == 0 ? from : MAX (from, run->borders[b - 1] + 1);
    if (run->lower[run->borders[b - (b > 0)]] == '/' && b > 0)
      return reached;
    if (start < run->borders[b] && !is_part (names, run->lower + start, run->borders[b] - start))
      return reached;
    reached = (gint) b;
  }
  return reached;
}

/* What follows the name within the run says what it is part of. */
static void
judge_rest (const CdNames *names, const Run *run, guint border, CdMention *mention)
{
  if (border + 1 >= run->count || run->lower[run->borders[border]] == ' ' || run->spaced[border + 1] != run->spaced[border])
    return;
  gsize start = run->borders[border] + 1, end = run->borders[border + 1];
  char joint = run->lower[run->borders[border]];
  if (joint == '.' || joint == ':' || start >= end)
    return;
  g_autofree char *rest = g_strndup (run->lower + start, end - start);
  mention->over = mention->start + (guint32) end;
  if (g_hash_table_contains (names->words[WORDS_MADE], rest))
    mention->made = TRUE;
  else if (g_hash_table_contains (names->words[WORDS_ALIKE], rest))
    mention->alike = TRUE;
  else if (!g_str_equal (rest, "based") && !g_str_equal (rest, "as") && !g_str_equal (rest, "api") && joint != '/')
    mention->derived = TRUE;
}

static const char *
written_name (const CdNames *names, const char *text, gsize length)
{
  const char *slash = memrchr (text, '/', length);
  const char *from = slash != NULL ? slash + 1 : text;
  g_autofree char *name = g_strndup (from, length - (gsize) (from - text));
  return cd_names_keep (names, g_strdelimit (name, "\n\t", ' '));
}

static gboolean
is_weak (const CdNames *names, const Run *run, guint border)
{
  char whole[NAME_BYTES + 1];
  return g_hash_table_contains (names->words[WORDS_WEAK], copy_of (run->lower, run->borders[border], whole));
}

/* A name as the work writes it; but a bare one ("R1"), and an API's alias without a version ("deepseek-reasoner"), by the model that is meant. */
static const char *
spoken_name (const CdNames *names, const CdKnown *known, const char *text, const Run *run, guint border)
{
  const char *written = written_name (names, text, run->borders[border]);
  gboolean versioned = FALSE;
  for (const char *at = written; *at != '\0'; at++)
    versioned = versioned || g_ascii_isdigit (*at);
  gboolean alias = !versioned && strlen (written) >= 4 && g_ascii_strncasecmp (written, known->name, 4) == 0;
  return known->kind == CD_KNOWN_DATASET || alias || is_weak (names, run, border) || strlen (written) < 3 ? known->name : written;
}

/* Short names and those that are ordinary words count only as they are usually written: with a capital or a digit. */
static gboolean
is_spelt_out (const char *text, gsize length)
{
  if (length > 5)
    return TRUE;
  gboolean upper = FALSE, digit = FALSE;
  for (gsize i = 0; i < length; i++) {
    upper = upper || g_ascii_isupper (text[i]);
    digit = digit || g_ascii_isdigit (text[i]);
  }
  return upper || digit;
}

/* The name at text, which begins a word. */
static gboolean
read_name (const CdNames *names, const char *text, gsize left, CdMention *mention)
{
  Run run;
  read_run (names, text, left, &run);
  gint border = -1;
  guint found = 0;
  for (guint b = run.count; b-- > 0 && found == 0;)
    if ((found = lookup (names, &run, b)) != 0)
      border = (gint) b;
  gsize stem = 0;
  const char *provider = family_of (names, run.lower, &stem);
  gint further = border;
  if (found == 0 && provider != NULL)
    further = follow_parts (names, &run, stem, -1);
  else if (found != 0 && cd_knowledge_at (names->knowledge, found - 1)->kind == CD_KNOWN_MODEL)
    further = follow_parts (names, &run, run.borders[border], border);
  if (further < 0)
    return FALSE;
  gboolean dated = further > border && found != 0;
  if (further > border) {
    gboolean told = FALSE; /* a version is more than the family */
    for (gsize i = stem; i < run.borders[further]; i++)
      told = told || g_ascii_isdigit (run.lower[i]);
    found = dated && !told ? found : 0;
  }
  border = further;
  mention->end = mention->over = mention->start + run.borders[border];
  mention->known = (gint) found - 1;
  if (found != 0) {
    const CdKnown *known = cd_knowledge_at (names->knowledge, found - 1);
    mention->kind = known->kind == CD_KNOWN_MODEL ? CD_MENTION_MODEL : CD_MENTION_DATASET;
    mention->name = spoken_name (names, known, text, &run, (guint) border);
    mention->provider = known->maker;
    if (!is_spelt_out (text, run.borders[border]))
      return FALSE;
  } else {
    mention->kind = CD_MENTION_MODEL;
    mention->name = written_name (names, text, run.borders[border]);
    mention->provider = provider;
  }
  judge_rest (names, &run, (guint) border, mention);
  mention->weak = mention->kind == CD_MENTION_MODEL && is_weak (names, &run, (guint) border);
  return TRUE;
}

/* How many bytes at text have the form of a hub id that is a model's by its size or its work: "lab/general-verifier-7b"; 0 otherwise. */
static gsize
hub_id_length (const char *text, gsize left)
{
  static const char *const folders[]
      = { "data",      "scripts", "src",      "models",  "model",   "checkpoints", "checkpoint", "ckpt", "ckpts",    "output", "outputs",
          "path",      "to",      "examples", "recipes", "configs", "config",      "train",      "eval", "home",     "mnt",    "root",
          "workspace", "local",   "results",  "logs",    "save",    "saves",       "runs",       "exp",  "datasets", "hf",     "huggingface" };
  gsize owner = 0, end = 0;
  while (owner < left && (g_ascii_isalnum (text[owner]) || text[owner] == '-' || text[owner] == '_'))
    owner++;
  if (owner < 2 || owner + 3 >= left || text[owner] != '/')
    return 0;
  g_autofree char *folder = g_ascii_strdown (text, (gssize) owner);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    if (g_str_equal (folders[i], folder))
      return 0;
  for (end = owner + 1; end < left && (g_ascii_isalnum (text[end]) || text[end] == '-' || text[end] == '_' || text[end] == '.');)
    end++;
  while (end > owner && !g_ascii_isalnum (text[end - 1]))
    end--;
  if (end < left && text[end] == '/')
    return 0;
  /* With the character behind it, which may go on with the last word; never the rest of the text, which may be long. */
  g_autofree char *name = g_strndup (text + owner + 1, MIN (end + 1, left) - owner - 1);
  g_auto (GStrv) parts = g_strsplit_set (name, "-_./ \"'`)],;:\n\t", 24);
  gsize seen = owner + 1;
  for (guint p = 0; parts[p] != NULL && seen < end; p++) {
    gsize length = strlen (parts[p]);
    seen += length + 1;
    gboolean sized = length >= 2 && length <= 5 && g_ascii_isdigit (parts[p][0]) && g_ascii_tolower (parts[p][length - 1]) == 'b';
    if (sized || g_ascii_strcasecmp (parts[p], "verifier") == 0 || g_ascii_strcasecmp (parts[p], "prm") == 0
        || g_ascii_strcasecmp (parts[p], "rm") == 0 || g_ascii_strcasecmp (parts[p], "reward") == 0)
      return end;
  }
  return 0;
}

/* A link whose text stands for a hub's model: "[the verifier](https://huggingface.co/lab/verifier)". Fills mention with the text's range and the
 * model's name. */
static gboolean
read_link (const CdNames *names, const char *text, gsize left, CdMention *mention)
{
  static const char *const hub = "](https://huggingface.co/";
  static const char *const others[] = { "datasets/", "spaces/", "collections/", "papers/", "blog/", "docs/", "learn/" };
  const char *close = memchr (text, ']', MIN (left, (gsize) 100));
  gsize prefix = strlen (hub);
  if (close == NULL || close == text + 1 || (gsize) (close - text) + prefix + 4 > left || strncmp (close, hub, prefix) != 0)
    return FALSE;
  const char *id = close + prefix;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (strncmp (id, others[i], strlen (others[i])) == 0)
      return FALSE;
  gsize room = left - (gsize) (id - text), end = 0;
  while (end < room && id[end] != '\0' && strchr (")?# \n", id[end]) == NULL)
    end++;
  const char *slash = memchr (id, '/', end);
  if (slash == NULL || memchr (slash + 1, '/', end - (gsize) (slash + 1 - id)) != NULL || end > NAME_BYTES)
    return FALSE;
  g_autoptr (GArray) inside = cd_names_find (names, text + 1, (gsize) (close - text) - 1);
  if (inside->len > 0)
    return FALSE;
  mention->kind = CD_MENTION_MODEL;
  mention->start += 1;
  mention->end = mention->over = mention->start + (guint32) (close - text) - 1;
  mention->name = written_name (names, id, end);
  return TRUE;
}

GArray *
cd_names_find (const CdNames *names, const char *text, gsize length)
{
  GArray *mentions = g_array_new (FALSE, TRUE, sizeof (CdMention));
  for (gsize at = 0; at < length;) {
    gsize end = at;
    while (end < length && is_wordy (text[end]) && (guchar) text[end] < 0x80)
      end++;
    if (end == at) {
      CdMention link = { .start = (guint32) at, .known = -1 };
      if (text[at] == '[' && read_link (names, text + at, length - at, &link)) {
        g_array_append_val (mentions, link);
        at = link.end;
        continue;
      }
      at++;
      continue;
    }
    char first[FIRST_BYTES];
    gsize bytes = end - at;
    gboolean begins = bytes < sizeof first;
    for (gsize i = 0; begins && i < bytes; i++)
      first[i] = g_ascii_tolower (text[at + i]);
    if (begins)
      first[bytes] = '\0';
    gsize letters = 0;
    while (begins && g_ascii_isalpha (first[letters]))
      letters++;
    gboolean plausible = begins && is_first (names, first, bytes);
    if (begins && !plausible && letters > 0 && letters < bytes) { /* "qwen2" begins like "qwen" */
      char kept = first[letters];
      first[letters] = '\0';
      plausible = is_first (names, first, letters);
      first[letters] = kept;
    }
    CdMention mention = { .start = (guint32) at, .known = -1 };
    if (plausible && read_name (names, text + at, length - at, &mention)
        && !(mention.end < length && text[mention.end] == '/' && mention.end + 1 < length && g_ascii_isalnum (text[mention.end + 1]))) {
      char before = at > 0 ? text[at - 1] : ' ';
      gboolean joined = (before == '-' || before == '_' || before == '.') && at > 1 && g_ascii_isalnum (text[at - 2]);
      mention.derived = mention.derived || joined || before == '@' || before == '#';
      g_array_append_val (mentions, mention);
      at = MAX (mention.over, mention.end);
      while (at < length && is_wordy (text[at]))
        at++;
      continue;
    }
    gboolean owner = end < length && (text[end] == '/' || text[end] == '-' || text[end] == '_'); /* the word may go on as an identifier's owner */
    gboolean apart = at == 0 || (text[at - 1] != '/' && text[at - 1] != '.' && text[at - 1] != '-');
    gsize id = owner && apart ? hub_id_length (text + at, length - at) : 0;
    if (id > 0) {
      mention = (CdMention){ .kind = CD_MENTION_MODEL,
                             .start = (guint32) at,
                             .end = (guint32) (at + id),
                             .over = (guint32) (at + id),
                             .known = -1,
                             .name = written_name (names, text + at, id) };
      g_array_append_val (mentions, mention);
      end = at + id;
    }
    at = end;
  }
  return mentions;
}

gboolean
cd_names_is_model (const CdNames *names, const char *text, CdMention *mention)
{
  gsize length = strlen (text);
  const char *slash = strrchr (text, '/');
  const char *tries[] = { text, slash != NULL ? slash + 1 : NULL };
  for (guint i = 0; i < G_N_ELEMENTS (tries); i++) {
    if (tries[i] == NULL || length > NAME_BYTES)
      continue;
    *mention = (CdMention){ .known = -1 };
    if (read_name (names, tries[i], strlen (tries[i]), mention) && mention->kind == CD_MENTION_MODEL && tries[i][mention->end] == '\0'
        && !mention->derived && !mention->alike)
      return TRUE;
  }
  if (length > 0 && hub_id_length (text, length) == length) {
    *mention = (CdMention){
      .kind = CD_MENTION_MODEL, .end = (guint32) length, .over = (guint32) length, .known = -1, .name = written_name (names, text, length)
    };
    return TRUE;
  }
  return FALSE;
}
