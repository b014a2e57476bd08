/* Packing hits: numbers as steps from the hit before. */
#include "signals/stored.h"

void
cd_hits_pack (const GArray *hits, GByteArray *out)
{
  guint passage = 0;
  cd_pack_number (out, hits->len);
  for (guint i = 0; i < hits->len; i++) {
    const CdHit *hit = &g_array_index (hits, CdHit, i);
    cd_pack_number (out, hit->signal);
    cd_pack_signed (out, (gint64) hit->passage - passage);
    cd_pack_number (out, hit->start);
    cd_pack_signed (out, (gint64) hit->end - hit->start);
    cd_pack_number (out, hit->line);
    passage = hit->passage;
  }
}

GArray *
cd_hits_unpack (CdUnpacking *from, const CdSignals *signals, const CdDocument *document)
{
  guint count = cd_unpack_count (from), length = (guint) document->length;
  gint64 passages = document->passages->len, passage = 0;
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (CdHit));
  for (guint i = 0; i < count && !from->bad; i++) {
    CdHit hit = { .signal = (guint) cd_unpack_number (from, cd_signals_length (signals)) };
    passage += cd_unpack_signed (from, -passage, passages - 1 - passage);
    hit.passage = (guint32) passage;
    hit.start = (guint32) cd_unpack_number (from, length);
    hit.end = (guint32) (hit.start + cd_unpack_signed (from, -(gint64) hit.start, (gint64) length - hit.start));
    hit.line = (guint32) cd_unpack_number (from, G_MAXUINT32);
    from->bad = from->bad || hit.signal >= cd_signals_length (signals) || passages == 0;
    g_array_append_val (hits, hit);
  }
  return from->bad ? NULL : g_steal_pointer (&hits);
}
