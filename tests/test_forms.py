"""Programme forms: tables whose labels stand beside what they name, in the shapes that offices draw, cut anywhere."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from extractor.document.page import Page
from extractor.grammar.normalize import comparison_key
from extractor.layout import lay_out_pages
from extractor.pipeline import read_report
from extractor.profiles.profile import load_profile
from extractor.records.report import PageBox, Programme, Report, Source
from extractor.structure.outline_builder import build_outline
from form_sheets import (
    LEFT_EDGE,
    RIGHT_EDGE,
    Box,
    Group,
    Press,
    cell,
    label,
    report_on,
    rows_of,
    wide,
    write_pdf,
)
from made_up import BLOCKS, Block, MadeUp, codes, programmes
from sheets import across, down, text
from test_nothing_lost import layout_texts, outline_texts

OVERVIEW = "地域の若者が港の仕事を知る機会を設け、事業者とともに人材の育成を進める。" * 2
LONG = "県内の高校生や大学生に向けた活動を進めるとともに、保護者世代に向けた情報の発信を行い、連携を強めた。" * 2
RESULTS = (LONG, "短い段落である。", "※ 人数は延べである。")
METRICS = [("項目名", "5年度", "6年度"), ("参加者数", "10名", "12名"), ("開催回数", "3回", "－")]
VALUES = [("参加者数", ["10名", "12名"]), ("開催回数", ["3回", "－"])]
L, R = LEFT_EDGE, RIGHT_EDGE
Draw = Callable[[Press, Block], None]


def offices(block: Block) -> str:
    return block.footer.strip("()").split("：")[-1]


def named(block: Block, name: str = "") -> Group:
    """事業名 | X | 担当課 | Y."""
    words = name or f"{block.number}　{block.name}"
    return Group(label("事業名"), [[cell(words, 130, 380), label("担当課", 380, 430), cell(offices(block), 430, R)]])


def in_one_grid(press: Press, block: Block) -> None:
    results = [[Box(130, R, RESULTS)], *rows_of(METRICS, [130, 320, 430, R])]
    press.form(
        [named(block), Group(label("事業概要"), [[Box(130, R, (OVERVIEW,))]]), Group(label("事業実績"), results)]
    )


def upright(press: Press, block: Block) -> None:
    results = [[Box(90, R, RESULTS)], *rows_of(METRICS, [90, 320, 430, R])]
    words = [label(word, 60, 90, upright=True) for word in ("事業概要", "事業実績")]
    press.form([named(block), Group(words[0], [[Box(90, R, (OVERVIEW,))]]), Group(words[1], results)])


def touching(press: Press, block: Block) -> None:
    """Metrics over the whole width, offices under them, number and 新規 in cells of their own."""
    head = [cell(str(block.number), 60, 90), label("事業名", 90, 150), cell(block.name, 150, 400)]
    groups = [Group(None, [[*head, cell("新規" if block.new else "", 400, R)]])]
    groups += [Group(label("事業概要", 60, 150), [[Box(150, R, (OVERVIEW,))]])]
    groups += [Group(label("事業実績", 60, 150), [[Box(150, R, RESULTS)]])]
    groups += [Group(None, rows_of(METRICS, [60, 320, 430, R]))]
    press.form([*groups, Group(label("担当課", 60, 150), [[cell(offices(block), 150, R)]])])


def bands(press: Press, block: Block) -> None:
    """Each label over its text and as wide as the table."""
    groups = [wide(f"{block.number}　{block.name}"), wide("事業概要"), wide(OVERVIEW, indent=True), wide("事業実績")]
    groups += [wide(*RESULTS, indent=True), Group(None, rows_of(METRICS, [60, 320, 430, R]))]
    press.form([*groups, wide(block.footer.strip("()"))])


def headings_in_cells(press: Press, block: Block) -> None:
    groups = [wide(f"({block.number}) {block.name}"), wide("【事業概要】", OVERVIEW, indent=True)]
    groups += [wide("【事業実績】", *RESULTS, indent=True), Group(None, rows_of(METRICS, [60, 320, 430, R]))]
    press.form([*groups, wide(block.footer.strip("()"))])


def number_down_the_side(press: Press, block: Block) -> None:
    rows = [[label("事業名", 90, 160), cell(block.name, 160, 380), *named(block).rows[0][1:]]]
    rows += [[label("事業概要", 90, 160), Box(160, R, (OVERVIEW,))], [label("事業実績", 90, 160), Box(160, R, RESULTS)]]
    press.form([Group(label(str(block.number), 60, 90), rows)])
    press.skip(6)
    press.form([Group(None, rows_of(METRICS, [60, 320, 430, R]))])


def title_outside(press: Press, block: Block) -> None:
    press.line(f"{block.number}　{block.name}", font="Gothic", size=12.0)
    groups = [Group(label("事業の概要"), [[Box(130, R, (OVERVIEW,))]])]
    groups += [Group(label("事業の実績"), [[Box(130, R, RESULTS)]])]
    press.form([*groups, Group(None, rows_of(METRICS, [60, 320, 430, R]))])
    press.line(f"（{block.footer.strip('()')}）", 320)


def head_alone(press: Press, block: Block) -> None:
    """A table of name and office only, and headings under it."""
    press.form([named(block)])
    press.skip(6)
    for heading, prose in (("【事業概要】", (OVERVIEW,)), ("【事業実績】", RESULTS)):
        press.line(heading)
        for paragraph in prose:
            for x, line in Box(L, R, (paragraph,)).lines():
                press.line(line, x)
    press.form([Group(None, rows_of(METRICS, [60, 320, 430, R]))])


SHAPES: list[Draw] = [
    in_one_grid,
    upright,
    touching,
    bands,
    headings_in_cells,
    number_down_the_side,
    title_outside,
    head_alone,
]
EACH_SHAPE = pytest.mark.parametrize("draw", SHAPES, ids=lambda draw: draw.__name__)


def drawn(draw: Draw, *, bottom: float = 780.0, skip: float = 15.0, blocks: tuple[Block, ...] = BLOCKS) -> list[Page]:
    """A report: its title, a chapter with the list, and the blocks, on pages that end at `bottom`."""
    press = Press(bottom=bottom)
    for line in ("令和6年度中小企業振興施策実施状況", "② 地域の担い手を育てること", "【基本方針事業一覧】"):
        press.line(line)
    listed = [("No.", "事業名", "R6事業費 (千円)", "R6 新規", "担当課等")]
    listed += [(str(one.number), one.name, one.budget, one.new, one.listed) for one in BLOCKS]
    press.form([Group(None, rows_of([*listed, ("", "小計", "5,000", "", "")], [60, 90, 290, 350, 390, 540]))])
    press.turn()
    for block in blocks:
        draw(press, block)
        press.skip(skip)
    return press.sheets()


def prose(one: Programme) -> list[tuple[str, ...]]:
    return [one.overview.paragraphs, one.overview.notes, one.results.paragraphs, one.results.notes]


def values(one: Programme) -> Any:
    metrics = [(metric.name, [each.raw for each in metric.observations]) for metric in one.metrics]
    return [one.name, *prose(one), metrics, [(each.division, each.groups) for each in one.offices]]


def expected(block: Block) -> Any:
    office = offices(block).split()
    return [block.name, (OVERVIEW,), (), RESULTS[:2], RESULTS[2:], VALUES, [(office[0], tuple(office[1:]))]]


def said(report: Report) -> list[str]:
    return [code for code, _ in codes(report)]


@EACH_SHAPE
def test_a_form_gives_the_block_that_headings_give(draw: Draw) -> None:
    pages = drawn(draw)
    report = report_on(pages)
    assert [values(one) for one in programmes(report)] == [expected(block) for block in BLOCKS]
    # The mark in a cell is kept where no field holds it.
    assert [one.text for one in report.unplaced] == (["新規"] if draw is touching else [])
    assert said(report) == ["unplaced-text"] * len(report.unplaced)
    assert [one.number for one in programmes(report)] == [1, 2, 3, 4, 5]


@pytest.mark.slow
@pytest.mark.parametrize("skip", [0.0, 15.0])
@EACH_SHAPE
def test_a_form_reads_the_same_wherever_a_page_ends(draw: Draw, skip: float) -> None:
    for bottom in range(205 + int(skip), 780, 67):
        report = report_on(drawn(draw, bottom=bottom, skip=skip if draw is not head_alone else 15.0))
        found = [values(one) for one in programmes(report)]
        assert found == [expected(block) for block in BLOCKS], f"pages end at {bottom}"
        assert said(report) == ["unplaced-text"] * (draw is touching), f"pages end at {bottom}"


def test_a_form_over_three_pages() -> None:
    def long(press: Press, block: Block) -> None:
        cells = Box(130, R, (LONG * 5, "短い段落である。", LONG * 4))
        press.form(
            [named(block), Group(label("事業概要"), [[Box(130, R, (OVERVIEW,))]]), Group(label("事業実績"), [[cells]])]
        )

    for bottom in range(205, 400, 17):
        (first, *_) = programmes(report_on(drawn(long, bottom=bottom)))
        assert first.results.paragraphs == (LONG * 5, "短い段落である。", LONG * 4), bottom


def inside(pages: list[Page], source: Source) -> str:
    """What stands in the boxes of a source."""
    found = ""
    for place in source:
        assert isinstance(place, PageBox)
        x0, top, x1, bottom = place.bbox
        here = [
            glyph
            for glyph in pages[place.page - 1].glyphs
            if x0 <= (glyph.x0 + glyph.x1) / 2 <= x1 and top <= (glyph.top + glyph.bottom) / 2 <= bottom
        ]
        found += "".join(glyph.text for glyph in sorted(here, key=lambda glyph: (glyph.top, glyph.x0)))
    return comparison_key(found)


@pytest.mark.parametrize("bottom", [780, 263, 318])
@EACH_SHAPE
def test_what_a_form_says_stands_in_its_boxes_and_little_else(draw: Draw, bottom: int) -> None:
    pages = drawn(draw, bottom=bottom)
    for one in programmes(report_on(pages)):
        for passage in (one.overview, one.results):
            assert inside(pages, passage.source) == comparison_key("".join(passage.paragraphs + passage.notes))
        for metric in one.metrics:
            assert [inside(pages, each.source) for each in metric.observations] == [
                comparison_key(each.raw) for each in metric.observations
            ]
        assert comparison_key(one.offices[0].division) in inside(pages, one.sources.offices)
        assert one.source, "the block has a place"


@EACH_SHAPE
def test_nothing_of_a_form_is_lost(draw: Draw) -> None:
    for bottom in (780, 263, 318, 405):
        pages = drawn(draw, bottom=bottom)
        layout = lay_out_pages(pages)
        marks = Counter(comparison_key("".join(glyph.text for one in pages for glyph in one.glyphs)))
        furniture = "".join(one.text for one in layout.furniture)
        assert Counter(comparison_key("".join(layout_texts(layout)) + furniture)) == marks
        assert (
            Counter(comparison_key("".join(outline_texts(build_outline(layout, load_profile()))) + furniture)) == marks
        )


def held(report: Report) -> list[str]:
    """The texts of a report's records; of a programme its name and number twice, as in the list and over the block."""
    texts = [report.report.title, *(policy.title or "" for policy in report.policies)]
    texts += [f"{policy.subtotal_thousand_yen:,}" for policy in report.policies]
    for one in programmes(report):
        texts += [one.name or "", str(one.number)] * 2 + [f"{one.budget_thousand_yen:,}", "○" if one.is_new else ""]
        for office in (*one.listed_offices, *one.offices):
            texts += [office.division, *office.groups]
        texts += [text for texts in prose(one) for text in texts]
        for metric in one.metrics:
            texts += [metric.name, *(each.raw for each in metric.observations)]
    return texts + [one.text for one in report.unplaced]


STRUCTURE = [
    "事業名",
    "担当課：",
    "【事業の概要】",
    "【事業の実績】",
    "項目名",
    "5年度",
    "6年度",
    "()",
    "②",
    "【基本方針事業一覧】",
]
STRUCTURE += ["No.", "R6事業費(千円)", "R6新規", "担当課等", "小計"]


@EACH_SHAPE
def test_a_report_of_forms_holds_all_that_is_printed(draw: Draw) -> None:
    for bottom in (780, 263, 405):
        pages = drawn(draw, bottom=bottom)
        marks = Counter(comparison_key("".join(glyph.text for one in pages for glyph in one.glyphs)))
        furniture = [one.text for one in lay_out_pages(pages).furniture]
        kept = Counter(comparison_key("".join([*held(report_on(pages)), *furniture, *STRUCTURE * (len(BLOCKS) + 1)])))
        assert marks - kept == Counter()


@pytest.mark.parametrize("draw", [in_one_grid, upright, touching, head_alone], ids=lambda draw: draw.__name__)
def test_a_form_in_a_pdf_file(draw: Draw, tmp_path: Path) -> None:
    for bottom in (780, 318):
        report = read_report(write_pdf(drawn(draw, bottom=bottom), tmp_path / "form.pdf"))
        # A font that is not embedded gives its dash as another one.
        assert [comparison_key(str(values(one))) for one in programmes(report)] == [
            comparison_key(str(expected(block))) for block in BLOCKS
        ]


# Other things in forms


def test_goals_units_and_notes_in_the_grid_of_a_form() -> None:
    def draw(press: Press, block: Block) -> None:
        edges = [130, 260, 300, 360, 420, 480, R]
        head = rows_of([("項目名", "単位", "5年度", "6年度")], [130, 260, 300, 420, R])
        below = rows_of(
            [("", "", "目標", "実績", "目標", "実績"), ("参加者数", "人", "9", "10", "11", "延べ 12")], edges
        )
        results = [[Box(130, R, RESULTS)], *head, *below, [Box(130, R, ("※ 速報値である。",))]]
        press.form(
            [named(block), Group(label("事業概要"), [[Box(130, R, (OVERVIEW,))]]), Group(label("事業実績"), results)]
        )

    report = report_on(drawn(draw))
    assert codes(report) == []
    for one in programmes(report):
        (metric,) = one.metrics
        assert [
            (each.fiscal_year, each.raw, each.quantities[0].unit, each.quantities[0].qualifiers)
            for each in metric.observations
        ] == [
            (2023, "9", "人", ("目標",)),
            (2023, "10", "人", ()),
            (2024, "11", "人", ("目標",)),
            (2024, "延べ 12", "人", ("延べ",)),
        ]
        assert one.results.notes == ("※ 人数は延べである。", "※ 速報値である。")


@pytest.mark.parametrize("inside", [True, False])
def test_a_line_on_units_over_the_metrics_of_a_form(inside: bool) -> None:
    def draw(press: Press, block: Block) -> None:
        prose = ("短い段落である。", "（単位：人）") if inside else ("短い段落である。",)
        table = rows_of([("項目名", "5年度", "6年度"), ("参加者数", "10", "12")], [60, 320, 430, R])
        groups = [named(block), Group(label("事業概要"), [[Box(130, R, (OVERVIEW,))]])]
        groups += [Group(label("事業実績"), [[Box(130, R, prose)]])]
        if inside:
            press.form([*groups, Group(None, table)])
            return
        press.form(groups)
        press.line("（単位：人）", 460)
        press.form([Group(None, table)])

    report = report_on(drawn(draw))
    assert codes(report) == []
    for one in programmes(report):
        assert one.results.paragraphs == ("短い段落である。",)
        assert [each.quantities[0].unit for each in one.metrics[0].observations] == ["人", "人"]


def test_a_table_nested_in_a_cell() -> None:
    def draw(press: Press, block: Block) -> None:
        press.form([named(block), Group(label("事業概要"), [[Box(130, R, (OVERVIEW,))]])])
        top = press.y
        press.skip(6)
        for x, line in Box(130, R, RESULTS[:2]).lines():
            press.line(line, x)
        press.skip(4)
        press.form([Group(None, rows_of(METRICS, [140, 330, 430, R - 10]))])
        press.skip(4)
        press.line(RESULTS[2], 134)
        glyphs, rules = press.pages[-1]
        glyphs += text("事業実績", 75, top + 20)
        rules += [*(down(x, top, press.y) for x in (60, 130, R)), across(press.y, 60, R)]

    report = report_on(drawn(draw, blocks=BLOCKS[:3]))
    assert [values(one) for one in programmes(report)[:3]] == [expected(block) for block in BLOCKS[:3]]


@pytest.mark.parametrize("word", ["事業実績", "事業実績（つづき）"])
@pytest.mark.parametrize("head", [True, False])
def test_a_head_and_a_label_that_are_printed_again_on_the_next_page(word: str, head: bool) -> None:
    def draw(press: Press, block: Block) -> None:
        groups = [named(block), Group(label("事業概要"), [[Box(130, R, (OVERVIEW,))]])]
        press.form([*groups, Group(label("事業実績"), [[Box(130, R, RESULTS[:1])]])])
        press.turn()
        rows = [[Box(130, R, RESULTS[1:])], *rows_of(METRICS, [130, 320, 430, R])]
        press.form([*([named(block)] if head else []), Group(label(word), rows)])
        press.turn()

    report = report_on(drawn(draw))
    assert codes(report) == []
    assert [values(one) for one in programmes(report)] == [expected(block) for block in BLOCKS]


def test_what_a_form_says_of_the_budget_is_kept_and_not_taken_for_the_lists() -> None:
    def draw(press: Press, block: Block) -> None:
        row = [label("R6事業費（千円）", 60, 160), cell("9,999", 160, 300), label("新規", 300, 360), cell("○", 360, R)]
        press.form([named(block), Group(None, [row]), *plain(block)[1:]])

    report = report_on(drawn(draw))
    assert {one.budget_thousand_yen for one in programmes(report)} == {1000}
    assert [one.is_new for one in programmes(report)] == [False, False, True, False, False]
    assert [one.text for one in report.unplaced] == ["R6事業費（千円） 9,999", "新規 ○"] * 5
    assert set(said(report)) == {"unplaced-text"}
    assert [values(one) for one in programmes(report)] == [expected(block) for block in BLOCKS]


def test_a_row_with_an_unknown_label_is_drift_and_no_prose() -> None:
    def draw(press: Press, block: Block) -> None:
        form = plain(block)
        press.form([*form[:2], Group(label("対象者"), [[Box(130, R, ("県内の学生である。",))]]), form[2]])

    report = report_on(drawn(draw))
    assert [values(one) for one in programmes(report)] == [expected(block) for block in BLOCKS]
    assert [[(one.label, one.text) for one in each.attributes] for each in programmes(report)] == [
        [("対象者", "県内の学生である。")]
    ] * 5
    assert report.unplaced == ()
    assert said(report) == []


def test_a_label_that_no_form_is_known_to_have_is_drift_and_no_prose() -> None:
    def draw(press: Press, block: Block) -> None:
        form = plain(block)
        press.form([*form[:2], Group(label("潮の満ち干"), [[Box(130, R, ("県内の学生である。",))]]), form[2]])

    report = report_on(drawn(draw))
    assert [values(one) for one in programmes(report)] == [expected(block) for block in BLOCKS]
    assert [one.text for one in report.unplaced] == ["潮の満ち干", "県内の学生である。"] * 5
    assert set(said(report)) == {"layout-drift", "unplaced-text"}


def test_labels_side_by_side_are_attributes_each_with_what_stands_beside_it() -> None:
    def draw(press: Press, block: Block) -> None:
        form = plain(block)
        row = [label("事業期間"), cell("R4～R8", 130, 300), cell("根拠法令", 300, 380), cell("雇用対策法", 380, R)]
        press.form([*form[:2], Group(None, [row]), Group(None, [[label("財源"), cell("県単", 130, R)]]), form[2]])

    report = report_on(drawn(draw))
    assert [values(one) for one in programmes(report)] == [expected(block) for block in BLOCKS]
    wanted = [("事業期間", "R4～R8"), ("根拠法令", "雇用対策法"), ("財源", "県単")]
    assert [[(one.label, one.text) for one in each.attributes] for each in programmes(report)] == [wanted] * 5
    assert said(report) == []


def form_rows(block: Block) -> list[str]:
    head = f"事業名\t{block.number}　{block.name}\t担当課\t{offices(block)}"
    return [head, f"事業概要\t{OVERVIEW}", f"事業実績\t{RESULTS[1]}", *("\t".join(row) for row in METRICS)]


@pytest.mark.parametrize("apart", [True, False])
def test_forms_in_a_transcript(apart: bool, tmp_path: Path) -> None:
    text_of = MadeUp(blocks=()).text().rstrip()
    between = "\n\n" if apart else "\n"
    path = tmp_path / "made-up.txt"
    forms = between.join("\n".join(form_rows(block)) for block in BLOCKS)
    path.write_text(f"{text_of}\n\n{forms}\n", encoding="utf-8")
    report = read_report(path)
    assert codes(report) == []
    for block, one in zip(BLOCKS, programmes(report), strict=True):
        assert values(one)[:2] == [block.name, (OVERVIEW,)]
        assert values(one)[3] == RESULTS[1:2]
        assert values(one)[5:] == expected(block)[5:]


# What a form can be spoilt by: nothing may go to a wrong place without a word.

Spoil = Callable[[list[Group]], list[Group]]


def plain(block: Block) -> list[Group]:
    results = [[Box(130, R, RESULTS)], *rows_of(METRICS, [130, 320, 430, R])]
    return [named(block), Group(label("事業概要"), [[Box(130, R, (OVERVIEW,))]]), Group(label("事業実績"), results)]


def with_label(at: int, word: str) -> Spoil:
    return lambda form: [replace(one, label=label(word)) if index == at else one for index, one in enumerate(form)]


def without(at: int) -> Spoil:
    return lambda form: [one for index, one in enumerate(form) if index != at]


def label_behind(at: int) -> Spoil:
    """The label to the right of its text."""

    def spoil(form: list[Group]) -> list[Group]:
        (row, *rest) = form[at].rows
        word = form[at].label
        assert word is not None
        box = replace(row[0], x0=60.0, x1=470.0)
        return [
            *form[:at],
            Group(None, [[box, label(word.paragraphs[0], 470.0, R)]]),
            *([Group(label(""), rest)] if rest else []),
            *form[at + 1 :],
        ]

    return spoil


def order(*places: int) -> Spoil:
    return lambda form: [form[at] for at in places]


SPOILS: dict[str, Spoil] = {
    **{f"label {at} is {word or 'blank'}": with_label(at, word) for at in range(3) for word in ("", "備考", "事業")},
    **{f"row {at} is missing": without(at) for at in range(3)},
    **{f"label {at} stands behind": label_behind(at) for at in (1, 2)},
    "results first": order(0, 2, 1),
    "name last": order(1, 2, 0),
    "overview twice": order(0, 1, 1, 2),
    "results twice": order(0, 1, 2, 2),
}


@pytest.mark.parametrize("skip", [0.0, 15.0])
@pytest.mark.parametrize("name", SPOILS)
def test_a_spoilt_form_is_named_and_spoils_no_other(name: str, skip: float) -> None:
    def draw(press: Press, block: Block) -> None:
        press.form(SPOILS[name](plain(block)) if block.number == 3 else plain(block))

    pages = drawn(draw, skip=skip)
    report = report_on(pages)
    found = [one for one in programmes(report) if one.name in {block.name for block in BLOCKS}]
    assert said(report), "it is said that something is wrong"
    for block, one in zip(BLOCKS, found, strict=True):
        if block.number != 3:
            assert values(one) == expected(block)
        # Whatever else: no sentence of one passage in the other, no figure at another year.
        assert not set(one.overview.paragraphs) & {*RESULTS, *(text for text, _ in VALUES)}
        assert OVERVIEW not in one.results.paragraphs
        for metric in one.metrics:
            assert (metric.name, [each.raw for each in metric.observations]) in VALUES
    layout = lay_out_pages(pages)
    marks = Counter(comparison_key("".join(glyph.text for one in pages for glyph in one.glyphs)))
    kept = outline_texts(build_outline(layout, load_profile())) + [one.text for one in layout.furniture]
    assert Counter(comparison_key("".join(kept))) == marks


@pytest.mark.parametrize("word", ["対象者", "今後の方向"])
def test_an_unknown_label_over_its_text_ends_the_text_before_it(word: str) -> None:
    def draw(press: Press, block: Block) -> None:
        groups = [wide(f"{block.number}　{block.name}"), wide("事業概要"), wide(OVERVIEW, indent=True)]
        groups += [wide(word), wide("県内の学生である。")] if block.number == 3 else []
        groups += [wide("事業実績"), wide(*RESULTS, indent=True), Group(None, rows_of(METRICS, [60, 320, 430, R]))]
        press.form([*groups, wide(block.footer.strip("()"))])

    report = report_on(drawn(draw))
    assert [values(one) for one in programmes(report)] == [expected(block) for block in BLOCKS]
    assert [one.text for one in report.unplaced] == [word, "県内の学生である。"]
    assert "layout-drift" in said(report)


# What else stands in the row of a field of a form, in one cell or several, and is neither the field's nor another's.
@pytest.mark.parametrize("field", ["事業名", "担当課"])
@pytest.mark.parametrize("strange", [["県単"], ["継続", "県単"], ["内線 1234"]])
def test_what_stands_beside_a_field_and_is_not_it_is_kept_and_said(field: str, strange: list[str]) -> None:
    """A single one is a label that nothing stands beside: no field and no heading holds it."""

    def row(word: str, value: str, *, spoilt: bool) -> list[Box]:
        edges = [420.0 + (R - 420.0) * at / len(strange) for at in range(len(strange) + 1)]
        more = [cell(words, *sides) for words, sides in zip(strange, pairwise(edges), strict=True)]
        return [label(word), cell(value, 130, 420), *more] if spoilt else [label(word), cell(value, 130, R)]

    def draw(press: Press, block: Block) -> None:
        said = {"事業名": f"{block.number}　{block.name}", "担当課": offices(block)}
        head = [row(word, value, spoilt=word == field and block.number == 3) for word, value in said.items()]
        press.form([*(Group(None, [one]) for one in head), *plain(block)[1:]])

    report = report_on(drawn(draw))
    assert [one.name for one in programmes(report)] == [block.name for block in BLOCKS]
    assert [one.text for one in report.unplaced] == strange
    drift = [one for one in report.findings if one.code == "layout-drift"]
    assert all(any(word in one.message for one in drift) for word in strange)
    assert {one.pointer for one in drift} == {"/policies/0/programmes/2"}
