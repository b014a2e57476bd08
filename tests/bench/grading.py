"""Predictions for tests/bench/grading.sh, and the same cases through sympy.

usage: grading.py make N        writes N predictions as JSONL: seeded, of the kinds that mathematical benchmarks have
       grading.py verify FILE   grades FILE's lines with sympy's parser and simplify, and prints the verdicts, one a line, and the seconds taken
"""
import json
import random
import re
import sys
import time

WORDS = "we see that the value of this sum follows from expanding both sides and so on which gives a smaller case to check again by hand".split()


def integer(r):
    n = r.randrange(1, 2000000)
    return str(n), [str(n), f"{n:,}", f"{n}.0"], str(n + r.choice([-1, 1, 10]))


def fraction(r):
    b = r.choice([2, 4, 5, 8, 10, 20, 25])
    a = r.randrange(1, 200) * b + r.randrange(1, b)
    k = r.randrange(2, 5)
    return rf"\frac{{{a}}}{{{b}}}", [f"{a}/{b}", repr(a / b), rf"\dfrac{{{k * a}}}{{{k * b}}}"], rf"\frac{{{a + 1}}}{{{b}}}"


def radical(r):
    k, m = r.randrange(2, 12), r.choice([2, 3, 5, 6, 7, 10])
    return rf"{k}\sqrt{{{m}}}", [rf"\sqrt{{{k * k * m}}}", rf"\frac{{{k * m}}}{{\sqrt{{{m}}}}}", rf"{k}\sqrt{{{m}}}"], rf"{k}\sqrt{{{m + 4}}}"


def polynomial(r):
    a, b = r.randrange(1, 9), r.randrange(1, 9)
    gold = rf"x^2+{a + b}x+{a * b}"
    return gold, [rf"(x+{a})(x+{b})", rf"x^{{2}} + {a * b} + {a + b}x"], rf"(x+{a})(x+{b + 1})"


def angle(r):
    a, b = r.randrange(1, 12), r.randrange(2, 12)
    return rf"\frac{{{a}\pi}}{{{b}}}", [rf"\frac{{{a}}}{{{b}}}\pi", rf"{a}\pi/{b}"], rf"\frac{{{a + 1}\pi}}{{{b}}}"


def pair(r):
    a, b = r.randrange(-9, 10), r.randrange(1, 10)
    return rf"({a}, \frac{{{b}}}{{2}})", [rf"({a},{b / 2})", rf"\left({a}, \frac{{{2 * b}}}{{4}}\right)"], f"({a},{b / 2 + 1})"


def interval(r):
    a = r.randrange(-9, 5)
    b = a + r.randrange(1, 10)
    return f"[{a}, {b})", [rf"\left[{a},{b}\right)", f"[{a}, {b})"], f"[{a},{b + 1})"


def text(r):
    word = r.choice(["even", "odd", "Evelyn", "Monday", "yes", "ellipse"])
    return rf"\text{{{word}}}", [word, rf"\text{{ {word} }}", rf"\textbf{{{word}}}"], "hyperbola"


KINDS = [integer] * 5 + [fraction] * 4 + [radical] * 3 + [polynomial] * 2 + [angle] * 2 + [pair] * 2 + [interval, text]


def make(count):
    r = random.Random(20170410)
    filler = " ".join(r.choice(WORDS) for _ in range(4000))
    for i in range(count):
        gold, same, other = r.choice(KINDS)(r)
        answer = r.choice(same) if r.random() < 0.7 else other
        length, start = r.randrange(150, 1900), r.randrange(0, 15000)
        response = f"{filler[start:start + length]}\n\nThe answer is $\\boxed{{{answer}}}$.{'' if i % 3 else ' Done.'}"
        sys.stdout.write(json.dumps({"id": i, "gold": gold, "prediction": response}) + "\n")


def boxed(response):
    start = response.rfind("\\boxed{") + len("\\boxed{")
    depth, at = 1, start
    while depth > 0:
        depth += {"{": 1, "}": -1}.get(response[at], 0)
        at += 1
    return response[start : at - 1]


def group(s, at):
    depth, end = 1, at + 1
    while depth > 0:
        depth += {"{": 1, "}": -1}.get(s[end], 0)
        end += 1
    return s[at + 1 : end - 1], end


def to_sympy(s):
    """LaTeX of the kinds above as what sympy's parser reads."""
    s = re.sub(r"\\(left|right)\b", "", s).replace("\\dfrac", "\\frac").replace("\\pi", " pi ")
    s = re.sub(r"(?<=\d),(?=\d{3}(\D|$))", "", s)
    while "\\frac" in s:
        at = s.rindex("\\frac")
        above, end = group(s, at + 5)
        below, end = group(s, end)
        s = f"{s[:at]}(({above})/({below})){s[end:]}"
    while "\\sqrt" in s:
        at = s.rindex("\\sqrt")
        inside, end = group(s, at + 5)
        s = f"{s[:at]}*sqrt({inside}){s[end:]}" if at and s[at - 1].isdigit() else f"{s[:at]}sqrt({inside}){s[end:]}"
    return s.replace("{", "(").replace("}", ")")


def verify(path):
    from sympy import simplify
    from sympy.parsing.sympy_parser import convert_xor, implicit_multiplication_application, parse_expr, rationalize, standard_transformations

    transformations = standard_transformations + (implicit_multiplication_application, convert_xor, rationalize)

    def parse(s):
        return parse_expr(to_sympy(s), transformations=transformations)

    def equal(a, b):
        if a == b:
            return True
        words = [re.fullmatch(r"\s*(?:\\text(?:bf)?\{)?\s*([A-Za-z]{2,})\s*\}?\s*", x) for x in (a, b)]
        if any(words):
            return all(words) and words[0].group(1).lower() == words[1].group(1).lower()
        lists = [re.fullmatch(r"([(\[])(.*,.*)([)\]])", re.sub(r"\\(left|right)\b", "", x).strip()) for x in (a, b)]
        if all(lists):
            parts = [x.group(2).split(",") for x in lists]
            same_ends = lists[0].group(1, 3) == lists[1].group(1, 3)
            return same_ends and len(parts[0]) == len(parts[1]) and all(equal(x.strip(), y.strip()) for x, y in zip(*parts))
        if any(lists):
            return False
        return simplify(parse(a) - parse(b)) == 0

    with open(path, encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    equal("1", "2")  # what sympy imports late is no part of the measurement
    started = time.perf_counter()
    verdicts = [equal(record["gold"], boxed(record["prediction"])) for record in records]
    taken = time.perf_counter() - started
    for verdict in verdicts:
        print("right" if verdict else "wrong")
    print(f"{taken:.3f}")


if __name__ == "__main__":
    make(int(sys.argv[2])) if sys.argv[1] == "make" else verify(sys.argv[2])
