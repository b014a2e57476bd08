/* Multiple choice: GPQA, MMLU, MMLU-Pro and the like. Gold is a letter ("B", "(B)", "B. Paris"), several ("A, C"), an index from 0 (MMLU's files), or the
 * option's text. The letter's extraction is choice-letter.c's. */
#include "grading/families.h"
#include "grading/words.h"
#include <string.h>

#define USUAL_OPTIONS 10u /* A to J: MMLU-Pro has the most */
#define MOST_OPTIONS 26u

typedef struct {
  CdLetters letters; /* 0: text alone */
  gint index;        /* as written, -1 none */
  CdSpan text;       /* of the option; may be empty */
} Gold;

/* TRUE where letters are all of the reference, or set apart from what follows: "(B) Paris", "B. Paris". */
static gboolean
is_marked (CdSpan all, CdSpan rest)
{
  return rest.at == rest.end || strchr (")].:,", rest.at[-1]) != NULL || (rest.at - all.at >= 2 && strchr (")].:", rest.at[-2]) != NULL);
}

static Gold
read_gold (const char *text)
{
  Gold gold = { 0, -1, cd_stated_trim ((CdSpan){ text, text + strlen (text) }) };
  CdSpan all = gold.text, rest;
  gsize length = (gsize) (all.end - all.at);
  if (length > 0 && length <= 2 && strspn (all.at, "0123456789") >= length) {
    gold.index = (gint) g_ascii_strtoll (all.at, NULL, 10);
    gold.letters = gold.index < (gint) MOST_OPTIONS ? 1u << gold.index : 0;
    return gold;
  }
  CdLetters letters = cd_choice_begin (all, MOST_OPTIONS, &rest);
  if (letters != 0 && is_marked (all, rest)) {
    gold.letters = letters;
    gold.text = rest;
  }
  return gold;
}

static gboolean
same_words (CdSpan a, CdSpan b)
{
  g_autofree char *first = cd_words_squad (a), *second = cd_words_squad (b);
  return *first != '\0' && strcmp (first, second) == 0;
}

/* TRUE where the answer is the option's text, or begins with it. */
static gboolean
says_text (CdSpan answer, CdSpan text)
{
  g_autofree char *said = cd_words_squad (answer), *meant = cd_words_squad (text);
  return *meant != '\0' && g_str_has_prefix (said, meant) && (said[strlen (meant)] == '\0' || said[strlen (meant)] == ' ');
}

/* Where the response states its answer, in words. */
static CdSpan
stated (CdSpan response)
{
  CdSpan span;
  return cd_stated_boxed (response, &span) || cd_stated_cue (response, &span) ? span : cd_stated_last_line (response);
}

static char *
name_of (CdLetters letters)
{
  GString *name = g_string_new (NULL);
  for (guint i = 0; i < MOST_OPTIONS; i++)
    if (letters & (1u << i))
      g_string_append_printf (name, "%s%c", name->len > 0 ? "," : "", (int) ('A' + i));
  return g_string_free (name, FALSE);
}

static guint
options_of (CdLetters letters)
{
  return MAX (USUAL_OPTIONS, (guint) g_bit_storage (letters));
}

/* Gold is text alone: what the response says instead of, or behind, its letter. */
static void
grade_by_text (CdSpan gold, CdSpan response, CdGrade *grade)
{
  CdSpan answer = stated (response), rest = answer;
  if (answer.at == answer.end) {
    cd_grade_set (grade, FALSE, NULL);
    return;
  }
  gboolean right = says_text (answer, gold);
  if (!right && cd_choice_begin (answer, USUAL_OPTIONS, &rest) != 0)
    right = says_text (rest, gold);
  cd_grade_set (grade, right, cd_stated_copy (cd_stated_trim (answer)));
}

void
cd_grade_choice (const char *gold_text, const char *response_text, CdGrade *grade)
{
  Gold gold = read_gold (gold_text);
  CdSpan response = cd_stated_body (response_text), whole = cd_stated_trim (response), answer = whole;
  if (gold.letters == 0) {
    grade_by_text (gold.text, response, grade);
    return;
  }
  if (gold.index >= 0 && same_words (whole, gold.text)) { /* both are indices */
    cd_grade_set (grade, TRUE, cd_stated_copy (whole));
    return;
  }
  CdLetters letters = cd_choice_extract (response, options_of (gold.letters), &answer);
  if (letters != 0) {
    cd_grade_set (grade, letters == gold.letters, name_of (letters));
    return;
  }
  answer = stated (response);
  gboolean right = gold.text.at < gold.text.end && same_words (answer, gold.text);
  cd_grade_set (grade, right, right ? cd_stated_copy (answer) : NULL);
}
