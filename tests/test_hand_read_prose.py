"""The facts and activities of the output against what a person read in the prose (hand_read/README.md)."""

import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from reports import HERE, report_of

NAME = "aomori-sme-2023"
FOLDER = HERE / "hand_read" / NAME / "prose"
FILES = sorted(FOLDER.glob("*.toml"))
# Whose activities were typed too.
ACTIVE = {*range(1, 16), 21, 22, 24, 25, 28, 29, 31}


def text(value: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", value or "").split())


@pytest.fixture(scope="module", params=[f"{NAME}.pdf", f"{NAME}-transcript.txt"])
def passages(request: pytest.FixtureRequest) -> list[tuple[int, str, dict[str, Any], dict[str, Any]]]:
    """Number, part, what was read by eye and what the output has."""
    (policy,) = report_of(request.param)["policies"]
    read = {programme["number"]: programme for programme in policy["programmes"]}
    found = []
    for file in FILES:
        typed = tomllib.loads(file.read_text(encoding="utf-8"))
        for part in ("overview", "results"):
            found.append((int(file.stem), part, typed.get(part, {}), read[int(file.stem)][part]))
    return found


def facts(
    passages: list[tuple[int, str, dict[str, Any], dict[str, Any]]], typed: bool
) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """Each fact with the passage and paragraph that it is in."""
    for number, part, by_eye, output in passages:
        for fact in (by_eye if typed else output).get("facts", []):
            yield (number, part, fact["paragraph"]), fact


def test_all_programmes_were_read() -> None:
    assert [int(file.stem) for file in FILES] == list(range(1, 38))


def test_quantities(passages: list[tuple[int, str, dict[str, Any], dict[str, Any]]]) -> None:
    typed = [
        (*at, float(one["value"]), one["unit"], text(one["text"]))
        for at, one in facts(passages, True)
        if "value" in one
    ]
    read = [
        (*at, float(one["quantity"]["value"]), one["quantity"]["unit"] or "", text(one["text"]))
        for at, one in facts(passages, False)
        if one["quantity"]
    ]
    assert Counter(read) == Counter(typed)


def test_qualifiers_and_what_is_counted(passages: list[tuple[int, str, dict[str, Any], dict[str, Any]]]) -> None:
    typed = Counter(
        (*at, text(one["text"]), tuple(one["qualifiers"]), text(one["counted"]))
        for at, one in facts(passages, True)
        if "value" in one
    )
    read = Counter(
        (*at, text(one["text"]), tuple(one["quantity"]["qualifiers"]), text(one["counted"]))
        for at, one in facts(passages, False)
        if one["quantity"]
    )
    assert (typed & read).total() >= 0.95 * typed.total()


def test_times(passages: list[tuple[int, str, dict[str, Any], dict[str, Any]]]) -> None:
    typed = [(*at, text(one["text"]), one["edtf"]) for at, one in facts(passages, True) if "edtf" in one]
    read = [(*at, text(one["text"]), one["edtf"] or "") for at, one in facts(passages, False) if one["kind"] == "time"]
    assert Counter(read) == Counter(typed)


def test_activities(passages: list[tuple[int, str, dict[str, Any], dict[str, Any]]]) -> None:
    typed: Counter[tuple[Any, ...]] = Counter()
    read: Counter[tuple[Any, ...]] = Counter()
    for number, part, by_eye, output in passages:
        if number in ACTIVE:
            for found, source in ((typed, by_eye), (read, output)):
                found.update(
                    (number, part, one["paragraph"], one["predicate"], text(one["object"]))
                    for one in source.get("activities", [])
                )
    right = (typed & read).total()
    assert 2 * right / (typed.total() + read.total()) >= 0.9
