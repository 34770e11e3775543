"""Annotate the prose of a report.

In: a report without facts and activities. Out: the report with those of its passages, and all its texts with the terms
in them and where they stand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from typing import Any, Literal

from extractor.annotation.reader import ProseReader
from extractor.grammar.mentions import FactMention, Term, TextAnnotations
from extractor.records.messages import make_finding, make_message
from extractor.records.report import Activity, Aspect, Fact, Finding, Passage, Programme, Report, Source

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
    prose, names = list(_list_paragraphs(report)), list(_list_names(report))
    texts = (*prose, *names)
    annotations = reader.annotate_texts(
        [text.text for text in prose], [text.text for text in names], report.report.fiscal_year
    )
    by_pointer = {text.pointer: told for text, told in zip(texts, annotations, strict=True)}
    programmes = (_annotate_programme(one, pointer, by_pointer) for pointer, one in _list_programmes(report))
    policies = tuple(
        policy.model_copy(update={"programmes": tuple(islice(programmes, len(policy.programmes)))})
        for policy in report.policies
    )
    failed = [
        _failed(text, "prose" if at < len(prose) else "name")
        for at, text in enumerate(texts)
        if by_pointer[text.pointer].failed
    ]
    annotated = report.model_copy(update={"policies": policies, "findings": (*report.findings, *failed)})
    return annotated, tuple(replace(text, terms=by_pointer[text.pointer].terms) for text in texts)


def _failed(text: AnnotatedText, kind: Literal["prose", "name"]) -> Finding:
    said = text.text if len(text.text) <= QUOTED else f"{text.text[: QUOTED - 1]}…"
    return make_finding(make_message(f"language-failed.{kind}", text=said), text.pointer, text.source)


def _list_programmes(report: Report) -> Iterator[tuple[str, Programme]]:
    for p, policy in enumerate(report.policies):
        for n, programme in enumerate(policy.programmes):
            yield f"/policies/{p}/programmes/{n}", programme


def _list_paragraphs(report: Report) -> Iterator[AnnotatedText]:
    """List the paragraphs of all passages."""
    for pointer, programme in _list_programmes(report):
        for part in _ASPECTS:
            passage: Passage = getattr(programme, part)
            for index, text in enumerate(passage.paragraphs):
                yield AnnotatedText(text, f"{pointer}/{part}/paragraphs/{index}", _locate_paragraph(passage, index))


def _locate_paragraph(passage: Passage, paragraph: int) -> Source:
    """Find where a paragraph stands; the whole passage where one of its paragraphs runs over a page's end."""
    each = len(passage.source) == len(passage.paragraphs) + len(passage.notes)
    return passage.source[paragraph : paragraph + 1] if each else passage.source


def _list_names(report: Report) -> Iterator[AnnotatedText]:
    """List the names of programmes and of their metrics."""
    for pointer, programme in _list_programmes(report):
        if programme.name:
            yield AnnotatedText(programme.name, f"{pointer}/name", programme.sources.name)
        for index, metric in enumerate(programme.metrics):
            yield AnnotatedText(metric.name, f"{pointer}/metrics/{index}/name", metric.source)


def _annotate_programme(programme: Programme, pointer: str, annotations: Mapping[str, TextAnnotations]) -> Programme:
    passages: dict[str, Any] = {}
    for part, aspect in _ASPECTS.items():
        passage: Passage = getattr(programme, part)
        told = [annotations[f"{pointer}/{part}/paragraphs/{index}"] for index in range(len(passage.paragraphs))]
        passages[part] = _annotate_passage(passage, told, aspect)
    return programme.model_copy(update=passages)


def _annotate_passage(passage: Passage, annotations: Sequence[TextAnnotations], aspect: Aspect) -> Passage:
    facts: list[Fact] = []
    activities: list[Activity] = []
    for paragraph, (text, told) in enumerate(zip(passage.paragraphs, annotations, strict=True)):
        first = len(facts)
        facts += [_to_fact(mention, text, paragraph) for mention in told.mentions]
        for deed in told.deeds:
            placed = {"paragraph": paragraph, "facts": tuple(first + index for index in deed.facts)}
            activities.append(Activity(**asdict(deed) | placed | {"aspect": deed.aspect or aspect}))
    return passage.model_copy(update={"facts": tuple(facts), "activities": tuple(activities)})


def _to_fact(mention: FactMention, text: str, paragraph: int) -> Fact:
    return Fact(
        kind="quantity" if mention.quantity else "time",
        paragraph=paragraph,
        start=mention.start,
        end=mention.end,
        text=text[mention.start : mention.end],
        quantity=mention.quantity,
        edtf=mention.edtf,
        counted=mention.counted,
    )
