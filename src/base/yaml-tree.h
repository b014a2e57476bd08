/* What makes and reads trees of YAML shares this. For base/yaml*.c only. */
#pragma once
#include "base/yaml.h"

struct _CdYaml {
  char *name;
  const CdYamlNode *root;
  GPtrArray *memory;     /* what nodes and vectors of nodes lie in; freed with g_free */
  GStringChunk *strings; /* NULL: borrowed */
};

/* yaml-values.c: a tree without nodes. */
CdYaml *cd_yaml_new (const char *name);
