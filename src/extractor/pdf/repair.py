"""Repair: qpdf opens a file before anything else does, and writes it anew where it is not as it should be."""

import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf

from extractor.records.messages import Message, make_message

# How deep below a page its own objects are looked for: contents, resources, fonts and forms, and what these have.
_DEEPEST = 5
# Keys that lead from a page's objects back to the rest of the file.
_UPWARDS = frozenset(("/Parent", "/P", "/Dest", "/A", "/B", "/StructParent", "/Prev", "/Next"))
MOST_OBJECTS = 20_000  # looked at to tell of what page a warning is
MOST_WARNINGS = 200

# What qpdf raises where it cannot open or write a file at all.
_FAULTS = (pikepdf.PdfError, pikepdf.PasswordError, RuntimeError, ValueError, OverflowError)
_OBJECT = re.compile(r"\bobject (\d+) \d+")
_PREFIX = re.compile(r"^.*?<_io\.BytesIO object at 0x[0-9a-f]+>\s*(?:\([^)]*\))?:?\s*")
# What qpdf (12) warns of, by its words, and the key of what that is for a reader; None: it is of no consequence. The
# first that fits counts.
_KINDS: tuple[tuple[str | None, re.Pattern[str]], ...] = (
    (None, re.compile(r"common error handled correctly|Resources is missing|/Type key should|/Type entry to|stray #")),
    (None, re.compile(r"extraneous whitespace|reported number of objects|converting to indirect|/Prev key in trailer")),
    ("damaged-page.media-box", re.compile(r"MediaBox is undefined")),
    ("damaged-page.page-lost", re.compile(r"non-dictionary object|ignoring page")),
    ("damaged-page.object-lost", re.compile(r"as null|not found in file|errors; giving|unfilterable|deeply nested")),
    ("damaged-page.object-lost", re.compile(r"parse error|unexpected EOF|found non-name|loop detected resolving")),
    ("repaired-file.pages", re.compile(r"[Pp]ages tree|\bkid \d")),
    ("repaired-file.length", re.compile(r"stream length|expected endstream|lacks /Length")),
    ("repaired-file.object", re.compile(r"endobj|expected n n obj|unknown token|dictionary has|unexpected|hexstring")),
    ("repaired-file.table", re.compile(r"xref|[Cc]ross-reference|trailer|file is damaged|expected \d+ \d+ obj|header")),
)


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """The bytes to read, and what was repaired of them: of a page by its number from 1, of the whole file by 0."""

    data: bytes
    notes: dict[int, tuple[Message, ...]] = field(default_factory=dict)


def repair_file(data: bytes) -> OpenedFile:
    """Open a file with qpdf, which repairs it where that is needed, and write it anew in plain.

    Tables of any kind, encryption and bytes before the beginning are the same to all that read it then.

    Args:
        data: The bytes of a PDF.

    Returns:
        What qpdf makes of it, with notes on what was repaired. Where qpdf cannot open it, or finds no page in it, it is
        the same bytes, with a note that what is read of them may not be all.
    """
    with suppress(*_FAULTS), pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
        if len(pdf.pages):
            rewritten = _write_anew(pdf)
            return OpenedFile(rewritten, _place_notes(pdf, map(str, pdf.get_warnings()[:MOST_WARNINGS])))
    return OpenedFile(data, {0: (make_message("damaged-page.unrepaired"),)})


def _write_anew(pdf: pikepdf.Pdf) -> bytes:
    """Write a file with the same objects, each where its table says; streams stay as they are."""
    out = BytesIO()
    with warnings.catch_warnings():
        # Advice on files that go on to be filled in.
        warnings.simplefilter("ignore")
        pdf.save(
            out,
            static_id=True,
            fix_metadata_version=False,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()


def _place_notes(pdf: pikepdf.Pdf, said: Iterable[str]) -> dict[int, tuple[Message, ...]]:
    """Make notes of warnings, each kind once a page: those of an object are at the first page that has it."""
    owners: dict[int, int] | None = None
    notes: dict[int, dict[Message, None]] = defaultdict(dict)
    for warning in said:
        page = 0
        if named := _OBJECT.search(warning):
            owners = _find_owners(pdf) if owners is None else owners
            page = owners.get(int(named[1]), 0)
        if (note := _explain_warning(warning)) is not None:
            notes[page][note] = None
    return {page: tuple(found) for page, found in notes.items()}


def _explain_warning(warning: str) -> Message | None:
    """Say what a warning of qpdf means; None where it is of no consequence.

    >>> _explain_warning("<_io.BytesIO object at 0x7f> (object 4 0, offset 9): expected endobj").key
    'repaired-file.object'
    >>> _explain_warning("<_io.BytesIO object at 0x7f>: file is damaged").key
    'repaired-file.table'
    """
    plain = _PREFIX.sub("", warning)
    key = next((key for key, words in _KINDS if words.search(plain)), "repaired-file.other")
    return None if key is None else make_message(key)


def _find_owners(pdf: pikepdf.Pdf) -> dict[int, int]:
    """Find the first page, from 1, that has an object, by the object's number."""
    owners: dict[int, int] = {}
    for number, page in enumerate(pdf.pages, 1):
        for objid in _iterate_objects(page.obj, _DEEPEST):
            owners.setdefault(objid, number)
            if len(owners) > MOST_OBJECTS:
                return owners
    return owners


def _iterate_objects(node: object, depth: int) -> Iterator[int]:
    """Give the numbers of a page's objects."""
    if not isinstance(node, pikepdf.Object):
        return
    if node.is_indirect:
        yield node.objgen[0]
    if not depth:
        return
    if isinstance(node, pikepdf.Array):
        for item in node:
            yield from _iterate_objects(item, depth - 1)
    elif isinstance(node, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in node.items():
            if key not in _UPWARDS:
                yield from _iterate_objects(value, depth - 1)
