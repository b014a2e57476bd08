/* Risks: what each is and where, for a terminal and as Markdown. JSON has every place (json-commands.c). */
#include "report/risks.h"
#include "report/markup.h"

#define LISTED 5u
#define INDENT 2u

void
cd_risks_of (const CdAudit *audit, CdRisk risks[static CD_RISKS])
{
  risks[0] = (CdRisk){
    "committed-credential",
    "a value in the form of an issued key, token or password is committed; whether it still works was not tried, and it is printed nowhere",
    audit->work->credentials
  };
  risks[1] = (CdRisk){ "instructions-to-a-reader",
                       "text reads as an instruction to whoever judges this work, if it is no quotation or test; no verdict follows it",
                       audit->work->addressed };
}

static void
put_risk (CdPage *page, const CdAudit *audit, const CdRisk *risk)
{
  cd_page_move (page, INDENT);
  cd_page_printf (page, CD_TINT_STRONG, "%s", risk->code);
  cd_page_end (page);
  cd_page_move (page, INDENT + 2);
  cd_page_wrap (page, risk->says, CD_TINT_NONE);
  cd_page_end (page);
  for (guint i = 0; i < risk->places->len && i < LISTED; i++) {
    const CdPlace *place = &g_array_index (risk->places, CdPlace, i);
    g_autofree char *where = cd_report_place (audit, place->document, place->line);
    cd_page_move (page, INDENT + 2);
    cd_page_put_middle (page, where, cd_page_room (page), CD_TINT_FAINT);
    cd_page_end (page);
  }
  if (risk->places->len > LISTED) {
    cd_page_move (page, INDENT + 2);
    cd_page_printf (page, CD_TINT_FAINT, "and %u more", risk->places->len - LISTED);
    cd_page_end (page);
  }
}

void
cd_text_risks (CdPage *page, const CdAudit *audit)
{
  CdRisk risks[CD_RISKS];
  gboolean any = FALSE;
  cd_risks_of (audit, risks);
  for (guint i = 0; i < CD_RISKS; i++) {
    if (risks[i].places->len == 0)
      continue;
    if (!any)
      cd_page_heading (page, "Risks");
    any = TRUE;
    put_risk (page, audit, &risks[i]);
  }
}

void
cd_markdown_risks (GString *out, const CdAudit *audit)
{
  CdRisk risks[CD_RISKS];
  gboolean any = FALSE;
  cd_risks_of (audit, risks);
  for (guint i = 0; i < CD_RISKS; i++) {
    const GArray *places = risks[i].places;
    if (places->len == 0)
      continue;
    g_string_append_printf (out, "%s- `%s`: %s (", any ? "" : "\n## Risks\n\n", risks[i].code, risks[i].says);
    any = TRUE;
    for (guint k = 0; k < places->len && k < LISTED; k++) {
      const CdPlace *place = &g_array_index (places, CdPlace, k);
      g_string_append (out, k > 0 ? ", " : "");
      cd_markup_place (out, audit, place->document, place->line);
    }
    if (places->len > LISTED)
      g_string_append_printf (out, " and %u more", places->len - LISTED);
    g_string_append (out, ")\n");
  }
}
