/* The steps of a network check: which links there are, and what an answer tells. For lineage/ only. */
#pragma once
#include "lineage/online.h"

/* online-links.c */
/* Every link of the work once, sorted by kind and id, verdicts CD_ONLINE_NOT_ASKED. Caller unrefs. */
GPtrArray *cd_online_links (const CdWork *work, const CdCorpus *corpus, const CdScope *scope, const CdManifest *manifest);
/* The places of from into link, in order, the first 8. */
void cd_online_add_places (CdOnlineLink *link, const GArray *from);

/* online-answer.c */
/* Read an answer to the question what link is: sets verdict and facts. */
void cd_online_understand (CdOnlineLink *link, const CdHttpAnswer *answer);
/* Read an answer to the question whether its declared revision is there. TRUE where it tells. */
gboolean cd_online_understand_revision (CdOnlineLink *link, const CdHttpAnswer *answer);
/* Compare the declared digest with those of the files that the hub listed. */
void cd_online_compare (CdOnlineLink *link);
