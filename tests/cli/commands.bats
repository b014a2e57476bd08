# Commands of a work: could somebody else run them with this commit, and what tells. The recipe's headings say what each must be.
load candor

setup_file () {
  export AUDIT=$BATS_FILE_TMPDIR/audit.json
  candor audit --format json -o "$AUDIT" "$(repository commands-work)"
}
setup () {
  output=$(<"$AUDIT")
}
# Status and problems of the command that holds TEXT.
command_is () { # TEXT STATUS [CODE WHAT]
  is_json "(d.commands.training.concat (d.commands.evaluation).find (c => c.command.includes ($(printf '%s' "\"$1\""))) || {}).status" "$2"
  [[ -z ${3:-} ]] ||
    is_json "d.commands.training.concat (d.commands.evaluation).find (c => c.command.includes (\"$1\")).problems.some (p => p.code === \"$3\" && p.what.includes (\"$4\"))" true
}
# The README's commands between two headings: how many, and all of this status.
lines_between () { # HEADING NEXT STATUS COUNT
  local from to
  from=$(grep -n "^## $1" "$(repository commands-work)/README.md" | cut -d: -f1)
  to=$(grep -n "^## $2" "$(repository commands-work)/README.md" | cut -d: -f1)
  is_json "d.commands.training.concat (d.commands.evaluation).filter (c => c.path === 'README.md' && c.line > $from && c.line < $to && c.status !== '$3').map (c => c.command)" '[]'
  is_json "d.commands.training.filter (c => c.path === 'README.md' && c.line > $from && c.line < $to).length" "$4"
}

@test "commands that name what is there, is public, or is the user's to fill are runnable" {
  lines_between 'Training: runnable' 'Training: broken' runnable 6
}

@test "commands that fail as documented are broken" {
  lines_between 'Training: broken' 'Training: unknown' broken 11
}

@test "commands that the tree cannot tell of are unknown" {
  lines_between 'Training: unknown' Evaluation unknown 4
}

@test "a problem names its code, what, path and line" {
  command_is 'train.py --learning_rate' broken unknown-option --learning_rate
  command_is 'trian.py' broken missing-file trian.py
  command_is 'configs/ppo.yaml' broken missing-file configs/ppo.yaml
  command_is 'brook.trian' broken missing-module brook.trian
  command_is '/mnt/ada' broken machine-path /mnt/ada/brook/train.jsonl
  command_is '/redacted/path' broken placeholder /redacted/path
  command_is 'trainer.epoch=3' broken unknown-option trainer.epoch
  command_is 'third_party/verl' unknown submodule third_party/verl/train.py
  command_is 'BROOK_TRAIN' unknown unset-variable BROOK_TRAIN
  command_is 'make evaluate' runnable
  command_is 'lm_eval' runnable
}

@test "what runs a script is as good as the runs inside it, and the place is the script's" {
  command_is 'bash scripts/train.sh' broken machine-path /home/ada/train.jsonl
  is_json "d.commands.training.find (c => c.command === 'bash scripts/train.sh').problems[0].path" scripts/train.sh
  is_json "d.commands.training.find (c => c.command === 'bash scripts/train.sh').problems[0].line" 1
  command_is 'bash lost.sh' broken missing-file 'deep/train_inner.py in sub'
}

@test "a seed that nothing reads is no seed; one pinned package of two is partly; hardware is told" {
  is_json d.commands.environment.seed unread
  is_json d.commands.environment.dependencies partly
  is_json d.commands.environment.hardware true
  is_json 'd.commands.environment.evidence.map (p => p.path).join ()' requirements.txt,train.py,README.md
}

@test "committed credentials are risks with their places; placeholders are none" {
  is_json 'd.risks.map (r => r.code).join ()' committed-credential
  is_json 'd.risks[0].evidence.map (p => p.path + ":" + p.line).join ()' explore.ipynb:1,judge.py:2,scripts/keyed.sh:1
}

@test "no format prints a credential's value" {
  local key format where
  where=$(repository commands-work)
  key=$(sed -n 's/^export WANDB_API_KEY=//p' "$where/scripts/keyed.sh")
  ((${#key} == 40)) || explain_failure "the recipe's key has ${#key} characters"
  git -C "$where" worktree add -q "$BATS_TEST_TMPDIR/keyed" 2>/dev/null
  cd "$BATS_TEST_TMPDIR/keyed"
  printf '\n## Training\n\nRun `WANDB_API_KEY=%s python train.py --lr 1e-6`; we train with lr 1e-6, batch size 8 and api_key=%s for 3 epochs.\n```bash\nWANDB_API_KEY=%s python train.py --lr 1e-6\n```\n' \
    "$key" "$key" "$key" >>README.md
  git -c user.name=a -c user.email=a@b commit -qam keyed
  for format in json text markdown; do
    candor audit --format "$format" .
    exits 0
    lacks "$key"
  done
  candor audit --format json .
  says 'WANDB_API_KEY=[credential]'
  candor init .
  exits 0
  lacks "$key"
}

# The same of the work whose scripts count on a folder, on variables and on words.
folders_audit () {
  candor audit --format json "$(repository commands-folders)"
}

@test "hydra's own configuration must be there, unless another is handed over" {
  folders_audit
  command_is 'train_own.py lr=1e-6' broken missing-file conf/own.yaml
  is_json "d.commands.training.find (c => c.command === 'python train_own.py lr=1e-6').problems[0].path" train_own.py
  is_json "d.commands.training.find (c => c.command === 'python train_own.py lr=1e-6').problems[0].line" 3
  command_is '--config-name other' runnable
}

@test "a command and what it runs are found from one folder; a script's path in a sentence says none" {
  folders_audit
  command_is 'bash run/nested.sh' broken missing-file 'tools/train.py in the root'
  is_json "d.commands.training.concat (d.commands.evaluation).filter (c => c.path === 'README.md' && c.command === 'run/nested.sh').some (c => c.status === 'broken')" false
  command_is 'bash run/train_last.sh' broken missing-file '../data/train.parquet in the root'
}

@test "variables that a script uses and nobody sets leave it unknown; a remark that tells of one does not" {
  folders_audit
  command_is 'bash run/unset.sh' unknown unset-variable FORD_SAVE
  command_is 'bash run/asked.sh' runnable
  command_is '\"$QUESTION_FILE\"' runnable
}

@test "words that a script takes without a default are missed where the document leaves them out" {
  folders_audit
  is_json "d.commands.training.find (c => c.command === 'bash run/words.sh').status" broken
  is_json "d.commands.training.find (c => c.command === 'bash run/words.sh').problems[0].what" '$1'
  command_is 'bash run/words.sh models/ford' runnable
  command_is 'bash run/default.sh' runnable
}

@test "a branch that may not be taken is no evidence beside what always runs" {
  folders_audit
  command_is 'bash run/branches.sh' runnable
  command_is 'evaluate_former.py' broken missing-file evaluate_former.py
}

@test "paths that the reader is told to edit are the reader's; a missing configuration is not" {
  folders_audit
  command_is 'bash run/edited.sh' broken missing-file configs/lost.json
  is_json "d.commands.training.find (c => c.command === 'bash run/edited.sh').problems.length" 1
}

@test "a path of somebody's machine in the program's own run breaks it" {
  folders_audit
  command_is 'reference_server.py' broken machine-path /data2/ada/base
}

@test "python is a program, whatever launches behind it" {
  folders_audit
  command_is 'accelerate.commands.launch' runnable
}

@test "servers and makers of answers are listed with the run that they are for; downloads and data are not" {
  folders_audit
  is_json "d.commands.evaluation.some (c => c.command.startsWith ('vllm serve'))" true
  is_json "d.commands.evaluation.some (c => c.path === 'eval/run_answers.sh')" true
  is_json "d.commands.training.concat (d.commands.evaluation).some (c => c.command.includes ('huggingface-cli'))" false
  is_json "d.commands.training.concat (d.commands.evaluation).some (c => c.command.includes ('build_pairs'))" false
}
