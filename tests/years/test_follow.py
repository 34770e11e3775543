"""Programmes followed from year to year: made-up cases of many shapes."""

import time
from collections.abc import Sequence
from random import Random

import pytest

from extractor.records.report import Report
from extractor.records.trends import Continuity, YearsReport
from extractor.trends.series_ids import SeriesRegister
from extractor.trends.trends import CannotFollow, build_trends
from yearly import Made, Table, report

NURSERY = Made(
    "保育士確保対策事業",
    "保育所で働く人を増やすため、離職した保育士の復職を支える研修と、就職相談会を行う。",
    "復職研修を三つの市で開き、受講した人の多くが保育所に勤めることとなった。",
    {"復職研修受講者数": {2021: "48名", 2022: "53名"}, "就職相談会来場者数": {2021: "215名", 2022: "268名"}},
)
ELDERLY = Made(
    "認知症高齢者見守り事業",
    "認知症の人が住み慣れた町で暮らせるよう、商店や交通機関と結んで見守りの網を広げる。",
    "見守り協定を結ぶ店が増え、行方の分からなくなった人を早く見付けることができた。",
    {
        "見守り協定締結件数": {2021: "31件", 2022: "44件"},
        "サポーター養成講座受講者数": {2021: "1,204名", 2022: "1,377名"},
    },
    ("長寿社会課",),
)
BARRIER = Made(
    "公共施設バリアフリー化補助",
    "車椅子で使える便所や傾斜路を市町村が設ける費用の一部を補助する。",
    "十二の施設で工事が終わり、利用者から使いやすくなったとの声が寄せられた。",
    {"補助件数": {2021: "9件", 2022: "12件"}, "整備済施設の割合": {2021: "61%", 2022: "67%"}},
    ("障害福祉課",),
)
BASE = (NURSERY, ELDERLY, BARRIER)


def later(made: Made, **changes: object) -> Made:
    """The programme a year on: the last year's figures once more, and others for this year."""
    metrics = {
        name: {2022: values[2022], 2023: values[2022].replace("1", "2").replace("4", "5")}
        for name, values in made.metrics.items()
    }
    return made.but(**({"metrics": metrics} | changes))


def both(before: Sequence[Made], after: Sequence[Made]) -> YearsReport:
    return build_trends([report(2022, before), report(2023, after)])


def told(one: Continuity) -> tuple[str, list[str | None], list[str | None]]:
    return one.kind, [at.name for at in one.before], [at.name for at in one.after]


def all_told(years: YearsReport) -> list[tuple[str, list[str | None], list[str | None]]]:
    lists = (years.continued, years.renamed, years.new, years.ended, years.split, years.merged)
    return [told(one) for those in lists for one in those]


def test_the_same_programmes_go_on_whatever_their_numbers() -> None:
    years = both(BASE, [later(one) for one in (BARRIER, NURSERY, ELDERLY)])
    assert sorted(all_told(years)) == sorted(("continued", [one.name], [one.name]) for one in BASE)
    assert not any(one.doubtful for one in years.continued)
    assert (years.restated, years.notes, years.divisions) == ((), (), ())


def test_two_names_that_change_places_with_their_numbers_are_told_apart_by_all_else() -> None:
    """Number 1 and 2 are exchanged, and both have another name."""
    years = both(
        BASE, [later(ELDERLY, name="見守りネットワーク推進"), later(NURSERY, name="保育人材応援"), later(BARRIER)]
    )
    assert [told(one) for one in years.renamed] == [
        ("renamed", [ELDERLY.name], ["見守りネットワーク推進"]),
        ("renamed", [NURSERY.name], ["保育人材応援"]),
    ]


def test_all_is_another_but_the_metrics() -> None:
    other = later(
        ELDERLY,
        name="地域で支え合うまち創生",
        overview="だれもが役割を持つ社会をめざし、住民同士の助け合いを後押しする。",
        results="各地で催しを重ねた。",
        divisions=("地域共生室",),
    )
    years = both(BASE, [later(NURSERY), other, later(BARRIER)])
    assert [told(one) for one in years.renamed] == [("renamed", [ELDERLY.name], [other.name])]
    assert (years.new, years.ended) == ((), ())
    assert "metrics and figures" in years.renamed[0].reason


def test_what_is_not_alike_is_new_and_has_ended() -> None:
    other = Made(
        "森林環境学習推進事業",
        "小学生が山の働きを学ぶ。",
        "七校で行った。",
        {"実施校数": {2022: "5校", 2023: "7校"}},
        is_new=True,
    )
    years = both(BASE, [later(NURSERY), later(BARRIER), other])
    assert [told(one) for one in (*years.new, *years.ended)] == [
        ("new", [], [other.name]),
        ("ended", [ELDERLY.name], []),
    ]
    assert not any(one.doubtful for one in (*years.new, *years.ended))
    assert years.notes == ()


WHOLE = Made(
    "子育て家庭総合支援事業",
    NURSERY.overview + ELDERLY.overview,
    NURSERY.results + ELDERLY.results,
    NURSERY.metrics | ELDERLY.metrics,
)


@pytest.mark.parametrize("kept", [True, False], ids=["one part keeps the name", "no part keeps the name"])
def test_a_split(kept: bool) -> None:
    one = later(NURSERY, name=WHOLE.name if kept else NURSERY.name, is_new=not kept)
    years = both([WHOLE, BARRIER], [later(BARRIER), one, later(ELDERLY, is_new=True)])
    (split,) = years.split
    assert [at.name for at in split.before] == [WHOLE.name]
    assert {at.name for at in split.after} == {one.name, ELDERLY.name}
    assert (years.new, years.ended, years.renamed, years.merged) == ((), (), (), ())
    assert [told(one) for one in years.continued] == [("continued", [BARRIER.name], [BARRIER.name])]
    # Both parts are marked as new, or one is: that is no contradiction.
    assert years.notes == ()
    (budget,) = [one for one in years.budgets if len(one.after) == 2]
    assert (budget.amount_before, budget.amount_after, budget.percent) == (1_000, 2_000, 100.0)


@pytest.mark.parametrize("kept", [True, False], ids=["it keeps a name", "it has another name"])
def test_a_merger(kept: bool) -> None:
    whole = later(WHOLE, name=NURSERY.name if kept else WHOLE.name)
    years = both(BASE, [whole, later(BARRIER)])
    (merged,) = years.merged
    assert {at.name for at in merged.before} == {NURSERY.name, ELDERLY.name}
    assert [at.name for at in merged.after] == [whole.name]
    assert (years.new, years.ended, years.renamed, years.split) == ((), (), (), ())
    # The figures are followed all the same.
    (series,) = [one for one in years.metrics if one.label == "見守り協定締結件数"]
    assert [one.report for one in series.statements] == ["made-2022", "made-2022", "made-2023", "made-2023"]


def test_a_label_that_another_has_too_makes_no_split() -> None:
    """The new programme counts what the old one still counts."""
    new = Made(
        "相談会開催事業",
        "若い人の悩みを聞く。",
        "聞いた。",
        {"就職相談会来場者数": {2022: "99名", 2023: "80名"}},
        is_new=True,
    )
    years = both(BASE, [*(later(one) for one in BASE), new])
    assert [told(one) for one in years.new] == [("new", [], [new.name])]
    assert years.split == ()


def test_what_the_old_one_still_has_makes_no_split() -> None:
    """The new programme repeats two figures and a sentence of the old one, which still has them itself."""
    figures = dict(list(later(WHOLE).metrics.items())[:2])
    new = Made("保育だより発行", NURSERY.overview, "年に二度、全ての保育所に配った。", figures, is_new=True)
    years = both([WHOLE, BARRIER], [later(WHOLE), later(BARRIER), new])
    assert [told(one) for one in years.new] == [("new", [], [new.name])]
    assert years.split == ()


def test_one_figure_alone_makes_no_split() -> None:
    """What the old one counted is counted by a new one, which has nothing else of it."""
    rest = later(NURSERY)
    kept = rest.but(metrics={name: rest.metrics[name] for name in list(rest.metrics)[1:]})
    new = Made(
        "港湾整備計画", "岸壁を延ばす。", "延ばした。", {"復職研修受講者数": {2022: "7名", 2023: "9名"}}, is_new=True
    )
    years = both(BASE, [kept, later(ELDERLY), later(BARRIER), new])
    assert [told(one) for one in years.new] == [("new", [], [new.name])]
    assert years.split == ()


def test_sisters_in_like_words_are_not_one_when_their_figures_are_others() -> None:
    """One training ended and another began: name, prose and what is counted are alike, all that was counted is not."""
    sister = NURSERY.but(
        name="介護士確保対策事業",
        overview="介護施設で働く人を増やすため、離職した介護士の復職を支える研修と、就職相談会を行う。",
        results="復職研修を三つの市で開き、受講した人の多くが介護施設に勤めることとなった。",
        metrics={
            "復職研修受講者数": {2022: "911名", 2023: "804名"},
            "就職相談会来場者数": {2022: "3,077名", 2023: "2,950名"},
        },
    )
    years = both(BASE, [later(ELDERLY), later(BARRIER), sister])
    assert [(told(one), one.doubtful) for one in years.new] == [(("new", [], [sister.name]), True)]
    assert f"but {NURSERY.name} nearly is" in years.new[0].reason


def test_one_name_is_one_programme_though_all_its_figures_are_restated() -> None:
    other = later(NURSERY, metrics={"復職研修受講者数": {2022: "54名"}, "就職相談会来場者数": {2022: "270名"}})
    years = both(BASE, [other, later(ELDERLY), later(BARRIER)])
    (one,) = [one for one in years.continued if one.after[0].name == NURSERY.name]
    assert (one.doubtful, one.score is not None and one.score >= 0.9) == (False, True)
    assert len(years.restated) == 2


def test_of_two_that_are_as_like_it_is_doubtful_which() -> None:
    after = [later(NURSERY, name="保育士確保推進事業（東部）"), later(NURSERY, name="保育士確保推進事業（西部）")]
    years = both(BASE, [*after, later(ELDERLY), later(BARRIER)])
    (renamed,) = years.renamed
    assert renamed.doubtful
    assert "保育士確保推進事業" in renamed.reason
    assert len(years.new) == 1


def test_a_name_that_something_else_has_taken_is_doubtful() -> None:
    taken = Made(
        NURSERY.name,
        "橋の塗装を塗り替える。",
        "三つの橋で終えた。",
        {"塗替橋梁数": {2022: "2橋", 2023: "3橋"}},
        ("道路課",),
    )
    years = both(BASE, [taken, later(ELDERLY), later(BARRIER)])
    assert [told(one) for one in years.continued if one.doubtful] == [("continued", [NURSERY.name], [NURSERY.name])]


def test_two_programmes_that_exchange_their_names_are_told_apart_by_all_else() -> None:
    """The name alone says otherwise: a person must look."""
    years = both(BASE, [later(NURSERY, name=ELDERLY.name), later(ELDERLY, name=NURSERY.name), later(BARRIER)])
    assert [told(one) for one in years.renamed] == [
        ("renamed", [NURSERY.name], [ELDERLY.name]),
        ("renamed", [ELDERLY.name], [NURSERY.name]),
    ]
    assert all(one.doubtful and "another programme has the name" in one.reason for one in years.renamed)


def test_one_that_lost_its_name_to_a_new_one_goes_on_by_all_else() -> None:
    taken = Made(
        NURSERY.name, "橋の塗装を塗り替える。", "三つの橋で終えた。", {"塗替橋梁数": {2022: "2橋", 2023: "3橋"}}
    )
    years = both(BASE, [taken, later(ELDERLY), later(BARRIER), later(NURSERY, name="保育の担い手応援")])
    assert [told(one) for one in years.renamed] == [("renamed", [NURSERY.name], ["保育の担い手応援"])]
    assert [told(one) for one in years.new] == [("new", [], [NURSERY.name])]


def test_programmes_without_names_are_followed() -> None:
    years = both([one.but(name=None) for one in BASE], [later(one, name=None) for one in reversed(BASE)])
    assert [(one.before[0].number, one.after[0].number) for one in years.continued] == [(3, 1), (2, 2), (1, 3)]


def test_marks_of_what_is_new_that_do_not_hold() -> None:
    other = Made("森林環境学習推進事業", "小学生が山の働きを学ぶ。", is_new=False)
    unmarked = Made("港のにぎわいづくり", "客船を迎える。", is_new=None)
    years = both(BASE, [later(NURSERY, is_new=True), later(ELDERLY), later(BARRIER), other, unmarked])
    assert [(one.code, one.pointer, one.report) for one in years.notes] == [
        ("continuity-break", "/policies/0/programmes/0/is_new", "made-2023"),
        ("continuity-break", "/policies/0/programmes/3/is_new", "made-2023"),
    ]
    assert "marked as new, but was 保育士確保対策事業" in years.notes[0].message


def test_a_mark_of_what_is_new_says_nothing_of_the_year_before_the_last() -> None:
    """There is no report of 2022: what is new in 2023 may have been there in 2021, and what is not may not."""
    years = build_trends([report(2021, [NURSERY]), report(2023, [later(NURSERY, is_new=True), later(ELDERLY)])])
    assert [told(one) for one in (*years.continued, *years.new)] == [
        ("continued", [NURSERY.name], [NURSERY.name]),
        ("new", [], [ELDERLY.name]),
    ]
    assert years.notes == ()


@pytest.mark.parametrize(
    ("before", "after", "percent"),
    [(0, 5, None), (-100, 50, None), (None, 5, None), (1_000, 0, -100.0), (300, 200, -33.3), (1, 10**400, None)],
)
def test_a_change_in_per_cent_is_told_of_an_amount_above_nothing(
    before: int | None, after: int, percent: float | None
) -> None:
    years = both([NURSERY.but(budget=before)], [later(NURSERY, budget=after)])
    assert [one.percent for one in years.budgets] == [percent]


def test_the_order_of_programmes_and_of_reports_does_not_matter() -> None:
    before, after = [WHOLE, BARRIER], [later(NURSERY), later(ELDERLY), later(BARRIER, name="施設バリアフリー化推進費")]
    reports = [report(2022, before), report(2023, after)]
    assert build_trends(reports) == build_trends(reports[::-1])
    turned = build_trends([report(2022, before[::-1]), report(2023, after[::-1])])
    assert sorted(all_told(turned), key=repr) == sorted(all_told(build_trends(reports)), key=repr)


@pytest.mark.parametrize(
    ("reports", "said"),
    [
        ([report(2022, BASE)], "two reports or more"),
        ([report(2022, BASE), report(2023, BASE), report(2022, BASE)], "both of fiscal 2022"),
        ([report(2022, BASE), report(2023, BASE, prefecture="040002")], "different jurisdictions"),
    ],
)
def test_reports_that_cannot_be_followed(reports: list[Report], said: str) -> None:
    with pytest.raises(CannotFollow, match=said):
        build_trends(reports)


def test_a_series_that_a_person_accepted_decides() -> None:
    """Two programmes that nothing joins are one, since it was said so."""
    other = Made("森林環境学習推進事業", "小学生が山の働きを学ぶ。")
    reports = [report(2022, BASE), report(2023, [later(NURSERY), later(BARRIER), other])]
    one = {
        "id": "S0002",
        "programmes": [
            {"report": "made-2022", "id": "2022-1-02", "name": ELDERLY.name},
            {"report": "made-2023", "id": "2023-1-03", "name": other.name},
        ],
    }
    years = build_trends(reports, SeriesRegister.model_validate({"series": [one]}))
    assert [told(one) for one in years.renamed] == [("renamed", [ELDERLY.name], [other.name])]
    assert not years.renamed[0].doubtful


def test_divisions_renamed_split_merged_and_moved() -> None:
    def programmes(year: int, divisions: Sequence[str]) -> Report:
        subjects = "道路橋梁河川港湾空港公園下水道住宅治山漁港"
        made = [
            Made(f"{subjects[at * 2 : at * 2 + 2]}{division_free}", "", divisions=(division,))
            for at, (division, division_free) in enumerate(zip(divisions, "整備改良保全建設点検補修", strict=False))
        ]
        return report(year, made)

    before = ["旧一課", "旧一課", "分割課", "分割課", "統合甲課", "統合乙課", "存続課", "存続課", "受入課"]
    after = ["新一課", "新一課", "分割東課", "分割西課", "統合課", "統合課", "存続課", "受入課", "受入課"]
    years = build_trends([programmes(2022, before), programmes(2023, after)])
    assert {(one.kind, one.before, one.after, len(one.programmes)) for one in years.divisions} == {
        ("renamed", "旧一課", "新一課", 2),
        ("split", "分割課", "分割東課", 1),
        ("split", "分割課", "分割西課", 1),
        ("merged", "統合甲課", "統合課", 1),
        ("merged", "統合乙課", "統合課", 1),
        ("moved", "存続課", "受入課", 1),
    }


def test_four_hundred_programmes_take_seconds() -> None:
    random = Random(5)
    words = [
        a + b
        for a in "農林水産商工観光福祉医療教育文化防災環境交通"
        for b in "振興育成保全支援推進活性高度連携確保整備"
    ]

    def made(at: int) -> Made:
        names = random.sample(words, 3)
        prose = "".join(random.sample(words, 40))
        metrics: Table = {
            f"{word}の件数": {2021: f"{random.randint(2, 900)}件", 2022: f"{random.randint(2, 900)}件"}
            for word in names
        }
        return Made(
            "".join(names) + f"{at % 7}期事業",
            prose,
            prose[::-1],
            {**metrics, "参加者数": {2021: "10名", 2022: f"{at}名"}},
        )

    before = [made(at) for at in range(400)]
    after = [later(one, name=f"新{one.name}" if at % 10 == 0 else one.name) for at, one in enumerate(before) if at % 25]
    random.shuffle(after)
    reports = [report(2022, before), report(2023, after)]
    start = time.process_time()
    years = build_trends(reports)
    assert time.process_time() - start < 10
    renamed = {at for at in range(400) if at % 25 and at % 10 == 0}
    assert (len(years.ended), len(years.renamed), len(years.new)) == (16, len(renamed), 0)
    assert len(years.continued) == 400 - 16 - len(renamed)
    wrong = [one for one in years.renamed if one.after[0].name != f"新{one.before[0].name}"]
    assert wrong == []


def test_two_reports_with_one_id_are_refused() -> None:
    one, other = report(2022, BASE), report(2023, BASE)
    twin = other.model_copy(update={"report": other.report.model_copy(update={"id": one.report.id})})
    with pytest.raises(CannotFollow, match=f"both have the id {one.report.id}"):
        build_trends([twin, one])
