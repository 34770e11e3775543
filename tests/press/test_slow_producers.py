"""What a word processor and a browser print of every family is read back."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from press import browser, word_processor
from press.html import POSTSCRIPT, TRUETYPE, Fonts
from press.model import Printed, ReportModel
from press.style import FAMILIES, Style
from press.trial import model_for, read

pytestmark = pytest.mark.slow

# Neither program turns a page's content or crops it.
SHOWN = [name for name, style in FAMILIES.items() if not style.rotated and not style.crop]
# In fonts with PostScript outlines only a few: they take longest to print and to read.
DRAWN = ["bars", "boxes", "over pages"]


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


@pytest.mark.parametrize("case", WORD_PROCESSOR, ids=str)
def test_what_a_word_processor_prints_is_read_back(
    case: Case, word_processed: dict[Case, Printed], tmp_path: Path
) -> None:
    read(case.model, case.style, lambda *_: word_processed[case], tmp_path).check()


@pytest.mark.parametrize("case", BROWSER, ids=str)
def test_what_a_browser_prints_is_read_back(case: Case, browsed: dict[Case, Printed], tmp_path: Path) -> None:
    read(case.model, case.style, lambda *_: browsed[case], tmp_path).check()


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
