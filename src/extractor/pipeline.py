"""Pipeline: the only file that knows the order of the steps.

read → lay out → choose → segment → interpret → link → assemble → correct → tell → check. Writing is left to the caller.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from extractor.assemble import assemble
from extractor.check import check
from extractor.choose import choose
from extractor.correct import correct, edition_of
from extractor.file_names import written
from extractor.files import hash_file
from extractor.interpret import interpret
from extractor.language.prose import Text, tell
from extractor.language.reader import Reader
from extractor.lay_out import lay_out_lines, lay_out_pages
from extractor.link import Pair, link
from extractor.model.edition import NOTHING_KNOWN, Edition
from extractor.model.layout import Layout, Paragraph
from extractor.model.outline import Outline
from extractor.model.page import CannotRead, Page
from extractor.model.parts import ReportParts
from extractor.model.record import InputFile, Report
from extractor.profile import Profile, load, profiles
from extractor.read.pdf import LARGEST_PDF, check_text, read_marks, read_pdf
from extractor.read.text import read_text
from extractor.segment import segment
from extractor.segment.headings import kind

PDF, TEXT = ".pdf", ".txt"


@dataclass(frozen=True, slots=True)
class Steps:
    """What each step made of a PDF, for looking at. Of a refused one only pages, layout and outline are there."""

    pages: tuple[Page, ...]
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
    """A PDF, read as for its report and as far as it can be. Raises `CannotRead` where its pages cannot be had.

    One that fits no profile is shown as the default profile sees it.
    """
    pages = read_marks(path)
    layout = lay_out_pages(pages, is_heading)
    try:
        check_text(pages)
        profile = profile or choose(layout, profiles())
    except CannotRead as refusal:
        return Steps(pages, layout, segment(layout, profile or load()), refusal=refusal)
    outline = segment(layout, profile)
    try:
        parts, linked, report = _report(_source(path, layout), layout, outline, profile)
    except CannotRead as refusal:
        return Steps(pages, layout, outline, refusal=refusal)
    return Steps(pages, layout, outline, parts, tuple(map(tuple, linked)), report)


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


def is_heading(text: str) -> bool:
    """Whether a line is a heading by its words, in any profile: then it is no part of the prose around it."""
    return any(kind(Paragraph(text, ()), profile) is not None for profile in profiles())


def _lay_out(path: Path) -> Layout:
    """Read and lay out: the two steps that depend on the kind of file."""
    if path.suffix.lower() == PDF:
        return lay_out_pages(read_pdf(path), is_heading)
    return lay_out_lines(read_text(path))


def _source(path: Path, layout: Layout) -> InputFile:
    digest = hash_file(path, LARGEST_PDF)
    kind: Literal["pdf", "text", "scan"] = "scan" if layout.recognised else "text" if layout.pages is None else "pdf"
    return InputFile(file=written(path.name), sha256=digest, kind=kind, pages=layout.pages)
