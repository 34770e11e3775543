"""Cut-outs: the pages and lines of documents that a page shows places on, each in the file once."""

import base64
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from extractor.inspection.sheets import around_lines, documents, lines_of, sheets
from extractor.records.report import PageBox, Source
from extractor.reporting.i18n import Language
from extractor.reporting.values import place

# All pictures together have no more bytes than this; base64 makes a third more of them.
MOST_BYTES = 12_000_000
# Of the places of one value so many are shown, and so many lines of a transcript round the ones meant.
MOST_PLACES, LINES_AROUND = 4, 2


class Cutouts:
    """What a page wants to show of documents, each known by its SHA-256."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language
        self._wanted: dict[str, Counter[int]] = defaultdict(Counter)

    def places(self, sha: str, source: Source) -> list[dict[str, Any]]:
        """Where something stands, as the scripts show it; its pages and lines will be in the file."""
        found: list[dict[str, Any]] = []
        for one in source[:MOST_PLACES]:
            said = place(one.model_dump(mode="json"), self._language).split(": ")[0]
            if isinstance(one, PageBox):
                self._wanted[sha][one.page] += 1
                found.append({"said": said, "page": one.page, "box": one.bbox})
            else:
                self._wanted[sha].update(range(one.line, one.end_line + 1))
                found.append({"said": said, "lines": [one.line, one.end_line]})
        return found

    def data(self, raw: Path) -> dict[str, Any]:
        """Pictures and lines of those documents that are in `raw`, and which ones they are."""
        found = documents(raw, set(self._wanted))
        return {"sheets": dict(_sheets(self._wanted, found)), "documents": sorted(found)}


def _sheets(wanted: Mapping[str, Counter[int]], found: Mapping[str, Path]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each page and line that is looked at, once: by the SHA-256 of its document and its number."""
    left = MOST_BYTES
    for sha, path in sorted(found.items()):
        if path.suffix.lower() == ".txt":
            yield from _lines(sha, path, sorted(wanted[sha]))
            continue
        # Those that most is on come first, if there is not room for all.
        numbers = sorted(wanted[sha], key=lambda number: (-wanted[sha][number], number))
        for number, sheet in sorted(sheets(path, numbers, left).items()):
            left -= len(sheet.png)
            png = base64.b64encode(sheet.png).decode("ascii")
            yield f"{sha}:{number}", {"png": png, "width": round(sheet.width, 2), "height": round(sheet.height, 2)}


def _lines(sha: str, path: Path, numbers: Sequence[int]) -> Iterator[tuple[str, dict[str, Any]]]:
    lines = lines_of(path)
    seen: set[int] = set()
    for number in numbers:
        for near, text in around_lines(lines, number, number, LINES_AROUND):
            if near not in seen:
                seen.add(near)
                yield f"{sha}:{near}", {"text": text}
