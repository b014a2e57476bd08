/* Packing a document part by part and making it anew. Both directions of a part stand together. What is read back may be damaged: ranges, indexes and
 * enumerations are checked, so that no reader of documents meets one that a parser could not have made. */
#include "documents/stored.h"
#include "documents/prose.h"

typedef struct {
  CdUnpacking *from;
  CdDocument *document;
} Restoring;

static gint32
take_section (const Restoring *restoring)
{
  return (gint32) cd_unpack_signed (restoring->from, -1, (gint64) restoring->document->sections->len - 1);
}

static guint32
take_line (const Restoring *restoring)
{
  return (guint32) cd_unpack_number (restoring->from, G_MAXUINT32);
}

/* Ranges and lines as steps from the passage before: mostly one byte each. */
static void
pack_passages (const CdDocument *document, GByteArray *out)
{
  CdPassage last = { 0 };
  cd_pack_number (out, document->passages->len);
  for (guint i = 0; i < document->passages->len; i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    cd_pack_signed (out, (gint64) passage->start - last.end);
    cd_pack_number (out, passage->end - passage->start);
    cd_pack_signed (out, (gint64) passage->line - last.end_line);
    cd_pack_signed (out, (gint64) passage->end_line - passage->line);
    cd_pack_signed (out, passage->section);
    cd_pack_signed (out, (gint64) passage->paragraph - last.paragraph);
    cd_pack_number (out, passage->kind);
    cd_pack_number (out, passage->flags);
    last = *passage;
  }
}

/* base and a step from it, which together lie in [0, most]. */
static guint32
take_step (const Restoring *restoring, guint32 base, guint32 most)
{
  return (guint32) (base + cd_unpack_signed (restoring->from, -(gint64) base, (gint64) most - base));
}

static void
take_passages (Restoring *restoring)
{
  CdPassage last = { 0 };
  guint32 length = (guint32) restoring->document->length;
  guint count = cd_unpack_count (restoring->from);
  for (guint i = 0; i < count && !restoring->from->bad; i++) {
    CdPassage passage = { .start = take_step (restoring, last.end, length) };
    passage.end = passage.start + (guint32) cd_unpack_number (restoring->from, length - passage.start);
    passage.line = take_step (restoring, last.end_line, G_MAXINT32);
    passage.end_line = take_step (restoring, passage.line, G_MAXINT32);
    passage.section = take_section (restoring);
    passage.paragraph = take_step (restoring, last.paragraph, G_MAXINT32);
    passage.kind = (CdPassageKind) cd_unpack_number (restoring->from, CD_PASSAGE_KINDS - 1);
    passage.flags = (guint) cd_unpack_number (restoring->from, G_MAXUINT32);
    g_array_append_val (restoring->document->passages, passage);
    last = passage;
  }
}

static void
pack_sections (const CdDocument *document, GByteArray *out)
{
  cd_pack_number (out, document->sections->len);
  for (guint i = 0; i < document->sections->len; i++) {
    const CdSection *section = g_ptr_array_index (document->sections, i);
    cd_pack_text (out, section->title);
    cd_pack_number (out, section->level);
    cd_pack_signed (out, section->parent);
    cd_pack_number (out, section->line);
    cd_pack_number (out, section->flags);
  }
}

/* A section's parent stands before it, so that no chain of them goes round. */
static void
take_sections (Restoring *restoring)
{
  guint count = cd_unpack_count (restoring->from);
  for (guint i = 0; i < count && !restoring->from->bad; i++) {
    CdSection *section = g_new0 (CdSection, 1);
    section->title = cd_unpack_text (restoring->from);
    section->level = (guint) cd_unpack_number (restoring->from, G_MAXUINT32);
    section->parent = take_section (restoring);
    section->line = take_line (restoring);
    section->flags = (guint) cd_unpack_number (restoring->from, G_MAXUINT32);
    restoring->from->bad = restoring->from->bad || section->title == NULL;
    g_ptr_array_add (restoring->document->sections, section);
  }
}

static void
pack_links (const CdDocument *document, GByteArray *out)
{
  cd_pack_number (out, document->links->len);
  for (guint i = 0; i < document->links->len; i++) {
    const CdLink *link = g_ptr_array_index (document->links, i);
    cd_pack_text (out, link->target);
    cd_pack_text (out, link->text);
    cd_pack_number (out, link->line);
    cd_pack_signed (out, link->section);
    cd_pack_number (out, link->image ? 1 : 0);
    cd_pack_number (out, link->bare ? 1 : 0);
  }
}

static void
take_links (Restoring *restoring)
{
  guint count = cd_unpack_count (restoring->from);
  for (guint i = 0; i < count && !restoring->from->bad; i++) {
    CdLink *link = g_new0 (CdLink, 1);
    link->target = cd_unpack_text (restoring->from);
    link->text = cd_unpack_text (restoring->from);
    link->line = take_line (restoring);
    link->section = take_section (restoring);
    link->image = cd_unpack_boolean (restoring->from);
    link->bare = cd_unpack_boolean (restoring->from);
    restoring->from->bad = restoring->from->bad || link->target == NULL || link->text == NULL;
    g_ptr_array_add (restoring->document->links, link);
  }
}

static void
pack_table (const CdTable *table, GByteArray *out)
{
  const GPtrArray *first = table->rows->len > 0 ? g_ptr_array_index (table->rows, 0) : NULL;
  guint columns = first != NULL ? first->len : 0;
  cd_pack_number (out, table->rows->len);
  cd_pack_number (out, columns);
  for (guint r = 0; r < table->rows->len; r++)
    for (guint c = 0; c < columns; c++) {
      const CdCell *cell = g_ptr_array_index ((GPtrArray *) g_ptr_array_index (table->rows, r), c);
      cd_pack_text (out, cell->text);
      cd_pack_number (out, (cell->bold ? 1u : 0u) | (cell->heading ? 2u : 0u));
      cd_pack_number (out, cell->line);
    }
  cd_pack_number (out, table->header_rows);
  cd_pack_text (out, table->caption);
  cd_pack_number (out, table->line);
  cd_pack_number (out, table->end_line);
  cd_pack_signed (out, table->section);
}

static void
take_row (Restoring *restoring, CdTableMaker *maker, guint columns)
{
  cd_table_maker_begin_row (maker);
  for (guint c = 0; c < columns && !restoring->from->bad; c++) {
    const char *text = cd_unpack_borrowed (restoring->from);
    guint marks = (guint) cd_unpack_number (restoring->from, 3);
    guint line = take_line (restoring);
    restoring->from->bad = restoring->from->bad || text == NULL;
    if (text != NULL)
      cd_table_maker_add_cell (maker, text, line, (marks & 1) != 0, (marks & 2) != 0, 1, 1);
  }
}

/* As a parser makes it, which bounds it too. */
static CdTable *
take_table (Restoring *restoring)
{
  CdUnpacking *from = restoring->from;
  guint rows = (guint) cd_unpack_number (from, CD_TABLE_ROWS), columns = (guint) cd_unpack_number (from, CD_TABLE_COLUMNS);
  from->bad = from->bad || rows == 0 || columns == 0;
  CdTableMaker *maker = cd_table_maker_new (0, -1);
  for (guint r = 0; r < rows && !from->bad; r++)
    take_row (restoring, maker, columns);
  guint header_rows = (guint) cd_unpack_number (from, rows);
  CdTable *table = cd_table_maker_take (maker, 0, header_rows, cd_unpack_borrowed (from));
  guint line = take_line (restoring), end_line = take_line (restoring);
  gint32 section = take_section (restoring);
  from->bad = from->bad || table == NULL || table->rows->len != rows;
  if (table != NULL) {
    table->line = line;
    table->end_line = end_line;
    table->section = section;
  }
  return table;
}

static void
pack_tables (const GPtrArray *tables, GByteArray *out)
{
  cd_pack_number (out, tables->len);
  for (guint i = 0; i < tables->len; i++)
    pack_table (g_ptr_array_index (tables, i), out);
}

static void
take_tables (Restoring *restoring, GPtrArray *tables)
{
  guint count = cd_unpack_count (restoring->from);
  for (guint i = 0; i < count && !restoring->from->bad; i++) {
    CdTable *table = take_table (restoring);
    if (table != NULL)
      g_ptr_array_add (tables, table);
  }
}

static void
pack_commands (const CdDocument *document, GByteArray *out)
{
  cd_pack_number (out, document->commands->len);
  for (guint i = 0; i < document->commands->len; i++) {
    const CdCommand *command = g_ptr_array_index (document->commands, i);
    cd_pack_texts (out, command->argv);
    cd_pack_text (out, command->text);
    cd_pack_number (out, command->line);
    cd_pack_number (out, command->end_line);
    cd_pack_signed (out, command->section);
    cd_pack_texts (out, command->environment);
    cd_pack_text (out, command->directory);
    cd_pack_text (out, command->language);
    cd_pack_number (out, command->commented ? 1 : 0);
  }
}

static void
take_commands (Restoring *restoring)
{
  guint count = cd_unpack_count (restoring->from);
  for (guint i = 0; i < count && !restoring->from->bad; i++) {
    CdCommand *command = g_new0 (CdCommand, 1);
    command->argv = cd_unpack_texts (restoring->from);
    command->text = cd_unpack_text (restoring->from);
    command->line = take_line (restoring);
    command->end_line = take_line (restoring);
    command->section = take_section (restoring);
    command->environment = cd_unpack_texts (restoring->from);
    command->directory = cd_unpack_text (restoring->from);
    command->language = cd_unpack_text (restoring->from);
    command->commented = cd_unpack_boolean (restoring->from);
    restoring->from->bad = restoring->from->bad || command->argv == NULL || command->argv[0] == NULL || command->text == NULL;
    g_ptr_array_add (restoring->document->commands, command);
  }
}

static void
pack_settings (const CdDocument *document, GByteArray *out)
{
  cd_pack_number (out, document->settings->len);
  for (guint i = 0; i < document->settings->len; i++) {
    const CdSetting *setting = g_ptr_array_index (document->settings, i);
    cd_pack_text (out, setting->key);
    cd_pack_text (out, setting->value);
    cd_pack_number (out, setting->line);
    cd_pack_number (out, setting->kind);
  }
}

static void
take_settings (Restoring *restoring)
{
  guint count = cd_unpack_count (restoring->from);
  for (guint i = 0; i < count && !restoring->from->bad; i++) {
    CdSetting *setting = g_new0 (CdSetting, 1);
    setting->key = cd_unpack_text (restoring->from);
    setting->value = cd_unpack_text (restoring->from);
    setting->line = take_line (restoring);
    setting->kind = (CdSettingKind) cd_unpack_number (restoring->from, CD_SETTING_ARGUMENT);
    restoring->from->bad = restoring->from->bad || setting->key == NULL || setting->value == NULL;
    g_ptr_array_add (restoring->document->settings, setting);
  }
}

static void
pack_needs (const CdDocument *document, GByteArray *out)
{
  cd_pack_number (out, document->imports->len);
  for (guint i = 0; i < document->imports->len; i++) {
    const CdImport *import = g_ptr_array_index (document->imports, i);
    cd_pack_text (out, import->module);
    cd_pack_number (out, import->line);
    cd_pack_number (out, import->relative ? 1 : 0);
  }
  cd_pack_number (out, document->dependencies->len);
  for (guint i = 0; i < document->dependencies->len; i++) {
    const CdDependency *dependency = g_ptr_array_index (document->dependencies, i);
    cd_pack_text (out, dependency->name);
    cd_pack_number (out, dependency->line);
    cd_pack_text (out, dependency->version);
  }
}

static void
take_needs (Restoring *restoring)
{
  CdUnpacking *from = restoring->from;
  guint imports = cd_unpack_count (from);
  for (guint i = 0; i < imports && !from->bad; i++) {
    CdImport *import = g_new0 (CdImport, 1);
    import->module = cd_unpack_text (from);
    import->line = take_line (restoring);
    import->relative = cd_unpack_boolean (from);
    from->bad = from->bad || import->module == NULL;
    g_ptr_array_add (restoring->document->imports, import);
  }
  guint dependencies = cd_unpack_count (from);
  for (guint i = 0; i < dependencies && !from->bad; i++) {
    CdDependency *dependency = g_new0 (CdDependency, 1);
    dependency->name = cd_unpack_text (from);
    dependency->line = take_line (restoring);
    dependency->version = cd_unpack_text (from);
    from->bad = from->bad || dependency->name == NULL || dependency->version == NULL;
    g_ptr_array_add (restoring->document->dependencies, dependency);
  }
}

static void
pack_shape (const CdDataShape *shape, GByteArray *out)
{
  cd_pack_number (out, shape != NULL ? 1 : 0);
  if (shape == NULL)
    return;
  cd_pack_texts (out, shape->fields);
  cd_pack_signed (out, shape->rows);
  cd_pack_number (out, shape->rows_exact ? 1 : 0);
  cd_pack_signed (out, shape->malformed);
}

static CdDataShape *
take_shape (Restoring *restoring)
{
  if (!cd_unpack_boolean (restoring->from))
    return NULL;
  CdDataShape *shape = g_new0 (CdDataShape, 1);
  shape->fields = cd_unpack_texts (restoring->from);
  shape->rows = cd_unpack_signed (restoring->from, -1, G_MAXINT64);
  shape->rows_exact = cd_unpack_boolean (restoring->from);
  shape->malformed = cd_unpack_signed (restoring->from, -1, G_MAXINT64);
  restoring->from->bad = restoring->from->bad || shape->fields == NULL;
  return shape;
}

void
cd_document_pack (const CdDocument *document, GByteArray *out)
{
  cd_pack_number (out, CD_DOCUMENT_LAYOUT);
  cd_pack_number (out, document->kind);
  cd_pack_text (out, document->language);
  cd_pack_signed (out, document->size);
  cd_pack_text (out, document->unread);
  cd_pack_bytes (out, document->text, document->length);
  pack_sections (document, out);
  pack_passages (document, out);
  pack_links (document, out);
  pack_tables (document->tables, out);
  pack_commands (document, out);
  pack_settings (document, out);
  pack_needs (document, out);
  pack_shape (document->data, out);
  cd_pack_number (out, document->placed_tables != NULL ? 1 : 0);
  if (document->placed_tables != NULL)
    pack_tables (document->placed_tables, out);
}

/* The document with its text and nothing else; NULL where the bytes are none. */
static CdDocument *
take_head (CdUnpacking *from, GBytes *value, const char *path, const CdOid *oid)
{
  from->bad = from->bad || cd_unpack_number (from, G_MAXUINT32) != CD_DOCUMENT_LAYOUT;
  CdDocumentKind kind = (CdDocumentKind) cd_unpack_number (from, CD_DOCUMENT_BINARY);
  const char *name = cd_unpack_borrowed (from), *language = name != NULL ? cd_document_language (name) : NULL;
  gint64 size = cd_unpack_signed (from, -1, G_MAXINT64);
  const char *unread = cd_unpack_borrowed (from);
  gsize length = 0;
  const char *text = cd_unpack_bytes (from, &length);
  from->bad = from->bad || language == NULL || !cd_text_is_utf8 (text, length);
  if (from->bad)
    return NULL;
  g_autoptr (GBytes) source = g_bytes_new_from_bytes (value, (gsize) ((const guint8 *) text - from->begin), length);
  CdDocument *document = cd_document_new (path, oid, kind, source);
  document->language = language;
  document->size = size;
  document->unread = g_strdup (unread);
  return document;
}

CdDocument *
cd_document_unpack (CdUnpacking *from, GBytes *value, const char *path, const CdOid *oid)
{
  g_autoptr (CdDocument) document = take_head (from, value, path, oid);
  if (document == NULL)
    return NULL;
  Restoring restoring = { from, document };
  take_sections (&restoring);
  take_passages (&restoring);
  take_links (&restoring);
  take_tables (&restoring, document->tables);
  take_commands (&restoring);
  take_settings (&restoring);
  take_needs (&restoring);
  document->data = take_shape (&restoring);
  if (cd_unpack_boolean (from)) {
    document->placed_tables = g_ptr_array_new_with_free_func (cd_table_free);
    take_tables (&restoring, document->placed_tables);
  }
  return from->bad ? NULL : g_steal_pointer (&document);
}
