/* Reads the published scores and sets them in columns: a row a work, in the paper's order. */
#include "cli/paper-table.h"
#include "base/yaml.h"
#include "report/page.h"
#include <string.h>

#define FILE_NAME "rubrics/knowledge/tti-table.yaml"
#define WIDTH 56u /* fits the narrowest report, indented */
#define GAP 2u
#define NAME_MOST 28u

typedef struct {
  const CdYaml *yaml;
  const CdYamlNode *dimensions, *works;
  guint name; /* columns of the first column */
} Table;

static gboolean
read_points (const Table *table, const CdYamlNode *node, const char *key, gint64 *points, GError **error)
{
  const CdYamlNode *value = cd_yaml_get (node, key);
  if (cd_yaml_int (value, points) && *points >= 0)
    return TRUE;
  return cd_yaml_fail (table->yaml, value != NULL ? value : node, error, "\"%s\" must be a whole number from 0", key);
}

static void
put_right (CdPage *page, guint columns, const char *text)
{
  guint width = cd_text_columns (text);
  cd_page_move (page, page->column + GAP + (columns > width ? columns - width : 0));
  cd_page_put (page, text, CD_TINT_NONE);
}

static void
put_number (CdPage *page, guint columns, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  put_right (page, columns, text);
}

static const char *
dimension_text (const Table *table, guint index, const char *key)
{
  return cd_yaml_string (cd_yaml_get (cd_yaml_at (table->dimensions, index), key));
}

static gboolean
put_heads (CdPage *page, const Table *table, GError **error)
{
  cd_page_put (page, "Work", CD_TINT_NONE);
  cd_page_move (page, table->name);
  for (guint i = 0; i < cd_yaml_length (table->dimensions); i++)
    put_right (page, 0, dimension_text (table, i, "name"));
  put_right (page, 0, "Total");
  cd_page_end (page);
  cd_page_put (page, "of", CD_TINT_NONE);
  cd_page_move (page, table->name);
  gint64 of = 0;
  for (guint i = 0; i < cd_yaml_length (table->dimensions); i++) {
    if (!read_points (table, cd_yaml_at (table->dimensions, i), "of", &of, error))
      return FALSE;
    put_number (page, cd_text_columns (dimension_text (table, i, "name")), of);
  }
  if (!read_points (table, cd_yaml_root (table->yaml), "of", &of, error))
    return FALSE;
  put_number (page, (guint) strlen ("Total"), of);
  cd_page_end (page);
  return TRUE;
}

static gboolean
put_work (CdPage *page, const Table *table, const CdYamlNode *work, GError **error)
{
  gint64 sum = 0, points = 0;
  const char *name = cd_yaml_require (table->yaml, work, "name", error);
  if (name == NULL)
    return FALSE;
  cd_page_put_middle (page, name, table->name, CD_TINT_NONE);
  cd_page_move (page, table->name);
  for (guint i = 0; i < cd_yaml_length (table->dimensions); i++) {
    if (!read_points (table, work, dimension_text (table, i, "id"), &points, error))
      return FALSE;
    put_number (page, cd_text_columns (dimension_text (table, i, "name")), points);
    sum += points;
  }
  if (!read_points (table, work, "total", &points, error))
    return FALSE;
  if (points != sum)
    return cd_yaml_fail (table->yaml, cd_yaml_get (work, "total"), error, "the dimensions add up to %" G_GINT64_FORMAT, sum);
  put_number (page, (guint) strlen ("Total"), points);
  cd_page_end (page);
  return TRUE;
}

static gboolean
check (Table *table, GError **error)
{
  const CdYamlNode *root = cd_yaml_root (table->yaml);
  table->dimensions = cd_yaml_get (root, "dimensions");
  table->works = cd_yaml_get (root, "works");
  if (cd_yaml_length (table->dimensions) == 0 || cd_yaml_length (table->works) == 0)
    return cd_yaml_fail (table->yaml, root, error, "\"dimensions\" and \"works\" must be lists");
  for (guint i = 0; i < cd_yaml_length (table->dimensions); i++)
    if (cd_yaml_require (table->yaml, cd_yaml_at (table->dimensions, i), "id", error) == NULL
        || cd_yaml_require (table->yaml, cd_yaml_at (table->dimensions, i), "name", error) == NULL)
      return FALSE;
  for (guint i = 0; i < cd_yaml_length (table->works); i++) {
    const char *name = cd_yaml_string (cd_yaml_get (cd_yaml_at (table->works, i), "name"));
    table->name = MAX (table->name, name != NULL ? MIN (cd_text_columns (name), NAME_MOST) : 0);
  }
  return TRUE;
}

static gboolean
put_table (CdPage *page, const Table *table, GError **error)
{
  if (!put_heads (page, table, error))
    return FALSE;
  for (guint i = 0; i < cd_yaml_length (table->works); i++)
    if (!put_work (page, table, cd_yaml_at (table->works, i), error))
      return FALSE;
  const char *source = cd_yaml_require (table->yaml, cd_yaml_root (table->yaml), "source", error);
  if (source == NULL)
    return FALSE;
  cd_page_wrap (page, source, CD_TINT_NONE);
  cd_page_end (page);
  return TRUE;
}

char *
cd_paper_table (const CdData *data, GError **error)
{
  g_autoptr (CdYaml) yaml = cd_data_yaml (data, FILE_NAME, error);
  Table table = { .yaml = yaml };
  if (yaml == NULL || !check (&table, error))
    return NULL;
  const CdReportStyle style = { .width = WIDTH, .unicode = TRUE };
  CdPage page;
  cd_page_init (&page, &style);
  gboolean good = put_table (&page, &table, error);
  g_autofree char *shown = cd_page_finish (&page);
  return good ? g_steal_pointer (&shown) : NULL;
}
