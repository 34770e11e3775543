"""Every character of a page ends in a record, in furniture, in `unplaced`, or is a word of the report's structure."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from extractor.document.layout import Layout, Table
from extractor.document.outline import Outline
from extractor.grammar.normalize import comparison_key, normalize_printed
from extractor.layout import lay_out_lines, lay_out_pages
from extractor.pdf.text_file import read_text
from extractor.profiles.profile import load_profile
from extractor.structure.outline_builder import build_outline
from reports import INPUTS, RAW, pages_of, report_of
from test_provenance import claims

PDFS = [path for path in INPUTS if path.suffix == ".pdf"]
# Words that say what stands beside them, and so are in the names of fields and not in their values.
BLOCK_WORDS = ["【事業概要】", "【事業実績】", "項目名", "3年度", "4年度", "5年度", "(担当課:"]
SUBJECT_WORDS = ["【企業概要】", "【経緯と県事業による支援】"]
ONCE = [
    *(
        "【取組の概要】",
        "【基本方針事業一覧】",
        "No.",
        "事業名",
        "R5事業費(千円)",
        "R5新規",
        "R4事業費(千円)",
        "R4新規",
    ),
    *("担当課等", "掲載頁", "小計", "令和5年度に実施した中小企業振興施策を活用した事例紹介"),
]
STRUCTURE = [*BLOCK_WORDS, *SUBJECT_WORDS, *ONCE]
PUNCTUATION = set("()<>、○:\0")


def page_texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(str(path))
    return [comparison_key(page.get_textpage().get_text_range()) for page in document]


def structure_on(page: int, report: dict[str, Any]) -> list[str]:
    """The words of the structure as often as they stand on a page: block words once a block that begins there."""
    programmes = [one for policy in report["policies"] for one in policy["programmes"]]
    blocks = sum(one["source"][0]["page"] == page for one in programmes)
    subjects = sum(len(case["subjects"]) for case in report["case_studies"] if case["source"][0]["page"] == page)
    return [*BLOCK_WORDS * blocks, *SUBJECT_WORDS * subjects, *ONCE]


def expected_on(page: int, report: dict[str, Any], layout: Layout) -> Counter[str]:
    """All that the output, and the furniture, hold of a page; longest texts are taken out of the page first."""
    texts: Counter[str] = Counter()
    for pointer, said, source in claims(report):
        if any(place["page"] == page for place in source) and not pointer.endswith("/source"):
            texts.update(text for text in said if text)
    for policy in report["policies"]:
        heading = "①②③④⑤"[policy["number"] - 1]
        texts[heading] += policy["source"][0]["page"] == page
        for one in policy["programmes"]:
            texts[f"{one['number']}{one['name']}"] += one["source"][0]["page"] == page
            texts[str(one["number"])] += one["sources"]["name"][0]["page"] == page
    texts[f"(2){report['report']['title']}"] += page == 1
    for case in report["case_studies"]:
        names = "、".join(f"{one['name'].split('(バ')[0]}({one['municipality']})" for one in case["subjects"])
        name = next(
            one["name"]
            for policy in report["policies"]
            for one in policy["programmes"]
            if one["id"] == case["programme_id"]
        )
        texts[f"({name}:{names})"] += case["source"][0]["page"] == page
    for one in report["unplaced"]:
        texts[one["text"]] += one["source"][0]["page"] == page
    for furniture in layout.furniture:
        texts[furniture.text] += furniture.source[0].page == page  # type: ignore[union-attr]
    return texts


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_what_a_second_engine_finds_is_all_accounted_for(path: Path) -> None:
    report = report_of(path.name)
    layout = lay_out_pages(pages_of(path))
    assert len(layout.furniture) == len(page_texts(path)), "each page has its number, and there is no running header"
    for number, left in enumerate(page_texts(path), start=1):
        texts = expected_on(number, report, layout)
        said = sorted(
            (comparison_key(text) for text in [*texts.elements(), *structure_on(number, report)]),
            key=lambda text: (-len(text), text),
        )
        for text in (text for text in said if len(text) > 3):
            left = left.replace(text, "\0", 1)
        # Short figures stand side by side in lists, so they are compared as characters.
        short = Counter("".join(text for text in said if len(text) <= 3))
        lost = {sign for sign in Counter(left) - short if sign not in PUNCTUATION}
        assert not lost, f"page {number}: {left}"


def outline_texts(outline: Outline) -> list[str]:
    """The texts of all elements of an outline."""
    found = [outline.title] if outline.title else []
    tables: list[Table] = [element for element in outline.unplaced if isinstance(element, Table)]
    found += [element for element in outline.unplaced if not isinstance(element, Table)]
    for chapter in outline.chapters:
        found += (
            ([chapter.heading] if chapter.heading else []) + chapter.headings + chapter.overview + chapter.list_notes
        )
        for one in chapter.initiatives:
            found += [one.heading, *one.paragraphs]
        tables += [each.table for each in chapter.lists]
        for block in chapter.blocks:
            found += [block.title] if block.title else []
            found += block.headings + (block.overview or []) + (block.results or []) + block.footer
            found += [*(aside.text for aside in block.asides), *block.figures, *block.notes, *block.titles_again]
            found += [line for section in block.sections for line in (section.heading, *section.paragraphs)]
            tables += [each.table for each in block.tables]
    headings = set()
    for case in outline.cases:
        headings.add(case.heading)
        found += case.intro + case.figures
        for subject in case.subjects:
            found += [subject.heading, *subject.headings, *subject.profile, *subject.story]
    return [one.text for one in [*found, *headings]] + [cell.text for table in tables for cell in table.cells]


def layout_texts(layout: Layout) -> list[str]:
    texts = []
    for element in layout.elements:
        texts += [cell.text for cell in element.cells] if isinstance(element, Table) else [element.text]
    return texts


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_every_element_is_in_the_outline_once(path: Path) -> None:
    layout = lay_out_pages(pages_of(path)) if path.suffix == ".pdf" else lay_out_lines(read_text(path))
    assert Counter(outline_texts(build_outline(layout, load_profile()))) == Counter(layout_texts(layout))


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_every_glyph_is_in_the_layout_once(path: Path) -> None:
    pages = pages_of(path)
    layout = lay_out_pages(pages)
    laid = "".join(layout_texts(layout)) + "".join(one.text for one in layout.furniture)
    marks = "".join(glyph.text for page in pages for glyph in page.glyphs)
    assert Counter(comparison_key(laid)) == Counter(comparison_key(marks))


def leaves(value: Any) -> Iterator[str]:
    """All strings and numbers of the output, as text."""
    if isinstance(value, dict):
        for name, one in value.items():
            if name not in {"source", "sources", "findings", "id", "programme_id"}:
                yield from leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif value is not None:
        yield comparison_key(f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value))


def test_every_line_of_the_transcript_is_in_the_output() -> None:
    """Each line, or each cell of a row, is a leaf of the output, a word of the structure, or made of such."""
    name = "aomori-sme-2023-transcript.txt"
    known = sorted(
        {*leaves(report_of(name)), *(comparison_key(word) for word in STRUCTURE)}, key=lambda text: (-len(text), text)
    )
    for number, line in enumerate((RAW / name).read_text(encoding="utf-8").split("\n"), start=1):
        for cell in (
            normalize_printed(line).split("\t")
            if "\t" not in line
            else [normalize_printed(one) for one in line.split("\t")]
        ):
            left = comparison_key(cell)
            for text in known:
                if left.strip("()、:○\0") == "":
                    break
                left = left.replace(text, "\0") if len(text) > 1 else left
            rest = left.strip("①()、:○<>\0").replace("\0", "")
            # The case study's bracket calls a firm by the first word of its name.
            short = rest == "bambooforest" and any(text.startswith(rest) for text in known)
            assert short or rest in {"", *known, "2"}, f"line {number}: {rest} of {line}"
