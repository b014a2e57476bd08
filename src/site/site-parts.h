/* A site while it is written: what its pages say, gathered once from the rows, and the pages' functions. For site/ only. Nothing here changes once
 * pages are made, which happens in several threads.
 * Ownership: a CdSitePages owns its parts; records, their strings and the rules' are borrowed from leaderboard and options. */
#pragma once
#include "leaderboard/page-name.h"
#include "lineage/knowledge.h"
#include "page/html.h"
#include "page/page.h"
#include "rubric/rubric.h"
#include "site/files.h"
#include "site/site.h"

typedef enum {
  CD_SITE_REPRODUCED,
  CD_SITE_COMPATIBLE,
  CD_SITE_SELECTED,
  CD_SITE_NOT_REPRODUCED,
  CD_SITE_NOT_RUN,
  CD_SITE_CONCLUSIONS
} CdSiteConclusion;
/* "reproduced", "compatible" …, as audits call them. Static. */
const char *cd_site_conclusion_name (CdSiteConclusion conclusion);

/* What a work's documents say of a teacher. Of several spellings of one model the last of these counts. */
typedef enum {
  CD_SITE_TOLD_LEAD,    /* not certain that it is a teacher: nothing is said about what documents say */
  CD_SITE_TOLD,         /* they say so */
  CD_SITE_TOLD_BESIDE,  /* certain, and named beside results only */
  CD_SITE_TOLD_NOWHERE, /* certain, and not mentioned */
  CD_SITE_TOLD_DEGREES
} CdSiteTold;

typedef struct {
  const CdLeaderboardRow *row;
  CdRecord view;          /* the row's record; its remote is the list's address where the repository names none */
  const CdRecord *record; /* &view; NULL where the audit failed */
  const char *name;
  const char *address;                                     /* of the repository, where it is public; NULL */
  char *file;                                              /* "works/NAME.html"; NULL where the audit failed */
  char *home;                                              /* where the forge shows the commit; NULL none */
  guint best, worst;                                       /* the places that it may have, by the likely ranges of all */
  guint claims, checked, conclusions[CD_SITE_CONCLUSIONS]; /* claims; those something was obtained for; by conclusion */
  guint leads;                                             /* of the record's teachers */
} CdSiteWork;

typedef struct {
  const CdSiteWork *work;
  const CdRecordTeacher *teacher;
} CdSiteTaught;
/* A work that was made from a model's or dataset's outputs at second hand. */
typedef struct {
  const CdSiteWork *work;
  const cJSON *inherited;
} CdSiteHeir;
typedef struct {
  char *key, *name, *file;        /* file: "teachers/NAME.html" */
  const char *provider;           /* NULL unknown */
  gint known;                     /* index into the knowledge; -1 */
  GArray *taught;                 /* CdSiteTaught, in the rows' order */
  GArray *heirs;                  /* CdSiteHeir */
  guint of[CD_SITE_TOLD_DEGREES]; /* works, once each, by what they say */
  guint inherited, all;           /* works at second hand; works that its outputs reached either way, leads left out */
} CdSiteTeacher;

typedef struct {
  const CdSiteWork *work;
  const CdRecordVerdict *verdict;
} CdSiteAnswer;
typedef struct {
  const char *id, *question, *dimension;
  guint points;
  char *file;              /* "criteria/NAME.html" */
  const CdCriterion *rule; /* NULL where the rubric at hand is another */
  GArray *answers;         /* CdSiteAnswer, in the rows' order */
  guint yes, settled;
  double expected, spread; /* of the number of works that earn it, by the certainties: mean and standard deviation */
} CdSiteCriterion;

typedef struct {
  const CdLeaderboard *leaderboard;
  const CdSiteOptions *options;
  const CdRecord *first;  /* any audit: all are by the same rules; NULL where every work failed */
  GPtrArray *works;       /* CdSiteWork*, parallel to the rows */
  guint ranked;           /* works with an audit; they stand first */
  guint64 pairs, apart;   /* pairs of them, and those whose likely ranges do not meet */
  GPtrArray *criteria;    /* CdSiteCriterion*, in the rubric's order */
  GPtrArray *teachers;    /* CdSiteTeacher*, by number of works, most first, leads last, then name */
  GHashTable *teacher_of; /* a teacher's key → CdSiteTeacher*, borrowed */
  CdKnowledge *knowledge;
  CdSignals *signals;
  CdProbes *probes;
  CdRubric *rubric; /* NULL where it is not at hand, or not the audits' */
} CdSitePages;

/* gather.c. NULL where rules cannot be read. */
CdSitePages *cd_site_gather (const CdLeaderboard *leaderboard, const CdSiteOptions *options, GError **error);
void cd_site_pages_free (CdSitePages *pages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdSitePages, cd_site_pages_free)
/* Why a work has no audit, without what names this machine; NULL where it has one. Caller frees. */
char *cd_site_failure (const CdSiteWork *work);
/* "data/audits/NAME.json". Caller frees. */
char *cd_site_audit_file (const CdSiteWork *work);
/* teachers.c: fills teachers and teacher_of. */
void cd_site_gather_teachers (CdSitePages *pages);
void cd_site_teacher_free (gpointer teacher);
/* The teacher of that name; NULL none. */
const CdSiteTeacher *cd_site_teacher (const CdSitePages *pages, const char *name);

/* unchanged.c. A digest over all that a site is made from: rows, options, rules, and this build of the program; NULL where it cannot be told. Caller frees. */
char *cd_site_inputs (const CdLeaderboard *leaderboard, const CdSiteOptions *options);
/* TRUE where the cache knows that folder was made from these inputs, and no file of it (CdSiteFile*, as then) has been touched since. */
gboolean cd_site_is_unchanged (const CdSiteOptions *options, const char *folder, const char *inputs);
/* Notes it in the cache; a cache that cannot be written is none. */
void cd_site_remember (const CdSiteOptions *options, const char *folder, const char *inputs, const GPtrArray *files);

/* Pages and data, each a CdSiteRender. of is a CdSiteWork, CdSiteCriterion or CdSiteTeacher where there is one for each. */
GBytes *cd_site_table (gconstpointer site, gconstpointer of, GError **error);
GBytes *cd_site_work (gconstpointer site, gconstpointer of, GError **error);
GBytes *cd_site_criteria (gconstpointer site, gconstpointer of, GError **error);
GBytes *cd_site_criterion (gconstpointer site, gconstpointer of, GError **error);
GBytes *cd_site_teachers (gconstpointer site, gconstpointer of, GError **error);
GBytes *cd_site_teacher_page (gconstpointer site, gconstpointer of, GError **error);
GBytes *cd_site_method (gconstpointer site, gconstpointer of, GError **error);
GBytes *cd_site_feed (gconstpointer site, gconstpointer of, GError **error);
GBytes *cd_site_json (gconstpointer site, gconstpointer of, GError **error);
GBytes *cd_site_audit (gconstpointer site, gconstpointer of, GError **error);
GBytes *cd_site_works_csv (gconstpointer site, gconstpointer of, GError **error);
GBytes *cd_site_verdicts_csv (gconstpointer site, gconstpointer of, GError **error);
GBytes *cd_site_teachers_csv (gconstpointer site, gconstpointer of, GError **error);
GBytes *cd_site_claims_csv (gconstpointer site, gconstpointer of, GError **error);
GBytes *cd_site_database (gconstpointer site, gconstpointer of, GError **error);

/* frame.c: what pages have in common. */
/* A page with its navigation and an open <main>. home: the way to the site's first page, "" or "../". here: the file of this page, for its mark in the
 * navigation. */
CdHtml *cd_site_open (const CdSitePages *pages, const char *title, const char *home, const char *here, const char *script);
/* The page's foot; the finished page. */
GBytes *cd_site_close (const CdSitePages *pages, CdHtml *html, const char *home);
/* "data/x" from a page whose home is given. Caller frees. */
char *cd_site_way (const char *home, const char *file);
/* A work's name, as a link to its page where it has one. */
void cd_site_put_work (CdHtml *html, const CdSiteWork *work, const char *home);
/* A teacher's name likewise. */
void cd_site_put_teacher (CdHtml *html, const CdSitePages *pages, const char *name, const char *home);
/* At most so many places of a work, each as a link to the forge where there is one; how many more there are. */
void cd_site_put_places (CdHtml *html, const CdSiteWork *work, const GArray *places, guint most);
/* "README.md:12". Caller frees. */
char *cd_site_place (const CdRecordPlace *place);
/* labels.c: a label of distillation in words that say no more than the rules know; what it means. Static. */
const char *cd_site_label_words (const char *label);
const char *cd_site_label_meaning (const char *label);
/* All labels, NULL-terminated. Static. */
const char *const *cd_site_labels (void);
/* An accusation needs certainty and a place; what lacks either is a lead. The words follow "evidence of
 * generation with X" (or of what else it was used for) but for a lead's. Static. */
CdSiteTold cd_site_told (const CdRecordTeacher *teacher);
const char *cd_site_told_words (CdSiteTold told);
/* The sentence on how authors reply. */
void cd_site_put_reply (CdHtml *html, const char *home);
