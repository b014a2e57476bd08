/* Lines, UTF-8 hygiene, word comparison. */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static void
test_lines_by_offset (void **state)
{
  (void) state;
  static const char TEXT[] = "one\ntwo\r\n\nfour";
  static const struct {
    gsize offset;
    guint line;
  } CASES[] = { { 0, 1 }, { 3, 1 }, { 4, 2 }, { 8, 2 }, { 9, 3 }, { 10, 4 }, { 13, 4 } };
  g_autoptr (CdLines) lines = cd_lines_new (TEXT, strlen (TEXT));
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    assert_int_equal (cd_lines_at (lines, CASES[i].offset), CASES[i].line);
}

/* Whatever line is guessed: before, far before, behind, outside. */
static void
test_guesses_do_not_change_lines (void **state)
{
  (void) state;
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < 40; i++)
    g_string_append (text, i % 3 == 0 ? "\n" : "word\n");
  g_autoptr (CdLines) lines = cd_lines_new (text->str, text->len);
  for (gsize offset = 0; offset <= text->len; offset++)
    for (guint hint = 0; hint < 50; hint++)
      assert_int_equal (cd_lines_near (lines, offset, hint), cd_lines_at (lines, offset));
}

static void
test_utf8_is_told_from_other_bytes (void **state)
{
  (void) state;
  static const struct {
    const char *bytes;
    gsize length;
    gboolean valid;
  } CASES[] = {
    { "", 0, TRUE },
    { "plain words only", 16, TRUE },
    { "a\0b", 3, TRUE },
    { "\xe8\xae\xba\xe6\x96\x87 of 2024", 14, TRUE },
    { "seven..\xe8\xae\xba", 10, TRUE },
    { "seven..\xe8\xae", 9, FALSE },
    { "seven..\xe8\xae.", 10, FALSE },
    { "sixteen bytes..\x80", 16, FALSE },
    { "\xc0\xaf", 2, FALSE },
    { "\xed\xa0\x80", 3, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    assert_int_equal (cd_text_is_utf8 (CASES[i].bytes, CASES[i].length), CASES[i].valid);
}

static void
test_line_ranges_leave_line_ends_out (void **state)
{
  (void) state;
  static const char TEXT[] = "one\ntwo\r\n\nfour\n";
  static const struct {
    guint line;
    gboolean exists;
    gsize start, end;
  } CASES[] = {
    { 0, FALSE, 0, 0 }, { 1, TRUE, 0, 3 }, { 2, TRUE, 4, 7 }, { 3, TRUE, 9, 9 }, { 4, TRUE, 10, 14 }, { 5, FALSE, 0, 0 },
  };
  g_autoptr (CdLines) lines = cd_lines_new (TEXT, strlen (TEXT));
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    gsize start = 0, end = 0;
    assert_int_equal (cd_lines_range (lines, TEXT, strlen (TEXT), CASES[i].line, &start, &end), CASES[i].exists);
    assert_int_equal (start, CASES[i].start);
    assert_int_equal (end, CASES[i].end);
  }
}

static void
test_empty_text_has_one_empty_line (void **state)
{
  (void) state;
  gsize start = 9, end = 9;
  g_autoptr (CdLines) lines = cd_lines_new ("", 0);
  assert_int_equal (cd_lines_at (lines, 0), 1);
  assert_true (cd_lines_range (lines, "", 0, 1, &start, &end));
  assert_int_equal (start, 0);
  assert_int_equal (end, 0);
}

static void
test_utf8_is_repaired_visibly (void **state)
{
  (void) state;
  static const struct {
    const char *bytes;
    gsize length;
    const char *want;
  } CASES[] = {
    { "plain", 5, "plain" },
    { "caf\xC3\xA9", 5, "caf\xC3\xA9" },
    { "a\xFF"
      "b",
      3, "a\\xFFb" },
    { "a\0b", 3, "a\\x00b" },
    { "\xC3", 1, "\\xC3" },
    { "\xED\xA0\x80", 3, "\\xED\\xA0\\x80" },
    { "", 0, "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *got = cd_text_to_utf8 (CASES[i].bytes, CASES[i].length);
    assert_string_equal (got, CASES[i].want);
  }
}

static void
test_nothing_reaches_the_terminal_as_control (void **state)
{
  (void) state;
  static const struct {
    const char *text, *want;
  } CASES[] = {
    { "a\x1B[31mb", "a\\u{1B}[31mb" },
    { "a\nb\tc", "a b c" },
    { "x\xE2\x80\xAEy", "x\\u{202E}y" },
    { "z\xE2\x80\x8B", "z\\u{200B}" },
    { "\x7F", "\\u{7F}" },
    { "\xC2\x9B", "\\u{9B}" },
    { "caf\xC3\xA9 \xE6\x95\xB0", "caf\xC3\xA9 \xE6\x95\xB0" },
    { "\xFF", "\\xFF" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *got = cd_text_printable (CASES[i].text);
    assert_string_equal (got, CASES[i].want);
  }
}

static void
test_text_is_told_from_binary (void **state)
{
  (void) state;
  g_autofree char *late = g_strnfill (9000, 'a');
  late[8500] = '\0';
  assert_true (cd_text_is_text ("", 0));
  assert_true (cd_text_is_text ("abc", 3));
  assert_false (cd_text_is_text ("a\0c", 3));
  assert_true (cd_text_is_text (late, 9000));
}

static void
test_keys_meet (void **state)
{
  (void) state;
  static const struct {
    const char *text, *want;
  } CASES[] = {
    { "AIME-2024", "aime2024" },
    { "MATH 500", "math500" },
    { "GPT_4o (mini)", "gpt4omini" },
    { "\xC3\x89"
      "cole",
      "\xC3\xA9"
      "cole" },
    { "--", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *got = cd_text_key (CASES[i].text);
    assert_string_equal (got, CASES[i].want);
  }
}

static void
test_tokens (void **state)
{
  (void) state;
  static const struct {
    const char *text, *want;
  } CASES[] = {
    { "Qwen2.5-Math 7B", "qwen2|5|math|7b" }, { "openR1", "openr1" }, { " ,; ", "" }, { "", "" }, { "end", "end" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_auto (GStrv) tokens = cd_text_tokens (CASES[i].text);
    g_autofree char *got = g_strjoinv ("|", tokens);
    assert_string_equal (got, CASES[i].want);
  }
}

static void
test_columns (void **state)
{
  (void) state;
  assert_int_equal (cd_text_columns ("abc"), 3);
  assert_int_equal (cd_text_columns ("\xE6\x95\xB0\xE5\xAD\xA6"), 4);
  assert_int_equal (cd_text_columns ("e\xCC\x81"), 1);
}

static void
test_distance (void **state)
{
  (void) state;
  static const struct {
    const char *a, *b;
    guint want;
  } CASES[] = {
    { "", "", 0 }, { "abc", "", 3 }, { "kitten", "sitting", 3 }, { "\xC3\xA9", "e", 1 }, { "same", "same", 0 },
    { "audti", "audit", 1 }, { "ca", "abc", 3 }, { "abcd", "badc", 2 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    assert_int_equal (cd_text_distance (CASES[i].a, CASES[i].b), CASES[i].want);
    assert_int_equal (cd_text_distance (CASES[i].b, CASES[i].a), CASES[i].want);
  }
}

static void
test_nearest_is_near (void **state)
{
  (void) state;
  static const char *const WORDS[] = { "datasets", "teachers", "models", NULL };
  assert_string_equal (cd_text_nearest ("dataset", WORDS), "datasets");
  assert_string_equal (cd_text_nearest ("techers", WORDS), "teachers");
  assert_null (cd_text_nearest ("zebra", WORDS));
}

static void
test_a_message_suggests_what_is_near_or_lists (void **state)
{
  (void) state;
  static const char *const FORMATS[] = { "text", "json", "markdown", NULL }, *const ONE[] = { "text", NULL }, *const NONE[] = { NULL };
  static const struct {
    const char *word;
    const char *const *candidates;
    const char *suggestion, *choices;
  } CASES[] = {
    { "jsn", FORMATS, "; did you mean \"json\"?", "; did you mean \"json\"?" },
    { "xml", FORMATS, "", "; there are text, json and markdown" },
    { "xml", ONE, "", "; there is text" },
    { "xml", NONE, "", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *suggestion = cd_text_suggestion (CASES[i].word, CASES[i].candidates);
    g_autofree char *choices = cd_text_choices (CASES[i].word, CASES[i].candidates);
    assert_string_equal (suggestion, CASES[i].suggestion);
    assert_string_equal (choices, CASES[i].choices);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_lines_by_offset),
    cmocka_unit_test (test_guesses_do_not_change_lines),
    cmocka_unit_test (test_utf8_is_told_from_other_bytes),
    cmocka_unit_test (test_line_ranges_leave_line_ends_out),
    cmocka_unit_test (test_empty_text_has_one_empty_line),
    cmocka_unit_test (test_utf8_is_repaired_visibly),
    cmocka_unit_test (test_nothing_reaches_the_terminal_as_control),
    cmocka_unit_test (test_text_is_told_from_binary),
    cmocka_unit_test (test_keys_meet),
    cmocka_unit_test (test_tokens),
    cmocka_unit_test (test_columns),
    cmocka_unit_test (test_distance),
    cmocka_unit_test (test_nearest_is_near),
    cmocka_unit_test (test_a_message_suggests_what_is_near_or_lists),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
