"""Corrections of one edition: applied, said, and never for another value than is printed."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from extractor.errors import CannotRead
from extractor.pipeline import read_report
from extractor.records.report import Report
from extractor.records.to_json import report_json, schema_json
from extractor.runtime.output_files import open_output
from made_up import MadeUp, changed

VALUE = "/policies/0/programmes/1/metrics/0/observations/1"
BASE = {"pointer": VALUE, "printed": "1O名", "correct": "延べ 10名", "reason": "the letter O", "date": "2026-11-20"}


def toml(*corrections: dict[str, Any]) -> str:
    tables = []
    for one in corrections:
        lines = [
            f"{key} = {value if key == 'date' else json.dumps(value, ensure_ascii=False)}" for key, value in one.items()
        ]
        tables.append("\n".join(["[[correction]]", *lines]))
    return "\n\n".join(tables)


def read(folder: Path, text: str) -> Report:
    path = folder / "report.txt"
    path.write_text(MadeUp(blocks=changed(2, rows=("参加者数\t9名\t1O名",))).text(), encoding="utf-8")
    path.with_suffix(".toml").write_text(text, encoding="utf-8")
    return read_report(path)


def test_a_cell_is_read_as_it_should_have_been_printed(tmp_path: Path) -> None:
    report = read(tmp_path, toml(BASE))
    observation = report.policies[0].programmes[1].metrics[0].observations[1]
    assert (observation.raw, observation.status) == ("1O名", "read")
    (quantity,) = observation.quantities
    assert (quantity.value, quantity.unit, quantity.qualifiers) == (10, "名", ("延べ",))
    (finding,) = [one for one in report.findings if one.code == "corrected"]
    assert (finding.pointer, finding.source) == (VALUE, observation.source)
    assert all(word in finding.message for word in ("1O名", "延べ 10名", "the letter O", "2026-11-20"))
    assert [one.code for one in report.findings] == ["corrected"]


def test_the_text_of_a_cell_is_kept_where_the_pointer_leads_to_it(tmp_path: Path) -> None:
    report = read(tmp_path, toml(BASE | {"pointer": f"{VALUE}/raw"}))
    observation = report.policies[0].programmes[1].metrics[0].observations[1]
    assert (observation.raw, observation.quantities[0].value) == ("1O名", 10)


def test_a_budget_that_could_not_be_read_is_put_right_and_adds_up(tmp_path: Path) -> None:
    made = MadeUp()
    path = tmp_path / "report.txt"
    path.write_text(made.text().replace("\t1,000\t", "\t1,O00\t", 1), encoding="utf-8")
    codes = [one.code for one in read_report(path).findings]
    assert {"unreadable-value", "subtotal-mismatch"} <= set(codes)
    budget = "/policies/0/programmes/0/budget_thousand_yen"
    path.with_suffix(".toml").write_text(toml(BASE | {"pointer": budget, "printed": "", "correct": 1000}))
    report = read_report(path)
    assert report.policies[0].programmes[0].budget_thousand_yen == 1000
    assert {one.code for one in report.findings} == {"corrected"}


@pytest.mark.parametrize(
    ("pointer", "printed", "right"),
    [
        ("/policies/0/programmes/0/budget_thousand_yen", 1000, 1200),
        ("/policies/0/programmes/0/name", "港の学び舎運営事業", "港の学び舎事業"),
        ("/policies/0/programmes/2/is_new", True, False),
        ("/policies/0/programmes/3/results/paragraphs/0", "温泉地若手経営者支援事業を進めた。", "進めた。"),
        ("/policies/0/programmes/3/offices/0/division", "観光課", "観光振興課"),
    ],
)
def test_any_printed_value_can_be_put_right(pointer: str, printed: Any, right: Any, tmp_path: Path) -> None:
    report = read(tmp_path, toml(BASE | {"pointer": pointer, "printed": printed, "correct": right}))
    value: Any = json.loads(report.model_dump_json())
    for step in pointer.split("/")[1:]:
        value = value[int(step) if step.isdigit() else step]
    assert value == right
    (finding,) = [one for one in report.findings if one.code == "corrected"]
    assert finding.source


def test_the_record_keeps_what_was_printed(tmp_path: Path) -> None:
    """Each correction in the order of the file, with its place; and the output fits its schema."""
    name = BASE | {"pointer": "/policies/0/programmes/3/name", "printed": "温泉地若手経営者支援事業", "correct": "別名"}
    budget = BASE | {"pointer": "/policies/0/programmes/0/budget_thousand_yen", "printed": 1000, "correct": 1200}
    report = read(tmp_path, toml(name, BASE, budget))
    data = json.loads(report_json(report))
    assert list(data)[-1] == "corrections"
    assert [{key: one[key] for key in BASE} for one in data["corrections"]] == [name, BASE, budget]
    programmes = report.policies[0].programmes
    assert [one.source for one in report.corrections] == [
        programmes[3].sources.name,
        programmes[1].metrics[0].observations[1].source,
        programmes[0].sources.budget_thousand_yen,
    ]
    Draft202012Validator(json.loads(schema_json())).validate(data)
    path = tmp_path / "output.json"
    path.write_text(report_json(report), encoding="utf-8")
    assert open_output(path).report == report


def test_a_correction_is_for_the_edition_whose_hash_it_has(tmp_path: Path) -> None:
    """In another one a row was put in above, and the same value stands where the other stood: it is not put right."""
    path = tmp_path / "report.txt"
    rows = ("参加者数\t9名\t1O名", "修了者数\t9名\t1O名")
    path.write_text(MadeUp(blocks=changed(2, rows=rows)).text(), encoding="utf-8")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    path.with_suffix(".toml").write_text(toml(BASE | {"sha256": sha256}), encoding="utf-8")
    report = read_report(path)
    (one,) = report.corrections
    assert (one.pointer, "sha256" in one.model_dump()) == (VALUE, False)
    path.write_text(MadeUp(blocks=changed(2, rows=rows[::-1])).text(), encoding="utf-8")
    with pytest.raises(CannotRead, match="another edition") as caught:
        read_report(path)
    assert caught.value.status == "stale-correction"
    path.with_suffix(".toml").write_text(toml(BASE), encoding="utf-8")
    assert [one.pointer for one in read_report(path).corrections] == [VALUE]


def test_without_corrections_there_is_no_such_key(tmp_path: Path) -> None:
    report = MadeUp().read(tmp_path)
    assert report.corrections == ()
    assert "corrections" not in json.loads(report_json(report))


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        (toml(BASE | {"printed": "10名"}), "stale-correction", "1O名"),
        (toml(BASE | {"sha256": "0" * 64}), "stale-correction", "another edition"),
        (toml(BASE | {"sha256": "0"}), "bad-corrections", "sha256"),
        (toml(BASE | {"sha256": 5}), "bad-corrections", "sha256"),
        (toml(BASE | {"pointer": "/policies/7/title"}), "stale-correction", "points to nothing"),
        (toml(BASE | {"pointer": "/policies/0/programmes/0/name/x"}), "stale-correction", "points to nothing"),
        (toml(BASE | {"pointer": "/findings/0/message"}), "bad-corrections", "/findings/0"),
        (toml(BASE, BASE | {"pointer": "/corrections/0/reason"}), "bad-corrections", "/corrections/0"),
        (toml(BASE | {"pointer": ""}), "bad-corrections", "pointer"),
        (toml(BASE | {"correct": "十数名"}), "bad-corrections", "十数名"),
        (toml(BASE | {"correct": "▲マイナス2名"}), "bad-corrections", "two signs"),
        (toml(BASE | {"correct": "?2名"}), "bad-corrections", "?2名"),
        (toml(BASE | {"pointer": "/policies/0/number", "printed": 2, "correct": "two"}), "bad-corrections", "number"),
        (toml({key: value for key, value in BASE.items() if key != "reason"}), "bad-corrections", "reason"),
        (toml(BASE | {"why": "x"}), "bad-corrections", "why"),
        ("[[correction]\n", "bad-corrections", "report.toml"),
    ],
)
def test_what_does_not_fit_stops_the_report_in_one_line(text: str, status: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(CannotRead) as caught:
        read(tmp_path, text)
    assert caught.value.status == status
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_without_a_neighbour_nothing_is_corrected(tmp_path: Path) -> None:
    assert [one.code for one in MadeUp().read(tmp_path).findings] == []


def corrected(folder: Path, head: str, rows: tuple[str, ...], at: int, printed: str, right: str) -> Any:
    """The observation of the first row, put right."""
    path = folder / "report.txt"
    path.write_text(MadeUp(blocks=changed(2, head=head, rows=rows)).text(), encoding="utf-8")
    pointer = f"/policies/0/programmes/1/metrics/0/observations/{at}"
    one = BASE | {"pointer": pointer, "printed": printed, "correct": right}
    path.with_suffix(".toml").write_text(toml(one), encoding="utf-8")
    report = read_report(path)
    return report.policies[0].programmes[1].metrics[0].observations[at]


YEARS = "項目名\t5年度\t6年度"
GOALS = "項目名\t6年度目標\t6年度実績"


@pytest.mark.parametrize(
    ("head", "rows", "at", "printed", "right", "read_as"),
    [
        (YEARS, ("参加者数（人）\t9\t13",), 1, "13", "12", [((), 12, "人", None)]),
        (YEARS, ("参加者数（人）\t9\t1O",), 1, "1O", "10", [((), 10, "人", None)]),
        (
            "項目名（単位：千円）\t5年度\t6年度",
            ("補助金額\t900\t1,O00",),
            1,
            "1,O00",
            "1,000",
            [((), 1000000, "円", None)],
        ),
        ("項目名\t単位\t5年度\t6年度", ("融資額\t百万円\t9\t13",), 1, "13", "12.5", [((), 12500000, "円", None)]),
        (GOALS, ("参加者数\t13名\t9名",), 0, "13名", "12名", [(("目標",), 12, "名", None)]),
        (YEARS, ("参加者の増減\t9名\t2名",), 1, "2名", "マイナス2名", [((), -2, "名", None)]),
        (GOALS, ("参加者の増減\t3名\t2名",), 0, "3名", "減 約3名", [(("目標", "約"), -3, "名", None)]),
        (GOALS, ("参加者数\t1O名\t9名", "応募者数\t5名\t4名"), 0, "1O名", "10名", [(("目標",), 10, "名", None)]),
        (GOALS, ("参加者数\t10名\t9O名", "応募者数\t5名\t4名"), 1, "9O名", "90名", [((), 90, "名", None)]),
        (GOALS, ("参加者数\t1O名\t9名",), 0, "1O名", "目標 10名", [(("目標",), 10, "名", None)]),
        (
            YEARS,
            ("入校者数・就職者数\t9名、3名\t1O名、4名",),
            1,
            "1O名、4名",
            "10名、4名",
            [((), 10, "名", "入校者数"), ((), 4, "名", "就職者数")],
        ),
    ],
)
def test_a_corrected_cell_keeps_what_its_row_and_column_say(
    head: str, rows: tuple[str, ...], at: int, printed: str, right: str, read_as: list[Any], tmp_path: Path
) -> None:
    one = corrected(tmp_path, head, rows, at, printed, right)
    assert [(each.qualifiers, each.value, each.unit, each.component) for each in one.quantities] == read_as


@pytest.mark.parametrize(
    ("head", "row", "at", "printed", "right"),
    [
        # Nothing tells whether this is the column of goals, or what an only figure counts.
        (GOALS, "参加者数\t1O名\t9名", 0, "1O名", "10名"),
        ("項目名\t6年度（人）", "参加者数\t1O", 0, "1O", "10"),
    ],
)
def test_what_the_records_do_not_tell_of_a_cell_must_be_said(
    head: str, row: str, at: int, printed: str, right: str, tmp_path: Path
) -> None:
    with pytest.raises(CannotRead) as caught:
        corrected(tmp_path, head, (row,), at, printed, right)
    assert caught.value.status == "bad-corrections"


def test_the_time_in_a_corrected_cell_is_that_of_its_right_text(tmp_path: Path) -> None:
    row = ("参加者数\t9名\t13名(4月～9月)",)
    one = corrected(tmp_path, YEARS, row, 1, "13名(4月～9月)", "10名(8月～10月)")
    assert (one.period, one.period_edtf) == ("8月～10月", "2024-08/2024-10")
    assert corrected(tmp_path, YEARS, row, 1, "13名(4月～9月)", "10名").period is None
    one = corrected(tmp_path, YEARS, ("会員数（R7.3.31現在）\t9者\t1O者",), 1, "1O者", "10者")
    assert one.period_edtf == "2025-03-31"


def renamed(folder: Path, rows: tuple[str, ...], printed: str, right: str) -> Any:
    path = folder / "report.txt"
    path.write_text(MadeUp(blocks=changed(2, rows=rows)).text(), encoding="utf-8")
    pointer = "/policies/0/programmes/1/metrics/0/name"
    path.with_suffix(".toml").write_text(
        toml(BASE | {"pointer": pointer, "printed": printed, "correct": right}), encoding="utf-8"
    )
    return read_report(path).policies[0].programmes[1].metrics


def test_what_is_made_of_a_metrics_name_is_made_of_the_right_one(tmp_path: Path) -> None:
    first, second = renamed(
        tmp_path,
        ("参加者の敷\t9名、3名\t10名、4名", "（うち県外）\t2名\t3名"),
        "参加者の敷",
        "入校者数・就職者数（延べ）",
    )
    assert (first.label, first.note, first.part_of) == ("入校者数・就職者数", "延べ", None)
    assert [each.component for one in first.observations for each in one.quantities] == ["入校者数", "就職者数"] * 2
    assert second.part_of == "入校者数・就職者数"
    (part,) = renamed(tmp_path, ("参加者数\t9名\t10名",), "参加者数", "参加者数のうち県外")
    assert part.part_of == "参加者数"


def test_a_name_whose_note_counts_the_figures_keeps_it(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="unit"):
        renamed(tmp_path, ("参加者数（人）\t9\t10",), "参加者数（人）", "参加者数（社）")
    (one,) = renamed(tmp_path, ("参加者の敷（人）\t9\t10",), "参加者の敷（人）", "参加者数（人）")
    assert one.label == "参加者数"


BUDGET = "/policies/0/programmes/0/budget_thousand_yen"
NEW = "/policies/0/programmes/2/is_new"


@pytest.mark.parametrize(
    ("one", "status", "said"),
    [
        ({"pointer": "/policies/²/title"}, "stale-correction", "points to nothing"),
        ({"pointer": f"/policies/{'9' * 5000}"}, "stale-correction", "points to nothing"),
        ({"pointer": VALUE.replace("0", "٠")}, "stale-correction", "points to nothing"),
        ({"pointer": VALUE.replace("/1", "/01")}, "stale-correction", "points to nothing"),
        ({"pointer": "/policies/0/title/0", "printed": "地"}, "stale-correction", "points to nothing"),
        ({"pointer": "/policies/0/title/raw", "printed": "地"}, "stale-correction", "points to nothing"),
        ({"pointer": "/raw"}, "stale-correction", "points to nothing"),
        ({"pointer": BUDGET, "printed": 1000, "correct": True}, "bad-corrections", "true"),
        ({"pointer": BUDGET, "printed": 1000, "correct": "1200"}, "bad-corrections", "1200"),
        ({"pointer": BUDGET, "printed": 1000, "correct": 1200.0}, "bad-corrections", "correct"),
        ({"pointer": NEW, "printed": True, "correct": 0}, "bad-corrections", "another type"),
        ({"pointer": NEW, "printed": True, "correct": "no"}, "bad-corrections", "another type"),
        ({"correct": 10}, "bad-corrections", "whole text"),
        ({"date": 0}, "bad-corrections", "date"),
        ({"pointer": f"{VALUE}/status", "printed": "unreadable", "correct": "absent"}, "bad-corrections", "no place"),
        ({"pointer": "/report/fiscal_year", "printed": 2024, "correct": 2023}, "bad-corrections", "no place"),
    ],
)
def test_a_correction_says_a_printed_value_by_its_place_and_type(
    one: dict[str, Any], status: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(CannotRead) as caught:
        read(tmp_path, toml(BASE | one))
    assert (caught.value.status, said in str(caught.value)) == (status, True)


@pytest.mark.parametrize("other", [VALUE, f"{VALUE}/raw"])
def test_one_value_is_corrected_once(other: str, tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="corrected twice"):
        read(tmp_path, toml(BASE, BASE | {"pointer": other, "correct": "11名"}))


def test_a_date_may_be_a_text_and_an_amount_be_put_right_by_itself(tmp_path: Path) -> None:
    amount = f"{VALUE[:-1]}0/quantities/0/value"
    text = toml(BASE | {"pointer": amount, "printed": 9, "correct": 8}).replace("2026-11-20", '"2026-11-20"')
    observation = read(tmp_path, text).policies[0].programmes[1].metrics[0].observations[0]
    assert (observation.raw, observation.quantities[0].value) == ("9名", 8)


def test_nothing_may_be_right_where_something_is_printed(tmp_path: Path) -> None:
    report = read(tmp_path, toml(BASE | {"pointer": BUDGET, "printed": 1000, "correct": ""}))
    assert report.policies[0].programmes[0].budget_thousand_yen is None
    with pytest.raises(CannotRead, match="recursion"):
        read(tmp_path, "a = " + "[" * 3000)
