"""Keep what was found in texts under a key of what decides it.

The key is of the texts, the year, and the code and data that read them.

A text that was read before is not read again, and then no model is loaded. Files are in `.extractor_cache/` of the
folder in which the program runs; it may be deleted at any time. Where it cannot be written, all is read anew.
"""

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from extractor.grammar.mentions import TextAnnotations
from extractor.runtime.atomic_write import write_atomically
from extractor.runtime.files import LARGEST_RECORD, is_folder, read_file

# So many reports' files are kept; the oldest go first.
MOST_FILES = 200

_ANNOTATIONS: TypeAdapter[tuple[TextAnnotations, ...]] = TypeAdapter(tuple[TextAnnotations, ...])


def make_cache_key(reader: str, year: int, prose: Sequence[str], names: Sequence[str]) -> str:
    """Make the key under which the annotations of texts are kept.

    Args:
        reader: The fingerprint of the code and data that read them.
        year: The report's fiscal year.
        prose: The texts that are read whole.
        names: The texts that are read by words alone.

    Returns:
        A SHA-256 in hexadecimal.
    """
    content = json.dumps([reader, year, list(prose), list(names)], ensure_ascii=True)
    return hashlib.sha256(content.encode()).hexdigest()


def load_annotations(folder: Path, key: str) -> tuple[TextAnnotations, ...] | None:
    """Load what is kept under a key.

    Args:
        folder: The cache's folder.
        key: A key of `make_cache_key`.

    Returns:
        The annotations of the texts; None where nothing is kept, or it cannot be read.
    """
    try:
        content = read_file(folder / f"{key}.json", LARGEST_RECORD).decode("utf-8")
        return _ANNOTATIONS.validate_python(json.loads(content, object_hook=_restore_decimal))
    except (OSError, ValueError, RecursionError, ArithmeticError, TypeError):
        return None


def keep_annotations(folder: Path, key: str, annotations: Sequence[TextAnnotations]) -> None:
    """Keep the annotations of texts under a key, if the folder can be written.

    Args:
        folder: The cache's folder, which is made where it is missing.
        key: A key of `make_cache_key`.
        annotations: What was found in each text.
    """
    # What cannot be written as UTF-8 is not kept.
    with suppress(OSError, ValueError):
        # A decimal is kept as text, and so with its digits as they were printed.
        text = json.dumps(_ANNOTATIONS.dump_python(tuple(annotations)), ensure_ascii=False, default=str)
        if not is_folder(folder):
            # As other tools mark theirs: not for version control.
            write_atomically(folder / ".gitignore", "*\n")
        write_atomically(folder / f"{key}.json", text)
        files = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
        for path in files[:-MOST_FILES]:
            path.unlink(missing_ok=True)


def _restore_decimal(data: dict[str, Any]) -> dict[str, Any]:
    return data | {"value": Decimal(data["value"])} if isinstance(data.get("value"), str) else data
