/* Tables of the words that option names and placeholders are made of. */
#include "work/command-values.h"
#include "work/hub.h"
#include <string.h>

#define PIECES_MOST 32u
#define NAME_BYTES 200u

typedef struct {
  CdValueRole role;
  const char *words; /* of an option's name, each between two spaces */
} RoleWords;

/* The first row with a word of the name decides: what is written, or is the user's own, before what is read. */
static const RoleWords ROLES[] = {
  { CD_ROLE_VALUE_SECRET, " key keys token password secret apikey api_key " },
  { CD_ROLE_VALUE_HOST, " url urls host hosts addr address ip port endpoint server master rdzv api uri " },
  { CD_ROLE_VALUE_OUTPUT,
    " output outputs out save saved saving log logs logging logger result results res dump write export cache tmp temp workdir work exp exps "
    "outdir logdir savedir hdfs answer destination dest target local answers predictions store writer tensorboard record records " },
  { CD_ROLE_VALUE_NAME, " run project experiment user entity group owner job tag note comment title prefix " },
  { CD_ROLE_VALUE_CONFIG, " config configs cfg yaml deepspeed recipe hostfile conf " },
  { CD_ROLE_VALUE_MODEL,
    " model models tokenizer checkpoint checkpoints ckpt ckpts pretrain pretrained base policy critic actor ref reward adapter lora backbone weights "
    "generator verifier llm prm orm rm resume load proposer retriever encoder sft judge model_dir teacher student " },
  { CD_ROLE_VALUE_DATA,
    " data dataset datasets file files input inputs train test val valid prompt prompts question questions query queries image images video videos "
    "benchmark benchmarks path paths dir dirs folder root corpus index jsonl json parquet source src samples raw dev eval annotation " },
};

static gboolean
is_among (const char *words, const char *word)
{
  g_autofree char *spaced = g_strconcat (" ", word, " ", NULL);
  return strstr (words, spaced) != NULL;
}

CdValueRole
cd_value_role (const char *key)
{
  const char *dot = strrchr (key, '.');
  gboolean plain_last = dot != NULL && (strcmp (dot, ".path") == 0 || strcmp (dot, ".dir") == 0 || strcmp (dot, ".file") == 0);
  const char *last = dot != NULL && !plain_last ? dot + 1 : key;
  g_autofree char *lower = g_ascii_strdown (last, (gssize) MIN (strlen (last), NAME_BYTES));
  g_auto (GStrv) words = g_strsplit_set (lower, "_-.+~/@0123456789", -1);
  for (guint row = 0; row < G_N_ELEMENTS (ROLES); row++)
    for (guint i = 0; words[i] != NULL; i++)
      if (*words[i] != '\0' && is_among (ROLES[row].words, words[i]))
        return ROLES[row].role;
  return CD_ROLE_VALUE_OTHER;
}

static const char *
find_word (const char *text, const char *word)
{
  gsize size = strlen (word);
  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_strncasecmp (at, word, size) == 0)
      return at;
  return NULL;
}

/* "<…>" or "{…}" around words: not redirections, not JSON. */
static gboolean
has_bracketed_words (const char *value, char open, char close)
{
  const char *at = strchr (value, open);
  if (at == NULL || (at > value && at[-1] == '$') || !(g_ascii_isalpha (at[1]) || at[1] == '_' || (guchar) at[1] >= 0x80))
    return FALSE;
  const char *end = strchr (at, close);
  if (end == NULL || end - at > 80)
    return FALSE;
  return open == '<'
         || (memchr (at, ':', (gsize) (end - at)) == NULL && memchr (at, ',', (gsize) (end - at)) == NULL
             && memchr (at, '"', (gsize) (end - at)) == NULL);
}

static gboolean
is_placeholder (const char *value)
{
  static const char *const words[]
      = { "path/to",     "path_to",      "path-to",      "/your",   "your_",      "your-",    "your/",     "<your",
          "xxx",         "to_be_filled", "to-be-filled", "todo",    "replace_",   "replace-", "change_me", "changeme",
          "placeholder", "fill_in",      "fill-in",      "insert_", "/some/path", "/xx/",     "/the/path", "_path_here" };
  static const char *const wholes[] = { "path",       "...",    "YOUR",      "model_path", "data_path",
                                        "xx",         "/path",  "file_path", "your",       "???",
                                        "TBD",        "FIXME",  "dummy",     "MODEL_PATH", "pretrained_model_path",
                                        "image_path", "/path/", "save_path", "output_path" };
  for (guint i = 0; i < G_N_ELEMENTS (wholes); i++)
    if (strcmp (value, wholes[i]) == 0)
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (find_word (value, words[i]) != NULL)
      return TRUE;
  gboolean capital = strlen (value) > 6
                     && (g_str_has_suffix (value, "_PATH") || g_str_has_suffix (value, "_DIR") || g_str_has_suffix (value, "_FILE"))
                     && strspn (value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") == strlen (value);
  return capital || g_str_has_prefix (value, "xx/") || strncmp (value, "[PATH", 5) == 0 || strncmp (value, "[YOUR", 5) == 0
         || has_bracketed_words (value, '<', '>') || has_bracketed_words (value, '{', '}');
}

static gboolean
has_path_ending (const char *value)
{
  static const char *const endings[] = { ".py",  ".sh",   ".yaml", ".yml", ".json", ".jsonl", ".parquet",  ".csv", ".tsv",
                                         ".txt", ".toml", ".pkl",  ".pt",  ".bin",  ".arrow", ".jsonl.gz", ".md",  ".conf" };
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (value, endings[i]) && strlen (value) > strlen (endings[i]))
      return TRUE;
  return FALSE;
}

/* Folders that stand beside the code of many works: "data/x" is no hub id. */
static gboolean
begins_local (const char *value)
{
  static const char *const folders = " data datasets dataset models model ckpt ckpts checkpoint checkpoints output outputs result results pretrained "
                                     "saves saved save logs log hf_models "
                                     "pretrained_models scripts src configs config recipes examples eval evaluation train training tmp cache local "
                                     "weights base_models llm_models exp exps "
                                     "runs work_dirs wandb artifacts . .. ";
  g_autofree char *first = g_ascii_strdown (value, (gssize) strcspn (value, "/"));
  return is_among (folders, first);
}

CdValueForm
cd_value_form (const char *value)
{
  static const char *const system[] = { "/tmp/", "/dev/", "/usr/", "/bin/", "/etc/", "/proc/", "/sys/", "/var/" };
  gsize length = strlen (value);
  if (length == 0 || length > 1000 || strstr (value, "://") != NULL)
    return is_placeholder (value) && length <= 1000 ? CD_VALUE_PLACEHOLDER : CD_VALUE_PLAIN;
  if (find_word (value, "redacted") != NULL || find_word (value, "anonymized") != NULL)
    return CD_VALUE_REMOVED;
  if (is_placeholder (value))
    return CD_VALUE_PLACEHOLDER;
  gboolean home = value[0] == '~' || g_str_has_prefix (value, "$HOME/") || g_str_has_prefix (value, "${HOME}/");
  if (!home && (strchr (value, '$') != NULL || strchr (value, '`') != NULL))
    return CD_VALUE_VARIABLE;
  if (strpbrk (value, " \n{}|;") != NULL)
    return CD_VALUE_PLAIN; /* a sentence, a template, JSON */
  if (value[0] == '/' || home) {
    for (guint i = 0; i < G_N_ELEMENTS (system); i++)
      if (g_str_has_prefix (value, system[i]))
        return CD_VALUE_PLAIN;
    return length > 1 && (home || g_ascii_isalnum (value[1]) || value[1] == '_' || value[1] == '.') ? CD_VALUE_MACHINE : CD_VALUE_PLAIN;
  }
  if (strspn (value, "0123456789.,-+eE%:x") == length)
    return CD_VALUE_PLAIN;
  if (has_path_ending (value))
    return CD_VALUE_PATH;
  gboolean slash = strchr (value, '/') != NULL;
  return slash && (begins_local (value) || !cd_hub_is_id (value)) ? CD_VALUE_PATH : CD_VALUE_PLAIN;
}

char **
cd_value_pieces (const char *value)
{
  gsize length = strlen (value);
  gboolean list = *value == '[' || (strchr (value, ',') != NULL && strpbrk (value, "{} ") == NULL);
  if (!list || length > 16384)
    return g_strsplit (value, "\n", 1);
  g_autofree char *bare = g_strndup (value, length);
  g_strdelimit (bare, "[]\"'", ' ');
  char **pieces = g_strsplit (bare, ",", (gint) PIECES_MOST);
  for (guint i = 0; pieces[i] != NULL; i++)
    g_strstrip (pieces[i]);
  return pieces;
}

char *
cd_value_variable (const char *value)
{
  const char *dollar = strchr (value, '$');
  if (dollar == NULL)
    return strchr (value, '`') != NULL ? g_strdup ("") : NULL;
  const char *name = dollar + 1 + (dollar[1] == '{' ? 1 : 0);
  gsize length = 0;
  while (g_ascii_isalnum (name[length]) || name[length] == '_')
    length++;
  return length == 0 || g_ascii_isdigit (*name) ? g_strdup ("") : g_strndup (name, length);
}

gboolean
cd_value_is_environment (const char *name)
{
  static const char *const prefixes[]
      = { "SLURM_", "CUDA_",   "NCCL_", "HF_",    "WANDB_",  "PET_",       "MLP_",        "ARNOLD_",    "RAY_",
          "TORCH",  "OMP_",    "PBS_",  "LSB_",   "OPENAI_", "ANTHROPIC_", "AZURE_",      "DASHSCOPE_", "VLLM_",
          "CONDA_", "MASTER_", "NODE_", "METIS_", "VC_",     "BASH_",      "KUBERNETES_", "GITHUB_",    "BUILDKITE_" };
  static const char *const wholes = " HOME PWD USER HOSTNAME PATH PYTHONPATH RANK WORLD_SIZE LOCAL_RANK LOCAL_WORLD_SIZE NNODES NPROC_PER_NODE GPUS "
                                    "NUM_GPUS PORT RANDOM TMPDIR SHELL UID "
                                    "HOSTFILE GPUS_PER_NODE OLDPWD LD_LIBRARY_PATH NODES NGPUS ";
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (name, prefixes[i]))
      return TRUE;
  return is_among (wholes, name) || g_str_has_suffix (name, "_API_KEY") || g_str_has_suffix (name, "_TOKEN");
}
