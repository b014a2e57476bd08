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

/* Write the files (CdSiteFile*) and their list into folder. A file whose bytes are there already is not touched. Only one process writes a folder at a time.
 * CD_ERROR_INTERNAL where the disk refuses; then, as after a kill, every file is whole and the next run ends with the same bytes. */
gboolean cd_site_files_write (const char *folder, const GPtrArray *files, gconstpointer site, GError **error);
