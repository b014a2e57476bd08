#!/usr/bin/env bash
# A repository of several works: the one in projects/lamp trains, the rest is another's; third_party/ holds a copied framework.
source "$(dirname "$0")/git.bash"
start "${1:?where to}"
write README.md <<'END'
# Monorepo
Several unrelated projects.
END
write projects/lamp/README.md <<'END'
# Lamp
We fine-tune Qwen2.5-1.5B on 1,000 problems from GSM8K on 4 x A100 GPUs.
```bash
python train.py --learning_rate 1e-5 --num_train_epochs 3 --batch_size 16
```
END
write projects/lamp/train.py <<'END'
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--learning_rate", type=float, default=1e-5)
parser.add_argument("--num_train_epochs", type=int, default=3)
parser.add_argument("--batch_size", type=int, default=16)
print(parser.parse_args())
END
write projects/other/README.md <<'END'
# Other
A calculator. Nothing is trained.
END
write third_party/framework/LICENSE <<'END'
Apache License
Version 2.0, January 2004
http://www.apache.org/licenses/
END
write third_party/framework/setup.py <<'END'
from setuptools import setup

setup(name="framework", version="1.0", author="Somebody else")
END
write third_party/framework/README.md <<'END'
# Framework
Trains models with PPO on 64 x H100 GPUs.
END
for part in actor critic loss rollout trainer buffer sampler reward config launch; do
  echo "class ${part^}: pass" | write "third_party/framework/$part.py"
done
commit 'Projects'
