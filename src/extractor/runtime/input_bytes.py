"""Get the bytes of an input file, or say why not."""

from pathlib import Path

from extractor.errors import CannotRead
from extractor.runtime.files import NotRegular, TooLarge, read_file

LARGEST_PDF = 500 * 1000 * 1000  # bytes


def read_bytes(path: Path, limit: int) -> bytes:
    """Read a file of at most `limit` bytes.

    Raises:
        CannotRead: With status `no-such-file`, `not-supported`, `cannot-open` or `too-heavy`.
    """
    try:
        return read_file(path, limit)
    except FileNotFoundError:
        raise CannotRead("no-such-file", "there is no such file") from None
    except NotRegular as error:
        raise CannotRead("not-supported", str(error.strerror)) from None
    except TooLarge as error:
        raise CannotRead("too-heavy", str(error.strerror)) from None
    except OSError as error:
        raise CannotRead("cannot-open", f"it cannot be opened: {error.strerror}") from None
