/* What a command of a repository may see and touch, as bubblewrap's arguments: a read-only system, a private home and /tmp, its own folder, no
 * network, no processes but its own, no devices but those asked for, no privileges. The same line serves every executor. */
#pragma once
#include "base/error.h"
#include "run/job.h"

/* The whole line that runs job->command in its sandbox, NULL-terminated, for g_strfreev: env -i (what starts the sandbox is seen inside of it as
 * process 1, with its environment), prlimit, setpriv (as root only: the command runs as nobody; where nobody may make no namespaces it stands behind bwrap), bwrap, sh -c. The folder must belong to
 * cd_sandbox_user, and that user must be able to reach it (cd_sandbox_can_reach). Programs are found in the usual folders, not in $PATH.
 * filter: the number of the file descriptor from which bwrap reads cd_sandbox_filter's bytes, -1 for none. status: of one that it writes its status
 * to (JSON lines, with "child-pid" and "exit-code"), -1 for none. address_space: limit each process's address space to limits.memory; for
 * where no control group bounds memory. */
char **cd_sandbox_command (const CdJob *job, int filter, int status, gboolean address_space);

/* The system calls that are refused, as a program for bwrap's --seccomp. Free with g_bytes_unref; NULL on a processor it is not written for. */
GBytes *cd_sandbox_filter (void);

/* Whom a command runs as outside of its namespace: nobody where we are root, ourselves otherwise. */
guint cd_sandbox_user (void);
/* TRUE where that user can pass every folder down to this one. */
gboolean cd_sandbox_can_reach (const char *folder);

/* Tries a sandbox with a program that does nothing. Otherwise CD_ERROR_INTERNAL, telling what is missing and what to do. */
gboolean cd_sandbox_check (GError **error);
