"""Atomic: files are written whole or not at all."""

import errno
import os
import stat
import tempfile
from pathlib import Path

from extractor.records.messages import make_message


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write a file atomically.

    A reader sees the old bytes or the new ones, never some of them.

    Args:
        path: The file. Folders above it that are missing are made.
        content: What to write; text as UTF-8.

    Raises:
        OSError: It cannot be written. The old file, if there is one, is still there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # The name on the way is short: a name may take all the bytes that the file system gives to one.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".extractor.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_bytes(content))
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_where_named(path: Path, content: str | bytes) -> None:
    """Write what a person names: a file, or into a pipe or device.

    A file is written atomically. A pipe or device (`/dev/stdout`) is never replaced. A pipe that nobody reads is not
    waited for.

    Args:
        path: The file, pipe or device; of a symbolic link to a file, that file.
        content: What to write; text as UTF-8.

    Raises:
        OSError: It cannot be written, its name cannot be used, or it is a pipe that nobody reads.
    """
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - one call, whatever the name
    except OSError:
        mode = stat.S_IFREG
    except ValueError:
        raise OSError(errno.EINVAL, make_message("system.name"), str(path)) from None
    if stat.S_ISREG(mode):
        write_atomically(path.resolve() if path.is_symlink() else path, content)
        return
    handle = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
    os.set_blocking(handle, True)
    with os.fdopen(handle, "wb") as file:
        file.write(_bytes(content))


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8")
