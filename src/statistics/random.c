/* SplitMix64 and xoshiro256**, written down from their papers; what is drawn with them is the callers'. */
#include "statistics/random.h"

guint64
cd_random_split (guint64 *state)
{
  guint64 z = *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

CdRandom
cd_random_new (guint64 seed)
{
  CdRandom random;
  for (guint i = 0; i < G_N_ELEMENTS (random.state); i++)
    random.state[i] = cd_random_split (&seed);
  return random;
}

static guint64
rotate (guint64 x, guint by)
{
  return (x << by) | (x >> (64 - by));
}

guint64
cd_random_next (CdRandom *random)
{
  guint64 *s = random->state;
  guint64 result = rotate (s[1] * 5, 7) * 9, t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate (s[3], 45);
  return result;
}

guint32
cd_random_below (CdRandom *random, guint32 bound)
{
  guint64 product = (cd_random_next (random) >> 32) * bound;
  if ((guint32) product < bound) {
    guint32 least = (guint32) (-bound) % bound;
    while ((guint32) product < least)
      product = (cd_random_next (random) >> 32) * bound;
  }
  return (guint32) (product >> 32);
}
