/* Where the evidence of an answer stands in the audited tree: a place is known again by the bytes of its file. */
#include "assessment/places.h"
#include <string.h>

void
cd_places_clear (CdPlaces *places)
{
  g_clear_pointer (&places->by_blob, g_hash_table_unref);
}

static guint
oid_hash (gconstpointer oid)
{
  guint hash = 0;
  memcpy (&hash, ((const CdOid *) oid)->bytes, sizeof hash);
  return hash;
}

static gboolean
oid_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (CdOid)) == 0;
}

static const CdDocument *
document_at (const CdPlaces *places, guint index)
{
  return g_ptr_array_index (places->corpus->documents, index);
}

/* Documents stand in the order of their paths. */
static guint
find_path (const CdPlaces *places, const char *path)
{
  guint low = 0, high = places->corpus->documents->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    int order = strcmp (document_at (places, middle)->path, path);
    if (order == 0)
      return middle;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return G_MAXUINT;
}

/* The other way round than cd_oid_to_hex; a text that is no object id is some id that no blob has. */
static CdOid
oid_of (const char *hex)
{
  CdOid oid = { { 0 } };
  for (guint i = 0; i < CD_OID_BYTES && hex[2 * i] != '\0' && hex[2 * i + 1] != '\0'; i++)
    oid.bytes[i] = (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  return oid;
}

static guint
find_blob (CdPlaces *places, const CdOid *oid)
{
  if (places->by_blob == NULL) {
    places->by_blob = g_hash_table_new (oid_hash, oid_equal);
    for (guint i = places->corpus->documents->len; i > 0; i--)
      g_hash_table_insert (places->by_blob, (gpointer) &document_at (places, i - 1)->oid, GUINT_TO_POINTER (i));
  }
  return GPOINTER_TO_UINT (g_hash_table_lookup (places->by_blob, oid)) - 1;
}

guint
cd_places_find (CdPlaces *places, const CdCitation *citation, gboolean exact)
{
  guint index = find_path (places, citation->path);
  if (citation->blob == NULL)
    return exact ? index : G_MAXUINT;
  CdOid oid = oid_of (citation->blob);
  if (index != G_MAXUINT && oid_equal (&document_at (places, index)->oid, &oid))
    return index;
  return find_blob (places, &oid);
}

CdCarried
cd_places_carry (CdPlaces *places, const char *commit, const CdResponse *response)
{
  gboolean blind = response->evidence->len == 0;
  if (strcmp (commit, places->commit) == 0)
    return CD_CARRIED_SAME;
  for (guint i = 0; i < response->evidence->len; i++) {
    const CdCitation *citation = response->evidence->pdata[i];
    if (citation->blob != NULL && cd_places_find (places, citation, FALSE) == G_MAXUINT)
      return CD_CARRIED_CHANGED;
    blind |= citation->blob == NULL;
  }
  return blind ? CD_CARRIED_BLIND : CD_CARRIED_UNCHANGED;
}
