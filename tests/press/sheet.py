"""The sheets that the press prints on: glyphs, rules, page numbers and running headers.

Places are in points from the top left of the page as it is shown.
"""

import io
from dataclasses import dataclass

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from press.breaking import SetLine, broken
from press.style import Align, Rules, Style

A4, A3, SLIDE = (595.28, 841.89), (841.89, 1190.55), (540.0, 960.0)
THIN = 0.5
# Where in a line's height its baseline lies.
BASELINE = 0.86
# No line is spread by more than this between two glyphs, in sizes.
MOST_SLACK = 0.3


@dataclass(frozen=True)
class Fonts:
    """Two registered fonts of a producer, for the body and for what stands out, and whether it places each glyph by
    itself or a line at a time (and lets the reader add up widths)."""

    body: str
    strong: str
    one_by_one: bool


class Sheets:
    """A pile of sheets, written from the top down. `y` is where the next thing goes on the sheet at hand."""

    def __init__(self, style: Style, fonts: Fonts, of: int) -> None:
        self.style = style
        self._fonts = fonts
        self._of = of
        self._file = io.BytesIO()
        short, long = {"A4": A4, "A3": A3, "slide": SLIDE}[style.sheet]
        self.width, self.height = (long, short) if style.landscape else (short, long)
        self._columns, self._gutter, self._column = 1, 0.0, 0
        self._canvas = Canvas(self._file, pageCompression=1, invariant=1)
        self.number = 0
        self.left = self.right = 0.0
        self.bottom = self.height - style.margin
        self.y = 0.0
        self._widths: dict[tuple[str, bool], float] = {}
        self._begin()

    # the page

    def _begin(self) -> None:
        self.number += 1
        canvas, crop = self._canvas, self.style.crop
        if self.style.rotated:
            # reportlab turns the page's box itself.
            canvas.setPageSize((self.width, self.height))
            canvas.setPageRotation(90)
            canvas.transform(0, 1, -1, 0, self.height, 0)
        else:
            canvas.setPageSize((self.width + 2 * crop, self.height + 2 * crop))
            if crop:
                canvas.setCropBox((crop, crop, crop + self.width, crop + self.height))
                canvas.translate(crop, crop)
        self._column = 0
        self._place()
        self._ground()

    def _place(self) -> None:
        """Go to the top of the column at hand."""
        margin = self.style.margin
        step = (self.width - 2 * margin + self._gutter) / self._columns
        self.left = margin + self._column * step
        self.right = self.left + step - self._gutter
        self.y = margin

    def part(self, columns: int, gutter: float) -> None:
        """Part the sheet, and those that follow, into columns."""
        self._columns, self._gutter = columns, gutter
        if self.at_top:
            self._place()
        else:
            self._column = columns
            self.turn()

    def scratch(self, x0: float, x1: float) -> "Sheets":
        """A sheet of the same kind that has no end, between two edges."""
        made = Sheets(self.style, self._fonts, 1)
        made.left, made.right, made.bottom = x0, x1, 1e6
        return made

    def _ground(self) -> None:
        """What lies under the text, and in the margin."""
        canvas, style = self._canvas, self.style
        if style.watermark:
            canvas.saveState()
            canvas.translate(self.width / 2, self.height / 2)
            canvas.rotate(45)
            canvas.setFillColorRGB(0.8, 0.8, 0.8)
            canvas.setFont(self._fonts.strong, 110)
            canvas.drawCentredString(0, -40, style.watermark)
            canvas.restoreState()
        if style.tab:
            x, top = self.width - 24.0, 150.0
            self.shade(x - 3, top - 4, x + 13, top + 11 * len(style.tab) + 4)
            for index, character in enumerate(style.tab):
                self.line(character, x, top + 11 * index, 10)

    def picture(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A picture."""
        image = ImageReader(Image.new("RGB", (40, 30), (120, 150, 90)))
        self._canvas.drawImage(image, x0, self.height - y1, x1 - x0, y1 - y0)

    def _furniture(self) -> None:
        style, margin = self.style, self.style.margin
        beside = style.header is not None and style.page_number_on_top
        if style.header is not None:
            free = self.width - self.text_width(style.header, 9)
            self.line(style.header, margin if beside else free - margin, 30, 9)
        label = self.label
        if style.page_number is not None and label is not None:
            text = style.page_number.format(page=label, of=style.first_page - 1 + self._of)
            top = 30.0 if style.page_number_on_top else self.height - 42.0
            free = self.width - self.text_width(text, 10)
            self.line(text, free - margin if beside else free / 2, top, 10)

    @property
    def label(self) -> str | None:
        """The number printed on this sheet."""
        return None if self.style.page_number is None else str(self.style.first_page + self.number - 1)

    @property
    def at_top(self) -> bool:
        """Whether nothing is in this column yet."""
        return self.y <= self.style.margin

    @property
    def room(self) -> float:
        """What is left of the sheet's height."""
        return self.bottom - self.y

    def turn(self) -> None:
        """Go on to the next column, or sheet."""
        if self._column + 1 < self._columns:
            self._column += 1
            self._place()
            return
        self._furniture()
        self._canvas.showPage()
        self._begin()

    def need(self, height: float) -> None:
        """Go on to the next sheet unless so much is left of this one."""
        if self.room < height and not self.at_top:
            self.turn()

    def pdf(self) -> bytes:
        """The file."""
        self._furniture()
        self._canvas.showPage()
        self._canvas.save()
        return self._file.getvalue()

    # text

    def text_width(self, text: str, size: float, *, strong: bool = False) -> float:
        """How wide a text is set."""
        return sum(self._glyph_width(character, strong) for character in text) * size

    def _glyph_width(self, character: str, strong: bool) -> float:
        if (character, strong) not in self._widths:
            font = self._fonts.strong if strong else self._fonts.body
            self._widths[character, strong] = pdfmetrics.stringWidth(character, font, 1000) / 1000
        return self._widths[character, strong]

    def broken(
        self, text: str, room: float, size: float, *, strong: bool = False, indent: float = 0, hanging: bool = False
    ) -> list[SetLine]:
        """A text in lines, broken where it has line feeds and where it is full."""

        def width(run: str) -> float:
            return self.text_width(run, size, strong=strong)

        parts = text.split("\n")
        return [line for part in parts for line in broken(part, room, width, indent=indent, hanging=hanging)]

    def line(self, text: str, x: float, top: float, size: float, *, strong: bool = False, slack: float = 0) -> None:
        """A line of text; `slack` is added behind each glyph."""
        canvas = self._canvas
        glyphs = canvas.beginText()
        glyphs.setFont(self._fonts.strong if strong else self._fonts.body, size)
        baseline = self.height - top - BASELINE * size
        if self._fonts.one_by_one:
            for character in text:
                if character != "\u3000":
                    glyphs.setTextOrigin(round(x, 2), round(baseline, 2))
                    glyphs.textOut(character)
                x += self._glyph_width(character, strong) * size + slack
        else:
            glyphs.setTextOrigin(x, baseline)
            glyphs.setCharSpace(slack)
            glyphs.textOut(text)
        canvas.drawText(glyphs)

    def paragraph(
        self, text: str, *, align: Align = "left", strong: bool = False, size: float = 0, indent: bool = False
    ) -> None:
        """A paragraph between the margins, over the sheet's end where it must; justified where the style says so."""
        size = size or self.style.size
        step = size * self.style.leading
        deep = size if indent and self.style.indent else 0.0
        lines = self.broken(text, self.right - self.left, size, strong=strong, indent=deep, hanging=True)
        for index, line in enumerate(lines):
            self.need(step)
            start = self.left + (deep if index == 0 else 0)
            self.set_line(line, start, self.right, self.y + (step - size) / 2, size, align=align, strong=strong)
            self.y += step

    def set_line(
        self, line: SetLine, x0: float, x1: float, top: float, size: float, *, align: Align, strong: bool = False
    ) -> None:
        """A broken line between two edges. Slack of a full line is shared out between its glyphs."""
        text = line.text[:-1] if line.hangs else line.text
        rest = x1 - x0 - self.text_width(text, size, strong=strong)
        slack = 0.0
        if align == "left" and self.style.justified and not line.last and rest > 0:
            share = rest / max(1, len(text) - 1)
            slack = share if share <= MOST_SLACK * size else 0.0
        start = x0 + {"left": 0.0, "center": rest / 2, "right": rest}[align]
        self.line(line.text, start, top, size, strong=strong, slack=slack)

    # rules

    def rule(self, x0: float, y0: float, x1: float, y1: float, rules: Rules) -> None:
        """A rule from one point to another, across or down."""
        canvas, high = self._canvas, self.height
        if rules == "filled":
            across = y0 == y1
            w, h = (x1 - x0 + THIN, THIN) if across else (THIN, y1 - y0 + THIN)
            canvas.rect(x0 - THIN / 2, high - y1 - THIN / 2, w, h, stroke=0, fill=1)
            return
        canvas.setLineWidth(THIN)
        canvas.setDash(*([1, 2] if rules == "dotted" else []))
        canvas.line(x0, high - y0, x1, high - y1)

    def shade(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A light ground for a bar or a head."""
        canvas = self._canvas
        canvas.saveState()
        canvas.setFillColorRGB(0.86, 0.9, 0.95)
        canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
        canvas.restoreState()

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Four rules."""
        for a, b, c, d in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            self.rule(a, b, c, d, "full")
