# Where datasets come from: found, pinned, licensed, fit for the release, to be had, as large as told.
load candor

work () { # an Apache-2.0 work with released weights; standard input: the README's section on data
  mkdir -p "$BATS_TEST_TMPDIR/work"
  cd "$BATS_TEST_TMPDIR/work"
  git init -q -b main
  printf 'Apache License\nVersion 2.0\n' >LICENSE
  { printf '# Heron-7B\n\nWe release our weights [heron-lab/Heron-7B](https://huggingface.co/heron-lab/Heron-7B) and train on public data.\n\n## Training data\n'; cat; } >README.md
}
audited () {
  git add -A
  git commit -q -m work
  candor audit --format json "$@"
  exits 0
}
dataset () { # NAME EXPRESSION EXPECTED
  is_json "(d.provenance.datasets.find (f => f.name === '$1') ?? {missing: true})$2" "$3"
}

@test "a non-commercial set under a release that permits commerce is told, with the source of its licence" {
  work <<<'We train on [TabMWP](https://huggingface.co/datasets/someone/tables), and on [ASDiv](https://huggingface.co/datasets/EleutherAI/asdiv) and [GSM8K](https://huggingface.co/datasets/openai/gsm8k).'
  audited
  dataset EleutherAI/asdiv .license cc-by-nc-4.0
  dataset EleutherAI/asdiv .license_terms non-commercial
  dataset EleutherAI/asdiv .compatible false
  dataset EleutherAI/asdiv .license_source https://aclanthology.org/2020.acl-main.92
  dataset openai/gsm8k .compatible true
  dataset someone/tables .license null
  dataset someone/tables .compatible null
}

@test "nothing is compared where nothing is released" {
  work <<<'We train on [ASDiv](https://huggingface.co/datasets/EleutherAI/asdiv).'
  sed -i '/We release/d' README.md
  audited
  dataset EleutherAI/asdiv .compatible null
}

@test "the licence of a card in the tree goes before what is publicly known, and a line's before that of nobody" {
  work <<'END'
We train on [GSM8K](https://huggingface.co/datasets/openai/gsm8k).
We train on [tables](https://huggingface.co/datasets/someone/tables) (licence: CC BY-NC-SA 4.0).
We train on [Llama3-8b-data](https://huggingface.co/datasets/someone/Llama3-8b-data), whose licence is not told.
END
  mkdir -p data/gsm8k
  printf -- '---\nlicense: cc-by-sa-4.0\n---\n# GSM8K\n' >data/gsm8k/README.md
  audited
  dataset openai/gsm8k .license cc-by-sa-4.0
  dataset openai/gsm8k .license_source data/gsm8k/README.md:2
  dataset openai/gsm8k .compatible null
  dataset someone/tables .license cc-by-nc-sa-4.0
  dataset someone/tables .license_source README.md:7
  dataset someone/Llama3-8b-data .license null
}

@test "a commit in the link, a revision in the call and a submodule pin; a branch that moves does not" {
  work <<'END'
Training set: [one](https://huggingface.co/datasets/someone/set-one/tree/0123456789abcdef0123456789abcdef01234567).

Training set: [two](https://huggingface.co/datasets/someone/set-two/tree/main).

Training set: [three](https://huggingface.co/datasets/someone/set-three).

Training set: [four](https://huggingface.co/datasets/someone/set-four).
END
  printf 'from datasets import load_dataset\n\ntrain = load_dataset(\n    "someone/set-three",\n    revision="v1.2",\n)\n' >train.py
  printf '[submodule "data/four"]\n\tpath = data/four\n\turl = https://huggingface.co/datasets/someone/set-four\n' >.gitmodules
  git update-index --add --cacheinfo 160000,89abcdef0123456789abcdef0123456789abcdef,data/four
  mkdir -p data/four
  audited
  dataset someone/set-one .revision 0123456789abcdef0123456789abcdef01234567
  dataset someone/set-two .pinned false
  dataset someone/set-three .revision v1.2
  dataset someone/set-four .revision 89abcdef0123456789abcdef0123456789abcdef
}

@test "data that is only promised, or to be had on request, is not available" {
  work <<'END'
Our training set [heron-data](https://huggingface.co/datasets/heron-lab/heron-data) is coming soon.

The training set [other-data](https://huggingface.co/datasets/heron-lab/other-data) is here.
END
  audited
  dataset heron-lab/heron-data .available false
  dataset heron-lab/other-data .available true
}

@test "the size that is told is held against the records in the tree" {
  work <<'END'
We train on [heron-data](https://huggingface.co/datasets/heron-lab/heron-data), 40 problems... in all 1.2k training examples.

We train on [rook-data](https://huggingface.co/datasets/heron-lab/rook-data): 1,000 training examples.
END
  mkdir data
  for i in {1..1173}; do echo "{\"question\": \"q$i\", \"answer\": 1}"; done >data/heron-data.jsonl
  for i in {1..900}; do echo "{\"question\": \"q$i\", \"answer\": 1}"; done >data/rook_data.jsonl
  audited
  dataset heron-lab/heron-data '.rows' 1173
  dataset heron-lab/heron-data '.size_agrees' true
  dataset heron-lab/rook-data '.stated_size' 1000
  dataset heron-lab/rook-data '.size_agrees' false
}

@test "datasets of the manifest count, with what they declare" {
  candor audit --format json "$(repository declared-work)"
  exits 0
  is_json 'd.provenance.datasets.map (f => [f.where, f.role, f.located, f.pinned, f.rows, f.size_agrees]).join (" ")' \
    'data/train.jsonl,training,true,true,1500,true data/test.jsonl,evaluation,true,true,250,true'
  is_json 'd.provenance.datasets[0].license' apache-2.0
  is_json 'd.provenance.datasets[0].evidence[0].path' replication.yaml
}

@test "a faulty licence table is an error with its place" {
  work <<<'Nothing.'
  audited
  mkdir -p rules/knowledge
  printf 'licenses:\n  - {id: mine, name: Mine, terms: generous, source: "https://example.org"}\n' >rules/knowledge/licenses.yaml
  candor audit --rubrics rules
  fails_clearly 2
  complains 'licenses.yaml:2:'
  complains generous
}
