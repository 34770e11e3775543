"""What a person says that programmes were: taken into the series file, or refused."""

import json
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from command import extractor
from extractor.baseline.choices import open_decisions
from extractor.errors import NoDecisions
from extractor.records.decisions import Settlements
from extractor.records.report import Report
from extractor.records.to_json import report_json
from extractor.records.trends import YearsReport
from extractor.runtime.files import LARGEST_BY_HAND
from extractor.trends.programmes import list_continuities
from extractor.trends.resolve import CannotSettle
from extractor.trends.series_ids import SeriesRegister
from extractor.trends.series_toml import (
    SERIES_FILE,
    keep_series,
    read_series,
    settle_series,
    write_series_toml,
)
from extractor.trends.trends import build_trends
from yearly import Made, report

TODAY = date(2026, 12, 1)
ONE = Made("保育士確保対策事業", "離職した保育士の復職を支える研修を行う。", "", {"復職研修受講者数": {2022: "53名"}})
TWO = Made("認知症高齢者見守り事業", "商店と結んで見守りの網を広げる。", "", {"協定締結件数": {2022: "44件"}})
NEW = Made("森林環境学習", "小学生が山の働きを学ぶ。", "", {"実施校数": {2022: "35校"}})
# Two are as like the old one: which goes on with it is doubtful.
FIRST, SECOND = (TWO.but(name=f"見守り推進{part}") for part in "甲乙")


class Desk:
    """A folder with golden files and nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.golden = folder, folder / "golden"
        self.golden.mkdir()

    def accept(self, *reports: Report) -> None:
        """As `accept` leaves them: golden files, and the series of what is in them."""
        for one in reports:
            (self.golden / f"{one.report.id}.json").write_text(report_json(one), encoding="utf-8")
        keep_series(self.identities(), self.golden)

    def identities(self) -> SeriesRegister:
        return read_series(self.golden / SERIES_FILE)

    def series(self) -> dict[str, list[str]]:
        """The programmes of each series: year and id."""
        return {
            one.id: [f"{member.report[-4:]} {member.id[-2:]}" for member in one.programmes]
            for one in self.identities().series
        }

    def settle(self, *said: Any, **more: str) -> "subprocess.CompletedProcess[str]":
        path = self.folder / "settled.json"
        path.write_text(json.dumps({"series": said} | more), encoding="utf-8")
        return extractor("accept", "--decisions", path.name, cwd=self.folder)


def was(year: int, number: int, before: tuple[int, int] | None, **more: Any) -> dict[str, Any]:
    """That a programme was another one, or is new."""
    earlier = None if before is None else {"report": f"made-{before[0]}", "programme": f"{before[0]}-1-{before[1]:02}"}
    return {"report": f"made-{year}", "programme": f"{year}-1-{number:02}", "was": earlier, "note": ""} | more


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.accept(report(2022, [TWO, ONE]))
    desk.accept(report(2023, [ONE, FIRST, SECOND]))
    return desk


def told(desk: Desk) -> YearsReport:
    reports = [Report.model_validate_json(path.read_bytes()) for path in sorted(desk.golden.glob("*.json"))]
    return build_trends(reports, desk.identities())


def doubtful(desk: Desk) -> list[str]:
    """The ids of programmes of which a person must say what they were."""
    return sorted(at.id for one in list_continuities(told(desk)) if one.doubtful for at in one.after or one.before)


def test_all_that_may_go_on_with_the_old_one_is_left_without_a_series(desk: Desk) -> None:
    assert doubtful(desk) == ["2023-1-02", "2023-1-03"]
    assert desk.series() == {"S0001": ["2022 01"], "S0002": ["2022 02", "2023 01"]}


def test_what_is_settled_is_taken_and_printed(desk: Desk) -> None:
    done = desk.settle(was(2023, 3, (2022, 1)), was(2023, 2, None))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "S0001    made-2023 2023-1-03 見守り推進乙 was made-2022 2022-1-01 認知症高齢者見守り事業",
        "S0003    made-2023 2023-1-02 見守り推進甲 is new",
    ]
    assert desk.series() == {"S0001": ["2022 01", "2023 03"], "S0002": ["2022 02", "2023 01"], "S0003": ["2023 02"]}
    assert doubtful(desk) == []
    assert sorted(path.name for path in desk.folder.iterdir()) == ["golden", "settled.json"]


def test_either_of_two_old_ones_may_go_on(tmp_path: Path) -> None:
    """And which does not has ended: what is asked is what the later one was."""
    desk = Desk(tmp_path)
    desk.accept(report(2022, [FIRST, SECOND, ONE]))
    desk.accept(report(2023, [ONE, TWO]))
    assert doubtful(desk) == ["2023-1-02"]
    # The one that was thought to have ended.
    (ended,) = told(desk).ended
    number = int(ended.before[0].id[-1])
    assert desk.settle(was(2023, 2, (2022, number))).returncode == 0
    assert desk.series()[f"S000{number}"] == [f"2022 0{number}", "2023 02"]
    assert doubtful(desk) == []


def test_the_same_said_again_changes_nothing(desk: Desk) -> None:
    said = was(2023, 3, (2022, 1)), was(2023, 2, None)
    desk.settle(*said)
    before = (desk.golden / SERIES_FILE).read_bytes()
    done = desk.settle(*reversed(said))
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
    assert (desk.golden / SERIES_FILE).read_bytes() == before


def test_a_file_of_the_page_is_not_taken_for_other_programmes(desk: Desk) -> None:
    """Since it was saved a row was put in above, and the ids are those of others."""
    said = was(2023, 3, (2022, 1), name=SECOND.name)
    desk.accept(report(2023, [ONE, NEW, FIRST, SECOND]))
    before = (desk.golden / SERIES_FILE).read_bytes()
    done = desk.settle(said)
    assert (done.returncode, done.stdout, "look at the page again" in done.stderr) == (2, "", True)
    old = was(2023, 4, (2022, 1), name=SECOND.name)
    old["was"]["name"] = ONE.name
    assert desk.settle(old).returncode == 2
    assert (desk.golden / SERIES_FILE).read_bytes() == before
    old["was"]["name"] = TWO.name
    assert desk.settle(old, was(2023, 3, None, name=FIRST.name)).returncode == 0
    assert desk.series()["S0001"] == ["2022 01", "2023 04"]


def test_it_survives_what_is_accepted_later_and_renames(desk: Desk) -> None:
    desk.settle(was(2023, 2, (2022, 1)), was(2023, 3, None))
    settled = desk.series()
    # A name that was misread is read; a row is found that was lost; a year comes in which both go on as they were.
    renamed = FIRST.but(name="見守り推進甲費")
    desk.accept(report(2023, [ONE, renamed, SECOND]))
    desk.accept(report(2023, [NEW, ONE, renamed, SECOND]))
    desk.accept(report(2024, [SECOND, renamed, ONE]))
    assert desk.series() == {
        "S0001": [*settled["S0001"][:1], "2023 03", "2024 02"],
        "S0002": ["2022 02", "2023 02", "2024 03"],
        "S0003": ["2023 04", "2024 01"],
        "S0004": ["2023 01"],
    }


def test_a_year_may_lie_between(tmp_path: Path) -> None:
    """It was no question: what was new has a series of its own, which the older one takes in."""
    desk = Desk(tmp_path)
    desk.accept(report(2021, [TWO, ONE]))
    desk.accept(report(2022, [ONE]))
    desk.accept(report(2023, [ONE, NEW]))
    assert desk.settle(was(2023, 2, (2021, 1))).returncode == 0
    assert desk.series() == {"S0001": ["2021 01", "2023 02"], "S0002": ["2021 02", "2022 01", "2023 01"]}
    (back,) = told(desk).resumed
    assert (back.gap, back.doubtful, back.after[0].name) == ((2022,), False, NEW.name)
    # And is put right again: a number that is left is not used twice.
    assert desk.settle(was(2023, 2, None)).returncode == 0
    assert desk.series()["S0004"] == ["2023 02"]


def test_a_year_that_is_accepted_after_a_later_one_is_asked_about_too(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.accept(report(2023, [ONE, FIRST, SECOND]))
    desk.accept(report(2022, [TWO, ONE]))
    before = {"S0001": ["2022 02", "2023 01"], "S0002": ["2023 02"], "S0003": ["2023 03"]}
    assert desk.series() == before
    assert desk.settle(was(2023, 3, (2022, 1))).returncode == 0
    assert desk.series() == before | {"S0003": ["2022 01", "2023 03"]}
    assert doubtful(desk) == []


def test_nothing_that_was_there_need_go_on(tmp_path: Path) -> None:
    """All that may have been the old one is new: the old one has ended."""
    desk = Desk(tmp_path)
    desk.accept(report(2023, [ONE, FIRST, SECOND]))
    desk.accept(report(2022, [TWO, ONE]))
    assert desk.settle(was(2023, 2, None), was(2023, 3, None)).returncode == 0
    assert desk.series()["S0004"] == ["2022 01"]
    assert doubtful(desk) == []


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ([was(2025, 1, None)], "no report made-2025 was accepted"),
        ([was(2023, 2, (2021, 1))], "no report made-2021"),
        ([was(2023, 9, None)], "there is no programme 2023-1-09 in the accepted report made-2023"),
        ([was(2023, 2, (2022, 9))], "there is no programme 2022-1-09"),
        ([was(2023, 2, (2023, 1))], "which is of the same year"),
        ([was(2022, 1, (2023, 2))], "which is of a later year"),
        ([was(2023, 2, (2022, 1)), was(2023, 3, (2022, 1))], "cannot both have been 2022-1-01 of made-2022"),
        ([was(2023, 2, (2022, 1)), was(2023, 2, None)], "is there twice"),
        (
            [was(2023, 2, (2022, 2))],
            "cannot have been 2022-1-02 of made-2022: 2023-1-01 of made-2023 is of its series S0002; say what that was",
        ),
        ([was(2023, 2, (2022, 1)), was(2023, 1, (2022, 1))], "cannot both have been"),
    ],
)
def test_what_cannot_be_is_refused(desk: Desk, said: Sequence[Any], message: str) -> None:
    before = (desk.golden / SERIES_FILE).read_bytes()
    with pytest.raises(CannotSettle) as refused:
        settle_series(Settlements.model_validate({"series": said}), desk.golden, TODAY)
    assert message in str(refused.value)
    assert (desk.golden / SERIES_FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("said", "message"),
    [([was(2022, 9, None)], "there is no programme"), ([], "it settles nothing"), ([1], "series/0: ")],
)
def test_the_command_refuses_on_one_line(desk: Desk, said: Sequence[Any], message: str) -> None:
    before = (desk.golden / SERIES_FILE).read_bytes()
    done = desk.settle(*said)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: settled.json: ")
    assert message in line
    assert (desk.golden / SERIES_FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no file of decisions"),
        ("{", "no file of decisions"),
        ("[]", "no file of decisions"),
        ("[" * 100_000, "no file of decisions"),
        ('{"series": 1}', "series: "),
        ('{"series": [1]}', "series/0: "),
        ('{"series": [], "more": 1}', "more: Extra inputs"),
        ('{"series": [], "report": "x"}', "report: Extra inputs"),
        (json.dumps({"series": [was(2023, 2, None, why="x")]}), "series/0/why: Extra inputs"),
        (json.dumps({"series": [was(2023, 2, None, note=1)]}), "series/0/note: "),
        (json.dumps({"series": [was(2023, 2, None, programme=5)]}), "series/0/programme: "),
        (json.dumps({"series": [was(2023, 2, None, programme="5" * 300)]}), "at most 200 characters"),
        (json.dumps({"series": [was(2023, 2, None, was={"report": "made-2022"})]}), "series/0/was/programme: "),
        ('{"series": [{"report": "made-2023", "programme": "2023-1-02"}]}', "series/0/was: Field required"),
        ('{"series": [{"report": "\\ud800"}]}', "no file of decisions"),
        (f'{{"series": [], "{"x" * 5_000}": 1}}', "Extra inputs"),
        (b'{"series": "\xff"}', "no file of decisions"),
        ('{"series": [' + " " * LARGEST_BY_HAND + "]}", "larger than 20 MB"),
    ],
    ids=lambda one: one[:40] if isinstance(one, str) else "bytes",
)
def test_a_file_that_is_none_is_refused_on_one_line(tmp_path: Path, text: str | bytes, message: str) -> None:
    path = tmp_path / "settled.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(NoDecisions) as refused:
        open_decisions(path)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 500


def test_what_a_file_names_cannot_steer_a_terminal(desk: Desk) -> None:
    done = desk.settle(was(2023, 2, None, report="\x1b[31m\n赤"))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "\\x1b[31m\\x0a赤" in done.stderr


def test_reports_cannot_be_named_beside(desk: Desk) -> None:
    (desk.folder / "settled.json").write_text(json.dumps({"series": [was(2023, 2, None)]}), encoding="utf-8")
    done = extractor("accept", "made-2023", "--decisions", "settled.json", cwd=desk.folder)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


def test_another_prefecture_is_another_matter(desk: Desk) -> None:
    desk.accept(report(2022, [TWO], prefecture="040002"))
    said = was(2023, 2, None, was={"report": "040002-2022", "programme": "2022-1-01"})
    done = desk.settle(said)
    assert done.returncode == 2
    assert "no report 040002-2022 of the same reports over the years" in done.stderr


def test_what_it_was_must_be_settled_itself(tmp_path: Path) -> None:
    """A chain of doubts: from 2021 to 2022, and then to 2023."""
    desk = Desk(tmp_path)
    desk.accept(report(2021, [TWO, ONE]))
    desk.accept(report(2022, [ONE, FIRST, SECOND]))
    third = Made("山里の灯", "夜の道を照らす。", "", {"灯の数": {2023: "7基"}})
    desk.accept(report(2023, [ONE, third]))
    path = desk.golden / SERIES_FILE
    kept = desk.identities()
    # The one of 2023 was asked about as well, say.
    path.write_text(
        write_series_toml(kept.model_copy(update={"series": tuple(one for one in kept.series if one.id != "S0003")})),
        encoding="utf-8",
    )
    undecided = next(n for n in (2, 3) if f"2022 0{n}" not in str(desk.series()))
    done = desk.settle(was(2023, 2, (2022, undecided)))
    assert done.returncode == 2
    assert f"what 2022-1-0{undecided} of made-2022 was is not settled itself" in done.stderr
    done = desk.settle(was(2023, 2, (2022, undecided)), was(2022, undecided, (2021, 1)))
    assert (done.returncode, done.stderr) == (0, "")
    assert desk.series()["S0001"] == ["2021 01", f"2022 0{undecided}", "2023 02"]


def test_one_that_a_later_programme_may_be_cannot_be_called_new_alone(tmp_path: Path) -> None:
    """The older report came later: what the later programme was must be said as well."""
    desk = Desk(tmp_path)
    desk.accept(report(2023, [ONE, FIRST, SECOND]))
    desk.accept(report(2022, [TWO, ONE]))
    before = desk.series()
    done = desk.settle(was(2022, 1, None))
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "error: settled.json: what became of 2022-1-01 of made-2022 is not settled itself: say that too"
    ]
    assert desk.series() == before


def test_a_series_is_pointed_elsewhere_with_all_that_came_of_it(tmp_path: Path) -> None:
    """What was accepted as one over three years was another from the second on: both lines are put right at once."""
    desk = Desk(tmp_path)
    desk.accept(report(2021, [TWO, ONE]))
    desk.accept(report(2022, [ONE, TWO]))
    desk.accept(report(2023, [TWO, ONE]))
    assert desk.series() == {"S0001": ["2021 01", "2022 02", "2023 01"], "S0002": ["2021 02", "2022 01", "2023 02"]}
    done = desk.settle(was(2022, 1, (2021, 1), note="名称を入れ替えた"), was(2022, 2, (2021, 2)), date="2026-11-30")
    assert (done.returncode, done.stderr) == (0, "")
    assert desk.series() == {"S0001": ["2021 01", "2022 01", "2023 02"], "S0002": ["2021 02", "2022 02", "2023 01"]}
    first, _ = desk.identities().decision
    assert first.model_dump(mode="json") == {
        "date": "2026-11-30",
        "report": "made-2022",
        "id": "2022-1-01",
        "name": ONE.name,
        "series": "S0001",
        "was": {"report": "made-2021", "id": "2021-1-01", "name": TWO.name},
        "series_before": "S0002",
        "was_before": {"report": "made-2021", "id": "2021-1-02", "name": ONE.name},
        "note": "名称を入れ替えた",
    }
    assert {(one.before[0].id, one.after[0].id) for one in told(desk).renamed} == {
        ("2021-1-01", "2022-1-01"),
        ("2021-1-02", "2022-1-02"),
    }
    # What is accepted later does not turn it round, and the record stays.
    desk.accept(report(2024, [ONE, TWO]))
    assert desk.series()["S0001"][:3] == ["2021 01", "2022 01", "2023 02"]
    assert len(desk.identities().decision) == 2


def test_a_series_ends_where_its_programme_is_said_to_be_new(desk: Desk) -> None:
    desk.accept(report(2024, [ONE]))
    assert desk.settle(was(2023, 1, None)).returncode == 0
    assert desk.series() == {"S0001": ["2022 01"], "S0002": ["2022 02"], "S0003": ["2023 01", "2024 01"]}
    (one,) = desk.identities().decision
    assert (one.was, one.was_before and one.was_before.name, one.series_before) == (None, ONE.name, "S0002")


def test_parts_name_the_series_that_took_in_the_one_they_came_from(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    whole = ONE.but(metrics=ONE.metrics | TWO.metrics, overview=ONE.overview + TWO.overview)
    desk.accept(report(2021, [NEW]))
    desk.accept(report(2022, [whole]))
    desk.accept(report(2023, [ONE, TWO]))
    assert [one.came_from for one in desk.identities().series] == [(), (), ("S0002",)]
    assert desk.settle(was(2022, 1, (2021, 1))).returncode == 0
    assert [(one.id, one.came_from) for one in desk.identities().series] == [("S0001", ()), ("S0003", ("S0001",))]


def part_ways(desk: Desk) -> None:
    """One programme of 2022 is split into two."""
    whole = ONE.but(name="暮らしの支え事業", metrics=ONE.metrics | TWO.metrics, overview=ONE.overview + TWO.overview)
    desk.accept(report(2022, [whole]))
    desk.accept(report(2023, [ONE, TWO]))


def test_a_part_that_is_said_to_be_new_is_no_part(tmp_path: Path) -> None:
    part_ways(desk := Desk(tmp_path))
    (split,) = told(desk).split
    assert [at.name for at in split.after] == [ONE.name, TWO.name]
    assert desk.settle(was(2023, 2, None)).returncode == 0
    years = told(desk)
    assert (years.split, years.doubtful, years.notes) == ((), 0, ())
    assert [one.after[0].name for one in years.renamed] == [ONE.name]
    assert [(one.after[0].name, one.reason) for one in years.new] == [(TWO.name, "It was accepted as new.")]
    assert [one.came_from for one in desk.identities().series] == [(), ()]
    # The report is read anew, and its number is another.
    desk.accept(report(2023, [ONE, NEW, TWO]))
    assert (told(desk).split, [one.after[0].name for one in told(desk).new]) == ((), [NEW.name, TWO.name])
    # What is said last holds.
    assert desk.settle(was(2023, 1, None), was(2023, 3, (2022, 1))).returncode == 0
    years = told(desk)
    assert (years.split, [one.after[0].name for one in years.renamed]) == ((), [TWO.name])


def test_what_is_said_to_be_new_was_not_merged(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.accept(report(2022, [ONE, TWO]))
    whole = ONE.but(name="暮らしの支え事業", metrics=ONE.metrics | TWO.metrics, overview=ONE.overview + TWO.overview)
    desk.accept(report(2023, [whole]))
    assert len(told(desk).merged) == 1
    assert desk.settle(was(2023, 1, None)).returncode == 0
    years = told(desk)
    assert (years.merged, [one.after[0].name for one in years.new]) == ((), [whole.name])
    assert {one.before[0].name for one in years.ended} == {ONE.name, TWO.name}
    assert {one.came_from for one in desk.identities().series} == {()}
