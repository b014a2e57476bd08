/* The page writer: what is hostile comes out as text, what a browser may run or load is named by hash. */
#include "cli/embedded.h"
#include "page/html.h"
#include <gio/gio.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static int
register_files (void **state)
{
  (void) state;
  cd_embedded_register ();
  return 0;
}

static void
assert_holds (const char *page, const char *part)
{
  if (strstr (page, part) == NULL)
    fail_msg ("no %s in\n%s", part, page);
}

static void
assert_lacks (const char *page, const char *part)
{
  if (strstr (page, part) != NULL)
    fail_msg ("%s in\n%s", part, page);
}

static void
text_and_attributes_are_escaped (void **state)
{
  (void) state;
  CdHtml *html = cd_html_page ("</title><script>alert(1)</script>", NULL);
  cd_html_leaf (html, "p", "<img src=x onerror=\"alert(1)\"> & more", "title", "\"><b>bold</b>", "lang", NULL, NULL);
  cd_html_printf (html, "%s: %d", "</body>", 3);
  g_autofree char *page = cd_html_finish (html);
  assert_holds (page, "<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title>");
  assert_holds (page, "<p title=\"&quot;&gt;&lt;b&gt;bold&lt;/b&gt;\">&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; more</p>");
  assert_holds (page, "&lt;/body&gt;: 3");
  assert_lacks (page, "<script");
  assert_lacks (page, "<b>");
}

static void
controls_and_bytes_that_are_no_text_are_shown (void **state)
{
  (void) state;
  CdHtml *html = cd_html_page ("t", NULL);
  cd_html_text (html, "a\xe2\x80\xae"
                      "b\x07"
                      "c\xff"
                      "d");
  g_autofree char *page = cd_html_finish (html);
  assert_holds (page, "a\\u{202E}b\\u{7}c\\xFFd");
  assert_true (g_utf8_validate (page, -1, NULL));
}

static void
elements_end_as_html_wants_it (void **state)
{
  (void) state;
  CdHtml *html = cd_html_page ("t", NULL);
  cd_html_leaf (html, "br", NULL, NULL);
  cd_html_leaf (html, "div", NULL, "class", "empty", NULL);
  cd_html_open (html, "svg", NULL);
  cd_html_open (html, "rect", "width", "3", NULL);
  cd_html_leaf (html, "title", "wide", NULL);
  cd_html_close (html);
  g_autofree char *page = cd_html_finish (html);
  assert_true (g_str_has_prefix (page, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>"));
  assert_holds (page, "<br/>");
  assert_holds (page, "<div class=\"empty\"></div>");
  assert_holds (page, "<rect width=\"3\"><title>wide</title>\n</rect></svg>");
  assert_true (g_str_has_suffix (page, "</body>\n</html>\n"));
}

/* The policy's hash of the element's bytes as they stand in the page. Caller frees. */
static char *
hash_of (const char *page, const char *element)
{
  g_autofree char *begin = g_strdup_printf ("<%s>", element), *end = g_strdup_printf ("</%s>", element);
  const char *from = strstr (page, begin);
  assert_non_null (from);
  from += strlen (begin);
  const char *to = strstr (from, end);
  assert_non_null (to);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, (const guchar *) from, to - from);
  g_checksum_get_digest (checksum, digest, &length);
  g_autofree char *base64 = g_base64_encode (digest, length);
  return g_strdup_printf ("%s-src 'sha256-%s'; ", element, base64);
}

static void
the_policy_names_style_and_script_by_their_bytes (void **state)
{
  (void) state;
  g_autofree char *plain = cd_html_finish (cd_html_page ("t", NULL));
  g_autofree char *styled = hash_of (plain, "style");
  assert_holds (plain, styled);
  assert_holds (plain, "content=\"default-src 'none'; style-src 'sha256-");
  assert_holds (plain, "script-src 'none'; img-src data:; base-uri 'none'; form-action 'none'\"");
  assert_lacks (plain, "<script");
  g_auto (GStrv) files = g_resources_enumerate_children ("/candor/page", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  assert_non_null (files);
  for (char **file = files; *file != NULL; file++) {
    if (!g_str_has_suffix (*file, ".js"))
      continue;
    g_autofree char *page = cd_html_finish (cd_html_page ("t", *file));
    g_autofree char *scripted = hash_of (page, "script");
    assert_holds (page, scripted);
  }
}

static void
only_the_web_and_neighbours_become_links (void **state)
{
  (void) state;
  static const struct {
    const char *target;
    gboolean link;
  } cases[] = {
    { "https://example.org/a?b#c", TRUE },
    { "HTTP://example.org", TRUE },
    { "works/one.html#top", TRUE },
    { "../index.html", TRUE },
    { "#verdicts", TRUE },
    { "a.html?x=b:c", TRUE },
    { "javascript:alert(1)", FALSE },
    { "JaVaScRiPt:alert(1)", FALSE },
    { " javascript:alert(1)", FALSE },
    { "java\tscript:alert(1)", FALSE },
    { "\x01javascript:alert(1)", FALSE },
    { "data:text/html,x", FALSE },
    { "vbscript:x", FALSE },
    { "file:///etc/passwd", FALSE },
    { "//example.org", FALSE },
    { "\\\\example.org", FALSE },
    { "https://", FALSE },
    { "", FALSE },
    { NULL, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    CdHtml *html = cd_html_page ("t", NULL);
    cd_html_link (html, cases[i].target, "name of it");
    g_autofree char *page = cd_html_finish (html);
    assert_holds (page, "name of it");
    if ((strstr (page, "<a href=") != NULL) != cases[i].link)
      fail_msg ("%s: %s", cases[i].target ? cases[i].target : "NULL", cases[i].link ? "no link" : "a link");
  }
}

static void
numbers_are_short (void **state)
{
  (void) state;
  static const struct {
    double value;
    const char *text;
  } cases[]
      = { { 0, "0" }, { -0.0001, "0" }, { 12, "12" }, { 120, "120" }, { 1.5, "1.5" }, { -2.3456, "-2.346" }, { INFINITY, "0" }, { 1e300, "0" } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = cd_html_number (cases[i].value);
    assert_string_equal (text, cases[i].text);
  }
}

static void
long_text_loses_its_middle (void **state)
{
  (void) state;
  g_autofree char *whole = cd_html_cut ("short", 5), *cut = cd_html_cut ("ααααααβγδ", 6), *wrong = cd_html_cut ("\xff", 4);
  assert_string_equal (whole, "short");
  assert_string_equal (cut, "ααα…γδ");
  assert_string_equal (wrong, "\\xFF");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (text_and_attributes_are_escaped),
    cmocka_unit_test (controls_and_bytes_that_are_no_text_are_shown),
    cmocka_unit_test (elements_end_as_html_wants_it),
    cmocka_unit_test (the_policy_names_style_and_script_by_their_bytes),
    cmocka_unit_test (only_the_web_and_neighbours_become_links),
    cmocka_unit_test (numbers_are_short),
    cmocka_unit_test (long_text_loses_its_middle),
  };
  return cmocka_run_group_tests (tests, register_files, NULL);
}
