"""What pauses and returns, what has the name of another, and what counts as to be confirmed."""

import re

from extractor.records.report import Report
from extractor.records.trends import Continuity, YearsReport
from extractor.reporting.html import render_years_page
from extractor.reporting.years_terminal import summarize_years
from extractor.trends.programmes import list_continuities
from extractor.trends.trends import build_trends
from reports import RAW
from yearly import Made, report
from years.five import five
from years.four import HARVEST, NAMESAKE, PAUSING, WOOD, YEARS, four

SNOW = Made(PAUSING, "冬の通学路の除雪の当番を組む。", "", {"加わった人の数": {2020: "210名"}})
OTHER = Made("橋梁点検事業", "橋の傷みを調べる。", "", {"点検した橋の数": {2020: "31橋"}})


def follow(*years: list[Made]) -> YearsReport:
    return build_trends([report(2021 + at, made) for at, made in enumerate(years)])


def told(those: tuple[Continuity, ...]) -> list[tuple[str, tuple[int, ...], bool]]:
    return [((one.after or one.before)[0].id, one.gap, one.doubtful) for one in those]


def test_a_programme_that_pauses_is_found_again() -> None:
    years = build_trends(four())
    assert told(years.paused) == [("2022-1-01", (2023,), False)]
    assert told(years.resumed) == [("2024-1-01", (2023,), False)]
    assert "no report of 2023 has it" in years.resumed[0].reason
    assert "2023年度の報告書には掲載なし" in years.resumed[0].reason_ja
    assert PAUSING not in {at.name for one in (*years.new, *years.ended) for at in (*one.before, *one.after)}
    # Its figures are one line, and what it costs is compared over the gap.
    (series,) = [one for one in years.metrics if one.name == "当番に加わった人の数"]
    assert {one.report for one in series.statements} == {"made-2021", "made-2022", "made-2024"}
    (budget,) = [one for one in years.budgets if one.after[0].name == PAUSING and one.after[0].fiscal_year == 2024]
    assert (budget.before[0].fiscal_year, budget.change) == (2022, 20)


def test_of_several_gaps_all_earlier_years_are_looked_at() -> None:
    years = follow([SNOW, OTHER], [OTHER], [OTHER], [OTHER, SNOW])
    assert told(years.resumed) == [("2024-1-02", (2022, 2023), False)]
    assert (years.new, years.ended) == ((), ())


def test_what_returns_under_another_name_is_told_by_its_text() -> None:
    renamed = SNOW.but(name="通学路あんしん歩行推進費")
    years = follow([SNOW, OTHER], [OTHER], [OTHER, renamed])
    assert [one.after[0].name for one in years.resumed] == [renamed.name]


def test_a_name_alone_that_returns_is_to_be_confirmed() -> None:
    taken = Made(PAUSING, "港の岸壁を延ばす。", "", {"岸壁の長さ": {2023: "40m"}})
    years = follow([SNOW, OTHER], [OTHER], [OTHER, taken])
    assert told(years.resumed) == [("2023-1-02", (2022,), True)]


def test_what_is_new_is_new_after_all_years_were_looked_at() -> None:
    years = follow([SNOW], [OTHER], [OTHER, Made("森林教室", "山の働きを学ぶ。", is_new=True)])
    assert [(one.after[0].name, one.doubtful) for one in years.new][-1:] == [("森林教室", False)]
    assert years.new[-1].reason == "Nothing in the reports since 2021 is like it."


def test_a_mark_of_what_is_new_holds_after_a_pause() -> None:
    for is_new in (True, False):
        assert follow([SNOW, OTHER], [OTHER], [OTHER, SNOW.but(is_new=is_new)]).notes == ()


APPLES = Made(NAMESAKE, HARVEST, "", {"商談の件数": {2021: "47件"}}, ("農産課",), 12_000)
TIMBER = Made(NAMESAKE, WOOD, "", {"受講者数": {2021: "85名"}}, ("林政課",), 51_000)


def overviews(reports: list[Report]) -> list[tuple[str, str, bool]]:
    """The prose of both programmes of each pair."""
    texts = {
        (one.report.id, programme.id): programme.overview.paragraphs[0]
        for one in reports
        for policy in one.policies
        for programme in policy.programmes
    }
    pairs = [one for one in list_continuities(build_trends(reports)) if one.before and one.after]
    return [
        (texts[one.before[0].report, one.before[0].id], texts[one.after[0].report, one.after[0].id], one.doubtful)
        for one in pairs
    ]


def test_two_of_one_name_are_told_apart_by_their_text() -> None:
    both = overviews([report(2021, [APPLES, TIMBER]), report(2022, [TIMBER, APPLES])])
    assert both == [(WOOD, WOOD, False), (HARVEST, HARVEST, False)]
    assert overviews([report(2021, [APPLES, TIMBER]), report(2022, [TIMBER])]) == [(WOOD, WOOD, False)]
    assert overviews([report(2021, [TIMBER]), report(2022, [APPLES, TIMBER])]) == [(WOOD, WOOD, False)]
    # And over a gap.
    assert (HARVEST, HARVEST, False) in overviews(
        [report(2021, [APPLES, TIMBER]), report(2022, [TIMBER]), report(2023, [TIMBER, APPLES])]
    )


def test_offices_tell_two_of_one_text_apart() -> None:
    east, west = (TIMBER.but(divisions=(name,)) for name in ("東青地域県民局", "西北地域県民局"))
    years = follow([east, west], [west, east])
    assert [(one.before[0].id, one.after[0].id, one.doubtful) for one in years.continued] == [
        ("2021-1-02", "2022-1-01", False),
        ("2021-1-01", "2022-1-02", False),
    ]


def test_what_nothing_tells_apart_is_to_be_confirmed() -> None:
    years = follow([TIMBER, TIMBER], [TIMBER, TIMBER])
    assert [one.doubtful for one in years.continued] == [True, True]
    assert all("do not tell apart" in one.reason for one in years.continued)


def test_all_places_count_what_is_to_be_confirmed_alike() -> None:
    """Terminal, JSON, and of the page: the summary, the heading, and the rows."""
    for reports in (five(), four(), (report(2021, [TIMBER, TIMBER]), report(2022, [TIMBER, TIMBER]))):
        years = build_trends(reports)
        count = years.doubtful
        assert count == sum(one.doubtful for one in list_continuities(years))
        assert f", {count} to confirm" in summarize_years(years) if count else "confirm" not in summarize_years(years)
        page = render_years_page(years, reports, RAW, "ja")
        assert f'<span class="n">要確認 {count}</span>' in page
        (table,) = re.findall(r'<table class="counts">.*?</table>', page, re.DOTALL)
        rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", table)
        assert sum(int(re.findall(r">(\d+)</td>", row)[-2]) for row in rows) == count
        assert page.count('<tr class="f unsure"') == count
        shown = page.split('<template id="more">')[0]
        asked = {one.after[0].id for one in list_continuities(years) if one.doubtful}
        assert len(re.findall(r'<article class="question f"', shown)) >= len(asked)


def test_the_page_shows_the_gap() -> None:
    page = render_years_page(build_trends(four()), four(), RAW, "ja")
    card = next(card for card in page.split('<article class="card f"')[1:] if f"<h4>{PAUSING}" in card)
    assert '<tr class="pause"><th scope="row">2023年度（R5）</th>' in card
    # 2023's own value is told of by no report but that of 2024, as that of the year before.
    assert "掲載なし<title>" in card
    assert all(str(year) in card for year in YEARS)
