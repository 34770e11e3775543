"""Loose: findings and corrections, by what they are about, and texts that no record holds."""

import json
from collections.abc import Hashable

from rapidfuzz import fuzz

from extractor.diff.change_log import Journal, Twins
from extractor.diff.labels import labels_at
from extractor.diff.matching import match
from extractor.diff.records import Item
from extractor.records.comparison import Labels

# Two texts that have so much in common, of 100, are one text that was changed.
ALIKE = 60


def compare_findings(journal: Journal, report: Twins) -> None:
    """All findings, when all that they point to is compared. Their order says nothing."""
    lefts, rights = report.left.each("findings"), report.right.each("findings")
    targets = {id(item): journal.target(item.value["pointer"], left=True) for item in lefts}
    targets |= {id(item): journal.target(item.value["pointer"], left=False) for item in rights}
    reports = {id(item): report.left.value for item in lefts} | {id(item): report.right.value for item in rights}

    def naming(item: Item) -> Labels:
        return labels_at(reports[id(item)], item.value["pointer"])

    def about(item: Item) -> Hashable:
        return item.value["code"], targets[id(item)]

    def whole(item: Item) -> Hashable:
        return about(item), item.value["message"]

    def as_it_was(item: Item) -> Hashable | None:
        if not journal.same_document or not item.value["source"]:
            return None
        # The Japanese sentence says the same as the English one: its wording alone is no change.
        return json.dumps(item.value | {"message_ja": None}, sort_keys=True)

    def said(item: Item) -> Hashable:
        return item.value["code"], item.value["message"]

    pairs = match(lefts, rights, (whole, as_it_was, about, said))
    for twins, here in journal.meet("finding", lefts, rights, pairs, naming, ordered=False):
        if as_it_was(twins.left) is not None and as_it_was(twins.left) == as_it_was(twins.right):
            # What was found at one place of one document is the same: that a file's pointer did not follow when its
            # records changed places is no change.
            continue
        same = all(not twins.differ(name) for name in ("code", "severity", "message"))
        if not same or targets[id(twins.left)] != targets[id(twins.right)]:
            journal.write("changed", "finding", None, here, twins.left, twins.right)
        elif not journal.stands_elsewhere(twins.right.value["pointer"]):
            journal.write_place("finding", here, twins)


def compare_corrections(journal: Journal, report: Twins) -> None:
    """All corrections that were applied, when all that they point to is compared. Their order says nothing."""
    lefts, rights = report.left.each("corrections"), report.right.each("corrections")
    targets = {id(item): journal.target(item.value["pointer"], left=True) for item in lefts}
    targets |= {id(item): journal.target(item.value["pointer"], left=False) for item in rights}
    reports = {id(item): report.left.value for item in lefts} | {id(item): report.right.value for item in rights}

    def said(item: Item) -> Hashable:
        return tuple(json.dumps(item.value[name]) for name in ("printed", "correct", "reason", "date"))

    def about(item: Item) -> Hashable:
        return targets[id(item)]

    def naming(item: Item) -> Labels:
        return labels_at(reports[id(item)], item.value["pointer"])

    pairs = match(lefts, rights, (lambda item: (about(item), said(item)), about, said))
    for twins, here in journal.meet("correction", lefts, rights, pairs, naming, ordered=False):
        if said(twins.left) != said(twins.right) or about(twins.left) != about(twins.right):
            journal.write("changed", "correction", None, here, twins.left, twins.right)
        elif not journal.stands_elsewhere(twins.right.value["pointer"]):
            journal.write_place("correction", here, twins)


def compare_unplaced(journal: Journal, report: Twins) -> None:
    """All texts that no record holds. Their order says nothing."""
    lefts, rights = report.left.each("unplaced"), report.right.each("unplaced")
    pairs = match(lefts, rights, (_text,), _alike)
    for twins, labels in journal.meet("unplaced", lefts, rights, pairs, lambda _: Labels(), ordered=False):
        if twins.differ("text"):
            journal.write("changed", "unplaced", None, labels, twins.left, twins.right)
        else:
            journal.write_place("unplaced", labels, twins)


def _text(item: Item) -> Hashable:
    return str(item.value["text"])


def _alike(left: Item, right: Item) -> float:
    return float(fuzz.ratio(left.value["text"], right.value["text"], score_cutoff=ALIKE))
