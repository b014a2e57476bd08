/* Shell scripts and fences into commands: one line of expectation a command, "@line [directory] (NAME=value) argv|…", a "!" for commented ones. */
#include "documents/document.h"
#include "documents/parsers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static CdDocument *
parse (const char *path, const char *text)
{
  CdEntry entry = { .path = (char *) path };
  g_auto (CdBlob) blob = { .state = CD_BLOB_READ, .size = (gint64) strlen (text), .bytes = g_bytes_new (text, strlen (text)) };
  return cd_document_parse (&entry, &blob, NULL);
}

static CdDocument *
parse_fence (const char *text, const char *tag)
{
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));
  CdDocument *document = cd_document_new ("README.md", NULL, CD_DOCUMENT_MARKDOWN, source);
  cd_document_add_shell (document, 0, document->length, -1, 0, tag);
  return document;
}

static char *
commands_of (const CdDocument *document)
{
  GString *all = g_string_new (NULL);
  for (guint i = 0; i < document->commands->len; i++) {
    const CdCommand *command = g_ptr_array_index (document->commands, i);
    g_autofree char *argv = g_strjoinv ("|", command->argv), *environment = g_strjoinv (" ", command->environment);
    g_string_append_printf (all, "%s@%u ", command->commented ? "!" : "", command->line);
    if (command->directory != NULL)
      g_string_append_printf (all, "[%s] ", command->directory);
    if (*environment != '\0')
      g_string_append_printf (all, "(%s) ", environment);
    g_string_append_printf (all, "%s\n", argv);
  }
  return g_string_free (all, FALSE);
}

typedef struct {
  const char *name, *text, *commands;
} Case;

static const Case SCRIPTS[] = {
  { "continuation", "python train.py \\\n  --lr 1e-6 \\\n  --bs 8\nls\n", "@1 python|train.py|--lr|1e-6|--bs|8\n@4 ls\n" },
  { "spaces behind the backslash", "python a.py \\  \n  --x 1\n", "@1 python|a.py|--x|1\n" },
  { "no space before the backslash", "python a.py\\\n--x 1\n", "@1 python|a.py|--x|1\n" },
  { "comment behind the backslash", "python a.py \\ # why\n  --x 1\n", "@1 python|a.py|--x|1\n" },
  { "disabled option", "python a.py \\\n  --x 1 \\\n  # --y 2 \\\n  --z 3\n", "@1 python|a.py|--x|1|--z|3\n" },
  { "forgotten backslash", "python a.py --x 1\n  --y 2\n", "@1 python|a.py|--x|1|--y|2\n" },
  { "windows line ends", "python a.py \\\r\n  --x 1\r\n", "@1 python|a.py|--x|1\n" },
  { "operators", "cd a && python b.py; ls | wc -l &\n", "@1 cd|a\n@1 [a] python|b.py\n@1 [a] ls\n@1 [a] wc|-l\n" },
  { "quotes", "python a.py 'one two' \"three \\\"four\\\"\" fi\\ ve\n", "@1 python|a.py|one two|three \"four\"|fi ve\n" },
  { "open quote", "python a.py don't\nls\n", "@1 python|a.py|don't\n@2 ls\n" },
  { "redirections", "python a.py > log.txt 2>&1 &> all < in.txt\n", "@1 python|a.py\n" },
  { "process substitution", "python a.py --x y > >(tee log.txt) 2> >(tee err.txt >&2)\nls\n", "@1 python|a.py|--x|y\n@2 ls\n" },
  { "placeholder", "python a.py --model <your model> --out x\n", "@1 python|a.py|--model|<your model>|--out|x\n" },
  { "environment", "CUDA_VISIBLE_DEVICES=0,1 \\\nTOKEN=x python a.py\n", "@2 (CUDA_VISIBLE_DEVICES=0,1 TOKEN=x) python|a.py\n" },
  { "env", "env A=1 python a.py\n", "@1 (A=1) python|a.py\n" },
  { "export", "export A=1\npython a.py\n", "@2 (A=1) python|a.py\n" },
  { "variables", "M=qwen\nR=${M}-7b\npython a.py --model $R --seed ${SEED:-42} --n ${N} --q '$M'\n",
    "@3 python|a.py|--model|qwen-7b|--seed|42|--n|${N}|--q|$M\n" },
  { "variable of words", "ARGS=\"--a 1 --b 2\"\npython a.py $ARGS\n", "@2 python|a.py|--a|1|--b|2\n" },
  { "array", "ARGS=(--a 1\n  # why\n  --b \"2 3\")\npython a.py \"${ARGS[@]}\"\n", "@4 python|a.py|--a|1|--b|2 3\n" },
  { "positional parameters keep the default", "LR=1e-6\nif [ $# -gt 0 ]; then LR=\"$1\"; fi\npython a.py --lr $LR\n", "@3 python|a.py|--lr|1e-6\n" },
  { "loops and conditions", "for s in 1 2; do\n  python a.py --seed $s\ndone\nif true; then bash b.sh; else bash c.sh; fi\n",
    "@2 python|a.py|--seed|$s\n@4 bash|b.sh\n@4 bash|c.sh\n" },
  { "functions", "run() {\n  python a.py\n}\nrun\n", "@2 python|a.py\n@4 run\n" },
  { "arithmetic", "for ((i=0; i<8; i++)); do python a.py; done\n", "@1 python|a.py\n" },
  { "here-document", "cat > c.yaml <<EOF\nlr: 1\npython not.py\nEOF\npython a.py\n", "@1 cat\n@5 python|a.py\n" },
  { "folders", "cd a/b\ncd ..\npython x.py\n(cd c && python y.py)\npython z.py\ncd /data\npython w.py\n",
    "@1 cd|a/b\n@2 [a/b] cd|..\n@3 [a] python|x.py\n@4 [a] cd|c\n@4 [a/c] python|y.py\n@5 [a] python|z.py\n@6 [a] cd|/data\n@7 python|w.py\n" },
  { "into a clone", "git clone https://example.org/o/work.git\ncd work/src\npython x.py\n",
    "@1 git|clone|https://example.org/o/work.git\n@2 cd|work/src\n@3 [src] python|x.py\n" },
  { "disabled commands", "# python old.py \\\n#   --x 1\n# make sure that it runs\n# Python 3.10 is needed\n", "!@1 python|old.py|--x|1\n" },
  { "inner commands", "srun bash -c 'python a.py --x 1'\n", "@1 srun|bash|-c|python a.py --x 1\n@1 python|a.py|--x|1\n" },
};

static void
test_scripts (void **state)
{
  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (SCRIPTS); i++) {
    g_autoptr (CdDocument) document = parse ("run.sh", SCRIPTS[i].text);
    g_autofree char *commands = commands_of (document);
    if (strcmp (commands, SCRIPTS[i].commands) != 0)
      fail_msg ("%s:\n%sinstead of\n%s", SCRIPTS[i].name, commands, SCRIPTS[i].commands);
  }
}

typedef struct {
  const char *tag, *text, *commands;
} Fence;

static const Fence FENCES[] = {
  { "bash", "$ pip install x\nCollecting x\n$ python a.py \\\n>   --y 1\nloss: 0.3\n", "@1 pip|install|x\n@3 python|a.py|--y|1\n" },
  { "bash", "(env) $ python a.py\n(base) user@host:~/x$ ls\n", "@1 python|a.py\n@2 ls\n" },
  { "console", "Epoch 1 of 3\n| a | b |\naccuracy: 52.3\n 10%|##  | 1/2\n", "" },
  { "bash", "llama-server -m model.gguf\n", "@1 llama-server|-m|model.gguf\n" },
  { "", "python a.py --x 1\n", "@1 python|a.py|--x|1\n" },
  { "", "src/\n  train.py\nThe python code of a.\nmake sure to read\n", "" },
  { "", "CUDA_VISIBLE_DEVICES=0 python a.py\n", "@1 (CUDA_VISIBLE_DEVICES=0) python|a.py\n" },
  { "python", "import os\nx = 1\n", "" },
  { "diff", "- python old.py\n+ python new.py\n", "@2 python|new.py\n" },
  { "sh", "# bash scripts/eval.sh model\n# Train the model\n", "!@1 bash|scripts/eval.sh|model\n" },
};

static void
test_fences (void **state)
{
  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (FENCES); i++) {
    g_autoptr (CdDocument) document = parse_fence (FENCES[i].text, FENCES[i].tag);
    g_autofree char *commands = commands_of (document);
    if (strcmp (commands, FENCES[i].commands) != 0)
      fail_msg ("fence %u:\n%sinstead of\n%s", i, commands, FENCES[i].commands);
  }
}

static const char *
setting (const CdDocument *document, CdSettingKind kind, const char *key, guint line)
{
  for (guint i = 0; i < document->settings->len; i++) {
    const CdSetting *one = g_ptr_array_index (document->settings, i);
    if (one->kind == kind && one->line == line && strcmp (one->key, key) == 0)
      return one->value;
  }
  return NULL;
}

static void
test_settings (void **state)
{
  (void) state;
  g_autoptr (CdDocument) document = parse (
      "run.sh", "#SBATCH --gres=gpu:8\nLR=1e-6\npython a.py --lr $LR \\\n  --bs=16 --flag \\\n  --args a=1,b=2 actor.optim.lr=5e-7 +x.y=2 -n 4\n"
                "pip install torch==2.1 --quiet\nfor lr in 1 2; do ls; done\n");
  assert_string_equal (setting (document, CD_SETTING_ARGUMENT, "gres", 1), "gpu:8");
  assert_string_equal (setting (document, CD_SETTING_ASSIGNMENT, "LR", 2), "1e-6");
  assert_string_equal (setting (document, CD_SETTING_ARGUMENT, "lr", 3), "1e-6");
  assert_string_equal (setting (document, CD_SETTING_ARGUMENT, "bs", 4), "16");
  assert_string_equal (setting (document, CD_SETTING_ARGUMENT, "flag", 4), "true");
  assert_string_equal (setting (document, CD_SETTING_ARGUMENT, "args", 5), "a=1,b=2");
  assert_string_equal (setting (document, CD_SETTING_ARGUMENT, "actor.optim.lr", 5), "5e-7");
  assert_string_equal (setting (document, CD_SETTING_ARGUMENT, "x.y", 5), "2");
  assert_string_equal (setting (document, CD_SETTING_ARGUMENT, "n", 5), "4");
  assert_null (setting (document, CD_SETTING_ARGUMENT, "quiet", 6));
  assert_string_equal (setting (document, CD_SETTING_ASSIGNMENT, "lr", 7), "1");
}

static void
test_passages (void **state)
{
  (void) state;
  static const struct {
    CdPassageKind kind;
    guint line;
    const char *text;
  } expected[] = {
    { CD_PASSAGE_COMMENT, 1, "# Train" }, { CD_PASSAGE_COMMAND, 2, "python a.py \\" }, { CD_PASSAGE_COMMENT, 3, "# --teacher x \\" },
    { CD_PASSAGE_COMMAND, 4, "--lr 1" },  { CD_PASSAGE_COMMENT, 4, "# fast" },
  };
  g_autoptr (CdDocument) document = parse ("run.sh", "# Train\npython a.py \\\n  # --teacher x \\\n  --lr 1 # fast\n");
  assert_int_equal (document->passages->len, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    g_autofree char *text = cd_document_passage_text (document, passage);
    assert_int_equal (passage->kind, expected[i].kind);
    assert_int_equal (passage->line, expected[i].line);
    assert_string_equal (text, expected[i].text);
  }
}

static void
test_recipes (void **state)
{
  (void) state;
  g_autoptr (CdDocument) make = parse ("Makefile", "DIR := out\ntrain: data\n\t@python train.py --out $(DIR)\n\t# remark\n");
  g_autofree char *made = commands_of (make);
  assert_string_equal (made, "@3 python|train.py|--out|out\n");
  g_autoptr (CdDocument) docker = parse ("Dockerfile", "FROM base:1\nENV A=1\nRUN pip install x \\\n && python y.py\n");
  g_autofree char *built = commands_of (docker);
  assert_string_equal (built, "@3 pip|install|x\n@4 python|y.py\n");
  assert_string_equal (setting (docker, CD_SETTING_CONFIG, "FROM", 1), "base:1");
}

/* Text made to hurt: it must end, and quickly. */
static void
test_hostile (void **state)
{
  (void) state;
  static const char *const pieces[]
      = { "$(", "${A:-", "\"", "'", "`", "((", "<<E\n", "a=(", "\\\n", "A=$A$A$A$A\n", "# python \\\n", "<a", "$A ", "bash -c '" };
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++) {
    g_autoptr (GString) text = g_string_new ("A=0123456789\n");
    while (text->len < 300000)
      g_string_append (text, pieces[i]);
    gint64 start = g_get_monotonic_time ();
    g_autoptr (CdDocument) document = parse ("run.sh", text->str);
    assert_int_equal (document->length, text->len);
    if (g_get_monotonic_time () - start > 5 * G_USEC_PER_SEC)
      fail_msg ("%s takes too long", pieces[i]);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_scripts),  cmocka_unit_test (test_fences),  cmocka_unit_test (test_settings),
    cmocka_unit_test (test_passages), cmocka_unit_test (test_recipes), cmocka_unit_test (test_hostile),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
