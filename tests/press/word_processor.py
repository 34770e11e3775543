"""Reports printed by LibreOffice Writer, as many as are wanted in one run of it."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pypdfium2

from press.fonts import has_font
from press.model import Printed, ReportModel
from press.odf import document
from press.odf_looks import GOTHIC, MINCHO
from press.style import Style

# For the start of the program and for each document; ample on a machine that is busy.
START_SECONDS, DOCUMENT_SECONDS = 90, 15


@cache
def missing() -> str | None:
    """What this producer needs and the machine has not; None: all is there."""
    if shutil.which("soffice") is None:
        return "soffice (Debian: libreoffice-writer)"
    lacking = [font for font in (MINCHO, GOTHIC) if not has_font(font)]
    return f"the font {lacking[0]} (Debian: fonts-ipafont)" if lacking else None


def typeset(model: ReportModel, style: Style) -> Printed:
    """One report."""
    return typeset_all([(model, style)])[0]


def typeset_all(wanted: Sequence[tuple[ReportModel, Style]]) -> list[Printed]:
    """Several reports in one run, in order."""
    with tempfile.TemporaryDirectory(prefix="press-") as folder:
        there = Path(folder)
        sources = []
        for index, (model, style) in enumerate(wanted):
            source = there / f"{index}.fodt"
            source.write_text(document(model, style), encoding="utf-8")
            sources.append(source)
        _convert(sources, there)
        return [
            _printed(source.with_suffix(".pdf"), model, style)
            for source, (model, style) in zip(sources, wanted, strict=True)
        ]


def _convert(sources: Sequence[Path], there: Path) -> None:
    profile = f"-env:UserInstallation={(there / 'profile').as_uri()}"
    command = ["soffice", "--headless", "--norestore", profile, "--convert-to", "pdf", "--outdir", str(there)]
    # A group of its own: soffice is a script that starts others, and all must end.
    with subprocess.Popen(
        [*command, *map(str, sources)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        env={**os.environ, "HOME": str(there)},
    ) as run:
        try:
            said, _ = run.communicate(timeout=START_SECONDS + DOCUMENT_SECONDS * len(sources))
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            raise
    assert run.returncode == 0, said.decode(errors="replace")


def _printed(pdf: Path, model: ReportModel, style: Style) -> Printed:
    """The file with the number of the page on which each programme begins: its outline says that, in their order."""
    if not style.list_says_page:
        return Printed(pdf.read_bytes())
    ids = [programme_id for programme_id, _ in model.programmes()]
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [entry.get_dest().get_index() for entry in document.get_toc()]
    labels = {one: str(style.first_page + page) for one, page in zip(ids, pages, strict=True)}
    return Printed(pdf.read_bytes(), labels)
