"""Places put together."""

from collections.abc import Iterable

from extractor.model.record import LineSpan, PageBox, Place, Source


def around(places: Iterable[Place]) -> Source:
    """One box around all places on each page, in page order; of a text file one span of lines. Empty for none."""
    boxes: dict[int, PageBox] = {}
    span: LineSpan | None = None
    for place in places:
        if isinstance(place, LineSpan):
            first = span or place
            span = LineSpan(line=min(first.line, place.line), end_line=max(first.end_line, place.end_line))
        elif (box := boxes.get(place.page)) is None:
            boxes[place.page] = place
        else:
            a, b = box.bbox, place.bbox
            bbox = (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))
            boxes[place.page] = box.model_copy(update={"bbox": bbox})
    if span is not None:
        return (span,)
    return tuple(boxes[page] for page in sorted(boxes))
