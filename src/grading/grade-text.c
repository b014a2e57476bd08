/* Answers that are words: equal as they are, or by SQuAD's measures. */
#include "grading/families.h"
#include "grading/words.h"
#include <string.h>

/* What the response gives as its answer: in a box, behind a cue, else all of it. */
static CdSpan
stated (const char *response)
{
  CdSpan body = cd_stated_body (response), span;
  return cd_stated_boxed (body, &span) || cd_stated_cue (body, &span) ? span : cd_stated_trim (body);
}

/* An empty answer to a question that has none (SQuAD 2) is an answer; to others it is none. */
static void
settle (CdGrade *grade, double score, CdSpan answer)
{
  cd_grade_set (grade, score >= 1, score > 0 || answer.at < answer.end ? cd_stated_copy (answer) : NULL);
  grade->score = score;
}

static double
most_of (const char *gold, const char *response, char *(*normal) (CdSpan), double (*score) (const char *, const char *), CdSpan *answer)
{
  g_auto (GStrv) golds = cd_stated_golds (gold);
  *answer = stated (response);
  g_autofree char *said = normal (*answer);
  double most = golds[0] == NULL ? score ("", said) : 0;
  for (guint i = 0; golds[i] != NULL; i++) {
    g_autofree char *meant = normal ((CdSpan){ golds[i], golds[i] + strlen (golds[i]) });
    most = MAX (most, score (meant, said));
  }
  return most;
}

static double
are_equal (const char *gold, const char *answer)
{
  return strcmp (gold, answer) == 0 ? 1 : 0;
}

/* F1 of the words as multisets: precision is shared/answer, recall shared/gold; where one has no words, 1 if both have none. Rajpurkar et al. 2016,
 * section 6.1; evaluate-v2.0.py, compute_f1. */
static double
word_f1 (const char *gold, const char *answer)
{
  if (*gold == '\0' || *answer == '\0')
    return *gold == *answer ? 1 : 0;
  g_auto (GStrv) meant = g_strsplit (gold, " ", -1), said = g_strsplit (answer, " ", -1);
  g_autoptr (GHashTable) left = g_hash_table_new (g_str_hash, g_str_equal); /* word → how often it is meant and not yet said */
  guint shared = 0;
  for (guint i = 0; meant[i] != NULL; i++)
    g_hash_table_insert (left, meant[i], GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (left, meant[i])) + 1));
  for (guint i = 0; said[i] != NULL; i++) {
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (left, said[i]));
    if (count == 0)
      continue;
    shared++;
    g_hash_table_insert (left, said[i], GUINT_TO_POINTER (count - 1));
  }
  return 2.0 * shared / (g_strv_length (meant) + g_strv_length (said));
}

void
cd_grade_exact (const char *gold, const char *response, CdGrade *grade)
{
  CdSpan answer;
  double score = most_of (gold, response, cd_words_plain, are_equal, &answer);
  if (score < 1) { /* the response as it is, where it only looks like a statement */
    g_auto (GStrv) golds = cd_stated_golds (gold);
    CdSpan all = { response, response + strlen (response) };
    g_autofree char *whole = cd_words_plain (all);
    for (guint i = 0; golds[i] != NULL && score < 1; i++) {
      g_autofree char *meant = cd_words_plain ((CdSpan){ golds[i], golds[i] + strlen (golds[i]) });
      score = are_equal (meant, whole);
      answer = score >= 1 ? all : answer;
    }
  }
  settle (grade, score, answer);
}

void
cd_grade_squad_em (const char *gold, const char *response, CdGrade *grade)
{
  CdSpan answer;
  double score = most_of (gold, response, cd_words_squad, are_equal, &answer);
  settle (grade, score, answer);
}

void
cd_grade_squad_f1 (const char *gold, const char *response, CdGrade *grade)
{
  CdSpan answer;
  double score = most_of (gold, response, cd_words_squad, word_f1, &answer);
  settle (grade, score, answer);
}
