"""Series file: `golden/series.toml`, which keeps the programmes that are one over the years; read and written."""

import datetime
import tomllib
from collections import defaultdict
from pathlib import Path

from pydantic import ValidationError

from extractor.errors import InvalidFile
from extractor.records.decisions import Settlements
from extractor.records.messages import explain_mistake, explain_os_error, explain_syntax_error, make_message
from extractor.records.report import Report
from extractor.records.trends import Continuity
from extractor.runtime.atomic_write import write_atomically
from extractor.runtime.files import LARGEST_BY_HAND, read_text_file
from extractor.runtime.output_files import open_all_outputs
from extractor.runtime.toml_text import quote_toml
from extractor.trends.programmes import list_continuities
from extractor.trends.resolve import CannotSettle, Settled, resolve_series
from extractor.trends.series_ids import SeriesMember, SeriesRegister, list_programme_places
from extractor.trends.series_minting import assign_series, link_programmes
from extractor.trends.trends import build_trends

SERIES_FILE = "series.toml"
_HEAD = """\
# Which programmes of which years are one. `extractor accept` writes this file; ids are minted once and never derived.
# `from`: the other series that a split or a merger made this one of.
# [[decision]]: what a person said of a programme on a day, and what was accepted of it before; the last one holds.
"""


class NotSeries(InvalidFile):
    """A file of identities that cannot be read; the message says why on one line."""


def read_series(path: Path) -> SeriesRegister:
    """Read the file; where there is none, there are no series.

    Raises:
        NotSeries: The file cannot be read, or does not hold what it should.
    """
    try:
        return SeriesRegister.model_validate(tomllib.loads(read_text_file(path, LARGEST_BY_HAND)))
    except FileNotFoundError:
        return SeriesRegister()
    except ValidationError as error:
        where = "/".join(map(str, error.errors()[0]["loc"])) or make_message("series.whole")
        raise NotSeries(make_message("series.mistake", where=where, why=explain_mistake(error))) from None
    except (OSError, ValueError, RecursionError) as error:
        why = explain_os_error(error) if isinstance(error, OSError) else explain_syntax_error(error)
        raise NotSeries(make_message("series.unreadable", why=why)) from None


def write_series_toml(identities: SeriesRegister) -> str:
    """Write the series as the text of the file, a programme a line."""
    lines = [_HEAD, f"next = {identities.next}\n"]
    for series in identities.series:
        lines.append(f"\n[[series]]\nid = {quote_toml(series.id)}\n")
        if series.came_from:
            lines.append(f"from = [{', '.join(map(quote_toml, series.came_from))}]\n")
        lines.append("programmes = [\n")
        lines += (f"    {_write_member(member)},\n" for member in series.programmes)
        lines.append("]\n")
    for decision in identities.decision:
        lines.append(f"\n[[decision]]\ndate = {decision.date.isoformat()}\n")
        for name, value in decision:
            if name != "date" and value not in (None, ""):
                text = _write_member(value) if isinstance(value, SeriesMember) else quote_toml(value)
                lines.append(f"{name} = {text}\n")
    return "".join(lines)


def _write_member(member: SeriesMember) -> str:
    fields = member.model_dump(exclude_none=True).items()
    return f"{{ {', '.join(f'{name} = {quote_toml(text)}' for name, text in fields)} }}"


def keep_series(identities: SeriesRegister, golden: Path) -> None:
    """Give the programmes of the golden files their series, and write the file.

    Args:
        identities: The series that there are; those of files that cannot be opened stay as they are.
        golden: The folder of the golden files.
    """
    for reports in _find_families(golden):
        links = link_programmes(_follow_family(reports, identities))
        identities = assign_series(identities, list_programme_places(reports), links)
    if identities.series:
        write_atomically(golden / SERIES_FILE, write_series_toml(identities))


def settle_series(wanted: Settlements, golden: Path, today: datetime.date) -> list[Settled]:
    """Write the series of programmes as a person settles them, all or none.

    Args:
        wanted: What the person says.
        golden: The folder of the golden files.
        today: The day of the decisions, where `wanted` does not say it.

    Returns:
        What was taken, family by family, and in a family in the order of `wanted`.

    Raises:
        CannotSettle: Something of it cannot be.
        NotSeries: The series that there are cannot be read.
    """
    identities = read_series(golden / SERIES_FILE)
    families = _find_families(golden)
    family_of = {report.report.id: number for number, reports in enumerate(families) for report in reports}
    for settlement in wanted.series:
        if settlement.report not in family_of:
            raise CannotSettle(make_message("settle.no-report", report=settlement.report, folder=str(golden)))
    taken = []
    for number, reports in enumerate(families):
        if mine := [settlement for settlement in wanted.series if family_of[settlement.report] == number]:
            told = _follow_family(reports, identities)
            day = wanted.date or today
            identities, settled = resolve_series(identities, list_programme_places(reports), told, mine, day)
            taken += settled
    write_atomically(golden / SERIES_FILE, write_series_toml(identities))
    return taken


def _follow_family(reports: list[Report], identities: SeriesRegister) -> list[Continuity]:
    """List what became of the programmes of a family; nothing where it has one report."""
    if len(reports) < 2:
        return []
    return list_continuities(build_trends(reports, identities))


def _find_families(golden: Path) -> list[list[Report]]:
    """Find the golden reports of each family of reports (a jurisdiction's, of one profile), one a year.

    Of two files of one report (its PDF and a transcript of it) the PDF counts.
    """
    families: dict[tuple[str, str], dict[int, Report]] = defaultdict(dict)
    for report in sorted(
        open_all_outputs(golden), key=lambda report: (report.source.kind != "pdf", report.source.file)
    ):
        head = report.report
        family = (head.jurisdiction.code, head.id.removesuffix(f"-{head.fiscal_year}"))
        families[family].setdefault(head.fiscal_year, report)
    return [list(years.values()) for _, years in sorted(families.items())]
