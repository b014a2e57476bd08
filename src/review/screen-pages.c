/* Pages of text that explain: the keys and marks, and the codebook's general rules. */
#include "review/screen-bench.h"

typedef struct {
  const char *keys, *what;
} HelpRow;

static const HelpRow HELP[] = {
  { NULL, "A question" },
  { "y  n", "answer yes or no: a form asks for the reason and the lines that decide" },
  { "l", "put it off until the others are answered" },
  { "u", "take back the last answer, step by step to where this session began" },
  { "Up Down  j k", "the next passage or the one before; of the list, where it has the keys" },
  { "Tab", "give the keys to the list, or back to the passages" },
  { "Left Right", "the previous and the next question" },
  { "PgUp PgDn", "turn the page" },
  { "g G", "the first and the last one" },
  { "Enter  f", "the file at the chosen passage" },
  { "o", "any file of the work, by its path (Tab completes it) and, if you like, line: PATH:LINE" },
  { "c", "the codebook's general rules" },
  { "q", "leave; every answer was saved when it was given, and the same command goes on from there" },
  { NULL, "A file" },
  { "m", "mark the line as evidence, or take the mark away; marked lines are offered by the form" },
  { "Tab", "the next passage of the question, in its file" },
  { "/  n N", "search; the next and the previous place" },
  { "g G  PgUp PgDn", "its beginning, its end; turn the page" },
  { "Esc  q", "back to the question" },
  { NULL, "The form" },
  { "Tab  Up Down", "from the reason to the places that may be evidence, and back" },
  { "Space", "on a place: take it as evidence, or do not" },
  { "Enter", "save" },
  { "Esc", "back without an answer; the reason is kept until you come again" },
};

CdRows *
cd_bench_help (guint columns, gboolean unicode)
{
  CdRows *rows = cd_rows_new (columns, unicode);
  cd_rows_add (
      rows, "", CD_INK_PLAIN,
      "Questions stand in the order of what an answer moves: points by doubt. Doubt is how likely a careful reader disagrees with the rules. "
      "Read what is wanted and the passages, look into the files, then answer; or stop at any time.",
      CD_INK_PLAIN, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (HELP); i++) {
    if (HELP[i].keys == NULL)
      cd_rows_gap (rows);
    g_autofree char *lead = HELP[i].keys != NULL ? g_strdup_printf ("  %-15s ", HELP[i].keys) : g_strdup ("");
    cd_rows_add (rows, lead, CD_INK_STRONG, HELP[i].what, HELP[i].keys != NULL ? CD_INK_PLAIN : CD_INK_STRONG, 0);
  }
  cd_rows_gap (rows);
  cd_rows_add (rows, "", CD_INK_PLAIN, "Marks", CD_INK_STRONG, 0);
  cd_rows_add (rows, unicode ? "  ✓ ✗  …         " : "  y n  l         ", CD_INK_STRONG, "you answered yes, no, or put it off", CD_INK_PLAIN, 0);
  cd_rows_add (rows, unicode ? "  ?  ·           " : "  ?  .           ", CD_INK_STRONG, "open: the rules are not certain enough, or are",
               CD_INK_PLAIN, 0);
  return rows;
}

CdRows *
cd_bench_rules (const CdSession *session, guint columns, gboolean unicode)
{
  const char *const *codebook = cd_rubric_codebook (cd_session_audit (session)->rubric);
  CdRows *rows = cd_rows_new (columns, unicode);
  for (guint i = 0; codebook != NULL && codebook[i] != NULL; i++) {
    g_autofree char *lead = g_strdup_printf ("%2u  ", i + 1);
    cd_rows_add (rows, lead, CD_INK_STRONG, codebook[i], CD_INK_PLAIN, 0);
    cd_rows_gap (rows);
  }
  if (rows->rows->len == 0)
    cd_rows_add (rows, "", CD_INK_PLAIN, "The rubric has no general rules.", CD_INK_FAINT, 0);
  return rows;
}
