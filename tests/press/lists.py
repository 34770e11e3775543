"""The list of a chapter in the arrangements that an office may choose, as a grid of a manuscript."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from press.blocks import office_text
from press.elements import Grid, Slot, plain_slot
from press.model import ChapterModel, ProgrammeModel, ReportModel
from press.style import Align, Style, short_year

# The columns' parts of the width, but for those of names and offices, which share what is left.
SHARES = {"number": 0.07, "kind": 0.08, "previous": 0.12, "budget": 0.15, "new": 0.08, "page": 0.09}
NAME_AND_OFFICES = 0.61
ALIGNS: Mapping[str, Align] = {"name": "left", "offices": "left", "previous": "right", "budget": "right"}


def list_grid(model: ReportModel, chapter: ChapterModel, style: Style) -> Grid:
    """A chapter's list: head, a row a programme, and what stands between and under them."""
    return _List(model, chapter, style).grid()


def amount_text(amount: int | None, style: Style) -> str:
    """An amount in the list's unit."""
    return "－" if amount is None else f"{amount * 1000 // style.budget_yen:,}"


class _List:
    def __init__(self, model: ReportModel, chapter: ChapterModel, style: Style) -> None:
        self._model, self._chapter, self._style = model, chapter, style
        names = ["number", "name"]
        names += ["previous"] if style.list_years else []
        names += ["budget"]
        names += ["new"] if style.list_new == "column" else []
        names += ["offices"]
        self._names = [*names, *(["page"] if style.list_says_page else [])]

    def grid(self) -> Grid:
        style = self._style
        rows = [self._head(), *self._rows()]
        shares = [SHARES.get(name, 0.0) for name in self._names]
        shares[1] = style.list_name_share
        shares[self._names.index("offices")] = NAME_AND_OFFICES - style.list_name_share
        if style.list_form == "halves":
            rows = [self._head() * 2, *self._in_halves(rows[1:])]
            shares *= 2
        whole = sum(shares)
        return Grid(tuple(rows), tuple(share / whole for share in shares), style.list_rules, 1, style.repeated_head)

    def _head(self) -> tuple[Slot, ...]:
        style, year = self._style, self._model.fiscal_year
        heads = {"offices": style.list_heads.offices, "new": style.list_heads.is_new}
        said = [heads.get(name) or str(getattr(style.list_heads, name)) for name in self._names]
        texts = [text.format(year=short_year(year), before=short_year(year - 1)) for text in said]
        return tuple(plain_slot(text, align="center", shaded=style.shaded_head) for text in texts)

    def _rows(self) -> list[tuple[Slot, ...]]:
        chapter, style = self._chapter, self._style
        rows: list[tuple[Slot, ...]] = []
        groups = chapter.groups or (("", len(chapter.programmes)),)
        waiting = list(chapter.programmes)
        for name, count in groups:
            some, waiting = waiting[:count], waiting[count:]
            if name:
                rows.append((Slot(plain_slot(name).lines, across=len(self._names)),))
            for one in some:
                if one.number - 1 == chapter.unused:
                    rows.append(self._cells({"number": str(chapter.unused), "name": "欠番", "budget": "－"}))
                rows += self._programme(one)
            if name:
                rows.append(self._total("小計", some))
        if style.subtotal is not None:
            rows.append(self._total("合計" if chapter.groups else style.subtotal, chapter.programmes))
        return rows

    def _cells(self, texts: Mapping[str, str]) -> tuple[Slot, ...]:
        return tuple(plain_slot(texts.get(name, ""), align=ALIGNS.get(name, "center")) for name in self._names)

    def _total(self, word: str, some: Sequence[ProgrammeModel]) -> tuple[Slot, ...]:
        texts = {"name": word, "budget": amount_text(sum(one.budget or 0 for one in some), self._style)}
        texts["previous"] = amount_text(sum(one.previous or 0 for one in some), self._style)
        cells = self._cells(texts)
        return (cells[0], replace(cells[1], align="center"), *cells[2:])

    def _programme(self, one: ProgrammeModel) -> list[tuple[Slot, ...]]:
        style = self._style
        own = amount_text(one.budget, style)
        own = one.budget_words.replace("{own}", own) or own
        texts = {
            "number": str(one.number),
            "name": (style.new_mark if style.list_new == "name" and one.is_new else "") + one.name,
            "previous": amount_text(one.previous, style),
            "budget": (f"（{amount_text(one.previous, style)}）\n" if style.list_previous else "") + own,
            "new": style.new_mark if one.is_new else style.ongoing_mark,
            "offices": "\n".join(office_text(office) for office in one.listed),
        }
        cells = self._cells(texts)
        if style.list_says_page:
            cells = (*cells[:-1], replace(cells[-1], page_of=self._model.programme_id(self._chapter, one)))
        parted = style.list_parts and len(one.listed) == 2 and one.budget and not one.budget_words
        return self._in_parts(one, cells) if parted else [cells]

    def _in_parts(self, one: ProgrammeModel, cells: tuple[Slot, ...]) -> list[tuple[Slot, ...]]:
        """A row of each of two offices, with its part of the budget; all else is merged down."""
        assert one.budget is not None
        step = max(1, self._style.budget_yen // 1000)
        less = one.budget // (3 * step) * step
        rows = []
        for budget, office in zip((one.budget - less, less), one.listed, strict=True):
            texts = self._cells({"budget": amount_text(budget, self._style), "offices": office_text(office)})
            rows.append(dict(zip(self._names, texts, strict=True)))
        first, second = rows
        own = dict(zip(self._names, (replace(cell, down=2) for cell in cells), strict=True))
        return [
            tuple({**own, **{name: first[name] for name in PARTED}}.values()),
            tuple(second[name] for name in PARTED),
        ]

    def _in_halves(self, rows: Sequence[tuple[Slot, ...]]) -> list[tuple[Slot, ...]]:
        half = (len(rows) + 1) // 2
        return [(*left, *right) for left, right in zip_longest(rows[:half], rows[half:], fillvalue=self._cells({}))]


PARTED = ("budget", "offices")
