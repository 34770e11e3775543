"""Rows and blocks find each other, and one that is missing, extra, untitled or swapped shifts no other."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest

from extractor.document import parsed as parts
from extractor.document.page import TranscriptLine
from extractor.document.parsed import ListEntry
from extractor.extraction.extract import extract_values
from extractor.layout import lay_out_lines, lay_out_pages
from extractor.linking.evidence import RowBlockEvidence
from extractor.linking.link import RowBlockPair, link_chapter
from extractor.pdf.reader import read_pdf
from extractor.pdf.text_file import read_text
from extractor.profiles.profile import load_profile
from extractor.records.report import Passage, Report
from extractor.structure.outline_builder import build_outline
from made_up import BLOCKS, Block, MadeUp, codes, many, programmes
from reports import RAW

T = TypeVar("T")

TITLES = ["{number}　{name}", "({number}) {name}", "■ {name}", "（{number}）{name}", "{number}. {name}", None]


def titled(form: str | None) -> tuple[Block, ...]:
    return tuple(replace(one, title=form.format(number=one.number, name=one.name) if form else None) for one in BLOCKS)


def overviews(report: Report) -> dict[str | None, tuple[str, ...]]:
    """What each named programme is said to be about."""
    return {one.name: one.overview.paragraphs for one in programmes(report) if one.source and one.sources.name}


def right(names: set[str]) -> dict[str | None, tuple[str, ...]]:
    return {name: (f"{name}の概要を書く。",) for name in names}


ALL = {one.name for one in BLOCKS}


@pytest.mark.parametrize("form", TITLES)
def test_blocks_with_titles_of_any_form_or_none_find_their_rows(form: str | None, tmp_path: Path) -> None:
    report = MadeUp(blocks=titled(form)).read(tmp_path)
    assert overviews(report) == right(ALL)
    assert codes(report) == []


@pytest.mark.parametrize("form", TITLES)
@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_missing_block_is_reported_and_shifts_no_other(form: str | None, number: int, tmp_path: Path) -> None:
    blocks = tuple(one for one in titled(form) if one.number != number)
    report = MadeUp(blocks=blocks).read(tmp_path)
    assert overviews(report) == right({one.name for one in blocks})
    assert codes(report) == [
        ("list-block-count", "/policies/0/programmes"),
        ("unmatched-list-entry", f"/policies/0/programmes/{number - 1}"),
    ]


@pytest.mark.parametrize("form", TITLES)
@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_block_without_a_row_is_reported_and_shifts_no_other(form: str | None, number: int, tmp_path: Path) -> None:
    rows = tuple(one for one in BLOCKS if one.number != number)
    report = MadeUp(rows=rows, blocks=titled(form)).read(tmp_path)
    assert {one.name: one.overview.paragraphs for one in programmes(report) if one.sources.page_label} == right(
        {one.name for one in rows}
    )
    found = dict(codes(report))
    assert found["unmatched-block"] == f"/policies/0/programmes/{number - 1}"
    assert set(found) == {"list-block-count", "unmatched-block"} | ({"number-gap"} if number < 5 else set())


@pytest.mark.parametrize("form", TITLES[:-1])
@pytest.mark.parametrize("first", [1, 2, 4])
def test_swapped_blocks_are_reported_and_keep_their_own_values(form: str, first: int, tmp_path: Path) -> None:
    blocks = list(titled(form))
    blocks[first - 1], blocks[first] = blocks[first], blocks[first - 1]
    report = MadeUp(blocks=tuple(blocks)).read(tmp_path)
    assert overviews(report) == right(ALL)
    assert {code for code, _ in codes(report)} == {"number-gap"}


def test_a_title_that_differs_a_little_is_the_same_programme_and_is_reported(tmp_path: Path) -> None:
    blocks = (replace(BLOCKS[0], title="1　港の学舎運営事業"), *titled("{number}　{name}")[1:])
    report = MadeUp(blocks=blocks).read(tmp_path)
    assert codes(report) == [("name-variant", "/policies/0/programmes/0/name")]
    assert programmes(report)[0].name == "港の学び舎運営事業"


def test_ids_are_unique_where_a_number_stands_twice(tmp_path: Path) -> None:
    rows = (*BLOCKS[:1], replace(BLOCKS[1], number=1), *BLOCKS[2:])
    report = MadeUp(rows=rows).read(tmp_path)
    ids = [one.id for one in programmes(report)]
    assert len(set(ids)) == len(ids) == 5
    assert {code for code, _ in codes(report)} == {"number-gap"}


@pytest.mark.parametrize("count", [1, 7, 40])
def test_rows_without_any_block_and_blocks_without_any_row(count: int, tmp_path: Path) -> None:
    many = tuple(replace(BLOCKS[index % 5], number=index + 1) for index in range(count))
    rows_only = MadeUp(rows=many, blocks=()).read(tmp_path)
    assert [one.number for one in programmes(rows_only)] == list(range(1, count + 1))
    assert {code for code, _ in codes(rows_only)} == {"list-block-count", "unmatched-list-entry"}
    blocks_only = MadeUp(rows=(), blocks=many).read(tmp_path)
    assert [one.id for one in programmes(blocks_only)] == [f"2024-2-x{index + 1}" for index in range(count)]
    assert {code for code, _ in codes(blocks_only)} == {"list-block-count", "unmatched-block"}


# The real transcript, whose blocks have no titles, and the 2022 report without its blocks' titles and page labels.
# Both are read once, and their rows and blocks then left out, doubled and swapped.
REPORTS = ["aomori-sme-2023-transcript.txt", "aomori-sme-2022.pdf"]


@cache
def halves(name: str) -> tuple[tuple[ListEntry, ...], tuple[parts.Block, ...]]:
    """The rows and blocks of a report, in the same order; the number of a row says which block is its own."""
    layout = lay_out_pages(read_pdf(RAW / name)) if name.endswith("pdf") else lay_out_lines(read_text(RAW / name))
    chapter = extract_values(build_outline(layout, load_profile()), load_profile()).chapters[0]
    return chapter.entries, tuple(replace(one, number=None, name=None, source=()) for one in chapter.blocks)


def renumbered(entries: tuple[ListEntry, ...]) -> tuple[ListEntry, ...]:
    return tuple(replace(one, number=number) for number, one in enumerate(entries, start=1))


def without(number: int, them: tuple[T, ...]) -> tuple[T, ...]:
    return them[:number] + them[number + 1 :]


def cases(name: str, what: str) -> Iterator[tuple[tuple[ListEntry, ...], tuple[parts.Block, ...]]]:
    """All reports that differ from the real one by one thing."""
    rows, blocks = halves(name)
    for at in range(len(rows)):
        if what == "a block is missing":
            yield rows, without(at, blocks)
        elif what == "a row is missing":
            yield without(at, rows), blocks
        elif what == "a row is missing and the list numbered anew":
            yield renumbered(without(at, rows)), blocks
        elif what == "a block stands twice":
            yield rows, blocks[: at + 1] + blocks[at:]
        elif what == "two neighbours are swapped" and at + 1 < len(rows):
            yield rows, (*blocks[:at], blocks[at + 1], blocks[at], *blocks[at + 2 :])
        elif what == "a block and the next row but two are missing" and at + 3 < len(rows):
            yield without(at + 3, rows), without(at, blocks)


# How many links may be wrong in all cases of a report together: what the evidence allows today, so it may only sink.
WRONG = {
    "a block is missing": (4, 1),
    "a row is missing": (0, 1),
    "a row is missing and the list numbered anew": (4, 3),
    "a block stands twice": (4, 3),
    "two neighbours are swapped": (3, 0),
    "a block and the next row but two are missing": (5, 2),
}


@pytest.mark.parametrize("name", REPORTS)
def test_every_untitled_block_of_a_whole_report_is_linked_for_certain(name: str) -> None:
    rows, blocks = halves(name)
    assert link_chapter(rows, blocks) == [RowBlockPair(row, block) for row, block in zip(rows, blocks, strict=True)]


@pytest.mark.slow
@pytest.mark.parametrize("what", WRONG)
@pytest.mark.parametrize("name", REPORTS)
def test_no_block_without_title_is_linked_wrongly_without_a_word(name: str, what: str) -> None:
    own = {entry.name: block for entry, block in zip(*halves(name), strict=True)}
    wrong = []
    for rows, blocks in cases(name, what):
        pairs = link_chapter(rows, blocks)
        # Nothing is lost or made: each row and block stands in one pair.
        assert [pair.entry for pair in pairs if pair.entry] == list(rows)
        assert sorted(id(pair.block) for pair in pairs if pair.block) == sorted(map(id, blocks))
        wrong += [one for one in pairs if one.entry and one.block and one.block is not own[one.entry.name]]
    assert [pair.entry.name for pair in wrong if pair.entry and pair.certain and not pair.out_of_order] == []
    assert len(wrong) <= WRONG[what][REPORTS.index(name)]


# In a large chapter only pairs near the diagonal are weighed, unless the best may lie elsewhere.


@pytest.mark.slow
@pytest.mark.parametrize("what", WRONG)
@pytest.mark.parametrize("name", REPORTS)
def test_weighing_near_pairs_alone_gives_what_weighing_all_gives(name: str, what: str) -> None:
    for rows, blocks in list(cases(name, what))[::2]:
        assert link_chapter(rows, blocks, reach=6) == link_chapter(rows, blocks, reach=len(rows) + len(blocks))


@cache
def large(*, titled: bool) -> tuple[tuple[ListEntry, ...], tuple[parts.Block, ...]]:
    """A chapter of 200 programmes."""
    made = many(200, titled=titled)
    lines = MadeUp(rows=made, blocks=made).text().split("\n")
    layout = lay_out_lines([TranscriptLine(number, line) for number, line in enumerate(lines, start=1)])
    chapter = extract_values(build_outline(layout, load_profile()), load_profile()).chapters[0]
    return chapter.entries, chapter.blocks


def pieces(name: str, them: tuple[T, ...], *, rows: bool) -> tuple[T, ...]:
    """The rows or blocks of a large chapter of which much is lost or moved."""
    if name == "60 blocks stand far behind":
        return them if rows else (*them[:20], *them[80:160], *them[20:80], *them[160:])
    if name == "60 rows lost before as many blocks":
        return (*them[:10], *them[70:]) if rows else (*them[:120], *them[180:])
    if name == "60 blocks lost before as many rows":
        return (*them[:120], *them[180:]) if rows else (*them[:10], *them[70:])
    if name == "half of the rows":
        return them[::2] if rows else them
    if name == "the first third of the blocks":
        return them if rows else them[:66]
    if name == "one block lost, another row":
        return without(150, them) if rows else without(20, them)
    return them


@pytest.mark.slow
@pytest.mark.parametrize("titled", [True, False])
@pytest.mark.parametrize(
    "name",
    [
        "nothing",
        "one block lost, another row",
        "60 blocks stand far behind",
        "60 rows lost before as many blocks",
        "60 blocks lost before as many rows",
        "half of the rows",
        "the first third of the blocks",
    ],
)
def test_a_large_chapter_of_which_much_is_lost_or_moved_is_linked_as_by_all_pairs(name: str, titled: bool) -> None:
    rows, blocks = large(titled=titled)
    own = {entry.name: block for entry, block in zip(rows, blocks, strict=True)}
    left, right = pieces(name, rows, rows=True), pieces(name, blocks, rows=False)
    pairs = link_chapter(left, right)
    assert pairs == link_chapter(left, right, reach=len(rows) + len(blocks))
    wrong = [pair for pair in pairs if pair.entry and pair.block and pair.block is not own[pair.entry.name]]
    assert [pair.entry.name for pair in wrong if pair.entry and pair.certain and not pair.out_of_order] == []


@pytest.mark.parametrize("titled", [True, False])
def test_twice_the_programmes_are_twice_the_pairs_to_weigh(titled: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    rows, blocks = large(titled=titled)
    weighed = 0
    line = RowBlockEvidence.weigh_row

    def counted(self: RowBlockEvidence, row: int, first: int, end: int) -> list[float]:
        nonlocal weighed
        weighed += end - first
        return line(self, row, first, end)

    monkeypatch.setattr(RowBlockEvidence, "weigh_row", counted)
    counts = []
    for size in (100, 200):
        weighed = 0
        link_chapter(rows[:size], blocks[:size])
        counts.append(weighed)
    assert counts[1] < 2.5 * counts[0]


def test_an_uncertain_link_is_a_finding(tmp_path: Path) -> None:
    # Both blocks say the same, so either could be the one of the second row.
    twice = (*BLOCKS[:2], BLOCKS[1], *BLOCKS[2:])
    assert codes(MadeUp(blocks=twice).read(tmp_path)) == [
        ("list-block-count", "/policies/0/programmes"),
        ("unmatched-block", "/policies/0/programmes/1"),
        ("uncertain-link", "/policies/0/programmes/2"),
    ]


def test_swapped_blocks_without_titles_are_reported_and_keep_their_own_values(tmp_path: Path) -> None:
    for first in range(1, len(BLOCKS)):
        blocks = (*BLOCKS[: first - 1], BLOCKS[first], BLOCKS[first - 1], *BLOCKS[first + 1 :])
        report = MadeUp(blocks=blocks).read(tmp_path)
        assert overviews(report) == right(ALL)
        assert {code for code, _ in codes(report)} == {"number-gap", "uncertain-link"}


def test_where_nothing_speaks_for_any_pair_order_alone_decides() -> None:
    rows, blocks = halves(REPORTS[0])
    blank = Passage(paragraphs=(), notes=(), facts=(), activities=(), source=())
    silent = tuple(replace(one, overview=blank, results=blank, metrics=(), offices=()) for one in blocks)
    assert link_chapter(rows, silent) == [RowBlockPair(row, block) for row, block in zip(rows, silent, strict=True)]


def test_a_neighbour_that_the_prose_names_does_not_take_the_block() -> None:
    rows, blocks = halves("aomori-sme-2023-transcript.txt")
    for number in range(0, len(blocks) * len(rows), 7):  # coprime to 37, so that all rows and blocks come in
        block, row = divmod(number, len(rows))
        results = blocks[block].results
        said = (*results.paragraphs, f"「{rows[row].name}」と連携して実施した。")
        quoting = replace(blocks[block], results=results.model_copy(update={"paragraphs": said}))
        pairs = link_chapter(rows, (*blocks[:block], quoting, *blocks[block + 1 :]))
        assert [pair.entry for pair in pairs] == list(rows)
        assert [pair.block for pair in pairs] == [*blocks[:block], quoting, *blocks[block + 1 :]]
