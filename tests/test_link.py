"""Rows and blocks find each other, and one that is missing, extra, untitled or swapped shifts no other."""

from dataclasses import replace
from pathlib import Path

import pytest

from extractor.model.record import Report
from made_up import BLOCKS, Block, MadeUp, codes, programmes

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
