/* The document itself: made empty, filled by a parser through the cd_document_add_* functions, looked up by readers.
 * What a blob says is the parsers' business; context flags are set by signals/. */
#include "documents/document.h"

#include "documents/parsers.h"
#include "documents/prose.h"

#include <string.h>

static const char *const KIND_NAMES[] = {
  [CD_DOCUMENT_MARKDOWN] = "markdown", [CD_DOCUMENT_LATEX] = "latex",   [CD_DOCUMENT_RST] = "rst",
  [CD_DOCUMENT_TEXT] = "text",         [CD_DOCUMENT_HTML] = "html",     [CD_DOCUMENT_PDF] = "pdf",
  [CD_DOCUMENT_NOTEBOOK] = "notebook", [CD_DOCUMENT_SHELL] = "shell",   [CD_DOCUMENT_PYTHON] = "python",
  [CD_DOCUMENT_CODE] = "code",         [CD_DOCUMENT_YAML] = "yaml",     [CD_DOCUMENT_JSON] = "json",
  [CD_DOCUMENT_TOML] = "toml",         [CD_DOCUMENT_INI] = "ini",       [CD_DOCUMENT_DEPENDENCIES] = "dependencies",
  [CD_DOCUMENT_DATA] = "data",         [CD_DOCUMENT_BIBTEX] = "bibtex", [CD_DOCUMENT_LICENSE] = "license",
  [CD_DOCUMENT_IMAGE] = "image",       [CD_DOCUMENT_BINARY] = "binary",
};

static const char *const PASSAGE_NAMES[CD_PASSAGE_KINDS] = {
  [CD_PASSAGE_HEADING] = "heading", [CD_PASSAGE_PROSE] = "prose",   [CD_PASSAGE_TABLE] = "table",     [CD_PASSAGE_CAPTION] = "caption",
  [CD_PASSAGE_COMMAND] = "command", [CD_PASSAGE_CODE] = "code",     [CD_PASSAGE_COMMENT] = "comment", [CD_PASSAGE_CONFIG] = "config",
  [CD_PASSAGE_DATA] = "data",       [CD_PASSAGE_BIBTEX] = "bibtex",
};

const char *
cd_document_kind_name (CdDocumentKind kind)
{
  return (gsize) kind < G_N_ELEMENTS (KIND_NAMES) ? KIND_NAMES[kind] : "unknown";
}

const char *
cd_passage_kind_name (CdPassageKind kind)
{
  return (gsize) kind < CD_PASSAGE_KINDS ? PASSAGE_NAMES[kind] : "unknown";
}

static void
section_free (gpointer data)
{
  CdSection *section = data;
  g_free (section->title);
  g_free (section);
}

static void
link_free (gpointer data)
{
  CdLink *link = data;
  g_free (link->target);
  g_free (link->text);
  g_free (link);
}

static void
command_free (gpointer data)
{
  CdCommand *command = data;
  g_strfreev (command->argv);
  g_strfreev (command->environment);
  g_free (command->text);
  g_free (command->directory);
  g_free (command->language);
  g_free (command);
}

static void
setting_free (gpointer data)
{
  CdSetting *setting = data;
  g_free (setting->key);
  g_free (setting->value);
  g_free (setting);
}

static void
import_free (gpointer data)
{
  CdImport *import = data;
  g_free (import->module);
  g_free (import);
}

static void
dependency_free (gpointer data)
{
  CdDependency *dependency = data;
  g_free (dependency->name);
  g_free (dependency->version);
  g_free (dependency);
}

CdDocument *
cd_document_new (const char *path, const CdOid *oid, CdDocumentKind kind, GBytes *source)
{
  CdDocument *document = g_new0 (CdDocument, 1);
  document->references = 1;
  document->path = g_strdup (path);
  if (oid != NULL)
    document->oid = *oid;
  document->kind = kind;
  document->language = "";
  document->passages = g_array_new (FALSE, FALSE, sizeof (CdPassage));
  document->sections = g_ptr_array_new_with_free_func (section_free);
  document->links = g_ptr_array_new_with_free_func (link_free);
  document->tables = g_ptr_array_new_with_free_func (cd_table_free);
  document->commands = g_ptr_array_new_with_free_func (command_free);
  document->settings = g_ptr_array_new_with_free_func (setting_free);
  document->imports = g_ptr_array_new_with_free_func (import_free);
  document->dependencies = g_ptr_array_new_with_free_func (dependency_free);
  cd_document_set_text (document, source);
  document->size = (gint64) document->length;
  return document;
}

void
cd_document_set_text (CdDocument *document, GBytes *source)
{
  GBytes *kept = source != NULL ? g_bytes_ref (source) : NULL;
  g_clear_pointer (&document->source, g_bytes_unref);
  g_clear_pointer (&document->lines, cd_lines_free);
  document->source = kept;
  document->text = "";
  document->length = 0;
  if (kept != NULL && g_bytes_get_size (kept) > 0)
    document->text = g_bytes_get_data (kept, &document->length);
  document->lines = cd_lines_new (document->text, document->length);
}

CdDocument *
cd_document_ref (CdDocument *document)
{
  g_atomic_int_inc (&document->references);
  return document;
}

void
cd_document_free (CdDocument *document)
{
  if (document == NULL || !g_atomic_int_dec_and_test (&document->references))
    return;
  g_free (document->path);
  g_clear_pointer (&document->source, g_bytes_unref);
  cd_lines_free (document->lines);
  g_array_unref (document->passages);
  g_ptr_array_unref (document->sections);
  g_ptr_array_unref (document->links);
  g_ptr_array_unref (document->tables);
  g_clear_pointer (&document->placed_tables, g_ptr_array_unref);
  g_ptr_array_unref (document->commands);
  g_ptr_array_unref (document->settings);
  g_ptr_array_unref (document->imports);
  g_ptr_array_unref (document->dependencies);
  if (document->data != NULL)
    g_strfreev (document->data->fields);
  g_free (document->data);
  g_free (document->unread);
  g_free (document);
}

guint
cd_document_add_passage (CdDocument *document, CdPassageKind kind, gsize start, gsize end, gint32 section, guint paragraph)
{
  CdPassage passage = { .start = (guint32) start, .end = (guint32) end, .section = section, .paragraph = paragraph, .kind = kind };
  guint last = document->passages->len;
  guint hint = last > 0 ? g_array_index (document->passages, CdPassage, last - 1).end_line : 1;
  passage.line = cd_lines_near (document->lines, start, hint);
  passage.end_line = cd_lines_near (document->lines, end > start ? end - 1 : start, passage.line);
  g_array_append_val (document->passages, passage);
  return document->passages->len - 1;
}

guint
cd_document_next_paragraph (const CdDocument *document)
{
  guint length = document->passages->len;
  return length == 0 ? 0 : g_array_index (document->passages, CdPassage, length - 1).paragraph + 1;
}

gint32
cd_document_add_section (CdDocument *document, const char *title, guint level, guint line)
{
  gint32 parent = (gint32) document->sections->len - 1;
  while (parent >= 0) {
    const CdSection *above = g_ptr_array_index (document->sections, (guint) parent);
    if (above->level < level)
      break;
    parent = above->parent;
  }
  CdSection *section = g_new0 (CdSection, 1);
  section->title = cd_text_to_utf8 (title, strlen (title));
  section->level = level;
  section->parent = parent;
  section->line = line;
  g_ptr_array_add (document->sections, section);
  return (gint32) document->sections->len - 1;
}

void
cd_document_add_link (CdDocument *document, const char *target, const char *text, guint line, gint32 section, gboolean image, gboolean bare)
{
  CdLink *link = g_new0 (CdLink, 1);
  link->target = cd_text_to_utf8 (target, strlen (target));
  link->text = cd_text_to_utf8 (text, strlen (text));
  link->line = line;
  link->section = section;
  link->image = image;
  link->bare = bare;
  g_ptr_array_add (document->links, link);
}

void
cd_document_add_setting (CdDocument *document, CdSettingKind kind, const char *key, const char *value, guint line)
{
  CdSetting *setting = g_new0 (CdSetting, 1);
  setting->key = cd_text_to_utf8 (key, strlen (key));
  setting->value = cd_text_to_utf8 (value, strlen (value));
  setting->line = line;
  setting->kind = kind;
  g_ptr_array_add (document->settings, setting);
}

CdPassage *
cd_document_passage_at (const CdDocument *document, gsize offset)
{
  guint low = 0;
  guint high = document->passages->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    CdPassage *passage = &g_array_index (document->passages, CdPassage, middle);
    if (offset < passage->start)
      high = middle;
    else if (offset >= passage->end)
      low = middle + 1;
    else
      return passage;
  }
  return NULL;
}

const CdPassage *
cd_document_passage_on (const CdDocument *document, guint line)
{
  gsize start = 0, end = 0;
  if (!cd_lines_range (document->lines, document->text, document->length, line, &start, &end))
    return NULL;
  guint low = 0, high = document->passages->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (g_array_index (document->passages, CdPassage, middle).start < MAX (end, start + 1))
      low = middle + 1;
    else
      high = middle;
  }
  const CdPassage *last = low > 0 ? &g_array_index (document->passages, CdPassage, low - 1) : NULL;
  return last != NULL && last->end > start ? last : NULL;
}

char *
cd_document_section_path (const CdDocument *document, gint32 section)
{
  GString *path = g_string_new (NULL);
  while (section >= 0 && (guint) section < document->sections->len) {
    const CdSection *at = g_ptr_array_index (document->sections, (guint) section);
    if (path->len > 0)
      g_string_prepend (path, " / ");
    g_string_prepend (path, at->title);
    section = at->parent;
  }
  return g_string_free (path, FALSE);
}

char *
cd_document_passage_text (const CdDocument *document, const CdPassage *passage)
{
  g_autoptr (GString) collapsed = g_string_sized_new (passage->end - passage->start + 1u);
  cd_text_append_collapsed (collapsed, document->text + passage->start, passage->end - passage->start);
  return cd_text_to_utf8 (collapsed->str, collapsed->len);
}
