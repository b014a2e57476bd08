/* The sizes and the fan-out table of pack indexes (git's Documentation/gitformat-pack.txt, version 2 and the older form without a signature).
 * Contents are not verified: a wrong object id shows when the object is read. */
#include "git/pack-index.h"
#include <string.h>

#define FANOUT 256u
#define CHECKSUMS 40u /* of pack and index */
#define ENTRY_V1 24u  /* offset and id */
#define ENTRY_V2 28u  /* id, CRC and offset */
#define SIGNATURE "\377tOc"
#define VERSION 2u

static guint32
read_number (const guint8 *bytes)
{
  guint32 number;
  memcpy (&number, bytes, sizeof number);
  return GUINT32_FROM_BE (number);
}

static gboolean
is_sound (const guint8 *bytes, gsize length)
{
  gboolean signed_form = length >= 8 && memcmp (bytes, SIGNATURE, 4) == 0;
  gsize header = signed_form ? 8 : 0, entry = signed_form ? ENTRY_V2 : ENTRY_V1;
  if (length < header + 4 * FANOUT + CHECKSUMS || (signed_form && read_number (bytes + 4) != VERSION))
    return FALSE;
  guint32 last = 0;
  for (guint i = 0; i < FANOUT; i++) {
    guint32 count = read_number (bytes + header + 4 * i);
    if (count < last)
      return FALSE;
    last = count;
  }
  return (length - header - 4 * FANOUT - CHECKSUMS) / entry >= last;
}

gboolean
cd_pack_indexes_check (const char *objects, const char *location, GError **error)
{
  g_autofree char *folder = g_build_filename (objects, "pack", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    if (!g_str_has_suffix (name, ".idx"))
      continue;
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
    if (file != NULL && is_sound ((const guint8 *) g_mapped_file_get_contents (file), g_mapped_file_get_length (file)))
      continue;
    g_set_error (error, CD_ERROR, CD_ERROR_REPOSITORY, "cannot read the git repository at '%s': the pack index %s is damaged", location, name);
    return FALSE;
  }
  return TRUE;
}
