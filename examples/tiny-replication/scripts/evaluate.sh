#!/bin/sh
# Greedy answers to the test questions. usage: scripts/evaluate.sh MODEL; tiny-untrained is the architecture with random weights
set -eu
mkdir -p results
config=configs/$1.json weights=weights/$1.safetensors
if [ "$1" = tiny-untrained ]; then
  config=configs/tiny-long-thought.json weights=untrained
fi
bin/evaluate --config "$config" --weights "$weights" --data data/test.jsonl --name "$1" --temperature 0 --samples 1 \
  --predictions "results/$1-predictions.jsonl" --metrics "results/$1-metrics.json"
