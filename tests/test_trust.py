"""What proofs are worth: the table of docs/trust.md is of the form that `bench/trust.py` prints."""

import re
import sys
from importlib import import_module

import pytest

from press.embedded import available
from reports import ROOT

sys.path.insert(0, str(ROOT / "bench"))

# It stands in bench/, in no package.
trust = import_module("trust")

TABLE = [line for line in (ROOT / "docs/trust.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_the_table_of_the_page_has_the_form_of_the_command() -> None:
    made = trust.render_table(dict.fromkeys(trust.WAYS, trust.Tally())).splitlines()
    start = TABLE.index(made[0])
    rows = [cells(line) for line in TABLE[start + 2 :]]
    assert [row[0] for row in rows] == [cells(line)[0] for line in made[2:]] == list(trust.WAYS)
    for row in rows:
        figures, wrong, said = map(int, row[1:4])
        assert figures >= wrong >= said
        for cell in row[4:-1]:
            kept = re.fullmatch(r"([0-9]+)/([0-9]+)|–", cell)
            assert kept
            assert kept[1] is None or 0 <= int(kept[1]) <= int(kept[2]) <= wrong
        assert 0 <= int(row[-1]) <= wrong


@pytest.mark.slow
def test_the_command_makes_figures_wrong_and_sees_which_proofs_are_lost() -> None:
    if not available():
        pytest.skip("the IPA fonts are not installed")
    ways = ("text layer: every digit another", "typist: a digit another", "record: two budgets exchanged")
    lies, typed, exchanged = (trust.measure(1, 3, ways, programmes=3)[way] for way in ways)
    assert (lies.figures, lies.wrong) == (4, 0)
    assert (typed.figures, typed.wrong, typed.kept["ink"]) == (4, 4, 4)
    assert typed.kept["sum"] + typed.kept["edition"] + typed.kept["change"] < typed.had["sum"] + typed.had["edition"]
    assert (exchanged.wrong, exchanged.kept["sum"]) == (2, 2)
