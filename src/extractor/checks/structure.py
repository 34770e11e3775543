"""Checks of structure.

They are about the list against blocks, numbers, labels, offices, 小計, passages, unplaced text and counted records.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from extractor.checks.guard import run_check
from extractor.document.geometry import merge_places
from extractor.document.parsed import ListEntry
from extractor.grammar.item_names import is_total_name
from extractor.grammar.listed_cells import find_listed_kind
from extractor.grammar.normalize import comparison_key
from extractor.grammar.office_names import office_keys
from extractor.linking.link import RowBlockPair
from extractor.profiles.profile import Profile
from extractor.records.edition import Expected
from extractor.records.messages import Message, make_message, report_finding
from extractor.records.proofs import BUDGET, Proof
from extractor.records.report import Finding, Office, PageBox, Policy, Programme, Report, Source, Unplaced
from extractor.records.walk import list_programmes

# Texts of one page without a place that are told each by itself.
MANY = 5


def check_expected(report: Report, expected: Expected, chapters: Source) -> Iterator[Finding]:
    """Compare how many records a report has with what a person counted on its pages.

    Args:
        report: What was read.
        expected: Counts of policies, programmes, metrics and case studies; None: not counted.
        chapters: Where its chapters stand.

    Yields:
        A finding for each count that is another.
    """
    cases = merge_places(place for case in report.case_studies for place in case.source)
    programmes = list_programmes(report)
    held = {
        "policies": len(report.policies),
        "programmes": len(programmes),
        "metrics": sum(len(programme.metrics) for programme in programmes),
        "case_studies": len(report.case_studies),
    }
    for name, count in held.items():
        if (wanted := getattr(expected, name)) not in {None, count}:
            place = ("/case_studies", cases or chapters) if name == "case_studies" else ("/policies", chapters)
            yield report_finding(f"expected-count.{name}", *place, wanted=wanted, count=count)


def check_structure(
    report: Report, linked: Sequence[Sequence[RowBlockPair]], profile: Profile
) -> Iterator[Finding | Proof]:
    """Check the structure of a report.

    No block is missed where the profile's reports have none.

    Args:
        report: The report.
        linked: The pairs of each chapter, in the order of the report's chapters and programmes.
        profile: The profile with which the report was read.

    Yields:
        All findings of structure; `sum` for each budget that a total of its list confirms.
    """
    for index, (policy, pairs) in enumerate(zip(report.policies, linked, strict=True)):
        pointer = f"/policies/{index}"
        place = pointer, policy.source
        if profile.has_blocks:
            yield from run_check(make_message("check.list"), place, _compare_counts, policy, pairs, pointer)
        yield from run_check(make_message("check.numbers"), place, _check_numbers, policy, pairs, pointer)
        yield from run_check(make_message("check.subtotal"), place, _check_subtotal, policy, pairs, pointer)
        for number, (programme, pair) in enumerate(zip(policy.programmes, pairs, strict=True)):
            here = f"{pointer}/programmes/{number}"
            place = here, programme.source or programme.sources.name
            name = make_message("check.block", programme=_name_programme(programme))
            yield from run_check(name, place, _check_programme, programme, pair, here, profile)
    for number, case in enumerate(report.case_studies):
        if case.programme_id is None:
            yield report_finding("unmatched-case-study.case", f"/case_studies/{number}", case.source, title=case.title)
    yield from _report_unplaced(report)


def _check_programme(programme: Programme, pair: RowBlockPair, pointer: str, profile: Profile) -> Iterator[Finding]:
    if profile.has_blocks:
        yield from _check_match(programme, pair, pointer)
    if pair.block is not None:
        yield from _check_passages(programme, pointer)
    if pair.block is not None and pair.entry is not None:
        yield from _compare_title(programme, pair, pointer)
        yield from _compare_page_label(programme, pointer)
        yield from _compare_offices(programme, pointer)


def _report_unplaced(report: Report) -> Iterator[Finding]:
    """Report each text without a place; one finding for all of a page that has many, such as a page of tables."""
    by_page: dict[int, list[tuple[str, Unplaced]]] = defaultdict(list)
    for number, unplaced in enumerate(report.unplaced):
        pointer, place = f"/unplaced/{number}", unplaced.source[0] if unplaced.source else None
        if variant := _recognise_row(unplaced.text):
            yield report_finding(f"unplaced-text.{variant}", pointer, unplaced.source, text=unplaced.text)
        else:
            by_page[place.page if isinstance(place, PageBox) else -number].append((pointer, unplaced))
    for found in by_page.values():
        pointer, first = found[0]
        if len(found) > MANY:
            source = merge_places(place for _, unplaced in found for place in unplaced.source)
            said = {"count": len(found), "text": _shorten_quote(first.text)}
            yield report_finding("unplaced-text.many", pointer, source, **said)
            continue
        for pointer, unplaced in found:
            text = _shorten_quote(unplaced.text)
            yield report_finding("unplaced-text.text", pointer, unplaced.source, text=text)


def _recognise_row(text: str) -> str | None:
    """Recognise a row of the list for which no record has a field.

    Returns:
        vacant: the row says that it has no programme. total: it is a total with its amount. None: it is neither.
    """
    if find_listed_kind(text.split()[-1]) == "vacant":
        return "vacant"
    name, _, amount = text.partition(" ")
    is_total = is_total_name(name, at="end") and re.search(r"(?:^|\s)[0-9][0-9,.]*$", amount)
    return "total" if is_total else None


def _shorten_quote(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"


def _name_programme(programme: Programme) -> Message:
    if programme.number is None:
        return make_message("programme.named", name=programme.name)
    return make_message("programme.numbered", number=programme.number, name=programme.name)


def _compare_counts(policy: Policy, pairs: Sequence[RowBlockPair], pointer: str) -> Iterator[Finding]:
    rows = sum(pair.entry is not None and not _is_elsewhere(pair) for pair in pairs)
    blocks = sum(pair.block is not None for pair in pairs)
    if rows != blocks:
        yield report_finding(
            "list-block-count.counts", f"{pointer}/programmes", policy.source, rows=rows, blocks=blocks
        )


def _check_match(programme: Programme, pair: RowBlockPair, pointer: str) -> Iterator[Finding]:
    named = _name_programme(programme)
    if _is_elsewhere(pair):
        return
    if pair.block is None:
        yield report_finding("unmatched-list-entry.row", pointer, programme.sources.name, programme=named)
    elif pair.entry is None:
        yield report_finding("unmatched-block.block", pointer, programme.source, programme=named)
    elif not pair.certain:
        yield report_finding("uncertain-link.block", pointer, programme.source, programme=named)


def _is_elsewhere(pair: RowBlockPair) -> bool:
    """Tell whether a row without a block says that its programme is listed elsewhere too (再掲), where its block is."""
    return pair.block is None and pair.entry is not None and pair.entry.repeated


def _check_numbers(policy: Policy, pairs: Sequence[RowBlockPair], pointer: str) -> Iterator[Finding]:
    """Check that the list's numbers go on by one, and that blocks have its order and its numbers."""
    numbered = [
        (f"{pointer}/programmes/{index}/number", programme, pair)
        for index, (programme, pair) in enumerate(zip(policy.programmes, pairs, strict=True))
    ]
    yield from _check_row_numbers(numbered)
    for here, programme, pair in numbered:
        named, number = _name_programme(programme), programme.number
        if pair.out_of_order:
            yield report_finding("number-gap.order", here, programme.source, programme=named)
        if number and pair.block and pair.block.number not in {None, number}:
            said = {"programme": named, "printed": pair.block.number}
            yield report_finding("number-gap.title", here, pair.block.name_source, **said)


def _check_row_numbers(numbered: Sequence[tuple[str, Programme, RowBlockPair]]) -> Iterator[Finding]:
    due = 1
    lost: list[tuple[str, Programme]] = []
    for here, programme, pair in numbered:
        number, entry = programme.number, pair.entry
        if entry is None:
            continue
        if "number" not in entry.sources:
            if not entry.repeated:
                lost.append((here, programme))
            continue
        # Rows whose numbers are just those that are left out before this one have lost theirs.
        if number == due + len(lost):
            yield from _report_lost_numbers(lost, due)
            due += len(lost)
        lost = []
        while due in entry.skipped:
            due += 1
        if number != due:
            said = {"programme": _name_programme(programme), "printed": number, "expected": due}
            yield report_finding("number-gap.due", here, programme.sources.name, **said)
        due = (due if number is None else number) + 1
    if due > 1:
        yield from _report_lost_numbers(lost, due)


def _report_lost_numbers(lost: Sequence[tuple[str, Programme]], due: int) -> Iterator[Finding]:
    """Report rows of a numbered list that have no number; the first one should have `due`."""
    for expected, (here, programme) in enumerate(lost, due):
        said = {"programme": _name_programme(programme), "printed": None, "expected": expected}
        yield report_finding("number-gap.due", here, programme.sources.name, **said)


def _check_subtotal(policy: Policy, pairs: Sequence[RowBlockPair], pointer: str) -> Iterator[Finding | Proof]:
    """Check that 小計 is the sum of the list's budgets, or say that there is none to check them against."""
    budgets = [
        (f"{pointer}/programmes/{number}/{BUDGET}", programme.budget_thousand_yen, pair.entry)
        for number, (programme, pair) in enumerate(zip(policy.programmes, pairs, strict=True))
        if pair.entry
    ]
    known = [(place, budget, entry) for place, budget, entry in budgets if budget is not None]
    total = sum(budget for _, budget, _ in known)
    # A total may leave out what is listed elsewhere too.
    own = sum(budget for _, budget, entry in known if not entry.repeated)
    yield from _prove_budgets([(place, entry) for place, _, entry in known], policy.subtotal_thousand_yen, total, own)
    yield from _compare_subtotal(policy, pointer, total, own, known=len(known), missing=len(budgets) - len(known))


def _prove_budgets(rows: Iterable[tuple[str, ListEntry]], printed: int | None, total: int, own: int) -> Iterator[Proof]:
    for place, entry in rows:
        if entry.is_summed or printed == total or (printed == own and not entry.repeated):
            yield Proof(place, "sum")


def _compare_subtotal(
    policy: Policy, pointer: str, total: int, own: int, *, known: int, missing: int
) -> Iterator[Finding]:
    place, printed = (f"{pointer}/subtotal_thousand_yen", policy.source), policy.subtotal_thousand_yen
    said = {"printed": printed, "total": total}
    if printed is None and known:
        yield report_finding("layout-drift.no-subtotal", *place)
    elif printed not in {None, own, total} and missing:
        yield report_finding("subtotal-mismatch.unknown", *place, **said, missing=missing)
    elif printed not in {None, own, total}:
        yield report_finding("subtotal-mismatch.sum", *place, **said)


def _compare_title(programme: Programme, pair: RowBlockPair, pointer: str) -> Iterator[Finding]:
    title = pair.block.name if pair.block else None
    if title and programme.name and comparison_key(title) != comparison_key(programme.name):
        source = pair.block.name_source if pair.block else ()
        yield report_finding("name-variant.title", f"{pointer}/name", source, listed=programme.name, title=title)


def _compare_page_label(programme: Programme, pointer: str) -> Iterator[Finding]:
    first = programme.source[0] if programme.source else None
    if not isinstance(first, PageBox) or first.page_label is None or programme.page_label is None:
        return
    if comparison_key(first.page_label) != comparison_key(programme.page_label):
        said = {"listed": programme.page_label, "programme": _name_programme(programme), "printed": first.page_label}
        yield report_finding("page-label-mismatch.page", f"{pointer}/page_label", programme.sources.page_label, **said)


def _join_names(offices: Sequence[Office]) -> str:
    return "、".join(f"{office.division}({office.bureau})" if office.bureau else office.division for office in offices)


def _leave_out_departments(keys: frozenset[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Leave out departments (部, 局), where offices of them are named too: a list may give both, the block one."""
    return frozenset(key for key in keys if not key[0].endswith(("部", "局"))) or keys


def _compare_offices(programme: Programme, pointer: str) -> Iterator[Finding]:
    listed, below = programme.listed_offices, programme.offices
    own, printed = (_leave_out_departments(office_keys(some)) for some in (listed, below))
    if not programme.sources.listed_offices or own == printed:
        return
    place = f"{pointer}/offices", programme.sources.offices or programme.source
    yield report_finding("office-mismatch.offices", *place, listed=_join_names(listed), below=_join_names(below))


def _check_passages(programme: Programme, pointer: str) -> Iterator[Finding]:
    named, source = _name_programme(programme), programme.source
    for name, word in (("overview", "事業概要"), ("results", "事業実績")):
        if not getattr(programme, name).paragraphs:
            yield report_finding("missing-passage.passage", f"{pointer}/{name}", source, programme=named, heading=word)
    if not programme.metrics:
        yield report_finding("layout-drift.no-table", f"{pointer}/metrics", source, programme=named)
