"""What a report's pages show: one `Style`, and named families of reports that differ in it."""

from dataclasses import dataclass, field, replace
from typing import Literal

Rules = Literal["full", "three", "filled", "dotted", "none"]
Align = Literal["left", "center", "right"]
# Two pages on one sheet: made smaller for it, or not.
Imposed = Literal["no", "two-up", "spread"]
# How the fiscal years in the heads of columns are written: 4年度, ４年度, R4, 令和4年度 (令和元年度), 2022年度.
YearHead = Literal["bare", "wide", "letter", "era", "gregorian"]


@dataclass(frozen=True)
class ListHeads:
    """The heads of the list's columns; `{year}` is the report's year as R5, `{before}` the one before,
    line feeds stand.

    A report without page numbers has no `page`.
    """

    number: str = "No."
    name: str = "事業名"
    budget: str = "{year}事業費\n（千円）"
    is_new: str = "{year}\n新規"
    offices: str = "担当課等"
    page: str = "掲載頁"
    previous: str = "{before}決算額"


@dataclass(frozen=True)
class Style:
    """The look of a report. Lengths in points.

    `form`: each block is one ruled table with labels in its left cells. `title_text` etc. are formats of
    {number}, {name}, {title}, {offices}, {page}, {of}. `rules`: full; three (over and under the head, under the
    last row); filled (as full, drawn as thin rectangles); dotted; none.
    """

    # the page
    landscape: bool = False
    rotated: bool = False  # /Rotate 90, the content drawn accordingly
    crop: float = 0.0  # the crop box begins so far in from the media box
    margin: float = 62.0
    first_page: int = 1
    page_number: str | None = "- {page} -"
    page_number_on_top: bool = False
    header: str | None = None
    # prose
    size: float = 10.5
    leading: float = 1.5
    indent: bool = True
    justified: bool = True
    # the chapter
    chapter: str = "{circled}　{title}"
    overview_heading: str = "【取組の概要】"
    initiative: str = "○　{heading}"
    list_heading: str = "【基本方針事業一覧】"
    list_heads: ListHeads = field(default_factory=ListHeads)
    list_rules: Rules = "full"
    list_name_share: float = 0.31  # of the width, which the column of offices has less of for it
    budget_yen: int = 1000  # the unit of the printed budgets, in yen
    new_mark: str = "○"
    ongoing_mark: str = ""
    list_previous: bool = False  # the year before's budget in brackets over the year's own
    subtotal: str | None = "小計"
    # a programme's block
    form: bool = False
    title: Literal["bar", "box", "bold", "plain", "none"] = "bar"
    title_text: str = "{number}　{name}"
    overview: str = "【 事業概要 】"
    results: str = "【 事業実績 】"
    bold_headings: bool = True
    block_break: Literal["page", "two", "none"] = "page"
    footer: str = "（担当課：{offices}）"
    footer_align: Align = "right"
    # its table
    rules: Rules = "full"
    shaded_head: bool = False
    repeated_head: bool = True
    item_head: str = "項目名"
    year_head: YearHead = "bare"
    targets: Literal["none", "columns", "merged"] = "none"
    unit_column: bool = False
    name_share: float = 0.6  # of the table's width
    value_align: Align = "center"
    row_padding: float = 2.5
    # where on the page things are
    sheet: Literal["A4", "A3", "slide"] = "A4"
    regions: Literal["flow", "columns", "panels", "quarters"] = "flow"
    imposed: Imposed = "no"
    tab: str | None = None  # down the margin at the right
    watermark: str | None = None
    # what else a list has
    list_form: Literal["rows", "groups", "halves"] = "rows"
    list_years: bool = False  # a column of the year before's amounts
    list_note: str | None = None  # over the list
    list_new: Literal["column", "name", "no"] = "column"
    list_parts: bool = False  # a programme of two offices has a row of each
    # what else a block has
    bar_office: bool = False  # at the right end of the title's bar, and no footer
    title_again: str | None = None  # on the second page of a block, which is cut behind 事業概要
    sections: Literal["no", "before table", "after table"] = "no"
    section: Literal["heading", "bold", "box"] = "heading"
    section_text: str = "{heading}"
    figure: Literal["no", "below", "beside"] = "no"  # a picture with a caption
    contact: Literal["no", "footer", "line"] = "no"
    attributes: Literal["no", "table", "lines"] = "no"

    @property
    def list_says_page(self) -> bool:
        """A report without page numbers has no column for them either."""
        return self.page_number is not None


def year_head(year: int, form: YearHead) -> str:
    """A fiscal year in the head of a column."""
    era, letter, first = ("令和", "R", 2019) if year >= 2019 else ("平成", "H", 1989)
    number = year - first + 1
    plain = "元" if number == 1 else str(number)
    if form == "gregorian":
        return f"{year}年度"
    if form == "letter":
        return f"{letter}{plain}"
    if form == "era":
        return f"{era}{plain}年度"
    return f"{plain.translate(str.maketrans('0123456789', '０１２３４５６７８９')) if form == 'wide' else plain}年度"


def short_year(year: int) -> str:
    """R5, in the heads of the list."""
    return year_head(year, "letter")


PLAIN = Style()

FAMILIES: dict[str, Style] = {
    # a column of kinds, and last year's amounts in the cells of this year's
    "kinds and last year": replace(
        PLAIN,
        list_heads=ListHeads(budget="{year}事業費\n上段（ ）は前年度", is_new="区分", offices="所管課"),
        new_mark="新規",
        ongoing_mark="継続",
        list_previous=True,
        subtotal="合計",
        title="box",
        block_break="none",
    ),
    # as the samples are
    "bars": PLAIN,
    "boxes": replace(
        PLAIN,
        title="box",
        title_text="{name}",
        overview="【事業の概要】",
        results="【事業の実績】",
        block_break="none",
        year_head="letter",
        page_number="－{page}－",
        first_page=21,
        value_align="right",
        footer="【担当課】 {offices}",
        header="青森県中小企業振興施策実施状況報告書",
    ),
    "numbered lines": replace(
        PLAIN,
        title="plain",
        title_text="（{number}） {name}",
        overview="１ 事業概要",
        results="２ 事業実績",
        bold_headings=False,
        block_break="none",
        year_head="wide",
        page_number="{page}",
        footer="担当課：{offices}",
        footer_align="left",
        chapter="基本方針{number}　{title}",
    ),
    "bold lines": replace(
        PLAIN,
        title="bold",
        title_text="{number}. {name}",
        overview="■事業概要",
        results="■事業実績",
        block_break="two",
        year_head="era",
        page_number="{page} / {of}",
        rules="filled",
        shaded_head=True,
        item_head="指標名",
        list_heads=ListHeads("番号", "事業名称", "決算額\n（千円）", "新規", "所管課", "頁"),
        subtotal="合計",
    ),
    "no titles": replace(PLAIN, title="none", block_break="page", page_number="{page}", year_head="era"),
    "three rules": replace(
        PLAIN,
        title="bold",
        rules="three",
        list_rules="three",
        overview="＜事業概要＞",
        results="＜事業実績＞",
        block_break="none",
        value_align="right",
        year_head="era",
    ),
    "dotted": replace(PLAIN, rules="dotted", list_rules="dotted", title="box", year_head="letter", value_align="right"),
    "no rules": replace(PLAIN, rules="none", title="bold", block_break="two", value_align="right", year_head="era"),
    "forms": replace(
        PLAIN,
        form=True,
        title="none",
        overview="事業概要",
        results="事業実績",
        block_break="none",
        footer="{offices}",
        list_heads=ListHeads("No", "事業名", "予算額\n(千円)", "新規", "担当課", "掲載ページ"),
    ),
    "targets": replace(PLAIN, targets="columns", title="bar", name_share=0.36, year_head="bare", block_break="none"),
    "targets under years": replace(
        PLAIN, targets="merged", title="bold", name_share=0.36, year_head="era", item_head="成果指標", shaded_head=True
    ),
    "unit column": replace(
        PLAIN,
        unit_column=True,
        title="box",
        year_head="gregorian",
        value_align="right",
        item_head="項目",
        name_share=0.5,
    ),
    "narrow names": replace(
        PLAIN,
        name_share=0.3,
        title="plain",
        title_text="{number}　{name}",
        block_break="none",
        value_align="left",
        year_head="letter",
        item_head="区分",
    ),
    "plain headings": replace(
        PLAIN,
        title="plain",
        title_text="{number}　{name}",
        overview="事業の概要",
        results="事業の実績",
        bold_headings=False,
        indent=True,
        block_break="page",
        page_number=None,
        chapter="第{number}章　{title}",
    ),
    "landscape": replace(
        PLAIN,
        landscape=True,
        block_break="none",
        page_number="{page}",
        year_head="era",
        justified=False,
        header="中小企業振興施策実施状況",
    ),
    "header and number in one line": replace(
        PLAIN, page_number_on_top=True, header="中小企業振興施策実施状況", block_break="two", title="box"
    ),
    "rotated": replace(PLAIN, rotated=True, landscape=True, block_break="two", year_head="wide"),
    "cropped": replace(
        PLAIN,
        crop=36.0,
        first_page=5,
        page_number="{page}頁",
        year_head="letter",
        budget_yen=1,
        list_heads=ListHeads(budget="{year}決算額\n（円）"),
    ),
    # offices that fill their cell to the last character
    "tight list": replace(PLAIN, list_name_share=0.405, title="bold", block_break="none"),
    "over pages": replace(
        PLAIN, size=15.0, block_break="none", title="bold", repeated_head=True, row_padding=9.0, first_page=99
    ),
    "over pages, heads once": replace(
        PLAIN, size=15.0, block_break="none", title="bar", repeated_head=False, row_padding=9.0, value_align="right"
    ),
}
