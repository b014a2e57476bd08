/* What the documents tell the reader to do before a command: edit a file or variable, bring a file. For work/ only. */
#pragma once
#include "documents/corpus.h"

typedef struct _CdCommandSentences CdCommandSentences;

/* corpus is borrowed. */
CdCommandSentences *cd_command_sentences_new (const CdCorpus *corpus);
void cd_command_sentences_free (CdCommandSentences *sentences);
/* Keeps the document's sentences that tell something. */
void cd_command_sentences_add (CdCommandSentences *sentences, const CdDocument *document);
/* TRUE where a sentence says that name (a file's path, or a variable's name) is to be edited or set. */
gboolean cd_command_sentences_tell (const CdCommandSentences *sentences, const char *name);
/* TRUE where a sentence tells to move, copy, create, download or save a file called like path. */
gboolean cd_command_sentences_supply (const CdCommandSentences *sentences, const char *path);
/* TRUE where a sentence in lower case tells to edit, set or fill something. */
gboolean cd_text_tells_to_edit (const char *sentence);
