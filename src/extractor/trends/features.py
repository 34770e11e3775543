"""Traits: what a programme is known by from one year to the next."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.grammar.normalize import key
from extractor.grammar.vocabulary import vocabulary
from extractor.records.report import Programme, Report
from extractor.records.trends import ProgrammeAt

# So many letters in a row of prose are a phrase of some words.
PHRASE = 5
# What a metric is counted by: its folded label, the year, the values with their units.
Figure = tuple[str, int, tuple[tuple[str, str | None], ...]]


@dataclass(frozen=True, slots=True)
class Traits:
    """A programme of one report. `bare`: its folded name less the last word that says what kind of thing it is.

    `figures` are of the years that both reports tell of, by their label; `amounts` the same without the label.
    """

    at: ProgrammeAt
    programme: Programme
    name: str
    bare: str
    chapter: str
    divisions: frozenset[str]
    prose: str
    phrases: frozenset[str]
    labels: frozenset[str]
    figures: frozenset[Figure]
    amounts: frozenset[Figure]


def traits_of(report: Report, years: frozenset[int]) -> list[Traits]:
    """All programmes of a report, in its order; `years` are those whose figures may be in the other report too."""
    found = []
    for p, policy in enumerate(report.policies):
        chapter = key(policy.title or str(policy.number))
        for n, programme in enumerate(policy.programmes):
            found.append(_traits(report, f"/policies/{p}/programmes/{n}", chapter, programme, years))
    return found


def _traits(report: Report, pointer: str, chapter: str, programme: Programme, years: frozenset[int]) -> Traits:
    name = key(programme.name or "")
    prose = "".join(key(text) for one in (programme.overview, programme.results) for text in one.paragraphs)
    figures = figures_of(programme, years)
    return Traits(
        at=ProgrammeAt(
            report=report.report.id,
            fiscal_year=report.report.fiscal_year,
            pointer=pointer,
            id=programme.id,
            number=programme.number,
            name=programme.name,
            source=programme.sources.name or programme.source,
        ),
        programme=programme,
        name=name,
        bare=vocabulary().names.without_kind(name),
        chapter=chapter,
        divisions=frozenset(key(office.division) for office in programme.offices or programme.listed_offices),
        prose=prose,
        phrases=frozenset(prose[at : at + PHRASE] for at in range(len(prose) - PHRASE + 1)),
        labels=frozenset(key(metric.label) for metric in programme.metrics),
        figures=figures,
        amounts=frozenset(("", year, values) for _, year, values in figures),
    )


def figures_of(programme: Programme, years: frozenset[int]) -> frozenset[Figure]:
    """What was read of these years; 0 and 1 are everywhere and tell nothing."""
    return frozenset(
        (key(metric.label), one.fiscal_year, tuple((str(amount.value), amount.unit) for amount in one.quantities))
        for metric in programme.metrics
        for one in metric.observations
        if one.fiscal_year in years and any(amount.value > 1 for amount in one.quantities)
    )


def years_told(reports: Sequence[Report]) -> frozenset[int]:
    """The fiscal years of which every one of the reports has a figure."""
    told = [
        {
            year
            for policy in report.policies
            for programme in policy.programmes
            for metric in programme.metrics
            for one in metric.observations
            for year in (one.spans or (one.fiscal_year,))
        }
        for report in reports
    ]
    return frozenset(set.intersection(*told)) if told else frozenset()
