"""Chapters: matched by number and title, and their programmes over all chapters."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

from extractor.diff.change_log import Journal, Twins
from extractor.diff.labels import chapter_labels, programme_labels
from extractor.diff.matching import Pairs, match
from extractor.diff.programmes import compare_id, compare_programme
from extractor.diff.records import Item
from extractor.diff.reordering import in_order
from extractor.diff.similarity import chapters_alike, headed_alike, programmes_alike
from extractor.diff.texts import compare_texts
from extractor.grammar.normalize import key
from extractor.records.comparison import Labels

# Of each side, the series of those programmes of which one was accepted, by their pointers.
BothSeries = tuple[Mapping[str, str], Mapping[str, str]]


def compare_chapters(journal: Journal, report: Twins, series: BothSeries) -> None:
    """All chapters of a report and what is in them.

    A chapter on one side alone is one change with all that it holds, but for programmes that are on the other side
    in another chapter: they have moved.
    """
    lefts, rights = report.left.each("policies"), report.right.each("policies")
    pairs = match(lefts, rights, (_number_and_title, _title, _number), chapters_alike)
    programmes = _Programmes(journal, lefts, rights, pairs, series)
    for left, right, moved in in_order(lefts, rights, pairs):
        if left is None or right is None:
            journal.write_alone("policy", left, right, lambda chapter: chapter_labels(chapter.value))
        else:
            journal.know(left, right)
            _compare_chapter(journal, chapter_labels(right.value), Twins(left, right, moved), report)
        programmes.compare(left, right)


def _number_and_title(chapter: Item) -> Hashable | None:
    title = chapter.value["title"]
    return None if title is None else (chapter.value["number"], title)


def _title(chapter: Item) -> Hashable | None:
    return chapter.value["title"] and key(chapter.value["title"])


def _number(chapter: Item) -> Hashable:
    return int(chapter.value["number"])


def _compare_chapter(journal: Journal, labels: Labels, twins: Twins, report: Twins) -> None:
    """A chapter without its programmes."""
    if twins.left.value == twins.right.value and not twins.moved:
        return
    journal.write_place("policy", labels, twins)
    years = (report.left.value["report"]["fiscal_year"], report.right.value["report"]["fiscal_year"])
    compare_id(journal, "policy", labels, twins, (str(years[0]), str(years[1])), free=twins.differ("number"))
    journal.write_field("policy", "number", labels, twins)
    journal.write_name("policy", "title", labels, twins)
    compare_texts(journal, "policy", "overview", labels, twins)
    lefts, rights = twins.left.each("initiatives"), twins.right.each("initiatives")
    pairs = match(lefts, rights, (lambda item: str(item.value["heading"]),), headed_alike("heading", "paragraphs"))

    def naming(item: Item) -> Labels:
        return labels.model_copy(update={"initiative": item.value["heading"]})

    for initiative, here in journal.meet("initiative", lefts, rights, pairs, naming):
        if initiative.moved:
            journal.write("moved", "initiative", None, here, initiative.left, initiative.right)
        journal.write_name("initiative", "heading", here, initiative)
        compare_texts(journal, "initiative", "paragraphs", here, initiative)
    journal.write_field("policy", "subtotal_thousand_yen", labels, twins)


class _Programmes:
    """The programmes of all chapters, joined over their chapters' bounds."""

    def __init__(
        self, journal: Journal, lefts: Sequence[Item], rights: Sequence[Item], pairs: Pairs, series: BothSeries
    ) -> None:
        self._journal = journal
        self._chapters = ({item.pointer: item for item in lefts}, {item.pointer: item for item in rights})
        self._lefts = _programmes(lefts, {lefts[left].pointer: left for left, _ in pairs}, series[0])
        self._rights = _programmes(rights, {rights[right].pointer: left for left, right in pairs}, series[1])
        keys = (_by_series, _here_by_number_and_name, _here_by_name, _by_name, _here_by_folded_name, _by_folded_name)
        alike = programmes_alike(self._lefts, self._rights, same_document=journal.same_document)
        found = match(self._lefts, self._rights, keys, alike)
        self._left_of = {self._rights[right].pointer: self._lefts[left] for left, right in found}
        self._joined = {self._lefts[left].pointer for left, _ in found}

    def compare(self, left: Item | None, right: Item | None) -> None:
        """Those of a chapter; those of one that is on one side only go with it, if they are nowhere else."""
        lefts = [one for one in self._lefts if left is not None and _chapter(one) == left.pointer]
        rights = [one for one in self._rights if right is not None and _chapter(one) == right.pointer]
        places = {one.pointer: place for place, one in enumerate(lefts)}
        twins = [(self._left_of.get(one.pointer), index) for index, one in enumerate(rights)]
        pairs = sorted((places[one.pointer], index) for one, index in twins if one and one.pointer in places)
        chapter = right or left
        labels = chapter_labels(chapter.value) if chapter is not None else Labels()

        def naming(programme: Item) -> Labels:
            return programme_labels(labels, programme.value)

        for one, other, moved in in_order(lefts, rights, pairs):
            twin = self._left_of.get(other.pointer) if other is not None else None
            if other is not None and twin is not None:
                self._compare(Twins(twin, other, moved or one is None), naming(other))
            elif left is not None and right is not None and (one is None or one.pointer not in self._joined):
                self._journal.write_alone("programme", one, other, naming)

    def _compare(self, twins: Twins, labels: Labels) -> None:
        self._journal.know(twins.left, twins.right)
        chapters = (self._chapters[0][_chapter(twins.left)], self._chapters[1][_chapter(twins.right)])
        compare_programme(self._journal, labels, twins, (chapters[0].value["id"], chapters[1].value["id"]))


def _programmes(chapters: Sequence[Item], homes: Mapping[str, int], series: Mapping[str, str]) -> list[Item]:
    """All programmes, each with the name that its chapter has on both sides, and its series.

    A series that several programmes of one report have says nothing.
    """
    counts = Counter(series.values())
    own = {pointer: name for pointer, name in series.items() if counts[name] == 1}
    return [
        replace(programme, home=homes.get(chapter.pointer), series=own.get(programme.pointer))
        for chapter in chapters
        for programme in chapter.each("programmes")
    ]


def _chapter(programme: Item) -> str:
    return programme.pointer.rsplit("/", 2)[0]


def _by_series(programme: Item) -> Hashable | None:
    return programme.series


def _by_name(programme: Item) -> Hashable | None:
    return programme.value["name"] or None


def _by_folded_name(programme: Item) -> Hashable | None:
    return key(programme.value["name"] or "") or None


def _here_by_name(programme: Item) -> Hashable | None:
    return _here(programme, _by_name(programme))


def _here_by_folded_name(programme: Item) -> Hashable | None:
    return _here(programme, _by_folded_name(programme))


def _here_by_number_and_name(programme: Item) -> Hashable | None:
    name = _by_name(programme)
    return _here(programme, None if name is None else (programme.value["number"], name))


def _here(programme: Item, name: Hashable | None) -> Hashable | None:
    return None if programme.home is None or name is None else (programme.home, name)
