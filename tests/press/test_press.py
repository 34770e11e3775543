"""Reports of many families, printed by a press: what is read of the pages is what was printed on them, leaf by leaf."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from press import cid, embedded
from press.at_random import reports, styles
from press.model import OfficeModel, Printed, ReportModel, differences, expected, leaves
from press.real import GOLDEN, real_report
from press.specimen import many_chapters
from press.style import FAMILIES, PLAIN, Style
from press.trial import PRODUCERS, Typeset, model_for, read, without_fonts


@pytest.mark.parametrize("typeset", PRODUCERS)
@pytest.mark.parametrize("family", FAMILIES)
def test_a_report_of_each_family_is_read_as_it_was_printed(family: str, typeset: Typeset, tmp_path: Path) -> None:
    read(model_for(family), FAMILIES[family], typeset, tmp_path).check()


@pytest.mark.parametrize("typeset", PRODUCERS)
def test_a_block_over_three_pages_is_one(typeset: Typeset, tmp_path: Path) -> None:
    found = read(model_for("over pages"), FAMILIES["over pages, heads once"], typeset, tmp_path)
    found.check()
    pages = [len(one["source"]) for policy in found.data["policies"] for one in policy["programmes"]]
    assert max(pages) >= 3


@pytest.mark.parametrize("typeset", PRODUCERS)
@pytest.mark.parametrize("size", [9.5, 10.5, 11.5, 12.0])
def test_a_footer_whose_blank_stands_under_the_white_between_columns(
    size: float, typeset: Typeset, tmp_path: Path
) -> None:
    model = model_for("no rules")
    office = OfficeModel("地域企業支援課", ("企画グループ",))
    chapters = tuple(
        replace(chapter, programmes=tuple(replace(one, offices=(office,)) for one in chapter.programmes))
        for chapter in model.chapters
    )
    style = replace(FAMILIES["no rules"], size=size, footer_align="right", name_share=0.6)
    read(replace(model, chapters=chapters), style, typeset, tmp_path).check("office-mismatch")


@pytest.mark.parametrize("typeset", PRODUCERS)
def test_ten_chapters_each_with_a_list_of_its_own(typeset: Typeset, tmp_path: Path) -> None:
    read(many_chapters(), PLAIN, typeset, tmp_path).check()


@pytest.mark.slow
@pytest.mark.parametrize("family", ["bars", "over pages, heads once", "boxes"])
def test_the_real_text_of_2023_in_other_dresses(family: str, tmp_path: Path) -> None:
    typeset = embedded.typeset if embedded.available() else cid.typeset
    found = read(real_report(), FAMILIES[family], typeset, tmp_path)
    assert found.wrong == []
    assert found.unplaced == []
    # What the real report itself gives cause for is said here too.
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert found.findings - Counter(one["code"] for one in golden["findings"]) == Counter()


@pytest.mark.slow
@settings(max_examples=160)
@given(reports(), styles(sorted(FAMILIES)))
@without_fonts
def test_any_report_with_embedded_fonts(
    tmp_path_factory: pytest.TempPathFactory, model: ReportModel, style: Style
) -> None:
    read_at_random(model, style, embedded.typeset, tmp_path_factory)


@pytest.mark.slow
@settings(max_examples=40)
@given(reports(), styles(sorted(FAMILIES)))
def test_any_report_with_fonts_that_are_not_embedded(
    tmp_path_factory: pytest.TempPathFactory, model: ReportModel, style: Style
) -> None:
    read_at_random(model, style, cid.typeset, tmp_path_factory)


def loses_a_column(model: ReportModel, style: Style) -> bool:
    """Whether a row of one cell under all years may stand alone on a page, without a head: not read yet, for there no
    rule parts the columns."""
    rows = [metric for _, one in model.programmes() for metric in one.metrics]
    return not style.repeated_head and any(cell.span > 1 for metric in rows for cell in metric.cells)


def shows_no_merging(model: ReportModel, style: Style) -> bool:
    """Whether cells are merged where nothing is ruled to show it: then it is said that a cell is blank, or has none."""
    rows = [metric for _, one in model.programmes() for metric in one.metrics]
    merged = any(metric.row > 1 or any(cell.span > 1 for cell in metric.cells) for metric in rows)
    return style.rules in {"three", "none"} and merged


def read_at_random(model: ReportModel, style: Style, typeset: Typeset, folders: pytest.TempPathFactory) -> None:
    assume(not loses_a_column(model, style) and not shows_no_merging(model, style))
    found = read(model, style, typeset, folders.mktemp("press"))
    # Where blocks have no titles it may rightly be called uncertain whose they are.
    found.check(*(["uncertain-link"] if style.title == "none" else []))


@given(reports(), st.sampled_from(sorted(FAMILIES)))
@settings(max_examples=15)
def test_what_is_expected_differs_from_nothing_but_other_reports(model: ReportModel, family: str) -> None:
    wanted = expected(model, FAMILIES[family], Printed(b""))
    assert differences(wanted, wanted) == []
    first = next(iter(model.programmes()))[1]
    other = replace(model.chapters[0], programmes=(replace(first, budget=(first.budget or 0) + 1),))
    changed = expected(replace(model, chapters=(other, *model.chapters[1:])), FAMILIES[family], Printed(b""))
    assert differences(wanted, changed) != []
    assert len(list(leaves(wanted))) > 30
