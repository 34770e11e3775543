"""Headings and titles in every dress that reports give them, and prose that only looks like one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.pipeline import read_report
from extractor.records.report import LineSpan, Report
from made_up import BLOCKS, Block, MadeUp, changed, codes, programmes

FORMS = [
    "【 {} 】",
    "■{}",
    "＜{}＞",
    "〔{}〕",
    "《{}》",
    "◇{}◇",
    "{}：",
    "◎ {}",
    "(1) {}",
    "１．【{}】",
    "【{}】：",
    "{}",
]


def dressed(form: str, blocks: tuple[Block, ...] = BLOCKS) -> tuple[Block, ...]:
    return tuple(
        replace(
            one, overview=form.format("事業概要"), results=form.replace("1", "2").replace("１", "２").format("事業実績")
        )
        for one in blocks
    )


def titled(make: Callable[[Block], str]) -> tuple[Block, ...]:
    return tuple(replace(one, title=make(one)) for one in BLOCKS)


def passages(report: Report) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(one.overview.paragraphs, one.results.paragraphs) for one in programmes(report)]


PASSAGES = [((f"{one.name}の概要を書く。",), (f"{one.name}を進めた。",)) for one in BLOCKS]


@pytest.mark.parametrize("form", FORMS)
def test_headings_in_every_dress(form: str, tmp_path: Path) -> None:
    report = MadeUp(blocks=dressed(form)).read(tmp_path)
    assert passages(report) == PASSAGES
    assert codes(report) == []


@pytest.mark.parametrize(
    ("overview", "results"), [("【事業の概要】", "【事業の実績】"), ("１ 事業概要", "２ 事業の実績")]
)
def test_other_words_of_the_headings(overview: str, results: str, tmp_path: Path) -> None:
    blocks = tuple(replace(one, overview=overview, results=results) for one in BLOCKS)
    report = MadeUp(blocks=blocks).read(tmp_path)
    assert (passages(report), codes(report)) == (PASSAGES, [])


RUN_INS = ["【{}】", "【 {} 】　", "■{}　", "{}：", "{}　", "＜{}＞ ", "(1) {} ", "〔{}〕：", "・{}："]


def run_in(form: str, blocks: tuple[Block, ...]) -> str:
    """A report whose headings stand on the line of their text."""
    text = MadeUp(blocks=blocks).text()
    for word in ("事業概要", "事業実績"):
        text = text.replace(f"【 {word} 】\n\n", form.format(word))
    return text


@pytest.mark.parametrize("titles", [True, False])
@pytest.mark.parametrize("form", RUN_INS)
def test_a_heading_with_its_text_on_the_same_line(form: str, titles: bool, tmp_path: Path) -> None:
    blocks = titled(lambda one: f"{one.number}　{one.name}") if titles else BLOCKS
    path = tmp_path / "made-up.txt"
    path.write_text(run_in(form, blocks), encoding="utf-8")
    report = read_report(path)
    assert passages(report) == PASSAGES
    assert codes(report) == []
    lines = path.read_text(encoding="utf-8").split("\n")
    for one in programmes(report):
        (place,) = one.overview.source
        assert isinstance(place, LineSpan)
        assert one.overview.paragraphs[0] in lines[place.line - 1]


@pytest.mark.parametrize(
    "line",
    [
        "【事業概要】のとおり実施した。",
        "事業実績：延べ10名が参加した。",
        "事業概要　及び事業実績を県のサイトに載せた。",
        "【事業実績】、【事業概要】を参照のこと。",
        "事業実績については別に述べる。",
        "事業概要を書いた冊子を配った。",
    ],
)
def test_prose_that_has_a_headings_word_stays_prose(line: str, tmp_path: Path) -> None:
    report = MadeUp(blocks=changed(2, prose=f"塾を開いた。\n\n{line}\n\nまた開く。")).read(tmp_path)
    assert programmes(report)[1].results.paragraphs == ("塾を開いた。", line.replace("　", " "), "また開く。")
    assert codes(report) == []


def test_a_heading_that_goes_on_goes_on(tmp_path: Path) -> None:
    prose = "塾を開いた。\n\n【事業実績】（つづき）\n\nまた開いた。"
    report = MadeUp(blocks=changed(2, prose=prose)).read(tmp_path)
    assert programmes(report)[1].results.paragraphs == ("塾を開いた。", "また開いた。")
    assert codes(report) == []


@pytest.mark.parametrize("form", ["{}", "◇{}◇", "（３）{}", "３　{}", "【{}】"])
def test_an_unknown_heading_in_the_dress_of_the_known_ones_is_drift(form: str, tmp_path: Path) -> None:
    known = form if "３" not in form else form.replace("３", "１")
    blocks = tuple(
        replace(one, overview=known.format("事業概要"), results=known.replace("１", "２").format("事業実績"))
        for one in BLOCKS
    )
    third = replace(blocks[2], prose=f"塾を開いた。\n\n{form.format('今後の方向')}\n\n12回開く。")
    report = MadeUp(blocks=(*blocks[:2], third, *blocks[3:])).read(tmp_path)
    assert programmes(report)[2].results.paragraphs == ("塾を開いた。",)
    assert [(one.heading, one.paragraphs) for one in programmes(report)[2].sections] == [
        (form.format("今後の方向").replace("３　", "3 ").replace("（３）", "（3）"), ("12回開く。",))
    ]
    assert {"layout-drift"} == {code for code, _ in codes(report)}


BEFORE_NAME = [
    "({n}) ",
    "（{n}）",
    "{n}　",
    "{n}．",
    "{c} ",
    "{c}",
    "事業{n}　",
    "No.{n} ",
    "■ ",
    "",
    "2-{n} ",
    "【{n}】",
]


@pytest.mark.parametrize("form", BEFORE_NAME)
def test_titles_in_every_form(form: str, tmp_path: Path) -> None:
    blocks = titled(lambda one: form.format(n=one.number, c="①②③④⑤"[one.number - 1]) + one.name)
    # Out of the list's order, so that only the titles can tell which block is which.
    report = MadeUp(blocks=(*blocks[2:], *blocks[:2])).read(tmp_path)
    assert passages(report) == PASSAGES
    assert {code for code, _ in codes(report)} == {"number-gap"}


def test_a_title_whose_number_is_none_of_the_list_is_known_by_its_name(tmp_path: Path) -> None:
    report = MadeUp(blocks=titled(lambda one: f"{one.number + 20}　{one.name}")).read(tmp_path)
    assert passages(report) == PASSAGES
    assert [code for code, _ in codes(report)] == ["number-gap"] * 5


def test_a_name_that_begins_with_a_figure_is_not_parted(tmp_path: Path) -> None:
    name = "21世紀の港づくり事業"
    rows = changed(2, name=name)
    blocks = tuple(replace(one, title=one.name if one.number == 2 else f"{one.number}　{one.name}") for one in rows)
    assert codes(MadeUp(rows=rows, blocks=blocks).read(tmp_path)) == []


@pytest.mark.parametrize("form", ["{}（新規）", "{}【新規】", "【新規】{}", "{}\n\n（新規）", "{} 新規"])
def test_a_mark_beside_a_title_is_no_part_of_the_name(form: str, tmp_path: Path) -> None:
    blocks = tuple(
        replace(one, title=form.format(f"{one.number}　{one.name}") if one.number == 3 else None) for one in BLOCKS
    )
    report = MadeUp(blocks=blocks).read(tmp_path)
    assert [code for code, _ in codes(report)] == ["unplaced-text"]
    assert [one.text.strip("（）【】") for one in report.unplaced] == ["新規"]
    assert programmes(report)[2].is_new is True


def test_a_mark_that_is_in_the_listed_name_stays_there(tmp_path: Path) -> None:
    rows = changed(3, name="雪国ものづくり塾事業（新規）")
    blocks = tuple(replace(one, title=f"{one.number}　{one.name}") for one in rows)
    assert codes(MadeUp(rows=rows, blocks=blocks).read(tmp_path)) == []


OVER = ["{title}　　　（{offices}）", "{title}　　{offices}", "{title}\n\n（{offices}）", "{title}\n\n{offices}"]


@pytest.mark.parametrize("form", OVER)
def test_offices_beside_or_under_the_title_are_the_blocks_own(form: str, tmp_path: Path) -> None:
    blocks = tuple(
        replace(
            one,
            title=form.format(title=f"{one.number}　{one.name}", offices=one.footer.strip("()").replace(":", "：")),
            footer="",
        )
        for one in BLOCKS
    )
    report = MadeUp(blocks=blocks).read(tmp_path)
    assert codes(report) == []
    assert [one.offices[0].division for one in programmes(report)] == [one.listed for one in BLOCKS]
    # The same where no title says whose they are.
    if "\n" not in form:
        return
    blocks = tuple(
        replace(one, title=form.format(title="", offices=one.footer.strip("()")).strip(), footer="") for one in BLOCKS
    )
    report = MadeUp(blocks=blocks).read(tmp_path)
    assert [one.offices[0].division for one in programmes(report)] == [one.listed for one in BLOCKS]


def test_offices_in_a_bracket_without_a_label_behind_a_listed_name(tmp_path: Path) -> None:
    blocks = tuple(replace(one, title=f"{one.number}　{one.name}（{one.listed}）", footer="") for one in BLOCKS)
    report = MadeUp(blocks=blocks).read(tmp_path)
    assert codes(report) == []
    assert [one.offices[0].division for one in programmes(report)] == [one.listed for one in BLOCKS]


def test_a_title_that_runs_over_two_lines(tmp_path: Path) -> None:
    half = {one.number: len(one.name) // 2 for one in BLOCKS}
    blocks = titled(lambda one: f"{one.number}　{one.name[: half[one.number]]}\n\n{one.name[half[one.number] :]}")
    report = MadeUp(blocks=blocks).read(tmp_path)
    assert (passages(report), codes(report)) == (PASSAGES, [])
