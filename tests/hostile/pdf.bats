# PDFs that are broken, and a pdftotext that misbehaves: the audit goes on without them and says so.
load hostile

not_read () { # PATH: its reason begins with "PDF not read"
  is_json "((d.not_examined.find (e => e.path === '$1') || {}).why || 'examined').startsWith ('PDF not read')" true
}
# A pdftotext of our own, and no sandbox, in which it would not be found.
pretend () { # SCRIPT
  mkdir "$BATS_TEST_TMPDIR/bin"
  printf '#!/bin/sh\n%s\n' "$1" >"$BATS_TEST_TMPDIR/bin/pdftotext"
  printf '#!/bin/sh\nexit 1\n' >"$BATS_TEST_TMPDIR/bin/bwrap"
  chmod +x "$BATS_TEST_TMPDIR/bin/"*
  export PATH=$BATS_TEST_TMPDIR/bin:$PATH
  own_cache # in another one the text may be cached, which would spare the program
}

@test "a PDF of no bytes, a truncated one, garbage, and 30 MB of zeros" {
  begin
  : >empty.pdf
  printf '%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pa' >cut.pdf
  { printf '%%PDF-1.7\n'; head -c 100000 /dev/urandom; } >garbage.pdf
  truncate -s 30M zeros.pdf
  keep
  survives
  not_read cut.pdf
  not_read garbage.pdf
  not_read zeros.pdf
}

@test "a tree of pages that is deep, and one that contains itself" {
  begin
  python3 - <<'END'
def pdf (name, objects):
    text = b"%PDF-1.4\n"
    for number, body in enumerate (objects, 1):
        text += b"%d 0 obj%s endobj\n" % (number, body)
    open (name, "wb").write (text + b"trailer<</Size %d/Root 1 0 R>>\n%%%%EOF\n" % (len (objects) + 1))
root = b"<</Type/Catalog/Pages 2 0 R>>"
pdf ("deep.pdf", [root] + [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (n + 1) for n in range (2, 50000)])
pdf ("cycle.pdf", [root, b"<</Type/Pages/Count 1000000/Kids[2 0 R 2 0 R 2 0 R 2 0 R]>>"])
pdf ("count.pdf", [root, b"<</Type/Pages/Count 2147483647/Kids[3 0 R]>>", b"<</Type/Page/Parent 2 0 R>>"])
END
  keep
  survives
}

@test "a stream that unpacks to gigabytes" {
  begin
  python3 - <<'END'
import zlib
packer = zlib.compressobj (9)
stream = b"".join (packer.compress (b"BT (aaaaaaaaaaaaaaaaaaaaaaaa) Tj ET\n" * 30000) for _ in range (300)) + packer.flush ()
text = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
text += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>endobj\n4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
text += b"5 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len (stream) + stream + b"\nendstream endobj\ntrailer<</Size 6/Root 1 0 R>>\n%%EOF\n"
open ("bomb.pdf", "wb").write (text)
END
  keep
  cd /
  bounded audit --format json "$repo"
  exits 0
}

@test "a pdftotext that hangs is ended by the time limit" {
  pretend 'exec sleep 1000'
  begin; printf '%%PDF-1.4\n' >paper.pdf; keep; cd /
  bounded audit --format json "$repo"
  exits 0
  not_read paper.pdf
}

@test "a pdftotext that hangs with a child that holds its output" {
  pretend 'sleep 1000 & sleep 1000'
  begin; printf '%%PDF-1.4\n' >paper.pdf; keep; cd /
  bounded audit --format json "$repo"
  exits 0
  not_read paper.pdf
}

@test "a pdftotext that writes without end" {
  pretend 'exec yes "We train on 8 x A100 GPUs."'
  begin; printf '%%PDF-1.4\n' >paper.pdf; keep; cd /
  bounded audit --format json "$repo"
  exits 0
  is_json "d.not_examined.find (e => e.path === 'paper.pdf').why.startsWith ('PDF read in part')" true
}

@test "a pdftotext that fails, writes garbage, or dies of a signal" {
  local script
  pretend true
  for script in 'exit 3' 'kill -SEGV $$' 'head -c 100000 /dev/urandom' 'printf "\033]0;x\a# 8 x A100\n"'; do
    printf '#!/bin/sh\n%s\n' "$script" >"$BATS_TEST_TMPDIR/bin/pdftotext"
    rm -rf "$repo"
    begin; printf '%%PDF-1.4 %s\n' "$script" >paper.pdf; keep; cd / # another file each time: texts are cached
    bounded audit "$repo"
    exits 0
  done
}

@test "no pdftotext at all" {
  pretend 'exit 0'
  rm "$BATS_TEST_TMPDIR/bin/pdftotext"
  begin; printf '%%PDF-1.4\n' >paper.pdf; keep; cd /
  local program
  mkdir "$BATS_TEST_TMPDIR/few"
  for program in timeout time git node bash cat tail grep iconv mktemp rm; do ln -s "$(type -P "$program")" "$BATS_TEST_TMPDIR/few/$program"; done
  PATH=$BATS_TEST_TMPDIR/few bounded audit --format json "$repo"
  exits 0
  not_read paper.pdf
}
