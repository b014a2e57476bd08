#!/bin/sh
# Eight answers to every test question, drawn at temperature 0.7. usage: scripts/sample.sh MODEL
set -eu
mkdir -p results
bin/evaluate --config "configs/$1.json" --weights "weights/$1.safetensors" --data data/test.jsonl --name "$1" --temperature 0.7 --samples 8 --seed 3 \
  --predictions "results/$1-samples.jsonl" --metrics "results/$1-samples-metrics.json"
