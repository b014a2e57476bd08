# `candor audit --online` against a real nginx on loopback (tests/net) that plays the hub, GitHub, arXiv and Zenodo.
load candor

setup_file () {
  source "$ROOT/tests/net/server.bash"
  unset HTTP_PROXY HTTPS_PROXY ALL_PROXY all_proxy http_proxy https_proxy HF_TOKEN GITHUB_TOKEN SSL_CERT_FILE
  export no_proxy=127.0.0.1,localhost,::1
  network_start "$BATS_FILE_TMPDIR/network"
}
teardown_file () {
  source "$ROOT/tests/net/server.bash"
  network_stop
}
setup () {
  source "$ROOT/tests/net/server.bash"
  network_forget
  RULES_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}
  fresh_cache
}

# Nothing kept of the network; of the rules compiled what there is.
fresh_cache () {
  export XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache-$((++caches))
  mkdir -p "$XDG_CACHE_HOME/candor"
  cp "$RULES_CACHE"/candor/signals-* "$XDG_CACHE_HOME/candor/" 2>/dev/null || true
}
check_online () { # ARGUMENT…: an audit with every server of the test in reach
  https_proxy=http://127.0.0.1:$PROXY candor audit --format json --online --allow-private --timeout 3 "$@"
  exits 0
  silent
}
# The part of the work whose servers are not in trouble: nothing is asked twice.
healthy=(--scope README.md --scope train.py --scope replication.yaml)
verdict_is () { # KIND ID VERDICT
  is_json "d.online.links.find (l => l.kind === '$1' && l.id === '$2').verdict" "$3"
}
link_is () { # KIND ID KEY EXPECTED
  is_json "d.online.links.find (l => l.kind === '$1' && l.id === '$2').$3" "$4"
}

@test "every kind of answer has its verdict" {
  local row
  check_online "$(repository linked-work)"
  while read -r row; do verdict_is $row; done <<'END'
model acme/lamp-7b exists
model acme/asked-first gated
model acme/old-name moved
model acme/hidden private-or-gone
model acme/terms gated
model acme/gone private-or-gone
model acme/mine-only private-or-gone
model acme/busy unavailable
model acme/busy-long unavailable
model acme/broken unavailable
model acme/slow unreachable
model acme/endless too-large
model acme/truncated malformed
model acme/loop malformed
model acme/stranger bad-certificate
model acme/elsewhere moved
model acme/downgrade refused
model acme/stale-token exists
dataset acme/lamp-data exists
dataset acme/named-only exists
dataset acme/nonsense malformed
collection acme/lamps-0123456789abcdef exists
repository acme/lamp exists
repository acme/lantern moved
repository acme/gone private-or-gone
paper 2411.00001 exists
paper 1911.00001 private-or-gone
record 1234 exists
record 999 private-or-gone
link https://modelscope.cn/models/acme/elsewhere-7b not-asked
END
  is_json d.online.asked 29
  is_json d.online.links.length 30
  # A passing failure is asked about three times, after what the server says; one that wants an hour, once; a final answer, once.
  [[ $(asked '/acme/busy\?') == 3 && $(asked '/acme/broken\?') == 3 && $(asked '/acme/slow\?') == 3 && $(asked '/acme/truncated\?') == 3 ]]
  [[ $(asked '/acme/busy-long\?') == 1 && $(asked '/acme/hidden\?') == 1 && $(asked '/acme/endless\?') == 1 ]]
  [[ $(asked '/acme/loop\?') == 6 ]]
}

@test "what the hub tells of a model is in the report: revision, licence, sizes, card, declared digests" {
  check_online "${healthy[@]}" "$(repository linked-work)"
  link_is model acme/lamp-7b revision 1111111111111111111111111111111111111111
  link_is model acme/lamp-7b license apache-2.0
  link_is model acme/lamp-7b bytes 4001000
  link_is model acme/lamp-7b status 200
  link_is model acme/lamp-7b card '{"datasets":["acme/lamp-data","acme/more-data"],"base_models":["acme/base-7b"],"model_index":true}'
  link_is model acme/lamp-7b declared.revision_found true
  link_is model acme/lamp-7b declared.digest_found true
  link_is dataset acme/lamp-data declared.digest_found false
  link_is dataset acme/lamp-data declared.revision null
  link_is model acme/asked-first gated manual
  link_is model acme/asked-first license mit
  link_is model acme/old-name moved_to acme/new-name
  link_is model acme/old-name license mit
  link_is model acme/old-name card null
  link_is model acme/gone status 404
  link_is model acme/gone revision null
  link_is dataset acme/named-only linked false
  link_is dataset acme/lamp-data linked true
  link_is dataset acme/lamp-data 'places.map (p => p.path)[0]' README.md
}

@test "the text and Markdown reports list what is not simply there" {
  local format
  for format in text markdown; do
    https_proxy=http://127.0.0.1:$PROXY candor audit --format "$format" --online --allow-private "${healthy[@]}" "$(repository linked-work)"
    exits 0
    says 'Network checks'
    says '23 links asked about'
    says 'acme/old-name'
    says 'to acme/new-name'
    says 'private-or-gone'
    says 'no file of it has the declared digest'
    lacks 'acme/asked-last'
  done
}

@test "without --online nothing is asked, and the report is the same as ever" {
  local work
  work=$(repository linked-work)
  candor audit --format json --allow-private "$work"
  fails_clearly 2
  complains --online
  candor audit --format json "${healthy[@]}" "$work"
  exits 0
  is_json 'd.online === undefined' true
  [[ ! -s $NETWORK_DIR/access.log ]]
  local offline=$output
  check_online "${healthy[@]}" "$work"
  [[ $(output=$offline json 'JSON.stringify (d)') == "$(json 'delete d.online, JSON.stringify (d)')" ]] || explain_failure 'a verdict changed'
}

@test "by default nothing reaches a private address, however it is written" {
  local work host
  work=$(repository linked-work)
  for host in 127.0.0.1 localhost LOCALHOST. 127.1 2130706433 0x7f000001 '[::1]' '[::ffff:127.0.0.1]' 0.0.0.0 169.254.169.254 10.0.0.1; do
    fresh_cache
    HF_ENDPOINT=https://$host:$HUB candor audit --format json --online --timeout 2 --scope train.py "$work"
    exits 0
    verdict_is dataset acme/named-only refused
    is_json 'd.online.links.every (l => l.verdict === "refused")' true
  done
  # Neither is a proxy there used, nor http.
  fresh_cache
  https_proxy=http://127.0.0.1:$PROXY candor audit --format json --online --timeout 2 --scope '*.md' "$work"
  verdict_is repository acme/lamp refused
  HF_ENDPOINT=http://127.0.0.1:$PLAIN candor audit --format json --online --allow-private --timeout 2 --scope train.py "$work"
  verdict_is dataset acme/named-only refused
  [[ ! -s $NETWORK_DIR/access.log && ! -s $NETWORK_DIR/proxy.log ]] || explain_failure "reached: $(cat "$NETWORK_DIR"/*.log)"
  # The servers were there all the time.
  candor audit --format json --online --allow-private --scope train.py "$work"
  verdict_is dataset acme/named-only exists
  HF_ENDPOINT=http://127.0.0.1:$PLAIN candor audit --format json --online --allow-private --allow-http --scope train.py "$work"
  verdict_is dataset acme/named-only exists
  [[ $(asked named-only) == 2 ]]
}

@test "a token is sent to the hub it is meant for, and to nobody else" {
  HF_TOKEN=hf_secret GITHUB_TOKEN=ghp_secret check_online "${healthy[@]}" "$(repository linked-work)"
  verdict_is model acme/elsewhere moved
  verdict_is repository acme/lamp exists
  link_is repository acme/lamp license MIT
  verdict_is repository acme/lantern unavailable
  [[ $(asked '^127.0.0.1 GET /api/models/acme/lamp-7b.* 200 Bearer hf_secret$') -ge 1 ]]
  [[ $(asked '^api.github.com GET /repos/acme/lamp 200 Bearer ghp_secret$') == 1 ]]
  [[ $(asked '^localhost .* 200 -$') == 1 ]]
  [[ $(asked '^(localhost|arxiv.org|zenodo.org|github.com) .*secret') == 0 && $(asked '^127.0.0.1 .*ghp_') == 0 && $(asked '^api.*hf_') == 0 ]]
  [[ $(cat "$NETWORK_DIR/proxy.log" "$XDG_CACHE_HOME"/candor/http/*) != *secret* ]] || explain_failure 'a token was told'
  lacks secret
  # Never without TLS.
  fresh_cache
  HF_TOKEN=hf_secret HF_ENDPOINT=http://127.0.0.1:$PLAIN candor audit --online --allow-private --allow-http --scope train.py "$(repository linked-work)"
  exits 0
  [[ $(asked 'named-only.* 200 -$') == 1 ]]
}

@test "a token that has run out is not taken for a model that is gone" {
  HF_TOKEN=hf_old check_online "${healthy[@]}" "$(repository linked-work)"
  verdict_is model acme/stale-token exists
  verdict_is model acme/hidden private-or-gone
  [[ $(asked '/acme/stale-token.* 401 Bearer') == 1 && $(asked '/acme/stale-token.* 200 -$') == 1 ]]
}

@test "answers are kept for a day, asked for again with their ETag afterwards or on demand" {
  local work first file
  work=$(repository linked-work)
  check_online --scope '*.py' "$work"
  first=$output
  [[ $(asked named-only) == 1 ]]
  check_online --scope '*.py' "$work"
  [[ $output == "$first" && $(asked named-only) == 1 ]] || explain_failure 'not from the cache'
  check_online --scope '*.py' --no-cache "$work"
  [[ $output == "$first" && $(asked 'named-only.* 200') == 2 ]] || explain_failure '--no-cache did not ask'
  check_online --scope '*.py' --refresh "$work"
  [[ $output == "$first" && $(asked 'named-only.* 304') == 1 ]] || explain_failure '--refresh did not ask'
  for file in "$XDG_CACHE_HOME"/candor/http/*; do sed -i '1s/"asked":[0-9]*/"asked":1700000000/' "$file"; done
  check_online --scope '*.py' "$work"
  [[ $output == "$first" && $(asked 'named-only.* 304') == 2 ]] || explain_failure 'an old answer was taken'
  check_online --scope '*.py' "$work"
  [[ $output == "$first" && $(asked named-only) == 4 ]] || explain_failure 'the age was not renewed'
  # A damaged file is nothing.
  for file in "$XDG_CACHE_HOME"/candor/http/*; do truncate -s -5 "$file"; done
  check_online --scope '*.py' "$work"
  [[ $output == "$first" && $(asked 'named-only.* 200') == 3 ]] || explain_failure 'a damaged file was read'
}

@test "passing failures are not kept, answers of every status are" {
  check_online "$(repository linked-work)"
  local first=$output
  network_forget
  check_online "$(repository linked-work)"
  [[ $output == "$first" ]] || explain_failure 'the reports differ'
  [[ $(asked '/acme/broken\?') == 3 && $(asked '/acme/busy-long\?') == 1 && $(asked '/acme/nonsense\?') == 1 ]]
  [[ $(asked '/acme/terms\?') == 0 && $(asked '/acme/hidden\?') == 0 && $(asked '/acme/old-name\?') == 0 && $(asked 'github.com') == 0 ]]
}

many_links () { # DIR: a work with 500 links on four hosts
  local i
  mkdir -p "$1"
  git -C "$1" init -q -b main
  {
    echo '# Many'
    echo 'We release our models:'
    for i in {1..20}; do echo "- [weights](https://huggingface.co/late/m$i)"; done
    for i in {1..300}; do echo "- [code](https://github.com/many/r$i)"; done
    for i in {1000..1099}; do echo "- [paper](https://arxiv.org/abs/2411.0$i)"; done
    for i in {100..179}; do echo "- [record](https://zenodo.org/records/$i)"; done
  } >"$1/README.md"
  git -C "$1" add -A
  git -C "$1" commit -q -m Links
}

@test "of 500 links, those of a slow host keep no other waiting" {
  many_links "$BATS_TEST_TMPDIR/many"
  # The slow host, which is asked first, answers only when all others have answered.
  echo 480 >"$NETWORK_DIR/expected"
  https_proxy=http://127.0.0.1:$PROXY candor audit --format json --online --allow-private --timeout 50 "$BATS_TEST_TMPDIR/many"
  exits 0
  is_json d.online.asked 500
  is_json 'd.online.links.every (l => l.verdict === "exists")' true
  [[ $(asked '/api/models/late/') == 20 ]]
  [[ $(sed -n 1,480p "$NETWORK_DIR/access.log" | grep -c /late/) == 0 ]] || explain_failure 'somebody waited in line'
}

@test "an interrupted run goes on where it stopped and gives the same report" {
  local i whole pid work=$BATS_TEST_TMPDIR/interrupted
  git init -q -b main "$work"
  {
    echo '# Many'
    echo 'We release our models:'
    for i in {1..40}; do echo "- [weights](https://huggingface.co/many/m$i)"; done
    echo '- [weights](https://huggingface.co/acme/held)'
  } >"$work/README.md"
  git -C "$work" add -A
  git -C "$work" commit -q -m Links
  check_online "$work"
  whole=$output
  is_json 'd.online.links.every (l => l.verdict === "exists")' true

  fresh_cache
  network_forget
  : >"$NETWORK_DIR/hold"
  "$CANDOR" audit --format json --online --allow-private --timeout 60 "$work" >"$BATS_TEST_TMPDIR/cut" 2>/dev/null 3>&- &
  pid=$!
  for i in {1..600}; do
    (($(asked '/many/m') >= 30)) && break
    sleep 0.1
  done
  kill -KILL "$pid"
  wait "$pid" || true
  rm "$NETWORK_DIR/hold"
  [[ ! -s $BATS_TEST_TMPDIR/cut ]]
  (($(asked '/many/m') >= 30)) || explain_failure 'the first run asked too little'

  network_forget
  check_online "$work"
  [[ $output == "$whole" ]] || explain_failure 'the reports differ'
  (($(asked '/many/m') <= 15)) || explain_failure "asked again: $(asked '/many/m') of 40"
  [[ $(asked '/acme/held.* 200') == 1 ]]
}

@test "an id without a link is looked for as model and as dataset before it counts as gone" {
  local work=$BATS_TEST_TMPDIR/guessed
  git init -q -b main "$work"
  echo '# A work' >"$work/README.md"
  printf '%s\n' 'from datasets import load_dataset' 'a = load_dataset("acme/lamp-7b")' 'b = load_dataset("acme/nothing")' >"$work/train.py"
  git -C "$work" add -A
  git -C "$work" commit -q -m Ids
  check_online "$work"
  verdict_is dataset acme/nothing private-or-gone
  verdict_is model acme/lamp-7b exists
  is_json 'd.online.links.filter (l => l.id === "acme/lamp-7b").length' 1
  link_is dataset acme/nothing linked false
  [[ $(asked '/datasets/acme/nothing\?') == 1 && $(asked '/models/acme/nothing\?') == 1 ]]
}

@test "certificates that cannot be read and a password in HF_ENDPOINT are errors, not verdicts" {
  CURL_CA_BUNDLE=$BATS_TEST_TMPDIR/none candor audit --online --allow-private "$(repository linked-work)"
  fails_clearly 2
  complains CURL_CA_BUNDLE
  HF_ENDPOINT=https://me:secret@127.0.0.1:$HUB candor audit --online --allow-private "$(repository linked-work)"
  fails_clearly 2
  complains HF_ENDPOINT
}

@test "a server that the trusted certificates do not vouch for is told apart from one that is down" {
  CURL_CA_BUNDLE=$NETWORK_DIR/stranger.pem candor audit --format json --online --allow-private --scope train.py "$(repository linked-work)"
  verdict_is dataset acme/named-only bad-certificate
  HF_ENDPOINT=https://127.0.0.1:1 candor audit --format json --online --allow-private --scope train.py "$(repository linked-work)"
  verdict_is dataset acme/named-only unreachable
}

@test "a report with network checks is what audit.schema.json describes" {
  [[ -d $ROOT/tests/schema/node_modules/ajv ]] || skip 'npm ci --ignore-scripts has not been run in tests/schema'
  check_online "${healthy[@]}" -o "$BATS_TEST_TMPDIR/online.json" "$(repository linked-work)"
  run node "$ROOT/tests/schema/check.mjs" audit "$BATS_TEST_TMPDIR/online.json"
  exits 0
}
