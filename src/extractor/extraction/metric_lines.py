"""Lines: values that a block prints without a table become tables of one row.

Such lines are ・参加者数　R4：22名 → R5：14名 and 参加者数：22名（R4）、14名（R5）.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from extractor.document.layout import Cell, Paragraph, Table
from extractor.document.outline import MetricTable, ProgrammeBlock, SectionBlock
from extractor.grammar.column_heads import names_year, parse_comparison, split_head
from extractor.grammar.heading_lines import CIRCLED_NUMBERS, HEADING_MARKS
from extractor.grammar.quantities import read_value
from extractor.grammar.vocabulary import load_vocabulary, words_to_regex

_MARK = re.compile(rf"(?:[{HEADING_MARKS}・‣•*＊-]|[{CIRCLED_NUMBERS}]|[(（]?[0-9]{{1,2}}[)）.．](?![0-9]))\s*(?=\D)")
# What stands between a year and its value, and between values.
_JOINTS = " :：→⇒➡、，／/・;；,…‥"
# A line holds values that are read, or that there are none.
_SAID = {"read", "absent"}
# In characters: no name of an item in a line is longer, and no line before one that is its name.
_LONGEST = 60


def lift_metric_lines(block: ProgrammeBlock) -> ProgrammeBlock:
    """Lift the lines of a block without a table that are an item and its values of years.

    Args:
        block: The block, which stays as it is.

    Returns:
        The block with a table for each such line under 事業実績 or a heading of its own, and without these lines. What
        holds other lines too keeps these.
    """
    if block.tables:
        return block
    results, tables = _split_lines(block.results or [])
    sections = []
    for section in block.sections:
        lines, found = _split_lines(section.paragraphs)
        if found and not lines:
            tables += [_add_title(table, section.heading) for table in found]
        else:
            sections.append(SectionBlock(section.heading, lines))
            tables += found
    if not tables:
        return block
    return replace(block, results=results if block.results is not None else None, sections=sections, tables=tables)


def _add_title(table: MetricTable, heading: Paragraph) -> MetricTable:
    """Add the heading over a line as the title of its row."""
    title = Cell(1, 0, heading.text, heading.source, column_span=table.table.columns)
    body = [replace(cell, row=cell.row + 1) for cell in table.table.cells if cell.row]
    cells = (*table.table.find_row(0), title, *body)
    return replace(table, table=replace(table.table, cells=cells, rows=3), body=(1, 2))


def _split_lines(lines: Sequence[Paragraph]) -> tuple[list[Paragraph], list[MetricTable]]:
    """Split lines into those of prose, and the tables that the others are."""
    prose: list[Paragraph] = []
    tables: list[MetricTable] = []
    for line in lines:
        # Values alone are those of the item that the line before names.
        before = prose[-1] if prose and len(prose[-1].text) <= _LONGEST and "。" not in prose[-1].text else None
        if (table := _read_line(line, None)) is not None:
            tables.append(table)
        elif before is not None and (table := _read_line(line, before)) is not None:
            tables.append(table)
            prose.pop()
        else:
            prose.append(line)
    return prose, tables


def _read_line(line: Paragraph, before: Paragraph | None) -> MetricTable | None:
    """Read a line as an item and its values of years; `before` names the item where the line does not.

    None for any other line, and for one of a single year without a mark before it.
    """
    text = re.sub(r"\s+", " ", line.text).strip()
    mark = _MARK.match(text)
    text = text[mark.end() :] if mark else text
    years = [found for found in _compile_year().finditer(text) if names_year(_strip(found[0]))]
    if not years or (len(years) < 2 and not mark and before is None):
        return None
    name, values = _cut_values(text, years)
    values, beside = _split_off_comparison(values)
    heads = [_strip(found[0]) for found in years]
    named = Paragraph(name, line.source) if before is None else replace(before, text=_MARK.sub("", before.text))
    named = replace(named, text=named.text.rstrip(" :：…‥"))
    is_named = bool(name) == (before is None) and _is_name(named.text)
    are_apart = len({_key_head(head) for head in heads}) == len(heads)
    if not is_named or not are_apart or any(read_value(value, 0).status not in _SAID for value in values):
        return None
    texts = [("", named.text), *zip(heads, values, strict=True), *beside]
    cells = [Cell(row, column, text, line.source) for column, pair in enumerate(texts) for row, text in enumerate(pair)]
    cells[1] = replace(cells[1], source=named.source)
    table = Table(tuple(sorted(cells, key=lambda cell: cell.row)), 2, len(texts), line.source)
    over = {cell.column: cell for cell in table.find_row(0)[1:]}
    return MetricTable(table, 0, "", over, (), (1,))


def _cut_values(text: str, years: Sequence[re.Match[str]]) -> tuple[str, list[str]]:
    """Cut a line into its name and a value for each year, which stands before the value, or in a bracket behind it."""
    before = text[: years[0].start()]
    ends = [*(found.start() for found in years[1:]), len(text)]
    behind = [text[found.end() : end].strip(_JOINTS) for found, end in zip(years, ends, strict=True)]
    first = _cut_first_value(before) if years[0][0].startswith(("(", "（")) else None
    if first is None:
        return before.strip(_JOINTS), behind
    name, *values = *first, *behind[:-1]
    # What stands behind the last year is said of the last value.
    return name, [*values[:-1], f"{values[-1]} {behind[-1]}".strip()]


def _cut_first_value(text: str) -> tuple[str, str] | None:
    """Cut the value off that stands behind a name; a blank or colon parts the two."""
    for found in reversed(list(re.finditer(r"[\s:：]+", text))):
        value = text[found.end() :].strip()
        if value and read_value(value, 0).status in _SAID:
            return text[: found.start()].strip(_JOINTS), value
    return None


def _split_off_comparison(values: Sequence[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """Split a bracket off the last value that compares it with another (14名（前年度比 63.6%）): its head and value."""
    found = re.fullmatch(r"(.+?)\s*[(（]([^()（）]+)[)）]", values[-1])
    for end in range(1, len(found[2]) if found else 0):
        head, value = (found[2][:end].strip(" :："), found[2][end:].strip(" :：")) if found else ("", "")
        if found and parse_comparison(head, 0) is not None and read_value(value, 0).status in _SAID:
            return [*values[:-1], found[1]], [(head, value)]
    return list(values), []


def _strip(text: str) -> str:
    """Strip a year of the brackets round all of it."""
    return re.sub(r"^[(（【\[](.*)[)）】\]]$", r"\1", text.strip())


def _key_head(head: str) -> str:
    words = split_head(head)
    return f"{words.year[0] if words.year else words.spans} {words.kinds - {None}}" if words else head


def _is_name(text: str) -> bool:
    """Tell whether a text may be the name of an item: no sentence, and nothing that goes on into one."""
    return (
        bool(re.search(r"\w", text))
        and len(text) <= _LONGEST
        and not re.search("[。→]|[はがをにのでとも、]$", text)
        and read_value(text, 0).status == "unreadable"
    )


@cache
def _compile_year() -> re.Pattern[str]:
    """Compile a year with the kind of values that may stand beside it, perhaps in a bracket."""
    columns = load_vocabulary().columns
    kinds = words_to_regex((*columns.actual, *(word for words in columns.planned.values() for word in words)))
    figures = r"(?:[0-9０-９]{1,2}|元)"
    year = (
        rf"(?:(?:令和|平成)\s?{figures}年度?|[RHＲＨ]{figures}(?:年度|年)?|20[0-9]{{2}}(?:年度)?"
        rf"|(?<![0-9.]){figures}年度|[本前当今昨]年度)末?(?![0-9.．月年])"
    )
    dressed = rf"(?:(?:{kinds})\s?)?{year}\s?(?:(?:{kinds})|[(（](?:{kinds})[)）])?"
    return re.compile(rf"[(（【\[]{dressed}[)）】\]]|{dressed}")
