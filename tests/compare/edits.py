"""A report that is edited at random, and what the edits must show as: the other side of the comparison's tests.

An edited report holds findings by the record that they point to, so that their pointers follow whatever is done.
"""

import copy
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from extractor.records.comparison import Comparison
from extractor.records.report import Report

# Kind, record, field, and the values before and after; of what has moved in order alone, the names it may have.
Told = tuple[str, str, str | None, str, str]


def told(kind: str, record: str, name: str | None, before: object, after: object) -> Told:
    """What a change must say."""
    return kind, record, name, repr(before), repr(after)


def in_any_order(some: Iterable[Told]) -> list[Told]:
    """What is told, whatever its order."""
    return sorted(some, key=repr)


def all_told(comparison: Comparison) -> list[Told]:
    """What a comparison says, less what has moved in order."""
    return in_any_order(
        told(one.kind, one.record, one.field, one.before, one.after)
        for one in comparison.changes
        if not (one.kind == "moved" and one.field is None)
    )


def resolve(data: Any, pointer: str) -> Any:
    """What an RFC 6901 pointer points to."""
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        data = data[int(name)] if isinstance(data, list) else data[name]
    return data


@dataclass
class Edited:
    """A report that is being edited: its data, what was told of the edits, and what must not be touched again."""

    data: dict[str, Any]
    expected: list[Told] = field(default_factory=list)
    swapped: list[set[str]] = field(default_factory=list)
    touched: set[tuple[int, str]] = field(default_factory=set)
    findings: list[tuple[dict[str, Any], Any, str]] = field(default_factory=list)
    corrections: list[tuple[dict[str, Any], Any, str]] = field(default_factory=list)
    reasons: dict[int, str] = field(default_factory=dict)
    added: int = 0

    @classmethod
    def of(cls, report: Report) -> "Edited":
        """A report that is not edited yet."""
        data = report.model_dump(mode="json")
        edited = cls(data)
        edited.findings = [(one, *_holder(data, one["pointer"])) for one in data["findings"]]
        edited.corrections = [(one, *_holder(data, one["pointer"])) for one in data.get("corrections", ())]
        return edited

    def programmes(self) -> list[Any]:
        """Those of the first chapter."""
        found: list[Any] = self.data["policies"][0]["programmes"]
        return found

    def free(self, record: Any, what: str) -> bool:
        """Whether this of a record may be edited; not a second time."""
        if (id(record), what) in self.touched or (id(record), "all") in self.touched:
            return False
        self.touched.add((id(record), what))
        return True

    def whole(self, record: Any) -> bool:
        """Whether a whole record may be taken: nothing of it was edited; and nothing will be."""
        if any(one is not None and (id(one), what) in self.touched for one in _within(record) for what in _WHATS):
            return False
        self.touched.add((id(record), "all"))
        return True

    def report(self) -> Report:
        """The report as it is now."""
        pointing = {"findings": self._pointing("finding", self.findings)}
        pointing["corrections"] = self._pointing("correction", self.corrections)
        self.findings, self.corrections = [], []
        return Report.model_validate(self.data | pointing)

    def _pointing(self, record: str, those: Iterable[tuple[dict[str, Any], Any, str]]) -> list[dict[str, Any]]:
        """Findings or corrections that point to where things are now; what is gone took those about it along."""
        places = {id(one): pointer for pointer, one in _records(self.data)}
        kept = []
        for one, holder, rest in those:
            if holder is not None and id(holder) not in places:
                self.expected.append(told("removed", record, None, one, None))
                continue
            now = one | {"pointer": (places[id(holder)] if holder is not None else "") + rest}
            if id(one) in self.reasons:
                now["reason"] = self.reasons[id(one)]
                self.expected.append(told("changed", record, None, one, now))
            kept.append(now)
        return kept


_WHATS = ("all", "name", "budget", "paragraph", "office", "order", "box", "said", "gone")


def _within(record: Any) -> Iterator[Any]:
    yield record
    for metric in record.get("metrics", ()):
        yield metric
        yield from metric["observations"]
    yield from record.get("observations", ())


def _records(data: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for at, policy in enumerate(data["policies"]):
        for number, programme in enumerate(policy["programmes"]):
            here = f"/policies/{at}/programmes/{number}"
            yield here, programme
            for row, metric in enumerate(programme["metrics"]):
                yield f"{here}/metrics/{row}", metric


def _holder(data: dict[str, Any], pointer: str) -> tuple[Any, str]:
    """The metric or programme that a pointer goes through, and the rest of the pointer."""
    for depth in (6, 4):
        parts = pointer.split("/")
        if len(parts) > depth and re.match(r"/policies/[0-9]+/programmes/[0-9]+(/metrics/[0-9]+)?", pointer):
            head = "/".join(parts[: depth + 1])
            if depth == 4 or parts[5:6] == ["metrics"]:
                return resolve(data, head), pointer[len(head) :]
    return None, pointer


def _one(random: Random, edited: Edited, what: str) -> Any:
    """A programme of which this may be edited."""
    some = [one for one in edited.programmes() if (id(one), "all") not in edited.touched]
    programme = random.choice(some) if some else None
    return programme if programme is not None and edited.free(programme, what) else None


def drop_programme(edited: Edited, random: Random) -> None:
    programme = random.choice(edited.programmes())
    if len(edited.programmes()) > 3 and edited.whole(programme):
        edited.programmes().remove(programme)
        edited.expected.append(told("removed", "programme", None, programme, None))


def add_programme(edited: Edited, random: Random) -> None:
    edited.added += 1
    passage = {
        "paragraphs": [f"{edited.added}番目の新しい取組。"],
        "notes": [],
        "facts": [],
        "activities": [],
        "source": [],
        "note_facts": [],
        "note_activities": [],
    }
    programme = copy.deepcopy(edited.programmes()[0]) | {
        "id": f"new-{edited.added}",
        "number": 900 + edited.added,
        "name": "ＸＹＺ" * 4 + str(edited.added),
        "budget_thousand_yen": None,
        "overview": passage,
        "results": passage | {"paragraphs": []},
        "metrics": [],
        "source": [],
    }
    edited.whole(programme)
    edited.programmes().insert(random.randint(0, len(edited.programmes())), programme)
    edited.expected.append(told("added", "programme", None, None, programme))


def rename_programme(edited: Edited, random: Random) -> None:
    if programme := _one(random, edited, "name"):
        before = programme["name"]
        programme["name"] = f"改称{before[: random.randint(2, 6)]}推進"
        edited.expected.append(told("renamed", "programme", "name", before, programme["name"]))


def change_budget(edited: Edited, random: Random) -> None:
    if programme := _one(random, edited, "budget"):
        before = programme["budget_thousand_yen"]
        programme["budget_thousand_yen"] = None if random.random() < 0.2 and before else (before or 0) + 7
        after = programme["budget_thousand_yen"]
        edited.expected.append(told("changed", "programme", "budget_thousand_yen", before, after))


def change_paragraph(edited: Edited, random: Random) -> None:
    if programme := _one(random, edited, "paragraph"):
        texts = programme[random.choice(("overview", "results"))]["paragraphs"]
        if texts:
            at = random.randrange(len(texts))
            before = texts[at]
            texts[at] = random.choice((f"{before}（追記）", f"また、{before}", "全く別の文。"))
            edited.expected.append(told("changed", "passage", "paragraphs", before, texts[at]))


def drop_paragraph(edited: Edited, random: Random) -> None:
    if programme := _one(random, edited, "paragraph"):
        passage = programme[random.choice(("overview", "results"))]
        if len(passage["paragraphs"]) > 2 and len(passage["source"]) == len(passage["paragraphs"] + passage["notes"]):
            at = random.randrange(len(passage["paragraphs"]))
            edited.expected.append(told("removed", "passage", "paragraphs", passage["paragraphs"].pop(at), None))
            del passage["source"][at]


def change_office(edited: Edited, random: Random) -> None:
    if (programme := _one(random, edited, "office")) and programme["offices"]:
        office = random.choice(programme["offices"])
        before = copy.deepcopy(office)
        office["division"] = random.choice((f"新{office['division']}", "全く別の室"))
        edited.expected.append(told("changed", "programme", "offices", before, office))


def add_office(edited: Edited, random: Random) -> None:
    if programme := _one(random, edited, "office"):
        office = {"division": "新設準備室", "groups": ["総務班"], "bureau": None, "contact": None}
        programme["offices"].insert(random.randint(0, len(programme["offices"])), office)
        edited.expected.append(told("added", "programme", "offices", None, office))


def drop_metric(edited: Edited, random: Random) -> None:
    if programme := _one(random, edited, "gone"):
        # Of rows of one name, which is gone shows in the numbers of the others.
        names = [one["name"] for one in programme["metrics"]]
        some = [one for one in programme["metrics"] if names.count(one["name"]) == 1]
        if some and edited.whole(metric := random.choice(some)):
            programme["metrics"].remove(metric)
            edited.expected.append(told("removed", "metric", None, metric, None))


def change_observation(edited: Edited, random: Random) -> None:
    programme = random.choice(edited.programmes())
    metrics = [one for one in programme["metrics"] if (id(one), "all") not in edited.touched]
    if metrics and (id(programme), "all") not in edited.touched:
        observation = random.choice(random.choice(metrics)["observations"])
        if edited.free(observation, "said"):
            before = copy.deepcopy(observation)
            observation["raw"] = "12,345名"
            if random.random() < 0.7:
                observation["quantities"] = [
                    {"value": 12345, "unit": "名", "qualifiers": [], "component": None, "lower": None, "upper": None}
                ]
                observation["status"] = "read"
            edited.expected.append(told("changed", "observation", None, before, observation))


def move_box(edited: Edited, random: Random) -> None:
    """Another place in the same document: of a programme, a metric, an observation."""
    if programme := _one(random, edited, "box"):
        holders = [("programme", programme)] if programme["source"] else []
        for metric in programme["metrics"]:
            if (id(metric), "all") not in edited.touched:
                holders.append(("metric", metric))
                holders += [("observation", one) for one in metric["observations"] if edited.free(one, "said")]
        if holders:
            record, holder = random.choice(holders)
            before = copy.deepcopy(holder["source"])
            place = holder["source"][-1]
            if "page" in place:
                place["bbox"][1] -= 0.5
            else:
                place["end_line"] += 1
            edited.expected.append(told("moved", record, "source", before, holder["source"]))
            # Its metrics have moved with it.
            edited.touched.update((id(metric), "all") for metric in programme["metrics"])


def swap_programmes(edited: Edited, random: Random) -> None:
    some = edited.programmes()
    at = random.randrange(len(some) - 1)
    pair = some[at : at + 2]
    # What has moved in both ways is one change.
    if all((id(one), what) not in edited.touched for one in pair for what in ("order", "all", "name", "box")):
        some[at : at + 2] = pair[::-1]
        # None comes or goes beside them later, so that they stay two neighbours that have changed places.
        edited.touched.update((id(one), what) for one in pair for what in ("order", "name", "all"))
        edited.swapped.append({one["name"] for one in pair})


def change_correction(edited: Edited, random: Random) -> None:
    if edited.corrections:
        one = random.choice(edited.corrections)[0]
        edited.reasons[id(one)] = f"{one['reason']}, as the division wrote"


EDITS: tuple[Callable[[Edited, Random], None], ...] = (
    drop_programme,
    add_programme,
    rename_programme,
    change_budget,
    change_paragraph,
    drop_paragraph,
    change_office,
    add_office,
    drop_metric,
    change_observation,
    move_box,
    swap_programmes,
    change_correction,
)
