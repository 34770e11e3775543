"""Transcript: the lines of a text file become the same `Layout` as a PDF's pages.

A line is a paragraph; lines with tabs are the rows of a table, one row after another one table. Blank lines part.
"""

from collections.abc import Iterator, Sequence

from extractor.document.layout import Cell, Element, Layout, Paragraph, Table
from extractor.document.page import TranscriptLine
from extractor.grammar.normalize import normalize_printed
from extractor.records.messages import Message, make_message
from extractor.records.report import LineSpan, Source


def _make_table(rows: Sequence[TranscriptLine]) -> Table:
    cells = []
    columns = 0
    for number, row in enumerate(rows):
        texts = row.text.split("\t")
        columns = max(columns, len(texts))
        place = (LineSpan(line=row.number, end_line=row.number),)
        cells += [Cell(number, column, normalize_printed(text), place) for column, text in enumerate(texts)]
    span = LineSpan(line=rows[0].number, end_line=rows[-1].number)
    return Table(tuple(cells), len(rows), columns, (span,))


def lay_out_lines(lines: Sequence[TranscriptLine]) -> Layout:
    """Lay out a transcript. It has no furniture, no merged cells and no pages."""
    elements: list[Element] = []
    rows: list[TranscriptLine] = []
    for line in lines:
        if "\t" in line.text:
            rows.append(line)
            continue
        if rows:
            elements.append(_make_table(rows))
            rows = []
        if text := normalize_printed(line.text):
            elements.append(Paragraph(text, (LineSpan(line=line.number, end_line=line.number),)))
    if rows:
        elements.append(_make_table(rows))
    return Layout(tuple(elements), (), None, tuple(_list_unknown(lines)))


def _list_unknown(lines: Sequence[TranscriptLine]) -> Iterator[tuple[Message, Source]]:
    """List the lines with characters that have no meaning, and how many."""
    for line in lines:
        if count := normalize_printed(line.text).count("\N{REPLACEMENT CHARACTER}"):
            place = LineSpan(line=line.number, end_line=line.number)
            yield make_message("damaged-page.no-meaning", count=count), (place,)
