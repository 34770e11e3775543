"""What is read of a mutant is held against what a person sees of it: each leaf is right, doubted, or SILENT.

A leaf is doubted where a warning or error, that the unchanged file does not give, has a pointer to it, or to what it is
part of up to its programme, or a box on it that is not many times as large.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.document.geometry import Box
from extractor.errors import CannotRead
from extractor.pipeline import read_report
from extractor.records.to_json import report_json
from press.shown import bare

# A leaf by what it is of: its programme's number, its item and its year; or the name of a field.
Key = tuple[str, ...]
Place = tuple[int, Box]
# What a leaf may be: it is told by its value.
Fits = Callable[[Any], bool]


@dataclass(frozen=True)
class Leaf:
    """A value of a record: what is compared of it, the pointer to it, and its places."""

    value: Any
    pointer: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Reading:
    """The leaves of a report, and its findings that are more than information: code, pointer, message, places."""

    leaves: Mapping[Key, Leaf]
    findings: tuple[tuple[str, str, str, tuple[Place, ...]], ...]


def read_leaves(pdf: bytes, numbers: Mapping[str, str] | None = None) -> Reading | None:
    """Read a file; None: it was refused. `numbers`: those of programmes, by name, where they are not read."""
    try:
        data = json.loads(report_json(read_report(pdf)))
    except CannotRead:
        return None
    findings = (
        (one["code"], one["pointer"], one["message"], tuple(_places(one["source"])))
        for one in data["findings"]
        if one["severity"] != "info"
    )
    return Reading(dict(_list_leaves(data, numbers or {})), tuple(findings))


def _places(source: Sequence[Mapping[str, Any]] | None) -> Iterator[Place]:
    yield from ((one["page"], Box(*one["bbox"])) for one in source or () if "bbox" in one)


def _list_leaves(data: dict[str, Any], numbers: Mapping[str, str]) -> Iterator[tuple[Key, Leaf]]:
    for at, policy in enumerate(data["policies"]):
        here = f"/policies/{at}"
        yield ("title", str(at)), Leaf(bare(policy["title"]), f"{here}/title", tuple(_places(policy["source"])))
        yield (
            ("subtotal", str(at)),
            Leaf(policy["subtotal_thousand_yen"], f"{here}/subtotal_thousand_yen", tuple(_places(policy["source"]))),
        )
        seen = Counter[str]()
        for index, one in enumerate(policy["programmes"]):
            number = str(one["number"] or numbers.get(bare(one["name"]).replace("\ufffd", "")))
            seen[number] += 1
            key = f"{number}#{seen[number]}"
            yield from (((key, *name), leaf) for name, leaf in _list_programme(one, f"{here}/programmes/{index}"))


def _list_programme(one: dict[str, Any], here: str) -> Iterator[tuple[Key, Leaf]]:
    sources = one["sources"]

    def offices(name: str) -> tuple[Any, ...]:
        return tuple((office["division"], *office["groups"], office["bureau"]) for office in one[name])

    yield ("name",), Leaf(bare(one["name"]), f"{here}/name", tuple(_places(sources["name"])))
    for key, field in (("budget", "budget_thousand_yen"), ("new", "is_new")):
        yield (key,), Leaf(one[field], f"{here}/{field}", tuple(_places(sources[field])))
    for key, field in (("listed", "listed_offices"), ("offices", "offices")):
        yield (key,), Leaf(offices(field), f"{here}/{field}", tuple(_places(sources[field])))
    for field in ("overview", "results"):
        passage = one[field]
        value = tuple(map(bare, (*passage["paragraphs"], *passage["notes"])))
        yield (field,), Leaf(value, f"{here}/{field}", tuple(_places(passage["source"])))
    items = Counter[str]()
    for index, metric in enumerate(one["metrics"]):
        item = bare(metric["name"])
        items[item] += 1
        pointer = f"{here}/metrics/{index}"
        yield ("item", f"{item}#{items[item]}"), Leaf(item, f"{pointer}/name", tuple(_places(metric["source"])))
        years = Counter[int]()
        for at, each in enumerate(metric["observations"]):
            years[each["fiscal_year"]] += 1
            amounts = tuple((one["value"], one["unit"], *one["qualifiers"]) for one in each["quantities"])
            year = f"{each['fiscal_year']}#{years[each['fiscal_year']]}"
            leaf = Leaf((each["status"], amounts), f"{pointer}/observations/{at}", tuple(_places(each["source"])))
            yield ("value", f"{item}#{items[item]}", year), leaf


def find_silent(
    before: Reading, after: Reading | None, seen: Mapping[Key, Fits], touched: Mapping[Key, Place]
) -> dict[Key, str]:
    """Find the leaves that are not what is seen, and of which nothing is said.

    `seen`: what leaves must be that are not as before. `touched`: where the file was changed for a leaf.
    """
    if after is None:
        return {}
    known = Counter((code, message) for code, _, message, _ in before.findings)
    new = []
    for code, pointer, message, places in after.findings:
        known[code, message] -= 1
        if known[code, message] < 0:
            new.append((pointer, places))
    silent = {}
    for key in dict.fromkeys([*before.leaves, *after.leaves]):
        old, now = before.leaves.get(key), after.leaves.get(key)
        if _is_right(seen.get(key), old, now):
            continue
        near = [*(old.places if old else ()), *(now.places if now else ())]
        near += [touched[key]] if key in touched else []
        # Where a row came out under another name, what is said of the name is said of its values; but only there, or
        # what is said of one value would stand for the other.
        item = (key[0], "item", *key[2:3])
        if key[1] == "value" and (item in before.leaves) != (item in after.leaves):
            near += (before.leaves.get(item) or after.leaves[item]).places
        pointers = {now.pointer} if now else _find_owner(key, after)
        if not any(_is_at(pointer, pointers) or _meets(found, near) for pointer, found in new):
            silent[key] = f"{old.value if old else 'not there'} came out as {now.value if now else 'not there'}"
    return silent


def _is_right(fits: Fits | None, old: Leaf | None, now: Leaf | None) -> bool:
    if fits is not None:
        return fits(now.value if now else None)
    return old is not None and now is not None and old.value == now.value


def _find_owner(key: Key, after: Reading) -> set[str]:
    """The pointer to the programme of a leaf that is not there."""
    return {leaf.pointer.rsplit("/", 1)[0] for one, leaf in after.leaves.items() if one == (key[0], "name")}


def _is_at(pointer: str, pointers: set[str]) -> bool:
    return any(
        (pointer + "/").startswith(one + "/") or ("/programmes/" in pointer and (one + "/").startswith(pointer + "/"))
        for one in pointers
    )


def _meets(found: Sequence[Place], places: Sequence[Place]) -> bool:
    return any(
        page == other
        and (box.expand(1).intersection(near) is not None)
        and box.width * box.height <= 4 * near.width * near.height + 50
        for page, box in found
        for other, near in places
    )
