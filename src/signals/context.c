/* What a passage's wording and place say about it: plan, negation, other people's work and so on. The wording stands in
 * rubrics/signals/context.yaml; here is how far a flag reaches. */
#include "signals/set.h"
#include <string.h>

static const char *const context_names[] = {
  "plan", "negated", "related", "demo", "boilerplate", "evaluation", "training", "dataset", "install", "comparison", "quoted", "news",
};

const char *
cd_context_name (guint bit)
{
  for (guint i = 0; i < G_N_ELEMENTS (context_names); i++)
    if (bit == 1u << i)
      return context_names[i];
  return NULL;
}

typedef const char *(*NameOf) (guint index);

static const char *
name_of_context (guint index)
{
  return cd_context_name (1u << index);
}

static const char *
name_of_kind (guint index)
{
  return cd_passage_kind_name ((CdPassageKind) index);
}

/* Bits by the names of a table of at most 32 rows. */
static gboolean
read_bits (const CdYaml *yaml, const CdYamlNode *mapping, const char *key, NameOf name_of, guint length, guint *bits, GError **error)
{
  const char *names[33] = { NULL };
  for (guint i = 0; i < length; i++)
    names[i] = name_of (i);
  g_autofree const char **words = cd_yaml_strings (yaml, mapping, key, error);
  if (words == NULL)
    return FALSE;
  *bits = 0;
  for (guint i = 0; words[i] != NULL; i++) {
    guint bit = 0;
    while (bit < length && strcmp (names[bit], words[i]) != 0)
      bit++;
    if (bit == length) {
      const CdYamlNode *list = cd_yaml_get (mapping, key);
      const char *nearest = cd_text_nearest (words[i], names);
      g_autofree char *all = g_strjoinv (", ", (char **) names);
      return cd_yaml_fail (yaml, list->kind == CD_YAML_SCALAR ? list : cd_yaml_at (list, i), error, "unknown \"%s\" in \"%s\"; %s%s", words[i], key,
                           nearest != NULL ? "did you mean " : "it can be ", nearest != NULL ? nearest : all);
    }
    *bits |= 1u << bit;
  }
  return TRUE;
}

gboolean
cd_context_read (const CdYaml *yaml, const CdYamlNode *mapping, const char *key, guint *bits, GError **error)
{
  return read_bits (yaml, mapping, key, name_of_context, G_N_ELEMENTS (context_names), bits, error);
}

gboolean
cd_passage_kinds_read (const CdYaml *yaml, const CdYamlNode *mapping, const char *key, guint *bits, GError **error)
{
  return read_bits (yaml, mapping, key, name_of_kind, CD_PASSAGE_KINDS, bits, error);
}

/* TRUE where section is the title of a README at the root or of a paper: it encloses everything, so that what its wording says
 * ("… Training Framework") says nothing about the parts. The title of any other document does ("# Evaluation" in docs/evaluation.md). */
static gboolean
is_work_title (const CdDocument *document, gint32 section)
{
  if (section != 0 || document->sections->len < 2)
    return FALSE;
  gboolean paper = document->kind == CD_DOCUMENT_PDF || document->kind == CD_DOCUMENT_LATEX;
  gboolean readme = g_ascii_strncasecmp (document->path, "readme", 6) == 0 && strchr (document->path, '/') == NULL;
  const CdSection *first = g_ptr_array_index (document->sections, 0);
  if (!paper && !readme)
    return FALSE;
  for (guint i = 1; i < document->sections->len; i++)
    if (((const CdSection *) g_ptr_array_index (document->sections, i))->level <= first->level)
      return FALSE;
  return TRUE;
}

void
cd_context_mark (CdDocument *document, guint index, guint flags)
{
  CdPassage *passage = &g_array_index (document->passages, CdPassage, index);
  passage->flags |= flags;
  if (passage->kind != CD_PASSAGE_HEADING || passage->section < 0 || (guint) passage->section >= document->sections->len)
    return;
  if (!is_work_title (document, passage->section))
    ((CdSection *) g_ptr_array_index (document->sections, (guint) passage->section))->flags |= flags;
}

/* The flags that the markup before a passage on its line gives it: ">" is a quotation, "- [ ]" an open task. */
static guint
flags_of_markup (const CdDocument *document, const CdPassage *passage)
{
  gsize start = 0, end = 0;
  if (!cd_lines_range (document->lines, document->text, document->length, passage->line, &start, &end))
    return 0;
  const char *at = document->text + start;
  const char *stop = document->text + MIN (end, document->length);
  guint flags = 0;
  while (at < stop && strchr (" \t>", *at) != NULL)
    if (*at++ == '>')
      flags |= CD_CONTEXT_QUOTED;
  while (at < stop && (g_ascii_isdigit (*at) || strchr ("-*+.) ", *at) != NULL))
    at++;
  if (stop - at >= 3 && memcmp (at, "[ ]", 3) == 0)
    flags |= CD_CONTEXT_PLAN;
  return flags;
}

void
cd_context_spread (CdDocument *document)
{
  for (guint i = 0; i < document->sections->len; i++) {
    CdSection *section = g_ptr_array_index (document->sections, i);
    if (section->parent >= 0 && (guint) section->parent < i)
      section->flags |= ((const CdSection *) g_ptr_array_index (document->sections, (guint) section->parent))->flags;
  }
  gboolean markup = document->kind == CD_DOCUMENT_MARKDOWN;
  for (guint i = 0; i < document->passages->len; i++) {
    CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    if (passage->section >= 0 && (guint) passage->section < document->sections->len)
      passage->flags |= ((const CdSection *) g_ptr_array_index (document->sections, (guint) passage->section))->flags;
    if (markup && (passage->kind == CD_PASSAGE_PROSE || passage->kind == CD_PASSAGE_TABLE))
      passage->flags |= flags_of_markup (document, passage);
  }
}

void
cd_context_clear (CdDocument *document)
{
  for (guint i = 0; i < document->sections->len; i++)
    ((CdSection *) g_ptr_array_index (document->sections, i))->flags = 0;
  for (guint i = 0; i < document->passages->len; i++)
    g_array_index (document->passages, CdPassage, i).flags = 0;
}
