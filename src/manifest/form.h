/* The form of replication.yaml as a table: which records there are, their keys, and what each key holds. The same facts, for other programs, stand in
 * schemas/manifest.schema.json; a test keeps the two together. */
#pragma once
#include <glib.h>

typedef enum {
  CD_FIELD_TEXT,
  CD_FIELD_INTEGER,
  CD_FIELD_NUMBER,
  CD_FIELD_FLAG,
  CD_FIELD_CHOICE,
  CD_FIELD_TEXTS,   /* a list of text */
  CD_FIELD_CHOICES, /* a list of choices */
  CD_FIELD_RECORD,
  CD_FIELD_RECORDS,
  CD_FIELD_VALUES, /* values: free names, scalar values */
} CdFieldKind;

typedef struct _CdFormRecord CdFormRecord;
typedef struct {
  const char *name;
  CdFieldKind kind;
  gboolean required;
  const char *const *choices; /* CD_FIELD_CHOICE and CD_FIELD_CHOICES */
  const CdFormRecord *record; /* CD_FIELD_RECORD and CD_FIELD_RECORDS */
} CdFormField;
struct _CdFormRecord {
  const char *name;          /* how messages call it: "model", "dataset" … */
  const CdFormField *fields; /* ended by a field without a name */
};

extern const CdFormRecord cd_manifest_form;
