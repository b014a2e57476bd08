# The pages that the program writes, in headless Chromium. Needs node_modules (`npm ci --ignore-scripts` in this folder). All checks share a browser (checks.mjs); a
# case is what one of them found. CANDOR_SCREENSHOTS=FOLDER keeps pictures: `CANDOR_SCREENSHOTS=$PWD/build/screenshots bats tests/browser/browser.bats`.
load ../cli/candor

setup_file () {
  [[ -d $BATS_TEST_DIRNAME/node_modules/playwright-core ]] || skip 'npm ci --ignore-scripts has not been run in tests/browser'
  [[ -x /usr/bin/chromium ]] || skip 'there is no /usr/bin/chromium'
  load ../cli/candor
  local pages=$BATS_FILE_TMPDIR/pages work name format tool
  tool=$(dirname "$CANDOR")/unit/pages
  mkdir -p "$pages"/{audits,hostile,meaningless}
  cd "$BATS_FILE_TMPDIR"
  for name in open-work opaque-work distilled-work grown-work; do
    work=$(repository "$name")
    [[ $name == grown-work ]] || git -C "$work" remote add origin "https://github.com/example/$name.git"
  done
  for format in json html; do
    "$CANDOR" audit --quiet --history=4 --format "$format" -o "$pages/audits/open-work.$format" repositories/open-work
    "$CANDOR" audit --quiet --format "$format" -o "$pages/audits/distilled-work.$format" repositories/distilled-work
  done
  printf 'title: Works in a browser\nworks:\n' >works.yaml
  for name in open-work opaque-work distilled-work grown-work no-such-work; do
    printf '  - {name: "%s, a work", repository: repositories/%s, note: "noted"}\n' "${name^}" "$name" >>works.yaml
  done
  "$CANDOR" leaderboard --quiet --store store.sqlite --out "$pages/site" works.yaml >/dev/null 2>&1 || true # one has no audit
  node "$BATS_TEST_DIRNAME/hostile.mjs" names "$pages/audits/open-work.json" >names.json
  node "$BATS_TEST_DIRNAME/hostile.mjs" names "$pages/audits/distilled-work.json" >taught.json
  node "$BATS_TEST_DIRNAME/hostile.mjs" all "$pages/audits/open-work.json" >all.json
  "$tool" "$pages/hostile" names.json taught.json
  "$tool" "$pages/meaningless" all.json
  timeout 240 node "$BATS_TEST_DIRNAME/checks.mjs" "$pages" "$BATS_FILE_TMPDIR/results"
}
passes () { # CHECK
  local found=$BATS_FILE_TMPDIR/results/$1
  [[ -e $found ]] || { echo "the check $1 was not made"; return 1; }
  [[ ! -s $found ]] || { cat "$found"; return 1; }
}

@test "the page of an audit asks for nothing and keeps to its policy" {
  passes auditPagesLoadNothing
}

@test "the page of an audit tells all of the audit, without JavaScript, with links to the forge at the commit" {
  passes auditPagesTellTheAudit
}

@test "the page of an audit has no serious finding of axe-core, light or dark" {
  passes auditPagesAreAccessible
  passes drawingsAreNamed
}

@test "the page of an audit fits a phone and is dark in the dark" {
  passes auditPagesFitAPhone
  passes auditPagesAreDarkInTheDark
}

@test "the page of an audit is used by keyboard" {
  passes auditPagesAreUsedByKeyboard
}

@test "no page of the site asks for anything or violates its policy, all fit a phone, and their links lead to what is there" {
  passes sitePagesAreSound
}

@test "the site has no serious finding of axe-core, light or dark" {
  passes sitePagesAreAccessible
}

@test "without JavaScript the table has every work" {
  passes withoutJavaScriptEverythingIsThere
}

@test "headings sort both ways" {
  passes headingsSort
}

@test "the table is on the first screen" {
  passes theTableIsOnTheFirstScreen
}

@test "filters leave the rows that fit" {
  passes filtersLeaveWhatFits
}

@test "the table and every page are used by keyboard" {
  passes theTableIsUsedByKeyboard
  passes sitePagesAreWalkedByKeyboard
}

@test "hostile audits are inert on every page, and as narrow as a phone" {
  passes hostileAuditsAreInert
}

@test "hostile text is seen as text, and heard" {
  passes hostileTextIsSeenAsText
  passes hostileAuditsAreAccessible
}

@test "a table of hostile works sorts and filters" {
  passes hostileTablesSortAndFilter
}
