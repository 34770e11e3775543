"""Some of an output is taken into golden, by a pointer or by a file of decisions; the rest stays as it was."""

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from review.desk import REPORT, TRANSCRIPT, Desk, programmes, several


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.put(REPORT, several)
    return desk


def pending(desk: Desk) -> Any:
    """What is kept as pending of the report."""
    path = desk.golden / "pending.lock"
    return json.loads(path.read_text(encoding="utf-8"))["reports"][REPORT]["leaves"] if path.exists() else []


BUDGET = "/policies/0/programmes/0/budget_thousand_yen"
NAME = "/policies/0/programmes/3/name"


def decisions(desk: Desk, *said: dict[str, Any], **changed: Any) -> str:
    """A file of decisions about the report; `changed` are fields of it."""
    sums = [
        hashlib.sha256((folder / f"{REPORT}.json").read_bytes()).hexdigest() for folder in (desk.output, desk.golden)
    ]
    data = {"report": REPORT, "output_sha256": sums[0], "golden_sha256": sums[1], "decisions": said}
    path = desk.folder / "decisions.json"
    path.write_text(json.dumps(data | changed), encoding="utf-8")
    return path.name


def decision(pointer: str, verdict: str, kind: str = "changed", **more: Any) -> dict[str, Any]:
    same = {"left_pointer": pointer, "right_pointer": pointer, "kind": kind, "verdict": verdict}
    return same | {"note": "", "correction": None} | more


def test_only_what_is_pointed_to_is_taken(desk: Desk) -> None:
    before = desk.accepted()
    done = desk.run("accept", REPORT, "--only", "/policies/0/programmes/0")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 accepted, 4 pending (0 refused, 4 open)" in done.stdout
    expected = before
    programmes(expected)[0]["budget_thousand_yen"] = programmes(desk.read())[0]["budget_thousand_yen"]
    assert desk.accepted() == expected


def test_a_correction_goes_with_what_it_is_about(tmp_path: Path) -> None:
    said = {"printed": 1, "correct": 2, "reason": "誤植", "date": "2026-11-20", "source": []}

    def edit(data: dict[str, Any]) -> None:
        programmes(data)[0]["budget_thousand_yen"] = 1
        data["corrections"] = [said | {"pointer": BUDGET}, said | {"pointer": NAME}]

    (tmp_path / "other").mkdir()
    desk = Desk(tmp_path / "other")
    desk.put(REPORT, edit)
    done = desk.run("accept", REPORT, "--only", BUDGET)
    assert (done.returncode, "2 accepted, 1 pending" in done.stdout) == (1, True), done.stdout
    assert desk.accepted() == desk.read()
    (left,) = pending(desk)
    assert (left["record"], left["kind"], left["before"]["correct"]) == ("correction", "removed", 2)
    assert "pending" in desk.run("review").stdout


def test_an_observation_is_taken_alone(desk: Desk) -> None:
    pointer = "/policies/0/programmes/1/metrics/0/observations/0"
    assert desk.run("accept", REPORT, "--only", pointer).returncode == 1
    accepted, read = desk.accepted(), desk.read()
    assert programmes(accepted)[1] == programmes(read)[1]
    assert programmes(accepted)[3]["name"] != programmes(read)[3]["name"]


def test_all_parts_one_by_one_are_the_whole(desk: Desk) -> None:
    for number in (0, 1, 2, 3, 9):
        code = desk.run("accept", REPORT, "--only", f"/policies/0/programmes/{number}").returncode
        assert code == int(number != 9)
    assert (desk.golden / f"{REPORT}.json").read_bytes() == (desk.output / f"{REPORT}.json").read_bytes()
    # What is whole has the fingerprint of what read it; what was taken in part had none.
    assert REPORT in json.loads((desk.golden / "fingerprints.lock").read_text(encoding="utf-8"))["reports"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((REPORT, "--only", "/policies/0/programmes/5"), "nothing is open"),
        ((REPORT, "--only", "policies"), "no pointer"),
        (("--only", "/policies"), "name it"),
        ((REPORT, "--only", "/x", "--decisions", "y"), "together"),
        ((REPORT, "--decisions", "missing.json"), "No such file"),
    ],
)
def test_what_cannot_be_taken_is_said_on_one_line(desk: Desk, arguments: tuple[str, ...], said: str) -> None:
    before = desk.accepted()
    done = desk.run("accept", *arguments)
    assert done.returncode == 2
    assert said in done.stdout + done.stderr
    assert len((done.stdout + done.stderr).splitlines()) == 1
    assert desk.accepted() == before


def test_a_pointer_is_not_taken_for_one_that_it_begins(desk: Desk) -> None:
    assert desk.run("accept", REPORT, "--only", "/policies/0/programmes/1").returncode == 1
    assert programmes(desk.accepted())[1] == programmes(desk.read())[1]
    assert programmes(desk.accepted())[0] != programmes(desk.read())[0]


def test_what_is_gone_is_not_taken_for_what_stands_in_its_place(tmp_path: Path) -> None:
    def one_more(data: dict[str, Any]) -> None:
        some = programmes(data)
        some.insert(2, some[2] | {"id": "2023-1-99", "number": 99, "name": "前に読まれた事業", "metrics": []})
        for finding in data["findings"]:
            parts = finding["pointer"].split("/")
            if parts[1:4] == ["policies", "0", "programmes"] and int(parts[4]) >= 2:
                parts[4] = str(int(parts[4]) + 1)
                finding["pointer"] = "/".join(parts)
        some[3]["budget_thousand_yen"] = 1

    (tmp_path / "other").mkdir()
    desk = Desk(tmp_path / "other")
    desk.put(REPORT, one_more)
    assert desk.run("accept", REPORT, "--only", "/policies/0/programmes/2").returncode == 1
    accepted = programmes(desk.accepted())
    assert accepted[2]["name"] == "前に読まれた事業"
    assert accepted[3] == programmes(desk.read())[2]
    assert desk.run("accept", REPORT, "--only", "/policies/0/programmes").returncode == 0
    assert desk.accepted() == desk.read()


def test_accepted_decisions_are_taken_and_no_others(desk: Desk) -> None:
    correction = {"value": "正しい名称", "reason": "頁にそうある"}
    file = decisions(
        desk,
        decision(BUDGET, "accept"),
        decision(NAME, "refuse", "renamed", correction=correction),
        decision("/policies/0/programmes/2/overview/paragraphs/0", "note", note="後で見る"),
    )
    done = desk.run("accept", "--decisions", file)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 accepted, 1 corrected, 3 pending (0 refused, 3 open)" in done.stdout
    kept = tomllib.loads((desk.folder / f"raw/{REPORT}.toml").read_text(encoding="utf-8"))["correction"][-1]
    assert (kept["pointer"], kept["printed"]) == (NAME, programmes(desk.read())[3]["name"])
    assert (kept["correct"], kept["reason"]) == ("正しい名称", "頁にそうある")
    assert kept["sha256"] == desk.read()["source"]["sha256"]
    assert sorted(one["note"] for one in pending(desk)) == ["", "", "後で見る"]
    accepted, read = desk.accepted(), desk.read()
    assert programmes(accepted)[0] == programmes(read)[0]
    assert programmes(accepted)[3]["name"] == "正しい名称"
    assert all(programmes(accepted)[number] != programmes(read)[number] for number in (1, 2, 3, 9))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"report": "../x"}, "no name"),
        ({"decisions": [decision("/policies/0/title", "accept")]}, "accepted already"),
        ({"decisions": [decision(BUDGET, "accept"), decision(BUDGET, "refuse")]}, "in two ways"),
        ({"decisions": [decision(BUDGET, "perhaps")]}, "no file of decisions"),
        ({"output_sha256": "0" * 64, "decisions": [decision(BUDGET, "accept")]}, "read anew"),
    ],
)
def test_decisions_that_do_not_fit_take_nothing(desk: Desk, changed: dict[str, Any], said: str) -> None:
    before = desk.accepted()
    done = desk.run("accept", "--decisions", decisions(desk, **changed))
    assert done.returncode == 2
    assert said in done.stdout + done.stderr
    assert desk.accepted() == before


def test_a_correction_may_be_all_that_is_decided(desk: Desk) -> None:
    before = desk.accepted()
    file = decisions(
        desk, decision(NAME, "refuse", "renamed", correction={"value": "正しい名称", "reason": "頁にそうある"})
    )
    done = desk.run("accept", "--decisions", file)
    assert (done.returncode, done.stderr) == (1, "")
    assert "1 corrected, 4 pending" in done.stdout
    programmes(before)[3]["name"] = "正しい名称"
    assert programmes(desk.accepted()) == programmes(before)


@pytest.mark.parametrize("pointer", ["/policies/99/title", "/report/none", "/policies/x", "/report/title/0"])
def test_no_correction_is_kept_of_what_is_not_there(desk: Desk, pointer: str) -> None:
    wrong = decision(pointer, "refuse", correction={"value": "1", "reason": "頁にそうある"})
    before = (desk.raw / f"{REPORT}.toml").exists()
    done = desk.run("accept", "--decisions", decisions(desk, decision(BUDGET, "accept"), wrong))
    assert (done.returncode, done.stderr) == (2, "")
    assert "no such thing" in done.stdout
    assert "1 accepted, 4 pending" in done.stdout
    assert (desk.raw / f"{REPORT}.toml").exists() == before


def test_nothing_is_taken_of_an_input_that_has_changed_since(desk: Desk) -> None:
    with (desk.raw / f"{REPORT}.pdf").open("ab") as file:
        file.write(b"\n")
    before = desk.accepted()
    done = desk.run("accept")
    assert done.returncode == 2
    assert "has changed since the last run" in done.stdout
    assert desk.accepted() == before


def test_nothing_is_taken_of_an_output_that_is_older_than_its_corrections(desk: Desk) -> None:
    before = desk.accepted()
    (desk.raw / f"{REPORT}.toml").write_text("correction = []\n", encoding="utf-8")
    done = desk.run("accept")
    assert done.returncode == 2
    assert f"{REPORT}.toml has changed since the last run" in done.stdout
    assert desk.accepted() == before


def test_a_run_notes_which_corrections_it_read(desk: Desk) -> None:
    desk.put(TRANSCRIPT)
    file = desk.raw / f"{TRANSCRIPT}.toml"
    file.write_text("correction = []\n", encoding="utf-8")
    desk.run("run", "--no-language", "--quiet", f"raw/{TRANSCRIPT}.txt")
    (last,) = json.loads((desk.output / "run.json").read_text(encoding="utf-8"))["inputs"]
    assert last["corrections_sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    # It is refused for what was left out, and not for its corrections.
    assert "left out" in desk.run("accept").stdout


def test_with_a_value_comes_the_source(desk: Desk) -> None:
    data = desk.accepted()
    data["source"]["sha256"] = "0" * 64
    (desk.golden / f"{REPORT}.json").write_text(json.dumps(data), encoding="utf-8")
    done = desk.run("accept", REPORT, "--only", BUDGET)
    assert (done.returncode, "1 accepted, 4 pending" in done.stdout) == (1, True)
    assert desk.accepted()["source"] == desk.read()["source"]
    assert programmes(desk.accepted())[3] == programmes(data)[3]
    done = desk.run("accept", REPORT)
    assert (done.returncode, desk.accepted(), pending(desk)) == (0, desk.read(), [])
