/* A decoder-only transformer: learnt token and position embeddings, pre-norm blocks (RMSNorm, causal attention in which every other
 * head prefers near tokens, an MLP with squared ReLU), a linear head. Forward, backward and one-token generation, one sequence at a time. */
#pragma once
#include "numbers.h"

enum { BLOCK = 16, LAYERS_MOST = 8 }; /* sequences are computed in blocks of tokens */

typedef struct {
  size_t vocabulary, width, heads, hidden, layers, context; /* context is a multiple of BLOCK; widths and width / heads are multiples of 8 */
} Shape;

/* One array holds all parameters; where each matrix starts. */
typedef struct {
  size_t norm1, qkv, out, norm2, up, down;
} LayerPlaces;
typedef struct {
  Shape shape;
  size_t tokens, positions, norm, head, count;
  LayerPlaces layer[LAYERS_MOST];
} Model;

Model model_of (Shape shape);
/* Normal numbers scaled by fan-in; residual outputs smaller by the depth. */
void model_initialise (const Model *model, Random *random, real *parameters);
/* The matrices of the blocks and of the head turned round, which backward needs, at the same places. */
void model_transpose (const Model *model, const real *parameters, real *transposed);

/* Room for one sequence. Owned by the caller, freed by workspace_free. */
typedef struct Workspace Workspace;
Workspace *workspace_new (const Model *model);
void workspace_free (Workspace *workspace);

/* The summed cross-entropy of tokens[i + 1] given what is before, over i with learn[i + 1]; adds its gradient, times scale, to gradient unless that is NULL.
 * length is at most the context. */
double model_learn (const Model *model, const real *parameters, const real *transposed, Workspace *workspace, const uint8_t *tokens,
                    const bool *learn, size_t length, double scale, real *gradient);

/* Keys and values of the tokens so far. */
typedef struct {
  size_t length;
  real *keys, *values; /* layers x context x width */
} Memory;
Memory memory_new (const Model *model);
void memory_free (Memory *memory);
/* Reads one token; logits of the next, vocabulary of them. The memory must have room. */
void model_step (const Model *model, const real *parameters, Memory *memory, uint8_t token, real *logits);
