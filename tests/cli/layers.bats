# tests/check-layers.sh: the project keeps its layout, and a planted fault is caught.
load candor

layout () { # a small tree that keeps the layout
  tree=$BATS_TEST_TMPDIR/tree
  mkdir -p "$tree/src"/{base,git,signals,documents,report}
  echo '#include <yaml.h>' >"$tree/src/base/yaml.c"
  echo '#include "base/yaml.h"' >"$tree/src/git/objects.c"
  echo '#include <hs/hs.h>' >"$tree/src/signals/set.h"
  touch "$tree"/{Makefile,README.md,LICENSE,.gitignore}
}
caught () { # TEXT
  run "$ROOT/tests/check-layers.sh" "$tree"
  [[ $status -eq 1 && $output == *"$1"* ]] || explain_failure "expected: $1"
}

@test "the project keeps its layout" {
  run "$ROOT/tests/check-layers.sh"
  [[ $status -eq 0 ]] || explain_failure 'faults'
}

@test "a tree that keeps the layout passes" {
  layout
  run "$ROOT/tests/check-layers.sh" "$tree"
  [[ $status -eq 0 && -z $output ]] || explain_failure 'faults'
}

@test "an include of a later folder" {
  layout
  printf '\n# include "signals/set.h"\n' >>"$tree/src/git/objects.c"
  caught 'src/git/objects.c:3: git/ may not include signals/'
}

@test "an include without its folder, or of a folder outside the layout" {
  layout
  echo '#include "yaml.h"' >>"$tree/src/base/yaml.c"
  caught 'src/base/yaml.c:2: '
  layout
  echo '#include "helpers/x.h"' >>"$tree/src/base/yaml.c"
  caught '"helpers/"'
}

@test "a library outside its folder" {
  local include
  for include in '<git2.h>' '<git2/odb.h>' '<yaml.h>' '<hs/hs.h>' '<hs.h>' '<cmark-gfm.h>' '<curl/curl.h>' '<sqlite3.h>' '<libxml/HTMLparser.h>'; do
    layout
    echo "#include $include" >"$tree/src/report/x.c"
    [[ $include == '<libxml'* ]] && mv "$tree/src/report/x.c" "$tree/src/git/x.c"
    caught ':1: '
    rm -rf "$tree"
  done
}

@test "a program named outside its folder" {
  layout
  echo 'static const char *tool = "pdftotext";' >"$tree/src/git/x.c"
  caught 'src/git/x.c:1: pdftotext is only for documents'
}

@test "a folder of src and a file on top that do not belong" {
  layout
  mkdir "$tree/src/util"
  echo '#include "base/yaml.h"' >"$tree/src/util/x.c"
  caught 'src/util'
  rm -r "$tree/src/util"
  touch "$tree/notes.txt"
  caught notes.txt
}
