/* What drawings are made of. Positions across are percentages of the width, so that a drawing fits a phone and a sheet of paper with text of one size;
 * positions down are pixels. For page/ only. */
#pragma once
#include "page/html.h"

/* An open <svg> as wide as what holds it, high pixels high, that is called title and described. */
void cd_svg_open (CdHtml *html, guint high, const char *title, const char *description);
/* Shapes; class says how it looks (style.css). Across in percent, down in pixels. */
void cd_svg_rect (CdHtml *html, const char *class, double x, double y, double wide, double high);
void cd_svg_line (CdHtml *html, const char *class, double x1, double y1, double x2, double y2);
/* A dot with what it stands for as its tooltip (NULL none). */
void cd_svg_dot (CdHtml *html, const char *class, double x, double y, double radius, const char *says);
/* A square on its corner, 2 × half wide. */
void cd_svg_diamond (CdHtml *html, const char *class, double x, double y, double half, const char *says);
/* anchor: "start", "middle" or "end". */
void cd_svg_text (CdHtml *html, const char *class, const char *anchor, double x, double y, const char *text);
/* One shape as a legend's sign: "dot", "diamond", "rect", "stripes" or "line" in the class given, with its meaning after it. */
void cd_svg_legend (CdHtml *html, const char *shape, const char *class, const char *means);
