"""Reports of a made-up prefecture, year by year, for tests of what becomes of programmes."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from extractor.records.report import Report

# Of a metric: its name, and what is printed by fiscal year ("12名", "-"); (2021, 2022) for a cell over both.
Table = dict[str, dict[int | tuple[int, ...], str]]


HOME = "030007"


@dataclass(frozen=True)
class Made:
    """A programme as a report may print it."""

    name: str | None
    overview: str = ""
    results: str = ""
    metrics: Table = field(default_factory=dict)
    divisions: Sequence[str] = ("福祉政策課",)
    budget: int | None = 1_000
    is_new: bool | None = False

    def but(self, **changes: Any) -> "Made":
        return replace(self, **changes)


def report(year: int, programmes: Sequence[Made], *, prefecture: str = HOME) -> Report:
    """A report of one chapter, its programmes numbered in order."""
    chapter = {
        "id": f"{year}-1",
        "number": 1,
        "title": "安心して暮らせる地域づくり",
        "overview": [],
        "initiatives": [],
        "subtotal_thousand_yen": None,
        "programmes": [_programme(year, number, one) for number, one in enumerate(programmes, 1)],
        "source": [],
    }
    return Report.model_validate(
        {
            "source": {"file": f"made-{prefecture}-{year}.pdf", "sha256": f"{year:064}", "kind": "pdf", "pages": 9},
            "report": {
                "id": f"{'made' if prefecture == HOME else prefecture}-{year}",
                "title": "福祉の取組",
                "jurisdiction": {"code": prefecture, "name": f"県{prefecture}"},
                "fiscal_year": year,
                "fiscal_year_label": f"令和{year - 2018}年度",
            },
            "policies": [chapter],
            "case_studies": [],
            "findings": [],
            "unplaced": [],
        }
    )


def _programme(year: int, number: int, made: Made) -> dict[str, Any]:
    offices: list[dict[str, Any]] = [{"division": one, "groups": [], "bureau": None} for one in made.divisions]
    here = [{"page": number, "page_label": None, "bbox": (0, 0, 1, 1)}]
    names = ("name", "budget_thousand_yen", "is_new", "page_label", "listed_offices", "offices")
    metrics = enumerate(made.metrics.items(), 1)
    return {
        "id": f"{year}-1-{number:02}",
        "number": number,
        "name": made.name,
        "budget_thousand_yen": made.budget,
        "is_new": made.is_new,
        "page_label": None,
        "listed_offices": offices,
        "offices": offices,
        "overview": _passage(made.overview),
        "results": _passage(made.results),
        "metrics": [_metric(f"{year}-1-{number:02}-m{at}", name, values) for at, (name, values) in metrics],
        "source": here,
        "sources": dict.fromkeys(names, here),
    }


def _passage(text: str) -> dict[str, Any]:
    paragraphs = [text] if text else []
    return {"paragraphs": paragraphs, "notes": [], "facts": [], "activities": [], "source": []}


def _metric(name_id: str, name: str, values: dict[int | tuple[int, ...], str]) -> dict[str, Any]:
    label, _, note = name.partition("（")
    return {
        "id": name_id,
        "name": name,
        "label": label,
        "note": note.rstrip("）") or None,
        "part_of": None,
        "row": 1,
        "is_total": False,
        "observations": [_observation(when, raw) for when, raw in values.items()],
        "source": [],
    }


def _observation(when: int | tuple[int, ...], raw: str) -> dict[str, Any]:
    """Printed as 120名, or 120名(R3.6～) with a period."""
    amount, _, period = raw.partition("(")
    digits = "".join(sign for sign in amount if sign.isdigit())
    return {
        "fiscal_year": when if isinstance(when, int) else when[0],
        "spans": None if isinstance(when, int) else when,
        "raw": raw,
        "status": "read" if digits else "absent",
        "quantities": [{"value": int(digits), "unit": amount.lstrip("0123456789,")}] if digits else [],
        "period": period.rstrip(")") or None,
        "period_edtf": None,
        "source": [],
    }
