"""Annotate the prose of a report.

In: a report without facts and activities. Out: the report with those of its passages, and all its texts with the terms
in them and where they stand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import islice
from typing import Any

from extractor.annotation.reader import ProseReader, shift_links
from extractor.grammar.mentions import ActivityMention, FactMention, Term, TextAnnotations
from extractor.records.messages import report_finding
from extractor.records.report import Activity, Aspect, Fact, Passage, Programme, Report, Source
from extractor.records.terms import TERM_FIELDS
from extractor.records.walk import walk_records

# So many characters of a text are quoted.
QUOTED = 60
# Where no verb's form says an activity's aspect: outlines are plans, results are past (docs/facts.md, aspect).
_ASPECTS: Mapping[str, Aspect] = {"overview": "planned", "results": "done"}


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text of a report: its record, where it stands, and the terms in it."""

    text: str
    pointer: str
    source: Source
    terms: tuple[Term, ...] = ()


def annotate_report(report: Report, reader: ProseReader) -> tuple[Report, tuple[AnnotatedText, ...]]:
    """Annotate the prose and the names of a report.

    Args:
        report: A report without facts and activities.
        reader: What annotates its texts.

    Returns:
        The report with the facts and activities of its prose, and all its texts with the terms in them. A text whose
        analysis failed has none, and a finding `language-failed` says so.
    """
    prose, notes = (list(_list_texts(report, name)) for name in TERM_FIELDS)
    names = list(_list_names(report))
    texts, year = (*prose, *names), report.report.fiscal_year
    annotations = reader.annotate_texts([text.text for text in (*prose, *notes)], [text.text for text in names], year)
    by_pointer = {text.pointer: told for text, told in zip((*prose, *notes, *names), annotations, strict=True)}
    programmes = (_annotate_programme(one, pointer, by_pointer) for pointer, one in walk_records(report, Programme))
    policies = tuple(
        policy.model_copy(update={"programmes": tuple(islice(programmes, len(policy.programmes)))})
        for policy in report.policies
    )
    failed = [
        report_finding(f"language-failed.{kind}", text.pointer, text.source, text=_quote_start(text.text))
        for kind, part in (("prose", [*prose, *notes]), ("name", names))
        for text in part
        if by_pointer[text.pointer].failed
    ]
    annotated = report.model_copy(update={"policies": policies, "findings": (*report.findings, *failed)})
    return annotated, tuple(replace(text, terms=by_pointer[text.pointer].terms) for text in texts)


def _quote_start(text: str) -> str:
    return text if len(text) <= QUOTED else f"{text[: QUOTED - 1]}…"


def _list_texts(report: Report, field: str) -> Iterator[AnnotatedText]:
    """List the `paragraphs` or `notes` of all passages, each in its place.

    That is the whole passage's where one of its paragraphs runs over a page's end.
    """
    for pointer, passage in walk_records(report, Passage):
        each = len(passage.source) == len(passage.paragraphs) + len(passage.notes)
        first = 0 if field == "paragraphs" else len(passage.paragraphs)
        for index, text in enumerate(getattr(passage, field)):
            source = passage.source[first + index : first + index + 1] if each else passage.source
            yield AnnotatedText(text, f"{pointer}/{field}/{index}", source)


def _list_names(report: Report) -> Iterator[AnnotatedText]:
    """List the names of programmes and of their metrics."""
    for pointer, programme in walk_records(report, Programme):
        if programme.name:
            yield AnnotatedText(programme.name, f"{pointer}/name", programme.sources.name)
        for index, metric in enumerate(programme.metrics):
            yield AnnotatedText(metric.name, f"{pointer}/metrics/{index}/name", metric.source)


def _annotate_programme(programme: Programme, pointer: str, annotations: Mapping[str, TextAnnotations]) -> Programme:
    passages: dict[str, Any] = {}
    for part, aspect in _ASPECTS.items():
        passage: Passage = getattr(programme, part)
        terms: dict[str, Any] = {}
        for name, fields_of_terms in TERM_FIELDS.items():
            texts: Sequence[str] = getattr(passage, name)
            told = [annotations[f"{pointer}/{part}/{name}/{index}"] for index in range(len(texts))]
            terms |= zip(fields_of_terms, _list_terms(texts, told, aspect), strict=True)
        passages[part] = passage.model_copy(update=terms)
    return programme.model_copy(update=passages)


def _list_terms(
    texts: Sequence[str], annotations: Sequence[TextAnnotations], aspect: Aspect
) -> tuple[tuple[Fact, ...], tuple[Activity, ...]]:
    """List the facts and activities of a passage's paragraphs or notes."""
    facts: list[Fact] = []
    activities: list[Activity] = []
    for paragraph, (text, told) in enumerate(zip(texts, annotations, strict=True)):
        first = len(facts)
        for mention in told.mentions:
            placed = _list_fields(shift_links(mention, first)) | {
                "paragraph": paragraph,
                "text": text[mention.start : mention.end],
            }
            facts.append(Fact(kind="quantity" if mention.quantity else "time", **placed))
        for deed in told.deeds:
            told_of = {"facts": tuple(first + index for index in deed.facts), "aspect": deed.aspect or aspect}
            activities.append(Activity(paragraph=paragraph, **_list_fields(deed) | told_of))
    return tuple(facts), tuple(activities)


def _list_fields(mention: FactMention | ActivityMention) -> dict[str, Any]:
    return {part.name: getattr(mention, part.name) for part in fields(mention)}
