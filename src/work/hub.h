/* Addresses of published things: model and dataset hubs, forges, papers. Reading of URLs only; nothing is fetched. */
#pragma once
#include <glib.h>

typedef enum {
  CD_HUB_NONE,
  CD_HUB_MODEL,
  CD_HUB_DATASET,
  CD_HUB_SPACE,
  CD_HUB_COLLECTION,
  CD_HUB_OWNER,
  CD_HUB_FORGE,
  CD_HUB_PAPER,
  CD_HUB_FILE_SHARE
} CdHubKind;

typedef struct {
  CdHubKind kind;
  char *owner, *name; /* hub and forge: as written; paper: name is the arXiv id or DOI, owner NULL */
} CdHubAddress;
void cd_hub_address_clear (CdHubAddress *address);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CdHubAddress, cd_hub_address_clear)

/* What url addresses. FALSE (kind CD_HUB_NONE) for anything unknown. Understands huggingface.co, hf.co, hf-mirror.com, modelscope.cn/.ai,
 * wisemodel.cn, github.com, gitlab.com, arxiv.org, alphaxiv, openreview.net, aclanthology.org, doi.org, huggingface.co/papers, and file shares. */
gboolean cd_hub_parse (const char *url, CdHubAddress *address);
/* TRUE where text has the form of a hub id "owner/name" and is no path: two parts of hub characters, no file extension of code or data. */
gboolean cd_hub_is_id (const char *text);
