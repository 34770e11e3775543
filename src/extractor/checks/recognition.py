"""Recognised text that is not sure, told of the value in which it stands."""

from collections.abc import Iterator, Sequence

from extractor.records.report import Finding, PageBox, Report, Source

UNSURE = "low-confidence"


def point_doubts_to_values(findings: Sequence[Finding], report: Report) -> Iterator[Finding]:
    """Point findings on recognised text that is not sure to the values there.

    Args:
        findings: All findings of the report.
        report: The report that they are about.

    Yields:
        The findings. One of the code `low-confidence` comes once for each value in whose place it is, with a pointer
        to the value; where there is no such value, it stays as it is.
    """
    values = list(_values(report)) if any(finding.code == UNSURE for finding in findings) else []
    for finding in findings:
        pointers = [pointer for pointer, source in values if _within(finding.source, source)]
        if finding.code == UNSURE and pointers:
            yield from (finding.model_copy(update={"pointer": pointer}) for pointer in pointers)
        else:
            yield finding


def _values(report: Report) -> Iterator[tuple[str, Source]]:
    """List every value that has a place of its own, with its pointer."""
    for p, policy in enumerate(report.policies):
        for n, programme in enumerate(policy.programmes):
            here = f"/policies/{p}/programmes/{n}"
            for name in type(programme.sources).model_fields:
                yield f"{here}/{name}", getattr(programme.sources, name)
            for name, passage in (("overview", programme.overview), ("results", programme.results)):
                yield f"{here}/{name}", passage.source
            for m, metric in enumerate(programme.metrics):
                yield (
                    f"{here}/metrics/{m}/name",
                    _name_place(metric.source, [one.source for one in metric.observations]),
                )
                for o, observation in enumerate(metric.observations):
                    yield f"{here}/metrics/{m}/observations/{o}", observation.source


def _name_place(whole: Source, values: Sequence[Source]) -> Source:
    """Return the part of a metric's place that is left of its values: where its name stands."""
    found = []
    for place in whole:
        if isinstance(place, PageBox):
            lefts = [
                value.bbox[0]
                for source in values
                for value in source
                if isinstance(value, PageBox) and value.page == place.page
            ]
            x0, top, x1, bottom = place.bbox
            found.append(place.model_copy(update={"bbox": (x0, top, min([x1, *lefts]), bottom)}))
    return tuple(found)


def _within(doubt: Source, value: Source) -> bool:
    """Tell whether the middle of a doubt's place lies in a value's."""
    for one in doubt:
        for place in value:
            if isinstance(one, PageBox) and isinstance(place, PageBox) and one.page == place.page:
                x, y = (one.bbox[0] + one.bbox[2]) / 2, (one.bbox[1] + one.bbox[3]) / 2
                if place.bbox[0] <= x <= place.bbox[2] and place.bbox[1] <= y <= place.bbox[3]:
                    return True
    return False
