"""Passages: paragraphs under a heading, or in a cell, become a passage.

What no record holds becomes unplaced text.
"""

from collections.abc import Iterable, Sequence

from extractor.document.layout import Cell, Paragraph, gather_places
from extractor.records.report import Passage, Unplaced


def build_passage(paragraphs: Sequence[Paragraph] | None) -> Passage:
    """Build the prose under a heading.

    Lines that begin with ※ are its notes. Empty where there is none.
    """
    lines = paragraphs or []
    prose = [line for line in lines if not line.text.startswith("※")]
    notes = [line for line in lines if line.text.startswith("※")]
    return Passage(
        paragraphs=tuple(line.text for line in prose),
        notes=tuple(line.text for line in notes),
        facts=(),
        activities=(),
        source=gather_places(prose + notes),
    )


def list_unplaced(parts: Iterable[Cell | Paragraph]) -> list[Unplaced]:
    """List the texts of cells and lines that no record holds.

    Each has its place; blank cells have no text.
    """
    return [Unplaced(text=part.text, source=part.source) for part in parts if part.text]
