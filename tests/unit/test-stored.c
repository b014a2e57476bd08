/* Results of blobs kept between audits: a document of every kind comes back as it was, whatever is damaged is taken as absent, and an audit says the same with
 * what was kept as without. */
#include "audit/audit.h"
#include "cli/embedded.h"
#include "documents.h"
#include "documents/prose.h"
#include "documents/stored.h"
#include "fixture.h"
#include "report/report.h"
#include "signals/stored.h"

#define KIND "test-1"

static const char readme[]
    = "---\nlicense: mit\ntags:\n- math\n---\n# Tiny reasoner\n\nWe train on 8 x A100 GPUs with data that GPT-4o wrote; see [the "
      "data](https://example.org/data) and "
      "![a curve](curve.png). 東京大学の模型。\n\n## Training\n\n> A quoted line about DeepSeek-R1.\n\n```bash\ncd scripts\nLR=1e-5 python train.py "
      "--lr $LR \\\n  --epochs 3\n```\n\n"
      "- [ ] release of the weights\n\n| Model | AIME 2024 |\n|---|---|\n| **Tiny reasoner** | 46.7 |\n| baseline | 30.0 |\n\n## Citation\n\n"
      "```bibtex\n@article{a, title={B}}\n```\n";

/* One file for every kind that holds text. */
static const struct {
  const char *path, *text;
  CdDocumentKind kind;
} samples[] = {
  { "README.md", readme, CD_DOCUMENT_MARKDOWN },
  { "paper.tex", "\\section{Method}\nWe distil from \\textbf{GPT-4o}.\n\\begin{tabular}{ll}\nModel & AIME \\\\\nOurs & 46.7 \\\\\n\\end{tabular}\n",
    CD_DOCUMENT_LATEX },
  { "docs/index.rst", "Guide\n=====\n\nRun ``python train.py --lr 1``. See `here <https://example.org>`_.\n\n::\n\n  python a.py\n",
    CD_DOCUMENT_RST },
  { "notes.txt", "First note.\nSecond, https://example.org/x\n", CD_DOCUMENT_TEXT },
  { "page.html", "<h1>Title</h1><p>Text <a href='b.html'>b</a></p><table><tr><th>M</th></tr><tr><td>1</td></tr></table>", CD_DOCUMENT_HTML },
  { "n.ipynb",
    "{\"cells\":[{\"cell_type\":\"markdown\",\"source\":[\"# Data\\n\",\"We use o1.\"]},{\"cell_type\":\"code\",\"source\":\"import torch\\nlr = "
    "1e-5\",\"outputs\":[]}]}",
    CD_DOCUMENT_NOTEBOOK },
  { "run.sh", "#!/bin/bash\nexport N=8\ncd src\n# python old.py\ntorchrun --nproc_per_node $N train.py --lr 1e-5\n", CD_DOCUMENT_SHELL },
  { "train.py", "\"\"\"Trains.\"\"\"\nimport torch\nfrom .data import load\n# a remark\nlr = 1e-5\nparser.add_argument('--epochs', default=3)\n",
    CD_DOCUMENT_PYTHON },
  { "kernel.cu", "// adds\n__global__ void add (float *a);\n", CD_DOCUMENT_CODE },
  { "config.yaml", "model:\n  name: qwen # base\n  lr: 1e-5\n", CD_DOCUMENT_YAML },
  { "config.json", "{\"model\": {\"name\": \"qwen\"}}\n", CD_DOCUMENT_JSON },
  { "pyproject.toml", "[project]\nname = \"a\"\ndependencies = [\"torch>=2\"]\n", CD_DOCUMENT_TOML },
  { "setup.cfg", "[metadata]\nname = a\n", CD_DOCUMENT_INI },
  { "requirements.txt", "torch==2.4.0\n# remark\nvllm\n", CD_DOCUMENT_DEPENDENCIES },
  { "train.jsonl", "{\"problem\": \"1+1\", \"answer\": \"2\"}\n{\"problem\": \"2+2\", \"answer\": \"4\"}\nbroken\n", CD_DOCUMENT_DATA },
  { "refs.bib", "@article{a,\n title = {B}\n}\n", CD_DOCUMENT_BIBTEX },
  { "LICENSE", "MIT License\n\nPermission is hereby granted, free of charge.\n", CD_DOCUMENT_LICENSE },
};

static CdDocument *
read_sample (guint index)
{
  const CdEntry entry = { .path = (char *) samples[index].path, .oid = { { 7 } }, .kind = CD_ENTRY_FILE };
  gsize length = strlen (samples[index].text);
  g_auto (CdBlob) blob = { .state = CD_BLOB_READ, .size = (gint64) length, .bytes = g_bytes_new_static (samples[index].text, length) };
  CdDocument *document = cd_document_parse (&entry, &blob, NULL);
  assert_int_equal (document->kind, samples[index].kind);
  for (guint i = 0; i < document->passages->len; i++) /* as a scan leaves marks */
    g_array_index (document->passages, CdPassage, i).flags = i % 3 == 0 ? CD_CONTEXT_PLAN | CD_CONTEXT_NEWS : 0;
  for (guint i = 0; i < document->sections->len; i++)
    ((CdSection *) document->sections->pdata[i])->flags = CD_CONTEXT_TRAINING;
  return document;
}

static GBytes *
pack (const CdDocument *document)
{
  GByteArray *out = cd_pack_start (KIND);
  cd_document_pack (document, out);
  return cd_pack_finish (out);
}

static CdDocument *
unpack (GBytes *value)
{
  static const CdOid OID = { { 7 } };
  CdUnpacking from;
  g_autoptr (CdDocument) document = cd_unpack_start (&from, value, KIND) ? cd_document_unpack (&from, value, "path", &OID) : NULL;
  return document != NULL && cd_unpack_end (&from) ? g_steal_pointer (&document) : NULL;
}

static void
append_texts (GString *out, char *const *texts)
{
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    g_string_append_printf (out, "[%s]", texts[i]);
  g_string_append (out, texts == NULL ? "none\n" : "\n");
}

static void
append_tables (GString *out, const GPtrArray *tables)
{
  for (guint t = 0; tables != NULL && t < tables->len; t++) {
    const CdTable *table = tables->pdata[t];
    g_string_append_printf (out, "table %u-%u %d %u %s\n", table->line, table->end_line, table->section, table->header_rows, table->caption);
    for (guint r = 0; r < table->rows->len; r++) {
      const GPtrArray *row = table->rows->pdata[r];
      for (guint c = 0; c < row->len; c++) {
        const CdCell *cell = row->pdata[c];
        g_string_append_printf (out, "|%s %d%d %u", cell->text, cell->bold, cell->heading, cell->line);
      }
      g_string_append_c (out, '\n');
    }
  }
}

static void
append_parts (GString *out, const CdDocument *document)
{
  for (guint i = 0; i < document->links->len; i++) {
    const CdLink *link = document->links->pdata[i];
    g_string_append_printf (out, "link %s %s %u %d %d%d\n", link->target, link->text, link->line, link->section, link->image, link->bare);
  }
  for (guint i = 0; i < document->commands->len; i++) {
    const CdCommand *command = document->commands->pdata[i];
    g_string_append_printf (out, "command %s %u-%u %d %s %s %d ", command->text, command->line, command->end_line, command->section,
                            command->directory, command->language, command->commented);
    append_texts (out, command->argv);
    append_texts (out, command->environment);
  }
  for (guint i = 0; i < document->settings->len; i++) {
    const CdSetting *setting = document->settings->pdata[i];
    g_string_append_printf (out, "setting %s=%s %u %d\n", setting->key, setting->value, setting->line, (int) setting->kind);
  }
  for (guint i = 0; i < document->imports->len; i++) {
    const CdImport *import = document->imports->pdata[i];
    g_string_append_printf (out, "import %s %u %d\n", import->module, import->line, import->relative);
  }
  for (guint i = 0; i < document->dependencies->len; i++) {
    const CdDependency *dependency = document->dependencies->pdata[i];
    g_string_append_printf (out, "needs %s %u %s\n", dependency->name, dependency->line, dependency->version);
  }
}

/* Everything that a reader of the document could see. */
static char *
all_of (const CdDocument *document)
{
  GString *out = g_string_new (NULL);
  g_string_append_printf (out, "%d %p %" G_GINT64_FORMAT " %s %zu\n%s\n", (int) document->kind, (const void *) document->language, document->size,
                          document->unread, document->length, document->text);
  for (guint i = 0; i < document->passages->len; i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    g_string_append_printf (out, "passage %u-%u %u-%u %d %u %d %x\n", passage->start, passage->end, passage->line, passage->end_line,
                            passage->section, passage->paragraph, (int) passage->kind, passage->flags);
  }
  for (guint i = 0; i < document->sections->len; i++) {
    const CdSection *section = document->sections->pdata[i];
    g_string_append_printf (out, "section %s %u %d %u %x\n", section->title, section->level, section->parent, section->line, section->flags);
  }
  append_parts (out, document);
  append_tables (out, document->tables);
  g_string_append (out, document->placed_tables != NULL ? "placed\n" : "");
  append_tables (out, document->placed_tables);
  if (document->data != NULL) {
    g_string_append_printf (out, "data %" G_GINT64_FORMAT " %d %" G_GINT64_FORMAT, document->data->rows, document->data->rows_exact,
                            document->data->malformed);
    append_texts (out, document->data->fields);
  }
  return g_string_free (out, FALSE);
}

static void
every_kind_comes_back (void **state G_GNUC_UNUSED)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autoptr (CdDocument) document = read_sample (i);
    g_autoptr (GBytes) value = pack (document);
    g_autoptr (CdDocument) again = unpack (value);
    assert_non_null (again);
    g_autofree char *before = all_of (document), *after = all_of (again);
    assert_string_equal (before, after);
    assert_string_equal (again->path, "path");
    assert_int_equal (again->lines->starts->len, document->lines->starts->len);
  }
}

/* A PDF's tables, as placed words give them; and what is absent stays apart from what is empty. */
static void
what_only_some_have_comes_back (void **state G_GNUC_UNUSED)
{
  g_autoptr (CdDocument) page = read_sample (0), text = read_sample (3);
  page->placed_tables = page->tables;
  page->tables = g_ptr_array_new_with_free_func (cd_table_free);
  text->placed_tables = g_ptr_array_new_with_free_func (cd_table_free);
  text->unread = g_strdup ("read in part");
  text->size = -1;
  CdDocument *const documents[] = { page, text };
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++) {
    g_autoptr (GBytes) value = pack (documents[i]);
    g_autoptr (CdDocument) again = unpack (value);
    assert_non_null (again);
    g_autofree char *before = all_of (documents[i]), *after = all_of (again);
    assert_string_equal (before, after);
  }
}

/* The value with one byte changed, and its sum made to fit where forged. */
static GBytes *
changed (GBytes *value, gsize at, guint8 mask, gboolean forged)
{
  gsize length = 0;
  const guint8 *bytes = g_bytes_get_data (value, &length);
  const gsize head = 16;
  g_autofree guint8 *copy = g_memdup2 (bytes, length);
  copy[at] ^= mask;
  if (!forged)
    return g_bytes_new (copy, length);
  GByteArray *out = cd_pack_start (KIND);
  g_byte_array_append (out, copy + head, (guint) (length - head));
  return cd_pack_finish (out);
}

static void
damage_is_absence (void **state G_GNUC_UNUSED)
{
  g_autoptr (CdDocument) document = read_sample (0);
  g_autoptr (GBytes) value = pack (document);
  gsize length = g_bytes_get_size (value);
  for (gsize i = 0; i < length; i++) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (value, 0, i);
    assert_null (unpack (cut));
    g_autoptr (GBytes) flipped = changed (value, i, (guint8) (1u << i % 8), FALSE);
    assert_null (unpack (flipped));
  }
}

/* Where damage met the sum too, nothing is read beyond its end, and what comes back is a document that can be packed. */
static void
forged_values_do_no_harm (void **state G_GNUC_UNUSED)
{
  static const guint8 masks[] = { 0x01, 0x7f, 0x80 };
  static const guint chosen[] = { 0, 4, 6, 14 };
  for (guint c = 0; c < G_N_ELEMENTS (chosen); c++) {
    g_autoptr (CdDocument) document = read_sample (chosen[c]);
    g_autoptr (GBytes) value = pack (document);
    for (gsize i = 16; i < g_bytes_get_size (value); i++)
      for (guint m = 0; m < G_N_ELEMENTS (masks); m++) {
        g_autoptr (GBytes) forged = changed (value, i, masks[m], TRUE);
        g_autoptr (CdDocument) again = unpack (forged);
        g_autofree char *parts = again != NULL ? all_of (again) : NULL;
        for (guint p = 0; again != NULL && p < again->passages->len; p++) {
          const CdPassage *passage = &g_array_index (again->passages, CdPassage, p);
          assert_true (passage->start <= passage->end && passage->end <= again->length);
          g_autofree char *path = cd_document_section_path (again, passage->section);
        }
      }
  }
}

typedef struct {
  Fixture *fixture;
  CdData *data;
  CdRules *rules;
  GHashTable *values;
  guint asked, found, kept; /* by the last audit */
  char *marks;              /* that its scan left on passages and sections */
} Case;

static GBytes *
take (const char *key, gpointer data)
{
  Case *c = data;
  GBytes *value = g_hash_table_lookup (c->values, key);
  c->asked++;
  c->found += value != NULL ? 1 : 0;
  return value != NULL ? g_bytes_ref (value) : NULL;
}

static void
keep (GPtrArray *keys, GPtrArray *values, gpointer data)
{
  Case *c = data;
  assert_int_equal (keys->len, values->len);
  for (guint i = 0; i < keys->len; i++)
    g_hash_table_insert (c->values, g_strdup (keys->pdata[i]), g_bytes_ref (values->pdata[i]));
  c->kept += keys->len;
}

static char *
marks_of (const CdCorpus *corpus)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < corpus->documents->len; i++) {
    const CdDocument *document = corpus->documents->pdata[i];
    g_string_append_printf (out, "\n%s:", document->path);
    for (guint p = 0; p < document->passages->len; p++)
      g_string_append_printf (out, " %x", g_array_index (document->passages, CdPassage, p).flags);
    for (guint s = 0; s < document->sections->len; s++)
      g_string_append_printf (out, " %x", ((const CdSection *) document->sections->pdata[s])->flags);
  }
  return g_string_free (out, FALSE);
}

/* The audit's JSON; rules: NULL without what is kept. */
static char *
audit (Case *c, const char *rules, guint threads, const char *subdir)
{
  c->asked = c->found = c->kept = 0;
  const CdBlobCache blobs = { rules, take, keep, c };
  const CdAuditOptions options
      = { .location = fixture_path (c->fixture), .threads = threads, .subdir = subdir, .rules = c->rules, .blobs = rules != NULL ? &blobs : NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (CdAudit) made = cd_audit_run (c->data, &options, &error);
  if (made == NULL)
    fail_msg ("%s", error->message);
  g_free (c->marks);
  c->marks = marks_of (made->corpus);
  return cd_report_json (made);
}

static int
set_up (void **state)
{
  Case *c = g_new0 (Case, 1);
  *state = c;
  cd_embedded_register ();
  c->data = cd_data_new (NULL, NULL);
  c->rules = cd_rules_load (c->data, NULL, NULL, NULL);
  c->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  c->fixture = fixture_new ();
  g_autoptr (GString) guide = g_string_new ("# Guide\n\n");
  while (guide->len < 4096)
    g_string_append (guide, "We will release the weights. The training data were generated with GPT-4o and filtered by hand.\n\n");
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    fixture_write (c->fixture, samples[i].path, samples[i].text);
  fixture_write (c->fixture, "docs/guide.md", guide->str);
  fixture_write (c->fixture, "part/README.md", guide->str);
  fixture_commit (c->fixture, "all");
  return c->rules != NULL ? 0 : -1;
}

static int
tear_down (void **state)
{
  Case *c = *state;
  fixture_free (c->fixture);
  g_hash_table_unref (c->values);
  g_free (c->marks);
  cd_rules_free (c->rules);
  cd_data_free (c->data);
  g_free (c);
  return 0;
}

static void
an_audit_says_the_same (void **state)
{
  Case *c = *state;
  g_autofree char *without = audit (c, NULL, 1, NULL), *cold = audit (c, "rules", 1, NULL);
  assert_string_equal (without, cold);
  assert_int_equal (c->found, 0);
  assert_int_equal (c->kept, 3); /* the long pages and the notebook */
  g_autofree char *warm = audit (c, "rules", 4, NULL);
  assert_string_equal (without, warm);
  assert_int_equal (c->found, 3);
  assert_int_equal (c->kept, 0);
  g_autofree char *others = audit (c, "other rules", 1, NULL);
  assert_string_equal (without, others);
  assert_int_equal (c->found, 0);
}

/* A page that was the work's at one audit is nobody's business at the next: no mark of the scan may be left on it. */
static void
a_part_says_the_same (void **state)
{
  Case *c = *state;
  g_autofree char *without = audit (c, NULL, 1, "part"), *marks = g_steal_pointer (&c->marks);
  g_autofree char *whole = audit (c, "rules", 1, NULL), *warm = audit (c, "rules", 1, "part");
  assert_string_equal (without, warm);
  assert_string_equal (marks, c->marks);
  assert_int_equal (c->found, 3);
}

static void
damaged_values_are_made_anew (void **state)
{
  Case *c = *state;
  g_autofree char *whole = audit (c, "rules", 1, NULL);
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, c->values);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_hash_table_iter_replace (&iter, changed (value, g_bytes_get_size (value) / 2, 0x10, FALSE));
  g_autofree char *again = audit (c, "rules", 1, NULL);
  assert_string_equal (whole, again);
  assert_int_equal (c->kept, 3);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_kind_comes_back),
    cmocka_unit_test (what_only_some_have_comes_back),
    cmocka_unit_test (damage_is_absence),
    cmocka_unit_test (forged_values_do_no_harm),
    cmocka_unit_test_setup_teardown (an_audit_says_the_same, set_up, tear_down),
    cmocka_unit_test_setup_teardown (a_part_says_the_same, set_up, tear_down),
    cmocka_unit_test_setup_teardown (damaged_values_are_made_anew, set_up, tear_down),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
