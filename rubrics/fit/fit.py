#!/usr/bin/env python3
"""Fit the integer weights of a rubric's scorecards on readers' labels, cross-validated by work. Needs python3-numpy.

usage: fit.py matrix --candor PROGRAM --works DIR --corpus DIR --split FILE NAME -o FILE    audit the works of one split, keep their probes' answers
       fit.py fit MATRIX [--candidates FILE] [--rubric FILE --write]                        cross-validate, print; --write puts the weights into the rubric
       fit.py certainty MATRIX --rubric FILE --from develop|calibrate -o FILE               map margins to certainties

Model: for each criterion a logistic regression over the probes that candidates.json names for it. Every weight has the sign that a
careful reader would give it (projected gradient), is shrunk (ridge) and thinned (lasso), then rounded to halves of a logit and written as an
integer; the threshold likewise. Cross-validation leaves one work out and repeats everything, the rounding included. Nothing but a
work's probes and labels enters: no names, no text.
"""
import argparse, json, pathlib, re, subprocess, sys
import numpy as np

SCALE = 2  # integer points for one logit
RARE = 3   # a probe that fewer works, or all but fewer works, answer with yes teaches nothing
here = pathlib.Path(__file__).resolve().parent


def matrix(o):
    names = json.loads(o.split[0].read_text())[o.split[1].name]
    works = []
    for name in names:
        label = json.loads((o.works / f"{name}.json").read_text())
        command = [o.candor, "audit", str(o.corpus / name / "repo"), "--commit", label["commit"], "--format", "json"]
        audit = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        works.append({"work": name, "probes": {p["id"]: p["yes"] for p in audit["probes"]},
                      "labels": {c: bool(v["yes"]) for c, v in label["criteria"].items()}})
    o.output.write_text(json.dumps({"split": o.split[1].name, "points": {v["id"]: v["of"] for v in audit["verdicts"]}, "works": works}))


def solve(X, Y, W, signs, ridge, lasso, steps=400):
    """Sign-constrained logistic regressions, one for each row of W (weights of the examples: zero leaves a work out). Returns (weights, biases)."""
    folds, (n, k) = W.shape[0], X.shape
    beta, bias = np.zeros((folds, k)), np.zeros(folds)
    step = 1.0 / (0.25 * (np.square(X).sum() + n) + ridge)
    zb, zc, t = beta.copy(), bias.copy(), 1.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(zb @ X.T + zc[:, None])))
        r = (p - Y[None, :]) * W
        b = zb - step * (r @ X + ridge * zb)
        b = np.sign(b) * np.maximum(np.abs(b) - step * lasso, 0)
        b = np.where(signs[None, :] * b > 0, b, 0)
        c = zc - step * r.sum(1)
        u = (1 + (1 + 4 * t * t) ** 0.5) / 2
        zb, zc = b + (t - 1) / u * (b - beta), c + (t - 1) / u * (c - bias)
        beta, bias, t = b, c, u
    return beta, bias


def rounded(beta, bias):
    return np.rint(SCALE * beta).astype(int), np.ceil(-SCALE * bias - 1e-9).astype(int)


def kappa(x, y):
    po, px, py = np.mean(x == y), np.mean(x), np.mean(y)
    pe = px * py + (1 - px) * (1 - py)
    return 1.0 if pe == 1 else (po - pe) / (1 - pe)


def table(data, criterion, candidates):
    counts = {p: sum(w["probes"].get(p, False) for w in data["works"]) for p in candidates[criterion]}
    probes = [p for p in sorted(counts) if RARE <= counts[p] <= len(data["works"]) - RARE]
    X = np.array([[float(w["probes"].get(p, False)) for p in probes] for w in data["works"]])
    Y = np.array([float(w["labels"][criterion]) for w in data["works"]])
    signs = np.array([candidates[criterion][p] for p in probes], dtype=float)
    return probes, X.reshape(len(Y), len(probes)), Y, signs


def cross_validate(data, candidates, ridge, lasso):
    """For each criterion: out-of-work margins (in points) and the labels."""
    out = {}
    for criterion in data["points"]:
        probes, X, Y, signs = table(data, criterion, candidates)
        W = 1 - np.eye(len(Y))
        beta, threshold = rounded(*solve(X, Y, W, signs, ridge, lasso))
        out[criterion] = ((beta * X).sum(1) - threshold + 0.5, Y)
    return out


def summary(data, validated):
    pairs = [(m > 0, y > 0.5) for margins, Y in validated.values() for m, y in zip(margins, Y)]
    x, y = np.array(pairs).T
    total = np.zeros((2, len(data["works"])))
    for criterion, (margins, Y) in validated.items():
        total += data["points"][criterion] * np.array([margins > 0, Y > 0.5])
    return kappa(x, y), np.abs(total[0] - total[1]).mean()


def write_rubric(path, weights):
    text = path.read_text()
    for criterion, (cards, threshold) in weights.items():
        score = ", ".join(f"{p}: {w}" for p, w in sorted(cards.items(), key=lambda i: (-abs(i[1]), i[0]))) or None
        declared = "declared-" + criterion.replace(".", "-")
        line = f"    when: {{any: [{declared}, {{score: {{{score}}}, threshold: {threshold}}}]}}"
        text, count = re.subn(rf"(  - id: {re.escape(criterion)}\n(?:    .*\n)*?)    when: .*\n", lambda m: m.group(1) + line + "\n", text)
        if count != 1:
            sys.exit(f"{path}: no `when:` line found for {criterion}")
    path.write_text(text)


def fit(o):
    data, candidates = json.loads(o.matrix.read_text()), {}
    for file in o.candidates:
        candidates.update(json.loads(file.read_text()))
    known = set(data["works"][0]["probes"])
    unknown = sorted({p for c in candidates.values() for p in c} - known)
    if unknown:
        print("candidates that are no probes:", ", ".join(unknown))
    best = None
    for ridge in (0.5, 1.0, 2.0):
        for lasso in (0.0, 0.25, 0.5):
            validated = cross_validate(data, candidates, ridge, lasso)
            k, error = summary(data, validated)
            print(f"ridge {ridge} lasso {lasso}: cross-validated kappa {k:.3f}, error of the total {error:.1f}")
            if best is None or k > best[0]:
                best = (k, ridge, lasso, validated)
    _, ridge, lasso, validated = best
    weights = {}
    print(f"\n{'criterion':26s} {'yes':>4s} {'kappa':>6s} {'fitted':>6s}  weights (ridge {ridge}, lasso {lasso})")
    for criterion in data["points"]:
        probes, X, Y, signs = table(data, criterion, candidates)
        beta, threshold = rounded(*solve(X, Y, np.ones((1, len(Y))), signs, ridge, lasso))
        cards = {p: int(w) for p, w in zip(probes, beta[0]) if w}
        weights[criterion] = (cards, int(threshold[0]))
        margins, _ = validated[criterion]
        told = X @ beta[0] - threshold[0] >= 0
        print(f"{criterion:26s} {int(Y.sum()):4d} {kappa(margins > 0, Y > 0.5):6.2f} {kappa(told, Y > 0.5):6.2f}  {cards} ≥ {threshold[0]}")
    if o.write:
        write_rubric(o.rubric, weights)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    m = verbs.add_parser("matrix")
    m.add_argument("--candor", required=True)
    m.add_argument("--works", type=pathlib.Path, required=True)
    m.add_argument("--corpus", type=pathlib.Path, required=True)
    m.add_argument("--split", type=pathlib.Path, nargs=2, required=True, metavar=("FILE", "NAME"))
    m.add_argument("-o", "--output", type=pathlib.Path, required=True)
    f = verbs.add_parser("fit")
    f.add_argument("matrix", type=pathlib.Path)
    f.add_argument("--candidates", type=pathlib.Path, nargs="+", default=[here / "candidates.json"])
    f.add_argument("--rubric", type=pathlib.Path)
    f.add_argument("--write", action="store_true")
    o = parser.parse_args()
    {"matrix": matrix, "fit": fit}[o.verb](o)


if __name__ == "__main__":
    main()
