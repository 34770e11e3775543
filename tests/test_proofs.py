"""Proofs: what confirms a value besides the reading is said at it, and nothing else is."""

from pathlib import Path

import pytest

from extractor.checks.engines import compare_engines
from extractor.checks.proofs import prove_by_ink, prove_corrected
from extractor.diff.compare import compare_reports
from extractor.document.geometry import Box
from extractor.document.page import Character
from extractor.pipeline import read_report
from extractor.records.messages import report_finding
from extractor.records.proofs import PROOFS, Proof, add_proofs
from extractor.records.report import Finding, Programme, Report
from extractor.records.walk import list_programmes
from made_up import MadeUp, changed

HEAD = "項目\t5年度\t6年度"


def read(folder: Path, *rows: str, head: str = HEAD) -> Programme:
    report = MadeUp(blocks=changed(1, head=head, rows=rows)).read(folder)
    return list_programmes(report)[0]


def proofs(programme: Programme) -> list[str]:
    """The proofs of each row, its values apart."""
    return [" ".join("+".join(seen.proofs) or "-" for seen in metric.observations) for metric in programme.metrics]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (("県内\t1社\t2社", "県外\t3社\t4社", "計\t4社\t6社"), ["sum sum"] * 3),
        (("県内\t1社\t2社", "県外\t3社\t4社", "計\t4社\t7社"), ["sum -"] * 3),
        (("計\t4社\t6社", "県内\t1社\t2社", "県外\t3社\t4社"), ["sum sum"] * 3),
        (("甲\t1社\t2社", "乙\t3社\t－", "小計\t4社\t2社", "丙\t5社\t1社", "丁\t1社\t1社", "小計\t6社\t2社",
          "合計\t10社\t4社"), ["sum sum"] * 7),
        # A total of one row adds nothing up, amounts in two units cannot be added, nor can rates.
        (("県内\t1社\t2社", "計\t1社\t2社"), ["- -"] * 2),
        (("県内\t1社\t2社", "参加者\t3名\t4名", "計\t4社\t6社"), ["- -"] * 3),
        (("県内\t10%\t20%", "県外\t30%\t40%", "計\t40%\t60%"), ["- -"] * 3),
        (("県内\t1社\t", "県外\t3社\t4社", "計\t4社\t4社"), ["sum -"] * 3),
        # 3年度 of a part is not held against 4年度 of its whole.
        (("訪問数\t10社\t12社", "訪問数のうち県外\t4社\t13社"), ["whole -", "whole -"]),
        (("訪問数\t10社\t12社", "訪問数のうち県外\t4名\t5名"), ["- -", "- -"]),
    ],
)  # fmt: skip
def test_totals_and_parts_prove_what_they_agree_with(rows: tuple[str, ...], told: list[str], tmp_path: Path) -> None:
    assert proofs(read(tmp_path, *rows)) == told


@pytest.mark.parametrize(
    ("head", "row", "told"),
    [
        ("項目\t5年度\t6年度\t増減", "訪問数\t10社\t12社\t2社", "change change"),
        ("項目\t5年度\t6年度\t増減", "訪問数\t10社\t12社\t3社", "- -"),
        ("項目\t4年度\t5年度\t6年度\t前年度比", "訪問数\t5社\t10社\t12社\t120%", "- change change"),
        ("項目\tR6目標\tR6実績\t達成率", "訪問数\t30社\t25社\t83%", "change change"),
        ("項目\t4年度\t5年度\t6年度\t計", "訪問数\t1社\t2社\t4社\t7社", "sum sum sum"),
        ("項目\t6年度上期\t6年度下期\t6年度計", "訪問数\t1社\t2社\t3社", "sum sum sum"),
        ("項目\t6年度上期\t6年度下期\t6年度計", "登録数\t3社\t4社\t4社", "- - -"),
    ],
)
def test_columns_beside_prove_the_values_that_give_them(head: str, row: str, told: str, tmp_path: Path) -> None:
    assert proofs(read(tmp_path, row, head=head)) == [told]


def test_a_head_that_mostly_disagrees_proves_nothing(tmp_path: Path) -> None:
    rows = [f"訪問数{sign}\t10社\t12社\t{'2社' if sign == '甲' else '5社'}" for sign in "甲乙丙丁戊己庚"]
    told = proofs(read(tmp_path, *rows, head=f"{HEAD}\t増減"))
    assert set(told) == {"- -"}


@pytest.mark.parametrize(("subtotal", "told"), [("sum", ("sum",)), ("5,001", ()), (None, ())])
def test_the_total_of_a_list_proves_its_budgets(subtotal: str | None, told: tuple[str, ...], tmp_path: Path) -> None:
    report = MadeUp(subtotal=subtotal).read(tmp_path)
    assert {one.budget_proofs for one in list_programmes(report)} == {told}


def test_ink_proves_what_no_doubt_points_to_on_pages_that_were_drawn(tmp_path: Path) -> None:
    data = MadeUp().read(tmp_path).model_dump(mode="json")
    values = data["policies"][0]["programmes"][0]["metrics"][0]["observations"]
    for value, page in zip(values, (1, 2), strict=True):
        value["source"] = [{"page": page, "page_label": None, "bbox": [10.0, 10.0, 100.0, 40.0]}]
    report = Report.model_validate(data)
    pointers = [f"/policies/0/programmes/0/metrics/0/observations/{index}" for index in (0, 1)]
    assert list(prove_by_ink(report, (), (1, 2))) == [Proof(pointer, "ink") for pointer in pointers]
    assert list(prove_by_ink(report, (), (2,))) == [Proof(pointers[1], "ink")]
    doubt = report_finding("unread-ink.cell", pointers[0], ())
    assert list(prove_by_ink(report, [doubt], (1, 2))) == [Proof(pointers[1], "ink")]
    values[0]["source"][0]["recognised"] = True
    assert list(prove_by_ink(Report.model_validate(data), (), (1, 2))) == [Proof(pointers[1], "ink")]


def test_the_second_engine_proves_figures_dashes_and_blanks_that_it_reads_alike(tmp_path: Path) -> None:
    report = MadeUp(blocks=changed(1, rows=("参加者数\t10名\t－",))).read(tmp_path)
    data = report.model_dump(mode="json")
    programme = data["policies"][0]["programmes"][0]
    values = programme["metrics"][0]["observations"]
    for top, source in ((10.0, values[0]), (50.0, values[1]), (90.0, programme["sources"])):
        field = "source" if source is not programme["sources"] else "budget_thousand_yen"
        source[field] = [{"page": 1, "page_label": None, "bbox": [0.0, top, 100.0, top + 20]}]
    report = Report.model_validate(data)

    def confirm(*texts: str) -> list[str]:
        printed = [
            Character(sign, Box(10 + 6 * at, top, 15 + 6 * at, top + 8))
            for top, text in zip((15.0, 55.0, 95.0), texts, strict=True)
            for at, sign in enumerate(text)
        ]
        said = compare_engines(report, {1: printed})
        return [one.pointer.removeprefix("/policies/0/programmes/0/") for one in said if isinstance(one, Proof)]

    first, second, budget = "metrics/0/observations/0", "metrics/0/observations/1", "budget_thousand_yen"
    assert confirm("10名", "－", "1,000") == [first, second, budget]
    assert confirm("10名", "7", "1,000千円") == [first, budget]
    assert confirm("16名", "－", "1,000,000円") == [second, budget]
    # The amount is in what the engine reads, and something else with it: that is no proof.
    assert confirm("10名9", "", "11,000") == []


def test_a_corrected_budget_is_not_held_against_its_print(tmp_path: Path) -> None:
    data = MadeUp().read(tmp_path).model_dump(mode="json")
    programme = data["policies"][0]["programmes"][0]
    place = [{"page": 1, "page_label": None, "bbox": [0.0, 0.0, 100.0, 20.0]}]
    programme["sources"]["budget_thousand_yen"] = place
    printed = {1: [Character(sign, Box(10 + 6 * at, 5, 15 + 6 * at, 13)) for at, sign in enumerate("2000")]}
    assert [one.code for one in compare_engines(Report.model_validate(data), printed) if isinstance(one, Finding)] == [
        "engines-disagree"
    ]
    pointer = "/policies/0/programmes/0/budget_thousand_yen"
    said = {"pointer": pointer, "printed": 2000, "correct": 1000, "reason": "誤植", "date": "2026-11-20"}
    data["corrections"] = [said | {"source": place}]
    report = Report.model_validate(data)
    assert list(compare_engines(report, printed)) == []
    # What says something of its print says nothing of it, a sum does.
    proofs = [Proof(pointer, kind) for kind in PROOFS[:-1]]
    kept = [one.kind for one in prove_corrected(report, proofs) if one.pointer == pointer]
    assert kept == ["sum", "whole", "prose", "edition", "hand"]


def test_what_a_person_corrected_is_proved_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "made-up.txt"
    path.write_text(MadeUp().text(), encoding="utf-8")
    place = "/policies/0/programmes/0"
    tables = [(f"{place}/metrics/0/observations/1", '"12名"', '"21名"'), (f"{place}/budget_thousand_yen", 1000, 1001)]
    path.with_suffix(".toml").write_text(
        "".join(
            f'[[correction]]\npointer = "{pointer}"\nprinted = {printed}\ncorrect = {right}\n'
            'reason = "誤植"\ndate = 2026-11-20\n'
            for pointer, printed, right in tables
        ),
        encoding="utf-8",
    )
    programme = list_programmes(read_report(path))[0]
    assert [seen.proofs for seen in programme.metrics[0].observations] == [(), ("hand",)]
    assert programme.budget_proofs == ("hand",)


def test_proofs_are_no_change_and_keep_their_order(tmp_path: Path) -> None:
    report = MadeUp().read(tmp_path)
    place = "/policies/0/programmes/0"
    more = [Proof(f"{place}/metrics/0/observations/1", kind) for kind in reversed(PROOFS)]
    other = add_proofs(report, [*more, Proof(f"{place}/budget_thousand_yen", "ink"), Proof("/nowhere", "sum")])
    programme = list_programmes(other)[0]
    assert programme.metrics[0].observations[1].proofs == PROOFS
    assert programme.budget_proofs == ("ink", "sum")
    assert compare_reports(report, other).changes == ()
    assert add_proofs(other, []) == other
