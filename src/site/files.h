/* The files of a site on disk: made in parallel, each written beside its place and renamed, those of an earlier run that are no part of it any more
 * removed. What stands in them is the pages' business. */
#pragma once
#include "base/error.h"

/* What is in a file. Called from several threads at once, each file once. NULL with an error. Caller unrefs. */
typedef GBytes *(*CdSiteRender) (gconstpointer site, gconstpointer of, GError **error);
typedef struct {
  char *path; /* below the folder: letters, digits, "-", "." and "/" only */
  CdSiteRender render;
  gconstpointer of; /* given to render; borrowed */
} CdSiteFile;
CdSiteFile *cd_site_file_new (const char *path, CdSiteRender render, gconstpointer of);
void cd_site_file_free (gpointer file);

/* The list of the site's own files with their SHA-256, in the form that sha256sum checks. */
#define CD_SITE_LIST "data/files.txt"

/* What a run notes before it changes anything, and removes when it is done: where it is there, the site may be of two minds. */
#define CD_SITE_BEGUN "data/files.begun.txt"

/* The folder, made and held against other processes until the descriptor is closed; waits for whoever holds it. -1 with CD_ERROR_INTERNAL. */
int cd_site_files_hold (const char *folder, GError **error);
/* Write the files (CdSiteFile*) and their list into a folder that is held. A file whose bytes are there already is not touched. CD_ERROR_INTERNAL where the
 * disk refuses; then, as after a kill, every file is whole and the next run ends with the same bytes. */
gboolean cd_site_files_write (const char *folder, const GPtrArray *files, gconstpointer site, GError **error);
