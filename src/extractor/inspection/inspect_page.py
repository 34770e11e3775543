"""Show: one page of a PDF as a picture, over it what was found there and what was made of it, for people to look at."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from extractor.document.layout import Layout
from extractor.document.page import Page
from extractor.errors import CannotRead
from extractor.grammar.normalize import key
from extractor.inspection.labels import legend, tags
from extractor.inspection.margins import framed
from extractor.inspection.overlay import overlay, scale
from extractor.inspection.parts import Flag, Part, flags, parts
from extractor.layout import open_grids
from extractor.layout.ruled.grid import Grid
from extractor.ocr.rendering import POINTS_PER_INCH, page_picture
from extractor.pipeline import PDF, Steps, is_heading, read_steps
from extractor.profiles.profile import by_id
from extractor.records.report import PageBox
from extractor.runtime.input_bytes import LARGEST_PDF, read_bytes
from extractor.runtime.sandbox import Limits, run_isolated

__all__ = ["Flag", "Part", "Shown", "show"]

# Dots an inch at which small print can be read; fewer where a large page would have longer sides than LONGEST pixels.
DPI, LONGEST = 130, 2600
# By how many pixels a picture may be larger or smaller than its page: sides are rounded.
ROUNDED = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """A page looked at: its picture as PNG, and what stands on it in reading order.

    `refusal` is why the file gives no report (its parts are then the layout's); `label` the printed page number.
    """

    page: int
    pages: int
    label: str | None
    png: bytes
    parts: tuple[Part, ...]
    flags: tuple[Flag, ...]
    notes: tuple[str, ...]
    refusal: CannotRead | None


def show(path: Path, page: int | None, label: str | None, profile: str | None = None) -> Shown:
    """Page `page` of a PDF (from 1), or the one whose printed number is `label`, in a process of its own.

    The file is read with the profile of this id, or with the one that it fits. Raises CannotRead where there is no such
    page, the file is no PDF, or its pages cannot be had.
    """
    if path.suffix.lower() != PDF:
        raise CannotRead("not-supported", "only pages of .pdf files can be shown")
    (shown,) = run_isolated([(str(path), page, label, profile)], _show, 1, lambda task: Limits.for_file(Path(task[0])))
    if isinstance(shown, CannotRead):
        raise shown
    return shown


def _show(task: tuple[str, int | None, str | None, str | None]) -> Shown:
    path, number, label = Path(task[0]), task[1], task[2]
    steps = read_steps(path, by_id(task[3]) if task[3] else None)
    if number is None:
        number = _labelled(steps.layout, label or "")
    if not 1 <= number <= len(steps.pages):
        raise CannotRead("no-such-page", f"it has {len(steps.pages):,} pages, so no page {number:,}")
    page = steps.pages[number - 1]
    found, said = parts(steps, number), flags(steps, number)
    printed = _label_of(steps.layout, number)
    unruled = open_grids(steps.pages, is_heading)[number]
    picture = _drawn(_picture(path, page), page, found, said, unruled, _head(steps, number, printed))
    png = io.BytesIO()
    picture.save(png, "PNG")
    notes = () if steps.report else (*page.damage, *page.hidden)
    return Shown(number, len(steps.pages), printed, png.getvalue(), tuple(found), tuple(said), notes, steps.refusal)


def _labels(layout: Layout) -> dict[int, str]:
    """The printed number of each page that has one."""
    places = [place for one in layout.furniture if one.kind == "page-number" for place in one.source]
    return {place.page: place.page_label for place in places if isinstance(place, PageBox) and place.page_label}


def _label_of(layout: Layout, number: int) -> str | None:
    return _labels(layout).get(number)


def _labelled(layout: Layout, label: str) -> int:
    """The page with this printed number; CannotRead if none or several have it."""
    pages = [page for page, printed in _labels(layout).items() if key(printed) == key(label)]
    if len(pages) == 1:
        return pages[0]
    if not pages:
        raise CannotRead("no-such-page", f"no page has {label} printed as its number")
    raise CannotRead("no-such-page", f"pages {', '.join(map(str, pages))} have {label} printed as their number")


def _picture(path: Path, page: Page) -> Image.Image:
    """The page's picture; white where it would not lie under what was read, which then is said."""
    dpi = max(1, min(DPI, int(LONGEST * POINTS_PER_INCH / max(page.width, page.height))))
    picture = page_picture(read_bytes(path, LARGEST_PDF), page.number, dpi)
    wanted = round(page.width * dpi / POINTS_PER_INCH), round(page.height * dpi / POINTS_PER_INCH)
    if max(abs(picture.width - wanted[0]), abs(picture.height - wanted[1])) > ROUNDED:
        message = f"its picture is {picture.size} and not {wanted} pixels large, so nothing can be drawn over it"
        raise CannotRead("damaged", message, page.number)
    return picture


def _head(steps: Steps, number: int, label: str | None) -> list[str]:
    printed = f", printed number {label}" if label else ", no printed number"
    head = [f"Page {number} of {len(steps.pages)}{printed}"]
    if steps.refusal:
        head.append(f"The file gives no report [{steps.refusal.status}]: shown is its layout alone")
    return head


def _drawn(
    picture: Image.Image, page: Page, found: list[Part], said: list[Flag], unruled: Sequence[Grid], head: list[str]
) -> Image.Image:
    whole = overlay(picture, page, found, said, unruled)
    left, right = tags(found, said, scale(picture, page))
    return framed(whole, left, right, head, legend(found, said))
