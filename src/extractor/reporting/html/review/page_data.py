"""Page data: what the review page shows, as the JSON that stands in it.

All texts of reports are data there, never markup.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from extractor.checks.codes import codes
from extractor.records.comparison import Change
from extractor.records.edition import Waiver
from extractor.records.proofs import PROOFS, index_proofs
from extractor.records.report import Finding, Report
from extractor.records.review import ChangeGroup, Leaf, Review, Reviewed
from extractor.records.table_rows import TableRows
from extractor.reporting.finding_places import describe_waiver
from extractor.reporting.html.cutouts import Cutouts
from extractor.reporting.html.review.waivable import Waivable
from extractor.reporting.i18n import Language, message_in, say, word, words
from extractor.reporting.original import Sizes, describe_change_of_original, find_sizes, is_original
from extractor.reporting.severity import SEVERITIES, find_worst
from extractor.reporting.text_diff import mark_differences
from extractor.reporting.values import write_both_values

# The groups of words that the scripts use; those of the terminal and of other pages are left out.
_GROUPS = {"kinds", "severities", "causes", "states", "desk"}
# Of a report by name: the accepted one and the new one, as far as they can be read.
BothSides = Mapping[str, tuple[Report | None, Report | None]]


def build_page_data(
    review: Review,
    documents: Sequence[Path],
    language: Language,
    both: BothSides,
    waivers: Mapping[str, Sequence[Waiver]] = MappingProxyType({}),
) -> dict[str, Any]:
    """Build all that the page shows.

    Args:
        review: What differs.
        documents: The folders in which the documents are.
        language: The language of the words.
        both: The reports that were compared, of which the rows of tables are known.
        waivers: Of a report by name, the waivers of all its editions.

    Returns:
        Data that JSON can hold.
    """
    cutouts = Cutouts(language)
    sizes = find_sizes((reviewed.comparison for reviewed in review.reports), documents)
    reports = [
        _ReportOnPage(
            reviewed,
            cutouts,
            language,
            sizes,
            both.get(reviewed.report, (None, None)),
            Waivable(both.get(reviewed.report, (None, None))[1], waivers.get(reviewed.report, ()), language),
        ).show()
        for reviewed in review.reports
    ]
    own = {name: said for name, said in words(language).items() if isinstance(said, str) or name in _GROUPS}
    return {"words": own, "language": language, "reports": reports, **cutouts.data(documents)}


class _ReportOnPage:
    """One report as the page shows it."""

    def __init__(
        self,
        reviewed: Reviewed,
        cutouts: Cutouts,
        language: Language,
        sizes: Sizes,
        both: tuple[Report | None, Report | None],
        waivable: Waivable,
    ) -> None:
        self._reviewed, self._cutouts, self._language, self._sizes = reviewed, cutouts, language, sizes
        comparison = reviewed.comparison
        self._shas = ("", "") if comparison is None else (comparison.left.sha256, comparison.right.sha256)
        self._waivable = waivable
        self._rows = [None if report is None else TableRows(report) for report in both]
        self._proofs = {} if both[1] is None else index_proofs(both[1])

    def show(self) -> dict[str, Any]:
        comparison, groups = self._reviewed.comparison, self._find_groups()
        changes = [
            self._show_change(*of_change, groups.get(number))
            for number, of_change in enumerate(
                zip(
                    comparison.changes if comparison else (),
                    self._reviewed.touching,
                    self._reviewed.leaves,
                    strict=True,
                )
            )
        ]
        return {
            **self._reviewed.model_dump(include={"report", "state", "why", "output_sha256", "golden_sha256"}),
            "documents": self._shas,
            "causes": list(comparison.causes) if comparison else [],
            "changes": list(_put_doubtful_first(changes)),
            "renewals": self._waivable.list_renewals(),
        }

    def _find_groups(self) -> dict[int, ChangeGroup]:
        """Find the groups that are shown as a whole, by the numbers of their changes: all of such a group is new."""
        comparison = self._reviewed.comparison
        return {
            number: group
            for group in self._reviewed.groups
            if comparison and len(group.changes) > 1
            if all(comparison.changes[one].kind == "added" for one in group.changes)
            for number in group.changes
        }

    def _show_change(
        self, change: Change, findings: Sequence[Finding], leaf: Leaf, group: ChangeGroup | None
    ) -> dict[str, Any]:
        language, labels = self._language, change.labels
        both = write_both_values(change, language, self._sizes)
        before, after = mark_differences(*both)
        proofs = self._proofs.get(change.right_pointer or "")
        return {
            "key": leaf.key,
            "follows": leaf.follows,
            "pending": leaf.state and {"state": leaf.state, "note": leaf.note},
            **self._describe_group(group),
            "kind": change.kind,
            "record": change.record,
            "field": change.field and word(language, "fields", change.field),
            "what": _name_what_differs(change, language),
            "chapter": labels.policy,
            "where": _name_place(change, language),
            "within": labels.programme,
            "year": _name_year(labels.fiscal_year, language),
            "left": change.left_pointer,
            "right": change.right_pointer,
            "before": None if change.left_pointer is None else before,
            "after": None if change.right_pointer is None else after,
            "rewritten": _list_rewritten(*both, words(language)["read_as"]),
            "document": leaf.before_sha256,
            "sources": [self._place_side(change, side, leaf) for side in (0, 1)],
            "proofs": proofs,
            "proved": None if proofs is None else [word(language, "proofs", kind) for kind in proofs],
            "cause": change.cause,
            "severity": find_worst(findings),
            "findings": [self._show_finding(one) for one in findings],
        }

    def _describe_group(self, group: ChangeGroup | None) -> dict[str, Any]:
        if group is None:
            return {"group": None, "title": None, "clean": False}
        return {"group": group.name, "title": _name_group(group) or self._reviewed.report, "clean": group.clean}

    def _show_finding(self, finding: Finding) -> dict[str, Any]:
        language = self._language
        waived = describe_waiver(finding.model_dump(mode="json", include={"waived"}), language)
        doubtful = finding.severity != "info" and not waived
        shown = {
            "code": finding.code,
            "pointer": finding.pointer,
            "title": word(language, "codes", finding.code),
            "severity": finding.severity,
            "message": f"{message_in(finding, language)} {waived}".rstrip(),
            "waived": bool(waived),
            **(self._waivable.describe(finding) if doubtful else {"waivable": False}),
        }
        entry = codes().get(finding.code)
        if entry is None or not doubtful:
            return shown
        explained = {"meaning": entry.find_meaning(finding.severity), "action": entry.action}
        return shown | {name: getattr(text, language).replace("`", "") for name, text in explained.items()}

    def _place_side(self, change: Change, side: int, leaf: Leaf) -> list[dict[str, Any]]:
        """Place the value of one side, with the row in which it stands."""
        if side == 0 and leaf.before_sha256 is not None:
            # The golden file has another document by now.
            return self._cutouts.places(leaf.before_sha256, change.before_source, leaf.before_rows)
        rows = self._rows[side]
        in_rows = () if rows is None else rows.find_row_of_change(change, side)
        return self._cutouts.places(self._shas[side], (change.before_source, change.after_source)[side], in_rows)


def _name_what_differs(change: Change, language: Language) -> str:
    """Name the record and its field.

    The file that was read has a field's name that says a place of all other records.
    """
    record = word(language, "records", change.record)
    if change.field is None:
        return record
    field = words(language)["originals"]["name"] if is_original(change) else word(language, "fields", change.field)
    return f"{record} {field}"


def _list_rewritten(before: str, after: str, read_as: str) -> list[str]:
    """List what was rewritten on either side, less what is the same round it: 名 and 人 of 22名 and 22人.

    Of a value only what is printed counts: the line below says what that is read as.
    """
    sides = mark_differences(*(text.partition(f"\n{read_as}")[0] for text in (before, after)))
    return [" … ".join(piece.replace("\n", " ") for piece, differs in side if differs) for side in sides]


def _name_group(group: ChangeGroup) -> str | None:
    labels = group.labels
    return labels.programme or labels.case_study or labels.policy


def _put_doubtful_first(changes: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Put what a finding doubts before the rest, and the file or report as a whole before all.

    Of the rest, values come first, those first that least speaks for; a group by its least proved value.
    A group that is shown as a whole stays together.
    """
    together: dict[object, list[dict[str, Any]]] = {}
    for number, change in enumerate(changes):
        together.setdefault(change["group"] or number, []).append(change)
    doubtful = SEVERITIES[:2]

    def rank(parts: Sequence[dict[str, Any]]) -> tuple[int, int]:
        if parts[0]["record"] == "report":
            return -1, 0
        found = (doubtful.index(one["severity"]) for one in parts if one["severity"] in doubtful)
        proofs = (len(one["proofs"]) for one in parts if one["proofs"] is not None)
        return min(found, default=len(doubtful)), min(proofs, default=len(PROOFS))

    for parts in sorted(together.values(), key=rank):
        yield from parts


def _name_place(change: Change, language: Language) -> list[str]:
    """Name the place in the chapter, from outside in; of the file that was read, say what became of it."""
    if is_original(change):
        return [describe_change_of_original(change, language)]
    labels = change.labels
    passage = words(language)[labels.passage] if labels.passage else None
    year = _name_year(labels.fiscal_year, language)
    inner = (labels.initiative, labels.programme, passage, labels.metric, year, labels.case_study, labels.subject)
    return [label for label in inner if label]


def _name_year(year: int | None, language: Language) -> str | None:
    return None if year is None else say(language, "terminal.year", year=year)
