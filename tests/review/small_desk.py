"""A folder with small made-up reports, which are read in this process: a run, a review and `accept` in a moment."""

import hashlib
import json
from pathlib import Path
from typing import Any

from extractor.baseline.compare_to_baseline import review_outputs
from extractor.cli.accept import accept_outputs
from extractor.pipeline import read_report
from extractor.records.report import Report
from extractor.records.review import Review, Reviewed
from extractor.records.to_json import report_json, to_json
from extractor.runtime.fingerprint import make_fingerprint
from made_up import MadeUp

NAME = "umi-2024"


class SmallDesk:
    """The folder, and what is done in it."""

    def __init__(self, folder: Path) -> None:
        self.raw, self.output, self.golden = (folder / name for name in ("raw", "output", "golden"))
        for path in (self.raw, self.output, self.golden):
            path.mkdir()
        self.folder = folder

    def put(self, report: MadeUp, name: str = NAME) -> Report:
        """Put a transcript into raw/, and run."""
        (self.raw / f"{name}.txt").write_text(report.text(), encoding="utf-8")
        return self.run(name)

    def run(self, name: str = NAME) -> Report:
        """Read the report, as `extractor run` does."""
        path = self.raw / f"{name}.txt"
        beside = path.with_suffix(".toml")
        text = report_json(report := read_report(path)).encode()
        (self.output / f"{name}.json").write_bytes(text)
        entry = {
            "file": path.name,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "corrections_sha256": hashlib.sha256(beside.read_bytes()).hexdigest() if beside.exists() else None,
            "status": "read",
            "message": None,
            "output": f"{name}.json",
            "output_sha256": hashlib.sha256(text).hexdigest(),
            "fingerprint": make_fingerprint("aomori-sme"),
        }
        record = self.output / "run.json"
        others = json.loads(record.read_text(encoding="utf-8"))["inputs"] if record.exists() else []
        inputs = [one for one in others if one["file"] != path.name] + [entry]
        record.write_text(to_json({"inputs": inputs}), encoding="utf-8")
        return report

    def review(self) -> Review:
        return review_outputs([], self.output, self.golden, self.raw)

    def reviewed(self, name: str = NAME) -> Reviewed:
        """What is open of one report."""
        return next(one for one in self.review().reports if one.report == name)

    def decide(self, *said: dict[str, Any], name: str = NAME, **more: Any) -> Path:
        """Write a file of decisions on what is there now."""
        one = self.reviewed(name)
        data = {"report": name, "output_sha256": one.output_sha256, "golden_sha256": one.golden_sha256}
        path = self.folder / "decisions.json"
        path.write_text(json.dumps(data | {"decisions": said} | more, ensure_ascii=False), encoding="utf-8")
        return path

    def accept(self, decisions: Path | None = None, *names: str, only: str | None = None, clean: bool = False) -> int:
        """Give the exit code of `extractor accept`."""
        return accept_outputs(list(names), (self.output, self.golden, self.raw), only, decisions, clean=clean)

    def accepted(self, name: str = NAME) -> Report:
        """What the golden file says."""
        return Report.model_validate_json((self.golden / f"{name}.json").read_bytes())

    def pending(self, name: str = NAME) -> list[dict[str, Any]]:
        """What is kept as pending of a report."""
        path = self.golden / "pending.lock"
        reports = json.loads(path.read_text(encoding="utf-8"))["reports"] if path.exists() else {}
        leaves: list[dict[str, Any]] = reports.get(name, {"leaves": []})["leaves"]
        return leaves


def keys(one: Reviewed, *parts: str) -> list[str]:
    """The keys of the changes whose place has all these parts."""
    return [leaf.key for leaf in one.leaves if all(part in leaf.key for part in parts)]


def key(one: Reviewed, *parts: str) -> str:
    """The key of the one change whose place has all these parts."""
    (found,) = keys(one, *parts)
    return found
