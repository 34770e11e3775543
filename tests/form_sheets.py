"""Programme forms drawn by hand: ruled rows with labels, over as many pages as they need; and the report on them."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extractor.assembly.assemble import assemble_report
from extractor.checks.run_checks import check
from extractor.document.page import Glyph, Page, Rule
from extractor.extraction.extract import extract_values
from extractor.layout import lay_out_pages
from extractor.linking.link import link_chapters
from extractor.profiles.profile import load_profile
from extractor.records.report import InputFile, Report
from extractor.structure.outline_builder import build_outline
from sheets import HEIGHT, WIDTH, across, advance, down, page, text

SIZE, STEP, PADDING = 10.0, 15.0, 4.0
TOP, BOTTOM = 60.0, 780.0
Lines = list[tuple[float, str]]


@dataclass(frozen=True)
class Box:
    """A cell between two x: paragraphs of prose, indented; `upright`: one letter a line; `centred` in its width."""

    x0: float
    x1: float
    paragraphs: tuple[str, ...]
    indent: bool = True
    upright: bool = False
    centred: bool = False

    def lines(self) -> Lines:
        """Its text in lines, each with where it begins."""
        if self.upright:
            return [((self.x0 + self.x1 - SIZE) / 2, sign) for one in self.paragraphs for sign in one]
        left, right = self.x0 + PADDING, self.x1 - PADDING
        found: Lines = []
        for one in self.paragraphs:
            start = left + (SIZE if self.indent and not one.startswith("※") else 0.0)
            line, x = "", start
            for sign in one:
                if x + advance(sign, SIZE) > right + 0.01:
                    found.append((start, line))
                    line, start = "", left
                    x = start
                line += sign
                x += advance(sign, SIZE)
            found.append((start, line))
        if self.centred:
            widths = [sum(advance(sign, SIZE) for sign in line) for _, line in found]
            found = [((self.x0 + self.x1 - w) / 2, line) for w, (_, line) in zip(widths, found, strict=True)]
        return found


def label(word: str, x0: float = 60.0, x1: float = 130.0, *, upright: bool = False) -> Box:
    """The cell of a label."""
    return Box(x0, x1, (word,), indent=False, upright=upright, centred=not upright)


def cell(words: str, x0: float, x1: float) -> Box:
    """A cell of one short text."""
    return Box(x0, x1, (words,), indent=False)


@dataclass(frozen=True)
class Group:
    """Rows beside one label, whose cell spans them all; None: rows without one."""

    label: Box | None
    rows: Sequence[Sequence[Box]]


@dataclass
class Press:
    """Sets lines and groups of rows from top to bottom, on as many pages as they need."""

    bottom: float = BOTTOM
    pages: list[tuple[list[Glyph], list[Rule]]] = field(default_factory=lambda: [([], [])])
    y: float = TOP

    def turn(self) -> None:
        """A new page."""
        self.pages.append(([], []))
        self.y = TOP

    def skip(self, points: float = STEP) -> None:
        """Leave room."""
        self.y += points

    def line(self, words: str, x: float = 60.0, *, font: str = "Mincho", size: float = SIZE) -> None:
        """A line of running text."""
        if self.y + STEP > self.bottom:
            self.turn()
        self.pages[-1][0].extend(text(words, x, self.y, size, font))
        self.y += STEP

    def form(self, groups: Sequence[Group]) -> None:
        """A form: what does not fit on the page is cut where it ends, and goes on on the next."""
        for group in groups:
            waiting = group.label.lines() if group.label else []
            for row in group.rows:
                boxes = [*([group.label] if group.label else []), *row]
                rests = [waiting, *(box.lines() for box in row)] if group.label else [box.lines() for box in row]
                while True:
                    fits = int((self.bottom - self.y - 2 * PADDING) // STEP)
                    if fits < 1:
                        self.turn()
                        continue
                    last = row is group.rows[-1]
                    wanted = max(len(rest) for rest in (rests if last or not group.label else rests[1:]))
                    high = min(fits, max(1, wanted))
                    self._fragment(boxes, [rest[:high] for rest in rests], high, group)
                    rests = [rest[high:] for rest in rests]
                    if group.label:
                        waiting = rests[0]
                    if not any(rests if last or not group.label else rests[1:]):
                        break
                    self.turn()
            self._close(group)

    def _fragment(self, boxes: Sequence[Box], lines: Sequence[Lines], high: int, group: Group) -> None:
        glyphs, rules = self.pages[-1]
        top, bottom = self.y, self.y + high * STEP + 2 * PADDING
        for box, found in zip(boxes, lines, strict=True):
            for index, (x, words) in enumerate(found):
                glyphs += text(words, x, top + PADDING + 2 + index * STEP)
            rules += [down(box.x0, top, bottom), down(box.x1, top, bottom)]
            if box is not group.label:
                rules += [across(top, box.x0, box.x1), across(bottom, box.x0, box.x1)]
        if group.label and self._first(group):
            rules.append(across(top, group.label.x0, group.label.x1))
        if group.label:
            self._open = (len(self.pages), bottom)
            # The page's end closes the label's cell as well.
            self._label_bottoms[id(group)] = {**self._label_bottoms.get(id(group), {}), len(self.pages): bottom}
        self.y = bottom

    _open: tuple[int, float] = (0, 0.0)
    _label_bottoms: dict[int, dict[int, float]] = field(default_factory=dict)

    def _first(self, group: Group) -> bool:
        """Whether this is the group's first fragment on its page."""
        return len(self.pages) not in self._label_bottoms.get(id(group), {})

    def _close(self, group: Group) -> None:
        if group.label is None:
            return
        for number, bottom in self._label_bottoms.pop(id(group), {}).items():
            self.pages[number - 1][1].append(across(bottom, group.label.x0, group.label.x1))

    def sheets(self, first_label: int = 21) -> list[Page]:
        """The pages, with printed numbers."""
        return [
            page([*glyphs, *text(f"- {first_label + index} -", 280, 805)], rules, number=index + 1)
            for index, (glyphs, rules) in enumerate(self.pages)
        ]


def report_on(pages: Sequence[Page]) -> Report:
    """The report that pages make, by all steps behind reading."""
    layout = lay_out_pages(pages)
    outline = build_outline(layout, load_profile())
    parts = extract_values(outline, load_profile())
    linked = link_chapters(parts)
    source = InputFile(file="drawn.pdf", sha256="0" * 64, kind="pdf", pages=len(pages))
    return check(assemble_report(parts, linked, layout, source), linked, load_profile())


def write_pdf(pages: Sequence[Page], path: Path) -> Path:
    """The same pages as a PDF file, set in fonts that are not embedded."""
    names = {"Mincho": "HeiseiMin-W3", "Gothic": "HeiseiKakuGo-W5"}
    for name in names.values():
        pdfmetrics.registerFont(UnicodeCIDFont(name))
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    for one in pages:
        for rule in one.rules:
            canvas.line(rule.x0, HEIGHT - rule.top, rule.x1, HEIGHT - rule.bottom)
        for glyph in one.glyphs:
            wide = unicodedata.east_asian_width(glyph.text) in "WFA"
            canvas.setFont(names[glyph.font] if wide else "Courier", glyph.size if wide else glyph.size / 1.2)
            canvas.drawString(glyph.x0, HEIGHT - glyph.bottom + 0.12 * glyph.size, glyph.text)
        canvas.showPage()
    canvas.save()
    return path


LEFT_EDGE, RIGHT_EDGE = 60.0, 540.0


def rows_of(table: Sequence[Sequence[str]], edges: Sequence[float]) -> list[list[Box]]:
    """Rows of short cells between these edges."""
    return [[cell(words, edges[at], edges[at + 1]) for at, words in enumerate(row)] for row in table]


def wide(*paragraphs: str, indent: bool = False) -> Group:
    """A row of one cell."""
    return Group(None, [[Box(LEFT_EDGE, RIGHT_EDGE, paragraphs, indent=indent)]])
