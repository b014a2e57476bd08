/* Which links of a work are asked about when the user allows it, and what the answers mean: models, datasets and collections of the Hugging Face Hub,
 * repositories of GitHub, papers of arXiv, records of Zenodo. Facts beside the audit: no verdict of a rubric draws on them. */
#pragma once
#include "manifest/manifest.h"
#include "net/http.h"
#include "work/work.h"

typedef enum {
  CD_ONLINE_MODEL,
  CD_ONLINE_DATASET,
  CD_ONLINE_COLLECTION,
  CD_ONLINE_REPOSITORY,
  CD_ONLINE_PAPER,
  CD_ONLINE_RECORD,
  CD_ONLINE_OTHER, /* on a host that is not asked */
  CD_ONLINE_KINDS
} CdOnlineKind;
const char *cd_online_kind_name (CdOnlineKind kind); /* "model", "dataset" … "link"; static */

typedef enum {
  CD_ONLINE_NOT_ASKED, /* an unknown host, or beyond CD_LIMIT_LINKS_ASKED */
  CD_ONLINE_EXISTS,
  CD_ONLINE_GATED,           /* there, for those who agree to terms or ask */
  CD_ONLINE_PRIVATE_OR_GONE, /* not shown to us; servers give the same answer for both */
  CD_ONLINE_MOVED,           /* there, under another name */
  CD_ONLINE_UNAVAILABLE,     /* the server could not tell now: 429, 5xx */
  CD_ONLINE_UNREACHABLE,     /* no whole answer in time */
  CD_ONLINE_REFUSED,         /* not asked there: a private address, or no https */
  CD_ONLINE_TOO_LARGE,
  CD_ONLINE_BAD_CERTIFICATE,
  CD_ONLINE_MALFORMED, /* an answer that is none */
  CD_ONLINE_VERDICTS
} CdOnlineVerdict;
const char *cd_online_verdict_name (CdOnlineVerdict verdict); /* "exists", "private-or-gone" … static */

typedef enum { CD_ONLINE_UNTOLD, CD_ONLINE_NO, CD_ONLINE_YES } CdOnlineAgrees;

typedef struct {
  CdOnlineKind kind;
  char *id;                                  /* "owner/name", arXiv id, record number; else the URL */
  gboolean named;                            /* the work names the id without a link: what it is of is a guess, and that it is on the hub at all */
  char *url;                                 /* as asked; NULL not asked */
  GArray *places;                            /* CdPlace, sorted; at most 8 */
  char *declared_revision, *declared_digest; /* of the manifest; NULL none */

  CdOnlineVerdict verdict;
  guint status;   /* of the last answer; 0 none */
  char *moved_to; /* the new id; NULL not moved */
  /* What the hub tells; NULL, 0 or FALSE where it does not. */
  char *revision, *license;
  char *gated;                       /* "auto" or "manual" */
  gboolean carded;                   /* it has a card, of which: */
  GPtrArray *datasets, *base_models; /* char* */
  gboolean results;                  /* its card has a model-index */
  guint64 bytes;                     /* of all files */
  GHashTable *digests;               /* SHA-256 of its large files; NULL none told */
  CdOnlineAgrees revision_found, digest_found;
} CdOnlineLink;

typedef struct {
  GPtrArray *links; /* CdOnlineLink*, sorted by kind and id */
  guint asked;
} CdOnline;

typedef struct {
  CdHttpOptions http;
  const char *hub;          /* NULL or "": https://huggingface.co */
  const char *hub_token;    /* NULL none */
  const char *github_token; /* NULL none: repositories are looked up by their page */
} CdOnlineOptions;

/* Ask about the links of a work: its artefacts, links of its own documents, what its manifest (NULL none) declares. NULL with the errors of
 * cd_http_ask, or with CD_ERROR_USAGE where the hub's address holds a password. */
CdOnline *cd_online_ask (const CdWork *work, const CdCorpus *corpus, const CdScope *scope, const CdManifest *manifest, const CdOnlineOptions *options,
                         GError **error);
void cd_online_free (CdOnline *online);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CdOnline, cd_online_free)
