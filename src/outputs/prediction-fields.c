/* The table of names. A name that may mean two things ("answer" is the reference beside a prediction, and the prediction beside a reference) stands
 * twice, with what else must be there. How values are read is prediction-record.c's. */
#include "outputs/prediction-fields.h"
#include <string.h>

/* What must be there besides, for a name to have the role. */
typedef enum {
  ALWAYS,
  BESIDE_ANSWER,    /* a prediction or response that is one by its name */
  BESIDE_REFERENCE, /* a reference or verdict that is one by its name */
  BESIDE_ANY_REFERENCE,
  BESIDE_GOLD,
  OUTSIDE_SAMPLE,
  IN_SAMPLE,
  IN_REFERENCES,
} Condition;

#define ANY (~0u)
#define VERDICTS (CD_HOLDS_NULL | CD_HOLDS_VERDICT)
#define GRADED (VERDICTS | CD_HOLDS_FRACTION)
#define NUMBERS (GRADED | CD_HOLDS_NUMBER)
#define PLAIN (NUMBERS | CD_HOLDS_TEXT)
#define PLAIN_TEXT (CD_HOLDS_NULL | CD_HOLDS_TEXT)
#define OBJECTS (CD_HOLDS_NULL | CD_HOLDS_OBJECT | CD_HOLDS_DEEP)

typedef struct {
  const char *name; /* letters and digits in lower case */
  CdPredictionRole role;
  guint rank;  /* of two fields with one role the lower one has it */
  guint holds; /* CdHolds that its values may be */
  Condition condition;
} Row;

/* Rows with a condition stand behind the others, in the order in which they are decided. */
static const Row ROWS[] = {
  { "question", CD_ROLE_QUESTION, 10, PLAIN, ALWAYS },
  { "problem", CD_ROLE_QUESTION, 11, PLAIN, ALWAYS },
  { "problemtext", CD_ROLE_QUESTION, 12, PLAIN, ALWAYS },
  { "questiontext", CD_ROLE_QUESTION, 12, PLAIN, ALWAYS },
  { "questioncontent", CD_ROLE_QUESTION, 13, PLAIN, ALWAYS },
  { "problemstatement", CD_ROLE_QUESTION, 14, PLAIN, ALWAYS },
  { "query", CD_ROLE_QUESTION, 20, PLAIN, ALWAYS },
  { "prompt", CD_ROLE_QUESTION, 30, PLAIN, ALWAYS },
  { "input", CD_ROLE_QUESTION, 31, PLAIN, ALWAYS },
  { "instruction", CD_ROLE_QUESTION, 32, PLAIN, ALWAYS },
  { "originprompt", CD_ROLE_QUESTION, 33, ANY, ALWAYS },
  { "content", CD_ROLE_QUESTION, 60, PLAIN_TEXT, OUTSIDE_SAMPLE },

  { "gold", CD_ROLE_GOLD, 10, PLAIN, ALWAYS },
  { "groundtruth", CD_ROLE_GOLD, 11, PLAIN, ALWAYS },
  { "gt", CD_ROLE_GOLD, 12, PLAIN, ALWAYS },
  { "gts", CD_ROLE_GOLD, 12, PLAIN, ALWAYS },
  { "goldanswer", CD_ROLE_GOLD, 13, PLAIN, ALWAYS },
  { "goldanswers", CD_ROLE_GOLD, 13, PLAIN, ALWAYS },
  { "goldenanswer", CD_ROLE_GOLD, 13, PLAIN, ALWAYS },
  { "goldenanswers", CD_ROLE_GOLD, 13, PLAIN, ALWAYS },
  { "golden", CD_ROLE_GOLD, 13, PLAIN, ALWAYS },
  { "goldlabel", CD_ROLE_GOLD, 13, PLAIN, ALWAYS },
  { "groundtruthanswer", CD_ROLE_GOLD, 13, PLAIN, ALWAYS },
  { "gtanswer", CD_ROLE_GOLD, 13, PLAIN, ALWAYS },
  { "gtans", CD_ROLE_GOLD, 13, PLAIN, ALWAYS },
  { "correctanswer", CD_ROLE_GOLD, 14, PLAIN, ALWAYS },
  { "trueanswer", CD_ROLE_GOLD, 14, PLAIN, ALWAYS },
  { "standardanswer", CD_ROLE_GOLD, 14, PLAIN, ALWAYS },
  { "referenceanswer", CD_ROLE_GOLD, 15, PLAIN, ALWAYS },
  { "refanswer", CD_ROLE_GOLD, 15, PLAIN, ALWAYS },
  { "expectedanswer", CD_ROLE_GOLD, 16, PLAIN, ALWAYS },
  { "expected", CD_ROLE_GOLD, 17, PLAIN, ALWAYS },
  { "target", CD_ROLE_GOLD, 20, PLAIN, ALWAYS },
  { "targets", CD_ROLE_GOLD, 20, PLAIN, ALWAYS },
  { "reference", CD_ROLE_GOLD, 22, PLAIN, ALWAYS },
  { "references", CD_ROLE_GOLD, 22, PLAIN, ALWAYS },
  { "answerkey", CD_ROLE_GOLD, 23, PLAIN, ALWAYS },

  { "pred", CD_ROLE_PREDICTION, 10, PLAIN, ALWAYS },
  { "preds", CD_ROLE_PREDICTION, 10, PLAIN, ALWAYS },
  { "extractedanswer", CD_ROLE_PREDICTION, 11, PLAIN, ALWAYS },
  { "extractedanswers", CD_ROLE_PREDICTION, 11, PLAIN, ALWAYS },
  { "extracted", CD_ROLE_PREDICTION, 12, PLAIN, ALWAYS },
  { "extraction", CD_ROLE_PREDICTION, 12, PLAIN, ALWAYS },
  { "parsedanswer", CD_ROLE_PREDICTION, 13, PLAIN, ALWAYS },
  { "predictedanswer", CD_ROLE_PREDICTION, 14, PLAIN, ALWAYS },
  { "predanswer", CD_ROLE_PREDICTION, 14, PLAIN, ALWAYS },
  { "predans", CD_ROLE_PREDICTION, 14, PLAIN, ALWAYS },
  { "predlabel", CD_ROLE_PREDICTION, 14, PLAIN, ALWAYS },
  { "modelprediction", CD_ROLE_PREDICTION, 14, PLAIN, ALWAYS },
  { "filteredresps", CD_ROLE_PREDICTION, 15, PLAIN, ALWAYS },
  { "boxedanswer", CD_ROLE_PREDICTION, 15, PLAIN, ALWAYS },
  { "prediction", CD_ROLE_PREDICTION, 16, PLAIN, ALWAYS },
  { "predictions", CD_ROLE_PREDICTION, 16, PLAIN, ALWAYS },
  { "predicted", CD_ROLE_PREDICTION, 17, PLAIN, ALWAYS },

  { "response", CD_ROLE_RESPONSE, 10, ANY, ALWAYS },
  { "responses", CD_ROLE_RESPONSE, 10, ANY, ALWAYS },
  { "modelresponse", CD_ROLE_RESPONSE, 11, ANY, ALWAYS },
  { "modelresponses", CD_ROLE_RESPONSE, 11, ANY, ALWAYS },
  { "modeloutput", CD_ROLE_RESPONSE, 12, ANY, ALWAYS },
  { "modeloutputs", CD_ROLE_RESPONSE, 12, ANY, ALWAYS },
  { "modelanswer", CD_ROLE_RESPONSE, 13, PLAIN, ALWAYS },
  { "modelsolution", CD_ROLE_RESPONSE, 13, PLAIN, ALWAYS },
  { "generation", CD_ROLE_RESPONSE, 14, PLAIN, ALWAYS },
  { "generations", CD_ROLE_RESPONSE, 14, ANY, ALWAYS },
  { "generated", CD_ROLE_RESPONSE, 14, PLAIN, ALWAYS },
  { "generatedtext", CD_ROLE_RESPONSE, 14, PLAIN, ALWAYS },
  { "generatedtexts", CD_ROLE_RESPONSE, 14, PLAIN, ALWAYS },
  { "generatedresponses", CD_ROLE_RESPONSE, 14, PLAIN, ALWAYS },
  { "generatedanswer", CD_ROLE_RESPONSE, 14, PLAIN, ALWAYS },
  { "generatedsolution", CD_ROLE_RESPONSE, 14, PLAIN, ALWAYS },
  { "llmresponse", CD_ROLE_RESPONSE, 14, PLAIN, ALWAYS },
  { "llmoutput", CD_ROLE_RESPONSE, 14, PLAIN, ALWAYS },
  { "fullresponse", CD_ROLE_RESPONSE, 14, PLAIN, ALWAYS },
  { "rawresponse", CD_ROLE_RESPONSE, 14, PLAIN, ALWAYS },
  { "rawoutput", CD_ROLE_RESPONSE, 14, PLAIN, ALWAYS },
  { "rawprediction", CD_ROLE_RESPONSE, 14, PLAIN, ALWAYS },
  { "completion", CD_ROLE_RESPONSE, 15, PLAIN, ALWAYS },
  { "completions", CD_ROLE_RESPONSE, 15, ANY, ALWAYS },
  { "resps", CD_ROLE_RESPONSE, 16, PLAIN, ALWAYS },
  { "outputlist", CD_ROLE_RESPONSE, 17, PLAIN, ALWAYS },
  { "outputs", CD_ROLE_RESPONSE, 30, ANY, ALWAYS },
  { "choices", CD_ROLE_RESPONSE, 40, OBJECTS, ALWAYS },
  { "codelist", CD_ROLE_RESPONSE, 50, PLAIN, ALWAYS },

  { "iscorrect", CD_ROLE_CORRECT, 9, GRADED, ALWAYS },
  { "gradedlist", CD_ROLE_CORRECT, 9, GRADED, ALWAYS },
  { "correct", CD_ROLE_CORRECT, 10, GRADED, ALWAYS },
  { "corrects", CD_ROLE_CORRECT, 10, GRADED, ALWAYS },
  { "correctness", CD_ROLE_CORRECT, 11, GRADED, ALWAYS },
  { "passed", CD_ROLE_CORRECT, 12, GRADED, ALWAYS },
  { "plusstatus", CD_ROLE_CORRECT, 13, GRADED, ALWAYS },
  { "resolved", CD_ROLE_CORRECT, 13, GRADED, ALWAYS },
  { "acc", CD_ROLE_CORRECT, 15, GRADED, ALWAYS },
  { "accuracy", CD_ROLE_CORRECT, 16, GRADED, ALWAYS },
  { "exactmatch", CD_ROLE_CORRECT, 17, GRADED, ALWAYS },
  { "em", CD_ROLE_CORRECT, 18, GRADED, ALWAYS },
  { "match", CD_ROLE_CORRECT, 20, GRADED, ALWAYS },
  { "ismatch", CD_ROLE_CORRECT, 20, GRADED, ALWAYS },
  { "verdict", CD_ROLE_CORRECT, 21, VERDICTS, ALWAYS },
  { "success", CD_ROLE_CORRECT, 22, VERDICTS, ALWAYS },
  { "judgeresult", CD_ROLE_CORRECT, 24, VERDICTS, ALWAYS },
  { "judge", CD_ROLE_CORRECT, 25, VERDICTS, ALWAYS },
  { "judgement", CD_ROLE_CORRECT, 25, VERDICTS, ALWAYS },
  { "judgment", CD_ROLE_CORRECT, 25, VERDICTS, ALWAYS },
  { "grade", CD_ROLE_CORRECT, 26, VERDICTS, ALWAYS },
  { "score", CD_ROLE_CORRECT, 30, VERDICTS, ALWAYS },
  { "scores", CD_ROLE_CORRECT, 31, VERDICTS, ALWAYS },
  { "result", CD_ROLE_CORRECT, 35, VERDICTS, ALWAYS },
  { "results", CD_ROLE_CORRECT, 36, VERDICTS, ALWAYS },
  { "basestatus", CD_ROLE_CORRECT, 38, VERDICTS, ALWAYS },
  { "accnorm", CD_ROLE_CORRECT, 40, GRADED, ALWAYS },
  { "status", CD_ROLE_CORRECT, 45, VERDICTS, ALWAYS },

  { "outputtokens", CD_ROLE_TOKENS, 10, NUMBERS, ALWAYS },
  { "numoutputtokens", CD_ROLE_TOKENS, 10, NUMBERS, ALWAYS },
  { "completiontokens", CD_ROLE_TOKENS, 10, NUMBERS, ALWAYS },
  { "numcompletiontokens", CD_ROLE_TOKENS, 10, NUMBERS, ALWAYS },
  { "generatedtokens", CD_ROLE_TOKENS, 10, NUMBERS, ALWAYS },
  { "numgeneratedtokens", CD_ROLE_TOKENS, 10, NUMBERS, ALWAYS },
  { "responsetokens", CD_ROLE_TOKENS, 11, NUMBERS, ALWAYS },
  { "responselength", CD_ROLE_TOKENS, 12, NUMBERS, ALWAYS },
  { "numtokens", CD_ROLE_TOKENS, 13, NUMBERS, ALWAYS },
  { "ntokens", CD_ROLE_TOKENS, 13, NUMBERS, ALWAYS },
  { "tokencount", CD_ROLE_TOKENS, 13, NUMBERS, ALWAYS },
  { "tokenlength", CD_ROLE_TOKENS, 13, NUMBERS, ALWAYS },
  { "tokens", CD_ROLE_TOKENS, 14, NUMBERS, ALWAYS },
  { "tokenusages", CD_ROLE_TOKENS, 15, ANY, ALWAYS },
  { "tokenusage", CD_ROLE_TOKENS, 15, ANY, ALWAYS },
  { "outputlength", CD_ROLE_TOKENS, 20, NUMBERS, ALWAYS },
  { "length", CD_ROLE_TOKENS, 30, NUMBERS, ALWAYS },

  { "rmscore", CD_ROLE_SCORE, 10, NUMBERS, ALWAYS },
  { "rmscores", CD_ROLE_SCORE, 10, NUMBERS, ALWAYS },
  { "predscore", CD_ROLE_SCORE, 11, NUMBERS, ALWAYS },
  { "predscores", CD_ROLE_SCORE, 11, NUMBERS, ALWAYS },
  { "verifierscore", CD_ROLE_SCORE, 12, NUMBERS, ALWAYS },
  { "prmscore", CD_ROLE_SCORE, 12, NUMBERS, ALWAYS },
  { "rewardscore", CD_ROLE_SCORE, 13, NUMBERS, ALWAYS },
  { "reward", CD_ROLE_SCORE, 15, NUMBERS, ALWAYS },
  { "rewards", CD_ROLE_SCORE, 15, NUMBERS, ALWAYS },
  { "score", CD_ROLE_SCORE, 30, NUMBERS, ALWAYS },
  { "scores", CD_ROLE_SCORE, 31, NUMBERS, ALWAYS },

  { "uniqueid", CD_ROLE_ID, 10, PLAIN, ALWAYS },
  { "problemid", CD_ROLE_ID, 11, PLAIN, ALWAYS },
  { "questionid", CD_ROLE_ID, 11, PLAIN, ALWAYS },
  { "qid", CD_ROLE_ID, 12, PLAIN, ALWAYS },
  { "taskid", CD_ROLE_ID, 12, PLAIN, ALWAYS },
  { "instanceid", CD_ROLE_ID, 12, PLAIN, ALWAYS },
  { "itemid", CD_ROLE_ID, 12, PLAIN, ALWAYS },
  { "docid", CD_ROLE_ID, 13, PLAIN, ALWAYS },
  { "id", CD_ROLE_ID, 20, PLAIN, ALWAYS },
  { "idx", CD_ROLE_ID, 21, PLAIN, ALWAYS },
  { "index", CD_ROLE_ID, 22, PLAIN, ALWAYS },

  { "image", CD_ROLE_IMAGE, 10, ANY, ALWAYS },
  { "images", CD_ROLE_IMAGE, 10, ANY, ALWAYS },
  { "imagepath", CD_ROLE_IMAGE, 11, ANY, ALWAYS },
  { "imagepaths", CD_ROLE_IMAGE, 11, ANY, ALWAYS },
  { "imagefile", CD_ROLE_IMAGE, 12, ANY, ALWAYS },
  { "imageid", CD_ROLE_IMAGE, 12, ANY, ALWAYS },
  { "picture", CD_ROLE_IMAGE, 13, ANY, ALWAYS },
  { "video", CD_ROLE_IMAGE, 14, ANY, ALWAYS },
  { "videopath", CD_ROLE_IMAGE, 14, ANY, ALWAYS },
  { "audio", CD_ROLE_IMAGE, 15, ANY, ALWAYS },
  { "choices", CD_ROLE_CHOICES, 10, PLAIN, ALWAYS },
  { "options", CD_ROLE_CHOICES, 11, ANY, ALWAYS },
  { "option", CD_ROLE_CHOICES, 12, ANY, ALWAYS },
  { "context", CD_ROLE_PASSAGE, 10, ANY, ALWAYS },
  { "passage", CD_ROLE_PASSAGE, 11, ANY, ALWAYS },

  { "category", CD_ROLE_CATEGORY, 10, PLAIN_TEXT, ALWAYS },
  { "subject", CD_ROLE_CATEGORY, 11, PLAIN_TEXT, ALWAYS },
  { "subfield", CD_ROLE_CATEGORY, 12, PLAIN_TEXT, ALWAYS },
  { "domain", CD_ROLE_CATEGORY, 13, PLAIN_TEXT, ALWAYS },
  { "topic", CD_ROLE_CATEGORY, 14, PLAIN_TEXT, ALWAYS },
  { "type", CD_ROLE_CATEGORY, 20, PLAIN_TEXT, ALWAYS },
  { "subset", CD_ROLE_CATEGORY, 21, PLAIN_TEXT, ALWAYS },
  { "level", CD_ROLE_CATEGORY, 30, PLAIN, ALWAYS },
  { "difficulty", CD_ROLE_CATEGORY, 31, PLAIN, ALWAYS },

  { "benchmark", CD_ROLE_BENCHMARK, 10, PLAIN_TEXT, ALWAYS },
  { "benchmarkname", CD_ROLE_BENCHMARK, 10, PLAIN_TEXT, ALWAYS },
  { "dataset", CD_ROLE_BENCHMARK, 11, PLAIN_TEXT, ALWAYS },
  { "datasetname", CD_ROLE_BENCHMARK, 11, PLAIN_TEXT, ALWAYS },
  { "datasource", CD_ROLE_BENCHMARK, 12, PLAIN_TEXT, ALWAYS },
  { "dataname", CD_ROLE_BENCHMARK, 13, PLAIN_TEXT, ALWAYS },
  { "evalname", CD_ROLE_BENCHMARK, 13, PLAIN_TEXT, ALWAYS },
  { "taskname", CD_ROLE_BENCHMARK, 14, PLAIN_TEXT, ALWAYS },
  { "task", CD_ROLE_BENCHMARK, 20, PLAIN_TEXT, ALWAYS },
  { "source", CD_ROLE_SOURCE, 10, PLAIN_TEXT, ALWAYS },

  { "model", CD_ROLE_MODEL, 10, PLAIN_TEXT, ALWAYS },
  { "modelname", CD_ROLE_MODEL, 11, PLAIN_TEXT, ALWAYS },
  { "generator", CD_ROLE_MODEL, 12, PLAIN_TEXT, ALWAYS },
  { "modelid", CD_ROLE_MODEL, 13, PLAIN_TEXT, ALWAYS },
  { "filter", CD_ROLE_VARIANT, 10, PLAIN_TEXT, ALWAYS },

  { "content", CD_ROLE_RESPONSE, 60, PLAIN, IN_SAMPLE },
  { "text", CD_ROLE_RESPONSE, 61, PLAIN, IN_SAMPLE },
  { "output", CD_ROLE_RESPONSE, 62, PLAIN, IN_SAMPLE },
  { "answer", CD_ROLE_PREDICTION, 62, PLAIN, IN_SAMPLE },

  { "answer", CD_ROLE_GOLD, 50, PLAIN, IN_REFERENCES },
  { "answers", CD_ROLE_GOLD, 51, PLAIN, IN_REFERENCES },
  { "finalanswer", CD_ROLE_GOLD, 52, PLAIN, IN_REFERENCES },
  { "answervalue", CD_ROLE_GOLD, 53, PLAIN, IN_REFERENCES },
  { "label", CD_ROLE_GOLD, 54, PLAIN, IN_REFERENCES },
  { "solution", CD_ROLE_GOLD, 70, PLAIN, IN_REFERENCES },

  { "correct", CD_ROLE_GOLD, 40, PLAIN_TEXT, BESIDE_ANSWER },
  { "output", CD_ROLE_RESPONSE, 41, PLAIN, BESIDE_ANY_REFERENCE },
  { "code", CD_ROLE_RESPONSE, 45, PLAIN, BESIDE_REFERENCE },
  { "solution", CD_ROLE_GOLD, 70, PLAIN_TEXT, BESIDE_ANSWER },
  { "solution", CD_ROLE_RESPONSE, 70, PLAIN, BESIDE_REFERENCE },
  { "label", CD_ROLE_GOLD, 48, PLAIN, BESIDE_ANSWER },
  { "label", CD_ROLE_CORRECT, 48, VERDICTS, BESIDE_GOLD },
  { "answer", CD_ROLE_GOLD, 50, PLAIN, BESIDE_ANSWER },
  { "answers", CD_ROLE_GOLD, 51, PLAIN, BESIDE_ANSWER },
  { "answervalue", CD_ROLE_GOLD, 52, PLAIN, BESIDE_ANSWER },
  { "answer", CD_ROLE_PREDICTION, 50, PLAIN, BESIDE_REFERENCE },
  { "finalanswer", CD_ROLE_PREDICTION, 52, PLAIN, BESIDE_REFERENCE },
  { "finalanswer", CD_ROLE_GOLD, 53, PLAIN, BESIDE_ANSWER },
};

#define NAME_BYTES 32u
#define NESTED_RANK 100u /* what stands in an object of the record comes behind what stands in the record */

/* The letters and digits of a name in lower case; FALSE where it is longer than any in the table. */
static gboolean
key_of (const char *name, gsize length, char key[NAME_BYTES])
{
  gsize used = 0;
  for (gsize i = 0; i < length; i++) {
    if (!g_ascii_isalnum (name[i]))
      continue;
    if (used + 1 == NAME_BYTES)
      return FALSE;
    key[used++] = g_ascii_tolower (name[i]);
  }
  key[used] = '\0';
  return used > 0;
}

gboolean
cd_prediction_knows_field (const char *name, gsize length)
{
  char key[NAME_BYTES];
  if (!key_of (name, length, key))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    if (ROWS[i].name[0] == key[0] && strcmp (ROWS[i].name, key) == 0)
      return TRUE;
  return FALSE;
}

gint
cd_prediction_verdict (const char *text, gsize length)
{
  static const struct {
    const char *word;
    gint verdict;
  } WORDS[] = {
    { "true", 1 },  { "false", 0 }, { "correct", 1 }, { "incorrect", 0 }, { "1", 1 },       { "0", 0 },
    { "1.0", 1 },   { "0.0", 0 },   { "pass", 1 },    { "fail", 0 },      { "passed", 1 },  { "failed", 0 },
    { "right", 1 }, { "wrong", 0 }, { "yes", 1 },     { "no", 0 },        { "success", 1 }, { "failure", 0 },
  };
  while (length > 0 && g_ascii_isspace (*text))
    text++, length--;
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (strlen (WORDS[i].word) == length && g_ascii_strncasecmp (WORDS[i].word, text, length) == 0)
      return WORDS[i].verdict;
  return -1;
}

typedef struct {
  const CdFieldName *fields;
  guint length;
  CdRecordContext context;
  char (*keys)[NAME_BYTES];
  gint *roles;
  guint ranks[CD_ROLES];
  guint named; /* bits: roles whose fields have them by name alone, whatever else is there */
  guint fixed; /* bits: roles that a mapping names */
  gboolean any_answer;
} Deciding;

static gboolean
holds_true (const Deciding *deciding, Condition condition)
{
  guint answers = 1u << CD_ROLE_PREDICTION | 1u << CD_ROLE_RESPONSE, gold = 1u << CD_ROLE_GOLD, references = gold | 1u << CD_ROLE_CORRECT;
  switch (condition) {
    case ALWAYS:
      return TRUE;
    case BESIDE_ANSWER:
      return (deciding->named & answers) != 0;
    case BESIDE_REFERENCE:
      return (deciding->named & references) != 0;
    case BESIDE_ANY_REFERENCE:
      return (deciding->named & references) != 0 || deciding->any_answer;
    case BESIDE_GOLD:
      return (deciding->named & gold) != 0;
    case OUTSIDE_SAMPLE:
      return deciding->context != CD_RECORD_OF_SAMPLE;
    case IN_SAMPLE:
      return deciding->context == CD_RECORD_OF_SAMPLE;
    case IN_REFERENCES:
      return deciding->context == CD_RECORD_OF_REFERENCES;
  }
  return FALSE;
}

static gboolean
is_taken (const Deciding *deciding, guint field)
{
  for (guint r = 0; r < CD_ROLES; r++)
    if (deciding->roles[r] == (gint) field)
      return TRUE;
  return FALSE;
}

/* A role for the best of the fields that the row names. */
static void
decide (Deciding *deciding, const Row *row)
{
  for (guint i = 0; i < deciding->length; i++) {
    const CdFieldName *field = &deciding->fields[i];
    if (*deciding->keys[i] != *row->name) /* nearly always, and this is asked of every field of every record for every row */
      continue;
    guint rank = row->rank + (field->parent != NULL ? NESTED_RANK : 0);
    if ((deciding->fixed >> row->role & 1u) != 0 || rank >= deciding->ranks[row->role] || (field->holds & ~row->holds) != 0
        || (field->holds == 0 && row->holds == OBJECTS) /* a name alone does not tell samples from the letters of a question */
        || strcmp (deciding->keys[i], row->name) != 0 || is_taken (deciding, i))
      continue;
    deciding->roles[row->role] = (gint) i;
    deciding->ranks[row->role] = rank;
    deciding->named |= 1u << row->role;
  }
}

/* "doc.answer" is `answer` in the object `doc`. */
static gboolean
is_mapped (const CdFieldName *field, const char *name)
{
  if (field->parent == NULL)
    return strlen (name) == field->length && memcmp (name, field->name, field->length) == 0;
  return strlen (name) == field->parent_length + 1 + field->length && memcmp (name, field->parent, field->parent_length) == 0
         && name[field->parent_length] == '.' && memcmp (name + field->parent_length + 1, field->name, field->length) == 0;
}

static void
take_mapping (Deciding *deciding, const CdPredictionFields *mapping)
{
  const char *const names[]
      = { [CD_ROLE_QUESTION] = mapping->question, [CD_ROLE_GOLD] = mapping->gold,       [CD_ROLE_PREDICTION] = mapping->prediction,
          [CD_ROLE_RESPONSE] = mapping->response, [CD_ROLE_CORRECT] = mapping->correct, [CD_ROLE_TOKENS] = mapping->tokens,
          [CD_ROLE_SCORE] = mapping->score,       [CD_ROLE_ID] = mapping->id,           [CD_ROLE_CATEGORY] = mapping->category };
  for (guint r = 0; r < G_N_ELEMENTS (names); r++) {
    if (names[r] == NULL)
      continue;
    deciding->fixed |= 1u << r;
    deciding->named |= 1u << r;
    for (guint i = 0; i < deciding->length && deciding->roles[r] < 0; i++)
      if (is_mapped (&deciding->fields[i], names[r]))
        deciding->roles[r] = (gint) i;
  }
}

void
cd_prediction_roles (const CdFieldName *fields, guint length, CdRecordContext context, const CdPredictionFields *mapping, gint roles[CD_ROLES])
{
  g_autofree char (*keys)[NAME_BYTES] = g_malloc ((gsize) MAX (length, 1) * NAME_BYTES);
  Deciding deciding = { .fields = fields, .length = length, .context = context, .keys = keys, .roles = roles };
  for (guint r = 0; r < CD_ROLES; r++) {
    roles[r] = -1;
    deciding.ranks[r] = G_MAXUINT;
  }
  for (guint i = 0; i < length; i++) {
    if (!key_of (fields[i].name, fields[i].length, keys[i]))
      keys[i][0] = '\0';
    deciding.any_answer |= strcmp (keys[i], "answer") == 0 || strcmp (keys[i], "label") == 0;
  }
  if (mapping != NULL)
    take_mapping (&deciding, mapping);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    if (holds_true (&deciding, ROWS[i].condition))
      decide (&deciding, &ROWS[i]);
}
