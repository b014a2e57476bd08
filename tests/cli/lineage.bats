# What a reader is told of a work's lineage: the label in a sentence, teachers, judges, inheritance, and the limits that follow, each with its place.
# Who is a teacher at all is the matter of teachers.bats.
load candor

# A work of tests/repos/teachers, made once a file of cases.
taught () { # RECIPE
  local recipes=$ROOT/tests/repos/teachers made=$BATS_FILE_TMPDIR/taught/$1
  [[ -d $made ]] || bash -c 'source "$1/parts.bash" && start "$3" && source "$2" && commit "First release"' _ "$recipes" "$recipes/$1.sh" "$made" >/dev/null
  echo "$made"
}
# The section of a text or Markdown report, its lines joined: where lines break depends on the terminal.
section () { # FROM TO
  output=$(sed -n "/^$1\$/,/^$2\$/p" <<<"$output" | tr -s ' \n' '  ')
}
text () { # DIRECTORY
  COLUMNS=100 candor audit "$1"
  exits 0
  silent
  section Lineage Commands
}
markdown () { # DIRECTORY
  candor audit --format markdown "$1"
  exits 0
  section '## Lineage' '## Commands'
}
report () { # DIRECTORY
  candor audit --format json "$1"
  exits 0
}

@test "a disclosed teacher is told with its roles and its place" {
  text "$(repository distilled-work)"
  says 'disclosed: the documents name every model that was found to have made training data or rewards'
  says 'o1-mini disclosed; long-thought, answer (README.md:7)'
  lacks 'not mentioned'
  lacks 'cheat'
  markdown "$(repository distilled-work)"
  says '**disclosed**: the documents name every model'
  says '| `o1-mini` | long-thought, answer | disclosed | `README.md:7` |'
}

@test "figures of a work stand beside its teacher's, and those above are marked" {
  text "$(repository distilled-work)"
  says "ceiling: MATH-500, pass@1: 91.2 for the work's model, 90 for o1-mini; above its teacher, for attention and not as an accusation (README.md:27)"
  says "ceiling: AIME 2024, pass@1: 24.1 for the work's model, 63.6 for o1-mini (README.md:27)"
  markdown "$(repository distilled-work)"
  says "91.2 for the work's model, 90 for o1-mini; above its teacher, for attention and not as an accusation (\`README.md:27\`)"
  says "24.1 for the work's model, 63.6 for o1-mini (\`README.md:27\`)"
}

@test "only the teacher's own row is its figure: neither students called after it, nor votes, token counts and tables by teacher" {
  report "$(repository distilled-work)"
  is_json 'd.distillation.limits.filter(x => x.code === "ceiling").map(x => [x.teacher, x.benchmark, x.metric, x.student, x.teacher_value, x.above])' \
    '[["o1-mini","math-500","pass@1",91.2,90,true],["o1-mini","aime-2024","pass@1",24.1,63.6,false]]'
  is_json 'd.distillation.limits[0].evidence.map(x => x.path + ":" + x.line + " " + x.says)' '["README.md:27 table","README.md:24 table"]'
  is_json 'd.distillation.limits[0].source' null
}

@test "terms of a hosted teacher's provider are told with their source" {
  text "$(repository distilled-work)"
  says 'terms of openai: forbids using output to develop models that compete with it (https://openai.com/policies/terms-of-use)'
  says 'and 1 more'
  markdown "$(repository distilled-work)"
  says 'terms of openai, services-agreement: business and API customers may not use output'
  says '[wording](https://openai.com/policies/services-agreement/)'
  report "$(repository distilled-work)"
  is_json 'd.distillation.limits.filter(x => x.code === "terms").map(x => [x.teacher, x.source, x.student, x.above, x.evidence[0].line])' \
    '[["o1-mini","https://openai.com/policies/terms-of-use",null,null,7],["o1-mini","https://openai.com/policies/services-agreement/",null,null,7]]'
}

@test "open weights are bound by their licence, not by a service's terms" {
  report "$(taught public-traces)"
  is_json 'd.distillation.limits.filter(x => x.code === "terms").map(x => [x.teacher, x.source])' '[["DeepSeek-R1","https://github.com/deepseek-ai/DeepSeek-R1"]]'
  says '"licence mit of deepseek'
}

@test "terms that came after the work are not told of it" {
  local rules=$BATS_TEST_TMPDIR/rules
  mkdir -p "$rules/knowledge"
  printf '%s\n' 'terms:' '  - {provider: openai, clause: "of the day before", since: 2025-06-30, source: "https://example.org/before"}' \
    '  - {provider: openai, clause: "of the day after", since: 2025-07-02, source: "https://example.org/after"}' >"$rules/knowledge/terms.yaml"
  candor audit --format json --rubrics "$rules" "$(repository distilled-work)"
  exits 0
  is_json 'd.distillation.limits.filter(x => x.code === "terms").map(x => x.source)' '["https://example.org/before"]'
}

@test "training data that is neither in the tree nor linked is told to be unpublished" {
  text "$(repository distilled-work)"
  says 'no training data was found in the tree or linked: outputs of o1-mini for it are not published (README.md:7)'
  report "$(repository distilled-work)"
  is_json 'd.distillation.limits.map(x => x.code).filter(x => x.includes("data"))' '["unreleased-data"]'
}

@test "training data in the tree is not called unpublished" {
  local work=$BATS_TEST_TMPDIR/work
  cp -r "$(repository distilled-work)" "$work"
  mkdir "$work/data"
  for ((i = 0; i < 50; i++)); do printf '{"problem": "What is %d + 1?", "solution": "It is %d."}\n' $i $((i + 1)); done >"$work/data/train.jsonl"
  git -C "$work" add -A
  GIT_COMMITTER_DATE='1751328001 +0000' git -C "$work" commit -q -m 'Data'
  report "$work"
  is_json 'd.distillation.limits.map(x => x.code).filter(x => x.includes("data"))' '[]'
}

@test "published training data is told with its name" {
  local work=$BATS_TEST_TMPDIR/work
  cp -r "$(repository distilled-work)" "$work"
  printf '\n## Release\nWe release our training data as [acme/anvil-data](https://huggingface.co/datasets/acme/anvil-data) and the model as [acme/anvil-7b](https://huggingface.co/acme/Anvil-7B).\n' >>"$work/README.md"
  git -C "$work" add -A
  GIT_COMMITTER_DATE='1751328001 +0000' git -C "$work" commit -q -m 'Release'
  report "$work"
  is_json 'd.distillation.limits.filter(x => x.code.includes("data")).map(x => [x.code, x.what])' \
    '[["released-data","training data is published as acme/anvil-data, its licence is not known here"]]'
}

@test "a teacher that only code shows is told as evidence for a reader to confirm" {
  text "$(taught call-site-only)"
  says 'undisclosed: evidence of generation with gpt-4o at data_generation/make_solutions.py:11, not mentioned in the documents; a reader should confirm it'
  says 'gpt-4o code only; unpinned alias; answer, verify (data_generation/make_solutions.py:11)'
  says 'terms of openai'
  markdown "$(taught call-site-only)"
  says '**undisclosed**: evidence of generation with gpt-4o at'
  says '| `gpt-4o`, unpinned alias | answer, verify | code only | `data_generation/make_solutions.py:11` |'
}

@test "who only scores answers is never said to have written any, and a model that documents name is never called unmentioned" {
  text "$(taught reward-module)"
  says 'undisclosed: evidence of training rewards scored with gpt-4o-mini at train/rewards.py:12, not mentioned in the documents but beside results (README.md:24); a reader should confirm it'
  lacks 'generation'
  report "$(taught scorer-set-in-the-command)"
  is_json 'd.distillation.reader_needed' true
  is_json 'd.distillation.undecided' '{"between":["undisclosed","none"]}'
  is_json 'd.distillation.teachers.map(t => [t.roles.join(" "), t.disclosure, t.named.map(p => p.path + ":" + p.line).join(" ")])' \
    '[["verify reward","hinted","README.md:21"]]'
  text "$(taught scorer-set-in-the-command)"
  says 'unknown: a lead for a reader: what may be training rewards scored with Qwen2.5-72B-Instruct at train/rewards.py:7, named in the documents (README.md:21)'
  lacks 'not mentioned'
  lacks 'generation'
}

@test "undisclosed is only said of certain evidence; of less a reader is needed" {
  report "$(taught default-is-used)"
  is_json 'd.distillation.label' undisclosed
  is_json 'd.distillation.reader_needed' false
  is_json 'd.distillation.undecided' null
  is_json 'd.distillation.teachers.map(t => [t.model, t.confidence, t.direct])' '[["o1-mini","high",true]]'
  # the same script, which no command is shown to run: the default may have been replaced
  local work=$BATS_TEST_TMPDIR/work
  cp -r "$(taught default-is-used)" "$work"
  sed -i '/python data\/generate.py/d' "$work/README.md"
  GIT_COMMITTER_DATE='1751328001 +0000' git -C "$work" commit -q -a -m 'Shorter'
  report "$work"
  is_json 'd.distillation.label' unknown
  is_json 'd.distillation.reader_needed' true
  is_json 'd.distillation.undecided' '{"between":["undisclosed","unknown"]}'
  is_json 'd.distillation.teachers.map(t => [t.model, t.disclosure, t.direct])' '[["o1-mini","code-only",false]]'
  lacks 'mentioned'
  text "$work"
  says 'unknown: evidence of generation with o1-mini at data/generate.py:10 is not certain; a reader is needed'
  says 'o1-mini code only, not certain; long-thought, answer (data/generate.py:10)'
  lacks 'undisclosed'
  markdown "$work"
  says '**unknown**: evidence of generation with o1-mini at data/generate.py:10 is not certain; a reader is needed.'
  says '| code only, not certain |'
  lacks 'undisclosed'
}

@test "a partial disclosure is told with what is missing" {
  text "$(taught told-without-a-name)"
  says 'partial: the documents tell of some models that made training data, not of all or not by name'
  says 'evidence of generation with gpt-4o at data/solve.py:9, not mentioned in the documents but beside results (README.md:30); an unnamed model at README.md:13'
  says 'unnamed disclosed; answer, question (README.md:13)'
}

@test "inheritance is told as a chain from the work to the teacher" {
  text "$(taught public-traces)"
  says "inherited-only: no teacher of its own was found; what it starts from or trains on was made from other models' outputs"
  says 'work ← OpenThoughts-114k ← DeepSeek-R1; not stated (README.md:13)'
  says "ceiling: MATH-500, pass@1: 84.6 for the work's model, 97.3 for DeepSeek-R1 (README.md:30)"
  markdown "$(taught public-traces)"
  says '- `work ← OpenThoughts-114k ← DeepSeek-R1`, not stated `README.md:13`'
  text "$(taught distilled-base)"
  says 'work ← DeepSeek-R1-Distill-Qwen-1.5B ← DeepSeek-R1; stated'
}

@test "judges of results stand apart from teachers" {
  text "$(taught judge-in-code)"
  says 'judges of results, no teachers:'
  lacks 'ceiling'
  lacks 'terms of'
  report "$(taught judge-in-code)"
  is_json 'd.distillation.teachers.length' 0
}

@test "a work that no model taught has no limits" {
  local recipe
  for recipe in own-process-rewards growing-length judge-in-code; do
    report "$(taught "$recipe")"
    is_json 'd.distillation.limits' '[]'
    markdown "$(taught "$recipe")"
    lacks 'Limits'
    text "$(taught "$recipe")"
    lacks 'ceiling'
    lacks 'not published'
  done
  says 'no other model was found whose outputs made training data or rewards'
}

@test "the section stays within the terminal and is short" {
  local columns work
  for columns in 60 80 120; do
    for work in "$(repository distilled-work)" "$(taught call-site-only)" "$(taught teacher-on-a-distilled-base)"; do
      COLUMNS=$columns candor audit "$work"
      exits 0
      output=$(sed -n '/^Lineage$/,/^Commands$/p' <<<"$output")
      (($(wc -l <<<"$output") <= 24)) || explain_failure "too long at $columns columns"
      ! grep -qE "^.{$((columns + 1)),}\$" <<<"$output" || explain_failure "wider than $columns columns"
    done
  done
}

@test "what training data shows by itself is counted and decides nothing" {
  local folder=$BATS_TEST_TMPDIR/signs
  mkdir -p "$folder/data" && cd "$folder" && git init -q .
  printf '# A small work\n\nWe train with PPO on questions.\n' >README.md
  printf '{"question": "Who are you?", "answer": "I am a model made by OpenAI."}\n{"question": "And you?", "answer": "I am an assistant created by OpenAI, too.", "reasoning_content": "a\xe2\x80\xafb"}\n' >data/train.jsonl
  git add -A && git -c user.name=a -c user.email=a@example.org commit -qm "First release"
  candor audit --format json "$folder"
  exits 0
  python3 -c '
import json, sys
d = json.loads(sys.argv[1])["distillation"]
signs = {(s["path"], s["sign"], s["what"]): s["count"] for s in d["signs"]}
assert signs == {("data/train.jsonl", "self-identification", "OpenAI"): 2, ("data/train.jsonl", "reasoning-field", "reasoning_content"): 1,
                 ("data/train.jsonl", "glyph", "U+202F"): 1}, signs
assert d["teachers"] == [] and d["label"] not in ("undisclosed", "partial", "disclosed"), d
' "$output"
}

@test "a teacher that the manifest declares is disclosed, a model that nobody knows too" {
  mkdir -p "$BATS_TEST_TMPDIR/declared" && cd "$BATS_TEST_TMPDIR/declared"
  git init -q -b main
  echo '# Fernlet' >README.md
  cat >replication.yaml <<'END'
candor: 1
work: {title: Fernlet}
teachers:
  - {model: o1-mini, roles: [long-thought]}
  - {model: Rule book of ferns, roles: [answer]}
END
  git add -A
  git commit -q -m work
  candor audit --format json
  exits 0
  is_json d.distillation.label disclosed
  is_json 'd.distillation.teachers.map (t => [t.model, t.roles.join ("+"), t.disclosure, t.evidence[0].path + ":" + t.evidence[0].line].join ("/")).join ()' \
    'o1-mini/long-thought/disclosed/replication.yaml:4,Rule book of ferns/answer/disclosed/replication.yaml:5'
}
