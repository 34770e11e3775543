"""Where the time goes, as shares of one run, and whether it grows no faster than the report: ratios, not seconds.

`make bench` prints, for the 2023 report, each step's share, and for a report of TIMES as many programmes the time a
programme as a ratio to that of the report as it is (1.0: linear).
"""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from extractor.assemble import assemble
from extractor.check import check
from extractor.interpret import interpret
from extractor.lay_out import lay_out_lines, lay_out_pages
from extractor.link import link
from extractor.model.page import Page, TextLine
from extractor.model.record import InputFile
from extractor.profile import load
from extractor.read.pdf import read_pdf
from extractor.segment import segment
from extractor.write import report_json

RAW = Path(__file__).parent.parent / "raw"
TIMES = 10
T = TypeVar("T")


def timed(seconds: dict[str, float], name: str, work: Callable[[], T]) -> T:
    """The result of a step, its time added to those of its name."""
    started = time.perf_counter()
    result = work()
    seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - started
    return result


def after_reading(pages: tuple[Page, ...], seconds: dict[str, float]) -> int:
    """All steps behind reading; how many programmes came out."""
    profile = load()
    source = InputFile(file="bench", sha256="", kind="pdf", pages=len(pages))
    layout = timed(seconds, "lay out", lambda: lay_out_pages(pages))
    outline = timed(seconds, "segment", lambda: segment(layout, profile))
    parts = timed(seconds, "interpret", lambda: interpret(outline, profile))
    linked = timed(seconds, "link", lambda: link(parts))
    report = timed(seconds, "assemble", lambda: assemble(parts, linked, layout, source))
    report = timed(seconds, "check", lambda: check(report, linked, profile))
    timed(seconds, "write", lambda: report_json(report))
    return sum(len(policy.programmes) for policy in report.policies)


def one_long_chapter(times: int) -> tuple[TextLine, ...]:
    """The transcript as one chapter with so many times its rows and blocks: what linking has the most work with."""
    lines = (RAW / "aomori-sme-2023-transcript.txt").read_text(encoding="utf-8").split("\n")
    rows = [index for index, line in enumerate(lines) if line.split("\t")[0].isdigit()]
    blocks = next(index for index, line in enumerate(lines) if line.startswith("【 事業概要"))
    cases = next(index for index, line in enumerate(lines) if line.endswith("事例紹介") and index > blocks)
    listed = [line for index in rows for line in [lines[index].split("\t", 1)[1]]]
    made = [f"{number}\t{row}" for number, row in enumerate(listed * times, start=1)]
    text = [*lines[: rows[0]], *made, *lines[rows[-1] + 1 : blocks], *(lines[blocks:cases] * times), *lines[cases:]]
    return tuple(TextLine(number, line) for number, line in enumerate(text, start=1))


def main() -> None:
    """Print shares and ratios."""
    seconds: dict[str, float] = {}
    pages = timed(seconds, "read", lambda: read_pdf(RAW / "aomori-sme-2023.pdf"))
    programmes = after_reading(pages, seconds)
    total = sum(seconds.values())
    print(f"{programmes} programmes on {len(pages)} pages")
    for name, spent in seconds.items():
        print(f"  {name:15} {spent / total:6.1%}")

    many = tuple(replace(page, number=n * len(pages) + page.number) for n in range(TIMES) for page in pages)
    longer: dict[str, float] = {}
    after_reading(many, longer)
    print(f"time a page with {TIMES} times the pages (as many chapters), as a ratio")
    for name, spent in longer.items():
        print(f"  {name:15} {spent / TIMES / seconds[name]:6.2f}")

    profile = load()
    spans = []
    for times in (1, TIMES):
        layout = lay_out_lines(one_long_chapter(times))
        parts = interpret(segment(layout, profile), profile)
        spent: dict[str, float] = {}
        timed(spent, "link", lambda parts=parts: link(parts))
        spans.append(spent["link"] / times)
    print(
        f"time a programme to link one chapter of {TIMES} times the programmes, as a ratio: {spans[1] / spans[0]:.2f}"
    )


if __name__ == "__main__":
    main()
