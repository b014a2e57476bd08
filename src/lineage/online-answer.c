/* What an answer means: tables of statuses, and the hub's JSON of a model or dataset (its HTTP API: id, private, gated, disabled, sha, cardData, siblings).
 * What comes from the network is hostile: bounded, made valid UTF-8, never believed beyond what it says of itself. */
#include "lineage/online-parts.h"
#include "work/hub.h"
#include <cjson/cJSON.h>
#include <string.h>

#define TEXT_MOST 200u
#define LISTED_MOST 32u
#define FILES_MOST 100000u

static const char *const kinds[CD_ONLINE_KINDS] = { "model", "dataset", "collection", "repository", "paper", "record", "link" };
static const char *const verdicts[CD_ONLINE_VERDICTS] = { "not-asked",   "exists",  "gated",     "private-or-gone", "moved",    "unavailable",
                                                          "unreachable", "refused", "too-large", "bad-certificate", "malformed" };

const char *
cd_online_kind_name (CdOnlineKind kind)
{
  return kinds[kind];
}

const char *
cd_online_verdict_name (CdOnlineVerdict verdict)
{
  return verdicts[verdict];
}

/* Where there was no whole answer. */
static const CdOnlineVerdict of_state[] = {
  [CD_HTTP_ANSWERED] = CD_ONLINE_EXISTS,     [CD_HTTP_UNREACHABLE] = CD_ONLINE_UNREACHABLE,         [CD_HTTP_REFUSED] = CD_ONLINE_REFUSED,
  [CD_HTTP_TOO_LARGE] = CD_ONLINE_TOO_LARGE, [CD_HTTP_BAD_CERTIFICATE] = CD_ONLINE_BAD_CERTIFICATE, [CD_HTTP_MALFORMED] = CD_ONLINE_MALFORMED,
};

/* The first row that holds the status and, where it names one, the kind. 403 is the hub's word for gated; other hosts turn away programs with it. */
static const struct {
  guint from, to;
  gboolean hub_only;
  CdOnlineVerdict verdict;
} of_status[] = {
  { 200, 299, FALSE, CD_ONLINE_EXISTS },          { 401, 401, FALSE, CD_ONLINE_PRIVATE_OR_GONE }, { 403, 403, TRUE, CD_ONLINE_GATED },
  { 403, 403, FALSE, CD_ONLINE_UNAVAILABLE },     { 404, 404, FALSE, CD_ONLINE_PRIVATE_OR_GONE }, { 410, 410, FALSE, CD_ONLINE_PRIVATE_OR_GONE },
  { 451, 451, FALSE, CD_ONLINE_PRIVATE_OR_GONE }, { 408, 408, FALSE, CD_ONLINE_UNAVAILABLE },     { 425, 425, FALSE, CD_ONLINE_UNAVAILABLE },
  { 429, 429, FALSE, CD_ONLINE_UNAVAILABLE },     { 500, 599, FALSE, CD_ONLINE_UNAVAILABLE },     { 0, 999, FALSE, CD_ONLINE_MALFORMED },
};

static gboolean
is_on_hub (const CdOnlineLink *link)
{
  return link->kind <= CD_ONLINE_COLLECTION;
}

static CdOnlineVerdict
verdict_of (const CdOnlineLink *link, const CdHttpAnswer *answer)
{
  if (answer->state != CD_HTTP_ANSWERED)
    return of_state[answer->state];
  guint row = 0;
  while (answer->status < of_status[row].from || answer->status > of_status[row].to || (of_status[row].hub_only && !is_on_hub (link)))
    row++;
  return of_status[row].verdict;
}

/* A short text in valid UTF-8; NULL for anything else. Caller frees. */
static char *
take_text (const cJSON *value)
{
  const char *text = cJSON_GetStringValue (value);
  if (text == NULL || *text == '\0')
    return NULL;
  gsize length = MIN (strlen (text), (gsize) TEXT_MOST);
  return g_utf8_make_valid (text, (gssize) length);
}

static const cJSON *
member (const cJSON *object, const char *key)
{
  return cJSON_GetObjectItemCaseSensitive (object, key);
}

/* A text or a list of texts. */
static void
take_texts (GPtrArray *texts, const cJSON *value)
{
  const cJSON *item = cJSON_IsArray (value) ? value->child : value;
  for (; item != NULL && texts->len < LISTED_MOST; item = cJSON_IsArray (value) ? item->next : NULL) {
    char *text = take_text (item);
    if (text != NULL)
      g_ptr_array_add (texts, text);
  }
}

static void
take_card (CdOnlineLink *link, const cJSON *card)
{
  if (!cJSON_IsObject (card))
    return;
  link->carded = TRUE;
  const cJSON *license = member (card, "license");
  link->license = take_text (cJSON_IsArray (license) ? license->child : license);
  take_texts (link->datasets, member (card, "datasets"));
  take_texts (link->base_models, member (card, "base_model"));
  const cJSON *index = member (card, "model-index");
  link->results = cJSON_IsArray (index) && index->child != NULL;
}

/* The tag that the hub makes of a license where the card itself is not told. */
static void
take_license_tag (CdOnlineLink *link, const cJSON *tags)
{
  static const char prefix[] = "license:";
  for (const cJSON *tag = cJSON_IsArray (tags) ? tags->child : NULL; tag != NULL && link->license == NULL; tag = tag->next) {
    g_autofree char *text = take_text (tag);
    if (text != NULL && g_str_has_prefix (text, prefix))
      link->license = g_strdup (text + sizeof prefix - 1);
  }
}

static gboolean
is_sha256 (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdefABCDEF") == 64;
}

/* Sizes of all files and digests of the large ones: without downloading any. */
static void
take_files (CdOnlineLink *link, const cJSON *files)
{
  guint count = 0;
  link->bytes = 0;
  g_clear_pointer (&link->digests, g_hash_table_unref);
  for (const cJSON *file = cJSON_IsArray (files) ? files->child : NULL; file != NULL && count < FILES_MOST; file = file->next, count++) {
    const cJSON *lfs = member (file, "lfs"), *size = member (file, "size");
    const char *digest = cJSON_GetStringValue (member (lfs, "sha256"));
    if (!cJSON_IsNumber (size))
      size = member (lfs, "size");
    if (cJSON_IsNumber (size) && size->valuedouble > 0 && size->valuedouble < 1e15)
      link->bytes += (guint64) size->valuedouble;
    if (!is_sha256 (digest))
      continue;
    if (link->digests == NULL)
      link->digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    g_hash_table_add (link->digests, g_ascii_strdown (digest, -1));
  }
}

static cJSON *
parse (const CdHttpAnswer *answer)
{
  gsize length = 0;
  const char *text = answer->body == NULL ? NULL : g_bytes_get_data (answer->body, &length);
  cJSON *root = text == NULL ? NULL : cJSON_ParseWithLength (text, length);
  if (cJSON_IsObject (root))
    return root;
  cJSON_Delete (root);
  return NULL;
}

/* The id that a thing has now; NULL where it cannot be told. Another spelling of the same letters is no move. */
static void
note_id (CdOnlineLink *link, const char *now)
{
  if (now == NULL || g_ascii_strcasecmp (now, link->id) == 0)
    return;
  link->moved_to = g_strdup (now);
  link->verdict = CD_ONLINE_MOVED;
}

static void
read_hub (CdOnlineLink *link, const cJSON *root)
{
  g_autofree char *id = take_text (member (root, link->kind == CD_ONLINE_COLLECTION ? "slug" : "id"));
  if (id == NULL) {
    link->verdict = CD_ONLINE_MALFORMED;
    return;
  }
  link->revision = take_text (member (root, "sha"));
  link->gated = take_text (member (root, "gated"));
  take_card (link, member (root, "cardData"));
  take_license_tag (link, member (root, "tags"));
  take_files (link, member (root, "siblings"));
  if (cJSON_IsTrue (member (root, "private")) || cJSON_IsTrue (member (root, "disabled")))
    link->verdict = CD_ONLINE_PRIVATE_OR_GONE;
  else if (link->gated != NULL)
    link->verdict = CD_ONLINE_GATED;
  if (link->verdict != CD_ONLINE_PRIVATE_OR_GONE && link->kind != CD_ONLINE_COLLECTION)
    note_id (link, id);
}

/* By the API with a token, else by where the page was found. */
static void
read_repository (CdOnlineLink *link, const CdHttpAnswer *answer)
{
  g_autofree char *now = NULL;
  cJSON *root = parse (answer);
  g_auto (CdHubAddress) address = { 0 };
  if (root != NULL) {
    now = take_text (member (root, "full_name"));
    const cJSON *license = member (member (root, "license"), "spdx_id");
    link->license = take_text (license);
    if (cJSON_IsTrue (member (root, "private")))
      link->verdict = CD_ONLINE_PRIVATE_OR_GONE;
  } else if (cd_hub_parse (answer->url, &address) && address.kind == CD_HUB_FORGE)
    now = g_strdup_printf ("%s/%s", address.owner, address.name);
  cJSON_Delete (root);
  if (link->verdict == CD_ONLINE_EXISTS)
    note_id (link, now);
}

void
cd_online_understand (CdOnlineLink *link, const CdHttpAnswer *answer)
{
  link->verdict = verdict_of (link, answer);
  link->status = answer->status;
  if (link->verdict != CD_ONLINE_EXISTS)
    return;
  if (link->kind == CD_ONLINE_REPOSITORY)
    read_repository (link, answer);
  if (!is_on_hub (link))
    return;
  cJSON *root = parse (answer);
  if (root == NULL)
    link->verdict = CD_ONLINE_MALFORMED;
  else
    read_hub (link, root);
  cJSON_Delete (root);
}

gboolean
cd_online_understand_revision (CdOnlineLink *link, const CdHttpAnswer *answer)
{
  CdOnlineVerdict verdict = verdict_of (link, answer);
  if (verdict == CD_ONLINE_PRIVATE_OR_GONE && answer->status == 404)
    link->revision_found = CD_ONLINE_NO;
  cJSON *root = verdict == CD_ONLINE_EXISTS ? parse (answer) : NULL;
  if (root != NULL) {
    guint64 bytes = link->bytes; /* of what is there now */
    link->revision_found = CD_ONLINE_YES;
    take_files (link, member (root, "siblings"));
    link->bytes = bytes;
  }
  cJSON_Delete (root);
  return link->revision_found != CD_ONLINE_UNTOLD;
}

void
cd_online_compare (CdOnlineLink *link)
{
  static const char prefix[] = "sha256:";
  if (link->declared_digest == NULL || link->digests == NULL)
    return;
  g_autofree char *lower = g_ascii_strdown (link->declared_digest, -1);
  const char *digest = g_str_has_prefix (lower, prefix) ? lower + sizeof prefix - 1 : lower;
  if (is_sha256 (digest))
    link->digest_found = g_hash_table_contains (link->digests, digest) ? CD_ONLINE_YES : CD_ONLINE_NO;
}
