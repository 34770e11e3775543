"""A corrected edition (正誤版) of an accepted report, from its arrival until nothing is open."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extractor.records.edition import Correction
from press.browser import Browser
from rehearsal.edition import ADDED, CORRECTED, MENDED, MISPRINT, STRUCK, WRONG_NOW, correct_edition, make_small_edition
from rehearsal.hand import Hand
from rehearsal.office import Office, count_differences, count_things

pytestmark = pytest.mark.slow

NAME = "aomori-sme-2024"
AS_PRINTED = "原本のとおり。担当課に確認した"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The folder with the first edition, of which all is accepted, a value corrected and six findings are waived."""
    office = Office(tmp_path_factory.mktemp("office") / "desk")
    office.receive(NAME, make_small_edition())
    office.note_count(NAME, 8)
    assert office.run().code == 0
    office.do("review", "--json", "review.json")
    (reviewed,) = office.open("review.json")["reports"]
    (wrong,) = [
        number
        for number, change in enumerate(reviewed["comparison"]["changes"])
        if (change["labels"]["metric"], change["labels"]["fiscal_year"]) == (MISPRINT[0], 2024)
        and change["record"] == "observation"
    ]
    keys = [leaf["key"] for leaf in reviewed["leaves"]]
    correction = {"value": MISPRINT[2], "reason": "担当課に照会。誤植とのこと"}
    said: list[dict[str, Any]] = [
        {"keys": [keys[wrong]], "verdict": "refuse", "correction": correction},
        {"keys": keys[:wrong] + keys[wrong + 1 :], "group": "all", "verdict": "accept"},
    ]
    waivers = [
        {"code": one["code"], "pointer": one["pointer"], "reason": AS_PRINTED}
        for one in office.open(f"output/{NAME}.json")["findings"]
        if one["code"] == "counter-mismatch"
    ]
    assert len(waivers) == 6
    done = office.decide(NAME, said, waivers)
    assert (done.code, count_things(done.stdout)) == (0, {"承認": len(keys) - 1, "訂正": 1, "確認済みの指摘": 6})
    office.check_settled(NAME)
    return office


def test_a_corrected_edition_is_decided_by_what_changed(office: Office, running: Browser, tmp_path: Path) -> None:
    office.receive(NAME, correct_edition())
    read_without_the_correction(office)
    said = decide_at_first(office, running, tmp_path)
    done = office.do("accept", "--decisions", f"{NAME}.decisions.json")
    assert (done.code, done.stderr) == (1, "")
    assert count_things(done.stdout) == said
    left = read_again(office)
    decide_the_rest(office, running, tmp_path, left)
    done = office.do("accept", "--decisions", f"{NAME}.decisions.json")
    assert (done.code, done.stderr) == (0, "")
    office.check_settled(NAME)
    check_accepted(office)


def read_without_the_correction(office: Office) -> None:
    """A correction of the first edition stops the report; the office deletes it, for the value is right now."""
    done = office.run()
    assert done.code == 2
    about = f"あおり食品産業強化サポート事業 › {MISPRINT[0]} › 2024年度"
    assert f"別の版の原本に対する訂正が1件ある：{about}（" in done.stderr
    assert "/policies" not in done.stderr
    assert "未読取り" in office.do("review").stdout
    file = office.raw / f"{NAME}.toml"
    text = file.read_text(encoding="utf-8")
    kept, _, rest = text.partition("[[correction]]")
    file.write_text(kept + rest[rest.index("[[waiver]]") :], encoding="utf-8")
    done = office.run()
    assert (done.code, done.stderr) == (0, "")
    told = office.do("findings", NAME).stdout
    # One line for all that was waived: five say the same as before or another thing, and one is gone.
    assert told.count("件が、この版でも指摘されている") == told.count("件は、この版にはない") == 1
    assert "確認済みとした指摘5件が、この版でも指摘されている：助数詞の不一致（counter-mismatch）5件" in told


def decide_at_first(office: Office, running: Browser, pictures: Path) -> dict[str, int]:
    """Decide with both pages in sight; the mended text is asked about, and a new misprint corrected."""
    done, page = office.review()
    assert done.code == 1
    hand = Hand(running, page, pictures)
    hand.look("41-corrected-edition")
    assert "原本が差し替えられました" in hand.js("document.querySelector('#rows .row').textContent")
    values = hand.js(
        "changes.filter((one) => one.record === 'observation' && one.year === '2024年度')"
        ".map((one) => one.where.at(-2))"
    )
    assert set(values) >= {name for name in CORRECTED if name != MISPRINT[0]}
    # Both files are there: the one that was accepted is kept.
    hand.find(STRUCK[0], STRUCK[2])
    assert hand.js("document.querySelectorAll('#detail .both .page .cut img').length") >= 2
    assert hand.js("document.querySelectorAll('#detail .missing').length") == 0
    hand.look("42-struck")
    hand.press("o")
    hand.look("43-one-over-the-other")
    # The rows lie on each other, though the values are not as wide.
    assert (
        hand.js(
            "new Set([...document.querySelectorAll('.both.over .of-row')].map((one) => one.getBoundingClientRect())"
            ".map((box) => [box.left, box.top].map(Math.round).join())).size"
        )
        == 1
    )
    hand.press("o", "a")
    hand.leave_search()
    hand.find(WRONG_NOW[0], WRONG_NOW[2])
    hand.press("c")
    hand.type(WRONG_NOW[1], "Enter")
    hand.type("正誤版の誤植。担当課に確認", "Enter")
    hand.leave_search()
    hand.find("相談窓口を2か所")
    hand.press("n")
    hand.type("担当課に照会中", "Enter")
    hand.leave_search()
    hand.find("相談件数", CORRECTED["相談件数"][1])
    hand.click("#say-accept")
    hand.leave_search()
    # What was waived and says the same is waived again as one.
    before = hand.struck
    hand.press("W")
    hand.look("44-renewal")
    assert hand.js("document.querySelectorAll('#renew-list li').length") == 4
    hand.press("Enter")
    assert hand.struck == before + 2
    assert hand.js("waiversOf(data.reports[0]).length") == 4
    hand.press("Control+z")
    assert hand.js("waiversOf(data.reports[0]).length") == 0
    hand.press("Control+y")
    # A finding is cut out with the name of its row, as its value is.
    assert hand.js(
        "changes.filter((one) => one.record === 'finding' && one.year).every((one) =>"
        "one.sources.flat().every((place) => place.row))"
    )
    # The one whose value is another is looked at by itself; the reason is there.
    hand.find("セミナー参加企業数")
    while not hand.js("looked.findings.some((one) => one.waivable && !isWaived(looked.report, one))"):
        hand.press("j")
    hand.press("w")
    hand.look("45-waived-before")
    hand.press("Enter")
    assert hand.js("waiversOf(data.reports[0]).map((one) => one.reason)") == [AS_PRINTED] * 5
    hand.leave_search()
    hand.look("46-end-of-first-sitting")
    hand.save(f"{NAME}.decisions.json")
    assert hand.tab.complaints() == []
    left = hand.js("changes.filter((one) => isOpen(one) && !one.follows).length")
    noted = hand.count_said("note")
    return {
        "承認": hand.count_said("accept"),
        "訂正": 1,
        "確認済みの指摘": 5,
        "保留": left + noted,
        "差戻し": 0,
        "未決": left + noted,
    }


def read_again(office: Office) -> int:
    """Run once more: what is pending is said, and what was waived is told no more."""
    noted = tomllib.loads((office.raw / f"{NAME}.toml").read_text(encoding="utf-8"))
    assert noted["expected"] == {"programmes": 8}
    (correction,) = [Correction.model_validate(one) for one in noted["correction"]]
    assert (correction.printed, correction.correct, correction.date) == (*WRONG_NOW[:0:-1], date.today())
    assert len(noted["waiver"]) == 6 + 5
    done = office.run()
    assert (done.code, done.stderr) == (0, "")
    assert "この版でも指摘されている" not in office.do("findings", NAME).stdout
    return count_differences(done.stdout)


def decide_the_rest(office: Office, running: Browser, pictures: Path, left: int) -> None:
    """What is shown is what is open: the mended text, with the note, and what was left."""
    done, page = office.review()
    assert done.code == 1
    assert re.search(rf"{NAME} .*{left} *\n|{NAME} .* {left} ", done.stdout)
    hand = Hand(running, page, pictures)
    assert hand.count_open() == left
    assert hand.js("data.reports[0].renewals.length") == 0
    hand.look("47-what-is-open")
    # What is gone is told in the language of the page.
    assert not hand.js("changes.some((one) => /[a-z]{3}/.test(joined(one.before)))")
    hand.find("相談窓口を2か所")
    assert "担当課に照会中" in hand.js("document.querySelector('#detail .about').textContent")
    hand.look("48-mended-text")
    hand.press("a")
    hand.leave_search()
    hand.press("g")
    hand.press(str(hand.js("scopes.findIndex((one) => one.name === 'filtered') + 1")), "Enter")
    if hand.count_open():
        hand.press("g", "Tab")
        hand.js("($('with-doubtful').checked = true, showIncluded())")
        hand.click("#alike-accept")
    assert hand.count_open() == 0
    hand.save(f"{NAME}.decisions.json")
    assert hand.tab.complaints() == []


def check_accepted(office: Office) -> None:
    """The golden file has the values of the corrected edition, and the one that was corrected."""
    programmes = office.open(f"golden/{NAME}.json")["policies"][0]["programmes"]
    values = {
        metric["name"]: (metric["observations"][1]["raw"], metric["observations"][1]["status"])
        for programme in programmes
        for metric in programme["metrics"]
    }
    for name, (_, printed) in CORRECTED.items():
        assert values[name][0] == printed, name
    assert values[STRUCK[0]][1] == "absent"
    (added,) = [one for one in programmes if one["name"] == ADDED]
    assert added["results"]["paragraphs"] == [MENDED[1]]
    corrections = office.open(f"golden/{NAME}.json")["corrections"]
    assert [(one["printed"], one["correct"]) for one in corrections] == [(WRONG_NOW[2], WRONG_NOW[1])]
