"""Marks on pages moved, left out and doubled: what mutations are made of. All lengths in points."""

import itertools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.document.layout import Table
from extractor.document.page import Glyph, Page, Rule
from extractor.layout import lay_out_pages
from extractor.records.report import PageBox
from press.shown import Box, Key, Reading, bare, read_pages

# Room that a row without rules has over and under its text.
AROUND = 3.0


@dataclass(frozen=True)
class Spot:
    """A cell of a table as it stands on a page: `glyphs` are the places of its marks among the page's.

    `keys` are the leaves that it gives; `role` what it is.
    """

    page: int  # from 0
    table: int
    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    box: Box
    glyphs: tuple[int, ...]
    keys: tuple[Key, ...] = ()
    role: str = "other"


@dataclass(frozen=True)
class Case:
    """A report's pages before anything is changed on them, and what is known of them."""

    name: str
    pages: tuple[Page, ...]
    reading: Reading
    spots: tuple[Spot, ...]
    headings: tuple[str, ...]  # as they are printed, without blanks

    def rows(self, table: int, page: int) -> dict[int, list[Spot]]:
        """The spots of a table's rows on a page, of rows that no merged cell ties to others."""
        found: dict[int, list[Spot]] = {}
        tied: set[int] = set()
        for spot in self.spots:
            if spot.table == table:
                if spot.row_span > 1:
                    tied |= set(range(spot.row, spot.row + spot.row_span))
                if spot.page == page:
                    found.setdefault(spot.row, []).append(spot)
        return {row: spots for row, spots in sorted(found.items()) if row not in tied}

    def owner(self, spot: Spot) -> Sequence[Key]:
        """The keys of all leaves in a spot's row."""
        return [
            key
            for one in self.spots
            if one.table == spot.table and one.row <= spot.row < one.row + one.row_span
            for key in one.keys
        ]

    def below(self, spot: Spot) -> Sequence[Key]:
        """The keys of all leaves in a spot's columns."""
        columns = range(spot.column, spot.column + spot.column_span)
        return [key for one in self.spots if one.table == spot.table and one.column in columns for key in one.keys]


def case_of(name: str, pages: tuple[Page, ...], headings: Iterable[str]) -> Case:
    """A report's pages with their cells."""
    reading = read_pages(pages)
    return Case(name, pages, reading, tuple(_spots(pages, reading)), tuple(map(bare, headings)))


def _spots(pages: Sequence[Page], reading: Reading) -> Iterable[Spot]:
    by_place: dict[tuple[int, Box], list[Key]] = {}
    for key, leaf in reading.leaves.items():
        if len(leaf.places) == 1 and key[-1] != "number":
            by_place.setdefault(leaf.places[0], []).append(key)
    names = {reading.rows[owner][0]: name for owner, name in reading.names.items() if reading.rows[owner]}
    tables = [element for element in lay_out_pages(pages).elements if isinstance(element, Table)]
    for number, table in enumerate(tables):
        numbers: dict[int, Key] = {}
        for cell in table.cells:
            place = cell.source[0]
            if isinstance(place, PageBox) and (name := names.get((place.page, place.bbox))):
                numbers[cell.row] = (name, "number")
        measured = {cell.row for cell in table.cells for place in cell.source if _keys(by_place, place)}
        for cell in table.cells:
            place = cell.source[0]
            if len(cell.source) != 1 or not isinstance(place, PageBox):
                continue
            page = pages[place.page - 1]
            keys = tuple(_keys(by_place, place))
            role = keys[0][1] if keys and len(keys[0]) == 2 else "value" if keys else "other"
            if (place.page, place.bbox) in names:
                role = "name"
            elif cell.column == 0 and cell.row in numbers and cell.text:
                role, keys = "number", (numbers[cell.row],)
            elif not keys and numbers and (total := _total(reading, cell.text, numbers)) is not None:
                role, keys = "subtotal", (total,)
            elif cell.column == 0 and cell.row in measured and cell.text:
                role = "item"
            elif cell.column > 0 and not keys and cell.text and not any(row <= cell.row for row in measured):
                role = "head"
            glyphs = inside(page, place.bbox) if cell.text else ()
            spots = (cell.row, cell.column, cell.row_span, cell.column_span)
            yield Spot(place.page - 1, number, *spots, cell.text, place.bbox, glyphs, keys, role)


def _total(reading: Reading, text: str, numbers: Mapping[int, Key]) -> Key | None:
    """The subtotal that a cell of the list is."""
    digits = bare(text).replace(",", "")
    if not digits.isdigit():
        return None
    for key, leaf in reading.leaves.items():
        in_list = any(
            reading.names[owner] == name
            for name, _ in numbers.values()
            for owner in reading.names
            if owner.startswith(leaf.owner + "/")
        )
        if key[0] == "subtotal" and in_list and digits in {f"{leaf.value}", f"{leaf.value * 1000}"}:
            return key
    return None


def _keys(by_place: Mapping[tuple[int, Box], list[Key]], place: object) -> list[Key]:
    return by_place.get((place.page, place.bbox), []) if isinstance(place, PageBox) else []


def inside(page: Page, box: Box) -> tuple[int, ...]:
    """The glyphs whose middles are in a box, from the left."""
    x0, top, x1, bottom = box
    found = [
        (glyph.x0, at)
        for at, glyph in enumerate(page.glyphs)
        if x0 - 0.5 <= (glyph.x0 + glyph.x1) / 2 <= x1 + 0.5
        and top - 0.5 <= (glyph.top + glyph.bottom) / 2 <= bottom + 0.5
    ]
    return tuple(at for _, at in sorted(found))


def box_of(page: Page, glyphs: Collection[int]) -> Box:
    """The box around glyphs."""
    found = [page.glyphs[at] for at in glyphs]
    return (
        min(glyph.x0 for glyph in found),
        min(glyph.top for glyph in found),
        max(glyph.x1 for glyph in found),
        max(glyph.bottom for glyph in found),
    )


def moved(page: Page, glyphs: Collection[int], dx: float, dy: float) -> Page:
    """A page with some of its glyphs elsewhere."""
    chosen = set(glyphs)
    return replace(page, glyphs=tuple(_at(one, dx, dy) if at in chosen else one for at, one in enumerate(page.glyphs)))


def _at(glyph: Glyph, dx: float, dy: float) -> Glyph:
    return replace(glyph, x0=glyph.x0 + dx, x1=glyph.x1 + dx, top=glyph.top + dy, bottom=glyph.bottom + dy)


def without(page: Page, glyphs: Collection[int]) -> Page:
    """A page without some of its glyphs."""
    chosen = set(glyphs)
    return replace(page, glyphs=tuple(one for at, one in enumerate(page.glyphs) if at not in chosen))


def ruled(page: Page, change: Callable[[Rule], Rule | None]) -> Page:
    """A page with its rules changed; None: left out."""
    return replace(page, rules=tuple(new for rule in page.rules if (new := change(rule)) is not None))


def middle(rule: Rule) -> float:
    """Where a rule lies on the other axis."""
    return (rule.top + rule.bottom) / 2 if rule.horizontal else (rule.x0 + rule.x1) / 2


def cell_box(case: Case, spot: Spot) -> Box:
    """The cell around a spot's text: its rules, or half the way to its neighbours, or to the table's ends."""
    page = case.pages[spot.page]
    x, y = (spot.box[0] + spot.box[2]) / 2, (spot.box[1] + spot.box[3]) / 2
    upright = [middle(rule) for rule in page.rules if not rule.horizontal and rule.top - 1 <= y <= rule.bottom + 1]
    level = [middle(rule) for rule in page.rules if rule.horizontal and rule.x0 - 1 <= x <= rule.x1 + 1]
    others = [one.box for one in case.spots if (one.table, one.page) == (spot.table, spot.page) and one.text]
    left = [x for _, _, x, _ in others if x <= spot.box[0]]
    right = [x for x, _, _, _ in others if x >= spot.box[2]]
    return (
        max((at for at in upright if at <= x), default=(max(left, default=spot.box[0]) + spot.box[0]) / 2),
        max((at for at in level if y - 60 <= at <= y), default=spot.box[1] - AROUND),
        min((at for at in upright if at >= x), default=(min(right, default=spot.box[2]) + spot.box[2]) / 2),
        min((at for at in level if y <= at <= y + 60), default=spot.box[3] + AROUND),
    )


def bands(case: Case, table: int, page: int) -> dict[int, tuple[float, float]]:
    """The height of each row of a table on a page, from its top to its bottom, of rows that are not tied to others."""
    rows = case.rows(table, page)
    texts = {
        row: (min(one.box[1] for one in spots if one.text), max(one.box[3] for one in spots if one.text))
        for row, spots in rows.items()
        if any(one.text for one in spots)
    }
    x = min((one.box[0] for spots in rows.values() for one in spots), default=0.0)
    level = sorted(middle(rule) for rule in case.pages[page].rules if rule.horizontal and rule.x1 > x)
    found = {}
    for row, (top, bottom) in texts.items():
        above = max((at for at in level if top - 14 <= at <= top + 1), default=None)
        below = min((at for at in level if bottom - 1 <= at <= bottom + 14), default=None)
        before = max((end for end in (b for _, b in texts.values()) if end <= top), default=top - 2 * AROUND)
        after = min((begin for begin in (a for a, _ in texts.values()) if begin >= bottom), default=bottom + 2 * AROUND)
        found[row] = (
            above if above is not None and above >= before - 1 else (before + top) / 2,
            below if below is not None and below <= after + 1 else (bottom + after) / 2,
        )
    return found


def exchanged(page: Page, upper: tuple[float, float], lower: tuple[float, float]) -> Page:
    """A page with two bands of it in each other's place, all between moved as far as need be."""
    (a0, a1), (b0, b1) = upper, lower

    def shift(y: float) -> float:
        if a0 < y <= a1:
            return b1 - a1
        if a1 < y <= b0:
            return (b1 - b0) - (a1 - a0)
        return a0 - b0 if b0 < y <= b1 else 0.0

    glyphs = tuple(_at(one, 0, shift((one.top + one.bottom) / 2)) for one in page.glyphs)

    def rule(one: Rule) -> Rule:
        across = one.top < a0 - 1 or one.bottom > b1 + 1 or one.bottom - one.top > (b1 - a0) - 2
        dy = 0.0 if across and not one.horizontal else shift((one.top + one.bottom) / 2 - 0.3 * one.horizontal)
        return replace(one, top=one.top + dy, bottom=one.bottom + dy)

    return replace(page, glyphs=glyphs, rules=tuple(map(rule, page.rules)))


def doubled(page: Page, band: tuple[float, float]) -> Page | None:
    """A page with a band printed twice, all below further down; None where there is no room."""
    top, bottom = band
    high = bottom - top
    end = page.height * 0.93
    lowest = max((one.bottom for one in page.glyphs if one.bottom < end), default=0.0)
    if lowest + high > end:
        return None
    glyphs = []
    for one in page.glyphs:
        y = (one.top + one.bottom) / 2
        glyphs.append(_at(one, 0, high) if bottom < y < end else one)
        if top < y <= bottom:
            glyphs.append(_at(one, 0, high))
    rules = []
    for rule in page.rules:
        y = middle(rule) if rule.horizontal else rule.top
        if y > bottom + 0.6 or (not rule.horizontal and y > bottom - 1):
            rules.append(replace(rule, top=rule.top + high, bottom=rule.bottom + high))
        elif not rule.horizontal and rule.bottom > bottom - 1 and rule.top < top - 1:
            rules.append(replace(rule, bottom=rule.bottom + high))
        elif top + 0.6 < y or (not rule.horizontal and rule.top > top - 1):
            rules += [rule, replace(rule, top=rule.top + high, bottom=rule.bottom + high)]
        else:
            rules.append(rule)
    return replace(page, glyphs=tuple(glyphs), rules=tuple(rules))


def closed_up(page: Page, band: tuple[float, float]) -> Page:
    """A page without a band, all below moved up."""
    top, bottom = band
    high = bottom - top
    end = page.height * 0.93
    glyphs = []
    for one in page.glyphs:
        y = (one.top + one.bottom) / 2
        if not top < y <= bottom:
            glyphs.append(_at(one, 0, -high) if bottom < y < end else one)
    above = any(rule.horizontal and abs(middle(rule) - top) < 1 for rule in page.rules)
    rules = []
    for rule in page.rules:
        y = middle(rule) if rule.horizontal else rule.top
        last = rule.horizontal and abs(y - bottom) <= 0.6
        if y > bottom + 0.6 or (not rule.horizontal and y > bottom - 1) or (last and not above):
            rules.append(replace(rule, top=rule.top - high, bottom=rule.bottom - high))
        elif not rule.horizontal and rule.top < top - 1 and rule.bottom > bottom - 1:
            rules.append(replace(rule, bottom=rule.bottom - high))
        elif rule.bottom < top + 0.6 or rule.top < top - 1:
            rules.append(rule)
    return replace(page, glyphs=tuple(glyphs), rules=tuple(rules))


@dataclass(frozen=True)
class Segment:
    """Glyphs on one line of a page with no wide gap between them."""

    glyphs: tuple[int, ...]
    text: str
    box: Box


def segments(page: Page) -> list[Segment]:
    """A page's lines, parted at wide gaps."""
    found: list[list[int]] = []
    order = sorted(range(len(page.glyphs)), key=lambda at: (page.glyphs[at].top + page.glyphs[at].bottom, at))
    lines: list[list[int]] = []
    for at in order:
        glyph = page.glyphs[at]
        if not glyph.text.strip():
            continue
        last = page.glyphs[lines[-1][0]] if lines else None
        if last and abs(last.top + last.bottom - glyph.top - glyph.bottom) / 2 < 0.4 * glyph.size:
            lines[-1].append(at)
        else:
            lines.append([at])
    for line in lines:
        line.sort(key=lambda at: page.glyphs[at].x0)
        found.append([line[0]])
        for before, at in itertools.pairwise(line):
            if page.glyphs[at].x0 - page.glyphs[before].x1 > 2.2 * page.glyphs[at].size:
                found.append([])
            found[-1].append(at)
    return [Segment(tuple(one), bare("".join(page.glyphs[at].text for at in one)), box_of(page, one)) for one in found]
