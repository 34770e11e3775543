"""Pipeline: the only file that knows the order of the steps.

read → lay out → choose → segment → interpret → link → assemble → correct → tell → check. Writing is left to the caller.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from extractor.annotation.reader import ProseReader
from extractor.annotation.report_prose import AnnotatedText, annotate_report
from extractor.assembly.assemble import assemble_report
from extractor.assembly.corrections import apply_corrections, load_edition
from extractor.checks.run_checks import check
from extractor.document.layout import Layout
from extractor.document.outline import Outline
from extractor.document.page import Page, TranscriptLine
from extractor.document.parsed import ReportParts
from extractor.errors import CannotRead
from extractor.extraction.extract import extract_values
from extractor.layout import lay_out_lines, lay_out_pages
from extractor.linking.link import RowBlockPair, link_chapters
from extractor.pdf.reader import check_text, has_pdf_header, read_marks, read_pdf
from extractor.pdf.text_file import read_text
from extractor.profiles.profile import Profile, collect_all_heading_words, load_profile, load_profiles
from extractor.records.edition import NOTHING_KNOWN, Edition
from extractor.records.report import InputFile, Report
from extractor.runtime.file_names import path_to_text
from extractor.runtime.input_bytes import LARGEST_PDF, PDF, read_bytes
from extractor.structure.outline_builder import build_outline
from extractor.structure.profile_selection import choose_profile


@dataclass(frozen=True, slots=True)
class Steps:
    """What each step made of a file, for looking at.

    A PDF has `pages` and a transcript `lines`; the other is empty. Of a file that gives no report, `refusal` says why,
    and only pages or lines, layout and outline are there.
    """

    pages: tuple[Page, ...]
    lines: tuple[TranscriptLine, ...]
    layout: Layout
    outline: Outline
    parts: ReportParts | None = None
    linked: tuple[tuple[RowBlockPair, ...], ...] = ()
    report: Report | None = None
    refusal: CannotRead | None = None


@dataclass(frozen=True, slots=True)
class LoadedInput:
    """An input and what is known of its edition, each read from its file once: what is hashed is what is parsed.

    `name` is empty of bytes that have none. `edition_sha256` is of the file beside it; None where there is none.
    """

    name: str
    data: bytes
    is_pdf: bool
    edition: Edition = NOTHING_KNOWN
    edition_sha256: str | None = None

    @property
    def sha256(self) -> str:
        """The digest of the input, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def load_input(source: Path | bytes) -> LoadedInput:
    """Read an input, and the file beside it.

    Args:
        source: A .pdf or .txt file, or what is in one.

    Returns:
        What was read.

    Raises:
        CannotRead: One of them cannot be read.
    """
    if isinstance(source, bytes):
        return LoadedInput("", source, has_pdf_header(source))
    edition, digest = load_edition(source)
    data = read_bytes(source, LARGEST_PDF)
    return LoadedInput(path_to_text(source.name), data, source.suffix.lower() == PDF, edition, digest)


def read_report(
    source: Path | bytes,
    profile: Profile | None = None,
    reader: ProseReader | None = None,
    fiscal_year: int | None = None,
) -> Report:
    """Read and check a report, in this process.

    Args:
        source: A .pdf or .txt file, or what is in one.
        profile: The profile to read it with; None: the one that it fits.
        reader: What reads its prose; None: facts and activities are left out.
        fiscal_year: The year that it is of; None: what the file beside it says, or else its pages.

    Returns:
        The report, with the corrections beside its file applied.

    Raises:
        CannotRead: It gives no report.
    """
    return read_with_profile(source, profile, reader, fiscal_year)[0]


def read_with_profile(
    source: Path | bytes | LoadedInput,
    profile: Profile | None = None,
    reader: ProseReader | None = None,
    fiscal_year: int | None = None,
) -> tuple[Report, Profile]:
    """Read and check a report as `read_report` does; return its profile too.

    Args:
        source: A .pdf or .txt file, or what is in one, or either as it was loaded.
        profile: The profile to read it with; None: the one that it fits.
        reader: What reads its prose; None: facts and activities are left out.
        fiscal_year: The year that it is of; None: what the file beside it says, or else its pages.

    Returns:
        The report, with the corrections beside its file applied, and the profile.

    Raises:
        CannotRead: It gives no report.
    """
    loaded = source if isinstance(source, LoadedInput) else load_input(source)
    edition = loaded.edition
    if fiscal_year is not None:
        edition = edition.model_copy(update={"fiscal_year": fiscal_year})
    layout = _lay_out(loaded)
    return report_of(layout, _describe_input(loaded, layout), profile, reader, edition)


def report_of(
    layout: Layout,
    source: InputFile,
    profile: Profile | None = None,
    reader: ProseReader | None = None,
    edition: Edition = NOTHING_KNOWN,
) -> tuple[Report, Profile]:
    """Make the report of the layout of a file, as `read_with_profile` does.

    Args:
        layout: The layout.
        source: What is said of the file in the report.
        profile: The profile to read it with; None: the one that it fits.
        reader: What reads its prose; None: facts and activities are left out.
        edition: What is known of this file: its corrections and what is expected of it.

    Returns:
        The report and the profile.

    Raises:
        CannotRead: It gives no report.
    """
    profile = profile or choose_profile(layout, load_profiles())
    return _report(source, layout, build_outline(layout, profile), profile, reader, edition)[2], profile


def read_steps(path: Path, profile: Profile | None = None) -> Steps:
    """Read a PDF or a transcript as for its report.

    What each step made of it is kept.

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
    lines: tuple[TranscriptLine, ...] = ()
    data = read_bytes(path, LARGEST_PDF)
    if path.suffix.lower() == PDF:
        pages = read_marks(data)
        layout = lay_out_pages(pages, collect_all_heading_words())
    else:
        lines = read_text(data)
        layout = lay_out_lines(lines)
    try:
        if pages:
            check_text(pages)
        profile = profile or choose_profile(layout, load_profiles())
    except CannotRead as refusal:
        return Steps(pages, lines, layout, build_outline(layout, profile or load_profile()), refusal=refusal)
    outline = build_outline(layout, profile)
    try:
        edition = Edition(fiscal_year=load_edition(path)[0].fiscal_year)
        source = _describe_input(LoadedInput(path_to_text(path.name), data, bool(pages)), layout)
        parts, linked, report = _report(source, layout, outline, profile, edition=edition)
    except CannotRead as refusal:
        return Steps(pages, lines, layout, outline, refusal=refusal)
    return Steps(pages, lines, layout, outline, parts, tuple(map(tuple, linked)), report)


def _report(
    source: InputFile,
    layout: Layout,
    outline: Outline,
    profile: Profile,
    reader: ProseReader | None = None,
    edition: Edition = NOTHING_KNOWN,
) -> tuple[ReportParts, list[list[RowBlockPair]], Report]:
    """Do the steps behind segmenting, with what comes between them."""
    parts = extract_values(outline, profile, edition.fiscal_year)
    linked = link_chapters(parts)
    report = apply_corrections(assemble_report(parts, linked, layout, source), edition.correction)
    texts: tuple[AnnotatedText, ...] = ()
    if reader is not None:
        report, texts = annotate_report(report, reader)
    return parts, linked, check(report, linked, profile, texts, edition, layout.printed)


def _lay_out(loaded: LoadedInput) -> Layout:
    """Read and lay out: the two steps that depend on the kind of input."""
    if loaded.is_pdf:
        return lay_out_pages(read_pdf(loaded.data), collect_all_heading_words())
    return lay_out_lines(read_text(loaded.data))


def _describe_input(loaded: LoadedInput, layout: Layout) -> InputFile:
    """Describe the input for its report."""
    kind: Literal["pdf", "text", "scan"] = "scan" if layout.recognised else "text" if layout.pages is None else "pdf"
    return InputFile(file=loaded.name, sha256=loaded.sha256, kind=kind, pages=layout.pages)
