/* Whose file is it, on small repositories beside a small framework whose table is built for the test. */
#include "scope/scope.h"
#include "scope/upstream.h"
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define FILLER "# this line is long enough that the file counts as more than a stub\n"

static char *root;

static void
run (const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *tail = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_autofree char *line = g_strdup_printf ("cd '%s' && %s", root, tail);
  const char *argv[] = { "/bin/sh", "-c", line, NULL };
  int status = 0;
  assert_true (
      g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, NULL));
  assert_int_equal (status, 0);
}

static void
put (const char *path, const char *text)
{
  g_autofree char *full = g_build_filename (root, path, NULL);
  g_autofree char *folder = g_path_get_dirname (full);
  g_autofree char *all = g_strconcat (FILLER, text, NULL);
  g_mkdir_with_parents (folder, 0700);
  assert_true (g_file_set_contents (full, all, -1, NULL));
}

static void
commit (const char *repository, int year)
{
  run ("cd %s && git add -A && GIT_COMMITTER_DATE='%d-01-01T00:00:00Z' git -c user.name=A -c user.email=a@b.c commit -q -m x "
       "--date='%d-01-01T00:00:00Z'",
       repository, year, year);
}

static void
start (const char *repository)
{
  run ("git init -q %s", repository);
}

/* The framework: package "frame" with ten files, a README, a licence, a run script. */
static int
set_up (void **state)
{
  (void) state;
  root = g_dir_make_tmp ("candor-scope-XXXXXX", NULL);
  assert_non_null (root);
  start ("frame");
  put ("frame/README.md", "# Frame\nA framework. Run `bash scripts/run.sh`.\n");
  put ("frame/LICENSE", "Everybody may do everything.\n");
  put ("frame/scripts/run.sh", "python -m frame.m1\n");
  for (int i = 0; i < 10; i++) {
    g_autofree char *path = g_strdup_printf ("frame/frame/m%d.py", i);
    g_autofree char *text = g_strdup_printf ("import os\nvalue = %d\n", i);
    put (path, text);
  }
  commit ("frame", 2022);
  g_autofree char *list = g_strdup_printf ("repositories:\n"
                                           "  - {id: frame, repository: https://github.com/some/frame, location: %s/frame, names: [frame]}\n"
                                           "  - {id: huge, repository: https://github.com/some/huge, names: [huge], reason: too large}\n",
                                           root);
  g_autofree char *out = g_build_filename (root, "rubrics", "knowledge", "upstream", NULL);
  g_mkdir_with_parents (out, 0700);
  g_autoptr (CdUpstream) projects = cd_upstream_new ("list", list, strlen (list), NULL, NULL, NULL);
  assert_non_null (projects);
  return cd_upstream_build (projects, out, 100000, NULL, NULL, NULL) ? 0 : -1;
}

static int
tear_down (void **state)
{
  (void) state;
  run ("rm -rf '%s'", root);
  g_clear_pointer (&root, g_free);
  return 0;
}

typedef struct {
  CdRepository *repository;
  CdSnapshot *snapshot;
  CdHistory *history;
  CdCorpus *corpus;
  CdData *data;
  CdScope *scope;
} Case;

static void
case_clear (Case *c)
{
  g_clear_pointer (&c->scope, cd_scope_free);
  g_clear_pointer (&c->data, cd_data_free);
  g_clear_pointer (&c->corpus, cd_corpus_free);
  g_clear_pointer (&c->history, cd_history_free);
  g_clear_pointer (&c->snapshot, cd_snapshot_free);
  g_clear_pointer (&c->repository, cd_repository_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static void
open_case (Case *c, const char *name, const CdScopeOptions *options, GError **error)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  g_autofree char *rubrics = g_build_filename (root, "rubrics", NULL);
  const CdCorpusOptions reading = { .threads = 1 };
  c->repository = cd_repository_open (path, NULL, NULL, NULL);
  assert_non_null (c->repository);
  c->snapshot = cd_snapshot_open (c->repository, NULL, NULL);
  assert_non_null (c->snapshot);
  c->history = cd_history_index (c->snapshot, NULL);
  c->corpus = cd_corpus_read (c->snapshot, &reading);
  c->data = cd_data_new (rubrics, NULL);
  assert_non_null (c->data);
  c->scope = cd_scope_resolve (c->data, c->snapshot, c->history, c->corpus, options, error);
}

static guint
index_of (const Case *c, const char *path)
{
  for (guint i = 0; i < c->corpus->documents->len; i++)
    if (g_str_equal (((const CdDocument *) c->corpus->documents->pdata[i])->path, path))
      return i;
  fail_msg ("no file %s", path);
  return 0;
}

typedef struct {
  const char *path;
  CdOwner owner;
  int reached;
} Expected; /* reached: -1 either */

static void
check (const Case *c, const Expected *expected, guint count)
{
  assert_non_null (c->scope);
  for (guint i = 0; i < count; i++) {
    guint document = index_of (c, expected[i].path);
    const CdFileScope *file = cd_scope_at (c->scope, document);
    if (file->owner != expected[i].owner || (expected[i].reached >= 0 && file->reached != expected[i].reached))
      fail_msg ("%s: owner %d reached %d, expected %d and %d", expected[i].path, file->owner, file->reached, expected[i].owner, expected[i].reached);
    assert_int_equal (cd_scope_is_own (c->scope, document), expected[i].owner == CD_OWNER_WORK || expected[i].owner == CD_OWNER_CALLED);
  }
}

static void
check_vendored (const Case *c, const char *expected)
{
  g_autoptr (GString) found = g_string_new (NULL);
  const GPtrArray *vendored = cd_scope_vendored (c->scope);
  for (guint i = 0; i < vendored->len; i++) {
    const CdVendored *v = vendored->pdata[i];
    g_string_append_printf (found, "%s%s=%s/%s", i > 0 ? " " : "", v->path, v->of, v->by);
  }
  assert_string_equal (found->str, expected);
}

static void
test_copied_folder (void **state)
{
  (void) state;
  start ("copy");
  run ("mkdir -p copy/src && cp -r frame/frame frame/scripts copy/src/ && mv copy/src/scripts copy/src/frame/ && cp frame/LICENSE copy/");
  put ("copy/README.md",
       "# Ours\nTrain:\n```bash\ncd src\npython train.py --config ../configs/main.yaml\n```\nSee [the runner](src/frame/scripts/run.sh).\n");
  put ("copy/src/train.py", "from helper import f\nimport frame.m2\n");
  put ("copy/src/helper.py", "def f (): pass\n");
  put ("copy/src/unused.py", "x = 1\n");
  put ("copy/configs/main.yaml", "lr: 1\n");
  put ("copy/src/frame/m1.py", "changed = True\n");
  put ("copy/src/frame/reward.py", "new = True\n");
  commit ("copy", 2024);
  g_auto (Case) c = { 0 };
  open_case (&c, "copy", NULL, NULL);
  const Expected expected[] = {
    { "README.md", CD_OWNER_WORK, TRUE },
    { "LICENSE", CD_OWNER_WORK, -1 }, /* the framework's very text, but the work's licence */
    { "src/train.py", CD_OWNER_WORK, TRUE },
    { "src/helper.py", CD_OWNER_WORK, TRUE },
    { "src/unused.py", CD_OWNER_WORK, FALSE },
    { "configs/main.yaml", CD_OWNER_WORK, TRUE },
    { "src/frame/m0.py", CD_OWNER_UPSTREAM, FALSE },
    { "src/frame/m2.py", CD_OWNER_UPSTREAM, TRUE },    /* imported: reached, yet a copy */
    { "src/frame/m1.py", CD_OWNER_CALLED, -1 },        /* changed */
    { "src/frame/reward.py", CD_OWNER_CALLED, FALSE }, /* no framework has it */
    { "src/frame/scripts/run.sh", CD_OWNER_CALLED, TRUE },
  };
  check (&c, expected, G_N_ELEMENTS (expected));
  check_vendored (&c, "src/frame=frame/blob-ids");
  assert_null (cd_scope_fork_of (c.scope));
}

static void
test_fork_and_the_framework_itself (void **state)
{
  (void) state;
  run ("git clone -q frame fork && git clone -q frame itself");
  put ("fork/README.md", "# Ours, made from Frame\n");
  put ("fork/frame/m3.py", "ours = True\n");
  commit ("fork", 2024);
  const Expected in_fork[] = { { "README.md", CD_OWNER_WORK, TRUE },
                               { "frame/m3.py", CD_OWNER_CALLED, -1 },
                               { "frame/m4.py", CD_OWNER_UPSTREAM, -1 },
                               { "scripts/run.sh", CD_OWNER_UPSTREAM, FALSE },
                               { "LICENSE", CD_OWNER_WORK, -1 } };
  const Expected in_itself[]
      = { { "README.md", CD_OWNER_WORK, TRUE }, { "frame/m4.py", CD_OWNER_WORK, -1 }, { "scripts/run.sh", CD_OWNER_WORK, TRUE } };
  g_auto (Case) fork = { 0 };
  g_auto (Case) itself = { 0 };
  open_case (&fork, "fork", NULL, NULL);
  open_case (&itself, "itself", NULL, NULL);
  check (&fork, in_fork, G_N_ELEMENTS (in_fork));
  check (&itself, in_itself, G_N_ELEMENTS (in_itself));
  assert_string_equal (cd_scope_fork_of (fork.scope), "frame");
  assert_null (cd_scope_fork_of (itself.scope));
  check_vendored (&itself, "");
}

static void
test_what_the_work_had_first (void **state)
{
  (void) state;
  start ("elder");
  run ("cp -r frame/frame elder/");
  put ("elder/README.md", "# Elder\n");
  commit ("elder", 2020);
  g_auto (Case) c = { 0 };
  open_case (&c, "elder", NULL, NULL);
  const Expected expected[] = { { "frame/m4.py", CD_OWNER_WORK, FALSE } };
  check (&c, expected, 1);
  check_vendored (&c, "");
}

static void
put_many (const char *folder, const char *text)
{
  for (int i = 0; i < 16; i++) {
    g_autofree char *path = g_strdup_printf ("%s/n%d.py", folder, i);
    put (path, text);
  }
}

static void
test_names_and_licences (void **state)
{
  (void) state;
  start ("named");
  put ("named/README.md", "# Ours\nRun `python third_party/tool/n3.py`.\n\n```bibtex\n@article{ours, title={Ours}}\n```\n");
  put ("named/LICENSE", "MIT License\nCopyright (c) 2024 Us\n");
  put_many ("named/third_party/tool", "# someone else's\n");
  put ("named/third_party/tool/README.md", "# Tool\n");
  put_many ("named/huge", "# a copy\n");
  put ("named/huge/setup.py", "from setuptools import setup\nsetup(name='huge')\n");
  put_many ("named/mine/huge", "# our code about it\n");
  put_many ("named/nested", "# other people's\n");
  put ("named/nested/setup.py", "from setuptools import setup\nsetup(name='nested-lib')\n");
  put ("named/nested/LICENSE", "MIT License\nCopyright (c) 2020 Them\n");
  put_many ("named/package", "# ours\n");
  put ("named/package/setup.py", "from setuptools import setup\nsetup(name='ours')\n");
  commit ("named", 2024);
  g_auto (Case) c = { 0 };
  open_case (&c, "named", NULL, NULL);
  const Expected expected[] = {
    { "third_party/tool/n3.py", CD_OWNER_CALLED, TRUE }, { "third_party/tool/n4.py", CD_OWNER_VENDORED, FALSE },
    { "huge/n1.py", CD_OWNER_VENDORED, FALSE },          { "mine/huge/n1.py", CD_OWNER_WORK, FALSE },
    { "nested/n1.py", CD_OWNER_VENDORED, FALSE },        { "package/n1.py", CD_OWNER_WORK, FALSE },
  };
  check (&c, expected, G_N_ELEMENTS (expected));
  check_vendored (&c, "huge=huge/name nested=nested-lib/license third_party/tool=tool/name");
}

/* Own files that may still be a framework's: one that is called like its, changed; pages of a package that comes with its licence. */
static void
test_adapted (void **state)
{
  (void) state;
  start ("adapted");
  put ("adapted/README.md", "# Ours\n");
  put ("adapted/lib/frame/m3.py", "import sys\nchanged = 3\n");
  put ("adapted/lib/frame/own.py", "import sys\nours = 3\n");
  put ("adapted/tool/setup.py", "from setuptools import setup\nsetup(name='tool')\n");
  put ("adapted/tool/LICENSE", "MIT License\nCopyright (c) 2024 Us\n");
  put ("adapted/tool/README.md", "# Tool\n");
  put ("adapted/tool/t.py", "import sys\n");
  put ("adapted/other/README.md", "# Other\n");
  commit ("adapted", 2024);
  static const struct {
    const char *path;
    gboolean adapted;
  } cases[] = {
    { "README.md", FALSE },     { "lib/frame/m3.py", TRUE }, { "lib/frame/own.py", FALSE },
    { "tool/README.md", TRUE }, { "tool/t.py", FALSE },      { "other/README.md", FALSE },
  };
  g_auto (Case) c = { 0 };
  open_case (&c, "adapted", NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint document = index_of (&c, cases[i].path);
    assert_true (cd_scope_is_own (c.scope, document));
    if (cd_scope_at (c.scope, document)->adapted != cases[i].adapted)
      fail_msg ("%s: adapted %d", cases[i].path, !cases[i].adapted);
  }
}

static void
test_subdir_and_globs (void **state)
{
  (void) state;
  start ("mono");
  put ("mono/README.md", "# All\n");
  put ("mono/a/README.md", "# A\n");
  put ("mono/a-b/x.py", "x = 1\n");
  put ("mono/b/y.py", "x = 1\n");
  commit ("mono", 2024);
  const char *globs[] = { "b", "*.md", NULL };
  const struct {
    CdScopeOptions options;
    CdOwner owners[4];
  } cases[] = {
    /* README.md a-b/x.py a/README.md b/y.py */
    { { "./a/", NULL }, { CD_OWNER_OUTSIDE, CD_OWNER_OUTSIDE, CD_OWNER_WORK, CD_OWNER_OUTSIDE } },
    { { NULL, (char **) globs }, { CD_OWNER_WORK, CD_OWNER_OUTSIDE, CD_OWNER_WORK, CD_OWNER_WORK } },
    { { "a", (char **) globs }, { CD_OWNER_OUTSIDE, CD_OWNER_OUTSIDE, CD_OWNER_WORK, CD_OWNER_OUTSIDE } },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Case) c = { 0 };
    open_case (&c, "mono", &cases[i].options, NULL);
    const Expected expected[] = { { "README.md", cases[i].owners[0], -1 },
                                  { "a-b/x.py", cases[i].owners[1], -1 },
                                  { "a/README.md", cases[i].owners[2], -1 },
                                  { "b/y.py", cases[i].owners[3], -1 } };
    check (&c, expected, G_N_ELEMENTS (expected));
  }
  const char *nothing[] = { "*.c", NULL };
  const CdScopeOptions wrong[] = { { "c", NULL }, { NULL, (char **) nothing } };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_auto (Case) c = { 0 };
    g_autoptr (GError) error = NULL;
    open_case (&c, "mono", &wrong[i], &error);
    assert_null (c.scope);
    assert_true (g_error_matches (error, CD_ERROR, CD_ERROR_USAGE));
  }
}

static void
test_paths (void **state)
{
  (void) state;
  start ("paths");
  put ("paths/README.md", "# P\n");
  put ("paths/docs/guide.md", "g\n");
  put ("paths/scripts/train.sh", "x\n");
  put ("paths/eval/train.sh", "x\n");
  put ("paths/src/pkg/run.py", "x\n");
  put ("paths/src/pkg/sub/__init__.py", "x\n");
  put ("paths/tools/my file.py", "x\n");
  commit ("paths", 2024);
  g_auto (Case) c = { 0 };
  open_case (&c, "paths", NULL, NULL);
  assert_non_null (c.scope);
  const struct {
    const char *from, *directory, *written, *found;
  } cases[] = {
    { "README.md", NULL, "scripts/train.sh", "scripts/train.sh" },
    { "README.md", NULL, "./scripts/train.sh", "scripts/train.sh" },
    { "README.md", NULL, "scripts/train", "scripts/train.sh" },
    { "README.md", "scripts", "train.sh", "scripts/train.sh" },
    { "README.md", NULL, "train.sh", NULL }, /* two of them */
    { "docs/guide.md", NULL, "../scripts/train.sh#L3", "scripts/train.sh" },
    { "docs/guide.md", NULL, "scripts/train.sh", "scripts/train.sh" },
    { "docs/guide.md", NULL, "../../../../etc/passwd", NULL },
    { "eval/train.sh", NULL, "train.sh", "eval/train.sh" },
    { "README.md", NULL, "run.py", "src/pkg/run.py" }, /* the only one */
    { "README.md", NULL, "$ROOT/scripts/train.sh", "scripts/train.sh" },
    { "README.md", NULL, "${DIR}/pkg/run.py:12", "src/pkg/run.py" },
    { "README.md", NULL, "/home/me/paths/scripts/train.sh", "scripts/train.sh" },
    { "README.md", NULL, "pkg.run", "src/pkg/run.py" },
    { "README.md", NULL, "pkg.sub", "src/pkg/sub/__init__.py" },
    { "README.md", NULL, "tools/my%20file.py", "tools/my file.py" },
    { "README.md", NULL, "https://github.com/us/paths/blob/main/eval/train.sh#L1-L2", "eval/train.sh" },
    { "README.md", NULL, "https://github.com/us/paths", NULL },
    { "README.md", NULL, "https://example.org/eval/train.sh", NULL },
    { "README.md", NULL, "os", NULL },
    { "README.md", NULL, "", NULL },
    { "README.md", NULL, "....//..//", NULL },
    { "README.md", NULL, "scripts/*.sh", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    gint found = cd_scope_resolve_path (c.scope, index_of (&c, cases[i].from), cases[i].directory, cases[i].written);
    const char *path = found >= 0 ? ((const CdDocument *) c.corpus->documents->pdata[found])->path : NULL;
    if (g_strcmp0 (path, cases[i].found) != 0)
      fail_msg ("'%s' in %s gives %s", cases[i].written, cases[i].from, path != NULL ? path : "nothing");
  }
}

static void
test_cycles_end (void **state)
{
  (void) state;
  start ("cycle");
  put ("cycle/README.md", "[a](a.md)\n");
  put ("cycle/a.md", "[b](README.md) [self](a.md) `a.sh`\n");
  put ("cycle/a.sh", "bash b.sh\n");
  put ("cycle/b.sh", "bash a.sh\nbash b.sh\n");
  commit ("cycle", 2024);
  g_auto (Case) c = { 0 };
  open_case (&c, "cycle", NULL, NULL);
  const Expected expected[] = { { "a.md", CD_OWNER_WORK, TRUE }, { "a.sh", CD_OWNER_WORK, TRUE }, { "b.sh", CD_OWNER_WORK, TRUE } };
  check (&c, expected, G_N_ELEMENTS (expected));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_copied_folder),
    cmocka_unit_test (test_fork_and_the_framework_itself),
    cmocka_unit_test (test_what_the_work_had_first),
    cmocka_unit_test (test_names_and_licences),
    cmocka_unit_test (test_adapted),
    cmocka_unit_test (test_subdir_and_globs),
    cmocka_unit_test (test_paths),
    cmocka_unit_test (test_cycles_end),
  };
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
