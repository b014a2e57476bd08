/* By what an audit in the store is known to be the one that would be made now. */
#include "audit/rules.h"
#include "leaderboard/leaderboard-parts.h"
#include <cjson/cJSON.h>
#include <elf.h>
#include <link.h>
#include <string.h>

#define NOTE_NAME "GNU"
#define PROGRAM "/proc/self/exe"

/* The build id among the notes at begin: records of three words, a name and what it names, each padded to four bytes. NULL without one. Caller frees. */
static char *
find_build_id (const guint8 *begin, gsize length)
{
  gsize at = 0;
  while (length - at >= sizeof (ElfW (Nhdr))) {
    ElfW (Nhdr) note;
    memcpy (&note, begin + at, sizeof note);
    gsize name = at + sizeof note, value = name + ((note.n_namesz + 3u) & ~3u), next = value + ((note.n_descsz + 3u) & ~3u);
    if (next < at || next > length)
      return NULL;
    if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == sizeof NOTE_NAME && memcmp (begin + name, NOTE_NAME, sizeof NOTE_NAME) == 0)
      return g_compute_checksum_for_data (G_CHECKSUM_SHA256, begin + value, note.n_descsz);
    at = next;
  }
  return NULL;
}

/* Of the program, which comes first. */
static int
look_for_build_id (struct dl_phdr_info *info, G_GNUC_UNUSED size_t size, void *data)
{
  char **id = data;
  for (ElfW (Half) i = 0; i < info->dlpi_phnum && *id == NULL; i++) {
    const ElfW (Phdr) *header = &info->dlpi_phdr[i];
    if (header->p_type == PT_NOTE)
      *id = find_build_id ((const guint8 *) (info->dlpi_addr + header->p_vaddr), header->p_memsz);
  }
  return 1;
}

/* What the linker wrote into the program about all of its bytes: reading it takes a microsecond, hashing the program a third of a second, which is left for
 * a linker that writes none. Caller frees. */
static char *
program_id (void)
{
  char *id = NULL;
  dl_iterate_phdr (look_for_build_id, &id);
  if (id != NULL)
    return id;
  g_autoptr (GMappedFile) file = g_mapped_file_new (PROGRAM, FALSE, NULL);
  if (file == NULL)
    return g_strdup ("unknown");
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) g_mapped_file_get_contents (file), g_mapped_file_get_length (file));
}

char *
cd_leaderboard_rules (const CdLeaderboardOptions *options, GError **error)
{
  g_autoptr (CdData) data = cd_data_new (options->rules, error);
  g_autoptr (CdRules) rules = data != NULL ? cd_rules_load (data, options->rubric, options->cache, error) : NULL;
  if (rules == NULL)
    return NULL;
  g_autofree char *program = program_id (), *files = cd_data_digest (data, "rubrics");
  const char *const parts[] = { CANDOR_VERSION, program, files, cd_rubric_sha256 (rules->rubric) };
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_checksum_update (checksum, (const guchar *) parts[i], -1);
    g_checksum_update (checksum, (const guchar *) "\n", 1);
  }
  return g_strdup (g_checksum_get_string (checksum));
}

static void
add_texts (cJSON *object, const char *key, char **texts)
{
  if (texts != NULL)
    cJSON_AddItemToObject (object, key, cJSON_CreateStringArray ((const char *const *) texts, (int) g_strv_length (texts)));
}

/* What readers answered counts, wherever the file is; one that cannot be read now is told by the audit. */
static void
add_assessments (cJSON *object, char **files)
{
  cJSON *digests = files != NULL ? cJSON_AddArrayToObject (object, "assessments") : NULL;
  for (guint i = 0; files != NULL && files[i] != NULL; i++) {
    g_autofree char *text = NULL;
    gsize length = 0;
    gboolean read = g_file_get_contents (files[i], &text, &length, NULL);
    g_autofree char *digest = read ? g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, length) : g_strdup ("");
    cJSON_AddItemToArray (digests, cJSON_CreateString (digest));
  }
}

char *
cd_leaderboard_shape (const CdWorkEntry *entry, const char *history)
{
  cJSON *object = cJSON_CreateObject ();
  if (entry->subdir != NULL)
    cJSON_AddStringToObject (object, "subdir", entry->subdir);
  add_texts (object, "scope", entry->scope);
  add_assessments (object, entry->assessments);
  if (history != NULL)
    cJSON_AddStringToObject (object, "history", history);
  char *printed = cJSON_PrintUnformatted (object), *shape = g_strdup (printed);
  cJSON_free (printed);
  cJSON_Delete (object);
  return shape;
}
