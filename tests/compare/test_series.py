"""Programmes whose series were accepted: those of one series are one, and those of two are not."""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from command import extractor
from compare.edits import all_told, in_any_order
from compare.test_edits import BASES, POINTING, base, edit, itself, mirrored, some_edits
from extractor.diff.compare import SeriesOf, compare_reports, log_changes
from extractor.records.report import Report
from extractor.records.to_json import report_json
from extractor.trends.series_ids import SeriesRegister, list_programme_places, make_series_lookup
from extractor.trends.series_minting import SeriesLinks, assign_series
from extractor.trends.series_toml import SERIES_FILE, write_series_toml
from yearly import Made, report

OLD = Made("商店街の灯", "夜の商店街に灯をともす。", "", {"灯の数": {2022: "12基"}})
# Nothing is alike.
OTHER = Made("街なか居住費", "空いた部屋を住まいにする。", "", {"入居戸数": {2023: "5戸"}})


def pairs(left: Report, right: Report, series_of: SeriesOf) -> list[tuple[str | None, str | None]]:
    """The names of programmes that are one."""
    joined = log_changes(left, right, series_of).list_counterparts()
    names = [
        {f"/policies/0/programmes/{index}": one.name for index, one in enumerate(side.policies[0].programmes)}
        for side in (left, right)
    ]
    return [(names[0][one], names[1][other]) for one, other in joined.items() if one in names[0]]


def accepted(*series: tuple[tuple[int, str, Made], ...]) -> SeriesRegister:
    return SeriesRegister.model_validate(
        {
            "next": 9,
            "series": [
                {
                    "id": f"S{number}",
                    "programmes": [
                        {"report": f"made-{year}", "id": f"{year}-1-{at}", "name": one.name} for year, at, one in those
                    ],
                }
                for number, those in enumerate(series)
            ],
        }
    )


def test_programmes_of_one_series_are_one_though_nothing_is_alike() -> None:
    left, right = report(2022, [OLD]), report(2023, [OTHER])
    assert [one.kind for one in compare_reports(left, right).changes if one.record == "programme"] == [
        "removed",
        "added",
    ]
    series_of = make_series_lookup(accepted(((2022, "01", OLD), (2023, "01", OTHER))))
    assert pairs(left, right, series_of) == [(OLD.name, OTHER.name)]
    told = [
        (one.kind, one.field) for one in compare_reports(left, right, series_of).changes if one.record == "programme"
    ]
    assert told == [("renamed", "name")]


def test_programmes_of_two_series_are_two_though_all_is_alike() -> None:
    left, right = report(2022, [OLD]), report(2023, [OLD])
    series_of = make_series_lookup(accepted(((2022, "01", OLD),), ((2023, "01", OLD),)))
    assert pairs(left, right, series_of) == []
    told = [one.kind for one in compare_reports(left, right, series_of).changes if one.record == "programme"]
    assert told == ["removed", "added"]


def test_what_has_no_series_is_joined_as_ever() -> None:
    left, right = report(2022, [OLD, OTHER]), report(2023, [OTHER, OLD])
    series_of = make_series_lookup(accepted(((2022, "01", OLD), (2023, "02", OLD))))
    assert set(pairs(left, right, series_of)) == {(OLD.name, OLD.name), (OTHER.name, OTHER.name)}


def test_of_one_name_that_which_may_be_it_is_taken() -> None:
    """Three on the left have one name, and two on the right; of each side one series is known, another one."""
    left, right = report(2022, [OLD, OLD, OLD]), report(2023, [OLD, OLD])

    def series_of(one: Report) -> Mapping[str, str]:
        return {"/policies/0/programmes/0": "S1" if one is left else "S2"}

    for one, other in ((left, right), (right, left)):
        joined = log_changes(one, other, series_of).list_counterparts()
        assert len([pointer for pointer in joined if pointer.count("/") == 4]) == 2
        assert joined.get("/policies/0/programmes/0") != "/policies/0/programmes/0"


def test_an_id_alone_is_no_series() -> None:
    """A row is lost, and the name of the next is misread: it has the lost one's number, and is not it."""
    third = OLD.but(name="港の市", overview="港で市を開く。", metrics={"来場者数": {2022: "900名"}})
    golden, output = report(2022, [OTHER, third]), report(2022, [third.but(name="港の布")])
    identities = accepted(((2022, "01", OTHER),), ((2022, "02", third),))
    assert pairs(golden, output, make_series_lookup(identities)) == [(third.name, "港の布")]


def of_report(one: Report) -> SeriesOf:
    """As if a report was accepted, with a series for each programme."""
    return make_series_lookup(assign_series(SeriesRegister(), list_programme_places([one]), SeriesLinks()))


@given(st.sampled_from(BASES), st.integers(0, 2**32), some_edits)
@settings(max_examples=60, deadline=None)
def test_exactly_the_edits_are_told(name: str, seed: int, kinds: list[int]) -> None:
    left, edited = base(name), edit(base(name), seed, kinds)
    assert all_told(compare_reports(left, edited.report(), of_report(left))) == in_any_order(edited.expected)


def at_random(random: Random, ids: set[str]) -> dict[bool, dict[str, str]]:
    """A series for some programmes of each side: of any other's, too."""
    return {
        side: {one: f"S{random.randint(0, len(ids))}" for one in sorted(ids) if random.random() < 0.6}
        for side in (False, True)
    }


def by_side(series: Mapping[bool, Mapping[str, str]], left: Report) -> SeriesOf:
    """By the programmes' ids, and whether the report is that on the left."""

    def series_of(one: Report) -> Mapping[str, str]:
        own = series[one.source.sha256 == left.source.sha256]
        return {at.pointer: own[at.id] for at in list_programme_places([one]) if at.id in own}

    return series_of


def ids(*reports: Report) -> set[str]:
    return {at.id for at in list_programme_places(reports)}


def elsewhere(one: Report) -> Report:
    """The report as if it was read from another file."""
    return one.model_copy(update={"source": one.source.model_copy(update={"sha256": "f" * 64})})


@given(st.sampled_from(BASES), st.integers(0, 2**32), some_edits, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_whatever_the_series_are(name: str, seed: int, kinds: list[int], random: Random) -> None:
    left, right = base(name), elsewhere(edit(base(name), seed, kinds).report())
    series_of = by_side(at_random(random, ids(left, right)), left)
    there, back = compare_reports(left, right, series_of), compare_reports(right, left, series_of)
    assert sorted(map(repr, map(mirrored, there.changes))) == sorted(map(repr, map(itself, back.changes)))
    assert compare_reports(left, left, series_of).changes == ()
    sides = [series_of(one) for one in (left, right)]
    joined = {
        one: other
        for one, other in log_changes(left, right, series_of).list_counterparts().items()
        if one.count("/") == 4
    }
    # A series that two programmes of a side have says nothing.
    counts = [Counter(side.values()) for side in sides]
    known = [
        {at: one for at, one in side.items() if count[one] == 1} for side, count in zip(sides, counts, strict=True)
    ]
    for one, other in joined.items():
        assert one not in known[0] or other not in known[1] or known[0][one] == known[1][other]
    homes = {series: other for other, series in known[1].items()}
    assert [one for one, series in known[0].items() if series in homes and joined.get(one) != homes[series]] == []


@given(st.sampled_from(BASES), st.integers(0, 2**32), some_edits, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_order_does_not_matter_whatever_the_series_are(name: str, seed: int, kinds: list[int], random: Random) -> None:
    def told(*, shuffled: bool) -> list[Any]:
        left, right = edit(base(name), seed, []), edit(base(name), seed, kinds)
        if shuffled:
            random.shuffle(left.programmes())
            random.shuffle(right.programmes())
        sides = left.report(), elsewhere(right.report())
        comparison = compare_reports(*sides, by_side(series, base(name)))
        found = [one for one in comparison.changes if one.record not in POINTING and one.kind != "moved"]
        return all_told(comparison.model_copy(update={"changes": tuple(found)}))

    series = at_random(random, ids(base(name), edit(base(name), seed, kinds).report()))
    assert told(shuffled=True) == told(shuffled=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for one in (report(2022, [OLD]), report(2023, [OTHER])):
        (tmp_path / f"{one.report.fiscal_year}.json").write_text(report_json(one), encoding="utf-8")
    (tmp_path / "kept").mkdir()
    identities = accepted(((2022, "01", OLD), (2023, "01", OTHER)))
    (tmp_path / "kept" / SERIES_FILE).write_text(write_series_toml(identities), encoding="utf-8")
    return tmp_path


def test_the_command_takes_the_identities_of_a_folder(folder: Path) -> None:
    changes = json.loads(extractor("diff", "2022.json", "2023.json", "--json", "--golden", "kept", cwd=folder).stdout)[
        "changes"
    ]
    assert ("renamed", OLD.name, OTHER.name) in [(one["kind"], one["before"], one["after"]) for one in changes]
    changes = json.loads(extractor("diff", "2022.json", "2023.json", "--json", cwd=folder).stdout)["changes"]
    assert "renamed" not in [one["kind"] for one in changes]


def test_identities_that_cannot_be_read_are_an_error(folder: Path) -> None:
    (folder / "kept" / SERIES_FILE).write_text("next = [", encoding="utf-8")
    for arguments in (("diff", "2022.json", "2023.json"), ("review", "--out", ".")):
        done = extractor(*arguments, "--golden", "kept", cwd=folder)
        assert (done.returncode, done.stdout) == (2, "")
        (line,) = done.stderr.splitlines()
        assert SERIES_FILE in line
