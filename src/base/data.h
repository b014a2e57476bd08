/* The rules as data: files of rubrics/ and schemas/, embedded as GResource and overridable by a directory (--rubrics DIR).
 * A name is a path below rubrics/ or schemas/, such as "rubrics/signals/method.yaml". */
#pragma once
#include "base/yaml.h"

typedef struct _CdData CdData;

/* override: a directory laid out like rubrics/ (files in it replace embedded ones of the same name, others are added), or NULL.
 * CD_ERROR_INPUT where the directory cannot be read. */
CdData *cd_data_new (const char *override, GError **error);
void cd_data_free (CdData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdData, cd_data_free)
/* The bytes of a file (always NUL-terminated one past the end), or NULL with CD_ERROR_INPUT. Caller unrefs. Thread-safe. */
GBytes *cd_data_load (const CdData *data, const char *name, GError **error);
/* The tree of a YAML file, which is named in errors as messages call it. NULL with the error of cd_data_load or of the parser. Caller frees. */
CdYaml *cd_data_yaml (const CdData *data, const char *name, GError **error);
/* Names below a folder ("rubrics/signals"), sorted bytewise, embedded and overriding ones united. Caller frees with g_strfreev. */
char **cd_data_list (const CdData *data, const char *folder);
/* SHA-256 in hex of what `sha256sum` prints for every file below folder, in the bytewise order of their names. Caller frees. */
char *cd_data_digest (const CdData *data, const char *folder);
/* How messages call a file: its path in the override directory, or the embedded name. Caller frees. */
char *cd_data_where (const CdData *data, const char *name);
