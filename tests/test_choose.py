"""Which profile a report is read with, what is refused, and what `--strict` does."""

import json
from pathlib import Path

import pytest

from command import extractor
from extractor.errors import CannotRead
from extractor.pipeline import read_report, read_with_profile
from extractor.profiles.profile import find_profile, load_profile, load_profiles
from extractor.profiles.profile_files import hash_profile
from made_up import HEAD, MadeUp, changed, codes
from reports import INPUTS

TITLE = "令和6年度中小企業振興施策実施状況"


def written(folder: Path, text: str, name: str = "made-up.txt") -> Path:
    """A transcript of this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", INPUTS, ids=[path.name for path in INPUTS])
def test_the_reports_of_raw_choose_their_profile(path: Path) -> None:
    assert read_with_profile(path)[1].id == "aomori-sme"


def test_profiles_have_ids_of_their_own_and_are_found_by_them() -> None:
    ids = [one.id for one in load_profiles()]
    assert ids == sorted(set(ids))
    assert all(find_profile(one.id) is one and len(hash_profile(one.id)) == 64 for one in load_profiles())
    assert find_profile("nowhere") is None


def test_jurisdictions_have_their_check_digit() -> None:
    for one in load_profiles():
        digits = [int(digit) for digit in one.jurisdiction.code]
        total = sum(digit * weight for digit, weight in zip(digits[:5], (6, 5, 4, 3, 2), strict=True))
        assert digits[5] == (11 - total % 11) % 10


@pytest.mark.parametrize(
    "made",
    [
        MadeUp(title="令和6年度事業の記録", head=HEAD),
        MadeUp(title="令和6年度中小企業施策実施報告", chapter="第2章 地域の担い手を育てること"),
        MadeUp(rows=(), subtotal=None, head="No.\t番地"),
    ],
    ids=["no title", "other title and chapter", "no list"],
)
def test_a_report_that_differs_in_part_is_still_of_its_profile(made: MadeUp, tmp_path: Path) -> None:
    assert read_with_profile(written(tmp_path, made.text()))[1].id == "aomori-sme"


def test_a_list_that_another_family_might_have_does_not_choose_that_family(tmp_path: Path) -> None:
    head = HEAD.replace("R6事業費", "R6予算額").replace("担当課等\t掲載頁", "概要\t掲載頁")
    made = MadeUp(head=head, blocks=(), title="令和6年度の記録")
    with pytest.raises(CannotRead, match="no profile fits"):
        read_report(written(tmp_path, made.text()))
    assert read_with_profile(written(tmp_path, MadeUp(head=head).text()))[1].id == "aomori-sme"


def test_what_fits_no_profile_is_refused_with_the_nearest_and_what_it_lacks(tmp_path: Path) -> None:
    text = "令和6年度の主な事業\n\n【取組の概要】\n\n番号\t担当課\t事業の名\t支出額\n1\t港湾課\t港の学び舎\t1,000\n"
    with pytest.raises(CannotRead) as refused:
        read_report(written(tmp_path, text))
    assert refused.value.status == "not-a-report"
    said = str(refused.value)
    assert "the nearest is aomori-sme" in said
    assert "title 中小企業振興施策実施状況" in said
    assert "heading 基本方針事業一覧, 事業概要, 事業実績" in said
    assert "\n" not in said


@pytest.mark.parametrize("cover", ["", "岩手県\n\n", "岩手県商工労働観光部\n\n"], ids=["title", "line", "division"])
def test_another_prefectures_report_is_read_only_when_asked_and_says_so(cover: str, tmp_path: Path) -> None:
    title = TITLE if cover else f"岩手県 {TITLE}"
    path = written(tmp_path, cover + MadeUp(title=title).text())
    with pytest.raises(CannotRead, match="it is of 岩手県 and not of 青森県"):
        read_report(path)
    report = read_report(path, load_profile())
    assert report.report.jurisdiction.name == "青森県"
    assert next((one.code, one.severity) for one in report.findings if "岩手県" in one.message) == (
        "layout-drift",
        "error",
    )


@pytest.mark.parametrize(
    "line",
    ["岩手県との連携により、県境の会社を訪ねた。", "青森県と岩手県の概況", "県内企業の動き"],
    ids=["prose", "both", "none"],
)
def test_a_neighbour_named_in_passing_is_no_publisher(line: str, tmp_path: Path) -> None:
    assert codes(read_report(written(tmp_path, MadeUp().text().replace("概要である。", line, 1)))) == []


def test_the_profile_asked_for_is_used_and_an_unknown_one_is_an_error(tmp_path: Path) -> None:
    path = written(tmp_path, MadeUp(title=f"岩手県 {TITLE}").text())
    out = tmp_path / "out"
    done = extractor("run", path, "--profile", "aomori-sme", "--out", out)
    assert done.returncode == 1, done.stderr
    (record,) = json.loads((out / "run.json").read_text(encoding="utf-8"))["inputs"]
    assert record["fingerprint"]["profile"] == {"id": "aomori-sme", "sha256": hash_profile("aomori-sme")}
    wrong = extractor("run", path, "--profile", "nowhere", "--out", out)
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
    assert "aomori-sme" in wrong.stderr


def test_profiles_are_listed() -> None:
    listed = extractor("profiles").stdout
    for one in load_profiles():
        (line,) = [line for line in listed.split("\n") if line.startswith(f"{one.id} ")]
        assert one.jurisdiction.name in line
        assert one.title[0] in line


def test_strict_writes_no_report_that_has_drifted_and_leaves_the_older_output(tmp_path: Path) -> None:
    out = tmp_path / "out"
    path = written(tmp_path, MadeUp().text())
    assert extractor("run", path, "--strict", "--out", out).returncode == 0
    before = (out / "made-up.json").read_bytes()
    prose = "塾を開いた。\n\n【今後の方向】\n\n来年度は12回開く。"
    written(tmp_path, MadeUp(blocks=changed(3, prose=prose), head=HEAD.replace("掲載頁", "海域")).text())
    done = extractor("run", path, "--strict", "--out", out)
    assert done.returncode == 2
    first, second = done.stderr.strip().split("\n")
    assert "海域" in first
    assert "and 1 more of the kind" in first
    assert first.endswith("[layout-drift]")
    assert "stale" in second
    assert (out / "made-up.json").read_bytes() == before
    (record,) = json.loads((out / "run.json").read_text(encoding="utf-8"))["inputs"]
    assert (record["status"], record["stale"]) == ("layout-drift", True)
    assert extractor("run", path, "--out", out).returncode == 0
    assert (out / "made-up.json").read_bytes() != before


def test_what_is_only_worth_a_mention_is_no_drift_to_refuse(tmp_path: Path) -> None:
    path = written(tmp_path, MadeUp(subtotal=None).text())
    assert extractor("run", path, "--strict", "--out", tmp_path / "out").returncode == 0
