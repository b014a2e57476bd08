/* The reading of one policy: its tree, what it may name, and the faults found so far. For policy-read.c and exceptions.c. */
#pragma once
#include "gate/names.h"
#include "gate/policy.h"

typedef struct {
  const CdYaml *yaml;
  const CdPolicyNames *names;
  CdPolicy *policy;
  GPtrArray *faults; /* of the file's own making */
} CdPolicyReading;

/* A fault at node. */
void cd_policy_fault (CdPolicyReading *reading, const CdYamlNode *node, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* A fault where word is not among known (NULL-terminated): names the nearest, or all of them where none is near and they are few. TRUE where it is. */
gboolean cd_policy_expect (CdPolicyReading *reading, const CdYamlNode *node, const char *kind, const char *word, const char *const *known);
/* A non-empty string, or a fault that names key; NULL. Borrowed. */
const char *cd_policy_text (CdPolicyReading *reading, const CdYamlNode *node, const char *key);
/* A fault for every key of mapping that is not among known; FALSE with a fault where it is no mapping. */
gboolean cd_policy_keys (CdPolicyReading *reading, const CdYamlNode *mapping, const char *what, const char *const *known);

/* exceptions.c: the list at the key "exceptions". */
void cd_policy_read_exceptions (CdPolicyReading *reading, const CdYamlNode *list);
