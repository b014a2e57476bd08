/* The text of a PDF by pdftotext, in a sandbox where the machine allows one and under limits everywhere; cached by blob id.
 * PDFs are hostile files and poppler is a large parser: it never runs inside this process. Paragraphs are plain.c's business. */
#include "base/limits.h"
#include "documents/parsers.h"
#include "documents/plain.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define TEXT_BYTES (16u * 1024u * 1024u) /* of extracted text; more is cut off */
#define MEMORY_BYTES (1536u * 1024u * 1024u)
#define CACHE_FORMAT "pdftotext-1" /* part of the cache file's name: change it with the arguments below */

/* What happened to one run of pdftotext. */
typedef enum { RUN_OK, RUN_FAILED, RUN_TIMED_OUT, RUN_NOT_STARTED } RunState;

/* Read-only parts of the system that pdftotext needs; those that do not exist are left out. */
static const char *const SYSTEM_PATHS[] = { "/usr", "/lib", "/lib64", "/bin", "/etc/fonts", "/etc/ld.so.cache", "/etc/alternatives" };

/* Runs in the child between fork and exec: only calls that are safe there. */
static void
limit_child (gpointer data G_GNUC_UNUSED)
{
  const struct rlimit memory = { MEMORY_BYTES, MEMORY_BYTES };
  const struct rlimit seconds = { CD_LIMIT_PDF_SECONDS, CD_LIMIT_PDF_SECONDS };
  const struct rlimit none = { 0, 0 };
  setrlimit (RLIMIT_AS, &memory);
  setrlimit (RLIMIT_CPU, &seconds);
  setrlimit (RLIMIT_CORE, &none);
  setrlimit (RLIMIT_FSIZE, &none);
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  setpgid (0, 0);
}

/* The PDF as a file without a name, so that nothing is left behind and the sandbox needs no path. */
static int
open_memory (const char *bytes, gsize length)
{
  int file = memfd_create ("pdf", MFD_CLOEXEC);
  if (file < 0)
    return -1;
  for (gsize done = 0; done < length;) {
    gssize written = write (file, bytes + done, length - done);
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0) {
      close (file);
      return -1;
    }
    done += (gsize) written;
  }
  lseek (file, 0, SEEK_SET);
  return file;
}

/* Read what the child writes until it closes its end, the time is over, or the bound is reached. */
static RunState
collect (int pipe, GString *text)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) CD_LIMIT_PDF_SECONDS * G_USEC_PER_SEC;
  char buffer[65536];
  while (text->len < TEXT_BYTES) {
    gint64 left = (deadline - g_get_monotonic_time ()) / 1000;
    struct pollfd wait = { .fd = pipe, .events = POLLIN };
    int ready = left > 0 ? poll (&wait, 1, (int) left) : 0;
    if (ready < 0 && errno == EINTR)
      continue;
    if (ready <= 0)
      return RUN_TIMED_OUT;
    gssize got = read (pipe, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      return got == 0 ? RUN_OK : RUN_FAILED;
    g_string_append_len (text, buffer, MIN (got, (gssize) (TEXT_BYTES - text->len)));
  }
  return RUN_OK;
}

static RunState
run (const char *const *arguments, const char *bytes, gsize length, GString *text)
{
  g_string_truncate (text, 0);
  int input = open_memory (bytes, length);
  if (input < 0)
    return RUN_NOT_STARTED;
  int silent = g_open ("/dev/null", O_WRONLY | O_CLOEXEC, 0);
  char *environment[] = { (char *) "PATH=/usr/bin:/bin", (char *) "LC_ALL=C.UTF-8", NULL };
  int output[2] = { -1, -1 };
  GPid child = 0;
  gboolean started = g_unix_open_pipe (output, FD_CLOEXEC, NULL)
                     && g_spawn_async_with_fds (NULL, (char **) arguments, environment, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH, limit_child,
                                                NULL, &child, input, output[1], silent, NULL);
  close (input);
  if (silent >= 0)
    close (silent);
  if (output[1] >= 0)
    close (output[1]);
  RunState state = started ? collect (output[0], text) : RUN_NOT_STARTED;
  if (output[0] >= 0)
    close (output[0]);
  if (!started)
    return state;
  /* A child that is done is a zombie until waited for, so the group id cannot have been given to others. */
  if (state != RUN_OK || text->len >= TEXT_BYTES)
    kill (-child, SIGKILL);
  int status = 0;
  while (waitpid (child, &status, 0) < 0 && errno == EINTR)
    ;
  g_spawn_close_pid (child);
  gboolean succeeded = (WIFEXITED (status) && WEXITSTATUS (status) == 0) || text->len >= TEXT_BYTES;
  return state == RUN_OK && !succeeded ? RUN_FAILED : state;
}

static void
add_all (GPtrArray *arguments, const char *const *more)
{
  for (; *more != NULL; more++)
    g_ptr_array_add (arguments, (gpointer) *more);
}

/* bwrap's arguments: no network, no processes, no files but the system's programs and libraries, read only. Borrowed strings. */
static GPtrArray *
sandbox_arguments (const char *const *program)
{
  static const char *const FIXED[] = { "bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL", NULL };
  static const char *const REST[] = { "--tmpfs", "/tmp", "--dev", "/dev", "--chdir", "/tmp", "--", NULL };
  GPtrArray *arguments = g_ptr_array_new ();
  add_all (arguments, FIXED);
  for (gsize i = 0; i < G_N_ELEMENTS (SYSTEM_PATHS); i++)
    if (g_file_test (SYSTEM_PATHS[i], G_FILE_TEST_EXISTS)) {
      const char *bind[] = { "--ro-bind", SYSTEM_PATHS[i], SYSTEM_PATHS[i], NULL };
      add_all (arguments, bind);
    }
  add_all (arguments, REST);
  add_all (arguments, program);
  g_ptr_array_add (arguments, NULL);
  return arguments;
}

/* 1 where bwrap can make namespaces here, 2 where not: tried once, by running a program that does nothing. */
static gboolean
can_sandbox (void)
{
  static gsize answer = 0;
  if (g_once_init_enter (&answer)) {
    static const char *const NOTHING[] = { "/bin/true", NULL };
    g_autoptr (GPtrArray) arguments = sandbox_arguments (NOTHING);
    g_autoptr (GString) text = g_string_new (NULL);
    gsize found = run ((const char *const *) arguments->pdata, "", 0, text) == RUN_OK ? 1 : 2;
    g_once_init_leave (&answer, found);
  }
  return answer == 1;
}

static RunState
extract (const char *program, const char *bytes, gsize length, GString *text)
{
  /* Reading order, not -layout: the columns of a two-column page come one after the other. */
  const char *const arguments[] = { program, "-q", "-enc", "UTF-8", "-eol", "unix", "-", "-", NULL };
  g_autoptr (GPtrArray) sandboxed = sandbox_arguments (arguments);
  RunState state = run ((const char *const *) sandboxed->pdata, bytes, length, text);
  /* Failure may be the PDF's or the sandbox's; a PDF that fails inside a working sandbox is not tried outside of it. */
  if (state == RUN_OK || state == RUN_TIMED_OUT || can_sandbox ())
    return state;
  return run (arguments, bytes, length, text);
}

static char *
cache_file (const CdDocument *document, const CdDocumentOptions *options)
{
  if (options == NULL || options->cache == NULL)
    return NULL;
  char hex[2 * CD_OID_BYTES + 1];
  for (gsize i = 0; i < CD_OID_BYTES; i++)
    g_snprintf (hex + 2 * i, 3, "%02x", document->oid.bytes[i]);
  g_autofree char *name = g_strdup_printf ("%s-%s.txt", CACHE_FORMAT, hex);
  return g_build_filename (options->cache, name, NULL);
}

static GBytes *
load_cached (const char *file)
{
  char *text = NULL;
  gsize length = 0;
  if (file == NULL || !g_file_get_contents (file, &text, &length, NULL))
    return NULL;
  return g_bytes_new_take (text, length);
}

/* A cache that cannot be written costs time, not correctness. */
static void
store_cached (const char *file, const GString *text)
{
  if (file == NULL)
    return;
  g_autofree char *directory = g_path_get_dirname (file);
  if (g_mkdir_with_parents (directory, 0700) == 0)
    g_file_set_contents (file, text->str, (gssize) text->len, NULL);
}

static GBytes *
read_text (CdDocument *document, const char *file)
{
  static const char *const PROBLEMS[] = {
    [RUN_FAILED] = "PDF not read: damaged, encrypted or too demanding",
    [RUN_TIMED_OUT] = "PDF not read: pdftotext took too long",
    [RUN_NOT_STARTED] = "PDF not read: pdftotext could not be started",
  };
  if (document->length == 0) {
    document->unread = g_strdup ("PDF not read: empty file");
    return NULL;
  }
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  if (program == NULL) {
    document->unread = g_strdup ("PDF not read: pdftotext is not installed");
    return NULL;
  }
  g_autoptr (GString) text = g_string_new (NULL);
  RunState state = extract (program, document->text, document->length, text);
  if (state != RUN_OK) {
    document->unread = g_strdup (PROBLEMS[state]);
    return NULL;
  }
  if (text->len >= TEXT_BYTES)
    document->unread = g_strdup ("PDF read in part: more text than the limit");
  else
    store_cached (file, text);
  gsize length = text->len;
  return g_bytes_new_take (g_string_free (g_steal_pointer (&text), FALSE), length);
}

void
cd_parse_pdf (CdDocument *document, const CdDocumentOptions *options)
{
  g_autofree char *file = cache_file (document, options);
  g_autoptr (GBytes) text = load_cached (file);
  if (text == NULL && (options == NULL || !options->keep_pdf))
    document->unread = g_strdup ("PDF not read: not asked for");
  else if (text == NULL)
    text = read_text (document, file);
  cd_document_set_text (document, text);
  cd_document_add_plain (document, TRUE);
  if (document->unread == NULL && document->passages->len == 0)
    document->unread = g_strdup ("PDF not read: it holds no text");
}
