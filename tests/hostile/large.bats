# Repositories that are large: they end, within memory.
load hostile

@test "100,000 files" {
  begin
  python3 -c '
print("blob\nmark :1\ndata 13\n# A document\n")
print("commit refs/heads/main\ncommitter C <c@example.org> 1704067200 +0000\ndata 4\nmany")
for i in range (100000):
    print("M 100644 :1 folder%d/part%d/file%d.md" % (i % 100, i % 1000, i))' | git fast-import --quiet
  SECONDS_MOST=120
  bounded audit --format json "$repo"
  exits 0
  is_json d.schema candor-audit/1
}

@test "20,000 different small scripts" {
  begin
  python3 -c '
for i in range (20000):
    text = "import os, m%d\nlearning_rate = %d\nprint(learning_rate)\n" % (i + 1, i)
    print("blob\nmark :%d\ndata %d\n%s" % (i + 1, len (text), text))
print("commit refs/heads/main\ncommitter C <c@example.org> 1704067200 +0000\ndata 4\nmany")
for i in range (20000):
    print("M 100644 :%d src/m%d.py" % (i + 1, i))' | git fast-import --quiet
  SECONDS_MOST=120
  bounded audit --format json "$repo"
  exits 0
}

@test "a blob of 300 MB is not read" {
  begin
  python3 -c '
import sys
out = sys.stdout.buffer
size = 300 * 1000 * 1000
out.write(b"commit refs/heads/main\ncommitter C <c@example.org> 1704067200 +0000\ndata 5\nlarge\nM 100644 inline notes.md\ndata %d\n" % size)
for _ in range (size // 1000000):
    out.write(b"We train on A100\n" * 58823 + b"012345678")
out.write(b"\nM 100644 inline README.md\ndata 7\n# Work\n\n")' | git -c core.bigFileThreshold=512m fast-import --quiet
  KILOBYTES_MOST=1000000
  bounded audit --format json "$repo"
  exits 0
  unexamined notes.md 'too large'
}

@test "a blob whose header claims an exabyte" {
  begin; keep
  local blob path
  echo 'print(1)' >a.py; git add a.py; git commit -q -m a
  path=.git/objects/$(git rev-parse HEAD:a.py | sed 's/^../&\//')
  chmod u+w "$path"
  python3 -c 'import sys, zlib; open(sys.argv[1], "wb").write(zlib.compress(b"blob 1152921504606846976\0print(1)\n"))' "$path"
  survives
  is_json "d.not_examined.some (e => e.path === 'a.py')" true
}

@test "3,000 commits" {
  begin
  python3 -c '
for i in range (3000):
    text = "line %d\n" % i
    print("commit refs/heads/main\nmark :%d\ncommitter C <c@example.org> %d +0000\ndata 1\nx" % (i + 1, 1704067200 + i))
    if i: print("from :%d" % i)
    print("M 100644 inline f%d/README.md\ndata %d\n%s" % (i % 50, len (text), text))' | git fast-import --quiet
  bounded audit --format json "$repo"
  exits 0
}
