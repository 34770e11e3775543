"""Checks of structure.

They are about the list against blocks, numbers, page labels, offices, 小計, passages and unplaced text.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from extractor.checks.guard import run_check
from extractor.document.geometry import merge_places
from extractor.grammar.normalize import comparison_key
from extractor.grammar.office_names import office_keys
from extractor.linking.link import RowBlockPair
from extractor.profiles.profile import Profile
from extractor.records.messages import Message, make_finding, make_message
from extractor.records.report import Finding, Office, PageBox, Policy, Programme, Report

# Texts of one page without a place that are told each by itself.
MANY = 5


def check_structure(report: Report, linked: Sequence[Sequence[RowBlockPair]], profile: Profile) -> Iterator[Finding]:
    """Check the structure of a report.

    No block is missed where the profile's reports have none.

    Args:
        report: The report.
        linked: The pairs of each chapter, in the order of the report's chapters and programmes.
        profile: The profile with which the report was read.

    Yields:
        All findings of structure.
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
            yield from run_check(name, place, _check_programme, programme, pair, here, has_blocks=profile.has_blocks)
    for number, case in enumerate(report.case_studies):
        if case.programme_id is None:
            message = make_message("unmatched-case-study.case", title=case.title)
            yield make_finding(message, f"/case_studies/{number}", case.source)
    yield from _report_unplaced(report)


def _check_programme(programme: Programme, pair: RowBlockPair, pointer: str, *, has_blocks: bool) -> Iterator[Finding]:
    if has_blocks:
        yield from _check_match(programme, pair, pointer)
    if pair.block is not None:
        yield from _check_passages(programme, pointer)
    if pair.block is not None and pair.entry is not None:
        yield from _compare_title(programme, pair, pointer)
        yield from _compare_page_label(programme, pointer)
        yield from _compare_offices(programme, pointer)


def _report_unplaced(report: Report) -> Iterator[Finding]:
    """Report each text without a place; one finding for all of a page that has many, such as a page of tables."""
    by_page: dict[int, list[int]] = defaultdict(list)
    for number, text in enumerate(report.unplaced):
        place = text.source[0] if text.source else None
        by_page[place.page if isinstance(place, PageBox) else -number].append(number)
    for numbers in by_page.values():
        first = report.unplaced[numbers[0]]
        if len(numbers) > MANY:
            message = make_message("unplaced-text.many", count=len(numbers), text=_shorten_quote(first.text))
            source = merge_places(place for number in numbers for place in report.unplaced[number].source)
            yield make_finding(message, f"/unplaced/{numbers[0]}", source)
            continue
        for number in numbers:
            text = report.unplaced[number]
            message = make_message("unplaced-text.text", text=_shorten_quote(text.text))
            yield make_finding(message, f"/unplaced/{number}", text.source)


def _shorten_quote(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"


def _name_programme(programme: Programme) -> Message:
    if programme.number is None:
        return make_message("programme.named", name=programme.name)
    return make_message("programme.numbered", number=programme.number, name=programme.name)


def _compare_counts(policy: Policy, pairs: Sequence[RowBlockPair], pointer: str) -> Iterator[Finding]:
    rows = sum(pair.entry is not None for pair in pairs)
    blocks = sum(pair.block is not None for pair in pairs)
    if rows != blocks:
        message = make_message("list-block-count.counts", rows=rows, blocks=blocks)
        yield make_finding(message, f"{pointer}/programmes", policy.source)


def _check_match(programme: Programme, pair: RowBlockPair, pointer: str) -> Iterator[Finding]:
    if pair.block is None:
        message = make_message("unmatched-list-entry.row", programme=_name_programme(programme))
        yield make_finding(message, pointer, programme.sources.name)
    elif pair.entry is None:
        message = make_message("unmatched-block.block", programme=_name_programme(programme))
        yield make_finding(message, pointer, programme.source)
    elif not pair.certain:
        message = make_message("uncertain-link.block", programme=_name_programme(programme))
        yield make_finding(message, pointer, programme.source)


def _check_numbers(policy: Policy, pairs: Sequence[RowBlockPair], pointer: str) -> Iterator[Finding]:
    """Check that the list's numbers go on by one, and that blocks have its order and its numbers."""
    due = 1
    for index, (programme, pair) in enumerate(zip(policy.programmes, pairs, strict=True)):
        here, named = f"{pointer}/programmes/{index}/number", _name_programme(programme)
        number = programme.number
        if pair.entry is not None and "number" in pair.entry.sources:
            if number != due:
                message = make_message("number-gap.due", programme=named, printed=number, expected=due)
                yield make_finding(message, here, programme.sources.name)
            due = (due if number is None else number) + 1
        if pair.out_of_order:
            yield make_finding(make_message("number-gap.order", programme=named), here, programme.source)
        if number and pair.block and pair.block.number not in {None, number}:
            message = make_message("number-gap.title", programme=named, printed=pair.block.number)
            yield make_finding(message, here, pair.block.name_source)


def _check_subtotal(policy: Policy, pairs: Sequence[RowBlockPair], pointer: str) -> Iterator[Finding]:
    """Check that 小計 is the sum of the list's budgets, or say that there is none to check them against."""
    rows = zip(policy.programmes, pairs, strict=True)
    budgets = [programme.budget_thousand_yen for programme, pair in rows if pair.entry is not None]
    known = [budget for budget in budgets if budget is not None]
    printed, missing = policy.subtotal_thousand_yen, len(budgets) - len(known)
    said = {"printed": printed, "total": sum(known)}
    if printed is None:
        message = make_message("layout-drift.no-subtotal") if known else None
    elif missing:
        message = make_message("subtotal-mismatch.unknown", **said, missing=missing)
    else:
        message = make_message("subtotal-mismatch.sum", **said)
    if message is not None and printed != sum(known):
        yield make_finding(message, f"{pointer}/subtotal_thousand_yen", policy.source)


def _compare_title(programme: Programme, pair: RowBlockPair, pointer: str) -> Iterator[Finding]:
    title = pair.block.name if pair.block else None
    if title and programme.name and comparison_key(title) != comparison_key(programme.name):
        message = make_message("name-variant.title", listed=programme.name, title=title)
        source = pair.block.name_source if pair.block else ()
        yield make_finding(message, f"{pointer}/name", source)


def _compare_page_label(programme: Programme, pointer: str) -> Iterator[Finding]:
    first = programme.source[0] if programme.source else None
    if not isinstance(first, PageBox) or first.page_label is None or programme.page_label is None:
        return
    if comparison_key(first.page_label) != comparison_key(programme.page_label):
        said = {"listed": programme.page_label, "programme": _name_programme(programme), "printed": first.page_label}
        message = make_message("page-label-mismatch.page", **said)
        yield make_finding(message, f"{pointer}/page_label", programme.sources.page_label)


def _office_text(offices: Sequence[Office]) -> str:
    return "、".join(f"{office.division}({office.bureau})" if office.bureau else office.division for office in offices)


def _compare_offices(programme: Programme, pointer: str) -> Iterator[Finding]:
    listed, below = programme.listed_offices, programme.offices
    if not programme.sources.listed_offices or office_keys(listed) == office_keys(below):
        return
    message = make_message("office-mismatch.offices", listed=_office_text(listed), below=_office_text(below))
    yield make_finding(message, f"{pointer}/offices", programme.sources.offices or programme.source)


def _check_passages(programme: Programme, pointer: str) -> Iterator[Finding]:
    for name, word, passage in (
        ("overview", "事業概要", programme.overview),
        ("results", "事業実績", programme.results),
    ):
        if not passage.paragraphs:
            message = make_message("missing-passage.passage", programme=_name_programme(programme), heading=word)
            yield make_finding(message, f"{pointer}/{name}", programme.source)
    if not programme.metrics:
        message = make_message("layout-drift.no-table", programme=_name_programme(programme))
        yield make_finding(message, f"{pointer}/metrics", programme.source)
