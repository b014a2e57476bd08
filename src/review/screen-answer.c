/* Answers: the form, putting off and undo. What of an answer is kept where is the session's. */
#include "review/screen-bench.h"

static gboolean
all_answered (const CdBench *bench)
{
  const GArray *order = cd_session_order (bench->session);
  for (guint i = 0; i < order->len; i++) {
    const CdResponse *response = cd_session_response (bench->session, g_array_index (order, guint, i));
    if (response == NULL || response->answer == CD_ANSWER_LATER)
      return FALSE;
  }
  return TRUE;
}

void
cd_bench_open_form (CdBench *bench, CdAnswer answer)
{
  g_clear_pointer (&bench->form, cd_form_free);
  bench->form = cd_form_new (bench->session, bench->criterion, answer, cd_bench_marked (bench), bench->places, bench->chosen,
                             bench->drafts->pdata[bench->criterion]);
  bench->view = CD_VIEW_FORM;
}

static void
close_form (CdBench *bench)
{
  g_clear_pointer (&bench->form, cd_form_free);
  bench->view = CD_VIEW_QUESTION;
}

static void
tell_saved (CdBench *bench, guint criterion, CdAnswer answer)
{
  const char *id = cd_rubric_criterion (cd_session_audit (bench->session)->rubric, criterion)->id;
  if (answer == CD_ANSWER_LATER)
    cd_bench_say (bench, FALSE, "Put off: %s", id);
  else
    cd_bench_say (bench, FALSE, "Saved: %s %s.%s", id, cd_answer_name (answer), all_answered (bench) ? " All questions are answered; q quits." : "");
}

static void
keep_draft (CdBench *bench, guint criterion, const char *reason)
{
  g_free (bench->drafts->pdata[criterion]);
  bench->drafts->pdata[criterion] = g_strdup (reason);
}

static void
save_form (CdBench *bench)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) evidence = cd_form_evidence (bench->form);
  guint criterion = bench->form->criterion;
  CdAnswer answer = bench->form->answer;
  if (answer == CD_ANSWER_YES && evidence->len == 0) {
    cd_bench_say (bench, TRUE, "A yes needs the lines that show it: Tab and Space take a place, or Esc, Enter and m mark lines in a file.");
    return;
  }
  g_autofree char *reason = g_strstrip (g_strdup (bench->form->reason->text->str));
  if (!cd_session_answer (bench->session, criterion, answer, reason, evidence, &error)) {
    cd_bench_say_error (bench, error);
    return;
  }
  g_array_set_size (bench->marked->pdata[criterion], 0);
  keep_draft (bench, criterion, NULL);
  close_form (bench);
  cd_bench_show_next (bench);
  tell_saved (bench, criterion, answer);
}

void
cd_bench_put_off (CdBench *bench)
{
  g_autoptr (GError) error = NULL;
  guint criterion = bench->criterion;
  const CdResponse *earlier = cd_session_response (bench->session, criterion);
  if (!cd_session_answer (bench->session, criterion, CD_ANSWER_LATER, earlier != NULL ? earlier->reason : "",
                          earlier != NULL ? earlier->evidence : NULL, &error)) {
    cd_bench_say_error (bench, error);
    return;
  }
  cd_bench_show_next (bench);
  tell_saved (bench, criterion, CD_ANSWER_LATER);
}

void
cd_bench_undo (CdBench *bench)
{
  g_autoptr (GError) error = NULL;
  guint criterion = 0;
  if (cd_session_undo (bench->session, &criterion, &error)) {
    cd_bench_show (bench, criterion);
    cd_bench_say (bench, FALSE, "Taken back: %s", cd_rubric_criterion (cd_session_audit (bench->session)->rubric, criterion)->id);
  } else if (error != NULL)
    cd_bench_say_error (bench, error);
  else
    cd_bench_say (bench, FALSE, "Nothing of this session is left to take back.");
}

void
cd_bench_form_key (CdBench *bench, const CdKey *key)
{
  switch (cd_form_key (bench->form, key)) {
    case CD_FORM_SAVE:
      save_form (bench);
      break;
    case CD_FORM_LEAVE:
      keep_draft (bench, bench->form->criterion, bench->form->reason->text->str);
      close_form (bench);
      break;
    case CD_FORM_STAY:
    default:
      break;
  }
}
