/* Expressions over probes, as rubrics and derived probes write them: a probe's id, not, all, any, at-least, or a scorecard.
 * Ownership: an expression owns its members. */
#pragma once
#include "base/yaml.h"

/* all, any, at-least N of …, not, a probe, or a scorecard: integer weights and a threshold. */
typedef enum {
  CD_EXPRESSION_PROBE,
  CD_EXPRESSION_NOT,
  CD_EXPRESSION_ALL,
  CD_EXPRESSION_ANY,
  CD_EXPRESSION_AT_LEAST,
  CD_EXPRESSION_SCORE
} CdExpressionKind;
typedef struct _CdExpression CdExpression;
struct _CdExpression {
  CdExpressionKind kind;
  guint probe;        /* CD_EXPRESSION_PROBE: index into the probes */
  int weight;         /* as a member of a scorecard */
  int threshold;      /* scorecard: yes at or above; at-least: N */
  GPtrArray *members; /* CdExpression* */
};

/* Read one; index maps probe ids to their index plus one. NULL with the place and the nearest known id. */
CdExpression *cd_expression_read (const CdYaml *yaml, const CdYamlNode *node, GHashTable *index, GError **error);
void cd_expression_free (CdExpression *expression);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdExpression, cd_expression_free)

/* The answer to a probe, by its index. */
typedef gboolean (*CdProbeAnswer) (guint probe, gconstpointer data);
gboolean cd_expression_holds (const CdExpression *expression, CdProbeAnswer answer, gconstpointer data);
/* The sum of a scorecard's weights whose probes are yes. */
int cd_expression_score (const CdExpression *expression, CdProbeAnswer answer, gconstpointer data);

/* One probe's part in an expression: a positive weight speaks for it. Outside a scorecard the weight is 1, or −1 under an odd number of nots. */
typedef struct {
  guint probe;
  int weight;
} CdPart;
/* Every probe once, in the order of the file, weights of one probe added up. Caller frees with g_array_unref. */
GArray *cd_expression_parts (const CdExpression *expression);

/* What stands over an expression's members when it is told to people: "at least 2 of these:"; NULL for a probe. Caller frees. */
char *cd_expression_head (const CdExpression *expression);
