"""What the program says of a fixed set of inputs, as texts by name: a net under changes that shall change nothing.

`python tests/frozen/outputs.py` compares the digests of all texts with `outputs.sha256` beside it, `--write` writes
them, and `--base REVISION` compares the texts themselves with those of another commit and shows where they differ.
"""

import argparse
import difflib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
DIGESTS = HERE / "outputs.sha256"
TRANSCRIPTS = (HERE / "cells.txt", HERE / "sentences.txt")
# Lines of a difference that are shown of each text.
SHOWN = 12
# Pages that `inspect` tells of: prose with a table, a list, a form.
INSPECTED = (("aomori-sme-2023.pdf", "4"), ("aomori-sme-2023.pdf", "2"), ("forms.pdf", "3"))


def collect_outputs(source: Path, folder: Path) -> dict[str, str]:
    """Run the program over all inputs.

    Args:
        source: The checkout whose program is run; the inputs are always those of this one.
        folder: An empty folder to work in.

    Returns:
        By name: each report, the run's statuses and messages, and what `diff`, `years`, `review` and `inspect` say.
    """
    inputs = folder / "raw"
    shutil.copytree(ROOT / "raw", inputs)
    for transcript in TRANSCRIPTS:
        shutil.copy(transcript, inputs)
    _print_families(inputs)
    shutil.copytree(ROOT / "golden", folder / "golden")
    _run(source, folder, "run", "--quiet")
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted((folder / "output").glob("*.json"))}
    texts["run.json"] = "".join(_status_lines(texts["run.json"]))
    first, second = "golden/aomori-sme-2022.json", "output/aomori-sme-2023.json"
    texts["diff.json"] = _without_causes(_run(source, folder, "diff", first, second, "--json"))
    texts["diff.txt"] = _run(source, folder, "diff", second, "output/aomori-sme-2023-transcript.json")
    texts["years.json"] = _run(source, folder, "years", first, second, "--json")
    texts["years.txt"] = _run(source, folder, "years", first, second)
    texts["review.json"] = _run(source, folder, "review", "--json", "-")
    for name, page in INSPECTED:
        texts[f"inspect {name} {page}.txt"] = _run(source, folder, "inspect", f"raw/{name}", "--page", page)
    return texts


def _print_families(folder: Path) -> None:
    """Print a report of every family with fonts that are not embedded, which need none to be installed."""
    sys.path.insert(0, str(HERE.parent))
    from press import cid
    from press.style import FAMILIES
    from press.trial import model_for

    for name, style in FAMILIES.items():
        path = folder / f"{name.replace(',', '').replace(' ', '-')}.pdf"
        path.write_bytes(cid.typeset(model_for(name), style).pdf)


def _run(source: Path, folder: Path, *arguments: str) -> str:
    """Run a command; its exit code and what it prints."""
    environment = {name: value for name, value in os.environ.items() if name not in {"FORCE_COLOR", "LC_ALL", "LANG"}}
    done = subprocess.run(
        [sys.executable, "-m", "extractor", *arguments],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(source / "src"), "COLUMNS": "160", "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        timeout=900,
    )
    return f"{done.stdout}exit {done.returncode}\n"


def _without_causes(text: str) -> str:
    """Leave out why values differ: that the code that read them is another one is true after every change of it."""
    body, end = text.rstrip("\n").rsplit("\n", 1)
    data = json.loads(body)
    del data["causes"]
    for change in data["changes"]:
        del change["cause"]
    return f"{json.dumps(data, ensure_ascii=False, indent=1)}\n{end}\n"


def _status_lines(text: str) -> Iterator[str]:
    for one in json.loads(text)["inputs"]:
        yield f"{one['file']} {one['status']} {one['message']} {one['findings']}\n"


def digest_lines(texts: dict[str, str]) -> list[str]:
    """Format the digests of texts, a line each: SHA-256, two blanks, name."""
    return [f"{hashlib.sha256(text.encode()).hexdigest()}  {name}" for name, text in sorted(texts.items())]


def _compare_with(revision: str, texts: dict[str, str], folder: Path) -> int:
    """Print where the texts differ from those of another commit, and give how many do."""
    checkout = folder / "checkout"
    subprocess.run(["git", "worktree", "add", "--quiet", "--detach", checkout, revision], cwd=ROOT, check=True)
    try:
        before = collect_outputs(checkout, folder / "before")
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", checkout], cwd=ROOT, check=True)
    changed = sorted(name for name in texts.keys() | before.keys() if texts.get(name) != before.get(name))
    for name in changed:
        old, new = (one.get(name, "").splitlines() for one in (before, texts))
        print(f"== {name}", *list(difflib.unified_diff(old, new, lineterm="", n=0))[2 : SHOWN + 2], sep="\n")
    return len(changed)


def main() -> int:
    """Compare, or write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--base", metavar="REVISION")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("now", "before"):
            (folder / part).mkdir()
        texts = collect_outputs(ROOT, folder / "now")
        if options.base:
            changed = _compare_with(options.base, texts, folder)
            print(f"{changed} of {len(texts)} texts differ from those of {options.base}")
            return int(changed > 0)
        lines = digest_lines(texts)
        if options.write:
            DIGESTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
            return 0
        known = set(DIGESTS.read_text(encoding="utf-8").splitlines())
        changed_names = [line.split("  ", 1)[1] for line in lines if line not in known]
        print(*changed_names, f"{len(changed_names)} of {len(lines)} texts are not as they were frozen", sep="\n")
        return int(bool(changed_names))


if __name__ == "__main__":
    sys.exit(main())
