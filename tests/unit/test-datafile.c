/* Data files: fields, records, faults, and which records are shown. */
#include "documents/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static CdDocument *
parse (const char *path, const char *text)
{
  CdEntry entry = { .path = (char *) path };
  g_auto (CdBlob) blob = { .state = CD_BLOB_READ, .size = (gint64) strlen (text), .bytes = g_bytes_new (text, strlen (text)) };
  return cd_document_parse (&entry, &blob, NULL);
}

typedef struct {
  const char *path, *text, *fields;
  gint64 rows, malformed;
  guint shown;
} Case;

static const Case CASES[] = {
  { "a.jsonl", "{\"q\": 1, \"a\": {\"x\": 2}}\n\n{\"a\": 1, \"b\": [1]}\n{\"q\": \n", "q,a,b", 3, 1, 3 },
  { "a.jsonl", "", "", 0, 0, 0 },
  { "a.json", "[{\"q\": \"[,\\\"]\", \"a\": [1, 2]}, {\"z\": 1},\n {}]", "q,a,z", 3, 0, 3 },
  { "a.json", "[\"x\", \"y\"]", "", 2, 0, 2 },
  { "a.json", "[]", "", 0, 0, 0 },
  { "a.json", "[{\"q\": 1}, {\"q\"]", "q", 2, 1, 2 },
  { "a.json", "{\"q\": 1}\n{\"q\": 2}\n", "q", 2, 0, 2 },
  { "a.json", "{\n \"q\": 1\n}\n{\n \"r\": 2\n}\n", "q,r", 2, 0, 2 },
  { "vocab.json", "{\"a\": [1, 2, 3], \"b\": [4, 5, 6]}", "a,b", 3, 0, 2 },
  { "vocab.json", "{\"version\": 1, \"data\": [{\"q\": 1}, {\"r\": 2}]}", "q,r", 2, 0, 3 },
  { "vocab.json", "{\"id1\": {\"q\": 1}, \"id2\": {\"q\": 2}}", "q", 2, 0, 2 },
  { "a.csv", "id,question\n1,\"two\nlines, \"\"quoted\"\"\"\n2,x\n3\n", "id,question", 3, 1, 4 },
  { "a.csv", "a;b\n1;2\n", "a,b", 1, 0, 2 },
  { "a.csv", "1,2\n3,4\n", "", 2, 0, 2 },
  { "a.tsv", "a\tb\n1\t2,3\n", "a,b", 1, 0, 2 },
};

static void
test_shapes (void **state)
{
  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (CdDocument) document = parse (CASES[i].path, CASES[i].text);
    if (*CASES[i].text == '\0') {
      assert_int_equal (document->kind, CD_DOCUMENT_DATA);
      continue;
    }
    assert_non_null (document->data);
    g_autofree char *fields = g_strjoinv (",", document->data->fields);
    const CdDataShape *data = document->data;
    if (strcmp (fields, CASES[i].fields) != 0 || data->rows != CASES[i].rows || data->malformed != CASES[i].malformed
        || document->passages->len != CASES[i].shown)
      fail_msg ("%s: %s, %d rows, %d malformed, %u shown", CASES[i].text, fields, (int) data->rows, (int) data->malformed, document->passages->len);
    if (data->malformed == 0)
      assert_true (data->rows_exact);
  }
}

/* More than the parsed head: every record is counted, the first ones are shown. */
static void
test_large (void **state)
{
  (void) state;
  g_autoptr (GString) lines = g_string_new (NULL), array = g_string_new ("["), table = g_string_new ("a,b\n");
  for (guint i = 0; i < 60000; i++) {
    g_string_append_printf (lines, "{\"question\": \"%080u\", \"answer\": %u}\n", i, i);
    g_string_append_printf (array, "%s{\"question\": \"%080u \\\" ], {\", \"answer\": %u}", i > 0 ? ", " : "", i, i);
    g_string_append_printf (table, "\"%080u\n\",%u\n", i, i);
  }
  g_string_append_c (array, ']');
  const struct {
    const char *path;
    const GString *text;
  } files[] = { { "a.jsonl", lines }, { "a.json", array }, { "a.csv", table } };
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (CdDocument) document = parse (files[i].path, files[i].text->str);
    assert_int_equal (document->data->rows, 60000);
    assert_true (document->data->rows_exact);
    assert_int_equal (document->data->malformed, 0);
    assert_int_equal (document->passages->len, 20);
  }
}

static void
test_hostile (void **state)
{
  (void) state;
  static const struct {
    const char *path, *piece;
  } pieces[] = {
    { "a.jsonl", "[" }, { "a.jsonl", "{\"a\":" }, { "a.json", "[" },   { "a.json", "[{" },           { "a.json", "[\"\\" }, { "a.json", "[{}" },
    { "a.csv", "\"" },  { "a.csv", "," },         { "a.csv", "\"\n" }, { "vocab.json", "{\"a\":{" }, { "a.json", "{}\n" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    while (text->len < 1000000)
      g_string_append (text, pieces[i].piece);
    gint64 start = g_get_monotonic_time ();
    g_autoptr (CdDocument) document = parse (pieces[i].path, text->str);
    assert_int_equal (document->length, text->len);
    if (g_get_monotonic_time () - start > 5 * G_USEC_PER_SEC)
      fail_msg ("%s of %s takes too long", pieces[i].path, pieces[i].piece);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test (test_shapes), cmocka_unit_test (test_large), cmocka_unit_test (test_hostile) };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
