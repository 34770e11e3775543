"""What of a page's instructions leaves a mark that can be seen: text in view, in ink, on a layer that is shown."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from math import inf, isfinite
from typing import Any, NamedTuple

from pdfminer.cmapdb import CMap
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTImage, LTPage
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextSeq
from pdfminer.pdffont import PDFFont, PDFType3Font
from pdfminer.pdfinterp import PDFGraphicState, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream
from pdfminer.utils import Matrix, PathSegment, apply_matrix_pt, apply_matrix_rect

from extractor.document.geometry import Box
from extractor.pdf.diagnostics import DamageNotes
from extractor.pdf.occlusion import (
    FAINT,
    PaintState,
    VisibleText,
    bound_points,
    intersect_boxes,
    is_level,
    is_opaque,
)
from extractor.pdf.set_text import SetCharacter, TextSetter
from extractor.records.messages import make_message, make_refusal

MOST_GLYPHS = 200_000  # a page
MOST_SHAPES = 300_000  # a page
SMALLEST_TEXT = 0.5  # points
ART = 20  # steps of a path that may be letters

_INVISIBLE_MODES = (3, 7)
_FILLED_MODES = (0, 4)
_KNOWN_SPACES = ("DeviceGray", "CalGray", "DeviceRGB", "CalRGB", "DeviceCMYK", "ICCBased")
_FONT_FILES = ("FontFile", "FontFile2", "FontFile3")
_STANDARD_FONTS = ("Courier", "Helvetica", "Times-", "Symbol", "ZapfDingbats")
EVERYWHERE = Box(-inf, -inf, inf, inf)


class _Look(NamedTuple):
    """How a string looks: why none of it is seen (empty: it is), and what of its colour matters to its characters."""

    unseen: str
    faint: bool
    white: bool
    ink: float
    watermark: bool


class VisibleDevice(PDFPageAggregator):
    """Collects a page's marks, in points from the bottom left of the turned media box."""

    def __init__(self, resources: PDFResourceManager, number: int, notes: DamageNotes, setter: TextSetter) -> None:
        super().__init__(resources, pageno=number)
        self.notes = notes
        self.characters: list[SetCharacter] = []
        self.clip = EVERYWHERE
        self.view = EVERYWHERE
        self.paint = PaintState()
        self.layers: list[bool] = []  # of each marked part that is open: is it hidden?
        self.watermarks: list[bool] = []  # of each marked part that is open: is it a watermark?
        self.grounds: list[Box] = []  # what white text can be seen on
        self.art: list[Box] = []  # drawn letters, over which word processors set what they say as transparent text
        self.left_out: Counter[str] = Counter()
        self.fonts: dict[str, bool] = {}  # of each font by its name: is it in the file?
        self._setter = setter
        self._covers = VisibleText()
        self._in_parts = False
        self.in_annotation = False
        self.noted: list[SetCharacter] = []  # what annotations cover
        self._glyphs = self._shapes = 0

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Start a page.

        Args:
            page: The page.
            ctm: What turns the file's coordinates into the page's.
        """
        super().begin_page(page, ctm)
        self.view = Box(*apply_matrix_rect(ctm, page.cropbox))

    def finish_page(self) -> LTPage:
        """Give the page as far as it was read, open figures closed.

        What was left out of it is noted.

        Raises:
            CannotRead: `damaged`: the page cannot be read.
        """
        while self._stack:
            self.end_figure("")
        if not isinstance(self.cur_item, LTPage):
            raise make_refusal("damaged.page", number=self.pageno)
        if self._covers.hidden:
            self.characters = [one for one in self.characters if id(one) not in self._covers.hidden]
            self.left_out["unseen.covered"] += self._covers.count
        reasons = {make_message(key): count for key, count in (+self.left_out).items()}
        for why in sorted(reasons, key=str):
            self.notes.add_note("hidden-text.left-out", why=why, count=reasons[why])
        return self.cur_item

    def render_string(
        self, textstate: PDFTextState, seq: PDFTextSeq, ncs: PDFColorSpace, graphicstate: PDFGraphicState
    ) -> None:
        """Set a string. What cannot be set of it, or not be seen, is noted.

        Args:
            textstate: The font, its size, and how text is set.
            seq: The string's parts, and the moves between them.
            ncs: The colour space of what is filled.
            graphicstate: The colours and the lines.

        Raises:
            CannotRead: `too-heavy`: the page has more than MOST_GLYPHS.
        """
        font = textstate.font
        if not isinstance(seq, list) or font is None:
            self.notes.add_note("damaged-page.no-text")
            return
        missing = sum(_count_unmatched_bytes(font, part) for part in seq if isinstance(part, bytes))
        if missing:
            self.notes.add_note("damaged-page.character-map", font=str(getattr(font, "fontname", "?")))
        look = self._find_look(textstate.render, ncs, graphicstate)
        for character in self._setter.set_string(textstate, seq, self.ctm):
            self._glyphs += 1
            if self._glyphs > MOST_GLYPHS:
                raise make_refusal("too-heavy.characters", number=self.pageno, most=MOST_GLYPHS)
            if character.font not in self.fonts:
                self.fonts[character.font] = is_in_file(font)
            if why := look.unseen or self._why_unseen(character.box, look):
                self.left_out[why] += not character.is_blank
                continue
            character.ink, character.watermark, character.annotation = look.ink, look.watermark, self.in_annotation
            if self._shows_whole(character.box):
                character.shape = self._setter.number_shape(font, character.code)
            self.characters.append(character)
            self._covers.add_character(character)

    def _find_look(self, mode: int, ncs: PDFColorSpace, state: PDFGraphicState) -> "_Look":
        """Find how a string looks that is set now."""
        filled, unseen = mode in _FILLED_MODES, ""
        if any(self.layers):
            unseen = "unseen.layer"
        elif mode in _INVISIBLE_MODES:
            unseen = "unseen.invisible"
        return _Look(
            unseen,
            faint=filled and self.paint.alpha <= FAINT,
            white=filled and is_white(ncs, state.ncolor),
            ink=measure_ink(ncs, state.ncolor) * min(1.0, self.paint.alpha),
            watermark=any(self.watermarks),
        )

    def _why_unseen(self, box: Box, look: "_Look") -> str:
        """Give the key of why a character cannot be seen in its place; nothing if it can."""
        if look.faint and not self._on_art(box):
            return "unseen.transparent"
        if not isfinite(box.x0 + box.top + box.x1 + box.bottom):
            return ""  # told apart later
        if box.width > 0 and _are_apart(self.clip, box):  # a place is not sure where widths are missing
            return "unseen.clipped"
        if max(box.width, box.height) < SMALLEST_TEXT:
            return "unseen.small"
        return "unseen.white" if look.white and not self._on_ground(box) else ""

    def _shows_whole(self, box: Box) -> bool:
        """Tell whether no clip cuts through the ink of a character; its box reaches further up and down than that."""
        return self.paint.boxed and self.clip.contains(box.expand(-0.1 * box.width, -0.2 * box.height))

    def _on_ground(self, box: Box) -> bool:
        """Tell whether something that is not white was painted where a character stands."""
        return any(ground.contains_centre(box) for ground in reversed(self.grounds))

    def _on_art(self, box: Box) -> bool:
        """Tell whether a character stands on drawn letters, or less than its own size beside them."""
        near = box.expand(box.width, box.height)
        return any(not _are_apart(art, near) for art in self.art)

    def paint_path(
        self, gstate: PDFGraphicState, stroke: bool, fill: bool, evenodd: bool, path: Sequence[PathSegment]
    ) -> None:
        """Draw a path; nothing on a layer that is hidden.

        Args:
            gstate: The colours and the lines.
            stroke: Whether the path's line is drawn.
            fill: Whether its area is filled.
            evenodd: Whether the even-odd rule says what is inside; otherwise the rule of winding numbers does.
            path: The path, or a part of it.

        Raises:
            CannotRead: `too-heavy`: the page has more than MOST_SHAPES lines and areas.
        """
        if any(self.layers):
            return
        # The library takes a path apart and calls this for each part, but only the whole path tells of its holes.
        whole, self._in_parts = not self._in_parts, True
        before = len(self.cur_item._objs)
        super().paint_path(gstate, stroke, fill, evenodd, path)
        if not whole:
            return
        self._in_parts = False
        made = self.cur_item._objs[before:]
        self._shapes += len(made)
        for shape in made:
            vars(shape)["annotation"] = self.in_annotation
        if fill:
            self._note_fill(gstate, path, made, even_odd=evenodd)
        if stroke and not is_white(gstate.scs, gstate.scolor):
            self._note_thick_lines(gstate, made)
        if self._shapes > MOST_SHAPES:
            raise make_refusal("too-heavy.shapes", number=self.pageno, most=MOST_SHAPES)

    def _note_fill(
        self, gstate: PDFGraphicState, path: Sequence[PathSegment], made: list[Any], *, even_odd: bool
    ) -> None:
        """Note what a filled path does to text: it is seen on it, drawn by it, or covered by it."""
        if not is_white(gstate.ncs, gstate.ncolor):
            self.grounds += [Box(*shape.bbox) for shape in made]
        if made and len(path) >= ART and any(step[0] in "cvy" for step in path):
            self.art.append(Box.around(Box(*shape.bbox) for shape in made))
        if self.paint.hides() and gstate.ncs.name != "Pattern":
            gone = self._covers.cover_path(path, self.ctm, self.clip, even_odd=even_odd)
            self.noted += gone if self.in_annotation else []

    def _note_thick_lines(self, gstate: PDFGraphicState, made: list[Any]) -> None:
        """Note lines so thick that white text can be seen on them: some programs draw the ground of a cell so."""
        pen = (gstate.linewidth or 0.0) / 2
        level = (Box(*shape.bbox) for shape in made if pen > 1 and isfinite(sum(shape.bbox)))
        self.grounds += [
            box.expand(pen if box.height > box.width else 0.0, pen if box.width >= box.height else 0.0)
            for box in level
            if min(box.width, box.height) <= pen
        ]

    def render_image(self, name: str, stream: PDFStream) -> None:
        """Place a picture; nothing on a layer that is hidden.

        Args:
            name: Its name on the page.
            stream: The picture.
        """
        if any(self.layers):
            return
        super().render_image(name, stream)
        image = self.cur_item._objs[-1]
        if isinstance(image, LTImage):
            box = Box(*image.bbox)
            self.grounds.append(box)
            if self.paint.hides() and is_opaque(stream) and is_level(self.ctm):
                gone = self._covers.cover_box(intersect_boxes(box, self.clip))
                self.noted += gone if self.in_annotation else []
            image.colorspace = []  # it is of no use here, and may refer to itself

    def narrow_clip(self, path: Sequence[PathSegment], ctm: Matrix) -> None:
        """Clip to the box around a path.

        Args:
            path: The path, in its own coordinates.
            ctm: What turns these into the page's.
        """
        points = [
            apply_matrix_pt(ctm, (float(step[at]), float(step[at + 1])))
            for step in path
            for at in range(1, len(step) - 1, 2)
        ]
        if points:
            box = bound_points(points)
            if set(points) != set(product((box.x0, box.x1), (box.top, box.bottom))):
                self.paint = replace(self.paint, boxed=False)
            self.clip = intersect_boxes(self.clip, box)


def is_white(space: PDFColorSpace, colour: Any) -> bool:
    """Tell whether a fill colour is white.

    Args:
        space: The colour space.
        colour: One number, or a tuple of them.

    Returns:
        Whether it is white; False if its space is not known.
    """
    parts = colour if isinstance(colour, tuple) else (colour,)
    if space.name not in _KNOWN_SPACES or not all(isinstance(part, int | float) for part in parts):
        return False
    if len(parts) == 4:
        return bool(max(parts) <= 0.02)
    return len(parts) in (1, 3) and bool(min(parts) >= 0.98)


def measure_ink(space: PDFColorSpace, colour: Any) -> float:
    """Measure how dark a fill colour is on white paper.

    Args:
        space: The colour space.
        colour: One number, or a tuple of them.

    Returns:
        From 0 (white) to 1 (black); 1 if the space is not known.
    """
    parts = colour if isinstance(colour, tuple) else (colour,)
    if space.name not in _KNOWN_SPACES or not all(isinstance(part, int | float) for part in parts):
        return 1.0
    if len(parts) == 4:
        return min(1.0, float(sum(parts[:3]) / 3 + parts[3]))
    # Of the three lights the eye sees green best, and blue least (ITU-R BT.601).
    weights = (0.299, 0.587, 0.114) if len(parts) == 3 else (1.0 / len(parts),) * len(parts)
    light = sum(weight * part for weight, part in zip(weights, parts, strict=True))
    return min(1.0, max(0.0, 1.0 - float(light)))


def is_in_file(font: PDFFont) -> bool:
    """Tell whether the shapes of a font are in the file, or those that every reader has."""
    embedded = isinstance(font, PDFType3Font) or any(name in font.descriptor for name in _FONT_FILES)
    return embedded or str(font.fontname).startswith(_STANDARD_FONTS)


def _are_apart(box: Box, other: Box) -> bool:
    """Tell whether two boxes have nothing in common: a character that is cut in part is still printed."""
    return box.x0 >= other.x1 or other.x0 >= box.x1 or box.top >= other.bottom or other.top >= box.bottom


def _count_unmatched_bytes(font: PDFFont | None, text: bytes) -> int:
    """Count the bytes of a string that the font's character map passes over: the library drops them in silence."""
    cmap = getattr(font, "cmap", None)
    if not isinstance(cmap, CMap):
        return 0
    missing, node = 0, cmap.code2cid
    for byte in text:
        following = node.get(byte)
        missing += following is None
        node = following if isinstance(following, dict) else cmap.code2cid
    return missing
