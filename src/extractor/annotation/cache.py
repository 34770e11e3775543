"""Keep what was found in a text under a key of what decides it: the text, the year, and the code that read it.

A text that was read before is not read again: of a report in which one paragraph has changed, that paragraph is
analysed, and of one in which none has, no model is loaded. Files are in `.extractor_cache/` of the folder in which the
program runs; it may be deleted at any time. Where it cannot be written, all is read anew.
"""

import hashlib
import json
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from extractor.grammar.mentions import TextAnnotations
from extractor.runtime.atomic_write import write_atomically
from extractor.runtime.files import LARGEST_RECORD, is_folder, read_file

# The files are in as many folders as two hexadecimal digits tell apart. So many stay in each, those of a hundred
# reports in all; the oldest go first.
MOST_FILES = 200

_ANNOTATIONS: TypeAdapter[TextAnnotations] = TypeAdapter(TextAnnotations)


def make_cache_key(reader: str, year: int, text: str, *, whole: bool) -> str:
    """Make the key under which the annotations of a text are kept.

    Args:
        reader: The fingerprint of the code and data that read it.
        year: The report's fiscal year.
        text: The text.
        whole: All is found in it; otherwise only what its words tell.

    Returns:
        A SHA-256 in hexadecimal.
    """
    return _hash(json.dumps([reader, year, text, whole], ensure_ascii=True))


def load_annotations(folder: Path, key: str) -> TextAnnotations | None:
    """Load what is kept under a key.

    Args:
        folder: The cache's folder.
        key: A key of `make_cache_key`.

    Returns:
        The annotations of the text; None where nothing is kept, or not what was written.
    """
    try:
        content = read_file(_find_file(folder, key), LARGEST_RECORD).decode("utf-8")
        seal, _, kept = content.partition("\n")
        if seal != _hash(key + kept):
            return None
        return _ANNOTATIONS.validate_python(json.loads(kept, object_hook=_restore_decimal))
    except (OSError, ValueError, RecursionError, ArithmeticError, TypeError):
        return None


def keep_annotations(folder: Path, key: str, annotations: TextAnnotations) -> None:
    """Keep the annotations of a text under a key, if the folder can be written.

    Args:
        folder: The cache's folder, which is made where it is missing.
        key: A key of `make_cache_key`.
        annotations: What was found in the text.
    """
    # What cannot be written as UTF-8 is not kept.
    with suppress(OSError, ValueError):
        # A decimal is kept as text, and so with its digits as they were printed.
        kept = json.dumps(_ANNOTATIONS.dump_python(annotations), ensure_ascii=False, default=str)
        if not is_folder(folder):
            # As other tools mark theirs: not for version control.
            write_atomically(folder / ".gitignore", "*\n")
        path = _find_file(folder, key)
        write_atomically(path, f"{_hash(key + kept)}\n{kept}")
        files = list(path.parent.glob("*.json"))
        if len(files) > MOST_FILES:
            for old in sorted(files, key=lambda file: file.stat().st_mtime)[:-MOST_FILES]:
                old.unlink(missing_ok=True)


def _find_file(folder: Path, key: str) -> Path:
    return folder / key[:2] / f"{key[2:]}.json"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _restore_decimal(data: dict[str, Any]) -> dict[str, Any]:
    return data | {"value": Decimal(data["value"])} if isinstance(data.get("value"), str) else data
