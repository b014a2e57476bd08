/* The teacher: an algorithm that multiplies a four-digit number by a digit and writes down what it thinks. It works from the units to the thousands,
 * slips now and then, notices some slips at once ("wait"), checks its result by casting out nines ("check"), and starts again where the check
 * fails ("no wait"). No item is written whose thought does not end in the right answer.
 * usage: teacher --config FILE --train FILE --test FILE */
#include "numbers.h"
#include "text.h"
#include <stdlib.h>

enum { DIGITS = 4, SMALLEST = 1000, LARGEST = 9999 };

typedef struct {
  double at_once, unnoticed; /* chance of a slip that is noticed at once, in a step; of one that is left to the check, in an item */
} Habits;

/* One digit's step: "4*6=24+4=28; ". slip is written first and taken back; wrong is added to the total unnoticed. The total. */
static int
write_step (char *to, int *length, int digit, int factor, int carry, int wrong, int slip)
{
  int total = digit * factor + carry + wrong;
  if (slip != 0)
    *length += sprintf (to + *length, "%d*%d=%d wait ", digit, factor, digit * factor + slip);
  *length += sprintf (to + *length, "%d*%d=%d+%d=%d; ", digit, factor, digit * factor, carry, total);
  return total;
}

/* All steps; the result that they give. */
static int
write_steps (char *to, int *length, int number, int factor, int wrong_step, int wrong, const int *slips)
{
  int carry = 0, result = 0, weight = 1;
  for (int i = 0; i < DIGITS; i++, number /= 10, weight *= 10) {
    int total = write_step (to, length, number % 10, factor, carry, i == wrong_step ? wrong : 0, slips != NULL ? slips[i] : 0);
    carry = i + 1 < DIGITS ? total / 10 : 0;
    result += weight * (i + 1 < DIGITS ? total % 10 : total);
  }
  return result;
}

/* The remainder by nine, digit by digit from the left: "3+4=7+7=5". */
static int
write_nines (char *to, int *length, int number)
{
  char digits[12];
  int count = sprintf (digits, "%d", number), rest = digits[0] - '0';
  *length += sprintf (to + *length, "%d", rest);
  for (int i = 1; i < count; i++) {
    int digit = digits[i] - '0';
    rest = (rest + digit) % 9;
    *length += sprintf (to + *length, "+%d=%d", digit, rest);
  }
  return rest;
}

/* TRUE where the check holds. */
static bool
write_check (char *to, int *length, int number, int factor, int result)
{
  *length += sprintf (to + *length, "so %d; check ", result);
  int wanted = write_nines (to, length, number) * factor % 9;
  *length += sprintf (to + *length, "*%d=%d, ", factor, wanted);
  return write_nines (to, length, result) == wanted;
}

static int
draw_slip (Random *random)
{
  int size = 1 + (int) random_below (random, 4);
  return random_next (random) & 1 ? size : -size;
}

/* A long thought, ending before "answer"; the result that it reaches. */
static int
write_thought (char *to, int number, int factor, const Habits *habits, Random *random)
{
  int length = 0, slips[DIGITS] = { 0 }, wrong_step = -1, wrong = 0, rest = number;
  for (int i = 0; i < DIGITS; i++, rest /= 10) {
    int slip = draw_slip (random);
    if (random_unit (random) < habits->at_once && rest % 10 * factor + slip >= 0)
      slips[i] = slip;
  }
  if (random_unit (random) < habits->unnoticed) {
    wrong_step = (int) random_below (random, DIGITS);
    wrong = 1 + (int) random_below (random, 3);
  }
  int result = write_steps (to, &length, number, factor, wrong_step, wrong, slips);
  while (!write_check (to, &length, number, factor, result)) {
    length += sprintf (to + length, " no wait ");
    result = write_steps (to, &length, number, factor, -1, 0, NULL);
  }
  sprintf (to + length, " ok");
  return result;
}

/* One line of JSONL: with thoughts for training, without for the test. */
static void
write_item (FILE *file, const char *set, int index, int number, int factor, const Habits *habits, Random *random)
{
  char thought[LINE_MOST], steps[LINE_MOST];
  int length = 0;
  fprintf (file, "{\"id\": \"%s-%04d\", \"question\": \"%d*%d=?\", ", set, index, number, factor);
  if (habits != NULL) {
    int steps_result = write_steps (steps, &length, number, factor, -1, 0, NULL);
    steps[length - 1] = '\0';
    if (steps_result != number * factor || write_thought (thought, number, factor, habits, random) != number * factor)
      stop ("a thought does not end in the right answer", thought);
    fprintf (file, "\"steps\": \"%s\", \"long_thought\": \"%s\", ", steps, thought);
  }
  fprintf (file, "\"answer\": \"%d\"}\n", number * factor);
}

static double
setting (const char *config, const char *key)
{
  double value = 0;
  if (!json_number (config, key, &value))
    stop ("missing in the configuration", key);
  return value;
}

int
main (int argc, char **argv)
{
  char *config = file_read (option (argc, argv, "--config", NULL));
  int train = (int) setting (config, "train_items"), test = (int) setting (config, "test_items"), count = 0;
  Habits habits = { setting (config, "slips_noticed_at_once"), setting (config, "slips_left_to_the_check") };
  Random random = { (uint64_t) setting (config, "seed") };
  static int problems[(LARGEST - SMALLEST + 1) * 8];
  for (int number = SMALLEST; number <= LARGEST; number++)
    for (int factor = 2; factor <= 9; factor++)
      problems[count++] = 10 * number + factor;
  for (int i = count - 1; i > 0; i--) {
    int other = (int) random_below (&random, (unsigned) i + 1), kept = problems[i];
    problems[i] = problems[other];
    problems[other] = kept;
  }
  if (train + test > count)
    stop ("there are not so many problems", "train_items, test_items");
  FILE *file = file_open (option (argc, argv, "--test", NULL), "w");
  for (int i = 0; i < test; i++)
    write_item (file, "test", i, problems[i] / 10, problems[i] % 10, NULL, &random);
  fclose (file);
  file = file_open (option (argc, argv, "--train", NULL), "w");
  for (int i = test; i < test + train; i++)
    write_item (file, "train", i - test, problems[i] / 10, problems[i] % 10, &habits, &random);
  fclose (file);
  free (config);
  printf ("%d items for training, %d for the test, no question in both\n", train, test);
}
