"""File names: bytes on disk, and the text by which records and messages name them."""

import os
import re
from pathlib import Path

# Surrogates behind which there is no byte: JSON can hold them, a file name cannot.
_NO_BYTE = re.compile("[\ud800-\udc7f\udd00-\udfff]")
_BYTE = re.compile(rb"\\x([89a-f][0-9a-f])")


def written(name: Path | str) -> str:
    r"""Give a path, or a message with paths in it, as text that any file can hold, the same in every locale.

    A byte that is not UTF-8 (names out of an archive made elsewhere) is written `\x95`.

    >>> written(os.fsdecode(b"a\x95.pdf"))
    'a\\x95.pdf'
    >>> written("昔話".encode().decode("ascii", "surrogateescape"))
    '昔話'
    """
    plain = _NO_BYTE.sub(lambda found: f"\\u{ord(found[0]):04x}", str(name))
    return plain.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def on_disk(name: str) -> str:
    r"""Give back the name on disk of what `written` gave.

    >>> on_disk("a\\x95.pdf") == os.fsdecode(b"a\x95.pdf")
    True
    """
    if os.name != "posix":
        return name
    return os.fsdecode(_BYTE.sub(lambda found: bytes.fromhex(found[1].decode()), written(name).encode()))


def shown(name: Path | str) -> str:
    r"""Give a path, or a message, on one line of text that can be printed.

    >>> shown("a\nb\x1b.txt")
    'a\\x0ab\\x1b.txt'
    """
    return "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in written(name))
