"""A text whose analysis fails costs its own facts and activities, and nothing else; what failed is not kept."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from extractor.annotation import reader as reader_module
from extractor.annotation.reader import ProseReader
from extractor.annotation.time_limit import TakesTooLongError, limit_cpu_time
from extractor.errors import CannotRead
from extractor.grammar.mentions import TextAnnotations
from extractor.pipeline import read_report
from extractor.records.report import Report
from made_up import BLOCKS, MadeUp, changed, programmes

BAD = "この文は解析できない。"
GOOD = ("講座を12回開催した。", "令和6年9月に冊子500部を配布した。")

Piece = Callable[..., TextAnnotations]


class PanicException(BaseException):
    """What Sudachi raises where it fails inside."""


def recurse() -> None:
    recurse()


def loop() -> None:
    while True:
        pass


def raising(error: BaseException) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


LOCAL = {
    "a fault": raising(IndexError("[E1002] Span index out of range.")),
    "a fault inside Sudachi": raising(PanicException("index out of bounds")),
    "a text that nests too deep": recurse,
    "a text that takes forever": loop,
}
FATAL = {
    "memory": raising(MemoryError()),
    "interruption": raising(KeyboardInterrupt()),
    "refusal": raising(CannotRead("not-text", "it is no text")),
}


def fail_at(monkeypatch: pytest.MonkeyPatch, fault: Callable[[], None], bad: str = BAD) -> None:
    """Let the analysis of texts with certain words fail."""
    sound: Piece = ProseReader._annotate_piece

    def piece(self: ProseReader, text: str, year: int, *, whole: bool) -> TextAnnotations:
        if bad in text:
            fault()
        return sound(self, text, year, whole=whole)

    monkeypatch.setattr(ProseReader, "_annotate_piece", piece)
    monkeypatch.setattr(reader_module, "PATIENCE", 0.5 if fault is loop else 60)


@pytest.fixture(scope="module")
def model(nlp: Language) -> ProseReader:
    reader = ProseReader(None, nlp)
    reader.annotate_texts(GOOD, (), 2024)
    return reader


@pytest.mark.parametrize("fault", LOCAL.values(), ids=LOCAL.keys())
def test_a_text_that_fails_costs_no_other(
    fault: Callable[[], None], model: ProseReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = model.annotate_texts(GOOD, (GOOD[0],), 2024)
    fail_at(monkeypatch, fault)
    found = model.annotate_texts((GOOD[0], BAD, GOOD[1]), (BAD, GOOD[0]), 2024)
    failed = TextAnnotations(failed=True)
    assert found == (sound[0], failed, sound[1], failed, sound[2])


@pytest.mark.parametrize("fault", FATAL.values(), ids=FATAL.keys())
def test_what_concerns_all_is_not_held_back(
    fault: Callable[[], None], model: ProseReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_at(monkeypatch, fault)
    with pytest.raises((MemoryError, KeyboardInterrupt, CannotRead)):
        model.annotate_texts((GOOD[0], BAD), (), 2024)


def test_time_is_bound_only_within() -> None:
    with pytest.raises(TakesTooLongError), limit_cpu_time(0.05):
        loop()
    with limit_cpu_time(0.05):
        pass
    assert sum(range(4_000_000)) > 0  # takes longer than what was left


def test_what_failed_is_read_anew(tmp_path: Path, model: ProseReader, monkeypatch: pytest.MonkeyPatch) -> None:
    keeping = ProseReader(tmp_path, model._model)
    with monkeypatch.context() as patched:
        fail_at(patched, LOCAL["a fault"])
        assert keeping.annotate_texts((GOOD[0], BAD), (), 2024)[1].failed
    assert len(list(tmp_path.glob("*/*.json"))) == 1
    assert not any(one.failed for one in keeping.annotate_texts((GOOD[0], BAD), (), 2024))
    assert len(list(tmp_path.glob("*/*.json"))) == 2


def change(path: tuple[str | int, ...], value: Any) -> Callable[[Any], Any]:
    """What puts a value into a kept entry."""

    def put(data: Any) -> Any:
        part = data
        for step in path[:-1]:
            part = part[step]
        part[path[-1]] = value
        return data

    return put


FOREIGN: dict[str, Callable[[Any], Any]] = {
    "a number that is none": change(("mentions", 0, "quantity", "value"), "twelve"),
    "a number without end": change(("mentions", 0, "quantity", "value"), "Infinity"),
    "a place behind the text": change(("mentions", 0, "end"), 900),
    "a place before the text": change(("deeds", 0, "start"), -3),
    "an empty place": change(("terms", 0, "end"), 0),
    "a fact that is not there": change(("deeds", 0, "facts"), [7]),
    "a failed text": change(("failed",), True),
    "a list": lambda data: [data],
    "nothing": lambda _: None,
    "another program's": lambda _: [{"tokens": []}, 3],
}


@pytest.mark.parametrize("made", FOREIGN.values(), ids=FOREIGN.keys())
def test_a_foreign_entry_of_the_cache_is_read_anew(
    made: Callable[[Any], Any], tmp_path: Path, model: ProseReader
) -> None:
    keeping = ProseReader(tmp_path, model._model)
    sound = keeping.annotate_texts(GOOD[:1], (), 2024)
    (file,) = tmp_path.glob("*/*.json")
    kept = json.dumps(made(json.loads(file.read_text(encoding="utf-8").partition("\n")[2])))
    # It is sealed, as if this program had written it.
    seal = hashlib.sha256((file.parent.name + file.stem + kept).encode()).hexdigest()
    file.write_text(f"{seal}\n{kept}", encoding="utf-8")
    assert keeping.annotate_texts(GOOD[:1], (), 2024) == sound


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"[" * 100_000, b"1" * 10_000], ids=range(4))
def test_a_broken_entry_of_the_cache_is_read_anew(content: bytes, tmp_path: Path, model: ProseReader) -> None:
    keeping = ProseReader(tmp_path, model._model)
    sound = keeping.annotate_texts(GOOD, (), 2024)
    for file in tmp_path.glob("*/*.json"):
        file.write_bytes(content)
    assert keeping.annotate_texts(GOOD, (), 2024) == sound


def read_with(folder: Path, model: ProseReader, prose: str, name: str = "") -> Report:
    """A report whose third programme says something, and whose fifth may have another name."""
    blocks = changed(3, prose=prose)
    blocks = tuple(one for one in (*blocks[:4], *changed(5, name=name or BLOCKS[4].name)[4:]))
    path = folder / "made-up.txt"
    path.write_text(MadeUp(rows=blocks, blocks=blocks).text(), encoding="utf-8")
    return read_report(path, reader=model)


def test_the_report_is_written_without_what_failed(
    tmp_path: Path, model: ProseReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "研修会を3回開催した。\n\n塾を5回開催した。"
    sound = read_with(tmp_path, model, told)
    fail_at(monkeypatch, LOCAL["a fault"], "研修会")
    found = read_with(tmp_path, model, told)
    assert [one for one in found.findings if one.code != "language-failed"] == list(sound.findings)
    (failed,) = (one for one in found.findings if one.code == "language-failed")
    assert failed.pointer == "/policies/0/programmes/2/results/paragraphs/0"
    assert (failed.severity, "研修会を3回開催した。" in failed.message) == ("error", True)
    assert failed.source == programmes(found)[2].results.source[:1]
    # Of the same passage, the other paragraph's.
    results = programmes(found)[2].results
    assert [(one.paragraph, one.text) for one in results.facts] == [(1, "5回")]
    assert [(one.object, one.facts) for one in results.activities] == [("塾", (0,))]
    before, after = programmes(sound), programmes(found)
    assert [*after[:2], *after[3:]] == [*before[:2], *before[3:]]
    assert any(one.overview.activities for one in after)


def test_a_name_that_fails_is_told_at_the_name(
    tmp_path: Path, model: ProseReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_at(monkeypatch, LOCAL["a fault"], "海藻加工")
    found = read_with(tmp_path, model, "研修会を開催した。")
    failed = [one.pointer for one in found.findings if one.code == "language-failed"]
    assert "/policies/0/programmes/1/name" in failed
    assert all(pointer.startswith("/policies/0/programmes/1/") for pointer in failed)
