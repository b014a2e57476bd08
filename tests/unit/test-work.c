/* What is gathered about a work: who it is, what it publishes, what its commands do, which values its launches set, which stages there are.
 * Small repositories under the project's own rules; run from the project's root. */
#include "cli/embedded.h"
#include "documents/corpus.h"
#include "fixture.h"
#include "work/commands.h"
#include "work/configurations.h"
#include "work/identity.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct {
  CdData *data;
  CdSignals *signals;
} Rules;

/* A repository's work; everything that is borrowed lives as long as this. */
typedef struct {
  Fixture *fixture;
  CdRepository *repository;
  CdSnapshot *snapshot;
  CdHistory *history;
  CdCorpus *corpus;
  CdScope *scope;
  GPtrArray *hits;
  CdWork *work;
} Case;

static int
load_rules (void **state)
{
  Rules *rules = g_new0 (Rules, 1);
  g_autoptr (GError) error = NULL;
  *state = rules;
  cd_embedded_register (); /* signals that the build compiled: anew it takes minutes under the sanitizers */
  rules->data = cd_data_new (NULL, &error);
  rules->signals = rules->data == NULL ? NULL : cd_signals_load (rules->data, NULL, &error);
  if (rules->signals == NULL)
    print_error ("%s\n", error->message);
  return rules->signals == NULL ? -1 : 0;
}

static int
free_rules (void **state)
{
  Rules *rules = *state;
  cd_signals_free (rules->signals);
  cd_data_free (rules->data);
  g_free (rules);
  return 0;
}

/* Pairs of path and text, ended by NULL. */
static void
case_open (Case *c, const Rules *rules, const char *const *files)
{
  static const CdCorpusOptions options = { .threads = 1 };
  static const CdScopeOptions whole = { 0 };
  g_autoptr (GError) error = NULL;
  memset (c, 0, sizeof *c);
  c->fixture = fixture_new ();
  for (guint i = 0; files[i] != NULL; i += 2)
    fixture_write (c->fixture, files[i], files[i + 1]);
  c->repository = cd_repository_open (fixture_path (c->fixture), NULL, NULL, NULL);
  c->snapshot = cd_snapshot_open (c->repository, fixture_commit (c->fixture, "a"), NULL);
  c->history = cd_history_index (c->snapshot, NULL);
  c->corpus = cd_corpus_read (c->snapshot, &options);
  c->scope = cd_scope_resolve (rules->data, c->snapshot, c->history, c->corpus, &whole, &error);
  if (c->scope == NULL)
    fail_msg ("%s", error->message);
  c->hits = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (guint i = 0; i < c->corpus->documents->len; i++)
    g_ptr_array_add (c->hits, cd_signals_scan (rules->signals, g_ptr_array_index (c->corpus->documents, i)));
  c->work = cd_work_gather (rules->data, c->corpus, c->scope, rules->signals, c->hits, &error);
  if (c->work == NULL)
    fail_msg ("%s", error->message);
}

static void
case_close (Case *c)
{
  cd_work_free (c->work);
  g_ptr_array_unref (c->hits);
  cd_scope_free (c->scope);
  cd_corpus_free (c->corpus);
  cd_history_free (c->history);
  cd_snapshot_free (c->snapshot);
  cd_repository_free (c->repository);
  fixture_free (c->fixture);
}

static gboolean
publishes (const CdWork *work, CdArtefactKind kind, const char *id, gboolean own)
{
  for (guint i = 0; i < work->artefacts->len; i++) {
    const CdArtefact *artefact = g_ptr_array_index (work->artefacts, i);
    if (artefact->kind == kind && g_ascii_strcasecmp (artefact->id, id) == 0 && artefact->own == own)
      return TRUE;
  }
  return FALSE;
}

static const char front[]
    = "# Lantern-R1: Small Models That Reason\n\n"
      "We release **Lantern-R1-7B** at [weights](https://huggingface.co/lanternlab/Lantern-R1-7B), trained from\n"
      "[Qwen2.5-7B](https://huggingface.co/Qwen/Qwen2.5-7B), our base model.\n"
      "We release the training data: [Lantern-17k](https://huggingface.co/datasets/lanternlab/Lantern-17k).\n\n"
      "```bash\ngit clone https://github.com/lanternlab/Lantern-R1\ncd Lantern-R1\n```\n\n"
      "## Citation\n\n```bibtex\n@article{l, title={Lantern-R1: Small Models That Reason}, journal={arXiv preprint arXiv:2501.00001}}\n```\n";

static void
test_identity (void **state)
{
  const char *const files[] = { "README.md", front, NULL };
  Case c;
  case_open (&c, *state, files);
  assert_true (cd_identity_matches (c.work, "lanternlab/Lantern-R1-7B"));
  assert_true (cd_identity_matches (c.work, "Lantern R1 (ours)"));
  assert_false (cd_identity_matches (c.work, "Qwen2.5-7B"));
  assert_true (cd_identity_owns (c.work, "lanternlab"));
  assert_false (cd_identity_owns (c.work, "Qwen"));
  case_close (&c);
}

static void
test_artefacts (void **state)
{
  const char *const files[] = { "README.md", front, NULL };
  Case c;
  case_open (&c, *state, files);
  assert_true (publishes (c.work, CD_ARTEFACT_WEIGHTS, "lanternlab/Lantern-R1-7B", TRUE));
  assert_false (publishes (c.work, CD_ARTEFACT_WEIGHTS, "Qwen/Qwen2.5-7B", TRUE));
  assert_true (publishes (c.work, CD_ARTEFACT_DATASET, "lanternlab/Lantern-17k", TRUE));
  case_close (&c);
}

/* A model that the front page shows how to load is published like a linked one, where its owner is the work's; marks in names may differ. */
static void
test_loaded_models (void **state)
{
  const char *const files[]
      = { "README.md",
          "# Lantern-R1\n\nWe release our data: [Lantern-17k](https://huggingface.co/datasets/lantern-lab/Lantern-R1-17k).\n\n## Use\n\n"
          "```python\nmodel = AutoModel.from_pretrained(\"lanternlab/Torch-7B\")\nbase = "
          "AutoModel.from_pretrained(\"Qwen/Qwen2.5-7B\")\n```\n",
          NULL };
  Case c;
  case_open (&c, *state, files);
  assert_true (publishes (c.work, CD_ARTEFACT_WEIGHTS, "lanternlab/Torch-7B", TRUE));
  assert_false (publishes (c.work, CD_ARTEFACT_WEIGHTS, "Qwen/Qwen2.5-7B", TRUE));
  case_close (&c);
}

static void
test_commands (void **state)
{
  static const struct {
    const char *command;
    CdCommandClass class;
  } rows[] = {
    { "pip install -r requirements.txt", CD_COMMAND_INSTALL },
    { "torchrun --nproc_per_node 8 train_sft.py --learning_rate 1e-5", CD_COMMAND_TRAINING },
    { "llamafactory-cli train configs/sft.yaml", CD_COMMAND_TRAINING },
    { "python evaluate.py --benchmark math", CD_COMMAND_EVALUATION },
    { "lm_eval --model hf --tasks gsm8k", CD_COMMAND_EVALUATION },
    { "vllm serve lanternlab/Lantern-R1-7B", CD_COMMAND_SERVE },
    { "cd src", CD_COMMAND_OTHER },
    { "uv run pytest tests/test_math.py", CD_COMMAND_OTHER },
    { "chmod +x evaluate.sh", CD_COMMAND_OTHER },
    { "python infer.py --model lanternlab/Lantern-R1-7B --question 'How many days has a year?'", CD_COMMAND_DEMO },
    { "python evaluate.py --prompt qwen-boxed --benchmark math", CD_COMMAND_EVALUATION },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *readme = g_strdup_printf ("# Usage\n\n```bash\n%s\n```\n", rows[i].command);
    const char *const files[] = { "README.md", readme, NULL };
    Case c;
    case_open (&c, *state, files);
    assert_int_equal (c.work->commands->len, 1);
    const CdWorkCommand *command = g_ptr_array_index (c.work->commands, 0);
    if (command->class != rows[i].class)
      fail_msg ("%s: %s", rows[i].command, cd_command_class_name (command->class));
    case_close (&c);
  }
}

/* A script that is not in the tree is a problem; one that is has the class of what it runs. */
static void
test_command_scripts (void **state)
{
  const char *const files[]
      = { "README.md", "# Usage\n\n```bash\nbash go.sh\nbash gone.sh\n```\n", "go.sh", "torchrun train.py --lr 1e-6\n", "train.py", "x = 1\n", NULL };
  Case c;
  case_open (&c, *state, files);
  const CdWorkCommand *there = g_ptr_array_index (c.work->commands, 0), *gone = g_ptr_array_index (c.work->commands, 1);
  assert_int_equal (there->class, CD_COMMAND_TRAINING);
  assert_int_equal (there->status, CD_COMMAND_RUNNABLE);
  assert_null (there->problems);
  assert_int_equal (gone->status, CD_COMMAND_BROKEN);
  const CdCommandProblem *problem = g_ptr_array_index (gone->problems, 0);
  assert_string_equal (problem->code, "missing-file");
  assert_string_equal (problem->what, "gone.sh");
  assert_int_equal (problem->place.line, 5);
  case_close (&c);
}

/* What stands around a command tells where its words do not; one question asked and tests of the code's parts stay what they are. */
static void
test_listed_commands (void **state)
{
  static const struct {
    const char *page, *command;
    CdCommandClass listed;
  } rows[] = {
    { "math_eval/README.md", "bash run_7b.sh", CD_COMMAND_EVALUATION },
    { "docs/use.md", "bash run_7b.sh", CD_COMMAND_OTHER },
    { "eval/README.md", "pytest test_x.py", CD_COMMAND_OTHER },
    { "eval/README.md", "python ask.py --question 'How many days has a year?'", CD_COMMAND_DEMO },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = g_strdup_printf ("# Usage\n\n```bash\n%s\n```\n", rows[i].command);
    const char *const files[] = { rows[i].page, text, ".agents/page.md", "# Usage\n\n```bash\npython evaluate.py --task math\n```\n", NULL };
    Case c;
    case_open (&c, *state, files);
    assert_int_equal (c.work->commands->len, 1);
    const CdWorkCommand *command = g_ptr_array_index (c.work->commands, 0);
    if (command->listed != rows[i].listed)
      fail_msg ("%s: %s", rows[i].command, cd_command_class_name (command->listed));
    case_close (&c);
  }
}

/* Keys under which values are set, by the line that shows them: learning rate, batch size, duration. */
static void
test_keys (void **state)
{
  static const struct {
    const char *line;
    gboolean rate, batch, duration;
  } rows[] = {
    { "learning_rate: 1.0e-5", TRUE, FALSE, FALSE },
    { "actor.optim.lr: 1e-6", TRUE, FALSE, FALSE },
    { "lr_scheduler_type: cosine\nwarmup_lr: 1", FALSE, FALSE, FALSE },
    { "per_device_train_batch_size: 4", FALSE, TRUE, FALSE },
    { "data.train_bsz: 512", FALSE, TRUE, FALSE },
    { "per_device_eval_batch_size: 4", FALSE, FALSE, FALSE },
    { "log_prob_micro_batch_size: 4", FALSE, FALSE, FALSE },
    { "num_train_epochs: 3", FALSE, FALSE, TRUE },
    { "total_training_steps: 200", FALSE, FALSE, TRUE },
    { "trainer.total_episodes: 15", FALSE, FALSE, TRUE },
    { "save_steps: 100\neval_steps: 50\nwarmup_steps: 5", FALSE, FALSE, FALSE },
    { "ppo_epochs: 1", FALSE, FALSE, FALSE },
    { "train_batch_size: auto", FALSE, FALSE, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = g_strconcat (rows[i].line, "\n", NULL);
    const char *const files[] = { "train.yaml", text, NULL };
    Case c;
    case_open (&c, *state, files);
    const CdConfiguration none = { 0 };
    const CdConfiguration *found = c.work->configurations->len > 0 ? g_ptr_array_index (c.work->configurations, 0) : &none;
    if ((found->learning_rate.line > 0) != rows[i].rate || (found->batch_size.line > 0) != rows[i].batch
        || (found->duration.line > 0) != rows[i].duration)
      fail_msg ("%s: rate %u, batch %u, duration %u", rows[i].line, found->learning_rate.line, found->batch_size.line, found->duration.line);
    case_close (&c);
  }
}

static void
test_configurations (void **state)
{
  const char *const files[] = { "README.md",
                                "# Training\n\n```bash\npython train.py --learning_rate 1e-5 --batch_size 8 --epochs 2\n```\n",
                                "configs/sft.yaml",
                                "stage: sft\nlearning_rate: 1e-5\ntrain_batch_size: 64\nnum_train_epochs: 3\n",
                                "fixed.py",
                                "learning_rate = 1e-6\nbatch_size = 16\nmax_steps = 500\n",
                                "parsed.py",
                                "import argparse\np = argparse.ArgumentParser()\np.add_argument('--learning_rate', default=1e-4)\n"
                                "p.add_argument('--batch_size', default=8)\np.add_argument('--epochs', default=3)\n",
                                NULL };
  static const struct {
    const char *path;
    gboolean anchored;
    CdTechnique technique;
    guint rate;
  } expected[] = {
    { "README.md", TRUE, CD_TECHNIQUE_UNKNOWN, 4 },
    { "configs/sft.yaml", TRUE, CD_TECHNIQUE_SFT, 2 },
    { "fixed.py", FALSE, CD_TECHNIQUE_UNKNOWN, 1 },
  };
  Case c;
  case_open (&c, *state, files);
  assert_int_equal (c.work->configurations->len, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    const CdConfiguration *found = g_ptr_array_index (c.work->configurations, i);
    const CdDocument *document = g_ptr_array_index (c.corpus->documents, found->document);
    assert_string_equal (document->path, expected[i].path);
    assert_int_equal (found->anchored, expected[i].anchored);
    assert_int_equal (found->technique, expected[i].technique);
    assert_int_equal (found->learning_rate.line, expected[i].rate);
    assert_true (cd_configuration_is_complete (found));
  }
  case_close (&c);
}

/* Words that tell a technique count from the start of a word only. */
static void
test_technique_words (void **state)
{
  (void) state;
  static const struct {
    const char *text;
    CdTechnique technique;
  } rows[] = {
    { "scripts/run_grpo.sh", CD_TECHNIQUE_RL },
    { "src/open/sft.py --report wandb", CD_TECHNIQUE_SFT },
    { "train_dpo.py", CD_TECHNIQUE_PREFERENCE },
    { "support/train.py", CD_TECHNIQUE_UNKNOWN },
    { "verl.trainer.main_ppo", CD_TECHNIQUE_RL },
    { "prm/train_prm.py", CD_TECHNIQUE_REWARD_MODEL },
    { "https://url.example/train", CD_TECHNIQUE_UNKNOWN },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint points[CD_TECHNIQUES] = { 0 };
    cd_technique_count (points, rows[i].text, 1);
    if (cd_technique_best (points) != rows[i].technique)
      fail_msg ("%s: %s", rows[i].text, cd_technique_name (cd_technique_best (points)));
  }
}

#define TRAIN_SECTION(commands) "# Training\n\n```bash\n" commands "\n```\n"

/* A launch takes its values from the command, its script, what that calls, and the files they name. */
static void
test_launches (void **state)
{
  static const char full[] = "learning_rate: 1e-5\ntrain_batch_size: 64\nnum_train_epochs: 3\n";
  static const struct {
    const char *files[9];
    CdTechnique technique;
    guint launches, complete;
  } rows[] = {
    { { "README.md", TRAIN_SECTION ("python train_sft.py --lr 1e-5 --batch_size 8 --epochs 2"), NULL }, CD_TECHNIQUE_SFT, 1, 1 },
    { { "README.md", TRAIN_SECTION ("python train_sft.py --batch_size 8 --epochs 2"), NULL }, CD_TECHNIQUE_SFT, 1, 0 },
    { { "README.md", TRAIN_SECTION ("llamafactory-cli train conf/sft.yaml"), "conf/sft.yaml", full, NULL }, CD_TECHNIQUE_SFT, 1, 1 },
    { { "README.md", TRAIN_SECTION ("bash run_grpo.sh"), "run_grpo.sh", "epochs=3 bash inner.sh\n", "inner.sh",
        "python -m verl.trainer.main_ppo config=c.yaml actor.optim.lr=1e-6\n", "c.yaml", "rollout_batch_size: 64\ntotal_epochs: 2\n", NULL },
      CD_TECHNIQUE_RL,
      1,
      1 },
    { { "README.md", TRAIN_SECTION ("deepspeed grpo.py"), "grpo.py", "lr = 1e-6\nbatch_size = 8\nmax_steps = 100\n", NULL }, CD_TECHNIQUE_RL, 1, 1 },
    { { "README.md", TRAIN_SECTION ("python sft.py\npython sft.py --lr 1e-5 --bsz 8 --epochs 1"), NULL }, CD_TECHNIQUE_SFT, 1, 1 },
    { { "run_sft.sh", "python sft.py --lr 1e-5 --bsz 8 --epochs 1\n", NULL }, CD_TECHNIQUE_SFT, 1, 1 },
    { { "README.md", "# Tree\n\n```\ntrain_sft.py\n```\n", NULL }, CD_TECHNIQUE_SFT, 0, 0 },
    { { "README.md", TRAIN_SECTION ("bash a_sft.sh"), "a_sft.sh", "bash b_sft.sh --lr 1\n", "b_sft.sh", "bash a_sft.sh --bsz 2\n", NULL },
      CD_TECHNIQUE_SFT,
      1,
      0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Case c;
    case_open (&c, *state, rows[i].files);
    const CdStage none = { 0 };
    const CdStage *stage = cd_work_stage (c.work, rows[i].technique);
    stage = stage != NULL ? stage : &none;
    if (stage->launches != rows[i].launches || stage->complete_launches != rows[i].complete)
      fail_msg ("row %u: %u of %u launches complete", i, stage->complete_launches, stage->launches);
    case_close (&c);
  }
}

static void
test_stages (void **state)
{
  const char *const files[]
      = { "README.md", "# Lantern\n\nWe first run supervised fine-tuning.\n\nUnlike others, no DPO is used.\n\n" TRAIN_SECTION ("bash run_grpo.sh"),
          "run_grpo.sh", "python main_ppo.py --lr 1e-6 --batch_size 64 --total_epochs 2\n", NULL };
  Case c;
  case_open (&c, *state, files);
  const CdStage *sft = cd_work_stage (c.work, CD_TECHNIQUE_SFT), *rl = cd_work_stage (c.work, CD_TECHNIQUE_RL);
  assert_non_null (sft);
  assert_int_equal (sft->mentions, 1);
  assert_int_equal (sft->commands + sft->configurations, 0);
  assert_non_null (rl);
  assert_int_equal (rl->commands, 2);
  assert_true (rl->documented);
  assert_int_equal (rl->complete_configurations, 1);
  assert_null (cd_work_stage (c.work, CD_TECHNIQUE_PREFERENCE));
  case_close (&c);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_identity), cmocka_unit_test (test_artefacts),       cmocka_unit_test (test_loaded_models),
    cmocka_unit_test (test_commands), cmocka_unit_test (test_listed_commands), cmocka_unit_test (test_command_scripts),
    cmocka_unit_test (test_keys),     cmocka_unit_test (test_configurations),  cmocka_unit_test (test_technique_words),
    cmocka_unit_test (test_launches), cmocka_unit_test (test_stages),
  };
  return cmocka_run_group_tests (tests, load_rules, free_rules);
}
