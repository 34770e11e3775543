"""Every word list of vocabulary.toml against its own examples and counter-examples."""

from collections import Counter

import pytest

from extractor.grammar.block_lines import find_line_kind
from extractor.grammar.column_heads import names_year, parse_column_head, stands_beside_years
from extractor.grammar.item_names import counter_fits, find_item, is_total_name, split_components
from extractor.grammar.listed_cells import find_listed_kind
from extractor.grammar.quantities import CellValue, read_budget, read_value
from extractor.grammar.vocabulary import ItemKind, load_vocabulary

YEAR = 2023
WORDS = load_vocabulary()
QUALIFIERS = WORDS.qualifiers
ITEMS = pytest.mark.parametrize("item", WORDS.item, ids=[item.endings[0] for item in WORDS.item])


def value_of(text: str) -> CellValue:
    return read_value(text, YEAR)


def amounts(text: str) -> list[tuple[float, str | None, tuple[str, ...]]]:
    return [(float(one.value), one.unit, one.qualifiers) for one in value_of(text).quantities]


def unit_of(cell: str) -> str:
    (quantity,) = value_of(cell).quantities
    assert quantity.unit is not None
    return quantity.unit


def twice(words: tuple[str, ...]) -> list[str]:
    return [word for word, count in Counter(words).items() if count > 1]


def test_every_list_has_examples_and_counter_examples() -> None:
    bare = [item.endings[0] for item in WORDS.item if not (item.examples and item.counter_examples)]
    bare += ["counters"] * (not (WORDS.counters.examples and WORDS.counters.counter_examples))
    bare += ["qualifiers"] * (not (QUALIFIERS.examples and QUALIFIERS.counter_examples))
    bare += ["signs"] * (not (WORDS.signs.examples and WORDS.signs.counter_examples))
    bare += ["labels"] * (not (WORDS.labels.examples and WORDS.labels.counter_examples))
    bare += ["composite"] * (not (WORDS.composite.examples and WORDS.composite.counter_examples))
    assert bare == []


@pytest.mark.parametrize(("name", "parts"), WORDS.composite.examples)
def test_composite_example_is_split(name: str, parts: tuple[str, ...]) -> None:
    assert split_components(name) == parts


@pytest.mark.parametrize("name", WORDS.composite.counter_examples)
def test_composite_counter_example_is_one_thing(name: str) -> None:
    assert split_components(name) == ()


@pytest.mark.parametrize("word", [*WORDS.composite.between, *WORDS.composite.behind_counts])
def test_every_joint_parts_two_counts_and_no_name_in_brackets(word: str) -> None:
    assert split_components(f"開催件数{word}求人開拓数") == ("開催件数", "求人開拓数")
    assert split_components(f"「開催件数{word}求人開拓数」調査の回収率") == ()


@pytest.mark.parametrize("word", WORDS.composite.no_endings)
def test_no_ending_is_no_count(word: str) -> None:
    assert word.endswith(WORDS.composite.endings)
    assert split_components(f"{word}・参加者数") == ()


@pytest.mark.parametrize(("text", "value", "unit"), WORDS.counters.examples)
def test_counter_example_is_read(text: str, value: float, unit: str) -> None:
    assert amounts(text) == [(value, unit, ())]


@pytest.mark.parametrize("text", WORDS.counters.counter_examples)
def test_counter_counter_example_is_unreadable(text: str) -> None:
    assert (value_of(text).status, amounts(text)) == ("unreadable", [])


@pytest.mark.parametrize("word", WORDS.counters.words)
def test_counter_is_read_whole(word: str) -> None:
    # Fails where a shorter counter, an era or a time takes a part of the word.
    assert amounts(f"12{word}") == [(12, word, ())]


@pytest.mark.parametrize(("text", "expected"), QUALIFIERS.examples)
def test_qualifier_example_is_read(text: str, expected: tuple[str, ...]) -> None:
    assert tuple(word for _, _, found in amounts(text) for word in found) == expected


@pytest.mark.parametrize("text", QUALIFIERS.counter_examples)
def test_qualifier_counter_example_holds_none(text: str) -> None:
    assert [found for _, _, found in amounts(text)] == [()]


@pytest.mark.parametrize("word", QUALIFIERS.before)
def test_qualifier_before_is_read_whole(word: str) -> None:
    assert amounts(f"{word}12名") == amounts(f"{word} 12名") == [(12, "名", (word,))]


@pytest.mark.parametrize("word", QUALIFIERS.after)
def test_qualifier_after_is_read_whole(word: str) -> None:
    assert amounts(f"12名{word}") == [(12, "名", (word,))]


@pytest.mark.parametrize(("text", "value"), WORDS.signs.examples)
def test_sign_example_is_read(text: str, value: float) -> None:
    assert [one for one, _, _ in amounts(text)] == [value]


@pytest.mark.parametrize("text", WORDS.signs.counter_examples + WORDS.labels.counter_examples)
def test_sign_or_label_counter_example_is_unreadable(text: str) -> None:
    assert (value_of(text).status, amounts(text)) == ("unreadable", [])


@pytest.mark.parametrize("word", WORDS.signs.all)
def test_word_of_sign_is_read_whole(word: str) -> None:
    wanted = -12 if word in WORDS.signs.all_negative else 12
    for text in (f"{word}12名", f"{word} 12名", f"({word}) 12名", f"({word}12名)"):
        assert amounts(text) == [(wanted, "名", ())]
    assert read_budget(f"{word}12", "千円") == read_budget(f"（{word}）１２", "千円") == (wanted, None)
    for text in (f"{word}{word}12名", f"12名{word}", f"12名 {word}", f"{word}東青12名", f"東青{word}的12名"):
        assert value_of(text).status == "unreadable"


@pytest.mark.parametrize(("text", "value"), WORDS.signs.budgets)
def test_budget_with_a_sign_is_read(text: str, value: int) -> None:
    assert read_budget(text, "千円") == (value, None)


@pytest.mark.parametrize("text", WORDS.signs.budget_counter_examples)
def test_budget_with_another_word_is_not_read(text: str) -> None:
    assert read_budget(text, "千円")[0] is None
    assert read_budget(text, "千円")[1]


@pytest.mark.parametrize(("text", "values"), WORDS.labels.examples)
def test_label_example_is_read(text: str, values: tuple[float, ...]) -> None:
    assert tuple(one for one, _, _ in amounts(text)) == values


@pytest.mark.parametrize("word", [*WORDS.labels.single, *WORDS.labels.kana, *WORDS.labels.latin])
def test_word_that_may_stand_before_a_figure(word: str) -> None:
    assert amounts(f"{word}12名") == amounts(f"{word} 12名") == [(12, "名", ())]


@pytest.mark.parametrize("word", WORDS.labels.doubtful)
def test_doubtful_word_is_swallowed_in_no_other(word: str) -> None:
    for text in (f"東青{word}12名", f"{word}東青 12名", f"東青（{word}東青） 12名", f"{word}東青 東青 12名"):
        assert value_of(text).status == "unreadable", text


@pytest.mark.parametrize("word", WORDS.labels.clear)
def test_clear_word_holds_a_doubtful_one_and_is_none(word: str) -> None:
    assert any(one in word for one in WORDS.labels.doubtful)
    assert amounts(f"{word}東青 12名") == [(12, "名", ())]


@ITEMS
def test_item_example_fits(item: ItemKind) -> None:
    # The name must be told by this item: any counter fits a name that none tells.
    assert [find_item(name) for name, _ in item.examples] == [item] * len(item.examples)
    assert [name for name, cell in item.examples if not counter_fits(name, unit_of(cell))] == []


@ITEMS
def test_item_counter_example_does_not_fit(item: ItemKind) -> None:
    assert [find_item(name) for name, _ in item.counter_examples] == [item] * len(item.counter_examples)
    assert [name for name, cell in item.counter_examples if counter_fits(name, unit_of(cell))] == []


@ITEMS
def test_item_units_are_counters_that_a_cell_can_have(item: ItemKind) -> None:
    assert set(item.units) - set(WORDS.counters.words) == set()


def test_no_word_stands_twice() -> None:
    lists = {"counters": WORDS.counters.words, "before": QUALIFIERS.before, "after": QUALIFIERS.after}
    lists |= {item.endings[0]: item.units for item in WORDS.item}
    # An ending of two items would leave it to their order which of them tells.
    lists["endings"] = tuple(ending for item in WORDS.item for ending in item.endings)
    assert {name: twice(words) for name, words in lists.items() if twice(words)} == {}


@pytest.mark.parametrize(("head", "year", "planned"), WORDS.columns.examples)
def test_head_of_a_column_is_read(head: str, year: int, planned: str) -> None:
    found = parse_column_head(head, YEAR)
    assert found is not None
    assert (found.year, found.planned or "") == (year, planned)
    assert names_year(head)


@pytest.mark.parametrize(("head", "year", "part"), WORDS.columns.part_examples)
def test_head_of_a_part_of_a_year_is_read(head: str, year: int, part: str) -> None:
    found = parse_column_head(head, YEAR)
    assert found is not None
    assert (found.year, found.part or "") == (year, part)


@pytest.mark.parametrize("head", WORDS.columns.part_counter_examples)
def test_head_that_is_no_part_of_one_year(head: str) -> None:
    assert parse_column_head(head, YEAR) is None


@pytest.mark.parametrize("cell", WORDS.absent.examples)
def test_cell_that_says_that_it_has_no_value(cell: str) -> None:
    assert read_value(cell, YEAR).status == "absent"


@pytest.mark.parametrize("cell", WORDS.absent.counter_examples)
def test_cell_that_only_holds_a_word_of_no_value(cell: str) -> None:
    assert read_value(cell, YEAR).status == "unreadable"


@pytest.mark.parametrize("head", WORDS.columns.counter_examples)
def test_head_of_a_column_that_is_none_of_a_year(head: str) -> None:
    assert parse_column_head(head, YEAR) is None


@pytest.mark.parametrize("head", WORDS.columns.beside_examples)
def test_head_of_a_column_beside_those_of_years(head: str) -> None:
    assert stands_beside_years(head)
    assert not names_year(head)


@pytest.mark.parametrize("head", WORDS.columns.beside_counter_examples)
def test_head_of_a_column_that_is_not_known_to_stand_beside_years(head: str) -> None:
    assert not stands_beside_years(head)


def test_the_unit_in_the_head_of_a_column() -> None:
    heads = [
        "4年度",
        "4年度（人）",
        "4年度 (単位：千円)",
        "実績（件）4年度",
        "R5 計画値（人）",
        "令和4年度（2022）（社）",
    ]
    assert [found and found.unit for found in (parse_column_head(head, YEAR) for head in heads)] == [
        None,
        "人",
        "千円",
        "件",
        "人",
        "社",
    ]


@pytest.mark.parametrize(("one", "other"), WORDS.names.examples)
def test_names_of_one_thing_differ_in_its_kind_alone(one: str, other: str) -> None:
    assert WORDS.names.without_kind(one) == WORDS.names.without_kind(other) != one


@pytest.mark.parametrize(("one", "other"), WORDS.names.counter_examples)
def test_names_of_two_things_differ_without_their_kind(one: str, other: str) -> None:
    assert WORDS.names.without_kind(one) != WORDS.names.without_kind(other)


TOTALS = WORDS.totals


@pytest.mark.parametrize(
    ("name", "starts", "ends"),
    [
        *((name, True, None) for name in TOTALS.examples),
        *((name, False, None) for name in TOTALS.counter_examples),
        *((name, None, True) for name in TOTALS.ending_examples),
        *((name, None, False) for name in TOTALS.ending_counter_examples),
    ],
)
def test_total_is_told_from_other_words(name: str, starts: bool | None, ends: bool | None) -> None:
    assert starts is None or is_total_name(name) == starts
    assert ends is None or is_total_name(name, at="end") == ends


@pytest.mark.parametrize("word", TOTALS.words)
def test_total_alone_is_one_in_every_place(word: str) -> None:
    assert is_total_name(word)
    assert is_total_name(word, at="end")
    assert is_total_name(word, at="whole")
    assert not is_total_name(f"{word}の内訳", at="whole")


def test_no_word_of_cells_and_prose_is_listed_twice() -> None:
    counters, words = WORDS.counters, WORDS.qualifiers
    assert twice(counters.words + counters.prose_words) == []
    assert twice(words.before + words.prose_before) == []
    assert twice(words.after + words.prose_after) == []
    assert set(words.no_prose) <= set(words.before)


@pytest.mark.parametrize(("text", "kind"), WORDS.listed.examples)
def test_listed_example_says_its_kind(text: str, kind: str) -> None:
    assert find_listed_kind(text) == kind


@pytest.mark.parametrize("text", WORDS.listed.counter_examples)
def test_listed_counter_example_says_nothing(text: str) -> None:
    assert find_listed_kind(text) is None


@pytest.mark.parametrize(("text", "kind"), WORDS.blocks.examples)
def test_line_of_a_block_is_of_its_kind(text: str, kind: str) -> None:
    assert find_line_kind(text) == kind


@pytest.mark.parametrize("text", WORDS.blocks.counter_examples)
def test_line_of_prose_is_of_no_kind(text: str) -> None:
    assert find_line_kind(text) is None
