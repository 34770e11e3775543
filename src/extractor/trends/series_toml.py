"""Series file: the identities of programmes as `golden/series.toml` keeps them, read and written."""

import tomllib
from collections import defaultdict
from pathlib import Path

from pydantic import ValidationError

from extractor.records.decisions import Settlements
from extractor.records.report import Report
from extractor.runtime.atomic_write import write_atomically
from extractor.runtime.files import LARGEST_BY_HAND, read_text_file
from extractor.runtime.output_files import FINGERPRINTS, NotAnOutput, open_output
from extractor.runtime.toml_text import quoted
from extractor.trends.resolve import CannotSettle, Settled, settle
from extractor.trends.series_ids import Identities, keep, known, programmes_of, told_of, update
from extractor.trends.trends import follow

SERIES_FILE = "series.toml"
_HEAD = """\
# Which programmes of which years are one. `extractor accept` writes this file; ids are minted once and never derived.
# `from`: the other series that a split or a merger made this one of.
"""


class NotSeries(Exception):  # noqa: N818 - the file is at fault, not the program
    """A file of identities that cannot be read; the message says why on one line."""


def read_identities(path: Path) -> Identities:
    """What the file keeps; nothing where there is none. Raises NotSeries."""
    try:
        return Identities.model_validate(tomllib.loads(read_text_file(path, LARGEST_BY_HAND)))
    except FileNotFoundError:
        return Identities()
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = "/".join(map(str, first["loc"])) or "the whole"
        raise NotSeries(f"{where}: {first['msg']}") from None
    except (OSError, ValueError, RecursionError) as error:
        raise NotSeries(f"it cannot be read: {str(error).splitlines()[0]}") from None


def identities_toml(identities: Identities) -> str:
    """The file's text."""
    lines = [_HEAD, f"next = {identities.next}\n"]
    for one in identities.series:
        lines.append(f"\n[[series]]\nid = {quoted(one.id)}\n")
        if one.came_from:
            lines.append(f"from = [{', '.join(map(quoted, one.came_from))}]\n")
        lines.append("programmes = [\n")
        for member in one.programmes:
            name = f", name = {quoted(member.name)}" if member.name is not None else ""
            lines.append(f"    {{ report = {quoted(member.report)}, id = {quoted(member.id)}{name} }},\n")
        lines.append("]\n")
    return "".join(lines)


def keep_series(identities: Identities, golden: Path) -> None:
    """Write the series of all programmes of the golden files; those of files that cannot be opened stay as they are."""
    for reports in _families(golden):
        programmes = programmes_of(reports)
        if len(reports) > 1:
            identities = update(identities, follow(reports, known(identities, programmes)), {})
        else:
            identities = keep(identities, programmes)
    if identities.series:
        write_atomically(golden / SERIES_FILE, identities_toml(identities))


def settle_series(wanted: Settlements, golden: Path) -> list[Settled]:
    """Write the series of programmes as a person settles them, all or (raising CannotSettle) none.

    It is told in the order of the file, family by family. Raises NotSeries where the identities that are there cannot
    be read.
    """
    identities = read_identities(golden / SERIES_FILE)
    families = _families(golden)
    home = {report.report.id: number for number, reports in enumerate(families) for report in reports}
    for one in wanted.series:
        if one.report not in home:
            raise CannotSettle(f"no report {one.report} was accepted: {golden}/ has none of this id")
    taken = []
    for number, reports in enumerate(families):
        if mine := [one for one in wanted.series if home[one.report] == number]:
            programmes = programmes_of(reports)
            told = told_of(follow(reports, known(identities, programmes))) if len(reports) > 1 else []
            identities, settled = settle(identities, programmes, told, mine)
            taken += settled
    write_atomically(golden / SERIES_FILE, identities_toml(identities))
    return taken


def _families(golden: Path) -> list[list[Report]]:
    """The golden reports of each family of reports (a jurisdiction's, of one profile), one a year.

    Of two files of one report (its PDF and a transcript of it) the PDF counts.
    """
    families: dict[tuple[str, str], dict[int, Report]] = defaultdict(dict)
    opened = []
    for path in sorted(golden.glob("*.json")):
        if path.name != FINGERPRINTS:
            try:
                opened.append(open_output(path).report)
            except NotAnOutput:
                continue
    for one in sorted(opened, key=lambda report: (report.source.kind != "pdf", report.source.file)):
        head = one.report
        family = (head.jurisdiction.code, head.id.removesuffix(f"-{head.fiscal_year}"))
        families[family].setdefault(head.fiscal_year, one)
    return [list(years.values()) for _, years in sorted(families.items())]
