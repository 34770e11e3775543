"""No value of a report can change in silence: each leaf of each kind of record, changed alone, is told."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from compare.test_records import data
from extractor.diff.compare import compare_reports
from extractor.records.report import Report

OTHER: dict[str, Any] = {
    "severity": "error",
    "status": "unreadable",
    "aspect": "ongoing",
    "voice": "passive",
    "measure": "target",
    "kind": "time",
    "date": "2026-11-21",
}
# What a record may hold and the report does not: put in, so that there is a leaf to change.
FILLED = {
    **{"bureau": "中南県民局", "part_of": "全体", "period_edtf": "2023", "edtf": "2023-04", "counted": "参加者"},
    **{"contact": "電話 017", "group": "【成果】", "part": "上期", "struck": "11名"},
    **{"previous_budget_thousand_yen": 900, "lower": 1, "upper": 99},
}


def small() -> Any:
    """A report with few records, but every kind, and no field that is always empty."""
    report = data()
    policy = report["policies"][0]
    policy["programmes"] = [policy["programmes"][at] for at in (6, 25)]
    policy["initiatives"] = policy["initiatives"][:2]
    report["findings"] = [
        one | {"pointer": one["pointer"].replace("/25/", "/1/")}
        for one in report["findings"]
        if "/25/" in one["pointer"]
    ]
    report["unplaced"] = [{"text": "注記", "source": report["findings"][0]["source"]}]
    report["corrections"] = [
        {
            "pointer": "/policies/0/programmes/0/name",
            **{"printed": "あ", "correct": "い", "reason": "誤植", "date": "2026-11-20"},
            "source": report["findings"][0]["source"],
        }
    ]
    place = report["findings"][0]["source"]
    for programme in policy["programmes"]:
        programme["sections"] = [{"heading": "課題", "paragraphs": ["人手が足りない。"], "source": place}]
        programme["attributes"] = [{"label": "事業期間", "text": "R4～R6", "source": place}]
        programme["figures"], programme["budget_proofs"] = ["図1 会場"], ["sum"]
        note = {"mark": "注1", "text": "速報値", "source": place}
        metric = programme["metrics"][0]
        for one in programme["overview"]["activities"] + programme["results"]["activities"]:
            one["agent"], one["places"] = one.get("agent") or "受講者", one.get("places") or ["青森市"]
        programme["notes"] = metric["notes"] = metric["observations"][0]["notes"] = [note]
        metric["observations"][0]["proofs"] = ["difference"]
        metric["others"] = [{"head": "増減", "raw": "3名", "source": place}]
    fill(report)
    return report


def fill(value: Any) -> None:
    if isinstance(value, dict):
        for name, text in FILLED.items():
            if name in value:
                value[name] = text
        # A fact names another by its index, a metric another by its name.
        if "counted" in value:
            value["part_of"] = value["range_with"] = 0
        if "raw" in value and value.get("spans", 0) is None:
            value["spans"], value["period"] = [value["fiscal_year"]], "R5.4～"
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        fill(one)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list) and value:
        for name, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(one, (*path, name))
    else:
        yield path


def another(name: Any, value: Any) -> Any:
    """Another value of the same type."""
    if name in OTHER and value != OTHER[name]:
        return OTHER[name]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return f"{value}〓" if isinstance(value, str) else value


def changed(report: Any, path: tuple[Any, ...]) -> Any:
    """The report with one leaf changed, or None where there is nothing to change."""
    other = copy.deepcopy(report)
    holder = other
    for name in path[:-1]:
        holder = holder[name]
    before = holder[path[-1]]
    holder[path[-1]] = another(path[-1], before)
    return None if holder[path[-1]] == before else other


def test_each_leaf_changed_alone_is_told() -> None:
    report = small()
    left = Report.model_validate(report)
    silent, told = [], 0
    for path in leaves(report):
        other = changed(report, path)
        # The Japanese sentence says what the English one says, and a proof says nothing new: neither is a change.
        quiet = {"message_ja", "proofs", "budget_proofs"}
        if other is not None and path != ("source", "kind") and quiet.isdisjoint(path):
            told += 1
            if not compare_reports(left, Report.model_validate(other)).changes:
                silent.append("/".join(map(str, path)))
    assert silent == []
    assert told > 400


@pytest.mark.parametrize("name", ["findings", "unplaced", "case_studies", "corrections"])
def test_each_record_that_is_lost_is_told(name: str) -> None:
    report = small()
    other = copy.deepcopy(report)
    del other[name][0]
    (only,) = compare_reports(Report.model_validate(report), Report.model_validate(other)).changes
    assert (only.kind, only.left_pointer) == ("removed", f"/{name}/0")
