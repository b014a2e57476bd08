/* Finds a command's target by the launchers before it, then reads options behind it. What the words mean is command-values.c's business. */
#include "work/command-line.h"
#include <string.h>

#define WORDS_MOST 2000u
#define TARGET_WITHIN 60u /* words; launchers take no more */

/* Programs that only start what follows. Anything else that is neither a script nor a variable is itself the target. */
static const char *const LAUNCHERS[] = { "accelerate", "apptainer", "bash",    "colossalai", "conda", "deepspeed",   "docker", "env",    "exec",
                                         "horovodrun", "ipython",   "mamba",   "mpirun",     "nohup", "numactl",     "pdm",    "pipenv", "poetry",
                                         "python",     "ray",       "runuser", "sbatch",     "sh",    "singularity", "source", "srun",   "stdbuf",
                                         "sudo",       "time",      "timeout", "torchrun",   "uv",    "xvfb-run",    "zsh",    ".",      NULL };
static const char *const SHELLS[] = { "bash", "sh", "zsh", "sbatch", "source", ".", NULL };
static const char *const LAUNCHING_MODULES[]
    = { "torch.distributed.run", "torch.distributed.launch", "accelerate.commands.launch", "deepspeed.launcher.runner", "debugpy", "pdb", NULL };

static const char *
base_of (const char *word)
{
  const char *slash = strrchr (word, '/');
  return slash != NULL ? slash + 1 : word;
}

gboolean
cd_command_is_script (const char *name)
{
  static const char *const endings[] = { ".py", ".sh", ".slurm", ".sbatch", ".ipynb", ".bash" };
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_launcher (const char *word)
{
  const char *base = base_of (word);
  g_autofree char *plain = g_strndup (base, strcspn (base, "0123456789"));
  return g_strv_contains (LAUNCHERS, plain) || g_str_has_suffix (base, "python") || (strchr (word, '$') != NULL && !cd_command_is_script (word));
}

/* The value of a short option that bundles m with others: "python -um module". */
static gboolean
is_module_option (const char *word)
{
  return word[0] == '-' && word[1] != '-' && g_str_has_suffix (word, "m") && strlen (word) <= 3;
}

/* Where the target stands; G_MAXUINT for none. */
static guint
find_target (CdCommandLine *line, char **argv)
{
  gboolean shell = FALSE;
  for (guint i = 0; argv[i] != NULL && i < TARGET_WITHIN; i++) {
    const char *word = argv[i];
    if (i == 0 && !is_launcher (word) && !cd_command_is_script (word)) {
      line->kind = CD_RUNS_PROGRAM;
      line->target = base_of (word);
      return i;
    }
    if (i > 0 && (is_module_option (word) || strcmp (word, "--module") == 0) && argv[i + 1] != NULL && !shell) {
      if (g_strv_contains (LAUNCHING_MODULES, argv[i + 1])) {
        i++;
        continue;
      }
      line->kind = CD_RUNS_MODULE;
      line->target = argv[i + 1];
      return i + 1;
    }
    if (shell && word[0] == '-' && word[1] != '-' && g_str_has_suffix (word, "c")) { /* bash -c '…': what it runs is read as commands of their own */
      line->kind = CD_RUNS_PROGRAM;
      line->target = base_of (argv[i - 1]);
      return i - 1;
    }
    gboolean value = i > 0 && argv[i - 1][0] == '-' && argv[i - 1][1] == '-' && strchr (argv[i - 1], '=') == NULL && !g_str_has_suffix (word, ".py");
    if ((cd_command_is_script (word) && *word != '-' && !value) || (shell && word[0] != '-' && !is_launcher (word))) {
      line->kind = CD_RUNS_SCRIPT;
      line->target = word;
      return i;
    }
    shell = shell ? word[0] == '-' : g_strv_contains (SHELLS, base_of (word));
  }
  return G_MAXUINT;
}

/* "uv run PROGRAM", "poetry run PROGRAM": the word behind "run". Else a launcher's own command: "ray status", "conda activate". */
static guint
find_program (CdCommandLine *line, char **argv)
{
  for (guint i = 1; argv[0] != NULL && argv[i] != NULL && i < 8; i++)
    if (strcmp (argv[i - 1], "run") == 0 && argv[i][0] != '-' && !is_launcher (argv[i])) {
      line->kind = CD_RUNS_PROGRAM;
      line->target = base_of (argv[i]);
      return i;
    }
  if (argv[0] != NULL && argv[1] != NULL && g_ascii_isalpha (argv[1][0]) && !g_str_has_prefix (base_of (argv[0]), "python")) {
    line->kind = CD_RUNS_PROGRAM;
    line->target = base_of (argv[0]);
    return 0;
  }
  return G_MAXUINT;
}

static gboolean
is_option (const char *word)
{
  return word[0] == '-' && (g_ascii_isalpha (word[1]) || (word[1] == '-' && g_ascii_isalpha (word[2])));
}

/* Length of NAME in "NAME=value" as overrides are written, dots, slashes, + and ~ before it allowed; 0 for anything else. */
static gsize
override_name (const char *word)
{
  gsize at = strspn (word, "+~");
  if (!g_ascii_isalpha (word[at]) && word[at] != '_')
    return 0;
  at += strspn (word + at, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-/@");
  return word[at] == '=' && word[at + 1] != '=' ? at : 0;
}

static void
add_option (CdCommandLine *line, char *key, const char *value, gboolean override, gboolean launcher)
{
  CdOption option = { key, value, override, launcher };
  g_array_append_val (line->options, option);
}

static void
read_options (CdCommandLine *line, char **argv, guint target)
{
  const char *open = NULL; /* the option whose values are being read */
  for (guint i = 1; argv[i] != NULL && i < WORDS_MOST; i++) {
    const char *word = argv[i];
    gboolean launcher = target != G_MAXUINT && i < target;
    gsize name = override_name (word);
    if (i == target || *word == '\0') {
      open = NULL;
      continue;
    }
    if (is_option (word)) {
      const char *equals = strchr (word, '=');
      const char *next = argv[i + 1];
      gboolean follows = equals == NULL && next != NULL && !is_option (next) && i + 1 != target;
      add_option (line, equals != NULL ? g_strndup (word, (gsize) (equals - word)) : g_strdup (word),
                  equals != NULL ? equals + 1
                  : follows      ? next
                                 : NULL,
                  FALSE, launcher);
      open = equals == NULL ? word : NULL;
      i += follows ? 1 : 0;
    } else if (name > 0 && open == NULL)
      add_option (line, g_strndup (word, name), word + name + 1, TRUE, launcher);
    else
      add_option (line, g_strdup (open), word, FALSE, launcher);
  }
}

static void
option_clear (gpointer data)
{
  g_free (((CdOption *) data)->key);
}

void
cd_command_line_read (CdCommandLine *line, const CdCommand *command)
{
  *line = (CdCommandLine){ .options = g_array_new (FALSE, FALSE, sizeof (CdOption)) };
  g_array_set_clear_func (line->options, option_clear);
  if (command->argv[0] == NULL)
    return;
  guint target = find_target (line, command->argv);
  if (target == G_MAXUINT)
    target = find_program (line, command->argv);
  read_options (line, command->argv, target);
}

void
cd_command_line_clear (CdCommandLine *line)
{
  g_clear_pointer (&line->options, g_array_unref);
}
