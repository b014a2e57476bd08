/* Which benchmark a figure of a sentence is on, and whether a name behind it says whose it is. What the sentence names is claims-mark.c's, which of its
 * figures are claimed claims-sentence.c's. */
#include "claims/parts.h"
#include <string.h>

#define CLAUSE 24u /* bytes that a comma between figure and benchmark weighs */

static const CdMark *
mark_at (const CdClaimSentence *sentence, const GArray *indexes, guint which)
{
  return &g_array_index (sentence->marks, CdMark, g_array_index (indexes, guint, which));
}

/* The benchmark that stands nearest to a figure, one behind "on" as near as one before. */
static guint
nearest (const CdClaimSentence *sentence, const CdMark *figure, const GArray *benchmarks)
{
  guint best = 0;
  gsize least = G_MAXSIZE;
  for (guint i = 0; i < benchmarks->len; i++) {
    const CdMark *mark = mark_at (sentence, benchmarks, i);
    gsize from = MIN (mark->end, figure->end), to = MAX (mark->start, figure->start);
    gsize distance = to > from ? to - from + (memchr (sentence->text + from, ',', to - from) != NULL ? CLAUSE : 0) : 0;
    if (distance < least) {
      least = distance;
      best = i;
    }
  }
  return best;
}

static gboolean
pairs_in_order (const CdClaimSentence *sentence, guint figures, guint benchmarks)
{
  static GRegex *pattern;
  if (figures == benchmarks)
    return TRUE;
  return benchmarks > 1 && figures % benchmarks == 0 && cd_claim_matches (&pattern, "respectively|\\d\\s?%?\\s?/\\s?\\d", sentence->text);
}

/* "50.0 and 60.0 on X and Y": the name behind the last of a list of figures is the first one's. */
static gboolean
ends_list (const CdClaimSentence *sentence, const GArray *figures, guint which, const GArray *benchmarks)
{
  if (which == 0)
    return FALSE;
  gsize from = mark_at (sentence, figures, which - 1)->end, to = mark_at (sentence, figures, which)->start;
  for (guint i = 0; i < benchmarks->len; i++) {
    const CdMark *mark = mark_at (sentence, benchmarks, i);
    if (mark->start >= from && mark->end <= to)
      return FALSE;
  }
  return TRUE;
}

gint
cd_claim_pair_benchmark (const CdClaimSentence *sentence, const GArray *figures, guint which, const GArray *benchmarks)
{
  const CdMark *figure = mark_at (sentence, figures, which);
  gsize start = 0, end = 0;
  gboolean placed = !ends_list (sentence, figures, which, benchmarks) && cd_claim_place_of (sentence, figure, &start, &end);
  for (guint i = 0; placed && i < benchmarks->len; i++) {
    const CdMark *mark = mark_at (sentence, benchmarks, i);
    if (mark->start < end && mark->end > start)
      return (gint) g_array_index (benchmarks, guint, i);
  }
  if (placed && !figure->figure.average)
    return -1; /* it is on something that is no benchmark here */
  gboolean ordered = pairs_in_order (sentence, figures->len, benchmarks->len);
  return (gint) g_array_index (benchmarks, guint, ordered ? which % benchmarks->len : nearest (sentence, figure, benchmarks));
}

/* "from A to B": a change of what is named behind it. */
static gboolean
ends_change (const CdClaimSentence *sentence, const CdMark *figure)
{
  static GRegex *pattern;
  gsize from = figure->start > 48 ? figure->start - 48 : 0;
  g_autofree char *before = g_utf8_make_valid (sentence->text + from, (gssize) (figure->start - from));
  return cd_claim_matches (&pattern, "\\d\\s?(%|percent|points)?\\s?(to( an?)?( \\w+)?|→|-+>|–>|⇒|=>)\\s?[~≈]?$", before);
}

CdClaimBehind
cd_claim_behind (const CdClaimSentence *sentence, guint figure, guint *model)
{
  static GRegex *pattern;
  const CdMark *number = &g_array_index (sentence->marks, CdMark, figure);
  if (figure + 1 >= sentence->marks->len)
    return CD_BEHIND_NOTHING;
  const CdMark *next = &g_array_index (sentence->marks, CdMark, figure + 1);
  if ((next->kind != CD_MARK_OWN && next->kind != CD_MARK_FOREIGN) || next->start < number->end)
    return CD_BEHIND_NOTHING;
  g_autofree char *between = g_utf8_make_valid (sentence->text + number->end, (gssize) (next->start - number->end));
  g_autofree char *name = g_strndup (sentence->text + next->start, next->end - next->start);
  if (cd_claim_is_own_pronoun (name)
      || !cd_claim_matches (&pattern, "^\\s?(%|percent|points?)?\\s?(accuracy |pass@\\d+ )?(for|of|by)( the| a)? (base model )?$", between))
    return CD_BEHIND_NOTHING;
  *model = figure + 1;
  if (next->kind == CD_MARK_OWN)
    return CD_BEHIND_MODEL;
  return ends_change (sentence, number) ? CD_BEHIND_BASE : CD_BEHIND_ANOTHER;
}
