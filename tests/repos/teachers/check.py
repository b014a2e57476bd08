#!/usr/bin/env python3
"""check.py RECIPE AUDIT.json MODELS.yaml: silent where the audit is what the recipe's header expects, else what differs, and exit status 1.

Names are compared by the entry of MODELS.yaml that they belong to, `a|b` in an expectation means either. A teacher that nobody expects is a false
accusation and fails, unless it stands in `may`; so does an inheritance where the label is `none` or `self`."""
import json
import re
import sys

recipe, audit, models = sys.argv[1:]
expect = next(json.loads(line.split("# expect:", 1)[1]) for line in open(recipe, encoding="utf-8") if line.startswith("# expect:"))
got = json.load(open(audit, encoding="utf-8"))["distillation"]


def bare(name):
    return re.sub(r"[\s_]+", "-", name.strip().lower().rsplit("/", 1)[-1])


entries = {}
for line in open(models, encoding="utf-8"):
    found = re.match(r"\s*- \{id: ([^,}]+)", line)
    if not found:
        continue
    names = [found[1]] + re.findall(r"\bname: \"?([^,}\"]+)", line)
    for several in re.findall(r"\b(?:aliases|hub): \[([^\]]*)\]", line):
        names += several.replace('"', "").split(",")
    for name in names:
        entries.setdefault(bare(name), found[1])


def key(name):
    return entries.get(bare(name), bare(name))


def same(expected, name):
    return any(key(one) == key(name) for one in expected.split("|"))


wrong = []
if got["label"] not in expect["label"]:
    wrong.append(f"label {got['label']} instead of {' or '.join(expect['label'])}")
for teacher in expect.get("teachers", []):
    mine = [t for t in got["teachers"] if same(teacher["model"], t["model"])]
    if not mine:
        wrong.append(f"teacher {teacher['model']} is missing")
        continue
    roles = {role for t in mine for role in t["roles"]}
    for role in teacher.get("roles", []):
        if not roles & set(role.split("|")):
            wrong.append(f"{teacher['model']} has roles {sorted(roles)} without {role}")
    if "disclosure" in teacher and not any(t["disclosure"] in teacher["disclosure"].split("|") for t in mine):
        wrong.append(f"{teacher['model']} is {mine[0]['disclosure']} instead of {teacher['disclosure']}")
known = [t["model"] for t in expect.get("teachers", [])] + expect.get("may", [])
for name in sorted(t["model"] for t in got["teachers"]):
    if not any(same(one, name) for one in known):
        listed = any(same(one, name) for one in expect.get("not", []))
        wrong.append(f"{name} is called a teacher" + (", which the recipe rules out" if listed else ""))
for judge in expect.get("judges", []):
    if not any(same(judge, j["model"]) for j in got["eval_judges"]):
        wrong.append(f"evaluation judge {judge} is missing")
for source in expect.get("inherited", []):
    if not any(same(source, i["via"]) or bare(source) in bare(i["via"]) for i in got["inherited"]):
        wrong.append(f"inheritance through {source} is missing")
if "inherited" not in expect and not set(expect["label"]) - {"none", "self", "unknown"} and got["inherited"]:
    wrong.append(f"inheritance through {got['inherited'][0]['via']} that is none")
if wrong:
    seen = {"label": got["label"], "teachers": [[t["model"], t["roles"], t["disclosure"]] for t in got["teachers"]],
            "judges": [j["model"] for j in got["eval_judges"]], "inherited": [i["via"] for i in got["inherited"]]}
    print("; ".join(wrong))
    print("  found:", json.dumps(seen))
    sys.exit(1)
