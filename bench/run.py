"""Where the time goes, and whether it grows no faster than the report: shares and ratios, not seconds.

`make bench` prints each step's share of the time that the 2023 report takes; and for reports of one chapter with some
100, 200 and 400 programmes how many times longer a step takes when the programmes double (2: linear). Reading and
laying out are given a PDF in which the 2023 report's pages are repeated, the steps behind them made-up transcripts,
whose blocks have titles or none. Pages that are as tall as they have lines, each with three wide gaps, and a list that
runs over pages are laid out by themselves. First of all it says how long a run takes in which nothing has changed, as a
share of the cold run before it. Reading and laying out the report are also set beside what pdfplumber takes for its
words and tables. It takes some minutes.
"""

import gc
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pdfplumber
import pypdfium2

from extractor.assembly.assemble import assemble_report
from extractor.checks.run_checks import check
from extractor.document.layout import Layout
from extractor.document.page import Page, TranscriptLine
from extractor.extraction.extract import extract_values
from extractor.grammar.normalize import comparison_key
from extractor.layout import lay_out_lines, lay_out_pages
from extractor.linking.link import link_chapters
from extractor.pdf.reader import read_pdf
from extractor.profiles.profile import load_profile
from extractor.records.report import InputFile
from extractor.records.to_json import report_json
from extractor.structure.outline_builder import build_outline

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from made_up import MadeUp, many  # noqa: E402 - it stands beside the tests, not in a package
from sheets import page, ruled, text  # noqa: E402 - as above

REPORT = ROOT / "raw" / "aomori-sme-2023.pdf"
FIRST, LIST, LAST_BLOCKS = 0, 1, 26  # pages of REPORT, from 0
SIZES = (100, 200, 400)
TIMES = (3, 6, 12)  # so often REPORT, which has 37 programmes, is about as large
LINES, PAGES = (500, 1000, 2000), (50, 100, 200)
# Where the columns of drawn pages begin, in four by rules and in two that nothing rules.
FOUR, TWO = (60.0, 180.0, 300.0, 400.0, 520.0), (60.0, 300.0)
# Of so many runs the quickest counts.
RUNS = 5
T = TypeVar("T")
Seconds = dict[str, float]


def timed(seconds: Seconds, name: str, work: Callable[[], T]) -> T:
    """The result of a step; its processor time is that of its name."""
    gc.collect()
    started = time.process_time()
    result = work()
    seconds[name] = time.process_time() - started
    return result


def after_lay_out(layout: Layout, seconds: Seconds) -> int:
    """All steps behind laying out; how many programmes came out."""
    profile = load_profile()
    source = InputFile(file="bench", sha256="", kind="pdf", pages=layout.pages)
    outline = timed(seconds, "segment", lambda: build_outline(layout, profile))
    parts = timed(seconds, "interpret", lambda: extract_values(outline, profile))
    linked = timed(seconds, "link", lambda: link_chapters(parts))
    report = timed(seconds, "assemble", lambda: assemble_report(parts, linked, layout, source))
    report = timed(seconds, "check", lambda: check(report, linked, profile))
    timed(seconds, "write", lambda: report_json(report))
    return sum(len(policy.programmes) for policy in report.policies)


def quickest(runs: Sequence[Seconds]) -> Seconds:
    """The least time of each step."""
    return {name: min(run[name] for run in runs) for name in runs[0]}


def of_pdf(path: Path) -> Seconds:
    """The times of reading a PDF and of laying it out, once: they are long enough."""
    seconds: Seconds = {}
    comparison_key.cache_clear()
    pages = timed(seconds, "read", lambda: read_pdf(path))
    timed(seconds, "lay out", lambda: lay_out_pages(pages))
    return seconds


def beside_pdfplumber(path: Path) -> Seconds:
    """The times of reading and laying out, and of pdfplumber's words and tables, of the same file."""
    runs = []
    for _ in range(RUNS):
        seconds = of_pdf(path)
        with pdfplumber.open(path) as pdf:

            def take_all(pdf: pdfplumber.PDF = pdf) -> None:
                for one in pdf.pages:
                    one.extract_words()
                    one.extract_tables()

            timed(seconds, "pdfplumber", take_all)
        runs.append(seconds)
    return quickest(runs)


def of_transcript(programmes: int, *, titled: bool) -> Seconds:
    """The times of all steps behind reading for a chapter of so many programmes."""
    blocks = many(programmes, titled=titled)
    text = MadeUp(rows=blocks, blocks=blocks).text()
    lines = tuple(TranscriptLine(number, line) for number, line in enumerate(text.split("\n"), start=1))
    runs = []
    for _ in range(RUNS):
        comparison_key.cache_clear()
        runs.append(Seconds())
        after_lay_out(lay_out_lines(lines), runs[-1])
    return quickest(runs)


def repeated(times: int, folder: Path) -> Path:
    """The 2023 report with the pages of its list, and then those of its blocks, so many times."""
    source, made = pypdfium2.PdfDocument(str(REPORT)), pypdfium2.PdfDocument.new()
    blocks = list(range(LIST + 1, LAST_BLOCKS + 1))
    made.import_pages(source, [FIRST, *[LIST] * times, *blocks * times, *range(LAST_BLOCKS + 1, len(source))])
    path = folder / f"{times}.pdf"
    made.save(str(path))
    return path


def tall(lines: int, columns: Sequence[float], edges: Sequence[float] = (), number: int = 1) -> Page:
    """A page with so many lines in these columns, in a ruled grid where it has edges."""
    glyphs = [glyph for line in range(lines) for x in columns for glyph in text("事業の名", x + 4, 62 + 15 * line)]
    rules = ruled(list(edges), [60 + 15.0 * line for line in range(lines + 1)]) if edges else []
    return replace(page(glyphs, rules, number), height=15.0 * lines + 120)


def of_drawn(lines: int, pages: int) -> Seconds:
    """The times of laying out pages that are drawn: tall ones with so many lines, and a list of so many pages."""
    seconds: Seconds = {}
    kinds = {
        "columns": [tall(lines, FOUR[:-1])],
        "two columns": [tall(lines, TWO)],
        "ruled": [tall(lines, FOUR[:-1], FOUR)],
        "frame": [tall(lines, FOUR[:-1], (FOUR[0], FOUR[-1]))],
        "list": [tall(40, FOUR[:-1], FOUR, number) for number in range(1, pages + 1)],
    }
    for name, drawn in kinds.items():
        timed(seconds, name, lambda drawn=drawn: lay_out_pages(drawn))
    return seconds


def print_ratios(heading: str, found: Sequence[Seconds]) -> None:
    """How many times longer each step takes from each size to the next."""
    print(heading)
    for name in found[0]:
        ratios = [after[name] / before[name] for before, after in pairwise(found)]
        print(f"  {name:15}" + "".join(f"{ratio:8.2f}" for ratio in ratios))


def of_commands(folder: Path) -> Seconds:
    """Seconds by the clock of the command `run` on raw/: cold, with nothing changed, and with one report changed."""
    shutil.copytree(ROOT / "raw", folder / "raw")
    shutil.copytree(ROOT / "golden", folder / "golden")
    seconds: Seconds = {}

    def run(name: str) -> None:
        started = time.monotonic()
        subprocess.run([sys.executable, "-m", "extractor", "run"], cwd=folder, stdout=subprocess.DEVNULL, check=True)
        seconds[name] = min(seconds.get(name, float("inf")), time.monotonic() - started)

    run("cold")
    for _ in range(RUNS):
        run("unchanged")
    transcript = folder / "raw" / "aomori-sme-2023-transcript.txt"
    text = transcript.read_text(encoding="utf-8")
    transcript.write_text(text.replace("を開催し", "を2回開催し", 1), encoding="utf-8")
    run("a paragraph changed")
    return seconds


def main() -> None:
    """Print shares and ratios."""
    with TemporaryDirectory() as name:
        commands = of_commands(Path(name))
    print(f"extractor run: share of the time of the cold run ({commands['cold']:.1f} s)")
    for name, spent in commands.items():
        print(f"  {name:20} {spent / commands['cold']:6.1%}")
    seconds: Seconds = {}
    pages = timed(seconds, "read", lambda: read_pdf(REPORT))
    layout = timed(seconds, "lay out", lambda: lay_out_pages(pages))
    programmes = after_lay_out(layout, seconds)
    total = sum(seconds.values())
    print(f"{programmes} programmes on {len(pages)} pages: share of the time")
    for name, spent in seconds.items():
        print(f"  {name:15} {spent / total:6.1%}")

    beside = beside_pdfplumber(REPORT)
    ratio = (beside["read"] + beside["lay out"]) / beside["pdfplumber"]
    print(f"reading and laying out, beside pdfplumber's words and tables: {ratio:.2f} times as long")

    print(f"{' to '.join(map(str, SIZES))} programmes in one chapter: times as long for twice as many")
    with TemporaryDirectory() as folder:
        print_ratios(" a PDF of repeated pages", [of_pdf(repeated(times, Path(folder))) for times in TIMES])
    drawn = [of_drawn(lines, pages) for lines, pages in zip(LINES, PAGES, strict=True)]
    print_ratios(
        f" pages of {' to '.join(map(str, LINES))} lines, a list of {' to '.join(map(str, PAGES))} pages", drawn
    )
    for titled in (True, False):
        kind = "with titles" if titled else "without titles"
        print_ratios(f" a transcript, blocks {kind}", [of_transcript(size, titled=titled) for size in SIZES])


if __name__ == "__main__":
    main()
