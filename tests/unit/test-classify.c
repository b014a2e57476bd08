/* What files are taken for: by name, by shebang, by content; what becomes of files that were not read. */
#include "documents/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

typedef struct {
  const char *path, *head;
  CdDocumentKind kind;
  const char *language;
} Case;

static const Case CASES[] = {
  { "README.md", "# A", CD_DOCUMENT_MARKDOWN, "markdown" },
  { "README", "Hello", CD_DOCUMENT_MARKDOWN, "markdown" },
  { "docs/index.rst", "", CD_DOCUMENT_RST, "rst" },
  { "LICENSE", "MIT", CD_DOCUMENT_LICENSE, "" },
  { "LICENSE-DATA.txt", "CC", CD_DOCUMENT_LICENSE, "" },
  { "COPYING", "GPL", CD_DOCUMENT_LICENSE, "" },
  { "tools/license.py", "import os", CD_DOCUMENT_PYTHON, "python" },
  { "requirements.txt", "torch", CD_DOCUMENT_DEPENDENCIES, "" },
  { "requirements/train.txt", "torch", CD_DOCUMENT_DEPENDENCIES, "" },
  { "requirements-dev.txt", "x", CD_DOCUMENT_DEPENDENCIES, "" },
  { "environment.yml", "name: x", CD_DOCUMENT_DEPENDENCIES, "yaml" },
  { "env.yaml", "channels:\n- defaults\ndependencies:\n- python\n", CD_DOCUMENT_DEPENDENCIES, "yaml" },
  { "config.yaml", "lr: 1\n", CD_DOCUMENT_YAML, "yaml" },
  { "CITATION.cff", "title: x", CD_DOCUMENT_YAML, "yaml" },
  { "MLproject", "name: x", CD_DOCUMENT_YAML, "yaml" },
  { "setup.py", "", CD_DOCUMENT_PYTHON, "python" },
  { "pyproject.toml", "", CD_DOCUMENT_TOML, "toml" },
  { "poetry.lock", "", CD_DOCUMENT_DEPENDENCIES, "toml" },
  { "train.sbatch", "", CD_DOCUMENT_SHELL, "bash" },
  { "Makefile", "", CD_DOCUMENT_SHELL, "make" },
  { "docker/Dockerfile.train", "", CD_DOCUMENT_SHELL, "dockerfile" },
  { "run", "#!/usr/bin/env python3\n", CD_DOCUMENT_PYTHON, "python" },
  { "go", "#!/bin/bash\n", CD_DOCUMENT_SHELL, "bash" },
  { "kernel.cu", "", CD_DOCUMENT_CODE, "cuda" },
  { "a.ipynb", "{}", CD_DOCUMENT_NOTEBOOK, "jupyter" },
  { "figure.PNG", "x", CD_DOCUMENT_IMAGE, "" },
  { "model.safetensors", "x", CD_DOCUMENT_BINARY, "" },
  { "train.parquet", "x", CD_DOCUMENT_DATA, "" },
  { "train.jsonl", "", CD_DOCUMENT_DATA, "jsonl" },
  { "a.csv", "", CD_DOCUMENT_DATA, "csv" },
  { "ds.json", "{\"train_batch_size\": 1, \"list\": [{\"a\": 1}]}", CD_DOCUMENT_JSON, "json" },
  { "ds.json", "// zero\n{\"a\": 1,}", CD_DOCUMENT_JSON, "json" },
  { "rows.json", " [{\"q\": 1}, {\"q\": 2}]", CD_DOCUMENT_DATA, "json" },
  { "rows.json", "{\"q\": 1}\n{\"q\": 2}\n", CD_DOCUMENT_DATA, "json" },
  { "paper", "%PDF-1.5\n", CD_DOCUMENT_PDF, "" },
};

static void
test_kinds (void **state)
{
  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    const char *language = NULL;
    CdDocumentKind kind = cd_document_classify (CASES[i].path, CASES[i].head, strlen (CASES[i].head), &language);
    if (kind != CASES[i].kind || strcmp (language, CASES[i].language) != 0)
      fail_msg ("%s: %s (%s)", CASES[i].path, cd_document_kind_name (kind), language);
  }
}

static void
test_binary_content (void **state)
{
  (void) state;
  const char *language = NULL;
  assert_int_equal (cd_document_classify ("notes.md", "a\0b", 3, &language), CD_DOCUMENT_BINARY);
  assert_int_equal (cd_document_classify ("notes.md",
                                          "\xff\xfe"
                                          "a\0",
                                          4, &language),
                    CD_DOCUMENT_MARKDOWN);
}

static CdDocument *
parse (const char *path, CdEntryKind entry_kind, CdBlobState blob_state, const char *bytes, gsize length)
{
  CdEntry entry = { .path = (char *) path, .kind = entry_kind };
  g_auto (CdBlob) blob = { .state = blob_state, .size = (gint64) length };
  if (blob_state == CD_BLOB_READ)
    blob.bytes = g_bytes_new (bytes, length);
  return cd_document_parse (&entry, &blob, NULL);
}

typedef struct {
  const char *path;
  CdEntryKind entry;
  CdBlobState state;
  const char *bytes;
  gsize length;
  const char *unread;
} Unread;

static const Unread UNREAD[] = {
  { "a.png", CD_ENTRY_FILE, CD_BLOB_READ, "\x89PNG", 4, NULL },
  { "a.png", CD_ENTRY_FILE, CD_BLOB_TOO_LARGE, NULL, 9000, NULL },
  { "a.png", CD_ENTRY_FILE, CD_BLOB_MISSING, NULL, 0, "object missing" },
  { "a.png", CD_ENTRY_FILE, CD_BLOB_LFS, NULL, 9000, "Git LFS pointer" },
  { "a.parquet", CD_ENTRY_FILE, CD_BLOB_TOO_LARGE, NULL, 9000, "binary data, not read" },
  { "a.zip", CD_ENTRY_FILE, CD_BLOB_READ, "PK", 2, "archive, not opened" },
  { "a.jsonl", CD_ENTRY_FILE, CD_BLOB_TOO_LARGE, NULL, 99999999, "too large" },
  { "a.py", CD_ENTRY_FILE, CD_BLOB_READ, "\0\0", 2, "not text" },
  { "lib", CD_ENTRY_SUBMODULE, CD_BLOB_MISSING, NULL, 0, "submodule, not fetched" },
  { "b.py", CD_ENTRY_SYMLINK, CD_BLOB_READ, "a.py", 4, NULL },
  { "empty.py", CD_ENTRY_FILE, CD_BLOB_READ, "", 0, NULL },
};

static void
test_unread (void **state)
{
  (void) state;
  for (guint i = 0; i < G_N_ELEMENTS (UNREAD); i++) {
    g_autoptr (CdDocument) document = parse (UNREAD[i].path, UNREAD[i].entry, UNREAD[i].state, UNREAD[i].bytes, UNREAD[i].length);
    if (g_strcmp0 (document->unread, UNREAD[i].unread) != 0)
      fail_msg ("%s: %s", UNREAD[i].path, document->unread);
    assert_string_equal (document->text, "");
  }
}

static void
test_decoding (void **state)
{
  (void) state;
  static const struct {
    const char *bytes;
    gsize length;
    const char *text;
  } cases[] = {
    { "\xef\xbb\xbfx = 1", 8, "x = 1" },
    { "\xff\xfex\0\xe9\0", 6, "x\xc3\xa9" },
    { "\xfe\xff\0x\0y", 6, "xy" },
    { "a\xff", 2, "a\\xFF" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (CdDocument) document = parse ("a.py", CD_ENTRY_FILE, CD_BLOB_READ, cases[i].bytes, cases[i].length);
    g_autofree char *text = g_strndup (document->text, document->length);
    assert_int_equal (g_ascii_strcasecmp (text, cases[i].text), 0);
    assert_int_equal (document->size, (gint64) cases[i].length);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_kinds),
    cmocka_unit_test (test_binary_content),
    cmocka_unit_test (test_unread),
    cmocka_unit_test (test_decoding),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
