/* Which words start commands, as tables: programs, shell builtins, fence tags, and the English words behind a verb that make a line a
 * sentence. Reading commands is shell-words.c's business. */
#include "documents/shell.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  const char *name;
  CdLauncher kind;
} Launcher;

/* Sorted by name. */
static const Launcher LAUNCHERS[] = {
  { ".", CD_LAUNCHER_RUNS },
  { "accelerate", CD_LAUNCHER_RUNS },
  { "apptainer", CD_LAUNCHER_RUNS },
  { "apt", CD_LAUNCHER_SETS_UP },
  { "apt-get", CD_LAUNCHER_SETS_UP },
  { "aria2c", CD_LAUNCHER_SETS_UP },
  { "aws", CD_LAUNCHER_SETS_UP },
  { "axolotl", CD_LAUNCHER_RUNS },
  { "bash", CD_LAUNCHER_RUNS },
  { "brew", CD_LAUNCHER_SETS_UP },
  { "bunzip2", CD_LAUNCHER_SETS_UP },
  { "cargo", CD_LAUNCHER_SETS_UP },
  { "cd", CD_LAUNCHER_SETS_UP },
  { "chmod", CD_LAUNCHER_SETS_UP },
  { "cmake", CD_LAUNCHER_SETS_UP },
  { "conda", CD_LAUNCHER_SETS_UP },
  { "cp", CD_LAUNCHER_SETS_UP },
  { "curl", CD_LAUNCHER_SETS_UP },
  { "deepspeed", CD_LAUNCHER_RUNS },
  { "docker", CD_LAUNCHER_RUNS },
  { "docker-compose", CD_LAUNCHER_RUNS },
  { "echo", CD_LAUNCHER_BUILTIN },
  { "env", CD_LAUNCHER_RUNS },
  { "eval", CD_LAUNCHER_RUNS },
  { "evalplus", CD_LAUNCHER_RUNS },
  { "exec", CD_LAUNCHER_RUNS },
  { "export", CD_LAUNCHER_BUILTIN },
  { "gdown", CD_LAUNCHER_SETS_UP },
  { "git", CD_LAUNCHER_SETS_UP },
  { "git-lfs", CD_LAUNCHER_SETS_UP },
  { "go", CD_LAUNCHER_SETS_UP },
  { "gsutil", CD_LAUNCHER_SETS_UP },
  { "gunzip", CD_LAUNCHER_SETS_UP },
  { "hf", CD_LAUNCHER_SETS_UP },
  { "horovodrun", CD_LAUNCHER_RUNS },
  { "huggingface-cli", CD_LAUNCHER_SETS_UP },
  { "ipython", CD_LAUNCHER_RUNS },
  { "jupyter", CD_LAUNCHER_RUNS },
  { "kubectl", CD_LAUNCHER_RUNS },
  { "lake", CD_LAUNCHER_SETS_UP },
  { "lighteval", CD_LAUNCHER_RUNS },
  { "llamafactory-cli", CD_LAUNCHER_RUNS },
  { "lm-eval", CD_LAUNCHER_RUNS },
  { "lm_eval", CD_LAUNCHER_RUNS },
  { "ln", CD_LAUNCHER_SETS_UP },
  { "ls", CD_LAUNCHER_SETS_UP },
  { "make", CD_LAUNCHER_RUNS },
  { "mamba", CD_LAUNCHER_SETS_UP },
  { "micromamba", CD_LAUNCHER_SETS_UP },
  { "mkdir", CD_LAUNCHER_SETS_UP },
  { "modelscope", CD_LAUNCHER_SETS_UP },
  { "module", CD_LAUNCHER_SETS_UP },
  { "mpirun", CD_LAUNCHER_RUNS },
  { "mv", CD_LAUNCHER_SETS_UP },
  { "ninja", CD_LAUNCHER_SETS_UP },
  { "node", CD_LAUNCHER_RUNS },
  { "nohup", CD_LAUNCHER_RUNS },
  { "npm", CD_LAUNCHER_SETS_UP },
  { "npx", CD_LAUNCHER_RUNS },
  { "nvidia-smi", CD_LAUNCHER_SETS_UP },
  { "ollama", CD_LAUNCHER_RUNS },
  { "opencompass", CD_LAUNCHER_RUNS },
  { "pdm", CD_LAUNCHER_SETS_UP },
  { "perl", CD_LAUNCHER_RUNS },
  { "pip", CD_LAUNCHER_SETS_UP },
  { "pip3", CD_LAUNCHER_SETS_UP },
  { "pipenv", CD_LAUNCHER_SETS_UP },
  { "pipx", CD_LAUNCHER_SETS_UP },
  { "pnpm", CD_LAUNCHER_SETS_UP },
  { "poetry", CD_LAUNCHER_SETS_UP },
  { "pre-commit", CD_LAUNCHER_SETS_UP },
  { "pytest", CD_LAUNCHER_RUNS },
  { "python", CD_LAUNCHER_RUNS },
  { "ray", CD_LAUNCHER_RUNS },
  { "rm", CD_LAUNCHER_SETS_UP },
  { "rsync", CD_LAUNCHER_SETS_UP },
  { "sbatch", CD_LAUNCHER_RUNS },
  { "scp", CD_LAUNCHER_SETS_UP },
  { "sed", CD_LAUNCHER_SETS_UP },
  { "sglang", CD_LAUNCHER_RUNS },
  { "sh", CD_LAUNCHER_RUNS },
  { "singularity", CD_LAUNCHER_RUNS },
  { "source", CD_LAUNCHER_RUNS },
  { "srun", CD_LAUNCHER_RUNS },
  { "ssh", CD_LAUNCHER_RUNS },
  { "streamlit", CD_LAUNCHER_RUNS },
  { "sudo", CD_LAUNCHER_RUNS },
  { "swift", CD_LAUNCHER_RUNS },
  { "tar", CD_LAUNCHER_SETS_UP },
  { "tensorboard", CD_LAUNCHER_RUNS },
  { "time", CD_LAUNCHER_RUNS },
  { "tmux", CD_LAUNCHER_RUNS },
  { "torchrun", CD_LAUNCHER_RUNS },
  { "touch", CD_LAUNCHER_SETS_UP },
  { "trl", CD_LAUNCHER_RUNS },
  { "tune", CD_LAUNCHER_RUNS },
  { "unzip", CD_LAUNCHER_SETS_UP },
  { "uv", CD_LAUNCHER_SETS_UP },
  { "uvicorn", CD_LAUNCHER_RUNS },
  { "uvx", CD_LAUNCHER_RUNS },
  { "vllm", CD_LAUNCHER_RUNS },
  { "wandb", CD_LAUNCHER_SETS_UP },
  { "wget", CD_LAUNCHER_SETS_UP },
  { "xargs", CD_LAUNCHER_RUNS },
  { "xtuner", CD_LAUNCHER_RUNS },
  { "yarn", CD_LAUNCHER_SETS_UP },
  { "zip", CD_LAUNCHER_SETS_UP },
  { "zsh", CD_LAUNCHER_RUNS },
};

/* Sorted. Known in a script only; none of them starts a command in a fence without a tag. */
static const char *const BUILTINS[] = {
  "((",   ":",    "[",     "[[",     "alias",   "break",    "continue", "declare", "exit",  "export", "false",
  "hash", "let",  "local", "printf", "read",    "readonly", "return",   "set",     "shift", "shopt",  "sleep",
  "test", "trap", "true",  "type",   "typeset", "ulimit",   "umask",    "unset",   "wait",
};

/* Sorted: a second word that makes a line a sentence ("make sure that", "source of the data"). */
static const char *const SENTENCE[] = {
  "a",       "all",  "also", "an",   "and",  "are",  "as",  "at",  "be",   "both", "by",    "can",  "code", "each", "for",  "from",
  "has",     "if",   "in",   "into", "is",   "it",   "its", "may", "must", "need", "not",   "of",   "on",   "or",   "our",  "out",
  "scripts", "sure", "that", "the",  "them", "this", "to",  "use", "was",  "when", "which", "will", "with", "you",  "your",
};

static const char *const LANGUAGES[] = { "bash", "bat", "batch",      "cmd",   "console",       "csh",         "fish",     "ksh", "powershell",
                                         "ps1",  "sh",  "sh-session", "shell", "shell-session", "shellscript", "terminal", "zsh" };

typedef struct {
  const char *text;
  gsize length;
} Slice;

static int
compare_slice (const Slice *slice, const char *name)
{
  int order = strncmp (slice->text, name, slice->length);
  return order != 0 ? order : (name[slice->length] == '\0' ? 0 : -1);
}

static int
compare_launcher (const void *key, const void *row)
{
  return compare_slice (key, ((const Launcher *) row)->name);
}

static int
compare_name (const void *key, const void *row)
{
  return compare_slice (key, *(const char *const *) row);
}

static gboolean
ends_with (const char *word, gsize length, const char *suffix)
{
  gsize tail = strlen (suffix);
  return length > tail && memcmp (word + length - tail, suffix, tail) == 0;
}

/* python, python3, python3.10, /usr/bin/python; pip3.11 counts as pip. */
static CdLauncher
versioned (const char *word, gsize length)
{
  gsize stem = length;
  while (stem > 0 && (g_ascii_isdigit (word[stem - 1]) || word[stem - 1] == '.'))
    stem--;
  if (stem == 6 && memcmp (word, "python", 6) == 0)
    return CD_LAUNCHER_RUNS;
  return stem == 3 && memcmp (word, "pip", 3) == 0 ? CD_LAUNCHER_SETS_UP : CD_LAUNCHER_NONE;
}

static const Launcher *
find_launcher (const char *word, gsize length)
{
  Slice slice = { word, length };
  return bsearch (&slice, LAUNCHERS, G_N_ELEMENTS (LAUNCHERS), sizeof (Launcher), compare_launcher);
}

CdLauncher
cd_shell_launcher (const char *word, gsize length)
{
  const char *slash = memrchr (word, '/', length);
  if (slash != NULL && !ends_with (word, length, "/")) {
    gsize folder = (gsize) (slash + 1 - word);
    CdLauncher named = cd_shell_launcher (slash + 1, length - folder);
    gboolean here = word[0] == '.' && (word[1] == '/' || (length > 2 && word[1] == '.' && word[2] == '/'));
    return named != CD_LAUNCHER_NONE ? named : here ? CD_LAUNCHER_RUNS : CD_LAUNCHER_NONE;
  }
  const Launcher *row = find_launcher (word, length);
  Slice slice = { word, length };
  if (row != NULL)
    return row->kind;
  if (bsearch (&slice, BUILTINS, G_N_ELEMENTS (BUILTINS), sizeof (char *), compare_name) != NULL)
    return CD_LAUNCHER_BUILTIN;
  if (ends_with (word, length, ".sh") || ends_with (word, length, ".slurm") || ends_with (word, length, ".sbatch"))
    return CD_LAUNCHER_RUNS;
  if (length > 9 && memcmp (word, "evalplus.", 9) == 0)
    return CD_LAUNCHER_RUNS;
  return versioned (word, length);
}

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\r';
}

/* The next word of a line, cut at white space only. FALSE at its end. */
static gboolean
next_word (const char *line, gsize length, gsize *at, Slice *word)
{
  while (*at < length && is_space (line[*at]))
    (*at)++;
  gsize start = *at;
  while (*at < length && !is_space (line[*at]))
    (*at)++;
  *word = (Slice){ line + start, *at - start };
  return word->length > 0;
}

/* NAME=value, with a name in capitals: the shape of an environment variable, which no sentence and no listing of options has. */
static gboolean
is_assignment (const Slice *word)
{
  gsize at = 0;
  while (at < word->length && (g_ascii_isupper (word->text[at]) || word->text[at] == '_' || (at > 0 && g_ascii_isdigit (word->text[at]))))
    at++;
  return at > 1 && at < word->length && word->text[at] == '=' && (at + 1 == word->length || word->text[at + 1] != '=');
}

gboolean
cd_shell_starts_command (const char *line, gsize length)
{
  gsize at = 0;
  Slice word, second;
  gboolean assigned = FALSE, more;
  while ((more = next_word (line, length, &at, &word)) && is_assignment (&word))
    assigned = TRUE;
  if (!more || (word.length == 1 && word.text[0] == '\\'))
    return assigned;
  while (word.length > 1 && word.text[word.length - 1] == ';')
    word.length--;
  CdLauncher kind = cd_shell_launcher (word.text, word.length);
  if (kind == CD_LAUNCHER_NONE || (kind == CD_LAUNCHER_BUILTIN && find_launcher (word.text, word.length) == NULL))
    return FALSE;
  if (!next_word (line, length, &at, &second))
    return TRUE;
  gsize behind = at;
  Slice third;
  if (word.length == 2 && memcmp (word.text, "cd", 2) == 0 && !next_word (line, length, &behind, &third))
    return TRUE; /* "cd scripts" is no sentence, "cd into the scripts" is */
  if (second.text[0] == '=' || second.text[0] == ':' || (word.length == 1 && word.text[0] == '.' && second.text[0] == '.'))
    return FALSE;
  return bsearch (&second, SENTENCE, G_N_ELEMENTS (SENTENCE), sizeof (char *), compare_name) == NULL;
}

static gboolean
is_argument (const Slice *word)
{
  static const char *const suffixes[] = { ".py", ".sh", ".yaml", ".yml", ".json", ".jsonl", ".txt", ".ipynb", ".slurm" };
  static const char *const actions[] = { "install", "create", "activate", "clone", "launch", "serve", "start" };
  if (word->length > 1 && word->text[0] == '-' && (word->text[1] == '-' || g_ascii_isalpha (word->text[1])))
    return TRUE;
  if (memchr (word->text, '=', word->length) != NULL || (word->length > 2 && memchr (word->text + 1, '/', word->length - 2) != NULL))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (ends_with (word->text, word->length, suffixes[i]))
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (compare_slice (word, actions[i]) == 0)
      return TRUE;
  return FALSE;
}

gboolean
cd_shell_is_disabled_command (const char *line, gsize length)
{
  if (!cd_shell_starts_command (line, length))
    return FALSE;
  gsize at = 0;
  Slice word;
  gboolean first = TRUE;
  while (next_word (line, length, &at, &word)) {
    if ((!first || ends_with (word.text, word.length, ".sh") || is_assignment (&word)) && is_argument (&word))
      return TRUE;
    first = FALSE;
  }
  return FALSE;
}

gboolean
cd_shell_is_language (const char *tag)
{
  gsize skip = strspn (tag, "{. ");
  gsize length = strcspn (tag + skip, " ,{}:\t");
  g_autofree char *name = g_ascii_strdown (tag + skip, (gssize) length);
  Slice slice = { name, length };
  return bsearch (&slice, LANGUAGES, G_N_ELEMENTS (LANGUAGES), sizeof (char *), compare_name) != NULL;
}
