"""Sheets: several pages side by side on one, each with a printed number of its own."""

from collections.abc import Sequence
from itertools import pairwise

from extractor.document.geometry import centre_x
from extractor.document.page import Page
from extractor.layout import furniture
from extractor.layout.lines import TextLine, form_lines
from extractor.layout.regions.atoms import Atom, split_line
from extractor.layout.regions.cut import SAME_EDGE, Sides

# In sizes: the numbers of two pages stand no nearer to each other.
APART = 10.0


def find_sheets(page: Page, lines: Sequence[TextLine], atoms: Sequence[Atom]) -> list[tuple[Sides, TextLine]]:
    """Find the pages that stand side by side on a sheet.

    Args:
        page: The sheet.
        lines: Its lines.
        atoms: All that stands on it.

    Returns:
        The sides of each page and the line that is its number; none where numbers that follow one another stand not on
        one line, one in each part, or something stands across two parts.
    """
    for line in furniture.find_outermost_lines(page, lines):
        numbers = _list_numbers(line)
        labels = [furniture.parse_page_label(number.text) for number in numbers]
        follow = all(a and b and a.isdigit() and b == str(int(a) + 1) for a, b in pairwise(labels))
        if len(numbers) < 2 or not follow:
            continue
        edges = [page.width * at / len(numbers) for at in range(len(numbers) + 1)]
        parts = list(zip(pairwise(edges), numbers, strict=True))
        within = all(x0 <= centre_x(number) < x1 for (x0, x1), number in parts)
        across = any(atom.x0 < x - SAME_EDGE and x + SAME_EDGE < atom.x1 for atom in atoms for x in edges[1:-1])
        return parts if within and not across else []
    return []


def _list_numbers(line: TextLine) -> list[TextLine]:
    """List the numbers of pages on a line: all that it holds, or those that stand far from their running headers."""
    parts = _split_line(line, APART)
    if all(furniture.parse_page_label(part.text) for part in parts):
        return parts
    return [part for part in _split_line(line, furniture.FAR) if furniture.parse_page_label(part.text)]


def _split_line(line: TextLine, gap: float) -> list[TextLine]:
    return [part for atom in split_line(line, gap) for part in form_lines((*atom.glyphs, *atom.blanks))]
