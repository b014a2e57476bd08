/* The vocabulary, flat JSON and files. */
#include "text.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char *const vocabulary[]
    = { "<end>", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "+", "=", "?", ";", ",", "so", "check", "wait", "no", "ok", "answer" };
enum { KNOWN = sizeof vocabulary / sizeof *vocabulary };

size_t
tokens_of (const char *text, uint8_t *tokens, size_t most)
{
  size_t count = 0;
  while (*text != '\0') {
    size_t length = 1, token = 1;
    if (*text == ' ') {
      text++;
      continue;
    }
    if (isalpha ((unsigned char) *text))
      while (isalpha ((unsigned char) text[length]))
        length++;
    while (token < KNOWN && (strlen (vocabulary[token]) != length || strncmp (vocabulary[token], text, length) != 0))
      token++;
    if (token == KNOWN || count == most)
      return 0;
    tokens[count++] = (uint8_t) token;
    text += length;
  }
  return count;
}

void
text_of (const uint8_t *tokens, size_t length, char *text)
{
  bool spaced = true;
  for (size_t i = 0; i < length; i++) {
    const char *word = tokens[i] < KNOWN ? vocabulary[tokens[i]] : "?";
    bool letters = isalpha ((unsigned char) *word) != 0;
    text += sprintf (text, "%s%s", letters && !spaced ? " " : "", word);
    spaced = false;
    if ((letters || *word == ';' || *word == ',') && i + 1 < length) {
      *text++ = ' ';
      spaced = true;
    }
  }
  *text = '\0';
}

static const char *
find_value (const char *object, const char *key)
{
  char quoted[64];
  snprintf (quoted, sizeof quoted, "\"%s\"", key);
  const char *at = strstr (object, quoted);
  if (at == NULL)
    return NULL;
  at += strlen (quoted);
  at += strspn (at, " ");
  return *at == ':' ? at + 1 + strspn (at + 1, " ") : NULL;
}

bool
json_text (const char *object, const char *key, char *value, size_t size)
{
  const char *from = find_value (object, key);
  const char *to = from != NULL && *from == '"' ? strchr (from + 1, '"') : NULL;
  if (to == NULL || (size_t) (to - from) > size)
    return false;
  memcpy (value, from + 1, (size_t) (to - from - 1));
  value[to - from - 1] = '\0';
  return true;
}

bool
json_number (const char *object, const char *key, double *value)
{
  const char *from = find_value (object, key);
  char *end = NULL;
  if (from != NULL)
    *value = strtod (from, &end);
  return end != NULL && end != from;
}

void
stop (const char *what, const char *which)
{
  fprintf (stderr, "%s: %s\n", what, which);
  exit (1);
}

FILE *
file_open (const char *path, const char *mode)
{
  FILE *file = fopen (path, mode);
  if (file == NULL)
    stop ("cannot open", path);
  return file;
}

char *
file_read (const char *path)
{
  FILE *file = file_open (path, "rb");
  size_t room = 1 << 16, length = 0, got;
  char *content = malloc (room + 1);
  while ((got = fread (content + length, 1, room - length, file)) > 0)
    if ((length += got) == room)
      content = realloc (content, (room *= 2) + 1);
  fclose (file);
  content[length] = '\0';
  return content;
}

const char *
option (int argc, char **argv, const char *name, const char *fallback)
{
  for (int i = 1; i + 1 < argc; i++)
    if (strcmp (argv[i], name) == 0)
      return argv[i + 1];
  if (fallback == NULL)
    stop ("missing option", name);
  return fallback;
}
