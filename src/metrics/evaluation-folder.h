/* A folder of evaluation sets that the user names: its data files, read one at a time. Only regular files below it are read; links are not followed. */
#pragma once
#include "base/error.h"

typedef struct {
  char *path; /* relative to the folder, '/' between parts, valid UTF-8 */
  char *name; /* as the file system has it, for reading */
  char *why;  /* not to be read; NULL: it may be */
} CdFolderFile;

typedef struct _CdEvaluationFolder CdEvaluationFolder;
/* CD_ERROR_USAGE where the folder cannot be read. */
CdEvaluationFolder *cd_evaluation_folder_open (const char *folder, GError **error);
void cd_evaluation_folder_free (CdEvaluationFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdEvaluationFolder, cd_evaluation_folder_free)
/* CdFolderFile*, sorted by path: files with data, or that cannot be read. Borrowed. */
const GPtrArray *cd_evaluation_folder_files (const CdEvaluationFolder *folder);
/* The bytes of a file of at most limit bytes; NULL with *why (static) otherwise. Caller unrefs. */
GBytes *cd_evaluation_folder_read (const CdEvaluationFolder *folder, const CdFolderFile *file, gsize limit, const char **why);
