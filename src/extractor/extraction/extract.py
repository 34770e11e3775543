"""Extraction: located text becomes values.

The step is pure; what cannot be read is said and never guessed.

In: the outline and its profile. Out: `ReportParts`, the values before list rows and blocks are joined to programmes.
"""

from dataclasses import replace

from extractor.document.geometry import merge_places
from extractor.document.layout import Table, gather_places
from extractor.document.outline import ChapterBlock, InitiativeBlock, ListTable, Outline
from extractor.document.parsed import ChapterParts, Problem, ReportParts
from extractor.extraction.blocks import read_block
from extractor.extraction.case_studies import read_case
from extractor.extraction.list_rows import read_entries
from extractor.extraction.passages import list_unplaced
from extractor.extraction.placement import report_misplaced_parts
from extractor.extraction.report_head import read_head
from extractor.grammar.heading_lines import POINT_MARKS, parse_chapter_heading, strip_marks_and_unit
from extractor.profiles.profile import Profile
from extractor.records.messages import make_message, make_refusal
from extractor.records.report import Initiative, Source, Unplaced


def extract_values(outline: Outline, profile: Profile, fiscal_year: int | None = None) -> ReportParts:
    """Extract the values of all parts of a report.

    Args:
        outline: Which part of the report each paragraph and table is.
        profile: The profile that the report is read with.
        fiscal_year: The year that a person says the report is of; None: the one that its pages say.

    Returns:
        The values, with what could not be read and what no record holds.

    Raises:
        CannotRead: Nothing of a report of this profile is there, or its fiscal year is nowhere stated. The status is
            `not-a-report`.
    """
    _require_programmes(outline, profile)
    head, expected, problems = read_head(outline, profile, fiscal_year)
    unplaced = list_unplaced(
        part for element in outline.unplaced for part in (element.cells if isinstance(element, Table) else [element])
    )
    chapters: list[ChapterParts] = []
    misplaced = report_misplaced_parts(outline.chapters, outline.gutters)
    for chapter in outline.chapters:
        taken = {parts.number for parts in chapters}
        parts, loose = _extract_chapter(chapter, taken, (head.fiscal_year, expected), profile)
        said = [misplaced.get(id(block), []) for block in chapter.blocks]
        blocks = zip(parts.blocks, said, strict=True)
        parts = replace(
            parts, blocks=tuple(replace(block, problems=(*block.problems, *more)) for block, more in blocks)
        )
        chapters.append(parts)
        unplaced += loose
    problems += [Problem(drift.message, drift.source) for drift in outline.drift]
    cases = tuple(read_case(case) for case in outline.cases)
    return ReportParts(head, tuple(chapters), cases, tuple(unplaced), tuple(problems))


def _require_programmes(outline: Outline, profile: Profile) -> None:
    """Refuse a file without a list and without a block of a programme."""
    if not any(chapter.lists or chapter.blocks for chapter in outline.chapters):
        looked_for = (profile.headings.list or profile.list.name, profile.headings.overview)
        words = tuple(words[0] for words in looked_for if words)
        raise make_refusal("not-a-report.nothing", profile=profile.id, words=words)


def _extract_chapter(
    chapter: ChapterBlock, taken: set[int], years: tuple[int, int], profile: Profile
) -> tuple[ChapterParts, list[Unplaced]]:
    """Extract a chapter's values; `taken` are the numbers of the chapters before it."""
    number, named, problems = _number_chapter(chapter, taken, profile)
    entries = read_entries(chapter.lists, [note.text for note in chapter.list_notes], years[0], profile)
    blocks = [read_block(block, years, profile) for block in chapter.blocks]
    columns = [problem for found in chapter.lists for problem in _report_unknown_columns(found)]
    parts = ChapterParts(
        number=number,
        title=_build_title(chapter, named),
        overview=tuple(paragraph.text for paragraph in chapter.overview),
        initiatives=tuple(map(_extract_initiative, chapter.initiatives)),
        entries=entries.entries,
        subtotal_thousand_yen=entries.subtotal,
        blocks=tuple(block for block, _ in blocks),
        source=_merge_source(chapter),
        problems=(*entries.problems, *problems, *columns),
    )
    return parts, [*entries.unplaced, *(text for _, loose in blocks for text in loose)]


def _number_chapter(chapter: ChapterBlock, taken: set[int], profile: Profile) -> tuple[int, str | None, list[Problem]]:
    """Find a chapter's number and the title behind it; chapters without a number of their own are counted."""
    numbered = not profile.headings.chapter_marks
    heading = parse_chapter_heading(chapter.heading.text) if chapter.heading and numbered else None
    printed, named = heading or (None, None)
    number = max(taken, default=0) + 1 if printed is None or printed in taken else printed
    problems = []
    if chapter.heading and printed is not None and printed != number and not chapter.section:
        message = make_message("number-gap.chapter", heading=chapter.heading.text, number=number)
        problems.append(Problem(message, chapter.heading.source, "/number"))
    if chapter.heading is None or (printed is None and numbered):
        problems.append(Problem(make_message("layout-drift.chapter-heading"), _merge_source(chapter)))
    return number, named, problems


def _extract_initiative(block: InitiativeBlock) -> Initiative:
    """Extract a ○ point: its heading less the mark, and the paragraphs under it."""
    paragraphs = tuple(paragraph.text for paragraph in block.paragraphs)
    return Initiative(heading=_strip_point(block.heading.text), paragraphs=paragraphs)


def _strip_point(heading: str) -> str:
    return heading.lstrip(POINT_MARKS).strip()


def _build_title(chapter: ChapterBlock, named: str | None) -> str | None:
    """Build a chapter's title: its heading less the number or mark, and the section of it that the list is of."""
    title = named or (_strip_point(chapter.heading.text) if chapter.heading else "")
    section = strip_marks_and_unit(chapter.section.text) if chapter.section else ""
    return " ".join(part for part in (title, section) if part) or None


def _report_unknown_columns(found: ListTable) -> list[Problem]:
    """Report columns that the profile does not know, and such as name what another column, not there, should hold."""
    heads = [("column", cell) for cell in found.unknown_heads]
    heads += [("column-of-two", cell) for cell in found.ambiguous_heads]
    return [Problem(make_message(f"layout-drift.{variant}", text=cell.text), cell.source) for variant, cell in heads]


def _merge_source(chapter: ChapterBlock) -> Source:
    """Merge the places of the chapter's own text: heading, overview, list."""
    parts = [chapter.heading] if chapter.heading else []
    parts += chapter.headings + chapter.overview + chapter.list_notes
    for initiative in chapter.initiatives:
        parts += [initiative.heading, *initiative.paragraphs]
    return merge_places(gather_places([*parts, *(found.table for found in chapter.lists)]))
