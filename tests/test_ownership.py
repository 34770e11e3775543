"""Ownership: what stands under another programme's title is said, and prose under other headings is a section."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractor.document.geometry import Box
from extractor.document.layout import Paragraph, Table
from extractor.document.outline import ChapterBlock, MetricTable, ProgrammeBlock
from extractor.extraction.placement import report_misplaced_parts
from extractor.records.report import PageBox, Source
from extractor.structure.headings import is_unknown_heading
from made_up import BLOCKS, MadeUp, changed, codes


def place(x0: float, top: float, x1: float = 0, bottom: float = 0, page: int = 1) -> Source:
    return (PageBox(page=page, page_label=None, bbox=(x0, top, x1 or x0 + 100, bottom or top + 10)),)


def block(title: Source, *, prose: Source = (), table: Source = (), footer: Source = ()) -> ProgrammeBlock:
    made = ProgrammeBlock(title=Paragraph("題", title), overview=[Paragraph("文。", prose)] if prose else [])
    if table:
        made.tables.append(MetricTable(Table((), 0, 0, table), 0, "", {}, (), ()))
    if footer:
        made.footer.append(Paragraph("港湾課", footer))
    return made


def misplaced(*blocks: ProgrammeBlock, gutters: Sequence[Box] = ()) -> list[list[str]]:
    found = report_misplaced_parts([ChapterBlock(None, blocks=list(blocks))], {1: gutters})
    return [[problem.path for problem in found.get(id(one), [])] for one in blocks]


def test_parts_under_their_own_titles_are_not_misplaced() -> None:
    first = block(place(50, 100), prose=place(50, 120), table=place(50, 140, 500), footer=place(400, 180, 500))
    second = block(place(50, 300), prose=place(50, 320), table=place(50, 60, 500, page=2))
    assert misplaced(first, second) == [[], []]


def test_a_table_that_stands_beside_another_ones_prose_is_misplaced() -> None:
    first = block(place(50, 100), prose=place(50, 120, 300), table=place(320, 320, 500))
    second = block(place(50, 300), prose=place(50, 320, 300))
    assert misplaced(first, second) == [["/metrics"], []]


def test_a_block_that_goes_on_in_the_next_column_is_not_under_the_first_title_of_the_one_before() -> None:
    first = block(place(50, 100), prose=place(50, 120, 250))
    second = block(place(50, 300), prose=place(50, 320, 250), table=place(300, 100, 500))
    assert misplaced(first, second) == [[], ["/metrics"]]
    assert misplaced(first, second, gutters=[Box(260, 90, 300, 600)]) == [[], []]
    rows = [Box(260, 90, 300, 290), Box(260, 300, 300, 600)]
    assert misplaced(first, second, gutters=rows) == [[], ["/metrics"]]


def test_titles_of_columns_side_by_side_stand_each_over_their_own() -> None:
    left = block(place(50, 100), table=place(50, 400, 250))
    right = block(place(300, 100), table=place(300, 150, 500))
    low = block(place(300, 350), table=place(300, 400, 500))
    assert misplaced(left, right, low) == [[], [], []]
    assert misplaced(replace(left, tables=low.tables), right, low) == [["/metrics"], [], []]


def test_an_office_at_the_right_end_of_the_title_is_its_own() -> None:
    first = block(place(50, 100), footer=place(400, 98))
    second = block(place(50, 300), footer=place(400, 302))
    assert misplaced(first, second) == [[], []]


@pytest.mark.parametrize("title", ["2 見守り事業", "② 見守り事業", "見守り事業（新規）", "見守り事業 福祉課"])
def test_a_title_within_anothers_prose_is_said_at_both(title: str, tmp_path: Path) -> None:
    text = title.replace("見守り事業", BLOCKS[1].name)
    report = MadeUp(blocks=changed(1, prose=f"塾を開いた。\n\n{text}\n\n塾を閉じた。")).read(tmp_path)
    assert [pointer for code, pointer in codes(report) if code == "misplaced-block"] == [
        "/policies/0/programmes/0",
        "/policies/0/programmes/1",
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"prose": "塾を開いた。 2 {}"},
        {"rows": ("参加者数\t10名\t12名", "{}\t3名\t4名")},
        {"prose": "塾を開いた。\n\n※ {}（新規）"},
    ],
)
def test_a_title_that_was_taken_up_anywhere_is_said_at_both(changes: dict[str, Any], tmp_path: Path) -> None:
    name = BLOCKS[1].name
    put = {
        field: tuple(row.format(name) for row in value) if isinstance(value, tuple) else value.format(name)
        for field, value in changes.items()
    }
    report = MadeUp(blocks=changed(1, **put)).read(tmp_path)
    assert {pointer for code, pointer in codes(report) if code == "misplaced-block"} == {
        "/policies/0/programmes/0",
        "/policies/0/programmes/1",
    }


def test_a_listed_name_that_stands_over_no_block_is_said(tmp_path: Path) -> None:
    titled = tuple(replace(one, title=None if one.number == 3 else f"{one.number} {one.name}") for one in BLOCKS)
    report = MadeUp(blocks=titled).read(tmp_path)
    assert [pointer for code, pointer in codes(report) if code == "misplaced-block"] == ["/policies/0/programmes/2"]


def test_a_block_without_a_title_under_that_of_another_is_misplaced() -> None:
    first = block(place(50, 100), prose=place(50, 120))
    second = block((), prose=place(50, 200))
    second.title = None
    third = block(place(50, 300), prose=place(50, 320))
    assert misplaced(first, second, third) == [[], ["/overview"], []]


@pytest.mark.parametrize("sentence", ["{}と連携して塾を開いた。", "塾は{}として開いた。", "{}の一部である。"])
def test_a_sentence_that_names_another_programme_is_none(sentence: str, tmp_path: Path) -> None:
    report = MadeUp(blocks=changed(1, prose=sentence.format(BLOCKS[1].name))).read(tmp_path)
    assert codes(report) == []


def test_a_line_set_as_the_headings_are_opens_a_section() -> None:
    known = [Paragraph("事業概要", (), strong=True), Paragraph("事業実績", (), strong=True)]
    assert is_unknown_heading(Paragraph("課題と今後の方向性", (), strong=True), known)
    assert is_unknown_heading(Paragraph("地域への波及", (), strong=True), known[:1])
    assert not is_unknown_heading(Paragraph("地域への波及", ()), known)
    assert not is_unknown_heading(Paragraph("課題と今後の方向性を検討する会議", ()), known)
    assert not is_unknown_heading(Paragraph("(1) 相談窓口", (), strong=True), known)
    # Set apart more than the known headings are, or a heading by its words whatever its dress.
    assert is_unknown_heading(Paragraph("地域への波及", (), strong=True), [Paragraph("事業概要", ())])
    assert is_unknown_heading(Paragraph("課題と今後の方向性", ()), [Paragraph("事業概要", (), strong=True)])
    assert not is_unknown_heading(Paragraph("課題と今後の方向性", ()), [])
