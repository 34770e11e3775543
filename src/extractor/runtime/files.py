"""Files: the only way in which this program opens a file by its name.

A name may be a pipe that nobody writes to, a device without end, or a file larger than the memory. Only regular files
up to a bound are read; all else is an OSError with a reason that can be shown.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from extractor.records.messages import make_message

# Bytes. Records of the largest report take a tenth of it; what a person writes by hand, a thousandth.
LARGEST_RECORD = 200_000_000
LARGEST_BY_HAND = 20_000_000
_CHUNK = 1 << 20


class NotRegular(OSError):  # noqa: N818 - the file is at fault
    """What has the name is a folder, a pipe, a socket or a device."""


class TooLarge(OSError):  # noqa: N818 - the file is at fault
    """The file is larger than what is read."""


def read_file(path: Path, limit: int) -> bytes:
    """Read a regular file of at most `limit` bytes, without ever waiting for one.

    Args:
        path: The file.
        limit: How many bytes it may have.

    Returns:
        Its bytes.

    Raises:
        OSError: It is not there, may not be opened, or cannot be read; NotRegular and TooLarge are of this class.
    """
    return b"".join(_chunks(path, limit))


def read_text_file(path: Path, limit: int) -> str:
    """Read a regular file of UTF-8 text; lines may end as they do on any system.

    Args:
        path: The file.
        limit: How many bytes it may have.

    Returns:
        The text, in which each line ends with a line feed.

    Raises:
        OSError: As `read_file`.
        UnicodeDecodeError: It is not UTF-8.
    """
    return decode_text(read_file(path, limit))


def decode_text(data: bytes) -> str:
    """Decode UTF-8 text; each line ends with a line feed then.

    Raises:
        UnicodeDecodeError: It is not UTF-8.
    """
    return data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def hash_file(path: Path, limit: int) -> str:
    """Give the SHA-256 of a regular file, without keeping it in memory.

    Args:
        path: The file.
        limit: How many bytes it may have.

    Returns:
        The digest, in hexadecimal.

    Raises:
        OSError: As `read_file`.
    """
    digest = hashlib.sha256()
    for chunk in _chunks(path, limit):
        digest.update(chunk)
    return digest.hexdigest()


def hash_if_readable(path: Path) -> str | None:
    """Give the SHA-256 of a file, in hexadecimal; None where it cannot be read."""
    try:
        return hash_file(path, LARGEST_RECORD)
    except OSError:
        return None


def is_file(path: Path) -> bool:
    """Tell whether there is a regular file; a name that cannot be looked at has none."""
    return os.path.isfile(path)  # noqa: PTH113 - Path.is_file raises where a name is too long or may not be looked at


def is_folder(path: Path) -> bool:
    """Tell whether there is a folder; a name that cannot be looked at has none."""
    return os.path.isdir(path)  # noqa: PTH112 - as above


def _chunks(path: Path, limit: int) -> Iterator[bytes]:
    handle = _open(path)
    try:
        if os.fstat(handle).st_size > limit:
            raise _too_large(path, limit)
        size = 0
        # A file may grow while it is read, and those of /proc have no size.
        while chunk := os.read(handle, _CHUNK):
            size += len(chunk)
            if size > limit:
                raise _too_large(path, limit)
            yield chunk
    except OSError as error:
        error.filename = error.filename or str(path)
        raise
    finally:
        os.close(handle)


def _open(path: Path) -> int:
    """Open a regular file. Looked at first, for opening a device may do something; and again, for it may have gone."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - one call, whatever the name
            raise _not_regular(path)
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags)
    except ValueError:  # a null byte, or a code point that no file system takes
        raise OSError(errno.EINVAL, make_message("system.name"), str(path)) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise _not_regular(path)
    return handle


def _not_regular(path: Path) -> NotRegular:
    what = make_message("system.folder" if is_folder(path) else "system.irregular")
    return NotRegular(errno.EINVAL, what, str(path))


def _too_large(path: Path, limit: int) -> TooLarge:
    return TooLarge(errno.EFBIG, make_message("system.too-large", most=limit // 1_000_000), str(path))
