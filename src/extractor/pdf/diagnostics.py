"""What the PDF library lets pass in silence: gathered here, so that each page can say what of it was not read."""

import logging
import os
import re
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pdfminer import cmapdb, pdftypes

from extractor.errors import CannotRead, shorten_message
from extractor.records.messages import Message, make_message, make_refusal

MOST_NOTES = 20  # different notes a page
LONGEST_STREAM = 1 << 27  # bytes of one stream after decompression
BITE = 16  # bytes of a damaged stream decompressed at a time
CHECKSUM = 4  # bytes at the end of a compressed stream

# What stands before a line of the library in its note.
_LIBRARY = "PDF library:"
# Records on what changes neither a character nor its place.
_HARMLESS = re.compile(r"colou?r|gray level|FontBBox|page label|line width", re.IGNORECASE)


class DamageNotes(logging.Handler):
    """A list of things not read, in the order met, each once.

    It also takes the log records of the PDF library.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._notes: dict[Message, None] = {}

    def add_note(self, key: str, **parameters: str | int | Message) -> None:
        """Remember one note; texts out of the file are made short and printable."""
        if len(self._notes) < MOST_NOTES:
            short = {name: shorten_message(value) for name, value in parameters.items() if isinstance(value, str)}
            self._notes[make_message(key, **(parameters | short))] = None
        elif len(self._notes) == MOST_NOTES:
            self._notes[make_message("damaged-page.more")] = None

    def add_line(self, line: str) -> None:
        """Remember a line of the PDF library.

        With what stands before it, it is no longer than any other note.
        """
        self.add_note("damaged-page.library", line=shorten_message(f"{_LIBRARY} {line}").removeprefix(_LIBRARY).strip())

    def emit(self, record: logging.LogRecord) -> None:
        """Remember what the library logged.

        What is of no consequence for text or lines is left out.
        """
        try:
            message = record.getMessage()
        except Exception:  # the record quotes objects out of the file, whose repr may fail
            message = str(record.msg)
        if message.startswith("Execute called on non-indirect object"):
            self.add_note("damaged-page.content")
        elif not _HARMLESS.search(message):
            self.add_line(message)

    def take_notes(self) -> tuple[Message, ...]:
        """Give all notes and forget them."""
        notes = tuple(self._notes)
        self._notes.clear()
        return notes


class StreamInflater:
    """Stands in for `zlib` where the library decodes streams.

    The library's own way with a corrupt stream is to take it as empty, and with one that ends early to take what there
    is, both without a word; nor does it know a limit.
    """

    error = zlib.error
    decompressobj = staticmethod(zlib.decompressobj)

    def __init__(self, notes: DamageNotes) -> None:
        self._notes = notes

    def decompress(self, data: bytes) -> bytes:
        """Decompress as much as can be.

        Raises:
            CannotRead: `too-heavy`: it becomes longer than LONGEST_STREAM.
        """
        engine = zlib.decompressobj()
        try:
            out = engine.decompress(data, LONGEST_STREAM)
        except zlib.error:
            return self._salvage_stream(data)
        if len(out) >= LONGEST_STREAM:
            raise refuse_long_stream()
        return out if engine.eof or not data.strip() else self._salvage_stream(data)

    def _salvage_stream(self, data: bytes) -> bytes:
        """Give what comes before the fault. A stream that lacks nothing but its checksum is whole."""
        engine = zlib.decompressobj(-zlib.MAX_WBITS)
        parts: list[bytes] = []
        size = left = 0
        with suppress(zlib.error):
            # Small bites, since the bite that holds the fault gives nothing.
            for start in range(2, len(data), BITE):
                parts.append(engine.decompress(data[start : start + BITE]))
                left = len(engine.unused_data) + max(0, len(data) - start - BITE)
                size += len(parts[-1])
                if size > LONGEST_STREAM:
                    raise refuse_long_stream()
                if engine.eof:
                    break
        if not engine.eof or left > CHECKSUM + 2:  # a line end may follow the checksum
            self._notes.add_note("damaged-page.stream-cut")
        elif left >= CHECKSUM:
            self._notes.add_note("damaged-page.checksum")
        return b"".join(parts)


def refuse_long_stream() -> CannotRead:
    """Return the refusal for a stream that would fill the memory."""
    return make_refusal("too-heavy.stream", most=LONGEST_STREAM >> 20)


@contextmanager
def listen_to_library(notes: DamageNotes) -> Iterator[None]:
    """Send the PDF library's log records, warnings and stream faults to `notes`.

    While it lasts, they go there and nowhere else.
    """
    logger = logging.getLogger("pdfminer")
    before = logger.handlers, logger.propagate, logger.level
    zlib_before, cmaps_before = vars(pdftypes)["zlib"], os.environ.get("CMAP_PATH")
    logger.handlers, logger.propagate = [notes], False
    logger.setLevel(logging.WARNING)
    vars(pdftypes)["zlib"] = StreamInflater(notes)
    # Character maps come from the library's package alone: another machine's folder would read otherwise.
    os.environ["CMAP_PATH"] = str(Path(cmapdb.__file__).parent / "cmap")
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", UserWarning)
            yield
        for warning in caught:
            if warning.category is UserWarning:
                notes.add_line(str(warning.message))
    finally:
        logger.handlers, logger.propagate = before[0], before[1]
        logger.setLevel(before[2])
        vars(pdftypes)["zlib"] = zlib_before
        if cmaps_before is None:
            del os.environ["CMAP_PATH"]
        else:
            os.environ["CMAP_PATH"] = cmaps_before
