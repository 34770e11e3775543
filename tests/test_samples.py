"""What the issue's people know of the real report, and that all its printings tell the same."""

import json
from collections import Counter
from typing import Any

import pytest

from reports import ROOT, read_with_language, report_of

SAMPLES = ROOT.parent / "shared" / "samples"

# All that a transcript cannot say: it has no merged cells. Pointer, what the PDF says, what the transcript says.
ONLY_IN_PDF: list[tuple[str, Any, Any]] = [
    ("/policies/0/programmes/2/metrics/0/observations/0/spans", [2022, 2023], None),
    ("/policies/0/programmes/2/metrics/0/observations/1", None, "blank"),
]


# What says where on a page a value stands, and what on the page confirms it: a transcript has no page.
OF_THE_PAGE = {"source", "sources", "proofs", "budget_proofs"}


def without_sources(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_sources(one) for name, one in value.items() if name not in OF_THE_PAGE}
    if isinstance(value, list):
        return [without_sources(one) for one in value]
    return value


def differences(a: Any, b: Any, pointer: str = "") -> list[tuple[str, Any, Any]]:
    """Pointer and both values of each leaf that differs; of what one side lacks, the whole."""
    if isinstance(a, dict) and isinstance(b, dict):
        names = [*a, *(name for name in b if name not in a)]
        return [each for name in names for each in differences(a.get(name), b.get(name), f"{pointer}/{name}")]
    if isinstance(a, list) and isinstance(b, list):
        found = []
        for index in range(max(len(a), len(b))):
            one, other = (side[index] if index < len(side) else None for side in (a, b))
            found += differences(one, other, f"{pointer}/{index}")
        return found
    return [] if a == b else [(pointer, a, b)]


def comparable(report: dict[str, Any]) -> dict[str, Any]:
    return {name: without_sources(report[name]) for name in ("report", "policies", "case_studies", "unplaced")}


def test_the_2023_report_has_what_it_is_known_to_have() -> None:
    report = report_of("aomori-sme-2023.pdf")
    (policy,) = report["policies"]
    programmes = policy["programmes"]
    assert len(programmes) == 37
    assert policy["subtotal_thousand_yen"] == 956_168 == sum(one["budget_thousand_yen"] for one in programmes)
    assert sum(len(one["metrics"]) for one in programmes) == 108
    assert all(one["source"][0]["page_label"] == one["page_label"] for one in programmes)
    assert report["unplaced"] == []
    assert report["source"]["pages"] == 28
    labels = {place["page_label"] for one in programmes for place in one["source"]}
    assert labels == {str(number) for number in range(24, 49)}


def test_the_transcript_gives_the_same_records() -> None:
    pdf, text = report_of("aomori-sme-2023.pdf"), report_of("aomori-sme-2023-transcript.txt")
    found = [
        (pointer, a, b["status"] if isinstance(b, dict) else b)
        for pointer, a, b in differences(comparable(pdf), comparable(text))
    ]
    assert found == ONLY_IN_PDF


def findings(name: str) -> list[tuple[str, str, str]]:
    return [(one["code"], one["severity"], one["pointer"]) for one in report_of(name)["findings"]]


def quantity(programme: int, metric: int, observation: int) -> str:
    return f"/policies/0/programmes/{programme}/metrics/{metric}/observations/{observation}/quantities/0"


# Read on the page: 参加企業数 counted in 名, 件数 counted in 者. Of values and structure there is nothing else.
MISCOUNTED_2023 = [(24, 0, 0), (24, 0, 1), (25, 1, 0), (25, 1, 1), (30, 1, 0), (30, 1, 1)]
MISCOUNTED_2022 = [(22, 0, 0), (22, 0, 1), (23, 1, 0), (23, 1, 1), (25, 1, 0), (25, 1, 1)]


@pytest.mark.parametrize(
    ("name", "places"), [("aomori-sme-2023.pdf", MISCOUNTED_2023), ("aomori-sme-2022.pdf", MISCOUNTED_2022)]
)
def test_findings_are_those_that_the_page_warrants_and_no_others(name: str, places: list[tuple[int, int, int]]) -> None:
    found = [one for one in findings(name) if one[0] not in {"narrative-agrees", "name-variant"}]
    assert found == [("counter-mismatch", "warning", quantity(*place)) for place in places]


# By the page: the programme, and the number in its prose that its table has too (141 is 100 + 41, 28 + 8 is 36).
AGREES_2023 = [
    *((4, "99件"), (6, "141事業所"), (6, "28件"), (7, "10校"), (9, "5高校"), (12, "53件"), (12, "9件"), (12, "9名")),
    *((13, "55校"), (13, "12校"), (16, "28名"), (25, "5者")),
]
AGREES_2022 = [(6, "10校"), (8, "5高校"), (11, "9名"), (12, "12校"), (32, "計6回"), (32, "延べ312名"), (33, "15者")]


@pytest.mark.parametrize(
    ("name", "places"), [("aomori-sme-2023.pdf", AGREES_2023), ("aomori-sme-2022.pdf", AGREES_2022)]
)
def test_numbers_of_the_prose_that_are_those_of_the_table(name: str, places: list[tuple[int, str]]) -> None:
    report = report_of(name)
    found = []
    for _, _, pointer in (one for one in findings(name) if one[0] == "narrative-agrees"):
        programme, fact = int(pointer.split("/")[4]), int(pointer.split("/")[-1])
        found.append((programme, report["policies"][0]["programmes"][programme]["results"]["facts"][fact]["text"]))
    assert found == places


@pytest.mark.parametrize("name", ["aomori-sme-2023.pdf", "aomori-sme-2023-transcript.txt", "aomori-sme-2022.pdf"])
def test_names_that_are_nearly_the_same(name: str) -> None:
    messages = [one["message"] for one in report_of(name)["findings"] if one["code"] == "name-variant"]
    for word in ("あおり創造学", "あおり若者定着奨学金返還支援事業", "デモンストラクション"):
        assert len([message for message in messages if word in message]) == 1
    assert len(messages) == 3


def test_the_transcript_has_one_finding_more_where_a_cell_is_merged() -> None:
    blank = ("blank-cell", "warning", "/policies/0/programmes/2/metrics/0/observations/1")
    assert Counter(findings("aomori-sme-2023-transcript.txt")) == Counter([blank, *findings("aomori-sme-2023.pdf")])


@pytest.mark.slow
def test_without_titles_the_programmes_are_the_same() -> None:
    untitled = SAMPLES / "aomori-sme-2023-untitled.pdf"
    if not untitled.is_file():
        pytest.skip("the folder of samples is not beside the project")
    read = json.loads(read_with_language(untitled))
    assert differences(comparable(report_of("aomori-sme-2023.pdf")), comparable(read)) == []
    assert [(one["code"], one["severity"], one["pointer"]) for one in read["findings"]] == findings(
        "aomori-sme-2023.pdf"
    )
