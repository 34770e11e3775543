"""The file as a tree of objects: finds the pages, and notes every object that is not where the file says it is."""

import contextlib
import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pdfminer.pdfdocument import PDFDocument, PDFNoValidXRef, PDFXRefStream
from pdfminer.pdfexceptions import PDFException, PDFObjectNotFound
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.psparser import PSKeyword

from extractor.pdf.diagnostics import DamageNotes
from extractor.records.messages import make_refusal

MOST_PAGES = 5000
MOST_NODES = 100_000  # of the page tree, pages included
DEEPEST_NODE = 200

# What broken numbers, offsets and types in a file make the library raise. Not MemoryError, and not CannotRead.
FAULTS: tuple[type[Exception], ...] = (
    PDFException,
    PSException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


class ObjectParser(PDFParser):
    """A parser that notices streams longer than they say.

    The library would cut them in silence.
    """

    def __init__(self, data: bytes, notes: DamageNotes) -> None:
        super().__init__(BytesIO(data))
        self.notes = notes

    def do_keyword(self, pos: int, token: PSKeyword) -> None:
        """Act on a keyword of the file.

        Args:
            pos: Where in the file it stands.
            token: The keyword.
        """
        super().do_keyword(pos, token)
        if token is self.KEYWORD_STREAM and not self.fallback and self.curstack:
            stream = self.curstack[-1][1]
            if isinstance(stream, PDFStream):
                self._check_length(pos, stream)

    def _check_length(self, pos: int, stream: PDFStream) -> None:
        end = self.bufpos + self.charpos  # nothing is buffered yet: only the file's position counts
        self.fp.seek(pos)
        head = re.match(rb"[^\r\n]*(?:\r\n|\r|\n)?", self.fp.read(64))
        start = pos + (head.end() if head else 0)
        self.fp.seek(start)
        whole = self.fp.read(max(0, end - start))
        self.fp.seek(end)
        if not whole[len(stream.rawdata or b"") :].strip(b"\0\t\n\f\r "):
            return
        if self.doc is not None and self.doc.decipher is None:
            stream.rawdata = whole
            self.notes.add_note("damaged-page.long-read")
        else:
            self.notes.add_note("damaged-page.long-cut")


class ObjectTree(PDFDocument):
    """The objects of a file.

    It raises CannotRead("damaged") where the file's table of objects cannot be trusted.
    """

    def __init__(self, data: bytes, notes: DamageNotes) -> None:
        self.notes = notes
        self._tables: set[int] = set()
        parser = ObjectParser(data, notes)
        super().__init__(parser)
        if parser.fallback:
            # The library's search stops at the first trailer: what later revisions changed would be read as it was.
            trailer = re.search(rb"^trailer", data, re.MULTILINE)
            if trailer and re.search(rb"^\d+\s+\d+\s+obj\b", data[trailer.end() :], re.MULTILINE):
                raise make_refusal("damaged.objects")
            notes.add_note("damaged-page.objects")

    def find_xref(self, parser: PDFParser) -> int:
        """Find the newest table of objects.

        Raises:
            PDFNoValidXRef: It cannot be found. Any fault in it means a search.
        """
        try:
            return super().find_xref(parser)
        except ValueError as error:
            raise PDFNoValidXRef(str(error)) from error

    def read_xref_from(self, parser: PDFParser, start: int, xrefs: list[Any]) -> None:
        """Read the table at a place in the file, and the older ones that it names.

        Each is read once.

        Args:
            parser: What reads the file.
            start: The place of the table.
            xrefs: The tables so far, to which those read are added.

        Raises:
            PDFNoValidXRef: A table cannot be read.
        """
        if start in self._tables:
            self.notes.add_note("damaged-page.circle")
            return
        self._tables.add(start)
        count = len(xrefs)
        try:
            super().read_xref_from(parser, start, xrefs)
        except FAULTS as error:
            raise PDFNoValidXRef(str(error)) from error
        finally:
            for table in xrefs[count:]:
                if isinstance(table, PDFXRefStream):
                    _clip_table(table)

    def _getobj_parse(self, pos: int, objid: int) -> object:
        try:
            return super()._getobj_parse(pos, objid)
        except (PDFException, PSException):
            # The library goes on to an older table, if there is one, and so to what the object was before.
            self.notes.add_note("damaged-page.object-elsewhere", number=objid)
            raise

    def getobj(self, objid: int) -> object:
        """Give an object by number; noted if there is none.

        Raises:
            PDFObjectNotFound: There is none.
        """
        try:
            return super().getobj(objid)
        except PDFObjectNotFound:
            self.notes.add_note("damaged-page.object-missing", number=objid)
            raise

    def count_promised_pages(self) -> int:
        """Return how many pages the page tree says it has; 0 if it does not say."""
        root = resolve1(self.catalog.get("Pages"))
        count = resolve1(root.get("Count")) if isinstance(root, dict) else None
        return count if isinstance(count, int) else 0

    def iterate_leaves(self) -> Iterator[PDFPage]:
        """Give the pages in order.

        Raises:
            CannotRead: `damaged`: a part of the page tree is missing or runs in a circle; `too-heavy`: it is too large.
        """
        todo: list[tuple[object, dict[str, Any], tuple[int, ...]]] = [(self.catalog.get("Pages"), {}, ())]
        nodes = 0
        while todo:
            node, inherited, above = todo.pop()
            nodes += 1
            if nodes > MOST_NODES or len(above) > DEEPEST_NODE:
                raise make_refusal("too-heavy.page-tree")
            number = node.objid if isinstance(node, PDFObjRef) else 0
            attributes = self._resolve_node(node, number, above)
            kids, own = resolve1(attributes.get("Kids")), {**inherited, **attributes}
            if isinstance(kids, list):
                handed = {key: own[key] for key in PDFPage.INHERITABLE_ATTRS if key in own}
                todo += [(kid, handed, (*above, number)) for kid in reversed(kids)]
            elif above:
                yield PDFPage(self, number, own, None)

    def _resolve_node(self, node: object, number: int, above: tuple[int, ...]) -> dict[str, Any]:
        """Return what a node of the page tree holds; `above` are the numbers of those above it."""
        if number and number in above:
            raise make_refusal("damaged.circle")
        attributes = resolve1(node)
        if not isinstance(attributes, dict):
            raise make_refusal("damaged.page-tree")
        return attributes


def _clip_table(table: PDFXRefStream) -> None:
    """Cut what a table says of its length down to its length in truth."""
    with contextlib.suppress(*FAULTS):
        left = len(table.data or b"") // max(1, table.entlen or 0)
        for at, (first, count) in enumerate(table.ranges):
            table.ranges[at] = (first, max(0, min(count, left)))
            left -= table.ranges[at][1]
