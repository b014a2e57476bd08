/* libFuzzer target of math equivalence: two answers with a newline between, and the whole as a response. What must hold for any bytes: it ends, and a
 * verdict is the same either way round. `make fuzz` builds and runs it. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "grading/math.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size); /* ends at a NUL, as every text does */
  g_free (cd_math_answer (text));
  char *answer = strchr (text, '\n');
  if (answer == NULL)
    return 0;
  *answer++ = '\0';
  if (cd_math_equal (text, answer) != cd_math_equal (answer, text))
    abort ();
  if (*g_strchug (text) != '\0' && !cd_math_equal (text, text))
    abort ();
  return 0;
}
