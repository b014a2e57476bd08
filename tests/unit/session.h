/* What the tests of reading sessions share: one audited work with odd files, and a folder for assessments that is empty when a test begins. */
#pragma once
#include "cli/embedded.h"
#include "fixture.h"
#include "review/session.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* cmocka.h needs the headers above. */
#include <cmocka.h>

#define BIDI "\342\200\256"
#define ODD_PATH "notes/\033[31m odd.md"
#define KEY_LINE "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj"
#define FAR_LINES 5000u /* where a NUL makes no binary file any more */
#define DATE "2025-01-31"

static const char readme[] = "# Tiny reasoner\n\n"
                             "We fine-tune Qwen/Qwen2.5-7B on the dataset [sums](https://huggingface.co/datasets/owner/sums) of 1,000 problems.\n\n"
                             "## Training\n\n```bash\npython train.py --learning_rate 1e-5\n```\nTraining ran on 8 x A100 GPUs.\n";
static const char hostile[] = "plain\n\ttabbed\nred \033[31m and " BIDI " turned\nbroken \377\376 bytes\n"
                              "-----BEGIN PRIVATE KEY-----\n" KEY_LINE "\n" KEY_LINE "\n-----END PRIVATE KEY-----\nlast";

typedef struct {
  Fixture *fixture;
  CdData *data;
  CdAudit *audit;
  char *folder; /* for assessments; each test begins with an empty one */
  char *file;
} Case;

static int
set_up_group (void **state)
{
  Case *c = g_new0 (Case, 1);
  *state = c; /* what is torn down where this fails */
  c->fixture = fixture_new ();
  cd_embedded_register (); /* signals that the build compiled: anew it takes minutes under the sanitizers */
  c->data = cd_data_new (NULL, NULL);
  assert_non_null (c->data);
  fixture_write (c->fixture, "README.md", readme);
  fixture_write (c->fixture, "train.py", "learning_rate = 1e-5\n");
  fixture_write (c->fixture, "deep/folder/evaluate.py", "print('accuracy')\n");
  fixture_write (c->fixture, "odd:7", "one\n");
  fixture_write (c->fixture, ODD_PATH, "odd\n");
  fixture_write (c->fixture, "with space.md", "# Space\n");
  fixture_write (c->fixture, "empty.txt", "");
  fixture_write_bytes (c->fixture, "hostile.txt", hostile, sizeof hostile - 1);
  g_autoptr (GString) late = g_string_new (NULL);
  for (guint i = 0; i < FAR_LINES; i++)
    g_string_append (late, "x\n");
  g_string_append_len (late, "with \0 nul\n", 11);
  fixture_write_bytes (c->fixture, "late-nul.txt", late->str, late->len);
  g_autofree char *wide = g_strnfill (100000, 'w');
  fixture_write (c->fixture, "wide.txt", wide);
  fixture_commit (c->fixture, "all");
  g_autoptr (GError) error = NULL;
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "candor", NULL);
  const CdAuditOptions options = { .location = fixture_path (c->fixture), .cache = cache };
  c->audit = cd_audit_run (c->data, &options, &error);
  if (c->audit == NULL)
    fail_msg ("%s", error->message);
  return 0;
}

static int
tear_down_group (void **state)
{
  Case *c = *state;
  cd_audit_free (c->audit);
  cd_data_free (c->data);
  fixture_free (c->fixture);
  g_free (c);
  return 0;
}

static int
set_up (void **state)
{
  Case *c = *state;
  c->folder = g_dir_make_tmp ("candor-session-XXXXXX", NULL);
  c->file = g_build_filename (c->folder, "assessment.yaml", NULL);
  return 0;
}

static int
tear_down (void **state)
{
  Case *c = *state;
  fixture_remove (c->folder);
  g_clear_pointer (&c->folder, g_free);
  g_clear_pointer (&c->file, g_free);
  return 0;
}

static CdSessionOptions
options_of (const Case *c)
{
  return (CdSessionOptions){ .file = c->file, .assessor = "Ann Reader", .kind = CD_READER_PERSON, .date = DATE };
}

static CdSession *
open_with (const Case *c, const CdSessionOptions *options)
{
  g_autoptr (GError) error = NULL;
  CdSession *session = cd_session_open (c->audit, options, &error);
  if (session == NULL)
    fail_msg ("%s", error->message);
  return session;
}

static CdSession *
open_session (const Case *c)
{
  const CdSessionOptions options = options_of (c);
  return open_with (c, &options);
}
