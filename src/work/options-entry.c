/* Which document packaging metadata means by a program's name; what options it takes is options.c's business. */
#include "work/options.h"
#include <string.h>

static const char *
find (const CdDocument *document, const char *word)
{
  return memmem (document->text, document->length, word, strlen (word));
}

/* "package.module:function" → the module's document. */
static gint
find_entry (const CdScope *scope, guint from, const char *entry)
{
  g_autofree char *module = g_strndup (entry, strcspn (entry, ":'\" ,\n"));
  return *module != '\0' ? cd_scope_resolve_path (scope, from, NULL, module) : -1;
}

gint
cd_program_find (const CdCorpus *corpus, const CdScope *scope, const char *name)
{
  g_autofree char *entry = g_strdup_printf (".scripts.%s", name);
  g_autofree char *console = g_strdup_printf ("%s=", name);
  g_autofree char *spaced = g_strdup_printf ("%s = ", name);
  for (guint i = 0; i < corpus->documents->len; i++) {
    const CdDocument *document = corpus->documents->pdata[i];
    gint found = -1;
    for (guint s = 0; document->kind == CD_DOCUMENT_TOML && s < document->settings->len && found < 0; s++) {
      const CdSetting *setting = document->settings->pdata[s];
      if (g_str_has_suffix (setting->key, entry))
        found = find_entry (scope, i, setting->value);
    }
    if (g_str_has_suffix (document->path, "setup.py") && find (document, "console_scripts") != NULL) {
      const char *at = find (document, console), *apart = find (document, spaced);
      found = at != NULL ? find_entry (scope, i, at + strlen (console)) : apart != NULL ? find_entry (scope, i, apart + strlen (spaced)) : -1;
    }
    if (found >= 0)
      return found;
  }
  return -1;
}
