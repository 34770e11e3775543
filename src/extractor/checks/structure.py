"""Checks of structure.

They are about the list against blocks, numbers, labels, offices, 小計, passages, unplaced text and counted records.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from extractor.checks.guard import run_check
from extractor.document.geometry import merge_places
from extractor.grammar.normalize import comparison_key
from extractor.grammar.office_names import office_keys
from extractor.linking.link import RowBlockPair
from extractor.profiles.profile import Profile
from extractor.records.edition import Expected
from extractor.records.messages import Message, make_message, report_finding
from extractor.records.report import Finding, Office, PageBox, Policy, Programme, Report, Source
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
    by_page: dict[int, list[int]] = defaultdict(list)
    for number, text in enumerate(report.unplaced):
        place = text.source[0] if text.source else None
        by_page[place.page if isinstance(place, PageBox) else -number].append(number)
    for numbers in by_page.values():
        texts = [report.unplaced[number] for number in numbers]
        quotes = [_shorten_quote(text.text) for text in texts]
        if len(numbers) > MANY:
            source = merge_places(place for text in texts for place in text.source)
            pointer = f"/unplaced/{numbers[0]}"
            yield report_finding("unplaced-text.many", pointer, source, count=len(numbers), text=quotes[0])
            continue
        for number, text, quote in zip(numbers, texts, quotes, strict=True):
            yield report_finding("unplaced-text.text", f"/unplaced/{number}", text.source, text=quote)


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
        yield report_finding(
            "list-block-count.counts", f"{pointer}/programmes", policy.source, rows=rows, blocks=blocks
        )


def _check_match(programme: Programme, pair: RowBlockPair, pointer: str) -> Iterator[Finding]:
    named = _name_programme(programme)
    if pair.block is None:
        yield report_finding("unmatched-list-entry.row", pointer, programme.sources.name, programme=named)
    elif pair.entry is None:
        yield report_finding("unmatched-block.block", pointer, programme.source, programme=named)
    elif not pair.certain:
        yield report_finding("uncertain-link.block", pointer, programme.source, programme=named)


def _check_numbers(policy: Policy, pairs: Sequence[RowBlockPair], pointer: str) -> Iterator[Finding]:
    """Check that the list's numbers go on by one, and that blocks have its order and its numbers."""
    due = 1
    for index, (programme, pair) in enumerate(zip(policy.programmes, pairs, strict=True)):
        here, named = f"{pointer}/programmes/{index}/number", _name_programme(programme)
        number = programme.number
        if pair.entry is not None and "number" in pair.entry.sources:
            if number != due:
                said = {"programme": named, "printed": number, "expected": due}
                yield report_finding("number-gap.due", here, programme.sources.name, **said)
            due = (due if number is None else number) + 1
        if pair.out_of_order:
            yield report_finding("number-gap.order", here, programme.source, programme=named)
        if number and pair.block and pair.block.number not in {None, number}:
            said = {"programme": named, "printed": pair.block.number}
            yield report_finding("number-gap.title", here, pair.block.name_source, **said)


def _check_subtotal(policy: Policy, pairs: Sequence[RowBlockPair], pointer: str) -> Iterator[Finding]:
    """Check that 小計 is the sum of the list's budgets, or say that there is none to check them against."""
    rows = zip(policy.programmes, pairs, strict=True)
    budgets = [programme.budget_thousand_yen for programme, pair in rows if pair.entry is not None]
    known = [budget for budget in budgets if budget is not None]
    printed, missing = policy.subtotal_thousand_yen, len(budgets) - len(known)
    place = f"{pointer}/subtotal_thousand_yen", policy.source
    said = {"printed": printed, "total": sum(known)}
    if printed is None and known:
        yield report_finding("layout-drift.no-subtotal", *place)
    elif printed not in {None, sum(known)} and missing:
        yield report_finding("subtotal-mismatch.unknown", *place, **said, missing=missing)
    elif printed not in {None, sum(known)}:
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


def _compare_offices(programme: Programme, pointer: str) -> Iterator[Finding]:
    listed, below = programme.listed_offices, programme.offices
    if not programme.sources.listed_offices or office_keys(listed) == office_keys(below):
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
