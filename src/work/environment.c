/* Counts pins over the requirement lists and install commands of the work, looks for seeds in code and settings, and for accelerators in documents. */
#include "work/environment.h"
#include "work/commands.h"
#include <string.h>

#define PINNED_SHARE 0.9
#define SOURCES_MOST 400u /* Python files read for seeds */

typedef struct {
  guint pinned, declared;
  gboolean locked;
  CdPlace first;
} Pins;

static gboolean
is_lock (const char *path)
{
  static const char *const locks[] = { "uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock", "conda-lock.yml", "pixi.lock" };
  const char *slash = strrchr (path, '/');
  for (guint i = 0; i < G_N_ELEMENTS (locks); i++)
    if (strcmp (slash != NULL ? slash + 1 : path, locks[i]) == 0)
      return TRUE;
  return FALSE;
}

/* "==1.2", "=1.2=build", "1.2", "@ …@commit": one version and no other. */
static gboolean
is_exact (const char *version)
{
  if (*version == '\0' || strchr (version, '*') != NULL)
    return FALSE;
  if (*version == '=' || g_ascii_isdigit (*version))
    return strpbrk (version, "<>,") == NULL;
  const char *at = strrchr (version, '@');
  return strstr (version, "://") != NULL && at != NULL && strchr (at, ':') == NULL && strlen (at) > 2 && strcmp (at, "@main") != 0
         && strcmp (at, "@master") != 0;
}

static void
count (Pins *pins, const char *version, guint document, guint line)
{
  if (pins->declared++ == 0)
    pins->first = (CdPlace){ document, line, line };
  pins->pinned += is_exact (version) ? 1 : 0;
}

/* pip install torch==2.4.0 vllm: options, files and folders name no package. */
static void
count_installs (Pins *pins, const CdWorkCommand *command)
{
  char **argv = command->command->argv;
  guint from = 0;
  while (argv[from] != NULL && strcmp (argv[from], "install") != 0)
    from++;
  if (command->class != CD_COMMAND_INSTALL || argv[from] == NULL || from == 0 || strstr (argv[from - 1], "pip") == NULL)
    return;
  for (guint i = from + 1; argv[i] != NULL && i < from + 60; i++) {
    if (strcmp (argv[i], "-r") == 0 || strcmp (argv[i], "-e") == 0 || strcmp (argv[i], "--index-url") == 0 || strcmp (argv[i], "-i") == 0
        || strcmp (argv[i], "--extra-index-url") == 0 || strcmp (argv[i], "-f") == 0) {
      i += argv[i + 1] != NULL ? 1 : 0;
      continue;
    }
    if (!g_ascii_isalpha (argv[i][0]) || strcmp (argv[i], "pip") == 0 || strcmp (argv[i], "setuptools") == 0 || g_str_has_suffix (argv[i], ".whl"))
      continue;
    const char *version = argv[i] + strcspn (argv[i], "=<>~!@");
    count (pins, version, command->document, command->command->line);
  }
}

static CdPins
read_pins (const CdWork *work, const CdCorpus *corpus, const CdScope *scope, CdPlace *place)
{
  Pins pins = { 0 };
  for (guint i = 0; i < corpus->documents->len; i++) {
    const CdDocument *document = corpus->documents->pdata[i];
    if (!cd_scope_is_own (scope, i))
      continue;
    if (is_lock (document->path) && !pins.locked) {
      pins.locked = TRUE;
      pins.first = (CdPlace){ i, 1, 1 };
      pins.declared++;
    }
    for (guint d = 0; d < document->dependencies->len && !pins.locked; d++) {
      const CdDependency *dependency = document->dependencies->pdata[d];
      count (&pins, dependency->version, i, dependency->line);
    }
  }
  for (guint i = 0; i < work->commands->len && !pins.locked; i++)
    count_installs (&pins, work->commands->pdata[i]);
  *place = pins.first;
  if (pins.locked)
    return CD_PINS_PINNED;
  if (pins.declared == 0)
    return CD_PINS_NONE;
  return pins.pinned == 0 ? CD_PINS_UNPINNED : pins.pinned >= PINNED_SHARE * pins.declared ? CD_PINS_PINNED : CD_PINS_PARTLY;
}

/* --- seeds ----------------------------------------------------------------------------------------------------------------------------------- */

/* Where text calls a function that sets a generator's state. */
static guint
seeding_line (const CdDocument *document)
{
  static const char *const calls[]
      = { "manual_seed(", "set_seed(", "random.seed(", "seed_everything(", "manual_seed_all(", "seed_all(", "set_random_seed(" };
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    for (const char *at = memmem (document->text, document->length, calls[i], strlen (calls[i])); at != NULL;
         at = memmem (at + 1, document->length - (gsize) (at + 1 - document->text), calls[i], strlen (calls[i]))) {
      gboolean definition = at - document->text >= 4 && memcmp (at - 4, "def ", 4) == 0;
      const CdPassage *passage = cd_document_passage_at (document, (gsize) (at - document->text));
      if (!definition && passage != NULL && passage->kind == CD_PASSAGE_CODE)
        return cd_lines_at (document->lines, (gsize) (at - document->text));
    }
  return 0;
}

static gboolean
is_seed (const char *key)
{
  const char *dot = strrchr (key, '.');
  const char *last = dot != NULL ? dot + 1 : key;
  return g_ascii_strcasecmp (last, "seed") == 0 || g_str_has_suffix (last, "_seed");
}

/* A seed handed to an engine (vllm's LLM (seed=…)), or set in a configuration of a training framework, is read by it. */
static guint
seed_setting (const CdDocument *document, gboolean offered)
{
  for (guint i = 0; i < document->settings->len; i++) {
    const CdSetting *setting = document->settings->pdata[i];
    gboolean option = setting->kind == CD_SETTING_OPTION_DEFAULT || setting->kind == CD_SETTING_ASSIGNMENT;
    if (is_seed (setting->key) && g_ascii_isdigit (*setting->value) && option == offered)
      return setting->line;
  }
  return 0;
}

/* args.seed, config["seed"], seed=args.seed: an option's value is used. */
static gboolean
reads_seed (const CdDocument *document)
{
  static const char *const uses[] = { ".seed", "seed=seed", "[\"seed\"]", "['seed']", "(seed)", "seed=args" };
  for (guint i = 0; i < G_N_ELEMENTS (uses); i++)
    if (memmem (document->text, document->length, uses[i], strlen (uses[i])) != NULL)
      return TRUE;
  return FALSE;
}

static CdSeed
read_seed (const CdCorpus *corpus, const CdScope *scope, CdPlace *place)
{
  CdPlace offered = { 0 }, passed = { 0 };
  gboolean used = FALSE;
  guint sources = 0;
  for (guint i = 0; i < corpus->documents->len && sources < SOURCES_MOST; i++) {
    const CdDocument *document = corpus->documents->pdata[i];
    gboolean python = document->kind == CD_DOCUMENT_PYTHON || document->kind == CD_DOCUMENT_NOTEBOOK;
    gboolean settings = document->kind == CD_DOCUMENT_YAML || document->kind == CD_DOCUMENT_TOML || document->kind == CD_DOCUMENT_SHELL;
    if (!cd_scope_is_own (scope, i) || (!python && !settings) || document->path[0] == '.')
      continue;
    sources += python ? 1 : 0;
    guint line = python ? seeding_line (document) : 0;
    line = line > 0 ? line : document->kind != CD_DOCUMENT_SHELL ? seed_setting (document, FALSE) : 0;
    if (line > 0) {
      *place = (CdPlace){ i, line, line };
      return CD_SEED_SET;
    }
    CdPlace *option = python ? &offered : &passed;
    guint at = option->line == 0 ? seed_setting (document, python) : 0;
    if (at > 0)
      *option = (CdPlace){ i, at, at };
    used = used || (python && reads_seed (document));
  }
  /* What the work's own programs do not offer, a framework's does. */
  *place = offered.line > 0 ? offered : passed;
  if (offered.line > 0)
    return used ? CD_SEED_SET : CD_SEED_UNREAD;
  return passed.line > 0 ? CD_SEED_SET : CD_SEED_NONE;
}

/* The first passage that names accelerators with their number. */
static gboolean
read_hardware (const CdCorpus *corpus, const CdScope *scope, const CdSignals *signals, GPtrArray *hits, CdPlace *place)
{
  gint accelerators = cd_signals_find (signals, "compute.accelerator-count");
  for (guint i = 0; accelerators >= 0 && i < corpus->documents->len; i++) {
    const GArray *found = hits->pdata[i];
    for (guint h = 0; cd_scope_is_own (scope, i) && h < found->len; h++) {
      const CdHit *hit = &g_array_index (found, CdHit, h);
      if (hit->signal == (guint) accelerators) {
        *place = (CdPlace){ i, hit->line, hit->line };
        return TRUE;
      }
    }
  }
  return FALSE;
}

void
cd_environment_gather (CdWork *work, const CdCorpus *corpus, const CdScope *scope, const CdSignals *signals, GPtrArray *hits)
{
  CdEnvironment *environment = &work->environment;
  CdPlace places[3] = { { 0 } };
  environment->dependencies = read_pins (work, corpus, scope, &places[0]);
  environment->seed = read_seed (corpus, scope, &places[1]);
  environment->hardware = read_hardware (corpus, scope, signals, hits, &places[2]);
  environment->places = g_array_new (FALSE, FALSE, sizeof (CdPlace));
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i].line > 0)
      g_array_append_val (environment->places, places[i]);
}
