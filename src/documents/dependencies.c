/* Requirement lists, conda environments, lock files: names and versions with their lines. */
#include "documents/config.h"

#include <string.h>

#define NAME_BYTES 128u
#define DEPENDENCIES 20000u

void
cd_document_add_dependency (CdDocument *document, const char *name, const char *version, guint line)
{
  if (*name == '\0' || document->dependencies->len >= DEPENDENCIES)
    return;
  CdDependency *dependency = g_new0 (CdDependency, 1);
  dependency->name = g_strdup (name);
  dependency->version = g_strdup (version);
  dependency->line = line;
  g_ptr_array_add (document->dependencies, dependency);
}

/* The name that a URL requirement installs: after "#egg=", else the repository's. Caller frees. */
static char *
name_of_url (const char *url)
{
  const char *egg = strstr (url, "#egg=");
  if (egg != NULL)
    return g_strndup (egg + 5, strcspn (egg + 5, "&[ "));
  gsize length = strcspn (url, "#;? ");
  const char *at = memrchr (url, '@', length);
  const char *slash = memrchr (url, '/', length);
  if (at != NULL && slash != NULL && at > slash)
    length = (gsize) (at - url);
  g_autofree char *whole = g_strndup (url, length);
  char *base = g_path_get_basename (whole);
  if (g_str_has_suffix (base, ".git"))
    base[strlen (base) - 4] = '\0';
  return base;
}

void
cd_document_add_requirement (CdDocument *document, const char *text, gsize length, guint line)
{
  g_autofree char *copy = g_strndup (text, MIN (length, 1024));
  g_strstrip (copy);
  if (strstr (copy, "://") != NULL && strstr (copy, " @ ") == NULL) {
    g_autofree char *name = name_of_url (copy);
    cd_document_add_dependency (document, name, copy, line);
    return;
  }
  gsize name = 0;
  while (g_ascii_isalnum (copy[name]) || (copy[name] != '\0' && strchr ("._-", copy[name]) != NULL))
    name++;
  if (name == 0 || name > NAME_BYTES || !g_ascii_isalnum (copy[0]))
    return;
  char *version = copy + name;
  if (*version == '[')
    version += strcspn (version, "]") + (strchr (version, ']') != NULL ? 1 : 0);
  version += strspn (version, " \t@");
  char *marker = strchr (version, ';');
  if (marker != NULL)
    *marker = '\0';
  if (*version != '\0' && strchr ("=<>!~^*", *version) == NULL && strstr (version, "://") == NULL && !g_ascii_isdigit (*version))
    return; /* a sentence, not a requirement */
  g_autofree char *key = g_strndup (copy, name);
  cd_document_add_dependency (document, key, g_strstrip (version), line);
}

typedef void (*LineReader) (CdDocument *document, const char *text, gsize length, guint line, gpointer state);

/* A pip line: options other than -e name no package. */
static void
read_pip (CdDocument *document, const char *text, gsize length, guint line, gpointer state)
{
  (void) state;
  if (length > 3 && memcmp (text, "-e ", 3) == 0)
    cd_document_add_requirement (document, text + 3, length - 3, line);
  else if (*text != '-')
    cd_document_add_requirement (document, text, length, line);
}

/* A conda line: entries of lists are packages, "name=1.0=build" included; keys other than lists of packages are settings. */
static void
read_conda (CdDocument *document, const char *text, gsize length, guint line, gpointer state)
{
  gboolean *packages = state;
  gsize at = 0;
  while (at < length && (text[at] == '-' || text[at] == ' '))
    at++;
  const char *colon = memchr (text + at, ':', length - at);
  gsize key_end = colon != NULL ? (gsize) (colon - text) : 0;
  gboolean key = colon != NULL && (key_end + 1 == length || text[key_end + 1] == ' ');
  if (key) {
    g_autofree char *name = g_strndup (text + at, key_end - at);
    g_autofree char *value = cd_config_unquote (text + key_end + 1, length - key_end - 1);
    *packages = strcmp (name, "dependencies") == 0 || strcmp (name, "pip") == 0;
    if (*value != '\0')
      cd_config_add (document, name, value, line);
  } else if (*packages && at > 0) {
    g_autofree char *entry = cd_config_unquote (text + at, length - at);
    const char *channel = strstr (entry, "::");
    const char *package = channel != NULL && strstr (entry, "://") == NULL ? channel + 2 : entry;
    cd_document_add_requirement (document, package, strlen (package), line);
  }
}

/* Lock files: name = "x" followed by version = "y". */
static void
read_lock (CdDocument *document, const char *text, gsize length, guint line, gpointer state)
{
  char **name = state;
  gboolean names = length > 7 && memcmp (text, "name = ", 7) == 0, versions = length > 10 && memcmp (text, "version = ", 10) == 0;
  if (*text == '[')
    g_clear_pointer (name, g_free);
  if (names) {
    g_free (*name);
    *name = cd_config_unquote (text + 7, MIN (length - 7, NAME_BYTES));
  } else if (versions && *name != NULL) {
    g_autofree char *version = cd_config_unquote (text + 10, MIN (length - 10, NAME_BYTES));
    cd_document_add_dependency (document, *name, version, line);
    g_clear_pointer (name, g_free);
  }
}

static void
read_lines (CdDocument *document, LineReader read, gpointer state)
{
  const char *text = document->text;
  guint line = 1;
  for (gsize at = 0; at < document->length; line++) {
    const char *newline = memchr (text + at, '\n', document->length - at);
    gsize end = newline != NULL ? (gsize) (newline - text) : document->length;
    CdRange range = cd_range_trim (text, (CdRange){ at, cd_config_comment (text, at, end, "#") });
    if (range.end > range.start)
      read (document, text + range.start, range.end - range.start, line, state);
    at = end + 1;
  }
}

void
cd_parse_dependencies (CdDocument *document, const CdDocumentOptions *options)
{
  g_autofree char *base = g_path_get_basename (document->path);
  g_autofree char *name = NULL;
  gboolean packages = FALSE;
  if (strcmp (base, "Pipfile") == 0) {
    cd_parse_toml (document, options);
    return;
  }
  if (g_str_has_suffix (base, ".lock") || strcmp (document->language, "json") == 0 || g_str_has_prefix (base, "pnpm-lock")) {
    read_lines (document, read_lock, &name);
    return; /* generated: its lines tell a reader nothing more */
  }
  if (g_str_has_suffix (base, ".yml") || g_str_has_suffix (base, ".yaml"))
    read_lines (document, read_conda, &packages);
  else
    read_lines (document, read_pip, NULL);
  cd_config_add_lines (document, "#");
}
