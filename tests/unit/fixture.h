/* Small git repositories for tests, made with the git program in a temporary folder: the same ids on every machine
 * (fixed author, dates an hour apart from 2024-01-01, no settings of the machine or user). Any failure aborts the test. */
#pragma once
#include <glib.h>

typedef struct _Fixture Fixture;

Fixture *fixture_new (void); /* an empty repository, branch "main", not yet a commit */
/* Removes the repository's folder. */
void fixture_free (Fixture *fixture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)
/* The working tree; borrowed. */
const char *fixture_path (Fixture *fixture);
/* Write a file of the working tree, with the folders it needs. */
void fixture_write (Fixture *fixture, const char *path, const char *text);
void fixture_write_bytes (Fixture *fixture, const char *path, const void *bytes, gsize length);
/* Commits everything in the working tree, changed or not. Returns the commit's 40 hex digits, which live as long as the fixture. */
const char *fixture_commit (Fixture *fixture, const char *message);
/* Runs git in the working tree; NULL ends the arguments. Its exit status must be 0. */
void fixture_git (Fixture *fixture, const char *first, ...) G_GNUC_NULL_TERMINATED;
/* The same with bytes on its standard input. Returns its standard output without the last newline, to be freed. */
char *fixture_pipe (Fixture *fixture, const void *input, gsize length, const char *first, ...) G_GNUC_NULL_TERMINATED;
/* Removes a folder and all in it. */
void fixture_remove (const char *folder);
