/* Weights in the safetensors format, and the shape that a configuration gives. */
#pragma once
#include "transformer.h"

Shape shape_of (const char *config);
void weights_write (const Model *model, const real *parameters, const char *path);
/* Ends the program with a message where the file is not of this model. The caller frees. */
real *weights_read (const Model *model, const char *path);
