"""Pipeline: the only file that knows the order of the steps.

read → lay out → choose → segment → interpret → link → assemble → check. Writing is left to the caller.
"""

import hashlib
from pathlib import Path

from extractor.assemble import assemble
from extractor.check import check
from extractor.choose import choose
from extractor.interpret import interpret
from extractor.lay_out import lay_out_lines, lay_out_pages
from extractor.link import link
from extractor.model.layout import Layout
from extractor.model.record import InputFile, Report
from extractor.profile import Profile, profiles
from extractor.read.pdf import read_pdf
from extractor.read.text import read_text
from extractor.segment import segment

PDF, TEXT = ".pdf", ".txt"


def read_report(path: Path, profile: Profile | None = None) -> Report:
    """A report file, read and checked. Raises `CannotRead` where it gives none.

    Without a profile, the one that it fits is chosen.
    """
    return read_with_profile(path, profile)[0]


def read_with_profile(path: Path, profile: Profile | None = None) -> tuple[Report, Profile]:
    """As `read_report`, with the profile that it was read with."""
    layout = _lay_out(path)
    profile = profile or choose(layout, profiles())
    outline = segment(layout, profile)
    parts = interpret(outline, profile)
    linked = link(parts)
    report = assemble(parts, linked, layout, _source(path, layout))
    return check(report, linked, profile), profile


def _lay_out(path: Path) -> Layout:
    """Read and lay out: the two steps that depend on the kind of file."""
    if path.suffix.lower() == PDF:
        return lay_out_pages(read_pdf(path))
    return lay_out_lines(read_text(path))


def _source(path: Path, layout: Layout) -> InputFile:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return InputFile(file=path.name, sha256=digest, kind="text" if layout.pages is None else "pdf", pages=layout.pages)
