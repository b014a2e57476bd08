# `candor audit --format html`: one page that says what the JSON says, is whole by itself, and lets nothing of a repository become markup.
load candor

page () { # OPTIONS... REPOSITORY: the page and the JSON, checked against each other
  candor audit --format html -o "$BATS_TEST_TMPDIR/page.html" "$@"
  exits 0
  silent
  candor audit --format json -o "$BATS_TEST_TMPDIR/audit.json" "$@"
  exits 0
  check "$BATS_TEST_TMPDIR/page.html" "$BATS_TEST_TMPDIR/audit.json"
}
check () {
  local faults
  faults=$(python3 "$ROOT/tests/cli/page.py" "$@" 2>&1) || explain_failure "$faults"
}
on_page () { # TEXT
  grep -qF -- "$1" "$BATS_TEST_TMPDIR/page.html" || explain_failure "not on the page: $1"
}

@test "a page shows every verdict of the audit with its points and its doubt, and is the same twice" {
  page "$(repository declared-work)"
  on_page '<!DOCTYPE html>'
  on_page '6 figures claimed: 6 reproduced.'
  on_page 'aria-label="Claims against what was obtained"'
  on_page 'aria-label="Lineage of the work"'
  on_page 'Every file that could bear on a verdict was examined.'
  candor audit --format html --threads 1 "$(repository declared-work)"
  exits 0
  printf '%s\n' "$output" | cmp - "$BATS_TEST_TMPDIR/page.html"
}

@test "evidence links to the forge at the commit; a broken command and a hidden teacher are told as they are" {
  local work
  work=$(repository dishonest-work)
  git -C "$work" remote add origin https://github.com/example/thinker.git
  page "$work"
  on_page "<h1>example/thinker</h1>"
  on_page "href=\"https://github.com/example/thinker/blob/$(git -C "$work" rev-parse HEAD)/data/make_thoughts.py#L"
  on_page 'in code only'
  on_page '>broken</span>'
  ! grep -qiE 'cheat|dishonest' "$BATS_TEST_TMPDIR/page.html"
}

@test "what is hostile in a repository's text, names and remote stays text" {
  local work=$BATS_TEST_TMPDIR/work
  bash "$ROOT/tests/repos/hostile-text.sh" "$work"
  cd "$work"
  local folder=$'"><img onerror=alert(1)>\u202e'
  mkdir -p "$folder"
  printf '# <script>alert(1)</script>\n\nTrained on [data](javascript:alert(1)) and https://huggingface.co/datasets/a/b"onload="x.\n\n```\npython train.py --data "<script>" \x27\n```\n' \
    >"$folder/README <script>alert(2)<.md"
  git rm -q --cached gone.txt
  rm gone.txt
  git add -A
  git commit -qm hostile
  git remote add origin 'javascript:alert("<script>")//"onload='
  page "$work"
  on_page '&lt;script&gt;'
  on_page '\u{202E}'
}

@test "score over time and readers' answers stand on the page where there are any" {
  local work
  work=$(repository grown-work)
  printf 'format: candor-assessment/1\nwork: grown\ncommit: %s\nrubric: {id: tti, version: "1"}\nassessor: {name: "A <b>reader", kind: person}\ndate: 2025-03-01\nanswers:\n  - {id: open.paper, answer: "no", reason: "no <i>paper"}\n' \
    "$(git -C "$work" rev-parse HEAD)" >"$BATS_TEST_TMPDIR/a.yaml"
  page --history --assessment "$BATS_TEST_TMPDIR/a.yaml" "$work"
  on_page 'aria-label="Score over time"'
  on_page 'A &lt;b&gt;reader'
  on_page 'no &lt;i&gt;paper'
}

@test "an unknown format names those that there are" {
  candor audit --format pdf "$(repository opaque-work)"
  fails_clearly 2
  complains 'text, json, markdown and html'
}
