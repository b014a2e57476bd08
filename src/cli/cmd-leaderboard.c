/* `candor leaderboard WORKS.yaml`: a list of works audited into a store, ranked, and written as a site. */
#include "base/text.h"
#include "audit/timeline.h"
#include "cli/cmd.h"
#include "leaderboard/leaderboard.h"
#include "run/executor.h"
#include "run/quantity.h"
#include "site/site.h"
#include <stdio.h>
#include <string.h>

#define TOP_ROWS 10u
#define JOBS_MOST 256
#define SHARDS_MOST 1000 /* an array job of Slurm has as many tasks as it is set up to take, 1001 usually */
#define MEMORY_LEAST (G_GUINT64_CONSTANT (128) * 1024 * 1024)
#define DEFAULT_STORE "store.sqlite"

typedef struct {
  char *out, *store, *repositories, *memory, *time, *history, *shard, *executor, *address, *rubric, *rules, **merge;
  int jobs, shards;
  gboolean excerpts, quiet;
} Options;

static void
options_clear (Options *options)
{
  char **const texts[] = { &options->out,   &options->store,    &options->repositories, &options->memory, &options->time, &options->history,
                           &options->shard, &options->executor, &options->address,      &options->rubric, &options->rules };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
  g_strfreev (options->merge);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* "I/N": the I-th of N shares, counted from 1. */
static gboolean
read_shard (const char *text, CdLeaderboardOptions *run)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 2);
  guint64 shard = 0, shards = 0;
  if (g_strv_length (parts) != 2 || !g_ascii_string_to_unsigned (parts[1], 10, 1, G_MAXINT, &shards, NULL)
      || !g_ascii_string_to_unsigned (parts[0], 10, 1, shards, &shard, NULL))
    return FALSE;
  run->shard = (guint) shard - 1;
  run->shards = (guint) shards;
  return TRUE;
}

static gboolean
read_run (const Options *options, CdLeaderboardOptions *run, GError **error)
{
  CdTimelineOptions timeline;
  if (options->history != NULL && !cd_timeline_parse (options->history, &timeline, error))
    return FALSE;
  if (options->memory != NULL && (!cd_quantity_bytes (options->memory, &run->memory) || run->memory < MEMORY_LEAST))
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "--memory takes a size of 128MiB or more, such as 8GiB");
  else if (options->time != NULL && !cd_quantity_seconds (options->time, &run->seconds))
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "--time takes a time, such as 10m");
  else if (options->shard != NULL && !read_shard (options->shard, run))
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "--shard takes I/N, the I-th of N shares, such as 1/8");
  else
    return TRUE;
  return FALSE;
}

static gboolean
read_executor (const Options *options, CdLeaderboardOptions *run, GError **error)
{
  const CdExecutor *executor = cd_executor_find (options->executor != NULL ? options->executor : cd_executor_local.name, error);
  if (executor == NULL)
    return FALSE;
  run->executor = executor->name;
  run->cluster_shards = (guint) options->shards;
  if (executor != &cd_executor_local && options->shard != NULL)
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "--shard is one task's share of the list; with --executor %s give their number, --shards",
                 executor->name);
  else if (executor == &cd_executor_local && options->shards > 0)
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "--shards is for a cluster (--executor slurm); here one share of the list is --shard I/N");
  else
    return TRUE;
  return FALSE;
}

static gboolean
parse (Options *options, CdLeaderboardOptions *run, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options->out, "Write the site into this folder", "DIR" },
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &options->store, "Keep audits in this file (default: store.sqlite in the cache folder)", "FILE" },
    { "repositories", 0, 0, G_OPTION_ARG_FILENAME, &options->repositories, "Look here for clones (OWNER/NAME, OWNER/NAME.git, OWNER+NAME/repo)",
      "DIR" },
    { "jobs", 'j', 0, G_OPTION_ARG_INT, &options->jobs, "Works at a time (default: one a processor)", "N" },
    { "memory", 0, 0, G_OPTION_ARG_STRING, &options->memory, "The most that all of them take together (default: 3/4 of what is free)", "SIZE" },
    { "time", 0, 0, G_OPTION_ARG_STRING, &options->time, "The most that one work may take, with fetching it (default 15m)", "TIME" },
    { "history", 0, 0, G_OPTION_ARG_STRING, &options->history, "Transparency over time: at N commits of each work, or at each tag", "N|tags" },
    { "shard", 0, 0, G_OPTION_ARG_STRING, &options->shard, "Audit the I-th of N shares of the list into the store; write no site", "I/N" },
    { "merge", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->merge, "Take over another store first, such as a shard's (may be repeated)", "FILE" },
    { "executor", 0, 0, G_OPTION_ARG_STRING, &options->executor, "Who audits: local (default), or slurm, a cluster", "EXECUTOR" },
    { "shards", 0, 0, G_OPTION_ARG_INT, &options->shards, "Divide the list into so many tasks of the cluster (default: 8 works each)", "N" },
    { "excerpts", 0, 0, G_OPTION_ARG_NONE, &options->excerpts, "Publish passages of the repositories too, not only their places", NULL },
    { "address", 0, 0, G_OPTION_ARG_STRING, &options->address, "Where the site will stand, for the feed's links", "URL" },
    { "rubric", 0, 0, G_OPTION_ARG_STRING, &options->rubric, "Judge by this rubric instead of tti", "FILE|RUBRIC" },
    { "rubrics", 0, 0, G_OPTION_ARG_FILENAME, &options->rules, "Take rules from this directory over the embedded ones", "DIR" },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options->quiet, "No progress", NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  if (!cd_options_parse (argc, argv, entries, "WORKS.yaml",
                         "Audits a list of works into a store and writes a site that ranks them. What the store has is not audited again.", error))
    return FALSE;
  if (*argc != 2)
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "leaderboard takes one list of works (see README, Leaderboard)");
  else if ((options->out == NULL) == (options->shard == NULL))
    g_set_error_literal (error, CD_ERROR, CD_ERROR_USAGE, "leaderboard takes either --out, the folder of the site, or --shard, which writes none");
  else if (options->jobs < 0 || options->jobs > JOBS_MOST)
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "--jobs takes a number from 1 to %d", JOBS_MOST);
  else if (options->shards < 0 || options->shards > SHARDS_MOST)
    g_set_error (error, CD_ERROR, CD_ERROR_USAGE, "--shards takes a number from 1 to %d", SHARDS_MOST);
  else
    return read_executor (options, run, error) && read_run (options, run, error);
  return FALSE;
}

/* The store's file; NULL with an error where there is no cache folder to put it into. Caller frees. */
static char *
store_path (const Options *options, const char *cache, GError **error)
{
  if (options->store != NULL)
    return g_strdup (options->store);
  if (cache != NULL)
    return g_build_filename (cache, DEFAULT_STORE, NULL);
  g_set_error_literal (error, CD_ERROR, CD_ERROR_INTERNAL, "there is no cache folder to keep audits in; name a file with --store");
  return NULL;
}

/* --- what is said at the end --- */

static void
print_row (const CdLeaderboardRow *row)
{
  g_autofree char *name = cd_text_printable (row->work->name);
  const CdRecord *record = row->record;
  printf ("%5u  %3u/%u  %3u-%-3u  %-14s  %s\n", row->rank, record->total, record->of, record->likely[0], record->likely[1], record->label, name);
}

static void
print_failures (const CdLeaderboard *leaderboard)
{
  for (guint i = 0; i < leaderboard->rows->len; i++) {
    const CdLeaderboardRow *row = leaderboard->rows->pdata[i];
    if (row->record != NULL)
      continue;
    g_autofree char *name = cd_text_printable (row->work->name), *why = cd_text_printable (row->failure);
    printf ("    -  %s: %s\n", name, why);
  }
}

static void
print_summary (const CdLeaderboard *leaderboard, const char *out)
{
  guint ranked = 0;
  for (guint i = 0; i < leaderboard->rows->len; i++) {
    const CdLeaderboardRow *row = leaderboard->rows->pdata[i];
    if (row->record == NULL)
      continue;
    if (ranked++ == 0)
      printf (" rank   score   likely  teachers        work\n");
    if (ranked <= TOP_ROWS)
      print_row (row);
  }
  if (ranked > TOP_ROWS)
    printf ("       and %u more\n", ranked - TOP_ROWS);
  print_failures (leaderboard);
  printf ("%u audited, %u kept, %u failed\n", leaderboard->audited, leaderboard->kept, leaderboard->failed);
  g_autofree char *place = out != NULL ? g_build_filename (out, "index.html", NULL) : NULL, *shown = place ? cd_text_printable (place) : NULL;
  if (shown != NULL)
    printf ("%s\n", shown);
}

static int
run (const Options *options, CdLeaderboardOptions *settings, const char *list, GError **error)
{
  g_autofree char *cache = cd_options_cache (), *store = store_path (options, cache, error);
  g_autoptr (CdWorks) works = store != NULL ? cd_works_read (list, error) : NULL;
  if (works == NULL)
    return 2;
  settings->store = store;
  settings->cache = cache;
  g_autoptr (CdLeaderboard) leaderboard = cd_leaderboard_run (works, settings, error);
  g_autoptr (CdData) data = leaderboard != NULL ? cd_data_new (options->rules, error) : NULL;
  if (data == NULL)
    return 4;
  const CdSiteOptions site = { .data = data, .address = options->address, .excerpts = options->excerpts, .cache = cache };
  if (options->out != NULL && !cd_site_write (leaderboard, &site, options->out, error))
    return 4;
  print_summary (leaderboard, options->out);
  if (leaderboard->failed > 0)
    g_printerr ("candor: without an audit: %u of %u works, for the reasons listed\n", leaderboard->failed, leaderboard->rows->len);
  return 0;
}

int
cd_cmd_leaderboard (int argc, char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  CdLeaderboardOptions settings = { 0 };
  if (!parse (&options, &settings, &argc, &argv, error))
    return 2;
  settings.repositories = options.repositories;
  settings.rules = options.rules;
  settings.rubric = options.rubric;
  settings.history = options.history;
  settings.jobs = (guint) options.jobs;
  settings.list = argv[1];
  settings.merge = (const char *const *) options.merge;
  settings.progress = cd_options_progress (options.quiet);
  return run (&options, &settings, argv[1], error);
}
