/* Where a work says how many samples a problem it took: options of its evaluation commands, settings, labels of its tables, sentences about scores.
 * Which of them gives a figure is arithmetic.c's question. */
#include "reproduction/samples.h"
#include <string.h>

#define MOST_SAMPLES 4096u
#define MOST_COUNTS 64u /* told by one work */
#define SENTENCE_BYTES 4000u

/* Options and settings by which evaluations take several samples of a problem. */
static const char *const sample_keys[] = { "n_sampling",          "num_samples",
                                           "n_samples",           "num_samples_per_problem",
                                           "samples_per_problem", "num_repeats",
                                           "n_repeats",           "num_return_sequences",
                                           "samples_per_task",    "n_rollouts_eval",
                                           "val_kwargs.n",        "repeat_times",
                                           "n_responses",         NULL };

/* The key without its parents, dashes as underscores: "--n-sampling" and "eval.n_sampling" are one. */
static gboolean
is_sample_key (const char *key)
{
  char name[64];
  gsize length = strlen (key);
  if (length >= sizeof name)
    return FALSE;
  for (gsize i = 0; i <= length; i++)
    name[i] = key[i] == '-' ? '_' : g_ascii_tolower (key[i]);
  for (guint i = 0; sample_keys[i] != NULL; i++)
    if (g_str_has_suffix (name, sample_keys[i])) {
      gsize before = strlen (name) - strlen (sample_keys[i]);
      if (before == 0 || name[before - 1] == '.' || name[before - 1] == '_')
        return TRUE;
    }
  return FALSE;
}

/* Returns the entry of k, made where there is none; NULL no number of samples, or too many told. */
static CdSampleCount *
add_number (GArray *counts, guint k, CdPlace place)
{
  for (guint i = 0; i < counts->len; i++)
    if (g_array_index (counts, CdSampleCount, i).k == k)
      return &g_array_index (counts, CdSampleCount, i);
  CdSampleCount count = { k, place, FALSE };
  if (k < 2 || k > MOST_SAMPLES || counts->len == MOST_COUNTS)
    return NULL;
  g_array_append_val (counts, count);
  return &g_array_index (counts, CdSampleCount, counts->len - 1);
}

static void
add_count (GArray *counts, const char *value, guint document, guint32 line)
{
  char *rest = NULL;
  guint64 k = g_ascii_strtoull (value, &rest, 10);
  if (rest == value || *rest != '\0' || k < 2 || k > MOST_SAMPLES)
    return;
  add_number (counts, (guint) k, (CdPlace){ document, line, line });
}

/* "--n_sampling 16", "--n-sampling=16", "val_kwargs.n=8". */
static void
read_command (GArray *counts, const CdCommand *command, guint document)
{
  for (guint i = 0; command->argv != NULL && command->argv[i] != NULL; i++) {
    const char *word = command->argv[i] + strspn (command->argv[i], "-+");
    const char *equals = strchr (word, '=');
    g_autofree char *key = equals != NULL ? g_strndup (word, (gsize) (equals - word)) : g_strdup (word);
    const char *value = equals != NULL ? equals + 1 : command->argv[i + 1];
    if (value != NULL && is_sample_key (key))
      add_count (counts, value, document, command->line);
  }
}

static gboolean
is_evaluation_path (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);
  return strstr (lower, "eval") != NULL || strstr (lower, "bench") != NULL || strstr (lower, "infer") != NULL || strstr (lower, "test") != NULL;
}

static void
read_work (GArray *counts, const CdCorpus *corpus, const CdScope *scope, const CdWork *work)
{
  for (guint i = 0; i < work->commands->len; i++) {
    const CdWorkCommand *command = g_ptr_array_index (work->commands, i);
    if (command->listed == CD_COMMAND_EVALUATION)
      read_command (counts, command->command, command->document);
  }
  for (guint i = 0; i < corpus->documents->len; i++) {
    const CdDocument *document = g_ptr_array_index (corpus->documents, i);
    if (document->settings->len == 0 || !cd_scope_is_own (scope, i) || !is_evaluation_path (document->path))
      continue;
    for (guint s = 0; s < document->settings->len; s++) {
      const CdSetting *setting = g_ptr_array_index (document->settings, s);
      if (setting->key != NULL && setting->value != NULL && is_sample_key (setting->key))
        add_count (counts, setting->value, i, setting->line);
    }
  }
}

guint
cd_samples_in_label (const char *label)
{
  const char *at = label != NULL ? strchr (label, '@') : NULL;
  guint told = cd_claim_samples (label);
  return told > 0 || at == NULL || !g_ascii_isdigit (at[1]) ? told : (guint) MIN (g_ascii_strtoull (at + 1, NULL, 10), MOST_SAMPLES + 1);
}

static void
read_claims (GArray *counts, const CdClaims *claims)
{
  for (guint i = 0; i < claims->claims->len; i++) {
    const CdClaim *claim = g_ptr_array_index (claims->claims, i);
    if (claim->places->len == 0)
      continue;
    CdPlace place = g_array_index (claim->places, CdPlace, 0);
    add_number (counts, claim->samples, claim->sampled_at.line > 0 ? claim->sampled_at : place);
    add_number (counts, cd_samples_in_label (claim->task), place);
  }
}

/* Whether any of the words, in lower case, stands in the text. */
static gboolean
has_any (const char *text, const char *const *words)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (lower, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* What scores are called, and what they are measured by. */
static const char *const score_words[]
    = { "accura", "score", "pass@", "avg@", "mean@", "evaluat", "benchmark", "performance", "results", "aime", "correct", NULL };
/* What every form that cd_claim_samples reads has one of; a search for these is cheaper than its pattern. */
static const char *const count_words[] = { "averag", "avg", "mean", " per ", " for each ", " for every ", "repeat", "n_sampling", NULL };

/* Counts of samples for training ("16 responses per prompt" in a sentence about rollouts) explain no score. */
static guint
count_in (const CdDocument *document, const CdPassage *passage)
{
  if ((passage->kind != CD_PASSAGE_PROSE && passage->kind != CD_PASSAGE_CAPTION) || passage->end - passage->start > SENTENCE_BYTES)
    return 0;
  g_autofree char *text = cd_document_passage_text (document, passage);
  return has_any (text, count_words) && has_any (text, score_words) ? cd_claim_samples (text) : 0;
}

static void
read_sentences (GArray *counts, const CdCorpus *corpus, const CdScope *scope)
{
  for (guint i = 0; i < corpus->documents->len; i++) {
    const CdDocument *document = g_ptr_array_index (corpus->documents, i);
    if (!cd_scope_is_own (scope, i))
      continue;
    for (guint p = 0; p < document->passages->len && counts->len < MOST_COUNTS; p++) {
      const CdPassage *passage = &g_array_index (document->passages, CdPassage, p);
      CdSampleCount *count = add_number (counts, count_in (document, passage), (CdPlace){ i, passage->line, passage->end_line });
      if (count != NULL)
        count->of_scores = TRUE;
    }
  }
}

GArray *
cd_samples_gather (const CdClaims *claims, const CdCorpus *corpus, const CdScope *scope, const CdWork *work)
{
  GArray *counts = g_array_new (FALSE, FALSE, sizeof (CdSampleCount));
  read_work (counts, corpus, scope, work);
  read_claims (counts, claims);
  read_sentences (counts, corpus, scope);
  return counts;
}
