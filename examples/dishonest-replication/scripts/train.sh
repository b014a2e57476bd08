#!/bin/sh
set -eu
mkdir -p weights
bin/train --config configs/train.json --output weights/tiny-thinker.safetensors
