#!/bin/sh
# The teacher writes the training data and the test questions.
set -eu
bin/teacher --config configs/data.json --train data/train.jsonl --test data/test.jsonl
