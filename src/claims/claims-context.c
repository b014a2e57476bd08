/* What a figure stands under, as far as that may set it apart from other figures of the same model: folder, headings, the line that leads to a table,
 * its caption. Words only; what two claims say of each other is claims-compare.c's. */
#include "base/text.h"
#include "claims/parts.h"
#include "work/identity.h"
#include <string.h>

#define ABOVE_LINES 15u
#define ABOVE_BYTES 300u
#define WORDS_MOST 64u  /* of one figure's surroundings */
#define TEXT_BYTES 600u /* of a caption or heading that is read */

/* Words of headings that set nothing apart, each between spaces. A heading of other words ("Small models", "Old results", "Without tools") names a setting. */
static const char NEUTRAL[]
    = " a about abstract acc accuracy across all an and are arxiv as at below benchmark benchmarks by can challenging checkpoint checkpoints "
      "common compare compared comparison comparisons dataset datasets detail detailed details doc docs documentation download downloads em eval "
      "evals evaluate evaluated evaluation evaluations exact experiment experimental experiments figures following follows for from full general "
      "get glance graphs has have headline here highlights how in introduction is key latex leaderboard list main manuscript match math "
      "mathematical mathematics metric metrics model models more most much needs number numbers of on open our ours outcome outcomes overall "
      "overview page pages paper papers pass pass1 percent performance performances please popular public quantitative quick readme reasoning "
      "release released report repository result results score scores section see several show shown shows site sota source src standard summary "
      "supported table tables task tasks test tests tex that the their them these this to us use various was we web website weights what which "
      "while with work zoo ";

static gboolean
is_neutral (const char *key)
{
  g_autofree char *word = g_strconcat (" ", key, " ", NULL);
  return strstr (NEUTRAL, word) != NULL;
}

/* Settings that a sentence names, as captions are. */
static gboolean
is_setting (const char *word)
{
  static GRegex *pattern;
  return cd_claim_matches (&pattern,
                           "^(ablat\\w*|analys\\w*|effect\\w*|impact|stages?|steps?|epochs?|ratio|scal(e|ing)|vary\\w*|different|sensitiv\\w*|"
                           "budgets?|greedy|sampling|temperature|tools?|tir|cot|voting|maj\\w*|\\d+k|context|lengths?|([\\w]+-)?shots?|without|"
                           "w/o?|best|baselines?|data|search|verif\\w*|reward|backbones?|base|v\\d[\\w.]*|old|new|updat\\w*|previous\\w*|early|"
                           "earlier|latest|initial\\w*|prelim\\w*|legacy|deprecated|correct\\w*|fixed|re-?(run|eval)\\w*|reproduc\\w*|replicat\\w*|"
                           "official\\w*|before|after|using|based|train\\w*|initiali\\w*|from|prompt\\w*|english|chinese|subset|split|seeds?)$",
                           word);
}

static void
add_word (GPtrArray *words, char *key)
{
  if (*key == '\0' || words->len >= WORDS_MOST || g_ptr_array_find_with_equal_func (words, key, g_str_equal, NULL))
    g_free (key);
  else
    g_ptr_array_add (words, key);
}

/* The text with the names of benchmarks blanked: the figures' own benchmark is told apart by itself. Valid UTF-8; caller frees. */
static char *
blank_benchmarks (const CdClaimGatherer *gatherer, const char *text)
{
  char *blanked = g_utf8_make_valid (text, (gssize) MIN (strlen (text), TEXT_BYTES));
  g_autoptr (GArray) mentions = cd_benchmarks_in_text (gatherer->reader.benchmarks, blanked);
  for (guint i = 0; i < mentions->len; i++) {
    const CdBenchmarkMention *mention = &g_array_index (mentions, CdBenchmarkMention, i);
    memset (blanked + mention->start, ' ', mention->end - mention->start);
  }
  return blanked;
}

/* "Best figures are bold" says how a table is set, no more. */
static gboolean
tells_typography (const char *text)
{
  static GRegex *pattern;
  return cd_claim_matches (&pattern, "\\b(bold|boldface|highlight\\w*|underlin\\w*)\\b", text);
}

void
cd_claim_context_add (const CdClaimGatherer *gatherer, GPtrArray *words, const char *text, CdClaimTelling telling)
{
  if (text == NULL || *text == '\0')
    return;
  g_autofree char *blanked = blank_benchmarks (gatherer, text);
  gboolean typography = tells_typography (blanked);
  g_auto (GStrv) parts = g_strsplit_set (blanked, " \t\r\n,;:()[]{}*_`|\"&", -1);
  for (guint i = 0; parts[i] != NULL; i++) {
    g_autofree char *key = cd_text_key (parts[i]);
    gboolean number = parts[i][strspn (parts[i], "0123456789.#%")] == '\0';
    gboolean name = strpbrk (key, "0123456789") != NULL || cd_label_is_foundation (&gatherer->reader, parts[i]);
    gboolean told = telling == CD_TELLING_HEADING ? !is_neutral (key) && !(number && i == 0) : !number && (name || is_setting (parts[i]));
    if (typography && g_str_equal (key, "best"))
      continue;
    if (told && !cd_text_names_metric (parts[i], -1) && !cd_identity_matches (gatherer->work, parts[i]))
      add_word (words, g_steal_pointer (&key));
  }
}

/* The document's own title says what the document is, not how something was measured. */
static gboolean
is_title (const CdClaimGatherer *gatherer, const CdDocument *document, const CdSection *section)
{
  return section->level == 1 && (strchr (document->path, '/') == NULL || cd_identity_matches (gatherer->work, section->title));
}

GPtrArray *
cd_claim_context_of (const CdClaimGatherer *gatherer, const CdDocument *document, gint32 index)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  const char *slash = strrchr (document->path, '/');
  g_autofree char *folder = slash != NULL ? g_strndup (document->path, (gsize) (slash - document->path)) : g_strdup ("");
  g_strdelimit (folder, "/", ' ');
  cd_claim_context_add (gatherer, words, folder, CD_TELLING_HEADING);
  for (gint32 at = index; at >= 0;) {
    const CdSection *section = g_ptr_array_index (document->sections, (guint) at);
    if (!is_title (gatherer, document, section))
      cd_claim_context_add (gatherer, words, section->title, CD_TELLING_HEADING);
    at = section->parent;
  }
  return words;
}

static gboolean
is_only_links (const char *text)
{
  static GRegex *pattern;
  return cd_claim_matches (&pattern, "^\\W*(!?\\[!?[^\\]]*\\](\\([^)]*\\))*[\\W]*)+$|^\\W*<[^>]*>\\W*$|^\\W*$", text);
}

/* Passages before a line. */
static guint
passages_before (const GArray *passages, guint32 line)
{
  guint low = 0, high = passages->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (g_array_index (passages, CdPassage, middle).line < line)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

char *
cd_claim_line_above (const CdDocument *document, const CdTable *table)
{
  for (guint i = passages_before (document->passages, table->line); i-- > 0;) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    if (passage->section != table->section || passage->end_line + ABOVE_LINES < table->line
        || (passage->kind != CD_PASSAGE_PROSE && passage->kind != CD_PASSAGE_CAPTION))
      return NULL;
    if (passage->kind == CD_PASSAGE_CAPTION)
      continue;
    g_autofree char *text = cd_document_passage_text (document, passage);
    if (!is_only_links (text))
      return strlen (text) <= ABOVE_BYTES ? g_steal_pointer (&text) : NULL;
  }
  return NULL;
}

/* A line that stands for a heading: it ends with a colon, or is nothing but emphasis or code. */
static gboolean
leads (const char *text)
{
  static GRegex *pattern;
  return cd_claim_matches (&pattern, "[:：][\\s*_`]*$|^\\s*(\\*\\*[^*]+\\*\\*|__[^_]+__|`[^`]+`|<b>[^<]*</b>)\\s*$", text);
}

GPtrArray *
cd_claim_context_of_table (const CdClaimGatherer *gatherer, const CdDocument *document, const CdTable *table)
{
  GPtrArray *words = cd_claim_context_of (gatherer, document, table->section);
  cd_claim_context_add (gatherer, words, table->caption, CD_TELLING_SENTENCE);
  g_autofree char *above = document->kind != CD_DOCUMENT_PDF ? cd_claim_line_above (document, table) : NULL;
  if (above != NULL)
    cd_claim_context_add (gatherer, words, above, leads (above) ? CD_TELLING_HEADING : CD_TELLING_SENTENCE);
  return words;
}

static gint
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
cd_claim_context_tell (const GPtrArray *words, const char *model)
{
  g_autofree char *own = cd_text_key (model != NULL ? model : "");
  g_autoptr (GPtrArray) told = g_ptr_array_new ();
  for (guint i = 0; i < words->len; i++)
    if (strstr (own, g_ptr_array_index (words, i)) == NULL) /* the model's own name, or a part of it */
      g_ptr_array_add (told, g_ptr_array_index (words, i));
  if (told->len == 0)
    return NULL;
  g_ptr_array_sort (told, compare_keys);
  g_ptr_array_add (told, NULL);
  return g_strjoinv (" ", (char **) told->pdata);
}
