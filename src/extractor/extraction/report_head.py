"""Head: what the report is.

It also says whether its title, its lists and its tables speak of the same fiscal year.
"""

from collections import Counter

from extractor.document.outline import ListTable, MetricTable, Outline
from extractor.document.parsed import Problem
from extractor.grammar.column_heads import parse_column_head
from extractor.grammar.eras import (
    find_bare_years,
    find_edition_years,
    find_stated_fiscal_year,
    find_stated_fiscal_years,
    write_fiscal_year,
)
from extractor.grammar.heading_lines import split_title_number
from extractor.profiles.profile import Profile
from extractor.records.messages import make_message, make_refusal
from extractor.records.report import ReportHead, Source


def read_head(outline: Outline, profile: Profile, told: int | None = None) -> tuple[ReportHead, int, list[Problem]]:
    """Read what the report is: its title and fiscal year.

    Of several years in the title (令和6年度版 …(令和5年度実績)), and of those that the year of an edition may mean
    (令和6年版), the one that the tables are about is the report's.

    Args:
        outline: The whole report.
        profile: The profile that it is read with.
        told: The fiscal year that a person says it is of; None: nobody does.

    Returns:
        The head; the fiscal year with which most tables end; problems where title, lists, tables and the person
        disagree.

    Raises:
        CannotRead: The fiscal year is nowhere stated. The status is `not-a-report`.
    """
    title = outline.title.text if outline.title else ""
    titled = _find_title_years(title)
    stated = titled or _find_list_years(outline) or _find_table_years(outline)
    if told is not None:
        stated = [next((one for one in stated if one[0] == told), (told, write_fiscal_year(told)))]
    if not stated:
        raise make_refusal("not-a-report.no-year")
    last = Counter(year for table in _list_tables(outline) if (year := find_last_year(table, stated[0][0])) is not None)
    usual = max(last, key=lambda year: (last[year], year)) if last else stated[0][0]
    year, label = next((one for one in stated if one[0] == usual), stated[0])
    head = ReportHead(
        id=f"{profile.id}-{year}",
        title=split_title_number(title)[1] if title else "",
        jurisdiction=profile.jurisdiction,
        fiscal_year=year,
        fiscal_year_label=label,
    )
    problems = _report_disagreements(outline, head, usual)
    if titled and year not in {possible for possible, _ in titled}:
        said = make_message("layout-drift.year-of-title", title=title, year=year)
        problems.append(Problem(said, outline.title.source if outline.title else ()))
    return head, usual, problems


def _find_title_years(title: str) -> list[tuple[int, str]]:
    """Find the years that a title states, or may mean by the year of its edition, each with how it is written."""
    years, stated = find_edition_years(title), find_stated_fiscal_years(title)
    return stated + [(year, write_fiscal_year(year)) for year in years if year not in {one for one, _ in stated}]


def _list_tables(outline: Outline) -> list[MetricTable]:
    return [table for chapter in outline.chapters for block in chapter.blocks for table in block.tables]


def _find_table_years(outline: Outline) -> list[tuple[int, str]]:
    """Find the last year that most tables name with its era; none where they leave it out."""
    last: Counter[int] = Counter()
    for table in _list_tables(outline):
        years = [find_bare_years(head.text) + find_stated_fiscal_years(head.text) for head in table.heads.values()]
        last.update([max(year for found in years for year, _ in found)] if any(years) else [])
    year = max(last, key=lambda year: (last[year], year), default=None)
    return [] if year is None else [(year, write_fiscal_year(year))]


def find_last_year(table: MetricTable, report_year: int) -> int | None:
    """Find the last fiscal year with a column of actual values in a table.

    Goals do not count: they may be of a year to come.

    Args:
        table: The table with its axes.
        report_year: The fiscal year of the report, for heads that leave the era out.

    Returns:
        The year; None where no column is of one.
    """
    heads = [parse_column_head(head.text, report_year) for head in table.heads.values()]
    return max((head.year for head in heads if head is not None and head.planned is None), default=None)


def _list_lists(outline: Outline) -> list[ListTable]:
    return [found for chapter in outline.chapters for found in chapter.lists]


def _find_list_years(outline: Outline) -> list[tuple[int, str]]:
    heads = [head for found in _list_lists(outline) for head in found.budget_heads.values()]
    years = {year for head in heads for year in find_stated_fiscal_years(head) or find_bare_years(head)}
    return sorted(years, reverse=True)


def _report_disagreements(outline: Outline, head: ReportHead, usual: int) -> list[Problem]:
    source: Source = outline.title.source if outline.title else ()
    said = {"label": head.fiscal_year_label}
    problems = [] if outline.title else [Problem(make_message("layout-drift.no-title"), source)]
    if usual != head.fiscal_year:
        problems.append(Problem(make_message("layout-drift.year-of-tables", **said, usual=usual), source))
    for found in _list_lists(outline):
        heads = tuple(found.budget_heads.values())
        years = {year[0] for text in heads if (year := find_stated_fiscal_year(text))}
        if years and head.fiscal_year not in years:
            message = make_message("layout-drift.year-of-list", **said, heads=heads)
            problems.append(Problem(message, found.table.source))
    return problems
