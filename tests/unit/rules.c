/* Rule directories on disk, and documents built through the parsers' own building blocks. */
#include "rules.h"
#include "documents/parsers.h"
#include <glib/gstdio.h>
#include <string.h>

char *
rules_new (const char *const *names_and_texts)
{
  char *root = g_dir_make_tmp ("candor-rules-XXXXXX", NULL);
  for (guint i = 0; names_and_texts[i] != NULL; i += 2) {
    g_autofree char *path = g_build_filename (root, names_and_texts[i], NULL);
    g_autofree char *folder = g_path_get_dirname (path);
    g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
    g_assert_true (g_file_set_contents (path, names_and_texts[i + 1], -1, NULL));
  }
  return root;
}

void
rules_free (char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    rules_free (g_build_filename (path, name, NULL));
  g_remove (path);
  g_free (path);
}

static const struct {
  const char *prefix;
  CdPassageKind kind;
} kinds[] = {
  { "# ", CD_PASSAGE_HEADING }, { "## ", CD_PASSAGE_HEADING }, { "| ", CD_PASSAGE_TABLE }, { "$ ", CD_PASSAGE_COMMAND },
  { "% ", CD_PASSAGE_CODE },    { "// ", CD_PASSAGE_COMMENT }, { "", CD_PASSAGE_PROSE },
};

CdDocument *
rules_document (const char *path, CdDocumentKind kind, const char *text)
{
  static const CdOid no_oid = { { 0 } };
  g_autoptr (GBytes) source = g_bytes_new (text, strlen (text));
  CdDocument *document = cd_document_new (path, &no_oid, kind, source);
  gint32 section = -1;
  guint paragraph = 1, line = 1;
  for (const char *start = text; *start != '\0'; line++) {
    gsize length = strcspn (start, "\n"), row = 0;
    if (length == 0)
      paragraph++;
    else {
      while (!g_str_has_prefix (start, kinds[row].prefix))
        row++;
      gsize skip = kinds[row].kind == CD_PASSAGE_HEADING || kinds[row].kind == CD_PASSAGE_PROSE ? 0 : strlen (kinds[row].prefix);
      g_autofree char *title = g_strndup (start, length);
      if (kinds[row].kind == CD_PASSAGE_HEADING)
        section = cd_document_add_section (document, title, (guint) strcspn (start, " "), line);
      gsize offset = (gsize) (start - text);
      cd_document_add_passage (document, kinds[row].kind, offset + skip, offset + length, section, paragraph);
    }
    start += length + (start[length] == '\n' ? 1 : 0);
  }
  return document;
}
