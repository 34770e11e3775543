"""How the program starts and what it shows meanwhile: little is imported, nothing is written that nobody asked for."""

import io
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import redirect_stderr
from pathlib import Path

import pytest

from command import extractor, here
from extractor.baseline.pending_file import write_pending
from extractor.batch.inputs import Outcome
from extractor.cli import progress, review
from extractor.cli.progress import show_progress
from extractor.cli.review import describe_run_difference
from extractor.language import choose_language
from extractor.records.comparison import Labels
from extractor.records.pending import Pending, PendingLeaf, PendingReport
from made_up import MadeUp

# What takes a tenth of a second or more.
HEAVY = {"pydantic", "rich", "spacy", "pdfplumber", "pypdfium2", "numpy", "PIL", "jinja2", "multiprocessing"}


@pytest.mark.parametrize(
    "arguments", [["--version"], ["--help"], ["run", "--help"], ["schema"], ["schema", "--years"]], ids=" ".join
)
def test_what_only_says_something_imports_nothing_heavy(arguments: Sequence[str], tmp_path: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "extractor", *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.returncode == 0
    assert done.stdout
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "extractor.cli.app" in imported
    assert imported & HEAVY == set()


def test_what_is_typed_is_still_checked(tmp_path: Path) -> None:
    for arguments in (["run", "--jobs", "none"], ["run", "--jobs", "0"], ["inspect", "a.pdf", "--dump", "none"]):
        done = here(*arguments, cwd=tmp_path)
        assert (done.code, done.stdout) == (2, "")
        assert arguments[-2] in done.stderr


def complete(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """What the shell is told to complete the last word to."""
    asked = {"_EXTRACTOR_COMPLETE": "complete_bash", "COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    code = "import sys; sys.argv = ['extractor']; from extractor.__main__ import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=os.environ | asked, capture_output=True, encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["extractor", "ins"], ["inspect"]),
        (["extractor", "run", "--fo"], ["--force"]),
        (["extractor", "inspect", "--dump", "p"], ["pages", "parsed"]),
    ],
    ids=["command", "option", "value"],
)
def test_the_shell_completes(words: Sequence[str], found: Sequence[str], tmp_path: Path) -> None:
    assert complete(tmp_path, *words).stdout.split() == found
    assert list(tmp_path.iterdir()) == []


def test_completion_is_installed_only_when_asked_for(tmp_path: Path) -> None:
    for arguments in (["--show-completion", "bash"], ["--help"], ["schema"]):
        assert extractor(*arguments, cwd=tmp_path, HOME=str(tmp_path)).returncode == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("language", "line"),
    [("en", " s: 1 of 2 done, reading b.pdf\n"), ("ja", "秒経過：2件中1件済み、b.pdfを読取中\n")],
)
def test_a_log_has_a_line_now_and_then(language: str, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    log = io.StringIO()
    monkeypatch.setattr(progress, "SECONDS", 0.05)
    monkeypatch.setattr(progress, "print_notice", lambda text: log.write(f"{text}\n"))
    inputs = [Outcome(Path("a.pdf"), "read"), Outcome(Path("b.pdf"))]
    choose_language(["--lang", language], {})
    try:
        with redirect_stderr(log), show_progress(inputs, quiet=False):
            time.sleep(0.4)
        written = log.getvalue()
        assert written.endswith(line)
        assert 2 <= written.count("\n") <= 8
        # Nothing is written behind the end, nor where nothing is read or nobody wants to know.
        with redirect_stderr(log), show_progress(inputs, quiet=True), show_progress(inputs[:1], quiet=False):
            time.sleep(0.2)
        assert log.getvalue() == written
    finally:
        choose_language([], {})


def test_a_run_says_how_long_it_took_where_its_outputs_are_and_what_next(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/a.txt").write_text(MadeUp().text(), encoding="utf-8")
    (tmp_path / "raw/b.txt").write_bytes(b"\xff")
    first = here("run", "--no-language", cwd=tmp_path).stdout.splitlines()
    assert first[0].split()[:2] == ["input", "status"]
    assert any(line.startswith("2 inputs in ") and "output/run.json" in line for line in first)
    assert first[-2].startswith("next: mend what the errors above say of 1 input")
    assert first[-1].startswith("nothing was accepted yet; next: extractor review")
    (tmp_path / "raw/b.txt").unlink()
    (tmp_path / "golden").mkdir()
    shutil.copy(tmp_path / "output/a.json", tmp_path / "golden")
    (tmp_path / "output/b.json").unlink(missing_ok=True)
    again = here("run", "--no-language", cwd=tmp_path).stdout.splitlines()
    assert again[1].split() == first[1].split()
    assert again[-2].startswith("1 input in ")
    assert ", 1 unchanged since the last run" in again[-2]
    assert again[-1] == "output is as golden"
    # The first file that is accepted of a report has all values as they were read, also those that are open.
    policy = json.loads((tmp_path / "output/a.json").read_bytes())["policies"][0]
    place, title = f"/policies/{policy['id']}/title", policy["title"]
    leaf = PendingLeaf(
        place=place,
        kind="added",
        record="policy",
        field="title",
        labels=Labels(policy=title),
        state="open",
        after=title,
    )
    write_pending(tmp_path / "golden", Pending(), "a", PendingReport(leaves=(leaf,)))
    last = here("run", "--no-language", cwd=tmp_path).stdout.splitlines()[-1]
    assert last.startswith("output differs from golden in 1 place (1 of them pending: a 1)"), last


def test_how_much_differs_is_counted_again_only_where_a_side_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("raw", "golden", ".extractor_cache"):
        (tmp_path / name).mkdir()
    (tmp_path / "raw/a.txt").write_text(MadeUp().text(), encoding="utf-8")
    counted: list[Path] = []

    def count(paths: Sequence[Path], out: Path) -> dict[str, str]:
        counted.append(out)
        return describe_run_difference(paths, out)

    monkeypatch.setattr(review, "describe_run_difference", count)

    def last_line(*more: str) -> str:
        return here("run", "--no-language", *more, cwd=tmp_path).stdout.splitlines()[-1]

    def accept(before: str, after: str, times: int = -1) -> None:
        accepted = (tmp_path / "output/a.json").read_text(encoding="utf-8").replace(before, after, times)
        (tmp_path / "golden/a.json").write_text(accepted, encoding="utf-8")

    last_line()
    accept("10名", "11名", 1)
    new, before = last_line(), len(counted)
    assert new.startswith("output differs from golden in ")
    del counted[: before - 1]
    assert (last_line(), len(counted)) == (new, 1)
    assert ("extractor review" in last_line("--lang", "ja"), len(counted)) == (True, 1)
    accept("10名", "11名")
    changed = last_line()
    assert (changed != new, len(counted)) == (True, 2)
    assert (last_line(), len(counted)) == (changed, 2)
    # A damaged cache is none.
    (tmp_path / ".extractor_cache/difference.json").write_bytes(b"\xff")
    assert (last_line(), len(counted)) == (changed, 3)
