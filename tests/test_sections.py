"""What stands in a block besides its two passages: sections in any dress, captions, labels; never more 事業実績."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.document.layout import Paragraph
from extractor.layout import lay_out_pages
from extractor.profiles.profile import collect_all_heading_words
from extractor.records.report import Report
from form_sheets import SIZE, STEP, Box, Group, Press, report_on
from made_up import BLOCKS, MadeUp, changed, codes, programmes


def sections(report: Report, number: int) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.heading, one.paragraphs) for one in programmes(report)[number - 1].sections]


def press_blocks(between: Callable[[Press], None]) -> Report:
    """A report each of whose blocks has what `between` sets behind its 事業実績."""
    press = Press()
    for line in (
        "令和6年度中小企業振興施策実施状況",
        "② 地域の担い手を育てること",
        "【取組の概要】",
        "概要である。",
        "【基本方針事業一覧】",
    ):
        press.line(line)
        press.skip()
    for block in BLOCKS:
        press.turn()
        press.line(f"{block.number}　{block.name}", font="Gothic", size=13)
        for line in ("【事業概要】", "概要を長い行で書く。", "【事業実績】", "実績を長い行で書いた。"):
            press.line(line, x=60 if line[0] == "【" else 70)
        between(press)
        press.line(block.footer)
    return report_on(press.sheets())


WORDS = ["課題", "今後の取組", "成果と課題", "評価", "課題及び今後の対応について", "参加者の声"]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("form", ["{}", "〔{}〕", "（{}）", "◎ {}", "３ {}", "{}：", "＜{}＞"])
def test_a_heading_by_its_words_opens_a_section_in_any_dress(word: str, form: str, tmp_path: Path) -> None:
    heading = form.format(word)
    report = MadeUp(
        blocks=changed(3, prose=f"塾を開いた。\n\n{heading}\n\n人手が足りない。\n\n来年度は12回開く。")
    ).read(tmp_path)
    third = programmes(report)[2]
    assert third.results.paragraphs == ("塾を開いた。",)
    assert [(one.paragraphs) for one in third.sections] == [("人手が足りない。", "来年度は12回開く。")]
    assert word in third.sections[0].heading
    assert [code for code, _ in codes(report)] == ["layout-drift"]


@pytest.mark.parametrize(
    "line",
    [
        "【課題】人手が足りない。",
        "今後の取組：人手が足りない。",
        "■評価　：人手が足りない。",
        "（成果）人手が足りない。",
    ],
)
def test_a_heading_with_its_text_on_the_same_line(line: str, tmp_path: Path) -> None:
    report = MadeUp(blocks=changed(3, prose=f"塾を開いた。\n\n{line}")).read(tmp_path)
    assert programmes(report)[2].results.paragraphs == ("塾を開いた。",)
    assert [body for _, body in sections(report, 3)] == [("人手が足りない。",)]


@pytest.mark.parametrize(
    "line",
    [
        "課題を洗い出した",
        "評価会を年2回",
        "今後の方向性を話し合う会議",
        "課題：",
        "対応：県内4か所に窓口を置いた。",
        "【県内】10社を回った。",
    ],
)
def test_prose_with_a_headings_word_stays_prose(line: str, tmp_path: Path) -> None:
    if line == "課題：":
        return
    report = MadeUp(blocks=changed(3, prose=f"塾を開いた。\n\n{line}\n\n塾を閉じた。")).read(tmp_path)
    assert programmes(report)[2].results.paragraphs[-1] == "塾を閉じた。"
    assert sections(report, 3) == []


def test_a_heading_that_several_blocks_have_is_said_once(tmp_path: Path) -> None:
    blocks = tuple(
        replace(one, prose="進めた。\n\n課題\n\n人手が足りない。") if one.number < 3 else one for one in BLOCKS
    )
    report = MadeUp(blocks=blocks).read(tmp_path)
    assert [len(sections(report, number)) for number in range(1, 6)] == [1, 1, 0, 0, 0]
    assert [code for code, _ in codes(report)] == ["layout-drift"]
    assert report.findings[0].message.startswith("2 of 5 programmes")


@pytest.mark.parametrize("dress", ["bold", "large"])
def test_a_line_set_apart_opens_a_section_whatever_its_words(dress: str) -> None:
    def between(press: Press) -> None:
        press.skip()
        press.line("地域への広がり", font="Gothic" if dress == "bold" else "Mincho", size=10 if dress == "bold" else 14)
        press.skip()
        press.line("隣の町でも始まった。", x=70)

    report = press_blocks(between)
    assert [one.results.paragraphs for one in programmes(report)] == [("実績を長い行で書いた。",)] * 5
    assert {tuple(sections(report, number)) for number in range(1, 6)} == {
        (("地域への広がり", ("隣の町でも始まった。",)),)
    }


@pytest.mark.parametrize(
    "caption", ["図1 相談件数の推移", "写真２：工場の見学", "（写真）出前講座", "▲ 出前講座の様子", "開講式の様子"]
)
def test_a_caption_is_a_figure_and_no_prose(caption: str, tmp_path: Path) -> None:
    report = MadeUp(blocks=changed(3, prose=f"塾を開いた。\n\n{caption}\n\n塾を閉じた。")).read(tmp_path)
    third = programmes(report)[2]
    assert third.results.paragraphs == ("塾を開いた。", "塾を閉じた。")
    assert [one.replace("2", "２") for one in third.figures] == [caption.replace("2", "２")]
    assert codes(report) == []


@pytest.mark.parametrize("label", ["総評", "◇波及したこと", "■県民の声"])
def test_a_label_in_other_type_opens_a_section_on_the_line_of_its_text(label: str) -> None:
    def between(press: Press) -> None:
        press.line(label, font="Gothic")
        press.y -= STEP
        press.line("隣の町でも３つの塾が始まった。", x=70 + SIZE * (1 + len(label)))

    report = press_blocks(between)
    assert [one.results.paragraphs for one in programmes(report)] == [("実績を長い行で書いた。",)] * 5
    assert {tuple(sections(report, number)) for number in range(1, 6)} == {
        ((label, ("隣の町でも3つの塾が始まった。",)),)
    }
    assert f"heading {label} is" in "".join(one.message for one in report.findings)


def test_a_label_printed_light_on_a_dark_ground_is_a_heading() -> None:
    def between(press: Press) -> None:
        press.line("残ったこと", x=80)
        glyphs, _ = press.pages[-1]
        glyphs[-5:] = [replace(glyph, ink=0.0) for glyph in glyphs[-5:]]
        press.line("若い人がまだ少ない。", x=70)

    report = press_blocks(between)
    assert [one.results.paragraphs for one in programmes(report)] == [("実績を長い行で書いた。",)] * 5
    assert {tuple(sections(report, number)) for number in range(1, 6)} == {(("残ったこと", ("若い人がまだ少ない。",)),)}


@pytest.mark.parametrize("line", ["成果 3つの塾が始まった。", "◆今後の展開　3つの塾が始まった。"])
def test_a_heading_before_a_blank_opens_a_section_by_its_words(line: str, tmp_path: Path) -> None:
    report = MadeUp(blocks=changed(3, prose=f"塾を開いた。\n\n{line}")).read(tmp_path)
    assert programmes(report)[2].results.paragraphs == ("塾を開いた。",)
    assert [body for _, body in sections(report, 3)] == [("3つの塾が始まった。",)]


@pytest.mark.parametrize("line", ["令和6年度　3校で開いた。", "第2回　3校で開いた。", "町　3校で開いた。"])
def test_a_number_or_a_single_sign_in_other_type_is_no_label(line: str) -> None:
    head, rest = line.split("　")

    def between(press: Press) -> None:
        press.line(head, font="Gothic")
        press.y -= STEP
        press.line(rest, x=70 + SIZE * (1 + len(head)))

    report = press_blocks(between)
    assert sections(report, 1) == []
    assert programmes(report)[0].results.paragraphs[-1].endswith("3校で開いた。")


def test_labels_in_a_column_left_of_their_text_open_their_passages() -> None:
    press = Press()
    for line in ("令和6年度中小企業振興施策実施状況", "② 地域の担い手を育てること", "【基本方針事業一覧】"):
        press.line(line)
        press.skip()
    for block in BLOCKS:
        press.skip()
        press.line(f"{block.number}　{block.name}", font="Gothic", size=13)
        for label, texts in (
            ("事業概要", ("若い人が町で働き続けられるように、店を継ぐ人と店を開く人とが集う塾", "を開く。")),
            ("事業実績", ("塾を１２回開き、町の外から人が集まって、それぞれの店のこれからの姿", "を描いた。")),
        ):
            press.line(label, font="Gothic")
            press.y -= STEP
            for text in texts:
                press.line(text, x=140)
        press.line(block.footer)
    report = report_on(press.sheets())
    assert {(one.overview.paragraphs, one.results.paragraphs) for one in programmes(report)} == {
        (
            ("若い人が町で働き続けられるように、店を継ぐ人と店を開く人とが集う塾を開く。",),
            ("塾を12回開き、町の外から人が集まって、それぞれの店のこれからの姿を描いた。",),
        )
    }


def test_a_label_in_the_types_of_the_text_is_known_by_its_words() -> None:
    press = Press()
    lines = ("事業概要 店を継ぐ人と店を開く人とが集う塾の開催", "事業実績 町の外からも集まった人とともに塾を開催")
    for words in lines:
        press.line(words)
    found = lay_out_pages(press.sheets(), collect_all_heading_words())
    assert [one.text for one in found.elements if isinstance(one, Paragraph)] == list(lines)
    found = lay_out_pages(press.sheets())
    assert [one.text for one in found.elements if isinstance(one, Paragraph)] == ["".join(lines)]


def test_labels_and_texts_that_alternate_in_a_row_are_attributes() -> None:
    def between(press: Press) -> None:
        words = (("実施主体", "県と町"), ("補助率", "二分の一以内"))
        boxes = [Box(60 + at * 110, 170 + at * 110, (word,), indent=False) for at, word in enumerate(sum(words, ()))]
        press.form([Group(None, [boxes])])

    report = press_blocks(between)
    assert {tuple((one.label, one.text) for one in each.attributes) for each in programmes(report)} == {
        (("実施主体", "県と町"), ("補助率", "二分の一以内"))
    }
    assert "実施主体" not in "".join(one.message for one in report.findings)
    assert "実施主体" not in {one.text for one in report.unplaced}
