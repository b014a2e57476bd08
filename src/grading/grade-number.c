/* Answers that are numbers: AIME's integers, GSM8K's "#### 18", figures with a tolerance. What is no plain number is mathematics' (math.h). */
#include "grading/families.h"
#include "grading/math.h"
#include "grading/number.h"
#include <string.h>

/* Where the response's number stands, strongest first. */
typedef struct {
  CdSpan span;
  gboolean stated; /* a box or a cue: an expression there is the answer, and a number in it is not */
} Place;

static gboolean
find_place (CdSpan body, Place *place)
{
  place->stated = cd_stated_boxed (body, &place->span) || cd_stated_cue (body, &place->span);
  if (!place->stated)
    place->span = cd_stated_trim (body);
  return place->span.at < place->span.end;
}

/* The first sentence of a statement, so that "42. Checking: 6 * 7 = 42" is 42. */
static CdSpan
first_sentence (CdSpan span)
{
  for (const char *at = span.at; at + 1 < span.end; at++)
    if ((*at == '.' || *at == ';') && at[1] == ' ')
      return (CdSpan){ span.at, at };
  return span;
}

static gboolean
has_operator (CdSpan span)
{
  for (const char *at = span.at; at < span.end; at++)
    if (strchr ("+^\\=", *at) != NULL && *at != '\0')
      return TRUE;
  return FALSE;
}

/* "5 or 6" is no number. */
static gboolean
is_hedged (CdSpan span)
{
  CdNumber other;
  const char *at = memmem (span.at, (gsize) (span.end - span.at), " or ", strlen (" or "));
  return at != NULL && cd_number_first ((CdSpan){ at, span.end }, &other);
}

/* The number of a statement. FALSE where it is an expression, or nothing. */
static gboolean
number_of (Place place, CdNumber *number)
{
  if (cd_number_alone (place.span, number))
    return TRUE;
  CdSpan sentence = first_sentence (place.span);
  if (cd_number_alone (sentence, number))
    return TRUE;
  if (place.stated)
    return !has_operator (sentence) && !is_hedged (sentence) && cd_number_first (sentence, number);
  return cd_number_last (cd_stated_last_line (place.span), number) || cd_number_last (place.span, number);
}

/* Gold: the number behind "####", in a box, or alone. */
static gboolean
read_gold (const char *gold, CdNumber *number, CdSpan *span)
{
  CdSpan all = { gold, gold + strlen (gold) };
  if (!cd_stated_boxed (all, span) && !cd_stated_cue (all, span))
    *span = cd_stated_trim (all);
  return cd_number_alone (*span, number);
}

static char *
text_of (const CdNumber *number, CdSpan span)
{
  if (!cd_number_is_whole (number) || number->scale < -20)
    return cd_stated_copy (span);
  g_autofree char *zeros = g_strnfill ((gsize) -number->scale, '0');
  return g_strconcat (number->negative ? "-" : "", *number->digits == '\0' ? "0" : number->digits, zeros, number->percent ? "%" : "", NULL);
}

static void
grade_number (const char *gold_text, const char *response, double tolerance, CdGrade *grade)
{
  CdNumber gold, answer;
  CdSpan gold_span;
  Place place;
  if (!read_gold (gold_text, &gold, &gold_span)) {
    cd_grade_math (gold_text, response, grade);
    return;
  }
  if (!find_place (cd_stated_body (response), &place)) {
    cd_grade_set (grade, FALSE, NULL);
    return;
  }
  if (number_of (place, &answer)) {
    cd_grade_set (grade, cd_number_equal (&gold, &answer, tolerance), text_of (&answer, place.span));
    return;
  }
  g_autofree char *reference = cd_stated_copy (gold_span), *statement = place.stated ? cd_stated_copy (place.span) : NULL;
  gboolean right = statement != NULL && cd_math_equal (reference, statement);
  cd_grade_set (grade, right, g_steal_pointer (&statement));
}

void
cd_grade_integer (const char *gold, const char *response, CdGrade *grade)
{
  grade_number (gold, response, 0, grade);
}

void
cd_grade_numeric (const char *gold, const char *response, CdGrade *grade)
{
  grade_number (gold, response, CD_NUMBER_ROUNDING, grade);
}

void
cd_grade_numeric_within (const char *gold, const char *response, double tolerance, CdGrade *grade)
{
  grade_number (gold, response, tolerance, grade);
}
