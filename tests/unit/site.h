/* What the tests of a leaderboard's site share: rows made of audits in a few words, the site written from them, its files read back. */
#pragma once
#include "base/folder.h"
#include "cli/embedded.h"
#include "fixture.h"
#include "leaderboard/page-name.h"
#include "site/site.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define COMMIT_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define COMMIT_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define COMMIT_C "cccccccccccccccccccccccccccccccccccccccc"

/* Teachers: any, code only for certain, and named. */
#define TEACHER(model, disclosure, confidence, direct)                                                                                               \
  "{\"model\": \"" model "\", \"provider\": \"openai\", \"roles\": [\"answer\"], \"disclosure\": \"" disclosure "\", \"confidence\": \"" confidence  \
  "\", \"direct\": " direct ", \"evidence\": [{\"path\": \"gen.py\", \"line\": 7, \"end\": 9}]}"
#define CODE_ONLY(model) TEACHER (model, "code-only", "high", "true")
#define SCORER                                                                                                                                       \
  "{\"model\": \"teacher-s\", \"provider\": null, \"roles\": [\"verify\", \"reward\"], \"disclosure\": \"code-only\", \"confidence\": \"high\","     \
  " \"direct\": true, \"evidence\": [{\"path\": \"gen.py\", \"line\": 7}], \"named\": [{\"path\": \"README.md\", \"line\": 3}]}"
#define NAMED(model)                                                                                                                                 \
  "{\"model\": \"" model "\", \"provider\": null, \"roles\": [\"answer\", \"verify\"], \"disclosure\": \"disclosed\", \"confidence\": \"low\","      \
  " \"evidence\": [{\"path\": \"README.md\", \"line\": 3, \"end\": 3}]}"

typedef struct {
  CdData *data;
  char *scratch;
  CdPageNames *pages;
  CdWorks works;
  CdLeaderboard leaderboard;
} Case;

/* What an audit says that a test is about; the rest is the same in all. */
typedef struct {
  const char *commit, *date;
  guint total, low, high;
  gboolean paper, weights;
  const char *label, *teachers, *claims, *reproductions;
} Said;

CdRecord *record_of (const Said *said);
/* Adds a row, best first as the caller says; said NULL: it failed. */
CdLeaderboardRow *add (Case *c, const char *name, const Said *said);
int set_up (void **state);
int tear_down (void **state);
/* Keeps what a row's audit says as the store would, which a cache goes by. */
void keep_json (const Case *c);
/* Writes the site to a folder of the scratch folder; its path, to be freed. */
char *write_site (const Case *c, const char *folder, gboolean excerpts);
char *read_file (const char *folder, const char *path);
void write_file (const char *folder, const char *path, const char *text);
gboolean is_there (const char *folder, const char *path);
/* Paths of all files, a line each, or with their digests. Caller frees. */
char *list_files (const char *folder, gboolean digests);
void assert_holds (const char *text, const char *part);
void assert_lacks (const char *text, const char *part);
/* Three works, the last of which failed; the second has been audited before. */
void fill (Case *c);
