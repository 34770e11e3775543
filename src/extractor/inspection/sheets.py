"""Sheets: pages of documents as small pictures, and lines of transcripts.

They are for showing where a value stands.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from extractor.errors import CannotRead
from extractor.ocr.rendering import POINTS_PER_INCH, render_page
from extractor.pdf.text_file import read_text
from extractor.runtime.files import hash_file, is_file, is_folder
from extractor.runtime.input_bytes import LARGEST_PDF, PDF, TEXT, read_bytes
from extractor.runtime.sandbox import Limits, run_isolated

# Small print can be read at so many dots an inch; of large sheets no side has more pixels than LONGEST.
DPI, LONGEST = 110, 2000
# Shades of grey: enough for smooth letters.
SHADES = 16


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page: its picture as PNG, and its width and height in points."""

    png: bytes
    width: float
    height: float


def find_documents(folders: Sequence[Path], wanted: set[str]) -> dict[str, Path]:
    """Find files of some folders by what is in them.

    Args:
        folders: The folders; one that is not there has no files.
        wanted: SHA-256 sums, in hexadecimal.

    Returns:
        The files that have one of these sums, by the sum; of several with one, the first by folder and name.
    """
    found: dict[str, Path] = {}
    for path in (path for folder in folders for path in _list_documents(folder)):
        with suppress(OSError):
            digest = hash_file(path, LARGEST_PDF)
            if digest in wanted:
                found.setdefault(digest, path)
    return found


def _list_documents(folder: Path) -> list[Path]:
    with suppress(OSError):
        paths = sorted(folder.iterdir()) if is_folder(folder) else []
        return [path for path in paths if path.suffix.lower() in {PDF, TEXT} and is_file(path)]
    return []


def draw_pages(path: Path, numbers: Sequence[int], most: int) -> dict[int, PagePicture]:
    """Draw pages of a PDF as small grey pictures, in a process of its own.

    Args:
        path: The PDF.
        numbers: The pages, from 1, the most wanted first.
        most: How many bytes all pictures together may have.

    Returns:
        The pages by number, as far as `most` reaches. A page that cannot be drawn is left out; all are, of a file that
        is too much.
    """
    (drawn,) = run_isolated(
        [(str(path), tuple(numbers), most)], _draw_pages, 1, lambda task: Limits.for_file(Path(task[0]))
    )
    return {} if isinstance(drawn, CannotRead) else drawn


def _draw_pages(task: tuple[str, tuple[int, ...], int]) -> dict[int, PagePicture]:
    data, most = read_bytes(Path(task[0]), LARGEST_PDF), task[2]
    found: dict[int, PagePicture] = {}
    for number in task[1]:
        with suppress(CannotRead):
            sheet = _draw_page(data, number)
            most -= len(sheet.png)
            if most < 0:
                break
            found[number] = sheet
    return found


def _draw_page(data: bytes, number: int) -> PagePicture:
    picture, dpi = render_page(data, number, DPI), DPI
    if max(picture.size) > LONGEST:
        dpi = max(1, DPI * LONGEST // max(picture.size))
        picture = render_page(data, number, dpi)
    small = picture.convert("L").quantize(SHADES, Image.Quantize.MEDIANCUT)
    png = io.BytesIO()
    small.save(png, "PNG", optimize=True)
    points = POINTS_PER_INCH / dpi
    return PagePicture(png.getvalue(), picture.width * points, picture.height * points)


def read_lines(path: Path) -> Mapping[int, str]:
    """Return the lines of a transcript by number, from 1.

    A transcript that cannot be read has none.
    """
    try:
        return {line.number: line.text for line in read_text(path)}
    except CannotRead:
        return {}


def pick_lines_around(lines: Mapping[int, str], first: int, last: int, more: int) -> Iterator[tuple[int, str]]:
    """Pick some lines of a transcript with those around them.

    Args:
        lines: Its lines by number, from 1.
        first: The number of the first line that is wanted.
        last: The number of the last one.
        more: How many lines before and behind are wanted too.

    Yields:
        Number and text of each line that there is.
    """
    for number in range(first - more, last + more + 1):
        if number in lines:
            yield number, lines[number]
