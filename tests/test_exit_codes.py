"""The exit codes of the commands, as the table in docs/commands.md has them."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from command import here
from made_up import MadeUp, changed
from reports import ROOT
from review.small_desk import NAME, SmallDesk, key

COMMANDS = ("run", "findings", "review", "accept", "years", "diff")
FINE, FAULTY = MadeUp(), MadeUp(subtotal="9,999")
OUTPUT = f"output/{NAME}.json"


def read_nothing(desk: SmallDesk) -> None:
    (desk.raw / "broken.txt").write_bytes(b"\xff")


def read_fine(desk: SmallDesk) -> None:
    desk.put(FINE)


def read_faulty(desk: SmallDesk) -> None:
    desk.put(FAULTY)


def spoil_output(desk: SmallDesk) -> None:
    desk.put(FINE)
    (desk.output / f"{NAME}.json").write_text("{}", encoding="utf-8")


def accept_all(desk: SmallDesk) -> None:
    desk.put(FINE)
    assert desk.accept() == 0


def decide_all(desk: SmallDesk, verdict: str = "accept") -> None:
    desk.put(FINE)
    one = desk.reviewed()
    budget = key(one, "/2024-2-03/budget_thousand_yen#")
    rest = [leaf.key for leaf in one.leaves if leaf.key != budget]
    desk.decide({"group": "rest", "keys": rest, "verdict": "accept"}, {"keys": [budget], "verdict": verdict})


def refuse_one(desk: SmallDesk) -> None:
    decide_all(desk, "refuse")


def decide_on_nothing(desk: SmallDesk) -> None:
    desk.put(FINE)
    desk.decide({"keys": ["/policies/2024-9/title#0"], "verdict": "accept"})


def read_another(desk: SmallDesk) -> None:
    desk.put(FINE)
    desk.put(MadeUp(rows=changed(3, budget="1,500")), "umi-2025")
    path = desk.output / "umi-2025.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["report"] |= {"id": "aomori-sme-2025", "fiscal_year": 2025}
    path.write_text(json.dumps(data), encoding="utf-8")


ACCEPT = ("accept", "--decisions", "decisions.json")
CASES: list[tuple[Callable[[SmallDesk], None], tuple[str, ...], int]] = [
    (read_fine, ("run", "--no-language", "--quiet"), 0),
    (read_faulty, ("run", "--no-language", "--quiet"), 1),
    (read_nothing, ("run", "--no-language", "--quiet"), 2),
    (read_fine, ("findings",), 0),
    (read_faulty, ("findings",), 1),
    (spoil_output, ("findings",), 2),
    (accept_all, ("review",), 0),
    (read_fine, ("review",), 1),
    (spoil_output, ("review",), 2),
    (decide_all, ACCEPT, 0),
    (refuse_one, ACCEPT, 1),
    (decide_on_nothing, ACCEPT, 2),
    (read_another, ("years", OUTPUT, "output/umi-2025.json"), 0),
    (read_fine, ("years", OUTPUT, "output/none.json"), 2),
    (accept_all, ("diff", f"golden/{NAME}.json", OUTPUT), 0),
    (read_another, ("diff", OUTPUT, "output/umi-2025.json"), 1),
    (read_fine, ("diff", OUTPUT, "output/none.json"), 2),
]


@pytest.mark.parametrize(("prepare", "arguments", "code"), CASES)
def test_a_command_ends_with_the_code_of_the_table(
    prepare: Callable[[SmallDesk], None], arguments: tuple[str, ...], code: int, tmp_path: Path
) -> None:
    prepare(SmallDesk(tmp_path))
    done = here(*arguments, cwd=tmp_path)
    assert done.code == code, done.stdout + done.stderr


def test_every_code_of_the_table_is_tried() -> None:
    table = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8").partition("## Exit codes")[2]
    rows = re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \| (.+) \|$", table, re.MULTILINE)
    assert [row[0] for row in rows] == list(COMMANDS)
    wanted = {(row[0], code) for row in rows for code in range(3) if row[1 + code] != "–"}
    assert {(arguments[0], code) for _, arguments, code in CASES} == wanted
