/* What manuals tell beyond the options: tables alone. */
#include "cli/manual.h"

const CdManualRow cd_manual_statuses[] = {
  { "0", "Done; where a gate was asked for, it passed." },
  { "1", "A figure was not reproduced, or a gate failed." },
  { "2", "Wrong usage, or an invalid input file; the message names file, line and column." },
  { "3", "A repository or the network cannot be read." },
  { "4", "An internal error, or one of the machine." },
  { NULL, NULL },
};

const CdManualRow cd_manual_environment[] = {
  { "XDG_CACHE_HOME",
    "The folder below which candor keeps clones, answers of the network and results of runs; without it ~/.cache. All of it may be deleted." },
  { "NO_COLOR", "Where it is set and not empty, nothing is coloured." },
  { "COLUMNS", "The width of reports, instead of the terminal's." },
  { "TMPDIR", "Where the folders of steps are made that `candor reproduce --run` runs; without it /var/tmp." },
  { "HF_ENDPOINT, HF_TOKEN", "The model hub that `--online` asks, and the token that is sent to it." },
  { "GITHUB_TOKEN", "The token that is sent to github.com, for clones and for what `--online` asks." },
  { "CANDOR_API_KEY, OPENAI_API_KEY", "The key of the language model that `candor review --reader` asks; OpenAI's is sent to OpenAI only." },
  { "SLURM_CONF", "The configuration of the cluster that `--executor slurm` uses." },
  { NULL, NULL },
};

const CdManualRow cd_manual_files[] = {
  { "replication.yaml", "The manifest: what the authors of a work declare. `candor init` drafts it, `candor validate` checks it." },
  { "assessment.yaml", "A reader's answers. `candor review` writes it, `candor audit --assessment` sets it beside the rules' verdicts." },
  { "~/.cache/candor", "What the program keeps; see XDG_CACHE_HOME." },
  { NULL, NULL },
};

const CdManualExample cd_manual_examples[] = {
  { NULL, "candor audit path/to/repository", "Scores a working tree or bare repository at HEAD." },
  { NULL, "candor init . -o replication.yaml", "Drafts a manifest from what the repository shows." },
  { NULL, "candor explain data.sources", "Tells what earns a criterion and how to fix it." },
  { "audit", "candor audit https://github.com/owner/name --commit v1.0 --format markdown -o audit.md", "Scores a tag of a remote repository." },
  { "audit", "candor audit . --subdir part-two", "Scores one of several works in a repository." },
  { "audit", "candor audit . --assessment assessment.yaml", "Sets a reader's answers beside the rules' verdicts." },
  { "init", "candor init . -o replication.yaml", "Drafts a manifest into the repository." },
  { "validate", "candor validate replication.yaml", "Names every fault with line and column." },
  { "reproduce", "candor reproduce .", "Sets claimed figures beside those of the repository's logs and predictions." },
  { "reproduce", "candor reproduce --run --repeat 3 .", "Runs the manifest's commands three times in a sandbox, with seeds counted up." },
  { "review", "candor review .", "Asks what the rules leave open, with the passages at hand." },
  { "explain", "candor explain open.training-code", "Tells of a criterion." },
  { "explain", "candor explain DeepSeek-R1-Distill-Qwen-7B", "Tells what a public model descends from." },
  { "agreement", "candor agreement ann.yaml bob.yaml --adjudicate settled.yaml", "Shows how two readers agree, and writes what is left to settle." },
  { "compare", "candor compare before.jsonl after.jsonl", "Compares two files of predictions by category." },
  { "grade", "candor grade --grader math answers.jsonl", "Grades each line of a file." },
  { "gate", "candor gate . --policy disclosure", "Applies a policy; the exit status tells whether it passed." },
  { "gate", "candor gate . --policy strict --base origin/main --sarif gate.sarif",
    "Fails where this change takes something away that was disclosed." },
  { "diff", "candor diff v1.0 HEAD", "Shows what changed between two commits." },
  { "leaderboard", "candor leaderboard works.yaml --out site", "Audits the works that are listed and writes a static site." },
  { NULL, NULL, NULL },
};
