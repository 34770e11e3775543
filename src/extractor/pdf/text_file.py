"""Read a text file, such as a transcript, into lines."""

import re
from pathlib import Path

from extractor.document.page import TranscriptLine
from extractor.records.messages import make_refusal
from extractor.runtime.input_bytes import read_bytes

LARGEST_TEXT = 20 * 1000 * 1000  # bytes

# A form feed stands between pages of some transcripts, and is white space; other control characters are not text.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0d-\x1f\x7f-\x84\x86-\x9f]")


def read_text(source: Path | bytes) -> tuple[TranscriptLine, ...]:
    r"""Read the lines of UTF-8 text, with or without byte order mark.

    Lines end in LF or CRLF.

    Args:
        source: The file, or what is in it.

    Returns:
        The lines in order, counted from 1, without their ends; at least one of them holds more than white space.

    Raises:
        CannotRead: With status `no-such-file`, `not-supported`, `cannot-open`, `too-heavy`, `not-utf-8`, `not-text` or
            `no-text`.

    >>> read_text("事業\n22名\n".encode())
    (TranscriptLine(number=1, text='事業'), TranscriptLine(number=2, text='22名'))
    >>> read_text("事業".encode("cp932"))
    Traceback (most recent call last):
    extractor.errors.CannotRead: byte 0 (0x8E) does not belong to UTF-8 text
    """
    data = read_bytes(source, LARGEST_TEXT)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise make_refusal("not-utf-8.byte", at=error.start, byte=f"{data[error.start]:02X}") from None
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").replace("\r\n", "\n")
    lines = text.removesuffix("\n").split("\n")
    for number, line in enumerate(lines, 1):
        if found := _CONTROL.search(line):
            raise make_refusal("not-text.control", line=number, sign=f"U+{ord(found[0]):04X}")
    if not text.strip():
        raise make_refusal("no-text.blanks" if data else "no-text.empty-file")
    return tuple(TranscriptLine(number, line.replace("\f", " ")) for number, line in enumerate(lines, 1))
