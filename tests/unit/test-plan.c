/* Plans from manifests: what needs what, in which order, what is a cycle; and the quantities and paths that running rests on. */
#include "base/folder.h"
#include "run/plan.h"
#include "run/quantity.h"
#include "run/rerun-parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "candor: 1\nwork: {title: Work}\n"

static CdManifest *
manifest_of (const char *body)
{
  g_autofree char *text = g_strconcat (HEAD, body, NULL);
  g_autoptr (GError) error = NULL;
  CdManifest *manifest = cd_manifest_parse ("replication.yaml", text, strlen (text), NULL, &error);
  assert_null (error);
  return manifest;
}

/* "0<-2,1 2<-0": every step's needs, and "| 0 2 1" the order. */
static char *
describe (const CdPlan *plan)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < plan->steps->len; i++) {
    const GArray *needs = cd_plan_step (plan, i)->needs;
    for (guint j = 0; j < needs->len; j++)
      g_string_append_printf (text, "%u<-%u ", i, g_array_index (needs, guint, j));
  }
  g_string_append (text, "|");
  for (guint i = 0; i < plan->order->len; i++) {
    guint step = g_array_index (plan->order, guint, i);
    assert_int_equal (g_array_index (plan->places, guint, step), i);
    g_string_append_printf (text, " %u", step);
  }
  return g_string_free (text, FALSE);
}

static void
check (const char *body, const char *expected)
{
  g_autoptr (CdManifest) manifest = manifest_of (body);
  g_autoptr (GError) error = NULL;
  g_autoptr (CdPlan) plan = cd_plan_new (manifest, &error);
  assert_null (error);
  g_autofree char *found = describe (plan);
  assert_string_equal (found, expected);
}

static void
check_fault (const char *body, const char *expected)
{
  g_autoptr (CdManifest) manifest = manifest_of (body);
  g_autoptr (GError) error = NULL;
  g_autoptr (CdPlan) plan = cd_plan_new (manifest, &error);
  assert_null (plan);
  assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_INPUT));
  assert_string_equal (error->message, expected);
}

#define STAGE(name, rest) "  - {name: " name ", kind: other, command: x" rest "}\n"
#define EVALUATION(rest) "  - {benchmark: B, metric: accuracy, command: x" rest "}\n"

static void
follows_the_file_where_nothing_is_listed (void **state G_GNUC_UNUSED)
{
  check ("", "|");
  check ("stages:\n" STAGE ("a", "") STAGE ("b", "") "evaluations:\n" EVALUATION ("") EVALUATION (""), "1<-0 2<-0 2<-1 3<-0 3<-1 | 0 1 2 3");
  check ("stages:\n" STAGE ("a", ", inputs: []") STAGE ("b", ", inputs: []"), "| 0 1");
}

static void
connects_ids_and_paths (void **state G_GNUC_UNUSED)
{
  /* by id, by the path that an id stands for, whichever way it is written */
  check ("stages:\n" STAGE ("a", ", inputs: [d]") STAGE ("b", ", inputs: [], outputs: [d]"), "0<-1 | 1 0");
  check ("datasets: [{id: d, path: ./data//d.txt, role: training}]\nstages:\n" STAGE ("a", ", inputs: [data/d.txt]")
             STAGE ("b", ", inputs: [], outputs: [d]"),
         "0<-1 | 1 0");
  check ("models: [{id: m, weights: out/m}]\nstages:\n" STAGE ("a", ", inputs: [], outputs: [m]") STAGE ("b", ", inputs: [], base: m"), "1<-0 | 0 1");
  /* a path inside of an output; a folder that holds one */
  check ("stages:\n" STAGE ("a", ", inputs: [out/x/y]") STAGE ("b", ", inputs: [], outputs: [out/]"), "0<-1 | 1 0");
  check ("stages:\n" STAGE ("a", ", inputs: [], outputs: [out/x/y]") STAGE ("b", ", inputs: [out]"), "1<-0 | 0 1");
  /* names that merely begin alike, and links to elsewhere, are no places */
  check ("stages:\n" STAGE ("a", ", inputs: [], outputs: [out]") STAGE ("b", ", inputs: [output]"), "| 0 1");
  check ("models: [{id: m, weights: 'https://example.org/out'}]\nstages:\n" STAGE ("a", ", inputs: [], outputs: [out]") STAGE ("b", ", inputs: [m]"),
         "| 0 1");
}

static void
closes_over_what_is_needed_in_turn (void **state G_GNUC_UNUSED)
{
  check ("stages:\n" STAGE ("a", ", inputs: [y], outputs: [z]") STAGE ("b", ", inputs: [x], outputs: [y]") STAGE ("c", ", inputs: [], outputs: [x]"),
         "0<-1 0<-2 1<-2 | 2 1 0");
}

static void
takes_what_several_make_from_those_before (void **state G_GNUC_UNUSED)
{
  check ("stages:\n" STAGE ("a", ", inputs: [], outputs: [m]") STAGE ("b", ", inputs: [m], outputs: [m]") STAGE ("c", ", inputs: [m]")
             STAGE ("d", ", inputs: [], outputs: [m]"),
         "1<-0 2<-0 2<-1 | 0 1 2 3");
  /* a folder that holds what a later step makes is not thereby made by it */
  check ("stages:\n" STAGE ("a", ", inputs: [data], outputs: [data/a]") STAGE ("b", ", inputs: [data/a], outputs: [data/b]"), "1<-0 | 0 1");
}

static void
evaluations_without_a_command_need_who_makes_their_files (void **state G_GNUC_UNUSED)
{
  check (
      "evaluations:\n" EVALUATION (", inputs: [], results: out/all.json") "  - {benchmark: C, metric: accuracy, inputs: [], results: out/all.json}\n",
      "1<-0 | 0 1");
}

static void
locates_faults (void **state G_GNUC_UNUSED)
{
  check_fault ("stages:\n" STAGE ("lone", ", inputs: []") STAGE ("a", ", inputs: [z], outputs: [x]") STAGE ("b", ", inputs: [x], outputs: [y]")
                   STAGE ("c", ", inputs: [y], outputs: [z]"),
               "replication.yaml:5:5: a cycle: stage a needs what stage c makes, which needs what stage b makes, which needs what stage a makes");
  check_fault ("stages:\n" STAGE ("a", ", resources: {time: 0}"), "replication.yaml:4:58: \"time\" must be a time, as in 90s, 15m, 1h30m");
  check_fault ("stages:\n" STAGE ("a", ", resources: {memory: -1}"), "replication.yaml:4:60: \"memory\" must be a size, as in 512M, 16GiB");
  g_autoptr (GString) many = g_string_new ("stages:\n");
  for (guint i = 0; i <= CD_PLAN_STEPS; i++)
    g_string_append (many, STAGE ("a", ""));
  check_fault (many->str, "replication.yaml:504:5: more than 500 stages and evaluations");
}

static void
reads_seeds_and_resources (void **state G_GNUC_UNUSED)
{
  g_autoptr (CdManifest) manifest = manifest_of ("stages:\n" STAGE ("a", ", seed: 3, resources: {time: 1h30m, memory: 1.5GiB, cpus: 4, gpus: 0}")
                                                     STAGE ("b", "") "evaluations:\n" EVALUATION (", decoding: {seed: 5}, predictions: p"));
  g_autoptr (GError) error = NULL;
  g_autoptr (CdPlan) plan = cd_plan_new (manifest, &error);
  assert_non_null (plan);
  const CdPlanStep *first = cd_plan_step (plan, 0), *second = cd_plan_step (plan, 1), *third = cd_plan_step (plan, 2);
  assert_true (first->seeded && first->seed == 3);
  assert_int_equal (first->resources.seconds, 5400);
  assert_int_equal (first->resources.memory, 1610612736);
  assert_int_equal (first->resources.cpus, 4);
  assert_true (first->resources.gpus_stated && first->resources.gpus == 0);
  assert_false (second->seeded || second->resources.gpus_stated);
  assert_true (third->seeded && third->seed == 5);
  assert_string_equal (third->name, "evaluation B accuracy");
  assert_string_equal (third->predictions, "p");
}

static void
reads_quantities (void **state G_GNUC_UNUSED)
{
  static const struct {
    const char *text;
    guint64 seconds, bytes; /* 0: none */
  } CASES[] = {
    { "90", 90, 90 },
    { "90s", 90, 0 },
    { "15m", 900, 15728640 },
    { "1h30m", 5400, 0 },
    { "2 d", 172800, 0 },
    { "1.5h", 5400, 0 },
    { "1 h 30 min", 5400, 0 },
    { "4k", 0, 4096 },
    { "2GB", 0, 2000000000 },
    { "1.5 GiB", 0, 1610612736 },
    { "1T", 0, 1099511627776 },
    { "", 0, 0 },
    { "0", 0, 0 },
    { "-5", 0, 0 },
    { "soon", 0, 0 },
    { "5x", 0, 0 },
    { "1h30", 0, 0 },
    { "1..5h", 0, 0 },
    { "9999999999999999999d", 0, 0 },
    { "h", 0, 0 },
    { "1e3", 0, 0 },
    { "inf", 0, 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    guint64 seconds = 0, bytes = 0;
    if (cd_quantity_seconds (CASES[i].text, &seconds) != (CASES[i].seconds > 0) || (CASES[i].seconds > 0 && seconds != CASES[i].seconds))
      fail_msg ("\"%s\" as a time", CASES[i].text);
    if (cd_quantity_bytes (CASES[i].text, &bytes) != (CASES[i].bytes > 0) || (CASES[i].bytes > 0 && bytes != CASES[i].bytes))
      fail_msg ("\"%s\" as a size", CASES[i].text);
  }
}

static void
knows_links_and_paths_that_leave (void **state G_GNUC_UNUSED)
{
  static const struct {
    const char *path, *target;
    gboolean safe;
  } LINKS[] = {
    { "a", "b", TRUE },        { "a/b", "../c", TRUE },       { "a/b/c", "../../d/e", TRUE },
    { "a", ".", TRUE },        { "a", "/etc/passwd", FALSE }, { "a", "..", FALSE },
    { "a/b", "../..", FALSE }, { "a", "b/..", FALSE },        { "a/b", "c/../../..", FALSE },
    { "a", "", FALSE },        { "a", ".git/config", FALSE }, { "a/b", "../.GIT", FALSE },
    { "a", "./../x", FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (LINKS); i++)
    if (cd_folder_target_is_safe (LINKS[i].path, LINKS[i].target) != LINKS[i].safe)
      fail_msg ("%s -> %s", LINKS[i].path, LINKS[i].target);
  static const char *const SAFE[] = { "a", "a/b", "..a", ".github" };
  static const char *const UNSAFE[] = { "", "/a", "a//b", "a/../b", "..", ".", "a/.", ".git", "a/.Git/b", "a/" };
  for (gsize i = 0; i < G_N_ELEMENTS (SAFE); i++)
    assert_true (cd_folder_path_is_safe (SAFE[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (UNSAFE); i++)
    assert_false (cd_folder_path_is_safe (UNSAFE[i]));
  g_autofree char *below = cd_rerun_path ("works/one", "./x/../y"), *beside = cd_rerun_path ("works/one", "../two");
  assert_string_equal (below, "works/one/y");
  assert_string_equal (beside, "works/two");
  assert_null (cd_rerun_path ("works/one", "../../../x"));
  assert_null (cd_rerun_path (NULL, "/etc/passwd"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (follows_the_file_where_nothing_is_listed),
    cmocka_unit_test (connects_ids_and_paths),
    cmocka_unit_test (closes_over_what_is_needed_in_turn),
    cmocka_unit_test (takes_what_several_make_from_those_before),
    cmocka_unit_test (evaluations_without_a_command_need_who_makes_their_files),
    cmocka_unit_test (locates_faults),
    cmocka_unit_test (reads_seeds_and_resources),
    cmocka_unit_test (reads_quantities),
    cmocka_unit_test (knows_links_and_paths_that_leave),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
