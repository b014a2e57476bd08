/* Folders that a hostile command has filled: measured, listed, read and removed without ever following a link out of them, however deep, wide or
 * odd they are. Paths inside are relative, with '/' between parts. */
#pragma once
#include "base/error.h"

#include <sys/types.h>

#define CD_FOLDER_DEPTH 128u /* deeper ones are not listed, and count as over every bound */

/* Bytes on disk below folder, each entry counted with at least CD_FOLDER_ENTRY_BYTES; G_MAXUINT64 where a folder cannot be read, which could hide
 * anything; stops early once it is over limit (0: none) or *stop is set (stop may be NULL). May be used while others write there. */
guint64 cd_folder_usage (const char *folder, guint64 limit, const gint *stop);
#define CD_FOLDER_ENTRY_BYTES 4096u

typedef enum { CD_ITEM_FILE, CD_ITEM_EXECUTABLE, CD_ITEM_SYMLINK, CD_ITEM_OTHER } CdItemKind;
typedef struct {
  char *path;
  CdItemKind kind;
  guint64 size, inode;
  gint64 changed; /* of the inode, nanoseconds: no program can set it back */
} CdItem;
/* Everything below folder but folders, sorted by path (CdItem; free with g_ptr_array_unref). Names that are no UTF-8 are CD_ITEM_OTHER, with \xNN.
 * CD_ERROR_INTERNAL where it cannot be read or is deeper than CD_FOLDER_DEPTH. */
GPtrArray *cd_folder_list (const char *folder, GError **error);

/* Opens a regular file below folder for reading, no part of path being a link; -1 with CD_ERROR_INTERNAL. */
int cd_folder_open (const char *folder, const char *path, GError **error);
/* Makes a file below folder, with the folders above it, for writing: the file must not exist. -1 with CD_ERROR_INTERNAL. */
int cd_folder_create (const char *folder, const char *path, gboolean executable, GError **error);
/* A symbolic link below folder, with the folders above it. */
gboolean cd_folder_link (const char *folder, const char *path, const char *target, GError **error);
/* Removes the file or link at path; TRUE where nothing is there any more. Folders stay. */
gboolean cd_folder_drop (const char *folder, const char *path);
/* TRUE for a path that stays inside: relative, no empty part, no "." or "..", no part that git takes for ".git". */
gboolean cd_folder_path_is_safe (const char *path);
/* TRUE where a link at path leads to a place inside: relative, and climbing only at its begin and not out. */
gboolean cd_folder_target_is_safe (const char *path, const char *target);

/* Makes all below folder, and itself, the user's; links stay links. Nobody else may be writing there. */
void cd_folder_give (const char *folder, guint user);
/* Removes the folder and all below it, whatever the modes. Nobody else may be writing there. */
void cd_folder_remove (const char *folder);
