"""A PDF of any producer taken apart, changed and put together again."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFContentParser, PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psparser import LIT, PSEOF, PSKeyword, PSLiteral
from pdfminer.utils import apply_matrix_pt, mult_matrix

from extractor.document.geometry import Box
from read.pdf_files import file_of, stream

Instruction = tuple[list[Any], bytes]
_SHOWN = (b"Tj", b"TJ", b"'", b'"')


def to_bytes(value: Any) -> bytes:
    """An object as it is written in a file."""
    match value:
        case bool():
            return b"true" if value else b"false"
        case int():
            return b"%d" % value
        case float():
            return b"%.5f" % value
        case None:
            return b"null"
        case bytes():
            return b"<%s>" % value.hex().encode()
        case str():
            return b"<%s>" % value.encode("latin-1").hex().encode()
        case PSLiteral():
            name = value.name if isinstance(value.name, str) else value.name.decode("latin-1")
            plain = (char if char.isalnum() or char in "+-_.,*" else f"#{ord(char):02x}" for char in name)
            return b"/" + "".join(plain).encode("latin-1")
        case PDFObjRef():
            return b"%d 0 R" % value.objid
        case dict():
            return b"<< %s >>" % b" ".join(to_bytes(LIT(name)) + b" " + to_bytes(one) for name, one in value.items())
        case list() | tuple():
            return b"[%s]" % b" ".join(map(to_bytes, value))
    raise TypeError(type(value))


@dataclass(frozen=True)
class Show:
    """One instruction that shows text: its place among the page's, its font, matrix and what it shows."""

    at: int
    font: str
    size: float
    matrix: tuple[float, ...]
    spacing: float
    width: float
    codes: tuple[tuple[bytes, str], ...]
    boxes: tuple[Box, ...]

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(char for _, char in self.codes)


class _Shows(PDFPageAggregator):
    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.found: list[tuple[Any, Any, Any, Any, list[LTChar]]] = []

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        before = len(self.cur_item._objs)
        x, y = textstate.linematrix
        a, b, c, d, e, f = textstate.matrix
        matrix = mult_matrix((a, b, c, d, a * x + c * y + e, b * x + d * y + f), self.ctm)
        super().render_string(textstate, seq, ncs, graphicstate)
        made = [one for one in self.cur_item._objs[before:] if isinstance(one, LTChar)]
        self.found.append((textstate.font, textstate.fontsize, matrix, (seq, textstate.charspace), made))


class Editor:
    """A file: its objects by number, and what is shown on each page."""

    def __init__(self, data: bytes) -> None:
        self.document = PDFDocument(PDFParser(io.BytesIO(data)))
        self.pages = list(PDFPage.create_pages(self.document))
        self._objects: dict[int, Any] = {}
        for number in {number for xref in self.document.xrefs for number in xref.get_objids()}:
            found = self.document.getobj(number)
            # Streams that hold other objects, or the table of them, are not needed: all are written apart.
            if not (isinstance(found, PDFStream) and _name(found.get("Type")) in ("ObjStm", "XRef")):
                self._objects[number] = (found.attrs, found.rawdata) if isinstance(found, PDFStream) else found
        # What the catalog says of layers.
        self.properties: dict[str, Any] = {}
        self.sheets = [Sheet(self, page) for page in self.pages]

    def add(self, body: Any) -> PDFObjRef:
        """Add an object."""
        number = max(self._objects) + 1
        self._objects[number] = body
        return PDFObjRef(self.document, number)

    def add_stream(self, data: bytes, attributes: dict[str, Any] | None = None) -> PDFObjRef:
        """Add a stream."""
        return self.add((attributes or {}, data))

    def change_catalog(self, **entries: Any) -> None:
        """Set entries of the document's catalog."""
        self._objects[self._root()] |= entries

    def _root(self) -> int:
        trailers = (xref.get_trailer() for xref in self.document.xrefs)
        return next(int(one["Root"].objid) for one in trailers if "Root" in one)

    def write(self) -> bytes:
        """The file as it is now."""
        for sheet in self.sheets:
            sheet.settle()
        bodies = {}
        for number, body in sorted(self._objects.items()):
            if isinstance(body, tuple):
                attributes, data = body
                kept = {name: one for name, one in attributes.items() if name != "Length"}
                bodies[number] = stream(data, to_bytes(kept)[2:-2])
            else:
                bodies[number] = to_bytes(body)
        return file_of(bodies, b"/Root %d 0 R" % self._root())

    def set_page(self, page: PDFPage, entries: dict[str, Any]) -> None:
        """Set entries of a page."""
        number: Any = page.pageid
        self._objects[number] = {**self._objects[number], **entries}


class Sheet:
    """A page: its instructions, what they show, and what is added behind them, in points from the bottom left."""

    def __init__(self, editor: Editor, page: PDFPage) -> None:
        self.editor, self.page = editor, page
        self.height = page.mediabox[3]
        self.instructions = list(_parse(page))
        self.resources = {name: dict(resolve1(one) or {}) for name, one in page.resources.items() if name != "ProcSet"}
        self.behind: list[bytes] = []
        self.before: list[bytes] = []
        self.annotations: list[PDFObjRef] = []
        self.shows = self._list_shows()

    def _list_shows(self) -> list[Show]:
        device = _Shows(PDFResourceManager())
        interpreter = PDFPageInterpreter(device.rsrcmgr, device)
        interpreter.process_page(self.page)
        fonts = {id(font): name for name, font in interpreter.fontmap.items()}
        places = [at for at, (_, operator) in enumerate(self.instructions) if operator in _SHOWN]
        assert len(places) == len(device.found)
        shows = []
        for at, (font, size, matrix, (sequence, spacing), chars) in zip(places, device.found, strict=True):
            wide = 2 if font.is_multibyte() else 1
            text = b"".join(part for part in sequence if isinstance(part, bytes))
            codes = [text[index : index + wide] for index in range(0, len(text), wide)]
            if len(codes) != len(chars) or not chars:
                continue
            said = tuple(zip(codes, (char.get_text() for char in chars), strict=True))
            boxes = tuple(Box(*char.bbox) for char in chars)
            width = max(box.x1 for box in boxes) - boxes[0].x0
            shows.append(Show(at, str(fonts[id(font)]), size, tuple(matrix), spacing, width, said, boxes))
        return shows

    def put(self, name: str, key: str, value: Any) -> None:
        """Set a resource."""
        self.resources[name] = {**self.resources.get(name, {}), key: value}

    def remove(self, show: Show) -> None:
        """Take a text away; what follows it on its line stays where it is."""
        scale = (show.matrix[0] ** 2 + show.matrix[1] ** 2) ** 0.5 * show.size
        self.instructions[show.at] = ([[-1000 * show.width / abs(scale)]], b"TJ")

    def set_again(
        self,
        show: Show,
        *,
        font: str = "",
        size: float = 1.0,
        move: tuple[float, float] = (0.0, 0.0),
        codes: Sequence[bytes] = (),
        state: bytes = b"",
    ) -> bytes:
        """The instructions that set a text once more."""
        a, b, c, d, e, f = show.matrix
        matrix = [a * size, b * size, c * size, d * size, e + move[0], f + move[1]]
        string = b"".join(codes or [code for code, _ in show.codes])
        return b"BT %s /%s %f Tf %f Tc %s Tm %s Tj ET\n" % (
            state,
            (font or show.font).encode(),
            show.size,
            show.spacing,
            b" ".join(map(to_bytes, map(float, matrix))),
            to_bytes(string),
        )

    def find_codes(self, text: str, near: Show) -> tuple[Show, list[bytes]] | None:
        """How a text is set in a font of the page, that of a text if it can be; with one that is set in it."""
        for like in (near, *self.shows):
            known = {char: code for show in self.shows if show.font == like.font for code, char in show.codes}
            if all(char in known for char in text):
                return like, [known[char] for char in text]
        return None

    def settle(self) -> None:
        """Write the instructions into the file."""
        main = b"\n".join(b" ".join([*map(to_bytes, operands), operator]) for operands, operator in self.instructions)
        content = b"".join([*self.before, b"q\n", main, b"\nQ\n", *self.behind])
        entries: dict[str, Any] = {"Contents": self.editor.add_stream(content), "Resources": self.resources}
        if self.annotations:
            kept = resolve1(self.page.annots) or []
            entries["Annots"] = [*kept, *self.annotations]
        self.editor.set_page(self.page, entries)


def _parse(page: PDFPage) -> Iterable[Instruction]:
    parser = PDFContentParser([resolve1(one) for one in page.contents])
    operands: list[Any] = []
    while True:
        try:
            _, found = parser.nextobject()
        except PSEOF:
            return
        if isinstance(found, PSKeyword):
            yield operands, found.name
            operands = []
        else:
            operands.append(found)


def _name(value: Any) -> str:
    return str(getattr(resolve1(value), "name", ""))


def turn_point(matrix: Sequence[float], x: float, y: float) -> tuple[float, float]:
    """Where a point of a text's own coordinates lies on the page."""
    return apply_matrix_pt(tuple(matrix), (x, y))  # type: ignore[arg-type]
