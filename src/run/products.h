/* What a command left in its folder that was not there before: files by digest, links, what it removed. Kept in a store (a folder of files named by
 * their SHA-256) from where they can be put into another folder. What a hostile command left is never followed out of its folder. */
#pragma once
#include "base/folder.h"

typedef struct {
  char *path;
  CdItemKind kind; /* file, executable or symbolic link */
  guint64 size;
  char *digest; /* SHA-256 in hex, of a file's bytes; of a link: its target as text */
} CdProduct;

typedef struct {
  char *path;
  char *why; /* "symbolic link that leaves the folder", "no regular file" … */
} CdRefused;

typedef struct {
  GPtrArray *made;    /* CdProduct, sorted by path */
  GPtrArray *removed; /* char*: paths that were there before, sorted */
  GPtrArray *refused; /* CdRefused, sorted by path */
} CdProducts;

CdProducts *cd_products_new (void);
void cd_products_free (CdProducts *products);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdProducts, cd_products_free)
void cd_products_add (CdProducts *products, const char *path, CdItemKind kind, guint64 size, const char *digest);
void cd_products_refuse (CdProducts *products, const char *path, const char *why);
/* The product at path, or NULL. */
const CdProduct *cd_products_find (const CdProducts *products, const char *path);
/* One digest of all that was made and removed; caller frees. */
char *cd_products_digest (const CdProducts *products);

/* Compares folder with before (cd_folder_list's, from the moment the command started) and moves what is new or changed into store. Folders named
 * ".git" and what is in them are left alone. CD_ERROR_INTERNAL where the folder cannot be read or the store not be written. */
CdProducts *cd_products_collect (const char *folder, const GPtrArray *before, const char *store, GError **error);
/* Puts products from store into folder: what they removed goes, what they made is copied in. CD_ERROR_INTERNAL. */
gboolean cd_products_restore (const CdProducts *products, const char *store, const char *folder, GError **error);
/* As above for one product. */
gboolean cd_products_restore_one (const CdProduct *product, const char *store, const char *folder, GError **error);
/* TRUE where every file is in store with the bytes that its digest says. */
gboolean cd_products_are_whole (const CdProducts *products, const char *store);
