"""Get the bytes of an input, or say why not."""

from pathlib import Path

from extractor.errors import CannotRead
from extractor.records.messages import explain_os_error, make_refusal
from extractor.runtime.files import NotRegular, TooLarge, read_file

# How the names of inputs end, and that of the file beside one which says what is known of it.
PDF, TEXT, EDITION = ".pdf", ".txt", ".toml"
LARGEST_PDF = 500 * 1000 * 1000  # bytes


def read_bytes(source: Path | bytes, limit: int) -> bytes:
    """Read an input of at most `limit` bytes.

    Args:
        source: A file, or what is in it.
        limit: The most bytes that are taken.

    Returns:
        All bytes of the input.

    Raises:
        CannotRead: With status `no-such-file`, `not-supported`, `cannot-open` or `too-heavy`.
    """
    if isinstance(source, bytes):
        if len(source) > limit:
            raise make_refusal("too-heavy.file", most=limit // 1_000_000)
        return source
    try:
        return read_file(source, limit)
    except FileNotFoundError:
        raise make_refusal("no-such-file.file") from None
    except NotRegular as error:
        raise CannotRead("not-supported", explain_os_error(error)) from None
    except TooLarge as error:
        raise CannotRead("too-heavy", explain_os_error(error)) from None
    except OSError as error:
        raise make_refusal("cannot-open.system", why=explain_os_error(error)) from None
