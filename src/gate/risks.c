/* Risks that the audit lists, by code. */
#include "gate/families.h"
#include "gate/names.h"
#include <string.h>

static const struct {
  const char *code, *says, *fix;
  double effort;
} known[] = {
  { "committed-credential", "a value in the form of an issued key, token or password is committed",
    "Revoke the credential where it was issued, if it is one, then take it out of the file; the history still holds it.", 0.5 },
  { "instructions-to-a-reader", "text reads as an instruction to whoever judges this work",
    "Take the text out, or show it as the quotation or test that it is.", 0.3 },
  { NULL, "the audit lists this risk", "See what `candor audit` says of it.", 0.5 },
};

static guint
row_of (const char *code)
{
  guint row = 0;
  while (known[row].code != NULL && strcmp (known[row].code, code) != 0)
    row++;
  return row;
}

static gboolean
is_asked (char **asked, const char *code)
{
  return g_strv_contains ((const char *const *) asked, "*") || g_strv_contains ((const char *const *) asked, code);
}

static gboolean
has_risk (const CdRecord *record, const char *code)
{
  const cJSON *risk = NULL;
  cJSON_ArrayForEach (risk, cd_record_part (record, "risks"))
  {
    if (g_strcmp0 (cd_record_string (risk, "code"), code) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
check_risk (CdGateCase *the_case, const cJSON *risk)
{
  const char *code = cd_record_string (risk, "code");
  if (code == NULL || !is_asked (the_case->policy->risks, code))
    return;
  g_autoptr (GArray) places = cd_record_places (risk, "evidence");
  guint row = row_of (code);
  const char *told = cd_record_string (risk, "what"), *says = told != NULL ? told : known[row].says;
  char *what = places->len > 1 ? g_strdup_printf ("%s (%u places)", says, places->len) : g_strdup (says);
  CdCheck *check = cd_gate_add (the_case, CD_OUTCOME_FAILED, code, code, what);
  cd_gate_mend (check, known[row].fix, known[row].effort);
  cd_gate_place (check, places);
}

void
cd_gate_check_risks (CdGateCase *the_case)
{
  const cJSON *risk = NULL;
  const char *const *codes = cd_policy_risks ();
  if (the_case->policy->risks == NULL)
    return;
  cJSON_ArrayForEach (risk, cd_record_part (the_case->record, "risks")) check_risk (the_case, risk);
  for (guint i = 0; codes[i] != NULL; i++)
    if (is_asked (the_case->policy->risks, codes[i]) && !has_risk (the_case->record, codes[i]))
      cd_gate_add (the_case, CD_OUTCOME_PASSED, codes[i], codes[i], g_strdup ("none was found"));
}
