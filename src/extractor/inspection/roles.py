"""Roles: which part of the report each paragraph and table is.

The outline says it, and the report holds it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

from extractor.document.layout import Element, Paragraph
from extractor.document.outline import CaseBlock, ChapterBlock, ProgrammeBlock
from extractor.pipeline import Steps
from extractor.records.report import PageBox, Report, Source, Status

# What colours tell apart. `text`: of a file that is refused, all that no part was found for.
Kind = Literal[
    "heading", "chapter", "list", "overview", "results", "metrics", "offices", "case", "furniture", "unplaced", "text"
]


@dataclass(frozen=True, slots=True)
class Role:
    """What an element is.

    It has a kind, a short label in Latin letters, and the RFC 6901 pointer of what holds it.

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
class HeldPlace:
    """What a record holds that has a place of its own on a page.

    It is a row of the list, a value, or a loose text.
    """

    kind: Literal["row", "value", "unplaced"]
    label: str
    pointer: str
    year: str = ""
    status: Status = "read"

    def describe_year(self) -> str:
        """Return the years that a value is of, with its status where it was not read."""
        return self.year if self.status == "read" else f"{self.year} {self.status}"


_Roles = Iterator[tuple[Element | None, Role]]


def map_roles(steps: Steps) -> dict[int, Role]:
    """Return the role of each element that a part of the outline holds, by its id()."""
    unplaced = Role("unplaced", "unplaced") if steps.report else Role("text", "text")
    roles = chain(
        [(steps.outline.title, Role("heading", "title", "/report/title" if steps.report else ""))],
        *(_list_chapter_roles(steps, number, chapter) for number, chapter in enumerate(steps.outline.chapters)),
        *(_list_case_roles(steps, number, case) for number, case in enumerate(steps.outline.cases)),
        ((element, unplaced) for element in steps.outline.unplaced),
    )
    return {id(element): role for element, role in roles if element is not None}


def _extend_pointer(pointer: str, *steps: str | int) -> str:
    """Return the pointer of what lies below; a blank one (no record) stays blank.

    >>> _extend_pointer("/policies/0", "overview", 2), _extend_pointer("", "overview", 2)
    ('/policies/0/overview/2', '')
    """
    return "/".join([pointer, *map(str, steps)]) if pointer else ""


def _give_role(paragraphs: Iterable[Paragraph], role: Role) -> _Roles:
    """Give several paragraphs one role."""
    return ((paragraph, role) for paragraph in paragraphs)


def _give_numbered_roles(paragraphs: Iterable[Paragraph], role: Role) -> _Roles:
    """Give each paragraph the role whose pointer ends in its place, from 0."""
    for index, paragraph in enumerate(paragraphs):
        yield paragraph, replace(role, pointer=_extend_pointer(role.pointer, index))


def _list_chapter_roles(steps: Steps, number: int, chapter: ChapterBlock) -> _Roles:
    name, here = f"chapter {number + 1}", ""
    if steps.report:
        name, here = steps.report.policies[number].id, f"/policies/{number}"
    yield chapter.heading, Role("heading", f"{name} title", _extend_pointer(here, "title"))
    yield from _give_role(chapter.headings, Role("heading", f"{name} heading", here))
    overview = Role("chapter", f"{name} overview", _extend_pointer(here, "overview"))
    yield from _give_numbered_roles(chapter.overview, overview)
    for index, initiative in enumerate(chapter.initiatives):
        point, there = f"{name} point {index + 1}", _extend_pointer(here, "initiatives", index)
        yield initiative.heading, Role("heading", point, _extend_pointer(there, "heading"))
        paragraphs = Role("chapter", point, _extend_pointer(there, "paragraphs"))
        yield from _give_numbered_roles(initiative.paragraphs, paragraphs)
    yield from _give_role(chapter.list_notes, Role("list", f"{name} list note", here))
    programmes, total = _extend_pointer(here, "programmes"), _extend_pointer(here, "subtotal_thousand_yen")
    for rows in chapter.lists:
        yield rows.table, Role("list", f"{name} list", programmes, body=rows.body, total=total)
    names = _name_block_programmes(steps, number)
    for index, block in enumerate(chapter.blocks):
        yield from _list_block_roles(block, *(names[index] if names else (f"block {index + 1}", "")))


def _name_block_programmes(steps: Steps, chapter: int) -> list[tuple[str, str]]:
    """Return id and pointer of the programme that each block of a chapter went to; none of a refused file."""
    if steps.report is None or steps.parts is None:
        return []
    pairs = {id(pair.block): index for index, pair in enumerate(steps.linked[chapter])}
    rows = [pairs[id(block)] for block in steps.parts.chapters[chapter].blocks]
    programmes = steps.report.policies[chapter].programmes
    return [(programmes[row].id, f"/policies/{chapter}/programmes/{row}") for row in rows]


def _list_block_roles(block: ProgrammeBlock, name: str, here: str) -> _Roles:
    passages: tuple[tuple[Kind, str, str, Sequence[Paragraph]], ...] = (
        ("heading", "title", _extend_pointer(here, "name"), [block.title] if block.title else []),
        ("heading", "heading", here, block.headings),
        ("overview", "overview", _extend_pointer(here, "overview"), block.overview or []),
        ("results", "results", _extend_pointer(here, "results"), block.results or []),
        ("offices", "offices", _extend_pointer(here, "offices"), block.footer),
    )
    for kind, what, pointer, paragraphs in passages:
        yield from _give_role(paragraphs, Role(kind, f"{name} {what}", pointer, name))
    metrics = _extend_pointer(here, "metrics")
    for rows in block.tables:
        yield rows.table, Role("metrics", f"{name} metrics", metrics, name, rows.body)


def _list_case_roles(steps: Steps, number: int, case: CaseBlock) -> _Roles:
    name, here = f"case {number + 1}", f"/case_studies/{number}" if steps.report else ""
    yield case.heading, Role("heading", f"{name} heading", here)
    yield from _give_role(case.intro, Role("case", f"{name} title", _extend_pointer(here, "title")))
    for index, subject in enumerate(case.subjects):
        there = _extend_pointer(here, "subjects", index)
        yield from _give_role(subject.headings, Role("heading", f"{name} heading", there))
        parts = (("name", [subject.heading]), ("profile", subject.profile), ("story", subject.story))
        for field, paragraphs in parts:
            role = Role("case", f"{name} subject {index + 1} {field}", _extend_pointer(there, field))
            yield from _give_role(paragraphs, role)
    yield from _give_role(case.figures, Role("case", f"{name} figures", _extend_pointer(here, "figures")))


def map_held_places(report: Report) -> dict[PageBox, list[HeldPlace]]:
    """Return what records hold that has a place of its own, by that place.

    One place may serve several.
    """
    places: dict[PageBox, list[HeldPlace]] = defaultdict(list)
    for source, held in _list_held_places(report):
        for place in source:
            if isinstance(place, PageBox):
                places[place].append(held)
    return dict(places)


def _list_held_places(report: Report) -> Iterator[tuple[Source, HeldPlace]]:
    for p, policy in enumerate(report.policies):
        for n, programme in enumerate(policy.programmes):
            here, row = f"/policies/{p}/programmes/{n}", programme.sources
            for source in (row.name, row.budget_thousand_yen, row.is_new, row.page_label, row.listed_offices):
                yield source, HeldPlace("row", programme.id, here)
            for m, metric in enumerate(programme.metrics):
                for value in metric.observations:
                    years = value.spans or (value.fiscal_year,)
                    year = f"{years[0]}-{years[-1]}" if len(years) > 1 else f"{years[0]}"
                    yield value.source, HeldPlace("value", f"m{m + 1}", f"{here}/metrics/{m}", year, value.status)
    for number, text in enumerate(report.unplaced):
        yield text.source, HeldPlace("unplaced", "unplaced", f"/unplaced/{number}")
