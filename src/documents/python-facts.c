/* What one logical line of Python states: imports, defaults of options and fields, constants, keyword arguments, dictionary entries.
 * Only literals count as values, and names that the module sets to a literal. */
#include "documents/python.h"

#include <string.h>

#define LIST_ITEMS 64u /* of a literal list, this many are kept */
#define ANNOTATION_TOKENS 64u
#define PATH_BYTES 512u /* of a nested dictionary's keys, of a callee */
#define CALLEE_TOKENS 16u
#define CALL_DEPTH 4u /* options and requirements are looked for no deeper: each search reads the rest of its call */
#define CONSTANT_BYTES 1024u

typedef struct {
  const CdPythonToken *open;
  guint first_callee;  /* index of its first token; callee ends before the bracket */
  gsize path;          /* length of the dictionary path outside */
  gboolean definition; /* of parameters */
  gboolean silent;     /* an option's or field's: its keywords are read as one default */
} Frame;

typedef struct {
  CdPythonLine *line;
  GArray *frames;
  GString *path;
  gboolean definition;
} Walk;

void
cd_python_line_init (CdPythonLine *line, CdDocument *document)
{
  g_autofree char *name = g_path_get_basename (document->path);
  *line = (CdPythonLine){ .document = document, .setup = strcmp (name, "setup.py") == 0 };
  line->tokens = g_array_new (FALSE, FALSE, sizeof (CdPythonToken));
  line->constants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  line->frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  line->path = g_string_new (NULL);
  line->value = g_string_new (NULL);
}

void
cd_python_line_clear (CdPythonLine *line)
{
  g_array_unref (line->tokens);
  g_hash_table_unref (line->constants);
  g_array_unref (line->frames);
  g_string_free (line->path, TRUE);
  g_string_free (line->value, TRUE);
}

static const CdPythonToken *
token_at (const CdPythonLine *line, guint index)
{
  return &g_array_index (line->tokens, CdPythonToken, index);
}

static guint
count (const CdPythonLine *line)
{
  return line->tokens->len;
}

static gboolean
is (const CdPythonLine *line, guint index, const char *word)
{
  if (index >= count (line))
    return FALSE;
  const CdPythonToken *token = token_at (line, index);
  if (line->document->text[token->start] != *word) /* most are told apart by this */
    return FALSE;
  gsize length = strlen (word);
  return token->end - token->start == length && token->kind != CD_PYTHON_STRING && memcmp (line->document->text + token->start, word, length) == 0;
}

static gboolean
is_kind (const CdPythonLine *line, guint index, CdPythonKind kind)
{
  return index < count (line) && token_at (line, index)->kind == kind;
}

static gboolean
is_any (const CdPythonLine *line, guint index, const char *characters)
{
  char sign = index < count (line) ? token_at (line, index)->sign : '\0';
  while (*characters != '\0' && *characters != sign)
    characters++;
  return *characters != '\0';
}

static guint
line_of (const CdPythonLine *line, guint index)
{
  return cd_lines_at (line->document->lines, token_at (line, index)->start);
}

/* Tokens [first, last) as written, white space between them left out. */
static char *
join (const CdPythonLine *line, guint first, guint last)
{
  GString *text = g_string_new (NULL);
  for (guint i = first; i < last; i++)
    g_string_append_len (text, line->document->text + token_at (line, i)->start, (gssize) (token_at (line, i)->end - token_at (line, i)->start));
  return g_string_free (text, FALSE);
}

/* The inside of a string token, simple escapes resolved. */
static void
append_string (const CdPythonLine *line, guint index, GString *value)
{
  const char *at = line->document->text + token_at (line, index)->start, *end = line->document->text + token_at (line, index)->end;
  gboolean raw = FALSE;
  for (; at < end && *at != '"' && *at != '\''; at++)
    raw = raw || g_ascii_tolower (*at) == 'r';
  if (at >= end)
    return;
  gsize marks = end - at >= 6 && at[1] == *at && at[2] == *at ? 3 : 1;
  char quote = *at;
  at += marks;
  for (gsize i = 0; i < marks && end > at && end[-1] == quote; i++)
    end--;
  for (; at < end; at++) {
    if (*at == '\\' && !raw && at + 1 < end) {
      at++;
      g_string_append_c (value, *at == 'n' ? '\n' : *at == 't' ? '\t' : *at);
    } else
      g_string_append_c (value, *at);
  }
}

static gboolean
is_literal_word (const CdPythonLine *line, guint index)
{
  return is (line, index, "True") || is (line, index, "False") || is (line, index, "None");
}

/* One scalar at *at: strings side by side, arithmetic of numbers, True, False, None, a known constant. */
static gboolean
read_scalar (const CdPythonLine *line, guint *at, GString *value)
{
  guint i = *at;
  if (is_kind (line, i, CD_PYTHON_STRING))
    while (is_kind (line, i, CD_PYTHON_STRING))
      append_string (line, i++, value);
  else if (is_literal_word (line, i)) {
    g_autofree char *word = join (line, i, i + 1);
    g_string_append (value, strcmp (word, "None") == 0 ? "" : word);
    i++;
  } else if (is_kind (line, i, CD_PYTHON_NAME)) {
    if (g_hash_table_size (line->constants) == 0)
      return FALSE;
    g_autofree char *name = join (line, i, i + 1);
    const char *known = g_hash_table_lookup (line->constants, name);
    if (known == NULL || value->len > 4 * CONSTANT_BYTES)
      return FALSE;
    g_string_append (value, known);
    i++;
  } else {
    guint first = i;
    i += is_any (line, i, "-+") ? 1 : 0;
    if (!is_kind (line, i, CD_PYTHON_NUMBER))
      return FALSE;
    for (i++; (is_any (line, i, "*/+-") || is (line, i, "**") || is (line, i, "//")) && is_kind (line, i + 1, CD_PYTHON_NUMBER);)
      i += 2;
    g_autofree char *number = join (line, first, i);
    g_string_append (value, number);
  }
  *at = i;
  return TRUE;
}

/* A scalar, or a flat list, tuple or set of scalars as "a, b". *at steps behind it. */
static gboolean
read_literal (const CdPythonLine *line, guint *at, GString *value)
{
  if (!is_any (line, *at, "[("))
    return read_scalar (line, at, value);
  guint i = *at + 1;
  for (guint items = 0; items < LIST_ITEMS && !is_any (line, i, "])"); items++) {
    if (items > 0)
      g_string_append (value, ", ");
    if (!read_scalar (line, &i, value))
      return FALSE;
    if (!is_any (line, i, ","))
      break;
    i++;
  }
  if (!is_any (line, i, "])"))
    return FALSE;
  *at = i + 1;
  return TRUE;
}

static void
add (const CdPythonLine *line, CdSettingKind kind, const char *key, const char *value, guint index)
{
  if (*key != '\0' && line->document->settings->len < CD_LIMIT_SETTINGS)
    cd_document_add_setting (line->document, kind, key, value, line_of (line, index));
}

/* The literal that ends at a comma, a closing bracket or the line's end; NULL where the value is no literal. Caller frees. */
static char *
whole_literal (const CdPythonLine *line, guint at)
{
  g_string_truncate (line->value, 0);
  if (!read_literal (line, &at, line->value) || (at < count (line) && !is_any (line, at, ",)]};")))
    return NULL;
  return g_strdup (line->value->str);
}

static void
add_import (const CdPythonLine *line, char *module, guint index, gboolean relative)
{
  CdImport *import = g_new0 (CdImport, 1);
  import->module = module;
  import->line = line_of (line, index);
  import->relative = relative;
  g_ptr_array_add (line->document->imports, import);
}

/* A dotted name at *at; NULL for none. Caller frees. */
static char *
read_dotted (const CdPythonLine *line, guint *at)
{
  guint first = *at;
  if (!is_kind (line, first, CD_PYTHON_NAME))
    return NULL;
  guint i = first + 1;
  while (is_any (line, i, ".") && is_kind (line, i + 1, CD_PYTHON_NAME))
    i += 2;
  *at = i;
  return join (line, first, i);
}

static void
read_import (const CdPythonLine *line)
{
  guint at = 1;
  for (;;) {
    guint first = at;
    char *module = read_dotted (line, &at);
    if (module == NULL)
      return;
    add_import (line, module, first, FALSE);
    at += is (line, at, "as") ? 2 : 0;
    if (!is_any (line, at, ","))
      return;
    at++;
  }
}

/* The folder that so many dots before a module mean, from the file's own; NULL above the root. Caller frees. */
static char *
relative_folder (const char *path, guint dots)
{
  g_autofree char *folder = g_strdup (path);
  for (guint i = 0; i < dots; i++) {
    char *slash = strrchr (folder, '/');
    if (slash == NULL && *folder == '\0')
      return NULL;
    *(slash != NULL ? slash : folder) = '\0';
  }
  return g_steal_pointer (&folder);
}

/* from a.b import c, d: "a.b", and "a.b.c" and "a.b.d", which may be modules or names in one. */
static void
read_from (const CdPythonLine *line)
{
  guint at = 1, dots = 0;
  for (; is_any (line, at, "."); at++)
    dots++;
  g_autofree char *module = is (line, at, "import") ? g_strdup ("") : read_dotted (line, &at);
  if (module == NULL || !is (line, at, "import"))
    return;
  const char *joint = dots > 0 ? "/" : ".";
  g_autofree char *folder = dots > 0 ? relative_folder (line->document->path, dots) : NULL;
  if (dots > 0 && folder == NULL)
    return;
  g_autofree char *base
      = dots == 0 ? g_strdup (module) : g_strconcat (folder, *folder != '\0' && *module != '\0' ? "/" : "", g_strdelimit (module, ".", '/'), NULL);
  if (*base != '\0')
    add_import (line, g_strdup (base), 0, dots > 0);
  for (at++; at < count (line); at++) {
    gboolean alias = is (line, at - 1, "as");
    if (is_kind (line, at, CD_PYTHON_NAME) && !alias && !is (line, at, "as")) {
      g_autofree char *name = join (line, at, at + 1);
      add_import (line, g_strconcat (base, *base != '\0' ? joint : "", name, NULL), at, dots > 0);
    }
  }
}

/* Within the brackets that open at `open`: the index behind "keyword=" at their own level, 0 for none. */
static guint
find_keyword (const CdPythonLine *line, guint open, const char *keyword)
{
  guint depth = 0;
  for (guint i = open; i < count (line); i++) {
    if (is_any (line, i, "([{"))
      depth++;
    else if (is_any (line, i, ")]}") && --depth == 0)
      return 0;
    else if (depth == 1 && is (line, i, keyword) && is (line, i + 1, "="))
      return i + 2;
  }
  return 0;
}

/* add_argument ("-l", "--lr", default=1e-6): the longest name and its default; for positional arguments and options without one nothing. */
static void
read_option (const CdPythonLine *line, guint open)
{
  g_autoptr (GString) name = g_string_new (NULL);
  guint at = open + 1, named = at;
  while (is_kind (line, at, CD_PYTHON_STRING)) {
    g_autoptr (GString) one = g_string_new (NULL);
    append_string (line, at, one);
    if (one->len > name->len) {
      g_string_assign (name, one->str);
      named = at;
    }
    at += is_any (line, at + 1, ",") ? 2 : 1;
  }
  const char *key = name->str + strspn (name->str, "-");
  guint value = find_keyword (line, open, "default"), choices = find_keyword (line, open, "choices");
  g_autofree char *literal = value > 0 ? whole_literal (line, value) : NULL;
  g_autofree char *allowed = choices > 0 ? whole_literal (line, choices) : NULL;
  if (literal != NULL)
    add (line, CD_SETTING_OPTION_DEFAULT, key, literal, named);
  if (allowed != NULL && *key != '\0') {
    g_autofree char *choice_key = g_strconcat (key, ".choices", NULL);
    add (line, CD_SETTING_OPTION_DEFAULT, choice_key, allowed, choices);
  }
}

/* os.environ.get ("NAME", "value"), os.getenv ("NAME", "value") */
static void
read_environment (const CdPythonLine *line, guint open)
{
  if (!is_kind (line, open + 1, CD_PYTHON_STRING) || !is_any (line, open + 2, ","))
    return;
  g_autoptr (GString) name = g_string_new (NULL);
  append_string (line, open + 1, name);
  g_autofree char *literal = whole_literal (line, open + 3);
  if (literal != NULL)
    add (line, CD_SETTING_OPTION_DEFAULT, name->str, literal, open + 1);
}

/* The strings of install_requires=[…] or extras_require={…: […]} that begin at `at`. */
static void
read_requirements (const CdPythonLine *line, guint at)
{
  guint depth = 0;
  for (guint i = at; i < count (line); i++) {
    if (is_any (line, i, "([{"))
      depth++;
    else if (is_any (line, i, ")]}") && --depth == 0)
      return;
    else if (is_kind (line, i, CD_PYTHON_STRING) && !is_any (line, i + 1, ":")) {
      g_autoptr (GString) text = g_string_new (NULL);
      append_string (line, i, text);
      cd_document_add_requirement (line->document, text->str, text->len, line_of (line, i));
    }
    if (depth == 0)
      return;
  }
}

/* setup.py often keeps its requirements in a list of its own: deps = […], REQUIRED = […]. */
static gboolean
names_requirements (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  return strstr (lower, "dep") != NULL || strstr (lower, "requir") != NULL;
}

static gboolean
callee_ends (const CdPythonLine *line, const Frame *frame, guint open, const char *name)
{
  return open > frame->first_callee && is (line, open - 1, name);
}

static void
open_frame (Walk *walk, guint at)
{
  static const char *const options[] = { "add_argument", "option", "add_option" };
  CdPythonLine *line = walk->line;
  guint first = at;
  if (is_any (line, at, "("))
    while (first > 0 && at - first < CALLEE_TOKENS && is_kind (line, first - 1, CD_PYTHON_NAME) && !is (line, first - 1, "return")
           && !is (line, first - 1, "in")) {
      first--;
      if (first < 2 || !is_any (line, first - 1, ".") || !is_kind (line, first - 2, CD_PYTHON_NAME))
        break;
      first--;
    }
  Frame frame = { token_at (line, at), first, walk->path->len, walk->definition && walk->frames->len == 0, FALSE };
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (walk->frames->len < CALL_DEPTH && callee_ends (line, &frame, at, options[i]) && is_kind (line, at + 1, CD_PYTHON_STRING)) {
      read_option (line, at);
      frame.silent = TRUE;
    }
  frame.silent = frame.silent || callee_ends (line, &frame, at, "field") || callee_ends (line, &frame, at, "Field");
  if (callee_ends (line, &frame, at, "getenv") || (callee_ends (line, &frame, at, "get") && at - first >= 3 && is (line, at - 3, "environ")))
    read_environment (line, at);
  if (walk->frames->len > 0)
    frame.silent = frame.silent || g_array_index (walk->frames, Frame, walk->frames->len - 1).silent;
  g_array_append_val (walk->frames, frame);
}

static void
read_keyword (Walk *walk, const Frame *frame, guint open, guint at)
{
  CdPythonLine *line = walk->line;
  g_autofree char *name = join (line, at, at + 1);
  if (line->setup && walk->frames->len < CALL_DEPTH
      && (strcmp (name, "install_requires") == 0 || strcmp (name, "setup_requires") == 0 || strcmp (name, "extras_require") == 0))
    read_requirements (line, at + 2);
  g_autofree char *literal = whole_literal (line, at + 2);
  if (literal == NULL || open == frame->first_callee || token_at (line, open)->start - token_at (line, frame->first_callee)->start > PATH_BYTES)
    return;
  g_autofree char *callee = join (line, frame->first_callee, open);
  g_autofree char *key = g_strconcat (callee, ".", name, NULL);
  add (line, CD_SETTING_ARGUMENT, key, literal, at);
}

/* A parameter with a default: "lr: float = 1e-6" or "lr=1e-6"; programs started through their functions take these as options. */
static void
read_parameter (const CdPythonLine *line, guint at)
{
  guint value = at + 1, depth = 0;
  for (guint i = 0; i < ANNOTATION_TOKENS && value < count (line) && is_any (line, at + 1, ":"); i++, value++) {
    depth += is_any (line, value, "([{") ? 1 : 0;
    if (depth == 0 && (is (line, value, "=") || is_any (line, value, ",)")))
      break;
    depth -= depth > 0 && is_any (line, value, ")]}") ? 1 : 0;
  }
  if (!is (line, value, "="))
    return;
  g_autofree char *name = join (line, at, at + 1);
  g_autofree char *literal = whole_literal (line, value + 1);
  if (literal != NULL)
    add (line, CD_SETTING_OPTION_DEFAULT, name, literal, at);
}

/* "key": value inside braces; a nested dictionary's keys get the outer ones before them. */
static void
read_entry (Walk *walk, guint at)
{
  CdPythonLine *line = walk->line;
  gsize before = walk->path->len;
  g_string_append_c (walk->path, '.');
  append_string (line, at, walk->path);
  if (walk->path->len > PATH_BYTES) {
    g_string_truncate (walk->path, before);
    return;
  }
  if (is_any (line, at + 2, "{"))
    return; /* the frame that opens next owns this part of the path */
  g_autofree char *literal = whole_literal (line, at + 2);
  if (literal != NULL)
    add (line, CD_SETTING_CONFIG, walk->path->str + 1, literal, at);
  g_string_truncate (walk->path, before);
}

static void
read_in_frame (Walk *walk, guint at)
{
  CdPythonLine *line = walk->line;
  const Frame *frame = &g_array_index (walk->frames, Frame, walk->frames->len - 1);
  char open = line->document->text[frame->open->start];
  gboolean first = is_any (line, at - 1, ",({");
  if (!first || frame->silent)
    return;
  if (open == '{' && is_kind (line, at, CD_PYTHON_STRING) && is_any (line, at + 1, ":"))
    read_entry (walk, at);
  else if (open == '(' && is_kind (line, at, CD_PYTHON_NAME) && frame->definition)
    read_parameter (line, at);
  else if (open == '(' && is_kind (line, at, CD_PYTHON_NAME) && is (line, at + 1, "="))
    read_keyword (walk, frame, (guint) (frame->open - token_at (line, 0)), at);
}

static void
walk_calls (CdPythonLine *line)
{
  guint first = 0;
  while (first < count (line) && !is_any (line, first, "([{"))
    first++;
  if (first == count (line))
    return;
  GArray *frames = line->frames;
  GString *path = line->path;
  g_array_set_size (frames, 0);
  g_string_truncate (path, 0);
  gboolean definition = is (line, 0, "def") || (is (line, 0, "async") && is (line, 1, "def"));
  Walk walk = { line, frames, path, definition };
  for (guint i = first; i < count (line); i++) {
    if (is_any (line, i, "([{")) {
      gsize outside = path->len;
      if (is_any (line, i, "{") && i > 1 && is_any (line, i - 1, ":") && is_kind (line, i - 2, CD_PYTHON_STRING) && frames->len > 0) {
        const char *last = strrchr (path->str, '.');
        outside = last != NULL ? (gsize) (last - path->str) : 0;
      }
      open_frame (&walk, i);
      g_array_index (frames, Frame, frames->len - 1).path = outside;
    } else if (is_any (line, i, ")]}") && frames->len > 0) {
      g_string_truncate (path, MIN (path->len, g_array_index (frames, Frame, frames->len - 1).path));
      g_array_set_size (frames, frames->len - 1);
    } else if (frames->len > 0)
      read_in_frame (&walk, i);
  }
}

/* Inside a function, counters and accumulators are no settings. */
static gboolean
is_trivial (const char *value)
{
  static const char *const trivial[] = { "", "0", "1", "-1", "0.0", "True", "False" };
  for (guint i = 0; i < G_N_ELEMENTS (trivial); i++)
    if (strcmp (value, trivial[i]) == 0)
      return TRUE;
  return FALSE;
}

/* NAME = literal, NAME: type = literal, NAME: type = field (default=literal), os.environ["NAME"] = literal. */
static void
read_assignment (CdPythonLine *line)
{
  guint at = 0;
  g_autofree char *key = read_dotted (line, &at);
  if (key == NULL)
    return;
  if (is_any (line, at, "[") && is_kind (line, at + 1, CD_PYTHON_STRING) && is_any (line, at + 2, "]")) {
    g_autoptr (GString) whole = g_string_new (key);
    g_string_append_c (whole, '.');
    append_string (line, at + 1, whole);
    g_free (key);
    key = g_strdup (whole->str);
    at += 3;
  }
  gboolean typed = is_any (line, at, ":");
  for (guint i = 0; typed && i < ANNOTATION_TOKENS && at < count (line) && !is (line, at, "="); i++)
    at++;
  if (!is (line, at, "="))
    return;
  if (line->setup && is_any (line, at + 1, "[") && names_requirements (key))
    read_requirements (line, at + 1);
  guint call = at + 1;
  g_autofree char *callee = typed ? read_dotted (line, &call) : NULL;
  gboolean field = callee != NULL && is_any (line, call, "(") && (g_str_has_suffix (callee, "field") || g_str_has_suffix (callee, "Field"));
  guint value = field ? find_keyword (line, call, "default") : at + 1;
  g_autofree char *literal = value > 0 ? whole_literal (line, value) : NULL;
  if (literal == NULL || (line->indent > 0 && !typed && is_trivial (literal)))
    return;
  add (line, typed ? CD_SETTING_OPTION_DEFAULT : CD_SETTING_ASSIGNMENT, key, literal, 0);
  if (line->indent == 0 && strlen (literal) <= CONSTANT_BYTES)
    g_hash_table_replace (line->constants, g_steal_pointer (&key), g_steal_pointer (&literal));
}

void
cd_python_take_line (CdPythonLine *line)
{
  if (is (line, 0, "import"))
    read_import (line);
  else if (is (line, 0, "from"))
    read_from (line);
  else {
    if (is_kind (line, 0, CD_PYTHON_NAME) && (is_any (line, 1, ".:[") || is (line, 1, "=")))
      read_assignment (line);
    walk_calls (line);
  }
}
