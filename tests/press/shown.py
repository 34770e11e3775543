"""What a report's pages show, as values under programme, item and year; and what a reading says otherwise in silence.

A reading of pages that were changed is judged against what they show then. A value that differs is in the open where a
finding, that the unchanged pages gave no cause for, names its table, its block, its programme or its chapter.
"""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from extractor.document.page import Page
from extractor.errors import CannotRead
from extractor.layout import lay_out_pages
from extractor.pipeline import report_of
from extractor.records.report import InputFile
from extractor.records.to_json import report_json

# A programme's name, then an item, a year and how many of it stand before, or the name of a field.
Key = tuple[str, ...]
Box = tuple[float, float, float, float]
# What is found so near to a table or block (points) is at it.
NEAR = 15.0
_FIGURE = re.compile(r"(?<![\d,.])((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?![\d,.])([百千万億]*)")
# Waves and dashes that are one sign under several code points.
_ALIKE = str.maketrans({**dict.fromkeys("〜～", "~"), **dict.fromkeys("－−―—–", "-")})
_SCALES = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "億": 10**8}


@dataclass(frozen=True)
class Leaf:
    """A value as it was read: what is compared, the boxes of it (page, box), and the pointer to its programme."""

    value: Any
    places: tuple[tuple[int, Box], ...]
    owner: str


@dataclass(frozen=True)
class Expect:
    """What a leaf must be. same: as before; gone: not there, or blank; unsure: whatever is read must be found fault
    with; either: as before, or else found fault with, as same; reads: this raw text and these numbers; holds: these
    letters and numbers in any order; exactly: this value. `or_same`: as before is right too."""

    how: Literal["same", "either", "gone", "unsure", "reads", "holds", "exactly"]
    value: Any = None
    numbers: tuple[float, ...] = ()
    or_same: bool = False


SAME, EITHER, GONE, UNSURE = Expect("same"), Expect("either"), Expect("gone"), Expect("unsure")
BLANK = Expect("reads", "")


def shows(text: str) -> Expect:
    """What a value's cell with this text must read as; unsure where a figure in it is not well formed."""
    plain = bare(text)
    outside = re.sub(r"\([^()]*(?:月|R\d)[^()]*(?:\)|$)|\d+月|R\d+\.\d+", "", plain)
    figures = list(_FIGURE.finditer(outside))
    malformed = len(re.findall(r"[\d,.]*\d[\d,.]*", outside)) != len(figures)
    if malformed or any(one[2] not in _SCALES for one in figures):
        return UNSURE
    return Expect("reads", plain, tuple(float(one[1].replace(",", "")) * _SCALES[one[2]] for one in figures))


def bare(text: str | None) -> str:
    """A text without blanks, folded."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text or "")).translate(_ALIKE)


@dataclass(frozen=True)
class Reading:
    """A report as it was read: its leaves by key, and the findings that are more than information."""

    data: dict[str, Any]
    leaves: Mapping[Key, Leaf]
    findings: tuple[dict[str, Any], ...]
    # The place of each programme's row, block and chapter, by the pointer to it.
    rows: Mapping[str, tuple[tuple[int, Box], ...]] = field(default_factory=dict)
    blocks: Mapping[str, tuple[tuple[int, Box], ...]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def read_pages(pages: Sequence[Page]) -> Reading:
    """Pages, read as the pages of a file are. Raises `CannotRead`."""
    report, _ = report_of(lay_out_pages(pages), InputFile(file="mutant.pdf", sha256="", kind="pdf", pages=len(pages)))
    data: dict[str, Any] = json.loads(report_json(report))
    return reading(data)


def _places(source: Sequence[Mapping[str, Any]]) -> tuple[tuple[int, Box], ...]:
    return tuple((one["page"], tuple(one["bbox"])) for one in source)


def reading(data: dict[str, Any]) -> Reading:
    """The leaves and findings of a report's JSON."""
    leaves: dict[Key, Leaf] = {}
    rows, blocks, names = {}, {}, {}
    seen = Counter[str]()
    for p, policy in enumerate(data["policies"]):
        here = f"/policies/{p}"
        rows[here] = blocks[here] = _places(policy["source"])
        if policy["subtotal_thousand_yen"] is not None:
            leaves[("subtotal", str(p))] = Leaf(policy["subtotal_thousand_yen"], rows[here], here)
        for n, one in enumerate(policy["programmes"]):
            owner = f"{here}/programmes/{n}"
            name = bare(one["name"])
            seen[name] += 1
            name = f"{name}#{seen[name]}"
            names[owner] = name
            where = one["sources"]
            rows[owner] = _places([box for box in where["name"] if box["page"]])
            blocks[owner] = _places(one["source"])
            for what, source in (
                ("number", "name"),
                ("budget_thousand_yen", "budget_thousand_yen"),
                ("is_new", "is_new"),
                ("page_label", "page_label"),
            ):
                leaves[(name, what)] = Leaf(one[what], _places(where[source]), owner)
            leaves.update(_observed(one, name, owner))
    findings = tuple(one for one in data["findings"] if one["severity"] != "info")
    return Reading(data, leaves, findings, rows, blocks, names)


def _observed(one: Mapping[str, Any], name: str, owner: str) -> dict[Key, Leaf]:
    leaves: dict[Key, Leaf] = {}
    items = Counter[str]()
    for metric in one["metrics"]:
        item = bare(metric["name"])
        items[item] += 1
        years = Counter[int]()
        for each in metric["observations"]:
            years[each["fiscal_year"]] += 1
            key = (name, f"{item}#{items[item]}", str(each["fiscal_year"]), str(years[each["fiscal_year"]]))
            amounts = tuple(
                (amount["value"], amount["unit"], *amount["qualifiers"], amount["component"])
                for amount in each["quantities"]
            )
            value = (bare(each["raw"]), each["status"], tuple(each["spans"] or ()), amounts, each["period_edtf"])
            leaves[key] = Leaf(value, _places(each["source"]), owner)
    return leaves


@dataclass(frozen=True)
class Mutant:
    """Changed pages: of which page each is (numbers from 1), and what the leaves must be that are not the same.

    `renamed`: the letters that items' names (by programme and item) now have, in whatever order they are read.
    """

    pages: tuple[Page, ...]
    origin: tuple[int, ...]
    expect: Mapping[Key, Expect]
    what: str
    renamed: Mapping[Key, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """right: all leaves are what the pages show; flagged: some are not, and it is said; silent: some, and it is not."""

    outcome: Literal["right", "flagged", "refused", "silent"]
    silent: tuple[str, ...] = ()


def _fits(expect: Expect, before: Leaf | None, after: Leaf | None) -> bool:
    if expect.how == "unsure":
        return False
    if expect.or_same and before is not None and after is not None and before.value == after.value:
        return True
    if expect.how == "gone" or (expect.how == "reads" and expect.value == ""):
        return after is None or after.value in (None, False, "") or _is_blank(after.value)
    if after is None:
        # What was printed nowhere is not lost with the programme whose it was not.
        return before is not None and before.value is None and not before.places
    if expect.how in {"same", "either"}:
        return before is not None and bool(before.value == after.value)
    if expect.how == "exactly":
        return bool(expect.value == after.value)
    if not isinstance(after.value, tuple):
        return bool(bare(str(after.value)) == expect.value)
    raw, status, _, amounts, _ = after.value
    numbers = tuple(float(amount[0]) for amount in amounts)
    if expect.how == "holds":
        return bool(sorted(raw) == sorted(expect.value) and sorted(numbers) == sorted(expect.numbers))
    return raw == expect.value and (numbers == expect.numbers or (status == "absent" and not expect.numbers))


def _nameless(leaf: Leaf | None) -> Leaf | None:
    """A value without what it has of its item's name."""
    if leaf is None or not isinstance(leaf.value, tuple):
        return leaf
    raw, status, spans, amounts, period = leaf.value
    return replace(leaf, value=(raw, status, spans, tuple(amount[:-1] for amount in amounts), period))


def _is_blank(value: Any) -> bool:
    return isinstance(value, tuple) and value[1] == "blank"


def judge(before: Reading, mutant: Mutant) -> Verdict:
    """Read a mutant and hold what is read against what it shows."""
    try:
        after = read_pages(mutant.pages)
    except CannotRead:
        return Verdict("refused")
    return _Judge(before, mutant, after).verdict()


class _Judge:
    """One mutant's reading against that of the pages it was made of."""

    def __init__(self, before: Reading, mutant: Mutant, after: Reading) -> None:
        self._before, self._mutant, self._after = before, mutant, after
        known = Counter((one["code"], one["message"]) for one in before.findings)
        self._new = []
        for one in after.findings:
            known[one["code"], one["message"]] -= 1
            if known[one["code"], one["message"]] < 0:
                self._new.append((one["pointer"], self._original(_places(one["source"]))))
        self._aliases = self._renamed()

    def verdict(self) -> Verdict:
        """The outcome, and what differs in silence."""
        after = {self._known_as(key): leaf for key, leaf in self._after.leaves.items()}
        keys = dict.fromkeys([*self._before.leaves, *after])
        differing, silent = 0, []
        for key in keys:
            old, new = self._before.leaves.get(key), after.get(key)
            expect = self._mutant.expect.get(key, SAME if old is not None else GONE)
            if self._twice(key, new) or _fits(
                expect, *(map(_nameless, (old, new)) if key[:2] in self._mutant.renamed else (old, new))
            ):
                continue
            differing += 1
            if not self._said(key, old, new):
                shown = expect.value if expect.how in {"reads", "holds", "exactly"} else old.value if old else None
                silent.append(f"{'/'.join(key)}: {expect.how} {shown} but {new.value if new else 'nothing'}")
        for alias, called in self._aliases.items():
            owner = next(owner for owner, name in self._after.names.items() if name == alias)
            differing += 1
            if not self._near(self._original(self._after.rows[owner])) and not self._at(owner):
                silent.append(f"{called} is called {alias}")
        return Verdict("silent" if silent else "flagged" if differing else "right", tuple(silent))

    def _twice(self, key: Key, new: Leaf | None) -> bool:
        """Whether a value is that of the first of two programmes of one name, and so under its name all the same."""
        name, _, count = key[0].rpartition("#")
        first = self._before.leaves.get((f"{name}#1", *key[1:])) if count > "1" else None
        return first is not None and new is not None and first.value == new.value

    def _known_as(self, key: Key) -> Key:
        """A key of the mutant's, as it is on the pages that it was made of."""
        name = self._aliases.get(key[0], key[0])
        if len(key) == 2:
            return (name, key[1])
        letters = sorted(key[1].rpartition("#")[0])
        for (programme, item), now in self._mutant.renamed.items():
            if programme == name and sorted(now) == letters:
                return (name, item, *key[2:])
        return (name, *key[1:])

    def _original(self, places: Sequence[tuple[int, Box]]) -> list[tuple[int, Box]]:
        """Places on the mutant's pages as places on the pages that it was made of."""
        return [(self._mutant.origin[page - 1], box) for page, box in places]

    def _renamed(self) -> dict[str, str]:
        """New names of programmes, with the name of the one whose row or title stood there and is not found by it."""
        lost = {name: owner for owner, name in self._before.names.items() if name not in self._after.names.values()}
        found = {}
        for owner, name in self._after.names.items():
            if name in self._before.names.values():
                continue
            here = self._original(self._after.rows[owner])
            for old, old_owner in lost.items():
                if any(
                    _meet(a, b, 1.0) and a[1][0] < b[1][2] and b[1][0] < a[1][2]
                    for a in here
                    for b in self._before.rows[old_owner]
                ):
                    found[name] = old
                    del lost[old]
                    break
        return found

    def _said(self, key: Key, old: Leaf | None, new: Leaf | None) -> bool:
        places: list[tuple[int, Box]] = []
        if old is not None:
            region = self._before.blocks if len(key) > 2 else self._before.rows
            pages = {page for page, _ in old.places}
            owner = old.owner if len(key) > 2 else "/".join(old.owner.split("/")[:3])
            places += [place for place in region[owner] if place[0] in pages]
            places += old.places
            same = next((each for each, name in self._after.names.items() if name == key[0]), None)
            if same is not None and self._at(same):
                return True
        if new is not None:
            region = self._after.blocks if len(key) > 2 else self._after.rows
            pages = {page for page, _ in new.places}
            owner = new.owner if len(key) > 2 else "/".join(new.owner.split("/")[:3])
            places += self._original([place for place in (*region[owner], *new.places) if place[0] in pages])
            if self._at(new.owner):
                return True
        if key[0] == "subtotal" and old is not None and self._at(old.owner):
            return True
        return self._near(places)

    def _at(self, owner: str) -> bool:
        """Whether a finding's pointer is at a programme (or chapter), below it, or at its chapter."""
        for pointer, _ in self._new:
            if (pointer + "/").startswith(owner + "/"):
                return True
            if re.match(r"/policies/[0-9]+", pointer) and (owner + "/").startswith(pointer + "/"):
                return True
        return False

    def _near(self, places: Sequence[tuple[int, Box]]) -> bool:
        return any(_meet(a, b, NEAR) for _, found in self._new for a in found for b in places)


def _meet(a: tuple[int, Box], b: tuple[int, Box], slack: float) -> bool:
    """Whether two places are on one page at one height (what stands beside a table is at it)."""
    return a[0] == b[0] and a[1][1] <= b[1][3] + slack and b[1][1] <= a[1][3] + slack


def tally(verdicts: Sequence[tuple[str, Verdict]]) -> str:
    """Kinds × outcomes, as a table."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, verdict in verdicts:
        counts[kind][verdict.outcome] += 1
        counts["all"][verdict.outcome] += 1
    outcomes = ("right", "flagged", "refused", "silent")
    lines = [f"{'':24}" + "".join(f"{one:>9}" for one in outcomes)]
    lines += [f"{kind:24}" + "".join(f"{found[one]:9}" for one in outcomes) for kind, found in counts.items()]
    return "\n".join(lines)
