"""Read a PDF into pages of marks, or refuse it for a reason that a person can act on."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import NoReturn

from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage

from extractor.document.geometry import Box
from extractor.document.page import Doubt, Page
from extractor.errors import CannotRead
from extractor.ink.account import account_for_ink
from extractor.pdf.diagnostics import DamageNotes, listen_to_library
from extractor.pdf.drawn_lines import extract_fills, extract_pictures, extract_rules, extract_strokes
from extractor.pdf.font_bounds import bound_fonts
from extractor.pdf.glyph_shapes import distrust_false_shapes
from extractor.pdf.glyphs import UNKNOWN, extract_glyphs, find_sideways_turn, is_set_upright
from extractor.pdf.image_pages import read_pictures
from extractor.pdf.page_marks import PageFrame, PageMarks, PdfFile, settle_boxes
from extractor.pdf.page_tree import MOST_PAGES, count_promised_pages
from extractor.pdf.repair import repair_file
from extractor.pdf.shells import FEW, refuse_shell
from extractor.records.messages import Message, make_message, make_refusal
from extractor.runtime.input_bytes import LARGEST_PDF, read_bytes

HEADER_WITHIN = 1024  # bytes
LONGEST_QUOTE = 80  # characters

_OBJECT = re.compile(rb"\b\d+\s+\d+\s+obj\b")
_END = re.compile(rb"(?:startxref\s+\d+\s*)?%%EOF[\s\0]*")
_LINEAR_LENGTH = re.compile(rb"/Linearized\b[^>]*?/L\s+(\d{1,12})\b")


def read_pdf(source: Path | bytes) -> tuple[Page, ...]:
    """Read all pages of a PDF that has text.

    Time and memory are bounded only by an isolated process.

    Args:
        source: The file, or what is in it.

    Returns:
        The pages in order, in points from their top left; at least one, with at least one glyph among them.

    Raises:
        CannotRead: And nothing else, with status `no-such-file`, `not-a-pdf`, `truncated`, `encrypted`, `damaged`,
            `no-pages`, `no-text`, `unreadable-text`, `needs-ocr` or `too-heavy`.

    >>> read_pdf(b"text")
    Traceback (most recent call last):
    extractor.errors.CannotRead: there is no PDF header in its first 1,024 bytes
    """
    pages = read_marks(source)
    check_text(pages)
    return pages


def read_marks(source: Path | bytes) -> tuple[Page, ...]:
    """Read all pages of a PDF, whether or not there is text on them.

    Raises:
        CannotRead: As `read_pdf`, but for `no-text` and `unreadable-text`.
    """
    notes = DamageNotes()
    try:
        data = read_bytes(source, LARGEST_PDF)
        _check_ends(data)
        opened = repair_file(data)
        with listen_to_library(notes), bound_fonts():
            pages = tuple(_iterate_pages(opened.data, notes))
            promised = count_promised_pages(data)
        if promised > len(pages):
            notes.add_note("damaged-page.pages-fewer", promised=promised, found=len(pages))
        if pages:
            pages = (*pages[:-1], replace(pages[-1], damage=pages[-1].damage + notes.take_notes()))
        pages = tuple(_add_repairs(page, opened.notes) for page in pages)
        pages = account_for_ink(opened.data, read_pictures(opened.data, distrust_false_shapes(opened.data, pages)))
    except CannotRead:
        raise
    except MemoryError:
        raise make_refusal("too-heavy.memory") from None
    except RecursionError:
        raise make_refusal("damaged.nested") from None
    except PDFPasswordIncorrect:
        raise make_refusal("encrypted.password") from None
    except PDFEncryptionError:
        raise make_refusal("encrypted.unknown") from None
    except Exception:  # whatever the libraries raise on broken files
        raise make_refusal("damaged.parse") from None
    return pages


def has_pdf_header(data: bytes) -> bool:
    r"""Tell whether bytes begin as a PDF does: its header may stand behind other bytes.

    >>> has_pdf_header(b"\0%PDF-1.7"), has_pdf_header(b"No.")
    (True, False)
    """
    return b"%PDF-" in data[: HEADER_WITHIN + 5]


def _check_ends(data: bytes) -> None:
    """Refuse what is no PDF, and what ends before its end."""
    if not data:
        raise make_refusal("not-a-pdf.empty")
    if not has_pdf_header(data):
        raise make_refusal("not-a-pdf.header", within=HEADER_WITHIN)
    end = max(data.rfind(b"%%EOF"), data.rfind(b"startxref"))
    # An object after the last end mark belongs to a revision whose own end is missing.
    if end < 0 or _OBJECT.search(data, end):
        raise make_refusal("truncated.mark")
    # Such a file has an end mark near its beginning too. (Its length alone proves nothing: other programs change it.)
    linear = _LINEAR_LENGTH.search(data[: 2 * HEADER_WITHIN])
    if linear and int(linear[1]) > len(data) and not _END.fullmatch(data, end):
        missing = int(linear[1]) - len(data)
        raise make_refusal("truncated.bytes", missing=missing)


def _add_repairs(page: Page, notes: Mapping[int, tuple[Message, ...]]) -> Page:
    """Add what was repaired of a page, and to the first what was repaired of the file."""
    own = (*(notes.get(0, ()) if page.number == 1 else ()), *notes.get(page.number, ()))
    return replace(page, damage=(*page.damage, *own)) if own else page


def _iterate_pages(data: bytes, notes: DamageNotes) -> Iterator[Page]:
    pdf = PdfFile(data, notes)
    number, text = 0, ""
    for number, page in enumerate(pdf.doc.iterate_leaves(), 1):
        if number > MOST_PAGES:
            raise make_refusal("too-heavy.pages", most=MOST_PAGES)
        settle_boxes(page, notes)
        made = _read_upright(pdf, page, number)
        if len(text) <= FEW:
            text += "".join(glyph.text for glyph in made.glyphs)
        yield made
        # Or memory would grow with the number of pages.
        pdf.doc._cached_objs.clear()
    if not number:
        raise make_refusal("no-pages.none")
    refuse_shell(pdf.doc, text)


def _read_upright(pdf: PdfFile, page: PDFPage, number: int) -> Page:
    """Read a page; one that is set sideways is turned, so that its text is read as a person does who turns it."""
    made = _make_page(PageMarks(pdf, page, number), pdf.notes)
    turn = find_sideways_turn(made.glyphs)
    if turn:
        page.rotate = (page.rotate + turn) % 360
        made = replace(_make_page(PageMarks(pdf, page, number), pdf.notes), turn=float(-turn % 360))
    return made


def _make_page(marks: PageMarks, notes: DamageNotes) -> Page:
    frame = marks.find_frame()
    characters, rules = extract_glyphs(marks, frame, notes), extract_rules(marks, frame)
    if is_set_upright(characters):
        notes.add_note("damaged-page.upright")
    pictures, covered = extract_pictures(marks, frame)
    taken = notes.take_notes()
    return Page(
        number=marks.number,
        width=round(frame.box.width, 3),
        height=round(frame.box.height, 3),
        glyphs=characters,
        rules=rules,
        pictures=pictures,
        covered=covered,
        damage=tuple(note for note in taken if note.code in ("damaged-page", "repaired-file")),
        hidden=tuple(note for note in taken if note.code == "hidden-text"),
        foreign=marks.foreign,
        strokes=extract_strokes(marks, frame),
        doubts=_doubt_covered(marks, frame),
        fills=extract_fills(marks, frame),
    )


def _doubt_covered(marks: PageMarks, frame: PageFrame) -> tuple[Doubt, ...]:
    """Say what text annotations cover, by the line."""
    found: list[Doubt] = []
    for _, line in groupby(marks.noted, key=lambda char: round(char.box.top)):
        chars = list(line)
        sides = Box.around(frame.shift_box(marks.turn_box(char.box)) for char in chars)
        text = "".join(char.text for char in chars)[:LONGEST_QUOTE]
        found.append(Doubt("", sides.rounded(3), make_message("covered.text", text=text)))
    return tuple(found)


def check_text(pages: tuple[Page, ...]) -> None:
    """Refuse a document without text, or whose text is without meaning.

    Raises:
        CannotRead: `no-text`: there is no text; `damaged`: there is none, and a page is damaged; `unreadable-text`:
            more than half of it is without meaning.
    """
    texts = [glyph.text for page in pages for glyph in page.glyphs if not glyph.text.isspace()]
    if texts and 2 * texts.count(UNKNOWN) <= len(texts):
        return
    if texts:
        raise make_refusal("unreadable-text.fonts", unknown=texts.count(UNKNOWN), all=len(texts))
    _refuse_without_text(pages)


def _refuse_without_text(pages: tuple[Page, ...]) -> NoReturn:
    """Say why there is no text: a page is damaged, or what the pages hold in its place."""
    damaged = next((page for page in pages if page.damage), None)
    if damaged:
        raise make_refusal("damaged.no-text", damaged.number, why=damaged.damage[0])
    hidden = make_message("no-text.hidden") if any(page.hidden for page in pages) else ""
    raise make_refusal("no-text.instead", what=make_message(f"no-text.{_find_instead(pages)}"), hidden=hidden)


def _find_instead(pages: tuple[Page, ...]) -> str:
    """Find out what pages without text hold: a variant of `no-text`."""
    if any(page.recognised for page in pages):
        return "recognised"
    # A few pictures among lines make no scan.
    if any(page.pictures for page in pages) and all(page.pictures or not page.rules for page in pages):
        return "pictures"
    if any(page.rules for page in pages):
        return "lines"
    return "empty-pages"
