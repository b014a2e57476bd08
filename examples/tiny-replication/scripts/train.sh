#!/bin/sh
# Trains one model from random weights. usage: scripts/train.sh MODEL
set -eu
mkdir -p weights results
bin/train --config "configs/$1.json" --output "weights/$1.safetensors" --log "results/$1-training.jsonl"
