/* A pull reader of JSON that keeps byte positions: no tree, no recursion, no allocation. For documents/ only.
 * Concatenated top-level values (JSON Lines) are read one after the other. */
#pragma once
#include <glib.h>

#define CD_JSON_DEPTH 512u

typedef enum {
  CD_JSON_END,
  CD_JSON_ERROR,
  CD_JSON_OBJECT,
  CD_JSON_OBJECT_END,
  CD_JSON_ARRAY,
  CD_JSON_ARRAY_END,
  CD_JSON_KEY,
  CD_JSON_STRING,
  CD_JSON_NUMBER,
  CD_JSON_WORD,
} CdJsonToken;

typedef struct {
  const char *text;
  gsize position, end;
  gsize start, stop; /* bytes of the last token; of a key or string without its quotes */
  gboolean escaped;  /* the last key or string holds backslashes */
  gboolean lenient;  /* comments and trailing commas are allowed, as configuration files have them */
  guint depth;       /* open objects and arrays */
  guint state;
  guint64 objects[CD_JSON_DEPTH / 64]; /* bit n: the container at depth n + 1 is an object */
} CdJsonReader;

void cd_json_reader_init (CdJsonReader *reader, const char *text, gsize start, gsize end, gboolean lenient);
/* The next token. After CD_JSON_ERROR or CD_JSON_END every further call returns the same. */
CdJsonToken cd_json_next (CdJsonReader *reader);
/* TRUE while the innermost open container is an object. */
gboolean cd_json_in_object (const CdJsonReader *reader);
/* The last key, string, number or word as text, escapes resolved. Caller frees. */
char *cd_json_value (const CdJsonReader *reader);
/* After a CD_JSON_OBJECT or CD_JSON_ARRAY token: read up to and including its end. FALSE on an error. */
gboolean cd_json_skip (CdJsonReader *reader);
