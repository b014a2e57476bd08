/* Whose model a label names. In this order: "ours"; a checkpoint that the work published; a link to an owner that is the work's; a name that it goes by;
 * a variant of an own row; and only where none of these holds, the one bold row, or a foundation model's name with something trained added. */
#include "base/text.h"
#include "claims/parts.h"
#include "work/identity.h"
#include <string.h>

#define SIBLING_BYTES 5u    /* a shorter first word is many works' */
#define DERIVED_MOST 60u    /* rows that are compared with each other */
#define CHECKPOINT_BYTES 6u /* shorter base names must be the whole label */

static gboolean
is_checkpoint (const CdClaimGatherer *gatherer, const char *key)
{
  for (guint i = 0; i < gatherer->checkpoints->len; i++) {
    const char *name = g_ptr_array_index (gatherer->checkpoints, i);
    if (g_str_equal (key, name) || (strlen (name) >= CHECKPOINT_BYTES && strstr (key, name) != NULL))
      return TRUE;
  }
  return FALSE;
}

/* The label begins like the work's own weights. */
static gboolean
shares_stem (const CdClaimGatherer *gatherer, const char *label)
{
  g_auto (GStrv) tokens = cd_text_tokens (label);
  return tokens[0] != NULL && g_ptr_array_find_with_equal_func (gatherer->stems, tokens[0], g_str_equal, NULL);
}

static gboolean
is_ours (const char *label)
{
  static GRegex *pattern;
  return cd_claim_matches (&pattern, "\\bours?\\b|\\bthis (work|repo|model)\\b|本文|我们", label);
}

/* By more than the first word that the owner's models share. */
static gboolean
names_work (const CdClaimGatherer *gatherer, const char *label)
{
  return is_ours (label) || cd_identity_matches (gatherer->work, label);
}

CdWhose
cd_claim_whose (const CdClaimGatherer *gatherer, const char *label)
{
  static GRegex *others, *cited;
  if (label == NULL || *label == '\0')
    return CD_WHOSE_UNKNOWN;
  if (is_ours (label))
    return CD_WHOSE_OWN;
  if (cd_claim_matches (&cited, "\\bet al\\b", label))
    return CD_WHOSE_FOREIGN;
  g_autofree char *key = cd_text_key (label);
  if ((!gatherer->news && (is_checkpoint (gatherer, key) || shares_stem (gatherer, label))) || cd_identity_matches (gatherer->work, label))
    return CD_WHOSE_OWN;
  if (cd_label_is_foundation (&gatherer->reader, label)
      || cd_claim_matches (&others, "\\b(baselines?|human|random|proprietary|closed[- ]source|previous|prior|sota|state[- ]of[- ]the[- ]art)\\b",
                           label))
    return CD_WHOSE_FOREIGN;
  return CD_WHOSE_UNKNOWN;
}

gboolean
cd_claim_is_bound (const char *label)
{
  static GRegex *pattern;
  return cd_claim_matches (
      &pattern,
      "^[\\s*+(_-]*((w/|with|using|\\+) ?)?(the )?(oracle|gold(en)?|ground[- ]?truth|upper[- ]?bound|theoretical|external|reference)\\b|"
      "\\b(w/|with) (an? )?(oracle|gold(en)?|ground[- ]?truth|external)\\b|^\\W*(zero-shot |few-shot )?prompt(ed|ing|s)? with\\b|"
      "\\b(oracle|upper[- ]?bound|ground[- ]?truth)\\)?\\W*$",
      label);
}

/* A name that tests are called by, whoever made them. */
static gboolean
tells_test (const char *label)
{
  static GRegex *pattern;
  return cd_claim_matches (&pattern, "bench|eval|arena|test|\\bqa\\b|data ?set|leaderboard|challenge|exam|judge", label);
}

gboolean
cd_claim_is_model (const CdClaimGatherer *gatherer, const char *label)
{
  if (tells_test (label))
    return FALSE;
  g_autofree char *key = cd_text_key (label);
  for (guint i = 0; i < gatherer->checkpoints->len; i++)
    if (g_str_equal (key, g_ptr_array_index (gatherer->checkpoints, i)))
      return TRUE;
  return cd_label_is_foundation (&gatherer->reader, label) && strpbrk (label, "0123456789") != NULL;
}

gboolean
cd_claim_names_one (const CdClaimGatherer *gatherer, const char *label)
{
  static GRegex *size;
  g_autofree char *key = cd_text_key (label);
  return is_checkpoint (gatherer, key) || cd_claim_matches (&size, "(^|[^\\w.])\\d+(\\.\\d+)?[BM]\\b", label);
}

/* A variant of the row above: "+ RL", "w/o filter", "- KL". */
static gboolean
is_variant (const char *label)
{
  static GRegex *pattern;
  return cd_claim_matches (&pattern, "^[\\s*(↳└─➕⇒|]*(\\+|w/|with(out)? |- |– |↳|└)", label);
}

/* What a link on the label's line, with the label as its text, says of the owner. */
static CdWhose
whose_link (const CdClaimGatherer *gatherer, const CdDocument *document, const CdClaimLabel *label)
{
  for (guint i = 0; i < document->links->len; i++) {
    const CdLink *link = g_ptr_array_index (document->links, i);
    if (link->line > label->line)
      break;
    if (link->line != label->line || link->image || link->text == NULL || strlen (link->text) < 3 || strstr (label->label, link->text) == NULL)
      continue;
    g_auto (CdHubAddress) address = { 0 };
    if (!cd_hub_parse (link->target, &address) || (address.kind != CD_HUB_MODEL && address.kind != CD_HUB_FORGE) || address.owner == NULL)
      continue;
    return cd_identity_owns (gatherer->work, address.owner) ? CD_WHOSE_OWN : CD_WHOSE_FOREIGN;
  }
  return CD_WHOSE_UNKNOWN;
}

/* Parts of names that foundation models are published under. */
static gboolean
is_standard_word (const char *token)
{
  static GRegex *pattern;
  return cd_claim_matches (
      &pattern,
      "^(instruct|base|chat|it|preview|math|coder?|vl|omni|distill?|turbo|mini|pro|max|plus|flash|hf|large|medium|small|tiny|latest|"
      "thinking|model|\\d+(\\.\\d+)?[bm]?|a\\d+b|v\\d+|[a-z]?\\d{1,4}|r1|qwq|qwen[\\d]*|llama[\\d]*|deepseek\\w*|gemma\\d*|mistral|phi\\d*|"
      "shot|zero|few|cot|greedy|baseline|original|initial|pretrained|sft|think)$",
      token);
}

/* Words of a label beyond those of foundation models' names. */
static gboolean
adds_training (const char *label)
{
  g_auto (GStrv) tokens = cd_text_tokens (label);
  for (guint i = 1; tokens[0] != NULL && tokens[i] != NULL; i++)
    if (!is_standard_word (tokens[i]))
      return TRUE;
  return FALSE;
}

/* A foundation model's name that goes on with a way of training: "Qwen2.5-7B-GRPO", "Llama-3-8B + SFT". */
static gboolean
ends_trained (const char *label)
{
  static GRegex *pattern;
  return cd_claim_matches (&pattern, "[-+ _(](grpo|ppo|dapo|rloo|reinforce(\\+\\+)?|rl|dpo|kto|sft|rft|rlvr|lora)\\b[^,]{0,24}$", label);
}

/* The only label set in bold; -1 where none or several are. */
static gint
only_bold (const CdClaimLabel *labels, guint length)
{
  gint found = -1;
  guint plain = 0;
  for (guint i = 0; i < length; i++) {
    if (!labels[i].scored || *labels[i].label == '\0')
      continue;
    if (!labels[i].bold) {
      plain++;
      continue;
    }
    if (found >= 0)
      return -1;
    found = (gint) i;
  }
  return plain > 0 ? found : -1;
}

/* The only label that is no foundation model's, beside at least two that are; -1 none. */
static gint
only_unknown (const CdClaimGatherer *gatherer, const CdClaimLabel *labels, guint length)
{
  gint found = -1;
  guint foreign = 0;
  for (guint i = 0; i < length; i++) {
    if (!labels[i].scored || *labels[i].label == '\0')
      continue;
    if (cd_claim_whose (gatherer, labels[i].label) == CD_WHOSE_FOREIGN) {
      foreign++;
      continue;
    }
    if (found >= 0)
      return -1;
    found = (gint) i;
  }
  return foreign >= 2 ? found : -1;
}

/* The words that a label adds to another row's label that it holds whole, each between blanks; NULL where it holds none. Caller frees. */
static char *
added_words (const CdClaimLabel *labels, guint length, guint index)
{
  g_autofree char *key = cd_text_key (labels[index].label);
  g_auto (GStrv) tokens = cd_text_tokens (labels[index].label);
  for (guint i = 0; i < length; i++) {
    g_autofree char *other = cd_text_key (labels[i].label);
    if (i == index || !labels[i].scored || strlen (other) < CHECKPOINT_BYTES || strlen (other) >= strlen (key) || strstr (key, other) == NULL)
      continue;
    g_autoptr (GString) added = g_string_new (" ");
    for (guint t = 0; tokens[t] != NULL; t++)
      if (strstr (other, tokens[t]) == NULL && !is_standard_word (tokens[t]) && !g_str_equal (tokens[t], "reported"))
        g_string_append_printf (added, "%s ", tokens[t]);
    if (added->len > 1)
      return g_strdup (added->str);
  }
  return NULL;
}

/* Two rows or more that add the same word to other rows' models: what the work made of them. */
static gboolean
mark_derived (const CdClaimLabel *labels, guint length, guint8 *own)
{
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *first = NULL;
  guint derived = 0;
  for (guint i = 0; i < length && length <= DERIVED_MOST; i++)
    g_ptr_array_add (added, labels[i].scored ? added_words (labels, length, i) : NULL);
  for (guint i = 0; i < added->len && first == NULL; i++)
    first = g_strdup (g_ptr_array_index (added, i));
  g_auto (GStrv) words = g_strsplit (first != NULL ? first : "", " ", -1);
  for (guint w = 0; words[w] != NULL; w++) {
    g_autofree char *word = g_strdup_printf (" %s ", words[w]);
    gboolean common = *words[w] != '\0';
    derived = 0;
    for (guint i = 0; i < added->len && common; i++) {
      const char *here = g_ptr_array_index (added, i);
      common = here == NULL || strstr (here, word) != NULL;
      derived += here != NULL ? 1 : 0;
    }
    if (!common || derived < 2)
      continue;
    for (guint i = 0; i < length; i++)
      own[i] = g_ptr_array_index (added, i) != NULL;
    return TRUE;
  }
  return FALSE;
}

/* Nothing names the work: what is told apart by its form. */
static void
mark_by_form (const CdClaimGatherer *gatherer, const CdClaimLabel *labels, guint length, guint8 *own)
{
  gint bold = only_bold (labels, length);
  if (bold >= 0 && (cd_claim_whose (gatherer, labels[bold].label) != CD_WHOSE_FOREIGN || adds_training (labels[bold].label))) {
    own[bold] = 1;
    return;
  }
  gint unknown = only_unknown (gatherer, labels, length);
  if (unknown >= 0) {
    own[unknown] = 1;
    return;
  }
  if (mark_derived (labels, length, own))
    return;
  for (guint i = 0; i < length; i++)
    own[i] = labels[i].scored && cd_label_is_foundation (&gatherer->reader, labels[i].label) && ends_trained (labels[i].label) ? 1 : 0;
}

/* Other stages and sizes of a model that is the work's: unknown labels of one word that begin alike. A label of several may
 * begin with what kind of model it is. */
static void
mark_siblings (const CdClaimGatherer *gatherer, const CdClaimLabel *labels, guint length, guint8 *own)
{
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < length; i++) {
    g_auto (GStrv) tokens = cd_text_tokens (labels[i].label);
    if (own[i] && tokens[0] != NULL && strchr (labels[i].label, ' ') == NULL && strlen (tokens[0]) >= SIBLING_BYTES
        && !g_ascii_isdigit (tokens[0][0]))
      g_hash_table_add (words, g_strdup (tokens[0]));
  }
  for (guint i = 0; i < length; i++) {
    g_auto (GStrv) tokens = cd_text_tokens (labels[i].label);
    if (!own[i] && labels[i].scored && tokens[0] != NULL && strchr (labels[i].label, ' ') == NULL && g_hash_table_contains (words, tokens[0])
        && cd_claim_whose (gatherer, labels[i].label) == CD_WHOSE_UNKNOWN)
      own[i] = 1;
  }
}

/* A part of a name that tells sizes, stages and formats of one model apart. */
static gboolean
is_stage (const char *token)
{
  static GRegex *pattern;
  return cd_claim_matches (
      &pattern,
      "^(base|sft|rl|rft|rlvr|dpo|ppo|grpo|instruct|chat|it|zero|preview|stage\\d*|step\\d*|ours?|model|\\d+(\\.\\d+)?[bm]|a\\d+b|"
      "awq|gptq|int\\d|fp\\d+|hf|mini|small|medium|large|lite|pro|max|flash|greedy|maj|tool|tools|tir|cot|think|thinking)$",
      token);
}

/* Tokens of a name without those of size and stage, joined. Caller frees. */
static char *
root_of (const char *name)
{
  g_auto (GStrv) tokens = cd_text_tokens (name);
  GString *root = g_string_new (NULL);
  for (guint i = 0; tokens[i] != NULL; i++)
    if (!is_stage (tokens[i]))
      g_string_append (root, tokens[i]);
  return g_string_free (root, FALSE);
}

/* Where one label is the work's weights to the letter, labels that share no more than their first word with them are other models of the same owner. */
static void
drop_relatives (const CdClaimGatherer *gatherer, const CdClaimLabel *labels, guint length, guint8 *own)
{
  g_autoptr (GHashTable) roots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < length; i++) {
    g_autofree char *key = own[i] ? cd_text_key (labels[i].label) : NULL;
    if (key != NULL && g_ptr_array_find_with_equal_func (gatherer->checkpoints, key, g_str_equal, NULL))
      g_hash_table_add (roots, root_of (labels[i].label));
  }
  for (guint i = 0; i < length && g_hash_table_size (roots) > 0; i++) {
    g_autofree char *key = cd_text_key (labels[i].label);
    g_autofree char *root = root_of (labels[i].label);
    if (own[i] && !labels[i].bold && shares_stem (gatherer, labels[i].label) && !is_checkpoint (gatherer, key) && !g_hash_table_contains (roots, root)
        && !names_work (gatherer, labels[i].label))
      own[i] = 0;
  }
}

/* A page deep in the tree is likelier to be about something else, where the form alone tells nothing. */
static gboolean
is_near (const CdDocument *document)
{
  const char *slash = strchr (document->path, '/');
  return document->kind == CD_DOCUMENT_PDF || document->kind == CD_DOCUMENT_LATEX || slash == NULL || strchr (slash + 1, '/') == NULL;
}

guint8 *
cd_claim_own_labels (const CdClaimGatherer *gatherer, const CdDocument *document, const CdClaimLabel *labels, guint length)
{
  guint8 *own = g_new0 (guint8, length + 1);
  gboolean any = FALSE, after = FALSE;
  for (guint i = 0; i < length; i++) {
    if (!labels[i].scored) {
      after = after && !labels[i].divides;
      continue;
    }
    CdWhose whose = cd_claim_whose (gatherer, labels[i].label);
    if (whose != CD_WHOSE_OWN && labels[i].line > 0)
      whose = whose_link (gatherer, document, &labels[i]) == CD_WHOSE_OWN ? CD_WHOSE_OWN : whose;
    gboolean variant = is_variant (labels[i].label);
    own[i] = whose == CD_WHOSE_OWN || (after && variant) ? 1 : 0;
    after = own[i] || (after && variant);
    any = any || own[i];
  }
  if (any) {
    mark_siblings (gatherer, labels, length, own);
    drop_relatives (gatherer, labels, length, own);
  } else if (is_near (document))
    mark_by_form (gatherer, labels, length, own);
  for (guint i = 0; i < length; i++)
    if (own[i] && !labels[i].bold && cd_claim_is_bound (labels[i].label) && cd_claim_whose (gatherer, labels[i].label) != CD_WHOSE_OWN)
      own[i] = 0;
  return own;
}
