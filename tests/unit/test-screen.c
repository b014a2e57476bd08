/* What the workbench is made of, without a terminal: harmless text in columns, rows, spans of lines, the line editor. */
#include "review/screen-edit.h"
#include "review/screen-file.h"
#include "review/screen-rows.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static void
test_text_is_harmless_and_keeps_its_columns (void **state)
{
  (void) state;
  static const struct {
    const char *text, *wide, *ascii;
  } CASES[] = {
    { "plain", "plain", "plain" },
    { "a\tb\t\tc", "a   b       c", "a   b       c" },
    { "日\tb", "日  b", NULL },
    { "\033[31mred", "\\u{1B}[31mred", "\\u{1B}[31mred" },
    { "\342\200\256rtl", "\\u{202E}rtl", "\\u{202E}rtl" },
    { "e\314\201\314\201\314\201\314\201\314\201.", "e\314\201\314\201\314\201.", NULL },
    { "\314\201x", "\342\227\214\314\201x", NULL },
    { "\342\235\244\357\270\217.", "\342\235\244.", NULL }, /* a variation selector makes some terminals draw two columns */
    { "bad \xe9 byte", "bad \\xE9 byte", "bad \\xE9 byte" },
    { "caf\303\251 \342\200\223 \342\234\223", "caf\303\251 \342\200\223 \342\234\223", "cafe - \\u{2713}" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *wide = cd_screen_clean (CASES[i].text, strlen (CASES[i].text), TRUE);
    g_autofree char *ascii = cd_screen_clean (CASES[i].text, strlen (CASES[i].text), FALSE);
    assert_string_equal (wide, CASES[i].wide);
    assert_true (g_str_is_ascii (ascii));
    if (CASES[i].ascii != NULL)
      assert_string_equal (ascii, CASES[i].ascii);
  }
}

static void
test_rows_fit_and_lose_nothing (void **state)
{
  (void) state;
  static const char *const TEXTS[]
      = { "", "one", "one two three four", "averylongwordthatdoesnotfit and more", "漢字漢字漢字漢字 漢字", "e\314\201e\314\201e\314\201e\314\201" };
  for (gsize t = 0; t < G_N_ELEMENTS (TEXTS); t++)
    for (guint columns = 1; columns < 12; columns++)
      for (guint words = 0; words < 2; words++) {
        g_autoptr (GArray) starts = cd_screen_wrap (TEXTS[t], columns, words == 1);
        assert_int_equal (g_array_index (starts, guint, 0), 0);
        for (guint i = 0; i < starts->len; i++) {
          guint from = g_array_index (starts, guint, i);
          gsize to = i + 1 < starts->len ? g_array_index (starts, guint, i + 1) : strlen (TEXTS[t]);
          assert_true (to > from || *TEXTS[t] == '\0');
          g_autofree char *row = g_strchomp (g_strndup (TEXTS[t] + from, to - from));
          assert_true (g_utf8_validate (row, -1, NULL));
          assert_true (cd_text_columns (row) <= MAX (columns, 2)); /* a wide character in one column cannot fit */
        }
      }
}

static void
test_long_text_is_cut (void **state)
{
  (void) state;
  g_autofree char *end = cd_screen_cut ("漢字漢字", 6, TRUE), *ascii = cd_screen_cut ("abcdefgh", 6, FALSE);
  g_autofree char *middle = cd_screen_cut_middle ("source/with/a/long/path/train.py", 16, TRUE);
  g_autofree char *whole = cd_screen_cut_middle ("train.py", 8, TRUE);
  assert_string_equal (end, "漢字…");
  assert_string_equal (ascii, "abc...");
  assert_string_equal (middle, "sourc…h/train.py");
  assert_string_equal (whole, "train.py");
}

static void
test_words_are_found_in_any_case (void **state)
{
  (void) state;
  guint length = 0;
  gsize end = 0;
  g_autofree gunichar *needle = cd_screen_needle ("ÉCOLE", &length);
  assert_int_equal (cd_screen_find ("une école, une École", 0, needle, length, &end), 4);
  assert_int_equal (end, 10);
  assert_int_equal (cd_screen_find ("une école, une École", end, needle, length, &end), 16);
  assert_int_equal (cd_screen_find ("une école", 10, needle, length, &end), -1);
  assert_int_equal (cd_screen_find ("", 0, needle, length, &end), -1);
  assert_int_equal (cd_screen_find ("anything", 0, needle, 0, &end), -1);
}

static void
assert_spans (const GArray *spans, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < spans->len; i++) {
    const CdSpan *span = &g_array_index (spans, CdSpan, i);
    g_string_append_printf (text, "%s%u:%u-%u", i > 0 ? " " : "", span->document, span->line, span->end);
  }
  assert_string_equal (text->str, expected);
}

static void
test_marked_neighbours_are_one_span (void **state)
{
  (void) state;
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (CdSpan));
  static const guint LINES[] = { 5, 3, 4, 9 };
  for (gsize i = 0; i < G_N_ELEMENTS (LINES); i++)
    cd_spans_toggle (spans, 1, LINES[i]);
  cd_spans_toggle (spans, 0, 4);
  assert_spans (spans, "0:4-4 1:3-5 1:9-9");
  assert_true (cd_spans_hold (spans, 1, 4));
  assert_false (cd_spans_hold (spans, 0, 3));
  cd_spans_toggle (spans, 1, 4);
  cd_spans_toggle (spans, 1, 9);
  assert_spans (spans, "0:4-4 1:3-3 1:5-5");
}

static void
press (CdEdit *edit, const char *keys)
{
  static const struct {
    char c;
    CdKeyName name;
  } NAMES[] = { { '<', CD_NAME_LEFT }, { '>', CD_NAME_RIGHT }, { '-', CD_NAME_BACKSPACE }, { '!', CD_NAME_DELETE }, { '^', CD_NAME_HOME } };
  for (; *keys != '\0'; keys = g_utf8_next_char (keys)) {
    CdKey key = { .kind = CD_KEY_CHARACTER, .c = g_utf8_get_char (keys) };
    for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
      if (*keys == NAMES[i].c)
        key = (CdKey){ .kind = CD_KEY_NAMED, .name = NAMES[i].name };
    cd_edit_key (edit, &key);
  }
}

static void
test_a_line_is_edited_by_characters (void **state)
{
  (void) state;
  static const struct {
    const char *keys, *text;
  } CASES[] = {
    { "abc", "abc" },         { "abc<<x", "axbc" }, { "e\314\201f<<x", "xe\314\201f" }, /* a base and what combines with it are one */
    { "ae\314\201-b", "ab" }, { "日本^!x", "x本" }, { "one two \027x", "one x" },
    { "one^\013two", "two" }, { "-<^!>a", "a" },    { "a\033b\302\205\342\200\256c", "abc" }, /* controls are no text */
  };
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (CdEdit) edit = cd_edit_new ("");
    press (edit, CASES[i].keys);
    assert_string_equal (edit->text->str, CASES[i].text);
  }
}

static void
test_a_line_has_a_longest_length (void **state)
{
  (void) state;
  g_autoptr (CdEdit) edit = cd_edit_new ("two\nlines");
  assert_string_equal (edit->text->str, "two lines");
  for (guint i = 0; i < 2 * CD_EDIT_BYTES; i++)
    press (edit, "日");
  assert_true (edit->text->len <= CD_EDIT_BYTES);
  assert_true (g_utf8_validate (edit->text->str, -1, NULL));
}

static void
test_rows_know_what_they_belong_to (void **state)
{
  (void) state;
  guint first = 0, count = 0;
  g_autoptr (CdRows) rows = cd_rows_new (10, TRUE);
  cd_rows_add (rows, "", CD_INK_PLAIN, "one two three", CD_INK_PLAIN, 0);
  rows->tag = 1;
  cd_rows_add (rows, "> ", CD_INK_PLAIN, "one two three four five", CD_INK_PLAIN, 2);
  assert_int_equal (rows->rows->len, 4);
  assert_true (cd_rows_find (rows, 1, &first, &count));
  assert_int_equal (first, 2);
  assert_int_equal (count, 2);
  assert_false (cd_rows_find (rows, 2, &first, &count));
  const CdRow *cut = rows->rows->pdata[3];
  assert_string_equal (cut->lead, "  ");
  assert_true (g_str_has_suffix (cut->text, "…"));
}

int
main (void)
{
  setlocale (LC_CTYPE, "C.UTF-8");
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_text_is_harmless_and_keeps_its_columns),
    cmocka_unit_test (test_rows_fit_and_lose_nothing),
    cmocka_unit_test (test_long_text_is_cut),
    cmocka_unit_test (test_words_are_found_in_any_case),
    cmocka_unit_test (test_marked_neighbours_are_one_span),
    cmocka_unit_test (test_a_line_is_edited_by_characters),
    cmocka_unit_test (test_a_line_has_a_longest_length),
    cmocka_unit_test (test_rows_know_what_they_belong_to),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
