"""The student: a softmax policy over answers 0 to 18 with weights for each digit and for their rounded sum."""
import math
import random

ANSWERS = range(19)


def features(question):
    a, b = (int(part) for part in question.split("+"))
    return (f"a{a}", f"b{b}", f"n{a + b}")


def scores(weights, question, temperature=1.0):
    names = features(question)
    return [sum(weights.get(f"{name}>{answer}", 0.0) for name in names) / temperature for answer in ANSWERS]


def probabilities(weights, question, temperature=1.0):
    raw = scores(weights, question, temperature)
    top = max(raw)
    exponentials = [math.exp(value - top) for value in raw]
    total = sum(exponentials)
    return [value / total for value in exponentials]


def sample(weights, question, generator: random.Random, temperature=1.0):
    return generator.choices(ANSWERS, probabilities(weights, question, temperature))[0]


def greedy(weights, question):
    raw = scores(weights, question)
    return max(ANSWERS, key=lambda answer: raw[answer])
