# `candor appendix`: an artifact appendix in which every statement has its place, and nothing is made up.
load candor

setup_file () {
  cd "$BATS_FILE_TMPDIR"
  local recipe
  for recipe in open-work opaque-work distilled-work; do
    bash "$ROOT/tests/repos/$recipe.sh" "$recipe" >/dev/null
    [[ $recipe != open-work ]] || git -C "$recipe" remote add origin https://github.com/owner/name.git
    "$CANDOR" audit --quiet --format json -o "$recipe.json" "$recipe"
  done
}
appendix () { # RECIPE
  candor appendix "$BATS_FILE_TMPDIR/$1.json"
  exits 0
  silent
}
# The text under a heading, up to the next one.
section () { # HEADING
  awk -v heading="$1" '/^##/ { inside = $0 == heading; next } inside' <<<"$output"
}

@test "a repository and its audit's file give the same appendix" {
  appendix open-work
  local from_file=$output
  candor appendix --quiet -o "$BATS_TEST_TMPDIR/appendix.md" "$BATS_FILE_TMPDIR/open-work"
  exits 0
  [[ $(<"$BATS_TEST_TMPDIR/appendix.md") == "$from_file" ]]
  output=$from_file
  says "from the audit of commit \`$(git -C "$BATS_FILE_TMPDIR/open-work" rev-parse HEAD)\`"
}

@test "the appendix has the sections of the form, in their order" {
  appendix open-work
  [[ $(grep '^## ' <<<"$output" | paste -sd,) == '## Abstract,## Artifact check-list (meta-information),## Description,## Installation,## Experiment workflow,## Evaluation and expected results,## Badges,## What the audit did not see' ]]
}

@test "statements name the place that they come from, as a link where the forge is known" {
  appendix open-work
  local commit
  commit=$(git -C "$BATS_FILE_TMPDIR/open-work" rev-parse HEAD)
  says "**Hardware:** stated at [\`README.md:19\`](https://github.com/owner/name/blob/$commit/README.md?plain=1#L19)"
  says "**Models that training starts from:** \`Qwen/Qwen2.5-7B\` at [\`configs/sft.yaml:1\`]"
  says "**Trained weights:** \`lantern-lab/Lantern-7B\` at [\`README.md:4\`]"
  says '**Code licence:** MIT'
  output=$(section '### Data sets')
  says '| lantern-lab/lantern-sums-8k | `https://huggingface.co/datasets/lantern-lab/lantern-sums-8k` | training | no | 8192 stated |'
}

@test "commands have their status and place" {
  appendix open-work
  output=$(section '### Training')
  says '| 1 | `bash scripts/train_sft.sh` | runnable | [`README.md:23`]'
  appendix open-work
  output=$(section '### Evaluation')
  says '| 1 | `bash scripts/evaluate.sh` | runnable | [`README.md:34`]'
}

@test "expected results have a tolerance from the number of problems, and what the audit obtained" {
  appendix open-work
  output=$(section '## Evaluation and expected results')
  # Wilson's 95 % interval of 7 right of 30: 0.1179 to 0.4093.
  says '| Lantern-7B (ours) | aime-2024 | pass@<!-- -->1 | 23.3 % | 11.8 to 40.9 (30 problems) | reproduced, 23.3 by log at [`results/aime24.json:1`]'
  says '| Lantern-7B (ours) | math-500 | pass@<!-- -->1 | 71 % | 66.9 to 74.8 (500 problems) | nothing in the repository to compare with |'
}

@test "badges tell what the audit bears out and what it does not" {
  appendix open-work
  says '- [x] the trained weights are linked: yes'
  says '**To be written by the authors:** the archival repository and its DOI.'
  says '- [x] exercisable: training commands: 4 documented, 4 runnable, 0 broken'
  says 'of 4, 1 reproduced, 0 compatible, 0 selected among runs, 0 not reproduced'
  says '- [ ] every claimed figure is borne out'
}

@test "what an audit cannot know is left to the authors" {
  appendix open-work
  local item
  for item in 'Disk space needed' 'Time to prepare the workflow' 'Time to complete the experiments' 'Archived (DOI)'; do
    says "- **$item:** **to be written by the authors**"
  done
}

@test "of an opaque work nothing is made up" {
  appendix opaque-work
  says '**Trained weights:** none found by the audit. **To be written by the authors.**'
  says '- **Repository:** **to be written by the authors** (the audited copy names no remote)'
  says '- **Hardware:** not found by the audit (certainty '
  lacks '(null)'
  lacks '](https://github.com'
  # No box is ticked but with a place or a count.
  never grep -E '^- \[x\] [^(:]*$' <<<"$output"
}

@test "teachers are told with what the documents say of them" {
  appendix distilled-work
  output=$(section '### Models whose outputs were trained on')
  says "The audit's label: **disclosed**."
  says "- o1-mini: said in the work's words, confidence high, at \`README.md:7\`"
}

@test "long lists are cut and say so, what readers are shown first" {
  output=$(<"$BATS_FILE_TMPDIR/open-work.json")
  json '(() => { const t = d.commands.training; t.unshift(...Array.from({ length: 60 }, (_, i) => ({ ...t[3], line: i + 10, command: "x".repeat(999) })));
    const c = d.claims; c.push(...Array.from({ length: 300 }, () => c[0])); return d; })()' >"$BATS_TEST_TMPDIR/long.json"
  candor appendix "$BATS_TEST_TMPDIR/long.json"
  exits 0
  says $'\n… and 40 more in the repository'
  says $'\n… and 104 more.\n'
  [[ $(section '### Training' | sed -n 4p) == '| 1 | `bash scripts/train_sft.sh` | runnable |'* ]] || explain_failure 'the README comes first'
  [[ $(section '### Training' | wc -L) -lt 500 ]]
}

@test "hostile names stay inert" {
  sed 's/"lantern-lab\/Lantern-7B"/"<script>alert(1)<\/script>|`x`[y](javascript:z)"/; s/"torchrun[^"]*"/"a|b `c` \\u001b[31m\\u202e"/' \
    "$BATS_FILE_TMPDIR/open-work.json" >"$BATS_TEST_TMPDIR/hostile.json"
  candor appendix "$BATS_TEST_TMPDIR/hostile.json"
  exits 0
  lacks '<script'
  lacks $'\e'
  lacks $'\u202e'
  lacks '](javascript'
  [[ $(section '### Training' | grep '^| 4 |' | tr -cd '|' | wc -c) -eq 5 ]] || explain_failure 'a cell was broken up'
}

@test "what is no audit is refused with its file" {
  echo '{"schema": "candor-audit/1"}' >"$BATS_TEST_TMPDIR/none.json"
  candor appendix "$BATS_TEST_TMPDIR/none.json"
  fails_clearly 2
  complains none.json
  candor appendix "$BATS_TEST_TMPDIR/nowhere"
  fails_clearly 3
}
