/* Patterns into one libhs database, and the longest match of each. Expensive (tens of milliseconds and more): cache.c keeps the result. */
#include "signals/set.h"
#include <stdlib.h>
#include <string.h>

const guint cd_class_kinds[CD_CLASSES] = {
  [CD_CLASS_TEXT] = 1u << CD_PASSAGE_HEADING | 1u << CD_PASSAGE_PROSE | 1u << CD_PASSAGE_TABLE | 1u << CD_PASSAGE_CAPTION,
  [CD_CLASS_COMMENT] = 1u << CD_PASSAGE_COMMENT,
  [CD_CLASS_CODE] = 1u << CD_PASSAGE_COMMAND | 1u << CD_PASSAGE_CODE | 1u << CD_PASSAGE_CONFIG,
  [CD_CLASS_DATA] = 1u << CD_PASSAGE_DATA | 1u << CD_PASSAGE_BIBTEX,
  [CD_CLASS_READER] = 0,
};

/* TRUE where a pattern means other things by bytes than by characters: a class with a letter outside ASCII, or a quantifier after one.
 * Any other pattern is compiled for bytes: machines of a tenth of the size, made in a tenth of the time. In those "." and a negated class
 * stand for one byte, so that a bounded gap ({0,60}) holds a third as many Chinese characters. */
static gboolean
needs_characters (const char *pattern)
{
  gboolean in_class = FALSE;
  for (const char *c = pattern; *c != '\0'; c++) {
    gboolean wide = (guchar) *c >= 0x80;
    if (*c == '\\' && c[1] != '\0') {
      c++;
      if (*c == 'x' && c[1] == '{')
        return TRUE;
    } else if (wide && (in_class || (c[1] != '\0' && strchr ("?*+{", c[1]) != NULL)))
      return TRUE;
    else if (*c == '[' && !in_class)
      in_class = TRUE;
    else if (*c == ']')
      in_class = FALSE;
  }
  return FALSE;
}

static guint
flags_of (const CdSignal *signal)
{
  return HS_FLAG_MULTILINE | (signal->caseless ? HS_FLAG_CASELESS : 0) | (signal->dotall ? HS_FLAG_DOTALL : 0)
         | (needs_characters (signal->pattern) ? HS_FLAG_UTF8 : 0);
}

static void
fail (const CdSignals *signals, guint index, const char *message, GError **error)
{
  const CdSignal *signal = cd_signals_at (signals, index);
  const CdSignalForm *form = &g_array_index (signals->forms, CdSignalForm, index);
  g_set_error (error, CD_ERROR, CD_ERROR_INPUT, "%s:%u:%u: signal \"%s\": %s", signal->file, form->line, form->column, signal->id, message);
}

static gboolean
measure (CdSignals *signals, guint index, GError **error)
{
  const CdSignal *signal = cd_signals_at (signals, index);
  hs_expr_info_t *info = NULL;
  hs_compile_error_t *why = NULL;
  if (hs_expression_info (signal->pattern, flags_of (signal), &info, &why) != HS_SUCCESS) {
    fail (signals, index, why->message, error);
    hs_free_compile_error (why);
    return FALSE;
  }
  g_array_index (signals->forms, CdSignalForm, index).width = info->max_width;
  free (info);
  return TRUE;
}

static gboolean
looks_at (const CdSignal *signal, CdPassageClass class)
{
  gboolean reader = g_str_has_prefix (signal->id, CD_READER_PREFIX);
  return reader ? class == CD_CLASS_READER : (signal->where & cd_class_kinds[class]) != 0;
}

/* Every signal that looks at one class of passages into one database. */
static gboolean
compile_class (CdSignals *signals, CdPassageClass class, const hs_platform_info_t *platform, GError **error)
{
  guint all = cd_signals_length (signals), length = 0;
  g_autofree const char **patterns = g_new (const char *, all);
  g_autofree guint *flags = g_new (guint, all);
  g_autofree guint *ids = g_new (guint, all);
  for (guint i = 0; i < all; i++) {
    const CdSignal *signal = cd_signals_at (signals, i);
    if (!looks_at (signal, class))
      continue;
    patterns[length] = signal->pattern;
    flags[length] = flags_of (signal);
    ids[length++] = i;
  }
  if (length == 0)
    return TRUE;
  hs_compile_error_t *why = NULL;
  if (hs_compile_multi (patterns, flags, ids, length, HS_MODE_BLOCK, platform, &signals->databases[class], &why) == HS_SUCCESS)
    return TRUE;
  if (why->expression >= 0)
    fail (signals, ids[why->expression], why->message, error);
  else
    g_set_error (error, CD_ERROR, CD_ERROR_INTERNAL, "the signals cannot be compiled together: %s", why->message);
  hs_free_compile_error (why);
  return FALSE;
}

gboolean
cd_signals_compile (CdSignals *signals, gboolean portable, GError **error)
{
  /* No processor features named: libhs's baseline, which every processor that it runs on has. */
  static const hs_platform_info_t baseline = { .tune = HS_TUNE_FAMILY_GENERIC };
  for (guint i = 0; i < cd_signals_length (signals); i++)
    if (!measure (signals, i, error))
      return FALSE;
  for (CdPassageClass class = 0; class < CD_CLASSES; class ++)
    if (!compile_class (signals, class, portable ? &baseline : NULL, error))
      return FALSE;
  return TRUE;
}
