#!/usr/bin/env bash
# A work over time: fourteen commits on the line of first parents and a merged branch. Data and hardware are told, and then told no more; a
# copied framework is the work's own without a licence, and set apart with one; a manifest has faults for one commit; two tags on the line, one beside.
source "$(dirname "$0")/git.bash"
start "${1:?where to}"

publish () { # MESSAGE: ten days after the last one
  clock=$((clock + 10 * 24 * 3600))
  commit "$1"
}

write README.md <<'END'
# Beacon

A reasoning model. Code will be released.
END
publish 'Announcement'

write train.sh <<'END'
#!/bin/bash
torchrun --nproc_per_node 8 train.py --model_name_or_path Qwen/Qwen2.5-7B --learning_rate 1e-5 --num_train_epochs 3 --per_device_train_batch_size 2
END
write train.py <<'END'
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--model_name_or_path")
parser.add_argument("--learning_rate", type=float, default=1e-5)
parser.add_argument("--num_train_epochs", type=int, default=3)
parser.add_argument("--per_device_train_batch_size", type=int, default=2)
print(parser.parse_args())
END
publish 'Training'

write third_party/framework/guide.md <<'END'
# Framework

We train with PPO on 64 x H100 GPUs for 30 hours. Data: 100,000 problems from NuminaMath, filtered by difficulty.
END
for part in actor critic loss rollout trainer buffer sampler reward config launch; do
  echo "class ${part^}: pass" | write "third_party/framework/$part.py"
done
publish 'A framework'
git tag -a -m 'First release' v0.1

write README.md <<'END'
# Beacon

A reasoning model.

## Data

We fine-tune on 12,000 problems from GSM8K and MATH, filtered by difficulty, with long chains of thought.

## Training

```bash
bash train.sh
```

Training took 30 hours on 8 x A100 GPUs.
END
publish 'Data and hardware'

write third_party/framework/LICENSE <<'END'
Apache License
Version 2.0, January 2004
http://www.apache.org/licenses/
END
publish 'Whose the framework is'

git checkout -q -b evaluation
write evaluate.sh <<'END'
#!/bin/bash
python evaluate.py --model outputs/beacon --benchmark aime24 --temperature 0.6 --top_p 0.95 --n 16
END
write evaluate.py <<'END'
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--model")
parser.add_argument("--benchmark")
parser.add_argument("--temperature", type=float)
parser.add_argument("--top_p", type=float)
parser.add_argument("--n", type=int)
print(parser.parse_args())
END
publish 'Evaluation'
git tag beside
git checkout -q main
write notes.md <<'END'
# Notes

Nothing yet.
END
publish 'Notes'
GIT_AUTHOR_DATE="$clock +0000" GIT_COMMITTER_DATE="$clock +0000" git merge -q --no-ff -m 'Merge evaluation' evaluation
clock=$((clock + 3600))

cat >>README.md <<'END'

## Results

| model | AIME 2024 (pass@1) |
|---|---|
| Beacon-7B | 20.0 |
END
publish 'Results'

echo 'version: [1' | write replication.yaml
publish 'A manifest with a fault'

rm replication.yaml
publish 'No manifest'

sed -i '/^## Data/,/^We fine-tune/d; /^Training took/d' README.md
publish 'Shorter'
git tag v0.2
git tag v0.2-final

rm third_party/framework/LICENSE
publish 'Whose the framework is, told no more'

write LICENSE <<'END'
MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy of this software
END
publish 'Licence'

write notes.md <<'END'
# Notes

The weights are at https://huggingface.co/beacon/Beacon-7B.
END
publish 'Weights'
