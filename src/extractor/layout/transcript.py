"""Transcript: the lines of a text file become the same `Layout` as a PDF's pages.

A line is a paragraph; lines with tabs are the rows of a table, one row after another one table. Blank lines part.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from extractor.document.layout import Cell, Element, Layout, Paragraph, Table
from extractor.document.page import TranscriptLine
from extractor.grammar.normalize import normalize_printed
from extractor.grammar.note_marks import split_off_marks
from extractor.records.messages import Message, make_message
from extractor.records.report import LineSpan, Source


def _locate(first: TranscriptLine, last: TranscriptLine | None = None) -> Source:
    return (LineSpan(line=first.number, end_line=(last or first).number),)


def _make_table(rows: Sequence[TranscriptLine]) -> Table:
    cells = tuple(
        Cell(number, column, text, _locate(row), marks=marks)
        for number, row in enumerate(rows)
        for column, printed in enumerate(row.text.split("\t"))
        for text, marks in [split_off_marks(normalize_printed(printed))]
    )
    columns = 1 + max(cell.column for cell in cells)
    return Table(cells, len(rows), columns, _locate(rows[0], rows[-1]))


def lay_out_lines(lines: Sequence[TranscriptLine]) -> Layout:
    """Lay out a transcript. It has no furniture, no merged cells and no pages."""
    elements: list[Element] = []
    for is_row, group in groupby(lines, key=lambda line: "\t" in line.text):
        if is_row:
            elements.append(_make_table(list(group)))
        else:
            texts = ((normalize_printed(line.text), line) for line in group)
            elements += (Paragraph(text, _locate(line)) for text, line in texts if text)
    return Layout(tuple(elements), (), None, tuple(_list_unknown(lines)))


def _list_unknown(lines: Sequence[TranscriptLine]) -> Iterator[tuple[Message, Source]]:
    """List the lines with characters that have no meaning, and how many."""
    for line in lines:
        if count := normalize_printed(line.text).count("\N{REPLACEMENT CHARACTER}"):
            yield make_message("damaged-page.no-meaning", count=count), _locate(line)
