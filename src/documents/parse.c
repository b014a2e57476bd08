/* A blob into a document: its bytes decoded, its kind's parser called, what could not be read said.
 * What a kind's text means is the parsers' business. */
#include "documents/lines.h"

#include <string.h>

/* Kinds without a row hold no text to read. */
static const CdParser PARSERS[] = {
  [CD_DOCUMENT_MARKDOWN] = cd_parse_markdown,
  [CD_DOCUMENT_LATEX] = cd_parse_latex,
  [CD_DOCUMENT_RST] = cd_parse_rst,
  [CD_DOCUMENT_TEXT] = cd_parse_plain,
  [CD_DOCUMENT_HTML] = cd_parse_html,
  [CD_DOCUMENT_PDF] = cd_parse_pdf,
  [CD_DOCUMENT_NOTEBOOK] = cd_parse_notebook,
  [CD_DOCUMENT_SHELL] = cd_parse_shell,
  [CD_DOCUMENT_PYTHON] = cd_parse_python,
  [CD_DOCUMENT_CODE] = cd_parse_code,
  [CD_DOCUMENT_YAML] = cd_parse_yaml,
  [CD_DOCUMENT_JSON] = cd_parse_json,
  [CD_DOCUMENT_TOML] = cd_parse_toml,
  [CD_DOCUMENT_INI] = cd_parse_ini,
  [CD_DOCUMENT_DEPENDENCIES] = cd_parse_dependencies,
  [CD_DOCUMENT_DATA] = cd_parse_data,
  [CD_DOCUMENT_BIBTEX] = cd_parse_bibtex,
  [CD_DOCUMENT_LICENSE] = cd_parse_plain,
  [CD_DOCUMENT_BINARY] = NULL,
};

static GBytes *
bytes_of_text (char *text)
{
  return g_bytes_new_take (text, strlen (text));
}

/* The blob as UTF-8: a byte order mark dropped, UTF-16 converted, invalid bytes replaced. The blob's own bytes where nothing has to change. */
static GBytes *
decode (GBytes *bytes)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  if (length == 0)
    return g_bytes_ref (bytes);
  if (length >= 2 && (memcmp (text, "\xff\xfe", 2) == 0 || memcmp (text, "\xfe\xff", 2) == 0)) {
    const char *from = text[0] == '\xff' ? "UTF-16LE" : "UTF-16BE";
    gsize written = 0;
    char *converted = g_convert_with_fallback (text + 2, (gssize) ((length - 2) & ~(gsize) 1), "UTF-8", from, "?", NULL, &written, NULL);
    if (converted != NULL)
      return g_utf8_validate_len (converted, written, NULL) ? g_bytes_new_take (converted, written)
                                                            : (g_free (converted), bytes_of_text (cd_text_to_utf8 (text, length)));
  }
  gsize mark = length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  if (memchr (text + mark, '\0', length - mark) != NULL || !cd_text_is_utf8 (text + mark, length - mark))
    return bytes_of_text (cd_text_to_utf8 (text + mark, length - mark));
  return mark > 0 ? g_bytes_new_from_bytes (bytes, mark, length - mark) : g_bytes_ref (bytes);
}

static CdDocument *
make (const CdEntry *entry, CdDocumentKind kind, const char *language, GBytes *source, gint64 size, const char *unread)
{
  CdDocument *document = cd_document_new (entry->path, &entry->oid, kind, source);
  document->language = language;
  document->size = size;
  document->unread = g_strdup (unread);
  return document;
}

/* A link in the tree is understood once its target is known; the file behind it has an entry of its own. */
static CdDocument *
parse_symlink (const CdEntry *entry, const CdBlob *blob)
{
  const char *unread = blob->state == CD_BLOB_READ ? NULL : cd_blob_state_text (blob->state);
  CdDocument *document = make (entry, CD_DOCUMENT_BINARY, "symlink", NULL, blob->size, unread);
  if (blob->state == CD_BLOB_READ) {
    gsize length = 0;
    const char *bytes = g_bytes_get_data (blob->bytes, &length);
    g_autofree char *target = cd_text_to_utf8 (length > 0 ? bytes : "", MIN (length, 4096));
    cd_document_add_link (document, target, "", 1, -1, FALSE, FALSE);
  }
  return document;
}

/* A file that was not read, or need not be. */
static CdDocument *
parse_unread (const CdEntry *entry, const CdBlob *blob, const CdDocumentOptions *options)
{
  const char *language = "", *why = NULL;
  CdDocumentKind kind = cd_document_classify (entry->path, NULL, 0, &language);
  gboolean opaque = cd_document_is_opaque (entry->path, &why);
  gboolean present = blob->state == CD_BLOB_READ || blob->state == CD_BLOB_TOO_LARGE;
  if (opaque && present)
    return make (entry, kind, language, NULL, blob->size, why);
  CdDocument *document = make (entry, kind, language, NULL, blob->size, NULL);
  if (kind == CD_DOCUMENT_PDF && present && !options->keep_pdf)
    cd_parse_pdf (document, options);
  if (document->unread == NULL)
    document->unread = g_strdup (cd_blob_state_text (blob->state));
  return document;
}

CdDocument *
cd_document_parse (const CdEntry *entry, const CdBlob *blob, const CdDocumentOptions *options)
{
  static const CdDocumentOptions defaults = { .keep_pdf = TRUE };
  options = options != NULL ? options : &defaults;
  const char *why = NULL;
  if (entry->kind == CD_ENTRY_SUBMODULE)
    return make (entry, CD_DOCUMENT_BINARY, "submodule", NULL, 0, "submodule, not fetched");
  if (entry->kind == CD_ENTRY_SYMLINK)
    return parse_symlink (entry, blob);
  if (blob->state != CD_BLOB_READ || cd_document_is_opaque (entry->path, &why))
    return parse_unread (entry, blob, options);

  const char *language = "";
  gsize length = 0;
  const char *head = g_bytes_get_data (blob->bytes, &length);
  CdDocumentKind kind = cd_document_classify (entry->path, head, length, &language);
  if (kind == CD_DOCUMENT_BINARY || kind == CD_DOCUMENT_IMAGE) {
    const char *expected = NULL;
    gboolean text_name = strrchr (entry->path, '.') != NULL && cd_document_classify (entry->path, NULL, 0, &expected) != CD_DOCUMENT_TEXT;
    return make (entry, kind, language, NULL, blob->size, text_name ? "not text" : NULL);
  }
  g_autoptr (GBytes) text = kind == CD_DOCUMENT_PDF ? g_bytes_ref (blob->bytes) : decode (blob->bytes);
  CdDocument *document = make (entry, kind, language, text, blob->size, NULL);
  CdParser parse = (gsize) kind < G_N_ELEMENTS (PARSERS) ? PARSERS[kind] : NULL;
  if (parse != NULL && (length > 0 || kind == CD_DOCUMENT_PDF)) /* an empty PDF is a paper that nobody can read */
    parse (document, options);
  return document;
}
