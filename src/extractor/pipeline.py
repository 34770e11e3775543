"""Pipeline: the only file that knows the order of the steps.

read → lay out → segment → interpret → link → assemble → check. Writing is left to the caller.
"""

import hashlib
from pathlib import Path
from typing import Literal

from extractor.assemble import assemble
from extractor.check import check
from extractor.interpret import interpret
from extractor.lay_out import lay_out_lines, lay_out_pages
from extractor.link import link
from extractor.model.layout import Layout
from extractor.model.record import InputFile, Report
from extractor.profile import Profile, load
from extractor.read.pdf import read_pdf
from extractor.read.text import read_text
from extractor.segment import segment

PDF, TEXT = ".pdf", ".txt"


def read_report(path: Path, profile: Profile | None = None) -> Report:
    """A report file, read and checked. Raises `CannotRead` where it gives none."""
    profile = profile or load()
    layout = _lay_out(path)
    outline = segment(layout, profile)
    parts = interpret(outline, profile)
    linked = link(parts)
    report = assemble(parts, linked, layout, _source(path, layout))
    return check(report, linked, layout.doubts)


def _lay_out(path: Path) -> Layout:
    """Read and lay out: the two steps that depend on the kind of file."""
    if path.suffix.lower() == PDF:
        return lay_out_pages(read_pdf(path))
    return lay_out_lines(read_text(path))


def _source(path: Path, layout: Layout) -> InputFile:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    kind: Literal["pdf", "text", "scan"] = "scan" if layout.recognised else "text" if layout.pages is None else "pdf"
    return InputFile(file=path.name, sha256=digest, kind=kind, pages=layout.pages)
