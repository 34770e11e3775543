"""Prose: the facts and activities of a report's passages, and the terms of it, with where each stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extractor.annotation.reader import Reader
from extractor.grammar.mentions import Deed, Mention, Term, Told
from extractor.records.messages import make_finding, make_message
from extractor.records.report import Activity, Aspect, Fact, Finding, Passage, Programme, Report, Source

# So many characters of a text are quoted.
QUOTED = 60


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a report: its record, where it stands, and the terms in it."""

    text: str
    pointer: str
    source: Source
    terms: tuple[Term, ...] = ()


def tell(report: Report, reader: Reader) -> tuple[Report, tuple[Text, ...]]:
    """The report with the facts and activities of its prose, and all its texts with the terms in them.

    A text whose analysis failed has none, and a finding `language-failed` says so.
    """
    prose, names = list(_prose(report)), list(_names(report))
    told = reader.read([one.text for one in prose], [one.text for one in names], report.report.fiscal_year)
    by_pointer = {one.pointer: found for one, found in zip(prose, told, strict=False)}
    policies = tuple(
        policy.model_copy(
            update={
                "programmes": tuple(
                    _programme(programme, f"/policies/{p}/programmes/{n}", by_pointer)
                    for n, programme in enumerate(policy.programmes)
                )
            }
        )
        for p, policy in enumerate(report.policies)
    )
    texts = tuple(
        Text(one.text, one.pointer, one.source, found.terms) for one, found in zip((*prose, *names), told, strict=True)
    )
    failed = [
        _failed(one, "prose" if at < len(prose) else "name")
        for at, (one, found) in enumerate(zip((*prose, *names), told, strict=True))
        if found.failed
    ]
    return report.model_copy(update={"policies": policies, "findings": (*report.findings, *failed)}), texts


def _failed(text: Text, kind: Literal["prose", "name"]) -> Finding:
    said = text.text if len(text.text) <= QUOTED else f"{text.text[: QUOTED - 1]}…"
    return make_finding(make_message(f"language-failed.{kind}", text=said), text.pointer, text.source)


def _programmes(report: Report) -> Iterator[tuple[str, Programme]]:
    for p, policy in enumerate(report.policies):
        for n, programme in enumerate(policy.programmes):
            yield f"/policies/{p}/programmes/{n}", programme


def _prose(report: Report) -> Iterator[Text]:
    """The paragraphs of all passages."""
    for pointer, programme in _programmes(report):
        for part, passage in (("overview", programme.overview), ("results", programme.results)):
            for index, text in enumerate(passage.paragraphs):
                yield Text(text, f"{pointer}/{part}/paragraphs/{index}", _place(passage, index))


def _place(passage: Passage, paragraph: int) -> Source:
    """Where a paragraph stands; the whole passage where one of its paragraphs runs over a page's end."""
    each = len(passage.source) == len(passage.paragraphs) + len(passage.notes)
    return passage.source[paragraph : paragraph + 1] if each else passage.source


def _names(report: Report) -> Iterator[Text]:
    """The names of programmes and of their metrics."""
    for pointer, programme in _programmes(report):
        if programme.name:
            yield Text(programme.name, f"{pointer}/name", programme.sources.name)
        for index, metric in enumerate(programme.metrics):
            yield Text(metric.name, f"{pointer}/metrics/{index}/name", metric.source)


def _programme(programme: Programme, pointer: str, told: dict[str, Told]) -> Programme:
    return programme.model_copy(
        update={
            part: _passage(
                passage, [told[f"{pointer}/{part}/paragraphs/{i}"] for i in range(len(passage.paragraphs))], aspect
            )
            for part, passage, aspect in _passages(programme)
        }
    )


def _passages(programme: Programme) -> tuple[tuple[str, Passage, Aspect], ...]:
    return ("overview", programme.overview, "planned"), ("results", programme.results, "done")


def _passage(passage: Passage, told: Sequence[Told], aspect: Aspect) -> Passage:
    facts: list[Fact] = []
    activities: list[Activity] = []
    for index, (text, found) in enumerate(zip(passage.paragraphs, told, strict=True)):
        first = len(facts)
        facts += [_fact(mention, text, index) for mention in found.mentions]
        activities += [_activity(deed, index, first, aspect) for deed in found.deeds]
    return passage.model_copy(update={"facts": tuple(facts), "activities": tuple(activities)})


def _fact(mention: Mention, text: str, paragraph: int) -> Fact:
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


def _activity(deed: Deed, paragraph: int, first: int, aspect: Aspect) -> Activity:
    """An activity; `aspect` is that of one whose verb does not say it: results are past, outlines are plans."""
    return Activity(
        paragraph=paragraph,
        start=deed.start,
        end=deed.end,
        predicate=deed.predicate,
        object=deed.object,
        recipients=deed.recipients,
        means=deed.means,
        purpose=deed.purpose,
        aspect=deed.aspect or aspect,
        voice=deed.voice,
        negative=deed.negative,
        facts=tuple(first + index for index in deed.facts),
    )
