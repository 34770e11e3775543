"""The report's fiscal year: from its title, an edition's year, the heads of figures, or from a person."""

from pathlib import Path

import pytest

from command import extractor
from extractor.errors import CannotRead
from extractor.pipeline import read_report
from made_up import HEAD, MadeUp, codes, programmes

PLAIN = HEAD.replace("R6事業費", "事業費").replace("R6 新規", "新規")


def write(folder: Path, title: str, head: str = PLAIN, table: str = "項目名\t5年度\t6年度") -> Path:
    path = folder / "made-up.txt"
    made = MadeUp(title=title, head=head).text()
    path.write_text(made.replace("項目名\t5年度\t6年度", table), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("title", "head", "table", "year", "label"),
    [
        ("令和7年版 中小企業振興施策実施状況", PLAIN, "項目名\t5年度\t6年度", 2024, "令和6年度"),
        ("令和6年版 中小企業振興施策実施状況", PLAIN, "項目名\t5年度\t6年度", 2024, "令和6年度"),
        ("2025年版 中小企業振興施策実施状況", PLAIN, "項目名\tR5\tR6", 2024, "令和6年度"),
        ("令和7年度版 中小企業振興施策実施状況", PLAIN, "項目名\t5年度\t6年度", 2024, "令和6年度"),
        ("中小企業振興施策実施状況（H27事後評価）", PLAIN, "項目名\t26年度\t27年度", 2015, "H27"),
        ("令和6事業年度 中小企業振興施策実施状況", PLAIN, "項目名\t5年度\t6年度", 2024, "令和6事業年度"),
        ("中小企業振興施策実施状況\n\n（令和7年版）", PLAIN, "項目名\t5年度\t6年度", 2024, "令和6年度"),
        ("中小企業振興施策実施状況\n\n令和6年度", PLAIN, "項目名\t5年度\t6年度", 2024, "令和6年度"),
        ("中小企業振興施策実施状況", HEAD.replace("R6事業費 (千円)", "決算額 R6"), "項目名\t5年度\t6年度", 2024, "R6"),
        ("中小企業振興施策実施状況", PLAIN, "項目名\tR5\tR6", 2024, "令和6年度"),
        ("中小企業振興施策実施状況", PLAIN, "項目名\t令和元年度\t令和2年度", 2020, "令和2年度"),
    ],
)
def test_the_year_is_what_is_said_and_the_figures_are_about(
    title: str, head: str, table: str, year: int, label: str, tmp_path: Path
) -> None:
    report = read_report(write(tmp_path, title, head, table))
    assert (report.report.fiscal_year, report.report.fiscal_year_label) == (year, label)
    assert [one.fiscal_year for one in programmes(report)[0].metrics[0].observations] == [year - 1, year]
    assert codes(report) == []


def test_a_year_that_nothing_states_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="--fiscal-year"):
        read_report(write(tmp_path, "中小企業振興施策実施状況"))


def test_a_person_says_the_year_in_the_file_beside_it(tmp_path: Path) -> None:
    path = write(tmp_path, "中小企業振興施策実施状況")
    path.with_suffix(".toml").write_text("fiscal_year = 2024\n", encoding="utf-8")
    report = read_report(path)
    assert (report.report.id, report.report.fiscal_year_label) == ("aomori-sme-2024", "令和6年度")
    assert codes(report) == []
    # What is said for one run goes before it, and the tables disagree.
    assert [code for code, _ in codes(read_report(path, fiscal_year=2023))] == ["layout-drift"]


@pytest.mark.parametrize(("told", "found"), [(2024, []), (2025, ["layout-drift", "layout-drift"])])
def test_a_year_that_the_title_does_not_state_is_said(told: int, found: list[str], tmp_path: Path) -> None:
    report = read_report(write(tmp_path, "令和6年度中小企業振興施策実施状況"), fiscal_year=told)
    assert report.report.fiscal_year == told
    assert [one.code for one in report.findings if "fiscal" in one.message] == found


@pytest.mark.parametrize("year", ['"2024"', "24", "2024.0", "true"])
def test_a_year_that_is_none_is_a_mistake_of_the_file(year: str, tmp_path: Path) -> None:
    path = write(tmp_path, "中小企業振興施策実施状況")
    path.with_suffix(".toml").write_text(f"fiscal_year = {year}\n", encoding="utf-8")
    with pytest.raises(CannotRead, match="fiscal_year"):
        read_report(path)


def test_the_command_takes_the_year(tmp_path: Path) -> None:
    path = write(tmp_path, "中小企業振興施策実施状況")
    done = extractor("run", "--no-language", path, "--out", tmp_path / "out", "--fiscal-year", "2024")
    assert done.returncode in {0, 1}, done.stderr
    assert '"fiscal_year": 2024' in (tmp_path / "out" / "made-up.json").read_text(encoding="utf-8")
