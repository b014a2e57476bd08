/* Data probes answered from hits: an index from signals to hits, made once a case, so that asking takes time in proportion to the hits
 * that a probe looks at. What the conditions mean is said in alternatives.c and the format's schema. */
#include "probes/set.h"
#include "scope/role.h"
#include <stdlib.h>
#include <string.h>

/* A hit with what conditions ask about it. */
typedef struct {
  guint document;
  guint32 passage, line;
  guint32 paragraph;
  gint32 section;
} Posting;

struct _CdFinder {
  const CdProbes *probes;
  const CdCase *the_case;
  guint documents;
  guint *first;      /* by signal: its first posting; one more at the end */
  Posting *postings; /* by signal, then document, then passage */
  GArray **sets;     /* by set of neighbours: Posting by document, then passage; NULL until asked for */
  guint8 *roles;     /* by document: CdRole */
  guint8 *paths;     /* by path pattern and document: 0 not tried, 1 no, 2 yes */
  guint *base;       /* by document: number of passages before it, one slot a document besides */
  guint *seen;       /* by passage (and document): the probe that found it last, plus one */
};

static const CdDocument *
document_at (const CdFinder *finder, guint index)
{
  return g_ptr_array_index (finder->the_case->corpus->documents, index);
}

static const GArray *
hits_at (const CdFinder *finder, guint document)
{
  return document < finder->the_case->hits->len ? g_ptr_array_index (finder->the_case->hits, document) : NULL;
}

static void
count_hits (CdFinder *finder)
{
  guint signals = cd_signals_length (finder->the_case->signals);
  finder->first = g_new0 (guint, (gsize) signals + 1);
  for (guint d = 0; d < finder->documents; d++) {
    const GArray *hits = hits_at (finder, d);
    for (guint i = 0; hits != NULL && i < hits->len; i++)
      finder->first[g_array_index (hits, CdHit, i).signal + 1]++;
  }
  for (guint s = 0; s < signals; s++)
    finder->first[s + 1] += finder->first[s];
}

/* A counting sort: documents and passages come in order already. */
static void
post_hits (CdFinder *finder)
{
  guint signals = cd_signals_length (finder->the_case->signals);
  finder->postings = g_new (Posting, MAX (finder->first[signals], 1));
  g_autofree guint *next = g_memdup2 (finder->first, sizeof (guint) * ((gsize) signals + 1));
  for (guint d = 0; d < finder->documents; d++) {
    const GArray *hits = hits_at (finder, d);
    for (guint i = 0; hits != NULL && i < hits->len; i++) {
      const CdHit *hit = &g_array_index (hits, CdHit, i);
      const CdPassage *passage = &g_array_index (document_at (finder, d)->passages, CdPassage, hit->passage);
      finder->postings[next[hit->signal]++]
          = (Posting){ .document = d, .passage = hit->passage, .line = hit->line, .paragraph = passage->paragraph, .section = passage->section };
    }
  }
}

CdFinder *
cd_finder_new (const CdProbes *probes, const CdCase *the_case)
{
  CdFinder *finder = g_new0 (CdFinder, 1);
  finder->probes = probes;
  finder->the_case = the_case;
  finder->documents = the_case->corpus->documents->len;
  count_hits (finder);
  post_hits (finder);
  finder->sets = g_new0 (GArray *, MAX (probes->sets->len, 1));
  finder->roles = g_new0 (guint8, MAX (finder->documents, 1));
  finder->paths = g_new0 (guint8, MAX ((gsize) finder->documents * probes->paths->len, 1));
  finder->base = g_new0 (guint, (gsize) finder->documents + 1);
  for (guint d = 0; d < finder->documents; d++) {
    finder->roles[d] = (guint8) cd_role_of (document_at (finder, d));
    finder->base[d + 1] = finder->base[d] + document_at (finder, d)->passages->len + 1;
  }
  finder->seen = g_new0 (guint, MAX (finder->base[finder->documents], 1));
  return finder;
}

void
cd_finder_free (CdFinder *finder)
{
  if (finder == NULL)
    return;
  for (guint i = 0; i < finder->probes->sets->len; i++)
    if (finder->sets[i] != NULL)
      g_array_unref (finder->sets[i]);
  g_free (finder->sets);
  g_free (finder->first);
  g_free (finder->postings);
  g_free (finder->roles);
  g_free (finder->paths);
  g_free (finder->base);
  g_free (finder->seen);
  g_free (finder);
}

static int
compare_postings (const void *a, const void *b)
{
  const Posting *left = a, *right = b;
  if (left->document != right->document)
    return left->document < right->document ? -1 : 1;
  return (left->passage > right->passage) - (left->passage < right->passage);
}

/* All hits of a set of neighbours' signals, by document and passage. */
static const GArray *
neighbours (CdFinder *finder, guint set)
{
  if (finder->sets[set] != NULL)
    return finder->sets[set];
  const GArray *signals = g_ptr_array_index (finder->probes->sets, set);
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Posting));
  for (guint i = 0; i < signals->len; i++) {
    guint signal = g_array_index (signals, guint, i);
    g_array_append_vals (all, &finder->postings[finder->first[signal]], finder->first[signal + 1] - finder->first[signal]);
  }
  if (all->len > 0)
    qsort (all->data, all->len, sizeof (Posting), compare_postings);
  finder->sets[set] = all;
  return all;
}

static gboolean
is_neighbour (const CdNear *near, const Posting *hit, const Posting *other)
{
  if (other->document != hit->document)
    return FALSE;
  if ((near->within == CD_WITHIN_PASSAGE && other->passage != hit->passage)
      || (near->within == CD_WITHIN_PARAGRAPH && other->paragraph != hit->paragraph)
      || (near->within == CD_WITHIN_SECTION && other->section != hit->section))
    return FALSE;
  guint apart = other->line > hit->line ? other->line - hit->line : hit->line - other->line;
  return near->lines == 0 || apart <= near->lines;
}

/* Passages, paragraphs and sections are runs of a document, so that where there is a neighbour at all, the nearest before or after is one. */
static gboolean
has_neighbour (CdFinder *finder, const CdNear *near, const Posting *hit)
{
  const GArray *all = neighbours (finder, (guint) near->set);
  if (near->within == CD_WITHIN_WORK)
    return all->len > 0;
  guint low = 0, high = all->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (compare_postings (&g_array_index (all, Posting, middle), hit) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return (low < all->len && is_neighbour (near, hit, &g_array_index (all, Posting, low)))
         || (low > 0 && is_neighbour (near, hit, &g_array_index (all, Posting, low - 1)));
}

static gboolean
path_matches (CdFinder *finder, gint path, guint document)
{
  guint8 *known = &finder->paths[(gsize) path * finder->documents + document];
  if (*known == 0)
    *known
        = g_regex_match (g_ptr_array_index (finder->probes->paths, (guint) path), document_at (finder, document)->path, G_REGEX_MATCH_DEFAULT, NULL)
              ? 2
              : 1;
  return *known == 2;
}

static gboolean
document_suits (CdFinder *finder, const CdAlternative *alternative, guint document)
{
  return (alternative->roles == 0 || (alternative->roles & (1u << finder->roles[document])) != 0)
         && (alternative->path < 0 || path_matches (finder, alternative->path, document))
         && (alternative->not_path < 0 || !path_matches (finder, alternative->not_path, document));
}

static gboolean
hit_suits (CdFinder *finder, const CdAlternative *alternative, const Posting *hit, const CdPassage *passage)
{
  return (alternative->where == 0 || (alternative->where & (1u << passage->kind)) != 0)
         && (alternative->context == 0 || (alternative->context & passage->flags) != 0) && (alternative->unless & passage->flags) == 0
         && (alternative->near.set < 0 || has_neighbour (finder, &alternative->near, hit))
         && (alternative->not_near.set < 0 || !has_neighbour (finder, &alternative->not_near, hit));
}

/* What the front document says is what a reader looks for first; papers speak of others too, and so do pages deep in the tree. */
static double
role_weight (const CdFinder *finder, guint document)
{
  switch (finder->roles[document]) {
    case CD_ROLE_README:
      return strchr (document_at (finder, document)->path, '/') == NULL ? 1.4 : 1.0;
    case CD_ROLE_DOC:
      return 0.8;
    case CD_ROLE_PAPER:
      return 0.9;
    default:
      return 1.0;
  }
}

/* A sentence or a table row is shown whole, and so is a passage whose parts count together; of another command or piece of code over many lines,
 * the line that says it. */
static void
add_hit (CdFinding *finding, const CdAlternative *alternative, const Posting *hit, const CdPassage *passage, const char *says, double weight)
{
  gboolean together = alternative->near.set >= 0 && alternative->near.within == CD_WITHIN_PASSAGE;
  gboolean whole = together || passage->kind == CD_PASSAGE_PROSE || passage->kind == CD_PASSAGE_TABLE || passage->kind == CD_PASSAGE_CAPTION;
  cd_finding_add (finding, hit->document, whole ? passage->line : hit->line, whole ? passage->end_line : hit->line, says, weight);
}

/* TRUE the first time that a probe comes to a slot. */
static gboolean
is_new (CdFinder *finder, guint slot, guint probe)
{
  gboolean fresh = finder->seen[slot] != probe + 1;
  finder->seen[slot] = probe + 1;
  return fresh;
}

static void
find_hits (CdFinder *finder, guint probe, const CdAlternative *alternative, guint signal, CdFinding *finding)
{
  const char *says = cd_signals_at (finder->the_case->signals, signal)->id;
  guint document = G_MAXUINT;
  gboolean suits = FALSE;
  for (guint i = finder->first[signal]; i < finder->first[signal + 1]; i++) {
    const Posting *hit = &finder->postings[i];
    if (hit->document != document) {
      document = hit->document;
      suits = document_suits (finder, alternative, document);
    }
    if (!suits)
      continue;
    const CdPassage *passage = &g_array_index (document_at (finder, document)->passages, CdPassage, hit->passage);
    if (hit_suits (finder, alternative, hit, passage) && is_new (finder, finder->base[document] + hit->passage, probe))
      add_hit (finding, alternative, hit, passage, says,
               alternative->weight * role_weight (finder, document) * cd_reach_weight (finder->the_case, document));
  }
}

static void
find_documents (CdFinder *finder, guint probe, const CdAlternative *alternative, CdFinding *finding)
{
  const char *says = g_array_index (finder->probes->probes, CdProbe, probe).info.id;
  for (guint d = 0; d < finder->documents; d++) {
    gboolean own = finder->the_case->scope == NULL || cd_scope_is_own (finder->the_case->scope, d);
    if (own && document_suits (finder, alternative, d) && is_new (finder, finder->base[d + 1] - 1, probe))
      cd_finding_add (finding, d, 1, 1, says, alternative->weight);
  }
}

void
cd_finder_ask (CdFinder *finder, guint index, CdFinding *finding)
{
  const CdProbe *probe = &g_array_index (finder->probes->probes, CdProbe, index);
  for (guint i = 0; i < probe->alternatives->len; i++) {
    const CdAlternative *alternative = &g_array_index (probe->alternatives, CdAlternative, i);
    for (guint j = 0; j < alternative->signals->len; j++)
      find_hits (finder, index, alternative, g_array_index (alternative->signals, guint, j), finding);
    if (alternative->signals->len == 0)
      find_documents (finder, index, alternative, finding);
  }
  finding->yes = finding->count >= probe->at_least;
}
