"""Pages of real offices, laid out, against what was typed from their pictures by reading.

The documents stand beside the project and not in it; where they are not there, these tests are skipped. What was typed
is kept as digests of folded text, so a failure shows what was read, to be held against the page.
"""

import hashlib
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractor.document.layout import Cell, Layout, Paragraph, Table
from extractor.errors import CannotRead
from extractor.grammar.normalize import comparison_key
from extractor.layout import lay_out_pages
from extractor.pdf.reader import read_pdf
from extractor.pipeline import read_report
from extractor.records.report import PageBox, Programme, Report, Source
from reports import HERE, ROOT

REAL = ROOT.parent / "shared" / "real"
TYPED = sorted((HERE / "hand_read" / "real").glob("*.toml"))
# The eye does not tell one circle from another.
CIRCLES = str.maketrans("◯〇", "○○")

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the folder of real documents is not beside the project")


def plain(text: str) -> str:
    """A text as far as the eye can tell: without blanks, width, kinds of dashes and circles."""
    return comparison_key(text).translate(CIRCLES)


def digest(text: str) -> str:
    folded = plain(text)
    return hashlib.sha256(folded.encode()).hexdigest()[:12] if folded else ""


@cache
def laid_out(name: str) -> Layout:
    return lay_out_pages(read_pdf(REAL / name))


def typed(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def pages_of(source: Source) -> list[int]:
    return [place.page for place in source if isinstance(place, PageBox)]


def ids(paths: list[Path]) -> list[str]:
    return [path.stem for path in paths]


@pytest.mark.slow
@pytest.mark.parametrize("path", TYPED, ids=ids(TYPED))
def test_page_labels(path: Path) -> None:
    truth = typed(path)
    layout = laid_out(truth["file"])
    sources = [one.source for one in (*layout.elements, *layout.furniture)]
    labels = {place.page: place.page_label for source in sources for place in source if isinstance(place, PageBox)}
    assert [labels.get(page) or "" for page in range(1, len(truth["page_labels"]) + 1)] == truth["page_labels"]


@pytest.mark.parametrize("path", TYPED, ids=ids(TYPED))
def test_lines(path: Path) -> None:
    """Headings and paragraphs are on their page: each once, in their order, and whole."""
    truth = typed(path)
    paragraphs = [one for one in laid_out(truth["file"]).elements if isinstance(one, Paragraph)]
    at: dict[int, int] = {}
    for line in truth.get("lines", []):
        here = [one for one in paragraphs if line["page"] in pages_of(one.source)]
        found = [index for index, one in enumerate(here) if is_line(one, line)]
        place = f"{path.stem}, page {line['page']}, {line['length']} letters"
        assert len(found) == 1, f"{place}: {len(found)} times in {[one.text for one in here]}"
        assert found[0] >= at.get(line["page"], 0), f"{place}: out of order"
        at[line["page"]] = found[0]
        assert line["kind"] != "strong" or here[found[0]].strong, f"{place}: {here[found[0]].text} is not strong"


def is_line(paragraph: Paragraph, line: dict[str, Any]) -> bool:
    """Whether a paragraph is what was typed, or begins with it where it goes on on the next page."""
    text = plain(paragraph.text)
    return bool(digest(text[: line["length"]] if line["kind"] == "begins" else text) == line["digest"])


def tables_of(path: Path) -> Iterator[tuple[dict[str, Any], Table | None]]:
    """Each table typed, and the first one of as many rows and columns on its pages that was not taken yet."""
    truth = typed(path)
    left = [one for one in laid_out(truth["file"]).elements if isinstance(one, Table)]
    for table in truth.get("tables", []):
        pages = {cell[4] for cell in table["cells"]}
        size = (table["rows"], table["columns"])
        found = next(
            (one for one in left if set(pages_of(one.source)) == pages and (one.rows, one.columns) == size), None
        )
        left = [one for one in left if one is not found]
        yield table, found


@pytest.mark.parametrize("path", TYPED, ids=ids(TYPED))
def test_cells(path: Path) -> None:
    """Every cell of the tables typed: its text, its place in the grid, its spans and its page; and no cell more."""
    wrong = []
    for table, found in tables_of(path):
        page = table["cells"][0][4]
        assert found is not None, f"{path.stem}, page {page}: no table of {table['rows']} × {table['columns']}"
        cells = {(cell.row, cell.column): cell for cell in found.cells}
        for row, column, row_span, column_span, page, wanted in table["cells"]:
            cell = cells.pop((row, column), None)
            # A stroke from corner to corner was typed as nothing.
            text = cell.text if cell and cell.text != "／" else ""
            if cell is None or shape(cell) != (row_span, column_span, page) or digest(text) != wanted:
                read = f"{shape(cell)} {cell.text}" if cell else "no cell"
                wrong.append(f"{path.stem}, page {page}, row {row}, column {column}: {read}")
        wrong += [f"{path.stem}, page {page}, row {row}: a cell more, {cell.text}" for (row, _), cell in cells.items()]
    assert not wrong, "\n".join(wrong)


def shape(cell: Cell) -> tuple[int, int, int]:
    return cell.row_span, cell.column_span, pages_of(cell.source)[0]


RECORDS = HERE / "hand_read" / "real" / "records" / "nobeoka.toml"


@cache
def listed() -> Report:
    return read_report(REAL / typed(RECORDS)["file"])


def thousands(amount: int | None) -> str:
    return "" if amount is None else f"{amount:,}"


def test_each_account_of_a_group_is_a_policy_with_its_total() -> None:
    read = [
        (one.number, digest(one.title or ""), digest(thousands(one.subtotal_thousand_yen))) for one in listed().policies
    ]
    assert read == [(one["number"], one["title"], one["subtotal"]) for one in typed(RECORDS)["policies"]]


def test_every_row_of_the_list_is_a_programme() -> None:
    wanted = typed(RECORDS)["programmes"]
    read = [(policy.number, one) for policy in listed().policies for one in policy.programmes]
    assert [(number, one.number) for number, one in read] == [(one["policy"], one["number"]) for one in wanted]
    for (_, programme), one in zip(read, wanted, strict=True):
        assert (programme.is_new, pages_of(programme.source)) == (one["is_new"], [one["page"]]), programme.name
        assert digest(programme.name or "") == one["name"], programme.name
        assert digest("".join(office.division for office in programme.listed_offices)) == one["offices"], programme.name
        prose = (*programme.overview.paragraphs, *programme.overview.notes)
        assert digest("".join(prose)) == one["overview"], prose
        assert amounts(programme) == {name: cut for name, cut in one["amounts"].items() if cut}, programme.metrics


def amounts(programme: Programme) -> dict[str, str]:
    """The digests of a programme's budget and figures by the columns that hold them."""
    found = {
        plain(metric.name).removeprefix("補正額の財源内訳"): metric.observations[0] for metric in programme.metrics
    }
    assert {one.status for one in found.values()} == {"read"}
    assert {quantity.unit for one in found.values() for quantity in one.quantities} == {"円"}
    cut = {name: digest(one.raw) for name, one in found.items()}
    if programme.budget_thousand_yen is not None:
        cut["補正額"] = digest(f"{programme.budget_thousand_yen:,}")
    return cut


def test_what_a_row_adds_up_to() -> None:
    """What was there and what is added make what is there then, in yen as in print."""
    for policy in listed().policies:
        for programme in policy.programmes:
            yen = {metric.name: metric.observations[0].quantities[0].value for metric in programme.metrics}
            if programme.budget_thousand_yen is not None:
                assert yen["補正前額"] + programme.budget_thousand_yen * 1000 == yen["補正後額"]


def test_what_of_the_list_is_doubted() -> None:
    """Amounts touch the rules beside them, and some rows of the accounts have no rule between: that is said."""
    said = {one.code for one in listed().findings}
    assert said == {"unplaced-text", "hidden-text", "text-over-edge", "missing-rule"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "status", "why"),
    [
        ("babyfood-kyogikai_type3-no-unicode.pdf", "unreadable-text", "do not say"),
        ("otoineppu_hinan_outlined_aes.pdf", "no-text", "outlines"),
    ],
)
def test_text_that_cannot_be_believed_is_refused(name: str, status: str, why: str) -> None:
    with pytest.raises(CannotRead, match=why) as refused:
        read_pdf(REAL / name)
    assert refused.value.status == status


def test_helper_digits_in_white_are_no_text() -> None:
    layout = laid_out("nobeoka_R8_6gatsu-hosei_gaiyo.pdf")
    assert {page for what, source in layout.hidden for page in pages_of(source) if "white on white" in str(what)} >= {
        5,
        6,
        7,
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "nankoku_R4_tosho_shinki-jigyo-list.pdf",
        "nankoku_R4_tosho_keizoku-jigyo-list.pdf",
        "otoineppu_sogosenryaku_H27.pdf",
        "nankoku_R4_6gatsu_shisei-hokoku.pdf",
        "ishigaki_gian86_jukinet-font.pdf",
        "kanpo_vertical_encrypted_unembedded.pdf",
        "nankoku-kosha_R3_jigyo-hokoku.pdf",
    ],
)
def test_documents_of_other_kinds_fit_no_profile(name: str) -> None:
    with pytest.raises(CannotRead, match="the nearest is") as refused:
        read_report(REAL / name)
    assert refused.value.status == "not-a-report"
