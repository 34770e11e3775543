"""Footers and list cells as they are printed, uneven brackets and all."""

import pytest

from extractor.grammar.office_names import office_keys, read_offices
from extractor.profiles.profile import load_profile
from extractor.records.report import Office

WORDS = load_profile().offices


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(担当課：若者定着還流促進課)", [("若者定着還流促進課", (), None)]),
        ("担当課：港湾課", [("港湾課", (), None)]),
        # the sample's programme 2: a bracket that closes twice, and the groups behind it
        (
            "(担当課：若者定着還流促進課) U I Jターン促進グループ、県内定着促進グループ)",
            [("若者定着還流促進課", ("UIJターン促進グループ", "県内定着促進グループ"), None)],
        ),
        # programme 22: two divisions with a group each
        (
            "(担当課：若者定着還流促進課 雇用促進グループ) 産業イノベーション推進課 職業能力開発グループ)",
            [
                ("若者定着還流促進課", ("雇用促進グループ",), None),
                ("産業イノベーション推進課", ("職業能力開発グループ",), None),
            ],
        ),
        # programme 31: a bureau in a bracket within the bracket
        (
            "（担当課：地域企業支援課 中小企業支援グループ（三八地域県民局））",
            [("地域企業支援課", ("中小企業支援グループ",), "三八地域県民局")],
        ),
        ("DX推進課 (西北地域県民局)", [("DX推進課", (), "西北地域県民局")]),
        # programme 24: letters spread out
        ("(担当課 : D X 推進課 産業・しごと D X グループ)", [("DX推進課", ("産業・しごとDXグループ",), None)]),
        # programme 4: the blank between division and group went with the blanks of the letters
        (
            "(担当課：若者定着還流促進課 U I J ターン促進グループ)",
            [("若者定着還流促進課", ("UIJターン促進グループ",), None)],
        ),
        # programme 16: a centre in a division's place
        ("(担当課：総合社会教育センター 育成研修課)", [("総合社会教育センター", ("育成研修課",), None)]),
        (
            "(担当課：エネルギー開発振興課 むつ小川原開発・量子科学振興グループ)",
            [("エネルギー開発振興課", ("むつ小川原開発・量子科学振興グループ",), None)],
        ),
        ("地域課題対策課企画グループ", [("地域課題対策課", ("企画グループ",), None)]),
        (
            "(担当課：港湾課 企画班、整備班、水産課 加工グループ (南地域県民局))",
            [("港湾課", ("企画班", "整備班"), None), ("水産課", ("加工グループ",), "南地域県民局")],
        ),
        # two divisions, each of which filled its line of the cell
        ("若者定着還流促進課地域企業支援課", [("若者定着還流促進課", (), None), ("地域企業支援課", (), None)]),
        (
            "食ブランド・流通推進課総合社会教育センター",
            [("食ブランド・流通推進課", (), None), ("総合社会教育センター", (), None)],
        ),
        ("子ども放課後支援課", [("子ども放課後支援課", (), None)]),
        ("", []),
    ],
)
def test_offices(text: str, expected: list[tuple[str, tuple[str, ...], str | None]]) -> None:
    found = read_offices(text, WORDS)
    assert [(one.division, one.groups, one.bureau) for one in found.offices] == expected
    assert found.unknown == ()


def test_a_word_that_ends_as_no_office_is_kept_and_named() -> None:
    found = read_offices("(担当課：港湾課 みなとづくり協議会)", WORDS)
    assert found.offices == (Office(division="港湾課", groups=("みなとづくり協議会",), bureau=None),)
    assert found.unknown == ("みなとづくり協議会",)


def test_groups_and_order_do_not_make_offices_differ_but_bureaux_do() -> None:
    a = read_offices("港湾課 (南地域県民局) 水産課", WORDS).offices
    b = read_offices("水産課 加工グループ、港湾課 企画班 (南地域県民局)", WORDS).offices
    assert office_keys(a) == office_keys(b)
    assert office_keys(a) != office_keys(read_offices("港湾課 水産課", WORDS).offices)
