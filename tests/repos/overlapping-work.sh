#!/usr/bin/env bash
# A work whose training data, 5,000 items, holds 20 problems of its test set: verbatim, as a message, with other LaTeX spacing, reformatted, in unicode, inside a
# longer prompt. Beside them stand what must not be found: problems with another number, a shared definition inside another problem, the same prompt boilerplate, sums too short to
# tell. The README says that the data was decontaminated. `plants.txt` lists "training line<TAB>test line".
source "$(dirname "$0")/git.bash"
start "${1:?where to}"
mkdir -p data
awk -v plants=plants.txt '
function pick(n) { seed = (seed * 16807) % 2147483647; return seed % n }
function word() { return stem[pick(40)] ending[pick(25)] }
function words(n,   i, t) { t = word(); for (i = 1; i < n; i++) t = t " " word(); return t }
function problem(   a, b) { # in LaTeX as JSON text has it
  a = 2 + pick(97); b = 1000 + pick(8999)
  return "Let $" substr("xyzuvw", 1 + pick(6), 1) "$ be a " words(4) " such that $\\\\frac{" a "}{" b "} \\\\le n^2+" pick(500) "$ holds for every " words(5) \
    ". If the " words(6) " is " pick(900) " times as large as the " words(3) ", find $m+n$."
}
function record(line, text) { train[line] = "{\"question\": \"" text "\", \"answer\": \"" pick(1000) "\", \"solution\": \"" words(30) "\"}" }
function swap(text, from, to,   at, out) { # every one, no patterns
  out = ""
  while ((at = index(text, from)) > 0) { out = out substr(text, 1, at - 1) to; text = substr(text, at + length(from)) }
  return out text
}
BEGIN {
  seed = 20250101
  split("mar tol ven sik dra plo quin bes fal gor hul jan kep lum nor pas rit sem tub wex zan bro cli dru flo gri har ist jol kra lin mun ner ola pri rus sta tre ulm vor", s, " ")
  split("al en is or um ent ing ade ile ond ume ane ist ory ble tic ous ate ify ean ure ack ely ism ord", e, " ")
  for (i in s) stem[i - 1] = s[i]
  for (i in e) ending[i - 1] = e[i]
  boiler = " Please reason step by step, and put your final answer within \\\\boxed{}. Do not use a calculator, and check every step twice."
  for (i = 1; i <= 300; i++) test[i] = problem()
  test[290] = "What is 3 + 4?" # short ones are the same by chance
  test[291] = "A " words(30) " is given. A number is called lucky when it is divisible by the sum of its digits and by no other number below that sum. " words(60) " " pick(1000) "."
  for (i = 1; i <= 5000; i++) record(i, problem() (i % 2 ? boiler : ""))
  for (i = 1; i <= 20; i++) {
    at = 240 * i; t = test[7 * i]; kind = i % 5
    if (kind == 0) record(at, t)
    else if (kind == 1) train[at] = "{\"messages\": [{\"role\": \"system\", \"content\": \"You solve problems.\"}, {\"role\": \"user\", \"content\": \"" t boiler "\"}, {\"role\": \"assistant\", \"content\": \"" words(20) "\"}]}"
    else if (kind == 2) record(at, swap(swap(swap(swap(t, "\\\\frac", "\\\\, \\\\dfrac "), "+", "\\\\;+\\\\;"), "\\\\le", "\\\\leq\\\\!"), "$", "\\\\,$"))
    else if (kind == 3) record(at, "**Problem " i ".** " toupper(substr(t, 1, 3)) swap(swap(swap(substr(t, 4), "$", ""), "\\\\le", "\\u2264"), "^2", "\\u00b2"))
    else record(at, "Solve the following problem.\\n\\n" swap(swap(t, "$", "\\\\("), ". If", "  .\\nIf") "\\n\\nGive an integer.")
    print at "\t" 7 * i >plants
  }
  # decoys
  t = test[11]; sub(/n\^2\+[0-9]+/, "n^2+1234", t); record(101, t)
  t = test[12]; gsub(/[0-9]+ times/, "77 times", t); record(103, t)
  record(105, "What is 3 + 4?")
  record(107, words(25) ". A number is called lucky when it is divisible by the sum of its digits and by no other number below that sum. " words(50) " " pick(1000) ".")
  record(109, boiler)
  for (i = 1; i <= 5000; i++) print train[i] >"data/train.jsonl"
  for (i = 1; i <= 300; i++) print "{\"problem\": \"" test[i] boiler "\", \"answer\": " i "}" >"data/test.jsonl"
}'
mv plants.txt plants.tsv
write README.md <<'END'
# Heron: a small replication

We train on 5,000 problems (`data/train.jsonl`). The training data was decontaminated against our test set.
END
commit 'Data and its claim'
