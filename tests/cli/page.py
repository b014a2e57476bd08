"""A page of `candor audit --format html` beside the audit's JSON: every fault on a line of its own. page.py PAGE [AUDIT]"""
import base64
import hashlib
import json
import re
import sys
import xml.etree.ElementTree as tree

VOID = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}
faults = []


def text_of(element):
    return " ".join("".join(element.itertext()).split())


def printable(text):
    """As the program shows controls and bidi characters."""
    return re.sub("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", lambda m: f"\\u{{{ord(m[0]):X}}}", text)


def check_form(page, root):
    """Inert and self-contained: nothing runs, nothing is loaded, links lead to the web or within the page."""
    if "<script" in page or "url(" in page or "@import" in page or " src=" in page:
        faults.append("the page runs or loads something")
    if re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", page):
        faults.append("a control or bidi character is in the page")
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    for element in root.iter():
        for name, value in element.items():
            if name.startswith("on") or name in ("style", "src", "srcset", "action"):
                faults.append(f"<{element.tag} {name}>")
            if name == "href" and element.tag != "link" and not re.match(r"https?://[^/]|#", value):
                faults.append(f"a link to {value}")
            if name == "href" and value.startswith("#") and value[1:] not in ids:
                faults.append(f"a link to {value}, which is nowhere")
        if element.tag in VOID and len(element):
            faults.append(f"<{element.tag}> is not empty")
    if len(ids) != len(set(ids)):
        faults.append("an id stands twice")
    policy = next(m.get("content") for m in root.iter("meta") if m.get("http-equiv") == "Content-Security-Policy")
    style = page[page.index("<style>") + 7 : page.index("</style>")]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    if f"style-src 'sha256-{digest}'" not in policy or "default-src 'none'" not in policy or "script-src 'none'" not in policy:
        faults.append(f"the policy is {policy}")


def check_structure(root):
    """What a screen reader goes by."""
    last = 0
    for element in root.iter():
        if re.fullmatch("h[1-6]", element.tag):
            level = int(element.tag[1])
            if level > last + 1 or (level == 1 and last > 0):
                faults.append(f"{element.tag} after h{last}: {text_of(element)}")
            last = level
        if element.tag == "table" and (element.find("caption") is None or any(h.get("scope") is None for h in element.iter("th"))):
            faults.append("a table without a caption, or a heading without its scope")
        if element.tag == "svg" and element.get("role") == "img" and (element.find("title") is None or not element.get("aria-label")):
            faults.append("a drawing without a title")
        if element.get("role") == "region" and (element.get("tabindex") != "0" or not element.get("aria-label")):
            faults.append("a region that the keyboard does not reach")
    for landmark in ("header", "main", "footer", "nav"):
        if root.find(f"body/{landmark}") is None:
            faults.append(f"no <{landmark}>")


def check_audit(root, audit):
    """What the audit says is on the page."""
    score, whole = audit["score"], text_of(root.find("body"))
    doubt = f"{score['total']} of {score['of']} points, {audit['category']['openness']}; likely {score['likely'][0]} to {score['likely'][1]}"
    if doubt not in text_of(root.find("body/header")):
        faults.append(f"the head does not say: {doubt}")
    criteria = {e.get("id"): text_of(e) for e in root.iter("article")}
    for verdict in audit["verdicts"]:
        shown = criteria.get("c-" + verdict["id"], "")
        answer = f"{'✓ yes' if verdict['yes'] else '✗ no'} {verdict['points']}/{verdict['of']}"
        doubt = "settled" if verdict["settled"] else "? for a reader to settle"
        for said in (verdict["question"], answer, doubt):
            if said not in shown:
                faults.append(f"{verdict['id']} does not say {said}")
        for place in verdict["evidence"][:3]:
            if printable(f"{place['path']}:{place['line']}") not in shown and place["line"]:
                faults.append(f"{verdict['id']} does not show {place['path']}:{place['line']}")
    lineage = next(text_of(e) for e in root.iter("section") if e.get("id") == "lineage")
    for said in [audit["distillation"]["label"], audit["distillation"]["summary"]] + [t["model"] for t in audit["distillation"]["teachers"]]:
        if said not in lineage:
            faults.append(f"the lineage does not say {said}")
    for kind in ("training", "evaluation"):
        for command in audit["commands"][kind]:
            for problem in command["problems"]:
                if problem["code"] not in whole:
                    faults.append(f"no word of {problem['code']}")


page = open(sys.argv[1], encoding="utf-8", newline="").read()
root = tree.fromstring(page)
check_form(page, root)
check_structure(root)
if len(sys.argv) > 2:
    check_audit(root, json.load(open(sys.argv[2], encoding="utf-8")))
print("\n".join(faults))
sys.exit(1 if faults else 0)
