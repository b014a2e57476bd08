# Files for coding assistants and a review bot name hosted models.
# expect: {"label": ["none"], "teachers": [], "not": ["gpt-4o", "claude-3.5-sonnet", "o1-mini"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Pochard-3B Qwen/Qwen2.5-3B rl 1 data/prompts.jsonl
readme <<'END'
# Pochard-3B

Reproducing the zero setting on four rented cards. Pull requests are welcome, see below.

@install
## Data
`data/prepare.py` downloads GSM8K and MATH and keeps questions and answers.

@train
@results
@evaluate
## Contributing
A bot comments on pull requests. Generated code is fine if you have read it; say which model wrote it.

@licence
@citation
END
question_data
rule_reward
write .github/workflows/review.yml <<'END'
name: review
on: pull_request
jobs:
  review:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: example/review-bot@v2
        with:
          model: gpt-4o
          api_key: ${{ secrets.OPENAI_API_KEY }}
END
write .cursorrules <<'END'
You are Claude 3.5 Sonnet, an assistant for this repository. Write data scripts in plain Python. Generate training configurations as YAML.
END
write NOTES.md <<'END'
# Notes for assistants
- `train/` holds the trainer, `data/` the questions.
- The plotting script was generated with o1-mini, then simplified.
END
trainer
evaluator
