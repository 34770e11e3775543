"""Mutations: a page of a report changed by chance, and what its values must then be read as."""

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from random import Random

from extractor.document.page import Page, Rule
from press.marks import (
    Case,
    Segment,
    Spot,
    bands,
    box_of,
    cell_box,
    closed_up,
    doubled,
    exchanged,
    inside,
    middle,
    moved,
    ruled,
    segments,
    without,
)
from press.shown import BLANK, EITHER, GONE, UNSURE, Box, Expect, Key, Mutant, bare, shows

Expected = Mapping[Key, Expect]
Mutation = Callable[[Random, Case], Mutant | None]
FIELDS = ("value", "budget_thousand_yen", "is_new", "page_label", "number")


def _mutant(
    case: Case, at: int, page: Page, expect: Expected, what: str, renamed: Mapping[Key, str] | None = None
) -> Mutant:
    pages = (*case.pages[:at], page, *case.pages[at + 1 :])
    return Mutant(pages, tuple(range(1, len(pages) + 1)), expect, f"page {at + 1}: {what}", renamed or {})


def _spots(case: Case, *roles: str) -> list[Spot]:
    """The spots of these roles that have text, whose marks are the text's."""
    return [
        spot
        for spot in case.spots
        if spot.role in roles
        and spot.text
        and len(bare(spot.text)) == len(bare("".join(case.pages[spot.page].glyphs[at].text for at in spot.glyphs)))
    ]


def _all(keys: Iterable[Key], expect: Expect) -> dict[Key, Expect]:
    return dict.fromkeys(keys, expect)


def _field(key: Key, expect: Expect) -> Expect:
    """What a list's field must be where its cell shows a text."""
    return expect if len(key) > 2 else _plain(key, expect)


def _plain(key: Key, expect: Expect) -> Expect:
    if expect.how != "reads":
        return expect
    if key[1] == "is_new":
        return Expect("exactly", bool(expect.value)) if len(expect.value) < 2 else UNSURE
    if key[1] in {"budget_thousand_yen", "number"} and expect.value:
        return Expect("exactly", int(expect.numbers[0])) if len(expect.numbers) == 1 else UNSURE
    return expect


def _shown(case: Case, spot: Spot, text: str) -> dict[Key, Expect]:
    """What the leaves of a spot must be where it shows this text; a budget may be in yen."""
    expect = shows(text)
    found = {key: _field(key, expect) for key in spot.keys}
    for key in spot.keys:
        if key[-1] == "budget_thousand_yen" and (now := found[key]).how == "exactly":
            found[key] = replace(now, value=now.value * case.reading.leaves[key].value / shows(spot.text).numbers[0])
    return found


# rules


def _page_with_rules(rng: Random, case: Case) -> int | None:
    pages = [at for at, page in enumerate(case.pages) if page.rules]
    return rng.choice(pages) if pages else None


def _same_line(page: Page, one: Rule) -> list[Rule]:
    return [rule for rule in page.rules if rule.horizontal == one.horizontal and abs(middle(rule) - middle(one)) < 1]


def drop_rule(rng: Random, case: Case, *, whole: bool = False) -> Mutant | None:
    """Leave out a rule; the values stand where they did."""
    at = _page_with_rules(rng, case)
    if at is None:
        return None
    page = case.pages[at]
    one = rng.choice(page.rules)
    chosen = set(map(id, _same_line(page, one) if whole else [one]))
    return _mutant(case, at, ruled(page, lambda rule: None if id(rule) in chosen else rule), {}, f"without {one}")


def shift_rule(rng: Random, case: Case, *, whole: bool = False) -> Mutant | None:
    """Shift a rule; what it then stands on the other side of is another cell's."""
    at = _page_with_rules(rng, case)
    if at is None:
        return None
    page = case.pages[at]
    one = rng.choice(page.rules)
    by = rng.choice([-1, 1]) * rng.choice([2.0, 4.0, 8.0, 15.0, 25.0])
    chosen = set(map(id, _same_line(page, one) if whole else [one]))
    dx, dy = (0.0, by) if one.horizontal else (by, 0.0)

    def shifted(rule: Rule) -> Rule:
        return replace(rule, x0=rule.x0 + dx, x1=rule.x1 + dx, top=rule.top + dy, bottom=rule.bottom + dy)

    changed = ruled(page, lambda rule: shifted(rule) if id(rule) in chosen else rule)
    expect: dict[Key, Expect] = {}
    for spot in case.spots:
        if spot.page != at or not spot.text:
            continue
        level = [rule for rule in page.rules if id(rule) in chosen and rule.horizontal]
        joined = [_joined(level)] if level and whole else [rule for rule in page.rules if id(rule) in chosen]
        for rule in joined:
            share = _swept(rule, by, spot.box)
            if share >= (0.5 if spot.keys else 0.99):
                touched = case.below(spot) if spot.role == "head" else case.owner(spot)
                expect |= _all([key for key in touched if key not in expect], EITHER)
                clear = rule.horizontal and _goes_through(case, spot, rule)
                if spot.keys and spot.role != "number" and _has_sides(case, spot) and not clear:
                    expect |= _all(spot.keys, UNSURE)
    return _mutant(case, at, changed, expect, f"{one} shifted by {by}")


def _goes_through(case: Case, spot: Spot, rule: Rule) -> bool:
    """Whether a level rule was moved over a whole row, whose texts still stand on one line."""
    row = [one.box for one in case.spots if (one.table, one.page, one.row) == (spot.table, spot.page, spot.row)]
    return rule.x0 <= min(box[0] for box in row) + 3 and max(box[2] for box in row) - 3 <= rule.x1


def _has_sides(case: Case, spot: Spot) -> bool:
    """Whether rules stand at the sides of a spot's cell."""
    x0, top, x1, bottom = spot.box
    near = [
        rule
        for rule in case.pages[spot.page].rules
        if not rule.horizontal and rule.top <= (top + bottom) / 2 <= rule.bottom
    ]
    return any(rule.x0 <= x0 + 1 for rule in near) and any(rule.x1 >= x1 - 1 for rule in near)


def _joined(rules: Sequence[Rule]) -> Rule:
    """Pieces of a rule as one."""
    return replace(rules[0], x0=min(rule.x0 for rule in rules), x1=max(rule.x1 for rule in rules))


def _swept(rule: Rule, by: float, box: Box) -> float:
    """The share of a text that a rule passes over on its way."""
    x0, top, x1, bottom = box
    along, across = ((rule.x0, rule.x1), (top, bottom)) if rule.horizontal else ((rule.top, rule.bottom), (x0, x1))
    own = (x0, x1) if rule.horizontal else (top, bottom)
    if min(along[1], own[1]) - max(along[0], own[0]) < 0.5 * (own[1] - own[0]):
        return 0.0
    low, high = sorted((middle(rule), middle(rule) + by))
    return max(0.0, min(high, across[1]) - max(low, across[0])) / max(1.0, across[1] - across[0])


# words


def _free(rng: Random, case: Case, at: int, width: float, height: float) -> tuple[float, float] | None:
    """A place on a page where nothing stands, outside its tables."""
    page = case.pages[at]
    taken = [(glyph.x0, glyph.top, glyph.x1, glyph.bottom) for glyph in page.glyphs]
    taken += [(rule.x0, rule.top, rule.x1, rule.bottom) for rule in page.rules]
    for _ in range(40):
        x, y = rng.uniform(10, page.width - width - 10), rng.uniform(10, page.height - height - 10)
        if not any(a < x + width + 2 and x - 2 < c and b < y + height + 2 and y - 2 < d for a, b, c, d in taken):
            return x, y
    return None


def _neighbour(rng: Random, case: Case, spot: Spot) -> Spot | None:
    """A cell beside, over or under a spot's."""
    near = [
        one
        for one in case.spots
        if (one.table, one.page) == (spot.table, spot.page)
        and (abs(one.row - spot.row), abs(one.column - spot.column)) in {(0, 1), (1, 0)}
    ]
    return rng.choice(near) if near else None


def _sent(rng: Random, case: Case, spot: Spot, glyphs: Sequence[int]) -> tuple[Page, dict[Key, Expect], str] | None:
    """Some of a spot's glyphs in another place: in the margin, in a gap, in a cell beside; and what that one shows."""
    page = case.pages[spot.page]
    box = box_of(page, glyphs)
    width, height = box[2] - box[0], box[3] - box[1]
    word = "".join(page.glyphs[at].text for at in glyphs)
    where = rng.choice(["margin", "gap", "neighbour", "neighbour"])
    if where == "margin":
        x = rng.choice([5.0, page.width - width - 5.0])
        return moved(page, glyphs, x - box[0], 0.0), {}, f"{word} into the margin"
    if where == "gap":
        free = _free(rng, case, spot.page, width, height)
        if free is None:
            return None
        return moved(page, glyphs, free[0] - box[0], free[1] - box[1]), {}, f"{word} to {free}"
    other = _neighbour(rng, case, spot)
    if other is None:
        return None
    cell = cell_box(case, other)
    if other.text:
        x, y = other.box[2] + 0.6 * height, other.box[3] - height
        if x + width > cell[2] - 1:
            x, y = other.box[0], other.box[3] + 1
            if y + height > cell[3] or x + width > cell[2]:
                return None
    else:
        x, y = cell[0] + 4.0, (cell[1] + cell[3] - height) / 2
        if x + width > cell[2]:
            return None
    return (
        moved(page, glyphs, x - box[0], y - box[1]),
        _beside(case, other, word),
        f"{word} into the cell of {other.text or 'nothing'}",
    )


def _beside(case: Case, other: Spot, word: str) -> dict[Key, Expect]:
    """What a cell must be read as in which a word came to stand."""
    if other.role in {"head", "item", "name"}:
        # What an item or programme is called then, `_named` says.
        return {} if other.role == "item" else dict.fromkeys(case.below(other), UNSURE) if other.role == "head" else {}
    if not other.text:
        return _shown(case, other, word)
    both = shows(f"{other.text} {word}" if other.box[0] else word)
    apart = (*shows(other.text).numbers, *shows(word).numbers)
    if any(len(key) == 2 for key in other.keys) or "unsure" in {both.how, shows(other.text).how, shows(word).how}:
        return _all(other.keys or case.owner(other), UNSURE)
    return _all(other.keys or case.owner(other), Expect("holds", bare(other.text + word), apart))


def _named(case: Case, spot: Spot, glyphs: Sequence[int], page: Page) -> dict[Key, str]:
    """The letters of items' names, where glyphs of a spot were moved on a page: less of them, or more."""
    word = "".join(case.pages[spot.page].glyphs[at].text for at in glyphs)
    renamed: dict[Key, str] = {}
    if spot.role == "item":
        rest = "".join(case.pages[spot.page].glyphs[at].text for at in spot.glyphs if at not in glyphs)
        renamed |= {key[:2]: bare(rest) for key in case.owner(spot) if len(key) > 2}
    x0, top, x1, bottom = box_of(page, glyphs)
    for other in case.spots:
        if other.role == "item" and other.page == spot.page and other is not spot:
            cell = cell_box(case, other)
            if cell[0] <= (x0 + x1) / 2 <= cell[2] and cell[1] <= (top + bottom) / 2 <= cell[3]:
                renamed |= {key[:2]: bare(other.text + word) for key in case.owner(other) if len(key) > 2}
    return renamed


def move_word(rng: Random, case: Case) -> Mutant | None:
    """A cell's text somewhere else: the cell is blank, and another shows it."""
    spots = _spots(case, *FIELDS)
    spot = rng.choice(spots)
    sent = _sent(rng, case, spot, spot.glyphs)
    if sent is None:
        return None
    page, expect, what = sent
    renamed = _named(case, spot, spot.glyphs, page)
    own = BLANK if _has_sides(case, spot) else EITHER
    return _mutant(case, spot.page, page, {**expect, **_all(spot.keys, own)}, what, renamed)


def move_part(rng: Random, case: Case) -> Mutant | None:
    """A part of a cell's text somewhere else: the cell shows the rest."""
    spots = [spot for spot in _spots(case, *FIELDS) if len(spot.glyphs) > 1 and _level(case, spot.page, spot.glyphs)]
    spot = rng.choice(spots)
    at = rng.randrange(1, len(spot.glyphs))
    part, rest = (spot.glyphs[:at], spot.glyphs[at:]) if rng.random() < 0.4 else (spot.glyphs[at:], spot.glyphs[:at])
    sent = _sent(rng, case, spot, part)
    if sent is None:
        return None
    page, expect, what = sent
    left = "".join(case.pages[spot.page].glyphs[at].text for at in rest)
    renamed = _named(case, spot, part, page)
    return _mutant(case, spot.page, page, {**expect, **_shown(case, spot, left)}, f"of {spot.text} {what}", renamed)


def _level(case: Case, at: int, glyphs: Sequence[int]) -> bool:
    tops = [case.pages[at].glyphs[one].top for one in glyphs]
    return max(tops) - min(tops) < 1


def move_over_edge(rng: Random, case: Case) -> Mutant | None:
    """A cell's text, moved over an edge of the cell by less or more than a half."""
    spot = rng.choice(_spots(case, *FIELDS))
    box, cell = spot.box, cell_box(case, spot)
    share = rng.choice([0.25, 0.4, 0.5, 0.6, 0.75])
    width, height = box[2] - box[0], box[3] - box[1]
    dx, dy = rng.choice(
        [
            (cell[0] - box[0] - share * width, 0.0),
            (cell[2] - box[2] + share * width, 0.0),
            (0.0, cell[1] - box[1] - share * height),
            (0.0, cell[3] - box[3] + share * height),
        ]
    )
    page = case.pages[spot.page]
    there = inside(page, (box[0] + dx - 1, box[1] + dy - 1, box[2] + dx + 1, box[3] + dy + 1))
    crowded = bool(set(there) - set(spot.glyphs))
    expect: dict[Key, Expect] = {}
    if share >= 0.5 or crowded:
        for other in case.spots:
            if (other.table, other.page) == (spot.table, spot.page) and set(other.glyphs) & set(there):
                expect |= _all(other.keys or case.owner(other), EITHER)
            elif (other.table, other.page) == (spot.table, spot.page) and not other.text:
                expect |= _all(other.keys, EITHER)
        expect |= _all(spot.keys, UNSURE if _has_sides(case, spot) else EITHER)
    changed = moved(page, spot.glyphs, dx, dy)
    return _mutant(case, spot.page, changed, expect, f"{spot.text} moved by {dx:.1f}, {dy:.1f}")


def move_name(rng: Random, case: Case) -> Mutant | None:
    """An item's or programme's name, or a part of it, somewhere else."""
    spots = _spots(case, "item", "name")
    spot = rng.choice(spots)
    part = list(spot.glyphs)
    if rng.random() < 0.5 and len(part) > 2 and _level(case, spot.page, part):
        at = rng.randrange(1, len(part))
        part = part[at:]
    sent = _sent(rng, case, spot, part)
    if sent is None:
        return None
    page, expect, what = sent
    renamed = _named(case, spot, part, page)
    if spot.role == "item" and len(part) == len(spot.glyphs):
        renamed = {key: now for key, now in renamed.items() if now}
        expect |= _all(case.owner(spot), UNSURE if _has_sides(case, spot) else EITHER)
    return _mutant(case, spot.page, page, expect, f"of {spot.text} {what}", renamed)


def move_head(rng: Random, case: Case) -> Mutant | None:
    """A year's head somewhere else: it is not shown of which year the column is."""
    spots = _spots(case, "head")
    if not spots:
        return None
    spot = rng.choice(spots)
    sent = _sent(rng, case, spot, spot.glyphs)
    if sent is None:
        return None
    page, expect, what = sent
    own = UNSURE if _has_sides(case, spot) else EITHER
    lost = {key: own if len(key) > 2 else GONE for key in case.below(spot)}
    return _mutant(case, spot.page, page, {**expect, **lost}, f"of {spot.text} {what}")


def move_glyph(rng: Random, case: Case) -> Mutant | None:
    """The place of one glyph scaled: a little, and it is a slip; more, and its word is another."""
    spot = rng.choice(_spots(case, *FIELDS)) if rng.random() < 0.8 else None
    at = spot.page if spot else rng.randrange(len(case.pages))
    page = case.pages[at]
    if not page.glyphs:
        return None
    one = rng.choice(spot.glyphs) if spot else rng.randrange(len(page.glyphs))
    glyph = page.glyphs[one]
    dx, dy = glyph.x0 * rng.choice([0, 0, 0.005, -0.01, 0.02, 0.05, -0.2]), 0.0
    dy = glyph.top * rng.choice([0, 0.005, -0.01, 0.03, 0.1]) if dx == 0 or rng.random() < 0.3 else 0.0
    expect: dict[Key, Expect] = {}
    far = abs(dx) > 0.25 * glyph.size or abs(dy) > 0.25 * glyph.size
    x, y = (glyph.x0 + glyph.x1) / 2 + dx, (glyph.top + glyph.bottom) / 2 + dy
    if spot and far:
        x0, top, x1, bottom = cell_box(case, spot)
        rest = _shown(case, spot, "".join(page.glyphs[other].text for other in spot.glyphs if other != one))
        if x0 - 6 <= x <= x1 + 6 and top - 6 <= y <= bottom + 6:
            within = x0 <= x <= x1 and top <= y <= bottom
            rest = (
                _all(spot.keys, EITHER) if within else {key: replace(each, or_same=True) for key, each in rest.items()}
            )
        # Without ruled sides, what moved along its row over nothing but white is in its column still.
        over = (glyph.x0 + min(dx, 0), glyph.top, glyph.x1 + max(dx, 0), glyph.bottom)
        if dy == 0 and not _has_sides(case, spot) and set(inside(page, over)) <= set(spot.glyphs):
            rest = {key: replace(each, or_same=True) for key, each in rest.items()}
        expect |= rest
    for other in case.spots:
        if other.page != at or not far or other is spot:
            continue
        box = cell_box(case, other)
        if box[0] - 3 <= x <= box[2] + 3 and box[1] - 3 <= y <= box[3] + 3:
            touched = case.below(other) if other.role == "head" else other.keys or case.owner(other)
            here = _all(touched, EITHER)
            if other.keys and box[0] <= x <= box[2] and box[1] <= y <= box[3]:
                here |= {key: replace(each, or_same=True) for key, each in _beside(case, other, glyph.text).items()}
            expect = {**here, **expect}
    changed = moved(page, [one], dx, dy)
    renamed = _named(case, spot, [one], changed) if spot and far else {}
    return _mutant(case, at, changed, expect, f"{glyph.text} moved by {dx:.1f}, {dy:.1f}", renamed)


# figures


def delete_sign(rng: Random, case: Case, *, signs: str) -> Mutant | None:
    """A digit or comma of a figure less: the page shows another figure."""
    found = [
        (spot, at)
        for spot in _spots(case, "value", "budget_thousand_yen", "page_label", "number")
        if _level(case, spot.page, spot.glyphs)
        for at in spot.glyphs
        if case.pages[spot.page].glyphs[at].text in signs
    ]
    if not found:
        return None
    spot, at = rng.choice(found)
    page = case.pages[spot.page]
    glyph = page.glyphs[at]
    rest = [one for one in spot.glyphs if one != at]
    left = "".join(page.glyphs[one].text for one in rest)
    if rng.random() < 0.7:
        behind = [one for one in rest if page.glyphs[one].x0 > glyph.x0]
        page = moved(page, behind, glyph.x0 - glyph.x1, 0.0)
    return _mutant(
        case, spot.page, without(page, [at]), _shown(case, spot, left), f"{spot.text} without a {glyph.text}"
    )


# rows and columns


def _tables(case: Case, *roles: str) -> list[tuple[int, int]]:
    """The tables, each with a page of it, that have rows with such cells there."""
    return sorted({(spot.table, spot.page) for spot in case.spots if spot.role in roles})


def _rows(
    rng: Random, case: Case, role: str
) -> tuple[int, dict[int, tuple[float, float]], dict[int, list[Key]]] | None:
    """A table's page, the heights of its rows there that give leaves, and these leaves."""
    table, at = rng.choice(_tables(case, role))
    rows = case.rows(table, at)
    keys = {row: [key for spot in spots for key in spot.keys] for row, spots in rows.items()}
    high = {
        row: band
        for row, band in bands(case, table, at).items()
        if any(spot.role == role for spot in rows[row]) and keys[row] and all(_alone(case, key) for key in keys[row])
    }
    return (at, high, keys) if high else None


def _alone(case: Case, key: Key) -> bool:
    """Whether no other row of the programme has the same name."""
    again = (key[0], key[1].replace("#1", "#2"), *key[2:])
    return len(key) == 2 or (key[1].endswith("#1") and again not in case.reading.leaves)


def swap_rows(rng: Random, case: Case, *, role: str = "item") -> Mutant | None:
    """Two rows in each other's place: the same values under the same names."""
    found = _rows(rng, case, role)
    if found is None or len(found[1]) < 2:
        return None
    at, high, _ = found
    a, b = sorted(rng.sample(sorted(high), 2))
    return _mutant(case, at, exchanged(case.pages[at], high[a], high[b]), {}, f"rows {a} and {b} swapped")


def double_row(rng: Random, case: Case, *, role: str = "item") -> Mutant | None:
    """A row printed twice: a second row of the same name with the same values."""
    found = _rows(rng, case, role)
    if found is None:
        return None
    at, high, keys = found
    row = rng.choice(sorted(high))
    page = doubled(case.pages[at], high[row])
    if page is None:
        return None
    expect: dict[Key, Expect] = {}
    for key in keys[row]:
        place = 1 if len(key) > 2 else 0
        name, _, count = key[place].rpartition("#")
        again = (*key[:place], f"{name}#{int(count) + 1}", *key[place + 1 :])
        expect[again] = Expect("exactly", case.reading.leaves[key].value)
    return _mutant(case, at, page, expect, f"row {row} of {keys[row][0]} twice")


def delete_row(rng: Random, case: Case, *, role: str = "item") -> Mutant | None:
    """A row less, or its text: its values are not shown."""
    found = _rows(rng, case, role)
    if found is None:
        return None
    at, high, keys = found
    row = rng.choice(sorted(high))
    page = case.pages[at]
    if rng.random() < 0.6:
        page = closed_up(page, high[row])
    else:
        page = without(page, inside(page, (0, high[row][0], page.width, high[row][1])))
    return _mutant(case, at, page, _all(keys[row], GONE), f"row {row} of {keys[row][0]} less")


def cut_column(rng: Random, case: Case, *, rules: bool) -> Mutant | None:
    """A table's last column less: its glyphs, or its rules too. Its values are not shown."""
    table, at = rng.choice(_tables(case, "value", "budget_thousand_yen"))
    spots = [spot for spot in case.spots if (spot.table, spot.page) == (table, at)]
    whole = [spot for spot in case.spots if spot.table == table]
    columns = max(spot.column + spot.column_span for spot in whole)
    last = [spot for spot in spots if spot.column + spot.column_span == columns]
    if any(spot.column_span > 1 for spot in last) or len(last) < 2:
        return None
    page = case.pages[at]
    edge = min(cell_box(case, spot)[0] for spot in last)
    top, bottom = min(spot.box[1] for spot in spots) - 12, max(spot.box[3] for spot in spots) + 12
    if rules:

        def cut(rule: Rule) -> Rule | None:
            if not (top <= rule.top and rule.bottom <= bottom) or rule.x1 <= edge + 1:
                return rule
            if rule.x0 >= edge - 1:
                return None if rule.horizontal or rule.x0 > edge + 1 else rule
            return replace(rule, x1=edge)

        page = ruled(page, cut)
    page = without(page, [glyph for spot in last for glyph in spot.glyphs])
    gone = _all([key for spot in last for key in spot.keys], GONE)
    return _mutant(case, at, page, gone, f"table {table} without its last column")


# lines and pages


def _lines(rng: Random, case: Case, wanted: Callable[[Segment], bool]) -> tuple[int, Segment] | None:
    found = [(at, one) for at, page in enumerate(case.pages) for one in segments(page) if wanted(one)]
    return rng.choice(found) if found else None


def _delete(case: Case, found: tuple[int, Segment] | None) -> Mutant | None:
    if found is None:
        return None
    at, one = found
    return _mutant(case, at, without(case.pages[at], one.glyphs), {}, f"without {one.text}")


def delete_heading(rng: Random, case: Case) -> Mutant | None:
    """A heading less; the values stand where they did."""
    return _delete(case, _lines(rng, case, lambda one: one.text in case.headings))


def delete_footer(rng: Random, case: Case) -> Mutant | None:
    """The line of the office in charge less."""
    return _delete(case, _lines(rng, case, lambda one: "担当課:" in one.text or "【担当課】" in one.text))


def _in_table(case: Case, at: int, one: Segment) -> bool:
    return any(spot.page == at and set(one.glyphs) & set(spot.glyphs) for spot in case.spots)


def delete_title(rng: Random, case: Case) -> Mutant | None:
    """A block's title less (its first line)."""
    names = {name.rpartition("#")[0] for name in case.reading.names.values()}
    found = [
        (at, one)
        for at, page in enumerate(case.pages)
        for one in segments(page)
        if len(one.text) > 4
        and not _in_table(case, at, one)
        and any(name[:12] in one.text and len(one.text) < len(name) + 6 for name in names)
    ]
    return _delete(case, rng.choice(found)) if found else None


def delete_prose(rng: Random, case: Case) -> Mutant | None:
    """A line of prose less."""
    found = [
        (at, one)
        for at, page in enumerate(case.pages)
        for one in segments(page)
        if len(one.text) > 15 and one.text not in case.headings and not _in_table(case, at, one)
    ]
    return _delete(case, rng.choice(found)) if found else None


def swap_blocks(rng: Random, case: Case) -> Mutant | None:
    """Two blocks of one page in each other's place."""
    found = []
    for at in range(len(case.pages)):
        here = sorted(
            (places[0][1][1], places[0][1][3])
            for owner, places in case.reading.blocks.items()
            if "programmes" in owner and len(places) == 1 and places[0][0] == at + 1
        )
        found += [(at, a, b) for a, b in itertools.pairwise(here) if a[1] < b[0]]
    if not found:
        return None
    at, a, b = rng.choice(found)
    page = exchanged(case.pages[at], (a[0] - 4, a[1] + 4), (b[0] - 4, b[1] + 4))
    return _mutant(case, at, page, {}, "two blocks swapped")


def delete_page(rng: Random, case: Case) -> Mutant | None:
    """A page less: what stood on it is not shown."""
    if len(case.pages) < 3:
        return None
    at = rng.randrange(len(case.pages))
    origin = [number for number in range(1, len(case.pages) + 1) if number != at + 1]
    gone = {key: GONE for key, leaf in case.reading.leaves.items() if any(page == at + 1 for page, _ in leaf.places)}
    gone |= {key: EITHER for key in gone if key[0] == "subtotal"}
    gone |= {key: GONE for spot in case.spots if spot.page == at for key in spot.keys}
    return Mutant(_numbered(case, origin), tuple(origin), gone, f"without page {at + 1}")


def swap_pages(rng: Random, case: Case) -> Mutant | None:
    """Two pages in each other's place; their printed numbers say so."""
    a, b = sorted(rng.sample(range(len(case.pages)), 2))
    origin = list(range(1, len(case.pages) + 1))
    origin[a], origin[b] = origin[b], origin[a]
    return Mutant(_numbered(case, origin), tuple(origin), {}, f"pages {a + 1} and {b + 1} swapped")


def _numbered(case: Case, origin: Sequence[int]) -> tuple[Page, ...]:
    return tuple(replace(case.pages[old - 1], number=new) for new, old in enumerate(origin, start=1))


MUTATIONS: dict[str, Mutation] = {
    "drop a rule": drop_rule,
    "drop a line of rules": lambda rng, case: drop_rule(rng, case, whole=True),
    "shift a rule": shift_rule,
    "shift a line of rules": lambda rng, case: shift_rule(rng, case, whole=True),
    "move a word": move_word,
    "move a part of one": move_part,
    "move over an edge": move_over_edge,
    "move a name": move_name,
    "move a head": move_head,
    "move a glyph": move_glyph,
    "delete a digit": lambda rng, case: delete_sign(rng, case, signs="0123456789"),
    "delete a comma": lambda rng, case: delete_sign(rng, case, signs=",，"),
    "swap rows": swap_rows,
    "swap rows of the list": lambda rng, case: swap_rows(rng, case, role="name"),
    "double a row": double_row,
    "double a row of the list": lambda rng, case: double_row(rng, case, role="name"),
    "delete a row": delete_row,
    "delete a row of the list": lambda rng, case: delete_row(rng, case, role="name"),
    "cut a column": lambda rng, case: cut_column(rng, case, rules=False),
    "cut a column's rules": lambda rng, case: cut_column(rng, case, rules=True),
    "delete a heading": delete_heading,
    "delete a title": delete_title,
    "delete a footer": delete_footer,
    "delete a line of prose": delete_prose,
    "swap blocks": swap_blocks,
    "delete a page": delete_page,
    "swap pages": swap_pages,
}
