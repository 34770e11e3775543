"""Case studies: matched by title, then by their programme."""

from collections.abc import Hashable, Iterator

from extractor.diff.change_log import Journal, Twins
from extractor.diff.matching import match
from extractor.diff.records import Item
from extractor.diff.similarity import headed_alike
from extractor.diff.texts import compare_texts
from extractor.grammar.normalize import key
from extractor.records.comparison import Labels


def compare_cases(journal: Journal, report: Twins) -> None:
    """All case studies of a report, whose programmes are compared already."""
    lefts, rights = report.left.each("case_studies"), report.right.each("case_studies")
    places = [_places_of_ids(side) for side in (report.left, report.right)]

    def programme(item: Item, *, left: bool) -> str | None:
        """The programme that a case study names, as what it is on both sides."""
        named = item.value["programme_id"]
        place = places[not left].get(named)
        return journal.target(place, left=left) if place else named

    targets = {id(item): programme(item, left=True) for item in lefts}
    targets |= {id(item): programme(item, left=False) for item in rights}

    def by_programme(item: Item) -> Hashable | None:
        return targets[id(item)]

    pairs = match(lefts, rights, (_title, by_programme), headed_alike("title", "figures"))
    for twins, labels in journal.meet("case_study", lefts, rights, pairs, _labels):
        journal.write_place("case_study", labels, twins)
        journal.write_name("case_study", "title", labels, twins)
        # An id that is none on a side says there what it says: that its programme is gone is told of the programme.
        known = twins.left.value["programme_id"] in places[0] and twins.right.value["programme_id"] in places[1]
        if twins.differ("programme_id") if not known else targets[id(twins.left)] != targets[id(twins.right)]:
            pointing = (twins.left.at("programme_id"), twins.right.at("programme_id"))
            journal.write("changed", "case_study", "programme_id", labels, *pointing)
        _compare_subjects(journal, labels, twins)
        compare_texts(journal, "case_study", "figures", labels, twins)


def _places_of_ids(report: Item) -> dict[str, str]:
    """Where the programme of each id is; of two with one id, the first."""
    return {one.value["id"]: one.pointer for one in reversed(list(_programmes(report)))}


def _programmes(report: Item) -> Iterator[Item]:
    for chapter in report.each("policies"):
        yield from chapter.each("programmes")


def _labels(case: Item) -> Labels:
    return Labels(case_study=case.value["title"])


def _title(case: Item) -> Hashable | None:
    title = case.value["title"]
    return None if title is None else key(title)


def _compare_subjects(journal: Journal, labels: Labels, case: Twins) -> None:
    lefts, rights = case.left.each("subjects"), case.right.each("subjects")

    def naming(item: Item) -> Labels:
        return labels.model_copy(update={"subject": item.value["name"]})

    pairs = match(lefts, rights, (lambda item: key(item.value["name"]),), headed_alike("name", "story"))
    for twins, here in journal.meet("subject", lefts, rights, pairs, naming):
        if twins.moved:
            journal.write("moved", "subject", None, here, twins.left, twins.right)
        journal.write_name("subject", "name", here, twins)
        journal.write_field("subject", "municipality", here, twins)
        compare_texts(journal, "subject", "profile", here, twins)
        compare_texts(journal, "subject", "story", here, twins)
