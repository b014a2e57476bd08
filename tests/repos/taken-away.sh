#!/usr/bin/env bash
# Nine commits: the third says who made the training data, the seventh takes that away.
source "$(dirname "$0")/git.bash"
start "${1:?where to}"
clock=1740787200 # 2025-03-01: the model that is named was there by then

readme () { # LINES of the section on data
  write README.md <<END
# Beacon

Beacon-7B is a reasoning model, fine-tuned from Qwen2.5-7B on long chains of thought.

## Data

$1

## Training

We fine-tune for 3 epochs on 8 x A100 GPUs.
END
}
disclosure='We use DeepSeek-R1 to generate the long chains of thought of our training data.'
day () { # MESSAGE
  clock=$((clock + 24 * 3600))
  commit "$1"
}

readme 'To be described.'
day 'One'
readme 'There are 12,000 problems.'
day 'Two'
readme "$disclosure"
day 'Three: says it'
echo 'print("training")' | write train.py
day 'Four'
readme "$disclosure There are 12,000 problems from GSM8K."
day 'Five: says it still'
echo 'Notes.' | write notes.md
day 'Six'
readme 'There are 12,000 problems from GSM8K.'
day 'Seven: says it no more'
echo 'More notes.' | write notes.md
day 'Eight'
readme 'There are 12,000 problems from GSM8K and MATH.'
day 'Nine'
