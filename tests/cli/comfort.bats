# What makes the command line easy: suggestions, manuals, completions, what to do next, progress.
load candor

setup () {
  export LC_ALL=C.UTF-8
  cd "$BATS_TEST_TMPDIR"
}

# --- suggestions ---

@test "a word that is nearly right is answered with the right one, any other with what there is" {
  suggests () { # TEXT ARGUMENT…
    local text=$1
    shift
    candor "$@"
    fails_clearly 2
    complains "$text"
  }
  suggests 'there is no verb "adit"; did you mean `candor audit`?' adit
  suggests 'did you mean `candor explain`?' explian data.sources
  suggests 'there is no verb "paint"; `candor help` lists them' paint
  suggests 'there is no option "--fromat"; did you mean "--format"?' audit --fromat json
  suggests 'there is no option "--fromat"; did you mean "--format"?' audit --fromat=json
  suggests 'there is no option "--zebra"; see `candor audit --help`' audit --zebra
  suggests 'there is no option "-Z"; see `candor audit --help`' audit -Z
  suggests 'there is no option "--outptu"; did you mean "--output"?' upstream build list.yaml --outptu x
  suggests 'there is no format "jsn"; did you mean "json"?' audit --format jsn .
  suggests 'there is no format "xml"; there are text and json' agreement --format xml a b
  suggests 'there is no policy "disclosrue"; did you mean "disclosure"?' gate --policy disclosrue .
  suggests 'there is no grader "mtah"; did you mean "math"?' grade --grader mtah
  suggests 'there is no grader "squad-me"; did you mean "squad-em"?' compare --grader squad-me a b
  suggests 'there is no executor "slrum"; did you mean "slurm"?' reproduce --run --executor slrum
  suggests 'there is no executor "cloud"; there are local and slurm' reproduce --run --executor cloud
  suggests 'there is no rubric "code-completness"; did you mean "code-completeness"?' explain --rubric code-completness data
  suggests 'data.sources' explain data.soruces
  suggests 'nothing is written for "zhs"; did you mean "zsh"?' describe zhs
  suggests 'there is no verb "audti"; did you mean `candor audit`?' describe man audti
  suggests 'there is no kind of name "RUBRICS"; did you mean "RUBRIC"?' describe names RUBRICS
  suggests 'usage: candor describe' describe
}

# --- what to do next ---

@test "the program alone tells what the folder is, and what to do with it" {
  alone () { # TEXT…: in the current folder
    local text
    candor
    fails_clearly_alone
    for text; do complains "$text"; done
  }
  fails_clearly_alone () {
    exits 2
    unhurt
    [[ -z $output ]] || explain_failure 'expected nothing on standard output'
    [[ $(grep -c '^  candor ' <<<"$stderr") -le 3 ]] || explain_failure 'more than three commands'
    complains '`candor help`'
  }
  # the folder of the case must not lie in a repository
  alone 'This folder is no git repository.' 'candor audit path/to/repository'
  touch works.yaml
  alone 'but has a list of works (works.yaml)' 'candor leaderboard works.yaml'
  git init -q work
  mkdir work/part
  cd work
  alone 'This folder is a git repository.' '  candor audit . ' 'candor init . -o replication.yaml'
  touch replication.yaml
  alone 'a git repository with a manifest (replication.yaml).' 'candor validate' 'candor reproduce --run .'
  touch assessment.yaml
  alone 'with a manifest (replication.yaml) and a reader'\''s answers (assessment.yaml).' 'candor audit . --assessment assessment.yaml'
  cd part
  alone 'This folder is part of a git repository.' '--subdir "$(git rev-parse --show-prefix)"'
}

# --- manuals ---

# What man makes of a page; its warnings are an error.
page () { # FILE
  MANWIDTH=200 man --warnings --local-file "$1" >page.txt 2>page.err
  [[ ! -s page.err ]] || { echo "$1:"; cat page.err; return 1; }
  sed 's/.\x08//g' page.txt
}

@test "every verb has a manual that man reads without a warning, with all options of its help" {
  local verb option text
  candor help
  for verb in $("$CANDOR" describe names VERB); do
    says "  $verb "
    "$CANDOR" describe man "$verb" >"candor-$verb.1"
    never env LC_ALL=C grep -P '[^\x20-\x7e\n]' "candor-$verb.1"
    text=$(page "candor-$verb.1")
    grep -qE "^ +candor-$verb - " <<<"$text"
    grep -qF "candor $verb [OPTION...]" <<<"$text"
    for option in $("$CANDOR" "$verb" --help | grep -oE '^ +(-., )?--[a-z-]+' | grep -oE -e '--[a-z-]+'); do
      grep -qE -e "^ +(-.( [^ ]+)?, )?$option(\[?=| |\$)" <<<"$text" || { echo "$verb: $option is not in its manual"; return 1; }
    done
  done
  [[ $(ls candor-*.1 | wc -l) -ge 11 ]]
}

@test "the program's manual lists verbs, statuses, environment, files and examples" {
  local text verb
  "$CANDOR" describe man >candor.1
  text=$(page candor.1)
  for verb in $("$CANDOR" describe names VERB); do grep -qF "candor-$verb(1)" <<<"$text"; done
  for section in VERBS 'EXIT STATUS' ENVIRONMENT FILES EXAMPLES 'SEE ALSO'; do grep -qx "$section" <<<"$text"; done
  grep -qF NO_COLOR <<<"$text"
}

@test "what roff takes for its own reaches the reader as it was written" {
  local text
  "$CANDOR" describe man grade >grade.1
  text=$(page grade.1)
  grep -qF 'reads JSONL with gold and prediction (or response; text, numbers, lists)' <<<"$text"
  "$CANDOR" describe man reproduce >reproduce.1
  text=$(page reproduce.1)
  grep -qF '… of memory (default 8GiB).' <<<"$text"
  grep -qF "The work, and its manifest, is in this folder" <<<"$text"
  "$CANDOR" describe man >candor.1
  grep -qF '~/.cache' <<<"$(page candor.1)"
}

@test "the examples of manuals are of verbs and options that there are" {
  local verb option line
  for verb in $("$CANDOR" describe names VERB); do
    "$CANDOR" describe man "$verb" >verb.1
    page verb.1 | sed -n '/^EXAMPLES/,/^SEE ALSO/p' | grep -E '^ +candor ' | while IFS= read -r line; do
      for option in $(grep -oE -e ' --[a-z-]+' <<<"$line"); do
        "$CANDOR" "$verb" --help | grep -qE -e "$option(\[|[ =,]|\$)" || { echo "$line: there is no $option"; exit 1; }
      done
    done
  done
}

# --- completions ---

lay_out () { # a folder to complete in, and the program by its name
  mkdir -p bin here/folder functions
  ln -sf "$CANDOR" bin/candor
  touch here/file.yaml
  export PATH=$PWD/bin:$PATH
  cd here
}
has_words () { # WORD…: in $got, a line each
  local word
  for word; do grep -qxF -e "$word" <<<"$got" || { echo "no $word in:" "$got"; return 1; }; done
}
has_not () {
  local word
  for word; do never grep -qxF -e "$word" <<<"$got" || { echo "$word in:" "$got"; return 1; }; done
}

@test "bash completes verbs, options, values, files, folders and names" {
  lay_out
  "$CANDOR" describe bash >../candor.bash
  bash -n ../candor.bash
  completed () { # WORD…, the last one is being typed
    got=$(bash -c 'source ../candor.bash; COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _candor; printf "%s\n" "${COMPREPLY[@]}"' bash "$@")
  }
  completed candor a
  has_words audit agreement
  has_not explain
  completed candor audit --f
  has_words --format
  has_not --output
  completed candor audit --format ''
  has_words text json markdown
  has_not file.yaml
  completed candor audit --format = m
  has_words markdown
  has_not text
  completed candor audit --rubric ''
  has_words tti file.yaml
  completed candor audit --subdir ''
  has_words folder
  has_not file.yaml
  completed candor audit -o ''
  has_words file.yaml folder
  completed candor audit --history ''
  has_not tags
  completed candor audit --history = ''
  has_words tags
  completed candor audit --threads ''
  [[ -z $got ]]
  completed candor audit -- --f
  has_not --format
  completed candor explain data.
  has_words data.sources
  has_not method.compute
  completed candor review --only data.so
  has_words data.sources
  completed candor grade --grader m
  has_words math
  completed candor compare --benchmark aim
  has_words aime-2024
  completed candor reproduce --executor ''
  has_words local slurm
  completed candor compare ''
  has_words file.yaml
  completed candor gate --policy ''
  has_words disclosure file.yaml
  completed candor gate --policy = discl
  has_words disclosure
  completed candor diff ''
  has_words file.yaml folder
  completed candor upstream ''
  has_words build
  completed candor nothing ''
  [[ -z $got ]]
}

@test "zsh completes them, too" {
  lay_out
  "$CANDOR" describe zsh >../functions/_candor
  zsh -n ../functions/_candor
  got=$(timeout 60 zsh -f "$ROOT/tests/cli/complete.zsh" "$PWD/../functions" 'candor aud' 'candor audit --asse' 'candor audit --format j' 'candor audit --format=mark' \
    'candor explain data.sour' 'candor grade --grader nume' 'candor audit -o fi' 'candor audit --subdir fo' 'candor audit fo' 'candor reproduce --executor=sl')
  diff <(echo "$got") - <<'END'
candor audit
candor audit --assessment
candor audit --format json
candor audit --format=markdown
candor explain data.sources
candor grade --grader numeric
candor audit -o file.yaml
candor audit --subdir folder
candor audit folder
candor reproduce --executor=slurm
END
}

@test "fish completes them, too, and tells what they are" {
  lay_out
  "$CANDOR" describe fish >../candor.fish
  fish --no-execute ../candor.fish
  completed () {
    got=$(HOME=$BATS_TEST_TMPDIR fish --no-config -c "source ../candor.fish; complete -C \$argv[1]" -- "$1" | { [[ -n ${2:-} ]] && cat || cut -f1; })
  }
  completed 'candor aud' whole
  has_words $'audit\tscore a repository, with the line behind every point'
  completed 'candor audit --form'
  has_words --format
  completed 'candor audit --format '
  has_words text json markdown
  has_not file.yaml
  completed 'candor audit --format=js'
  has_words --format=json
  completed 'candor audit --rubric '
  has_words tti file.yaml
  completed 'candor audit '
  has_words folder/
  has_not file.yaml
  completed 'candor explain data.so'
  has_words data.sources
  completed 'candor grade --grader nu'
  has_words numeric
  completed 'candor validate '
  has_words file.yaml
}

@test "what is installed is removed again, and nothing else" {
  local dest=$BATS_TEST_TMPDIR/dest made verb
  installed () { # GOAL [NAME=VALUE]
    env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS make -s -C "$ROOT" -o all BUILD="$(dirname "$CANDOR")" DESTDIR="$dest" "$@"
  }
  mkdir -p "$dest/usr/local/share/man/man1"
  touch "$dest/usr/local/share/man/man1/other.1"
  installed install
  made=$(cd "$dest/usr/local" && find . -type f | sort)
  got=$made
  has_words ./bin/candor ./share/man/man1/candor.1 ./share/man/man1/candor-audit.1 ./share/bash-completion/completions/candor \
    ./share/zsh/site-functions/_candor ./share/fish/vendor_completions.d/candor.fish
  for verb in $("$CANDOR" describe names VERB); do has_words "./share/man/man1/candor-$verb.1"; done
  cmp <("$CANDOR" describe fish) "$dest/usr/local/share/fish/vendor_completions.d/candor.fish"
  installed uninstall
  [[ $(cd "$dest" && find . -type f) == ./usr/local/share/man/man1/other.1 ]]
  installed install PREFIX=/usr
  [[ -s $dest/usr/share/zsh/vendor-completions/_candor && ! -e $dest/usr/share/zsh/site-functions ]]
}

# --- progress ---

history () { # three commits, whose audits are counted
  git init -q work
  for i in 1 2 3; do
    echo "Version $i" >work/README.md
    git -C work add README.md
    git -C work commit -q -m "$i"
  done
}
on_terminal () { # COLUMNS ARGUMENT…: what is drawn, a line each time, without the report
  local columns=$1
  shift
  script -qec "stty cols $columns; $(printf '%q ' "$CANDOR" "$@") >/dev/null" /dev/null </dev/null >drawn.raw
  tr '\r' '\n' <drawn.raw >drawn
}

@test "progress is one line on a terminal, as wide as it, and goes away" {
  history
  LC_ALL=C.UTF-8 TERM=xterm on_terminal 80 audit --history=3 work
  grep -qP '^auditing commits   50 %  [█▏▎▍▌▋▊▉ ]{10,}  1/2(  [0-9.]+/s  [0-9]+ s left)?\x1b\[K$' drawn || { cat -A drawn; return 1; }
  [[ $(tail -n 1 drawn) == $'\033[K' ]]
  never grep -q $'\033\\[[0-9;]*m' drawn # no colours, whatever NO_COLOR says
  LC_ALL=C TERM=xterm on_terminal 36 audit --history=3 work
  grep -qP '^auditing commits   50 %  1/2\x1b\[K$' drawn || { cat -A drawn; return 1; }
}

@test "no progress with --quiet, on a dumb terminal, and where there is no terminal" {
  history
  TERM=xterm on_terminal 80 audit --quiet --history=3 work
  [[ ! -s drawn.raw ]] || { cat -A drawn; return 1; }
  TERM=dumb on_terminal 80 audit --history=3 work
  [[ ! -s drawn.raw ]] || { cat -A drawn; return 1; }
  candor audit --history=3 work
  exits 0
  silent
}
