"""How much a report holds, against what a person counted on its pages."""

import json
from pathlib import Path

import pytest

from extractor.errors import CannotRead
from extractor.pipeline import read_report
from extractor.records.report import Finding, Report
from made_up import MadeUp
from reports import RAW
from test_correct import BASE, toml

# Five programmes with a row each, in one chapter.
RIGHT = {"policies": 1, "programmes": 5, "metrics": 5, "case_studies": 0}


def expecting(**counts: object) -> str:
    return "\n".join(["[expected]", *(f"{name} = {json.dumps(count)}" for name, count in counts.items()), ""])


def read(folder: Path, text: str) -> Report:
    path = folder / "report.txt"
    path.write_text(MadeUp().text(), encoding="utf-8")
    path.with_suffix(".toml").write_text(text, encoding="utf-8")
    return read_report(path)


def said(report: Report) -> list[Finding]:
    return [one for one in report.findings if one.code == "expected-count"]


@pytest.mark.parametrize("text", ["", "[expected]\n", expecting(**RIGHT), expecting(programmes=5)])
def test_what_is_as_expected_is_not_said(text: str, tmp_path: Path) -> None:
    assert read(tmp_path, text).findings == ()


@pytest.mark.parametrize(
    ("name", "count", "message", "pointer"),
    [
        ("policies", 2, "policies: 2 are expected, and the report holds 1", "/policies"),
        ("programmes", 6, "programmes: 6 are expected, and the report holds 5", "/policies"),
        ("metrics", 0, "metrics: 0 are expected, and the report holds 5", "/policies"),
        ("case_studies", 1, "case studies: 1 are expected, and the report holds 0", "/case_studies"),
    ],
)
def test_another_number_is_an_error(name: str, count: int, message: str, pointer: str, tmp_path: Path) -> None:
    report = read(tmp_path, expecting(**RIGHT | {name: count}))
    (one,) = said(report)
    assert (one.severity, one.message, one.pointer) == ("error", message, pointer)
    assert one.source == report.policies[0].source != ()


def test_a_programme_that_is_lost_is_missed(tmp_path: Path) -> None:
    """List and block are both gone: the report says nothing against itself."""
    whole = MadeUp()
    path = tmp_path / "report.txt"
    rest = [one for one in whole.rows if one.number != 5]
    path.write_text(MadeUp(rows=tuple(rest), blocks=tuple(rest)).text(), encoding="utf-8")
    assert read_report(path).findings == ()
    path.with_suffix(".toml").write_text(expecting(**RIGHT), encoding="utf-8")
    assert {one.message.split(":")[0] for one in read_report(path).findings} == {"programmes", "metrics"}


def test_the_case_study_is_where_case_studies_stand(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes((RAW / "aomori-sme-2023-transcript.txt").read_bytes())
    path.with_suffix(".toml").write_text(expecting(programmes=37, metrics=108, case_studies=2), encoding="utf-8")
    report = read_report(path)
    (one,) = said(report)
    assert one.source == report.case_studies[0].source


def test_corrections_stand_beside(tmp_path: Path) -> None:
    name = {"pointer": "/policies/0/programmes/0/name", "printed": "港の学び舎運営事業", "correct": "港の学び舎"}
    report = read(tmp_path, expecting(programmes=4) + toml(BASE | name))
    assert [one.code for one in report.findings] == ["expected-count", "corrected"]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (expecting(programmes="5"), "expected.programmes"),
        (expecting(programmes=-1), "expected.programmes"),
        (expecting(programmes=True), "expected.programmes"),
        (expecting(programmes=5.0), "expected.programmes"),
        (expecting(pages=5), "expected.pages"),
        ("expected = 5\n", "expected"),
    ],
)
def test_what_is_no_count_stops_the_report(text: str, where: str, tmp_path: Path) -> None:
    with pytest.raises(CannotRead) as caught:
        read(tmp_path, text)
    assert caught.value.status == "bad-corrections"
    assert f"report.toml: {where}: " in str(caught.value)
    assert "\n" not in str(caught.value)
