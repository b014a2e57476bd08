/* The section on lineage, for a terminal and as Markdown. What was found is lineage/'s; here it is put into words: evidence with its place, and what is
 * missing, never a reproach. */
#include "report/lineage.h"
#include "report/markup.h"
#include <string.h>

#define INDENT 2u
#define NAME_MOST 26u /* columns of a model's name */
#define NAMED 3u      /* models in the sentence on what is missing */

/* How many lines of each sort a page shows; a list of Markdown holds more. */
typedef struct {
  guint teachers, judges, inherited, ceilings, terms;
} Room;
static const Room page_room = { 3, 3, 2, 2, 1 }, list_room = { 20, 10, 10, 10, 10 };

static const char *const disclosures[] = { "disclosed", "code only", "hinted" };

/* "gpt-4o at data/make.py:12"; the name alone where there is no place. */
static void
append_found (GString *out, const CdAudit *audit, const CdTeacher *teacher)
{
  g_string_append (out, teacher->model != NULL ? teacher->model : "an unnamed model");
  if (teacher->traces->len == 0)
    return;
  const CdTrace *trace = &g_array_index (teacher->traces, CdTrace, 0);
  g_autofree char *place = cd_report_place (audit, trace->document, trace->line);
  g_string_append_printf (out, " at %s", place);
}

static gboolean
is_hidden (const CdTeacher *teacher)
{
  return teacher->model != NULL && teacher->disclosure != CD_DISCLOSURE_DISCLOSED;
}

#define NOT_CERTAIN ", not certain"

static gboolean
is_doubtful (const CdTeacher *teacher)
{
  return is_hidden (teacher) && !cd_teacher_is_certain (teacher);
}

/* What can be said of a teacher that documents do not disclose. */
typedef enum {
  FOUND_UNTOLD,    /* certain, and named in no document */
  FOUND_BESIDE,    /* certain, and named beside results only */
  FOUND_UNCERTAIN, /* shown by code, not for certain */
  FOUND_NAMED,     /* named in documents, which were not read to say what for */
  FOUND_UNNAMED,   /* told of without a name */
  FOUND_SORTS
} Found;

static Found
sort_of (const CdTeacher *teacher)
{
  if (teacher->model == NULL)
    return FOUND_UNNAMED;
  if (teacher->disclosure == CD_DISCLOSURE_HINTED)
    return FOUND_NAMED;
  if (!cd_teacher_is_certain (teacher))
    return FOUND_UNCERTAIN;
  return teacher->named.line > 0 ? FOUND_BESIDE : FOUND_UNTOLD;
}

/* A clause on the teachers of one sort that were used for the same; where documents name them, with the places. */
static void
append_clause (GString *out, const CdAudit *audit, Found sort, const GPtrArray *teachers)
{
  static const struct {
    const char *before, *use, *after; /* around what they were used for; names come before "after" */
  } forms[] = {
    [FOUND_UNTOLD] = { "evidence of ", " with ", ", not mentioned in the documents" },
    [FOUND_BESIDE] = { "evidence of ", " with ", ", not mentioned in the documents but beside results" },
    [FOUND_UNCERTAIN] = { "evidence of ", " with ", " is not certain; a reader is needed" },
    [FOUND_NAMED] = { "a lead for a reader: what may be ", " with ", ", named in the documents" },
    [FOUND_UNNAMED] = { "", "", "" },
  };
  const CdTeacher *first = teachers->pdata[0];
  g_string_append_printf (out, "%s%s%s%s", out->len > 0 ? "; " : "", forms[sort].before, first->model != NULL ? cd_teaches_use (first->roles) : "",
                          forms[sort].use);
  for (guint i = 0; i < teachers->len; i++) {
    const CdTeacher *teacher = teachers->pdata[i];
    g_string_append (out, i > 0 ? ", " : "");
    append_found (out, audit, teacher);
  }
  g_string_append (out, forms[sort].after);
  for (guint i = 0; (sort == FOUND_NAMED || sort == FOUND_BESIDE) && i < teachers->len; i++) {
    const CdTrace *named = &((const CdTeacher *) teachers->pdata[i])->named;
    g_autofree char *place = cd_report_place (audit, named->document, named->line);
    g_string_append_printf (out, "%s%s%s", i > 0 ? ", " : " (", place, i + 1 < teachers->len ? "" : ")");
  }
}

/* Teachers of a sort that were used for what "use" says; NULL: for anything. Caller unrefs. */
static GPtrArray *
pick_teachers (const GPtrArray *hidden, Found sort, const char *use)
{
  GPtrArray *picked = g_ptr_array_new ();
  for (guint i = 0; i < hidden->len; i++) {
    CdTeacher *teacher = hidden->pdata[i];
    if (sort_of (teacher) == sort && g_str_equal (cd_teaches_use (teacher->roles), use))
      g_ptr_array_add (picked, teacher);
  }
  return picked;
}

/* What a reader has to know before drawing conclusions: which teachers the documents do not name, what they were used for, and which of them code does not
 * show for certain. NULL nothing. Caller frees. */
static char *
missing_of (const CdAudit *audit)
{
  static const guint uses[] = { CD_TEACHES_ANSWER, CD_TEACHES_VERIFY, CD_TEACHES_REWARD };
  const CdLineage *lineage = audit->lineage;
  g_autoptr (GPtrArray) hidden = g_ptr_array_new ();
  for (guint i = 0; i < lineage->teachers->len && hidden->len < NAMED; i++) {
    CdTeacher *teacher = lineage->teachers->pdata[i];
    Found sort = sort_of (teacher);
    gboolean overshadowed = (sort == FOUND_UNCERTAIN || sort == FOUND_NAMED) && lineage->label == CD_DISTILLATION_UNDISCLOSED;
    if (!overshadowed && (teacher->model == NULL || is_hidden (teacher)))
      g_ptr_array_add (hidden, teacher);
  }
  GString *missing = g_string_new (NULL);
  for (guint sort = 0; sort < FOUND_SORTS; sort++)
    for (guint use = 0; use < G_N_ELEMENTS (uses); use++) {
      g_autoptr (GPtrArray) picked = pick_teachers (hidden, sort, cd_teaches_use (uses[use]));
      if (picked->len > 0)
        append_clause (missing, audit, sort, picked);
    }
  gboolean found = missing->len > 0;
  char *text = g_string_free (missing, !found);
  return found ? text : NULL;
}

/* TRUE where a document says of some model, by name or without, that it made training data. */
static gboolean
is_told_of_any (const CdLineage *lineage)
{
  for (guint i = 0; i < lineage->teachers->len; i++)
    if (!is_hidden (lineage->teachers->pdata[i]))
      return TRUE;
  return FALSE;
}

char *
cd_report_lineage_summary (const CdAudit *audit)
{
  static const char *const plain[] = {
    [CD_DISTILLATION_UNKNOWN] = "neither documents nor code tell how the training data was made",
    [CD_DISTILLATION_NONE] = "no other model was found whose outputs made training data or rewards",
    [CD_DISTILLATION_SELF] = "the training data was found to be made by the work's own models, and by no other",
    [CD_DISTILLATION_DISCLOSED] = "the documents name every model that was found to have made training data or rewards",
    [CD_DISTILLATION_PARTIAL] = "the documents tell of some models that made training data, not of all or not by name",
    [CD_DISTILLATION_INHERITED_ONLY] = "no teacher of its own was found; what it starts from or trains on was made from other models' outputs",
  };
  CdDistillation label = audit->lineage->label;
  g_autofree char *missing = missing_of (audit);
  if (label == CD_DISTILLATION_UNDISCLOSED)
    return g_strdup_printf ("%s; a reader should confirm it", missing != NULL ? missing : "a teacher that no document mentions");
  if (missing == NULL)
    return g_strdup (plain[label]);
  if (label == CD_DISTILLATION_UNKNOWN)
    return g_steal_pointer (&missing);
  const char *start = plain[label];
  if (label == CD_DISTILLATION_DISCLOSED)
    start = "the documents name models that made training data or rewards";
  else if (label == CD_DISTILLATION_PARTIAL && !is_told_of_any (audit->lineage))
    start = "the documents hint at a model behind the training data, and name none";
  return g_strdup_printf ("%s: %s", start, missing);
}

/* "answer, verify". Caller frees. */
static char *
roles_of (const CdTeacher *teacher)
{
  const char *names[CD_TEACHES_ROLES + 1] = { NULL };
  guint count = 0;
  for (guint i = 0; i < CD_TEACHES_ROLES; i++)
    if (teacher->roles & (1u << i))
      names[count++] = cd_teaches_name (i);
  return g_strjoinv (", ", (char **) names);
}

/* Write text from the section's margin, or from where the line stands, with where it was found, or where it can be read up. */
static void
put_found (CdPage *page, const CdAudit *audit, const char *text, const GArray *traces, const char *source, CdTint tint)
{
  const CdTrace *trace = traces->len > 0 ? &g_array_index (traces, CdTrace, 0) : NULL;
  g_autofree char *place = trace != NULL ? cd_report_place (audit, trace->document, trace->line) : NULL;
  const char *where = source != NULL ? source : place;
  g_autofree char *line = where != NULL ? g_strdup_printf ("%s (%s)", text, where) : g_strdup (text);
  cd_page_move (page, INDENT);
  cd_page_wrap (page, line, tint);
  cd_page_end (page);
}

/* The bounds that are shown: of each kind as many as there is room for, in their order. Borrowed members; free the array. */
static GPtrArray *
pick_bounds (const CdAudit *audit, const Room *room)
{
  GPtrArray *picked = g_ptr_array_new ();
  guint left[] = { room->ceilings, room->terms, 1, 1 };
  for (guint i = 0; i < audit->bounds->len; i++) {
    CdBound *bound = audit->bounds->pdata[i];
    if (left[bound->kind] == 0)
      continue;
    left[bound->kind]--;
    g_ptr_array_add (picked, bound);
  }
  return picked;
}

#define ATTENTION "; above its teacher, for attention and not as an accusation"

static void
put_more (CdPage *page, guint shown, guint all)
{
  if (all <= shown)
    return;
  cd_page_move (page, INDENT);
  cd_page_printf (page, CD_TINT_FAINT, "and %u more", all - shown);
  cd_page_end (page);
}

static void
put_teachers (CdPage *page, const CdAudit *audit)
{
  const GPtrArray *teachers = audit->lineage->teachers;
  guint columns = 0, shown = MIN (teachers->len, page_room.teachers);
  for (guint i = 0; i < shown; i++) {
    const CdTeacher *teacher = teachers->pdata[i];
    columns = MAX (columns, cd_page_columns (page, teacher->model != NULL ? teacher->model : "unnamed"));
  }
  columns = MIN (columns, NAME_MOST);
  for (guint i = 0; i < shown; i++) {
    const CdTeacher *teacher = teachers->pdata[i];
    g_autofree char *roles = roles_of (teacher);
    g_autofree char *said = g_strdup_printf ("%s%s%s; %s", disclosures[teacher->disclosure], is_doubtful (teacher) ? NOT_CERTAIN : "",
                                             teacher->unpinned ? "; unpinned alias" : "", roles);
    cd_page_move (page, INDENT);
    cd_page_put_middle (page, teacher->model != NULL ? teacher->model : "unnamed", columns, CD_TINT_STRONG);
    cd_page_move (page, INDENT + columns + 2);
    put_found (page, audit, said, teacher->traces, NULL, CD_TINT_NONE);
  }
  put_more (page, shown, teachers->len);
}

static void
put_judges (CdPage *page, const CdAudit *audit)
{
  const GPtrArray *judges = audit->lineage->judges;
  if (judges->len == 0)
    return;
  g_autoptr (GString) line = g_string_new ("judges of results, no teachers: ");
  for (guint i = 0; i < judges->len && i < page_room.judges; i++) {
    g_string_append (line, i > 0 ? ", " : "");
    append_found (line, audit, judges->pdata[i]);
  }
  if (judges->len > page_room.judges)
    g_string_append_printf (line, " and %u more", judges->len - page_room.judges);
  cd_page_move (page, INDENT);
  cd_page_wrap (page, line->str, CD_TINT_FAINT);
  cd_page_end (page);
}

/* "work ← dataset ← teacher". Caller frees. */
static char *
chain_of (const CdInherited *inherited, const char *arrow)
{
  GString *chain = g_string_new ("work");
  g_string_append_printf (chain, " %s %s", arrow, inherited->via);
  for (guint i = 0; i < inherited->chain->len; i++)
    g_string_append_printf (chain, " %s %s", arrow, (const char *) inherited->chain->pdata[i]);
  return g_string_free (chain, FALSE);
}

static void
put_inherited (CdPage *page, const CdAudit *audit)
{
  const GPtrArray *all = audit->lineage->inherited;
  for (guint i = 0; i < all->len && i < page_room.inherited; i++) {
    const CdInherited *inherited = all->pdata[i];
    g_autofree char *chain = chain_of (inherited, page->unicode ? "←" : "<-");
    g_autofree char *said = g_strdup_printf ("%s; %s", chain, inherited->stated ? "stated" : "not stated");
    put_found (page, audit, said, inherited->traces, NULL, CD_TINT_NONE);
  }
  put_more (page, page_room.inherited, all->len);
}

static void
put_bounds (CdPage *page, const CdAudit *audit)
{
  g_autoptr (GPtrArray) picked = pick_bounds (audit, &page_room);
  for (guint i = 0; i < picked->len; i++) {
    const CdBound *bound = picked->pdata[i];
    g_autofree char *said
        = g_strdup_printf ("%s%s%s", bound->kind == CD_BOUND_CEILING ? "ceiling: " : "", bound->what, bound->above ? ATTENTION : "");
    cd_page_move (page, INDENT);
    cd_page_put (page, page->unicode ? "· " : "- ", CD_TINT_FAINT);
    put_found (page, audit, said, bound->evidence, bound->source, bound->above ? CD_TINT_FAIR : CD_TINT_NONE);
  }
  put_more (page, picked->len, audit->bounds->len);
}

void
cd_page_lineage (CdPage *page, const CdAudit *audit)
{
  g_autofree char *summary = cd_report_lineage_summary (audit);
  cd_page_heading (page, "Lineage");
  cd_page_move (page, INDENT);
  cd_page_put (page, cd_distillation_name (audit->lineage->label), CD_TINT_STRONG);
  cd_page_put (page, ": ", CD_TINT_NONE);
  cd_page_wrap (page, summary, CD_TINT_NONE);
  cd_page_end (page);
  put_teachers (page, audit);
  put_judges (page, audit);
  put_inherited (page, audit);
  put_bounds (page, audit);
}

static void
add_trace (GString *out, const CdAudit *audit, const GArray *traces)
{
  if (traces->len == 0)
    return;
  const CdTrace *trace = &g_array_index (traces, CdTrace, 0);
  cd_markup_place (out, audit, trace->document, trace->line);
}

static void
add_more (GString *out, guint shown, guint all)
{
  if (all > shown)
    g_string_append_printf (out, "- and %u more\n", all - shown);
}

static void
add_teachers (GString *out, const CdAudit *audit)
{
  const GPtrArray *teachers = audit->lineage->teachers;
  if (teachers->len == 0)
    return;
  g_string_append (out, "\n| Teacher | Roles | Told | Where |\n|---|---|---|---|\n");
  for (guint i = 0; i < teachers->len && i < list_room.teachers; i++) {
    const CdTeacher *teacher = teachers->pdata[i];
    g_autofree char *roles = roles_of (teacher);
    g_string_append (out, "| ");
    cd_markup_code (out, teacher->model != NULL ? teacher->model : "unnamed");
    g_string_append_printf (out, "%s | %s | %s%s | ", teacher->unpinned ? ", unpinned alias" : "", roles, disclosures[teacher->disclosure],
                            is_doubtful (teacher) ? NOT_CERTAIN : "");
    add_trace (out, audit, teacher->traces);
    g_string_append (out, " |\n");
  }
  if (teachers->len > list_room.teachers)
    g_string_append_printf (out, "\nand %u more\n", teachers->len - list_room.teachers);
}

static void
add_judges (GString *out, const CdAudit *audit)
{
  const GPtrArray *judges = audit->lineage->judges;
  if (judges->len == 0)
    return;
  g_string_append (out, "\nJudges of results, no teachers:\n\n");
  for (guint i = 0; i < judges->len && i < list_room.judges; i++) {
    const CdTeacher *judge = judges->pdata[i];
    g_string_append (out, "- ");
    cd_markup_code (out, judge->model);
    g_string_append (out, " ");
    add_trace (out, audit, judge->traces);
    g_string_append (out, "\n");
  }
  add_more (out, list_room.judges, judges->len);
}

static void
add_inherited (GString *out, const CdAudit *audit)
{
  const GPtrArray *all = audit->lineage->inherited;
  if (all->len == 0)
    return;
  g_string_append (out, "\nInherited:\n\n");
  for (guint i = 0; i < all->len && i < list_room.inherited; i++) {
    const CdInherited *inherited = all->pdata[i];
    g_autofree char *chain = chain_of (inherited, "←");
    g_string_append (out, "- ");
    cd_markup_code (out, chain);
    g_string_append_printf (out, ", %s ", inherited->stated ? "stated" : "not stated");
    add_trace (out, audit, inherited->traces);
    g_string_append (out, "\n");
  }
  add_more (out, list_room.inherited, all->len);
}

static void
add_bounds (GString *out, const CdAudit *audit)
{
  g_autoptr (GPtrArray) picked = pick_bounds (audit, &list_room);
  if (picked->len == 0)
    return;
  g_string_append (out, "\n### Limits\n\n");
  for (guint i = 0; i < picked->len; i++) {
    const CdBound *bound = picked->pdata[i];
    g_string_append_printf (out, "- **%s** ", cd_bound_name (bound->kind));
    cd_markup_text (out, bound->what);
    g_string_append (out, bound->above ? ATTENTION " (" : " (");
    add_trace (out, audit, bound->evidence);
    if (bound->source != NULL)
      g_string_append_printf (out, "%s[wording](%s)", bound->evidence->len > 0 ? "; " : "", bound->source);
    g_string_append (out, ")\n");
  }
  add_more (out, picked->len, audit->bounds->len);
}

void
cd_markup_lineage (GString *out, const CdAudit *audit)
{
  g_autofree char *summary = cd_report_lineage_summary (audit);
  g_string_append_printf (out, "\n## Lineage\n\n**%s**: ", cd_distillation_name (audit->lineage->label));
  cd_markup_text (out, summary);
  g_string_append (out, ".\n");
  add_teachers (out, audit);
  add_judges (out, audit);
  add_inherited (out, audit);
  add_bounds (out, audit);
}
