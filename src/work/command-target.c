/* What a command runs: is the script or module in the tree, is the program a public one or the work's own. */
#include "documents/shell.h"
#include "work/command-finding.h"
#include <string.h>

/* Packages that installation brings: "python -m NAME" needs nothing of the tree. Others are known by the tree's requirement lists. */
static const char *const PACKAGES[] = { "torch",        "accelerate",  "deepspeed",    "vllm",        "sglang",
                                        "transformers", "trl",         "verl",         "openrlhf",    "llamafactory",
                                        "lm_eval",      "lighteval",   "evalplus",     "swift",       "xtuner",
                                        "opencompass",  "fastchat",    "ray",          "pip",         "uv",
                                        "venv",         "http",        "json",         "jupyter",     "ipykernel",
                                        "notebook",     "streamlit",   "uvicorn",      "flask",       "gunicorn",
                                        "nltk",         "spacy",       "wandb",        "unittest",    "pytest",
                                        "cProfile",     "timeit",      "zipfile",      "tarfile",     "build",
                                        "twine",        "axolotl",     "megatron",     "colossalai",  "bitsandbytes",
                                        "evalscope",    "alpaca_eval", "human_eval",   "lcb_runner",  "bfcl",
                                        "lmdeploy",     "pyserini",    "faiss",        "tensorboard", "huggingface_hub",
                                        "modelscope",   "mlx_lm",      "unsloth",      "torchtune",   "nemo",
                                        "nemo_run",     "helm",        "bigcodebench", "optimum",     "peft",
                                        "gdown",        "site",        "ensurepip",    "mpi4py",      NULL };

/* First parts of modules that are a work's own folders. */
static const char *const OWN_FOLDERS[]
    = { "src",   "scripts", "eval",      "evaluation",  "recipe",    "recipes",    "examples",   "tools", "train",    "training", "data",
        "utils", "code",    "inference", "experiments", "benchmark", "benchmarks", "playground", "exps",  "projects", NULL };

static const CdPlace HERE = { 0 };

gboolean
cd_command_is_package (const char *name)
{
  return g_strv_contains (PACKAGES, name);
}

/* "name/rest" where name is the folder that cloning this work makes: "rest". */
static const char *
without_root (const char *path)
{
  const char *slash = strchr (path, '/');
  return slash != NULL && *path != '.' ? slash + 1 : path;
}

/* "scripts/train" is no name for scripts/train.sh. */
static gboolean
is_named_so (const CdCommandCase *the_case, const char *script)
{
  const CdDocument *document = the_case->checking->corpus->documents->pdata[the_case->command->script];
  g_autofree char *written = g_path_get_basename (script);
  g_autofree char *found = g_path_get_basename (document->path);
  gsize length = strlen (written);
  return !g_str_has_prefix (found, written) || (strcmp (found + length, ".sh") != 0 && strcmp (found + length, ".py") != 0);
}

/* "src\\run.py" of a page: the shell drops the sign that its author's system separates folders with. */
static gboolean
is_backslashed (const CdCommandCase *the_case, const char *script)
{
  const CdCommand *command = the_case->command->command;
  g_autofree char *written = g_strdelimit (g_strdup (command->text), "\\", '/');
  g_auto (GStrv) words = g_strsplit (written, " ", 64);
  for (guint i = 0; strchr (command->text, '\\') != NULL && words[i] != NULL; i++) {
    g_auto (GStrv) parts = g_strsplit (words[i], "/", 64);
    g_autofree char *joined = g_strjoinv ("", parts);
    if (parts[0] != NULL && parts[1] != NULL && strcmp (joined, script) == 0)
      return TRUE;
  }
  return FALSE;
}

/* A folder of every machine, which scripts write what they need to. */
static gboolean
is_temporary (const char *path)
{
  return g_str_has_prefix (path, "/tmp/") || g_str_has_prefix (path, "/dev/") || g_str_has_prefix (path, "/var/tmp/");
}

/* "$(dirname $0)/serve.sh", "$ROOT/serve.sh": what follows is found in the tree. */
static gboolean
is_below_variable (const CdCommandCase *the_case, const char *script)
{
  const char *close = strrchr (script, ')'), *dollar = strrchr (script, '$');
  const char *rest = strchr (close != NULL ? close : dollar != NULL ? dollar : script, '/');
  return rest != NULL && rest[1] != '\0'
         && cd_command_tree_there (the_case->checking->tree, the_case->command->document, NULL, rest + strspn (rest, "/")) == CD_THERE_YES;
}

static void
check_script (CdCommandCase *the_case)
{
  CdChecking *checking = the_case->checking;
  const CdCommand *command = the_case->command->command;
  const char *script = the_case->line.target;
  CdValueForm form = cd_value_form (script);
  gboolean listed = command->argv[1] == NULL && command->argv[0] == script && g_str_has_suffix (script, ".py") && strncmp (script, "./", 2) != 0;
  if (listed && command->language != NULL)
    cd_case_doubts (the_case, "not-a-program", script, HERE);
  else if (the_case->command->script >= 0 && is_named_so (the_case, script))
    return;
  else if (form == CD_VALUE_PLACEHOLDER || strpbrk (script, "*{[]") != NULL)
    cd_case_doubts (the_case, "placeholder", script, HERE);
  else if (form == CD_VALUE_VARIABLE) {
    if (!is_below_variable (the_case, script))
      cd_case_doubts (the_case, "unset-variable", script, HERE);
  } else if (cd_command_tree_makes (checking->tree, script) || is_temporary (script))
    return;
  else if (form == CD_VALUE_MACHINE)
    cd_case_breaks (the_case, "machine-path", script, HERE);
  else {
    CdThere there = cd_command_tree_there (checking->tree, the_case->command->document, command->directory, script);
    there = there == CD_THERE_NO ? cd_command_tree_there (checking->tree, the_case->command->document, NULL, without_root (script)) : there;
    if (there == CD_THERE_SUBMODULE)
      cd_case_doubts (the_case, "submodule", script, HERE);
    else if (there == CD_THERE_NO && cd_case_is_entered (the_case, script))
      return;
    else if (there == CD_THERE_NO && (is_backslashed (the_case, script) || cd_case_is_elsewhere (the_case, script)))
      cd_case_doubts (the_case, "local-path", script, HERE);
    else if (there == CD_THERE_NO)
      cd_case_breaks (the_case, "missing-file", script, HERE);
  }
}

/* TRUE where cd_text_key of name is key; without making it, for there may be many names. */
static gboolean
has_key (const char *name, const char *key)
{
  const char *left = key;
  for (const char *at = name; *at != '\0'; at++) {
    if ((guchar) *at >= 0x80) {
      g_autofree char *whole = cd_text_key (name);
      return strcmp (whole, key) == 0;
    }
    if (g_ascii_isalnum (*at) && g_ascii_tolower (*at) != *left++)
      return FALSE;
  }
  return *left == '\0';
}

static gboolean
is_declared (const CdCorpus *corpus, const char *package)
{
  g_autofree char *key = cd_text_key (package);
  for (guint i = 0; i < corpus->documents->len; i++) {
    const CdDocument *document = corpus->documents->pdata[i];
    for (guint d = 0; d < document->dependencies->len; d++) {
      if (has_key (((CdDependency *) document->dependencies->pdata[d])->name, key))
        return TRUE;
    }
  }
  return FALSE;
}

static void
check_module (CdCommandCase *the_case)
{
  CdChecking *checking = the_case->checking;
  const char *module = the_case->line.target;
  if (the_case->command->script >= 0)
    return;
  g_autofree char *top = g_strndup (module, strcspn (module, "./"));
  g_autofree char *path = g_strdelimit (g_strdup (module), ".", '/');
  g_autofree char *file = g_strconcat (path, ".py", NULL);
  g_autofree char *marker = g_strconcat (top, "/__init__.py", NULL);
  CdThere there = cd_command_tree_there (checking->tree, the_case->command->document, the_case->command->command->directory, path);
  CdThere package = cd_command_tree_there (checking->tree, the_case->command->document, the_case->command->command->directory, top);
  gboolean own
      = package == CD_THERE_YES
        && (cd_command_tree_there (checking->tree, the_case->command->document, the_case->command->command->directory, marker) == CD_THERE_YES
            || g_strv_contains (OWN_FOLDERS, top));
  if (cd_value_form (module) == CD_VALUE_VARIABLE)
    cd_case_doubts (the_case, "unset-variable", module, HERE);
  else if (there == CD_THERE_SUBMODULE || package == CD_THERE_SUBMODULE)
    cd_case_doubts (the_case, "submodule", module, HERE);
  else if (there == CD_THERE_YES || cd_case_is_entered (the_case, file)
           || cd_command_tree_there (checking->tree, the_case->command->document, the_case->command->command->directory, file) == CD_THERE_YES)
    return; /* a file, a folder that python runs by its __main__, or a package made so by its installation */
  else if (cd_command_is_package (top) && !own)
    return;
  else if (cd_case_is_elsewhere (the_case, file))
    cd_case_doubts (the_case, "local-path", module, HERE);
  else if (own || (g_strv_contains (OWN_FOLDERS, top) && strchr (module, '.') != NULL))
    cd_case_breaks (the_case, "missing-module", module, HERE);
  else if (!is_declared (checking->corpus, top))
    cd_case_doubts (the_case, "missing-module", module, HERE);
}

/* A target of a Makefile of the tree. */
static gboolean
has_make_target (const CdChecking *checking, const char *target)
{
  g_autofree char *rule = g_strdup_printf ("\n%s:", target);
  for (guint i = 0; i < checking->corpus->documents->len; i++) {
    const CdDocument *document = checking->corpus->documents->pdata[i];
    const char *base = strrchr (document->path, '/');
    base = base != NULL ? base + 1 : document->path;
    if ((strcmp (base, "Makefile") == 0 || strcmp (base, "makefile") == 0)
        && (memmem (document->text, document->length, rule, strlen (rule)) != NULL || g_str_has_prefix (document->text, rule + 1)))
      return TRUE;
  }
  return FALSE;
}

static void
check_program (CdCommandCase *the_case)
{
  static const char *const public[] = { "lm_eval",
                                        "lm-eval",
                                        "lighteval",
                                        "llamafactory-cli",
                                        "swift",
                                        "xtuner",
                                        "axolotl",
                                        "tune",
                                        "opencompass",
                                        "evalscope",
                                        "evalplus",
                                        "vllm",
                                        "sglang",
                                        "lmdeploy",
                                        "trl",
                                        "ollama",
                                        "evalplus.evaluate",
                                        "bigcodebench.evaluate",
                                        "bfcl",
                                        "megatron-lm",
                                        "nemo",
                                        "alpaca_eval",
                                        "rclone",
                                        "torchx",
                                        "sky",
                                        "modal",
                                        "dstack",
                                        "eai",
                                        "beaker",
                                        NULL };
  const char *program = the_case->line.target;
  const char *target = the_case->command->command->argv[1];
  if (strcmp (program, "make") == 0 && target != NULL && *target != '-' && strchr (target, '=') == NULL) {
    if (!has_make_target (the_case->checking, target))
      cd_case_breaks (the_case, "missing-target", target, HERE);
  } else if (the_case->command->script < 0 && cd_shell_launcher (program, strlen (program)) == CD_LAUNCHER_NONE && !g_strv_contains (public, program)
             && !is_declared (the_case->checking->corpus, program))
    cd_case_doubts (the_case, "not-a-program", program, HERE);
}

void
cd_case_check_target (CdCommandCase *the_case)
{
  switch (the_case->line.kind) {
    case CD_RUNS_SCRIPT:
      check_script (the_case);
      break;
    case CD_RUNS_MODULE:
      check_module (the_case);
      break;
    case CD_RUNS_PROGRAM:
      check_program (the_case);
      break;
    default: /* a launcher whose program is behind words of its own: the launcher at least is one */
      if (the_case->command->script < 0 && !g_str_has_prefix (the_case->command->command->argv[0], "python"))
        cd_case_doubts (the_case, "not-a-program", the_case->command->command->argv[0], HERE);
  }
}
