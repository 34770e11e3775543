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
_PROGRAMS = ("Adobe", "Acrobat")


def refuse_shell(document: PDFDocument, text: str) -> None:
    """Refuse a shell.

    Args:
        document: The file.
        text: What is on its pages; of one with more than FEW characters its beginning.

    Raises:
        CannotRead: `not-a-report`: it is an XFA form whose pages are made when it is opened, or a portfolio, and there
            is nearly nothing on its pages.
    """
    if len(text) > FEW:
        return
    catalog = document.catalog
    form = resolve1(catalog.get("AcroForm"))
    is_made_later = resolve1(catalog.get("NeedsRendering")) is True or _names_program(text)
    if isinstance(form, dict) and resolve1(form.get("XFA")) and is_made_later:
        raise make_refusal("not-a-report.xfa")
    if resolve1(catalog.get("Collection")) is not None:
        names = resolve1(catalog.get("Names"))
        tree = resolve1(names.get("EmbeddedFiles")) if isinstance(names, dict) else None
        files = [name for name, _ in zip(_iterate_files(tree, _DEEPEST), range(MOST_NAMES), strict=False)]
        raise make_refusal("not-a-report.portfolio", files=tuple(files) or ("?",))


def _names_program(text: str) -> bool:
    """Tell whether a page is empty or names the program that it asks a person to open it with.

    Forms from before PDF had a mark for this say it in words only.

    >>> _names_program("Please wait... upgrade to the latest version of Adobe Reader"), _names_program("1,234")
    (True, False)
    """
    plain = "".join(text.split())
    return not plain or any(name in plain for name in _PROGRAMS)


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
