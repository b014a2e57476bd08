/* What remarks beside a command say of it: that a value is the reader's own to give. Whether the documents name a path or variable at all is
 * command-tree.c's business. */
#include "scope/role.h"
#include "work/command-finding.h"
#include "work/command-sentences.h"
#include <string.h>

#define REMARK_LINES 4u /* above a command that its block's comments are read */
#define REMARK_BYTES 400u

static const CdPlace HERE = { 0 };

/* What was set makes half of the value, or is the folder that an absolute path begins with. */
static gboolean
is_much_of (const char *value, const char *set)
{
  gsize length = strlen (set);
  gboolean begins = *value == '/' && length >= 4 && g_str_has_prefix (value, set) && (value[length] == '/' || set[length - 1] == '/');
  return begins || (length * 2 >= strlen (value) && strstr (value, set) != NULL);
}

CdPlace
cd_case_place_of (const CdCommandCase *the_case, const char *value, const char **name)
{
  const CdDocument *document = cd_case_document (the_case, the_case->command->document);
  for (guint i = 0; i < document->settings->len; i++) {
    const CdSetting *setting = document->settings->pdata[i];
    if (setting->kind == CD_SETTING_ASSIGNMENT && *setting->value != '\0' && setting->line <= the_case->command->command->line
        && is_much_of (value, setting->value)) {
      *name = setting->key;
      return (CdPlace){ the_case->command->document, setting->line, setting->line };
    }
  }
  return HERE;
}

/* The remark on a line, in lower case; with whole only where there is nothing else on it. NULL none. Caller frees. */
static char *
remark_on (const CdDocument *document, guint line, gboolean whole)
{
  gsize start = 0, end = 0;
  if (line == 0 || !cd_lines_range (document->lines, document->text, document->length, line, &start, &end))
    return NULL;
  const char *last = document->text + end, *hash = document->text + start;
  while (whole && hash < last && (*hash == ' ' || *hash == '\t'))
    hash++;
  hash = whole ? hash : memrchr (hash, '#', MIN (end - start, REMARK_BYTES));
  if (hash == NULL || hash >= last || *hash != '#')
    return NULL;
  return g_ascii_strdown (hash, (gssize) MIN ((gsize) (last - hash), REMARK_BYTES));
}

static gboolean
holds_any (const char *remark, const char *const *words)
{
  for (; remark != NULL && *words != NULL; words++)
    if (strstr (remark, *words) != NULL)
      return TRUE;
  return FALSE;
}

/* A remark on the line itself tells to change it: "MODEL=/x  # your path". */
static gboolean
has_remark (const CdDocument *document, guint line)
{
  static const char *const words[] = { "your", "replace", "change", "set ", "modify", "edit", "fill", "path to", NULL };
  g_autofree char *remark = remark_on (document, line, FALSE);
  return holds_any (remark, words);
}

/* So does one above it; there "set the path" only says what the line does. */
static gboolean
has_remark_above (const CdDocument *document, guint line)
{
  static const char *const words[] = { "your", "replace", "change ", "modify", "替换", "修改", NULL };
  g_autofree char *remark = remark_on (document, line - 1, TRUE);
  return holds_any (remark, words);
}

gboolean
cd_case_is_named_to_edit (const CdCommandCase *the_case, CdPlace place, const char *name)
{
  return (name != NULL && cd_command_tree_told (the_case->checking->tree, name))
         || (place.line > 0
             && (has_remark (cd_case_document (the_case, place.document), place.line)
                 || has_remark_above (cd_case_document (the_case, place.document), place.line)));
}

/* The comment above a command of a page tells to change what the command's program reads: "# replace the input by your own". */
static gboolean
is_told_above (const CdCommandCase *the_case)
{
  const CdDocument *document = cd_case_document (the_case, the_case->command->document);
  guint line = the_case->command->command->line;
  const CdPassage *own = cd_document_passage_on (document, line);
  if (own == NULL || document->kind == CD_DOCUMENT_SHELL)
    return FALSE;
  if (has_remark (document, line))
    return TRUE;
  for (guint above = line - 1; above > 0 && above + REMARK_LINES >= line; above--) {
    const CdPassage *passage = cd_document_passage_on (document, above);
    if (passage == NULL || passage->paragraph != own->paragraph || passage->section != own->section)
      return FALSE;
    if (passage->kind != CD_PASSAGE_COMMENT)
      continue;
    g_autofree char *text = g_ascii_strdown (document->text + passage->start, (gssize) MIN (passage->end - passage->start, REMARK_BYTES));
    if (cd_text_tells_to_edit (text))
      return TRUE;
  }
  return FALSE;
}

gboolean
cd_case_is_told (const CdCommandCase *the_case, CdPlace place, const char *name)
{
  const CdDocument *document = cd_case_document (the_case, place.line > 0 ? place.document : the_case->command->document);
  CdRole role = cd_role_of (document);
  gboolean edited = role == CD_ROLE_SCRIPT || role == CD_ROLE_CONFIG || role == CD_ROLE_CODE;
  return (edited && cd_command_tree_told (the_case->checking->tree, document->path)) || cd_case_is_named_to_edit (the_case, place, name)
         || is_told_above (the_case);
}
