"""Roles: which part of the report each paragraph and table is, as the segment step found and the report holds it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from extractor.document.layout import Element, Paragraph
from extractor.document.outline import CaseBlock, Chapter, ProgrammeBlock
from extractor.pipeline import Steps
from extractor.records.report import PageBox, Report, Source, Status

# What colours tell apart. `text`: of a file that is refused, all that no part was found for.
Kind = Literal[
    "heading", "chapter", "list", "overview", "results", "metrics", "offices", "case", "furniture", "unplaced", "text"
]


@dataclass(frozen=True, slots=True)
class Role:
    """What an element is: its kind, a short label in Latin letters, and the RFC 6901 pointer of what holds it.

    The pointer is empty where no record does. `group` tells one block from the next. `body` are the rows of a table
    that are known for no heads of columns; `total` is what holds the sum under a list.
    """

    kind: Kind
    label: str
    pointer: str = ""
    group: str = ""
    body: tuple[int, ...] | None = None
    total: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What a record holds that has a place of its own on a page: a row of the list, a value, a loose text."""

    kind: Literal["row", "value", "unplaced"]
    label: str
    pointer: str
    year: str = ""
    status: Status = "read"


def roles(steps: Steps) -> dict[int, Role]:
    """The role of each element, by its id()."""
    unplaced = Role("unplaced", "unplaced") if steps.report else Role("text", "text")
    found = chain(
        [(steps.outline.title, Role("heading", "title", "/report/title" if steps.report else ""))],
        *(_chapter(steps, number, chapter) for number, chapter in enumerate(steps.outline.chapters)),
        *(_case(steps, number, case) for number, case in enumerate(steps.outline.cases)),
        ((element, unplaced) for element in steps.outline.unplaced),
    )
    return {id(element): role for element, role in found if element is not None}


def _chapter(steps: Steps, number: int, chapter: Chapter) -> Iterator[tuple[Element | None, Role]]:
    name, here = f"chapter {number + 1}", ""
    if steps.report:
        name, here = steps.report.policies[number].id, f"/policies/{number}"
    yield chapter.heading, Role("heading", f"{name} title", here and f"{here}/title")
    for heading in chapter.headings:
        yield heading, Role("heading", f"{name} heading", here)
    for index, paragraph in enumerate(chapter.overview):
        yield paragraph, Role("chapter", f"{name} overview", here and f"{here}/overview/{index}")
    for index, initiative in enumerate(chapter.initiatives):
        there = here and f"{here}/initiatives/{index}"
        yield initiative.heading, Role("heading", f"{name} point {index + 1}", there and f"{there}/heading")
        for part, paragraph in enumerate(initiative.paragraphs):
            pointer = there and f"{there}/paragraphs/{part}"
            yield paragraph, Role("chapter", f"{name} point {index + 1}", pointer)
    for note in chapter.list_notes:
        yield note, Role("list", f"{name} list note", here)
    for found in chapter.lists:
        total = here and f"{here}/subtotal_thousand_yen"
        yield found.table, Role("list", f"{name} list", here and f"{here}/programmes", body=found.body, total=total)
    names = _programmes(steps, number)
    for index, block in enumerate(chapter.blocks):
        yield from _block(block, *(names[index] if names else (f"block {index + 1}", "")))


def _programmes(steps: Steps, chapter: int) -> list[tuple[str, str]]:
    """Id and pointer of the programme that each block of a chapter went to; none of a refused file."""
    if steps.report is None or steps.parts is None:
        return []
    pairs = {id(pair.block): index for index, pair in enumerate(steps.linked[chapter])}
    rows = [pairs[id(block)] for block in steps.parts.chapters[chapter].blocks]
    programmes = steps.report.policies[chapter].programmes
    return [(programmes[row].id, f"/policies/{chapter}/programmes/{row}") for row in rows]


def _block(block: ProgrammeBlock, name: str, here: str) -> Iterator[tuple[Element | None, Role]]:
    def role(kind: Kind, what: str, field: str, body: tuple[int, ...] | None = None) -> Role:
        return Role(kind, f"{name} {what}", here and f"{here}/{field}".rstrip("/"), name, body)

    passages: tuple[tuple[Role, Sequence[Paragraph]], ...] = (
        (role("heading", "title", "name"), [block.title] if block.title else []),
        (role("heading", "heading", ""), block.headings),
        (role("overview", "overview", "overview"), block.overview or []),
        (role("results", "results", "results"), block.results or []),
        (role("offices", "offices", "offices"), block.footer),
    )
    for one, paragraphs in passages:
        yield from ((paragraph, one) for paragraph in paragraphs)
    for found in block.tables:
        yield found.table, role("metrics", "metrics", "metrics", found.body)


def _case(steps: Steps, number: int, case: CaseBlock) -> Iterator[tuple[Element | None, Role]]:
    name, here = f"case {number + 1}", f"/case_studies/{number}" if steps.report else ""
    yield case.heading, Role("heading", f"{name} heading", here)
    for paragraph in case.intro:
        yield paragraph, Role("case", f"{name} title", here and f"{here}/title")
    for index, subject in enumerate(case.subjects):
        there = here and f"{here}/subjects/{index}"
        parts = (("name", [subject.heading]), ("profile", subject.profile), ("story", subject.story))
        for heading in subject.headings:
            yield heading, Role("heading", f"{name} heading", there)
        for field, paragraphs in parts:
            for paragraph in paragraphs:
                yield paragraph, Role("case", f"{name} subject {index + 1} {field}", there and f"{there}/{field}")
    for paragraph in case.figures:
        yield paragraph, Role("case", f"{name} figures", here and f"{here}/figures")


def held(report: Report) -> dict[PageBox, list[Held]]:
    """What records hold that has a place of its own, by that place (one may serve several)."""
    places: dict[PageBox, list[Held]] = {}

    def put(source: Source, what: Held) -> None:
        for place in source:
            if isinstance(place, PageBox):
                places.setdefault(place, []).append(what)

    for p, policy in enumerate(report.policies):
        for n, programme in enumerate(policy.programmes):
            here = f"/policies/{p}/programmes/{n}"
            row = programme.sources
            for source in (row.name, row.budget_thousand_yen, row.is_new, row.page_label, row.listed_offices):
                put(source, Held("row", programme.id, here))
            for m, metric in enumerate(programme.metrics):
                for one in metric.observations:
                    years = one.spans or (one.fiscal_year,)
                    year = f"{years[0]}-{years[-1]}" if len(years) > 1 else f"{years[0]}"
                    put(one.source, Held("value", f"m{m + 1}", f"{here}/metrics/{m}", year, one.status))
    for number, text in enumerate(report.unplaced):
        put(text.source, Held("unplaced", "unplaced", f"/unplaced/{number}"))
    return places
