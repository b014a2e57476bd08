# Files whose contents are made to hurt a parser. Each case is one repository; `many` repeats a string without a pipe per copy.
load hostile

many () { # TIMES TEXT
  python3 -c 'import sys; sys.stdout.write(sys.argv[2].encode("utf-8", "surrogateescape").decode("unicode_escape") * int(sys.argv[1]))' "$1" "$2"
}

@test "YAML aliases that multiply, in a configuration file" {
  begin
  mkdir configs
  {
    echo 'a0: &a0 {learning_rate: 1e-5, batch_size: 8}'
    for i in {1..30}; do echo "a$i: &a$i [$(printf "*a$((i - 1)), %.0s" {1..9})*a$((i - 1))]"; done
  } >configs/train.yaml
  printf 'a: &a\n  b: *a\n' >configs/cycle.yaml
  keep
  survives
}

@test "YAML 10,000 levels deep" {
  begin
  many 10000 '[' >deep.yaml
  many 10000 '{a: ' >deeper.yaml
  many 10000 '- ' >lists.yaml
  keep
  survives
}

@test "JSON 100,000 levels deep" {
  begin
  many 100000 '[' >deep.json
  { many 100000 '{"a":'; echo 1; many 100000 '}'; } >closed.json
  keep
  survives
}

@test "JSON of one million keys, the same one, and huge numbers" {
  begin
  { echo '{"z": 1e999999'; many 1000000 ',"learning_rate":1'; echo '}'; } >keys.json
  { printf '{"accuracy": '; many 100000 9; echo '}'; } >number.json
  keep
  survives
}

@test "lines of megabytes in README, JSON and Python" {
  begin
  many 500000 'We train on 8 x A100 GPUs with learning rate 1e-5. ' >>README.md
  { printf '{"text": "'; many 8000000 x; echo '"}'; } >one-line.json
  { printf 'value = "'; many 8000000 x; echo '"'; } >one_line.py
  { printf 'value = '; many 200000 '1 + '; echo 1; } >sum.py
  keep
  survives
}

@test "a README that is no UTF-8" {
  begin
  head -c 200000 /dev/urandom | tr -d '\0' >>README.md
  many 1000 '\xff\xfe' >latin.md
  printf '# T\xe9l\xe9chargement\n\x80\x81\xfe\xff 8 x A100\n' >docs.md
  printf '\xff\xfe#\0 \0T\0' >utf16.md
  keep
  survives
}

@test "file names that are no UTF-8, and very long ones" {
  begin
  printf '# x\n' >$'na\xff\xfeme.md'
  printf '# x\n' >$'\xe2\x80\xae' # a text direction override
  mkdir -p "$(printf 'd%.0s' {1..250})/$(printf 'e%.0s' {1..250})"
  printf '# x\n' >"$(printf 'd%.0s' {1..250})/$(printf 'e%.0s' {1..250})/$(printf 'f%.0s' {1..250}).md"
  keep
  survives
}

@test "terminal escapes in file names, headings, model names and commands" {
  begin
  local escape=$'\e]0;title\a\e[2J\e[31m\u009b31m\u202e'
  {
    printf '# %sWork\n\n## %sTraining\nWe fine-tune Qwen2.5-%s7B from [weights](https://huggingface.co/a/%sb).\n' "$escape" "$escape" "$escape" "$escape"
    printf '```bash\npython %strain.py --model %sX --learning_rate 1e-5\n```\n' "$escape" "$escape"
    printf '| %smodel | AIME |\n|---|---|\n| %sours | 50.0 |\n' "$escape" "$escape"
  } >README.md
  printf 'python train.py %s\n' "$escape" >"run$escape.sh"
  keep
  survives
  bounded audit --format markdown "$repo"
  exits 0
}

@test "NUL in Markdown, code and names of settings" {
  begin
  printf '# Work\0\n\0We train on 8 x A100\0 GPUs.\n' >README.md
  printf 'learning_rate = 1e-5\0\n' >train.py
  { many 9000 x; printf '\0\n# late\n'; } >late.md
  keep
  survives
}

@test "a table of 10,000 columns" {
  begin
  { seq -s , 10000; for i in {1..20}; do seq -s , 10000; done; } >wide.csv
  { seq -s '|' 10000; many 10000 '-|'; echo; seq -s '|' 10000; } >wide.md
  printf '"never closed,%s\n' "$(seq -s , 1000)" >quote.csv
  keep
  survives
}

@test "JSON lines that are broken" {
  begin
  { echo '{"question": "1+1", "answer": 2}'; echo '{"question": '; echo ']]]'; echo; echo 'null'; echo '{"a": "\ud800"}'; printf '{"a": "\xff"}\n{"cut": "'; } >data.jsonl
  many 100000 '{\n' >open.jsonl
  keep
  survives
}

@test "notebooks that are broken" {
  begin
  echo '{"cells": [{"cell_type": "code", "source": ["print(1)"' >cut.ipynb
  echo '{"cells": {"not": "a list"}, "nbformat": "four"}' >types.ipynb
  echo '{"cells": [1, null, [], {"cell_type": 5, "source": {"a": []}}, {"cell_type": "markdown", "source": [1, {}, null]}]}' >cells.ipynb
  : >empty.ipynb
  { printf '{"cells": ['; many 50000 '{"cell_type":"code","source":["x"]},'; echo '{}]}'; } >long.ipynb
  keep
  survives
}

@test "Python that does not end" {
  begin
  printf 'def f():\n    """never closed\nlearning_rate = 1e-5\n' >string.py
  printf "x = f'''{'{'*9}\nargs = parser.add_argument(" >call.py
  many 100000 '(' >open.py
  many 20000 'def f():\\n' >defs.py
  many 5000 'if a:\n ' >indent.py
  printf 'x = "\\' >backslash.py
  keep
  survives
}

@test "shell that does not end" {
  begin
  many 100000 'python train.py \\\\\n' >continued.sh
  { printf 'python train.py --lr "'; many 200000 'x'; } >quote.sh
  printf 'cat <<EOF\npython train.py\n' >heredoc.sh
  many 50000 '$(' >nested.sh
  many 50000 '${a:-' >braces.sh
  many 50000 'if true; then ' >if.sh
  many 20000 'f() { ' >functions.sh
  keep
  survives
}

@test "variables of a script that grow without end" {
  begin
  {
    echo 'A=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'
    for i in {1..60}; do echo 'A=$A$A$A$A'; done
    echo 'python train.py --name $A'
    echo 'B=$C; C=$B; python train.py --name $B'
    echo 'for i in {1..1000000000}; do python train.py --seed $i; done'
  } >train.sh
  keep
  survives
}

@test "Markdown of 100,000 quote marks, brackets, stars, ticks and lists" {
  begin
  many 100000 '>' >quote.md
  many 100000 '[' >bracket.md
  many 100000 '*' >star.md
  many 50000 '*a_ ' >emphasis.md
  many 50000 '[a](' >links.md
  many 100000 '`' >tick.md
  many 20000 '- ' >list.md
  many 50000 '![[' >image.md
  many 50000 '<a href=' >anchor.md
  many 5000 '> - ' >both.md
  many 30000 '~' >strike.md
  many 20000 '[a]: b\n' >definitions.md
  keep
  survives
}

@test "HTML tables that claim millions of cells" {
  begin
  cat >>README.md <<'END'
<table><tr><td colspan=1000000 rowspan=1000000>AIME</td></tr><tr><td colspan="99999999999999999999">50.0</td></tr>
<tr><td rowspan=-5 colspan=-1>x</td></tr></table>
END
  { echo '<table>'; many 2000 '<tr><td colspan=1000 rowspan=1000>1</td></tr>\n'; echo '</table>'; } >table.md
  keep
  survives
}

@test "HTML nested 50,000 deep" {
  begin
  many 50000 '<div>' >>README.md
  many 20000 '<table><tr><td>' >tables.md
  many 50000 '<details><summary>' >details.md
  many 50000 '<ul><li>' >page.html
  many 50000 '<!-- ' >comments.md
  keep
  survives
}

@test "10,000 links and headings" {
  begin
  for i in {1..10000}; do echo "- [model $i](https://huggingface.co/owner$i/model-$i)"; done >>README.md
  for i in {1..10000}; do echo "## Heading $i"; done >headings.md
  keep
  survives
}

@test "BibTeX of garbage" {
  begin
  { many 20000 '@article{'; many 20000 '@'; many 20000 '{'; } >refs.bib
  { echo '```bibtex'; many 20000 '@misc{a, title={'; } >>README.md
  keep
  survives
}

@test "LaTeX and reStructuredText of garbage" {
  begin
  { many 50000 '\\\\begin{tabular}'; many 50000 '{'; } >paper.tex
  many 30000 '\\\\input{paper}\n' >input.tex
  many 30000 '\\\\section{' >section.tex
  { many 100000 '='; echo; many 30000 '.. code-block::\n'; many 10000 '+---'; } >page.rst
  keep
  survives
}

@test "TOML and settings of garbage" {
  begin
  many 20000 '[a.' >pyproject.toml
  many 20000 'a = [[[[{' >deep.toml
  many 50000 '-r requirements.txt\n' >requirements.txt
  many 50000 'FROM x\n' >Dockerfile
  keep
  survives
}

@test "modules that import each other" {
  begin
  for i in {0..300}; do printf 'import m%d\nimport m%d\nfrom m%d import *\n' $(((i + 1) % 301)) $(((i * 7) % 301)) "$i" >"m$i.py"; done
  printf '```bash\npython m0.py --learning_rate 1e-5\n```\n' >>README.md
  keep
  survives
}

@test "scripts that call and source each other and themselves" {
  begin
  printf 'source self.sh\nbash self.sh\n. ./self.sh\n' >self.sh
  printf 'bash b.sh\n' >a.sh; printf 'bash a.sh\nsource a.sh\n' >b.sh
  printf 'all: all\n\t$(MAKE) all\n\tbash a.sh\n' >Makefile
  for i in {0..25}; do printf 'bash s%d.sh\nbash s%d.sh\n' $((i + 1)) $((i + 1)) >"s$i.sh"; done # 2^26 paths
  printf '```bash\nbash self.sh\nbash a.sh\nbash s0.sh\nmake all\n```\n' >>README.md
  keep
  survives
}

@test "a shared configuration that inherits from itself" {
  begin
  mkdir conf
  printf 'defaults: [self, a, train]\nlearning_rate: ${learning_rate}\nbatch: ${conf.batch}\n' >conf/train.yaml
  printf 'defaults: [train]\n' >conf/a.yaml
  printf '```bash\npython train.py --config-name train --config conf/train.yaml\n```\n' >>README.md
  keep
  survives
}

@test "one million short lines that all match" {
  begin
  many 200000 'We train on 8 x A100 GPUs.\n' >>README.md
  many 200000 'learning_rate: 1e-5\n' >train.yaml
  many 200000 'python train.py --learning_rate 1e-5\n' >train.sh
  many 200000 'parser.add_argument("--learning_rate", default=1e-5)\n' >train.py
  keep
  survives
}
