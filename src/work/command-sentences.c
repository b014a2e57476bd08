/* Sentences of the work's documents that tell to edit or to bring something, by fixed words of English and Chinese. */
#include "work/command-sentences.h"
#include "work/command-tree.h"
#include <string.h>

#define SENTENCES_MOST 400u
#define SENTENCE_BYTES 600u
#define SUPPLY_BYTES 120u /* between a verb and the file that it brings */

struct _CdCommandSentences {
  const CdCorpus *corpus;
  GPtrArray *edits, *supplies; /* Sentence* */
};

gboolean
cd_text_tells_to_edit (const char *sentence)
{
  static const char *const verbs[] = { "modify",
                                       "edit ",
                                       "replace",
                                       "set the",
                                       "set your",
                                       "set `",
                                       "set up the path",
                                       "configure",
                                       "fill",
                                       "change ",
                                       "update ",
                                       "adjust",
                                       "specify",
                                       "write the path",
                                       "customi",
                                       "provide the path",
                                       "need to set",
                                       "remember to",
                                       "correct path",
                                       "修改",
                                       "替换",
                                       "设置",
                                       "填写",
                                       "更改",
                                       "配置" };
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strstr (sentence, verbs[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Where a sentence tells the reader to bring a file: "move x.py to …", "download y.yaml". NULL nowhere. */
static const char *
tells_to_supply (const char *sentence)
{
  static const char *const verbs[] = { "move ", "copy ", "place ", "put ", "create ", "save ", "download", "rename ",
                                       "移动",  "复制",  "放到",   "放入", "创建",    "新建",  "保存",     "下载" };
  const char *first = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++) {
    const char *found = strstr (sentence, verbs[i]);
    first = found != NULL && (first == NULL || found < first) ? found : first;
  }
  return first;
}

typedef struct {
  char *folder; /* of the document; "" for the root */
  char *text;   /* in lower case */
} Sentence;

static Sentence *
sentence_new (const char *path, char *text)
{
  const char *slash = strrchr (path, '/');
  Sentence *sentence = g_new0 (Sentence, 1);
  sentence->folder = g_strndup (path, slash != NULL ? (gsize) (slash - path) : 0);
  sentence->text = text;
  return sentence;
}

static void
sentence_free (gpointer data)
{
  g_free (((Sentence *) data)->folder);
  g_free (((Sentence *) data)->text);
  g_free (data);
}

CdCommandSentences *
cd_command_sentences_new (const CdCorpus *corpus)
{
  CdCommandSentences *sentences = g_new0 (CdCommandSentences, 1);
  sentences->corpus = corpus;
  sentences->edits = g_ptr_array_new_with_free_func (sentence_free);
  sentences->supplies = g_ptr_array_new_with_free_func (sentence_free);
  return sentences;
}

void
cd_command_sentences_free (CdCommandSentences *sentences)
{
  if (sentences == NULL)
    return;
  g_ptr_array_unref (sentences->edits);
  g_ptr_array_unref (sentences->supplies);
  g_free (sentences);
}

void
cd_command_sentences_add (CdCommandSentences *sentences, const CdDocument *document)
{
  for (guint i = 0; i < document->passages->len && sentences->edits->len < SENTENCES_MOST; i++) {
    const CdPassage *passage = &g_array_index (document->passages, CdPassage, i);
    if ((passage->kind != CD_PASSAGE_PROSE && passage->kind != CD_PASSAGE_COMMENT) || passage->end - passage->start > SENTENCE_BYTES)
      continue;
    g_autofree char *text = g_ascii_strdown (document->text + passage->start, (gssize) (passage->end - passage->start));
    gboolean supplied = tells_to_supply (text) != NULL && sentences->supplies->len < SENTENCES_MOST;
    if (supplied)
      g_ptr_array_add (sentences->supplies, sentence_new (document->path, g_strdup (text)));
    if (cd_text_tells_to_edit (text))
      g_ptr_array_add (sentences->edits, sentence_new (document->path, g_steal_pointer (&text)));
  }
}

/* What is to be edited is where something lies, not how many devices to take. */
static gboolean
speaks_of_values (const char *sentence)
{
  static const char *const words[]
      = { "path",   "model",    "data",      "variable", "config", "director", "checkpoint", "folder", "environment", "setup",
          "script", "argument", "parameter", "路径",     "模型",   "数据",     "变量",       "参数",   "配置" };
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (sentence, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Of files called alike, a sentence means the one beside it. */
static gboolean
means_another (const CdCommandSentences *sentences, const Sentence *sentence, const char *path, const char *base)
{
  g_autofree char *beside = cd_command_path_join (sentence->folder, base);
  return strchr (path, '/') != NULL && beside != NULL && strcmp (beside, path) != 0 && cd_corpus_find (sentences->corpus, beside) != NULL
         && cd_corpus_find (sentences->corpus, path) != NULL;
}

gboolean
cd_command_sentences_tell (const CdCommandSentences *sentences, const char *name)
{
  g_autofree char *base = g_path_get_basename (name);
  g_autofree char *lower = g_ascii_strdown (base, -1);
  for (guint i = 0; i < sentences->edits->len && strlen (lower) >= 4; i++) {
    const Sentence *sentence = sentences->edits->pdata[i];
    if (strstr (sentence->text, lower) != NULL && speaks_of_values (sentence->text) && !means_another (sentences, sentence, name, base))
      return TRUE;
  }
  return FALSE;
}

/* Between the verb and the name nothing starts a run: "to create it run x.py" brings no x.py. */
static gboolean
supplies (const char *sentence, const char *base)
{
  const char *verb = tells_to_supply (sentence), *name = verb != NULL ? strstr (verb, base) : NULL;
  if (name == NULL || name - verb > (gssize) SUPPLY_BYTES)
    return FALSE;
  g_autofree char *between = g_strndup (verb, (gsize) (name - verb));
  static const char *const runs[] = { "run", "using", "with ", "execut", "python", "bash", "运行", "使用" };
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    if (strstr (between, runs[i]) != NULL)
      return FALSE;
  return TRUE;
}

gboolean
cd_command_sentences_supply (const CdCommandSentences *sentences, const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *lower = g_ascii_strdown (base, -1);
  for (guint i = 0; i < sentences->supplies->len && strlen (lower) >= 4; i++)
    if (supplies (((const Sentence *) sentences->supplies->pdata[i])->text, lower))
      return TRUE;
  return FALSE;
}
