"""Axes of metric tables: which heads say year, kind, part, unit, group; nothing is taken for another, none lost."""

import pytest

from extractor.structure.metric_tables import continue_metrics, read_metric_table
from grids import AOMORI, Said, draw_grid, read_grid, tell


@pytest.mark.parametrize(
    ("drawing", "values"),
    [
        pytest.param(
            """
            品目 | 5年度 | < | < | 4年度 | < | <
            ^ | 上期 | 下期 | 計 | 上期 | 下期 | 計
            出荷箱数 | 30箱 | 12箱 | 42箱 | 9箱 | 5箱 | 14箱
            """,
            [
                *("出荷箱数 2023 上期 30箱", "出荷箱数 2023 下期 12箱", "出荷箱数 2023 42箱"),
                *("出荷箱数 2022 上期 9箱", "出荷箱数 2022 下期 5箱", "出荷箱数 2022 14箱"),
            ],
            id="parts under years",
        ),
        pytest.param(
            """
            指標名 | 時期 | R4 | R5
            相談件数 | 前半 | 7件 | 8件
            ^ | 後半 | 9件 | －
            """,
            ["相談件数 2022 前半 7件", "相談件数 2023 前半 8件", "相談件数 2022 後半 9件", "相談件数 2023 後半 absent"],
            id="parts as rows",
        ),
        pytest.param(
            """
            年度 | 期別 | 出店者数 | 開催回数
            令和4年度 | 上半期 | 3者 | 1回
            ^ | 下半期 | 4者 | 2回
            令和5年度 | 上半期 | 5者 | 3回
            ^ | 下半期 | 6者 | 4回
            """,
            [
                *(
                    "出店者数 2022 上半期 3者",
                    "出店者数 2022 下半期 4者",
                    "出店者数 2023 上半期 5者",
                    "出店者数 2023 下半期 6者",
                ),
                *(
                    "開催回数 2022 上半期 1回",
                    "開催回数 2022 下半期 2回",
                    "開催回数 2023 上半期 3回",
                    "開催回数 2023 下半期 4回",
                ),
            ],
            id="years and parts down",
        ),
        pytest.param(
            """
            成果指標 | 目標値 | < | 実績値 | <
            ^ | R5 | R6 | R4 | R5
            受講者数 | 40人 | 45人 | 31人 | 39人
            """,
            [
                *("受講者数 2023 target 40人", "受講者数 2024 target 45人"),
                *("受講者数 2022 31人", "受講者数 2023 39人"),
            ],
            id="years under kinds",
        ),
        pytest.param(
            """
            KPI | 基準値（R元） | 実績（R5） | 目標（R7） | 進捗率
            新規就農者数 | 20人 | 26人 | 30人 | 60%
            """,
            [
                "新規就農者数 2019 20人",
                "新規就農者数 2023 26人",
                "新規就農者数 2025 target 30人",
                "新規就農者数 進捗率: 60%",
            ],
            id="a year in each head",
        ),
        pytest.param(
            """
            指標 | 区分 | R4 | R5 | 備考
            定着率 | 計画 | 70% | 75% | 翌春の調査
            ^ | 実績 | 72% | 71% | ^
            訪問数 | 計画 | 5回 | 6回 |
            ^ | 実績 | 5回 | 7回 | ^
            """,
            [
                *(
                    "定着率 2022 plan 70%",
                    "定着率 2023 plan 75%",
                    "定着率 2022 72%",
                    "定着率 2023 71%",
                    "定着率 備考: 翌春の調査",
                ),
                *("訪問数 2022 plan 5回", "訪問数 2023 plan 6回", "訪問数 2022 5回", "訪問数 2023 7回"),
            ],
            id="kinds as rows, a remark beside both",
        ),
        pytest.param(
            """
            年度 | 来場者数 | < | 展示数
            ^ | 目標 | 実績 | ^
            R4 | 10人 | 12人 | 3点
            R5 | 11人 | 13人 | 4点
            """,
            [
                *("来場者数 2022 target 10人", "来場者数 2023 target 11人", "来場者数 2022 12人", "来場者数 2023 13人"),
                *("展示数 2022 3点", "展示数 2023 4点"),
            ],
            id="years down, kinds under one item",
        ),
        pytest.param(
            """
            項目 | 目標 | 実績
            【令和4年度】 | < | <
            参加者数 | 10名 | 12名
            【令和5年度】 | < | <
            参加者数 | 11名 | 13名
            """,
            [
                *("参加者数 2022 target 10名", "参加者数 2022 12名"),
                *("参加者数 2023 target 11名", "参加者数 2023 13名"),
            ],
            id="years as titles of rows",
        ),
        pytest.param(
            """
            令和4年度 | < | <
            区分 | 目標 | 実績
            採択数 | 3件 | 2件
            """,
            ["採択数 2022 target 3件", "採択数 2022 2件"],
            id="a year over the head",
        ),
        pytest.param(
            """
            区分（令和4年度） | 目標 | 実績
            採択数 | 3件 | 2件
            """,
            ["採択数 2022 target 3件", "採択数 2022 2件"],
            id="a year in the corner",
        ),
        pytest.param(
            """
            項目 | R4.4～R5.3 | R5.4～R6.3
            登録数 | 5社 | 6社
            """,
            ["登録数 2022 5社", "登録数 2023 6社"],
            id="years as periods",
        ),
        pytest.param(
            """
            項目 | 令和5年3月31日現在 | 令和6年3月31日現在
            登録数 | 5社 | 6社
            """,
            ["登録数 2022 5社", "登録数 2023 6社"],
            id="days at which was counted",
        ),
        pytest.param(
            """
            項目 | (4年度) 5年度
            登録数 | （5社） 6社
            """,
            ["登録数 2022 5社", "登録数 2023 6社"],
            id="last year in brackets before",
        ),
        pytest.param(
            """
            項目 | R5 目標／実績
            登録数 | 5社／6社
            訪問数 | －
            """,
            [
                *("登録数 2023 target 5社", "登録数 2023 6社"),
                *("訪問数 2023 target absent", "訪問数 2023 absent"),
            ],
            id="two kinds in a cell",
        ),
        pytest.param(
            """
            区分 | 指標 | 4年度 | 5年度
            活動指標 | 訪問数 | 10社 | 12社
            ^ | 相談数 | 3件 | 4件
            成果指標 | 成約数 | 1件 | 2件
            """,
            [
                *(
                    "活動指標>訪問数 2022 10社",
                    "活動指標>訪問数 2023 12社",
                    "活動指標>相談数 2022 3件",
                    "活動指標>相談数 2023 4件",
                ),
                *("成果指標>成約数 2022 1件", "成果指標>成約数 2023 2件"),
            ],
            id="a column of groups",
        ),
        pytest.param(
            """
            項目 | 年度 | 目標 | 実績
            【活動指標】 | < | < | <
            訪問数 | R4 | 10社 | 12社
            ^ | R5 | 11社 | 13社
            【成果指標】 | < | < | <
            成約数 | R4 | 1件 | 2件
            ^ | R5 | 3件 | 4件
            """,
            [
                *("【活動指標】>訪問数 2022 target 10社", "【活動指標】>訪問数 2022 12社"),
                *("【活動指標】>訪問数 2023 target 11社", "【活動指標】>訪問数 2023 13社"),
                *("【成果指標】>成約数 2022 target 1件", "【成果指標】>成約数 2022 2件"),
                *("【成果指標】>成約数 2023 target 3件", "【成果指標】>成約数 2023 4件"),
            ],
            id="titles of groups over rows of observations",
        ),
        pytest.param(
            """
            年度 | R4 | R5
            受講者数（目標） | 30人 | 35人
            受講者数（実績） | 28人 | 36人
            """,
            [
                *("受講者数（目標） 2022 target 30人", "受講者数（目標） 2023 target 35人"),
                *("受講者数（実績） 2022 28人", "受講者数（実績） 2023 36人"),
            ],
            id="the kind in the name",
        ),
    ],
)
def test_each_value_has_its_item_year_kind_and_part(drawing: str, values: list[str]) -> None:
    assert read_grid(drawing) == Said(values, [], [])


@pytest.mark.parametrize(
    ("drawing", "caption", "values"),
    [
        ("項目（単位：千人） | R5\n来場者数 | 12", None, ["来場者数 2023 12000人"]),
        ("項目 | R5（百万円）\n売上高 | 1.5", None, ["売上高 2023 1500000円"]),
        ("単位：件 | R4 | R5\n相談数 | 10 | 12", None, ["相談数 2022 10件", "相談数 2023 12件"]),
        ("項目 | R4 | R5\n相談数 | 10 | 12", "（単位：千件）", ["相談数 2022 10000件", "相談数 2023 12000件"]),
        (" | | 単位：校\n項目 | R4 | R5\n訪問数 | 1 | 2", None, ["訪問数 2022 1校", "訪問数 2023 2校"]),
        ("項目 | R4 | R5\n^ | （校） | （校）\n訪問数 | 1 | 2", None, ["訪問数 2022 1校", "訪問数 2023 2校"]),
        ("項目 | 単位 | R5\n来場者数 | 千人 | 3", None, ["来場者数 2023 3000人"]),
        ("項目 | R5\n来場者数（千人） | 3", None, ["来場者数（千人） 2023 3000人"]),
    ],
)
def test_a_unit_is_applied_wherever_it_stands(drawing: str, caption: str | None, values: list[str]) -> None:
    assert read_grid(drawing, caption=caption) == Said(values, [], [])


def test_columns_that_name_no_year_are_of_the_reports_and_it_is_said_once() -> None:
    said = read_grid("項目 | 第1四半期 | 第2四半期 | 合計\n訪問数 | 1社 | 2社 | 3社", 2024)
    assert said.values == ["訪問数 2024 第1四半期 1社", "訪問数 2024 第2四半期 2社", "訪問数 2024 3社"]
    assert said.codes == ["layout-drift.no-year"]


@pytest.mark.parametrize(
    "drawing",
    [
        "項目 | 目標値 | 目標年度 | 実績値\n訪問数 | 9社 | R8 | 4社",
        "項目 | 目標値 | 実績値\n訪問数 | 9社（R8） | 4社",
    ],
)
def test_a_goal_has_the_year_that_stands_beside_it(drawing: str) -> None:
    said = read_grid(drawing, 2024)
    assert [line.rpartition(" ")[0] for line in said.values] == ["訪問数 2026 target", "訪問数 2024"]
    assert said.unplaced == []


def test_a_goal_without_a_year_beside_years_is_not_guessed() -> None:
    said = read_grid("項目 | R4 | R5 | 目標\n訪問数 | 1社 | 2社 | 3社")
    assert said == Said(["訪問数 2022 1社", "訪問数 2023 2社"], ["unknown-year-column.none"], ["3社"])


def test_a_table_that_is_not_understood_is_one_finding() -> None:
    said = read_grid("項目 | 男性 | 女性 | 若者\n訪問数 | 1人 | 2人 | 3人\n相談数 | 4人 | 5人 | 6人")
    assert said == Said([], ["unknown-year-column.all"], ["1人", "2人", "3人", "4人", "5人", "6人"])


def test_titles_that_contradict_the_columns_are_said() -> None:
    said = read_grid("項目 | R4 | R5\n【令和5年度】 | < | <\n訪問数 | 1社 | 2社\n相談数 | 3社")
    assert "unknown-year-column.title" in said.codes


@pytest.mark.parametrize(
    ("head", "first", "then", "values"),
    [
        (
            "項目 | 4年度 | 5年度",
            "訪問数 | 1社 | 2社",
            "相談数 | 中止 | 4件",
            ["相談数 2022 absent", "相談数 2023 4件"],
        ),
        (
            "項目 | 区分 | R4 | R5",
            "訪問数 | 目標 | 1社 | 2社\n^ | 実績 | 1社 | 2社",
            "相談数 | 目標 | 3件 | 4件\n^ | 実績 | 5件 | 6件",
            ["相談数 2022 target 3件", "相談数 2023 target 4件", "相談数 2022 5件", "相談数 2023 6件"],
        ),
        ("年度 | 訪問数 | 相談数", "R4 | 1社 | 2件", "R5 | 3社 | 4件", ["訪問数 2023 3社", "相談数 2023 4件"]),
        ("項目 | 4年度 | 5年度", "訪問数 | 1社 | 2社", " | 3社 | 4社", ["訪問数 2022 3社", "訪問数 2023 4社"]),
    ],
)
def test_rows_on_the_next_page_have_the_head_of_the_first(head: str, first: str, then: str, values: list[str]) -> None:
    before = read_metric_table(draw_grid(f"{head}\n{first}"), AOMORI)
    assert before is not None
    more = continue_metrics(draw_grid(then, page=2), before, AOMORI)
    assert more is not None
    assert tell(more) == Said(values, [], [])
    assert {place.page for place in more.table.source} == {2}  # type: ignore[union-attr]
    again = continue_metrics(draw_grid(then, page=3), more, AOMORI)
    assert again is not None
    assert tell(again) == Said(values, [], [])


def test_another_table_with_as_many_columns_does_not_go_on() -> None:
    before = read_metric_table(draw_grid("項目 | 4年度 | 5年度\n訪問数 | 1社 | 2社"), AOMORI)
    assert before is not None
    assert continue_metrics(draw_grid("港湾課 | 岸 | 課長\n水産課 | 沖 | 係長"), before, AOMORI) is None
