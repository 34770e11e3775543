"""What is read now against what was accepted, and how outputs are accepted. No test writes into golden/."""

import difflib
import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from command import extractor
from extractor.baseline.accept import Taken, accept_reports, list_orphans
from extractor.runtime.fingerprint import make_fingerprint
from extractor.runtime.output_files import FINGERPRINTS, accepted_with
from reports import GOLDEN, INPUTS, report_text

SHOWN = 40  # lines of a difference
HOW = "Read what differs. If the new output is right, `extractor run` and then `extractor accept` take it."


def difference(name: str, golden: str, fresh: str) -> str:
    """A short unified diff, and what to do about it."""
    sides = (golden.split("\n"), fresh.split("\n"))
    lines = list(difflib.unified_diff(*sides, f"golden/{name}.json", "now", lineterm=""))
    more = [f"… and {len(lines) - SHOWN} more lines"] if len(lines) > SHOWN else []
    return "\n".join([f"{name}: the output is not what was accepted", *lines[:SHOWN], *more, HOW])


@pytest.mark.parametrize("path", INPUTS, ids=[path.stem for path in INPUTS])
def test_output_is_the_accepted_one(path: Path) -> None:
    golden = GOLDEN / f"{path.stem}.json"
    if not golden.is_file():
        pytest.fail(f"golden/{golden.name} is missing: no output of {path.name} was accepted. {HOW}", pytrace=False)
    fresh = report_text(path)
    if golden.read_bytes() != fresh.encode():
        text = golden.read_bytes().decode(errors="backslashreplace")
        pytest.fail(difference(path.stem, text, fresh), pytrace=False)


def test_every_golden_has_its_input() -> None:
    left = sorted({path.stem for path in GOLDEN.glob("*.json")} - {path.stem for path in INPUTS})
    assert left == [], f"golden/ holds {left} without an input in raw/: delete them if the reports are gone"


def test_difference_shown_is_short_and_says_how_to_accept() -> None:
    shown = difference("a", "\n".join(map(str, range(300))), "\n".join(map(str, range(0, 600, 2)))).split("\n")
    assert shown[1:3] == ["--- golden/a.json", "+++ now"]
    assert "-1" in shown
    assert "more lines" in shown[-2]
    assert len(shown) == SHOWN + 3
    assert "extractor accept" in shown[-1]


class Folders:
    """An output folder as a run leaves it, and a golden folder that does not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.output, self.golden = folder / "output", folder / "golden"
        self.output.mkdir()
        self.inputs: list[dict[str, Any]] = []

    def ran(self, file: str, text: str = "{}\n", **changed: Any) -> None:
        """Write the output of an input and its record in run.json."""
        (self.output / f"{Path(file).stem}.json").write_text(text, encoding="utf-8")
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        last = {
            "file": file,
            "status": "read",
            "message": None,
            "output_sha256": sha256,
            "fingerprint": make_fingerprint("aomori-sme"),
        }
        self.inputs.append(last | changed)
        (self.output / "run.json").write_text(json.dumps({"inputs": self.inputs}), encoding="utf-8")

    def accept(self, *reports: str) -> list[Taken]:
        return accept_reports(reports, self.output, self.golden)

    def accepted(self) -> dict[str, str]:
        return {path.name: path.read_text(encoding="utf-8") for path in sorted(self.golden.glob("*.json"))}

    def kept(self) -> dict[str, dict[str, Any]]:
        """What is noted of each golden file."""
        return accepted_with(self.golden / FINGERPRINTS)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path)


def test_accept_takes_new_then_same_then_changed(folders: Folders) -> None:
    folders.ran("a.pdf", "[1]\n")
    assert folders.accept() == [Taken("a", "new")]
    assert folders.accepted() == {"a.json": "[1]\n"}
    assert folders.accept() == [Taken("a", "same")]
    folders.inputs.clear()
    folders.ran("a.pdf", "[2]\n")
    assert folders.accept() == [Taken("a", "changed")]
    assert folders.accepted() == {"a.json": "[2]\n"}


def test_accept_takes_only_the_reports_named(folders: Folders) -> None:
    for name in ("a", "b", "c"):
        folders.ran(f"{name}.pdf")
    assert folders.accept("c", "a.json") == [Taken("c", "new"), Taken("a", "new")]
    assert set(folders.accepted()) == {"a.json", "c.json"}


def test_accept_takes_a_report_with_a_dot_in_its_name(folders: Folders) -> None:
    folders.ran("r5.final.pdf")
    assert folders.accept("r5.final") == [Taken("r5.final", "new")]


def test_accept_takes_what_was_read_where_another_input_had_the_same_name(folders: Folders) -> None:
    folders.ran("a.pdf")
    folders.ran("a.txt", status="name-taken", output_sha256=None)
    assert Taken("a", "new") in folders.accept()


def test_accept_keeps_what_read_each_golden_file(folders: Folders) -> None:
    folders.ran("b.pdf", "[1]\n")
    folders.ran("a.pdf", "[2]\n")
    folders.accept()
    assert list(folders.kept()) == ["a", "b"]
    assert folders.kept()["b"] == {
        "sha256": hashlib.sha256(b"[1]\n").hexdigest(),
        "fingerprint": make_fingerprint("aomori-sme"),
    }
    # One golden file is deleted, another taken anew: the record follows.
    (folders.golden / "a.json").unlink()
    folders.inputs.clear()
    folders.ran("b.pdf", "[3]\n")
    folders.accept()
    assert {name: one["sha256"] for name, one in folders.kept().items()} == {"b": hashlib.sha256(b"[3]\n").hexdigest()}


def test_accept_notes_what_reads_the_same_now(folders: Folders) -> None:
    folders.ran("a.pdf")
    folders.accept()
    record = folders.golden / FINGERPRINTS
    before = record.read_bytes()
    record.write_text('{"reports": {"a": {"sha256": "", "fingerprint": {"program": "0"}}}}', encoding="utf-8")
    assert folders.accept() == [Taken("a", "same")]
    assert record.read_bytes() == before


def test_accept_keeps_nothing_of_what_it_refuses(folders: Folders) -> None:
    folders.ran("a.pdf", status="damaged")
    folders.accept()
    assert not folders.golden.exists()


def refused(folders: Folders, *reports: str) -> str:
    """Why the one report was refused; nothing was taken."""
    before = folders.accepted()
    (taken,) = folders.accept(*reports)
    assert taken.what == "refused"
    assert folders.accepted() == before
    return str(taken.why)


def test_accept_refuses_without_a_record_of_the_run(folders: Folders) -> None:
    folders.ran("a.pdf")
    (folders.output / "run.json").unlink()
    assert folders.accept() == []
    assert "extractor run" in refused(folders, "a")


@pytest.mark.parametrize("record", ["", "[]", '{"inputs": null}', '{"inputs": [{}]}', "[" * 100_000])
def test_accept_refuses_with_a_record_that_is_none(folders: Folders, record: str) -> None:
    folders.ran("a.pdf")
    (folders.output / "run.json").write_text(record, encoding="utf-8")
    assert folders.accept() == []
    assert "extractor run" in refused(folders, "a")


def test_accept_refuses_a_report_that_was_not_run(folders: Folders) -> None:
    folders.ran("a.pdf")
    (folders.output / "b.json").write_text("{}\n", encoding="utf-8")
    assert "did not read it" in refused(folders, "b")


def test_accept_refuses_an_output_edited_after_the_run(folders: Folders) -> None:
    folders.ran("a.pdf", "[1]\n")
    folders.accept()
    (folders.output / "a.json").write_text("[2]\n", encoding="utf-8")
    assert "not what the last run wrote" in refused(folders)
    assert folders.accepted() == {"a.json": "[1]\n"}


def test_accept_refuses_an_output_that_is_gone(folders: Folders) -> None:
    folders.ran("a.pdf")
    (folders.output / "a.json").unlink()
    assert "not what the last run wrote" in refused(folders)


@pytest.mark.parametrize("key", ["program", "rules", "profile", "libraries", "python"])
def test_accept_refuses_what_another_program_read(folders: Folders, key: str) -> None:
    folders.ran("a.pdf", fingerprint=make_fingerprint("aomori-sme") | {key: "another"})
    assert "has changed since" in refused(folders)


def test_accept_refuses_a_failed_input_for_its_reason(folders: Folders) -> None:
    # The output is there: it is left from an earlier run.
    folders.ran("a.pdf", status="truncated", message="the file ends early")
    assert "the file ends early" in refused(folders)


def test_accept_takes_the_others_beside_a_refused_one(folders: Folders) -> None:
    folders.ran("a.pdf", status="truncated", message="the file ends early")
    folders.ran("b.pdf")
    assert [(one.report, one.what) for one in folders.accept()] == [("a", "refused"), ("b", "new")]
    assert set(folders.accepted()) == {"b.json"}


def test_orphans_are_goldens_without_an_input(tmp_path: Path) -> None:
    raw, golden = tmp_path / "raw", tmp_path / "golden"
    for path in (raw / "a.pdf", raw / "b.toml", *(golden / f"{name}.json" for name in ("a", "b", "c"))):
        path.parent.mkdir(exist_ok=True)
        path.touch()
    # b.toml says what is known of an edition; without b.pdf it is no input.
    assert list_orphans(raw, golden) == [golden / "b.json", golden / "c.json"]


def command(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return extractor("accept", *arguments, cwd=folder)


def test_command_tells_what_was_taken_and_lists_orphans(folders: Folders, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "令和5年度.pdf").touch()
    folders.golden.mkdir()
    (folders.golden / "gone.json").write_text("{}\n", encoding="utf-8")
    folders.ran("令和5年度.pdf")
    done = command(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    taken, orphan = done.stdout.splitlines()
    assert taken.split() == ["new", "令和5年度"]
    assert orphan.startswith(f"orphan   {Path('golden', 'gone.json')}: ")
    # An orphan is shown, not deleted.
    assert set(folders.accepted()) == {"gone.json", "令和5年度.json"}


def test_command_says_on_one_line_why_it_refuses(folders: Folders, tmp_path: Path) -> None:
    reason = "the reason is long: " + "word " * 40 + "end"
    folders.ran("a.pdf", status="damaged", message=reason)
    done = command(tmp_path, "a")
    assert done.returncode == 2
    (line,) = done.stdout.splitlines()
    assert line.split()[:2] == ["refused", "a:"]
    assert line.endswith(reason)


def test_command_without_a_run_says_what_to_do(tmp_path: Path) -> None:
    done = command(tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert "extractor run" in line
