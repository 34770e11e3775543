"""The first report of a new prefecture, from its refusal for want of a profile until all of it is accepted."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from press.browser import Browser
from rehearsal.first_report import FAMILY, MISPRINT, OTHER_UNIT, make_first_report, write_profile
from rehearsal.hand import Hand
from rehearsal.office import Office, count_differences, count_things
from reports import ROOT

pytestmark = pytest.mark.slow

NAME = "iwate-sme-2024"
AS_PRINTED = "原本のとおり。来場者数で示している"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A folder in which nothing was ever accepted, with a program of its own to which a profile can be added."""
    folder = tmp_path_factory.mktemp("office")
    office = Office(folder / "desk")
    office.program = folder / "src"
    shutil.copytree(ROOT / "src", office.program, ignore=shutil.ignore_patterns("__pycache__"))
    return office


def test_the_first_report_of_a_prefecture_is_accepted(office: Office, running: Browser, tmp_path: Path) -> None:
    office.receive(NAME, make_first_report(), FAMILY)
    office.note_count(NAME, 5)
    write_the_profile(office)
    total = read_first(office)
    said = decide_at_first(office, running, tmp_path, total)
    done = office.do("accept", "--decisions", f"{NAME}.decisions.json")
    assert (done.code, done.stderr) == (1, "")
    assert count_things(done.stdout) == said
    left = read_again(office)
    decide_the_rest(office, running, tmp_path, left)
    done = office.do("accept", "--decisions", f"{NAME}.decisions.json")
    assert (done.code, done.stderr) == (0, "")
    office.check_settled(NAME)
    check_accepted(office)


def write_the_profile(office: Office) -> None:
    """Another prefecture's report is refused, with what to do; its own profile is written."""
    done = office.run()
    assert done.code == 2
    assert "様式が合わない" in done.stdout
    assert "青森県ではなく岩手県の報告書である" in done.stderr
    assert "iwate" not in office.do("profiles").stdout
    path = office.program / "extractor" / "profiles" / "iwate_sme.toml"
    path.write_text(write_profile(), encoding="utf-8")
    assert "iwate-sme" in office.do("profiles").stdout


def read_first(office: Office) -> int:
    """All is new, and what is doubtful is said. How many values there are."""
    done = office.run()
    assert (done.code, done.stderr) == (0, "")
    assert re.search(rf"{NAME}.pdf +読取済み +2 +5 +\d+ +0 +\d+ ", done.stdout)
    assert "承認済みの報告書はまだない" in done.stdout
    told = office.do("findings", NAME).stdout
    assert f"「{MISPRINT[0]}」が約 2,500部から{MISPRINT[1]}になっている" in told
    assert f"「{OTHER_UNIT[0]}」の単位が「名」になっている" in told
    reported = office.open(f"output/{NAME}.json")["report"]
    assert (reported["id"], reported["jurisdiction"]) == (NAME, {"code": "030007", "name": "岩手県"})
    review = office.do("review")
    assert review.code == 1
    return int(re.findall(rf"{NAME} +新規 +(\d+)", review.stdout)[0])


def decide_at_first(office: Office, running: Browser, pictures: Path, total: int) -> dict[str, int]:
    """Look at the head first; then the clean programmes as a group, a correction, a waiver and a refusal."""
    done, page = office.review()
    assert done.code == 1
    hand = Hand(running, page, pictures)
    hand.look("51-first-report")
    assert hand.count_open() == total
    assert "岩手県" in hand.js("changes.filter((one) => one.follows).map((one) => joined(one.after)).join()")
    # What is of the report as a whole is looked at by itself: prefecture, year.
    while hand.js("looked.follows"):
        hand.press("a")
    hand.find(*MISPRINT[:2])
    hand.look("52-misprint")
    hand.press("c")
    hand.type(MISPRINT[2], "Enter")
    hand.type("担当課に照会。誤植とのこと", "Enter")
    hand.leave_search()
    hand.find(*OTHER_UNIT)
    hand.press("w")
    hand.type(AS_PRINTED)
    hand.look("53-waiver")
    hand.press("Enter", "a")
    hand.leave_search()
    # A paragraph that is read wrongly, as the reviewer says.
    hand.find("いわての仕事」発信", "雇用情勢")
    hand.click("#say-remark")
    hand.type("段落の切れ目を確認")
    hand.click("#say-refuse")
    hand.leave_search()
    hand.press("g")
    hand.look("54-clean")
    hand.press(str(hand.js("scopes.findIndex((one) => one.name === 'clean') + 1")), "Enter")
    assert hand.count_open() < total / 2
    # The rest of the programme at hand, by mouse.
    hand.click("#rows .row", "グリーントランスフォーメーション")
    hand.click("button.all")
    hand.look("55-end-of-first-sitting")
    hand.save(f"{NAME}.decisions.json")
    assert hand.tab.complaints() == []
    left = hand.js("changes.filter((one) => isOpen(one) && !one.follows).length")
    assert hand.count_said("refuse") == 2
    return {
        "承認": hand.count_said("accept"),
        "訂正": 1,
        "確認済みの指摘": 1,
        "保留": left + 1,
        "差戻し": 1,
        "未決": left,
    }


def read_again(office: Office) -> int:
    """Run once more: only what is pending differs."""
    noted = tomllib.loads((office.raw / f"{NAME}.toml").read_text(encoding="utf-8"))
    assert [one["correct"] for one in noted["correction"]] == [MISPRINT[2]]
    assert [one["reason"] for one in noted["waiver"]] == [AS_PRINTED]
    assert [one.name for one in (office.golden / "originals").iterdir()]
    done = office.run()
    assert (done.code, done.stderr) == (0, "")
    left = count_differences(done.stdout)
    assert f"うち保留{left}件：{NAME} {left}" in done.stdout
    return left


def decide_the_rest(office: Office, running: Browser, pictures: Path, left: int) -> None:
    """What is shown is what is open, with the remark."""
    done, page = office.review()
    assert done.code == 1
    hand = Hand(running, page, pictures)
    hand.look("56-what-is-open")
    assert hand.count_open() == left
    hand.find("いわての仕事」発信", "雇用情勢")
    assert "段落の切れ目を確認" in hand.js("document.querySelector('#detail .about').textContent")
    hand.press("a")
    hand.leave_search()
    while hand.count_open():
        hand.press("a")
    hand.save(f"{NAME}.decisions.json")
    assert hand.tab.complaints() == []


def check_accepted(office: Office) -> None:
    """The golden file is of this prefecture, with the value that was corrected."""
    golden = office.open(f"golden/{NAME}.json")
    assert golden["report"]["jurisdiction"]["name"] == "岩手県"
    (right,) = [
        metric["observations"][1]["quantities"][0]["value"]
        for policy in golden["policies"]
        for programme in policy["programmes"]
        for metric in programme["metrics"]
        if metric["name"] == MISPRINT[0]
    ]
    assert right == 3750
    assert (office.golden / "series.toml").exists()
