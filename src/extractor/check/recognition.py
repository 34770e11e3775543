"""Checks of recognised text: what of it is not sure, told of the value in which it stands."""

from collections.abc import Iterator, Sequence

from extractor.model.layout import LaidDoubt
from extractor.model.record import Finding, PageBox, Report, Source


def check_recognition(report: Report, doubts: Sequence[LaidDoubt]) -> Iterator[Finding]:
    """A finding for each doubt, with a pointer to the value in whose place it stands, if there is one."""
    values = list(_values(report)) if doubts else []
    for doubt in doubts:
        message = f"{doubt.text} was recognised and is not sure: {doubt.why}" if doubt.text else doubt.why
        pointers = [pointer for pointer, source in values if _within(doubt.source, source)]
        for pointer in pointers or [""]:
            yield Finding(
                code="low-confidence", severity="warning", message=message, pointer=pointer, source=doubt.source
            )


def _values(report: Report) -> Iterator[tuple[str, Source]]:
    """Every value that has a place of its own, with its pointer."""
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
    """The part of a metric's place that is left of its values: where its name stands."""
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
    """Whether the middle of a doubt's place lies in a value's."""
    for one in doubt:
        for place in value:
            if isinstance(one, PageBox) and isinstance(place, PageBox) and one.page == place.page:
                x, y = (one.bbox[0] + one.bbox[2]) / 2, (one.bbox[1] + one.bbox[3]) / 2
                if place.bbox[0] <= x <= place.bbox[2] and place.bbox[1] <= y <= place.bbox[3]:
                    return True
    return False
