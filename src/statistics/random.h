/* Random numbers for resampling: the same sequence for a seed on every machine, unlike rand() and GRand's seeding by the system.
 * xoshiro256** 1.0 (Blackman and Vigna 2018, "Scrambled linear pseudorandom number generators", arXiv 1805.01407), its state filled by SplitMix64
 * (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators") as its authors advise. Not for secrets. */
#pragma once
#include <glib.h>

#define CD_RANDOM_SEED G_GUINT64_CONSTANT (20170410) /* what callers without a reason for another seed take */

typedef struct {
  guint64 state[4]; /* not all zero */
} CdRandom;

/* The next number of SplitMix64, whose state is counted on. */
guint64 cd_random_split (guint64 *state);
CdRandom cd_random_new (guint64 seed);
guint64 cd_random_next (CdRandom *random);
/* Evenly one of 0 … bound - 1: multiply and shift with rejection (Lemire 2019, arXiv 1805.10941). bound is not 0. */
guint32 cd_random_below (CdRandom *random, guint32 bound);
