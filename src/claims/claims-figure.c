/* Numbers in sentences: which of them are scores, and which differences, counts, sizes, years or other settings. Whose score on what is
 * claims-sentence.c's question. */
#include "claims/parts.h"
#include <string.h>

#define BEFORE 48u /* bytes before and behind a figure that say what it is */
#define DIGITS 8u

/* Words before a figure that make it something else than a score. */
static gboolean
refused_before (const char *before)
{
  static GRegex *pattern;
  return cd_claim_matches (
      &pattern,
      "(±|\\\\pm|\\bout of|\\btop[-_ ]?[pk]\\}?( of| ?=)?|temperatures?( "
      "of|\\s?=)?|table|figure|fig\\.?|section|sec\\.?|appendix|eq\\.?|equation|version|"
      "\\bv|rank(ed|s|ing)?|seeds?( of)?|\\b[a-z] ?=|@|another|\\bonly using|with just|\\bthan|\\bversus|\\bvs\\.?|compared (to|with)|"
      "\\bagainst|\\bfirst|\\blast|#)\\s?[~≈(]*\\s?$",
      before);
}

/* "< 5%", "over 80%", "80%+": no figure but where it ends. What is refused of a cell is refused of a sentence. */
static gboolean
is_bound (const char *before, const char *behind)
{
  static GRegex *from, *to;
  return cd_claim_matches (
             &from,
             "((?<![\\w\"'/=–-])[<>]|[≤≥]|\\\\(leq?|geq?|lt|gt)|\\b(over|above|more than|at least|at most|less than|no more than|under|below|beyond|"
             "exceed(s|ed|ing)?|approach(es|ed|ing)?)( an?)?( (accuracy|score|average|pass rate|success rate))?( of)?)\\s*[~≈(]*\\s?$",
             before)
         || cd_claim_matches (&to, "^(\\s?%)?\\+(?![\\w.])|^\\s?(%|percent)?,? (or|and) (more|less|above|higher|better)\\b", behind);
}

/* Words right before a figure that name a quantity of another kind: what is lost, how figures spread, how sure they are. */
static gboolean
is_no_accuracy (const char *before, const char *behind)
{
  static GRegex *quantity, *interval;
  return cd_claim_matches (&quantity,
                           "(\\b(loss(es)?|los(e|es|ing|t)|degrad(ation|es?|ed)|regressions?|decreases?|declines?|error( rates?)?|"
                           "variance|deviations?|std|sigma|correlations?|agreement|kappa|overheads?|sparsity|prevalence|alpha|beta|threshold|"
                           "(initial|starting|baseline|original)( (accuracy|scores?|performance))?)|σ)"
                           "\\W{0,3}(( of| is| was| at| to| from| in|=|:|<|>|≤|≥| about| around| approximately| only| just)\\W{0,3}){0,3}[~≈({]*$",
                           before)
         || cd_claim_matches (
             &interval,
             "^\\W{0,2}%?\\s?(bootstrap |wilson |credible )?((\\bCIs?|\\bconfidence|\\bcredible interval)\\b|variance|(seed |std|standard )"
             "(variance|deviation))",
             behind);
}

/* Words before a figure that make it a difference. */
static gboolean
tells_change (const char *before)
{
  static GRegex *pattern;
  return cd_claim_matches (&pattern,
                           "(\\bby( about| around| approximately| up to| over| nearly| a| an)?|\\+|↑|↓|[-–]|additional|extra|"
                           "(improvements?|gains?|increases?|boosts?|margins?|gaps?|drops?|reductions?|difference|advantage)"
                           "( of( up to| about| over| nearly)?| by)?)\\s?[~≈(]*\\s?$",
                           before);
}

/* Words behind a figure that make it a count or a size. */
static gboolean
counts_things (const char *behind)
{
  static GRegex *pattern;
  return cd_claim_matches (
      &pattern,
      "^[)]*[\\s~-]*(\\w+[\\s-]+)?(samples?|examples?|problems?|questions?|tokens?|steps?|epochs?|runs?|gpus?|hours?|days?|models?|"
      "times|layers?|responses?|rollouts?|attempts?|trials?|shots?|million|billion|thousand|datasets?|benchmarks?|domains?|tasks?|"
      "categor\\w+|instances?|prompts?|parameters|nodes?|iterations?|rounds?|languages?|seeds?|traces?|x\\b|×|k\\b|b\\b|m\\b)",
      behind);
}

/* Words behind a figure that make it a difference, or a share of something else. */
static gboolean
is_changed_by (const char *behind)
{
  static GRegex *pattern;
  return cd_claim_matches (
      &pattern,
      "^[\\s~]*(\\\\,)?\\s?(%?[- ]?pp\\b|percentage[- ]points?)|"
      "^\\s?(%|percent(age)?)?[\\s-]*(\\w+[\\s-]+)?(points?\\b )?(\\w+ )?(improvements?|gains?|increases?|boosts?|higher|better|lower|"
      "fewer|less|more|faster|absolute|relative|reductions?|cheaper|drops?|ahead|advantage|margin|points? (over|above)|"
      "of the (training |original |total )?(data|dataset|samples|tokens|cost|parameters|time))\\b",
      behind);
}

/* "from A to B", "A → B": only B is what is claimed. */
static gboolean
leads_to_another (const char *behind)
{
  static GRegex *pattern;
  return cd_claim_matches (&pattern, "^\\s?(%|percent|points)?\\s?(to( an?)?( \\w+)?|→|-+>|–>|⇒|=>)\\s?[~≈]?\\d", behind);
}

/* A whole number without a sign of percent is a score only right behind a word that says so. */
static gboolean
is_reached (const char *before)
{
  static GRegex *pattern;
  return cd_claim_matches (&pattern,
                           "\\b(achiev\\w*|reach\\w*|scor\\w*|obtain\\w*|attain\\w*|gets?|hits?|accuracy|pass@\\d+)"
                           "(\\s+(an?|of|about|around|over|accuracy|score|is|was|impressive|to))*\\s*[:=]?\\s*[~≈(]*$",
                           before);
}

static char *
around (const char *text, gsize start, gsize end)
{
  return g_utf8_make_valid (text + start, (gssize) (end - start));
}

static gboolean
is_average (const char *before, const char *behind)
{
  static GRegex *before_pattern, *behind_pattern;
  return cd_claim_matches (&before_pattern,
                           "\\b(average|avg\\.?|overall|mean)\\s+(\\w+\\s+){0,2}(of|:|=|to|at|is|was)?\\s?(over |about |up to |around )?[~≈(]*$",
                           before)
         || cd_claim_matches (&behind_pattern, "^\\s?%?\\s?(on average|average|avg)\\b", behind);
}

/* The figure is part of a word, a version, a year's list or a longer number. */
static gboolean
is_joined (const char *text, const CdClaimFigure *figure)
{
  const char *next = text + figure->end;
  char previous = figure->start > 0 ? text[figure->start - 1] : ' ';
  gboolean grouped = previous == ',' && figure->start > 1 && g_ascii_isdigit (text[figure->start - 2]);
  return g_ascii_isalnum (previous) || strchr ("._@#\\^", previous) != NULL || g_ascii_isalpha (*next) || *next == '_'
         || (*next == '-' && g_ascii_isalnum (next[1])) || (*next == ',' && g_ascii_isdigit (next[1])) || grouped;
}

static CdFigureKind
figure_kind (const char *text, gsize length, const CdClaimFigure *figure, gboolean *average)
{
  if (figure->value <= 0 || figure->value > 100.0 || is_joined (text, figure))
    return CD_FIGURE_OTHER;
  g_autofree char *before = around (text, figure->start > BEFORE ? figure->start - BEFORE : 0, figure->start);
  g_autofree char *behind = around (text, figure->end, MIN (length, figure->end + BEFORE));
  if (tells_change (before) || is_changed_by (behind))
    return CD_FIGURE_CHANGE;
  if (is_bound (before, behind) || is_no_accuracy (before, behind))
    return CD_FIGURE_OTHER;
  if (refused_before (before) || (!figure->percent && counts_things (behind)) || leads_to_another (behind))
    return CD_FIGURE_OTHER;
  if (figure->decimals == 0 && !figure->percent && (figure->value < 5 || !is_reached (before)))
    return CD_FIGURE_OTHER;
  if (figure->value < 1.0 && !figure->percent && figure->decimals < 2)
    return CD_FIGURE_OTHER;
  *average = is_average (before, behind);
  return CD_FIGURE_SCORE;
}

gsize
cd_claim_figure_read (const char *text, gsize length, gsize at, CdClaimFigure *figure)
{
  gsize end = at;
  guint points = 0, decimals = 0;
  while (end < length && (g_ascii_isdigit (text[end]) || (text[end] == '.' && g_ascii_isdigit (text[end + 1])))) {
    points += text[end] == '.' ? 1 : 0;
    decimals += points > 0 && text[end] != '.' ? 1 : 0;
    end++;
  }
  *figure = (CdClaimFigure){ .kind = CD_FIGURE_OTHER, .start = at, .end = end, .decimals = decimals };
  if (points > 1 || end - at > DIGITS || decimals > 4)
    return end;
  g_autofree char *digits = g_strndup (text + at, end - at);
  figure->value = g_ascii_strtod (digits, NULL);
  const char *rest = text + end + strspn (text + end, " ");
  figure->percent = *rest == '%' || g_str_has_prefix (rest, "％") || g_ascii_strncasecmp (rest, "percent", 7) == 0;
  figure->kind = figure_kind (text, length, figure, &figure->average);
  return end;
}
