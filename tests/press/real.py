"""The real report of fiscal 2023 as a model: what stands in its golden file, which was read by a person too."""

import json
from pathlib import Path
from typing import Any

from press.model import (
    AmountModel,
    CellModel,
    ChapterModel,
    InitiativeModel,
    MetricModel,
    OfficeModel,
    PassageModel,
    ProgrammeModel,
    ReportModel,
)

GOLDEN = Path(__file__).parents[2] / "golden" / "aomori-sme-2023.json"


def real_report() -> ReportModel:
    """The chapter of the 2023 report with its 37 programmes; its case study is left out."""
    data = json.loads(GOLDEN.read_text(encoding="utf-8"))
    head = data["report"]
    return ReportModel(
        title=head["title"],
        fiscal_year=head["fiscal_year"],
        fiscal_year_label=head["fiscal_year_label"],
        years=(head["fiscal_year"] - 1, head["fiscal_year"]),
        chapters=tuple(_chapter(policy) for policy in data["policies"]),
    )


def _chapter(policy: dict[str, Any]) -> ChapterModel:
    return ChapterModel(
        number=policy["number"],
        title=policy["title"],
        overview=tuple(policy["overview"]),
        initiatives=tuple(InitiativeModel(one["heading"], tuple(one["paragraphs"])) for one in policy["initiatives"]),
        programmes=tuple(_programme(one) for one in policy["programmes"]),
    )


def _programme(one: dict[str, Any]) -> ProgrammeModel:
    return ProgrammeModel(
        number=one["number"],
        name=one["name"],
        budget=one["budget_thousand_yen"],
        is_new=one["is_new"],
        listed=_offices(one["listed_offices"]),
        offices=_offices(one["offices"]),
        overview=PassageModel(tuple(one["overview"]["paragraphs"]), tuple(one["overview"]["notes"])),
        results=PassageModel(tuple(one["results"]["paragraphs"]), tuple(one["results"]["notes"])),
        metrics=tuple(_metric(metric) for metric in one["metrics"]),
    )


def _offices(found: list[dict[str, Any]]) -> tuple[OfficeModel, ...]:
    return tuple(OfficeModel(one["division"], tuple(one["groups"]), one["bureau"]) for one in found)


def _metric(one: dict[str, Any]) -> MetricModel:
    return MetricModel(
        name=one["name"],
        cells=tuple(_cell(each) for each in one["observations"]),
        label=one["label"],
        note=one["note"],
        part_of=one["part_of"],
        row=one["row"],
        is_total=one["is_total"],
    )


def _cell(one: dict[str, Any]) -> CellModel:
    amounts = tuple(
        AmountModel(str(each["value"]), each["value"], each["unit"], tuple(each["qualifiers"]), each["component"])
        for each in one["quantities"]
    )
    return CellModel(
        amounts,
        period=one["period"],
        period_edtf=one["period_edtf"],
        raw=one["raw"],
        span=len(one["spans"] or [one["fiscal_year"]]),
    )
