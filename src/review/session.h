/* One reader's way through the questions of one audit: what is asked next, what was answered, undo, and a file that is saved after every answer. Knows no
 * terminal: screen.c, plain.c and model.c ask by it. */
#pragma once
#include "assessment/assessment.h"
#include "audit/audit.h"

typedef struct {
  const char *file;     /* where the assessment is kept: resumed where it exists, made at the first answer where not */
  const char *assessor; /* name of the reader */
  CdReaderKind kind;
  const char *const *only; /* ids of the criteria to ask, NULL-terminated; NULL: all */
  const GPtrArray *others; /* CdAssessment*: what other readers said, shown beside the questions; NULL none. Borrowed like audit */
  const char *date;        /* YYYY-MM-DD, of answers given now */
} CdSessionOptions;

typedef struct _CdSession CdSession;
/* audit is borrowed and must outlive the session. NULL with CD_ERROR_INPUT where file is no assessment, is another reader's, of another work, commit
 * (with advice), or rubric, or is held by another session; CD_ERROR_INTERNAL where it cannot be read or its folder cannot be written to; CD_ERROR_USAGE
 * where `only` names no criterion of the rubric. The file is held until the session is freed. */
CdSession *cd_session_open (const CdAudit *audit, const CdSessionOptions *options, GError **error);
void cd_session_free (CdSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdSession, cd_session_free)

const CdAudit *cd_session_audit (const CdSession *session);
const CdAssessment *cd_session_assessment (const CdSession *session);

/* Questions by index into the rubric's criteria. The order is of now: unanswered ones by what their answer is expected to move (cd_rubric_questions over the
 * verdicts with this reader's answers merged), then those put off ("later"), then answered ones in the rubric's order. GArray of guint, borrowed, and
 * changed by each answer. */
const GArray *cd_session_order (const CdSession *session);
guint cd_session_answered (const CdSession *session); /* yes and no */
/* The verdict as of now: the rules', or this reader's. Borrowed until the next answer. */
const CdVerdict *cd_session_verdict (const CdSession *session, guint criterion);
/* The rules' own verdict, with the candidates. */
const CdVerdict *cd_session_rules (const CdSession *session, guint criterion);
/* This reader's answer; NULL none yet. */
const CdResponse *cd_session_response (const CdSession *session, guint criterion);
/* The score as of now. */
const CdScore *cd_session_score (const CdSession *session);
/* What another reader said; NULL none. */
const CdResponse *cd_session_other (const CdSession *session, guint reader, guint criterion);
guint cd_session_others (const CdSession *session);
const char *cd_session_other_name (const CdSession *session, guint reader);

/* Answer, save, and reorder. evidence: CdCitation*, copied; blobs are filled in from the snapshot where NULL. FALSE with CD_ERROR_INTERNAL where the file
 * cannot be written, CD_ERROR_INPUT where another program changed it meanwhile (the session then stands as before, and so does the file), CD_ERROR_USAGE
 * where a place is not in the tree. */
gboolean cd_session_answer (CdSession *session, guint criterion, CdAnswer answer, const char *reason, const GPtrArray *evidence, GError **error);
/* Take back the last answer of this session (each once, back to its beginning), save; *criterion: whose. FALSE without error where there is none. */
gboolean cd_session_undo (CdSession *session, guint *criterion, GError **error);

/* "PATH:LINE" or "PATH:LINE-END" of the tree, as a reader types it; a path alone is the file. NULL with CD_ERROR_USAGE that says what is wrong
 * (with the nearest path), never with a place outside the file. */
CdCitation *cd_session_cite (const CdSession *session, const char *place, GError **error);
/* A passage's text: lines `line`-`context` … `end`+`context` of a document, in printable characters (hostile text is harmless), credentials masked. PDF and
 * notebooks: their text as Candor reads it. At most CD_SESSION_LINES of them, and of each line CD_SESSION_COLUMNS characters. *first: number of the first
 * one. NULL-terminated; NULL where there is no text. Caller frees (g_strfreev). */
#define CD_SESSION_LINES 4096u
#define CD_SESSION_COLUMNS 4096u
char **cd_session_lines (const CdSession *session, guint document, guint line, guint end, guint context, guint *first);
/* The document at path, as an index into the corpus; -1 none. */
gint cd_session_document (const CdSession *session, const char *path);
/* A place that a probe found, as a citation; NULL where it is the tree as a whole. Caller frees. */
CdCitation *cd_session_citation (const CdSession *session, const CdEvidence *place);
/* The lines of a document; 0 where it has no text. */
guint cd_session_length (const CdSession *session, guint document);
/* TRUE where a question is put off: it has a response that is neither yes nor no. */
gboolean cd_session_is_later (const CdSession *session, guint criterion);
/* A citation as the tree has it, with its blob: a copy. NULL with CD_ERROR_USAGE where there is no such path, line or blob. Caller frees. */
CdCitation *cd_session_check (const CdSession *session, const CdCitation *citation, GError **error);
/* What a question's reader should see: the places that the rules' answer rests on, then the other candidates, best first, each once. CdCandidate;
 * caller unrefs. */
GArray *cd_session_places (const CdSession *session, guint criterion);
