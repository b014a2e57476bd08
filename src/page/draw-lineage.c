/* The lineage as a graph: teachers, data and base models, the work, its weights, in columns from left to right. Each column holds a few boxes; what is more
 * is counted in one. The same facts stand in the section's tables. */
#include "page/draw.h"
#include "page/page.h"
#include "page/parts.h"
#include "base/text.h"
#include <string.h>

#define BOX_WIDE 190.0
#define BOX_HIGH 42.0
#define GAP_WIDE 44.0
#define GAP_HIGH 10.0
#define NAME_MOST 21u /* characters that fit a box */
#define NOTE_MOST 29u
#define CHAIN_MOST 8 /* links of a chain that are followed */

enum { COLUMN_TEACHERS, COLUMN_BETWEEN, COLUMN_SOURCES, COLUMN_WORK, COLUMN_WEIGHTS, COLUMNS };
/* Boxes of each, 40 in all; the one that counts the rest apart. */
static const guint most[COLUMNS] = { 10, 4, 18, 1, 7 };

typedef struct {
  guint column, row;
  const char *class;
  char *key; /* under which two spellings of a name meet */
  char *name, *note;
} Node;

typedef struct {
  guint from, to;
  gboolean dashed; /* not told, or not stated */
} Edge;

typedef struct {
  GPtrArray *nodes; /* Node* */
  GArray *edges;    /* Edge */
  guint count[COLUMNS], left[COLUMNS];
  GHashTable *dropped; /* "COLUMN key" of what there was no room for */
} Graph;

static void
free_node (gpointer data)
{
  Node *node = data;
  g_free (node->key);
  g_free (node->name);
  g_free (node->note);
  g_free (node);
}

/* The last part of "owner/name", its letters and digits. Caller frees. */
static char *
key_of (const char *name)
{
  const char *slash = strrchr (name, '/');
  g_autofree char *shown = cd_html_cut (slash != NULL && slash[1] != '\0' ? slash + 1 : name, CD_PART_TEXT);
  return cd_text_key (shown);
}

/* The node of that name, made where there is room; G_MAXUINT where there is none, which is counted. */
static guint
node_at (Graph *graph, guint column, const char *class, const char *name, const char *note)
{
  g_autofree char *key = key_of (name);
  for (guint i = 0; i < graph->nodes->len; i++) {
    const Node *node = graph->nodes->pdata[i];
    if (node->column == column && strcmp (node->key, key) == 0)
      return i;
  }
  if (graph->count[column] == most[column]) {
    graph->left[column] += g_hash_table_add (graph->dropped, g_strdup_printf ("%u %s", column, key)) ? 1 : 0;
    return G_MAXUINT;
  }
  Node *node = g_new0 (Node, 1);
  *node = (Node){ .column = column, .row = graph->count[column]++, .class = class, .name = g_strdup (name), .note = g_strdup (note) };
  node->key = g_steal_pointer (&key);
  g_ptr_array_add (graph->nodes, node);
  return graph->nodes->len - 1;
}

static void
connect (Graph *graph, guint from, guint to, gboolean dashed)
{
  Edge edge = { from, to, dashed };
  if (from == G_MAXUINT || to == G_MAXUINT || from == to)
    return;
  for (guint i = 0; i < graph->edges->len; i++) {
    const Edge *other = &g_array_index (graph->edges, Edge, i);
    if (other->from == from && other->to == to)
      return;
  }
  g_array_append_val (graph->edges, edge);
}

static void
add_teachers (Graph *graph, const CdRecord *record, guint work)
{
  if (record->teachers->len == 0)
    return;
  guint made = node_at (graph, COLUMN_SOURCES, "data", "made for this work", "outputs of teachers");
  connect (graph, made, work, FALSE);
  for (guint i = 0; i < record->teachers->len; i++) {
    const CdRecordTeacher *teacher = record->teachers->pdata[i];
    gboolean told = strcmp (teacher->disclosure, "disclosed") == 0;
    const char *note = told ? "disclosed" : strcmp (teacher->disclosure, "hinted") == 0 ? "hinted" : "in code only";
    if (!told && !cd_record_teacher_is_certain (teacher))
      note = "a lead for a reader";
    connect (graph, node_at (graph, COLUMN_TEACHERS, "teacher", cd_record_model_words (teacher->model), note), made, !told);
  }
}

/* Chains stand from the work's side to the teacher's: the last is the teacher, what lies between is drawn in one column. */
static void
add_inherited (Graph *graph, const CdRecord *record, guint work)
{
  const cJSON *item = NULL;
  cJSON_ArrayForEach (item, cd_record_part (record, "distillation.inherited"))
  {
    const char *via = cd_record_string (item, "via");
    const cJSON *chain = cJSON_GetObjectItemCaseSensitive (item, "chain");
    gboolean base = g_strcmp0 (cd_record_string (item, "kind"), "base-model") == 0, stated = cd_record_true (item, "stated");
    int length = MIN (cJSON_GetArraySize (chain), CHAIN_MOST);
    if (via == NULL)
      continue;
    guint to = node_at (graph, COLUMN_SOURCES, base ? "model" : "data", via, base ? "base model" : "dataset");
    connect (graph, to, work, FALSE);
    for (int i = 0; i < length; i++) {
      const cJSON *name = cJSON_GetArrayItem (chain, i);
      gboolean last = i == length - 1;
      if (!cJSON_IsString (name))
        continue;
      guint from = node_at (graph, last ? COLUMN_TEACHERS : COLUMN_BETWEEN, last ? "teacher" : "data", name->valuestring,
                            stated ? "inherited, stated" : "inherited, not stated");
      connect (graph, from, to, !stated);
      to = from != G_MAXUINT ? from : to;
    }
  }
}

static void
add_sources (Graph *graph, const CdRecord *record, guint work)
{
  const cJSON *item = NULL;
  cJSON_ArrayForEach (item, cd_record_part (record, "provenance.base_models"))
  {
    const char *id = cd_record_string (item, "id");
    if (id != NULL)
      connect (graph, node_at (graph, COLUMN_SOURCES, "model", id, "base model"), work, FALSE);
  }
  cJSON_ArrayForEach (item, cd_record_part (record, "provenance.datasets"))
  {
    const char *name = cd_record_string (item, "name"), *role = cd_record_string (item, "role");
    if (name != NULL && g_strcmp0 (role, "training") == 0)
      connect (graph, node_at (graph, COLUMN_SOURCES, "data", name, "training data"), work, FALSE);
  }
  cJSON_ArrayForEach (item, cd_record_part (record, "provenance.weights"))
  {
    const char *id = cd_record_string (item, "id");
    if (id != NULL)
      connect (graph, work, node_at (graph, COLUMN_WEIGHTS, "model", id, "published weights"), FALSE);
  }
}

/* What there was no room for, as a box under the others. */
static void
add_rest (Graph *graph, guint work)
{
  for (guint column = 0; column < COLUMNS; column++) {
    if (graph->left[column] == 0)
      continue;
    Node *node = g_new0 (Node, 1);
    *node = (Node){ .column = column, .row = graph->count[column]++, .class = "rest", .note = g_strdup ("in the tables below") };
    node->name = g_strdup_printf ("and %u more", graph->left[column]);
    node->key = g_strdup ("");
    g_ptr_array_add (graph->nodes, node);
    if (column == COLUMN_SOURCES)
      connect (graph, graph->nodes->len - 1, work, FALSE);
    else if (column == COLUMN_WEIGHTS)
      connect (graph, work, graph->nodes->len - 1, FALSE);
  }
}

/* Columns without a box take no room. */
static double
left_of (const Graph *graph, guint column)
{
  double left = 1;
  for (guint i = 0; i < column; i++)
    left += graph->count[i] > 0 ? BOX_WIDE + GAP_WIDE : 0;
  return left;
}

static double
column_high (guint count)
{
  return count > 0 ? count * (BOX_HIGH + GAP_HIGH) - GAP_HIGH : 0;
}

static double
graph_high (const Graph *graph)
{
  double high = BOX_HIGH;
  for (guint i = 0; i < COLUMNS; i++)
    high = MAX (high, column_high (graph->count[i]));
  return high + 2;
}

static double
top_of (const Graph *graph, const Node *node)
{
  return (graph_high (graph) - column_high (graph->count[node->column])) / 2 + node->row * (BOX_HIGH + GAP_HIGH);
}

static void
put_number (CdHtml *html, const char *element, const char *class, double x, double y, const char *anchor, const char *text)
{
  g_autofree char *left = cd_html_number (x), *top = cd_html_number (y);
  cd_html_leaf (html, element, text, "class", class, "text-anchor", anchor, "x", left, "y", top, NULL);
}

static void
put_node (CdHtml *html, const Graph *graph, const Node *node)
{
  double x = left_of (graph, node->column), y = top_of (graph, node);
  g_autofree char *left = cd_html_number (x), *top = cd_html_number (y), *wide = cd_html_number (BOX_WIDE), *high = cd_html_number (BOX_HIGH);
  const char *slash = strrchr (node->name, '/');
  g_autofree char *class = g_strconcat ("box ", node->class, NULL);
  g_autofree char *name = cd_html_cut (slash != NULL && slash[1] != '\0' ? slash + 1 : node->name, NAME_MOST);
  g_autofree char *note = cd_html_cut (node->note, NOTE_MOST), *whole = cd_html_cut (node->name, CD_PART_TEXT);
  cd_html_open (html, "g", NULL);
  cd_html_open (html, "title", NULL);
  cd_html_printf (html, "%s: %s", whole, node->note);
  cd_html_close (html);
  cd_html_leaf (html, "rect", NULL, "class", class, "x", left, "y", top, "width", wide, "height", high, "rx", "5", NULL);
  put_number (html, "text", "strong name", x + 9, y + 18, "start", name);
  put_number (html, "text", "soft note", x + 9, y + 34, "start", note);
  cd_html_close (html);
}

/* A curve from the right side of one box to the left side of the other, with a head. */
static void
put_edge (CdHtml *html, const Graph *graph, const Edge *edge)
{
  const Node *from = graph->nodes->pdata[edge->from], *to = graph->nodes->pdata[edge->to];
  double x1 = left_of (graph, from->column) + BOX_WIDE, y1 = top_of (graph, from) + BOX_HIGH / 2;
  double x2 = left_of (graph, to->column), y2 = top_of (graph, to) + BOX_HIGH / 2, bend = x2 > x1 ? (x2 - x1) / 2 : GAP_WIDE;
  const double values[] = { x1, y1, x1 + bend, y1, x2 - bend, y2, x2 - 7, y2 };
  GString *path = g_string_new ("M");
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autofree char *number = cd_html_number (values[i]);
    g_string_append_printf (path, "%s%s", i == 2 ? "C" : i > 0 ? " " : "", number);
  }
  g_autofree char *line = g_string_free (path, FALSE), *tip = cd_html_number (x2), *base = cd_html_number (x2 - 8);
  g_autofree char *upper = cd_html_number (y2 - 4), *middle = cd_html_number (y2), *lower = cd_html_number (y2 + 4);
  g_autofree char *head = g_strdup_printf ("M%s %sL%s %sL%s %sZ", base, upper, tip, middle, base, lower);
  cd_html_leaf (html, "path", NULL, "class", edge->dashed ? "edge dashed" : "edge", "d", line, NULL);
  cd_html_leaf (html, "path", NULL, "class", "head", "d", head, NULL);
}

static char *
describe (const Graph *graph)
{
  static const char *const names[COLUMNS] = { "taught by", "by way of", "data and base models", NULL, "weights" };
  GString *text = g_string_new (NULL);
  for (guint column = 0; column < COLUMNS; column++) {
    gboolean first = TRUE;
    for (guint i = 0; names[column] != NULL && i < graph->nodes->len; i++) {
      const Node *node = graph->nodes->pdata[i];
      if (node->column != column)
        continue;
      g_autofree char *name = cd_html_cut (node->name, CD_PART_NAME);
      if (first)
        g_string_append_printf (text, "%s%s: ", text->len > 0 ? "; " : "", names[column]);
      g_string_append_printf (text, "%s%s", first ? "" : ", ", name);
      first = FALSE;
    }
  }
  return g_string_free (text, FALSE);
}

static void
put_graph (CdHtml *html, const Graph *graph)
{
  guint wide = (guint) (left_of (graph, COLUMNS) - GAP_WIDE + 1), high = (guint) graph_high (graph);
  g_autofree char *width = g_strdup_printf ("%u", wide), *height = g_strdup_printf ("%u", high), *box = g_strdup_printf ("0 0 %u %u", wide, high);
  g_autofree char *description = describe (graph);
  cd_html_open (html, "figure", NULL);
  cd_part_scroll (html, "Lineage as a graph");
  cd_html_open (html, "svg", "class", "drawing", "width", width, "height", height, "viewBox", box, "role", "img", "aria-label", "Lineage of the work",
                NULL);
  cd_html_leaf (html, "title", "Lineage of the work", NULL);
  cd_html_leaf (html, "desc", description, NULL);
  for (guint i = 0; i < graph->edges->len; i++)
    put_edge (html, graph, &g_array_index (graph->edges, Edge, i));
  for (guint i = 0; i < graph->nodes->len; i++)
    put_node (html, graph, graph->nodes->pdata[i]);
  cd_html_close (html);
  cd_html_close (html);
  cd_html_leaf (html, "figcaption",
                "From teachers through data and base models to the work and its weights. A solid line: the documents say so by name.",
                NULL);
  cd_html_close (html);
}

void
cd_draw_lineage (CdHtml *html, const CdRecord *record)
{
  Graph graph = { .nodes = g_ptr_array_new_with_free_func (free_node), .edges = g_array_new (FALSE, FALSE, sizeof (Edge)) };
  graph.dropped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint work = node_at (&graph, COLUMN_WORK, "work", "this work", "training");
  add_teachers (&graph, record, work);
  add_inherited (&graph, record, work);
  add_sources (&graph, record, work);
  add_rest (&graph, work);
  if (graph.nodes->len > 1)
    put_graph (html, &graph);
  else
    cd_part_say (html, "No teacher, training data, base model or weights were found that a graph could show.");
  g_ptr_array_unref (graph.nodes);
  g_array_unref (graph.edges);
  g_hash_table_unref (graph.dropped);
}
