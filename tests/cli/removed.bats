# `candor audit --history`: what was said or shown once, and is no more. Facts with both commits; and nothing where it is still told, was moved, or was
# never the work's.
load candor

SAYS='We use DeepSeek-R1 to generate the long chains of thought of our training data.'
COUNT='There are 12,000 problems from GSM8K and MATH.'

begin () { # a repository of its own, entered
  mkdir -p "$BATS_TEST_TMPDIR/work"
  cd "$BATS_TEST_TMPDIR/work"
  git init -q -b main
  clock=1740787200 # 2025-03-01
}
save () { # MESSAGE
  clock=$((clock + 24 * 3600))
  git add -A
  GIT_AUTHOR_DATE="$clock +0000" GIT_COMMITTER_DATE="$clock +0000" git commit -q --allow-empty -m "$1"
}
readme () { # LINES of the section on data, LINES at the end
  printf '# Beacon\n\nBeacon-7B is a reasoning model, fine-tuned from Qwen2.5-7B on long chains of thought.\n\n## Data\n\n%s\n\n## Training\n\nWe fine-tune for 3 epochs on 8 x A100 GPUs.\n%s' "$1" "${2:-}" >README.md
}
generator () { # PATH: a script that lets a model make training data
  mkdir -p "$(dirname "$1")"
  cat >"$1" <<'END'
import json

from openai import OpenAI

client = OpenAI()


def generate(problem):
    answer = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": problem}])
    return answer.choices[0].message.content


with open("data/train.jsonl", "w") as file:
    for line in open("data/problems.txt"):
        file.write(json.dumps({"problem": line, "solution": generate(line)}) + "\n")
END
}
removed () { # JSON of what is reported, in short
  candor audit --format json --history=2 .
  exits 0
  silent
  json 'd.history.removed.map (r => [r.kind, r.model ?? r.id, r.path, r.instead])'
}
is_removed () { # EXPECTED
  local got
  got=$(removed)
  [[ $got == "$1" ]] || explain_failure "removed is $got instead of $1"
}

@test "a README that loses its disclosure in commit 7 of 9 is reported with both commits" {
  local repository
  repository=$(repository taken-away)
  candor audit --format json --history "$repository"
  exits 0
  is_json 'd.history.removed.length' 1
  is_json 'd.history.removed[0].kind' disclosure
  is_json 'd.history.removed[0].model' DeepSeek-R1
  is_json 'd.history.removed[0].path' README.md
  is_json 'd.history.removed[0].said_first.commit' "$(git -C "$repository" rev-parse HEAD~6)"
  is_json 'd.history.removed[0].said_first.line' 7
  is_json 'd.history.removed[0].said_first.date' 2025-03-04
  is_json 'd.history.removed[0].taken_away.commit' "$(git -C "$repository" rev-parse HEAD~2)"
  is_json 'd.history.removed[0].taken_away.date' 2025-03-08
  is_json 'd.history.removed[0].still_told' false
}

@test "before it was taken away nothing is reported, and a plain audit looks for nothing" {
  candor audit --format json --history --commit HEAD~3 "$(repository taken-away)"
  exits 0
  is_json 'd.history.removed.length' 0
  candor audit --format json "$(repository taken-away)"
  is_json 'd.history === undefined' true
}

@test "text and Markdown tell both commits" {
  local repository format
  repository=$(repository taken-away)
  for format in text markdown; do
    candor audit --format $format --history "$repository"
    exits 0
    says 'Said once, and said no more'
    says DeepSeek-R1
    says "$(git -C "$repository" rev-parse HEAD~6 | head -c 10)"
    says "$(git -C "$repository" rev-parse HEAD~2 | head -c 10)"
  done
}

@test "the report does not depend on the number of threads" {
  local expected
  candor audit --format json --history --threads 1 "$(repository taken-away)"
  expected=$output
  candor audit --format json --history --threads 8 "$(repository taken-away)"
  [[ $output == "$expected" ]] || explain_failure 'the reports differ'
}

@test "what another document says now is not taken away" {
  begin
  readme "$SAYS"
  save one
  readme "$COUNT"
  mkdir docs
  printf '# Data\n\n%s\n' "$SAYS" >docs/data.md
  save two
  is_removed '[]'
}

@test "what is said again is not taken away" {
  begin
  readme "$SAYS"
  save one
  readme "$COUNT"
  save two
  readme "$COUNT $SAYS"
  save three
  is_removed '[]'
}

@test "a model that the text still speaks of is not called taken away" {
  begin
  readme "$SAYS"
  save one
  readme "$COUNT The chains of thought are those that DeepSeek-R1 wrote."
  save two
  is_removed '[]'
}

@test "a model that only results still name is" {
  begin
  readme "$SAYS"
  save one
  readme "$COUNT" $'\n## Results\n\n| model | AIME 2024 |\n|---|---|\n| DeepSeek-R1 | 79.8 |\n| Beacon-7B | 40.0 |\n'
  save two
  is_removed '[["disclosure","DeepSeek-R1","README.md",null]]'
}

@test "another model in its place is told" {
  begin
  readme "$SAYS"
  save one
  readme "${SAYS/DeepSeek-R1/QwQ-32B}"
  save two
  is_removed '[["disclosure","DeepSeek-R1","README.md","QwQ-32B"]]'
}

@test "a name that is taken out of the sentence is told as that" {
  begin
  readme "$SAYS"
  save one
  readme "${SAYS/DeepSeek-R1/a stronger model}"
  save two
  is_removed '[["teacher","DeepSeek-R1","README.md",null]]'
}

@test "a document that is deleted with its disclosure" {
  begin
  readme "$COUNT"
  mkdir docs
  printf '# Data\n\n%s\n' "$SAYS" >docs/data.md
  save one
  git rm -q docs/data.md
  save two
  is_removed '[["disclosure","DeepSeek-R1","docs/data.md",null]]'
}

@test "a generation script that was deleted" {
  begin
  readme "$COUNT"
  generator data_generation/make.py
  save one
  git rm -q data_generation/make.py
  save two
  is_removed '[["script","gpt-4o","data_generation/make.py",null]]'
}

@test "a generation script that was moved or rewritten is not deleted" {
  begin
  readme "$COUNT"
  generator data_generation/make.py
  save one
  mkdir synthesis
  git mv data_generation/make.py synthesis/make.py
  save two
  is_removed '[]'
  git rm -q synthesis/make.py
  generator data_generation/solutions.py
  sed -i 's/generate/solve/' data_generation/solutions.py
  save three
  is_removed '[]'
}

@test "a model's name that is taken out of a generation script" {
  begin
  readme "$COUNT"
  generator data_generation/make.py
  save one
  sed -i '1i import os\n' data_generation/make.py
  sed -i 's/"gpt-4o"/os.environ["MODEL"]/' data_generation/make.py
  save two
  is_removed '[["teacher","gpt-4o","data_generation/make.py",null]]'
}

@test "a disclosed model whose script is deleted is told still" {
  begin
  readme 'We use GPT-4o to generate the solutions of our training data.'
  generator data_generation/make.py
  save one
  git rm -q data_generation/make.py
  save two
  is_removed '[["script","gpt-4o","data_generation/make.py",null]]'
  candor audit --format json --history=2 .
  is_json 'd.history.removed[0].still_told' true
}

@test "a judge of results that is deleted was no teacher" {
  begin
  readme "$COUNT"
  generator evaluation/judge.py
  save one
  git rm -q evaluation/judge.py
  save two
  is_removed '[]'
}

@test "a dataset that takes another's place in a training configuration" {
  local configuration='model_name_or_path: Qwen/Qwen2.5-7B\nlearning_rate: 1.0e-5\nnum_train_epochs: 3\nper_device_train_batch_size: 2\ndataset_name: %s\n'
  begin
  readme "$COUNT"
  mkdir configs
  printf "$configuration" beacon/first-set >configs/sft.yaml
  save one
  printf "$configuration" beacon/second-set >configs/sft.yaml
  save two
  is_removed '[["dataset","beacon/first-set","configs/sft.yaml","beacon/second-set"]]'
  readme "$COUNT Earlier runs trained on beacon/first-set."
  save three
  is_removed '[]'
}

@test "what a fork's upstream said before the work began is not the work's" {
  begin
  printf '# Harbour\n\nHarbour is a library for training.\n\n## Data\n\n%s\n' "$SAYS" >README.md
  generator data_generation/make.py
  printf '# Guide\n\n## Data\n\n%s\n' "$SAYS" >guide.md
  save upstream
  git rm -q guide.md data_generation/make.py
  readme "$COUNT"
  save 'the work begins'
  readme "$COUNT Filtered."
  save three
  is_removed '[]'
}

@test "a copied project's README that is deleted is not the work's" {
  begin
  readme "$COUNT"
  mkdir -p third_party/harbour
  printf '# Harbour\n\n## Data\n\n%s\n' "$SAYS" >third_party/harbour/README.md
  for part in a b c d e f g; do echo "class $part: pass" >third_party/harbour/$part.py; done
  save one
  git rm -q -r third_party
  save two
  is_removed '[]'
}

@test "a plan, a denial and a comparison that are removed were no disclosure" {
  begin
  readme "$COUNT
- [ ] We will use DeepSeek-R1 to generate the long chains of thought of our training data.
- We do not use GPT-4o to generate training data.
- Most previous datasets were generated by ChatGPT."
  save one
  readme "$COUNT"
  save two
  is_removed '[]'
}

@test "a README without its former self tells nothing of when the work began" {
  begin
  readme "$SAYS"
  save one
  git rm -q README.md
  echo 'print("training")' >train.py
  save two
  is_removed '[]'
}
