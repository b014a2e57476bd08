# What a command lacks in this tree may be elsewhere: then it is no accusation. Beside each such command stands one that nothing excuses.
load candor

setup_file () {
  export AUDIT=$BATS_FILE_TMPDIR/audit.json
  candor audit --format json -o "$AUDIT" "$(repository commands-elsewhere)"
}
setup () {
  output=$(<"$AUDIT")
}
# Status and problems, as "code what", of the command of PATH whose text holds TEXT.
judged () { # PATH TEXT STATUS PROBLEMS
  local found="d.commands.training.concat (d.commands.evaluation).find (c => c.path === '$1' && c.command.includes ('$2'))"
  is_json "($found || {}).status" "$3"
  is_json "($found || { problems: [] }).problems.map (p => p.code + ' ' + p.what).join ()" "$4"
}

@test "options are not judged by a parser that the program does not make itself" {
  judged README.md train_mem.py runnable ''
  judged README.md 'strict.py --train_path' broken 'unknown-option --train_path'
}

@test "a parser class that takes dashes and underscores alike is not argparse's" {
  judged README.md 'flexible.py --train_path' runnable ''
}

@test "remarks among the parameters of a function hide none of them" {
  judged README.md 'fired.py --split' runnable ''
  judged README.md 'fired.py --splat' broken 'unknown-option --splat'
}

@test "a module elsewhere in the tree need not be the one that is run; one in the folder is" {
  judged README.md copied.sh runnable ''
  judged README.md weir.loop runnable ''
  judged README.md '--rate' broken 'unknown-option --rate'
}

@test "a variable left empty is the reader's to fill; a path of somebody's machine is nobody's" {
  judged scripts/emptied.sh train_strict.py unknown 'unset-variable WEIR_ROOT'
  judged scripts/mounted.sh train_strict.py broken 'machine-path /mnt/ada/sets/train.jsonl'
}

@test "a secret that was taken out is everybody's own; a path that was taken out is lost" {
  judged README.md 'redacted key' runnable ''
  judged README.md /redacted/path broken 'placeholder /redacted/path'
}

@test "a comment above a command may tell to replace what its program reads" {
  judged README.md 'python constants.py' runnable ''
  judged README.md 'python constants_too.py' broken 'machine-path /data2/ada/constants_too.jsonl'
}

@test "a remark above a value may tell to change it; one that says what it is does not" {
  judged scripts/noted.sh train_strict.py runnable ''
  judged scripts/mounted.sh train_strict.py broken 'machine-path /mnt/ada/sets/train.jsonl'
}

@test "containers, alternatives, backslashes and temporary files accuse nobody" {
  is_json "d.commands.training.filter (c => c.path === 'README.md' && /docker|2k|step_train|weir_train/.test (c.command) && c.status === 'broken').map (c => c.command)" '[]'
}

@test "what a page or its script takes from another project is not known" {
  judged README.md train_long.py unknown 'local-path launcher/train_long.py'
  judged factory/train.sh train_all.py unknown 'local-path launch/train_all.py'
  judged folder/lost.sh train_lost.py broken 'missing-file launch/train_lost.py'
}

@test "a folder that a variable leads to is looked for in the tree" {
  judged factory/entered.sh train_deep.py runnable ''
}

@test "a page that went to a folder is still there in its next section" {
  judged README.md second_train.py runnable ''
  judged README.md third_train.py broken 'missing-file third_train.py'
}

@test "files that the reader moves, unpacks or saves are the reader's; one that a run needs is not" {
  judged README.md train_prep.py unknown 'local-path lockgate/data/train_prep.py'
  judged README.md packed/ unknown 'local-path packed/train.jsonl,local-path packed/all.yaml'
  judged README.md shown_train.py unknown 'local-path shown_train.py'
  judged README.md train_absent.py broken 'missing-file train_absent.py'
  judged README.md configs/lost.yaml broken 'missing-file configs/lost.yaml'
}

@test "a script named in a sentence is run from no folder, whatever its path begins with" {
  is_json "d.commands.training.some (c => c.path === 'README.md' && c.command.includes ('./folder/train.sh') && c.status === 'broken')" false
}

@test "the manual of a package inside the tree is written for the package's own tree" {
  is_json "d.commands.evaluation.concat (d.commands.training).filter (c => c.path.includes ('harness/docs')).map (c => c.status)" '["unknown"]'
}
