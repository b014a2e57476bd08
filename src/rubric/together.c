/* What an answer says about other answers: where rules are wrong about one question they are often wrong about its neighbours, in the same direction. The
 * correlations of what the features of a verdict leave open are measured (rubrics/<id>.certainty.yaml, `together`); a reader's answer moves the
 * certainties of the rest by them. It never turns a verdict: that takes evidence. */
#include "rubric/set.h"
#include <string.h>

CdNormals
cd_rubric_joint (const CdRubric *rubric, const GPtrArray *verdicts)
{
  CdNormals joint = cd_normals_new (verdicts->len);
  if (rubric->together != NULL)
    memcpy (joint.covariances, rubric->together, (gsize) verdicts->len * verdicts->len * sizeof (double));
  for (guint i = 0; i < verdicts->len; i++) {
    const CdVerdict *verdict = verdicts->pdata[i];
    joint.means[i] = (verdict->rules != NULL ? verdict->rules : verdict)->leaning;
  }
  for (guint i = 0; i < verdicts->len; i++) {
    const CdVerdict *verdict = verdicts->pdata[i];
    if (verdict->basis == CD_BASIS_ASSESSED)
      cd_normals_observe (&joint, i, verdict->yes, 1 - verdict->certainty);
  }
  return joint;
}

void
cd_certainty_condition (const CdRubric *rubric, GPtrArray *verdicts)
{
  g_auto (CdNormals) joint = cd_rubric_joint (rubric, verdicts);
  for (guint i = 0; i < verdicts->len; i++) {
    CdVerdict *verdict = verdicts->pdata[i];
    if (verdict->basis == CD_BASIS_ASSESSED)
      continue;
    double yes = cd_normals_positive (&joint, i);
    verdict->certainty = verdict->yes ? yes : 1 - yes;
  }
}
