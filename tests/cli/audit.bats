# `candor audit` over the recipes: what a reader sees, and that it is the same every time.
load candor

total () { # ARGUMENT…: the total of an audit
  candor audit --format json "$@"
  exits 0
  json d.score.total
}

@test "the text report gives score, verdicts and places" {
  candor audit "$(repository open-work)"
  exits 0
  silent
  says ' / 100 '
  says README.md:
}

@test "an open work scores far over an opaque one" {
  local open opaque
  open=$(total "$(repository open-work)")
  opaque=$(total "$(repository opaque-work)")
  ((open >= opaque + 40)) || explain_failure "open $open, opaque $opaque"
  ((opaque <= 20)) || explain_failure "opaque $opaque"
}

@test "the current folder is audited where none is named" {
  cd "$(repository opaque-work)"
  candor audit --format json
  exits 0
  is_json d.subject.commit "$(git rev-parse HEAD)"
}

@test "a bare repository gives the same audit as its working tree" {
  local here bare=$BATS_TEST_TMPDIR/bare.git
  here=$(repository open-work)
  git clone -q --bare "$here" "$bare"
  git -C "$bare" remote remove origin
  candor audit --format json "$here"
  local expected=$output
  candor audit --format json "$bare"
  [[ $output == "$expected" ]] || explain_failure 'the audits differ'
}

@test "JSON is the same byte by byte: again, with one thread, with eight, without a cache, from another folder" {
  local repository copy=$BATS_TEST_TMPDIR/elsewhere expected
  repository=$(repository open-work)
  candor audit --format json "$repository"
  exits 0
  expected=$output
  cp -R "$repository" "$copy"
  same () {
    candor audit --format json "$@"
    [[ $output == "$expected" ]] || explain_failure "differs: $*"
  }
  same "$repository"
  same --threads 1 "$repository"
  same --threads 8 "$repository"
  same --no-cache "$repository"
  XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache same "$repository"
  same "$copy"
  cd "$copy"
  same .
  TZ=Asia/Tokyo LC_ALL=C COLUMNS=60 same "$copy"
}

@test "neither time nor host nor an absolute path gets into a report" {
  local repository format
  repository=$(repository open-work)
  for format in json markdown text; do
    candor audit --format "$format" "$repository"
    exits 0
    lacks "$repository"
    lacks "$(hostname)"
    lacks "$(date +%Y-%m-%d)"
  done
}

@test "verdicts add up to dimensions, dimensions to the score, and every yes has evidence" {
  candor audit --format json "$(repository open-work)"
  exits 0
  is_json 'd.verdicts.reduce ((n, v) => n + v.points, 0) === d.score.total' true
  is_json 'd.verdicts.reduce ((n, v) => n + v.of, 0) === d.score.of' true
  is_json 'd.score.dimensions.reduce ((n, x) => n + x.points, 0) === d.score.total' true
  is_json 'd.verdicts.length' 25
  is_json 'd.score.settled + d.score.unsettled' 25
  is_json 'd.verdicts.filter (v => v.points !== (v.yes ? v.of : 0)).length' 0
  is_json 'd.verdicts.filter (v => v.yes && v.evidence.length === 0).map (v => v.id)' '[]'
  is_json 'd.verdicts.filter (v => !v.yes && v.missing.length === 0).map (v => v.id)' '[]'
  is_json 'd.verdicts.filter (v => v.why === "").length' 0
  is_json 'd.score.likely[0] <= d.score.expected && d.score.expected <= d.score.likely[1]' true
}

@test "evidence names a line that is there, of the blob that it names" {
  local repository
  repository=$(repository open-work)
  candor audit --format json "$repository"
  exits 0
  cd "$repository"
  json 'd.verdicts.flatMap (v => v.evidence).map (e => [e.path, e.line, e.end, e.blob].join (" ")).join ("\n")' | sort -u >"$BATS_TEST_TMPDIR/places"
  [[ $(wc -l <"$BATS_TEST_TMPDIR/places") -gt 5 ]]
  local path line end blob
  while read -r path line end blob; do
    [[ $(git rev-parse "HEAD:$path") == "$blob" ]] || explain_failure "blob of $path"
    ((line <= end && end <= $(git show "$blob" | wc -l) + 1)) || explain_failure "$path:$line-$end"
  done <"$BATS_TEST_TMPDIR/places"
}

@test "--commit audits that revision" {
  local repository
  repository=$(repository open-work)
  candor audit --format json --commit HEAD~1 "$repository"
  exits 0
  is_json d.subject.commit "$(git -C "$repository" rev-parse HEAD~1)"
  lacks results/aime24.json
  candor audit --format json --commit "$(git -C "$repository" rev-parse --short HEAD)" "$repository"
  is_json d.subject.commit "$(git -C "$repository" rev-parse HEAD)"
}

@test "--subdir takes that folder for the work" {
  candor audit --format json --subdir projects/lamp "$(repository nested-work)"
  exits 0
  is_json d.subject.subdir projects/lamp
  is_json 'd.verdicts.flatMap (v => v.evidence).every (e => e.path.startsWith ("projects/lamp/") || !e.path.includes ("/"))' true
  lacks '64 x H100'
  local with=$output
  candor audit --format json --subdir projects/other "$(repository nested-work)"
  exits 0
  is_json d.score.total "$(json d.score.total)"
  local other
  other=$(json d.score.total)
  output=$with
  is_json "d.score.total > $other" true
}

@test "--scope takes the files that match for the work" {
  candor audit --format json --scope 'projects/other/**' "$(repository nested-work)"
  exits 0
  is_json 'd.subject.scope' '["projects/other/**"]'
  is_json 'd.verdicts.flatMap (v => v.evidence).filter (e => e.path.startsWith ("projects/lamp/")).length' 0
}

@test "copied frameworks are told and say nothing about the work" {
  candor audit --format json "$(repository nested-work)"
  exits 0
  is_json 'd.vendored.map (v => v.path)' '["third_party/framework"]'
  is_json 'd.verdicts.flatMap (v => v.evidence).filter (e => e.path.startsWith ("third_party/")).length' 0
}

@test "commands that run what is not there are broken, and say what is missing" {
  local repository=$BATS_TEST_TMPDIR/broken
  cp -R "$(repository open-work)" "$repository"
  git -C "$repository" rm -q src/train_grpo.py
  git -C "$repository" commit -q -m broken
  candor audit --format json "$repository"
  exits 0
  is_json 'd.commands.training.some (c => c.status === "broken" && c.problems.some (p => p.what.includes ("train_grpo.py")))' true
  is_json 'd.commands.training.some (c => c.status === "runnable")' true
}

@test "a manifest is read and named" {
  candor audit --format json "$(repository declared-work)"
  exits 0
  is_json d.subject.manifest replication.yaml
}

@test "a declaration earns points that silence does not" {
  local repository=$BATS_TEST_TMPDIR/silent with
  cp -R "$(repository declared-work)" "$repository"
  git -C "$repository" rm -q replication.yaml README.md
  git -C "$repository" commit -q -m silent
  with=$(total "$(repository declared-work)")
  (($(total "$repository") < with))
}

@test "Markdown names every criterion, and its links and tables are Markdown" {
  candor audit --format markdown "$(repository open-work)"
  exits 0
  silent
  local id
  for id in data.sources method.base-model; do says "$id"; done
  says '|'
}

@test "-o writes the same bytes as standard output, and nothing else" {
  local repository
  repository=$(repository open-work)
  candor audit --format json "$repository"
  local expected=$output
  candor audit --format json -o "$BATS_TEST_TMPDIR/report.json" "$repository"
  exits 0
  [[ -z $output && $(cat "$BATS_TEST_TMPDIR/report.json") == "$expected" ]] || explain_failure 'differs'
  [[ $(ls "$BATS_TEST_TMPDIR"/report*) == "$BATS_TEST_TMPDIR/report.json" ]]
  candor audit --format json -o - "$repository"
  [[ $output == "$expected" ]]
}

@test "no colour outside a terminal, and the report fits the columns" {
  COLUMNS=60 candor audit "$(repository open-work)"
  exits 0
  lacks $'\e'
  [[ $(wc -L <<<"$output") -le 60 ]] || explain_failure 'wider than 60 columns'
}

@test "colour on a terminal, none with NO_COLOR" {
  command -v script >/dev/null || skip 'no script(1)'
  local repository
  repository=$(repository opaque-work)
  run script -qec "'$CANDOR' audit '$repository'" /dev/null
  [[ $status -eq 0 && $output == *$'\e['* ]] || explain_failure 'no colour'
  NO_COLOR=1 run script -qec "'$CANDOR' audit -q '$repository'" /dev/null
  [[ $status -eq 0 && $output != *$'\e'* ]] || explain_failure 'colour'
}

@test "without UTF-8 the text report is ASCII" {
  LC_ALL=C candor audit "$(repository open-work)"
  exits 0
  ! LC_ALL=C grep -qP '[^\x00-\x7F]' <<<"$output" || explain_failure 'not ASCII'
}

@test "another rubric by its name, and one from a file of --rubrics" {
  candor audit --format json --rubric code-completeness "$(repository open-work)"
  exits 0
  is_json d.tool.rubric.id code-completeness
  mkdir "$BATS_TEST_TMPDIR/rules"
  cat >"$BATS_TEST_TMPDIR/rules/own.yaml" <<'END'
rubric: own
version: "7"
name: Our own
dimensions: [{id: open, name: Open}]
criteria:
  - {id: open.weights, dimension: open, question: Are weights linked?, points: 5, when: hub-model-link}
END
  candor audit --format json --rubrics "$BATS_TEST_TMPDIR/rules" --rubric own "$(repository open-work)"
  exits 0
  is_json d.tool.rubric.version 7
  is_json '[d.score.total, d.score.of]' '[5,5]'
  candor audit --format json --rubrics "$BATS_TEST_TMPDIR/rules" --rubric own "$(repository opaque-work)"
  is_json d.score.total 0
}

@test "a signal of one's own overrides and adds without a rebuild" {
  local -x CANDOR_SECONDS=600 # all patterns are compiled anew, under the sanitizers
  mkdir -p "$BATS_TEST_TMPDIR/rules"/{signals,probes}
  printf 'signals:\n  - {id: own.sums, means: sums, pattern: "short sums"}\n' >"$BATS_TEST_TMPDIR/rules/signals/own.yaml"
  printf 'probes:\n  - {id: own-sums, question: Are there sums?, find: {any: [{signals: [own.sums]}]}}\n' >"$BATS_TEST_TMPDIR/rules/probes/own.yaml"
  printf 'rubric: own\nversion: "1"\nname: Own\ndimensions: [{id: d, name: D}]\ncriteria:\n  - {id: d.sums, dimension: d, question: Sums?, points: 1, when: own-sums}\n' >"$BATS_TEST_TMPDIR/rules/own.yaml"
  candor audit --format json --rubrics "$BATS_TEST_TMPDIR/rules" --rubric own "$(repository open-work)"
  exits 0
  is_json d.score.total 1
  is_json 'd.verdicts[0].evidence[0].path' README.md
}

@test "an audit needs no network" {
  unshare -n true 2>/dev/null || skip 'no network namespaces here'
  local expected
  candor audit --format json "$(repository open-work)"
  expected=$output
  run --separate-stderr unshare -n "$CANDOR" audit --format json "$(repository open-work)"
  exits 0
  [[ $output == "$expected" ]]
}

@test "a repository by URL is cloned into the cache, once" {
  export XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache
  local repository
  repository=$(repository open-work)
  candor audit --format json "file://$repository"
  exits 0
  is_json d.subject.commit "$(git -C "$repository" rev-parse HEAD)"
  local cached
  cached=$(find "$XDG_CACHE_HOME/candor/repositories" -name HEAD | wc -l)
  [[ $cached -ge 1 ]]
  candor audit --format json "file://$repository"
  exits 0
  [[ $(find "$XDG_CACHE_HOME/candor/repositories" -name HEAD | wc -l) -eq $cached ]]
}

# A repository with these files: PATH CONTENT… (printf's escapes). Prints its folder.
made_of () {
  local folder
  folder=$(mktemp -d "$BATS_TEST_TMPDIR/made-XXXX")
  git init -q -b main "$folder"
  while (($# > 0)); do
    mkdir -p "$(dirname "$folder/$1")"
    printf "$2" >"$folder/$1"
    shift 2
  done
  git -C "$folder" add -A
  git -C "$folder" commit -q -m 'made'
  echo "$folder"
}

@test "a server whose certificate nobody vouches for is refused" {
  command -v openssl >/dev/null || skip 'no openssl here'
  cd "$BATS_TEST_TMPDIR"
  openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem -days 1 -subj /CN=localhost 2>/dev/null
  node -e 'const https = require("https"), fs = require("fs");
    const server = https.createServer ({ key: fs.readFileSync ("key.pem"), cert: fs.readFileSync ("certificate.pem") }, (q, a) => a.end ());
    server.listen (0, "127.0.0.1", () => fs.writeFileSync ("port", String (server.address ().port)));' 3>&- &
  local server=$!
  for _ in $(seq 100); do [[ ! -s port ]] || break; sleep 0.1; done
  XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache candor audit "https://127.0.0.1:$(cat port)/work.git"
  kill "$server"
  fails_clearly 3
  complains certificate
}

@test "JSON holds no character that steers a terminal" {
  local folder
  folder=$(made_of README.md '# A work\n\nNothing to see.\n' $'docs/\u202egnp.md' 'x\n' $'notes\u009b31m.pdf' '%%PDF-1.4 broken')
  candor audit --format json "$folder"
  exits 0
  ! grep -qP '[\x{80}-\x{9f}\x{202a}-\x{202e}]' <<<"$output" || explain_failure 'raw control characters'
  is_json 'd.not_examined.some (n => n.path.includes ("notes"))' true
}

@test "an empty PDF is named among what was not examined" {
  local folder
  folder=$(made_of README.md '# A work\n\nSee paper.pdf.\n' paper.pdf '')
  candor audit --format json "$folder"
  exits 0
  is_json 'd.not_examined.map (n => n.path).includes ("paper.pdf")' true
}

@test "a manifest that is no UTF-8 is refused by audit and validate alike" {
  local folder
  folder=$(made_of README.md '# A work\n' replication.yaml 'candor: 1\nwork:\n  title: "\xff\xfe"\n')
  candor audit "$folder"
  fails_clearly 2
  complains replication.yaml:3
  candor validate "$folder"
  exits 2
}

@test "parts with pages and artefacts of their own are told" {
  local page='# Part\n\nSee the [paper](https://arxiv.org/abs/2501.00001).\n'
  candor audit --format json "$(made_of README.md '# A family of works\n' a/README.md "$page" b/README.md "$page" c/README.md "$page")"
  is_json 'd.probes.find (p => p.id === "several-parts").yes' true
  candor audit --format json "$(made_of README.md '# One work\n\nThe [paper](https://arxiv.org/abs/2501.00001).\n' a/README.md '# How to run\n' data_gen/README.md "$page" train/scripts/README.md "$page" \
    math/README.md '# Math\n\nIt starts from [this](https://huggingface.co/somebody/else-7b).\n')"
  is_json 'd.probes.filter (p => ["several-parts", "part-told-apart"].includes (p.id)).map (p => p.yes)' '[false,false]'
}

@test "a run is shown as the lines from its checkpoint to its values, and no placeholder is one" {
  local run='python3 -m verl.trainer.main_ppo \\\\\n  data.train_files=data/train.parquet \\\\\n  actor_rollout_ref.model.path=%s \\\\\n  data.train_batch_size=128 \\\\\n  actor_rollout_ref.actor.optim.lr=1e-6 \\\\\n  trainer.total_epochs=2\n'
  local shown='d.verdicts.find (v => v.id === "method.rl").evidence.filter (e => e.says === "rl-run-shown").map (e => [e.path, e.line, e.end])'
  # shellcheck disable=SC2059
  candor audit --format json "$(made_of README.md '# A work\n\nWe train with GRPO.\n\n```bash\nbash run_grpo.sh\n```\n' run_grpo.sh "$(printf "$run" Qwen/Qwen2.5-7B)")"
  is_json "$shown" '[["run_grpo.sh",2,6]]'
  # shellcheck disable=SC2059
  candor audit --format json "$(made_of README.md '# A work\n\nWe train with GRPO.\n\n```bash\nbash run_grpo.sh\n```\n' run_grpo.sh "$(printf "$run" /path/to/model)")"
  is_json "$shown" '[]'
}
