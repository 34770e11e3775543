"""The file as a tree of objects: finds the pages, and notes every object that is not there."""

import contextlib
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

from extractor.errors import CannotRead
from extractor.pdf.diagnostics import DamageNotes
from extractor.records.messages import make_refusal

MOST_PAGES = 5000
MOST_NODES = 100_000  # of the page tree, pages included
DEEPEST_NODE = 200
_BOXES = frozenset(("MediaBox", "CropBox", "Rotate"))

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


class ObjectTree(PDFDocument):
    """The objects of a file, as qpdf wrote it; of one that it cannot open, as far as the library finds them."""

    def __init__(self, data: bytes, notes: DamageNotes) -> None:
        self.notes = notes
        self._tables: set[int] = set()
        super().__init__(PDFParser(BytesIO(data)))

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

    def iterate_leaves(self) -> Iterator[PDFPage]:
        """Give the pages in order.

        Raises:
            CannotRead: `damaged`: the page tree is missing or runs in a circle; `too-heavy`: it is too large. A part of
                it that is missing is noted.
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
            if attributes is None:
                continue
            kids, own = resolve1(attributes.get("Kids")), {**inherited, **attributes}
            if isinstance(kids, list):
                handed = {key: own[key] for key in PDFPage.INHERITABLE_ATTRS if key in own}
                todo += [(kid, handed, (*above, number)) for kid in reversed(kids)]
            elif above:
                yield self._make_page(number, own)

    def _make_page(self, number: int, attributes: dict[str, Any]) -> PDFPage:
        """Make a page; without its boxes and its turn where they are no numbers that can be reckoned with.

        Raises:
            CannotRead: `damaged`: something else of it is broken.
        """
        try:
            return PDFPage(self, number, attributes, None)
        except FAULTS:
            self.notes.add_note("damaged-page.media-box")
        try:
            return PDFPage(self, number, {key: attributes[key] for key in attributes.keys() - _BOXES}, None)
        except FAULTS:
            raise make_refusal("damaged.parse") from None

    def _resolve_node(self, node: object, number: int, above: tuple[int, ...]) -> dict[str, Any] | None:
        """Return what a node of the page tree holds, None where it is lost; `above` are the numbers of those above."""
        if number and number in above:
            raise make_refusal("damaged.circle")
        attributes = resolve1(node)
        if isinstance(attributes, PDFStream):
            attributes = attributes.attrs
        if isinstance(attributes, dict):
            return attributes
        if not above:
            raise make_refusal("damaged.page-tree")
        self.notes.add_note("damaged-page.page-lost")
        return None


def count_promised_pages(data: bytes) -> int:
    """Count the pages that the list of pages in a file says it has: a repair leaves out those that are lost.

    Args:
        data: The bytes of the file, before it was repaired.

    Returns:
        The number; 0 where the file does not say, or cannot be opened without a repair.
    """
    with contextlib.suppress(*FAULTS, CannotRead, RecursionError):
        root = resolve1(ObjectTree(data, DamageNotes()).catalog.get("Pages"))
        count = resolve1(root.get("Count")) if isinstance(root, dict) else None
        return count if isinstance(count, int) else 0
    return 0


def _clip_table(table: PDFXRefStream) -> None:
    """Cut what a table says of its length down to its length in truth."""
    with contextlib.suppress(*FAULTS):
        left = len(table.data or b"") // max(1, table.entlen or 0)
        for at, (first, count) in enumerate(table.ranges):
            table.ranges[at] = (first, max(0, min(count, left)))
            left -= table.ranges[at][1]
