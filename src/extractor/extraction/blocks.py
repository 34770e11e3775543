"""Blocks: a programme's title, passages, metrics and footer become values."""

from extractor.document.geometry import merge_places
from extractor.document.layout import gather_places
from extractor.document.outline import Aside, ProgrammeBlock, SectionBlock
from extractor.document.parsed import Block, Problem
from extractor.extraction.foot_notes import find_named_notes, lift_prose_marks, list_notes
from extractor.extraction.metric_lines import lift_metric_lines
from extractor.extraction.metric_rows import read_metrics
from extractor.extraction.passages import build_passage
from extractor.extraction.report_head import find_last_year
from extractor.grammar.heading_lines import split_title_number
from extractor.grammar.note_marks import split_off_marks
from extractor.grammar.office_names import join_footer_lines, read_offices
from extractor.profiles.profile import Profile
from extractor.records.messages import make_message
from extractor.records.report import Attribute, Metric, Note, Section, Unplaced


def read_block(block: ProgrammeBlock, years: tuple[int, int], profile: Profile) -> tuple[Block, list[Unplaced]]:
    """Read a programme's block.

    Args:
        block: The parts of the block.
        years: The report's fiscal year, and the one with which most of its tables end.
        profile: The family of reports whose words for offices count.

    Returns:
        The values of the block, and the cells of its tables that no record holds.
    """
    notes = list_notes(block)
    title, marks = split_off_marks(block.title.text) if block.title else ("", ())
    number, name = split_title_number(title) if block.title else (None, None)
    block, in_prose = lift_prose_marks(lift_metric_lines(block), notes)
    metrics: list[Metric] = []
    problems = [Problem(drift.message, drift.source) for drift in block.drift]
    unplaced: list[Unplaced] = []
    group = ""
    for at, table in enumerate(block.tables):
        group = group if table.is_rest else ""
        is_continued = any(after.is_rest for after in block.tables[at + 1 : at + 2])
        found = read_metrics(table, years[0], len(metrics), notes, group=group, is_continued=is_continued)
        group = found.group
        if (last := find_last_year(table, years[0])) is not None and last != years[1]:
            message = make_message("unknown-year-column.last", last=last, usual=years[1])
            problems.append(Problem(message, table.table.source, "/metrics"))
        metrics += found.metrics
        problems += found.problems
        unplaced += found.unplaced
    offices = read_offices(join_footer_lines([line.text for line in block.footer], profile.offices), profile.offices)
    footer = gather_places(block.footer)
    if offices.unknown:
        message = make_message("layout-drift.footer-office", offices=tuple(offices.unknown))
        problems.append(Problem(message, footer, "/offices"))
    read = Block(
        number=number,
        name=name,
        name_source=block.title.source if block.title else (),
        overview=build_passage(block.overview),
        results=build_passage(block.results),
        metrics=tuple(metrics),
        offices=offices.offices,
        offices_source=footer,
        source=merge_places(block.list_places()),
        problems=tuple(problems),
        sections=tuple(map(_read_section, block.sections)),
        attributes=tuple(map(_read_aside, block.asides)),
        notes=_list_own_notes(block, marks, notes, in_prose),
        figures=tuple(caption.text for caption in block.figures),
    )
    return read, unplaced


def _read_aside(aside: Aside) -> Attribute:
    return Attribute(label=aside.label, text=aside.text.text, source=aside.text.source)


def _list_own_notes(
    block: ProgrammeBlock, marks: tuple[str, ...], notes: tuple[Note, ...], in_prose: tuple[Note, ...]
) -> tuple[Note, ...]:
    """List the foot notes that no passage holds, and those that the title and the prose name."""
    own = [note for note, line in zip(notes, block.notes, strict=False) if line.text]
    named = find_named_notes(marks, notes, block.title.source if block.title else ())
    return tuple(dict.fromkeys([*named, *own, *in_prose]))


def _read_section(section: SectionBlock) -> Section:
    return Section(
        heading=section.heading.text,
        paragraphs=tuple(paragraph.text for paragraph in section.paragraphs),
        source=merge_places(gather_places([section.heading, *section.paragraphs])),
    )
