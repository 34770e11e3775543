"""A trial: a report is printed and read again, and what was read is held against what was printed."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from extractor.pipeline import read_report
from extractor.records.to_json import report_json
from press import cid, embedded
from press.model import (
    ChapterModel,
    MetricModel,
    Printed,
    ProgrammeModel,
    ReportModel,
    differences,
    expected,
    warranted,
)
from press.specimen import specimen
from press.style import FAMILIES, Style

Typeset = Callable[[ReportModel, Style], Printed]

without_fonts = pytest.mark.skipif(not embedded.available(), reason="no Japanese TrueType font (IPA) is installed")
PRODUCERS = [
    pytest.param(cid.typeset, id="cid"),
    pytest.param(embedded.typeset, id="embedded", marks=[without_fonts, pytest.mark.slow]),
]

# The years of a family's tables where they are not 2022 and 2023: over the change of the era, and three of them.
YEARS = {"landscape": (2020, 3), "dotted": (2020, 3), "bold lines": (2019, 2), "targets under years": (2020, 3)}


@dataclass(frozen=True)
class Read:
    """What was read of a printed report, against what was printed."""

    data: dict[str, Any]
    wrong: list[tuple[str, Any, Any]]
    findings: Counter[str]
    unplaced: list[str]

    def check(self, *allowed: str) -> None:
        """Fail unless every leaf is right, every text placed, and no finding is there without cause."""
        assert not self.wrong, f"{len(self.wrong)} leaves are wrong: {self.wrong[:5]}"
        assert not self.unplaced, f"in no record: {self.unplaced[:5]}"
        findings = {code: count for code, count in self.findings.items() if code not in allowed}
        assert not findings, f"without cause: {findings}"


def read(model: ReportModel, style: Style, typeset: Typeset, folder: Path) -> Read:
    """Print a report and read it. `folder` is where its file goes."""
    printed = typeset(model, style)
    path = folder / "printed.pdf"
    path.write_bytes(printed.pdf)
    data: dict[str, Any] = json.loads(report_json(read_report(path)))
    return Read(
        data=data,
        wrong=differences(expected(model, style, printed), data) + _wrong_pages(data, printed),
        findings=Counter(one["code"] for one in data["findings"]) - warranted(model, style),
        unplaced=[one["text"] for one in data["unplaced"]],
    )


def _wrong_pages(data: dict[str, Any], printed: Printed) -> list[tuple[str, Any, Any]]:
    """Blocks that are said to stand on pages of other printed numbers than they do."""
    found = [one for policy in data["policies"] for one in policy["programmes"] if one["source"]]
    said = {one["id"]: one["source"][0]["page_label"] for one in found}
    return [
        (f"{programme_id}/source/0/page_label", label, said[programme_id])
        for programme_id, label in printed.page_labels.items()
        if programme_id in said and said[programme_id] != label
    ]


def model_for(family: str) -> ReportModel:
    """The report that is printed in a family's look. Where nothing is ruled, no name is merged over rows: that would
    not be seen."""
    made = specimen(*YEARS.get(family, (2023, 2)), long=6 if family.startswith("over pages") else 2)
    return made if FAMILIES[family].rules not in {"three", "none"} else _each_row_named(made)


def _each_row_named(model: ReportModel) -> ReportModel:
    def named(metric: MetricModel) -> MetricModel:
        again = f"{metric.name}（再掲）"
        return metric if metric.row == 1 else replace(metric, name=again, label=metric.label, note="再掲", row=1)

    def programme(one: ProgrammeModel) -> ProgrammeModel:
        return replace(one, metrics=tuple(map(named, one.metrics)))

    def chapter(one: ChapterModel) -> ChapterModel:
        return replace(one, programmes=tuple(map(programme, one.programmes)))

    return replace(model, chapters=tuple(map(chapter, model.chapters)))
