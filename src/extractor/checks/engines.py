"""Two engines: what a second one reads at the place of each value is held against the record."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain

from extractor.document.geometry import Box
from extractor.document.page import Character
from extractor.grammar.characters import MINUS
from extractor.grammar.normalize import comparison_key
from extractor.records.messages import report_finding
from extractor.records.proofs import BUDGET, Proof
from extractor.records.report import Finding, Observation, PageBox, Programme, Report, Source
from extractor.records.walk import walk_records

# Points by which the middle of a character may lie outside a value's place.
AROUND = 0.5
# A figure lower than this part of the highest beside it is a note's.
SMALL = 0.8
_SIGNS = "△▲－-−" + MINUS
_Printed = Mapping[int, Sequence[Character]]


def compare_engines(report: Report, printed: _Printed) -> Iterator[Finding | Proof]:
    """Compare what the second engine reads with all values.

    Args:
        report: The report.
        printed: What the second engine reads on each page that it drew.

    Yields:
        `engines-disagree` for each value whose figures differ and each text that has other characters, and the proof
        `engine` for each value whose figures are the same. A dash and a blank are held against it, too, but no finding
        is made of them.
    """
    # What is printed is not what was put in its place: nothing else can be told of it.
    corrected = {correction.pointer for correction in report.corrections}
    yield from _compare_texts(report, printed, corrected)
    yield from _compare_observations(report, printed)
    yield from _compare_budgets(report, printed, corrected)


def _compare_observations(report: Report, printed: _Printed) -> Iterator[Finding | Proof]:
    values = dict(walk_records(report, Observation))
    for pointer, value in values.items():
        wanted = fold_figures(value.raw)
        read = read_figures_again(value.source, printed) if value.status != "unreadable" else None
        if read is None:
            continue
        if read == wanted:
            # That a number has no figures is not proved by nothing being there.
            yield from [Proof(pointer, "engine")] if wanted or value.status != "read" else []
        elif value.status == "read":
            others = [other.source for at, other in values.items() if at != pointer]
            yield from _compare_among(pointer, value, read, others, printed)


def _compare_among(
    pointer: str, value: Observation, read: str, others: Sequence[Source], printed: _Printed
) -> Iterator[Finding | Proof]:
    """Compare a value at whose place other figures are read, when the places of the other values are known."""
    wanted = fold_figures(value.raw)
    # Two years' values in one cell, or in one line, have one place.
    if value.source in others and wanted in read:
        return
    # Where a figure reaches into the next cell, it is in the places of two values.
    if read_figures_again(value.source, printed, others) == wanted:
        yield Proof(pointer, "engine")
    else:
        yield _report_difference(pointer, value.source, value.raw, read)


def _compare_budgets(report: Report, printed: _Printed, corrected: Collection[str]) -> Iterator[Finding | Proof]:
    for here, programme in walk_records(report, Programme):
        pointer, amount = f"{here}/{BUDGET}", programme.budget_thousand_yen
        source = programme.sources.budget_thousand_yen
        read = read_figures_again(source, printed) if pointer not in corrected else None
        if amount is None or read is None:
            continue
        # A budget may be printed in yen or million yen, in parts, or beside that of another year.
        forms = {str(amount), f"{amount}000", str(Decimal(amount) / 1000)}
        if read in forms or _add_parts(source, printed) in forms:
            yield Proof(pointer, "engine")
        elif not any(form.removeprefix("-") in read for form in forms):
            yield _report_difference(pointer, source, f"{amount:,}", read)


def _add_parts(source: Source, printed: _Printed) -> str | None:
    """Add the figures of the parts of a row; None where it has none, or they are no plain figures."""
    parts = [read_figures_again((place,), printed) or "" for place in source]
    return str(sum(map(int, parts))) if len(parts) > 1 and all(map(str.isdecimal, parts)) else None


def _compare_texts(report: Report, printed: _Printed, corrected: Collection[str]) -> Iterator[Finding]:
    """Find the names, offices and marks of new programmes that have characters which are not printed at their place."""
    for pointer, programme in walk_records(report, Programme):
        sources = programme.sources
        offices = "".join(office.division for office in programme.listed_offices)
        for field, text, source in (
            ("name", programme.name or "", sources.name),
            ("listed_offices", offices, sources.listed_offices),
            ("is_new", "", sources.is_new if programme.is_new else ()),
        ):
            here, found = f"{pointer}/{field}", _find_characters(source, printed)
            if found is None or here in corrected:
                continue
            read = "".join(char.text for char in found)
            if not read and field == "is_new":
                yield report_finding("engines-disagree.no-mark", here, source)
            if Counter(comparison_key(text)) - Counter(comparison_key(read)):
                yield report_finding("engines-disagree.texts", here, source, text=text, read=read)


def _find_characters(
    source: Source,
    printed: _Printed,
    others: Sequence[Source] = (),
    arrange: Callable[[list[Character]], list[Character]] = list,
) -> list[Character] | None:
    """Find the characters at a place that are at none of the others; None where a page was not drawn.

    `arrange` puts those of each box into their order, and may leave some out.
    """
    found: dict[tuple[int, Character], None] = {}
    for place in source:
        if not isinstance(place, PageBox) or place.page not in printed or place.recognised:
            return None
        inside = _take_inside(place, printed[place.page], others)
        # Places may overlap.
        found |= dict.fromkeys((place.page, char) for char in arrange(inside))
    return [char for _, char in found] if source else None


def _take_inside(place: PageBox, characters: Iterable[Character], others: Iterable[Source]) -> list[Character]:
    room = Box(*place.bbox).expand(AROUND)
    inside = [char for char in characters if room.contains_centre(char.box)]
    for other in chain.from_iterable(others):
        if isinstance(other, PageBox) and other.page == place.page and room.intersection(apart := Box(*other.bbox)):
            inside = [char for char in inside if not apart.contains_centre(char.box)]
    return inside


def _report_difference(pointer: str, source: Source, raw: str, read: str) -> Finding:
    return report_finding("engines-disagree.figures", pointer, source, text=raw, read=read)


def fold_figures(text: str) -> str:
    """Fold a text to its figures, points and signs, in their order; note marks are left out.

    >>> fold_figures("△９．２％"), fold_figures("1,234名²"), fold_figures("延べ 13名（5社）")
    ('-9.2', '1234', '135')
    """
    found = []
    for char in text:
        if char in _SIGNS:
            found.append("-")
        elif unicodedata.category(char) in ("Nd", "Po"):
            plain = unicodedata.normalize("NFKC", char)
            found.append(plain if plain.isdigit() or plain == "." else "")
    return "".join(found)


def read_figures_again(source: Source, printed: _Printed, others: Sequence[Source] = ()) -> str | None:
    """Read the figures at a place as the second engine does.

    Args:
        source: The place.
        printed: What the second engine reads on each page that it drew.
        others: Other places: what is in them too is left out.

    Returns:
        Figures, points and signs, line by line; None where a page was not drawn.
    """
    found = _find_characters(source, printed, others, _sort_characters)
    return None if found is None else "".join(fold_figures(char.text) for char in found)


def _sort_characters(inside: Sequence[Character]) -> list[Character]:
    """Sort characters into lines, from left to right, without the small and the raised ones of notes."""
    high = max((char.box.height for char in inside if char.text.isdigit()), default=6.0)
    lines: list[list[Character]] = []
    for char in sorted(inside, key=lambda char: char.box.bottom):
        if char.text.isdigit() and char.box.height < SMALL * high:
            continue
        # A point stands on the line, a dash above it.
        if lines and char.box.bottom - lines[-1][0].box.bottom < 0.75 * high:
            lines[-1].append(char)
        else:
            lines.append([char])
    return [char for line in lines for char in sorted(_leave_out_raised(line, high), key=lambda char: char.box.x0)]


def _leave_out_raised(line: Sequence[Character], high: float) -> list[Character]:
    """Leave out the figures that stand above the others of a line."""
    foot = max((char.box.bottom for char in line if char.text.isdigit()), default=0.0)
    return [char for char in line if not char.text.isdigit() or foot - char.box.bottom < 0.2 * high]
