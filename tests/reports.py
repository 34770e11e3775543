"""The reports of raw/, read once for all tests, and the folders that tests look in."""

import fcntl
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.annotation.reader import ProseReader
from extractor.document.page import Page
from extractor.pdf.reader import read_pdf
from extractor.pipeline import read_report
from extractor.records.to_json import report_json

if TYPE_CHECKING:
    from spacy.language import Language

HERE = Path(__file__).parent
ROOT = HERE.parent
RAW = ROOT / "raw"
GOLDEN = ROOT / "golden"
INPUTS = sorted(path for path in RAW.iterdir() if path.suffix in {".pdf", ".txt"})


class Session:
    """What the processes of a session share."""

    folder: Path | None = None  # set by conftest.py


@cache
def language_model() -> "Language":
    """The model, loaded once a process."""
    from extractor.annotation.spacy_components import load_model

    return load_model()


def read_with_language(path: Path) -> str:
    """The output file of an input. A text that another process of the session has analysed is not analysed again."""
    kept = Session.folder and Session.folder / "annotations"
    return report_json(read_report(path, reader=ProseReader(kept, language_model())))


@cache
def report_text(path: Path) -> str:
    """The output file of an input, as it would be written: read by one process of the session, for all of them."""
    if Session.folder is None:
        return read_with_language(path)
    kept = Session.folder / f"{path.name}.json"
    # One at a time: those that wait find analysed what their own input has in common with another.
    with (Session.folder / "reading.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_bytes(read_with_language(path).encode())
    return kept.read_bytes().decode()


@cache
def pages_of(path: Path) -> tuple[Page, ...]:
    """The marks on a PDF's pages."""
    return read_pdf(path)


def report_of(name: str) -> dict[str, Any]:
    """The output of an input in raw/ as data, anew for each caller."""
    data: dict[str, Any] = json.loads(report_text(RAW / name))
    return data
