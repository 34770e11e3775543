"""A check that fails is said where it fails; all others are made."""

from pathlib import Path

import pytest

from extractor.checks import drift
from extractor.errors import CannotRead
from extractor.pipeline import read_report
from extractor.records.report import Finding, Report
from made_up import MadeUp, changed

SECOND = "/policies/0/programmes/1"
# A finding of each room: structure, a subtotal, a part, a jump, a blank.
BLOCKS = changed(2, rows=("利用者数\t50名\t60名", "うち県外利用者数\t40名\t61名", "参加者数\t10名\t"), page="")
BLOCKS = (*BLOCKS[:3], *changed(4, rows=("参加者数\t10名\t100名",), results="")[3:])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "made-up.txt"
    path.write_text(MadeUp(rows=BLOCKS, blocks=BLOCKS, subtotal="1").text(), encoding="utf-8")
    return path


class Broken:
    """What fails where it is asked about one thing, or about anything."""

    def __init__(self, sound: object, only: str = "", error: type[BaseException] = IndexError) -> None:
        self.sound, self.only, self.error = sound, only, error

    def __call__(self, *arguments: object, **options: object) -> object:
        if self.only in str(arguments):
            raise self.error
        assert callable(self.sound)
        return self.sound(*arguments, **options)


def break_check(
    monkeypatch: pytest.MonkeyPatch, name: str, only: str = "", error: type[BaseException] = IndexError
) -> None:
    module, _, function = f"extractor.checks.{name}".rpartition(".")
    sound = getattr(__import__(module, fromlist=[function]), function)
    monkeypatch.setattr(f"{module}.{function}", Broken(sound, only, error))


def said(report: Report) -> list[tuple[str, str]]:
    return [(one.code, one.pointer) for one in report.findings]


Case = tuple[str, str, str, set[str]]
# What breaks, about what; where it is said, and what is not found then.
CASES: list[Case] = [
    ("metrics._check_part", "/programmes/1/metrics/1'", f"{SECOND}/metrics/1", {"part-exceeds-whole"}),
    ("metrics._find_jumps", "/programmes/3/metrics/0", "/policies/0/programmes/3/metrics/0", {"magnitude-jump"}),
    ("structure._check_passages", "programmes/3", "/policies/0/programmes/3", {"missing-passage"}),
    ("structure._check_subtotal", "", "/policies/0", {"subtotal-mismatch"}),
    ("structure._report_unplaced", "", "/policies", set()),
    ("narrative._find_counted", f"{SECOND}'", f"{SECOND}/results", set()),
    ("variants._collect_names", "", "/policies", set()),
    ("run_checks.point_doubts_to_values", "", "/policies", set()),
    ("run_checks.sum_up_drift", "", "/policies", set()),
    ("run_checks.check_expected", "", "/policies", set()),
]


@pytest.mark.parametrize(("name", "only", "place", "lost"), CASES)
def test_a_check_that_fails_costs_no_other(
    name: str, only: str, place: str, lost: set[str], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = read_report(path)
    break_check(monkeypatch, name, only)
    found = read_report(path)
    failed: list[Finding] = [one for one in found.findings if one.code == "check-failed"]
    assert [(one.pointer, one.severity) for one in failed] == [(place, "error")]
    assert all(one.source and "IndexError" not in one.message for one in failed)
    assert {one.code for one in sound.findings if one not in found.findings} == lost
    assert found.model_copy(update={"findings": ()}) == sound.model_copy(update={"findings": ()})


def test_a_check_keeps_what_it_found_before_it_failed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_check(monkeypatch, "metrics._find_jumps", "/programmes/1/metrics/2")
    found = said(read_report(path))
    assert ("blank-cell", f"{SECOND}/metrics/2/observations/1") in found
    assert ("check-failed", f"{SECOND}/metrics/2") in found


def test_drift_that_cannot_be_summed_up_is_told_one_by_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drift, "_summarize_group", Broken(None))
    blocks = tuple(one for number in range(1, 6) for one in changed(number, rows=(), head="")[number - 1 : number])
    path.write_text(MadeUp(blocks=blocks).text(), encoding="utf-8")
    found = said(read_report(path))
    assert [code for code, _ in found].count("layout-drift") == len(blocks)
    assert ("check-failed", "/policies") in found


@pytest.mark.parametrize("error", [MemoryError, KeyboardInterrupt])
def test_what_concerns_all_is_not_held_back(
    error: type[BaseException], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_check(monkeypatch, "metrics._find_jumps", error=error)
    with pytest.raises(error):
        read_report(path)


def test_a_refusal_is_not_held_back(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusal(CannotRead):
        def __init__(self) -> None:
            super().__init__("not-a-report", "it is none")

    break_check(monkeypatch, "metrics._find_jumps", error=Refusal)
    with pytest.raises(CannotRead):
        read_report(path)
