/* Reads addresses. Tables of hosts and reserved first path parts; the forms are those that the hosts themselves document. */
#include "work/hub.h"
#include <string.h>

typedef struct {
  const char *host;
  CdHubKind kind;
} Host;
static const Host hosts[] = {
  { "huggingface.co", CD_HUB_MODEL },
  { "hf.co", CD_HUB_MODEL },
  { "hf-mirror.com", CD_HUB_MODEL },
  { "modelscope.cn", CD_HUB_OWNER },
  { "modelscope.ai", CD_HUB_OWNER },
  { "wisemodel.cn", CD_HUB_OWNER },
  { "github.com", CD_HUB_FORGE },
  { "gitlab.com", CD_HUB_FORGE },
  { "gitee.com", CD_HUB_FORGE },
  { "arxiv.org", CD_HUB_PAPER },
  { "alphaxiv.org", CD_HUB_PAPER },
  { "openreview.net", CD_HUB_PAPER },
  { "aclanthology.org", CD_HUB_PAPER },
  { "doi.org", CD_HUB_PAPER },
  { "proceedings.mlr.press", CD_HUB_PAPER },
  { "papers.nips.cc", CD_HUB_PAPER },
  { "proceedings.neurips.cc", CD_HUB_PAPER },
  { "openaccess.thecvf.com", CD_HUB_PAPER },
  { "dl.acm.org", CD_HUB_PAPER },
  { "techrxiv.org", CD_HUB_PAPER },
  { "drive.google.com", CD_HUB_FILE_SHARE },
  { "pan.baidu.com", CD_HUB_FILE_SHARE },
  { "1drv.ms", CD_HUB_FILE_SHARE },
  { "zenodo.org", CD_HUB_FILE_SHARE },
  { "dropbox.com", CD_HUB_FILE_SHARE },
  { "figshare.com", CD_HUB_FILE_SHARE },
};

/* First path parts of huggingface.co and github.com that are pages of the site, not owners. */
static const char *const reserved[] = { "docs",     "blog",     "models",  "join",  "settings",    "tasks",  "organizations", "learn",
                                        "chat",     "posts",    "pricing", "login", "new",         "search", "metrics",       "features",
                                        "topics",   "sponsors", "orgs",    "apps",  "marketplace", "about",  "notifications", "user-attachments",
                                        "trending", NULL };

void
cd_hub_address_clear (CdHubAddress *address)
{
  g_clear_pointer (&address->owner, g_free);
  g_clear_pointer (&address->name, g_free);
  address->kind = CD_HUB_NONE;
}

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '_' || c == '.';
}

/* The next path part of *cursor as a copy, "" at the end; moves behind it and its slash. */
static char *
next_part (const char **cursor)
{
  const char *start = *cursor;
  const char *end = start;
  while (is_name_char (*end))
    end++;
  *cursor = *end == '/' ? end + 1 : end + strlen (end);
  while (end > start && end[-1] == '.')
    end--;
  return g_strndup (start, (gsize) (end - start));
}

static const Host *
find_host (const char *url, const char **path)
{
  const char *start = strstr (url, "://");
  start = start ? start + 3 : url;
  const char *at = strpbrk (start, "@/");
  if (at != NULL && *at == '@')
    start = at + 1;
  if (g_ascii_strncasecmp (start, "www.", 4) == 0)
    start += 4;
  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++) {
    gsize length = strlen (hosts[i].host);
    if (g_ascii_strncasecmp (start, hosts[i].host, length) == 0 && (start[length] == '/' || start[length] == ':')) {
      *path = start + length + 1;
      return &hosts[i];
    }
  }
  return NULL;
}

static gboolean
parse_paper (const char *path, CdHubAddress *address)
{
  address->kind = CD_HUB_PAPER;
  const char *digits = path + strcspn (path, "0123456789");
  gsize length = strspn (digits, "0123456789.");
  gboolean arxiv = length >= 9 && digits[4] == '.';
  address->name = arxiv ? g_strndup (digits, digits[length - 1] == '.' ? length - 1 : length) : g_strdup (path);
  return *path != '\0';
}

static gboolean
parse_owned (CdHubKind kind, const char *path, CdHubAddress *address)
{
  address->owner = next_part (&path);
  address->name = next_part (&path);
  if (address->owner[0] == '\0' || g_strv_contains (reserved, address->owner))
    return FALSE;
  if (g_str_has_suffix (address->name, ".git"))
    address->name[strlen (address->name) - 4] = '\0';
  address->kind = address->name[0] == '\0' ? CD_HUB_OWNER : kind;
  return TRUE;
}

gboolean
cd_hub_parse (const char *url, CdHubAddress *address)
{
  *address = (CdHubAddress){ 0 };
  const char *path = NULL;
  const Host *host = find_host (url, &path);
  if (host == NULL || *path == '\0')
    return FALSE;
  gboolean known = FALSE;
  static const struct {
    const char *prefix;
    CdHubKind kind;
  } sections[] = {
    { "datasets/", CD_HUB_DATASET },       { "spaces/", CD_HUB_SPACE }, { "studios/", CD_HUB_SPACE },
    { "collections/", CD_HUB_COLLECTION }, { "models/", CD_HUB_MODEL },
  };
  if (host->kind == CD_HUB_PAPER || (host->kind == CD_HUB_MODEL && g_str_has_prefix (path, "papers/")))
    known = parse_paper (path, address);
  else if (host->kind == CD_HUB_FILE_SHARE) {
    address->kind = CD_HUB_FILE_SHARE;
    address->name = g_strdup (url);
    known = TRUE;
  } else if (host->kind == CD_HUB_FORGE)
    known = parse_owned (CD_HUB_FORGE, path, address);
  else {
    CdHubKind kind = host->kind;
    for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
      if (g_str_has_prefix (path, sections[i].prefix)) {
        kind = sections[i].kind;
        path += strlen (sections[i].prefix);
        break;
      }
    known = parse_owned (kind == CD_HUB_OWNER ? CD_HUB_NONE : kind, path, address) && address->kind != CD_HUB_NONE;
  }
  if (!known)
    cd_hub_address_clear (address);
  return known;
}

gboolean
cd_hub_is_id (const char *text)
{
  static const char *const file_endings[] = { ".py",  ".sh",  ".json",  ".jsonl", ".yaml", ".yml", ".csv", ".md", ".txt", ".parquet", ".png",
                                              ".jpg", ".pdf", ".ipynb", ".toml",  ".tsv",  ".cfg", ".log", ".pt", ".bin", NULL };
  static const char *const folders[]
      = { "data",    "datasets", "dataset", "saves", "outputs",   "output", "checkpoints", "ckpts",    "models", "model", "path", "your",
          "scripts", "src",      "results", "logs",  "configs",   "config", "recipes",     "examples", "train",  "eval",  "home", "mnt",
          "root",    "tmp",      "user",    "users", "workspace", "assets", "figures",     "images",   "and",    "or",    NULL };
  const char *slash = strchr (text, '/');
  if (slash == NULL || slash == text || slash - text > 96 || strchr (slash + 1, '/') != NULL || slash[1] == '\0' || strlen (text) > 200)
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    if (*c != '/' && !is_name_char (*c))
      return FALSE;
  if (text[0] == '.' || text[0] == '-' || slash[1] == '.' || g_ascii_isdigit (text[0]))
    return FALSE;
  for (guint i = 0; file_endings[i] != NULL; i++)
    if (g_str_has_suffix (text, file_endings[i]))
      return FALSE;
  g_autofree char *owner = g_ascii_strdown (text, slash - text);
  return !g_strv_contains (folders, owner) && g_regex_match_simple ("[A-Za-z]", slash + 1, 0, 0);
}
