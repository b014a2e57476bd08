"""REINFORCE with a group baseline: sample a group of answers for each question, reward the right ones, move towards them."""
import argparse
import json
import random

from policy import ANSWERS, features, probabilities, sample

parser = argparse.ArgumentParser()
parser.add_argument("--config", default="configs/rl.json")
parser.add_argument("--output", default="results/weights.json")
options = parser.parse_args()
config = json.load(open(options.config))
questions = [json.loads(line) for line in open(config["train_files"])]
generator = random.Random(config["seed"])
weights = {}
for step in range(config["max_steps"]):
    batch = generator.choices(questions, k=config["train_batch_size"])
    for item in batch:
        group = [sample(weights, item["question"], generator) for _ in range(config["num_generations"])]
        rewards = [1.0 if answer == item["answer"] else 0.0 for answer in group]
        baseline = sum(rewards) / len(rewards)
        chances = probabilities(weights, item["question"])
        for answer, reward in zip(group, rewards):
            for other in ANSWERS:
                slope = (1.0 if other == answer else 0.0) - chances[other]
                for name in features(item["question"]):
                    key = f"{name}>{other}"
                    weights[key] = weights.get(key, 0.0) + config["learning_rate"] * (reward - baseline) * slope
    if step % 50 == 49:
        print(f"step {step + 1} mean reward of the last group {baseline:.2f}")
json.dump(weights, open(options.output, "w"), sort_keys=True)
