"""What has not changed is not read again, and what has, in whatever way, is."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from command import extractor, here
from extractor.batch import record, runner
from extractor.batch.inputs import Outcome, OutputFile, RunOptions, find_inputs
from extractor.batch.record import recall_readings
from extractor.batch.runner import run_files
from extractor.errors import CannotRead
from extractor.pipeline import read_report
from extractor.records.to_json import report_json
from extractor.runtime import fingerprint
from made_up import MadeUp
from reports import ROOT

OPTIONS = RunOptions(language=False)
CORRECTIONS = "[expected]\nprogrammes = 5\n"
REPORTS = ("a", "b")


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder after a run: two reports, of which one has a neighbour, and one input that could not be read."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "raw").mkdir()
    for name in REPORTS:
        (folder / "raw" / f"{name}.txt").write_text(MadeUp().text(), encoding="utf-8")
    (folder / "raw/a.toml").write_text(CORRECTIONS, encoding="utf-8")
    (folder / "raw/broken.txt").write_bytes(b"\xff\xff")
    run_here(folder)
    return folder


def run_here(folder: Path, options: RunOptions = OPTIONS) -> list[Outcome]:
    """A run in this process but for the reading."""
    outcomes = find_inputs([folder / "raw"])
    recall_readings(outcomes, options, folder / "output")
    return run_files(outcomes, folder / "output", 2, lambda _: None, options).outcomes


@pytest.fixture
def folder(done: Path, tmp_path: Path) -> Path:
    """A copy of that folder; a test may change anything in it."""
    return Path(shutil.copytree(done, tmp_path / "copy"))


def find_unchanged(folder: Path, options: RunOptions = OPTIONS) -> list[str]:
    """The inputs that the next run does not read."""
    outcomes = find_inputs([folder / "raw"])
    recall_readings(outcomes, options, folder / "output")
    return [outcome.path.stem for outcome in outcomes if outcome.unchanged]


def entries(folder: Path) -> dict[str, dict[str, Any]]:
    said = json.loads((folder / "output/run.json").read_text(encoding="utf-8"))["inputs"]
    return {entry["file"]: entry for entry in said}


def test_what_was_read_is_not_read_again_and_what_failed_is(folder: Path) -> None:
    assert find_unchanged(folder) == ["a", "b"]


def test_the_record_says_of_what_is_unchanged_all_that_was_said_of_its_reading(folder: Path) -> None:
    before, written = entries(folder), [(folder / f"output/{name}.json").stat().st_mtime_ns for name in REPORTS]
    for _ in range(2):
        outcomes, after = run_here(folder), entries(folder)
        assert [entry["unchanged"] for entry in after.values()] == [True, True, False]
        for name, entry in after.items():
            for field in entry.keys() - {"unchanged", "path"}:
                assert entry[field] == before[name][field], field
        assert [outcome.status for outcome in outcomes] == ["read", "read", "not-utf-8"]
    # The files themselves are not written again.
    assert [(folder / f"output/{name}.json").stat().st_mtime_ns for name in REPORTS] == written


def edit_input(folder: Path) -> None:
    """Another text of the same size, with the time of the old one."""
    path = folder / "raw/a.txt"
    before, text = path.stat(), path.read_text(encoding="utf-8")
    path.write_text(text.replace("10名", "11名"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def exchange_inputs(folder: Path) -> None:
    (folder / "raw/a.txt").write_text("本文\n", encoding="utf-8")


def edit_output(folder: Path) -> None:
    path = folder / "output/a.json"
    path.write_text(path.read_text(encoding="utf-8").replace("10名", "11名", 1), encoding="utf-8")


def cut_output(folder: Path) -> None:
    path = folder / "output/a.json"
    path.write_bytes(path.read_bytes()[:-1])


def edit_record(**changes: Any) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        path = folder / "output/run.json"
        data = json.loads(path.read_text(encoding="utf-8"))
        data["inputs"][0] |= changes
        path.write_text(json.dumps(data), encoding="utf-8")

    return edit


def put_folder_for(name: str) -> Callable[[Path], None]:
    def put(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).mkdir()

    return put


CHANGES: dict[str, Callable[[Path], Any]] = {
    "another input of the same size and time": edit_input,
    "another input of the same name": exchange_inputs,
    "another neighbour": lambda folder: (folder / "raw/a.toml").write_text(CORRECTIONS + "\n", encoding="utf-8"),
    "no neighbour any more": lambda folder: (folder / "raw/a.toml").unlink(),
    "a neighbour that cannot be read": put_folder_for("raw/a.toml"),
    "another output": edit_output,
    "an output that was cut": cut_output,
    "an empty output": lambda folder: (folder / "output/a.json").write_bytes(b""),
    "no output": lambda folder: (folder / "output/a.json").unlink(),
    "a folder for an output": put_folder_for("output/a.json"),
    "the output of the other": lambda folder: shutil.copy(folder / "output/b.json", folder / "output/a.json"),
    "counts that were changed": edit_record(programmes=4),
    "findings that were changed": edit_record(findings={"error": 0, "warning": 9, "info": 0, "waived": 0}),
    "another fingerprint": edit_record(fingerprint={}),
    "no seal": edit_record(seal=None),
    "a status that was changed": edit_record(status="failed"),
    "an output of another name": edit_record(output=["a.json"]),
    "deep lists": edit_record(message=json.loads("[" * 900 + "]" * 900)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_is_not_as_it_was_is_read_and_nothing_else(folder: Path, change: Callable[[Path], Any]) -> None:
    change(folder)
    assert find_unchanged(folder) == ["b"]


def test_a_neighbour_that_came_is_read(folder: Path) -> None:
    (folder / "raw/b.toml").write_text(CORRECTIONS, encoding="utf-8")
    assert find_unchanged(folder) == ["a"]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff",
        b"{",
        b"[]",
        b"null",
        b'{"inputs": 1}',
        b'{"inputs": [1, null, {}]}',
        b'{"inputs": ' + b"[" * 99_999,
    ],
)
def test_a_record_that_is_none_makes_all_be_read(folder: Path, text: bytes) -> None:
    (folder / "output/run.json").write_bytes(text)
    assert find_unchanged(folder) == []


def test_a_record_that_was_cut_makes_all_be_read(folder: Path) -> None:
    path = folder / "output/run.json"
    path.write_bytes(path.read_bytes()[:-20])
    assert find_unchanged(folder) == []
    path.unlink()
    assert find_unchanged(folder) == []


@pytest.mark.parametrize(
    "options",
    [replace(OPTIONS, strict=True), replace(OPTIONS, profile="aomori-sme"), replace(OPTIONS, language=True)],
    ids=["strict", "profile", "language"],
)
def test_other_options_make_all_be_read(folder: Path, options: RunOptions) -> None:
    assert find_unchanged(folder, options) == []
    assert find_unchanged(folder, replace(OPTIONS, cache=Path("elsewhere"))) == ["a", "b"]


@pytest.mark.parametrize("what", ["rules", "library", "profile", "form"])
def test_another_program_makes_all_be_read(folder: Path, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if what == "rules":
        monkeypatch.setattr(fingerprint, "_digest_own_rules", lambda: "0" * 64)
    if what == "library":
        found = fingerprint._find_versions
        monkeypatch.setattr(fingerprint, "_find_versions", lambda names: found(names) | {"pdfplumber": "0.0.1"})
    if what == "profile":
        monkeypatch.setattr(fingerprint, "hash_profile", lambda _: "0" * 64)
    if what == "form":
        monkeypatch.setattr(record, "_FORM", 0)
    assert find_unchanged(folder) == []


def test_an_input_that_changes_while_it_is_read_is_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit_input(folder)
    read_files = runner._read_files

    def late(*arguments: Any) -> Iterator[OutputFile | CannotRead]:
        results = list(read_files(*arguments))
        with (folder / "raw/a.txt").open("a", encoding="utf-8") as file:
            file.write("\n")
        yield from results

    monkeypatch.setattr(runner, "_read_files", late)
    assert [outcome.status for outcome in run_here(folder)][:2] == ["read", "read"]
    assert find_unchanged(folder) == ["b"]


def test_a_report_of_which_a_part_failed_is_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit_input(folder)
    read_files = runner._read_files

    def in_part(*arguments: Any) -> Iterator[OutputFile | CannotRead]:
        for result in read_files(*arguments):
            yield replace(result, whole=False) if isinstance(result, OutputFile) else result

    monkeypatch.setattr(runner, "_read_files", in_part)
    assert run_here(folder)[0].status == "read"
    assert find_unchanged(folder) == ["b"]


FORBIDDEN = (
    "pdfplumber", "pdfminer", "pypdfium2", "PIL", "spacy", "thinc", "ginza", "sudachipy", "numpy", "rapidfuzz", "cv2",
    "onnxruntime", "rapidocr", "multiprocessing", "jinja2", "extractor.pipeline", "extractor.pdf",
)  # fmt: skip


def test_a_run_in_which_nothing_has_changed_imports_nothing_that_reads(folder: Path) -> None:
    (folder / "raw/broken.txt").unlink()
    for name in ("golden", ".extractor_cache"):
        (folder / name).mkdir()
    for name in REPORTS:
        shutil.copy(folder / f"output/{name}.json", folder / "golden")
    arguments = ["-X", "importtime", "-m", "extractor", "run", "--no-language"]
    for _ in ("as golden", "not as golden"):
        ran = subprocess.run(
            [sys.executable, *arguments], cwd=folder, capture_output=True, encoding="utf-8", timeout=60
        )
        assert ran.returncode == 0
        imported = {line.rpartition("|")[2].strip() for line in ran.stderr.splitlines()}
        assert "extractor.batch.record" in imported
        assert [name for name in imported if name in FORBIDDEN] == []
        (folder / "golden/b.json").write_text("{}", encoding="utf-8")
        # How much differs is counted once.
        here("run", "--no-language", cwd=folder)


@pytest.mark.slow
def test_a_run_in_which_nothing_has_changed_takes_a_twentieth_of_a_cold_one(tmp_path: Path) -> None:
    for name in ("raw", "golden"):
        shutil.copytree(ROOT / name, tmp_path / name)
    seconds = []
    for _ in range(4):
        started = time.monotonic()
        assert extractor("run", cwd=tmp_path, apart=True).returncode in {0, 1}
        seconds.append(time.monotonic() - started)
    assert [entry["unchanged"] for entry in entries(tmp_path).values()] == [True, True, True]
    assert min(seconds[1:]) <= 0.05 * seconds[0]


@pytest.mark.slow
def test_force_reads_anew(folder: Path) -> None:
    assert extractor("run", "--no-language", "--quiet", cwd=folder).returncode == 2
    assert [entry["unchanged"] for entry in entries(folder).values()] == [True, True, False]
    assert extractor("run", "--no-language", "--quiet", "--force", cwd=folder).returncode == 2
    assert [entry["unchanged"] for entry in entries(folder).values()] == [False, False, False]


@pytest.mark.slow
def test_two_runs_into_one_folder_leave_whole_files(folder: Path) -> None:
    arguments: tuple[list[str], ...] = ([], ["--strict"], ["--profile", "aomori-sme"])
    for _ in range(2):
        edit_input(folder)
        runs = [
            subprocess.Popen([sys.executable, "-m", "extractor", "run", "--no-language", "--quiet", *more], cwd=folder)
            for more in arguments
        ]
        assert [run.wait() for run in runs] == [2, 2, 2]
        # Whoever wrote last, what is taken for unchanged is what would be read.
        for options in (OPTIONS, replace(OPTIONS, strict=True), replace(OPTIONS, profile="aomori-sme")):
            for name in find_unchanged(folder, options):
                fresh = report_json(read_report(folder / f"raw/{name}.txt"))
                assert (folder / f"output/{name}.json").read_text(encoding="utf-8") == fresh
        assert sorted(path.name for path in (folder / "output").iterdir()) == ["a.json", "b.json", "run.json"]


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="other systems kill otherwise")
def test_what_a_killed_run_left_is_not_taken_for_its_end(folder: Path) -> None:
    edit_input(folder)
    before = (folder / "output/run.json").read_bytes()
    for seconds in (0.3, 0.8, 1.3, 1.8, 2.3):
        running = subprocess.Popen(
            [sys.executable, "-m", "extractor", "run", "--no-language", "--quiet", "--force"], cwd=folder
        )
        time.sleep(seconds)
        running.kill()
        running.wait()
        for name in REPORTS:
            json.loads((folder / f"output/{name}.json").read_text(encoding="utf-8"))
        if (folder / "output/run.json").read_bytes() == before:
            assert find_unchanged(folder) == ["b"]
