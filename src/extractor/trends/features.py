"""Features: what a programme is known by from one year to the next. Texts are folded to their comparison keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.grammar.normalize import comparison_key
from extractor.grammar.vocabulary import load_vocabulary
from extractor.records.report import Programme, Report
from extractor.records.trends import ProgrammeAt
from extractor.trends.programmes import iterate_programmes

# Characters in a row of prose that are a phrase of some words.
PHRASE = 5
# What a metric is counted by: its folded label, the fiscal year, the values with their units.
MetricFigure = tuple[str, int, tuple[tuple[str, str | None], ...]]


@dataclass(frozen=True, slots=True)
class ProgrammeFeatures:
    """The features of one report's programme.

    `bare`: the folded name less the last word that says what kind of thing it is (事業, 制度). `phrases`: all runs of
    `PHRASE` characters of the prose. `figures`: of the years that both reports tell of, by their label; `amounts`: the
    same without the label. `budget`: in thousand yen; None where it is not printed, or is nothing.
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
    figures: frozenset[MetricFigure]
    amounts: frozenset[MetricFigure]
    budget: int | None


def extract_features(report: Report, years: frozenset[int]) -> list[ProgrammeFeatures]:
    """Extract the features of all programmes of a report.

    Args:
        report: The report.
        years: The fiscal years whose figures may be in the other report too; figures of others are left out.

    Returns:
        The features, in the order of the report.
    """
    return [
        _extract_features_of(at, comparison_key(policy.title or str(policy.number)), programme, years)
        for at, policy, programme in iterate_programmes(report)
    ]


def _extract_features_of(
    at: ProgrammeAt, chapter: str, programme: Programme, years: frozenset[int]
) -> ProgrammeFeatures:
    name = comparison_key(programme.name or "")
    prose = "".join(map(comparison_key, (*programme.overview.paragraphs, *programme.results.paragraphs)))
    figures = _find_figures(programme, years)
    return ProgrammeFeatures(
        at=at,
        programme=programme,
        name=name,
        bare=load_vocabulary().names.without_kind(name),
        chapter=chapter,
        divisions=frozenset(
            comparison_key(office.division) for office in programme.offices or programme.listed_offices
        ),
        prose=prose,
        phrases=frozenset(prose[start : start + PHRASE] for start in range(len(prose) - PHRASE + 1)),
        labels=frozenset(comparison_key(metric.label) for metric in programme.metrics),
        figures=figures,
        amounts=frozenset(("", year, values) for _, year, values in figures),
        budget=programme.budget_thousand_yen if (programme.budget_thousand_yen or 0) > 0 else None,
    )


def _find_figures(programme: Programme, years: frozenset[int]) -> frozenset[MetricFigure]:
    """Find what was read of these years; 0 and 1 are everywhere and tell nothing."""
    return frozenset(
        (
            comparison_key(metric.label),
            said.fiscal_year,
            tuple((str(amount.value), amount.unit) for amount in said.quantities),
        )
        for metric in programme.metrics
        for said in metric.observations
        if said.fiscal_year in years and any(amount.value > 1 for amount in said.quantities)
    )


def find_common_years(reports: Sequence[Report]) -> frozenset[int]:
    """Find the fiscal years of which every one of the reports has a figure."""
    return frozenset.intersection(*map(_find_years, reports))


def _find_years(report: Report) -> frozenset[int]:
    return frozenset(
        year
        for _, _, programme in iterate_programmes(report)
        for metric in programme.metrics
        for observation in metric.observations
        for year in (observation.spans or (observation.fiscal_year,))
    )
