#!/usr/bin/env python3
"""Fit the integer weights of a rubric's scorecards on readers' labels, cross-validated by work. Needs python3-numpy.

usage: fit.py matrix --candor PROGRAM --works DIR --split FILE NAME --corpus DIR -o FILE    audit the works of one split, keep their probes' answers
       fit.py matrix --candor PROGRAM --works readings.json --corpus DIR -o FILE            the same for a file of readings
       fit.py fit MATRIX… [--candidates FILE] [--rubric FILE --write]                       cross-validate, print; --write puts the weights into the rubric

Model: for each criterion a logistic regression over the probes that candidates.json names for it, with the strength (3 tells the answer, 1 speaks
for it, -1 against it) that a careful reader would give each. Every weight keeps its sign (projected gradient) and is pulled to its strength (ridge), the
threshold to the one that follows from the strengths (anchor): few works cannot unlearn what a reader knows. Then weights and threshold are
rounded to halves of a logit and written as integers. Cross-validation leaves one work out and repeats everything, the rounding included. Nothing but a
work's probes and labels enters: no names, no text.
"""
import argparse, json, pathlib, re, subprocess, sys
import numpy as np

RIDGE, ANCHOR = 4.0, 1.0  # the best of those that `fit` prints, by cross-validation
SCALE = 2  # integer points for one logit
CERTAIN = 8.0  # the margin of an answer that one probe settles (rubric/judge.c)
here = pathlib.Path(__file__).resolve().parent


def labelled(o):
    """(name, commit, criterion → yes, close calls) of each work: a folder of label files with a split, or a file of readings."""
    if o.works.is_file():
        for work in json.loads(o.works.read_text())["works"]:
            yield work["repo"].replace("/", "+"), work["commit"], lambda c, yes=frozenset(work["yes"]): c in yes, work.get("unsure", [])
        return
    for name in json.loads(o.split[0].read_text())[o.split[1].name]:
        label = json.loads((o.works / f"{name}.json").read_text())
        yield name, label["commit"], lambda c, answers=label["criteria"]: bool(answers[c]["yes"]), []


def matrix(o):
    works = []
    for name, commit, answer, unsure in labelled(o):
        command = [o.candor, "audit", str(o.corpus / name / "repo"), "--commit", commit, "--format", "json"]
        audit = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        works.append({"work": name, "probes": {p["id"]: p["yes"] for p in audit["probes"]},
                      "labels": {v["id"]: answer(v["id"]) for v in audit["verdicts"]}, "unsure": unsure,
                      "candidates": {v["id"]: [sum(c["for"] is side for c in v["candidates"]) for side in (True, False)] for v in audit["verdicts"]}})
    o.output.write_text(json.dumps({"points": {v["id"]: v["of"] for v in audit["verdicts"]}, "works": works}))


def prior_bias(prior):
    """The threshold a reader would set: one telling probe suffices; among equals, half of those that speak for yes."""
    positive = prior[prior > 0]
    if len(positive) == 0:
        return 0.0
    return -(positive.max() - 0.25) if positive.max() > 1.5 else -0.5 * positive.sum()


def solve(X, Y, W, prior, ridge, anchor, steps=600):
    """Sign-constrained logistic regressions, one for each row of W (weights of the examples: zero leaves a work out), pulled to the prior
    weights (ridge) and to the prior's threshold (anchor), not to zero: few works cannot unlearn what a reader knows. Returns (weights, biases)."""
    folds, (n, k) = W.shape[0], X.shape
    start = prior_bias(prior)
    beta, bias = np.tile(prior, (folds, 1)), np.full(folds, start)
    step = 1.0 / (0.25 * (np.square(X).sum() + n) + max(ridge, anchor))
    zb, zc, t = beta.copy(), bias.copy(), 1.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(zb @ X.T + zc[:, None])))
        r = (p - Y[None, :]) * W
        b = zb - step * (r @ X + ridge * (zb - prior))
        b = np.where(np.sign(prior)[None, :] * b > 0, b, 0)
        c = zc - step * (r.sum(1) + anchor * (zc - start))
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
    probes = sorted(candidates[criterion])
    X = np.array([[float(w["probes"].get(p, False)) for p in probes] for w in data["works"]])
    Y = np.array([float(w["labels"][criterion]) for w in data["works"]])
    signs = np.array([candidates[criterion][p] for p in probes], dtype=float)
    return probes, X.reshape(len(Y), len(probes)), Y, signs


def settled_alone(data, criterion, candidates):
    """Works whose answer a probe under "any" gives, whatever the scorecard says."""
    probes = candidates.get("any", {}).get(criterion, [])
    return np.array([any(w["probes"].get(p, False) for p in probes) for w in data["works"]])


def cross_validate(data, candidates, ridge, anchor):
    """For each criterion: out-of-work margins (in points) and the labels."""
    out = {}
    for criterion in data["points"]:
        probes, X, Y, signs = table(data, criterion, candidates)
        alone = settled_alone(data, criterion, candidates)
        W = (1 - np.eye(len(Y))) * ~alone
        beta, threshold = rounded(*solve(X, Y, W, signs, ridge, anchor))
        out[criterion] = (np.where(alone, CERTAIN, (beta * X).sum(1) - threshold + 0.5), Y)
    return out


def summary(data, validated):
    pairs = [(m > 0, y > 0.5) for margins, Y in validated.values() for m, y in zip(margins, Y)]
    x, y = np.array(pairs).T
    total = np.zeros((2, len(data["works"])))
    for criterion, (margins, Y) in validated.items():
        total += data["points"][criterion] * np.array([margins > 0, Y > 0.5])
    return kappa(x, y), np.abs(total[0] - total[1]).mean()


def write_rubric(path, weights, alone):
    text = path.read_text()
    for criterion, (cards, threshold) in weights.items():
        score = ", ".join(f"{p}: {w}" for p, w in sorted(cards.items(), key=lambda i: (-abs(i[1]), i[0]))) or None
        declared = ", ".join(["declared-" + criterion.replace(".", "-")] + alone.get(criterion, []))
        line = f"    when: {{any: [{declared}, {{score: {{{score}}}, threshold: {threshold}}}]}}"
        text, count = re.subn(rf"(  - id: {re.escape(criterion)}\n(?:    .*\n)*?)    when: .*\n", lambda m: m.group(1) + line + "\n", text)
        if count != 1:
            sys.exit(f"{path}: no `when:` line found for {criterion}")
    path.write_text(text)


def fit(o):
    data, candidates = united(o.matrix), {}
    for file in o.candidates:
        candidates.update(json.loads(file.read_text()))
    known = set(data["works"][0]["probes"])
    unknown = sorted({p for k, c in candidates.items() if k != "any" for p in c} - known)
    if unknown:
        print("candidates that are no probes:", ", ".join(unknown))
    for ridge in (2.0, 4.0, 8.0):
        for anchor in (0.1, 1.0):
            k, error = summary(data, cross_validate(data, candidates, ridge, anchor))
            print(f"ridge {ridge} anchor {anchor}: cross-validated kappa {k:.3f}, error of the total {error:.1f}")
    ridge, anchor = o.ridge, o.anchor
    validated = cross_validate(data, candidates, ridge, anchor)
    weights = {}
    print(f"\n{'criterion':26s} {'yes':>4s} {'kappa':>6s} {'fitted':>6s}  weights (ridge {ridge}, anchor {anchor})")
    for criterion in data["points"]:
        probes, X, Y, signs = table(data, criterion, candidates)
        W = np.ones((1, len(Y))) * ~settled_alone(data, criterion, candidates)
        beta, threshold = rounded(*solve(X, Y, W, signs, ridge, anchor))
        cards = {p: int(w) for p, w in zip(probes, beta[0]) if w}
        weights[criterion] = (cards, int(threshold[0]))
        margins, _ = validated[criterion]
        told = X @ beta[0] - threshold[0] >= 0
        print(f"{criterion:26s} {int(Y.sum()):4d} {kappa(margins > 0, Y > 0.5):6.2f} {kappa(told, Y > 0.5):6.2f}  {cards} ≥ {threshold[0]}")
    if o.write:
        write_rubric(o.rubric, weights, candidates.get("any", {}))


def united(files):
    """Several matrices as one."""
    data = json.loads(files[0].read_text())
    for file in files[1:]:
        data["works"] += json.loads(file.read_text())["works"]
    return data


def rubric_cards(path):
    """The scorecards that stand in a rubric file: {criterion: (probes that settle alone, weights, threshold)}."""
    cards = {}
    for match in re.finditer(r"  - id: (\S+)\n(?:    .*\n)*?    when: \{any: \[([^{]*)\{score: \{(.*?)\}, threshold: (-?\d+)\}\]\}", path.read_text()):
        alone = [p.strip() for p in match[2].split(",") if p.strip()]
        weights = {p: int(w) for p, w in re.findall(r"([\w-]+): (-?\d+)", match[3])}
        cards[match[1]] = (alone, weights, int(match[4]))
    return cards


def margins_of(data, cards):
    for work in data["works"]:
        for criterion, (alone, weights, threshold) in cards.items():
            score = sum(w for p, w in weights.items() if work["probes"].get(p, False)) - threshold + 0.5
            margin = CERTAIN if any(work["probes"].get(p, False) for p in alone) else score
            yield criterion, margin, (margin > 0) == work["labels"][criterion]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    m = verbs.add_parser("matrix")
    m.add_argument("--candor", required=True)
    m.add_argument("--works", type=pathlib.Path, required=True)
    m.add_argument("--corpus", type=pathlib.Path, required=True)
    m.add_argument("--split", type=pathlib.Path, nargs=2, metavar=("FILE", "NAME"))
    m.add_argument("-o", "--output", type=pathlib.Path, required=True)
    f = verbs.add_parser("fit")
    f.add_argument("matrix", type=pathlib.Path, nargs="+")
    f.add_argument("--candidates", type=pathlib.Path, nargs="+", default=[here / "candidates.json"])
    f.add_argument("--rubric", type=pathlib.Path)
    f.add_argument("--write", action="store_true")
    f.add_argument("--ridge", type=float, default=RIDGE)
    f.add_argument("--anchor", type=float, default=ANCHOR)
    o = parser.parse_args()
    {"matrix": matrix, "fit": fit}[o.verb](o)


if __name__ == "__main__":
    main()
