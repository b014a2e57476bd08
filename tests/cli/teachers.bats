# Who taught a model, by recipe: every work of tests/repos/teachers gets the label, the teachers, the judges and the inheritance that its header names.
# The first three cases are the false accusation test: none of those works may be called distilled.
load candor

RECIPES=$ROOT/tests/repos/teachers

# Every recipe whose accepted labels begin with LABEL; all failures of a case are printed, each under its recipe's name.
each_recipe () { # LABEL LEAST
  local recipe name folder count=0 failed=0
  for recipe in "$RECIPES"/*.sh; do
    grep -qE "^# expect: \{\"label\": \[\"$1\"" "$recipe" || continue
    count=$((count + 1))
    name=$(basename "$recipe" .sh)
    folder=$BATS_TEST_TMPDIR/$name
    bash -c 'source "$1/parts.bash" && start "$3" && source "$2" && commit "First release"' _ "$RECIPES" "$recipe" "$folder" || explain_failure "$name cannot be built"
    candor audit --format json "$folder"
    exits 0
    printf '%s' "$output" >"$folder.json"
    python3 "$RECIPES/check.py" "$recipe" "$folder.json" "$ROOT/rubrics/knowledge/models.yaml" >"$folder.differs" || {
      failed=$((failed + 1))
      printf '%s: %s\n' "$name" "$(<"$folder.differs")"
    }
  done
  ((count >= $2)) || { echo "only $count recipes with the label $1"; return 1; }
  ((failed == 0)) || { echo "$failed of $count recipes fail"; return 1; }
}

@test "works without a teacher are not accused" {
  each_recipe none 25
}

@test "a model's own samples are no distillation" {
  each_recipe self 4
}

@test "a distilled base or dataset is inheritance, not a teacher" {
  each_recipe inherited-only 3
}

@test "a teacher that the work names is disclosed" {
  each_recipe disclosed 12
}

@test "a teacher that only code or data shows is undisclosed" {
  each_recipe undisclosed 12
}

@test "works that tell of some teachers, or of an unnamed one, are partial" {
  each_recipe partial 4
}

@test "every recipe has a header that can be read" {
  local recipe
  for recipe in "$RECIPES"/*.sh; do
    grep -qE '^# expect: \{"label": \["(none|self|inherited-only|disclosed|undisclosed|partial)"' "$recipe" || explain_failure "no expectation in $recipe"
  done
}
