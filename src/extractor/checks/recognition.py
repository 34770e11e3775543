"""What is not sure of the page's text, told of the value in which it stands."""

from collections.abc import Iterator, Sequence

from extractor.document.geometry import Box
from extractor.records.report import Finding, Metric, Observation, PageBox, Passage, Programme, Report, Source
from extractor.records.walk import walk_records

UNSURE = ("low-confidence", "no-ink", "lost-glyph", "unread-ink", "struck-out", "covered", "from-annotation")


def point_doubts_to_values(findings: Sequence[Finding], report: Report) -> Iterator[Finding]:
    """Point findings on text that is not sure to the values there.

    Args:
        findings: All findings of the report.
        report: The report that they are about.

    Yields:
        The findings. One of a code of UNSURE comes once for each value in whose place it is, with a pointer
        to the value; where there is no such value, it stays as it is.
    """
    values = list(_list_values(report)) if any(finding.code in UNSURE for finding in findings) else []
    for finding in findings:
        pointers = [pointer for pointer, source in values if _lies_within(finding.source, source)]
        if finding.code in UNSURE and pointers:
            yield from (finding.model_copy(update={"pointer": pointer}) for pointer in pointers)
        else:
            yield finding


def _list_values(report: Report) -> Iterator[tuple[str, Source]]:
    """List every value that has a place of its own, with its pointer."""
    for here, programme in walk_records(report, Programme):
        yield from ((f"{here}/{name}", source) for name, source in programme.sources)
    for here, passage in walk_records(report, Passage):
        yield here, passage.source
    for here, metric in walk_records(report, Metric):
        yield f"{here}/name", _find_place_of_name(metric)
    for here, observation in walk_records(report, Observation):
        yield here, observation.source


def _find_place_of_name(metric: Metric) -> Source:
    """Find the part of a metric's place that is left of its values."""
    values = [place for seen in metric.observations for place in seen.source if isinstance(place, PageBox)]
    found = []
    for place in metric.source:
        if isinstance(place, PageBox):
            x0, top, x1, bottom = place.bbox
            left = min([x1, *(value.bbox[0] for value in values if value.page == place.page)])
            found.append(place.model_copy(update={"bbox": (x0, top, left, bottom)}))
    return tuple(found)


def _lies_within(doubt: Source, value: Source) -> bool:
    """Tell whether the middle of a doubt's place lies in a value's."""
    return any(
        Box(*whole.bbox).contains_centre(Box(*part.bbox))
        for part in doubt
        for whole in value
        if isinstance(part, PageBox) and isinstance(whole, PageBox) and part.page == whole.page
    )
