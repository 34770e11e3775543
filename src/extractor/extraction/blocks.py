"""Blocks: a programme's title, passages, metrics and footer become values."""

from extractor.document.geometry import merge_places
from extractor.document.outline import ProgrammeBlock
from extractor.document.parsed import Block, Problem
from extractor.extraction.metric_rows import read_metrics
from extractor.extraction.passages import passage
from extractor.extraction.report_head import last_year
from extractor.grammar.office_names import Offices, joined, read_offices
from extractor.profiles.profile import Profile
from extractor.records.messages import make_message
from extractor.records.report import Metric, Unplaced
from extractor.structure.headings import title_parts


def read_block(block: ProgrammeBlock, years: tuple[int, int], profile: Profile) -> tuple[Block, list[Unplaced]]:
    """A block's values, and the cells of its tables that no record holds.

    `years` are the report's fiscal year and the one with which most of its tables end.
    """
    number, name = title_parts(block.title.text) if block.title else (None, None)
    metrics: list[Metric] = []
    problems = [Problem(drift.message, drift.source) for drift in block.drift]
    unplaced: list[Unplaced] = []
    for table in block.tables:
        found = read_metrics(table, years[0], len(metrics))
        if (last := last_year(table, years[0])) is not None and last != years[1]:
            message = make_message("unknown-year-column.last", last=last, usual=years[1])
            problems.append(Problem(message, table.table.source, "/metrics"))
        metrics += found.metrics
        problems += found.problems
        unplaced += found.unplaced
    offices = _offices(block, profile)
    footer = tuple(place for paragraph in block.footer for place in paragraph.source)
    if offices.unknown:
        message = make_message("layout-drift.footer-office", offices=tuple(offices.unknown))
        problems.append(Problem(message, footer, "/offices"))
    read = Block(
        number=number,
        name=name,
        name_source=block.title.source if block.title else (),
        overview=passage(block.overview),
        results=passage(block.results),
        metrics=tuple(metrics),
        offices=offices.offices,
        offices_source=footer,
        source=merge_places(block.places()),
        problems=tuple(problems),
    )
    return read, unplaced


def _offices(block: ProgrammeBlock, profile: Profile) -> Offices:
    return read_offices(joined([paragraph.text for paragraph in block.footer], profile.offices), profile.offices)
