/* Bounds on what one audit reads. A file over a bound is reported as not examined, never skipped in silence. */
#pragma once

#define CD_LIMIT_BLOB_BYTES (16u * 1024u * 1024u) /* a text blob larger than this is not read */
#define CD_LIMIT_PDF_BYTES (64u * 1024u * 1024u)
#define CD_LIMIT_DATA_HEAD_BYTES (4u * 1024u * 1024u) /* of a data file, this much is parsed for fields and rows */
#define CD_LIMIT_LINE_BYTES (1u * 1024u * 1024u)
#define CD_LIMIT_TREE_DEPTH 512u
#define CD_LIMIT_ENTRIES 400000u
#define CD_LIMIT_YAML_DEPTH 64u
#define CD_LIMIT_YAML_NODES 200000u
#define CD_LIMIT_HITS_PER_SIGNAL_AND_BLOB 64u
#define CD_LIMIT_PDF_SECONDS 20u
#define CD_LIMIT_LINKS_ASKED 1000u /* links of a work that a network check asks about */
