"""The 2022 and 2023 samples: what a reader finds who holds the two lists and their blocks side by side.

All of it was typed from the pages (2022: 22 to 40, 2023: 22 to 48), before anything was computed. The 2022 sample is
made up around real figures: what is renamed, ended and restated in it was put there.
"""

from functools import cache

from extractor.records.report import Report
from extractor.records.trends import ProgrammeAt, YearsReport
from extractor.trends.trends import build_trends
from reports import GOLDEN

NEW = {
    (5, "労働力確保体制強化事業(県外からの人材還流)"),
    (24, "デジタルトランスフォーメーション推進事業費(人財育成・確保)"),
    (27, "労働力確保体制強化事業"),
    (29, "新たなビジネスを創出する次世代トップリーダー育成事業"),
    (30, "中小企業等グリーントランスフォーメーション(GX)推進事業"),
}
ENDED = {(33, "県内企業人財確保緊急対策事業"), (34, "テレワーク導入促進事業")}
RENAMED = {
    ((9, "中南地域ものづくり企業若者採用力強化事業"), (10, "中南地域ものづくり企業等若者採用力向上事業")),
    ((23, "中小企業採用活動オンライン化推進事業"), (25, "中小企業採用活動デジタル化推進事業")),
}
# The numbers of 2022 and of 2023.
CONTINUED = {
    *((1, 1), (2, 2), (3, 3), (4, 4), (5, 6), (6, 7), (7, 8), (8, 9), (10, 11), (11, 12), (12, 13), (13, 14)),
    *((14, 15), (15, 16), (16, 17), (17, 18), (18, 19), (19, 20), (20, 21), (21, 22), (22, 23), (24, 26), (25, 28)),
    *((26, 31), (27, 32), (28, 33), (29, 34), (30, 35), (31, 36), (32, 37)),
}
RESTATED = {
    (
        "「青森の価値・魅力」発信による若者の県内定着・還流促進事業",
        "県内高校生等に向けたプロモーション対象生徒数",
        (2022,),
        "4,436名",
        "4,463名",
    ),
    ("中高年就職支援事業", "就職者数", (2022,), "128名", "130名"),
}
# Which division became which, and the numbers that its programmes have in 2023.
DIVISIONS = {
    ("renamed", "労政・能力開発課", "若者定着還流促進課", (2, 3, 4, 6, 7, 8, 9, 10, 11, 21, 22, 25, 26)),
    ("renamed", "地域産業課", "地域企業支援課", (31,)),
}


@cache
def years() -> YearsReport:
    texts = [(GOLDEN / f"aomori-sme-{year}.json").read_text(encoding="utf-8") for year in (2022, 2023)]
    return build_trends([Report.model_validate_json(text) for text in texts])


def named(programme: ProgrammeAt) -> tuple[int | None, str | None]:
    return programme.number, programme.name


def test_what_is_new() -> None:
    assert {named(*one.after) for one in years().new} == NEW
    assert len(years().new) == len(NEW)


def test_what_has_ended() -> None:
    assert {named(*one.before) for one in years().ended} == ENDED
    assert len(years().ended) == len(ENDED)


def test_what_is_renamed() -> None:
    assert {(named(*one.before), named(*one.after)) for one in years().renamed} == RENAMED
    assert len(years().renamed) == len(RENAMED)


def test_what_goes_on() -> None:
    assert {(one.before[0].number, one.after[0].number) for one in years().continued} == CONTINUED
    assert len(years().continued) == len(CONTINUED)


def test_nothing_is_split_merged_or_doubtful() -> None:
    report = years()
    assert (report.split, report.merged) == ((), ())
    every = (*report.new, *report.ended, *report.renamed, *report.continued)
    assert [one.reason for one in every if one.doubtful] == []


def test_what_is_restated() -> None:
    found = [(one.programme, one.metric, one.fiscal_years, one.before.raw, one.after.raw) for one in years().restated]
    assert sorted(found) == sorted(RESTATED)


def test_which_divisions_are_others() -> None:
    found = [
        (one.kind, one.before, one.after, tuple(link.after.number for link in one.programmes))
        for one in years().divisions
    ]
    assert sorted(found) == sorted(DIVISIONS)


def test_the_marks_of_the_list_hold() -> None:
    """All that is new is marked ○, and nothing else: only the restated figures are noted."""
    assert [note.code for note in years().notes] == ["restated-value", "restated-value"]


def test_budgets() -> None:
    """The largest, and a renamed one: 435,222 to 363,014 and 12,371 to 10,427 thousand yen."""
    found = {one.after[0].name: (one.amount_before, one.amount_after, one.percent) for one in years().budgets}
    assert found["離職者等再就職訓練事業"] == (435_222, 363_014, -16.6)
    assert found["中小企業採用活動デジタル化推進事業"] == (12_371, 10_427, -15.7)
    assert len(found) == len(CONTINUED) + len(RENAMED)


def test_a_metric_over_all_years() -> None:
    """ジョブカフェ: 52,699名, 52,289名 (in both reports), 55,552名."""
    (series,) = [
        one for one in years().metrics if one.programme == "ジョブカフェあおり運営・推進事業" and one.name == "利用者数"
    ]
    assert [(one.report, one.fiscal_year, one.raw) for one in series.statements] == [
        ("aomori-sme-2022", 2021, "52,699名"),
        ("aomori-sme-2022", 2022, "52,289名"),
        ("aomori-sme-2023", 2022, "52,289名"),
        ("aomori-sme-2023", 2023, "55,552名"),
    ]
