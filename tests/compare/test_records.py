"""What is one record and what are two: made-up edits of each kind of record, and two years of one report."""

import copy
import json
from functools import cache
from typing import Any

import pytest

from compare.edits import resolve
from extractor.diff.compare import compare_reports
from extractor.records.comparison import Change
from extractor.records.report import Report
from extractor.records.terms import take_terms
from reports import GOLDEN


@cache
def golden(name: str) -> Report:
    return Report.model_validate_json((GOLDEN / f"{name}.json").read_bytes())


def data() -> Any:
    """A report to be edited, with facts and activities of our own."""
    found = golden("aomori-sme-2023").model_dump(mode="json")
    # All of them point to values of metrics; other checks may come and go.
    found["findings"] = [one for one in found["findings"] if one["code"] == "counter-mismatch"]
    results = found["policies"][0]["programmes"][6]["results"]
    results["paragraphs"] = ["相談会を3回開催し、12名が参加した。", "冊子を配布した。", "2地区で講座を開催した。"]
    results["notes"] = []
    results["source"] = [{"page": 6, "page_label": "27", "bbox": [60, top, 500, top + 10]} for top in (400, 420, 440)]
    results["facts"] = [fact(0, 4, "3回"), fact(0, 9, "12名"), fact(2, 0, "2地区")]
    results["activities"] = [activity(0, 6, "開催", "相談会", [0, 1]), activity(2, 7, "開催", "講座", [2])]
    return found


def fact(paragraph: int, start: int, text: str) -> dict[str, Any]:
    quantity = {
        "value": int(text.rstrip("回名地区")),
        "unit": text[-1],
        "qualifiers": [],
        "component": None,
        "lower": None,
        "upper": None,
    }
    place = {"paragraph": paragraph, "start": start, "end": start + len(text)}
    return {"kind": "quantity", **place, "text": text, "quantity": quantity, "edtf": None, "counted": None}


def activity(paragraph: int, start: int, predicate: str, thing: str, facts: list[int]) -> dict[str, Any]:
    place = {"paragraph": paragraph, "start": start, "end": start + len(predicate)}
    said: dict[str, Any] = {
        "recipients": [],
        "means": [],
        "purpose": None,
        "aspect": "done",
        "voice": "active",
        "negative": False,
    }
    return {**place, "predicate": predicate, "object": thing, **said, "facts": facts}


def results_of(report: Any) -> Any:
    return report["policies"][0]["programmes"][6]["results"]


def changes(left: Any, right: Any) -> list[Change]:
    return list(compare_reports(Report.model_validate(left), Report.model_validate(right)).changes)


def brief(left: Any, right: Any) -> list[tuple[str, str, str | None]]:
    return [(one.kind, one.record, one.field) for one in changes(left, right)]


def test_fact_goes_with_its_paragraph() -> None:
    left, right = data(), data()
    results = results_of(right)
    # A paragraph is put before the others: all indices rise.
    results["paragraphs"].insert(0, "初めに計画を立てた。")
    results["source"].insert(0, {"page": 6, "page_label": "27", "bbox": [60, 380, 500, 390]})
    for one in results["facts"] + results["activities"]:
        one["paragraph"] += 1
    results["facts"].insert(0, fact(0, 0, "1回"))
    for one in results["activities"]:
        one["facts"] = [index + 1 for index in one["facts"]]
    (told,) = changes(left, right)
    assert (told.kind, told.record, told.field) == ("added", "passage", "paragraphs")
    assert told.labels.passage == "results"
    assert told.right_pointer == "/policies/0/programmes/6/results/paragraphs/0"
    assert told.after_source[0].model_dump()["bbox"] == (60, 380, 500, 390)
    assert brief(right, left) == [("removed", "passage", "paragraphs")]


def test_offsets_follow_a_paragraph_that_has_changed() -> None:
    left, right = data(), data()
    results = results_of(right)
    results["paragraphs"][0] = "年度内に" + results["paragraphs"][0]
    for one in [*results["facts"][:2], results["activities"][0]]:
        one["start"], one["end"] = one["start"] + 4, one["end"] + 4
    assert brief(left, right) == [("changed", "passage", "paragraphs")]


def test_fact_that_is_read_otherwise_is_one_change() -> None:
    left, right = data(), data()
    results_of(right)["facts"][1]["quantity"]["unit"] = "人"
    results_of(right)["facts"][1]["counted"] = "参加者"
    (told,) = changes(left, right)
    assert (told.kind, told.record, told.field) == ("changed", "fact", None)
    assert told.right_pointer == "/policies/0/programmes/6/results/facts/1"


def test_what_is_read_otherwise_in_a_note_is_one_change() -> None:
    left, right = data(), data()
    for report in (left, right):
        results = results_of(report)
        results["notes"] = ["※ 最大5回。", "※ 8名に3回。"]
        results["note_facts"] = [fact(0, 4, "5回"), fact(1, 2, "8名"), fact(1, 5, "3回")]
        results["source"] += results["source"][:2]
    results_of(right)["note_facts"][2]["counted"] = "相談会"
    (told,) = changes(left, right)
    assert (told.kind, told.record) == ("changed", "fact")
    assert told.right_pointer == "/policies/0/programmes/6/results/note_facts/2"


def test_what_is_found_in_one_text_is_renumbered_with_its_links() -> None:
    whole, part = fact(1, 0, "8名"), fact(1, 5, "3名") | {"part_of": 1}
    passage = {"note_facts": [fact(0, 0, "5回"), whole, part], "note_activities": [activity(1, 7, "開催", "講座", [2])]}
    facts, activities = take_terms(passage, "notes", 1, 0, 0)
    assert [(one["text"], one["paragraph"], one["part_of"]) for one in facts] == [("8名", 0, None), ("3名", 0, 0)]
    assert [one["facts"] for one in activities] == [[1]]


def test_fact_that_is_lost_takes_no_activity_with_it() -> None:
    left, right = data(), data()
    results = results_of(right)
    del results["facts"][0]
    results["activities"][0]["facts"], results["activities"][1]["facts"] = [0], [1]
    assert brief(left, right) == [("removed", "fact", None)]


def test_activity_about_another_fact_is_told() -> None:
    left, right = data(), data()
    results_of(right)["activities"][0]["facts"] = [1]
    assert brief(left, right) == [("changed", "activity", None)]
    results_of(right)["activities"][0]["facts"] = [0, 1]
    results_of(right)["activities"][1]["aspect"] = "planned"
    assert brief(left, right) == [("changed", "activity", None)]


def test_paragraphs_in_another_order_have_moved() -> None:
    left, right = data(), data()
    results = results_of(right)
    for name in ("paragraphs", "source"):
        results[name].append(results[name].pop(1))
    results["facts"][2]["paragraph"] = results["activities"][1]["paragraph"] = 1
    (told,) = changes(left, right)
    # Of two neighbours that have changed places, one has moved.
    assert (told.kind, told.field, told.before) == ("moved", "paragraphs", told.after)


def test_values_of_another_column_of_the_year_are_another_observation() -> None:
    left, right = data(), data()
    observations = right["policies"][0]["programmes"][0]["metrics"][0]["observations"]
    planned = copy.deepcopy(observations[1])
    planned["quantities"][0]["qualifiers"] = ["目標"]
    observations.insert(1, planned)
    (told,) = changes(left, right)
    assert (told.kind, told.record, told.labels.fiscal_year) == ("added", "observation", 2023)
    assert told.right_pointer == "/policies/0/programmes/0/metrics/0/observations/1"


def test_row_put_between_rows_of_one_name_is_the_new_one() -> None:
    left, right = data(), data()
    programme = right["policies"][0]["programmes"][5]
    assert [one["row"] for one in programme["metrics"]] == [1, 2]
    new = copy.deepcopy(programme["metrics"][0])
    for one in new["observations"]:
        one["raw"], one["quantities"] = (
            "9,999名",
            [{"value": 9999, "unit": "名", "qualifiers": [], "component": None, "lower": None, "upper": None}],
        )
    programme["metrics"].insert(0, new)
    programme["metrics"][1]["row"], programme["metrics"][2]["row"] = 2, 3
    told = changes(left, right)
    assert [(one.kind, one.record, one.field) for one in told] == [
        ("added", "metric", None),
        ("changed", "metric", "row"),
        ("changed", "metric", "row"),
    ]
    assert told[0].after == new


def test_programme_in_another_chapter_has_moved() -> None:
    left, right = data(), data()
    for side in (left, right):
        second = {"id": "2023-2", "number": 2, "title": "販路を広げること", "overview": [], "initiatives": []}
        first = side["policies"][0]
        side["policies"].append(first | second | {"programmes": first["programmes"][20:], "source": []})
        first["programmes"] = first["programmes"][:20]
        side["findings"] = []
    moved = right["policies"][0]["programmes"].pop(4)
    moved["id"] = "2023-2-05"
    right["policies"][1]["programmes"].insert(2, moved)
    (told,) = changes(left, right)
    assert (told.kind, told.record, told.field) == ("moved", "programme", None)
    assert (told.left_pointer, told.right_pointer) == ("/policies/0/programmes/4", "/policies/1/programmes/2")
    assert told.labels.policy == "販路を広げること"
    # The second chapter is gone, but for the programme that was in the first: that moves, the rest goes with it.
    alone = copy.deepcopy(right)
    del alone["policies"][0]
    assert [(one.kind, one.record) for one in changes(left, alone)] == [("removed", "policy"), ("moved", "programme")]


def test_chapter_with_another_number_and_title_is_known_by_its_programmes() -> None:
    left, right = data(), data()
    right["policies"][0] |= {"number": 4, "title": "人を育てること", "id": "2023-4"}
    for one in right["policies"][0]["programmes"]:
        one["id"] = one["id"].replace("2023-1-", "2023-4-")
        for metric in one["metrics"]:
            metric["id"] = metric["id"].replace("2023-1-", "2023-4-")
    right["case_studies"][0]["programme_id"] = "2023-4-26"
    assert brief(left, right) == [("changed", "policy", "number"), ("renamed", "policy", "title")]


@pytest.mark.parametrize("year", ["aomori-sme-2022", "aomori-sme-2023"])
def test_two_programmes_in_nearly_the_same_words_are_two(year: str) -> None:
    # One is gone and the other has come: each with the other's neighbour still there to be taken for it.
    sides = [golden(year).model_dump(mode="json") | {"findings": [], "case_studies": []} for _ in range(2)]
    for side, name in zip(sides, ("原子力関連技術研修事業", "原子力発電施設等研修事業"), strict=True):
        programmes = side["policies"][0]["programmes"]
        programmes[:] = [one for one in programmes if one["name"] != name]
    assert brief(*sides) == [("removed", "programme", None), ("added", "programme", None)]


def test_programme_with_a_wholly_other_name_is_known_by_what_it_does() -> None:
    left, right = data(), data()
    right["source"]["sha256"] = "0" * 64
    programme = right["policies"][0]["programmes"][18]
    programme["name"], programme["number"], programme["budget_thousand_yen"] = "匠の技伝承塾", 61, 7
    assert brief(left, right)[1:] == [
        ("changed", "programme", "number"),
        ("renamed", "programme", "name"),
        ("changed", "programme", "budget_thousand_yen"),
    ]


def test_id_that_follows_from_nothing_is_told() -> None:
    left, right = data(), data()
    right["policies"][0]["programmes"][3]["metrics"][0]["id"] += "-a"
    assert brief(left, right) == [("changed", "metric", "id")]


def test_case_study_of_another_programme_or_title() -> None:
    left, right = data(), data()
    case = right["case_studies"][0]
    case["title"] += "その後"
    case["subjects"][0]["story"][0] += "なお、継続中である。"
    case["subjects"].reverse()
    case["programme_id"] = "2023-1-25"
    assert sorted(map(str, brief(left, right))) == sorted(
        map(
            str,
            [
                ("renamed", "case_study", "title"),
                ("changed", "case_study", "programme_id"),
                ("moved", "subject", None),
                ("changed", "subject", "story"),
            ],
        )
    )


def test_finding_is_what_it_points_to() -> None:
    left, right = data(), data()
    # Another programme before all: the pointers of all findings are others.
    new = right["policies"][0]["programmes"][0] | {"name": "新しい港の見守り事業", "number": 99, "metrics": []}
    empty: dict[str, Any] = {"paragraphs": [], "notes": [], "facts": [], "activities": [], "source": []}
    right["policies"][0]["programmes"].insert(0, new | {"overview": empty, "results": empty})
    for finding in right["findings"]:
        parts = finding["pointer"].split("/")
        parts[4] = str(int(parts[4]) + 1)
        finding["pointer"] = "/".join(parts)
    right["findings"][2]["severity"] = "error"
    told = changes(left, right)
    assert [(one.kind, one.record) for one in told] == [("added", "programme"), ("changed", "finding")]
    assert told[1].labels.metric == "モデル構築件数"
    # One that points to the new programme is not that of the programme which stood there.
    right["findings"][0]["pointer"] = "/policies/0/programmes/24/metrics/0/observations/0/quantities/0"
    assert ("changed", "finding", None) in brief(left, right)


def test_a_finding_that_stayed_as_it_is_has_not_changed_though_its_pointer_did_not_follow() -> None:
    """A programme is deleted by hand: no change shows the same before and after."""
    whole = golden("aomori-sme-2023").model_dump(mode="json")
    left, right = whole, copy.deepcopy(whole)
    gone = right["policies"][0]["programmes"].pop(2)
    assert len({one["pointer"] for one in left["findings"] if one["pointer"] > "/policies/0/programmes/2"}) > 10
    (only,) = changes(left, right)
    assert (only.kind, only.record, only.before) == ("removed", "programme", gone)
    # In another document the same box is another place: there a pointer to another record says something.
    right["source"]["sha256"] = "0" * 64
    assert ("changed", "finding", None) in brief(left, right)


def test_unplaced_texts_are_what_they_say() -> None:
    left, right = data(), data()
    place = {"page": 1, "page_label": None, "bbox": [1, 2, 3, 4]}
    left["unplaced"] = [{"text": text, "source": [place]} for text in ("注記である", "小計 12", "脚注")]
    right["unplaced"] = [{"text": text, "source": [place]} for text in ("脚注", "注記である。", "別")]
    kinds = [(one.kind, one.before or one.after) for one in changes(left, right)]
    assert sorted((kind, resolve(value, "/text")) for kind, value in kinds) == [
        ("added", "別"),
        ("changed", "注記である"),
        ("removed", "小計 12"),
    ]


def test_places_in_another_document_say_nothing() -> None:
    left, right = data(), data()
    right["policies"][0]["programmes"][0]["source"][0]["page"] += 1
    assert brief(left, right) == [("moved", "programme", "source")]
    right["source"]["sha256"] = "0" * 64
    assert brief(left, right) == [("changed", "report", "source")]


def test_programme_that_moved_is_one_change_with_all_that_is_in_it() -> None:
    left, right = data(), data()

    def lower(value: Any) -> None:
        if isinstance(value, dict) and "bbox" in value:
            value["bbox"][1] += 3
        for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            lower(one)

    lower(right["policies"][0]["programmes"][24])
    # So has the finding that points into it.
    lower(right["findings"][0])
    (told,) = changes(left, right)
    assert (told.kind, told.record, told.field) == ("moved", "programme", "source")
    assert told.before == [one.model_dump(mode="json") for one in told.before_source]


class TestTwoYears:
    """The reports of 2022 and 2023."""

    @staticmethod
    @cache
    def comparison() -> tuple[Change, ...]:
        return compare_reports(golden("aomori-sme-2022"), golden("aomori-sme-2023")).changes

    def test_programmes_that_came_and_went(self) -> None:
        whole = [one for one in self.comparison() if one.record == "programme" and one.field is None]
        assert [(one.kind, one.labels.programme) for one in whole] == [
            ("added", "労働力確保体制強化事業(県外からの人材還流)"),
            ("added", "デジタルトランスフォーメーション推進事業費(人財育成・確保)"),
            ("added", "労働力確保体制強化事業"),
            ("added", "新たなビジネスを創出する次世代トップリーダー育成事業"),
            ("added", "中小企業等グリーントランスフォーメーション(GX)推進事業"),
            ("removed", "県内企業人財確保緊急対策事業"),
            ("removed", "テレワーク導入促進事業"),
        ]

    def test_programmes_that_have_another_name(self) -> None:
        renamed = [
            (one.before, one.after) for one in self.comparison() if one.kind == "renamed" and one.field == "name"
        ]
        assert [pair for pair in renamed if "事業" in str(pair[0])] == [
            ("中南地域ものづくり企業若者採用力強化事業", "中南地域ものづくり企業等若者採用力向上事業"),
            ("中小企業採用活動オンライン化推進事業", "中小企業採用活動デジタル化推進事業"),
        ]

    def test_figures_of_a_year_that_both_tell(self) -> None:
        seen = [one for one in self.comparison() if one.record == "observation" and one.kind == "changed"]
        raws = [(resolve(one.before, "/raw"), resolve(one.after, "/raw")) for one in seen]
        # The third says the same amount in other words.
        assert raws == [("4,436名", "4,463名"), ("延べ 161名", "計 延べ 161名"), ("128名", "130名")]
        assert {one.labels.fiscal_year for one in seen} == {2022}

    def test_divisions(self) -> None:
        offices = [one for one in self.comparison() if one.field == "offices"]
        divisions = {(resolve(one.before, "/division"), resolve(one.after, "/division")) for one in offices}
        assert ("労政・能力開発課", "若者定着還流促進課") in divisions
        assert {one.kind for one in offices} == {"changed"}


@pytest.mark.parametrize("names", [("aomori-sme-2022", "aomori-sme-2023"), ("aomori-sme-2023", "aomori-sme-2022")])
def test_the_same_every_time(names: tuple[str, str]) -> None:
    one, other = (compare_reports(golden(names[0]), golden(names[1])).model_dump_json() for _ in range(2))
    assert one == other
    assert json.loads(one)["left"]["id"] == names[0]
