/* Names of models and datasets in running text: the longest one at each place, by the knowledge files and, for models that nobody listed yet, by their
 * family's stem and the parts that tell versions apart (rubrics/lineage/names.yaml). What is said of them is left to statements.h and calls.h. */
#pragma once
#include "lineage/knowledge.h"

typedef enum {
  CD_MENTION_MODEL,
  CD_MENTION_DATASET,
  CD_MENTION_UNNAMED, /* "a stronger model", "LLMs": set by statements.c */
} CdMentionKind;

typedef struct {
  CdMentionKind kind;
  guint32 start, end;   /* bytes of the text, the owner of a hub id included */
  guint32 over;         /* end of what is joined to it: "GPT-4o-generated" */
  gint known;           /* index into knowledge, -1: by its family only */
  const char *name;     /* as the knowledge calls it, else as written without an owner; owned by the names */
  const char *provider; /* NULL unknown; owned by the knowledge */
  gboolean made;        /* followed by "-generated", "-distilled" … */
  gboolean alike;       /* followed by "-like", "-level" …: something else is meant */
  gboolean weak;        /* too bare for a model's name unless the sentence is strong: "Claude", "o1" */
  gboolean derived;     /* part of another name: "Nearly-o1", "Qwen2.5-7B-Something" */
} CdMention;

typedef struct _CdNames CdNames;
/* knowledge is borrowed and must outlive the names. CD_ERROR_INPUT with its place for a malformed file. */
CdNames *cd_names_new (const CdData *data, const CdKnowledge *knowledge, GError **error);
void cd_names_free (CdNames *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdNames, cd_names_free)
const CdKnowledge *cd_names_knowledge (const CdNames *names);
/* The one copy of text that the names keep. Thread-safe. */
const char *cd_names_keep (const CdNames *names, const char *text);
/* Every name in text, in order, not overlapping. Caller unrefs. */
GArray *cd_names_find (const CdNames *names, const char *text, gsize length);
/* TRUE where text as a whole, a hub owner or date aside, is a model's name; fills mention. For literals of code and values of settings. */
gboolean cd_names_is_model (const CdNames *names, const char *text, CdMention *mention);
/* The key under which spellings and dated snapshots of one model meet, "openai/gpt-4o-2024-08-06" and "GPT-4o", "Claude Sonnet 4" and
 * "claude-4-sonnet". Caller frees. */
char *cd_names_key (const char *name);
