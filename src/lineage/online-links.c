/* Which links a work has, each once, whatever says so: artefacts, links of own documents, the manifest. Nothing is asked here. */
#include "lineage/online-parts.h"
#include "scope/role.h"
#include "work/hub.h"
#include <string.h>

#define PLACES_MOST 8u

typedef struct {
  GPtrArray *links;
  GHashTable *table; /* "kind:id" lower-case → CdOnlineLink, borrowed */
} Collecting;

static void
link_free (gpointer target)
{
  CdOnlineLink *link = target;
  g_free (link->id);
  g_free (link->url);
  g_array_unref (link->places);
  g_free (link->declared_revision);
  g_free (link->declared_digest);
  g_free (link->moved_to);
  g_free (link->revision);
  g_free (link->license);
  g_free (link->gated);
  g_ptr_array_unref (link->datasets);
  g_ptr_array_unref (link->base_models);
  g_clear_pointer (&link->digests, g_hash_table_unref);
  g_free (link);
}

static gint
compare_places (gconstpointer a, gconstpointer b)
{
  const CdPlace *x = a, *y = b;
  if (x->document != y->document)
    return x->document < y->document ? -1 : 1;
  return x->line < y->line ? -1 : x->line > y->line;
}

void
cd_online_add_places (CdOnlineLink *link, const GArray *from)
{
  g_array_append_vals (link->places, from->data, from->len);
  g_array_sort (link->places, compare_places);
  for (guint i = link->places->len; i-- > 1;)
    if (compare_places (&g_array_index (link->places, CdPlace, i), &g_array_index (link->places, CdPlace, i - 1)) == 0)
      g_array_remove_index (link->places, i);
  g_array_set_size (link->places, MIN (link->places->len, PLACES_MOST));
}

static CdOnlineLink *
add (Collecting *collecting, CdOnlineKind kind, const char *id, gboolean named)
{
  g_autofree char *lower = g_ascii_strdown (id, -1);
  g_autofree char *key = g_strdup_printf ("%d:%s", (int) kind, lower);
  CdOnlineLink *link = g_hash_table_lookup (collecting->table, key);
  if (link == NULL) {
    link = g_new0 (CdOnlineLink, 1);
    link->kind = kind;
    link->id = g_strdup (id);
    link->named = named;
    link->places = g_array_new (FALSE, FALSE, sizeof (CdPlace));
    link->datasets = g_ptr_array_new_with_free_func (g_free);
    link->base_models = g_ptr_array_new_with_free_func (g_free);
    g_ptr_array_add (collecting->links, link);
    g_hash_table_insert (collecting->table, g_steal_pointer (&key), link);
  }
  link->named = link->named && named;
  return link;
}

static gboolean
is_of (const char *url, const char *const *hosts)
{
  const char *host = strstr (url, "://");
  host = host == NULL ? url : host + 3;
  if (g_ascii_strncasecmp (host, "www.", 4) == 0)
    host += 4;
  gsize length = strcspn (host, "/:?#");
  for (; *hosts != NULL; hosts++)
    if (strlen (*hosts) == length && g_ascii_strncasecmp (host, *hosts, length) == 0)
      return TRUE;
  return FALSE;
}

/* "2411.16489" with or without a version, out of what stands in its place. NULL where it is none. */
static char *
arxiv_id (const char *name)
{
  static const char doi[] = "10.48550/arxiv.";
  if (g_ascii_strncasecmp (name, doi, sizeof doi - 1) == 0)
    name += sizeof doi - 1;
  gsize left = strspn (name, "0123456789"), right = name[left] == '.' ? strspn (name + left + 1, "0123456789") : 0;
  return left == 4 && right >= 4 && right <= 5 ? g_strndup (name, left + 1 + right) : NULL;
}

/* The number of a record of Zenodo, by its page or DOI. NULL where it is none. */
static char *
zenodo_id (const char *url)
{
  static const char *const before[] = { "zenodo.org/records/", "zenodo.org/record/", "zenodo.org/doi/10.5281/zenodo.", "doi.org/10.5281/zenodo." };
  for (guint i = 0; i < G_N_ELEMENTS (before); i++) {
    const char *found = strstr (url, before[i]);
    gsize digits = found == NULL ? 0 : strspn (found + strlen (before[i]), "0123456789");
    if (digits > 0 && digits < 16)
      return g_strndup (found + strlen (before[i]), digits);
  }
  return NULL;
}

/* What a URL addresses; CD_ONLINE_OTHER for all that is not asked. id is the caller's. */
static CdOnlineKind
kind_of (const char *url, char **id)
{
  static const char *const hubs[] = { "huggingface.co", "hf.co", "hf-mirror.com", NULL }, *const github[] = { "github.com", NULL };
  static const struct {
    CdHubKind address;
    const char *const *hosts;
    CdOnlineKind kind;
  } rows[] = {
    { CD_HUB_MODEL, hubs, CD_ONLINE_MODEL },
    { CD_HUB_DATASET, hubs, CD_ONLINE_DATASET },
    { CD_HUB_COLLECTION, hubs, CD_ONLINE_COLLECTION },
    { CD_HUB_FORGE, github, CD_ONLINE_REPOSITORY },
  };
  *id = zenodo_id (url);
  if (*id != NULL)
    return CD_ONLINE_RECORD;
  g_auto (CdHubAddress) address = { 0 };
  cd_hub_parse (url, &address);
  if (address.kind == CD_HUB_PAPER && (*id = arxiv_id (address.name)) != NULL)
    return CD_ONLINE_PAPER;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (address.kind == rows[i].address && is_of (url, rows[i].hosts)) {
      *id = g_strdup_printf ("%s/%s", address.owner, address.name);
      return rows[i].kind;
    }
  *id = g_strdup (url);
  return CD_ONLINE_OTHER;
}

static void
add_artefacts (Collecting *collecting, const CdWork *work)
{
  for (guint i = 0; i < work->artefacts->len; i++) {
    const CdArtefact *artefact = work->artefacts->pdata[i];
    g_autofree char *id = NULL;
    CdOnlineKind kind = artefact->kind == CD_ARTEFACT_DATASET ? CD_ONLINE_DATASET : CD_ONLINE_MODEL;
    if (artefact->where != NULL)
      kind = kind_of (artefact->where, &id);
    else if (artefact->kind == CD_ARTEFACT_PAPER)
      continue;
    cd_online_add_places (add (collecting, kind, id != NULL ? id : artefact->id, id == NULL), artefact->places);
  }
}

/* Repositories and records, which are no artefacts of a work. */
static void
add_document_links (Collecting *collecting, const CdCorpus *corpus, const CdScope *scope)
{
  for (guint d = 0; d < corpus->documents->len; d++) {
    const CdDocument *document = corpus->documents->pdata[d];
    CdRole role = cd_role_of (document);
    if (!cd_scope_is_own (scope, d) || (role != CD_ROLE_README && role != CD_ROLE_DOC && role != CD_ROLE_CARD))
      continue;
    for (guint i = 0; i < document->links->len; i++) {
      const CdLink *link = document->links->pdata[i];
      if (strstr (link->target, "github.com/") == NULL && strstr (link->target, "zenodo") == NULL)
        continue;
      g_autofree char *id = NULL;
      CdOnlineKind kind = kind_of (link->target, &id);
      if (kind != CD_ONLINE_REPOSITORY && kind != CD_ONLINE_RECORD)
        continue;
      CdPlace place = { d, link->line, link->line };
      g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (CdPlace));
      g_array_append_val (places, place);
      cd_online_add_places (add (collecting, kind, id, FALSE), places);
    }
  }
}

typedef struct {
  const char *list, *where, *revision, *digest;
  CdOnlineKind kind;
} Declared;

/* The manifest's keys that name something on a hub. */
static const Declared declared[] = {
  { "models", "weights", "weights_revision", "digest", CD_ONLINE_MODEL },
  { "models", "base", "base_revision", NULL, CD_ONLINE_MODEL },
  { "datasets", "source", "revision", "digest", CD_ONLINE_DATASET },
};

static void
add_declared (Collecting *collecting, const CdYamlNode *entry, const Declared *form, guint document)
{
  const CdYamlNode *node = cd_yaml_get (entry, form->where);
  const char *where = cd_yaml_string (node);
  gboolean linked = where != NULL && strstr (where, "://") != NULL;
  if (where == NULL || (!linked && !cd_hub_is_id (where)))
    return;
  g_autofree char *id = NULL;
  CdOnlineKind kind = linked ? kind_of (where, &id) : form->kind;
  CdOnlineLink *link = add (collecting, kind, linked ? id : where, !linked);
  const char *revision = cd_yaml_string (cd_yaml_get (entry, form->revision));
  const char *digest = form->digest == NULL ? NULL : cd_yaml_string (cd_yaml_get (entry, form->digest));
  if (link->declared_revision == NULL)
    link->declared_revision = g_strdup (revision);
  if (link->declared_digest == NULL)
    link->declared_digest = g_strdup (digest);
  CdPlace place = { document, node->line, node->line };
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (CdPlace));
  g_array_append_val (places, place);
  cd_online_add_places (link, places);
}

static void
add_manifest (Collecting *collecting, const CdCorpus *corpus, const CdManifest *manifest)
{
  guint document = 0;
  while (document < corpus->documents->len
         && strcmp (((const CdDocument *) corpus->documents->pdata[document])->path, cd_manifest_name (manifest)) != 0)
    document++;
  if (document == corpus->documents->len)
    return;
  for (guint r = 0; r < G_N_ELEMENTS (declared); r++) {
    const CdYamlNode *list = cd_yaml_get (cd_manifest_root (manifest), declared[r].list);
    for (guint i = 0; i < cd_yaml_length (list); i++)
      add_declared (collecting, cd_yaml_at (list, i), &declared[r], document);
  }
}

static gint
compare_links (gconstpointer a, gconstpointer b)
{
  const CdOnlineLink *x = *(CdOnlineLink *const *) a, *y = *(CdOnlineLink *const *) b;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  return strcmp (x->id, y->id);
}

GPtrArray *
cd_online_links (const CdWork *work, const CdCorpus *corpus, const CdScope *scope, const CdManifest *manifest)
{
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Collecting collecting = { g_ptr_array_new_with_free_func (link_free), table };
  add_artefacts (&collecting, work);
  add_document_links (&collecting, corpus, scope);
  if (manifest != NULL)
    add_manifest (&collecting, corpus, manifest);
  g_ptr_array_sort (collecting.links, compare_links);
  return collecting.links;
}
