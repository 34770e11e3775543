"""How far a reading can be trusted: every leaf is right, or a finding says so, or it is wrong in silence.

A leaf is a field of the report, of a chapter or of a programme, or a value of an item. A wrong one is said where a
warning or an error points to it, to what holds it up to its programme, or to a part of it; where its text is unplaced;
where the finding's place is its place; and, of what is missing or too much, where the chapter is pointed to.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from axes_at_random import Drawn
from extractor.document.geometry import Box
from extractor.records.report import Finding, Metric, PageBox, Programme, Report, Source
from press.arranged import Arranged
from press.model import ChapterModel, OfficeModel, Printed, ProgrammeModel
from press.shown import bare

MISSING = "(not there)"
# A finding's place is a leaf's where it is no more than so many times as large.
LARGER = 4.0


@dataclass(frozen=True)
class Leaf:
    """A field as it is and as it was read, with the pointer to it and its place."""

    name: str
    wanted: Any
    read: Any
    pointer: str
    source: Source = ()

    @property
    def is_right(self) -> bool:
        """Whether it was read as it is."""
        return bool(self.wanted == self.read)


@dataclass
class Score:
    """Leaves that are right, that are wrong and said to be, and that are wrong in silence; findings without cause."""

    right: int = 0
    said: list[Leaf] = field(default_factory=list)
    silent: list[Leaf] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of the leaves that is right."""
        return self.right / max(1, self.right + len(self.said) + len(self.silent))


def score(arranged: Arranged, printed: Printed, report: Report) -> Score:
    """Hold a report as it was read against what was printed."""
    found = Score()
    findings = [one for one in report.findings if one.severity != "info"]
    useful: set[int] = set()
    for leaf in _list_leaves(arranged, printed, report):
        if leaf.is_right:
            found.right += 1
            continue
        telling = [at for at, one in enumerate(findings) if _tells(one, leaf, report)]
        useful.update(telling)
        (found.said if telling else found.silent).append(leaf)
    found.alarms = [f"{one.code} {one.pointer} {one.message}" for at, one in enumerate(findings) if at not in useful]
    return found


def _tells(finding: Finding, leaf: Leaf, report: Report) -> bool:
    pointer = finding.pointer
    # This names the offices of the list and those of the block.
    if finding.code == "office-mismatch" and leaf.name.endswith("offices"):
        pointer = pointer.replace("/offices", leaf.pointer[leaf.pointer.rindex("/") :])
    if pointer == leaf.pointer or pointer.startswith(leaf.pointer + "/"):
        return True
    depth = 2 if leaf.name in {"programme", "chapter"} or leaf.pointer.count("/") <= 3 else 4
    if leaf.pointer.startswith(pointer + "/") and pointer.count("/") >= depth:
        return True
    if pointer.startswith("/unplaced/"):
        text = bare(report.unplaced[int(pointer.split("/")[2])].text).replace(",", "")
        wanted = bare(str(leaf.wanted)).replace(",", "")
        return bool(wanted) and (wanted in text or (len(text) > 7 and text in wanted))
    return any(_is_place(one, other) for one in finding.source for other in leaf.source)


def _is_place(one: Any, other: Any) -> bool:
    if not isinstance(one, PageBox) or not isinstance(other, PageBox) or one.page != other.page:
        return False
    a, b = Box(*one.bbox), Box(*other.bbox)
    return (
        min(a.x1, b.x1) > max(a.x0, b.x0) and min(a.bottom, b.bottom) > max(a.top, b.top) and a.area <= LARGER * b.area
    )


def _list_leaves(arranged: Arranged, printed: Printed, report: Report) -> Iterator[Leaf]:
    model = arranged.model
    yield Leaf("year", model.fiscal_year, report.report.fiscal_year, "/report/fiscal_year")
    yield Leaf("title", bare(model.title), bare(report.report.title), "/report/title")
    yield Leaf("chapter", len(model.chapters), len(report.policies), "/policies")
    for at, chapter in enumerate(model.chapters):
        labels = {one.number: printed.page_labels.get(model.programme_id(chapter, one)) for one in chapter.programmes}
        yield from _of_chapter(chapter, at, labels, arranged, report)


def _of_chapter(
    chapter: ChapterModel, at: int, labels: Mapping[int, str | None], arranged: Arranged, report: Report
) -> Iterator[Leaf]:
    here = f"/policies/{at}"
    if at >= len(report.policies):
        yield Leaf("chapter", chapter.title, MISSING, "/policies")
        return
    read = report.policies[at]
    yield Leaf("chapter title", bare(chapter.title), bare(read.title), f"{here}/title")
    yield Leaf("overview of chapter", _folded(chapter.overview), _folded(read.overview), f"{here}/overview")
    points = [(bare(one.heading), _folded(one.paragraphs)) for one in chapter.initiatives]
    found = [(bare(one.heading), _folded(one.paragraphs)) for one in read.initiatives]
    yield Leaf("initiatives", points, found, f"{here}/initiatives")
    yield Leaf("subtotal", chapter.subtotal, read.subtotal_thousand_yen, f"{here}/subtotal_thousand_yen")
    waiting = dict(enumerate(read.programmes))
    for one in chapter.programmes:
        match = next((n for n, other in waiting.items() if bare(other.name) == bare(one.name)), None)
        if match is None:
            match = next((n for n, other in waiting.items() if other.number == one.number), None)
        if match is None:
            yield Leaf("programme", one.name, MISSING, f"{here}/programmes")
            continue
        group = next((name for name, first, last in _bounds(chapter) if first <= one.number <= last), None)
        yield from _of_programme(one, waiting.pop(match), f"{here}/programmes/{match}", arranged, labels, group)
    for n, other in waiting.items():
        yield Leaf("programme", MISSING, other.name, f"{here}/programmes/{n}", other.source)


def _bounds(chapter: ChapterModel) -> Iterator[tuple[str, int, int]]:
    """The groups of the list, each with the first and the last number in it."""
    at = 0
    for name, count in chapter.groups:
        some = chapter.programmes[at : at + count]
        at += count
        yield name, some[0].number, some[-1].number


def _folded(texts: Sequence[str]) -> list[str]:
    return [bare(text) for text in texts]


def _of_programme(
    one: ProgrammeModel,
    read: Programme,
    here: str,
    arranged: Arranged,
    labels: Mapping[int, str | None],
    group: str | None,
) -> Iterator[Leaf]:
    style, places = arranged.style, read.sources
    is_new = {"column": one.is_new, "name": one.is_new or None, "no": None}[style.list_new]
    previous = one.previous if style.list_years or style.list_previous else None
    yield Leaf("number", one.number, read.number, f"{here}/number", places.name)
    yield Leaf("name", bare(one.name), bare(read.name), f"{here}/name", places.name)
    yield Leaf(
        "budget", one.budget, read.budget_thousand_yen, f"{here}/budget_thousand_yen", places.budget_thousand_yen
    )
    yield Leaf(
        "previous budget",
        previous,
        read.previous_budget_thousand_yen,
        f"{here}/previous_budget_thousand_yen",
        places.budget_thousand_yen,
    )
    yield Leaf("new", is_new, read.is_new, f"{here}/is_new", places.is_new)
    yield Leaf("page label", labels[one.number], read.page_label, f"{here}/page_label", places.page_label)
    begins = {box.page_label for box in read.source[:1] if isinstance(box, PageBox)}
    yield Leaf("page", {labels[one.number]}, begins, f"{here}/source", read.source)
    listed = [(office.division, office.bureau) for office in read.listed_offices]
    yield Leaf("listed offices", [(o.division, o.bureau) for o in one.listed], listed, f"{here}/listed_offices")
    yield Leaf("offices", _offices(one.offices), _offices(read.offices), f"{here}/offices", places.offices)
    is_printed = style.contact == "line" or (style.contact == "footer" and not style.bar_office)
    contact = bare("".join(office.contact or "" for office in read.offices))
    yield Leaf("contact", bare(one.contact) if is_printed else "", contact, f"{here}/offices", places.offices)
    for name in ("overview", "results"):
        wanted, passage = getattr(one, name), getattr(read, name)
        yield Leaf(name, _folded(wanted.paragraphs), _folded(passage.paragraphs), f"{here}/{name}", passage.source)
        yield Leaf(f"notes of {name}", _folded(wanted.notes), _folded(passage.notes), f"{here}/{name}", passage.source)
    sections = [(bare(s.heading), _folded(s.paragraphs)) for s in one.sections if style.sections != "no"]
    found = [(bare(s.heading).lstrip("34 "), _folded(s.paragraphs)) for s in read.sections]
    yield Leaf("sections", [s for _, s in sections], [s for _, s in found], f"{here}/sections", read.source)
    figures = [one.figure] if one.figure and style.figure != "no" else []
    yield Leaf("figures", _folded(figures), _folded(read.figures), f"{here}/figures", read.source)
    yield from _attributes(one, read, here, arranged, group)
    if one.table is not None:
        yield from _of_metrics(one.table, read.metrics, here)


def _attributes(
    one: ProgrammeModel, read: Programme, here: str, arranged: Arranged, group: str | None
) -> Iterator[Leaf]:
    texts = Counter(bare(attribute.text) for attribute in read.attributes)
    wanted = [text for _, text in one.attributes if arranged.style.attributes != "no"]
    wanted += [one.budget_words.replace("{own}", "")] if one.budget_words else []
    wanted += [group] if group else []
    for text in wanted:
        held = any(bare(text) in found for found in texts)
        yield Leaf("attribute", text, text if held else MISSING, f"{here}/attributes", read.source)


def _offices(some: Sequence[OfficeModel | Any]) -> list[tuple[str | None, tuple[str, ...], str | None]]:
    return [(one.division, tuple(one.groups), one.bureau) for one in some]


def _of_metrics(drawn: Drawn, metrics: Sequence[Metric], here: str) -> Iterator[Leaf]:
    """The items of a table, their values by year, kind and part, and what stands beside them."""
    waiting = {bare(metric.name): (f"{here}/metrics/{at}", metric) for at, metric in enumerate(metrics)}
    for name, values in drawn.values.items():
        pointer, metric = waiting.pop(bare(name), (f"{here}/metrics", None))
        source = metric.source if metric else ()
        yield Leaf("item", name, name if metric else MISSING, pointer, source)
        found = {} if metric is None else dict(_list_values(metric, pointer))
        for place, value in values.items():
            read, where = found.pop(place, (MISSING, pointer))
            yield Leaf("value", value, read, where, source)
        yield from (Leaf("value", MISSING, read, where, source) for read, where in found.values())
        others = [] if metric is None else [other.raw for other in metric.others]
        yield Leaf("beside", drawn.beside[name], others, f"{pointer}/others" if metric else pointer, source)
        yield Leaf("group", drawn.groups.get(name), metric.group if metric else MISSING, pointer, source)
    for pointer, metric in waiting.values():
        yield Leaf("item", MISSING, metric.name, pointer, metric.source)


def _list_values(metric: Metric, pointer: str) -> Iterator[tuple[tuple[int, str, str | None], tuple[Any, str]]]:
    for at, one in enumerate(metric.observations):
        amounts = [(each.value, each.unit) for each in one.quantities]
        value: object = amounts[0] if len(amounts) == 1 else amounts
        read = None if one.status == "absent" else value or one.status
        yield (one.fiscal_year, one.measure, one.part), (read, f"{pointer}/observations/{at}")
