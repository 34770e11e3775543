"""Get the bytes of an input file, or say why not."""

from pathlib import Path

from extractor.model.page import CannotRead


def read_bytes(path: Path, limit: int) -> bytes:
    """Read a file of at most `limit` bytes. CannotRead with status `no-such-file`, `cannot-open` or `too-heavy`."""
    try:
        if not path.is_file():
            raise CannotRead("no-such-file", "there is no such file" if not path.exists() else "it is not a file")
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name cannot be used"
        raise CannotRead("cannot-open", f"the file cannot be opened: {reason}") from None
    if len(data) > limit:
        raise CannotRead("too-heavy", f"the file is larger than {limit // 1_000_000} MB")
    return data
