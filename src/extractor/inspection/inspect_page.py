"""Inspect page: one page of a PDF as a picture.

Over it is shown what was found there and what was made of it.

A file and a page go in; a PNG and a list of what stands on the page come out, for people to look at.
"""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from extractor.document.page import Page
from extractor.errors import CannotRead
from extractor.inspection.labels import list_legend, list_tags
from extractor.inspection.lettering import Lettering, choose_lettering
from extractor.inspection.margins import frame_picture
from extractor.inspection.overlay import draw_overlay, scale_to_pixels
from extractor.inspection.parts import (
    PageFinding,
    PagePart,
    find_page,
    list_page_findings,
    list_page_parts,
    map_printed_numbers,
)
from extractor.layout import find_cuts, find_open_grids
from extractor.ocr.rendering import POINTS_PER_INCH, render_page
from extractor.pipeline import Steps, read_steps
from extractor.profiles.profile import collect_all_heading_words, find_profile
from extractor.records.comparison import Labels
from extractor.records.labels import label_pointer
from extractor.records.messages import Message, make_refusal
from extractor.runtime.input_bytes import LARGEST_PDF, PDF, read_bytes
from extractor.runtime.sandbox import Limits, run_isolated

# Dots an inch at which small print can be read; fewer where a large page would have longer sides than LONGEST pixels.
DPI, LONGEST = 130, 2600
# By how many pixels a picture may be larger or smaller than its page: sides are rounded.
ROUNDED = 2

_Task = tuple[str, int | None, str | None, str | None, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class InspectedPage:
    """A page looked at: its picture as PNG, and what stands on it in reading order.

    `refusal` is why the file gives no report (its parts are then the layout's); `label` the printed page number.
    `places`: what a reader calls the records that parts and findings point to, by pointer.
    """

    page: int
    pages: int
    label: str | None
    png: bytes
    parts: tuple[PagePart, ...]
    flags: tuple[PageFinding, ...]
    notes: tuple[Message, ...]
    refusal: CannotRead | None
    places: Mapping[str, Labels]


def inspect_page(
    path: Path, page: int | None, label: str | None, profile: str | None, words: Mapping[str, str]
) -> InspectedPage:
    """Draw a page of a PDF with what was found on it, in a process of its own.

    Args:
        path: A `.pdf` file.
        page: The page's place in the file, from 1; None: the page with `label` is meant.
        label: The number that is printed on the page.
        profile: The id of the profile to read the file with; None chooses the one that it fits.
        words: What is written in the picture for each of its English labels; empty: these.

    Returns:
        The page's picture and parts; also of a file that gives no report.

    Raises:
        CannotRead: There is no such page, the file is no PDF, or its pages cannot be had.
    """
    if path.suffix.lower() != PDF:
        raise make_refusal("not-supported.pages")
    task: _Task = (str(path), page, label, profile, words)
    (shown,) = run_isolated([task], _draw_page, 1, lambda task: Limits.for_file(Path(task[0])))
    if isinstance(shown, CannotRead):
        raise shown
    return shown


def _draw_page(task: _Task) -> InspectedPage:
    path, profile = Path(task[0]), find_profile(task[3]) if task[3] else None
    steps = read_steps(path, profile)
    number = find_page(steps, task[1], task[2])
    page, label = steps.pages[number - 1], map_printed_numbers(steps.layout).get(number)
    parts, findings = list_page_parts(steps, number), list_page_findings(steps, number)
    open_grids = find_open_grids(steps.pages, collect_all_heading_words())[number]
    cuts = find_cuts(steps.pages, collect_all_heading_words())[number]
    picture = _render_page(path, page)
    lettering = choose_lettering(task[4])
    left, right = list_tags(parts, findings, scale_to_pixels(picture, page))
    overlay = draw_overlay(picture, page, parts, findings, open_grids, cuts, lettering)
    head, legend = _list_head_lines(steps, number, label, lettering), list_legend(parts, findings)
    framed = frame_picture(overlay, left, right, head, legend, lettering)
    png = io.BytesIO()
    framed.save(png, "PNG")
    notes = () if steps.report else (*page.damage, *page.hidden)
    return InspectedPage(
        number,
        len(steps.pages),
        label,
        png.getvalue(),
        tuple(parts),
        tuple(findings),
        notes,
        steps.refusal,
        _label_pointers(steps, {one.pointer for one in parts} | {one.finding.pointer for one in findings}),
    )


def _label_pointers(steps: Steps, pointers: Iterable[str]) -> dict[str, Labels]:
    data = {} if steps.report is None else steps.report.model_dump(mode="json", exclude={"findings"})
    return {pointer: label_pointer(data, pointer) for pointer in pointers}


def _render_page(path: Path, page: Page) -> Image.Image:
    """Render a page; refuse a picture that would not lie under what was read."""
    dpi = max(1, min(DPI, int(LONGEST * POINTS_PER_INCH / max(page.width, page.height))))
    picture = render_page(read_bytes(path, LARGEST_PDF), page.number, dpi)
    wanted = round(page.width * dpi / POINTS_PER_INCH), round(page.height * dpi / POINTS_PER_INCH)
    if max(abs(picture.width - wanted[0]), abs(picture.height - wanted[1])) > ROUNDED:
        raise make_refusal("damaged.picture", page.number, size=str(picture.size), wanted=str(wanted))
    return picture


def _list_head_lines(steps: Steps, number: int, label: str | None, lettering: Lettering) -> list[str]:
    """List the lines above the picture: which page it is, and why it may show the layout alone."""
    numbered = (
        "Page {page} of {pages}, printed number {label}" if label else "Page {page} of {pages}, no printed number"
    )
    head = [lettering.translate_label(numbered).format(page=number, pages=len(steps.pages), label=label)]
    if steps.refusal:
        refused = "The file gives no report [{status}]: shown is its layout alone"
        head.append(lettering.translate_label(refused).format(status=steps.refusal.status))
    return head
