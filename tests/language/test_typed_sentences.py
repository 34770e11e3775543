"""Sentences in the manner of eighteen offices against what was typed of them by eye (hand_read/README.md)."""

import tomllib
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict
from spacy.language import Language

from extractor.annotation.reader import ProseReader
from extractor.grammar.mentions import TextAnnotations
from reports import HERE

FOLDER = HERE / "hand_read" / "prose"
# What is reached; the least of precision and recall, of activities F1.
FACTS = {"value": 0.985, "time": 0.96, "counted": 0.9}
ACTIVITIES = {"activity": 0.93, "form": 0.92}
ROLES = {"recipients": 0.89, "means": 0.88, "places": 0.88, "purpose": 0.93, "agent": 0.88}

Pairs = dict[str, list[tuple["Counter[Any]", "Counter[Any]"]]]


class Typed(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class TypedQuantity(Typed):
    text: str
    value: float | int
    unit: str
    qualifiers: list[str]
    counted: str = ""


class TypedTime(Typed):
    text: str
    edtf: str


class TypedActivity(Typed):
    predicate: str
    object: str
    recipients: list[str]
    means: list[str]
    purpose: str
    aspect: Literal["done", "ongoing", "planned"]
    voice: Literal["active", "passive"]
    negative: bool
    agent: str = ""
    places: list[str] = []


class TypedSentence(Typed):
    text: str
    part: Literal["overview", "results"] = "results"
    fiscal_year: int = 2023
    kind: str
    quantities: list[TypedQuantity]
    times: list[TypedTime]
    activities: list[TypedActivity] = []


@cache
def sentences(misleading: bool) -> list[TypedSentence]:
    files = sorted(file for file in FOLDER.glob("*.toml") if (file.stem == "misleading") == misleading)
    typed = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    return [TypedSentence.model_validate(one) for file in typed for one in file["sentence"]]


def folded(text: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", text or "").replace("〜", "～").replace("~", "～").split())


@pytest.fixture(scope="module")
def read(nlp: Language) -> list[tuple[TypedSentence, TextAnnotations]]:
    reader = ProseReader(None, nlp)
    return [(one, reader.annotate_texts([one.text], [], one.fiscal_year)[0]) for one in sentences(False)]


def precision_and_recall(pairs: Pairs, name: str) -> tuple[float, float]:
    right = sum((found & typed).total() for typed, found in pairs[name])
    due, got = (sum(one[at].total() for one in pairs[name]) for at in (0, 1))
    return right / max(1, got), right / max(1, due)


def f1(pairs: Pairs, name: str) -> float:
    precision, recall = precision_and_recall(pairs, name)
    return 2 * precision * recall / (precision + recall)


def compare_facts(read: list[tuple[TypedSentence, TextAnnotations]]) -> Pairs:
    pairs: Pairs = defaultdict(list)
    for typed, found in read:
        amounts = [(one, one.quantity) for one in found.mentions if one.quantity is not None]
        times = [one for one in found.mentions if one.quantity is None]
        text = typed.text
        pairs["value"].append(
            (
                Counter((float(one.value), folded(one.unit)) for one in typed.quantities),
                Counter((float(amount.value), folded(amount.unit)) for _, amount in amounts),
            )
        )
        pairs["time"].append(
            (
                Counter((folded(one.text), one.edtf) for one in typed.times),
                Counter((folded(text[one.start : one.end]), one.edtf or "") for one in times),
            )
        )
        pairs["counted"].append(
            (
                Counter((folded(one.text), folded(one.counted)) for one in typed.quantities),
                Counter((folded(text[one.start : one.end]), folded(one.counted)) for one, _ in amounts),
            )
        )
    return pairs


def compare_activities(read: list[tuple[TypedSentence, TextAnnotations]]) -> Pairs:
    pairs: Pairs = defaultdict(list)
    for typed, found in read:
        unsaid = "planned" if typed.part == "overview" else "done"
        for name in ("activity", "form", "recipients", "means", "places", "purpose", "agent"):
            told = Counter(list_values(one, name, unsaid) for one in typed.activities)
            seen = Counter(list_values(one, name, unsaid) for one in found.deeds)
            pairs[name].append((spread(told), spread(seen)))
    return pairs


def list_values(one: Any, name: str, unsaid: str) -> tuple[tuple[str, ...], ...]:
    """What an activity has under a name, each with its predicate and object."""
    key = (folded(one.predicate), folded(one.object))
    if name == "activity":
        return (key,)
    if name == "form":
        return ((*key, one.aspect or unsaid, one.voice, str(one.negative)),)
    values = getattr(one, name) or ()
    return tuple((*key, folded(value)) for value in ([values] if isinstance(values, str) else values))


def spread(listed: "Counter[tuple[tuple[str, ...], ...]]") -> "Counter[tuple[str, ...]]":
    return Counter(value for values in listed.elements() for value in values)


def test_sentences_are_typed_as_the_schema_says() -> None:
    assert len(sentences(False)) >= 640
    assert len(sentences(True)) >= 340
    for one in sentences(False):
        for text in (*(fact.text for fact in one.quantities), *(fact.text for fact in one.times)):
            assert folded(text) in folded(one.text)


@pytest.mark.slow
def test_facts(read: list[tuple[TypedSentence, TextAnnotations]]) -> None:
    pairs = compare_facts(read)
    found = {name: tuple(round(one, 3) for one in precision_and_recall(pairs, name)) for name in pairs}
    for name, least in FACTS.items():
        assert min(found[name]) >= least, (name, found)


@pytest.mark.slow
def test_activities(read: list[tuple[TypedSentence, TextAnnotations]]) -> None:
    pairs = compare_activities(read)
    found = {name: tuple(round(one, 3) for one in precision_and_recall(pairs, name)) for name in pairs}
    for name in ("activity", "form"):
        assert f1(pairs, name) >= ACTIVITIES[name], (name, found)
    for name, least in ROLES.items():
        assert min(found[name]) >= least, (name, found)
