"""What a table is: one answer for each profile, whoever asks, with all that the steps behind need of it."""

from extractor.document.layout import Cell, Table
from extractor.document.outline import ListTable, MetricTable
from extractor.profiles.profile import Profile, find_profile, load_profile
from extractor.structure.forms.fields import FormTable
from extractor.structure.list_tables import continue_list
from extractor.structure.table_roles import classify_table

AOMORI = load_profile()
LIST = [["No", "事業名", "事業費", "担当課"], ["1", "港の事業", "1,200", "港湾課"]]
METRICS = [["項目名", "令和4年度", "令和5年度"], ["参加者数", "12名", "15名"]]
FORM = [["事業名", "港の事業"], ["担当課", "港湾課"], ["事業概要", "港を直した。"], ["事業実績", "港を2か所直した。"]]


def _table(rows: list[list[str]]) -> Table:
    cells = tuple(Cell(row, column, text, ()) for row, texts in enumerate(rows) for column, text in enumerate(texts))
    return Table(cells, len(rows), max(map(len, rows)), ())


def _nobeoka() -> Profile:
    profile = find_profile("nobeoka-budget")
    assert profile is not None
    return profile


def test_a_table_is_a_list_metrics_a_form_or_nothing() -> None:
    assert isinstance(classify_table(_table(LIST), AOMORI).content, ListTable)
    assert isinstance(classify_table(_table(METRICS), AOMORI).content, MetricTable)
    assert isinstance(classify_table(_table(FORM), AOMORI).content, FormTable)
    assert classify_table(_table([["港", "船"], ["青森", "3"]]), AOMORI).content is None


def test_the_answer_is_kept_with_the_table_for_each_profile() -> None:
    table = _table(FORM)
    assert classify_table(table, AOMORI) is classify_table(table, AOMORI)
    # A profile without a word for 事業概要 sees no form in it.
    assert not isinstance(classify_table(table, _nobeoka()).content, FormTable)
    assert isinstance(classify_table(table, AOMORI).content, FormTable)


def test_a_head_that_is_not_known_makes_metrics_with_years_all_the_same() -> None:
    known = classify_table(_table(METRICS), AOMORI).content
    unknown = classify_table(_table([["港", *METRICS[0][1:]], METRICS[1]]), AOMORI).content
    assert isinstance(known, MetricTable)
    assert known.is_known
    assert isinstance(unknown, MetricTable)
    assert not unknown.is_known


def test_too_few_columns_are_no_list_but_are_named() -> None:
    role = classify_table(_table([["事業名", "事業費"], ["港の事業", "1,200"]]), AOMORI)
    assert not isinstance(role.content, ListTable)
    assert role.list_fields == {"name", "budget"}


def test_a_list_says_which_heads_are_doubtful_and_its_continuation_has_none() -> None:
    head = [*LIST[0], "海域", "新規・掲載頁"]
    found = classify_table(_table([head, [*LIST[1], "陸奥湾", "27"]]), AOMORI).content
    assert isinstance(found, ListTable)
    assert [cell.text for cell in found.unknown_heads] == ["海域"]
    assert [cell.text for cell in found.ambiguous_heads] == ["新規・掲載頁"]
    more = continue_list(_table([["2", "船の事業", "300", "港湾課", "津軽海峡", "28"]]), found)
    assert more is not None
    assert more.body == (0,)
    assert not more.unknown_heads
    assert not more.ambiguous_heads
