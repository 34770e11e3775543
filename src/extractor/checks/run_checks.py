"""Check: what a report says against itself, and what it proves of its values.

Each finding has a stable code; docs/findings.md says what each means.
"""

from collections.abc import Mapping, Sequence

from extractor.annotation.report_prose import AnnotatedText
from extractor.checks.comparisons import check_comparisons
from extractor.checks.drift import is_drift, rank_place, sum_up_drift
from extractor.checks.engines import compare_engines
from extractor.checks.foreign_titles import check_foreign_titles
from extractor.checks.guard import run_check
from extractor.checks.metrics import check_metrics, find_parts_within
from extractor.checks.narrative import check_narrative
from extractor.checks.proofs import prove_by_ink, prove_corrected
from extractor.checks.recognition import point_doubts_to_values
from extractor.checks.structure import check_expected, check_structure
from extractor.checks.totals import find_true_totals
from extractor.checks.variants import check_variants
from extractor.checks.waivers import waive_findings
from extractor.document.geometry import merge_places
from extractor.document.page import Character
from extractor.linking.link import RowBlockPair
from extractor.profiles.profile import Profile
from extractor.records.edition import NOTHING_KNOWN, Edition
from extractor.records.messages import make_message
from extractor.records.proofs import Proof, add_proofs
from extractor.records.report import Finding, Report


def check(
    report: Report,
    linked: Sequence[Sequence[RowBlockPair]],
    profile: Profile,
    texts: Sequence[AnnotatedText] = (),
    edition: Edition = NOTHING_KNOWN,
    printed: Mapping[int, Sequence[Character]] | None = None,
) -> Report:
    """Make all checks of a report.

    A check that fails is a finding `check-failed`; all others are made.
    Drift from the profile comes first, since much else may follow from it; then all is in the order of its place.

    Args:
        report: The report, with the findings that were made while it was read.
        linked: The pairs of each chapter.
        profile: The profile with which the report was read.
        texts: The prose and names with their terms; none where language was not read.
        edition: What was counted on the pages, and which findings were looked at.
        printed: What a second engine reads on the pages that it drew; None: there is none.

    Returns:
        The report with all its findings, and the proofs of its values.
    """
    chapters = merge_places(place for policy in report.policies for place in policy.source)
    place, said = ("/policies", chapters), report.findings
    said_of_all: list[Finding | Proof] = [
        *run_check(make_message("check.recognition"), place, point_doubts_to_values, said, report, otherwise=said),
        *run_check(make_message("check.counts"), place, check_expected, report, edition.expected, chapters),
        *run_check(make_message("check.structure"), place, check_structure, report, linked, profile),
        *run_check(make_message("check.structure"), place, check_foreign_titles, report, linked),
        *run_check(make_message("check.tables"), place, check_metrics, report),
        *run_check(make_message("check.comparisons"), place, check_comparisons, report, chapters),
        *run_check(make_message("check.tables"), place, find_parts_within, report),
        *run_check(make_message("check.tables"), place, find_true_totals, report),
        *run_check(make_message("check.engines"), place, compare_engines, report, printed or {}),
        *run_check(make_message("check.variants"), place, check_variants, texts),
        *run_check(make_message("check.narratives"), place, check_narrative, report, texts),
    ]
    found = [one for one in said_of_all if isinstance(one, Finding)]
    proofs = [one for one in said_of_all if isinstance(one, Proof)]
    proofs += prove_by_ink(report, found, frozenset(printed or ()))
    found = run_check(make_message("check.drift"), place, sum_up_drift, found, report, otherwise=found)
    found = waive_findings(found, edition.waiver, report, place)
    proved = add_proofs(report, prove_corrected(report, proofs))
    return proved.model_copy(update={"findings": tuple(sorted(found, key=rank_finding))})


def rank_finding(finding: Finding) -> tuple[object, ...]:
    """Rank a finding for the order of the file: drift first, then by place."""
    return not is_drift(finding), rank_place(finding.source), finding.pointer, finding.code, finding.message
