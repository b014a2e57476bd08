/* Letters of multiple choice in answers: alone, marked, several of them, or before the text of the choice. */
#include "grading/math-text.h"

#include <string.h>

typedef struct {
  guint letters; /* a bit for each of A to J */
  guint count;
  gboolean marked;  /* more than a bare letter: (B), \text{B}, "option B" */
  gboolean run;     /* "AC": nothing between them */
  const char *rest; /* behind "(B)" or "B)"; NULL where the text is nothing but letters, or none of this */
  char first;
} Choice;

/* Past blanks, signs of formulas, braces and fonts. */
static const char *
skip_layout (const char *text, gboolean *marked)
{
  for (;;) {
    if (*text == '\\' && (strncmp (text, "\\text", 5) == 0 || strncmp (text, "\\math", 5) == 0 || strncmp (text, "\\mbox", 5) == 0)) {
      text += cd_math_command_length (text);
      *marked = TRUE;
    } else if (g_ascii_isspace (*text) || (*text != '\0' && strchr ("${}*~", *text) != NULL))
      text++;
    else if (*text == '\\' && text[1] != '\0' && strchr (" ,;:!", text[1]) != NULL)
      text += 2;
    else
      return text;
  }
}

static const char *
skip_word (const char *text, gboolean *marked)
{
  static const char *const WORDS[] = { "option ", "choice ", "answer " };
  for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (g_ascii_strncasecmp (text, WORDS[i], strlen (WORDS[i])) == 0) {
      *marked = TRUE;
      return skip_layout (text + strlen (WORDS[i]), marked);
    }
  return text;
}

/* Past what may stand between two letters; NULL where something else does. */
static const char *
skip_joint (const char *text, gboolean *joined)
{
  gboolean ignored = FALSE;
  const char *start = text;
  for (;;) {
    text = skip_layout (text, &ignored);
    if (*text == ',' || *text == ';' || *text == ')' || *text == '(' || *text == '.')
      text++;
    else if (strncmp (text, "and", 3) == 0)
      text += 3;
    else
      break;
  }
  *joined = text > start;
  return text;
}

/* A text of letters and nothing else. */
static gboolean
read_letters (const char *text, Choice *choice)
{
  gboolean joined = FALSE;
  *choice = (Choice){ .run = TRUE };
  text = skip_word (skip_layout (text, &choice->marked), &choice->marked);
  choice->marked = choice->marked || *text == '(';
  for (text = skip_joint (text, &joined); *text != '\0'; text = skip_joint (text, &joined)) {
    char letter = g_ascii_toupper (*text);
    if (letter < 'A' || letter > 'J' || (choice->letters & (1u << (letter - 'A'))) != 0 || (choice->count > 0 && *text != letter))
      return FALSE;
    choice->run = choice->run && (choice->count == 0 || !joined);
    choice->letters |= 1u << (letter - 'A');
    choice->first = *text++;
    choice->count++;
  }
  return choice->count == 1 || (choice->count > 1 && choice->first == g_ascii_toupper (choice->first));
}

/* "(B) 5", "\textbf{(B)}\ 5", "B) 5": a capital letter in parentheses, or before one, and something behind it. */
static gboolean
read_prefix (const char *text, Choice *choice)
{
  gboolean ignored = FALSE;
  *choice = (Choice){ 0 };
  text = skip_layout (text, &ignored);
  text += *text == '(' ? 1 : 0;
  choice->first = *text;
  if (*text < 'A' || *text > 'J' || text[1] != ')')
    return FALSE;
  choice->rest = skip_layout (text + 2, &ignored);
  return *choice->rest != '\0' && choice->rest > text + 2 && strchr ("+-*/^=<>_,", *choice->rest) == NULL;
}

CdMathChoices
cd_math_choices (const char *a, const char *b, const char *rests[2])
{
  Choice whole[2], prefix[2];
  gboolean is_whole[2] = { read_letters (a, &whole[0]), read_letters (b, &whole[1]) };
  gboolean has_prefix[2] = { !is_whole[0] && read_prefix (a, &prefix[0]), !is_whole[1] && read_prefix (b, &prefix[1]) };
  rests[0] = has_prefix[0] ? prefix[0].rest : a;
  rests[1] = has_prefix[1] ? prefix[1].rest : b;
  if (has_prefix[0] && has_prefix[1])
    return prefix[0].first == prefix[1].first ? CD_MATH_NO_CHOICE : CD_MATH_OTHER_CHOICE;
  if (is_whole[0] && is_whole[1] && whole[0].letters == whole[1].letters) {
    gboolean same = whole[0].count == 1 ? whole[0].marked || whole[1].marked : whole[0].run != whole[1].run;
    return same ? CD_MATH_SAME_CHOICE : CD_MATH_NO_CHOICE;
  }
  for (guint i = 0; i < 2; i++)
    if (has_prefix[i] && is_whole[1 - i] && whole[1 - i].count == 1)
      return g_ascii_toupper (whole[1 - i].first) == prefix[i].first ? CD_MATH_SAME_CHOICE : CD_MATH_OTHER_CHOICE;
  return CD_MATH_NO_CHOICE;
}
