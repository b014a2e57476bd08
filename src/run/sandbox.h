/* What a command of a repository may see and touch, as bubblewrap's arguments: a read-only system, a private home and /tmp, its own folder, no
 * network, no processes but its own, no devices but those asked for, no privileges. The same line serves every executor. */
#pragma once
#include "base/error.h"
#include "run/job.h"

/* The whole line that runs job->command in its sandbox, NULL-terminated, for g_strfreev: setpriv (as root only: the command runs as nobody), bwrap,
 * inside of it prlimit with the limits that the kernel keeps per process, then sh -c. The folder must belong to cd_sandbox_user.
 * filter: a file descriptor from which bwrap reads cd_sandbox_filter's bytes. status: one that bwrap writes its status to (JSON lines), -1 for none.
 * address_space: limit each process's address space to limits.memory; for where no control group bounds memory. */
char **cd_sandbox_command (const CdJob *job, int filter, int status, gboolean address_space);

/* The system calls that are refused, as a program for bwrap's --seccomp. Free with g_bytes_unref; NULL on a processor it is not written for. */
GBytes *cd_sandbox_filter (void);

/* Whom a command runs as outside of its namespace: nobody where we are root, ourselves otherwise. */
guint cd_sandbox_user (void);

/* Tries a sandbox with a program that does nothing. Otherwise CD_ERROR_INTERNAL, telling what is missing and what to do. */
gboolean cd_sandbox_check (GError **error);
