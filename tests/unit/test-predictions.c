/* Files of predictions: every shape that evaluations write, what a record means, what cannot be read, and what is no prediction at all. */
#include "outputs/predictions.h"
#include "rules.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char knowledge[]
    = "benchmarks:\n"
      "  - {id: aime-2024, name: 'AIME 2024', aliases: ['AIME24'], problems: 30, answer: integer, domain: mathematics, source: s}\n"
      "  - {id: math-500, name: 'MATH-500', aliases: ['MATH500'], problems: 500, answer: expression, domain: mathematics, source: s}\n"
      "  - {id: gpqa, name: 'GPQA', problems: 448, answer: choice, domain: science, source: s}\n"
      "  - {id: humaneval, name: 'HumanEval', problems: 164, answer: tests, domain: code, source: s}\n"
      "  - {id: drop, name: 'DROP', problems: 9536, answer: text, domain: language, cased: true, source: s}\n";
static CdBenchmarks *benchmarks;

/* A stream that gives its bytes in pieces of a size, and then others again and again. */
typedef struct {
  GInputStream parent;
  const char *text, *again;
  gsize length, at, piece, left; /* left: bytes of `again` still to come */
} Drip;
typedef struct {
  GInputStreamClass parent;
} DripClass;
GType drip_get_type (void);
G_DEFINE_TYPE (Drip, drip, G_TYPE_INPUT_STREAM)

static gssize
drip_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  (void) cancellable;
  Drip *drip = (Drip *) (gpointer) stream;
  if (drip->at == drip->length && drip->left > 0) {
    drip->text = drip->again;
    drip->length = MIN (strlen (drip->again), drip->left);
    drip->left -= drip->length;
    drip->at = 0;
  }
  if (drip->text == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the disk is gone");
    return -1;
  }
  gsize given = MIN (MIN (count, drip->piece), drip->length - drip->at);
  memcpy (buffer, drip->text + drip->at, given);
  drip->at += given;
  return (gssize) given;
}

static void
drip_class_init (DripClass *class)
{
  G_INPUT_STREAM_CLASS (class)->read_fn = drip_read;
}
static void
drip_init (Drip *drip)
{
  drip->piece = 1 << 16;
}

static GInputStream *
drip_new (const char *text, gsize length, gsize piece)
{
  Drip *drip = g_object_new (drip_get_type (), NULL);
  drip->text = text;
  drip->length = length;
  drip->piece = piece;
  return (GInputStream *) drip;
}

static void
free_figure (gpointer figure)
{
  cd_figure_free (figure);
}

typedef struct {
  GPtrArray *figures;
  GError *error;
} Read;
static void
read_clear (Read *read)
{
  g_ptr_array_unref (read->figures);
  g_clear_error (&read->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Read, read_clear)

static Read
read_file (const CdPredictionFile *file, GInputStream *stream)
{
  Read read = { g_ptr_array_new_with_free_func (free_figure), NULL };
  gboolean done = cd_predictions_read (file, stream, read.figures, &read.error);
  assert_int_equal (done, read.error == NULL);
  return read;
}

static Read
read_bytes (const char *path, const char *text, gsize length, gsize piece)
{
  CdPredictionFile file = { .path = path, .language = strrchr (path, '.') + 1, .benchmarks = benchmarks };
  g_autoptr (GInputStream) stream = drip_new (text, length, piece);
  return read_file (&file, stream);
}

static Read
read_text (const char *path, const char *text)
{
  return read_bytes (path, text, strlen (text), 1 << 16);
}

/* All that a test asserts of a figure, in one line. */
static char *
tell (const CdFigure *figure)
{
  g_autofree char *metric = cd_metric_name (figure->metric);
  g_autoptr (GString) line = g_string_new (NULL);
  const char *id = figure->benchmark >= 0 ? cd_benchmarks_at (benchmarks, (guint) figure->benchmark)->id : "-";
  g_string_printf (line, "%s %s %.1f n=%d k=%d %s", id, metric, figure->value, (int) figure->n, (int) figure->samples,
                   figure->grader != NULL ? figure->grader : "flags");
  if (figure->flagged > 0)
    g_string_append_printf (line, " flagged=%d disagree=%d", (int) figure->flagged, (int) figure->disagree);
  if (figure->malformed > 0)
    g_string_append_printf (line, " malformed=%d:", (int) figure->malformed);
  for (guint i = 0; figure->faults != NULL && i < figure->faults->len; i++)
    g_string_append_printf (line, "%s%u", i > 0 ? "," : "", g_array_index (figure->faults, guint32, i));
  return g_strdup (line->str);
}

static void
expect (const char *path, const char *text, const char *wanted)
{
  g_auto (Read) read = read_text (path, text);
  if (read.error != NULL)
    fail_msg ("%s: %s", path, read.error->message);
  g_autofree char *line = tell (read.figures->pdata[0]);
  if (strcmp (line, wanted) != 0)
    fail_msg ("%s\n%s\ngives  %s\nwanted %s", path, text, line, wanted);
}

/* Every shape in which two or three answers to AIME problems are written, and what it gives. */
static const struct {
  const char *path, *text, *wanted;
} shapes[] = {
  /* flat, a prediction beside a reference */
  { "aime24/a.jsonl",
    "{\"idx\":0,\"question\":\"a b\",\"gt\":\"33\",\"pred\":\"33\"}\n{\"idx\":1,\"question\":\"c d\",\"gt\":\"4\",\"pred\":\"5\"}\n",
    "aime-2024 accuracy 50.0 n=2 k=1 integer" },
  /* lists: many samples a problem */
  { "aime24/b.jsonl",
    "{\"question\":\"a\",\"gt\":\"33\",\"code\":[\"x\",\"y\"],\"pred\":[\"33\",\"32\"],\"score\":[true,false]}\n"
    "{\"question\":\"b\",\"gt\":\"4\",\"code\":[\"x\",\"y\"],\"pred\":[\"4\",\"4\"],\"score\":[true,true]}",
    "aime-2024 avg@2 75.0 n=2 k=2 integer flagged=4 disagree=0" },
  /* the same problem in several records */
  { "aime24/c.jsonl", "{\"id\":1,\"answer\":\"33\",\"response\":\"\\\\boxed{33}\"}\n{\"id\":1,\"answer\":\"33\",\"response\":\"\\\\boxed{3}\"}\n",
    "aime-2024 avg@2 50.0 n=1 k=2 integer" },
  { "aime24/d.jsonl",
    "{\"id\":1,\"question\":\"q w\",\"answer\":\"33\",\"output\":\"\\\\boxed{33}\"}\n{\"id\":2,\"question\":\"q "
    "w\",\"answer\":\"33\",\"output\":\"\\\\boxed{3}\"}\n"
    "{\"id\":3,\"question\":\"r w\",\"answer\":\"2\",\"output\":\"\\\\boxed{33}\"}\n{\"id\":4,\"question\":\"r "
    "w\",\"answer\":\"2\",\"output\":\"\\\\boxed{3}\"}\n",
    "aime-2024 avg@2 25.0 n=2 k=2 integer" },
  /* one question of several images is several problems */
  { "counting/d.jsonl",
    "{\"question\":\"how many\",\"image\":\"1.png\",\"gold\":\"3\",\"pred\":\"3\"}\n{\"question\":\"how "
    "many\",\"image\":\"2.png\",\"gold\":\"3\",\"pred\":\"3\"}\n",
    "- accuracy 100.0 n=2 k=1 math" },
  /* a list, a list within an object, an object of records */
  { "aime24/e.json", "[{\"problem\":\"a\",\"target\":33,\"prediction\":33},\n {\"problem\":\"b\",\"target\":4,\"prediction\":4}]",
    "aime-2024 accuracy 100.0 n=2 k=1 integer" },
  { "aime24/f.json",
    "{\"accuracy\":0.5,\"results\":[{\"question\":{\"question\":\"a\",\"ground_truth\":\"33\"},\"ground_truth\":\"33\",\"model_output\":\"\\\\boxed{"
    "33}\","
    "\"extracted_answer\":\"33\",\"is_correct\":true},\n{\"question\":{\"question\":\"b\"},\"ground_truth\":\"4\",\"extracted_answer\":\"5\",\"is_"
    "correct\":false}]}",
    "aime-2024 accuracy 50.0 n=2 k=1 integer flagged=2 disagree=0" },
  { "aime24/g.json",
    "{\"0\":{\"origin_prompt\":[{\"role\":\"HUMAN\",\"prompt\":\"a\"}],\"prediction\":\"\\\\boxed{33}\",\"gold\":\"33\"},\"1\":{\"origin_prompt\":"
    "\"b\","
    "\"prediction\":\"\\\\boxed{4}\",\"gold\":\"3\"}}",
    "aime-2024 accuracy 50.0 n=2 k=1 integer" },
  /* objects for samples, verdicts in them, tokens beside */
  { "results/h.json",
    "{\"What is a b?\":{\"responses\":{\"0.0\":{\"content\":\"x\",\"correctness\":true},\"0.7\":{\"content\":\"y\",\"correctness\":false}},"
    "\"token_usages\":{\"0.0\":[{\"completion_tokens\":10,\"prompt_tokens\":3}],\"0.7\":[{\"completion_tokens\":20}]}},"
    "\"What is c?\":{\"responses\":{\"0.0\":{\"content\":\"x\",\"correctness\":true},\"0.7\":{\"content\":\"y\",\"correctness\":true}}}}",
    "- avg@2 75.0 n=2 k=2 flags flagged=4 disagree=0" },
  { "gpqa/i.jsonl",
    "{\"choices\":[{\"message\":{\"content\":\"so "
    "B\"},\"review\":{\"gold\":\"B\",\"pred\":\"B\",\"result\":true}}],\"usage\":{\"completion_tokens\":7},"
    "\"raw_input\":{\"question\":\"which\"}}\n",
    "gpqa accuracy 100.0 n=1 k=1 choice flagged=1 disagree=0" },
  { "gpqa/i2.jsonl",
    "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"B\"}}],\"raw_input\":{\"question\":\"which\",\"answer\":\"B\"}}\n",
    "gpqa accuracy 100.0 n=1 k=1 choice" },
  /* nested: the problem stands in an object of its own */
  { "samples_aime24.jsonl",
    "{\"doc_id\":0,\"doc\":{\"question\":\"a\",\"answer\":\"33\"},\"target\":\"33\",\"resps\":[[\"so \\\\boxed{33}\"]],\"filtered_resps\":[\"33\"],"
    "\"exact_match\":1.0}\n",
    "aime-2024 accuracy 100.0 n=1 k=1 integer flagged=1 disagree=0" },
  /* likelihoods of the choices: the verdict is all there is */
  { "samples_gpqa.jsonl",
    "{\"doc_id\":0,\"doc\":{\"question\":\"a\"},\"target\":\"2\",\"resps\":[[[\"-1.2\",\"False\"]],[[\"-0.2\",\"True\"]]],"
    "\"filtered_resps\":[[\"-1.2\",\"False\"],[\"-0.2\",\"True\"]],\"acc\":1.0}\n",
    "gpqa accuracy 100.0 n=1 k=1 flags flagged=1 disagree=0" },
  /* records one behind the other over several lines, and JSON Lines under another name */
  { "aime24/j.json", "{\n \"gold\": \"33\",\n \"pred\": \"33\"\n}\n{\n \"gold\": \"4\",\n \"pred\": \"33\"\n}\n",
    "aime-2024 accuracy 50.0 n=2 k=1 integer" },
  { "aime24/k.json", "{\"gold\":\"33\",\"pred\":\"33\"}\n{\"gold\":\"4\",\"pred\":\"33\"}\n", "aime-2024 accuracy 50.0 n=2 k=1 integer" },
  { "aime24/l.jsonl", "[{\"gold\":\"33\",\"pred\":\"33\"},{\"gold\":\"4\",\"pred\":\"33\"}]", "aime-2024 accuracy 50.0 n=2 k=1 integer" },
  /* separated values with line ends in them */
  { "aime24/m.csv", "\xEF\xBB\xBFid,question,answer,model_answer,extraction\r\n1,\"a, \"\"b\"\"\nc\",33,\"so\n33\",33\r\n2,d,4,x,5\r\n",
    "aime-2024 accuracy 50.0 n=2 k=1 integer" },
  { "aime24/n.tsv", "gold\tpred\n33\t33\n", "aime-2024 accuracy 100.0 n=1 k=1 integer" },
  /* lists written into a table's values; an interval is none */
  { "aime24/n2.csv", "gold,extraction,score\n33,\"['33', '4']\",\"[True, False]\"\n4,\"[\"\"4\"\", 'it\\'s 5']\",\"[True, False]\"\n",
    "aime-2024 avg@2 50.0 n=2 k=2 integer flagged=4 disagree=0" },
  { "math500/n3.csv", "gold,extraction\n\"[1, 2]\",\"[1,2]\"\n", "math-500 accuracy 100.0 n=1 k=1 math" },
  /* programs are never run */
  { "humaneval/o.jsonl",
    "{\"task_id\":\"HumanEval/0\",\"completion\":\"pass\",\"result\":\"passed\",\"passed\":true}\n{\"task_id\":\"HumanEval/1\",\"completion\":\"x\","
    "\"result\":\"failed: assertion\",\"passed\":false}\n",
    "humaneval accuracy 50.0 n=2 k=1 flags flagged=2 disagree=0" },
  { "humaneval/p.json",
    "{\"date\":\"x\",\"eval\":{\"HumanEval/0\":[{\"task_id\":\"HumanEval/0\",\"solution\":\"s\",\"base_status\":\"pass\",\"plus_status\":\"fail\"}],"
    "\"HumanEval/1\":[{\"task_id\":\"HumanEval/1\",\"solution\":\"s\",\"base_status\":\"pass\",\"plus_status\":\"pass\"}]}}",
    "humaneval accuracy 50.0 n=2 k=1 flags flagged=2 disagree=0" },
  /* the answer behind a derivation; several references of which one is right; a flag that the grader contradicts */
  { "aime24/q.jsonl", "{\"question\":\"a\",\"answer\":\"3 + 4 = 7\\n#### 7\",\"response\":\"\\\\boxed{7}\",\"correct\":false}\n",
    "aime-2024 accuracy 100.0 n=1 k=1 integer flagged=1 disagree=1" },
  { "aime24/r.jsonl", "{\"question\":\"a\",\"solution\":\"so \\\\boxed{7}\",\"pred\":\"7\"}\n", "aime-2024 accuracy 100.0 n=1 k=1 integer" },
  { "aime24/s.jsonl", "{\"question\":\"a\",\"gold\":[\"8\",\"7\"],\"pred\":\"7\"}\n", "aime-2024 accuracy 100.0 n=1 k=1 integer" },
  /* no answer was found, and the file says so: its response is not searched for another */
  { "aime24/t.jsonl",
    "{\"question\":\"a\",\"gold\":\"7\",\"pred\":\"\",\"response\":\"7\"}\n{\"question\":\"b\",\"gold\":\"7\",\"pred\":null,\"response\":\"\\\\boxed{"
    "7}\"}\n",
    "aime-2024 accuracy 0.0 n=2 k=1 integer" },
  /* nothing is extracted anywhere: the responses are all there is */
  { "aime24/t1.jsonl",
    "{\"question\":\"a\",\"gold\":\"7\",\"pred\":null,\"response\":\"\\\\boxed{7}\"}\n{\"question\":\"b\",\"gold\":\"7\",\"pred\":null,\"response\":"
    "\"\\\\boxed{7}\"}\n",
    "aime-2024 accuracy 100.0 n=2 k=1 integer" },
  /* what was extracted is no choice, the response is */
  { "gpqa/t2.jsonl", "{\"question\":\"a\",\"answer\":\"C\",\"extraction\":\"12\",\"response\":\"Answer: C\"}\n",
    "gpqa accuracy 100.0 n=1 k=1 choice" },
  /* "answer" is the prediction beside a reference */
  { "aime24/u.jsonl", "{\"question\":\"a\",\"answer\":\"7\",\"ground_truth\":\"7\"}\n", "aime-2024 accuracy 100.0 n=1 k=1 integer" },
  /* a name of an ordinary word counts where it stands alone */
  { "outputs/drop/v.jsonl", "{\"question\":\"a\",\"gold\":\"x\",\"pred\":\"y\",\"judge\":\"yes\"}\n",
    "drop accuracy 100.0 n=1 k=1 flags flagged=1 disagree=1" },
};

static void
reads_every_shape (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    expect (shapes[i].path, shapes[i].text, shapes[i].wanted);
}

static void
does_not_depend_on_pieces (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    for (gsize piece = 1; piece < 8; piece += 2) {
      g_auto (Read) read = read_bytes (shapes[i].path, shapes[i].text, strlen (shapes[i].text), piece);
      assert_null (read.error);
      g_autofree char *line = tell (read.figures->pdata[0]);
      assert_string_equal (line, shapes[i].wanted);
    }
}

static const CdFigureProblem *
problem_at (const Read *read, guint index)
{
  const CdFigure *figure = read->figures->pdata[0];
  return &g_array_index (figure->problems, CdFigureProblem, index);
}

static void
counts_votes_scores_and_tokens (void **state)
{
  (void) state;
  g_auto (Read) read
      = read_text ("aime24/x.jsonl", "{\"id\":\"p1\",\"gold\":\"7\",\"pred\":[\"7\",\"8\",\"07\",\"9\"],\"rm_score\":[0.1,0.9,0.2,0.3],"
                                     "\"output_tokens\":[10,20,30,40],\"subject\":\"Algebra\"}\n"
                                     "{\"id\":\"p2\",\"gold\":\"7\",\"pred\":[\"7\",\"8\",\"\",\"\"],\"rm_score\":[[0.5],[0.5],[0.1],[0.1]]}\n"
                                     "{\"id\":\"p3\",\"gold\":\"7\",\"pred\":[\"\",\"\",\"\",\"\"],\"rm_score\":[2,1,1,1]}\n");
  assert_null (read.error);
  const CdFigureProblem *first = problem_at (&read, 0), *second = problem_at (&read, 1), *third = problem_at (&read, 2);
  assert_string_equal (first->problem, "p1");
  assert_string_equal (first->category, "Algebra");
  assert_int_equal (first->samples, 4);
  assert_int_equal (first->right, 2);
  assert_true (first->majority == 1 && first->best == 0 && first->tokens == 25 && first->score == 0.5);
  assert_true (second->majority == 0.5 && second->best == 0.5 && isnan (second->tokens)); /* two of two: ties as expectation */
  assert_true (third->majority == 0 && third->best == 0);
  assert_null (second->category);
}

static void
groups_answers_without_a_grader_by_their_text (void **state)
{
  (void) state;
  g_auto (Read) read
      = read_text ("humaneval/x.jsonl",
                   "{\"id\":1,\"pred\":[\"a\",\"b\",\"a\"],\"correct\":[true,false,true]}\n{\"id\":2,\"completion\":\"a\",\"passed\":true}\n");
  assert_null (read.error);
  assert_true (problem_at (&read, 0)->majority == 1);
  const CdFigure *figure = read.figures->pdata[0];
  assert_int_equal (figure->samples, 0); /* not the same number for all */
  assert_true (figure->value == 75);
}

/* More different answers than are kept: the vote is not told, the rest is. */
static void
gives_up_a_vote_of_too_many_answers (void **state)
{
  (void) state;
  g_autoptr (GString) text = g_string_new ("{\"gold\":\"0\",\"pred\":[\"0\"");
  for (guint i = 1; i < 1000; i++)
    g_string_append_printf (text, ",\"%u\"", i);
  g_string_append (text, "]}\n");
  g_auto (Read) read = read_text ("aime24.jsonl", text->str);
  assert_null (read.error);
  assert_true (isnan (problem_at (&read, 0)->majority));
  assert_int_equal (problem_at (&read, 0)->samples, 1000);
  assert_int_equal (problem_at (&read, 0)->right, 1);
}

static void
finds_benchmarks_and_models (void **state)
{
  (void) state;
  static const char text[] = "{\"dataset\":\"aime24\",\"model\":\"a-7B\",\"question\":\"a\",\"gold\":\"1\",\"pred\":\"1\"}\n"
                             "{\"dataset\":\"math500\",\"model\":\"a-7B\",\"question\":\"a\",\"gold\":\"1\",\"pred\":\"2\"}\n"
                             "{\"dataset\":\"aime24\",\"model\":\"b-7B\",\"question\":\"a\",\"gold\":\"1\",\"pred\":\"1\"}\n";
  g_auto (Read) read = read_text ("out/all.jsonl", text);
  static const char *const wanted[]
      = { "aime-2024 accuracy 100.0 n=1 k=1 integer", "math-500 accuracy 0.0 n=1 k=1 math", "aime-2024 accuracy 100.0 n=1 k=1 integer" };
  assert_int_equal (read.figures->len, 3);
  for (guint i = 0; i < 3; i++) {
    g_autofree char *line = tell (read.figures->pdata[i]);
    assert_string_equal (line, wanted[i]);
  }
  assert_string_equal (((CdFigure *) read.figures->pdata[2])->model, "b-7B");
  g_auto (Read) by_path
      = read_text ("outputs/owner/Name-1.5B-RL/checkpoint-120/aime24/test_cot_seed3_t0.6.jsonl", "{\"gold\":\"1\",\"pred\":\"1\"}\n");
  const CdFigure *figure = by_path.figures->pdata[0];
  assert_string_equal (figure->model, "Name-1.5B-RL");
  assert_string_equal (figure->task, "AIME 2024");
  assert_int_equal (figure->seed, 3);
  assert_int_equal (figure->step, 120);
}

static void
drops_a_benchmark_that_has_fewer_problems (void **state)
{
  (void) state;
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < 40; i++)
    g_string_append_printf (text, "{\"id\":%u,\"gold\":\"1\",\"pred\":\"1\"}\n", i);
  g_auto (Read) read = read_text ("aime24.jsonl", text->str);
  assert_int_equal (((CdFigure *) read.figures->pdata[0])->benchmark, -1);
}

static void
ways_of_extraction_are_figures_of_their_own (void **state)
{
  (void) state;
  g_auto (Read) read = read_text ("samples_aime24.jsonl",
                                  "{\"doc_id\":0,\"target\":\"7\",\"filtered_resps\":[\"[invalid]\"],\"filter\":\"strict-match\",\"exact_match\":0}\n"
                                  "{\"doc_id\":0,\"target\":\"7\",\"filtered_resps\":[\"7\"],\"filter\":\"flexible-extract\",\"exact_match\":1}\n");
  assert_int_equal (read.figures->len, 2);
  assert_string_equal (((CdFigure *) read.figures->pdata[0])->conditions, "filter=strict-match");
  assert_true (((CdFigure *) read.figures->pdata[1])->value == 100);
}

static void
flags_that_mean_the_opposite_are_not_taken (void **state)
{
  (void) state;
  g_autoptr (GString) text = g_string_new ("answer,extraction,match\n");
  for (guint i = 0; i < 40; i++)
    g_string_append_printf (text, "%u,%u,%u\n", i, i % 4 == 0 ? i : i + 1, i % 4 == 0 ? 0 : 1);
  expect ("other.csv", text->str, "- accuracy 25.0 n=40 k=1 math flagged=40 disagree=40");
  g_auto (Read) read = read_text ("other.csv", text->str);
  assert_true (((CdFigure *) read.figures->pdata[0])->own == 75);
}

/* What cannot be read is counted and located, and the records around it are read. */
static const struct {
  const char *path, *text, *wanted;
} faulty[] = {
  { "aime24/a.jsonl",
    "{\"gold\":\"1\",\"pred\":\"1\"}\n\n{\"gold\":\"1\",\"pr\nnot json\n{\"gold\":\"1\",\"pred\":\"1\"}\n{\"gold\":\"2\",\"pred\":\"1\"}\n",
    "aime-2024 accuracy 66.7 n=3 k=1 integer malformed=2:3,4" },
  { "aime24/b.json", "[{\"gold\":\"1\",\"pred\":\"1\"},\n{\"gold\":\"1\",\"pred\":},\n{\"gold\":\"1\",\"pred\":\"1\"},\n{\"gold\":\"1\",\"pr",
    "aime-2024 accuracy 100.0 n=2 k=1 integer malformed=2:2,4" },
  { "aime24/c.json",
    "{\"summary\":{\"n\":2},\"a\":{\"gold\":\"1\",\"pred\":\"1\"},\n\"b\":{\"gold\":\"1\",\"pred\":\"1\"},\n\"c\":{\"gold\":\"3\",\"pred\":}}",
    "aime-2024 accuracy 100.0 n=2 k=1 integer malformed=1:3" },
  { "aime24/d.csv", "gold,pred\n1,1\n1,1,1\n\n2,2\n\"3,3\n4,4\n", "aime-2024 accuracy 100.0 n=3 k=1 integer malformed=2:3,6" },
  { "aime24/e.jsonl",
    "{\"gold\":\"1\",\"pred\":[\"1\",\"2\"],\"score\":[true]}\n{\"gold\":\"1\",\"pred\":[\"1\",\"2\"],\"score\":[true,false,true]}\n{\"gold\":\"1\","
    "\"pred\":\"1\"}\n"
    "{\"gold\":\"1\",\"pred\":\"1\"}\n{\"gold\":\"1\",\"pred\":\"1\"}\n",
    "aime-2024 accuracy 100.0 n=3 k=1 integer malformed=2:1,2" },
  { "aime24/f.jsonl", "{\"question\":\"a\",\"pred\":\"1\"}\n{\"gold\":\"1\",\"pred\":\"1\"}\n{\"gold\":\"1\",\"pred\":\"1\"}\n",
    "aime-2024 accuracy 100.0 n=2 k=1 integer malformed=1:1" },
  { "aime24/g.jsonl", "\xff\xfe\n{\"gold\":\"1\",\"pred\":\"1\",\"subject\":\"\xff\"}\n{\"gold\":\"1\",\"pred\":\"\\ud83d x\\u0000\"}\n",
    "aime-2024 accuracy 50.0 n=2 k=1 integer malformed=1:1" },
};

static void
locates_what_it_cannot_read (void **state)
{
  (void) state;
  for (gsize i = 0; i < G_N_ELEMENTS (faulty); i++) {
    expect (faulty[i].path, faulty[i].text, faulty[i].wanted);
    g_auto (Read) read = read_bytes (faulty[i].path, faulty[i].text, strlen (faulty[i].text), 1);
    g_autofree char *line = tell (read.figures->pdata[0]);
    assert_string_equal (line, faulty[i].wanted);
  }
}

static void
fails_where_most_is_useless (void **state)
{
  (void) state;
  static const char *const texts[] = { "",
                                       "\n\n",
                                       "{}",
                                       "[]",
                                       "[1,2,3]",
                                       "{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":1}}}}}",
                                       "{\"question\":\"a\",\"answer\":\"b\"}\n",
                                       "{\"gold\":\"1\",\"pred\":\"1\"}\nx\ny\n",
                                       "]]]]}}}}",
                                       "\"\"",
                                       "{\"a\"",
                                       "{\"a\":",
                                       "nul" };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_auto (Read) json = read_text ("a.json", texts[i]);
    assert_non_null (json.error);
    g_auto (Read) lines = read_text ("a.jsonl", texts[i]);
    assert_non_null (lines.error);
    assert_int_equal (lines.figures->len, 0);
  }
  g_auto (Read) read = read_text ("a.jsonl", texts[7]);
  assert_string_equal (read.error->message,
                       "a.jsonl: 2 of 3 records do not hold an answer together with a reference or a verdict, the first at line 2");
  g_auto (Read) other = read_text ("a.parquet", "PAR1");
  assert_string_equal (other.error->message, "a.parquet: predictions are not read from parquet files");
}

static void
fails_with_the_stream_and_on_unknown_graders (void **state)
{
  (void) state;
  g_auto (Read) gone = read_bytes ("a.jsonl", NULL, 1, 1);
  assert_string_equal (gone.error->message, "a.jsonl: the disk is gone");
  CdPredictionFile file = { .path = "a.jsonl", .language = "jsonl", .benchmarks = benchmarks, .grader = "no-such" };
  g_autoptr (GInputStream) stream = drip_new ("", 0, 1);
  g_auto (Read) unknown = read_file (&file, stream);
  assert_string_equal (unknown.error->message, "a.jsonl: there is no grader \"no-such\"");
}

static void
takes_the_callers_word (void **state)
{
  (void) state;
  static const char text[] = "{\"task\":\"x\",\"key\":\"1\",\"said\":\"1\",\"gold\":\"2\",\"pred\":\"2\",\"doc\":{\"n\":\"p\"}}\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (CdYaml) yaml = cd_yaml_parse ("m", "{gold: key, prediction: said, id: doc.n}", 40, &error);
  CdPredictionFields fields = cd_prediction_fields_of (cd_yaml_root (yaml));
  CdPredictionFile file
      = { .path = "a.jsonl", .language = "jsonl", .benchmarks = benchmarks, .benchmark = "math-500", .grader = "integer", .fields = &fields };
  g_autoptr (GInputStream) stream = drip_new (text, strlen (text), 3);
  g_auto (Read) read = read_file (&file, stream);
  assert_null (read.error);
  g_autofree char *line = tell (read.figures->pdata[0]);
  assert_string_equal (line, "math-500 accuracy 100.0 n=1 k=1 integer");
  assert_string_equal (problem_at (&read, 0)->problem, "p");
  fields.prediction = "absent";
  g_autoptr (GInputStream) again = drip_new (text, strlen (text), 3);
  g_auto (Read) none = read_file (&file, again);
  assert_non_null (none.error); /* a field that is mapped is not looked for under other names */
}

static void
takes_references_from_the_benchmarks_file (void **state)
{
  (void) state;
  static const char data[] = "{\"problem\":\"What is $1 + 1$?\",\"solution\":\"\\\\boxed{2}\",\"answer\":\"2\"}\n{\"problem\":\"What is "
                             "$2+2$?\",\"solution\":\"so \\\\boxed{4}\"}\n"
                             "broken\n{\"problem\":\"no answer\"}\n";
  g_autoptr (GHashTable) references = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GInputStream) stream = drip_new (data, strlen (data), 5);
  assert_int_equal (cd_prediction_references_add (references, stream, "jsonl", NULL), 2);
  static const char text[]
      = "{\"question\":\"what is 1+1\",\"response\":\"\\\\boxed{2}\"}\n{\"question\":\"What is 2 + 2?\",\"response\":\"\\\\boxed{5}\"}\n";
  CdPredictionFile file = { .path = "aime24.jsonl", .language = "jsonl", .benchmarks = benchmarks, .references = references };
  g_autoptr (GInputStream) predictions = drip_new (text, strlen (text), 9);
  g_auto (Read) read = read_file (&file, predictions);
  assert_null (read.error);
  g_autofree char *line = tell (read.figures->pdata[0]);
  assert_string_equal (line, "aime-2024 accuracy 50.0 n=2 k=1 integer");
  g_autofree char *key = cd_prediction_key ("What is 1 + 1?");
  assert_string_equal (problem_at (&read, 0)->problem, key);
}

static void
tells_predictions_from_other_data (void **state)
{
  (void) state;
  static const struct {
    const char *path, *fields;
    gboolean are;
  } cases[] = {
    { "outputs/aime24/test_qwen.jsonl", "idx question gt_cot gt solution answer code pred report score", TRUE },
    { "src/eval/logs/geoqa.json", "question ground_truth model_output extracted_answer is_correct", TRUE },
    { "samples_gsm8k_2025.jsonl", "doc_id doc target arguments resps filtered_resps exact_match", TRUE },
    { "predictions/m/aime.json", "origin_prompt prediction gold", TRUE },
    { "results/math/m.json", "responses token_usages prompt", TRUE },
    { "humaneval/samples_results.jsonl", "task_id completion result passed", TRUE },
    { "outputs/infer.csv", "id question options answer image model_answer extraction match", TRUE },
    { "data/x.json", "id gt pred_answer", TRUE },
    { "results/llm.json", "question answer response correct", TRUE },
    { "rollouts/val_120.jsonl", "input output gts score step", TRUE },
    { "predictions/m/gsm8k_main.jsonl", "id model choices usage raw_input", TRUE },
    { "outputs/drop.jsonl", "input output answer", TRUE },
    /* training data */
    { "data/train.jsonl", "problem solution answer", FALSE },
    { "data/sft.json", "instruction input output", FALSE },
    { "eval/alpaca_outputs.json", "instruction input output generator", FALSE },
    { "data/sft.jsonl", "question answer response", FALSE },
    { "data/openr1.jsonl", "problem solution answer generations correctness_count", FALSE },
    { "data/pairs.jsonl", "prompt chosen rejected score", FALSE },
    { "data/rl.jsonl", "data_source prompt ability reward_model extra_info", FALSE },
    { "data/kto.json", "messages label", FALSE },
    { "data/sharegpt.json", "conversations system", FALSE },
    { "train/rejection.jsonl", "question pred answer score", FALSE },
    /* benchmarks, settings, results */
    { "eval/data/aime24/test.jsonl", "id problem solution answer url", FALSE },
    { "eval/data/gpqa/test.jsonl", "question choices answer", FALSE },
    { "eval/data/aqua/test.jsonl", "question options rationale correct", FALSE },
    { "eval/data/mawps.jsonl", "input target", FALSE },
    { "eval/data/mbpp.json", "task_id prompt code test_list", FALSE },
    { "results/results_1.json", "acc acc_stderr n", FALSE },
    { "out/humaneval_samples.jsonl", "task_id completion", FALSE },
    { "eval/data/cmath/test.jsonl", "grade question answer", FALSE },
    { "eval/data/gsm-hard/test.jsonl", "input code target", FALSE },
    { "benchmark/rewards/data.json", "query response judge ground_truth", FALSE },
    { "data/demo_data.json", "Question Complex_CoT Response answer", FALSE },
    { "tests/samples_prm.jsonl", "question generation label", FALSE },
    { "data/eval_example/cot_100.jsonl", "question gt pred score", FALSE },
    { "x.json", "", FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (GStrv) fields = g_strsplit (cases[i].fields, " ", -1);
    if (cd_predictions_are (cases[i].path, fields) != cases[i].are)
      fail_msg ("%s (%s): not told", cases[i].path, cases[i].fields);
  }
}

static void
survives_anything (void **state)
{
  (void) state;
  static const struct {
    const char *path, *begin, *again;
    gsize bytes;
  } cases[] = {
    { "deep.json", "[{\"pred\":", "[", 2000000 },
    { "deep.jsonl", "{\"pred\":", "{\"a\":", 2000000 },
    { "long.jsonl", "{\"gold\":\"1\",\"pred\":\"", "x1234567", 50000000 },
    { "long.json", "[{\"gold\":\"1\",\"pred\":\"", "x1234567", 20000000 },
    { "long.csv", "gold,pred\n1,\"", "x\n234567", 20000000 },
    { "blank.json", " ", " \n\t ", 20000000 },
    { "nul.jsonl", "x", "\1\1\1\1", 4000000 },
    { "many.json", "[", "1,", 400000 },
    { "many.jsonl", "{", "\"a\":1,", 4000000 },
    { "names.json", "{", "\"pred\":{\"gold\":[", 400000 },
    { "samples.jsonl", "{\"gold\":\"1\",\"pred\":[", "\"1\",", 4000000 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    CdPredictionFile file = { .path = cases[i].path, .language = strrchr (cases[i].path, '.') + 1, .benchmarks = benchmarks };
    g_autoptr (GInputStream) stream = drip_new (cases[i].begin, strlen (cases[i].begin), 1 << 16);
    Drip *drip = (Drip *) (gpointer) stream;
    drip->again = cases[i].again;
    drip->left = cases[i].bytes;
    g_auto (Read) read = read_file (&file, stream);
    if (read.error == NULL)
      fail_msg ("%s was read", cases[i].path);
  }
}

/* A line over the bound is passed over, and those around it are read. */
static void
passes_over_a_record_that_is_too_long (void **state)
{
  (void) state;
  static const char *const forms[][4] = {
    { "aime24/l.jsonl", "{\"gold\":\"1\",\"pred\":\"1\"}\n{\"pred\":\"", "\"}\n{\"gold\":\"1\",\"pred\":\"1\"}\n",
      "aime-2024 accuracy 100.0 n=2 k=1 integer malformed=1:2" },
    { "aime24/l.json", "[{\"gold\":\"1\",\"pred\":\"1\"},\n{\"pred\":\"", "\"},\n{\"gold\":\"1\",\"pred\":\"1\"}]",
      "aime-2024 accuracy 100.0 n=2 k=1 integer malformed=1:2" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autoptr (GString) text = g_string_new (forms[i][1]);
    gsize start = text->len;
    g_string_set_size (text, start + 17 * 1024 * 1024);
    memset (text->str + start, 'x', text->len - start);
    g_string_append (text, forms[i][2]);
    expect (forms[i][0], text->str, forms[i][3]);
  }
}

static int
load_benchmarks (void **state)
{
  static const char *const files[] = { "knowledge/benchmarks.yaml", knowledge, NULL };
  char *folder = rules_new (files);
  g_autoptr (GError) error = NULL;
  g_autoptr (CdData) data = cd_data_new (folder, &error);
  benchmarks = data != NULL ? cd_benchmarks_load (data, &error) : NULL;
  if (benchmarks == NULL)
    print_error ("%s\n", error->message);
  rules_free (folder);
  *state = NULL;
  return benchmarks != NULL ? 0 : -1;
}

static int
free_benchmarks (void **state)
{
  (void) state;
  cd_benchmarks_free (benchmarks);
  return 0;
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (reads_every_shape),
    cmocka_unit_test (does_not_depend_on_pieces),
    cmocka_unit_test (counts_votes_scores_and_tokens),
    cmocka_unit_test (groups_answers_without_a_grader_by_their_text),
    cmocka_unit_test (gives_up_a_vote_of_too_many_answers),
    cmocka_unit_test (finds_benchmarks_and_models),
    cmocka_unit_test (drops_a_benchmark_that_has_fewer_problems),
    cmocka_unit_test (ways_of_extraction_are_figures_of_their_own),
    cmocka_unit_test (flags_that_mean_the_opposite_are_not_taken),
    cmocka_unit_test (locates_what_it_cannot_read),
    cmocka_unit_test (fails_where_most_is_useless),
    cmocka_unit_test (fails_with_the_stream_and_on_unknown_graders),
    cmocka_unit_test (takes_the_callers_word),
    cmocka_unit_test (takes_references_from_the_benchmarks_file),
    cmocka_unit_test (tells_predictions_from_other_data),
    cmocka_unit_test (survives_anything),
    cmocka_unit_test (passes_over_a_record_that_is_too_long),
  };
  return cmocka_run_group_tests (tests, load_benchmarks, free_benchmarks);
}
