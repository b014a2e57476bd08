/* What a file is, from its name, then its shebang, then its first bytes. Tables decide; the parsers only read what they are given.
 * JSON is a configuration or records by content, since both share one extension. */
#include "documents/lines.h"
#include "documents/json.h"
#include "documents/stored.h"

#include <string.h>

#define HEAD_BYTES (64u * 1024u) /* content is judged by this much */
#define RECORDS_AT_LEAST 12u     /* so many objects side by side are records, fewer are a list in a configuration */

static const char ARCHIVE[] = "archive, not opened";
static const char BINARY_DATA[] = "binary data, not read";
static const char OFFICE[] = "office document, not read";

typedef struct {
  const char *extension;
  CdDocumentKind kind;
  const char *language;
  gboolean opaque;
  const char *why; /* opaque ones: for not_examined */
} Extension;

#define TEXT_KIND(extension, kind, language)                                                                                                         \
  {                                                                                                                                                  \
    extension, CD_DOCUMENT_##kind, language, FALSE, NULL                                                                                             \
  }
#define OPAQUE(extension, kind, why)                                                                                                                 \
  {                                                                                                                                                  \
    extension, CD_DOCUMENT_##kind, "", TRUE, why                                                                                                     \
  }

/* Sorted by extension. */
static const Extension EXTENSIONS[] = {
  OPAQUE ("7z", BINARY, ARCHIVE),
  OPAQUE ("a", BINARY, NULL),
  OPAQUE ("arrow", DATA, BINARY_DATA),
  OPAQUE ("avi", BINARY, NULL),
  TEXT_KIND ("bash", SHELL, "bash"),
  TEXT_KIND ("bat", CODE, "batch"),
  TEXT_KIND ("bbl", BIBTEX, "bibtex"),
  TEXT_KIND ("bib", BIBTEX, "bibtex"),
  OPAQUE ("bin", BINARY, NULL),
  OPAQUE ("bmp", IMAGE, NULL),
  TEXT_KIND ("bst", CODE, "bibtex"),
  OPAQUE ("bz2", BINARY, ARCHIVE),
  TEXT_KIND ("c", CODE, "c"),
  TEXT_KIND ("cc", CODE, "c++"),
  TEXT_KIND ("cff", YAML, "yaml"),
  TEXT_KIND ("cfg", INI, "ini"),
  OPAQUE ("ckpt", BINARY, NULL),
  OPAQUE ("class", BINARY, NULL),
  TEXT_KIND ("cls", LATEX, "latex"),
  TEXT_KIND ("cmake", CODE, "cmake"),
  TEXT_KIND ("cmd", CODE, "batch"),
  TEXT_KIND ("conf", INI, "ini"),
  TEXT_KIND ("cpp", CODE, "c++"),
  TEXT_KIND ("cs", CODE, "c#"),
  TEXT_KIND ("css", CODE, "css"),
  TEXT_KIND ("csv", DATA, "csv"),
  TEXT_KIND ("cu", CODE, "cuda"),
  TEXT_KIND ("cuh", CODE, "cuda"),
  TEXT_KIND ("cxx", CODE, "c++"),
  OPAQUE ("db", DATA, BINARY_DATA),
  OPAQUE ("dll", BINARY, NULL),
  TEXT_KIND ("dockerfile", SHELL, "dockerfile"),
  OPAQUE ("docx", BINARY, OFFICE),
  OPAQUE ("drawio", IMAGE, NULL),
  OPAQUE ("dylib", BINARY, NULL),
  TEXT_KIND ("el", CODE, "lisp"),
  TEXT_KIND ("env", INI, "ini"),
  OPAQUE ("eot", BINARY, NULL),
  OPAQUE ("eps", IMAGE, NULL),
  OPAQUE ("exe", BINARY, NULL),
  OPAQUE ("feather", DATA, BINARY_DATA),
  OPAQUE ("gguf", BINARY, NULL),
  OPAQUE ("gif", IMAGE, NULL),
  TEXT_KIND ("go", CODE, "go"),
  TEXT_KIND ("gradle", CODE, "groovy"),
  OPAQUE ("gz", BINARY, ARCHIVE),
  TEXT_KIND ("h", CODE, "c"),
  OPAQUE ("h5", DATA, BINARY_DATA),
  OPAQUE ("hdf5", DATA, BINARY_DATA),
  OPAQUE ("heic", IMAGE, NULL),
  TEXT_KIND ("hpp", CODE, "c++"),
  TEXT_KIND ("hs", CODE, "haskell"),
  TEXT_KIND ("htm", HTML, "html"),
  TEXT_KIND ("html", HTML, "html"),
  OPAQUE ("ico", IMAGE, NULL),
  TEXT_KIND ("in", TEXT, ""),
  TEXT_KIND ("ini", INI, "ini"),
  TEXT_KIND ("ipynb", NOTEBOOK, "jupyter"),
  TEXT_KIND ("j2", CODE, "jinja"),
  OPAQUE ("jar", BINARY, NULL),
  TEXT_KIND ("java", CODE, "java"),
  TEXT_KIND ("jinja", CODE, "jinja"),
  TEXT_KIND ("jinja2", CODE, "jinja"),
  TEXT_KIND ("jl", CODE, "julia"),
  OPAQUE ("jpeg", IMAGE, NULL),
  OPAQUE ("jpg", IMAGE, NULL),
  TEXT_KIND ("js", CODE, "javascript"),
  TEXT_KIND ("json", JSON, "json"),
  TEXT_KIND ("json5", JSON, "json"),
  TEXT_KIND ("jsonc", JSON, "json"),
  TEXT_KIND ("jsonl", DATA, "jsonl"),
  TEXT_KIND ("jsonlines", DATA, "jsonl"),
  TEXT_KIND ("jsx", CODE, "javascript"),
  TEXT_KIND ("kt", CODE, "kotlin"),
  TEXT_KIND ("lean", CODE, "lean"),
  TEXT_KIND ("less", CODE, "css"),
  OPAQUE ("lmdb", DATA, BINARY_DATA),
  TEXT_KIND ("log", TEXT, ""),
  TEXT_KIND ("lua", CODE, "lua"),
  TEXT_KIND ("m", CODE, "matlab"),
  TEXT_KIND ("markdown", MARKDOWN, "markdown"),
  OPAQUE ("mat", DATA, BINARY_DATA),
  TEXT_KIND ("md", MARKDOWN, "markdown"),
  OPAQUE ("mdb", DATA, BINARY_DATA),
  TEXT_KIND ("mdx", MARKDOWN, "markdown"),
  TEXT_KIND ("mjs", CODE, "javascript"),
  TEXT_KIND ("mk", SHELL, "make"),
  TEXT_KIND ("ml", CODE, "ocaml"),
  OPAQUE ("mov", BINARY, NULL),
  OPAQUE ("mp3", BINARY, NULL),
  OPAQUE ("mp4", BINARY, NULL),
  OPAQUE ("msgpack", BINARY, NULL),
  TEXT_KIND ("ndjson", DATA, "jsonl"),
  OPAQUE ("npy", DATA, BINARY_DATA),
  OPAQUE ("npz", DATA, BINARY_DATA),
  OPAQUE ("o", BINARY, NULL),
  OPAQUE ("onnx", BINARY, NULL),
  OPAQUE ("otf", BINARY, NULL),
  OPAQUE ("parquet", DATA, BINARY_DATA),
  TEXT_KIND ("pbs", SHELL, "bash"),
  TEXT_KIND ("pdf", PDF, "pdf"),
  TEXT_KIND ("php", CODE, "php"),
  OPAQUE ("pickle", DATA, BINARY_DATA),
  OPAQUE ("pkl", DATA, BINARY_DATA),
  TEXT_KIND ("pl", CODE, "perl"),
  OPAQUE ("png", IMAGE, NULL),
  OPAQUE ("ppt", BINARY, OFFICE),
  OPAQUE ("pptx", BINARY, OFFICE),
  TEXT_KIND ("properties", INI, "ini"),
  TEXT_KIND ("proto", CODE, "protobuf"),
  TEXT_KIND ("ps1", CODE, "powershell"),
  OPAQUE ("psd", IMAGE, NULL),
  OPAQUE ("pt", BINARY, NULL),
  OPAQUE ("pth", BINARY, NULL),
  TEXT_KIND ("py", PYTHON, "python"),
  OPAQUE ("pyc", BINARY, NULL),
  TEXT_KIND ("pyi", PYTHON, "python"),
  TEXT_KIND ("pyx", CODE, "cython"),
  TEXT_KIND ("qmd", MARKDOWN, "markdown"),
  TEXT_KIND ("r", CODE, "r"),
  OPAQUE ("rar", BINARY, ARCHIVE),
  TEXT_KIND ("rb", CODE, "ruby"),
  TEXT_KIND ("rmd", MARKDOWN, "markdown"),
  TEXT_KIND ("rs", CODE, "rust"),
  TEXT_KIND ("rst", RST, "rst"),
  OPAQUE ("safetensors", BINARY, NULL),
  TEXT_KIND ("sbatch", SHELL, "bash"),
  TEXT_KIND ("scala", CODE, "scala"),
  TEXT_KIND ("scss", CODE, "css"),
  TEXT_KIND ("sh", SHELL, "bash"),
  TEXT_KIND ("slurm", SHELL, "bash"),
  OPAQUE ("so", BINARY, NULL),
  TEXT_KIND ("sql", CODE, "sql"),
  OPAQUE ("sqlite", DATA, BINARY_DATA),
  TEXT_KIND ("sty", LATEX, "latex"),
  OPAQUE ("svg", IMAGE, NULL),
  TEXT_KIND ("swift", CODE, "swift"),
  OPAQUE ("tar", BINARY, ARCHIVE),
  TEXT_KIND ("tex", LATEX, "latex"),
  OPAQUE ("tfevents", DATA, BINARY_DATA),
  OPAQUE ("tfrecord", DATA, BINARY_DATA),
  OPAQUE ("tgz", BINARY, ARCHIVE),
  TEXT_KIND ("thrift", CODE, "thrift"),
  OPAQUE ("tif", IMAGE, NULL),
  OPAQUE ("tiff", IMAGE, NULL),
  TEXT_KIND ("toml", TOML, "toml"),
  TEXT_KIND ("ts", CODE, "typescript"),
  TEXT_KIND ("tsv", DATA, "tsv"),
  TEXT_KIND ("tsx", CODE, "typescript"),
  OPAQUE ("ttf", BINARY, NULL),
  TEXT_KIND ("txt", TEXT, ""),
  TEXT_KIND ("vue", CODE, "javascript"),
  OPAQUE ("wav", BINARY, NULL),
  OPAQUE ("webm", BINARY, NULL),
  OPAQUE ("webp", IMAGE, NULL),
  OPAQUE ("whl", BINARY, ARCHIVE),
  OPAQUE ("woff", BINARY, NULL),
  OPAQUE ("woff2", BINARY, NULL),
  OPAQUE ("xls", BINARY, OFFICE),
  OPAQUE ("xlsx", BINARY, OFFICE),
  TEXT_KIND ("xml", CODE, "xml"),
  OPAQUE ("xz", BINARY, ARCHIVE),
  TEXT_KIND ("yaml", YAML, "yaml"),
  TEXT_KIND ("yml", YAML, "yaml"),
  OPAQUE ("zip", BINARY, ARCHIVE),
  TEXT_KIND ("zsh", SHELL, "zsh"),
  OPAQUE ("zst", BINARY, ARCHIVE),
};

typedef struct {
  const char *name;
  CdDocumentKind kind;
  const char *language;
  gboolean prefix;
} Name;

/* Whole names, or what names begin with, in lower case; the first that fits decides. */
static const Name NAMES[] = {
  { "makefile", CD_DOCUMENT_SHELL, "make", FALSE },
  { "gnumakefile", CD_DOCUMENT_SHELL, "make", FALSE },
  { "dockerfile", CD_DOCUMENT_SHELL, "dockerfile", TRUE },
  { "containerfile", CD_DOCUMENT_SHELL, "dockerfile", FALSE },
  { "pipfile", CD_DOCUMENT_DEPENDENCIES, "toml", FALSE },
  { "pipfile.lock", CD_DOCUMENT_DEPENDENCIES, "json", FALSE },
  { "poetry.lock", CD_DOCUMENT_DEPENDENCIES, "toml", FALSE },
  { "uv.lock", CD_DOCUMENT_DEPENDENCIES, "toml", FALSE },
  { "pdm.lock", CD_DOCUMENT_DEPENDENCIES, "toml", FALSE },
  { "package-lock.json", CD_DOCUMENT_DEPENDENCIES, "json", FALSE },
  { "yarn.lock", CD_DOCUMENT_DEPENDENCIES, "yarn", FALSE },
  { "pnpm-lock.yaml", CD_DOCUMENT_DEPENDENCIES, "yaml", FALSE },
  { "cargo.lock", CD_DOCUMENT_DEPENDENCIES, "toml", FALSE },
  { "mlproject", CD_DOCUMENT_YAML, "yaml", FALSE },
  { "tokenizer.json", CD_DOCUMENT_DATA, "json", FALSE },
  { "vocab.json", CD_DOCUMENT_DATA, "json", FALSE },
  { "merges.txt", CD_DOCUMENT_DATA, "", FALSE },
  { ".gitignore", CD_DOCUMENT_CODE, "", FALSE },
  { ".dockerignore", CD_DOCUMENT_CODE, "", FALSE },
  { ".gitattributes", CD_DOCUMENT_CODE, "", FALSE },
  { "codeowners", CD_DOCUMENT_CODE, "", FALSE },
  { ".gitmodules", CD_DOCUMENT_INI, "ini", FALSE },
  { ".gitkeep", CD_DOCUMENT_CODE, "", FALSE },
  { "manifest.in", CD_DOCUMENT_CODE, "", FALSE },
  { "py.typed", CD_DOCUMENT_CODE, "", FALSE },
  { ".env", CD_DOCUMENT_INI, "ini", TRUE },
  { ".flake8", CD_DOCUMENT_INI, "ini", FALSE },
  { ".pylintrc", CD_DOCUMENT_INI, "ini", FALSE },
  { ".editorconfig", CD_DOCUMENT_INI, "ini", FALSE },
  { "cmakelists.txt", CD_DOCUMENT_CODE, "cmake", FALSE },
};

static const char *const LICENSE_NAMES[] = { "license", "licence", "copying", "unlicense" };

static int
compare_extension (const void *key, const void *row)
{
  return strcmp (key, ((const Extension *) row)->extension);
}

/* The part of a lower-case base name behind its last dot; "" for none. */
static const char *
extension_of (const char *name)
{
  const char *dot = strrchr (name, '.');
  return dot != NULL ? dot + 1 : "";
}

static const Extension *
find_extension (const char *name)
{
  return bsearch (extension_of (name), EXTENSIONS, G_N_ELEMENTS (EXTENSIONS), sizeof (Extension), compare_extension);
}

static char *
lower_base_name (const char *path)
{
  const char *slash = strrchr (path, '/');
  return g_ascii_strdown (slash != NULL ? slash + 1 : path, -1);
}

gboolean
cd_document_is_opaque (const char *path, const char **why)
{
  g_autofree char *name = lower_base_name (path);
  const Extension *row = find_extension (name);
  *why = row != NULL ? row->why : NULL;
  return row != NULL && row->opaque;
}

static gboolean
is_license (const char *name, const Extension *extension)
{
  for (guint i = 0; i < G_N_ELEMENTS (LICENSE_NAMES); i++)
    if (g_str_has_prefix (name, LICENSE_NAMES[i]))
      return extension == NULL || extension->kind == CD_DOCUMENT_TEXT || extension->kind == CD_DOCUMENT_MARKDOWN
             || extension->kind == CD_DOCUMENT_RST;
  return FALSE;
}

/* requirements.txt, requirements-dev.txt, dev-requirements.txt, constraints.txt, requirements/train.txt */
static gboolean
is_requirements (const char *path, const char *name)
{
  const char *extension = extension_of (name);
  if (strcmp (extension, "txt") != 0 && strcmp (extension, "in") != 0 && strcmp (extension, "pip") != 0)
    return FALSE;
  return strstr (name, "requirement") != NULL || g_str_has_prefix (name, "constraints") || strstr (path, "requirements/") != NULL;
}

/* A conda environment, by name or by its two usual top-level keys. */
static gboolean
is_conda (const char *name, const char *head, gsize length)
{
  if (g_str_has_prefix (name, "environment") || g_str_has_prefix (name, "conda"))
    return TRUE;
  if (length == 0)
    return FALSE;
  const char *list = g_strstr_len (head, (gssize) length, "dependencies:");
  return list != NULL && (list == head || list[-1] == '\n') && g_strstr_len (head, (gssize) length, "channels:") != NULL;
}

/* Objects side by side in a JSON head: the top level is an array, several values follow one another, many members are all objects, or one
 * array holds many objects. */
static gboolean
is_records (const char *head, gsize length)
{
  CdJsonReader reader;
  cd_json_reader_init (&reader, head, 0, length, TRUE);
  guint values = 0, members = 0, objects = 0, row = 0;
  for (;;) {
    CdJsonToken token = cd_json_next (&reader);
    if (token == CD_JSON_ERROR || token == CD_JSON_END)
      break;
    gboolean opens = token == CD_JSON_OBJECT || token == CD_JSON_ARRAY;
    if (opens && reader.depth == 1 && (token == CD_JSON_ARRAY || ++values > 1))
      return TRUE;
    members += token == CD_JSON_KEY && reader.depth == 1 ? 1 : 0;
    objects += token == CD_JSON_OBJECT && reader.depth == 2 ? 1 : 0;
    if (token == CD_JSON_ARRAY && reader.depth == 2)
      row = 0;
    if (token == CD_JSON_OBJECT && reader.depth == 3 && (row += 1) >= RECORDS_AT_LEAST)
      return TRUE;
    if (reader.depth == 2 && token == CD_JSON_OBJECT)
      row = 0;
  }
  return members >= RECORDS_AT_LEAST && objects == members;
}

typedef struct {
  const char *program;
  CdDocumentKind kind;
  const char *language;
} Interpreter;

/* What the first line names. */
static const Interpreter INTERPRETERS[] = {
  { "python", CD_DOCUMENT_PYTHON, "python" }, { "node", CD_DOCUMENT_CODE, "javascript" }, { "perl", CD_DOCUMENT_CODE, "perl" },
  { "ruby", CD_DOCUMENT_CODE, "ruby" },       { "Rscript", CD_DOCUMENT_CODE, "r" },       { "make", CD_DOCUMENT_SHELL, "make" },
  { "zsh", CD_DOCUMENT_SHELL, "zsh" },        { "sh", CD_DOCUMENT_SHELL, "bash" },
};

static CdDocumentKind
classify_shebang (const char *head, gsize length, CdDocumentKind otherwise, const char **language)
{
  if (length < 3 || head[0] != '#' || head[1] != '!')
    return otherwise;
  const char *line_end = memchr (head, '\n', MIN (length, 256));
  gssize line = line_end != NULL ? line_end - head : (gssize) MIN (length, 256);
  for (guint i = 0; i < G_N_ELEMENTS (INTERPRETERS); i++)
    if (g_strstr_len (head, line, INTERPRETERS[i].program) != NULL) {
      *language = INTERPRETERS[i].language;
      return INTERPRETERS[i].kind;
    }
  return otherwise;
}

/* A name that tells nothing. */
static CdDocumentKind
classify_content (const char *head, gsize length, const char **language)
{
  CdDocumentKind kind = classify_shebang (head, length, CD_DOCUMENT_TEXT, language);
  if (kind != CD_DOCUMENT_TEXT || length == 0)
    return kind;
  if (length > 5 && memcmp (head, "%PDF-", 5) == 0)
    return CD_DOCUMENT_PDF;
  gsize first = 0;
  while (first < length && g_ascii_isspace (head[first]))
    first++;
  if (first < length && head[first] == '{') {
    CdJsonReader reader;
    cd_json_reader_init (&reader, head, 0, length, TRUE);
    if (cd_json_next (&reader) == CD_JSON_OBJECT && cd_json_next (&reader) == CD_JSON_KEY) {
      *language = "json";
      return is_records (head, length) ? CD_DOCUMENT_DATA : CD_DOCUMENT_JSON;
    }
  }
  if (length - first > 14 && (g_ascii_strncasecmp (head + first, "<!doctype html", 14) == 0 || g_ascii_strncasecmp (head + first, "<html", 5) == 0)) {
    *language = "html";
    return CD_DOCUMENT_HTML;
  }
  return CD_DOCUMENT_TEXT;
}

/* Neither text nor UTF-16, which starts with its byte order mark. */
static gboolean
is_binary (const char *head, gsize length)
{
  gboolean wide = length >= 2 && (memcmp (head, "\xff\xfe", 2) == 0 || memcmp (head, "\xfe\xff", 2) == 0);
  return length > 0 && !wide && !cd_text_is_text (head, length);
}

static CdDocumentKind
classify_name (const char *path, const char *name, const Extension *extension, const char **language)
{
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (NAMES[i].prefix ? g_str_has_prefix (name, NAMES[i].name) && (extension == NULL || extension->kind != CD_DOCUMENT_MARKDOWN)
                        : strcmp (name, NAMES[i].name) == 0) {
      *language = NAMES[i].language;
      return NAMES[i].kind;
    }
  *language = "";
  if (is_requirements (path, name))
    return CD_DOCUMENT_DEPENDENCIES;
  if (is_license (name, extension))
    return CD_DOCUMENT_LICENSE;
  if (g_str_has_prefix (name, "readme") && (extension == NULL || strcmp (extension_of (name), "txt") == 0)) {
    *language = "markdown";
    return CD_DOCUMENT_MARKDOWN;
  }
  *language = extension != NULL ? extension->language : "";
  return extension != NULL ? extension->kind : CD_DOCUMENT_TEXT;
}

CdDocumentKind
cd_document_classify (const char *path, const char *head, gsize length, const char **language)
{
  g_autofree char *name = lower_base_name (path);
  const Extension *extension = find_extension (name);
  const char *named = "";
  CdDocumentKind kind = classify_name (path, name, extension, &named);
  gsize judged = head != NULL ? MIN (length, HEAD_BYTES) : 0;
  if (kind != CD_DOCUMENT_PDF && (extension == NULL || !extension->opaque) && is_binary (head, judged)) {
    gboolean pdf = judged > 5 && memcmp (head, "%PDF-", 5) == 0;
    kind = pdf ? CD_DOCUMENT_PDF : CD_DOCUMENT_BINARY;
    named = pdf ? "pdf" : "";
  } else if (kind == CD_DOCUMENT_TEXT && extension == NULL)
    kind = classify_content (head, judged, &named);
  else if (kind == CD_DOCUMENT_JSON && judged > 0 && is_records (head, judged))
    kind = CD_DOCUMENT_DATA;
  else if (kind == CD_DOCUMENT_YAML && is_conda (name, head, judged))
    kind = CD_DOCUMENT_DEPENDENCIES;
  if (language != NULL)
    *language = named;
  return kind;
}

/* Every language that classification can tell stands in one of the tables. */
const char *
cd_document_language (const char *name)
{
  if (*name == '\0')
    return "";
  for (guint i = 0; i < G_N_ELEMENTS (EXTENSIONS); i++)
    if (strcmp (EXTENSIONS[i].language, name) == 0)
      return EXTENSIONS[i].language;
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (strcmp (NAMES[i].language, name) == 0)
      return NAMES[i].language;
  for (guint i = 0; i < G_N_ELEMENTS (INTERPRETERS); i++)
    if (strcmp (INTERPRETERS[i].language, name) == 0)
      return INTERPRETERS[i].language;
  return NULL;
}
