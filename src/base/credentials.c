/* Credentials by their published forms: a prefix, an alphabet and a length; or a value that a name such as API_KEY introduces. A value of too
 * little variety is a placeholder. Which files are read is work/credentials.c's business. */
#include "base/credentials.h"
#include <string.h>

#define VALUE_BYTES 512u /* a longer run is data */
#define KEY_BYTES 16384u /* of a private key between its two marks */
#define LEAST_NAMED 32u  /* a value that only its name makes a credential */
#define LEAST_PART 10u   /* of a value with dashes: what stands between two of them */
#define LEAST_PASSWORD 6u
#define USER_BYTES 128u

typedef enum { UPPER = 1, LOWER = 2, DIGITS = 4, DASH = 8, LINE = 16, DOT = 32, HEX = 64 } Alphabet;
#define LETTERS (UPPER | LOWER)

/* Issuers' prefixes. Each ends, or begins, with the byte at which the scan stops. */
typedef struct {
  const char *prefix;
  guint8 size; /* of the prefix */
  guint alphabet;
  guint8 least, most;
} Form;
#define FORM(prefix, ...)                                                                                                                            \
  {                                                                                                                                                  \
    prefix, sizeof prefix - 1, __VA_ARGS__                                                                                                           \
  }

static const Form FORMS[] = {
  FORM ("sk-", LETTERS | DIGITS | DASH | LINE, 20, 200),   /* OpenAI, Anthropic, DashScope, DeepSeek, OpenRouter … */
  FORM ("glpat-", LETTERS | DIGITS | DASH | LINE, 20, 64), /* GitLab */
  FORM ("xoxb-", LETTERS | DIGITS | DASH, 20, 200),        /* Slack */
  FORM ("xoxp-", LETTERS | DIGITS | DASH, 20, 200),
  FORM ("xoxa-", LETTERS | DIGITS | DASH, 20, 200),
  FORM ("xoxs-", LETTERS | DIGITS | DASH, 20, 200),
  FORM ("hf_", LETTERS | DIGITS, 34, 60),  /* Hugging Face */
  FORM ("ghp_", LETTERS | DIGITS, 36, 60), /* GitHub */
  FORM ("gho_", LETTERS | DIGITS, 36, 60),
  FORM ("ghu_", LETTERS | DIGITS, 36, 60),
  FORM ("ghs_", LETTERS | DIGITS, 36, 60),
  FORM ("ghr_", LETTERS | DIGITS, 36, 90),
  FORM ("github_pat_", LETTERS | DIGITS | LINE, 60, 120),
  FORM ("gsk_", LETTERS | DIGITS, 40, 80), /* Groq */
  FORM ("npm_", LETTERS | DIGITS, 36, 60),
  FORM ("AKIA", UPPER | DIGITS, 16, 16), /* AWS */
  FORM ("ASIA", UPPER | DIGITS, 16, 16),
  FORM ("AIza", LETTERS | DIGITS | DASH | LINE, 35, 35), /* Google */
};

static gboolean
is_of (char c, guint alphabet)
{
  return (g_ascii_isupper (c) && (alphabet & UPPER)) || (g_ascii_islower (c) && (alphabet & LOWER)) || (g_ascii_isdigit (c) && (alphabet & DIGITS))
         || (c == '-' && (alphabet & DASH)) || (c == '_' && (alphabet & LINE)) || (c == '.' && (alphabet & DOT))
         || (g_ascii_isxdigit (c) && (alphabet & HEX));
}

static gsize
run_of (const char *text, gsize at, gsize length, guint alphabet)
{
  gsize end = at;
  while (end < length && end - at <= VALUE_BYTES && is_of (text[end], alphabet))
    end++;
  return end - at;
}

static gboolean
holds (const char *value, gsize length, const char *word)
{
  gsize size = strlen (word);
  for (gsize i = 0; i + size <= length; i++)
    if (g_ascii_strncasecmp (value + i, word, size) == 0)
      return TRUE;
  return FALSE;
}

/* "1234567890" in base64, as the subject of the token stands in that everybody shows tokens with. */
#define SAMPLE_SUBJECT "MjM0NTY3ODkw"

/* Issued values are random: many different characters of more than one kind, few steps of the alphabet, no words of a placeholder. */
static gboolean
is_random (const char *value, gsize length)
{
  static const char *const words[]
      = { "xxx",    "your", "example", "placeholder", "redacted", "abc123",   "123456", "dummy",    "insert",   "replace",
          "secret", "fake", "mock",    "sample",      "changeme", "deadbeef", "abcdef", "123e4567", "550e8400", SAMPLE_SUBJECT };
  guint64 seen[4] = { 0 };
  guint distinct = 0, steps = 0, kinds[3] = { 0 };
  for (gsize i = 0; i < length; i++) {
    guchar c = (guchar) value[i];
    distinct += (seen[c / 64] >> (c % 64) & 1) == 0;
    seen[c / 64] |= G_GUINT64_CONSTANT (1) << (c % 64);
    steps += i > 0 && (value[i] == value[i - 1] || value[i] == value[i - 1] + 1 || value[i] == value[i - 1] - 1);
    kinds[g_ascii_isupper ((char) c) ? 0 : g_ascii_islower ((char) c) ? 1 : 2]++;
  }
  guint mixed = (kinds[0] > 0 ? 1u : 0u) + (kinds[1] > 0 ? 1u : 0u) + (kinds[2] > 1 ? 1u : 0u);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (holds (value, length, words[i]))
      return FALSE;
  return mixed >= 2 && distinct >= (length >= 30 ? 11 : 8) && steps * 3 < length;
}

/* Words joined by dashes are a name ("sk-learn-based-pipeline-for-training", "sk-8b-2024-06-lr1e6-v2"), not a random value: digits are rare in it, or its
 * parts short. */
static gboolean
is_words (const char *value, gsize length)
{
  guint digits = 0, uppers = 0;
  gsize part = 0, longest = 0;
  for (gsize i = 0; i < length; i++) {
    digits += g_ascii_isdigit (value[i]);
    uppers += g_ascii_isupper (value[i]);
    part = g_ascii_isalnum (value[i]) ? part + 1 : 0;
    longest = MAX (longest, part);
  }
  return (digits < 3 && uppers < 3) || longest < LEAST_PART;
}

/* A value goes on in a longer name, an attribute or a call: no literal. */
static gboolean
goes_on (const char *text, gsize length, gsize end)
{
  if (end >= length)
    return FALSE;
  gboolean dotted = text[end] == '.' && end + 1 < length && (g_ascii_isalpha (text[end + 1]) || text[end + 1] == '_');
  return g_ascii_isalnum (text[end]) || text[end] == '_' || text[end] == '(' || dotted;
}

static gboolean
starts_word (const char *text, gsize at)
{
  return at == 0 || (!g_ascii_isalnum (text[at - 1]) && text[at - 1] != '_' && text[at - 1] != '-');
}

/* The form whose prefix stands so that its byte `offset` is at `at`. */
static gboolean
find_form (const char *text, gsize length, gsize at, gsize *start, gsize *end)
{
  if (text[at] != 'A' && (at == 0 || !g_ascii_isalpha (text[at - 1]))) /* a letter stands before the last byte of every prefix */
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (FORMS); i++) {
    const Form *form = &FORMS[i];
    gsize size = form->size, offset = form->prefix[0] == 'A' ? 0 : size - 1;
    if (form->prefix[offset] != text[at] || (offset > 0 && form->prefix[offset - 1] != text[at - 1]))
      continue;
    if (at < offset || at - offset + size > length || memcmp (text + at - offset, form->prefix, size) != 0 || !starts_word (text, at - offset))
      continue;
    gsize value = at - offset + size, run = run_of (text, value, length, form->alphabet);
    if (run < form->least || run > form->most || goes_on (text, length, value + run) || !is_random (text + value, run)
        || ((form->alphabet & DASH) && is_words (text + value, run)))
      continue;
    *start = at - offset;
    *end = value + run;
    return TRUE;
  }
  return FALSE;
}

/* At the last letter of a name that ends in "key": API_KEY=value, "api-key": "value", --wandb_key value. */
static gboolean
find_named (const char *text, gsize length, gsize at, gsize *start, gsize *end)
{
  static const char *const before[] = { "api", "access", "secret", "wandb", "subscription", "serper", "account" };
  if (at < 6 || g_ascii_strncasecmp (text + at - 2, "key", 3) != 0)
    return FALSE;
  gsize name = at - 2;
  name -= text[name - 1] == '_' || text[name - 1] == '-' ? 1 : 0;
  gboolean named = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (before) && !named; i++) {
    gsize size = strlen (before[i]);
    named = name >= size && g_ascii_strncasecmp (text + name - size, before[i], size) == 0;
  }
  gsize value = at + 1, gap = 0;
  for (; named && value < length && gap < 8 && strchr ("\"'`=: ,(\\[]", text[value]) != NULL && text[value] != '\0'; gap++)
    value++;
  gsize run = named && gap > 0 ? run_of (text, value, length, LETTERS | DIGITS | DASH) : 0;
  if (run < LEAST_NAMED || run > VALUE_BYTES || goes_on (text, length, value + run) || !is_random (text + value, run) || is_words (text + value, run))
    return FALSE;
  *start = value;
  *end = value + run;
  return TRUE;
}

/* "Bearer value", "wandb login value". */
static gboolean
find_introduced (const char *text, gsize length, gsize at, gsize *start, gsize *end)
{
  static const struct {
    const char *words;
    guint alphabet, least;
  } introductions[] = { { "Bearer ", LETTERS | DIGITS | DASH | LINE | DOT, 24 }, { "wandb login ", HEX, 40 } };
  for (guint i = 0; i < G_N_ELEMENTS (introductions); i++) {
    gsize size = strlen (introductions[i].words);
    if (text[at] != introductions[i].words[0] || length - at <= size || memcmp (text + at, introductions[i].words, size) != 0)
      continue;
    gsize value = at + size;
    value += strspn (text + value, "\"' ") < 4 ? strspn (text + value, "\"' ") : 0;
    gsize run = run_of (text, value, length, introductions[i].alphabet);
    if (run < introductions[i].least || run > VALUE_BYTES || !is_random (text + value, run) || is_words (text + value, run))
      continue;
    *start = value;
    *end = value + run;
    return TRUE;
  }
  return FALSE;
}

static gboolean
is_sample_password (const char *value, gsize length)
{
  static const char *const words[] = { "pass", "your", "token", "secret", "user", "xxx", "example", "***", "changeme", "dummy", "redacted" };
  if (*value == '$' || *value == '%') /* a variable of a shell, a place to fill in */
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (holds (value, length, words[i]))
      return TRUE;
  return FALSE;
}

/* At the "@" of scheme://user:password@host. */
static gboolean
find_in_url (const char *text, gsize length, gsize at, gsize *start, gsize *end)
{
  gsize from = at;
  while (from > 0 && at - from < USER_BYTES && g_ascii_isgraph (text[from - 1]) && strchr ("/@\"'`<>{}$()[]|", text[from - 1]) == NULL)
    from--;
  const char *colon = memchr (text + from, ':', at - from);
  if (from < 3 || memcmp (text + from - 3, "://", MIN (3, length)) != 0 || colon == NULL)
    return FALSE;
  gsize value = (gsize) (colon - text) + 1;
  if (at - value < LEAST_PASSWORD || is_sample_password (text + value, at - value))
    return FALSE;
  *start = value;
  *end = at;
  return TRUE;
}

/* At the first dash of "-----BEGIN … PRIVATE KEY-----": what stands between the marks, to the text's end where the second one is missing. */
static gboolean
find_private_key (const char *text, gsize length, gsize at, gsize *start, gsize *end)
{
  static const char opens[] = "-----BEGIN ", closes[] = "PRIVATE KEY-----";
  if (length - at < sizeof opens + sizeof closes || memcmp (text + at, opens, sizeof opens - 1) != 0)
    return FALSE;
  gsize line = MIN (length - at, 64);
  const char *mark = memmem (text + at, line, closes, sizeof closes - 1);
  if (mark == NULL)
    return FALSE;
  gsize value = (gsize) (mark - text) + sizeof closes - 1, limit = MIN (length - value, KEY_BYTES);
  if (run_of (text, value + strspn (text + value, "\\nr\r\n "), length, LETTERS | DIGITS) < 16)
    return FALSE;
  for (gsize i = 0; i < limit; i++) /* no string goes on behind its quote */
    if (strchr ("\"'`<", text[value + i]) != NULL)
      limit = i;
  const char *close = memmem (text + value, limit, "-----END", 8);
  *start = value;
  *end = close != NULL ? (gsize) (close - text) : value + limit;
  return *end - *start >= 64;
}

/* What stands beside the byte at which the scan stops in some prefix: most dashes, underscores and capitals are nobody's. */
typedef struct {
  gboolean before_dash[256], before_line[256], behind_capital[256];
} Neighbours;

static const Neighbours *
neighbours (void)
{
  static Neighbours made;
  static gsize done = 0;
  if (g_once_init_enter (&done)) {
    for (guint i = 0; i < G_N_ELEMENTS (FORMS); i++) {
      const char *prefix = FORMS[i].prefix;
      guint8 last = FORMS[i].size - 1;
      if (*prefix == 'A')
        made.behind_capital[(guchar) prefix[1]] = TRUE;
      else
        (prefix[last] == '-' ? made.before_dash : made.before_line)[(guchar) prefix[last - 1]] = TRUE;
    }
    g_once_init_leave (&done, 1);
  }
  return &made;
}

static gboolean
may_be_form (const Neighbours *known, const char *text, gsize length, gsize at)
{
  if (text[at] == 'A')
    return at + 1 < length && known->behind_capital[(guchar) text[at + 1]];
  return at > 0 && (text[at] == '-' ? known->before_dash : known->before_line)[(guchar) text[at - 1]];
}

gboolean
cd_credential_find (const char *text, gsize length, gsize from, gsize *start, gsize *end)
{
  static const guint8 stops[256] = { ['-'] = 1, ['_'] = 1, ['A'] = 1, ['y'] = 2, ['Y'] = 2, ['B'] = 3, ['w'] = 3, ['@'] = 4 };
  const Neighbours *known = neighbours ();
  for (gsize at = from; at < length; at++) {
    gboolean found = FALSE;
    switch (stops[(guchar) text[at]]) {
      case 0:
        continue;
      case 1:
        found = (may_be_form (known, text, length, at) && find_form (text, length, at, start, end))
                || (text[at] == '-' && find_private_key (text, length, at, start, end));
        break;
      case 2:
        found = at > 0 && g_ascii_tolower (text[at - 1]) == 'e' && find_named (text, length, at, start, end);
        break;
      case 3:
        found = find_introduced (text, length, at, start, end);
        break;
      default:
        found = find_in_url (text, length, at, start, end);
    }
    if (found && *start >= from)
      return TRUE;
  }
  return FALSE;
}

char *
cd_credential_mask (const char *text)
{
  gsize length = strlen (text), at = 0, start = 0, end = 0;
  if (!cd_credential_find (text, length, 0, &start, &end))
    return g_strdup (text);
  GString *masked = g_string_sized_new (length);
  do {
    g_string_append_len (masked, text + at, (gssize) (start - at));
    g_string_append (masked, CD_CREDENTIAL_MASK);
    at = end;
  } while (cd_credential_find (text, length, at, &start, &end));
  g_string_append (masked, text + at);
  return g_string_free (masked, FALSE);
}
