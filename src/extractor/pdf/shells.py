"""Shells: files whose pages only say that their content is elsewhere, as a form's data or as other files."""

from collections.abc import Iterator
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import resolve1

from extractor.records.messages import make_refusal

# The pages of a shell hold no more characters than this: a request to open it elsewhere.
FEW = 1500
MOST_NAMES = 5
_DEEPEST = 20


def refuse_shell(document: PDFDocument, characters: int) -> None:
    """Refuse a shell.

    Args:
        document: The file.
        characters: How many are on its pages.

    Raises:
        CannotRead: `not-a-report`: it is an XFA form or a portfolio, and there is nearly nothing on its pages.
    """
    if characters > FEW:
        return
    catalog = document.catalog
    form = resolve1(catalog.get("AcroForm"))
    if isinstance(form, dict) and resolve1(form.get("XFA")):
        raise make_refusal("not-a-report.xfa")
    if resolve1(catalog.get("Collection")) is not None:
        names = resolve1(catalog.get("Names"))
        tree = resolve1(names.get("EmbeddedFiles")) if isinstance(names, dict) else None
        files = [name for name, _ in zip(_iterate_files(tree, _DEEPEST), range(MOST_NAMES), strict=False)]
        raise make_refusal("not-a-report.portfolio", files=tuple(files) or ("?",))


def _iterate_files(node: Any, depth: int) -> Iterator[str]:
    """Give the names of the files in a tree of names."""
    if not isinstance(node, dict) or not depth:
        return
    pairs = resolve1(node.get("Names"))
    for entry in pairs[1::2] if isinstance(pairs, list) else []:
        file = resolve1(entry)
        name = resolve1(file.get("UF") or file.get("F")) if isinstance(file, dict) else None
        if isinstance(name, bytes):
            yield (
                name.decode("utf-16")
                if name.startswith((b"\xfe\xff", b"\xff\xfe"))
                else name.decode("utf-8", "replace")
            )
    kids = resolve1(node.get("Kids"))
    for kid in kids if isinstance(kids, list) else []:
        yield from _iterate_files(resolve1(kid), depth - 1)
