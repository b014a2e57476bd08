/* What the tree itself has of datasets: cards and licences in folders of their names, files of records, submodules, revisions in calls. */
#include "lineage/provenance-parts.h"
#include <string.h>

#define KEY_LEAST 3u    /* letters of a name that is one */
#define NAMESAKES 64u   /* files under one name that are looked at */
#define REVISIONS 1000u /* arguments that name one */
#define MODULE_LINES 2000
#define LICENSE_BYTES ((gsize) 400)

static const CdDocument *
document_at (const CdProvenance *gathering, guint index)
{
  return gathering->corpus->documents->pdata[index];
}

/* The key of a path's last part without its ending, or of the folder before it; "" none. Caller frees. */
static char *
key_of_part (const char *path, gboolean folder)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  guint count = g_strv_length (parts), wanted = folder ? 2 : 1;
  if (count < wanted)
    return g_strdup ("");
  char *dot = folder ? NULL : strrchr (parts[count - 1], '.');
  if (dot != NULL)
    *dot = '\0';
  return cd_text_key (parts[count - wanted]);
}

static void
index_part (CdProvenance *gathering, const char *path, gboolean folder, guint document)
{
  g_autofree char *key = key_of_part (path, folder);
  if (strlen (key) < KEY_LEAST)
    return;
  GArray *documents = g_hash_table_lookup (gathering->by_key, key);
  if (documents == NULL) {
    documents = g_array_new (FALSE, FALSE, sizeof (guint));
    g_hash_table_insert (gathering->by_key, g_steal_pointer (&key), documents);
  }
  if (documents->len < NAMESAKES)
    g_array_append_val (documents, document);
}

/* Once for all datasets: what bears a name, and arguments that name revisions. */
void
cd_provenance_index_tree (CdProvenance *gathering)
{
  for (guint i = 0; i < gathering->corpus->documents->len; i++) {
    const CdDocument *document = document_at (gathering, i);
    if (document->data != NULL || document->kind == CD_DOCUMENT_MARKDOWN)
      index_part (gathering, document->path, FALSE, i);
    if (document->kind == CD_DOCUMENT_LICENSE || document->kind == CD_DOCUMENT_MARKDOWN)
      index_part (gathering, document->path, TRUE, i);
    for (guint s = 0; s < document->settings->len; s++) {
      const CdSetting *setting = document->settings->pdata[s];
      CdPlace place = { i, setting->line, s };
      if (setting->kind == CD_SETTING_ARGUMENT && g_str_has_suffix (setting->key, ".revision") && gathering->revisions->len < REVISIONS)
        g_array_append_val (gathering->revisions, place);
    }
  }
}

/* The front matter of a card. */
static void
read_card (const CdProvenance *gathering, CdDatasetFacts *facts, const CdDocument *document)
{
  for (guint s = 0; s < document->settings->len; s++) {
    const CdSetting *setting = document->settings->pdata[s];
    if (setting->kind == CD_SETTING_FRONT_MATTER && strcmp (setting->key, "license") == 0)
      cd_provenance_set_license (gathering, facts, setting->value, g_strdup_printf ("%s:%u", document->path, setting->line));
  }
}

static void
read_license_file (const CdProvenance *gathering, CdDatasetFacts *facts, const CdDocument *document)
{
  g_autofree char *head = g_utf8_make_valid (document->text, (gssize) MIN (document->length, LICENSE_BYTES));
  const CdLicense *license = cd_licenses_in_text (gathering->licenses, head);
  if (license != NULL)
    cd_provenance_set_license (gathering, facts, license->id, g_strdup_printf ("%s:1", document->path));
}

void
cd_provenance_read_rows (CdDatasetFacts *facts, const CdDocument *document)
{
  if (document->data == NULL || !document->data->rows_exact || facts->rows >= 0)
    return;
  facts->rows = document->data->rows;
  facts->located = TRUE;
}

/* What the tree has of the dataset: its card, its licence, its records. */
void
cd_provenance_read_tree (const CdProvenance *gathering, CdDatasetFacts *facts)
{
  const char *slash = strrchr (facts->name, '/');
  g_autofree char *key = cd_text_key (slash != NULL ? slash + 1 : facts->name);
  const GArray *documents = g_hash_table_lookup (gathering->by_key, key);
  for (guint i = 0; documents != NULL && i < documents->len; i++) {
    const CdDocument *document = document_at (gathering, g_array_index (documents, guint, i));
    if (document->kind == CD_DOCUMENT_LICENSE)
      read_license_file (gathering, facts, document);
    else if (document->kind == CD_DOCUMENT_MARKDOWN)
      read_card (gathering, facts, document);
    else
      cd_provenance_read_rows (facts, document);
  }
}

/* The value of "key = value" in a line of .gitmodules; NULL for another key. Caller frees. */
static char *
value_of (const char *line, const char *key)
{
  const char *at = line + strspn (line, " \t");
  if (!g_str_has_prefix (at, key))
    return NULL;
  at += strlen (key);
  at += strspn (at, " \t");
  return *at == '=' ? g_strstrip (g_strdup (at + 1)) : NULL;
}

void
cd_provenance_read_submodules (const CdProvenance *gathering, CdDatasetFacts *facts)
{
  const CdDocument *modules = cd_corpus_find (gathering->corpus, ".gitmodules");
  g_auto (GStrv) lines = g_strsplit (modules != NULL ? modules->text : "", "\n", MODULE_LINES);
  g_autofree char *path = NULL;
  for (guint i = 0; lines[i] != NULL && facts->revision == NULL; i++) {
    char *found = value_of (lines[i], "path");
    g_autofree char *url = value_of (lines[i], "url");
    if (found != NULL) {
      g_free (path);
      path = found;
    }
    const CdEntry *entry = path != NULL && url != NULL && strcasestr (url, facts->name) != NULL ? cd_snapshot_find (gathering->snapshot, path) : NULL;
    char hex[41];
    if (entry == NULL || entry->kind != CD_ENTRY_SUBMODULE)
      continue;
    cd_oid_to_hex (&entry->oid, hex);
    cd_provenance_set_revision (facts, hex);
  }
}
