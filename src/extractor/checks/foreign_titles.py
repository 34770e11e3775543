"""Foreign titles: another programme's title within the prose of a programme.

Where one stands there, a block was not seen to end, and what follows it may be the other's.
"""

import re
from collections.abc import Iterator

from extractor.grammar.heading_lines import split_title_number
from extractor.grammar.normalize import comparison_key
from extractor.records.messages import report_finding
from extractor.records.report import Finding, Programme, Report, Source
from extractor.records.walk import walk_records

# In characters: a shorter name may begin a sentence by chance.
LEAST = 6
# What stands behind a title on its line: nothing, a bracket, or the name of an office behind a blank.
_BEHIND = re.compile(r"\s*$|\s*[(（\[【〔]|\s+[^。、]*$")


def check_foreign_titles(report: Report) -> Iterator[Finding]:
    """Find paragraphs that are, or begin with, the title of another programme.

    Args:
        report: The report.

    Yields:
        For each such paragraph, a finding at the programme that holds it and one at the programme that it names.
    """
    programmes = list(walk_records(report, Programme))
    named = {
        comparison_key(programme.name): pointer
        for pointer, programme in programmes
        if programme.name and len(programme.name) >= LEAST
    }
    for pointer, programme in programmes:
        for text, source in _list_paragraphs(programme):
            own = comparison_key(programme.name or "")
            other = _find_named(text, named.keys() - {own})
            if other is not None:
                said = {"holder": programme.name, "title": text}
                yield report_finding("misplaced-block.title", pointer, source, **said)
                yield report_finding("misplaced-block.title", named[other], source, **said)


def _list_paragraphs(programme: Programme) -> Iterator[tuple[str, Source]]:
    """List the paragraphs of a programme's prose with the place of each passage."""
    for passage in (programme.overview, programme.results):
        for text in passage.paragraphs:
            yield text, passage.source
    for section in programme.sections:
        for text in section.paragraphs:
            yield text, section.source


def _find_named(text: str, names: set[str]) -> str | None:
    """Find the name with which a paragraph begins as a title does; None for none."""
    title = split_title_number(text)[1]
    key = comparison_key(title)
    begun = {name for name in names if key.startswith(name)}
    ends = range(len(title), LEAST - 1, -1) if begun else ()
    return next(
        (name for end in ends if _BEHIND.match(title[end:]) and (name := comparison_key(title[:end])) in begun),
        None,
    )
