"""What the extractor reads against what a person read from the pages, leaf by leaf (hand_read/README.md)."""

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from reports import HERE, report_of

FOLDER = HERE / "hand_read"
PROGRAMMES = sorted(FOLDER.glob("*/[0-9][0-9].toml"))
DASHES = re.compile("[‐-―−－—ー]")


def text(value: str) -> str:
    """An eye cannot tell widths and blanks apart, nor one dash from another that stands alone."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", value))
    return DASHES.sub("-", plain) if len(plain) == 1 else plain


def texts(values: Any) -> list[str]:
    return [text(value) for value in values]


def offices(values: Any) -> list[tuple[str, list[str], str]]:
    return [(text(one["division"]), texts(one["groups"]), text(one["bureau"] or "")) for one in values]


def quantity(one: dict[str, Any]) -> tuple[Any, ...]:
    return (float(one["value"]), one["unit"], list(one["qualifiers"]), text(one["component"] or ""))


def observation(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "fiscal_year": one["fiscal_year"],
        "spans": list(one["spans"] or []),
        "raw": text(one["raw"]),
        "status": one["status"],
        "period": text(one["period"] or ""),
        "period_edtf": one["period_edtf"] or "",
        "quantities": [quantity(each) for each in one["quantities"]],
    }


def metric(one: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: text(one[name] or "") for name in ("name", "label", "note", "part_of")},
        "row": one["row"],
        "is_total": one["is_total"],
        "observations": [observation(each) for each in one["observations"]],
    }


def programme(one: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: one[name] for name in ("number", "budget_thousand_yen", "is_new", "page_label")},
        "name": text(one["name"]),
        "listed_offices": offices(one["listed_offices"]),
        "offices": offices(one["offices"]),
        **{
            name: {"paragraphs": texts(one[name]["paragraphs"]), "notes": texts(one[name]["notes"])}
            for name in ("overview", "results")
        },
        "metrics": [metric(each) for each in one.get("metrics", [])],
    }


def numbered(report: dict[str, Any], number: int) -> dict[str, Any]:
    (found,) = [one for policy in report["policies"] for one in policy["programmes"] if one["number"] == number]
    return dict(found)


def toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_enough_is_hand_read() -> None:
    numbers = {int(path.stem) for path in PROGRAMMES if path.parent.name == "aomori-sme-2023"}
    assert numbers >= {1, 2, 3, 6, 9, 15, 20, 22, 23, 24, 30, 31, 33, 37}
    assert len(numbers) >= 15


@pytest.mark.parametrize("path", PROGRAMMES, ids=[f"{path.parent.name}-{path.stem}" for path in PROGRAMMES])
def test_programme_is_what_the_page_shows(path: Path) -> None:
    typed = toml(path)
    assert programme(numbered(report_of(f"{path.parent.name}.pdf"), typed["number"])) == programme(typed)


def test_list_is_what_the_page_shows() -> None:
    typed = toml(FOLDER / "aomori-sme-2023" / "report.toml")
    (policy,) = report_of("aomori-sme-2023.pdf")["policies"]
    read = [
        (
            one["number"],
            text(one["name"]),
            one["budget_thousand_yen"],
            one["is_new"],
            offices(one["listed_offices"]),
            one["page_label"],
        )
        for one in policy["programmes"]
    ]
    assert read == [
        (
            one["number"],
            text(one["name"]),
            one["budget_thousand_yen"],
            one["is_new"],
            offices(one["offices"]),
            one["page_label"],
        )
        for one in typed["list"]
    ]


def test_head_and_overview_are_what_the_page_shows() -> None:
    typed = toml(FOLDER / "aomori-sme-2023" / "report.toml")
    report = report_of("aomori-sme-2023.pdf")
    (policy,) = report["policies"]
    assert text(report["report"]["title"]) == text(typed["title"])
    assert report["report"]["fiscal_year"] == typed["fiscal_year"]
    assert text(report["report"]["fiscal_year_label"]) == text(typed["fiscal_year_label"])
    assert (policy["number"], text(policy["title"])) == (typed["policy"]["number"], text(typed["policy"]["title"]))
    assert policy["subtotal_thousand_yen"] == typed["policy"]["subtotal_thousand_yen"]
    assert texts(policy["overview"]) == texts(typed["policy"]["overview"])
    assert [(text(one["heading"]), texts(one["paragraphs"])) for one in policy["initiatives"]] == [
        (text(one["heading"]), texts(one["paragraphs"])) for one in typed["policy"]["initiatives"]
    ]


def test_case_study_is_what_the_page_shows() -> None:
    typed = toml(FOLDER / "aomori-sme-2023" / "report.toml")["case_study"]
    report = report_of("aomori-sme-2023.pdf")
    (case,) = report["case_studies"]
    assert text(case["title"]) == text(typed["title"])
    assert case["programme_id"] == numbered(report, typed["programme_number"])["id"]
    assert texts(case["figures"]) == texts(typed["figures"])
    parts = ("profile", "story")
    assert [
        (text(one["name"]), text(one["municipality"]), *(texts(one[part]) for part in parts))
        for one in case["subjects"]
    ] == [
        (text(one["name"]), text(one["municipality"]), *(texts(one[part]) for part in parts))
        for one in typed["subjects"]
    ]
