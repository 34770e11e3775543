"""Every character of a page ends in a record, in furniture, in `unplaced`, or is a word of the report's structure."""

from collections import Counter
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from extractor.fold import key
from extractor.lay_out import lay_out_lines, lay_out_pages
from extractor.model.layout import Layout, Table
from extractor.model.outline import Outline
from extractor.profile import load
from extractor.read.text import read_text
from extractor.segment import segment
from reports import INPUTS, RAW, pages_of, report_of
from test_provenance import claims

PDFS = [path for path in INPUTS if path.suffix == ".pdf"]
# Words that say what stands beside them, and so are in the names of fields and not in their values.
STRUCTURE = [
    *(
        "【取組の概要】",
        "【基本方針事業一覧】",
        "【事業概要】",
        "【事業実績】",
        "【企業概要】",
        "【経緯と県事業による支援】",
    ),
    *("項目名", "3年度", "4年度", "5年度", "No.", "事業名", "R5事業費(千円)", "R5新規", "R4事業費(千円)", "R4新規"),
    *("担当課等", "掲載頁", "小計", "(担当課:", "令和5年度に実施した中小企業振興施策を活用した事例紹介"),
]
PUNCTUATION = set("()<>、○:\0")


def page_texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(str(path))
    return [key(page.get_textpage().get_text_range()) for page in document]


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
        said = sorted((key(text) for text in [*texts.elements(), *STRUCTURE * 10]), key=lambda text: (-len(text), text))
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
    assert Counter(outline_texts(segment(layout, load()))) == Counter(layout_texts(layout))


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_every_glyph_is_in_the_layout_once(path: Path) -> None:
    pages = pages_of(path)
    layout = lay_out_pages(pages)
    laid = "".join(layout_texts(layout)) + "".join(one.text for one in layout.furniture)
    marks = "".join(glyph.text for page in pages for glyph in page.glyphs)
    assert Counter(key(laid)) == Counter(key(marks))


def test_every_line_of_the_transcript_is_in_the_output() -> None:
    name = "aomori-sme-2023-transcript.txt"
    report = report_of(name)
    held = {line for _, _, source in claims_of_text(report) for place in source for line in _lines(place)}
    structure = {key(word) for word in STRUCTURE}
    for number, line in enumerate((RAW / name).read_text(encoding="utf-8").split("\n"), start=1):
        plain = key(line)
        if plain and not any(plain.startswith(word) for word in structure) and number > 4:
            assert number in held, f"line {number}: {line}"


def claims_of_text(report: dict[str, Any]) -> list[tuple[str, list[str], list[dict[str, Any]]]]:
    return [claim for claim in claims(report) if claim[2]]


def _lines(place: dict[str, Any]) -> range:
    return range(place["line"], place["end_line"] + 1)
