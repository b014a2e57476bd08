/* A model or dataset of the knowledge files, explained with its descent. */
#pragma once
#include "lineage/knowledge.h"
#include "report/page.h"

/* Puts every entry that is called name (a model and a dataset may share one) on the page; another: something stands there already. Returns how many. */
guint cd_explain_known (CdPage *page, gboolean another, const CdKnowledge *knowledge, const char *name);
