/* Roles by kind, then by name and front matter. Whether the document is the work's own is scope.c's affair. */
#include "scope/role.h"
#include <string.h>

static const char *const role_names[CD_ROLES]
    = { "other", "readme", "doc", "card", "paper", "script", "config", "code", "notebook", "data", "dependencies", "license", "citation", "bibtex" };

const char *
cd_role_name (CdRole role)
{
  return role < CD_ROLES ? role_names[role] : "other";
}

CdRole
cd_role_parse (const char *name)
{
  for (guint i = 0; i < CD_ROLES; i++)
    if (strcmp (name, role_names[i]) == 0)
      return (CdRole) i;
  return CD_ROLES;
}

/* Keys of a hub card's front matter (https://huggingface.co/docs/hub/model-cards). */
static gboolean
has_card_matter (const CdDocument *document)
{
  static const char *const keys[]
      = { "base_model", "datasets", "task_categories", "pipeline_tag", "library_name", "size_categories", "dataset_info", NULL };
  for (guint i = 0; i < document->settings->len; i++) {
    const CdSetting *setting = document->settings->pdata[i];
    if (setting->kind != CD_SETTING_FRONT_MATTER)
      continue;
    g_auto (GStrv) parts = g_strsplit (setting->key, ".", 2);
    if (parts[0] != NULL && g_strv_contains (keys, parts[0]))
      return TRUE;
  }
  return FALSE;
}

static CdRole
role_of_prose (const CdDocument *document, const char *base)
{
  const char *slash = strchr (document->path, '/');
  gboolean shallow = slash == NULL || strchr (slash + 1, '/') == NULL;
  if (g_ascii_strncasecmp (base, "readme", 6) == 0 && shallow)
    return CD_ROLE_README;
  if (has_card_matter (document) || strcasestr (base, "model_card") != NULL || strcasestr (base, "datasheet") != NULL
      || strcasestr (base, "data_card") != NULL || strcasestr (base, "modelcard") != NULL || strcasestr (base, "datacard") != NULL)
    return CD_ROLE_CARD;
  return CD_ROLE_DOC;
}

CdRole
cd_role_of (const CdDocument *document)
{
  const char *slash = strrchr (document->path, '/');
  const char *base = slash ? slash + 1 : document->path;
  if (g_ascii_strcasecmp (base, "citation.cff") == 0 || g_ascii_strcasecmp (base, "codemeta.json") == 0)
    return CD_ROLE_CITATION;
  switch (document->kind) {
    case CD_DOCUMENT_MARKDOWN:
    case CD_DOCUMENT_RST:
    case CD_DOCUMENT_TEXT:
    case CD_DOCUMENT_HTML:
      return role_of_prose (document, base);
    case CD_DOCUMENT_PDF:
    case CD_DOCUMENT_LATEX:
      return CD_ROLE_PAPER;
    case CD_DOCUMENT_SHELL:
      return CD_ROLE_SCRIPT;
    case CD_DOCUMENT_YAML:
    case CD_DOCUMENT_JSON:
    case CD_DOCUMENT_TOML:
    case CD_DOCUMENT_INI:
      return CD_ROLE_CONFIG;
    case CD_DOCUMENT_PYTHON:
    case CD_DOCUMENT_CODE:
      return CD_ROLE_CODE;
    case CD_DOCUMENT_NOTEBOOK:
      return CD_ROLE_NOTEBOOK;
    case CD_DOCUMENT_DATA:
      return CD_ROLE_DATA;
    case CD_DOCUMENT_DEPENDENCIES:
      return CD_ROLE_DEPENDENCIES;
    case CD_DOCUMENT_LICENSE:
      return CD_ROLE_LICENSE;
    case CD_DOCUMENT_BIBTEX:
      return CD_ROLE_BIBTEX;
    default:
      return CD_ROLE_OTHER;
  }
}
