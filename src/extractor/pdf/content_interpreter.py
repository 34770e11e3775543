"""Carries out a page's instructions, with what the library's interpreter leaves out or passes over in silence."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import isfinite
from typing import Any, cast

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfexceptions import PDFNotImplementedError
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager, PDFStackT
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value, resolve1, stream_value
from pdfminer.psparser import LIT, PSLiteral, literal_name
from pdfminer.utils import MATRIX_IDENTITY, Matrix, PathSegment, mult_matrix

from extractor.pdf.annotations import list_appearances
from extractor.pdf.content_tokens import ContentCutter, OpenContentError
from extractor.pdf.layers import is_hidden_layer
from extractor.pdf.page_tree import FAULTS
from extractor.pdf.visibility import VisibleDevice
from extractor.records.messages import make_refusal

DEEPEST_STATE = 10_000
# How the library names the methods of operators with such signs.
_IN_METHODS = str.maketrans({"*": "_a", '"': "_w", "'": "_q"})
# The box of a form that does not say its own, in points.
_EVERYWHERE = (-100_000, -100_000, 100_000, 100_000)
_UNKNOWN_SPACE = PDFColorSpace("unknown", 1)


class ContentInterpreter(PDFPageInterpreter):
    """A reader of instructions into a Device.

    `hidden` holds the numbers of the layers that are not shown.
    """

    device: VisibleDevice
    hidden: frozenset[int] = frozenset()

    def __init__(
        self, resources: PDFResourceManager, device: VisibleDevice, hidden: frozenset[int] = frozenset()
    ) -> None:
        super().__init__(resources, device)
        self.hidden = hidden
        self.clips: list[Any] = []

    def dup(self) -> "ContentInterpreter":
        """Make an interpreter for a form on the page."""
        return type(self)(self.rsrcmgr, self.device, self.hidden)

    def process_page(self, page: PDFPage) -> None:
        """Read a page, and what its annotations print over it."""
        super().process_page(page)
        ground = self.device.ctm
        self.device.in_annotation = True
        try:
            for form, place in list_appearances(page):
                self.init_resources({})
                self.init_state(mult_matrix(place, ground))
                self.xobjmap = {"annotation": form}
                self.do_Do(LIT("annotation"))
        except FAULTS:
            self.device.notes.add_note("damaged-page.annotations")

    def init_resources(self, resources: dict[object, object]) -> None:
        """Take a page's fonts, forms and colour spaces; of a broken space nothing but its name counts for text."""
        spaces = resolve1(resources.get("ColorSpace")) if resources else None
        if isinstance(spaces, dict):
            sound = {name: space for name, space in spaces.items() if _is_sound_space(space)}
            resources = {**resources, "ColorSpace": sound}
        super().init_resources(resources)

    def execute(self, streams: Sequence[object]) -> None:
        """Carry out the instructions of streams, one after another; what comes before a fault in them, too.

        The library's own takes content apart character by character, and passes over what it does not know.
        """
        data, fault = self._join_streams(streams)
        known: dict[bytes, tuple[Callable[..., None], int] | None] = {}
        try:
            for operator in ContentCutter(data, self.argstack).iterate_operators():
                if operator not in known:
                    known[operator] = self._find_method(operator)
                if (found := known[operator]) is None:
                    self.device.notes.add_note("damaged-page.instructions")
                elif len(operands := self.pop(found[1])) == found[1]:
                    self._carry_out(found[0], operands)
        except OpenContentError:
            self.device.notes.add_note("damaged-page.page-end")
        if fault is not None:
            raise fault

    def _carry_out(self, method: Callable[..., None], operands: Sequence[PDFStackT]) -> None:
        """Carry out one instruction; one that cannot be is noted, and costs no other."""
        try:
            method(*operands)
        except FAULTS:
            self.device.notes.add_note("damaged-page.instructions")

    def _join_streams(self, streams: Sequence[object]) -> tuple[bytes, Exception | None]:
        """Join streams as far as they can be read, and say why no further; none is entered within itself."""
        parts: list[bytes] = []
        self.stream_ids.clear()
        try:
            for stream in map(stream_value, streams):
                if stream.objid is None:
                    self.device.notes.add_note("damaged-page.content")
                elif stream.objid in self.parent_stream_ids:
                    self.device.notes.add_line(
                        f"Refusing to execute circular reference to content stream {stream.objid}"
                    )
                else:
                    self.stream_ids.add(stream.objid)
                    parts.append(self._decode_stream(stream))
        except FAULTS as error:
            return b"\n".join(parts), error
        return b"\n".join(parts), None

    def _decode_stream(self, stream: PDFStream) -> bytes:
        """Decode a stream; one with a filter that PDF does not know is taken as it stands, which is noted.

        What is no instruction in it is passed over. Readers do the same, and show what they find.
        """
        try:
            return stream.get_data()
        except PDFNotImplementedError:
            self.device.notes.add_note("damaged-page.filter")
            return stream.get_rawdata() or b""

    def _find_method(self, operator: bytes) -> tuple[Callable[..., None], int] | None:
        """Find what carries out an operator, and how many operands it takes."""
        name = operator.decode("utf-8", "ignore").translate(_IN_METHODS)
        method = getattr(self, f"do_{name}", None)
        return method and (method, method.__code__.co_argcount - 1)

    def pop(self, n: int) -> list[PDFStackT]:
        """Take operands.

        It is noted if there are too few, since the instruction is then passed over.
        """
        if not n:
            return []
        operands = self.argstack[-n:]
        del self.argstack[-n:]
        if len(operands) < n:
            self.device.notes.add_note("damaged-page.operands")
        return operands

    def do_q(self) -> None:
        """Save the graphics state.

        Raises:
            CannotRead: `too-heavy`: more than DEEPEST_STATE are saved.
        """
        super().do_q()
        self.clips.append((self.device.clip, self.device.paint))
        if len(self.clips) > DEEPEST_STATE:
            raise make_refusal("too-heavy.graphics")

    def do_Q(self) -> None:  # noqa: N802
        """Restore the graphics state."""
        super().do_Q()
        if self.clips:
            self.device.clip, self.device.paint = self.clips.pop()

    def do_W(self) -> None:  # noqa: N802
        """Clip to the path."""
        self.device.narrow_clip(self.curpath, self.ctm)

    # By the even-odd rule too; and filling by its old name.
    do_W_a, do_F = do_W, PDFPageInterpreter.do_f  # noqa: N815

    def do_cs(self, name: PDFStackT) -> None:
        """Set the colour space of fills, and with it their first colour."""
        super().do_cs(name)
        self.graphicstate.ncolor = 0
        if literal_name(name) not in self.csmap:
            self.graphicstate.ncs = _UNKNOWN_SPACE

    def do_sh(self, name: object) -> None:  # noqa: ARG002
        """Paint a shading: white text can be seen on it."""
        self.device.grounds.append(self.device.clip)

    def do_gs(self, name: PDFStackT) -> None:
        """Set parameters by name.

        Of these the font matters here, and what lets shine through.
        """
        entries = resolve1(self._find_resource("ExtGState", name))
        parameters = {key: resolve1(value) for key, value in entries.items()} if isinstance(entries, dict) else {}
        self.device.paint = self.device.paint.with_parameters(parameters)
        setting = parameters.get("Font")
        if isinstance(setting, list) and len(setting) == 2:
            font, size = setting[0], resolve1(setting[1])
            number = font.objid if isinstance(font, PDFObjRef) else None
            self.textstate.font = self.rsrcmgr.get_font(number, dict_value(font))
            self.textstate.fontsize = size if isinstance(size, int | float) else self.textstate.fontsize

    def do_Tf(self, fontid: PDFStackT, fontsize: PDFStackT) -> None:  # noqa: N802
        """Set the font.

        In place of one that the page does not have, readers take a Latin one.

        Args:
            fontid: The name of the font on this page.
            fontsize: The size of its text.
        """
        if literal_name(fontid) not in self.fontmap:
            self.device.notes.add_note("damaged-page.font-missing")
        super().do_Tf(fontid, fontsize)

    def do_TJ(self, seq: PDFStackT) -> None:  # noqa: N802
        """Show text."""
        if self.textstate.font is None:
            self.device.notes.add_note("damaged-page.font-none")
        else:
            text: Any = seq
            self.device.render_string(self.textstate, text, self.graphicstate.ncs, self.graphicstate)

    def do_Do(self, xobjid_arg: PDFStackT) -> None:  # noqa: N802
        """Place a form or a picture."""
        name = literal_name(xobjid_arg)
        item = resolve1(self.xobjmap.get(name))
        if not isinstance(item, PDFStream):
            self.device.notes.add_note("damaged-page.form-missing")
            return
        clip, paint, depth = self.device.clip, self.device.paint, len(self.device.layers)
        marked = len(self.device.watermarks)
        self.device.layers.append("OC" in item.attrs and is_hidden_layer(item.attrs["OC"], self.hidden))
        if literal_name(item.get("Subtype")) == "Form":
            self._settle_form(item)
            self._enter_form(item)
        super().do_Do(xobjid_arg)
        self.device.clip, self.device.paint = clip, paint
        del self.device.layers[depth:], self.device.watermarks[marked:]

    def _settle_form(self, form: PDFStream) -> None:
        """Give a form a box and a matrix that the library can do with: all of the page, and the page's own."""
        for key, count, usual in (("BBox", 4, _EVERYWHERE), ("Matrix", 6, MATRIX_IDENTITY)):
            value = resolve1(form.get(key))
            numbers = [resolve1(part) for part in value] if isinstance(value, list | tuple) else []
            if len(numbers) == count and all(isinstance(one, int | float) and isfinite(one) for one in numbers):
                form.attrs[key] = numbers
            elif value is not None or key == "BBox":
                self.device.notes.add_note("repaired-file.form")
                form.attrs[key] = list(usual)

    def _enter_form(self, form: PDFStream) -> None:
        """Let what is painted in a form show within its box only, and no more opaque than the form."""
        self.device.paint = replace(self.device.paint, solid=self.device.paint.hides())
        box, matrix = resolve1(form.get("BBox")), resolve1(form.get("Matrix")) or MATRIX_IDENTITY
        if all(isinstance(one, list | tuple) for one in (box, matrix)) and (len(box), len(matrix)) == (4, 6):
            sides, turn = [resolve1(side) for side in box], tuple(resolve1(part) for part in matrix)
            if all(isinstance(number, int | float) for number in (*sides, *turn)):
                x0, y0, x1, y1 = sides
                path: list[PathSegment] = [("m", x0, y0), ("l", x1, y0), ("l", x1, y1), ("l", x0, y1), ("h",)]
                self.device.narrow_clip(path, mult_matrix(cast(Matrix, turn), self.ctm))

    def do_BMC(self, tag: PDFStackT) -> None:  # noqa: ARG002, N802
        """Begin a marked part."""
        self._begin_part(is_hidden=False, is_watermark=False)

    def do_BDC(self, tag: PDFStackT, props: PDFStackT) -> None:  # noqa: N802
        """Begin a marked part with properties, which may put it on a layer.

        Args:
            tag: What the part is; `OC` for one on a layer.
            props: Its properties, or the name that they have on the page.
        """
        on_layer = isinstance(tag, PSLiteral) and tag.name == "OC" and isinstance(props, PSLiteral)
        is_hidden = on_layer and is_hidden_layer(self._find_resource("Properties", props), self.hidden)
        said = resolve1(self._find_resource("Properties", props) if isinstance(props, PSLiteral) else props)
        kind = resolve1(said.get("Subtype")) if isinstance(said, dict) else None
        self._begin_part(is_hidden=is_hidden, is_watermark=getattr(kind, "name", None) == "Watermark")

    def _begin_part(self, *, is_hidden: bool, is_watermark: bool) -> None:
        """Begin a marked part.

        Raises:
            CannotRead: `too-heavy`: more than DEEPEST_STATE are open, which the engine that draws would not survive.
        """
        self.device.layers.append(is_hidden)
        self.device.watermarks.append(is_watermark)
        if len(self.device.layers) > DEEPEST_STATE:
            raise make_refusal("too-heavy.graphics")

    def do_EMC(self) -> None:  # noqa: N802
        """End a marked part."""
        if self.device.layers:
            self.device.layers.pop()
        if self.device.watermarks:
            self.device.watermarks.pop()

    def _find_resource(self, kind: str, name: object) -> object:
        """Give an entry of the page's resources, not resolved."""
        resources = resolve1(self.resources)
        entries = resolve1(resources.get(kind)) if isinstance(resources, dict) else None
        return entries.get(literal_name(name)) if isinstance(entries, dict) else None


def _is_sound_space(space: object) -> bool:
    """Tell whether the library can read a colour space."""
    try:
        parts = resolve1(space)
        if not isinstance(parts, list):
            return isinstance(parts, PSLiteral)
        kind = literal_name(parts[0])
        if kind == "ICCBased" and len(parts) > 1:
            return isinstance(resolve1(stream_value(parts[1])["N"]), int)
        return kind != "DeviceN" or len(parts) < 2 or isinstance(resolve1(parts[1]), list)
    except FAULTS:
        return False
