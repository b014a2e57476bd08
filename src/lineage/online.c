/* Asks about the links of a work in rounds: what each is; what a refused token or a wrong guess may have hidden; whether declared revisions are there.
 * Each round sees all answers of the one before, so that the outcome does not depend on their order. */
#include "lineage/online.h"
#include "base/limits.h"
#include "lineage/online-parts.h"
#include <string.h>

#define HUB "https://huggingface.co"

typedef gboolean (*Understand) (CdOnlineLink *link, const CdHttpAnswer *answer);

/* Questions of one round, and the link that each is about. */
typedef struct {
  GArray *requests; /* CdHttpRequest */
  GPtrArray *links; /* CdOnlineLink*, beside the requests; borrowed */
  GPtrArray *urls;  /* owned */
  Understand understand;
} Round;

static void
round_init (Round *round, Understand understand)
{
  *round = (Round){ g_array_new (FALSE, FALSE, sizeof (CdHttpRequest)), g_ptr_array_new (), g_ptr_array_new_with_free_func (g_free), understand };
}

static void
round_clear (Round *round)
{
  g_array_unref (round->requests);
  g_ptr_array_unref (round->links);
  g_ptr_array_unref (round->urls);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Round, round_clear)

/* Takes url. */
static void
add_question (Round *round, CdOnlineLink *link, char *url, const char *token, gboolean head)
{
  g_ptr_array_add (round->urls, url);
  g_ptr_array_add (round->links, link);
  CdHttpRequest request = { .url = url, .token = token, .head = head };
  g_array_append_val (round->requests, request);
}

static gboolean
take_answer (guint index, const CdHttpAnswer *answer, gpointer target)
{
  Round *round = target;
  return round->understand (round->links->pdata[index], answer);
}

static gboolean
ask (Round *round, const CdOnlineOptions *options, GError **error)
{
  const CdHttpRequest *requests = (const CdHttpRequest *) (void *) round->requests->data;
  return round->requests->len == 0 || cd_http_ask (&options->http, requests, round->requests->len, take_answer, round, error);
}

static const char *
given (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

/* Where a thing of the hub is described; its files' sizes and digests with it. Caller frees. */
static char *
hub_url (const CdOnlineOptions *options, CdOnlineKind kind, const char *id, const char *revision)
{
  static const char *const folders[] = { [CD_ONLINE_MODEL] = "models", [CD_ONLINE_DATASET] = "datasets", [CD_ONLINE_COLLECTION] = "collections" };
  g_autofree char *hub = g_strdup (given (options->hub) ? options->hub : HUB);
  while (g_str_has_suffix (hub, "/"))
    hub[strlen (hub) - 1] = '\0';
  g_autofree char *escaped = revision == NULL ? NULL : g_uri_escape_string (revision, NULL, FALSE);
  return g_strconcat (hub, "/api/", folders[kind], "/", id, escaped ? "/revision/" : "", escaped ? escaped : "",
                      kind == CD_ONLINE_COLLECTION ? "" : "?blobs=true", NULL);
}

/* The question what a link is; with FALSE for tokens, as a stranger. */
static void
add_main_question (Round *round, const CdOnlineOptions *options, CdOnlineLink *link, gboolean tokens)
{
  const char *hub_token = tokens ? given (options->hub_token) : NULL, *github_token = tokens ? given (options->github_token) : NULL;
  const char *token = NULL;
  char *url = NULL;
  switch (link->kind) {
    case CD_ONLINE_MODEL:
    case CD_ONLINE_DATASET:
    case CD_ONLINE_COLLECTION:
      url = hub_url (options, link->kind, link->id, NULL);
      token = hub_token;
      break;
    case CD_ONLINE_REPOSITORY:
      url = g_strconcat (github_token ? "https://api.github.com/repos/" : "https://github.com/", link->id, NULL);
      token = github_token;
      break;
    case CD_ONLINE_PAPER:
      url = g_strconcat ("https://arxiv.org/abs/", link->id, NULL);
      break;
    case CD_ONLINE_RECORD:
      url = g_strconcat ("https://zenodo.org/records/", link->id, NULL);
      break;
    default:
      return;
  }
  g_free (link->url);
  link->url = g_strdup (url);
  add_question (round, link, url, token, link->kind > CD_ONLINE_COLLECTION && token == NULL);
}

/* --- the rounds --- */

static gboolean
is_told (const CdOnlineLink *link)
{
  return link->verdict == CD_ONLINE_EXISTS || link->verdict == CD_ONLINE_GATED || link->verdict == CD_ONLINE_MOVED
         || link->verdict == CD_ONLINE_PRIVATE_OR_GONE;
}

static gboolean
take_main (CdOnlineLink *link, const CdHttpAnswer *answer)
{
  cd_online_understand (link, answer);
  return is_told (link);
}

static gboolean
ask_all (CdOnline *online, CdOnlineOptions *options, GError **error)
{
  g_auto (Round) round;
  round_init (&round, take_main);
  for (guint i = 0; i < online->links->len && round.requests->len < CD_LIMIT_LINKS_ASKED; i++)
    add_main_question (&round, options, online->links->pdata[i], TRUE);
  online->asked = round.requests->len;
  return ask (&round, options, error);
}

/* Servers answer 401 to a token that has run out, whatever is asked: one that a stranger does not need is not used again. */
static gboolean
ask_as_stranger (CdOnline *online, CdOnlineOptions *options, GError **error)
{
  g_auto (Round) round;
  round_init (&round, take_main);
  for (guint i = 0; i < online->links->len; i++) {
    CdOnlineLink *link = online->links->pdata[i];
    const char *token = link->kind <= CD_ONLINE_COLLECTION ? options->hub_token : link->kind == CD_ONLINE_REPOSITORY ? options->github_token : NULL;
    if (given (token) != NULL && link->status == 401)
      add_main_question (&round, options, link, FALSE);
  }
  if (!ask (&round, options, error))
    return FALSE;
  for (guint i = 0; i < round.links->len; i++) {
    const CdOnlineLink *link = round.links->pdata[i];
    if (link->kind <= CD_ONLINE_COLLECTION && link->status >= 200 && link->status < 300)
      options->hub_token = NULL;
  }
  return TRUE;
}

static gboolean
take_other (CdOnlineLink *link, const CdHttpAnswer *answer)
{
  CdOnlineLink asked = *link;
  asked.kind = link->kind == CD_ONLINE_MODEL ? CD_ONLINE_DATASET : CD_ONLINE_MODEL;
  cd_online_understand (&asked, answer);
  gboolean told = is_told (&asked);
  if (told && answer->status < 300)
    *link = asked;
  return told;
}

static CdOnlineLink *
find (const CdOnline *online, CdOnlineKind kind, const char *id)
{
  for (guint i = 0; i < online->links->len; i++) {
    CdOnlineLink *link = online->links->pdata[i];
    if (link->kind == kind && g_ascii_strcasecmp (link->id, id) == 0)
      return link;
  }
  return NULL;
}

/* An id without a link may be a model or a dataset: one that the hub does not show as the one is asked for as the other. */
static gboolean
ask_as_other (CdOnline *online, CdOnlineOptions *options, GError **error)
{
  g_auto (Round) round;
  round_init (&round, take_other);
  for (guint i = 0; i < online->links->len; i++) {
    CdOnlineLink *link = online->links->pdata[i];
    if (!link->named || link->verdict != CD_ONLINE_PRIVATE_OR_GONE || link->status < 300 || link->kind > CD_ONLINE_DATASET)
      continue;
    CdOnlineKind kind = link->kind == CD_ONLINE_MODEL ? CD_ONLINE_DATASET : CD_ONLINE_MODEL;
    CdOnlineLink *other = find (online, kind, link->id);
    if (other == NULL) {
      add_question (&round, link, hub_url (options, kind, link->id, NULL), given (options->hub_token), FALSE);
      continue;
    }
    cd_online_add_places (other, link->places); /* it is in the list as what it is */
    g_ptr_array_remove_index (online->links, i--);
  }
  if (!ask (&round, options, error))
    return FALSE;
  for (guint i = 0; i < round.links->len; i++) {
    CdOnlineLink *link = round.links->pdata[i];
    g_free (link->url);
    link->url = hub_url (options, link->kind, link->id, NULL);
  }
  return TRUE;
}

static gboolean
ask_for_revisions (CdOnline *online, CdOnlineOptions *options, GError **error)
{
  g_auto (Round) round;
  round_init (&round, cd_online_understand_revision);
  for (guint i = 0; i < online->links->len; i++) {
    CdOnlineLink *link = online->links->pdata[i];
    gboolean there = link->verdict == CD_ONLINE_EXISTS || link->verdict == CD_ONLINE_GATED || link->verdict == CD_ONLINE_MOVED;
    if (!there || link->kind > CD_ONLINE_DATASET || given (link->declared_revision) == NULL)
      continue;
    if (g_strcmp0 (link->declared_revision, link->revision) == 0)
      link->revision_found = CD_ONLINE_YES;
    else
      add_question (&round, link, hub_url (options, link->kind, link->id, link->declared_revision), given (options->hub_token), FALSE);
  }
  return ask (&round, options, error);
}

static gint
compare_links (gconstpointer a, gconstpointer b)
{
  const CdOnlineLink *x = *(CdOnlineLink *const *) a, *y = *(CdOnlineLink *const *) b;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  return strcmp (x->id, y->id);
}

CdOnline *
cd_online_ask (const CdWork *work, const CdCorpus *corpus, const CdScope *scope, const CdManifest *manifest, const CdOnlineOptions *options,
               GError **error)
{
  static gboolean (*const rounds[]) (CdOnline *, CdOnlineOptions *, GError **) = { ask_all, ask_as_stranger, ask_as_other, ask_for_revisions };
  CdOnlineOptions now = *options;
  if (options->hub != NULL && strchr (options->hub, '@') != NULL) {
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "HF_ENDPOINT holds a password, which reports would show; use HF_TOKEN");
    return NULL;
  }
  g_autoptr (CdOnline) online = g_new0 (CdOnline, 1);
  online->links = cd_online_links (work, corpus, scope, manifest);
  for (guint i = 0; i < G_N_ELEMENTS (rounds); i++)
    if (!rounds[i](online, &now, error))
      return NULL;
  for (guint i = 0; i < online->links->len; i++)
    cd_online_compare (online->links->pdata[i]);
  g_ptr_array_sort (online->links, compare_links); /* some have turned out to be of another kind */
  return g_steal_pointer (&online);
}

void
cd_online_free (CdOnline *online)
{
  if (online == NULL)
    return;
  g_ptr_array_unref (online->links);
  g_free (online);
}
