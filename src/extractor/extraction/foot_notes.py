"""Foot notes: the notes of a block, and those that a mark names."""

from collections.abc import Sequence
from dataclasses import replace

from extractor.document.layout import Paragraph
from extractor.document.outline import ProgrammeBlock
from extractor.grammar.note_marks import fold_mark, names_note, split_note_line, split_off_prose_marks
from extractor.records.report import Note, Source


def list_notes(block: ProgrammeBlock) -> tuple[Note, ...]:
    """List the foot notes of a block: first its own lines, each as one note, then the ※ lines of its passages."""
    lines = [*block.notes, *(block.results or []), *(block.overview or [])]
    notes = []
    for at, line in enumerate(lines):
        found = split_note_line(line.text)
        if found or at < len(block.notes):
            mark, text = found or ("", line.text)
            notes.append(Note(mark=mark, text=text, source=line.source))
    return tuple(notes)


def find_named_notes(marks: Sequence[str], notes: Sequence[Note], source: Source) -> tuple[Note, ...]:
    """Find the foot notes that marks name.

    Args:
        marks: The marks as printed.
        notes: The notes of the block.
        source: Where the marks stand.

    Returns:
        A note a mark; one that is not found has no text, and the place of its mark.
    """
    found = []
    for mark in marks:
        named = next((note for note in notes if names_note(mark, note.mark)), None)
        own = mark if fold_mark(mark).isdigit() else fold_mark(mark)
        found.append(named or Note(mark=own, text="", source=source))
    return tuple(found)


def lift_prose_marks(block: ProgrammeBlock, notes: Sequence[Note]) -> tuple[ProgrammeBlock, tuple[Note, ...]]:
    """Lift the marks of foot notes out of the prose of a block.

    Args:
        block: The block.
        notes: Its foot notes.

    Returns:
        The block without the marks, and the notes that they name.
    """
    # A paragraph of a list begins with its number, as a note may; only what stands behind a table is one surely.
    known = [note.mark for at, note in enumerate(notes) if at < len(block.notes) or not note.mark.endswith(")")]
    named: list[Note] = []

    def lift(lines: Sequence[Paragraph]) -> list[Paragraph]:
        lifted = []
        for line in lines:
            text, marks = (line.text, ()) if line.text.startswith("※") else split_off_prose_marks(line.text, known)
            named.extend(find_named_notes(marks, notes, line.source))
            lifted.append(replace(line, text=text) if marks else line)
        return lifted

    overview, results = (lines and lift(lines) for lines in (block.overview, block.results))
    sections = [replace(section, paragraphs=lift(section.paragraphs)) for section in block.sections]
    return replace(block, overview=overview, results=results, sections=sections), tuple(named)
