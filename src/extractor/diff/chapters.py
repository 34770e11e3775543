"""Chapters and their programmes, matched.

Chapters are matched by number and title, programmes over all chapters.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from extractor.diff.change_log import ChangeLog, MatchedRecords
from extractor.diff.matching import IndexPairs, keys_of_spec, match_records
from extractor.diff.record_comparison import compare_record
from extractor.diff.record_view import RecordView
from extractor.diff.reordering import interleave
from extractor.diff.similarity import make_similarity
from extractor.records.comparison import Labels
from extractor.records.labels import label_record
from extractor.records.pointer import parent_pointer

# Of each side, the series of those programmes of which one was accepted, by their pointers.
BothSeries = tuple[Mapping[str, str], Mapping[str, str]]


def compare_chapters(log: ChangeLog, report: MatchedRecords, series: BothSeries) -> None:
    """Compare all chapters of a report and what is in them.

    A chapter on one side alone is one change with all that it holds, but for programmes that are on the other side
    in another chapter: they have moved.

    Args:
        log: Where the changes are written.
        report: The report on both sides.
        series: The accepted series of its programmes.
    """
    spec = report.spec.children["policies"]
    lefts, rights = report.left.view_elements("policies"), report.right.view_elements("policies")
    similarity = make_similarity(spec, lefts, rights, same_document=log.same_document)
    pairs = match_records(lefts, rights, keys_of_spec(spec), similarity)
    programmes = _Programmes(log, report, (lefts, rights), pairs, series)
    years = (str(report.left.value["report"]["fiscal_year"]), str(report.right.value["report"]["fiscal_year"]))
    for left, right, moved in interleave(lefts, rights, pairs):
        labels = label_record(Labels(), spec, (right or left or report.right).value)
        if left is None or right is None:
            log.write_one_sided(spec, None, labels, left, right)
        else:
            log.note_counterparts(left, right)
            compare_record(log, MatchedRecords(spec, labels, left, right, years, moved))
        programmes.compare_programmes(labels, left, right)


class _Programmes:
    """The programmes of all chapters, joined over their chapters' bounds."""

    def __init__(
        self,
        log: ChangeLog,
        report: MatchedRecords,
        chapters: tuple[Sequence[RecordView], Sequence[RecordView]],
        pairs: IndexPairs,
        series: BothSeries,
    ) -> None:
        self._log = log
        self._spec = report.spec.children["policies"].children["programmes"]
        lefts, rights = chapters
        self._ids = tuple({view.pointer: str(view.value["id"]) for view in side} for side in chapters)
        self._lefts = _view_programmes(lefts, {lefts[left].pointer: left for left, _ in pairs}, series[0])
        self._rights = _view_programmes(rights, {rights[right].pointer: left for left, right in pairs}, series[1])
        similarity = make_similarity(self._spec, self._lefts, self._rights, same_document=log.same_document)
        matches = match_records(self._lefts, self._rights, keys_of_spec(self._spec), similarity)
        self._left_of = {self._rights[right].pointer: self._lefts[left] for left, right in matches}
        self._matched_lefts = {self._lefts[left].pointer for left, _ in matches}

    def compare_programmes(self, labels: Labels, left: RecordView | None, right: RecordView | None) -> None:
        """Compare the programmes of a chapter.

        Those of a chapter that is on one side only go with it, if they are nowhere else.

        Args:
            labels: The labels of the chapter.
            left: The chapter on the left; None: it is not there.
            right: The chapter on the right; None: it is not there.
        """
        lefts, rights = _select_programmes(self._lefts, left), _select_programmes(self._rights, right)
        for before, after, moved in interleave(lefts, rights, self._pair_within(lefts, rights)):
            match = self._left_of.get(after.pointer) if after else None
            if after and match:
                self._compare_match(labels, match, after, moved=moved or before is None)
            elif left and right:
                self._write_alone(labels, before, after)

    def _pair_within(self, lefts: Sequence[RecordView], rights: Sequence[RecordView]) -> IndexPairs:
        """Pair the programmes that are in this chapter on both sides."""
        places = {view.pointer: place for place, view in enumerate(lefts)}
        matches = [(self._left_of.get(view.pointer), index) for index, view in enumerate(rights)]
        return sorted((places[view.pointer], index) for view, index in matches if view and view.pointer in places)

    def _write_alone(self, labels: Labels, left: RecordView | None, right: RecordView | None) -> None:
        """Write a programme that is on one side only; not one that is in another chapter on the right."""
        alone = right or left
        if alone is not None and (left is None or left.pointer not in self._matched_lefts):
            here = label_record(labels, self._spec, alone.value)
            self._log.write_one_sided(self._spec, None, here, left, right)

    def _compare_match(self, labels: Labels, left: RecordView, right: RecordView, *, moved: bool) -> None:
        self._log.note_counterparts(left, right)
        ids = (self._ids[0][_chapter_of(left)], self._ids[1][_chapter_of(right)])
        here = label_record(labels, self._spec, right.value)
        compare_record(self._log, MatchedRecords(self._spec, here, left, right, ids, moved))


def _view_programmes(
    chapters: Sequence[RecordView], chapter_names: Mapping[str, int], series: Mapping[str, str]
) -> list[RecordView]:
    """View all programmes, each marked with the name that its chapter has on both sides, and with its series.

    A series that several programmes of one report have says nothing.
    """
    counts = Counter(series.values())
    own = {pointer: name for pointer, name in series.items() if counts[name] == 1}
    return [
        programme.with_marks(holder=chapter_names.get(chapter.pointer), series=own.get(programme.pointer))
        for chapter in chapters
        for programme in chapter.view_elements("programmes")
    ]


def _select_programmes(programmes: Sequence[RecordView], chapter: RecordView | None) -> list[RecordView]:
    """Select the programmes of a chapter; none where there is no chapter."""
    return [view for view in programmes if chapter and _chapter_of(view) == chapter.pointer]


def _chapter_of(programme: RecordView) -> str:
    return parent_pointer(programme.pointer, 2)
