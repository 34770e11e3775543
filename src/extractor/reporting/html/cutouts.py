"""Cut-outs: the pages and lines of documents that a page shows places on, each in the file once."""

import base64
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from extractor.inspection.sheets import draw_pages, find_documents, pick_lines_around, read_lines
from extractor.records.report import LineSpan, PageBox, Source
from extractor.records.table_rows import TableRow
from extractor.reporting.i18n import Language, words

# Bytes of all pictures together; base64 makes a third more of them.
MOST_BYTES = 12_000_000
# Of the places of one value so many are shown, and so many lines of a transcript round the ones meant.
MOST_PLACES, LINES_AROUND = 4, 2


class Cutouts:
    """What a page wants to show of documents, each known by its SHA-256."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language
        self._wanted: dict[str, Counter[int]] = defaultdict(Counter)

    def places(self, sha: str, source: Source, rows: Sequence[TableRow] = ()) -> list[dict[str, Any]]:
        """Have places cut out, so that their pages and lines will be in the file.

        Args:
            sha: The SHA-256 of the document.
            source: The places; of many, only the first are shown.
            rows: The row of a table in which the value stands, which is shown with it and with the table's head.

        Returns:
            The places as the scripts show them: in words, with the page and box, or the lines.
        """
        shown: list[dict[str, Any]] = []
        row_on = {row.page: row for row in rows}
        for part in source[:MOST_PLACES]:
            said = _describe_place(part, self._language)
            if isinstance(part, PageBox):
                self._wanted[sha][part.page] += 1
                place: dict[str, Any] = {"said": said, "page": part.page, "box": part.bbox}
                if (row := row_on.get(part.page)) is not None:
                    self._wanted[sha][row.head_page] += 1
                    place |= {"row": row.box, "head": {"page": row.head_page, "box": row.head_box}}
                shown.append(place)
            else:
                self._wanted[sha].update(range(part.line, part.end_line + 1))
                shown.append({"said": said, "lines": [part.line, part.end_line]})
        return shown

    def data(self, documents: Sequence[Path]) -> dict[str, Any]:
        """Cut out pictures and lines of the documents in some folders.

        The documents that are there are named too.
        """
        found = find_documents(documents, set(self._wanted))
        return {"sheets": dict(_cut_out_pages(self._wanted, found)), "documents": sorted(found)}


def _describe_place(part: PageBox | LineSpan, language: Language) -> str:
    """Name the page with its printed number, or the lines of a text file."""
    known = words(language)
    if isinstance(part, PageBox):
        label = f" ({known['label']} {part.page_label})" if part.page_label else ""
        return f"{known['page']} {part.page}{label}"
    lines = str(part.line) if part.line == part.end_line else f"{part.line}–{part.end_line}"
    return f"{known['line']} {lines}"


def _cut_out_pages(
    wanted: Mapping[str, Counter[int]], found: Mapping[str, Path]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each page and line that is looked at, once: by the SHA-256 of its document and its number."""
    left = MOST_BYTES
    for sha, path in sorted(found.items()):
        if path.suffix.lower() == ".txt":
            yield from _cut_out_lines(sha, path, sorted(wanted[sha]))
            continue
        # Those that most is on come first, if there is not room for all.
        numbers = sorted(wanted[sha], key=lambda number: (-wanted[sha][number], number))
        for number, sheet in sorted(draw_pages(path, numbers, left).items()):
            left -= len(sheet.png)
            png = base64.b64encode(sheet.png).decode("ascii")
            yield f"{sha}:{number}", {"png": png, "width": round(sheet.width, 2), "height": round(sheet.height, 2)}


def _cut_out_lines(sha: str, path: Path, numbers: Sequence[int]) -> Iterator[tuple[str, dict[str, Any]]]:
    lines = read_lines(path)
    near = {at: text for number in numbers for at, text in pick_lines_around(lines, number, number, LINES_AROUND)}
    yield from ((f"{sha}:{at}", {"text": text}) for at, text in near.items())
