"""Cache: what was found in texts, kept by what decides it: the texts, the year, the code and data that read them.

A text that was read before is not read again, and then no model is loaded. Files are in `.extractor_cache/` of the
folder in which the program runs; it may be deleted at any time. Where it cannot be written, all is read anew.
"""

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from extractor.grammar.mentions import Told
from extractor.records.report import Quantity
from extractor.runtime.atomic_write import write_atomically
from extractor.runtime.files import LARGEST_RECORD, is_folder, read_file

FOLDER = Path(".extractor_cache")
# So many reports' files are kept; the oldest go first.
KEPT = 200

_TOLD: TypeAdapter[tuple[Told, ...]] = TypeAdapter(tuple[Told, ...])


def name_of(reader: str, year: int, prose: Sequence[str], names: Sequence[str]) -> str:
    """The name under which what was found in these texts is kept; `reader` stands for the code and data."""
    content = json.dumps([reader, year, list(prose), list(names)], ensure_ascii=True)
    return hashlib.sha256(content.encode()).hexdigest()


def load(folder: Path, name: str) -> tuple[Told, ...] | None:
    """What is kept under a name; None where nothing is, or it cannot be read."""
    try:
        data = json.loads(read_file(folder / f"{name}.json", LARGEST_RECORD).decode("utf-8"), object_hook=_exact)
        return _TOLD.validate_python(data)
    except (OSError, ValueError, ValidationError, RecursionError, ArithmeticError, TypeError):
        return None


def keep(folder: Path, name: str, told: Sequence[Told]) -> None:
    """Keep what was found under a name, if the folder can be written."""
    # What cannot be written as UTF-8 is not kept.
    with suppress(OSError, ValueError):
        text = json.dumps([asdict(one) for one in told], ensure_ascii=False, default=_plain)
        if not is_folder(folder):
            # As other tools mark theirs: not for version control.
            write_atomically(folder / ".gitignore", "*\n")
        write_atomically(folder / f"{name}.json", text)
        files = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
        for path in files[:-KEPT]:
            path.unlink(missing_ok=True)


def _plain(value: Any) -> Any:
    """A quantity as data; a decimal as text, which keeps its digits as they were printed."""
    return value.model_dump() if isinstance(value, Quantity) else str(value)


def _exact(data: dict[str, Any]) -> dict[str, Any]:
    if "value" in data and isinstance(data["value"], str):
        data["value"] = Decimal(data["value"])
    return data
