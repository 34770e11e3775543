"""Pipeline: the only file that knows the order of the steps.

read → lay out → choose → segment → interpret → link → assemble → correct → tell → check. Writing is left to the caller.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from extractor.annotation.reader import Reader
from extractor.annotation.report_prose import Text, tell
from extractor.assembly.assemble import assemble
from extractor.assembly.corrections import correct, edition_of
from extractor.checks.run_checks import check
from extractor.document.layout import Layout
from extractor.document.outline import Outline
from extractor.document.page import Page, TextLine
from extractor.document.parsed import ReportParts
from extractor.errors import CannotRead
from extractor.extraction.extract import interpret
from extractor.layout import lay_out_lines, lay_out_pages
from extractor.linking.link import Pair, link
from extractor.pdf.reader import check_text, read_marks, read_pdf
from extractor.pdf.text_file import read_text
from extractor.profiles.heading_words import collect_all_heading_words
from extractor.profiles.profile import Profile, load, profiles
from extractor.records.edition import NOTHING_KNOWN, Edition
from extractor.records.report import InputFile, Report
from extractor.runtime.file_names import written
from extractor.runtime.files import hash_file
from extractor.runtime.input_bytes import LARGEST_PDF
from extractor.structure.outline_builder import segment
from extractor.structure.profile_selection import choose

PDF, TEXT = ".pdf", ".txt"


@dataclass(frozen=True, slots=True)
class Steps:
    """What each step made of a file, for looking at.

    A PDF has `pages` and a transcript `lines`; the other is empty. Of a file that gives no report, `refusal` says why,
    and only pages or lines, layout and outline are there.
    """

    pages: tuple[Page, ...]
    lines: tuple[TextLine, ...]
    layout: Layout
    outline: Outline
    parts: ReportParts | None = None
    linked: tuple[tuple[Pair, ...], ...] = ()
    report: Report | None = None
    refusal: CannotRead | None = None


def read_report(path: Path, profile: Profile | None = None, reader: Reader | None = None) -> Report:
    """A report file, read and checked. Raises `CannotRead` where it gives none.

    Without a profile, the one that it fits is chosen. Without a reader of prose, facts and activities are left out.
    """
    return read_with_profile(path, profile, reader)[0]


def read_with_profile(
    path: Path, profile: Profile | None = None, reader: Reader | None = None
) -> tuple[Report, Profile]:
    """As `read_report`, with the profile that it was read with."""
    edition = edition_of(path)
    layout = _lay_out(path)
    return report_of(layout, _source(path, layout), profile, reader, edition)


def report_of(
    layout: Layout,
    source: InputFile,
    profile: Profile | None = None,
    reader: Reader | None = None,
    edition: Edition = NOTHING_KNOWN,
) -> tuple[Report, Profile]:
    """What is laid out of a file, as its report, with the profile that it was read with. Raises `CannotRead`."""
    profile = profile or choose(layout, profiles())
    return _report(source, layout, segment(layout, profile), profile, reader, edition)[2], profile


def read_steps(path: Path, profile: Profile | None = None) -> Steps:
    """Read a PDF or a transcript as for its report, and keep what each step made of it.

    Args:
        path: The file; one whose name does not end in `.pdf` is read as a transcript.
        profile: The profile to read it with; None chooses the one that it fits. Where it fits none, its outline is
            the one that the default profile sees.

    Returns:
        What each step made, as far as the steps came.

    Raises:
        CannotRead: The file's pages, or its lines, cannot be had.
    """
    pages: tuple[Page, ...] = ()
    lines: tuple[TextLine, ...] = ()
    if path.suffix.lower() == PDF:
        pages = read_marks(path)
        layout = lay_out_pages(pages, collect_all_heading_words())
    else:
        lines = read_text(path)
        layout = lay_out_lines(lines)
    try:
        if pages:
            check_text(pages)
        profile = profile or choose(layout, profiles())
    except CannotRead as refusal:
        return Steps(pages, lines, layout, segment(layout, profile or load()), refusal=refusal)
    outline = segment(layout, profile)
    try:
        parts, linked, report = _report(_source(path, layout), layout, outline, profile)
    except CannotRead as refusal:
        return Steps(pages, lines, layout, outline, refusal=refusal)
    return Steps(pages, lines, layout, outline, parts, tuple(map(tuple, linked)), report)


def _report(
    source: InputFile,
    layout: Layout,
    outline: Outline,
    profile: Profile,
    reader: Reader | None = None,
    edition: Edition = NOTHING_KNOWN,
) -> tuple[ReportParts, list[list[Pair]], Report]:
    """The steps behind segmenting, with what comes between them."""
    parts = interpret(outline, profile)
    linked = link(parts)
    report = correct(assemble(parts, linked, layout, source), edition.correction)
    texts: tuple[Text, ...] = ()
    if reader is not None:
        report, texts = tell(report, reader)
    return parts, linked, check(report, linked, profile, texts, edition.expected)


def _lay_out(path: Path) -> Layout:
    """Read and lay out: the two steps that depend on the kind of file."""
    if path.suffix.lower() == PDF:
        return lay_out_pages(read_pdf(path), collect_all_heading_words())
    return lay_out_lines(read_text(path))


def _source(path: Path, layout: Layout) -> InputFile:
    digest = hash_file(path, LARGEST_PDF)
    kind: Literal["pdf", "text", "scan"] = "scan" if layout.recognised else "text" if layout.pages is None else "pdf"
    return InputFile(file=written(path.name), sha256=digest, kind=kind, pages=layout.pages)
