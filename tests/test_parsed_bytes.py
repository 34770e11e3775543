"""What was hashed is what was parsed, also where a file is replaced in the middle of a run."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from extractor.batch import runner
from extractor.batch.inputs import OutputFile, RunOptions
from made_up import MadeUp

OLD = MadeUp().text()
NEW = OLD.replace("12名", "99名")
NO_LANGUAGE = RunOptions(language=False)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("replaced", ["before it is read", "after it is read", "and put back"])
def test_record_and_output_name_the_bytes_that_were_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replaced: str
) -> None:
    file = tmp_path / "report.txt"
    file.write_text(OLD, encoding="utf-8")

    def read_while_it_is_replaced(tasks: Sequence[tuple[str, RunOptions]], _: int) -> Iterator[OutputFile]:
        for task in tasks:
            if replaced != "after it is read":
                file.write_text(NEW, encoding="utf-8")
            yield runner._read_file(task)

    def note_late(*_: object) -> None:
        file.write_text(NEW if replaced == "after it is read" else OLD, encoding="utf-8")

    monkeypatch.setattr(runner, "_read_files", read_while_it_is_replaced)
    original = runner._note_result

    def note_result(*arguments: object) -> None:
        if replaced != "before it is read":
            note_late()
        original(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(runner, "_note_result", note_result)
    run = runner.run_files(runner.find_inputs([file]), tmp_path / "out", 1, print, NO_LANGUAGE)
    parsed = OLD if replaced == "after it is read" else NEW
    report = json.loads((tmp_path / "out/report.json").read_text(encoding="utf-8"))
    entry = json.loads((tmp_path / "out/run.json").read_text(encoding="utf-8"))["inputs"][0]
    assert ("99名" in json.dumps(report, ensure_ascii=False)) == (parsed is NEW)
    assert report["source"]["sha256"] == entry["sha256"] == digest(parsed)
    assert not run.outcomes[0].settled
