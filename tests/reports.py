"""The reports of raw/, read once for all tests, and the folders that tests look in."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from extractor.annotation.reader import ProseReader
from extractor.document.page import Page
from extractor.pdf.reader import read_pdf
from extractor.pipeline import read_report
from extractor.records.to_json import report_json

HERE = Path(__file__).parent
ROOT = HERE.parent
RAW = ROOT / "raw"
GOLDEN = ROOT / "golden"
INPUTS = sorted(path for path in RAW.iterdir() if path.suffix in {".pdf", ".txt"})


@cache
def report_text(path: Path) -> str:
    """The output file of an input, as it would be written."""
    return report_json(read_report(path, reader=ProseReader()))


@cache
def pages_of(path: Path) -> tuple[Page, ...]:
    """The marks on a PDF's pages."""
    return read_pdf(path)


def report_of(name: str) -> dict[str, Any]:
    """The output of an input in raw/ as data, anew for each caller."""
    data: dict[str, Any] = json.loads(report_text(RAW / name))
    return data
