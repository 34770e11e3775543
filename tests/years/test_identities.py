"""The identities of programmes: minted once, kept over renames, written as TOML."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from extractor.records.report import Report
from extractor.records.to_json import report_json
from extractor.trends.programmes import list_continuities
from extractor.trends.series_ids import SeriesRegister, list_programme_places
from extractor.trends.series_minting import SeriesLinks, assign_series, link_programmes
from extractor.trends.series_toml import SERIES_FILE, NotSeries, keep_series, read_series, write_series_toml
from extractor.trends.trends import build_trends
from yearly import Made, report

# Three programmes of which nothing is alike but what a test makes so.
ONE = Made("保育士確保対策事業", "離職した保育士の復職を支える研修を行う。", "", {"復職研修受講者数": {2022: "53名"}})
TWO = Made("認知症高齢者見守り事業", "商店と結んで見守りの網を広げる。", "", {"協定締結件数": {2022: "44件"}})
TWO_LATER = TWO.but(name="地域見守りネットワーク構築費")
NEW = Made("森林環境学習", "小学生が山の働きを学ぶ。", "", {"実施校数": {2022: "35校"}})


def updated(identities: SeriesRegister, *reports: Report) -> SeriesRegister:
    programmes = list_programme_places(reports)
    told = list_continuities(build_trends(reports, identities))
    return assign_series(identities, programmes, link_programmes(told))


def alone(identities: SeriesRegister, one: Report) -> SeriesRegister:
    """The identities with one report, of which nothing else is known."""
    return assign_series(identities, list_programme_places([one]), SeriesLinks())


def members(identities: SeriesRegister) -> dict[str, list[str | None]]:
    return {one.id: [member.name for member in one.programmes] for one in identities.series}


def test_a_series_is_minted_once_and_survives_renames_and_numbers() -> None:
    first = alone(SeriesRegister(), report(2022, [ONE, TWO]))
    assert members(first) == {"S0001": [ONE.name], "S0002": [TWO.name]}
    reports = report(2022, [ONE, TWO]), report(2023, [NEW, TWO_LATER, ONE])
    second = updated(first, *reports)
    assert members(second) == {
        "S0001": [ONE.name, ONE.name],
        "S0002": [TWO.name, TWO_LATER.name],
        "S0003": [NEW.name],
    }
    assert updated(second, *reports) == second
    third = updated(second, *reports, report(2024, [TWO_LATER]))
    assert members(third)["S0002"] == [TWO.name, TWO_LATER.name, TWO_LATER.name]


def test_an_older_year_that_comes_later_joins_the_series_that_there_are() -> None:
    first = alone(SeriesRegister(), report(2023, [TWO_LATER, ONE]))
    second = updated(first, report(2022, [ONE, TWO]), report(2023, [TWO_LATER, ONE]))
    assert members(second) == {"S0001": [TWO.name, TWO_LATER.name], "S0002": [ONE.name, ONE.name]}


def test_a_report_read_anew_with_other_numbers_keeps_its_series() -> None:
    """A row that was lost is found: all numbers after it, and with them the ids, are others."""
    first = alone(SeriesRegister(), report(2022, [ONE, TWO]))
    again = alone(first, report(2022, [NEW, ONE, TWO]))
    assert members(again) == {"S0001": [ONE.name], "S0002": [TWO.name], "S0003": [NEW.name]}
    assert again.series[0].programmes[0].id == "2022-1-02"
    # A name that was misread is read: the number is the same.
    mended = alone(again, report(2022, [NEW, ONE.but(name="保育士確保対策事業費"), TWO]))
    assert members(mended)["S0001"] == ["保育士確保対策事業費"]


def test_an_id_is_never_used_again() -> None:
    first = alone(SeriesRegister(), report(2022, [ONE, TWO]))
    second = alone(first, report(2022, [ONE]))
    third = alone(second, report(2022, [ONE, NEW]))
    assert members(third) == {"S0001": [ONE.name], "S0003": [NEW.name]}


def test_what_is_doubtful_is_left_until_it_is_settled() -> None:
    """Two are as like the old one."""
    reports = report(2022, [TWO, ONE]), report(2023, [ONE, *(TWO.but(name=f"見守り推進{part}") for part in "甲乙")])
    years = build_trends(reports)
    (doubtful,) = [one for one in years.renamed if one.doubtful]
    left = assign_series(SeriesRegister(), list_programme_places(reports), link_programmes(list_continuities(years)))
    assert sorted(name for names in members(left).values() for name in names if name and "推進" in name) == [
        one.after[0].name for one in years.new if not one.doubtful
    ]
    here = (doubtful.after[0].report, doubtful.after[0].id)
    other = next(one.after[0] for one in years.new)
    settled = {here: (doubtful.before[0].report, doubtful.before[0].id), (other.report, other.id): None}
    decided = assign_series(
        left, list_programme_places(reports), link_programmes(list_continuities(years)).settle_programmes(settled)
    )
    assert members(decided)["S0001"] == [TWO.name, doubtful.after[0].name]
    assert len(decided.series) == 3
    # And from now on it is known.
    assert not any(one.doubtful for one in build_trends(reports, decided).renamed)


def test_parts_of_a_split_say_where_they_came_from() -> None:
    def part(one: Made, other: Made | None = None) -> Made:
        metrics = {**one.metrics, **(other.metrics if other else {})}
        overview = one.overview + (other.overview if other else "")
        return one.but(metrics=metrics, overview=overview)

    split = updated(SeriesRegister(), report(2022, [part(ONE, TWO), NEW]), report(2023, [part(ONE), part(TWO), NEW]))
    assert members(split) == {"S0001": [ONE.name, ONE.name], "S0002": [NEW.name, NEW.name], "S0003": [TWO.name]}
    assert [one.came_from for one in split.series] == [(), (), ("S0001",)]
    merged = updated(SeriesRegister(), report(2022, [part(ONE), part(TWO), NEW]), report(2023, [part(ONE, TWO), NEW]))
    assert [one.came_from for one in merged.series] == [("S0002",), (), ()]


NAMES = ["", '二重"引用', "逆\\斜線", "改行\nと\tタブ", "\x7f\x01", "絵文字🐟", "'''", '"""', "# = [", "\u2028"]


@pytest.mark.parametrize("name", NAMES)
def test_whatever_a_programme_is_called_can_be_read_again(name: str, tmp_path: Path) -> None:
    made = alone(SeriesRegister(), report(2022, [ONE.but(name=name), ONE.but(name=None)]))
    path = tmp_path / "series.toml"
    path.write_text(write_series_toml(made), encoding="utf-8", newline="\n")
    assert read_series(path) == made
    assert tomllib.loads(write_series_toml(made))["series"][0]["programmes"][0]["name"] == name


def test_no_file_is_no_series(tmp_path: Path) -> None:
    assert read_series(tmp_path / "series.toml") == SeriesRegister()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["next = ["], "cannot be read"),
        (["next = " + "[" * 100_000], "cannot be read"),
        (["next = 1", "series = 3"], "series"),
        (["[[series]]", 'id = "S1"', "[[series]]", 'id = "S1"'], "S1 is there twice"),
        (["[[series]]", 'id = "S1"', "number = 4"], "number"),
    ],
)
def test_a_file_that_is_none_is_refused(lines: Sequence[str], said: str, tmp_path: Path) -> None:
    path = tmp_path / "series.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(NotSeries, match=said) as refused:
        read_series(path)
    assert "\n" not in str(refused.value)


def test_the_series_of_a_folder_of_golden_files(tmp_path: Path) -> None:
    """Two families; a transcript of one report beside its PDF; a file that is no report; each as often as wanted."""
    reports = {"a-2022": report(2022, [ONE, TWO]), "a-2023": report(2023, [TWO_LATER, ONE, NEW])}
    transcript = reports["a-2023"].model_copy(
        update={"source": reports["a-2023"].source.model_copy(update={"kind": "text", "file": "a.txt"})}
    )
    other = report(2023, [NEW], prefecture="040002")
    for name, one in {**reports, "a-2023-typed": transcript, "b": other}.items():
        (tmp_path / f"{name}.json").write_text(report_json(one), encoding="utf-8")
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    keep_series(SeriesRegister(), tmp_path)
    first = (tmp_path / SERIES_FILE).read_bytes()
    made = read_series(tmp_path / SERIES_FILE)
    assert [len(one.programmes) for one in made.series] == [2, 2, 1, 1]
    keep_series(made, tmp_path)
    assert (tmp_path / SERIES_FILE).read_bytes() == first
