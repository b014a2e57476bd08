/* What the work's instructions lead to: from its own documents along commands, links and named paths to scripts, configurations and
 * imported modules. Sets reached, and turns a copied folder's files into called ones where the work itself names them. For scope/ only. */
#pragma once
#include "scope/paths.h"
#include "scope/upstream.h"

/* By document: files, whose owners are set before; differs, 1 for those of a copied folder that are not the framework's although its version
 * is known: what the work's own code imports of them is the work's. */
void cd_reach_follow (const CdCorpus *corpus, const CdUpstream *upstream, const CdPathIndex *index, const guint8 *differs, CdFileScope *files);
