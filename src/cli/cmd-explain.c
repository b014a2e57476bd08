/* `candor explain ID`: what earns a criterion, what a probe asks and looks for, what a signal matches; and where each is defined. Models and datasets are
 * explain-known.c's, policies explain-policy.c's. */
#include "cli/cmd.h"
#include "cli/labels.h"
#include "cli/explain-known.h"
#include "cli/explain-policy.h"
#include "cli/terminal.h"
#include <string.h>

#define BULLET 2u  /* columns before a member of a list */
#define WEIGHT 4u  /* columns before a member of a scorecard */
#define NEAREST 3u /* ids that an unknown one is answered with */

/* The rules, and the page they are explained on. */
typedef struct {
  CdData *data;
  CdSignals *signals;
  CdProbes *probes;
  GPtrArray *rubrics; /* CdRubric* */
  GPtrArray *files;   /* char*, parallel: where each is defined */
  CdKnowledge *knowledge;
  CdPage page;
  guint found;
} Rules;

static void
rules_clear (Rules *rules)
{
  g_clear_pointer (&rules->rubrics, g_ptr_array_unref);
  g_clear_pointer (&rules->files, g_ptr_array_unref);
  g_clear_pointer (&rules->knowledge, cd_knowledge_free);
  g_clear_pointer (&rules->probes, cd_probes_free);
  g_clear_pointer (&rules->signals, cd_signals_free);
  g_clear_pointer (&rules->data, cd_data_free);
  if (rules->page.out != NULL)
    g_string_free (rules->page.out, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rules, rules_clear)

static gboolean
add_rubric (Rules *rules, const char *name, GError **error)
{
  CdRubric *rubric = cd_rubric_load (rules->data, name, rules->probes, error);
  if (rubric == NULL)
    return FALSE;
  gboolean by_path = strchr (name, '/') != NULL || g_str_has_suffix (name, ".yaml") || g_str_has_suffix (name, ".yml");
  g_autofree char *file = g_strconcat ("rubrics/", name, ".yaml", NULL);
  g_ptr_array_add (rules->rubrics, rubric);
  g_ptr_array_add (rules->files, by_path ? g_strdup (name) : cd_data_where (rules->data, file));
  return TRUE;
}

/* rubric: NULL for all of them. */
static gboolean
load (Rules *rules, const char *directory, const char *rubric, GError **error)
{
  g_autofree char *cache = cd_options_cache ();
  rules->rubrics = g_ptr_array_new_with_free_func ((GDestroyNotify) cd_rubric_free);
  rules->files = g_ptr_array_new_with_free_func (g_free);
  rules->data = cd_data_new (directory, error);
  rules->signals = rules->data != NULL ? cd_signals_load (rules->data, cache, error) : NULL;
  rules->probes = rules->signals != NULL ? cd_probes_load (rules->data, rules->signals, error) : NULL;
  rules->knowledge = rules->probes != NULL ? cd_knowledge_load (rules->data, error) : NULL;
  if (rules->knowledge == NULL)
    return FALSE;
  if (rubric != NULL)
    return add_rubric (rules, rubric, error);
  g_auto (GStrv) names = cd_rubric_list (rules->data);
  for (guint i = 0; names[i] != NULL; i++)
    if (!add_rubric (rules, names[i], error))
      return FALSE;
  return TRUE;
}

/* parent: NULL for the whole. Depth is bounded by the reader of expressions. */
static void
put_expression (Rules *rules, const CdExpression *expression, const CdExpression *parent, guint indent)
{
  CdPage *page = &rules->page;
  gboolean weighed = parent != NULL && parent->kind == CD_EXPRESSION_SCORE;
  cd_page_move (page, indent);
  if (weighed)
    cd_page_printf (page, expression->weight < 0 ? CD_TINT_BAD : CD_TINT_GOOD, "%+d", expression->weight);
  else if (parent != NULL)
    cd_page_put (page, "-", CD_TINT_NONE);
  indent += weighed ? WEIGHT : parent != NULL ? BULLET : 0;
  cd_page_move (page, indent);
  g_autofree char *head = cd_expression_head (expression);
  if (head == NULL) {
    const CdProbeInfo *info = cd_probes_at (rules->probes, expression->probe);
    g_autofree char *asked = g_strdup_printf ("%s: %s", info->id, info->question);
    cd_page_wrap (page, asked, CD_TINT_NONE);
    cd_page_end (page);
    return;
  }
  cd_page_wrap (page, head, CD_TINT_NONE);
  cd_page_end (page);
  for (guint i = 0; i < expression->members->len; i++)
    put_expression (rules, expression->members->pdata[i], expression, indent);
}

/* The names of listed probes after a label; nothing for none. */
static void
put_probes (Rules *rules, const char *label, const GArray *list)
{
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < list->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", cd_probes_at (rules->probes, g_array_index (list, guint, i))->id);
  if (names->len > 0)
    cd_label_line (&rules->page, label, names->str);
}

static void
explain_criterion (Rules *rules, guint rubric, const CdCriterion *criterion)
{
  const CdRubric *of = rules->rubrics->pdata[rubric];
  g_autofree char *what
      = g_strdup_printf ("criterion of %s (%s), %s, %u point%s", cd_rubric_id (of), cd_rubric_name (of),
                         cd_rubric_dimension (of, criterion->dimension)->name, criterion->points, criterion->points == 1 ? "" : "s");
  cd_label_title (&rules->page, rules->found++ > 0, criterion->id, what);
  cd_label_line (&rules->page, "question", criterion->question);
  cd_label_line (&rules->page, "fix", criterion->fix);
  cd_page_put (&rules->page, "yes if", CD_TINT_FAINT);
  put_expression (rules, criterion->when, NULL, CD_LABEL);
  put_probes (rules, "shows", criterion->shown);
  put_probes (rules, "or else", criterion->hints);
  put_probes (rules, "for a no", criterion->against);
  cd_label_place (&rules->page, rules->files->pdata[rubric], criterion->line);
}

/* The bytes of a rule file by the name that messages call it. */
static GBytes *
load_file (const Rules *rules, const char *where)
{
  g_auto (GStrv) names = cd_data_list (rules->data, "rubrics/probes");
  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *known = cd_data_where (rules->data, names[i]);
    if (strcmp (known, where) == 0)
      return cd_data_load (rules->data, names[i], NULL);
  }
  return NULL;
}

static gboolean
is_rule (const char *line)
{
  static const char *const keys[] = { "find:", "when:", "built-in:" };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_has_prefix (line, keys[i]))
      return TRUE;
  return FALSE;
}

/* How the probe is answered, in the words of its file: from `find`, `when` or `built-in` to the end of the entry. */
static void
put_rule (Rules *rules, const CdProbeInfo *info)
{
  g_autoptr (GBytes) bytes = load_file (rules, info->file);
  if (bytes == NULL)
    return;
  g_auto (GStrv) lines = g_strsplit (g_bytes_get_data (bytes, NULL), "\n", -1);
  guint length = g_strv_length (lines), first = info->line - 1;
  if (info->line == 0 || first >= length)
    return;
  gsize entry = strspn (lines[first], " "), border = 0;
  gboolean begun = FALSE;
  for (guint i = first; i < length && (i == first || *lines[i] == '\0' || strspn (lines[i], " ") > entry); i++) {
    const char *line = lines[i] + strspn (lines[i], " ");
    if (!begun && is_rule (line)) {
      begun = TRUE;
      border = (gsize) (line - lines[i]);
      cd_page_put (&rules->page, "rule", CD_TINT_FAINT);
    }
    if (!begun || *line == '\0')
      continue;
    gsize inner = (gsize) (line - lines[i]);
    cd_page_move (&rules->page, CD_LABEL + (guint) (inner > border ? MIN (inner - border, CD_LABEL) : 0));
    cd_page_wrap (&rules->page, line, CD_TINT_NONE);
    cd_page_end (&rules->page);
  }
}

static void
put_users (Rules *rules, guint probe)
{
  g_autoptr (GString) users = g_string_new (NULL);
  for (guint r = 0; r < rules->rubrics->len; r++) {
    const CdRubric *rubric = rules->rubrics->pdata[r];
    for (guint i = 0; i < cd_rubric_length (rubric); i++) {
      const CdCriterion *criterion = cd_rubric_criterion (rubric, i);
      g_autoptr (GArray) parts = cd_expression_parts (criterion->when);
      for (guint p = 0; p < parts->len; p++) {
        const CdPart *part = &g_array_index (parts, CdPart, p);
        if (part->probe == probe)
          g_string_append_printf (users, "%s%s (%+d)", users->len > 0 ? ", " : "", criterion->id, part->weight);
      }
      const GArray *lists[] = { criterion->shown, criterion->hints, criterion->against };
      for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
        for (guint k = 0; k < lists[l]->len; k++)
          if (g_array_index (lists[l], guint, k) == probe)
            g_string_append_printf (users, "%s%s (shown)", users->len > 0 ? ", " : "", criterion->id);
    }
  }
  cd_label_line (&rules->page, "used by", users->str);
}

static void
explain_probe (Rules *rules, guint index)
{
  const CdProbeInfo *info = cd_probes_at (rules->probes, index);
  cd_label_title (&rules->page, rules->found++ > 0, info->id, "probe");
  cd_label_line (&rules->page, "question", info->question);
  cd_label_line (&rules->page, "why", info->why);
  cd_label_line (&rules->page, "how", info->how);
  cd_label_line (&rules->page, "fix", info->fix);
  cd_label_line (&rules->page, "says", info->says);
  cd_label_line (&rules->page, "basis", cd_basis_name (info->basis));
  put_rule (rules, info);
  put_users (rules, index);
  cd_label_place (&rules->page, info->file, info->line);
}

static const char *
name_of_kind (guint bit)
{
  return cd_passage_kind_name ((CdPassageKind) g_bit_nth_lsf (bit, -1));
}

/* The names of the bits of a set; NULL where all of `whole` are set. */
static char *
names_of (guint bits, guint whole, const char *(*name) (guint bit))
{
  if (bits == whole)
    return NULL;
  GString *names = g_string_new (NULL);
  for (guint bit = 1; bit != 0 && bit <= bits; bit <<= 1)
    if ((bits & bit) != 0 && name (bit) != NULL)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name (bit));
  return g_string_free (names, FALSE);
}

static void
explain_signal (Rules *rules, const CdSignal *signal)
{
  CdPage *page = &rules->page;
  g_autofree char *where = names_of (signal->where, (1u << CD_PASSAGE_KINDS) - 1, name_of_kind);
  g_autofree char *unless = names_of (signal->unless, 0, cd_context_name);
  cd_label_title (&rules->page, rules->found++ > 0, signal->id, "signal");
  cd_label_line (page, "means", signal->means);
  cd_label_line (page, "pattern", signal->pattern);
  cd_label_line (page, "case", signal->caseless ? "does not matter" : "matters");
  cd_label_line (page, "where", where != NULL ? where : "everywhere");
  cd_label_line (page, "unless", unless);
  for (guint i = 0; signal->yes != NULL && signal->yes[i] != NULL; i++)
    cd_label_line (page, i == 0 ? "matches" : "", signal->yes[i]);
  for (guint i = 0; signal->no != NULL && signal->no[i] != NULL; i++)
    cd_label_line (page, i == 0 ? "but not" : "", signal->no[i]);
  cd_label_place (page, signal->file, signal->line);
}

/* All that is called id: a criterion and a signal may share a name. */
static void
explain (Rules *rules, const char *id)
{
  for (guint r = 0; r < rules->rubrics->len; r++) {
    const CdRubric *rubric = rules->rubrics->pdata[r];
    for (guint i = 0; i < cd_rubric_length (rubric); i++)
      if (strcmp (cd_rubric_criterion (rubric, i)->id, id) == 0)
        explain_criterion (rules, r, cd_rubric_criterion (rubric, i));
  }
  gint probe = cd_probes_find (rules->probes, id), signal = cd_signals_find (rules->signals, id);
  if (probe >= 0)
    explain_probe (rules, (guint) probe);
  if (signal >= 0)
    explain_signal (rules, cd_signals_at (rules->signals, (guint) signal));
  rules->found += cd_explain_known (&rules->page, rules->found > 0, rules->knowledge, id);
  rules->found += cd_explain_policy (&rules->page, rules->found > 0, rules->data, id);
}

static GPtrArray *
all_ids (const Rules *rules)
{
  GPtrArray *ids = g_ptr_array_new ();
  for (guint r = 0; r < rules->rubrics->len; r++)
    for (guint i = 0; i < cd_rubric_length (rules->rubrics->pdata[r]); i++)
      g_ptr_array_add (ids, cd_rubric_criterion (rules->rubrics->pdata[r], i)->id);
  for (guint i = 0; i < cd_probes_length (rules->probes); i++)
    g_ptr_array_add (ids, cd_probes_at (rules->probes, i)->id);
  for (guint i = 0; i < cd_signals_length (rules->signals); i++)
    g_ptr_array_add (ids, cd_signals_at (rules->signals, i)->id);
  for (guint i = 0; i < cd_knowledge_length (rules->knowledge); i++)
    g_ptr_array_add (ids, cd_knowledge_at (rules->knowledge, i)->id);
  return ids;
}

/* The nearest ids, and those that the word is a part of; NULL where there are none. */
static char *
nearest_ids (const Rules *rules, const char *word)
{
  g_autoptr (GPtrArray) ids = all_ids (rules), policies = g_ptr_array_new_with_free_func (g_free);
  cd_explain_policy_names (policies, rules->data);
  g_ptr_array_extend (ids, policies, NULL, NULL);
  g_autoptr (GPtrArray) near = g_ptr_array_new ();
  guint most = MAX ((guint) strlen (word) / 3, 1);
  for (guint distance = 0; distance <= most && near->len < NEAREST; distance++)
    for (guint i = 0; i < ids->len && near->len < NEAREST; i++) {
      const char *id = ids->pdata[i];
      gboolean part = distance == most && strlen (word) >= 3 && strstr (id, word) != NULL;
      if ((part || cd_text_distance (word, id) == distance) && !g_ptr_array_find_with_equal_func (near, id, g_str_equal, NULL))
        g_ptr_array_add (near, (gpointer) id);
    }
  g_ptr_array_add (near, NULL);
  return near->len > 1 ? g_strjoinv (", ", (char **) near->pdata) : NULL;
}

static int
fail_unknown (const Rules *rules, const char *word, GError **error)
{
  g_autofree char *near = nearest_ids (rules, word);
  g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "there is no criterion, probe, signal, model or dataset \"%s\"%s%s", word,
               near != NULL ? "; the nearest: " : "", near != NULL ? near : "");
  return 2;
}

int
cd_cmd_explain (int argc, char **argv, GError **error)
{
  g_autofree char *directory = NULL, *rubric = NULL;
  const GOptionEntry entries[] = {
    { "rubric", 0, 0, G_OPTION_ARG_STRING, &rubric, "Look for criteria in this rubric only", "FILE|RUBRIC" },
    { "rubrics", 0, 0, G_OPTION_ARG_FILENAME, &directory, "Take rules from this directory over the embedded ones", "DIR" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  if (!cd_options_parse (&argc, &argv, entries, "ID",
                         "Tells what earns a criterion, what a probe looks for, what a signal matches, or what a model or dataset descends from.",
                         error))
    return 2;
  if (argc != 2) {
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE,
                         "give the name of one criterion, probe, signal, model or dataset; see `candor explain --help`");
    return 2;
  }
  g_auto (Rules) rules = { 0 };
  if (!load (&rules, directory, rubric, error))
    return 2;
  CdReportStyle style;
  cd_terminal_style (&style);
  cd_page_init (&rules.page, &style);
  explain (&rules, argv[1]);
  if (rules.found == 0)
    return fail_unknown (&rules, argv[1], error);
  g_autofree char *text = cd_page_finish (&rules.page);
  cd_options_write (NULL, text, error);
  return 0;
}
