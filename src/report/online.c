/* The section of the network checks, for a terminal and as Markdown. What answers mean is lineage/online.h's. */
#include "report/online.h"
#include "report/markup.h"
#include <string.h>

#define LISTED 20u
#define INDENT 2u

static gboolean
is_plain (const CdOnlineLink *link)
{
  return link->verdict == CD_ONLINE_NOT_ASKED
         || (link->verdict == CD_ONLINE_EXISTS && link->revision_found != CD_ONLINE_NO && link->digest_found != CD_ONLINE_NO);
}

typedef struct {
  guint existing, unasked;
  GPtrArray *notable; /* CdOnlineLink*, borrowed */
} Told;

static Told
sort_out (const CdOnline *online)
{
  Told told = { .notable = g_ptr_array_new () };
  for (guint i = 0; i < online->links->len; i++) {
    CdOnlineLink *link = online->links->pdata[i];
    told.existing += link->verdict == CD_ONLINE_EXISTS;
    told.unasked += link->verdict == CD_ONLINE_NOT_ASKED;
    if (!is_plain (link))
      g_ptr_array_add (told.notable, link);
  }
  return told;
}

/* What is to be said beyond the verdict; NULL for nothing. Caller frees. */
static char *
notes_of (const CdOnlineLink *link)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new ();
  g_autofree char *moved = link->moved_to == NULL ? NULL : g_strdup_printf ("to %s", link->moved_to);
  if (moved != NULL)
    g_ptr_array_add (notes, moved);
  if (link->named && link->verdict == CD_ONLINE_PRIVATE_OR_GONE)
    g_ptr_array_add (notes, (gpointer) "named without a link, perhaps no name of the hub");
  if (link->revision_found == CD_ONLINE_NO)
    g_ptr_array_add (notes, (gpointer) "the declared revision is not there");
  if (link->digest_found == CD_ONLINE_NO)
    g_ptr_array_add (notes, (gpointer) "no file of it has the declared digest");
  g_ptr_array_add (notes, NULL);
  return notes->pdata[0] == NULL ? NULL : g_strjoinv ("; ", (char **) notes->pdata);
}

/* "29 links asked about, 9 of them simply there". Caller frees. */
static char *
summary_of (const CdOnline *online, const Told *told)
{
  GString *summary = g_string_new (NULL);
  g_string_append_printf (summary, "%u links asked about, %u of them simply there", online->asked, told->existing);
  if (told->unasked > 0)
    g_string_append_printf (summary, "; %u not asked about", told->unasked);
  return g_string_free (summary, FALSE);
}

static char *
place_of (const CdAudit *audit, const CdOnlineLink *link)
{
  if (link->places->len == 0)
    return g_strdup ("");
  const CdPlace *place = &g_array_index (link->places, CdPlace, 0);
  return cd_report_place (audit, place->document, place->line);
}

#define VERDICT_COLUMNS 17u

static void
put_link (CdPage *page, const CdAudit *audit, const CdOnlineLink *link)
{
  g_autofree char *notes = notes_of (link), *place = place_of (audit, link);
  cd_page_move (page, INDENT);
  cd_page_put (page, cd_online_verdict_name (link->verdict), CD_TINT_FAIR);
  cd_page_move (page, INDENT + VERDICT_COLUMNS);
  cd_page_printf (page, CD_TINT_NONE, "%s ", cd_online_kind_name (link->kind));
  cd_page_put_middle (page, link->id, page->width * 2 / 5, CD_TINT_NONE);
  cd_page_move (page, page->column + 2);
  cd_page_put_middle (page, place, cd_page_room (page), CD_TINT_FAINT);
  cd_page_end (page);
  if (notes == NULL)
    return;
  cd_page_move (page, INDENT + VERDICT_COLUMNS);
  cd_page_wrap (page, notes, CD_TINT_FAINT);
  cd_page_end (page);
}

void
cd_page_online (CdPage *page, const CdAudit *audit)
{
  if (audit->online == NULL)
    return;
  Told told = sort_out (audit->online);
  cd_page_heading (page, "Network checks");
  cd_page_move (page, INDENT);
  g_autofree char *summary = summary_of (audit->online, &told);
  cd_page_put (page, summary, CD_TINT_NONE);
  cd_page_end (page);
  for (guint i = 0; i < told.notable->len && i < LISTED; i++)
    put_link (page, audit, told.notable->pdata[i]);
  if (told.notable->len > LISTED) {
    cd_page_move (page, INDENT);
    cd_page_printf (page, CD_TINT_FAINT, "and %u more", told.notable->len - LISTED);
    cd_page_end (page);
  }
  g_ptr_array_unref (told.notable);
}

void
cd_markup_online (GString *out, const CdAudit *audit)
{
  if (audit->online == NULL)
    return;
  Told told = sort_out (audit->online);
  g_autofree char *summary = summary_of (audit->online, &told);
  g_string_append_printf (out, "\n## Network checks\n\n%s.\n\n", summary);
  for (guint i = 0; i < told.notable->len && i < LISTED; i++) {
    const CdOnlineLink *link = told.notable->pdata[i];
    g_autofree char *notes = notes_of (link);
    g_string_append_printf (out, "- %s ", cd_online_kind_name (link->kind));
    cd_markup_code (out, link->id);
    if (link->places->len > 0) {
      const CdPlace *place = &g_array_index (link->places, CdPlace, 0);
      g_string_append (out, " (");
      cd_markup_place (out, audit, place->document, place->line);
      g_string_append (out, ")");
    }
    g_string_append_printf (out, ": %s", cd_online_verdict_name (link->verdict));
    if (notes != NULL) {
      g_string_append (out, ", ");
      cd_markup_text (out, notes);
    }
    g_string_append (out, "\n");
  }
  if (told.notable->len > LISTED)
    g_string_append_printf (out, "- and %u more\n", told.notable->len - LISTED);
  g_ptr_array_unref (told.notable);
}
