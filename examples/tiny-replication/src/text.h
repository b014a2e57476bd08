/* Text and tokens: a character is a token, a run of letters is one. And flat JSON: one object with strings and numbers, as configurations and lines of
 * JSONL are here. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { VOCABULARY = 32, END = 0, LINE_MOST = 4096 };

/* Tokens of text, spaces dropped; their number, 0 where a character or word is none of the vocabulary's or there are more than most. */
size_t tokens_of (const char *text, uint8_t *tokens, size_t most);
/* Text of tokens, with a space around words and behind ';' and ','. size is large enough for 8 bytes a token. */
void text_of (const uint8_t *tokens, size_t length, char *text);

/* The value behind "key": in a flat object. FALSE where there is none or it does not fit. Escapes are not undone: no text here needs any. */
bool json_text (const char *object, const char *key, char *value, size_t size);
bool json_number (const char *object, const char *key, double *value);

/* A file's content, NUL-terminated; the caller frees. Ends the program with a message where it cannot be read. */
char *file_read (const char *path);
FILE *file_open (const char *path, const char *mode);
void stop (const char *what, const char *which); /* ends the program with status 1 */
/* The word behind an option; fallback where the option is not given, the program's end where that is NULL. */
const char *option (int argc, char **argv, const char *name, const char *fallback);
