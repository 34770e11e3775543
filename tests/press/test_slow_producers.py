"""What a word processor and a browser print of every family is read back."""

import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractor.pipeline import read_report
from extractor.write import report_json
from press import browser, word_processor
from press.html import POSTSCRIPT, TRUETYPE, Fonts
from press.model import Printed, ReportModel, differences, expected, warranted
from press.specimen import specimen
from press.style import FAMILIES, Style

pytestmark = pytest.mark.slow

# Neither program turns a page's content or crops it.
SHOWN = [name for name, style in FAMILIES.items() if not style.rotated and not style.crop]
# In fonts with PostScript outlines only a few: they take longest to print and to read.
DRAWN = ["bars", "boxes", "over pages"]
# The years of a family's tables where they are not 2022 and 2023: over the change of the era, and three of them.
YEARS = {"landscape": (2020, 3), "dotted": (2020, 3), "bold lines": (2019, 2), "targets under years": (2020, 3)}


@cache
def model_for(family: str) -> ReportModel:
    return specimen(*YEARS.get(family, (2023, 2)))


@dataclass(frozen=True)
class Case:
    """A family, and for the browser the fonts that it is printed in."""

    family: str
    fonts: Fonts = TRUETYPE

    @property
    def model(self) -> ReportModel:
        return model_for(self.family)

    @property
    def style(self) -> Style:
        return FAMILIES[self.family]

    def __str__(self) -> str:
        return self.family + (", drawn glyphs" if self.fonts == POSTSCRIPT else "")


WORD_PROCESSOR = [Case(name) for name in SHOWN]
BROWSER = [*WORD_PROCESSOR, *(Case(name, POSTSCRIPT) for name in DRAWN)]

# What cannot be read yet, by case, and why. Whoever makes it readable takes it out.
_HANGING = "the second line of a ※ note that hangs (its further lines indented) is taken for a paragraph"
_FULL_TITLE = "a bold title that fills its line and the heading below it are one paragraph"
_BOTH = {
    "three rules": "a table without vertical rules is no table; the list is lost",
    "no rules": "a metric table without rules is read as prose of 事業実績",
    "forms": "a block that is one ruled table is not known for a block",
    "targets": "columns of 目標 are not known, and the year's 実績 stands as an unknown column",
    "targets under years": "of 目標 and 実績 under one year, one is lost as a year that stands twice",
    "unit column": "a column 単位 gives its rows no unit",
    "plain headings": "a heading without brackets that opens every page at one height is taken for a running header",
    "tight list": "two offices on two lines are one where the first fills its line",
    "over pages": f"{_HANGING}; {_FULL_TITLE}",
}
NOT_YET_PROCESSED = {
    **_BOTH,
    "over pages, heads once": f"{_HANGING}; a row that goes on on the next page is taken for two",
}
NOT_YET_BROWSED = {
    **_BOTH,
    "tight list": f"{_BOTH['tight list']}; a name's last character, alone in its line, is set apart by a blank",
    "dotted": "dots that are small squares are taken for rules across and down each, and the grid has a column a dot",
    "over pages, heads once": f"{_HANGING}; {_FULL_TITLE}",
    "over pages, drawn glyphs": f"{_HANGING}; {_FULL_TITLE}",
}


def _there(missing: str | None) -> None:
    """Skip where a producer is missing; where checks run for everybody and nothing may be skipped, fail."""
    if missing is None:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"{missing} is missing")
    pytest.skip(f"{missing} is missing")


@pytest.fixture(scope="session")
def word_processed() -> dict[Case, Printed]:
    """All cases from the word processor, in one run of it."""
    _there(word_processor.missing())
    made = word_processor.typeset_all([(case.model, case.style) for case in WORD_PROCESSOR])
    return dict(zip(WORD_PROCESSOR, made, strict=True))


@pytest.fixture(scope="session")
def browsed() -> dict[Case, Printed]:
    """All cases from the browser, in one run of it."""
    _there(browser.missing())
    made = browser.typeset_all([(case.model, case.style, case.fonts) for case in BROWSER])
    return dict(zip(BROWSER, made, strict=True))


def _marked(cases: Iterable[Case], not_yet: dict[str, str]) -> list[Any]:
    return [
        pytest.param(case, id=name, marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason=not_yet[name]))
        if (name := str(case)) in not_yet
        else pytest.param(case, id=name)
        for case in cases
    ]


def _reads_back(printed: Printed, case: Case, folder: Path) -> None:
    """All leaves as in the model, nothing left over, no finding without cause."""
    path = folder / "report.pdf"
    path.write_bytes(printed.pdf)
    read: dict[str, Any] = json.loads(report_json(read_report(path)))
    assert differences(expected(case.model, case.style, printed), read) == []
    assert [one["text"] for one in read["unplaced"]] == []
    assert Counter(one["code"] for one in read["findings"]) == warranted(case.model, case.style)


@pytest.mark.parametrize("case", _marked(WORD_PROCESSOR, NOT_YET_PROCESSED))
def test_what_a_word_processor_prints_is_read_back(
    case: Case, word_processed: dict[Case, Printed], tmp_path: Path
) -> None:
    _reads_back(word_processed[case], case, tmp_path)


@pytest.mark.parametrize("case", _marked(BROWSER, NOT_YET_BROWSED))
def test_what_a_browser_prints_is_read_back(case: Case, browsed: dict[Case, Printed], tmp_path: Path) -> None:
    _reads_back(browsed[case], case, tmp_path)


@pytest.mark.parametrize("producer", ["word_processed", "browsed"])
def test_the_list_names_pages_in_order(producer: str, request: pytest.FixtureRequest) -> None:
    """Of the press itself: a page for every programme, none before the first, where pages are numbered at all."""
    made: dict[Case, Printed] = request.getfixturevalue(producer)
    for case, printed in made.items():
        labels = [int(label) for label in printed.page_labels.values()]
        wanted = sum(1 for _ in case.model.programmes()) if case.style.list_says_page else 0
        assert len(labels) == wanted, case
        assert labels == sorted(labels), case
        assert all(label >= case.style.first_page for label in labels), case
