# The examples as repositories: `publish_honest FOLDER`, `publish_dishonest FOLDER`. To be sourced.
examples=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME='Candor contributors' GIT_AUTHOR_EMAIL=candor@example.org GIT_AUTHOR_DATE='1735689600 +0000'
export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE

publish () { # FOLDER MESSAGE
  git -C "$1" init -q -b main
  git -C "$1" add -A
  git -C "$1" commit -q -m "$2"
}

publish_honest () { # FOLDER
  mkdir -p "$1"
  cp -R "$examples/tiny-replication/." "$1"
  rm -rf "$1/bin"
  publish "$1" 'Tiny replication'
}

# The same models, with what is dishonest laid over it. The teacher, the other models and the evaluation script are gone.
publish_dishonest () { # FOLDER
  mkdir -p "$1"
  cp -R "$examples/tiny-replication/." "$1"
  (
    cd "$1"
    rm -rf bin report results src/teacher.c scripts configs weights/tiny-direct.safetensors weights/tiny-steps.safetensors
    mv data/train.jsonl data/thoughts.jsonl
    mv weights/tiny-long-thought.safetensors weights/tiny-thinker.safetensors
  )
  cp -R "$examples/dishonest-replication/." "$1"
  rm "$1/WHAT-IS-DISHONEST.md"
  publish "$1" TinyThinker
}
