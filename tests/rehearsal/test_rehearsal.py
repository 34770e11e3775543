"""The yearly routine from end to end, as operator and reviewer go through it: a terminal, and a page in Chromium."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from press.browser import Browser
from rehearsal.edition import (
    ADDED,
    BLANK,
    DIVISION,
    GONE,
    JUMP,
    MISPRINT,
    RENAMED,
    RESTATED,
    SPLIT,
    YEAR,
    make_edition,
)
from rehearsal.hand import Hand
from rehearsal.office import Office, count_differences, count_things

pytestmark = pytest.mark.slow

NAME = "aomori-sme-2024"
AS_PRINTED = "原本のとおり。担当課に確認した"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("office") / "desk")
    office.lay_out()
    return office


def test_a_new_edition_is_accepted_and_its_programmes_are_paired(
    office: Office, running: Browser, tmp_path: Path
) -> None:
    # One test: the second half goes on where the first ends.
    accept_in_two_sittings(office, running, tmp_path)
    pair_over_the_years(office, running, tmp_path)


def accept_in_two_sittings(office: Office, running: Browser, tmp_path: Path) -> None:
    office.receive(NAME, make_edition())
    office.note_count(NAME, 38)
    done = office.run()
    assert (done.code, done.stderr) == (0, "")
    assert re.search(rf"{NAME}.pdf +読取済み +1 +38 +108 +0 +9 +3 +0", done.stdout)
    assert "9件のうち5件" in done.stdout
    total = count_differences(done.stdout)
    check_findings(office)
    said = decide_at_first(office, running, tmp_path, total)
    done = office.do("accept", "--decisions", f"{NAME}.decisions.json")
    assert (done.code, done.stderr) == (1, "")
    assert "一部承認" in done.stdout
    assert count_things(done.stdout) == said
    left = read_again(office, said["保留"])
    decide_the_rest(office, running, tmp_path, left)
    done = office.do("accept", "--decisions", f"{NAME}.decisions.json")
    assert (done.code, done.stderr) == (0, "")
    said = count_things(done.stdout)
    assert (said["承認"], said["確認済みの指摘"]) == (left, 1)
    office.check_settled(NAME)


def check_findings(office: Office) -> None:
    """What is doubtful is listed with its programme, item and year, what it means and what to do."""
    done = office.do("findings", NAME)
    assert (done.code, done.stderr) == (0, "")
    for said in (
        "空欄：1件",
        "助数詞の不一致：6件",
        "桁違い：2件",
        "意味  ",
        "対処  ",
        "エラー 0件、警告 9件、情報 3件",
    ):
        assert said in done.stdout
    for name, value in (MISPRINT[:2], JUMP):
        assert re.search(rf"\d+ \S+ › {name} › 2024年度\s+「{name}」が\S+から{value}になっている", done.stdout)


def decide_at_first(office: Office, running: Browser, pictures: Path, total: int) -> dict[str, int]:
    """Decide what is clear, with keys and mouse; what `accept` should say of it."""
    done, page = office.review()
    assert done.code == 1
    assert re.search(rf"{NAME} +新規 +{total} *\n", done.stdout)
    hand = Hand(running, page, pictures)
    hand.look("11-new-edition")
    assert hand.count_open() == total
    # Programmes against which nothing speaks, as a group.
    hand.press("g")
    hand.look("12-clean-programmes")
    hand.press("Enter")
    assert hand.struck == 2
    clean = hand.count_said("accept")
    assert clean > total * 0.7
    # The misprint, with what is right.
    name, printed, right = MISPRINT
    hand.find(name, printed)
    hand.look("13-misprint")
    hand.press("c")
    hand.type(right, "Enter")
    hand.type("担当課に照会。誤植とのこと", "Enter")
    hand.leave_search()
    # A large value that is right.
    hand.find(*JUMP)
    hand.press("w")
    hand.type(AS_PRINTED)
    hand.look("14-waiver")
    hand.press("Enter", "a")
    hand.leave_search()
    waive_counters(hand)
    # A blank that the division is asked about.
    hand.find(BLANK, "（空欄）")
    hand.click("#say-remark")
    hand.type("担当課に照会中")
    hand.look("16-blank")
    hand.click("#say-refuse")
    hand.leave_search()
    # A slip, taken back; then a programme of which the rest is right, by mouse.
    before = hand.count_open()
    hand.press("r")
    assert hand.count_open() == before - 1
    hand.press("Control+z")
    assert (hand.count_open(), hand.count_said("refuse")) == (before, 2)
    hand.click("#rows .row", "あおり食品産業強化サポート事業")
    hand.look("17-programme")
    hand.click("button.all")
    assert hand.count_said("accept") > clean + 7
    hand.look("18-end-of-first-sitting")
    hand.save(f"{NAME}.decisions.json")
    assert hand.tab.complaints() == []
    accepted = hand.count_said("accept")
    # What is of the report as a whole comes with the first value that is accepted.
    left = hand.js("changes.filter((one) => isOpen(one) && !one.follows).length")
    return {"承認": accepted, "訂正": 1, "確認済みの指摘": 7, "保留": left + 1, "差戻し": 1, "未決": left}


def waive_counters(hand: Hand) -> None:
    """Six counters that are as they are printed: the first by mouse, the others with the reason that was given."""
    hand.find("助数詞の不一致")
    hand.look("15-counters")
    for turn in range(6):
        while not hand.js("isDoubtful(looked) && looked.year"):
            hand.press("j")
        if turn:
            hand.press("w", "Enter", "a")
        else:
            hand.click(".of-leaf.current .waive")
            hand.type(AS_PRINTED, "Enter")
            hand.click("#say-accept")
        assert hand.js("new Set([...said].filter(([name]) => name.includes(':counter-mismatch:'))).size") == turn + 1
    hand.leave_search()


def read_again(office: Office, pending: int) -> int:
    """Run once more: what was corrected and waived is; what is pending is said. How much that is."""
    noted = tomllib.loads((office.raw / f"{NAME}.toml").read_text(encoding="utf-8"))
    assert noted["expected"] == {"programmes": 38}
    assert [one["correct"] for one in noted["correction"]] == [MISPRINT[2]]
    assert [one["code"] for one in noted["waiver"]].count("counter-mismatch") == 6
    done = office.run()
    assert (done.code, done.stderr) == (0, "")
    assert re.search(rf"{NAME}.pdf +読取済み +1 +38 +108 +0 +1 +4 +7", done.stdout)
    assert "うち2件は前回から変更なし" in done.stdout
    left = count_differences(done.stdout)
    # The finding of the misprint is gone, and nothing else is new.
    assert left == pending - 1
    assert f"うち保留{left}件：{NAME} {left}" in done.stdout
    return left


def decide_the_rest(office: Office, running: Browser, pictures: Path, left: int) -> None:
    """What is shown is what is open; all of it is decided."""
    done, page = office.review()
    assert done.code == 1
    assert re.search(rf"{NAME} +保留あり +{left} +{left} *\n", done.stdout)
    hand = Hand(running, page, pictures)
    hand.look("21-what-is-open")
    assert hand.count_open() == left
    assert hand.js("$('files').querySelector('.save').disabled")
    hand.find(BLANK, "（空欄）")
    assert "担当課に照会中" in hand.js("document.querySelector('#detail .about').textContent")
    hand.press("w")
    hand.type("担当課に確認。集計なし", "Enter")
    hand.look("22-answered")
    hand.press("a")
    hand.leave_search()
    hand.press("g")
    hand.look("23-all-that-is-shown")
    hand.press(str(hand.js("scopes.findIndex((one) => one.name === 'filtered') + 1")), "Enter")
    hand.look("24-all-decided")
    assert hand.count_open() == 0
    hand.save(f"{NAME}.decisions.json")
    assert hand.tab.complaints() == []


def pair_over_the_years(office: Office, running: Browser, tmp_path: Path) -> None:
    years = ("years", *(f"golden/aomori-sme-{year}.json" for year in (2022, 2023, YEAR)))
    done = office.do(*years, "--html", "years.html")
    assert done.code == 0
    for one in (("新規", ADDED), ("終了", GONE), ("改称", *RENAMED), ("分割", SPLIT[0], SPLIT[2]), ("改称", *DIVISION)):
        assert re.search(r".* \d{4} ".join(map(re.escape, one)), done.stdout), one
    for name, values in RESTATED.items():
        assert re.search(rf"{name} +2023 +{values[0]} .*{values[1]} ", done.stdout)
    hand = Hand(running, office.folder / "years.html", tmp_path)
    hand.look("31-years")
    renamed, part, other = (find_pairing(hand, name) for name in (RENAMED[1], *SPLIT[1:]))
    hand.click(f"button.correct[data-question='{renamed}']")
    hand.look("32-renamed")
    hand.click(f"#q{renamed} label:has(input[type=radio])", RENAMED[0])
    # The other part of what was split is what goes on: so what was taken for it must be said, too.
    hand.click(f"button.correct[data-question='{part}']")
    hand.click(f"#q{part} label:has(input[type=radio])", SPLIT[0])
    hand.look("33-split")
    assert hand.js("$('save').disabled")
    assert SPLIT[2] in hand.js(f"document.querySelector('#q{part} .clash').textContent")
    hand.click(f"#q{other} label:has(input[value=new])")
    hand.click(f"#q{other} .remark")
    hand.type("委託訓練は別の事業とした")
    hand.look("34-settled")
    settled = hand.save("series.decisions.json")
    assert hand.tab.complaints() == []
    done = office.do("accept", "--decisions", settled.name)
    assert (done.code, done.stderr) == (0, "")
    assert (done.stdout.count("：前年度は"), done.stdout.count("：新規")) == (2, 1)
    register = tomllib.loads((office.golden / "series.toml").read_text(encoding="utf-8"))
    decided = {one["name"]: one for one in register["decision"]}
    assert decided[RENAMED[1]]["was"]["name"] == RENAMED[0]
    assert decided[SPLIT[1]]["was"]["name"] == SPLIT[0]
    assert (decided[SPLIT[2]].get("was"), decided[SPLIT[2]]["note"]) == (None, "委託訓練は別の事業とした")
    told = json.loads(office.do(*years, "--json").stdout)
    assert told["doubtful"] == 0
    # The part that is new by a person's word is no part any more, and the other is the whole under its new name.
    assert told["split"] == []
    assert [SPLIT[0], SPLIT[1]] in [[one["before"][0]["name"], one["after"][0]["name"]] for one in told["renamed"]]
    assert SPLIT[2] in [one["after"][0]["name"] for one in told["new"]]


def find_pairing(hand: Hand, name: str) -> int:
    """The number under which the page asks which programme this one was."""
    asked = f"!one.ending && programmes[one.at].year === {YEAR} && programmes[one.at].shown === {json.dumps(name)}"
    number = int(hand.js(f"questions.findIndex((one) => {asked})"))
    assert number >= 0
    return number
