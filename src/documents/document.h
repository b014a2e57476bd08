/* A blob understood as what it is. One struct for every kind: a parser fills the parts that its kind has.
 * Ownership: a CdDocument owns everything it points to and is immutable after cd_document_parse; safe to share between threads and, by reference,
 * between the corpora of several commits.
 * Places: every part keeps its 1-based line in the file as a reader opens it (PDF and notebook: the line of the extracted text). */
#pragma once
#include "base/text.h"
#include "git/snapshot.h"

typedef enum {
  CD_DOCUMENT_MARKDOWN,
  CD_DOCUMENT_LATEX,
  CD_DOCUMENT_RST,
  CD_DOCUMENT_TEXT,
  CD_DOCUMENT_HTML,
  CD_DOCUMENT_PDF,
  CD_DOCUMENT_NOTEBOOK,
  CD_DOCUMENT_SHELL,
  CD_DOCUMENT_PYTHON,
  CD_DOCUMENT_CODE, /* code: any other language, line-wise */
  CD_DOCUMENT_YAML,
  CD_DOCUMENT_JSON,
  CD_DOCUMENT_TOML,
  CD_DOCUMENT_INI,
  CD_DOCUMENT_DEPENDENCIES, /* requirements*.txt, environment.yml, lock files … */
  CD_DOCUMENT_DATA,         /* JSON of records, JSONL, CSV, TSV, parquet … */
  CD_DOCUMENT_BIBTEX,
  CD_DOCUMENT_LICENSE,
  CD_DOCUMENT_IMAGE,
  CD_DOCUMENT_BINARY,
} CdDocumentKind;
const char *cd_document_kind_name (CdDocumentKind kind); /* "markdown", "pdf" … */

/* What a passage is: the places that a signal's `where` names. */
typedef enum {
  CD_PASSAGE_HEADING,
  CD_PASSAGE_PROSE,   /* prose: one sentence of a paragraph or list item */
  CD_PASSAGE_TABLE,   /* one row */
  CD_PASSAGE_CAPTION, /* image alt text, figure and table captions */
  CD_PASSAGE_COMMAND, /* one logical command of a shell script or fenced shell block, continuations joined */
  CD_PASSAGE_CODE,    /* a line of code, or a line of a fenced block that is no command */
  CD_PASSAGE_COMMENT, /* comment or docstring in code, configuration or script */
  CD_PASSAGE_CONFIG,  /* a line of configuration, front matter included */
  CD_PASSAGE_DATA,    /* a line of data (only the bounded head) */
  CD_PASSAGE_BIBTEX,  /* a line of a bibliography entry, in a .bib file or a fence */
  CD_PASSAGE_KINDS
} CdPassageKind;
const char *cd_passage_kind_name (CdPassageKind kind); /* "heading", "prose", "table" … as in signal files */

/* What a passage's wording says about itself; set by signals/context.c, zero after parsing. */
typedef enum {
  CD_CONTEXT_PLAN = 1 << 0,        /* will be released, coming soon, TODO, unticked box */
  CD_CONTEXT_NEGATED = 1 << 1,     /* "no", "without", "not use" … in the sentence */
  CD_CONTEXT_RELATED = 1 << 2,     /* related work, acknowledgements, citation section, other people's */
  CD_CONTEXT_DEMO = 1 << 3,        /* demo transcripts, case studies, prompt examples */
  CD_CONTEXT_BOILERPLATE = 1 << 4, /* licence, contributing, star history, badges */
  CD_CONTEXT_EVALUATION = 1 << 5,  /* under a heading about evaluation, results, benchmarks, inference */
  CD_CONTEXT_TRAINING = 1 << 6,    /* under a heading about training */
  CD_CONTEXT_DATASET = 1 << 7,     /* under a heading about data */
  CD_CONTEXT_INSTALL = 1 << 8,     /* under a heading about installation, set-up, quick start */
  CD_CONTEXT_COMPARISON = 1 << 9,  /* unlike, compared with, baseline, outperforms, previous work … in the sentence */
  CD_CONTEXT_QUOTED = 1 << 10,     /* block quote */
  CD_CONTEXT_NEWS = 1 << 11,       /* under a heading News, Updates, Changelog */
} CdContext;

typedef struct {
  guint32 start, end; /* bytes of document->text */
  guint32 line, end_line;
  gint32 section;    /* index into sections, -1 before the first heading */
  guint32 paragraph; /* passages of one paragraph, list, table, code block or function body share it */
  CdPassageKind kind;
  guint flags; /* CdContext */
} CdPassage;

typedef struct {
  char *title;   /* markup removed */
  guint level;   /* 1 is the title */
  gint32 parent; /* index of the enclosing section, -1 none */
  guint32 line;
  guint flags; /* CdContext, inherited from parents; set by signals/context.c */
} CdSection;

typedef struct {
  char *target; /* as written: URL, relative path, "mailto:…" */
  char *text;   /* link text or alt text, markup removed */
  guint32 line;
  gint32 section;
  gboolean image;
  gboolean bare; /* an autolink or a URL in code or comments */
} CdLink;

typedef struct {
  char *text;
  gboolean bold;
  gboolean heading;
  guint32 line;
} CdCell; /* markup removed; spans repeated */
typedef struct {
  GPtrArray *rows; /* GPtrArray of CdCell*; rows are padded to one length */
  guint header_rows;
  char *caption; /* the table's caption or, if none, the paragraph before it; may be NULL */
  guint32 line, end_line;
  gint32 section;
} CdTable;

typedef struct {
  char **argv;            /* words after quoting, variables of the same script substituted where known; NULL-terminated */
  char *text;             /* the logical line, one line, variables as written */
  guint32 line, end_line; /* the launcher's line */
  gint32 section;
  char **environment; /* NAME=value before the command */
  char *directory;    /* effect of earlier `cd`s in the same block or script, relative; NULL unknown or none */
  char *language;     /* the fence's tag, "" for none; NULL in a script */
  gboolean commented; /* the command stands in a comment */
} CdCommand;

/* A value under a name: configuration key, front matter, argparse or dataclass default, shell assignment, Python constant or keyword argument of a call. */
typedef enum { CD_SETTING_CONFIG, CD_SETTING_FRONT_MATTER, CD_SETTING_OPTION_DEFAULT, CD_SETTING_ASSIGNMENT, CD_SETTING_ARGUMENT } CdSettingKind;
typedef struct {
  char *key;   /* dotted path; for an argument "callee.keyword"; options without dashes */
  char *value; /* text; strings unquoted; "" for null */
  guint32 line;
  CdSettingKind kind;
} CdSetting;

typedef struct {
  char *module;
  guint32 line;
  gboolean relative;
} CdImport; /* "a.b.c"; relative ones resolved to the package path with '/' */
typedef struct {
  char *name;
  guint32 line;
  char *version;
} CdDependency; /* version as written, "" for none */

typedef struct {
  char **fields; /* names of the records' fields in order of first sight; NULL-terminated */
  gint64 rows;   /* records; exact where rows_exact, else those seen in the bounded head */
  gboolean rows_exact;
  gint64 malformed; /* unparsable records seen */
} CdDataShape;

typedef struct {
  gint references; /* atomic */
  char *path;
  CdOid oid;
  CdDocumentKind kind;
  const char *language; /* static: "python", "c++", "bash", "yaml" …; "" unknown */
  gint64 size;
  GBytes *source;   /* what text points into; may be the blob's bytes */
  const char *text; /* what is scanned: the blob's text, or the text extracted from a PDF or notebook; "" when there is none */
  gsize length;
  CdLines *lines;
  GArray *passages;    /* CdPassage, sorted by start, not overlapping; text outside all passages is not shown to a reader (HTML comments, markup) */
  GPtrArray *sections; /* CdSection* */
  GPtrArray *links;    /* CdLink* */
  GPtrArray *tables;   /* CdTable* */
  GPtrArray *commands; /* CdCommand* */
  GPtrArray *settings; /* CdSetting* */
  GPtrArray *imports;  /* CdImport* */
  GPtrArray *dependencies;  /* CdDependency* */
  CdDataShape *data;        /* NULL unless records */
  char *unread;             /* why (part of) it was not examined; NULL when all of it was */
  GPtrArray *placed_tables; /* CdTable*: of a paper, read from the places of its words (documents/pdf-tables.h); NULL where that was not done */
} CdDocument;

/* A new document with empty arrays; oid and path copied, lines of text made. source is kept by reference. For parsers. */
CdDocument *cd_document_new (const char *path, const CdOid *oid, CdDocumentKind kind, GBytes *source);
CdDocument *cd_document_ref (CdDocument *document);
/* Gives up a reference; the last one frees. */
void cd_document_free (CdDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdDocument, cd_document_free)

/* What a file is, from its path and first bytes. */
CdDocumentKind cd_document_classify (const char *path, const char *head, gsize length, const char **language);
/* TRUE where a path's extension tells that the bytes hold nothing to read; *why says so for not_examined, or is NULL where nobody would
 * look for words there (images, weights, fonts). classify.c. */
gboolean cd_document_is_opaque (const char *path, const char **why);

typedef struct {
  const char *cache; /* directory for extracted PDF text, NULL for none */
  gboolean keep_pdf; /* FALSE: do not start pdftotext (PDFs are reported as not examined) */
  gboolean tables;   /* read the tables of papers too: placed_tables */
} CdDocumentOptions;

/* Understand one blob. Never fails: what cannot be parsed becomes plain text, or unread says why. Never returns NULL. */
CdDocument *cd_document_parse (const CdEntry *entry, const CdBlob *blob, const CdDocumentOptions *options);

/* The passage that holds the byte at offset, or NULL. Borrowed. */
CdPassage *cd_document_passage_at (const CdDocument *document, gsize offset);
/* The last passage that has a part on a 1-based line, or NULL. Borrowed. */
const CdPassage *cd_document_passage_on (const CdDocument *document, guint line);
/* Titles from the outermost section to the given one joined by " / "; "" for -1. Caller frees. */
char *cd_document_section_path (const CdDocument *document, gint32 section);
/* A copy of a passage's text, white space collapsed. Caller frees. */
char *cd_document_passage_text (const CdDocument *document, const CdPassage *passage);
