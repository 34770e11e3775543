"""Side marks: chapter tabs and other marks in the margins beside the text, which belong to the page.

They stand outside of all prose and tables of pages of their kind. A mark is set down the page, one letter under the
other, or stands at one height on several pages.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.document.geometry import centre_x
from extractor.document.page import Glyph
from extractor.layout.place import LabelledPage
from extractor.layout.regions.atoms import Atom
from extractor.layout.regions.cut import PROSE_LETTERS, SAME_TOP, Sides
from extractor.layout.runs import split_into_runs

# Letters of one mark stand no further apart down the page than this, in sizes; so many of them are no accident.
APART_DOWN, LEAST_DOWN = 1.5, 3


@dataclass(frozen=True, slots=True)
class SideMark:
    """A mark in a margin: its parts, from top to bottom."""

    atoms: tuple[Atom, ...]

    def list_glyphs(self) -> list[Glyph]:
        """List its letters."""
        return [glyph for atom in self.atoms for glyph in atom.list_glyphs()]

    @property
    def text(self) -> str:
        """What is printed."""
        return "".join(glyph.text for glyph in self.list_glyphs())

    @property
    def is_set_down(self) -> bool:
        """Whether it is set down the page."""
        return len(self.atoms) >= LEAST_DOWN


def find_side_marks(pages: Sequence[tuple[LabelledPage, Sequence[Atom]]]) -> list[list[SideMark]]:
    """Find the marks beside the text of each page.

    Args:
        pages: All pages, or parts of a sheet, each with its atoms but for its printed number.

    Returns:
        The marks of each page, in order.
    """
    sides = _measure_text_sides(pages)
    found = [list(_list_outside(atoms, sides.get(_kind_of(on)))) for on, atoms in pages]
    tops: dict[str, list[float]] = defaultdict(list)
    for marks in found:
        for text, top in {(mark.text, mark.atoms[0].top) for mark in marks}:
            tops[text].append(top)
    return [[mark for mark in marks if mark.is_set_down or _is_repeated(mark, tops[mark.text])] for marks in found]


_Kind = tuple[int, int, Sides]


def _kind_of(on: LabelledPage) -> _Kind:
    return round(on.page.width), round(on.page.height), on.get_sides()


def _measure_text_sides(pages: Sequence[tuple[LabelledPage, Sequence[Atom]]]) -> dict[_Kind, Sides]:
    """Measure between which sides the prose and tables of each kind of page stand."""
    sides: dict[_Kind, Sides] = {}
    for on, atoms in pages:
        wide = [atom for atom in atoms if atom.is_table or len(atom.glyphs) >= PROSE_LETTERS]
        if wide:
            x0, x1 = sides.get(_kind_of(on), (on.page.width, 0.0))
            sides[_kind_of(on)] = min(x0, *(atom.x0 for atom in wide)), max(x1, *(atom.x1 for atom in wide))
    return sides


def _list_outside(atoms: Sequence[Atom], sides: Sides | None) -> Iterator[SideMark]:
    """List what stands outside of the text, letters that stand under one another as one."""
    if sides is None:
        return
    for outside in (
        [atom for atom in atoms if atom.x1 < sides[0]],
        [atom for atom in atoms if atom.x0 > sides[1]],
    ):
        ordered = sorted(outside, key=lambda atom: (round(centre_x(atom)), atom.top))
        for run in split_into_runs(ordered, lambda run, atom: _goes_on_below(run[-1], atom)):
            yield SideMark(tuple(run))


def _goes_on_below(above: Atom, below: Atom) -> bool:
    """Tell whether a letter stands right under another."""
    letters = len(above.glyphs) == len(below.glyphs) == 1
    same = abs(centre_x(above) - centre_x(below)) <= SAME_TOP
    return letters and same and 0 < below.top - above.top <= APART_DOWN * max(above.size, below.size) + SAME_TOP


def _is_repeated(mark: SideMark, tops: Sequence[float]) -> bool:
    """Tell whether a mark stands at its height on another page too."""
    return sum(abs(top - mark.atoms[0].top) <= SAME_TOP for top in tops) > 1
