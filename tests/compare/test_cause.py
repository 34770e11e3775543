"""Why two outputs differ."""

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.diff.cause import find_causes
from extractor.diff.compare import add_causes, compare_reports
from extractor.records.comparison import Cause, Comparison
from extractor.records.report import Report
from extractor.runtime.fingerprint import make_fingerprint
from reports import GOLDEN


def report(**source: Any) -> Report:
    data = json.loads((GOLDEN / "aomori-sme-2023.json").read_text(encoding="utf-8"))
    data["source"] |= source
    data["policies"][0]["programmes"][0]["budget_thousand_yen"] = len(source) + 1
    return Report.model_validate(data)


NOW = make_fingerprint("aomori-sme")
GOLDEN_REPORT = Report.model_validate_json(Path(GOLDEN / "aomori-sme-2023.json").read_bytes())


def comparison(**source: Any) -> Comparison:
    return compare_reports(GOLDEN_REPORT, report(**source))


@pytest.mark.parametrize(
    ("then", "why"),
    [
        (None, ("unknown",)),
        (NOW, ("unknown",)),
        (NOW | {"program": "0.0"}, ("rules",)),
        (NOW | {"rules": "0"}, ("rules",)),
        (NOW | {"profile": None}, ("rules",)),
        (NOW | {"libraries": {}}, ("library",)),
        (NOW | {"language": None}, ("library",)),
        (NOW | {"python": "3.0", "rules": "0"}, ("rules", "library")),
    ],
)
def test_cause_is_what_differs_in_what_read_them(then: dict[str, Any] | None, why: tuple[Cause, ...]) -> None:
    assert find_causes(comparison(), then, NOW) == find_causes(comparison(), NOW, then) == why
    said = add_causes(comparison(), then, NOW)
    assert said.causes == why
    assert {one.cause for one in said.changes} == {why[0]}


def test_another_source_comes_first() -> None:
    other = comparison(sha256="0" * 64)
    assert find_causes(other, None, NOW) == ("source",)
    assert find_causes(other, NOW | {"python": "3.0", "rules": "0"}, NOW) == ("source", "rules", "library")


def test_without_a_change_there_is_no_cause() -> None:
    said = add_causes(compare_reports(GOLDEN_REPORT, GOLDEN_REPORT), NOW | {"rules": "0"}, NOW)
    assert (said.causes, said.changes) == ((), ())


def test_pure_comparison_says_no_cause() -> None:
    assert {one.cause for one in comparison().changes} == {None}
