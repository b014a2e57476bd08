# Repositories that are damaged, odd or none at all.
load hostile

object () { # ID: its loose file
  echo "$repo/.git/objects/${1:0:2}/${1:2}"
}
spoil () { # ID BYTES: keep only that many bytes of a loose object
  chmod u+w "$(object "$1")"
  truncate -s "$2" "$(object "$1")"
}

@test "no such path" {
  bounded audit "$BATS_TEST_TMPDIR/nowhere"
  fails_clearly 3
  complains nowhere
}

@test "a file instead of a folder" {
  echo text >"$BATS_TEST_TMPDIR/file"
  bounded audit "$BATS_TEST_TMPDIR/file"
  fails_clearly 3
}

@test "a folder without git" {
  mkdir "$BATS_TEST_TMPDIR/plain"
  echo text >"$BATS_TEST_TMPDIR/plain/README.md"
  bounded audit "$BATS_TEST_TMPDIR/plain"
  fails_clearly 3
  complains 'not a git repository'
}

@test "an empty path" {
  cd "$BATS_TEST_TMPDIR"
  bounded audit ''
  fails_clearly 3
}

@test "an empty repository" {
  git init -q "$BATS_TEST_TMPDIR/empty"
  bounded audit "$BATS_TEST_TMPDIR/empty"
  fails_clearly 3
}

@test "HEAD on a branch not yet born, with commits elsewhere" {
  begin; keep
  git symbolic-ref HEAD refs/heads/unborn
  bounded audit "$repo"
  fails_clearly 3
}

@test "an unknown revision" {
  begin; keep
  bounded audit --commit no-such-branch "$repo"
  fails_clearly 3
  complains no-such-branch
}

@test "revisions that are no commit or odd" {
  begin; keep
  local revision
  for revision in HEAD:README.md 'HEAD^{tree}' '' '@{-1}' HEAD~1000 ':/nothing' 'HEAD^{/' 0000000000000000000000000000000000000000 $'a\e[31mb'; do
    bounded audit --commit "$revision" "$repo"
    fails_clearly 3
  done
}

@test "a revision that looks like an option is a revision" {
  begin; keep
  bounded audit --commit=--help "$repo"
  fails_clearly 3
}

@test "--subdir that is not there, leaves the tree, or is a file" {
  begin; keep
  local folder
  for folder in nowhere ../.. /etc README.md; do
    bounded audit --subdir "$folder" "$repo"
    [[ $status -eq 2 || $status -eq 3 ]] || explain_failure "--subdir $folder"
    fails_clearly "$status"
  done
}

@test "a missing commit" {
  begin; keep
  rm -f "$(object "$(git rev-parse HEAD)")"
  bounded audit "$repo"
  fails_clearly 3
}

@test "a truncated commit" {
  begin; keep
  spoil "$(git rev-parse HEAD)" 20
  bounded audit "$repo"
  fails_clearly 3
}

@test "a missing parent: the history ends there, and the report says so" {
  begin; keep
  local parent
  parent=$(git rev-parse HEAD)
  echo more >>README.md
  keep
  rm -f "$(object "$parent")"
  survives
  unexamined '.git (history)' 'incomplete: objects are missing or bounds were reached'
}

@test "a missing root tree" {
  begin; keep
  rm -f "$(object "$(git rev-parse 'HEAD^{tree}')")"
  bounded audit "$repo"
  fails_clearly 3
}

@test "a missing subtree is not examined" {
  begin
  mkdir gone; echo 'print(1)' >gone/a.py
  keep
  rm -f "$(object "$(git rev-parse HEAD:gone)")"
  survives
  unexamined gone 'object missing'
}

@test "a missing blob is not examined" {
  begin
  echo 'print(1)' >a.py
  keep
  rm -f "$(object "$(git rev-parse HEAD:a.py)")"
  survives
  unexamined a.py 'object missing'
}

@test "a truncated blob is not examined" {
  begin
  seq 10000 >a.py
  keep
  spoil "$(git rev-parse HEAD:a.py)" 100
  survives
  unexamined a.py 'object corrupt'
}

@test "a blob of garbage, and one that is empty" {
  begin
  echo 'print(1)' >a.py; echo 'print(2)' >b.py
  keep
  chmod u+w "$(object "$(git rev-parse HEAD:a.py)")" "$(object "$(git rev-parse HEAD:b.py)")"
  head -c 300 /dev/zero | tr '\0' x >"$(object "$(git rev-parse HEAD:a.py)")"
  : >"$(object "$(git rev-parse HEAD:b.py)")"
  survives
  unexamined a.py 'object corrupt'
  unexamined b.py 'object corrupt'
}

@test "a blob where a tree should be, and a tree where a blob should be" {
  begin; keep
  local blob tree root commit
  blob=$(git rev-parse HEAD:README.md) tree=$(git rev-parse 'HEAD^{tree}')
  root=$(printf "100644 blob $blob\tREADME.md\n040000 tree $blob\tfolder\n100644 blob $tree\tz.py\n" | git mktree --missing 2>/dev/null || true)
  if [[ -z $root ]]; then # git refuses such a tree: written by hand
    root=$(python3 -c '
import sys
blob, tree = (bytes.fromhex(i) for i in sys.argv[1:])
sys.stdout.buffer.write(b"100644 README.md\0" + blob + b"40000 folder\0" + blob + b"100644 z.py\0" + tree)' "$blob" "$tree" | git hash-object -t tree -w --stdin --literally)
  fi
  commit=$(git commit-tree -m odd "$root")
  git update-ref refs/heads/main "$commit"
  survives
}

@test "a corrupt pack" {
  begin
  seq 20000 >numbers.txt
  keep
  git gc -q --prune=now
  local pack=$(echo .git/objects/pack/*.pack)
  chmod u+w "$pack"
  printf 'GARBAGE GARBAGE GARBAGE GARBAGE' | dd of="$pack" bs=1 seek=20 conv=notrunc status=none
  bounded audit "$repo"
  [[ $status -eq 0 ]] || fails_clearly 3
}

@test "a truncated pack" {
  begin
  seq 20000 >numbers.txt
  keep
  git gc -q --prune=now
  local pack=$(echo .git/objects/pack/*.pack)
  chmod u+w "$pack"
  truncate -s 60 "$pack"
  bounded audit "$repo"
  fails_clearly 3
}

@test "a corrupt index of a pack" {
  begin; keep
  git gc -q --prune=now
  local index=$(echo .git/objects/pack/*.idx)
  chmod u+w "$index"
  head -c 2000 /dev/zero | tr '\0' '\377' | dd of="$index" bs=1 seek=8 conv=notrunc status=none
  bounded audit "$repo"
  fails_clearly 3
}

@test "an index of a pack whose offsets lie" {
  begin; keep
  git gc -q --prune=now
  local index=$(echo .git/objects/pack/*.idx) size
  chmod u+w "$index"
  size=$(stat -c %s "$index")
  # The table of offsets stands before two checksums of 20 bytes.
  printf '\177\377\377\377\177\377\377\377\177\377\377\377' | dd of="$index" bs=1 seek=$((size - 52)) conv=notrunc status=none
  bounded audit "$repo"
  fails_clearly 3
}

@test "a garbage reference and a garbage HEAD" {
  begin; keep
  printf 'garbage\n' >.git/refs/heads/main
  bounded audit "$repo"
  fails_clearly 3
  head -c 4096 /dev/zero >.git/HEAD
  bounded audit "$repo"
  fails_clearly 3
}

@test "a symbolic reference to itself" {
  begin; keep
  printf 'ref: refs/heads/a\n' >.git/refs/heads/a
  printf 'ref: refs/heads/a\n' >.git/HEAD
  bounded audit "$repo"
  fails_clearly 3
}

@test "a .git file that names itself, and one that names nothing" {
  mkdir "$BATS_TEST_TMPDIR/loop"
  echo 'gitdir: .' >"$BATS_TEST_TMPDIR/loop/.git"
  bounded audit "$BATS_TEST_TMPDIR/loop"
  fails_clearly 3
  echo 'gitdir: /nowhere/at/all' >"$BATS_TEST_TMPDIR/loop/.git"
  bounded audit "$BATS_TEST_TMPDIR/loop"
  fails_clearly 3
}

@test "damage outside the objects does no harm: settings, index, alternates" {
  begin; keep
  printf '[core\nbare = perhaps\n\0\377' >.git/config
  head -c 500 /dev/urandom >.git/index
  mkdir -p .git/objects/info
  printf '/nowhere/objects\n../../../nothing\n' >.git/objects/info/alternates
  survives
}

@test "alternates that name each other" {
  begin; keep
  mkdir -p .git/objects/info "$BATS_TEST_TMPDIR/other.git/objects/info"
  echo "$BATS_TEST_TMPDIR/other.git/objects" >.git/objects/info/alternates
  echo "$repo/.git/objects" >"$BATS_TEST_TMPDIR/other.git/objects/info/alternates"
  survives
}

@test "settings and attributes of the repository start no program" {
  begin
  echo '*.md filter=evil diff=evil' >.gitattributes
  keep
  git config filter.evil.smudge "touch $BATS_TEST_TMPDIR/hurt"
  git config filter.evil.clean "touch $BATS_TEST_TMPDIR/hurt"
  git config core.fsmonitor "touch $BATS_TEST_TMPDIR/hurt"
  git config core.hooksPath "$repo/hooks"
  mkdir hooks; printf '#!/bin/sh\ntouch %s/hurt\n' "$BATS_TEST_TMPDIR" | tee hooks/post-checkout >hooks/post-index-change
  chmod +x hooks/*
  survives
  [[ ! -e $BATS_TEST_TMPDIR/hurt ]]
}

@test "a shallow clone" {
  begin; keep
  echo more >>README.md; keep
  git clone -q --depth 1 "file://$repo" "$BATS_TEST_TMPDIR/shallow"
  repo=$BATS_TEST_TMPDIR/shallow
  survives
  unexamined '.git (history)' 'shallow clone: older commits are not here'
}

@test "a partial clone: blobs that only the promisor has are not examined" {
  begin
  seq 1000 >big.txt
  keep
  git config uploadpack.allowFilter true
  git clone -q --bare --filter=blob:limit=1k "file://$repo" "$BATS_TEST_TMPDIR/partial"
  repo=$BATS_TEST_TMPDIR/partial
  survives
  unexamined big.txt 'object missing'
}

@test "submodules are not entered" {
  begin; keep
  git update-index --add --cacheinfo 160000,0123456789012345678901234567890123456789,vendor/module
  printf '[submodule "x"]\n\tpath = vendor/module\n\turl = --upload-pack=touch hurt\n' >.gitmodules
  git add .gitmodules; git commit -q -m module
  survives
  [[ ! -e $repo/hurt ]]
}

@test "Git LFS pointers are not examined" {
  begin
  printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%064d\nsize 123456789\n' 7 >model.json
  keep
  survives
  unexamined model.json 'Git LFS pointer'
}

@test "symbolic links in a circle" {
  begin
  ln -s b a; ln -s a b; ln -s . here; ln -s .. up
  keep
  survives
}

@test "a symbolic link out of the repository is not followed" {
  begin
  echo 'canary-7291: the model was distilled from o1-mini' >"$BATS_TEST_TMPDIR/secret"
  rm README.md
  ln -s "$BATS_TEST_TMPDIR/secret" README.md; ln -s /etc/passwd passwd.txt
  keep
  survives
  lacks canary-7291
  lacks 'root:'
  bounded audit "$repo"
  lacks canary-7291
}

@test "names that leave the tree" {
  begin; keep
  local blob inner root
  blob=$(git rev-parse HEAD:README.md)
  root=$(python3 -c '
import sys
blob = bytes.fromhex(sys.argv[1])
names = [b"..", b".", b".git", b"../../up.md", b"/etc/cron.d/x.sh", b"README.md", b"a\nb.md", b"", b"CON.md", b"x" * 5000 + b".md", b"-rf.sh"]
sys.stdout.buffer.write(b"".join(b"100644 " + name + b"\0" + blob for name in sorted(names)))' "$blob" | git hash-object -t tree -w --stdin --literally)
  git update-ref refs/heads/main "$(git commit-tree -m odd "$root")"
  bounded audit "$repo"
  [[ $status -eq 0 ]] || fails_clearly 3
  [[ ! -e $BATS_TEST_TMPDIR/up.md && ! -e $BATS_TEST_TMPDIR/../up.md ]]
}

@test "a tree of garbage" {
  begin; keep
  local root
  root=$(head -c 3000 /dev/zero | tr '\0' '1' | git hash-object -t tree -w --stdin --literally)
  git update-ref refs/heads/main "$(git commit-tree -m odd "$root")"
  bounded audit "$repo"
  [[ $status -eq 0 ]] || fails_clearly 3
}

@test "the same name twice in one tree" {
  begin; keep
  local blob root
  blob=$(git rev-parse HEAD:README.md)
  root=$(python3 -c '
import sys
blob = bytes.fromhex(sys.argv[1])
sys.stdout.buffer.write((b"100644 README.md\0" + blob) * 1000)' "$blob" | git hash-object -t tree -w --stdin --literally)
  git update-ref refs/heads/main "$(git commit-tree -m odd "$root")"
  survives
}

@test "a tree a thousand levels deep" {
  begin; keep
  local tree i
  tree=$(git rev-parse 'HEAD^{tree}')
  for ((i = 0; i < 1000; i++)); do
    tree=$(printf '040000 tree %s\td\n' "$tree" | git mktree)
  done
  git update-ref refs/heads/main "$(git commit-tree -m deep "$tree")"
  survives
  is_json 'd.not_examined.length > 0' true
}

@test "a tree of trees that doubles at every level" {
  begin
  rm README.md; echo x >x.bin; keep
  local tree i
  tree=$(git rev-parse 'HEAD^{tree}')
  for ((i = 0; i < 30; i++)); do # 2^30 files
    tree=$(printf '040000 tree %s\ta\n040000 tree %s\tb\n' "$tree" "$tree" | git mktree)
  done
  git update-ref refs/heads/main "$(git commit-tree -m bomb "$tree")"
  git repack -adq # a loose object is a file to open each time
  bounded audit --format json "$repo"
  exits 0
  is_json 'd.not_examined.length > 0' true
}

@test "a commit of odd form: 2,000 parents, no author, a message that is no UTF-8" {
  begin; keep
  local head tree odd
  head=$(git rev-parse HEAD) tree=$(git rev-parse 'HEAD^{tree}')
  odd=$({
    echo "tree $tree"
    for ((i = 0; i < 2000; i++)); do echo "parent $head"; done
    printf 'author \377\e[31m <> 99999999999999999999 +9999\ncommitter x\n\n\377\376 message'
  } | git hash-object -t commit -w --stdin --literally)
  git update-ref refs/heads/main "$odd"
  bounded audit "$repo"
  [[ $status -eq 0 ]] || fails_clearly 3
}

@test "a tag of a tag of a commit is audited as the commit" {
  begin; keep
  git tag -a -m one one; git tag -a -m two two one
  bounded audit --format json --commit two "$repo"
  exits 0
  is_json d.subject.commit "$(git rev-parse HEAD)"
}
