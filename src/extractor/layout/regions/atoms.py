"""Atoms: what of a page no cut may part, a run of letters without a wide gap or a ruled table."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractor.document.geometry import gap_x
from extractor.document.page import Glyph
from extractor.layout.lines import TextLine
from extractor.layout.ruled.overflow import FilledGrid
from extractor.layout.runs import split_into_runs

# In sizes: white that is wider than this may be a gutter (an ideographic space is 1.0).
GUTTER = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """A run of letters without a wide gap, or a ruled table or box, with its box in points.

    `blanks` are the glyphs without ink that stand in it or behind it; `grid` is None for letters.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    size: float = 0.0
    font: str = ""
    glyphs: tuple[Glyph, ...] = ()
    blanks: tuple[Glyph, ...] = ()
    grid: FilledGrid | None = None

    @property
    def is_table(self) -> bool:
        """Whether it is a ruled table of several cells."""
        return self.grid is not None and len(self.grid.grid.cells) > 1

    def list_glyphs(self) -> list[Glyph]:
        """List its letters, those in the cells of a table too."""
        inside = self.grid.cells.values() if self.grid else ()
        return [*self.glyphs, *(glyph for glyphs in inside for glyph in glyphs)]

    def parse_number(self) -> int | None:
        """Parse the number that is set apart at its beginning (3 事業名, （3）事業名, 3．事業名); None for none."""
        digits = ""
        for before, glyph in zip((None, *self.glyphs), self.glyphs, strict=False):
            plain = unicodedata.normalize("NFKC", glyph.text)
            if plain.isdecimal():
                digits += plain
            elif digits or plain not in "(No.第":
                apart = before is not None and gap_x(before, glyph) > 0.3 * glyph.size
                return int(digits) if digits and len(digits) <= 3 and (apart or plain in ").、") else None
        return None


def list_atoms(lines: Iterable[TextLine], grids: Iterable[FilledGrid]) -> list[Atom]:
    """List the atoms of a page from top to bottom.

    Args:
        lines: The lines outside of all grids, each over the whole width of the page.
        grids: The ruled tables and boxes.

    Returns:
        Every glyph of the lines in one atom, and one atom for each grid that stands in no other.
    """
    atoms = [atom for line in lines for atom in split_line(line)]
    atoms += [Atom(*filled.grid.box, grid=filled) for filled in grids]
    return sorted(atoms, key=lambda atom: (atom.top, atom.x0))


def split_line(line: TextLine, gap: float = GUTTER) -> Iterator[Atom]:
    """Split a line where its white is wider than so many sizes.

    Args:
        line: The line.
        gap: The width, in sizes.

    Yields:
        The runs from left to right; the blanks of the line are shared out among them.
    """
    runs = split_into_runs(line.glyphs, lambda run, glyph: gap_x(run[-1], glyph) <= gap * max(line.size, glyph.size))
    ends = [run[0].x0 for run in runs[1:]] + [float("inf")]
    start = float("-inf")
    for run, end in zip(runs, ends, strict=True):
        blanks = tuple(blank for blank in line.blanks if start <= blank.x0 < end)
        yield _make_text_atom(run, blanks, line)
        start = end


def _make_text_atom(run: Sequence[Glyph], blanks: tuple[Glyph, ...], line: TextLine) -> Atom:
    """Make the atom of a run; size and font are those of its first letter, by which a title is known."""
    first = max(run[:3], key=lambda glyph: glyph.size) if len(run) < len(line.glyphs) else None
    size, font = (round(first.size, 1), first.font.split("+", 1)[-1]) if first else (line.size, line.font)
    top, bottom = min(glyph.top for glyph in run), max(glyph.bottom for glyph in run)
    return Atom(run[0].x0, top, run[-1].x1, bottom, size, font, tuple(run), blanks)
