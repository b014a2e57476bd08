#!/usr/bin/env python3
"""Measure how certain a rubric's verdicts are, and how they go together. Needs python3-numpy.

usage: certainty.py --fitted MATRIX… --measured MATRIX… --kept MATRIX… --rubric FILE -o FILE

MATRIX files are fit.py's. Weights were fitted on --fitted and --measured works; their margins are taken as of a fit without the work itself. --kept works
had no part in any rule or weight. Certainties are measured on --measured and --kept works, never on --fitted ones, where rules know the answers.
Readings are quick: answers that their reader called a close call ("unsure") are coins that were tossed, and left out; labels are all taken.

Model: a probit regression of a reader's yes for each criterion on few features of the verdict: its margin, the mean margins of the others (of its
dimension; of all), its candidates for and against, and the probes of PROBES. A criterion's coefficients are pulled to those of all criteria together
(ridge). Every prediction that a figure or a correlation is made from leaves the work's fold out. A last factor on the leanings makes the kept works'
answers most likely. Correlations: of the standardized residuals of each two criteria, turned into those of the underlying normal variables
(sin(pi r / 2), exact for even chances), plus what all have in common (COMMON: how far works as a whole are more or less open than they look), chosen so that
the likely range holds its share of the measured works' totals.
"""
import argparse, hashlib, json, math, pathlib
import numpy as np
import fit

PROBES = ["compute-in-readme", "report-trains", "baselines-quoted", "serving-command", "promises"]  # how carefully, and what for, the work is documented
MOST_MARGIN, CANDIDATES = 6.0, 4.0  # as in rubric/certainty.c
RIDGE, RIDGE_BIAS, RIDGE_ALL = 30.0, 2.0, 0.5
FOLDS = 12
COMMON = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3)
SHARE = 0.8  # of totals that the likely range is to hold
DRAWS = 2000
erf = np.vectorize(math.erf, otypes=[float])
Phi = lambda x: 0.5 * (1 + erf(np.asarray(x) / math.sqrt(2)))
phi = lambda x: np.exp(-0.5 * np.square(x)) / math.sqrt(2 * math.pi)


def quantile(p):
    """The x below which p lies, by bisection."""
    low, high = np.full(np.shape(p), -8.0), np.full(np.shape(p), 8.0)
    for _ in range(60):
        middle = (low + high) / 2
        below = Phi(middle) < p
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return (low + high) / 2


def probit(X, Y, start, ridge, steps=25):
    """Coefficients pulled to start (Newton with expected curvature)."""
    beta = start.copy()
    for _ in range(steps):
        z = np.clip(X @ beta, -6, 6)
        p, d = np.clip(Phi(z), 1e-6, 1 - 1e-6), phi(z)
        slope = X.T @ (d * (Y - p) / (p * (1 - p))) - ridge * (beta - start)
        curve = (X * (d * d / (p * (1 - p)))[:, None]).T @ X + np.diag(ridge)
        beta = beta + np.linalg.solve(curve, slope)
    return beta


def margins_without(fitted, measured, candidates):
    """Margins of the measured works, each of a fit without it."""
    data = {"points": fitted["points"], "works": fitted["works"] + measured["works"]}
    validated = fit.cross_validate(data, candidates, fit.RIDGE, fit.ANCHOR)
    skip = len(fitted["works"])
    return {c: validated[c][0][skip:] for c in validated}


def margins_kept(kept, cards):
    count = len(kept["works"])
    flat = {}
    for criterion, margin, _ in fit.margins_of(kept, cards):
        flat.setdefault(criterion, []).append(margin)
    assert all(len(v) == count for v in flat.values())
    return flat


def features(works, margins, criteria):
    """works × criteria × (1 + features)."""
    M = np.clip(np.array([margins[c] for c in criteria], dtype=float).T, -MOST_MARGIN, MOST_MARGIN)
    dimension = np.array([c.split(".")[0] for c in criteria])
    same = (dimension[:, None] == dimension[None, :]) & ~np.eye(len(criteria), dtype=bool)
    rest = (M.sum(1, keepdims=True) - M) / (len(criteria) - 1)
    nearby = (M @ same.T) / np.maximum(1, same.sum(1))
    counts = np.array([[w["candidates"][c] for c in criteria] for w in works], dtype=float) / CANDIDATES
    probes = np.array([[float(w["probes"][p]) for p in PROBES] for w in works])
    columns = [np.ones_like(M), M, rest, nearby, counts[:, :, 0], counts[:, :, 1]] + [np.repeat(probes[:, [i]], len(criteria), 1) for i in range(len(PROBES))]
    return np.stack(columns, 2)


def leanings(X, Y, sure):
    """One row of coefficients a criterion, from the answers that are sure."""
    width = X.shape[2]
    start = probit(X[sure], Y[sure], np.zeros(width), np.full(width, RIDGE_ALL))
    ridge = np.r_[RIDGE_BIAS, np.full(width - 1, RIDGE)]
    return np.array([probit(X[sure[:, j], j], Y[sure[:, j], j], start, ridge) for j in range(Y.shape[1])])


def predict_out(X, Y, sure):
    """Leanings of every work, each by a fit without its fold."""
    order = np.random.RandomState(20170410).permutation(len(X))
    Z = np.zeros(Y.shape)
    for fold in range(FOLDS):
        test = order[fold::FOLDS]
        rest = sure.copy()
        rest[test] = False
        beta = leanings(X, Y, rest)
        Z[test] = np.einsum("ijk,jk->ij", X[test], beta)
    return Z


def best_factor(Z, Y):
    grid = np.arange(0.5, 1.31, 0.01)
    loss = [-np.log(np.clip(np.where(Y > 0.5, Phi(f * Z), 1 - Phi(f * Z)), 1e-9, 1)).mean() for f in grid]
    return float(grid[int(np.argmin(loss))])


def correlations(Z, Y, common):
    p = np.clip(Phi(Z), 0.01, 0.99)
    residual = np.clip((Y - p) / np.sqrt(p * (1 - p)), -3, 3)
    c = residual.T @ residual
    c = c / np.sqrt(np.outer(np.diag(c), np.diag(c)))
    c = np.clip(np.sin(np.pi / 2 * c) + common, -0.9, 0.9)
    np.fill_diagonal(c, 1)
    values, vectors = np.linalg.eigh(c)  # the nearest matrix that correlations can have
    c = (vectors * np.maximum(values, 0.03)) @ vectors.T
    return c / np.sqrt(np.outer(np.diag(c), np.diag(c)))


def coverage(Z, Y, together, points):
    """The share of works whose total lies in the central range of 80 %."""
    draws = np.random.RandomState(20170410).standard_normal((DRAWS, len(points))) @ np.linalg.cholesky(together).T
    held = 0
    for z, y in zip(Z, Y):
        totals = (draws + z > 0) @ points
        low, high = np.quantile(totals, [0.1, 0.9])
        held += low <= y @ points <= high
    return held / len(Z)


def calibration(Z, Y, told):
    """Accuracy and share of the settled, calibration error over ten bins; told: the rules' answers."""
    certainty = np.where(told, Phi(Z), 1 - Phi(Z)).ravel()
    right = (told == (Y > 0.5)).ravel()
    settled = certainty >= 0.9
    bins = np.minimum(9, (certainty * 10).astype(int))
    error = sum(abs(certainty[bins == b].mean() - right[bins == b].mean()) * (bins == b).sum() for b in set(bins)) / len(bins)
    return right[settled].mean(), settled.mean(), error


def digest(works):
    """SHA-256 of the labels, in the order of names."""
    labels = [[w["work"], sorted(c for c, yes in w["labels"].items() if yes), sorted(w["unsure"])] for w in sorted(works, key=lambda w: w["work"])]
    return hashlib.sha256(json.dumps(labels, ensure_ascii=True).encode()).hexdigest()


def lines_of(figures, criteria, beta, together):
    numbers = lambda row: "[" + ", ".join(f"{x:.3f}" for x in row) + "]"
    yield "# How certain verdicts are, and how they go together; made by rubrics/fit/certainty.py, whose head tells the model."
    yield "from:"
    yield from (f"  {key}: {value}" for key, value in figures.items())
    yield f"features: [margin, rest, dimension, for, against, {', '.join(PROBES)}]"
    yield "criteria:"
    yield from (f"  {c}: {{bias: {b[0]:.3f}, weights: {numbers(b[1:])}}}" for c, b in zip(criteria, beta))
    yield "together:"
    yield from (f"  {c}: {numbers(together[i, :i])}" for i, c in enumerate(criteria) if i > 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--fitted", "--measured", "--kept"):
        parser.add_argument(name, type=pathlib.Path, nargs="+", required=True)
    parser.add_argument("--candidates", type=pathlib.Path, nargs="+", default=[fit.here / "candidates.json"])
    parser.add_argument("--rubric", type=pathlib.Path, required=True)
    parser.add_argument("-o", "--output", type=pathlib.Path, required=True)
    o = parser.parse_args()
    fitted, measured, kept = (fit.united(files) for files in (o.fitted, o.measured, o.kept))
    candidates = {}
    for file in o.candidates:
        candidates.update(json.loads(file.read_text()))
    criteria, works = list(fitted["points"]), measured["works"] + kept["works"]
    points = np.array([fitted["points"][c] for c in criteria], dtype=float)
    left_out, apart = margins_without(fitted, measured, candidates), margins_kept(kept, fit.rubric_cards(o.rubric))
    margins = {c: list(left_out[c]) + list(apart[c]) for c in criteria}
    X = features(works, margins, criteria)
    Y = np.array([[float(w["labels"][c]) for c in criteria] for w in works])
    told = np.array([margins[c] for c in criteria]).T > 0
    is_kept = np.arange(len(works)) >= len(measured["works"])
    sure = np.array([[c not in w["unsure"] for c in criteria] for w in works])
    Z = predict_out(X, Y, sure)
    measured_on = sure & is_kept[:, None]
    factor = best_factor(Z[measured_on], Y[measured_on])
    Z *= factor
    common = min(COMMON, key=lambda c: abs(coverage(Z, Y, correlations(Z, Y, c), points) - SHARE))
    together = correlations(Z, Y, common)
    accuracy, share, error = calibration(Z[measured_on], Y[measured_on], told[measured_on])
    figures = {"works": len(works), "kept_apart": int(is_kept.sum()), "answers": int(sure.sum()), "labels_sha256": digest(works), "factor": f"{factor:.2f}",
               "common": common, "settled_accuracy": f"{accuracy:.3f}", "settled_share": f"{share:.3f}", "calibration_error": f"{error:.3f}",
               "likely_range_holds": f"{coverage(Z[is_kept], Y[is_kept], together, points):.3f}"}
    beta = leanings(X, Y, sure) * factor
    o.output.write_text("\n".join(lines_of(figures, criteria, beta, together)) + "\n")
    print("on the works kept apart, each predicted without its fold:", ", ".join(f"{k} {v}" for k, v in figures.items()))


if __name__ == "__main__":
    main()
