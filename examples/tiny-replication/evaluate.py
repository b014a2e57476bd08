"""Exact match on the held-out sums, greedy: one prediction a line in results/predictions.jsonl, the accuracy in results/metrics.json."""
import argparse
import json

from policy import greedy

parser = argparse.ArgumentParser()
parser.add_argument("--weights", default="results/weights.json")
parser.add_argument("--data", default="data/test.jsonl")
options = parser.parse_args()
weights = json.load(open(options.weights))
right = 0
items = [json.loads(line) for line in open(options.data)]
with open("results/predictions.jsonl", "w") as out:
    for item in items:
        prediction = greedy(weights, item["question"])
        right += prediction == item["answer"]
        out.write(json.dumps({**item, "prediction": prediction, "correct": prediction == item["answer"]}) + "\n")
metrics = {"benchmark": "two-digit-sums-test", "metric": "accuracy", "n": len(items), "accuracy": 100.0 * right / len(items)}
json.dump(metrics, open("results/metrics.json", "w"), indent=1)
print(metrics)
