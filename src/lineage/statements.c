/* Sentences against frames and cues. A sentence is rewritten first: markup dropped, citations dropped, names replaced by one byte each, joined names by one;
 * so that patterns see "we use <M> to generate solutions". The patterns themselves are read in statement-rules.c. */
#include "lineage/statement-rules.h"
#include <string.h>

#define SENTENCE_BYTES 4000u /* a longer one is a table or data */
#define VAGUE 2.0            /* "LLMs" may be anybody, and the work's own */
#define GROUPS 12u           /* names looked at in one sentence */

static const char *const role_names[CD_TEACHES_ROLES]
    = { "long-thought", "answer", "question", "rewrite", "translate", "verify", "reward", "reflect" };

const char *
cd_teaches_name (guint index)
{
  return role_names[index];
}

const char *
cd_teaches_use (guint roles)
{
  if ((roles & ~(guint) (CD_TEACHES_VERIFY | CD_TEACHES_REWARD)) != 0 || roles == 0)
    return "generation";
  return roles & CD_TEACHES_REWARD ? "training rewards scored" : "training data checked";
}

/* Models joined by "and" or commas: what is said of one is said of all. */
typedef struct {
  guint first, count; /* mentions */
  gsize at;           /* its byte in the marked text */
  gboolean vague;     /* not named, and nobody in particular: "LLMs" */
  double frame;
  const char *id; /* of the best frame */
} Group;

typedef struct {
  const CdStatements *rules;
  const CdWork *work;
  const CdDocument *document;
  const CdPassage *passage;
  GArray *mentions; /* CdMention of the sentence */
  GString *marked;
  Group groups[GROUPS];
  guint count;
  gboolean unnamed;
} Sentence;

static gboolean
is_paper (const CdDocument *document)
{
  return document->kind == CD_DOCUMENT_PDF || document->kind == CD_DOCUMENT_LATEX;
}

/* How many bytes of markup or of a citation stand at text: link targets, emphasis, "(Smith et al., 2024)" right behind a name. */
static gsize
skip_markup (const char *text, gsize left, gboolean behind_name)
{
  if (text[0] == '*' || text[0] == '`' || text[0] == '[' || text[0] == '$')
    return 1;
  if (text[0] == ']') {
    if (left > 1 && text[1] == '(') {
      const char *close = memchr (text, ')', MIN (left, 400u));
      return close != NULL ? (gsize) (close - text) + 1 : 1;
    }
    return 1;
  }
  if (behind_name && (text[0] == '(' || text[0] == ' ')) {
    gsize open = text[0] == ' ' ? 1 : 0;
    if (open < left && text[open] == '(') {
      const char *close = memchr (text + open, ')', MIN (left - open, 120u));
      gsize inside = close != NULL ? (gsize) (close - text) - open : 0;
      for (gsize i = 1; close != NULL && i + 3 < inside; i++)
        if (memcmp (text + open + i, "20", 2) == 0 && g_ascii_isdigit (text[open + i + 2]) && g_ascii_isdigit (text[open + i + 3]))
          return (gsize) (close - text) + 1;
    }
  }
  return 0;
}

/* TRUE where nothing but "and", commas and markup stands between two names. */
static gboolean
is_joined (const CdStatements *rules, const char *between, gsize length)
{
  if (length > 300)
    return FALSE;
  g_autoptr (GString) plain = g_string_new (NULL);
  for (gsize at = 0; at < length;) {
    gsize skipped = skip_markup (between + at, length - at, FALSE);
    if (skipped == 0)
      g_string_append_c (plain, between[at]);
    at += MAX (skipped, 1);
  }
  return plain->len <= 24 && g_utf8_validate (plain->str, (gssize) plain->len, NULL) && g_regex_match (rules->joint, plain->str, 0, NULL);
}

static void
put_mention (Sentence *sentence, const char *text, guint index)
{
  const CdMention *mention = &g_array_index (sentence->mentions, CdMention, index);
  if (mention->derived || mention->alike) {
    g_string_append_c (sentence->marked, '\x04');
    return;
  }
  if (mention->kind == CD_MENTION_DATASET) {
    gboolean own = sentence->work != NULL && cd_identity_matches (sentence->work, mention->name);
    if (own)
      g_string_append (sentence->marked, "our dataset");
    else
      g_string_append_c (sentence->marked, '\x02');
    return;
  }
  Group *last = sentence->count > 0 ? &sentence->groups[sentence->count - 1] : NULL;
  const CdMention *before = index > 0 ? mention - 1 : NULL;
  if (last != NULL && before != NULL && last->first + last->count == index && !before->made
      && is_joined (sentence->rules, text + before->end, mention->start - before->end)) {
    g_string_truncate (sentence->marked, last->at + 1);
    last->count++;
    return;
  }
  if (sentence->count < GROUPS)
    sentence->groups[sentence->count++] = (Group){ .first = index, .count = 1, .at = sentence->marked->len };
  g_string_append_c (sentence->marked, '\x01');
}

/* The sentence as the patterns see it. */
static void
mark_sentence (Sentence *sentence, const char *text, gsize length)
{
  guint next = 0;
  for (gsize at = 0; at < length;) {
    if (next < sentence->mentions->len && at >= g_array_index (sentence->mentions, CdMention, next).start) {
      put_mention (sentence, text, next);
      at = g_array_index (sentence->mentions, CdMention, next++).end;
      continue;
    }
    gboolean behind = sentence->marked->len > 0 && sentence->marked->str[sentence->marked->len - 1] == '\x01';
    gsize skipped = skip_markup (text + at, length - at, behind);
    if (skipped > 0) {
      gsize until = at + skipped;
      while (next < sentence->mentions->len && g_array_index (sentence->mentions, CdMention, next).start < until && skipped > 1)
        next++; /* names within a link's target */
      at = until;
      continue;
    }
    char byte = text[at++];
    if (g_ascii_isspace (byte))
      byte = ' ';
    if (byte != ' ' || (sentence->marked->len > 0 && sentence->marked->str[sentence->marked->len - 1] != ' '))
      g_string_append_c (sentence->marked, byte);
  }
}

/* Words for a model that nobody names become its mark, where no model is named in the sentence. */
static void
mark_unnamed (Sentence *sentence)
{
  GMatchInfo *info = NULL;
  g_autofree char *text = g_strdup (sentence->marked->str);
  if (!g_regex_match (sentence->rules->unnamed, text, 0, &info)) {
    g_match_info_free (info);
    return;
  }
  g_string_truncate (sentence->marked, 0);
  gint from = 0;
  while (g_match_info_matches (info) && sentence->count < GROUPS) {
    gint start = 0, end = 0;
    g_match_info_fetch_pos (info, 0, &start, &end);
    g_string_append_len (sentence->marked, text + from, start - from);
    if (sentence->marked->len > 0 && sentence->marked->str[sentence->marked->len - 1] != ' ' && text[start] == ' ')
      g_string_append_c (sentence->marked, ' ');
    g_autofree char *words = g_strndup (text + start, (gsize) (end - start));
    gboolean vague = !g_regex_match (sentence->rules->unnamed_strong, words, 0, NULL);
    sentence->groups[sentence->count++] = (Group){ .at = sentence->marked->len, .vague = vague };
    g_string_append_c (sentence->marked, '\x01');
    from = end;
    g_match_info_next (info, NULL);
  }
  g_string_append (sentence->marked, text + from);
  g_match_info_free (info);
  sentence->unnamed = TRUE;
}

static Group *
group_at (Sentence *sentence, gint position)
{
  for (guint i = 0; i < sentence->count; i++)
    if ((gint) sentence->groups[i].at == position)
      return &sentence->groups[i];
  return NULL;
}

static void
match_frames (Sentence *sentence)
{
  for (guint i = 0; i < sentence->rules->frames->len; i++) {
    const CdFrame *frame = sentence->rules->frames->pdata[i];
    GMatchInfo *info = NULL;
    g_regex_match (frame->pattern, sentence->marked->str, 0, &info);
    while (g_match_info_matches (info)) {
      gint start = -1, end = -1;
      g_match_info_fetch_pos (info, 1, &start, &end);
      Group *group = group_at (sentence, start);
      if (group != NULL && frame->score > group->frame) {
        group->frame = frame->score;
        group->id = frame->id;
      }
      g_match_info_next (info, NULL);
    }
    g_match_info_free (info);
  }
}

/* The bytes of a border between clauses at text, which must end within left bytes; 0 none. */
static gsize
border_at (const char *text, gsize left)
{
  static const char *const borders[] = { "; ", ", while ", ", whereas ", ", but ", " although ", ": ", " – ", " — ", "；", "，而" };
  if (g_ascii_isalnum (*text))
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (borders); i++) {
    gsize length = strlen (borders[i]);
    if (*text == borders[i][0] && length <= left && memcmp (text, borders[i], length) == 0)
      return length;
  }
  return 0;
}

/* Bytes of the marked text that a cue looks at. */
static void
reach_of (const Sentence *sentence, const CdCue *cue, gsize at, gsize *start, gsize *end)
{
  const char *text = sentence->marked->str;
  gsize length = sentence->marked->len;
  gsize left = at, right = at + 1;
  while (left > 0 && border_at (text + left, at - left) == 0)
    left--;
  while (right < length && border_at (text + right, length - right) == 0)
    right++;
  switch (cue->reach) {
    case CD_REACH_CLAUSE:
      *start = left;
      *end = right;
      return;
    case CD_REACH_BEFORE:
      *start = MAX (left, at > 70 ? at - 70 : 0);
      *end = at;
      return;
    case CD_REACH_AFTER:
      *start = at + 1;
      *end = MIN (right, at + 80);
      return;
    case CD_REACH_NEAR:
      *start = MAX (left, at > 80 ? at - 80 : 0);
      *end = MIN (right, at + 80);
      return;
    default:
      *start = 0;
      *end = length;
  }
}

static guint
heading_flags (const Sentence *sentence)
{
  gint32 section = sentence->passage->section;
  if (section < 0 || (guint) section >= sentence->document->sections->len)
    return 0;
  return ((const CdSection *) sentence->document->sections->pdata[section])->flags;
}

static gboolean
cue_holds (const Sentence *sentence, const CdCue *cue, const Group *group)
{
  if ((cue->paper && !is_paper (sentence->document)) || (cue->unnamed && !sentence->unnamed))
    return FALSE;
  if (cue->unless != NULL && g_regex_match (cue->unless, sentence->marked->str, 0, NULL))
    return FALSE;
  if (cue->flag != 0)
    return (sentence->passage->flags & cue->flag) != 0;
  if (cue->heading != 0)
    return (heading_flags (sentence) & cue->heading) != 0;
  gsize start = 0, end = 0;
  reach_of (sentence, cue, group->at, &start, &end);
  while (start < end && ((guchar) sentence->marked->str[start] & 0xc0) == 0x80) /* patterns take whole characters only */
    start++;
  while (end > start && ((guchar) sentence->marked->str[end] & 0xc0) == 0x80)
    end--;
  g_autofree char *part = g_strndup (sentence->marked->str + start, end - start);
  return g_regex_match (cue->pattern, part, 0, NULL);
}

static gboolean
names_start (const Sentence *sentence, const Group *group)
{
  for (guint i = 0; i < sentence->rules->cues->len; i++) {
    const CdCue *cue = sentence->rules->cues->pdata[i];
    if (cue->means == CD_CUE_BASE && cue_holds (sentence, cue, group))
      return TRUE;
  }
  return FALSE;
}

/* The sum of the cues for a group. base: how well the sentence says that training starts from it, -G_MAXDOUBLE not at all; judge: that it judges results. */
static double
weigh (const Sentence *sentence, const Group *group, double *base, gboolean *judge)
{
  double sum = 0, headings = 0;
  gboolean start = FALSE;
  gboolean about = FALSE;
  *judge = FALSE;
  *base = -G_MAXDOUBLE;
  if (group->frame <= 0 && !names_start (sentence, group)) /* most names in a text: nothing is said that matters here */
    return 0;
  for (guint i = 0; i < sentence->rules->cues->len; i++) {
    const CdCue *cue = sentence->rules->cues->pdata[i];
    if (!cue_holds (sentence, cue, group))
      continue;
    sum += cue->score;
    headings += cue->heading != 0 ? cue->score : 0;
    about = about || cue->score > 0;
    start = start || cue->means == CD_CUE_BASE;
    *judge = *judge || cue->means == CD_CUE_JUDGE;
  }
  sum -= about ? 0 : 1;
  *base = start ? sum - headings : -G_MAXDOUBLE; /* what a work starts from may be told anywhere, in thanks too */
  return sum;
}

static void
emit (const Sentence *sentence, CdStatementKind kind, const CdMention *mention, double score, double frame, guint index, GArray *out)
{
  CdStatement statement = { .kind = kind,
                            .document = index,
                            .line = sentence->passage->line,
                            .end = sentence->passage->end_line,
                            .section = sentence->passage->section,
                            .known = -1,
                            .score = score,
                            .frame = frame };
  if (mention != NULL) {
    statement.model = mention->name;
    statement.provider = mention->provider;
    statement.known = mention->known;
    statement.weak = mention->weak;
  }
  if (kind == CD_STATEMENT_TAUGHT)
    statement.roles = cd_statements_roles (sentence->rules, sentence->marked->str);
  g_array_append_val (out, statement);
}

/* Sentences under a heading on evaluation; rows of its tables name what is compared. */
static gboolean
is_about_results (const Sentence *sentence)
{
  return sentence->passage->kind == CD_PASSAGE_PROSE && (heading_flags (sentence) & CD_CONTEXT_EVALUATION) != 0;
}

static void
emit_group (const Sentence *sentence, const Group *group, guint index, GArray *out)
{
  double base = 0;
  gboolean judge = FALSE;
  double weight = weigh (sentence, group, &base, &judge);
  double score = group->frame + weight - (group->vague ? VAGUE : 0);
  guint count = sentence->unnamed ? 1 : group->count;
  for (guint i = 0; i < count; i++) {
    const CdMention *mention = sentence->unnamed ? NULL : &g_array_index (sentence->mentions, CdMention, group->first + i);
    if (group->frame > 0 && score > 0)
      emit (sentence, CD_STATEMENT_TAUGHT, mention, score, group->frame, index, out);
    if (mention != NULL && base > -G_MAXDOUBLE)
      emit (sentence, CD_STATEMENT_BASE, mention, base, 0, index, out);
    if (mention != NULL && group->frame > 0 && score < 3 && (judge || is_about_results (sentence)))
      emit (sentence, CD_STATEMENT_JUDGED, mention, -weight, 0, index, out);
  }
}

/* Datasets that others made, in sentences about training and lists of training data. */
static void
emit_datasets (const Sentence *sentence, guint index, GArray *out)
{
  guint heading = heading_flags (sentence);
  guint void_flags = CD_CONTEXT_NEGATED | CD_CONTEXT_RELATED | CD_CONTEXT_COMPARISON | CD_CONTEXT_PLAN | CD_CONTEXT_BOILERPLATE;
  gboolean trains = g_regex_match (sentence->rules->trains_on, sentence->marked->str, 0, NULL);
  gboolean listed = (heading & CD_CONTEXT_DATASET) != 0 && (heading & CD_CONTEXT_EVALUATION) == 0;
  if ((sentence->passage->flags & void_flags) != 0 || (heading & CD_CONTEXT_RELATED) != 0 || (!trains && !listed))
    return;
  for (guint i = 0; i < sentence->mentions->len; i++) {
    const CdMention *mention = &g_array_index (sentence->mentions, CdMention, i);
    if (mention->kind == CD_MENTION_DATASET && !mention->derived && !mention->alike)
      emit (sentence, CD_STATEMENT_DATASET, mention, (trains ? 2 : 0) + (listed ? 1 : 0), 0, index, out);
  }
}

/* What needs no names: own samples, people's work, reinforcement. */
static void
emit_plain (const Sentence *sentence, guint index, GArray *out)
{
  const CdStatements *rules = sentence->rules;
  const struct {
    const GRegex *pattern;
    CdStatementKind kind;
    guint unless;
  } rows[] = {
    { rules->self, CD_STATEMENT_SELF, CD_CONTEXT_RELATED | CD_CONTEXT_COMPARISON | CD_CONTEXT_DEMO },
    { rules->human, CD_STATEMENT_HUMAN, CD_CONTEXT_RELATED | CD_CONTEXT_EVALUATION },
    { rules->reinforced, CD_STATEMENT_RL, CD_CONTEXT_RELATED | CD_CONTEXT_EVALUATION | CD_CONTEXT_NEGATED },
    { rules->hint, CD_STATEMENT_HINT, CD_CONTEXT_RELATED | CD_CONTEXT_EVALUATION | CD_CONTEXT_NEGATED | CD_CONTEXT_COMPARISON },
  };
  for (guint i = 0; sentence->passage->kind == CD_PASSAGE_PROSE && i < G_N_ELEMENTS (rows); i++)
    if ((sentence->passage->flags & rows[i].unless) == 0 && g_regex_match (rows[i].pattern, sentence->marked->str, 0, NULL)) {
      gboolean strong = rows[i].kind == CD_STATEMENT_SELF && g_regex_match (rules->self_strong, sentence->marked->str, 0, NULL);
      emit (sentence, rows[i].kind, NULL, strong ? 2 : 1, 0, index, out);
    }
}

static void
read_sentence (const CdStatements *rules, const CdWork *work, const CdDocument *document, const CdPassage *passage, guint index, GArray *out)
{
  gsize length = passage->end - passage->start;
  if (length > SENTENCE_BYTES || length < 12)
    return;
  const char *text = document->text + passage->start;
  g_autoptr (GArray) mentions = cd_names_find (rules->names, text, length);
  g_autoptr (GString) marked = g_string_sized_new (length);
  Sentence sentence = { .rules = rules, .work = work, .document = document, .passage = passage, .mentions = mentions, .marked = marked };
  mark_sentence (&sentence, text, length);
  if (!g_utf8_validate (marked->str, (gssize) marked->len, NULL))
    return;
  gboolean datasets = memchr (marked->str, '\x02', marked->len) != NULL;
  if (datasets)
    emit_datasets (&sentence, index, out);
  emit_plain (&sentence, index, out);
  if (sentence.count == 0)
    mark_unnamed (&sentence);
  if (sentence.count == 0)
    return;
  match_frames (&sentence);
  for (guint i = 0; i < sentence.count; i++)
    emit_group (&sentence, &sentence.groups[i], index, out);
}

/* A column called "Teacher" names one in every row. */
static void
read_table (const CdStatements *rules, const CdDocument *document, const CdTable *table, guint index, GArray *out)
{
  if (table->rows->len < 2)
    return;
  const GPtrArray *heads = table->rows->pdata[0];
  for (guint c = 0; c < heads->len; c++) {
    const CdCell *head = heads->pdata[c];
    if (!g_regex_match (rules->teacher_column, head->text, 0, NULL))
      continue;
    for (guint r = MAX (table->header_rows, 1); r < table->rows->len && r < 200; r++) {
      const GPtrArray *row = table->rows->pdata[r];
      const CdCell *cell = c < row->len ? row->pdata[c] : NULL;
      if (cell == NULL)
        continue;
      g_autoptr (GArray) mentions = cd_names_find (rules->names, cell->text, strlen (cell->text));
      CdPassage place = { .line = cell->line, .end_line = cell->line, .section = table->section };
      g_autoptr (GString) marked = g_string_new (head->text);
      Sentence sentence = { .rules = rules, .document = document, .passage = &place, .mentions = mentions, .marked = marked };
      for (guint m = 0; m < mentions->len; m++) {
        const CdMention *mention = &g_array_index (mentions, CdMention, m);
        if (mention->kind == CD_MENTION_MODEL && !mention->derived && !mention->alike)
          emit (&sentence, CD_STATEMENT_TAUGHT, mention, (heading_flags (&sentence) & CD_CONTEXT_EVALUATION) ? 1.5 : 4, 3, index, out);
      }
    }
  }
}

void
cd_statements_read (const CdStatements *statements, const CdWork *work, const CdDocument *document, guint index, GArray *out)
{
  for (guint i = 0; i < document->passages->len; i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    gboolean spoken = passage->kind == CD_PASSAGE_PROSE || passage->kind == CD_PASSAGE_HEADING || passage->kind == CD_PASSAGE_CAPTION
                      || passage->kind == CD_PASSAGE_TABLE;
    if (spoken && (passage->flags & (CD_CONTEXT_DEMO | CD_CONTEXT_BOILERPLATE)) == 0)
      read_sentence (statements, work, document, passage, index, out);
  }
  for (guint i = 0; i < document->tables->len; i++)
    read_table (statements, document, document->tables->pdata[i], index, out);
}

double
cd_statements_accept (const CdStatements *statements, const CdStatement *statement)
{
  return statement->model == NULL ? statements->accept_unnamed : statement->weak ? statements->accept_bare : statements->accept_named;
}

guint
cd_statements_roles (const CdStatements *statements, const char *text)
{
  guint roles = 0;
  for (guint i = 0; i < CD_TEACHES_ROLES; i++)
    if (statements->roles[i] != NULL && g_regex_match (statements->roles[i], text, 0, NULL))
      roles |= 1u << i;
  return roles;
}
