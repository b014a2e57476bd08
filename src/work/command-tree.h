/* What a command can count on: files and folders of this commit, submodules, what other documented steps make or download, what the documents
 * tell the user to edit. Built once for a work. For work/ only. */
#pragma once
#include "work/work.h"

typedef struct _CdCommandTree CdCommandTree;

CdCommandTree *cd_command_tree_new (const CdWork *work, const CdCorpus *corpus, const CdScope *scope);
void cd_command_tree_free (CdCommandTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdCommandTree, cd_command_tree_free)

typedef enum { CD_THERE_NO, CD_THERE_YES, CD_THERE_SUBMODULE } CdThere;
/* Whether a file or folder is at path: from the folder that the command entered, its document's folder or one above it. */
CdThere cd_command_tree_there (const CdCommandTree *tree, guint document, const char *directory, const char *path);
/* Whether exactly "folder/path" is there; folder "" is the root. */
gboolean cd_command_tree_at (const CdCommandTree *tree, const char *folder, const char *path);
/* TRUE where some file of the tree has this base name. */
gboolean cd_command_tree_has_name (const CdCommandTree *tree, const char *name);
/* TRUE where a documented command or an own script writes, clones or downloads to path, into it, or to a folder above it. */
gboolean cd_command_tree_makes (const CdCommandTree *tree, const char *path);
/* TRUE where own code or prose speaks of the path's last part, or of the folder that holds it. */
gboolean cd_command_tree_mentions (CdCommandTree *tree, const char *path);
/* TRUE where a document says that name (a file's path, or a variable's name) is to be edited or set before running. */
gboolean cd_command_tree_told (const CdCommandTree *tree, const char *name);
/* TRUE where the documents say where data can be had: a dataset, a shared folder, a download. */
gboolean cd_command_tree_has_data (const CdCommandTree *tree);
/* TRUE where a document tells the reader to bring the file: to move, copy, create, download or save something called so. */
gboolean cd_command_tree_supplied (const CdCommandTree *tree, const char *path);
/* TRUE where an archive of the tree is called like the file, or like a folder that holds it: "data.zip" for "data/train.json". */
gboolean cd_command_tree_packed (const CdCommandTree *tree, const char *path);
/* folder/path with "." and ".." resolved; NULL above the root. Caller frees. */
char *cd_command_path_join (const char *folder, const char *path);
