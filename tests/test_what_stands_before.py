"""Properties of cells: what is read was understood from its first character to its last."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.grammar.cell_tokens import cut_into_tokens
from extractor.grammar.characters import BRACKETS, LETTERS, LINES, WAVES
from extractor.grammar.quantities import read_budget, read_value
from extractor.grammar.vocabulary import load_vocabulary
from made_up import BLOCKS, MadeUp

WORDS = load_vocabulary()
COUNTERS = [word for word in WORDS.counters.words if not word.isascii()]
CELLS = [cell for cell, _ in (*WORDS.labels.examples, *WORDS.signs.examples, *WORDS.qualifiers.examples)]
CELLS += [cell for cell, _, _ in WORDS.counters.examples]
# All that any rule takes: letters and figures, counters, brackets, joints, lines, bullets, white space.
KNOWN = re.compile(
    rf"[{LETTERS}0-9\s、。;:・/&,.+※*△▲−○●◎◇◆□■①-⑳{LINES}{WAVES}"
    rf"{re.escape(''.join([*BRACKETS, *BRACKETS.values(), *WORDS.counters.words]))}㋿㍻㍼㍽㍾]"
)
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
AMOUNTS = st.tuples(st.integers(1, 10**9), st.sampled_from(COUNTERS)).map(lambda one: f"{one[0]:,}{one[1]}")
SCRAPS = [
    *"（）【】「」、・：／～－-+△▲※○①?!_ x",
    "減",
    "マイナス",
    "約",
    "延べ",
    "計",
    "東青",
    "参加者数",
    "R5年3月",
    "から",
    "欠",
]


@given(st.text(max_size=40) | st.lists(st.sampled_from([*SCRAPS, "12名", "3"]), max_size=8).map("".join))
def test_tokens_are_together_the_whole_text(text: str) -> None:
    assert "".join(one.text for one in cut_into_tokens(text)) == text


@given(st.sampled_from(CELLS), st.integers(0, 40), st.characters(blacklist_categories=["Cs"]))
def test_a_sign_that_no_rule_takes_makes_any_cell_unreadable(cell: str, at: int, sign: str) -> None:
    assert read_value(cell, 2023).status == "read"
    if not KNOWN.match(sign.translate(WIDE)):
        assert read_value(cell[:at] + sign + cell[at:], 2023).status == "unreadable"


@given(st.lists(st.sampled_from(SCRAPS), max_size=4).map("".join), AMOUNTS)
def test_nothing_before_an_amount_is_lost(before: str, amount: str) -> None:
    """Whatever stands there: a sign makes the amount negative once, and a doubtful word has it unread."""
    found = read_value(before + amount, 2023)
    if found.status != "read":
        return
    (plain,) = read_value(amount, 2023).quantities
    signs = len(re.findall("△|▲|減|マイナス|[－-]", re.sub(r"(?<=R5年3月)[－-]|[－-](?=R5年3月)", "", before)))
    assert signs <= 1
    assert (found.quantities[-1].value, found.quantities[-1].unit) == (plain.value * (-1) ** signs, plain.unit)
    assert not set(before) & set("?!_x欠")


@given(st.lists(st.sampled_from(SCRAPS), min_size=1, max_size=3).map("".join), st.integers(1, 10**9))
def test_nothing_before_a_budget_is_lost(before: str, value: int) -> None:
    amount, why = read_budget(f"{before}{value:,}", "千円")
    if amount is None:
        assert why
        return
    wanted = {"△": -1, "▲": -1, "減": -1, "マイナス": -1, "-": -1, "－": -1, "+": 1, "": 1}
    assert amount == value * wanted[re.sub(r"[（）\s]", "", before)]


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("マイナス2名", [-2]),
        ("▲マイナス2名", []),
        ("?2名", []),
        ("ÿ2名", []),
        ("(－)2名", []),
        ("減2名", [-2]),
        ("x2名", []),
    ],
)
def test_a_report_says_what_stands_before_a_figure(tmp_path: Path, cell: str, values: list[int]) -> None:
    blocks = tuple(replace(one, rows=(f"参加者数\t10名\t{cell}",)) for one in BLOCKS)
    report = MadeUp(blocks=blocks).read(tmp_path)
    for policy in report.policies:
        for programme in policy.programmes:
            (_, now) = programme.metrics[0].observations
            assert [one.value for one in now.quantities] == values
            assert now.status == ("read" if values else "unreadable")
    said = [one for one in report.findings if one.code == "unreadable-value"]
    assert len(said) == (0 if values else len(blocks))
    assert all(cell in one.message for one in said)
