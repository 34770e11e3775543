"""Passages: the paragraphs under a heading, or in a cell, become a passage with its notes."""

from extractor.document.layout import Paragraph
from extractor.records.report import Passage


def passage(paragraphs: list[Paragraph] | None) -> Passage:
    """The prose under a heading; lines that begin with ※ are its notes. Empty where there is none."""
    prose = [paragraph for paragraph in paragraphs or [] if not paragraph.text.startswith("※")]
    notes = [paragraph for paragraph in paragraphs or [] if paragraph.text.startswith("※")]
    return Passage(
        paragraphs=tuple(paragraph.text for paragraph in prose),
        notes=tuple(note.text for note in notes),
        facts=(),
        activities=(),
        source=tuple(place for paragraph in prose + notes for place in paragraph.source),
    )
