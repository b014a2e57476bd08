/* Teachers that the manifest declares: said by the authors, so that they are disclosed, found elsewhere or not. */
#include "base/text.h"
#include "lineage/lineage.h"
#include <string.h>

/* Names of roles as the manifest's form has them, in the order of CdTeaches. */
static const char *const roles[CD_TEACHES_ROLES] = { "long-thought", "answer", "question", "rewrite", "translate", "verify", "reward", "reflect" };

static guint
roles_of (const CdYamlNode *list)
{
  guint found = 0;
  for (guint i = 0; i < cd_yaml_length (list); i++)
    for (guint r = 0; r < CD_TEACHES_ROLES; r++)
      found |= g_strcmp0 (cd_yaml_string (cd_yaml_at (list, i)), roles[r]) == 0 ? 1u << r : 0;
  return found;
}

static CdTeacher *
find_teacher (const CdLineage *lineage, gint known, const char *name)
{
  g_autofree char *key = cd_text_key (name);
  for (guint i = 0; i < lineage->teachers->len; i++) {
    CdTeacher *teacher = lineage->teachers->pdata[i];
    g_autofree char *other = teacher->model != NULL ? cd_text_key (teacher->model) : NULL;
    if ((known >= 0 && teacher->known == known) || g_strcmp0 (key, other) == 0)
      return teacher;
  }
  return NULL;
}

static CdTeacher *
add_teacher (CdLineage *lineage, const CdKnowledge *knowledge, gint known, const char *name)
{
  CdTeacher *teacher = g_new0 (CdTeacher, 1);
  teacher->model = g_strdup (name);
  teacher->known = known;
  teacher->confidence = CD_CONFIDENCE_HIGH;
  teacher->traces = g_array_new (FALSE, FALSE, sizeof (CdTrace));
  if (known >= 0) {
    teacher->provider = cd_knowledge_at (knowledge, (guint) known)->maker;
    teacher->unpinned = cd_knowledge_at (knowledge, (guint) known)->moving;
  }
  /* those without a name stand last */
  guint named = 0;
  while (named < lineage->teachers->len && ((const CdTeacher *) lineage->teachers->pdata[named])->model != NULL)
    named++;
  g_ptr_array_insert (lineage->teachers, (gint) named, teacher);
  return teacher;
}

void
cd_lineage_declare (const CdLineageRules *rules, const CdCorpus *corpus, const CdManifest *manifest, CdLineage *lineage)
{
  const CdYamlNode *list = cd_yaml_get (cd_manifest_root (manifest), "teachers");
  const CdKnowledge *knowledge = cd_lineage_rules_knowledge (rules);
  guint document = 0;
  while (document < corpus->documents->len
         && strcmp (((const CdDocument *) corpus->documents->pdata[document])->path, cd_manifest_name (manifest)) != 0)
    document++;
  for (guint i = 0; document < corpus->documents->len && i < cd_yaml_length (list); i++) {
    const CdYamlNode *entry = cd_yaml_at (list, i), *model = cd_yaml_get (entry, "model");
    const char *name = cd_yaml_string (model);
    if (name == NULL)
      continue;
    gint known = cd_knowledge_find (knowledge, CD_KNOWN_MODEL, name);
    CdTeacher *teacher = find_teacher (lineage, known, name);
    if (teacher == NULL)
      teacher = add_teacher (lineage, knowledge, known, name);
    teacher->disclosure = CD_DISCLOSURE_DISCLOSED;
    teacher->direct = TRUE;
    teacher->roles |= roles_of (cd_yaml_get (entry, "roles"));
    CdTrace trace = { document, model->line, model->line, "declared", 0 };
    g_array_append_val (teacher->traces, trace);
  }
}
