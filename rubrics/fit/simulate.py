#!/usr/bin/env python3
"""How soon a reader settles a work: a simulated reader answers from labels the questions that Candor puts first, one after the other, and after each
answer the audit is compared with the label. The same in random order (mean over many orders) beside it.

usage: simulate.py --candor PROGRAM --works DIR --split FILE NAME --corpus DIR [--plot FILE.svg] [--answers N]

Prints for each number of answers: Cohen's kappa over all questions of all works, and the mean error of the total; with --plot draws both curves.
Label files are those of agree.py; repositories are CORPUS/owner+name/repo. An answered question counts as the label has it, as an assessed verdict
does. Needs only Python's standard library.
"""
import argparse, json, pathlib, random, subprocess, tempfile
from concurrent.futures import ThreadPoolExecutor
from xml.sax.saxutils import escape

ORDERS = 200  # random ones
SEED = 20170410


def audit(o, repository, commit, criteria, answers):
    """The audit with some questions answered."""
    command = [str(o.candor), "audit", str(repository), "--commit", commit, "--format", "json"]
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        if answers:
            lines = ["format: candor-assessment/1", 'work: "simulated"', 'subdir: ""', f'commit: "{commit}"', "rubric: {id: tti, version: \"1\"}",
                     "assessor: {name: label, kind: person}", 'date: "2026-01-01"', "answers:"]
            lines += [f'  - {{id: {c}, answer: "{"yes" if answers[c] else "no"}", reason: "as labelled", evidence: []}}' for c in criteria if c in answers]
            file.write("\n".join(lines) + "\n")
            file.flush()
            command += ["--assessment", file.name]
        return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def follow(o, name):
    """(label, points, told): told[n] is what the audit says after n answers; told_at_once the rules' own."""
    label = json.loads((o.works / f"{name}.json").read_text())
    truth = {c: bool(v["yes"]) for c, v in label["criteria"].items()}
    repository, answers, told = o.corpus / name / "repo", {}, []
    found = audit(o, repository, label["commit"], [], answers)
    criteria, points = [v["id"] for v in found["verdicts"]], {v["id"]: v["of"] for v in found["verdicts"]}
    for _ in range(o.answers + 1):
        told.append({v["id"]: v["yes"] for v in found["verdicts"]})
        asked = [c for c in found["questions"] if c not in answers]
        if not asked:
            break
        answers[asked[0]] = truth[asked[0]]
        found = audit(o, repository, label["commit"], criteria, answers)
    return truth, points, told


def kappa(pairs):
    n = len(pairs)
    agree = sum(x == y for x, y in pairs) / n
    px, py = sum(x for x, _ in pairs) / n, sum(y for _, y in pairs) / n
    chance = px * py + (1 - px) * (1 - py)
    return 1.0 if chance == 1 else (agree - chance) / (1 - chance)


def figures(works, told):
    """Kappa over all works and mean error of the total; told: what is said of each work."""
    pairs = [(truth[c], said[c]) for (truth, _, _), said in zip(works, told) for c in truth]
    errors = [abs(sum(points[c] * (said[c] - truth[c]) for c in truth)) for (truth, points, _), said in zip(works, told)]
    return kappa(pairs), sum(errors) / len(errors)


def at_random(works, answers):
    """Figures after so many answers, the mean over random orders."""
    generator, sums = random.Random(SEED), [0.0, 0.0]
    for _ in range(ORDERS):
        told = []
        for truth, _, said in works:
            asked = generator.sample(sorted(truth), min(answers, len(truth)))
            told.append({c: truth[c] if c in asked else said[0][c] for c in truth})
        sums = [s + f for s, f in zip(sums, figures(works, told))]
    return tuple(s / ORDERS for s in sums)


PANEL, HEIGHT, LEFT, TOP = 360, 230, 56, 44
COLOURS = ("#1a6fb5", "#b0581a")


def panel(x, title, curves, most, goal, unit):
    """One chart: curves over the number of answers, with a dashed goal."""
    width, last = PANEL - LEFT - 24, len(curves[0]) - 1
    place = lambda i, v: (x + LEFT + width * i / last, TOP + HEIGHT * (1 - min(v, most) / most))
    yield f'<text x="{x + LEFT}" y="{TOP - 16}" class="title">{escape(title)}</text>'
    for tick in range(6):
        value = most * tick / 5
        px, py = place(0, value)
        yield f'<line x1="{px:.1f}" y1="{py:.1f}" x2="{px + width:.1f}" y2="{py:.1f}" class="grid"/>'
        yield f'<text x="{px - 8:.1f}" y="{py + 4:.1f}" class="tick" text-anchor="end">{value:{unit}}</text>'
    for tick in range(0, last + 1, 5):
        px, py = place(tick, 0)
        yield f'<text x="{px:.1f}" y="{py + 18:.1f}" class="tick" text-anchor="middle">{tick}</text>'
    px, py = place(0, goal)
    yield f'<line x1="{px:.1f}" y1="{py:.1f}" x2="{px + width:.1f}" y2="{py:.1f}" class="goal"/>'
    for curve, colour, dash in zip(curves, COLOURS, ("", "5 4")):
        points = " ".join("%.1f,%.1f" % place(i, v) for i, v in enumerate(curve))
        yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
    yield f'<text x="{x + LEFT + width / 2:.1f}" y="{TOP + HEIGHT + 40}" class="tick" text-anchor="middle">answers a work</text>'


def plot(asked, chance, works):
    most = 5 * (1 + int(max(e for _, e in asked + chance)) // 5)
    width, height = 2 * PANEL, TOP + HEIGHT + 76
    text = "How soon the audit agrees with a reader"
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{text}">',
             f"<title>{text}</title>",
             "<style>text{font:13px sans-serif;fill:#222}.title{font-weight:bold}.tick{font-size:12px;fill:#444}.grid{stroke:#ddd}.goal{stroke:#888;stroke-dasharray:2 3}</style>",
             f'<rect width="{width}" height="{height}" fill="#fff"/>']
    parts += panel(0, f"kappa over {works} works", [[k for k, _ in asked], [k for k, _ in chance]], 1, 0.85, ".1f")
    parts += panel(PANEL, "mean error of the total, points", [[e for _, e in asked], [e for _, e in chance]], most, 5, ".0f")
    for i, name in enumerate(("questions in Candor's order", "questions in random order")):
        x, y = LEFT + i * 250, height - 12
        parts.append(f'<line x1="{x}" y1="{y - 4}" x2="{x + 26}" y2="{y - 4}" stroke="{COLOURS[i]}" stroke-width="2" stroke-dasharray="{("", "5 4")[i]}"/>')
        parts.append(f'<text x="{x + 34}" y="{y}">{name}</text>')
    return "\n".join(parts + ["</svg>"]) + "\n"


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--candor", type=pathlib.Path, required=True)
    a.add_argument("--works", type=pathlib.Path, required=True)
    a.add_argument("--split", nargs=2, metavar=("FILE", "NAME"), required=True)
    a.add_argument("--corpus", type=pathlib.Path, required=True)
    a.add_argument("--plot", type=pathlib.Path)
    a.add_argument("--answers", type=int, default=25)
    o = a.parse_args()
    names = json.loads(pathlib.Path(o.split[0]).read_text())[o.split[1]]
    with ThreadPoolExecutor(2) as pool:
        works = list(pool.map(lambda name: follow(o, name), names))
    asked = [figures(works, [told[min(n, len(told) - 1)] for _, _, told in works]) for n in range(o.answers + 1)]
    chance = [at_random(works, n) for n in range(o.answers + 1)]
    print(f"{'answers':>7s} {'kappa':>6s} {'error':>6s}   in random order")
    for n, ((k, e), (rk, re)) in enumerate(zip(asked, chance)):
        print(f"{n:7d} {k:6.3f} {e:6.1f}   {rk:6.3f} {re:6.1f}")
    if o.plot:
        o.plot.write_text(plot(asked, chance, len(works)))


if __name__ == "__main__":
    main()
