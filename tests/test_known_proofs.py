"""Known proofs: another year's accepted report, and a person who accepted a value on the page."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from extractor.baseline.collect_findings import collect_findings
from extractor.baseline.known_proofs import add_known_proofs, prove_by_editions
from extractor.records.proofs import BUDGET, PROOFS, Proof, add_proofs, count_proofs, index_proofs
from extractor.records.report import Report
from extractor.records.to_json import report_json
from extractor.runtime.run_record import HANDS_FILE
from made_up import MadeUp
from review.small_desk import NAME, SmallDesk, key
from yearly import Made, report

EARLIER = Made("子育て支援事業", metrics={"参加者数": {2021: "10名", 2022: "12名"}, "件数": {2022: "3件"}})
LATER = Made("子育て支援事業", metrics={"参加者数": {2022: "12名", 2023: "14名"}, "件数": {2022: "5件", 2023: "3件"}})


def pointers(found: Iterable[Proof]) -> list[str]:
    return [one.pointer.partition("/programmes/")[2] for one in found if one.kind == "edition"]


def test_another_year_proves_what_it_says_of_the_same_year_alone() -> None:
    earlier, later = report(2022, [EARLIER]), report(2023, [LATER])
    assert pointers(prove_by_editions(earlier, [later])) == ["0/metrics/0/observations/1"]
    assert pointers(prove_by_editions(later, [earlier])) == ["0/metrics/0/observations/0"]
    assert pointers(prove_by_editions(later, [])) == []
    # Another prefecture's report is no other edition, and a report of the same year none either.
    assert pointers(prove_by_editions(later, [report(2022, [EARLIER], prefecture="010006")])) == []
    assert pointers(prove_by_editions(later, [report(2023, [LATER])])) == []


def test_a_later_list_proves_the_budget_that_it_repeats() -> None:
    earlier, later = report(2022, [EARLIER]), report(2023, [LATER])

    def repeat(amount: int) -> list[str]:
        data = later.model_dump(mode="json")
        data["policies"][0]["programmes"][0]["previous_budget_thousand_yen"] = amount
        return pointers(prove_by_editions(earlier, [Report.model_validate(data)]))

    assert f"0/{BUDGET}" in repeat(1_000)
    assert f"0/{BUDGET}" not in repeat(1_001)


def test_golden_files_of_other_years_are_looked_at_and_no_output_has_their_proof(tmp_path: Path) -> None:
    earlier, later = report(2022, [EARLIER]), report(2023, [LATER])
    (tmp_path / "2022.json").write_text(report_json(earlier), encoding="utf-8")
    (tmp_path / "2023.json").write_text(report_json(later), encoding="utf-8")
    (tmp_path / "2021.json").write_text("{}", encoding="utf-8")
    proved = add_known_proofs("2023", later, tmp_path)
    assert [one for one in index_proofs(proved).values() if one] == [("edition",)]
    assert add_known_proofs("2023", later, tmp_path / "nothing") == later


@pytest.fixture
def desk(tmp_path: Path) -> SmallDesk:
    desk = SmallDesk(tmp_path)
    desk.put(MadeUp())
    return desk


def accepted(desk: SmallDesk) -> list[str]:
    report = Report.model_validate_json((desk.output / f"{NAME}.json").read_bytes())
    proofs = index_proofs(add_known_proofs(NAME, report, desk.golden))
    return [pointer for pointer, kinds in proofs.items() if "hand" in kinds]


VALUE = "/2024-2-01/metrics/参加者数/observations/2024#"
POINTER = "/policies/0/programmes/0/metrics/0/observations/1"


def test_a_value_accepted_on_the_page_is_known_until_it_says_something_else(desk: SmallDesk) -> None:
    one = desk.reviewed()
    others = [leaf.key for leaf in one.leaves if leaf.key != key(one, VALUE)]
    desk.accept(desk.decide({"keys": [key(one, VALUE)], "verdict": "accept"}))
    assert accepted(desk) == [POINTER]
    # What is accepted by its proofs, or with the whole output, no person looked at.
    desk.accept(desk.decide({"keys": others, "group": "proofs:engine+ink", "verdict": "accept"}))
    assert desk.reviewed().state == "same"
    assert accepted(desk) == [POINTER]
    assert (desk.golden / f"{NAME}.json").read_bytes() == (desk.output / f"{NAME}.json").read_bytes()
    kept = json.loads((desk.golden / HANDS_FILE).read_text(encoding="utf-8"))
    kept["reports"][NAME] = dict.fromkeys(kept["reports"][NAME], "another")
    (desk.golden / HANDS_FILE).write_text(json.dumps(kept), encoding="utf-8")
    assert accepted(desk) == []


@pytest.mark.parametrize("text", ["", "[]", '{"reports": []}', '{"reports": {"made-up": 1}}'])
def test_a_file_of_another_form_proves_nothing(desk: SmallDesk, text: str) -> None:
    desk.golden.mkdir(exist_ok=True)
    (desk.golden / HANDS_FILE).write_text(text, encoding="utf-8")
    assert accepted(desk) == []


def test_findings_of_values_that_least_speaks_for_come_first(tmp_path: Path) -> None:
    made = MadeUp().read(tmp_path)
    pointers = [f"/policies/0/programmes/{index}/metrics/0/observations/1" for index in range(3)]
    finding = {"code": "counter-mismatch", "severity": "info", "message": "", "source": []}
    findings = [finding | {"pointer": f"{pointer}/quantities/0"} for pointer in pointers]
    data = made.model_dump(mode="json") | {"findings": findings}
    kinds = (PROOFS[:3], (), PROOFS[:1])
    proofs = [Proof(pointer, kind) for pointer, some in zip(pointers, kinds, strict=True) for kind in some]
    (tmp_path / "out").mkdir()
    text = report_json(add_proofs(Report.model_validate(data), proofs))
    (tmp_path / "out" / "a.json").write_text(text, encoding="utf-8")
    (group,) = collect_findings((), tmp_path / "out", "golden").groups
    assert [one.proofs for one in group.findings] == [(), PROOFS[:1], PROOFS[:3]]


def test_proofs_are_counted_of_values_that_were_read(tmp_path: Path) -> None:
    counts = count_proofs(MadeUp().read(tmp_path))
    assert (counts["values"], counts["sum"], counts["none"], counts["engine"]) == (15, 5, 10, 0)
