"""Interpret: located text becomes values. Pure; what cannot be read is said and never guessed."""

from extractor.document.geometry import merge_places
from extractor.document.layout import Element, Table
from extractor.document.outline import Chapter, ListTable, Outline
from extractor.document.parsed import Block, ChapterParts, Problem, ReportParts
from extractor.errors import CannotRead
from extractor.extraction.blocks import read_block
from extractor.extraction.case_studies import read_case
from extractor.extraction.list_rows import read_entries
from extractor.extraction.report_head import read_head
from extractor.grammar.normalize import key
from extractor.profiles.profile import Profile
from extractor.records.messages import make_message
from extractor.records.report import Initiative, Place, Source, Unplaced
from extractor.structure.headings import POINT_MARKS, chapter_heading, without_unit
from extractor.structure.table_roles import named_fields

__all__ = ["interpret"]


def interpret(outline: Outline, profile: Profile) -> ReportParts:
    """The values of all parts of a report.

    Raises `CannotRead("not-a-report")` where nothing of a report of this profile is there, or its fiscal year is
    nowhere stated.
    """
    if not any(chapter.lists or chapter.blocks for chapter in outline.chapters):
        looked_for = [
            words[0] for words in (profile.headings.list or profile.list.name, profile.headings.overview) if words
        ]
        wanted = ", ".join(f"no {word}" for word in looked_for)
        raise CannotRead("not-a-report", f"nothing of a report of the profile {profile.id} is in it ({wanted})")
    head, expected, problems = read_head(outline, profile)
    unplaced = [one for element in outline.unplaced for one in _texts(element)]
    chapters = []
    taken: set[int] = set()
    for chapter in outline.chapters:
        parts, loose = _chapter(chapter, taken, (head.fiscal_year, expected), profile)
        taken.add(parts.number)
        chapters.append(parts)
        unplaced += loose
    problems += [Problem(drift.message, drift.source) for drift in outline.drift]
    cases = tuple(read_case(case) for case in outline.cases)
    return ReportParts(head, tuple(chapters), cases, tuple(unplaced), tuple(problems))


def _chapter(
    chapter: Chapter, taken: set[int], years: tuple[int, int], profile: Profile
) -> tuple[ChapterParts, list[Unplaced]]:
    heading = chapter_heading(chapter.heading.text) if chapter.heading else None
    numbered = not profile.headings.chapter_marks
    number = heading[0] if heading and numbered and heading[0] not in taken else max(taken, default=0) + 1
    entries = read_entries(chapter.lists, [note.text for note in chapter.list_notes], years[0], profile)
    unplaced = list(entries.unplaced)
    blocks: list[Block] = []
    for block in chapter.blocks:
        read, loose = read_block(block, years, profile)
        blocks.append(read)
        unplaced += loose
    problems = list(entries.problems)
    if chapter.heading and heading and numbered and not chapter.section and heading[0] != number:
        message = make_message("number-gap.chapter", heading=chapter.heading.text, number=number)
        problems.append(Problem(message, chapter.heading.source, "/number"))
    if heading is None and (numbered or chapter.heading is None):
        problems.append(Problem(make_message("layout-drift.chapter-heading"), _source(chapter)))
    problems += [problem for found in chapter.lists for problem in _unknown_columns(found, profile)]
    parts = ChapterParts(
        number=number,
        title=_title(chapter, heading[1] if heading and numbered else None),
        overview=tuple(paragraph.text for paragraph in chapter.overview),
        initiatives=tuple(
            Initiative(
                heading=one.heading.text.lstrip(POINT_MARKS).strip(),
                paragraphs=tuple(paragraph.text for paragraph in one.paragraphs),
            )
            for one in chapter.initiatives
        ),
        entries=entries.entries,
        subtotal_thousand_yen=entries.subtotal,
        blocks=tuple(blocks),
        source=_source(chapter),
        problems=tuple(problems),
    )
    return parts, unplaced


def _title(chapter: Chapter, named: str | None) -> str | None:
    """A chapter's title: its heading less the number or mark, and the section of it that the list is of."""
    title = named or (chapter.heading.text.lstrip(POINT_MARKS).strip() if chapter.heading else "")
    section = without_unit(chapter.section.text) if chapter.section else ""
    return " ".join(part for part in (title, section) if part) or None


def _unknown_columns(found: ListTable, profile: Profile) -> list[Problem]:
    """Columns that the profile does not know, and such as name what another column, that is not there, should hold."""
    known = set(found.columns.values()) | found.figure_heads.keys() | found.other
    head = [cell for cell in found.table.cells if cell.row not in found.body and key(cell.text)]
    unknown = [cell for cell in head if not known & set(range(cell.column, cell.column + cell.column_span))]
    two = [cell for cell in head if cell not in unknown and named_fields(cell.text, profile) - found.columns.keys()]
    return [Problem(make_message("layout-drift.column", text=cell.text), cell.source) for cell in unknown] + [
        Problem(make_message("layout-drift.column-of-two", text=cell.text), cell.source)
        for cell in two
        if len(named_fields(cell.text, profile)) > 1 and not profile.list.offices_in_name
    ]


def _source(chapter: Chapter) -> Source:
    """Where the chapter's own text stands: heading, overview, list."""
    parts = [chapter.heading] if chapter.heading else []
    parts += chapter.headings + chapter.overview + chapter.list_notes
    for initiative in chapter.initiatives:
        parts += [initiative.heading, *initiative.paragraphs]
    places: list[Place] = [place for part in parts for place in part.source]
    places += [place for found in chapter.lists for place in found.table.source]
    return merge_places(places)


def _texts(element: Element) -> list[Unplaced]:
    if isinstance(element, Table):
        return [Unplaced(text=cell.text, source=cell.source) for cell in element.cells if cell.text]
    return [Unplaced(text=element.text, source=element.source)]
