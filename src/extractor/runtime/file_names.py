"""File names: bytes on disk, and the text by which records and messages name them."""

import os
import re
from pathlib import Path

# Surrogates behind which there is no byte: JSON can hold them, a file name cannot.
_NO_BYTE = re.compile("[\ud800-\udc7f\udd00-\udfff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]+")
_BYTE = re.compile(rb"\\x([89a-f][0-9a-f])")


def path_to_text(name: Path | str) -> str:
    r"""Give a path, or a message with paths in it, as text that any file can hold.

    The text is the same in every locale. Bytes that are not UTF-8 (names out of an archive made elsewhere) are written
    `\x95`, and so are their neighbours: some of them look like UTF-8 by chance.

    >>> path_to_text(os.fsdecode(b"a\x95.pdf"))
    'a\\x95.pdf'
    >>> path_to_text(os.fsdecode("報告書.pdf".encode("cp932")))
    '\\x95\\xf1\\x8d\\x90\\x8f\\x91.pdf'
    >>> path_to_text("昔話".encode().decode("ascii", "surrogateescape"))
    '昔話'
    """
    plain = _NO_BYTE.sub(lambda found: f"\\u{ord(found[0]):04x}", str(name))
    return _NOT_ASCII.sub(_decode, plain)


def _decode(found: re.Match[str]) -> str:
    """Give what is not ASCII as UTF-8 text, or byte by byte where it is none."""
    data = found[0].encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(f"\\x{byte:02x}" for byte in data)


def text_to_file_name(name: str) -> str:
    r"""Give back the name on disk of what `written` gave.

    >>> text_to_file_name("a\\x95.pdf") == os.fsdecode(b"a\x95.pdf")
    True
    """
    if os.name != "posix":
        return name
    return os.fsdecode(_BYTE.sub(lambda found: bytes.fromhex(found[1].decode()), path_to_text(name).encode()))


def text_to_printable(name: Path | str) -> str:
    r"""Give a path, or a message, on one line of text that can be printed.

    >>> text_to_printable("a\nb\x1b.txt")
    'a\\x0ab\\x1b.txt'
    """
    return "".join(
        sign if sign.isprintable() or sign == "\N{IDEOGRAPHIC SPACE}" else f"\\x{ord(sign):02x}"
        for sign in path_to_text(name)
    )
