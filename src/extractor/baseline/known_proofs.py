"""Known proofs: what accepted files say of the values of an output.

Another year's report says the same of the same year (`edition`), or a person accepted the value on the page (`hand`).
Both depend on `golden/`, so no output has them: they are added where values are shown and chosen.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from extractor.diff.leaves import PlaceNames
from extractor.diff.record_view import report_to_data, strip_places
from extractor.records.pointer import resolve_pointer
from extractor.records.proofs import BUDGET, Proof, add_proofs
from extractor.records.report import Observation, Programme, Record, Report
from extractor.records.to_json import to_json
from extractor.records.trends import YearsReport
from extractor.records.walk import walk_records
from extractor.runtime.atomic_write import write_atomically
from extractor.runtime.output_files import open_all_outputs
from extractor.runtime.run_record import HANDS_FILE, read_json_object
from extractor.trends.metric_series import find_plan_word, unify_unit
from extractor.trends.programmes import list_continuities
from extractor.trends.series_ids import SeriesRegister
from extractor.trends.series_toml import SERIES_FILE, NotSeries, read_series
from extractor.trends.trends import CannotFollow, build_trends

# Of a value: the year, and what else must be the same for another report to say the same thing.
_Said = tuple[object, ...]
_Record = TypeVar("_Record", bound=Record)


def add_known_proofs(name: str, report: Report, golden: Path) -> Report:
    """Add to an output what accepted files prove of it.

    Args:
        name: The name of the report's files.
        report: The output, or the golden file.
        golden: The folder of the accepted files.

    Returns:
        The report with the proofs `edition` and `hand`; as it was where nothing was accepted.
    """
    others = list(_open_other_years(report, golden))
    known = None
    with suppress(NotSeries):
        known = read_series(golden / SERIES_FILE)
    return add_proofs(report, [*prove_by_editions(report, others, known), *_prove_by_hand(name, report, golden)])


def _open_other_years(report: Report, golden: Path) -> Iterator[Report]:
    """Open the golden files of the same jurisdiction and other years, one a year."""
    own = report.report
    years = {own.fiscal_year}
    for other in open_all_outputs(golden):
        head = other.report
        if head.jurisdiction.code == own.jurisdiction.code and head.fiscal_year not in years:
            years.add(head.fiscal_year)
            yield other


def prove_by_editions(report: Report, others: Sequence[Report], known: SeriesRegister | None = None) -> Iterator[Proof]:
    """Find the values of which another year's report says the same.

    Args:
        report: The report.
        others: Reports of other years.
        known: The series of programmes that a person has accepted.

    Yields:
        `edition` for each value, and for each budget that a later list repeats as that of the year before.
    """
    if not others:
        return
    try:
        years = build_trends([report, *others], known)
    except CannotFollow:
        return
    values = _index_records([report, *others], Observation)
    for series in years.metrics:
        said: dict[_Said, set[str]] = defaultdict(set)
        for statement in series.statements:
            said[_say_what(values[statement.report, statement.pointer])].add(statement.report)
        for statement in series.statements:
            reports = said[_say_what(values[statement.report, statement.pointer])]
            if statement.report == report.report.id and statement.status == "read" and len(reports) > 1:
                yield Proof(statement.pointer, "edition")
    yield from _prove_budgets(report, others, years)


def _index_records(reports: Sequence[Report], model: type[_Record]) -> dict[tuple[str, str], _Record]:
    """Index records of several reports by the ids of these and their pointers."""
    return {
        (report.report.id, pointer): record for report in reports for pointer, record in walk_records(report, model)
    }


def _say_what(value: Observation) -> _Said:
    amounts = [(amount.value, unify_unit(amount.unit), amount.component) for amount in value.quantities]
    return value.fiscal_year, value.spans, value.measure, value.part, find_plan_word(value), tuple(amounts)


def _prove_budgets(report: Report, others: Sequence[Report], years: YearsReport) -> Iterator[Proof]:
    programmes = _index_records([report, *others], Programme)
    for one in list_continuities(years):
        if len(one.before) != 1 or len(one.after) != 1:
            continue
        (before,), (after,) = one.before, one.after
        if before.report == report.report.id and after.fiscal_year == before.fiscal_year + 1:
            amount = programmes[before.report, before.pointer].budget_thousand_yen
            repeated = programmes[after.report, after.pointer].previous_budget_thousand_yen
            if amount is not None and amount == repeated:
                yield Proof(f"{before.pointer}/{BUDGET}", "edition")


def _prove_by_hand(name: str, report: Report, golden: Path) -> Iterator[Proof]:
    if accepted := _read_hands(golden).get(name):
        names = PlaceNames(report_to_data(report))
        yield from (Proof(pointer, "hand") for _, pointer in _find_accepted(accepted, names))


def _find_accepted(accepted: Mapping[str, str], names: PlaceNames) -> Iterator[tuple[str, str]]:
    """Find the places, with their pointers, that still say what was accepted there."""
    for place, digest in accepted.items():
        pointer = names.find_place(place)
        if pointer is not None and _digest_value(names.data, pointer) == digest:
            yield place, pointer


def keep_hands(golden: Path, name: str, report: Report, pointers: Sequence[str]) -> None:
    """Keep which values of a report a person accepted on the page, each by its place and a digest of what it says.

    Args:
        golden: The folder of the accepted files.
        name: The name of the report's files.
        report: The report as it was accepted.
        pointers: The values; what is neither an observation nor a budget is left out.
    """
    names = PlaceNames(report_to_data(report))
    about = {pointer for pointer, _ in walk_records(report, Observation)}
    about |= {f"{pointer}/{BUDGET}" for pointer, _ in walk_records(report, Programme)}
    new = {names.name_place(one): _digest_value(names.data, one) for one in pointers if one in about}
    kept = _read_hands(golden)
    if new:
        before = kept.get(name, {})
        of_report = {place: before[place] for place, _ in _find_accepted(before, names)} | new
        reports = kept | {name: dict(sorted(of_report.items()))}
        write_atomically(golden / HANDS_FILE, to_json({"reports": dict(sorted(reports.items()))}))


def _read_hands(golden: Path) -> dict[str, dict[str, str]]:
    """Read what was accepted by hand; nothing where the file is not as `accept` writes it."""
    found = read_json_object(golden / HANDS_FILE).get("reports")
    reports: Mapping[str, Any] = found if isinstance(found, dict) else {}
    return {name: places for name, places in reports.items() if isinstance(places, dict)}


def _digest_value(data: Any, pointer: str) -> str:
    """Make a digest of what a value says, wherever it is printed and whatever proves it."""
    value = resolve_pointer(data, pointer)
    if isinstance(value, dict):
        value = strip_places({name: inner for name, inner in value.items() if name != "proofs"})
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
