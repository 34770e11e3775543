"""Programmes: their fields, passages and metrics; of an observation all that differs is one change."""

from collections.abc import Hashable, Mapping
from typing import Any

from extractor.diff.change_log import Journal, Twins
from extractor.diff.matching import match
from extractor.diff.passages import compare_passage
from extractor.diff.records import Item, content
from extractor.diff.similarity import metrics_alike
from extractor.diff.texts import compare_texts
from extractor.grammar.normalize import key
from extractor.grammar.vocabulary import vocabulary
from extractor.records.comparison import ChangedRecord, Labels


def compare_programme(journal: Journal, labels: Labels, twins: Twins, ids: tuple[str, str]) -> None:
    """All that differs in a programme; `ids` are those of its chapter on either side."""
    if twins.left.value == twins.right.value and not twins.moved:
        return
    elsewhere = journal.write_place("programme", labels, twins)
    if journal.same_document and not elsewhere and not twins.moved and twins.differ("sources"):
        journal.write("moved", "programme", "sources", labels, twins.left.at("sources"), twins.right.at("sources"))
    compare_id(journal, "programme", labels, twins, ids, free=twins.differ("number"))
    journal.write_field("programme", "number", labels, twins)
    journal.write_name("programme", "name", labels, twins)
    for name in ("budget_thousand_yen", "is_new", "page_label"):
        journal.write_field("programme", name, labels, twins)
    compare_texts(journal, "programme", "listed_offices", labels, twins)
    compare_texts(journal, "programme", "offices", labels, twins)
    compare_passage(journal, "overview", labels, twins, moved=elsewhere)
    compare_passage(journal, "results", labels, twins, moved=elsewhere)
    if twins.differ("metrics"):
        _compare_metrics(journal, labels, twins, moved=elsewhere)


def compare_id(
    journal: Journal,
    record: ChangedRecord,
    labels: Labels,
    twins: Twins,
    ids: tuple[str, str],
    *,
    free: bool,
) -> None:
    """The id, where it does not follow from what else has changed: the ids of what holds the record, its own place
    among its like, or whatever makes it `free`."""
    left, right = (item.value["id"].removeprefix(one) for item, one in zip((twins.left, twins.right), ids, strict=True))
    if left != right and not free and _index(twins.left) == _index(twins.right):
        journal.write("changed", record, "id", labels, twins.left.at("id"), twins.right.at("id"))


def _index(item: Item) -> str:
    return item.pointer.rpartition("/")[2]


def _compare_metrics(journal: Journal, labels: Labels, programme: Twins, *, moved: bool) -> None:
    lefts, rights = programme.left.each("metrics"), programme.right.each("metrics")
    alike = metrics_alike(same_document=journal.same_document)
    pairs = match(lefts, rights, (_name, _folded_name), alike)
    ids = (programme.left.value["id"], programme.right.value["id"])

    def naming(item: Item) -> Labels:
        return labels.model_copy(update={"metric": item.value["name"]})

    for twins, here in journal.meet("metric", lefts, rights, pairs, naming):
        if twins.left.value != twins.right.value or twins.moved:
            _compare_metric(journal, here, twins, ids, moved=moved)


def _name(item: Item) -> Hashable:
    return str(item.value["name"])


def _folded_name(item: Item) -> Hashable:
    return key(item.value["name"])


def _compare_metric(journal: Journal, labels: Labels, twins: Twins, ids: tuple[str, str], *, moved: bool) -> None:
    """A metric; `moved`: it is told already that its programme stands elsewhere."""
    still = Twins(twins.left, twins.right)
    if moved and twins.moved:
        journal.write("moved", "metric", None, labels, twins.left, twins.right)
    elif not moved:
        moved = journal.write_place("metric", labels, twins)
    compare_id(journal, "metric", labels, still, ids, free=False)
    journal.write_name("metric", "name", labels, still)
    # Label and note are parts of the name.
    for name in (
        ("part_of", "row", "is_total") if still.differ("name") else ("label", "note", "part_of", "row", "is_total")
    ):
        journal.write_field("metric", name, labels, still)
    if still.differ("observations"):
        _compare_observations(journal, labels, still, moved=moved)


def _compare_observations(journal: Journal, labels: Labels, metric: Twins, *, moved: bool) -> None:
    lefts, rights = metric.left.each("observations"), metric.right.each("observations")

    def naming(item: Item) -> Labels:
        return labels.model_copy(update={"fiscal_year": item.value["fiscal_year"]})

    for twins, here in journal.meet(
        "observation", lefts, rights, match(lefts, rights, (_year_and_kind, _year)), naming
    ):
        if content(twins.left.value) != content(twins.right.value):
            journal.write("changed", "observation", None, here, twins.left, twins.right)
        elif moved and twins.moved:
            journal.write("moved", "observation", None, here, twins.left, twins.right)
        elif not moved:
            journal.write_place("observation", here, twins)


def _year_and_kind(item: Item) -> Hashable:
    return item.value["fiscal_year"], _planned(item.value)


def _year(item: Item) -> Hashable:
    return int(item.value["fiscal_year"])


def _planned(observation: Mapping[str, Any]) -> str | None:
    """目標, 計画 and the like, where the values are such ones."""
    words = (word for quantity in observation["quantities"] for word in quantity["qualifiers"])
    return next((word for word in words if word in vocabulary().columns.planned), None)
