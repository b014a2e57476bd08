/* A breadth-first walk over the documents; each is read once, so the cost is that of the tokens in it.
 * What a written path means is paths.c's; what parts a document has is documents/'s. */
#include "scope/reach.h"
#include <string.h>

#define TOKEN_LIMIT 256u

typedef struct {
  const CdCorpus *corpus;
  const CdUpstream *upstream;
  const CdPathIndex *index;
  const guint8 *differs;
  CdFileScope *files;
  GArray *queue; /* guint: documents to read */
  guint8 *queued;
} Reach;

static const CdDocument *
document_at (const Reach *reach, guint i)
{
  return reach->corpus->documents->pdata[i];
}

static gboolean
is_own (const Reach *reach, guint i)
{
  return reach->files[i].owner == CD_OWNER_WORK || reach->files[i].owner == CD_OWNER_CALLED;
}

static void
enqueue (Reach *reach, guint i)
{
  if (reach->queued[i])
    return;
  reach->queued[i] = 1;
  g_array_append_val (reach->queue, i);
}

/* Kinds whose copy, named by the work, acts for it: it is run, or configures what is run. A copied page that is linked does not. */
static gboolean
acts (const CdDocument *document)
{
  switch (document->kind) {
    case CD_DOCUMENT_SHELL:
    case CD_DOCUMENT_PYTHON:
    case CD_DOCUMENT_YAML:
    case CD_DOCUMENT_JSON:
    case CD_DOCUMENT_TOML:
    case CD_DOCUMENT_INI:
    case CD_DOCUMENT_DEPENDENCIES:
    case CD_DOCUMENT_DATA:
    case CD_DOCUMENT_NOTEBOOK:
    case CD_DOCUMENT_CODE:
      return TRUE;
    default:
      return FALSE;
  }
}

/* An own document names the file: it counts for the work. An unchanged framework's program that the work runs is read, but what it
 * leads to is the framework's affair. */
static void
name_file (Reach *reach, gint target)
{
  if (target < 0 || reach->files[target].owner == CD_OWNER_OUTSIDE)
    return;
  CdFileScope *file = &reach->files[target];
  const CdDocument *document = document_at (reach, (guint) target);
  gboolean unchanged = file->owner == CD_OWNER_UPSTREAM;
  file->reached = TRUE;
  if ((unchanged || file->owner == CD_OWNER_VENDORED) && (acts (document) || reach->differs[target]))
    file->owner = CD_OWNER_CALLED;
  if (unchanged && document->kind == CD_DOCUMENT_PYTHON)
    reach->queued[target] = 1;
  if (is_own (reach, (guint) target))
    enqueue (reach, (guint) target);
}

/* An own file imports the module: reached, but a copy stays a copy unless it was changed. */
static void
import_file (Reach *reach, gint target)
{
  if (target < 0 || reach->files[target].owner == CD_OWNER_OUTSIDE)
    return;
  CdFileScope *file = &reach->files[target];
  file->reached = TRUE;
  if (file->owner == CD_OWNER_VENDORED && reach->differs[target])
    file->owner = CD_OWNER_CALLED;
  if (is_own (reach, (guint) target))
    enqueue (reach, (guint) target);
}

/* TRUE where [start, length) may be a path: its base name, or that with the ending of a script, stands in the tree. */
static gboolean
looks_like_file (const Reach *reach, const char *start, gsize length)
{
  if (length < 3 || length > TOKEN_LIMIT)
    return FALSE;
  const char *slash = memrchr (start, '/', length);
  const char *name = slash != NULL ? slash + 1 : start;
  gsize rest = length - (gsize) (name - start);
  return (slash != NULL || memchr (name, '.', rest) != NULL) && cd_path_index_has_name (reach->index, name, rest); /* most words have neither */
}

static void
follow_token (Reach *reach, guint from, const char *directory, const char *start, gsize length)
{
  while (length > 0 && strchr (".,:;", start[length - 1]) != NULL)
    length--;
  if (!looks_like_file (reach, start, length))
    return;
  g_autofree char *written = g_strndup (start, length);
  name_file (reach, cd_path_index_resolve (reach->index, reach->files, from, directory, written));
}

/* Path tokens of running text. */
static void
follow_text (Reach *reach, guint from, const char *directory, const char *text, gsize length)
{
  static const guint8 is_stop[256] = {
    [0] = 1,   [' '] = 1, ['\t'] = 1, ['\r'] = 1, ['\n'] = 1, ['"'] = 1,  ['\''] = 1, ['`'] = 1, ['('] = 1,
    [')'] = 1, ['['] = 1, [']'] = 1,  ['<'] = 1,  ['>'] = 1,  ['{'] = 1,  ['}'] = 1,  [','] = 1, [';'] = 1,
    ['|'] = 1, ['*'] = 1, ['='] = 1,  ['!'] = 1,  ['&'] = 1,  ['\\'] = 1, ['@'] = 1,
  };
  gsize start = 0;
  for (gsize i = 0; i <= length; i++)
    if (i == length || is_stop[(guchar) text[i]]) {
      if (i - start >= 3)
        follow_token (reach, from, directory, text + start, i - start);
      start = i + 1;
    }
}

static void
follow_command (Reach *reach, guint from, const CdCommand *command)
{
  for (guint i = 0; command->argv != NULL && command->argv[i] != NULL; i++) {
    const char *word = command->argv[i];
    if (g_str_equal (word, "-m") && command->argv[i + 1] != NULL) {
      name_file (reach, cd_path_index_module (reach->index, reach->files, from, command->directory, command->argv[i + 1]));
      continue;
    }
    follow_text (reach, from, command->directory, word, strlen (word));
    gboolean runs = i > 0
                    && (g_str_equal (command->argv[i - 1], "bash") || g_str_equal (command->argv[i - 1], "sh")
                        || g_str_equal (command->argv[i - 1], "source") || g_str_equal (command->argv[i - 1], "sbatch"));
    if (runs && strchr (word, '.') == NULL)
      name_file (reach, cd_path_index_resolve (reach->index, reach->files, from, command->directory, word));
  }
}

/* A link into a known framework's own repository says nothing about the copy here. */
static void
follow_link (Reach *reach, guint from, const CdLink *link)
{
  if (strstr (link->target, "://") != NULL && cd_upstream_hosted (reach->upstream, link->target) >= 0)
    return;
  if (*link->target == '#' || g_str_has_prefix (link->target, "mailto:"))
    return;
  gint target = cd_path_index_resolve (reach->index, reach->files, from, NULL, link->target);
  if (target < 0 && strstr (link->target, "://") == NULL) {
    g_autofree char *readme = g_strconcat (link->target, "/README.md", NULL);
    target = cd_path_index_resolve (reach->index, reach->files, from, NULL, readme);
  }
  name_file (reach, target);
}

static void
follow_passages (Reach *reach, guint from)
{
  const CdDocument *document = document_at (reach, from);
  for (guint i = 0; i < document->passages->len; i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    if (passage->kind != CD_PASSAGE_DATA && passage->kind != CD_PASSAGE_BIBTEX && passage->kind != CD_PASSAGE_COMMAND)
      follow_text (reach, from, NULL, document->text + passage->start, passage->end - passage->start);
  }
}

static void
follow_document (Reach *reach, guint from)
{
  const CdDocument *document = document_at (reach, from);
  switch (document->kind) {
    case CD_DOCUMENT_MARKDOWN:
    case CD_DOCUMENT_RST:
    case CD_DOCUMENT_TEXT:
    case CD_DOCUMENT_HTML:
    case CD_DOCUMENT_NOTEBOOK:
    case CD_DOCUMENT_YAML:
    case CD_DOCUMENT_TOML:
    case CD_DOCUMENT_INI:
    case CD_DOCUMENT_SHELL:
      follow_passages (reach, from);
      break;
    default:
      break;
  }
  for (guint i = 0; i < document->links->len && document->kind != CD_DOCUMENT_PYTHON; i++)
    follow_link (reach, from, document->links->pdata[i]);
  for (guint i = 0; i < document->commands->len; i++)
    follow_command (reach, from, document->commands->pdata[i]);
  for (guint i = 0; i < document->settings->len; i++) {
    const CdSetting *setting = document->settings->pdata[i];
    follow_text (reach, from, NULL, setting->value, strlen (setting->value));
  }
  for (guint i = 0; i < document->imports->len; i++) {
    const CdImport *import = document->imports->pdata[i];
    import_file (reach, cd_path_index_module (reach->index, reach->files, from, NULL, import->module));
  }
}

/* Settings of services and editors (.github, .vscode) lead nowhere: what continuous integration tests is not what the work did. */
static gboolean
is_hidden (const CdDocument *document)
{
  return *document->path == '.' || strstr (document->path, "/.") != NULL;
}

/* Where the work begins to speak: its own pages. A page inside a copied folder speaks only once it is named. */
static gboolean
is_start (const CdDocument *document, const CdFileScope *file)
{
  return file->owner == CD_OWNER_WORK
         && (document->kind == CD_DOCUMENT_MARKDOWN || document->kind == CD_DOCUMENT_RST || document->kind == CD_DOCUMENT_TEXT);
}

void
cd_reach_follow (const CdCorpus *corpus, const CdUpstream *upstream, const CdPathIndex *index, const guint8 *differs, CdFileScope *files)
{
  g_autoptr (GArray) queue = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint8 *queued = g_new0 (guint8, corpus->documents->len + 1);
  Reach reach = { corpus, upstream, index, differs, files, queue, queued };
  for (guint i = 0; i < corpus->documents->len; i++)
    if (is_start (corpus->documents->pdata[i], &files[i])) {
      files[i].reached = strchr (document_at (&reach, i)->path, '/') == NULL;
      enqueue (&reach, i);
    }
  for (guint next = 0; next < queue->len; next++)
    if (!is_hidden (document_at (&reach, g_array_index (queue, guint, next))))
      follow_document (&reach, g_array_index (queue, guint, next));
}
