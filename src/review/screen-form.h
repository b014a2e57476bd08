/* The form that an answer is given with: a reason, and the places that decide. */
#pragma once
#include "review/screen-edit.h"
#include "review/screen-question.h"

typedef struct {
  guint criterion;
  CdAnswer answer;
  CdEdit *reason;
  GPtrArray *offered; /* CdCitation*: marked lines, those of an earlier answer, then the question's places */
  GArray *ticked;     /* gboolean by offered */
  guint field;        /* that keys act on: 0 the reason, from 1 on a place */
  guint top;          /* first place shown */
} CdForm;

typedef enum { CD_FORM_STAY, CD_FORM_SAVE, CD_FORM_LEAVE } CdFormStep;

/* marked: CdSpan, the reader's. candidate: the chosen place, from 0; G_MAXUINT none. reason: text to begin with; NULL: that of an earlier answer. */
CdForm *cd_form_new (const CdSession *session, guint criterion, CdAnswer answer, const GArray *marked, const GArray *places, guint candidate,
                     const char *reason);
void cd_form_free (CdForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdForm, cd_form_free)
CdFormStep cd_form_key (CdForm *form, const CdKey *key);
/* The ticked places: borrowed CdCitation*; caller unrefs. */
GPtrArray *cd_form_evidence (const CdForm *form);
void cd_form_draw (CdForm *form, const CdSession *session, CdTty *tty, CdArea area);
