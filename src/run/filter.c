/* The system calls that a sandboxed command is refused, as a seccomp program (seccomp(2), classic BPF). Namespaces keep it from files, processes
 * and the network; this keeps it from parts of the kernel that namespaces do not divide. Everything else is allowed. */
#include "run/sandbox.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#if defined __x86_64__
#define MACHINE AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define MACHINE AUDIT_ARCH_AARCH64
#endif
#define X32_BIT 0x40000000u /* the second numbering of system calls on x86-64 */

/* Keys of the user's session are shared by all namespaces; the others are large and privileged in spirit, and no training needs them. io_uring
 * would open sockets past the check of their family. */
static const guint32 REFUSED[]
    = { SYS_keyctl,         SYS_add_key,           SYS_request_key, SYS_bpf,     SYS_perf_event_open, SYS_userfaultfd,       SYS_io_uring_setup,
        SYS_io_uring_enter, SYS_io_uring_register, SYS_mount,       SYS_umount2, SYS_pivot_root,      SYS_open_by_handle_at, SYS_kexec_load,
        SYS_init_module,    SYS_finit_module,      SYS_quotactl,    SYS_acct,    SYS_open_tree,       SYS_move_mount,        SYS_fsopen,
        SYS_fsmount,        SYS_mount_setattr,     SYS_setns };
/* Of the other families, some (AF_VSOCK, to the machine below a virtual one) belong to no network namespace. */
static const guint32 FAMILIES[] = { AF_UNIX, AF_INET, AF_INET6, AF_NETLINK };
/* Typing on a terminal in somebody's name. */
static const guint32 TERMINAL[] = { TIOCSTI, TIOCLINUX };

#ifdef MACHINE
static void
add (GArray *program, guint16 code, guint32 value, guint8 then, guint8 otherwise)
{
  const struct sock_filter step = { code, then, otherwise, value };
  g_array_append_val (program, step);
}

static void
add_load (GArray *program, gsize offset)
{
  add (program, BPF_LD | BPF_W | BPF_ABS, (guint32) offset, 0, 0);
}

static void
add_answer (GArray *program, guint32 answer)
{
  add (program, BPF_RET | BPF_K, answer, 0, 0);
}

#define REFUSE(number) (SECCOMP_RET_ERRNO | (number))
#define ARGUMENT(index) (offsetof (struct seccomp_data, args) + (index) * sizeof (guint64)) /* its low half: both machines are little-endian */

/* For one call: the answer where an argument is among the values (refused), or where it is not (allowed). */
static void
add_argument_check (GArray *program, guint32 call, guint index, const guint32 *values, guint8 count, gboolean allowed, guint32 answer)
{
  add_load (program, offsetof (struct seccomp_data, nr));
  add (program, BPF_JMP | BPF_JEQ | BPF_K, call, 0, (guint8) (count + 2));
  add_load (program, ARGUMENT (index));
  for (guint8 i = 0; i < count; i++) {
    guint8 to_answer = (guint8) (count - i - 1);
    gboolean last = i + 1 == count;
    add (program, BPF_JMP | BPF_JEQ | BPF_K, values[i], (guint8) (to_answer + (allowed ? 1 : 0)), last && !allowed ? 1 : 0);
  }
  add_answer (program, answer);
}

GBytes *
cd_sandbox_filter (void)
{
  g_autoptr (GArray) program = g_array_new (FALSE, FALSE, sizeof (struct sock_filter));
  add_load (program, offsetof (struct seccomp_data, arch));
  add (program, BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0);
  add_answer (program, SECCOMP_RET_KILL_PROCESS);
  add_load (program, offsetof (struct seccomp_data, nr));
#ifdef __x86_64__
  add (program, BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1);
  add_answer (program, REFUSE (ENOSYS));
#endif
  for (gsize i = 0; i < G_N_ELEMENTS (REFUSED); i++) {
    add (program, BPF_JMP | BPF_JEQ | BPF_K, REFUSED[i], 0, 1);
    add_answer (program, REFUSE (EPERM));
  }
  add_argument_check (program, SYS_socket, 0, FAMILIES, G_N_ELEMENTS (FAMILIES), TRUE, REFUSE (EAFNOSUPPORT));
  add_argument_check (program, SYS_ioctl, 1, TERMINAL, G_N_ELEMENTS (TERMINAL), FALSE, REFUSE (EPERM));
  add_answer (program, SECCOMP_RET_ALLOW);
  return g_bytes_new (program->data, program->len * sizeof (struct sock_filter));
}
#else
GBytes *
cd_sandbox_filter (void)
{
  return NULL;
}
#endif
