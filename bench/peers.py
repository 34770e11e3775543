"""Compare what is found in prose with what other programs find in it: one table (`make peers`).

All read the sentences of `tests/hand_read/prose`. Quantities are right where the number and its counter are, times
where the date is; peers have the year completed that they do not say, by the report's fiscal year. Where a program
says no value, only whether it found the place is told.
"""

import json
import subprocess
import sys
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy

from extractor.annotation.reader import ProseReader
from extractor.grammar.dates import in_fiscal_year

ROOT = Path(__file__).parent.parent
PROSE = ROOT / "tests" / "hand_read" / "prose"
KINDS = ("quantity", "time")
# The classes of GiNZA's entities that are amounts or times.
TIMES = {"Date", "Era", "Time", "Timex_Other", "Day_Of_Week"}
AMOUNTS = {"Money", "Percent", "Multiplication", "Frequency", "Age", "Point", "Ordinal_Number", "Countx_Other"}
Find = dict[str, Any]
Score = dict[str, Counter[str]]


def fold(text: str) -> str:
    """Fold what an eye cannot tell apart, as the tests do."""
    return "".join(unicodedata.normalize("NFKC", text).replace("〜", "～").split())


def list_typed(sentence: dict[str, Any]) -> Iterator[Find]:
    """List what was typed of a sentence with its places, in the order of print."""
    for kind, name in (("quantity", "quantities"), ("time", "times")):
        at = 0
        for one in sentence[name]:
            start = max(sentence["text"].find(one["text"], at), 0)
            at = start + len(one["text"])
            value = (float(one["value"]), fold(one["unit"])) if kind == "quantity" else one["edtf"]
            yield {"kind": kind, "place": [start, at], "value": value}


def read_ours(sentences: list[dict[str, Any]]) -> Iterator[list[Find]]:
    """Read the sentences as this program does."""
    reader = ProseReader()
    for one in sentences:
        told = reader.annotate_texts([one["text"]], [], one["fiscal_year"])[0]
        yield [
            {
                "kind": "time" if fact.quantity is None else "quantity",
                "place": [fact.start, fact.end],
                "value": fact.edtf or ""
                if fact.quantity is None
                else (float(fact.quantity.value), fold(fact.quantity.unit or "")),
            }
            for fact in told.mentions
        ]


def read_entities(sentences: list[dict[str, Any]]) -> Iterator[list[Find]]:
    """Read the sentences as GiNZA's own entities have them, which have a class and no value."""
    nlp = spacy.load("ja_ginza", exclude=["morphologizer", "compound_splitter", "bunsetu_recognizer"])
    for one in sentences:
        yield [
            {"kind": kind, "place": [entity.start_char, entity.end_char]}
            for entity in nlp(one["text"]).ents
            if (kind := classify_entity(entity.label_))
        ]


def classify_entity(label: str) -> str:
    """Tell the kind of an entity by its class; empty where it is neither."""
    if label in TIMES or label.startswith("Period"):
        return "time" if label in TIMES else "quantity"
    return "quantity" if label in AMOUNTS or label.startswith("N_") or "Extent" in label else ""


def read_peers(python: str, sentences: list[dict[str, Any]]) -> dict[str, list[list[Find]]]:
    """Read the sentences as the programs of another environment do."""
    texts = json.dumps([one["text"] for one in sentences])
    command = [python, str(Path(__file__).with_name("peer_readers.py"))]
    told = json.loads(subprocess.run(command, input=texts, capture_output=True, text=True, check=True).stdout)
    for found in told.values():
        for one, finds in zip(sentences, found, strict=True):
            for find in finds:
                if "edtf" in find:
                    find["value"] = complete_year(find["edtf"], one["fiscal_year"])
                elif "value" in find:
                    find["value"] = (float(find["value"]), fold(find["unit"]))
    return told


def complete_year(edtf: str, fiscal_year: int) -> str:
    """Give a date the year that it does not say."""
    dates = [
        f"{in_fiscal_year(int(date[5:7]), fiscal_year)}{date[4:]}"
        if date[:5] == "XXXX-" and date[5:7].isdigit()
        else date
        for date in edtf.split("/")
    ]
    return "/".join(dates)


def score(typed: list[list[Find]], found: list[list[Find]]) -> Score:
    """Count what is due, found at its place, and right."""
    counts = {kind: Counter[str]() for kind in KINDS}
    for kind, count in counts.items():
        for due, got in zip(typed, found, strict=True):
            mine, its = ([one for one in finds if one["kind"] == kind] for finds in (due, got))
            count["due"] += len(mine)
            count["got"] += len(its)
            count["met"] += sum(any(overlap(one, other) for other in mine) for one in its)
            count["covered"] += sum(any(overlap(one, other) for other in its) for one in mine)
            count["right"] += (Counter(one["value"] for one in mine) & Counter(one.get("value") for one in its)).total()
            count["valued"] += sum("value" in one for one in its)
    return counts


def overlap(one: Find, other: Find) -> bool:
    """Check whether two stretches share a character."""
    return bool(one["place"][0] < other["place"][1] and other["place"][0] < one["place"][1])


def print_table(scores: dict[str, Score]) -> None:
    """Print precision and recall of each program: of places, and of values where it says any."""
    print("| | quantities: place | number and counter | times: place | date |\n|---|---|---|---|---|")
    for name, kinds in scores.items():
        cells = [cell for kind in KINDS for cell in write_cells(kinds[kind])]
        print(f"| {name} | {' | '.join(cells)} |")


def write_cells(count: Counter[str]) -> Iterator[str]:
    """Write precision and recall of places and of values."""
    got, due = max(1, count["got"]), max(1, count["due"])
    yield f"{count['met'] / got:.3f} / {count['covered'] / due:.3f}" if count["got"] else "–"
    yield f"{count['right'] / got:.3f} / {count['right'] / due:.3f}" if count["valued"] else "–"


def main() -> None:
    """Read all sentences by all programs and print the table."""
    files = sorted(PROSE.glob("*.toml"))
    sentences = [one for file in files for one in tomllib.loads(file.read_text(encoding="utf-8"))["sentence"]]
    typed = [list(list_typed(one)) for one in sentences]
    found = {"extractor": list(read_ours(sentences)), "GiNZA's entities": list(read_entities(sentences))}
    found |= read_peers(sys.argv[1], sentences)
    print(f"{len(sentences)} sentences; precision / recall")
    print_table({name: score(typed, finds) for name, finds in found.items()})


if __name__ == "__main__":
    main()
