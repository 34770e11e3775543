"""Programmes of reports with their places, and what became of them, each in one list."""

from collections.abc import Iterator
from typing import get_args

from extractor.records.report import Policy, Programme, Report
from extractor.records.trends import Continuity, ContinuityKind, ProgrammeAt, YearsReport


def iterate_programmes(report: Report) -> Iterator[tuple[ProgrammeAt, Policy, Programme]]:
    """Yield each programme of a report in its order, with its place and its chapter."""
    for p, policy in enumerate(report.policies):
        for n, programme in enumerate(policy.programmes):
            at = ProgrammeAt(
                report=report.report.id,
                fiscal_year=report.report.fiscal_year,
                pointer=f"/policies/{p}/programmes/{n}",
                id=programme.id,
                number=programme.number,
                name=programme.name,
                source=programme.sources.name or programme.source,
            )
            yield at, policy, programme


def list_continuities(years: YearsReport) -> list[Continuity]:
    """List what became of all programmes, kind by kind."""
    return [continuity for kind in get_args(ContinuityKind) for continuity in getattr(years, kind)]
