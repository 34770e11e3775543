"""Two engines: the figures of a value are those that a second program reads at its place."""

from pathlib import Path

import pytest

from extractor.checks.engines import compare_engines, fold_figures, read_figures_again
from extractor.document.geometry import Box
from extractor.document.page import Character
from extractor.records.report import Finding, PageBox, Report
from made_up import MadeUp

PLACE = (PageBox(page=1, page_label=None, bbox=(10.0, 10.0, 100.0, 40.0)),)


def find_differences(report: Report, printed: dict[int, list[Character]]) -> list[Finding]:
    return [said for said in compare_engines(report, printed) if isinstance(said, Finding)]


def line(text: str, x: float = 12, foot: float = 24, high: float = 7) -> list[Character]:
    """Characters of a line; a point is as low as its dot, a dash hangs above the foot."""
    heights = {".": (1.0, 0.0), "－": (1.0, 3.0)}
    found = []
    for number, char in enumerate(text):
        height, rise = heights.get(char, (high, 0.0))
        left = x + 6 * number
        found.append(Character(char, Box(left, foot - rise - height, left + 5, foot - rise)))
    return found


@pytest.mark.parametrize(("characters", "read"), [
    (line("－9.2％"), "-9.2"),
    (line("1,234名")[::-1], "1234"),
    ([*line("423"), *line("1", 32, 20, 4)], "423"),
    ([*line("1", 12, 20, 7), *line("423", 18)], "423"),
    ([*line("延べ13名"), *line("（5社）", foot=36)], "135"),
    (line("423", x=200), ""),
])  # fmt: skip
def test_figures_are_read_in_order_without_note_marks(characters: list[Character], read: str) -> None:
    assert read_figures_again(PLACE, {1: characters}) == read


def test_pages_that_were_not_drawn_tell_nothing() -> None:
    assert read_figures_again(PLACE, {}) is None
    assert read_figures_again((), {1: line("4")}) is None
    (place,) = PLACE
    assert read_figures_again((place.model_copy(update={"recognised": True}),), {1: line("4")}) is None


def test_what_differs_is_said_at_the_value(tmp_path: Path) -> None:
    data = MadeUp().read(tmp_path).model_dump(mode="json")
    metric = data["policies"][0]["programmes"][0]["metrics"][0]
    value = metric["observations"][1]
    value["source"] = [place.model_dump() for place in PLACE]
    report = Report.model_validate(data)
    pointer = "/policies/0/programmes/0/metrics/0/observations/1"
    own = line(value["raw"])
    assert find_differences(report, {1: own}) == []
    assert fold_figures(value["raw"])[0] == value["raw"][0] != "8"
    for other in (own[1:], [own[0]._replace(text="8"), *own[1:]], [*own, *line("3", 70)], line("－" + value["raw"])):
        (finding,) = find_differences(report, {1: other})
        assert (finding.code, finding.pointer) == ("engines-disagree", pointer)


def test_values_of_one_place_are_each_a_part_of_it(tmp_path: Path) -> None:
    data = MadeUp().read(tmp_path).model_dump(mode="json")
    values = data["policies"][0]["programmes"][0]["metrics"][0]["observations"]
    for value in values:
        value["source"] = [place.model_dump() for place in PLACE]
    report = Report.model_validate(data)
    both = line("（".join(value["raw"] for value in values))
    assert find_differences(report, {1: both}) == []
    assert len(find_differences(report, {1: line("8名（9名")})) == len(values)


def test_names_offices_and_marks_are_those_that_are_printed(tmp_path: Path) -> None:
    data = MadeUp().read(tmp_path).model_dump(mode="json")
    programme = data["policies"][0]["programmes"][0]
    programme["is_new"] = True
    texts = {
        "name": programme["name"],
        "listed_offices": "".join(office["division"] for office in programme["listed_offices"]),
        "is_new": "○",
    }
    assert all(texts.values())
    for page, field in enumerate(texts, 1):
        (place,) = PLACE
        programme["sources"][field] = [place.model_copy(update={"page": page}).model_dump()]
    report = Report.model_validate(data)
    own = {page: line(text[::-1]) for page, text in enumerate(texts.values(), 1)}
    # What is too wide for the place is left out by the test's own boxes.
    own = {page: [char._replace(box=Box(20, 17, 25, 24)) for char in chars] for page, chars in own.items()}
    assert find_differences(report, own) == []
    for page, field in enumerate(texts, 1):
        (finding,) = find_differences(report, own | {page: own[page][1:]})
        assert (finding.code, finding.pointer) == ("engines-disagree", f"/policies/0/programmes/0/{field}")
