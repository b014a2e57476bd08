#!/usr/bin/env python3
"""Write readers' labels as assessments (schemas/assessment.schema.json), so that `candor agreement` and `candor audit --assessment` can read them.

usage: assessments.py --assessor NAME [--kind person|model] [--date YYYY-MM-DD] [--corpus DIR] [--rubric FILE] [--only OWNER/NAME]… -o DIR FILE…

FILE is a label file, {"repo": "owner/name", "commit": …, "criteria": {ID: {"yes": true, "why": …, "evidence": ["README.md:12", "train.py:3-9"]}}},
or a file of readings, {"works": [{"repo": …, "commit": …, "yes": [ID, …]}]}, in which what is not listed is a no. Each work becomes
DIR/owner+name.yaml; a file that is there already is replaced. Answers are those of the rubric's criteria (default: tti.yaml beside this folder) that the
label has. Places of no line ("paper.pdf:p3") cite the file as a whole; words that are no place are left out. With --corpus, repositories are
DIR/owner+name/repo or DIR/owner+name: places that are not in the tree at the commit are left out, and blobs are named, which an audit of another
commit needs in order to carry answers over. Nothing else is needed; exit status 2 where a file is neither kind or no work was found.
"""
import argparse, datetime, json, pathlib, re, subprocess, sys

here = pathlib.Path(__file__).resolve().parent
PLACE = re.compile(r"^(?P<path>[^:]+?)(?::(?:(?P<line>\d+)(?:-(?P<end>\d+))?|p\.?\s*\d+.*))?$")


def quoted(text):
    """A YAML string in double quotes: JSON's spelling is YAML's, control characters aside."""
    return json.dumps(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text).strip(), ensure_ascii=False)


def works_of(path):
    """(repo, commit, {criterion: (yes, why, evidence)}, criteria that are a no when absent) of each work of a file."""
    content = json.loads(path.read_text())
    if "criteria" in content:
        answers = {c: (bool(a["yes"]), a.get("why", ""), a.get("evidence", [])) for c, a in content["criteria"].items()}
        yield content["repo"], content["commit"], answers, False
        return
    for work in content["works"]:
        yield work["repo"], work["commit"], {c: (True, "", []) for c in work["yes"]}, True


def tree_of(corpus, repo, commit):
    """{path: blob} of the commit's tree; None without a corpus."""
    if corpus is None:
        return None
    name = repo.replace("/", "+")
    folder = corpus / name / "repo" if (corpus / name / "repo").exists() else corpus / name
    listed = subprocess.run(["git", "-C", str(folder), "ls-tree", "-r", "-z", commit], capture_output=True, check=True).stdout
    rows = (row.split("\t", 1) for row in listed.decode("utf-8", "surrogateescape").split("\0") if row)
    return {path: head.split()[2] for head, path in rows}


def citation(place, tree):
    """The lines of one place under `evidence`, or none where it is no place of the tree."""
    found = PLACE.match(place)
    if not found or (tree is not None and found["path"] not in tree):
        return []
    if tree is None and not found["line"] and " " in found["path"]:
        return []
    lines = [f"      - path: {quoted(found['path'])}"]
    if found["line"] and int(found["line"]) > 0:
        lines += [f"        line: {int(found['line'])}", f"        end: {max(int(found['end'] or found['line']), int(found['line']))}"]
    return lines + ([f"        blob: {tree[found['path']]}"] if tree is not None else [])


def answer(criterion, yes, why, evidence, tree):
    cited = [line for place in evidence for line in citation(str(place), tree)]
    lines = [f"  - id: {quoted(criterion)}", f"    answer: \"{'yes' if yes else 'no'}\"", f"    reason: {quoted(why)}"]
    return lines + (["    evidence:"] + cited if cited else ["    evidence: []"])


def assessment(o, rubric, repo, commit, answers, absent_is_no):
    tree = tree_of(o.corpus, repo, commit)
    lines = ["format: candor-assessment/1", f"work: {quoted('https://github.com/' + repo)}", 'subdir: ""', f"commit: {quoted(commit)}", "rubric:",
             f"  id: {quoted(rubric['id'])}", f"  version: {quoted(rubric['version'])}", "assessor:", f"  name: {quoted(o.assessor)}",
             f"  kind: {o.kind}", f"date: {quoted(o.date)}", "answers:"]
    for criterion in rubric["criteria"]:
        if criterion in answers or absent_is_no:
            lines += answer(criterion, *answers.get(criterion, (False, "", [])), tree)
    return "\n".join(lines) + "\n"


def read_rubric(path):
    text = path.read_text()
    return {"id": re.search(r"^rubric: *['\"]?([^'\"\n]+)", text, re.M)[1], "version": re.search(r"^version: *['\"]?([^'\"\n]+)", text, re.M)[1],
            "criteria": re.findall(r"^  - id: *['\"]?([^'\"\s]+)", text, re.M)}


def main():
    a = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    a.add_argument("files", nargs="+", type=pathlib.Path, metavar="FILE")
    a.add_argument("--assessor", required=True)
    a.add_argument("--kind", choices=["person", "model"], default="person")
    a.add_argument("--date", default=datetime.date.today().isoformat())
    a.add_argument("--corpus", type=pathlib.Path)
    a.add_argument("--rubric", type=pathlib.Path, default=here.parent / "tti.yaml")
    a.add_argument("--only", action="append", default=[], metavar="OWNER/NAME")
    a.add_argument("-o", "--output", type=pathlib.Path, required=True, metavar="DIR")
    o = a.parse_args()
    rubric, written = read_rubric(o.rubric), 0
    o.output.mkdir(parents=True, exist_ok=True)
    for file in o.files:
        try:
            works = list(works_of(file))
        except (ValueError, KeyError, TypeError) as fault:
            a.error(f"{file}: neither a label file nor a file of readings ({fault!r})")
        for repo, commit, answers, absent_is_no in works:
            if o.only and repo not in o.only:
                continue
            (o.output / f"{repo.replace('/', '+')}.yaml").write_text(assessment(o, rubric, repo, commit, answers, absent_is_no))
            written += 1
    if written == 0:
        a.error("no work was found")
    print(f"{written} assessments in {o.output}")


if __name__ == "__main__":
    main()
