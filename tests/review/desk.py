"""A folder as it is when a run is to be reviewed: inputs, an output of each, and golden files that say other things."""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from command import here
from extractor.records.report import Report
from extractor.records.to_json import report_json, to_json
from extractor.runtime.fingerprint import make_fingerprint
from reports import GOLDEN, INPUTS

REPORT, TRANSCRIPT = "aomori-sme-2023", "aomori-sme-2023-transcript"
EVIL = "<script>alert(1)</script>\"'"


class Desk:
    """The folder, and what is done in it. Outputs are the accepted ones of this repository, as if they were read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.raw, self.output, self.golden = (folder / name for name in ("raw", "output", "golden"))
        for path in (self.raw, self.output, self.golden):
            path.mkdir()
        self.folders = (self.output, self.golden, self.raw)
        self._inputs: list[dict[str, Any]] = []

    def put(self, name: str, edit: Callable[[dict[str, Any]], None] | None = None) -> None:
        """Lay out one report; `edit` changes what its golden file says."""
        (source,) = (path for path in INPUTS if path.stem == name)
        shutil.copy(source, self.raw)
        text = (GOLDEN / f"{name}.json").read_bytes()
        (self.output / f"{name}.json").write_bytes(text)
        data = json.loads(text)
        if edit is not None:
            edit(data)
        (self.golden / f"{name}.json").write_text(to_json(data), encoding="utf-8")
        self._inputs.append(
            {
                "file": source.name,
                "sha256": hashlib.sha256(source.read_bytes()).hexdigest(),
                "status": "read",
                "message": None,
                "output": f"{name}.json",
                "output_sha256": hashlib.sha256(text).hexdigest(),
                "fingerprint": make_fingerprint("aomori-sme"),
            }
        )
        (self.output / "run.json").write_text(to_json({"inputs": self._inputs}), encoding="utf-8")

    def accepted(self, name: str = REPORT) -> Any:
        """What a golden file says."""
        return _open(self.golden / f"{name}.json")

    def read(self, name: str = REPORT) -> Any:
        """What an output says."""
        return _open(self.output / f"{name}.json")

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """The command, in the folder and in this process."""
        done = here(*arguments, cwd=self.folder)
        return subprocess.CompletedProcess(arguments, done.code, done.stdout, done.stderr)


def _open(path: Path) -> Any:
    """A report as it is written today: with all fields, also of a file that was accepted before there were some."""
    return json.loads(report_json(Report.model_validate_json(path.read_bytes())))


def programmes(data: dict[str, Any]) -> Any:
    """Those of the first chapter."""
    return data["policies"][0]["programmes"]


def several(data: dict[str, Any]) -> None:
    """Edits of several kinds: five changes."""
    some = programmes(data)
    some[0]["budget_thousand_yen"] = 1
    some[1]["metrics"][0]["observations"][0]["raw"] = "1名"
    some[2]["overview"]["paragraphs"][0] += "追記。"
    some[3]["name"] = EVIL
    some[9]["offices"][0]["division"] = "新産業課"
