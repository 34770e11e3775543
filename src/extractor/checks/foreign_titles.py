"""Foreign titles: another programme's title over or within a block, and listed names that stand over none.

Where one stands there, a block was not seen to begin or end, and what follows the title may be the other's.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from extractor.grammar.heading_lines import split_title_number, strip_continuation
from extractor.grammar.normalize import comparison_key
from extractor.linking.link import RowBlockPair
from extractor.records.messages import report_finding
from extractor.records.report import Finding, Programme, Report, Source
from extractor.records.walk import walk_records

# In characters: a shorter name may begin a sentence by chance.
LEAST = 6
# What stands behind a title on its line: nothing, a bracket, or the name of an office behind a blank.
_BEHIND = re.compile(r"\s*$|\s*[(（\[【〔]|\s+[^。、]*$")


def check_foreign_titles(report: Report, linked: Sequence[Sequence[RowBlockPair]]) -> Iterator[Finding]:
    """Find listed names that are, or begin or end, a text of another programme, or stand over its block or over none.

    Args:
        report: The report.
        linked: The pairs of each chapter, in the order of the report's chapters and programmes.

    Yields:
        For each such text, a finding at the programme that holds it and one at the programme that it names; for each
        listed name without a title, where most blocks have one, a finding at the programme.
        Titles of less than `LEAST` characters are not looked for.
    """
    pairs = chain.from_iterable(linked)
    linked_programmes = [(*found, pair) for found, pair in zip(walk_records(report, Programme), pairs, strict=True)]
    yield from _find_taken_titles(linked_programmes)
    titled = [bool(pair.block.name) for *_, pair in linked_programmes if pair.block is not None]
    if sum(titled) * 2 > len(titled):
        for pointer, programme, pair in linked_programmes:
            if pair.entry is not None and _read_title(pair) == "" and programme.name:
                yield report_finding("misplaced-block.nowhere", pointer, programme.source, name=programme.name)


def _find_taken_titles(linked: Sequence[tuple[str, Programme, RowBlockPair]]) -> Iterator[Finding]:
    """Find titles of other programmes among the texts of each."""
    names = {pointer: programme.name or "" for pointer, programme, _ in linked}
    named = {comparison_key(name): pointer for pointer, name in names.items() if len(name) >= LEAST}
    for pointer, programme, pair in linked:
        others = named.keys() - {comparison_key(names[pointer])}
        for texts, source, whole in _list_texts(programme, pair):
            for text, other in _find_named(texts, others, whole=whole):
                said = {"holder": programme.name, "title": text}
                yield report_finding("misplaced-block.title", pointer, source, **said)
                yield report_finding("misplaced-block.title", named[other], source, **said)


def _read_title(pair: RowBlockPair) -> str | None:
    """Read the title over a block; "" where none stands there, None where there is no block."""
    return None if pair.block is None else strip_continuation(pair.block.name or "")


def _list_texts(programme: Programme, pair: RowBlockPair) -> Iterator[tuple[Sequence[str], Source, bool]]:
    """List the texts in which a title may have been taken up, with their place, and whether it would be all of a text.

    An item may be named after a programme and go on behind that.
    """
    if pair.block is not None:
        yield (_read_title(pair) or "",), pair.block.name_source, True
    for passage in (programme.overview, programme.results):
        yield (*passage.paragraphs, *passage.notes), passage.source, False
    for section in programme.sections:
        yield (section.heading, *section.paragraphs), section.source, False
    for note in programme.notes:
        yield (note.text,), note.source, False
    yield programme.figures, programme.source, True
    for metric in programme.metrics:
        yield (metric.name,), metric.source, True
    for office in programme.offices:
        yield (office.division, *office.groups), programme.sources.offices, True


def _find_named(texts: Iterable[str], names: set[str], *, whole: bool) -> Iterator[tuple[str, str]]:
    """Find the texts that begin with a name as a title does, or have one behind their last sentence, and that name.

    `whole`: the name must be all of the text.
    """
    for text in texts:
        key = comparison_key(split_title_number(text)[1])
        if whole and key in names:
            yield text, key
        if not whole:
            behind = "" if text.endswith("。") else text.rpartition("。")[2]
            if name := _find_leading(text, names) or _find_leading(behind, names):
                yield text, name


def _find_leading(text: str, names: set[str]) -> str | None:
    """Find the name with which a text begins as a title does; None for none."""
    title = split_title_number(text.lstrip("※ "))[1]
    key = comparison_key(title)
    begun = {name for name in names if key.startswith(name)}
    # Most texts begin with no name: only then is it worth to look where the name ends.
    ends = range(len(title), LEAST - 1, -1) if begun else ()
    leading = (comparison_key(title[:end]) for end in ends if _BEHIND.match(title[end:]))
    return next((name for name in leading if name in begun), None)
