/* Shapes of SVG at positions in percent and pixels. What is drawn is the drawings' business, how it looks the style sheet's. */
#include "page/draw.h"
#include <string.h>

#define TEXT_MOST 60u   /* characters of a label */
#define SAYS_MOST 2000u /* of a description */

/* "46.7%". Caller frees. */
static char *
percent (double value)
{
  g_autofree char *number = cd_html_number (value);
  return g_strconcat (number, "%", NULL);
}

void
cd_svg_open (CdHtml *html, guint high, const char *title, const char *description)
{
  g_autofree char *height = g_strdup_printf ("%u", high), *says = cd_html_cut (description, SAYS_MOST);
  cd_html_open (html, "svg", "class", "chart", "width", "100%", "height", height, "role", "img", "aria-label", title, NULL);
  cd_html_leaf (html, "title", title, NULL);
  cd_html_leaf (html, "desc", says, NULL);
}

void
cd_svg_rect (CdHtml *html, const char *class, double x, double y, double wide, double high)
{
  g_autofree char *left = percent (x), *top = cd_html_number (y), *width = percent (wide), *height = cd_html_number (high);
  cd_html_leaf (html, "rect", NULL, "class", class, "x", left, "y", top, "width", width, "height", height, NULL);
}

void
cd_svg_line (CdHtml *html, const char *class, double x1, double y1, double x2, double y2)
{
  g_autofree char *left = percent (x1), *top = cd_html_number (y1), *right = percent (x2), *bottom = cd_html_number (y2);
  cd_html_leaf (html, "line", NULL, "class", class, "x1", left, "y1", top, "x2", right, "y2", bottom, NULL);
}

void
cd_svg_dot (CdHtml *html, const char *class, double x, double y, double radius, const char *says)
{
  g_autofree char *left = percent (x), *top = cd_html_number (y), *size = cd_html_number (radius);
  cd_html_open (html, "circle", "class", class, "cx", left, "cy", top, "r", size, NULL);
  if (says != NULL)
    cd_html_leaf (html, "title", says, NULL);
  cd_html_close (html);
}

/* "M0 -6L6 0L0 6L-6 0Z". Caller frees. */
static char *
diamond_path (double half)
{
  g_autofree char *size = cd_html_number (half);
  return g_strdup_printf ("M0 -%sL%s 0L0 %sL-%s 0Z", size, size, size, size);
}

void
cd_svg_diamond (CdHtml *html, const char *class, double x, double y, double half, const char *says)
{
  g_autofree char *left = percent (x), *top = cd_html_number (y), *path = diamond_path (half);
  cd_html_open (html, "svg", "x", left, "y", top, "overflow", "visible", NULL);
  cd_html_open (html, "path", "class", class, "d", path, NULL);
  if (says != NULL)
    cd_html_leaf (html, "title", says, NULL);
  cd_html_close (html);
  cd_html_close (html);
}

void
cd_svg_text (CdHtml *html, const char *class, const char *anchor, double x, double y, const char *text)
{
  g_autofree char *left = percent (x), *top = cd_html_number (y), *cut = cd_html_cut (text != NULL ? text : "", TEXT_MOST);
  cd_html_leaf (html, "text", cut, "class", class, "text-anchor", anchor, "x", left, "y", top, NULL);
}

void
cd_svg_legend (CdHtml *html, const char *shape, const char *class, const char *means)
{
  cd_html_open (html, "span", "class", "legend", NULL);
  cd_html_open (html, "svg", "class", "sign", "width", "22", "height", "14", "aria-hidden", "true", NULL);
  if (strcmp (shape, "dot") == 0)
    cd_svg_dot (html, class, 50, 7, 4.5, NULL);
  else if (strcmp (shape, "diamond") == 0)
    cd_svg_diamond (html, class, 50, 7, 6, NULL);
  else if (strcmp (shape, "rect") == 0)
    cd_svg_rect (html, class, 2, 2, 96, 10);
  else
    cd_svg_line (html, class, 2, 7, 98, 7);
  cd_html_close (html);
  cd_html_text (html, " ");
  cd_html_text (html, means);
  cd_html_close (html);
}
