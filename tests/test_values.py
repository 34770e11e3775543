"""Properties of numbers and values: what is printed is what is read, and nothing else ever is."""

import re

from hypothesis import given
from hypothesis import strategies as st

from extractor.grammar.numerals import parse_number
from extractor.grammar.quantities import read_budget, read_value
from extractor.grammar.vocabulary import load_vocabulary

COUNTERS = [word for word in load_vocabulary().counters.words if not word.isascii()]
SCRAPS = [
    "名",
    "件",
    "延べ",
    "約",
    "計 ",
    " ",
    "、",
    "(",
    ")",
    "8月",
    "～",
    "R6.2.29現在",
    "△",
    "-",
    "－",
    ",",
    ".",
    "/",
    "※",
]
SCRAPS += [
    "億",
    "万",
    "千円",
    "%",
    "令和5年度",
    "3日間",
    "県外",
    "第2回",
    "十数",
    "①",
    "½",
    "٣",
    "1",
    "22",
    "4,463",
    "0",
    "１２",
]


@given(st.integers(-(10**14), 10**14))
def test_every_whole_number_is_read_as_it_is_printed(value: int) -> None:
    printed = f"{value:,}".replace("-", "△")
    assert parse_number(printed) == value
    assert parse_number(printed.translate(str.maketrans("0123456789,", "０１２３４５６７８９，"))) == value


@given(st.integers(0, 10**9), st.sampled_from(COUNTERS), st.sampled_from(["", "延べ ", "約", "計 延べ "]))
def test_every_counted_amount_is_read(value: int, counter: str, before: str) -> None:
    found = read_value(f"{before}{value:,}{counter}", 2023)
    assert [(one.value, one.unit) for one in found.quantities] == [(value, counter)]
    assert " ".join(found.quantities[0].qualifiers) == before.strip()


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(COUNTERS))
def test_two_amounts_stay_two(a: int, b: int, counter: str) -> None:
    found = read_value(f"{a}{counter} {b}{counter}", 2023)
    assert [one.value for one in found.quantities] == [a, b]


@given(st.lists(st.sampled_from(SCRAPS), max_size=8).map("".join))
def test_no_amount_is_read_that_is_not_printed(text: str) -> None:
    found = read_value(text, 2023)
    if found.status != "read":
        assert found.quantities == ()
        return
    # Times and ordinals are figures too, so there are no more amounts than figures.
    assert found.quantities
    assert all(-(10**15) < one.value < 10**15 for one in found.quantities)
    figures = re.findall(r"[0-9０-９][0-9０-９,，.．億万千]*", text)
    assert len(found.quantities) <= len(figures)


@given(st.text(max_size=40))
def test_no_text_stops_a_reader(text: str) -> None:
    assert read_value(text, 2023).status in {"read", "absent", "blank", "unreadable"}
    amount, why = read_budget(text, "千円")
    assert amount is None or why is None
