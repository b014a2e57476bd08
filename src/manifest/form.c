/* The table of replication.yaml, version 1. Roles and labels are the codebook's. */
#include "manifest/form.h"

#define END                                                                                                                                          \
  {                                                                                                                                                  \
    NULL, CD_FIELD_TEXT, FALSE, NULL, NULL                                                                                                           \
  }
#define TEXT(name)                                                                                                                                   \
  {                                                                                                                                                  \
    name, CD_FIELD_TEXT, FALSE, NULL, NULL                                                                                                           \
  }
#define NEEDED(name)                                                                                                                                 \
  {                                                                                                                                                  \
    name, CD_FIELD_TEXT, TRUE, NULL, NULL                                                                                                            \
  }
#define INTEGER(name)                                                                                                                                \
  {                                                                                                                                                  \
    name, CD_FIELD_INTEGER, FALSE, NULL, NULL                                                                                                        \
  }
#define NUMBER(name)                                                                                                                                 \
  {                                                                                                                                                  \
    name, CD_FIELD_NUMBER, FALSE, NULL, NULL                                                                                                         \
  }
#define TEXTS(name)                                                                                                                                  \
  {                                                                                                                                                  \
    name, CD_FIELD_TEXTS, FALSE, NULL, NULL                                                                                                          \
  }
#define RECORDS(name, record)                                                                                                                        \
  {                                                                                                                                                  \
    name, CD_FIELD_RECORDS, FALSE, NULL, record                                                                                                      \
  }

static const char *const dataset_roles[] = { "training", "evaluation", "validation", NULL };
static const char *const teacher_roles[] = { "long-thought", "answer", "question", "rewrite", "translate", "verify", "reward", "reflect", NULL };
static const char *const accesses[] = { "api", "weights", "other", NULL };
static const char *const statements[] = { "none", "self", "disclosed", "partial", NULL };
static const char *const stage_kinds[] = { "pretraining", "sft", "rl", "preference", "reward-model", "distillation", "other", NULL };
static const char *const units[] = { "percent", "fraction", "score", "count", NULL };

static const CdFormField work_fields[] = { NEEDED ("title"), TEXTS ("authors"), TEXT ("repository"), TEXT ("license"), TEXT ("paper"), END };
static const CdFormField model_fields[]
    = { NEEDED ("id"), TEXT ("base"), TEXT ("base_revision"), TEXT ("weights"), TEXT ("weights_revision"), TEXT ("digest"), TEXT ("license"), END };
static const CdFormField dataset_fields[] = { NEEDED ("id"),
                                              TEXT ("source"),
                                              TEXT ("path"),
                                              TEXT ("revision"),
                                              TEXT ("license"),
                                              INTEGER ("size"),
                                              TEXTS ("fields"),
                                              TEXT ("selection"),
                                              { "role", CD_FIELD_CHOICE, TRUE, dataset_roles, NULL },
                                              TEXT ("digest"),
                                              TEXTS ("generated_by"),
                                              TEXT ("generation"),
                                              { "long_thought", CD_FIELD_FLAG, FALSE, NULL, NULL },
                                              END };
static const CdFormField teacher_fields[] = { NEEDED ("model"), TEXT ("provider"), { "access", CD_FIELD_CHOICE, FALSE, accesses, NULL },
                                              TEXT ("version"), TEXT ("date"),     { "roles", CD_FIELD_CHOICES, TRUE, teacher_roles, NULL },
                                              TEXT ("prompts"), TEXT ("terms"),    END };
static const CdFormField distillation_fields[] = { { "statement", CD_FIELD_CHOICE, TRUE, statements, NULL }, TEXT ("note"), END };
static const CdFormField hardware_fields[] = { NEEDED ("accelerator"), { "count", CD_FIELD_INTEGER, TRUE, NULL, NULL }, END };
static const CdFormRecord hardware = { "hardware", hardware_fields };
static const CdFormField resources_fields[] = { TEXT ("time"), TEXT ("memory"), INTEGER ("cpus"), INTEGER ("gpus"), END };
static const CdFormRecord resources = { "resources", resources_fields };
static const CdFormField stage_fields[] = { NEEDED ("name"),
                                            { "kind", CD_FIELD_CHOICE, TRUE, stage_kinds, NULL },
                                            TEXTS ("inputs"),
                                            TEXTS ("outputs"),
                                            TEXT ("base"),
                                            TEXT ("command"),
                                            TEXT ("configuration"),
                                            { "hyperparameters", CD_FIELD_VALUES, FALSE, NULL, NULL },
                                            { "hardware", CD_FIELD_RECORD, FALSE, NULL, &hardware },
                                            TEXT ("reward"),
                                            INTEGER ("seed"),
                                            TEXT ("duration"),
                                            { "resources", CD_FIELD_RECORD, FALSE, NULL, &resources },
                                            END };
static const CdFormField techniques_fields[] = { TEXT ("search"), TEXT ("rl"), TEXT ("long_thought"), TEXT ("synthesis"), TEXT ("ablations"), END };
static const CdFormField baseline_fields[]
    = { NEEDED ("model"), { "measured", CD_FIELD_FLAG, TRUE, NULL, NULL }, NUMBER ("value"), TEXT ("source"), END };
static const CdFormRecord baseline = { "baseline", baseline_fields };
/* Names of the predictions' own fields, each by what it means; "doc.answer" is `answer` in the object `doc`. */
static const CdFormField prediction_fields[] = { TEXT ("question"), TEXT ("gold"),  TEXT ("prediction"), TEXT ("response"), TEXT ("correct"),
                                                 TEXT ("tokens"),   TEXT ("score"), TEXT ("id"),         TEXT ("category"), END };
static const CdFormRecord prediction = { "fields", prediction_fields };
static const CdFormField evaluation_fields[] = { NEEDED ("benchmark"),
                                                 TEXT ("model"),
                                                 TEXT ("version"),
                                                 TEXT ("split"),
                                                 INTEGER ("n"),
                                                 NEEDED ("metric"),
                                                 INTEGER ("k"),
                                                 TEXT ("definition"),
                                                 TEXT ("judged"),
                                                 { "decoding", CD_FIELD_VALUES, FALSE, NULL, NULL },
                                                 TEXT ("command"),
                                                 TEXT ("predictions"),
                                                 TEXT ("results"),
                                                 TEXTS ("inputs"),
                                                 { "resources", CD_FIELD_RECORD, FALSE, NULL, &resources },
                                                 { "fields", CD_FIELD_RECORD, FALSE, NULL, &prediction },
                                                 TEXT ("grader"),
                                                 RECORDS ("baselines", &baseline),
                                                 END };
static const CdFormField claim_fields[] = { NEEDED ("model"),
                                            NEEDED ("benchmark"),
                                            TEXT ("version"),
                                            NEEDED ("metric"),
                                            INTEGER ("k"),
                                            { "value", CD_FIELD_NUMBER, TRUE, NULL, NULL },
                                            { "unit", CD_FIELD_CHOICE, FALSE, units, NULL },
                                            NUMBER ("tolerance"),
                                            TEXT ("where"),
                                            END };
static const CdFormField environment_fields[] = { TEXT ("container"), TEXT ("lock"), TEXT ("install"), END };

static const CdFormRecord work = { "work", work_fields };
static const CdFormRecord model = { "model", model_fields };
static const CdFormRecord dataset = { "dataset", dataset_fields };
static const CdFormRecord teacher = { "teacher", teacher_fields };
static const CdFormRecord distillation = { "distillation", distillation_fields };
static const CdFormRecord stage = { "stage", stage_fields };
static const CdFormRecord techniques = { "techniques", techniques_fields };
static const CdFormRecord evaluation = { "evaluation", evaluation_fields };
static const CdFormRecord claim = { "claim", claim_fields };
static const CdFormRecord environment = { "environment", environment_fields };

static const CdFormField root_fields[] = {
  { "candor", CD_FIELD_INTEGER, TRUE, NULL, NULL },
  { "work", CD_FIELD_RECORD, TRUE, NULL, &work },
  RECORDS ("models", &model),
  RECORDS ("datasets", &dataset),
  RECORDS ("teachers", &teacher),
  { "distillation", CD_FIELD_RECORD, FALSE, NULL, &distillation },
  RECORDS ("stages", &stage),
  { "techniques", CD_FIELD_RECORD, FALSE, NULL, &techniques },
  RECORDS ("evaluations", &evaluation),
  RECORDS ("claims", &claim),
  { "environment", CD_FIELD_RECORD, FALSE, NULL, &environment },
  END,
};
const CdFormRecord cd_manifest_form = { "manifest", root_fields };
