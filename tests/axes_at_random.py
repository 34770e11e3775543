"""Tables of metrics drawn at random: the same kind of values in any arrangement of their axes."""

from dataclasses import dataclass, field
from random import Random

# Item, counter, and whether it may be more than a hundred.
ITEMS = (
    ("相談件数", "件"), ("受講者数", "人"), ("訪問企業数", "社"), ("開催回数", "回"), ("出展団体数", "団体"),
    ("配布部数", "部"), ("支援学校数", "校"),
)  # fmt: skip
# Items that are counted alike, for a table with one unit.
PEOPLE = [(f"{whose}参加者数", "人") for whose in ("講座", "交流会", "見学会", "相談会", "研修")]
CORNERS = ("項目", "項目名", "指標", "区分", "成果指標", "指標名", "KPI", "内容")
GROUPS = ("【活動指標】", "【成果指標】")
NO_VALUE = ("－", "中止", "（調査中）", "非公表", "未実施")
YEAR_FORMS = ("{n}年度", "R{n}", "令和{n}年度", "令和{n}年度（{g}年度）", "{g}年度", "R{n}年度")
KIND_FORMS = {
    "target": ("目標", "目標値", "数値目標"),
    "actual": ("実績", "実績値", "実績数"),
    "plan": ("計画", "計画値"),
    "forecast": ("見込", "見込み"),
}
PARTS = (
    ("上期", "下期", "計"),
    ("上半期", "下半期", "合計"),
    ("第1四半期", "第2四半期", "第3四半期", "第4四半期", "計"),
)
WHOLE = {"計", "合計"}
BESIDE = {
    "difference": ("増減", "差引増減", "対前年度増減"),
    "ratio": ("前年度比（％）", "対前年比（％）"),
    "achievement": ("達成率（％）",),
}

# A column of values: year, kind, part (None: the whole year).
Place = tuple[int, str, str | None]


@dataclass
class Drawn:
    """A table as lines of cells, and what must be read of it.

    `head`: how many rows are the head. `values` by item: place to (value, unit), None for no value; `beside` by item:
    texts in order.
    """

    rows: list[list[str]]
    caption: str | None
    report_year: int
    head: int
    values: dict[str, dict[Place, tuple[int, str] | None]]
    beside: dict[str, list[str]] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    axes: str = ""

    def drawing(self) -> str:
        """The table as `grids.draw_grid` takes it."""
        return "\n".join(" | ".join(row) for row in self.rows)


def draw_at_random(seed: int, of_year: int | None = None) -> Drawn:
    """A table of a random combination of axes, always the same for a seed; of a report of this year, or of any."""
    random = Random(seed)
    report_year = random.choice((2021, 2022, 2023, 2024, 2025)) if of_year is None else of_year
    years = [report_year - back for back in range(random.choice((1, 2, 2, 2, 3)))][:: random.choice((1, -1))]
    kinds = random.choice((["actual"], ["actual"], ["target", "actual"], ["plan", "actual"], ["actual", "forecast"]))
    parts = random.choice((None, None, None, *PARTS)) if len(kinds) * len(years) < 4 else None
    places: list[Place] = [
        (year, kind, None if part is None or part in WHOLE else part)
        for year in years
        for kind in kinds
        for part in (parts or (None,))
    ]
    items = random.sample(ITEMS, random.choice((1, 2, 3, 4)))
    unit_place = random.choice(("cell", "cell", "column", "name", "caption", "corner"))
    if unit_place in {"caption", "corner"}:
        items = random.sample(PEOPLE, len(items))
    forms = random.choice(YEAR_FORMS)
    said = {kind: random.choice(KIND_FORMS[kind]) for kind in kinds}
    maker = _Maker(random, report_year, years, kinds, parts, places, items, unit_place, forms, said)
    return maker.draw()


@dataclass
class _Maker:
    random: Random
    report_year: int
    years: list[int]
    kinds: list[str]
    parts: tuple[str, ...] | None
    places: list[Place]
    items: list[tuple[str, str]]
    unit_place: str
    year_form: str
    said: dict[str, str]
    head: int = 1

    def draw(self) -> Drawn:
        random = self.random
        self.names = {name: f"{name}（{unit}）" if self.unit_place == "name" else name for name, unit in self.items}
        self.numbers = {name: self._numbers() for name, _ in self.items}
        kind_beside = self._choose_comparison()
        heads = [random.choice(BESIDE[kind_beside])] if kind_beside else []
        orientation = random.choice(("across", "across", "years down", "observations", "kinds down", "parts down"))
        if orientation == "kinds down" and len(self.kinds) < 2:
            orientation = "across"
        if orientation == "parts down" and not self.parts:
            orientation = "across"
        if orientation in {"years down", "observations"}:
            heads, kind_beside = [], None
        self.group = random.choice((None, None, "title", "column")) if orientation != "years down" else None
        self.corner = random.choice(CORNERS)
        if self.group == "column" or orientation in {"kinds down", "parts down", "observations"}:
            self.corner = random.choice(("項目", "指標", "項目名", "指標名"))
        values = {
            self.names[name]: {
                place: None if isinstance(number, str) else (number, unit)
                for place, number in zip(self.places, self.numbers[name], strict=True)
            }
            for name, unit in self.items
        }
        beside = {self.names[name]: [self._compare(kind_beside, name)] if kind_beside else [] for name, _ in self.items}
        rows = {
            "across": self._across, "years down": self._years_down, "observations": self._observations,
            "kinds down": self._kinds_down, "parts down": self._parts_down,
        }[orientation](heads, beside)  # fmt: skip
        unit = self.items[0][1]
        caption = random.choice((f"（単位：{unit}）", f"単位：{unit}")) if self.unit_place == "caption" else None
        if self.unit_place == "corner":
            rows[0][0] = f"{rows[0][0]}（単位：{unit}）"
        groups = {self.names[name]: self._group(at) for at, (name, _) in enumerate(self.items)} if self.group else {}
        axes = f"{orientation}, {self.kinds}, {self.parts}, {self.unit_place}, {kind_beside}, {self.group}"
        return Drawn(rows, caption, self.report_year, self.head, values, beside, groups, axes)

    def _numbers(self) -> list[int | str]:
        """Numbers for all places; where there are parts, the whole is their sum."""
        numbers: list[int | str] = []
        run = 0
        base = self.random.randint(20, 60)
        for _, _, part in self.places:
            if self.parts and part is None:
                numbers.append(run)
                run = 0
                continue
            number = base + self.random.randint(-8, 8)
            empty = not self.parts and self.random.random() < 0.12
            numbers.append(self.random.choice(NO_VALUE) if empty else number)
            run += number
        return numbers

    def _choose_comparison(self) -> str | None:
        random = self.random
        kinds: list[str | None] = [None, None]
        if len(self.years) > 1 and not self.parts and "target" not in self.kinds:
            kinds += ["difference", "ratio"]
        if "target" in self.kinds and not self.parts:
            kinds += ["achievement"]
        return random.choice(kinds)

    def _compare(self, kind: str, name: str) -> str:
        """What a comparison of the latest year says; a dash where a value is missing."""
        by = dict(zip(self.places, self.numbers[name], strict=True))
        latest = max(self.years)
        now = by[latest, "actual", None]
        base = by[latest, "target", None] if kind == "achievement" else by[latest - 1, "actual", None]
        if isinstance(now, str) or isinstance(base, str):
            return "－"
        if kind == "difference":
            return f"△{base - now}" if now < base else str(now - base)
        return f"{100 * now / base:.1f}"

    def _text(self, number: int | str, unit: str) -> str:
        if isinstance(number, str):
            return number
        return f"{number:,}{unit}" if self.unit_place in {"cell"} else f"{number:,}"

    def _year(self, year: int) -> str:
        return self.year_form.format(n=year - 2018, g=year)

    def _group(self, at: int) -> str:
        group = GROUPS[0 if at < (len(self.items) + 1) // 2 else 1]
        return group if self.group == "title" else group.strip("【】")

    def _part(self, place: Place) -> str:
        assert self.parts
        return place[2] or self.parts[-1]

    def _levels(self) -> list[list[str]]:
        """The heads over the columns of values, level by level, in a random order of year and kind."""
        levels = []
        columns = self.places
        with_kind = len(self.kinds) > 1 or self.random.random() < 0.3
        years = [self._year(year) for year, _, _ in columns]
        kinds = [self.said[kind] for _, kind, _ in columns]
        if not with_kind:
            levels = [years]
        elif self.random.random() < 0.5:
            flat = self.random.choice(("{year} {kind}", "{kind} {year}", "{year}{kind}", "{year}（{kind}）"))
            levels = [[flat.format(year=a, kind=b) for a, b in zip(years, kinds, strict=True)]]
        else:
            levels = [years, kinds]
        if self.parts:
            levels.append([self._part(place) for place in columns])
        return levels

    def _names_columns(self) -> int:
        return 2 if self.group == "column" else 1

    def _add_rows(self, body: list[list[list[str]]], width: int) -> list[list[str]]:
        """Put groups over or before rows: one list of rows an item."""
        rows = []
        last = None
        for at, lines in enumerate(body):
            group = self._group(at) if self.group else None
            if self.group == "title" and group != last:
                rows.append([group or "", *["<"] * (width - 1)])
            for line in lines:
                first = [group if group and group != last else "^"] if self.group == "column" else []
                last = group
                rows.append([*first, *line])
            last = group
        return rows

    def _head(self, levels: list[list[str]], first: list[str], last: list[str]) -> list[list[str]]:
        """The rows of a head, cells merged where a level goes on, and down beside several levels."""
        rows = []
        for number, level in enumerate(levels):
            merged = [
                "<" if number < len(levels) - 1 and self._goes_on(levels, number, at) else text
                for at, text in enumerate(level)
            ]
            side = first if number == 0 else ["^" if text != "<" else "<" for text in first]
            behind = last if number == 0 else ["^"] * len(last)
            rows.append([*side, *merged, *behind])
        return rows

    @staticmethod
    def _goes_on(levels: list[list[str]], number: int, at: int) -> bool:
        return at > 0 and all(levels[above][at] == levels[above][at - 1] for above in range(number + 1))

    def _first(self, *more: str) -> list[str]:
        group = [self.random.choice(("区分", "指標区分", "種別"))] if self.group == "column" else []
        unit = ["単位"] if self.unit_place == "column" else []
        return [*group, self.corner, *more, *unit]

    def _side(self, name: str, unit: str, *more: str) -> list[str]:
        return [self.names[name], *more, *([unit] if self.unit_place == "column" else [])]

    def _across(self, heads: list[str], beside: dict[str, list[str]]) -> list[list[str]]:
        head = self._head(self._levels(), self._first(), heads)
        self.head = len(head)
        body = [
            [[*self._side(name, unit), *(self._text(n, unit) for n in self.numbers[name]), *beside[self.names[name]]]]
            for name, unit in self.items
        ]
        return [*head, *self._add_rows(body, len(head[0]))]

    def _years_down(self, _heads: list[str], _beside: dict[str, list[str]]) -> list[list[str]]:
        """Years down, items across; kinds under the items; parts in a column beside the years."""
        years = [(year, part) for year in self.years for part in (self.parts or (None,))]
        side = ["年度", *(["期"] if self.parts else [])]
        names = [self.names[name] for name, _ in self.items]
        if len(self.kinds) > 1:
            top = [*side, *(text for name in names for text in (name, *["<"] * (len(self.kinds) - 1)))]
            rows = [top, [*["^"] * len(side), *(self.said[kind] for _ in names for kind in self.kinds)]]
        else:
            rows = [[*side, *names]]
        if self.unit_place == "column":
            units = [unit for _, unit in self.items for _ in self.kinds]
            rows.append(["単位", *(["<"] if self.parts else []), *units])
        self.head = len(rows)
        last = None
        for year, part in years:
            place = None if part is None or part in WHOLE else part
            cells = []
            for name, unit in self.items:
                by = dict(zip(self.places, self.numbers[name], strict=True))
                cells += [self._text(by[year, kind, place], unit) for kind in self.kinds]
            rows.append([self._year(year) if year != last else "^", *([part] if part else []), *cells])
            last = year
        return rows

    def _observations(self, _heads: list[str], _beside: dict[str, list[str]]) -> list[list[str]]:
        """A row a year (and part) of an item, its kinds across."""
        more = ["年度", *(["期"] if self.parts else [])]
        kinds = [self.said[kind] for kind in self.kinds]
        rows = [[*self._first(*more), *kinds]]
        self.head = 1
        merged = self.random.random() < 0.5
        body = []
        for name, unit in self.items:
            by = dict(zip(self.places, self.numbers[name], strict=True))
            lines: list[list[str]] = []
            last = None
            for year in self.years:
                for part in self.parts or (None,):
                    place = None if part is None or part in WHOLE else part
                    cells = [self._text(by[year, kind, place], unit) for kind in self.kinds]
                    said = [self._year(year) if year != last or not merged else "^", *([part] if part else [])]
                    side = self._side(name, unit, *said)
                    if lines and merged:
                        side = ["^", *side[1:]]
                    lines.append([*side, *cells])
                    last = year
            body.append(lines)
        return [*rows, *self._add_rows(body, len(rows[0]))]

    def _down(self, axis: list[str], over: str, texts: list[str], beside_heads: list[str], beside: dict[str, list[str]],
              places: dict[tuple[str, int], Place]) -> list[list[str]]:  # fmt: skip
        """One axis down beside the items, the other across."""
        rows = [[*self._first(over), *texts, *beside_heads]]
        self.head = 1
        body = []
        for name, unit in self.items:
            by = dict(zip(self.places, self.numbers[name], strict=True))
            lines = []
            for at, said in enumerate(axis):
                side = self._side(name, unit, said)
                side = side if not at else ["^", side[1], *("^" for _ in side[2:])]
                cells = [self._text(by[places[said, column]], unit) for column in range(len(texts))]
                lines.append([*side, *cells, *(beside[self.names[name]] if not at else ["^"] * len(beside_heads))])
            body.append(lines)
        return [*rows, *self._add_rows(body, len(rows[0]))]

    def _kinds_down(self, heads: list[str], beside: dict[str, list[str]]) -> list[list[str]]:
        columns = [(year, part) for year in self.years for part in (self.parts or (None,))]
        texts = [f"{self._year(year)} {part or ''}".strip() for year, part in columns]
        places: dict[tuple[str, int], Place] = {
            (self.said[kind], at): (year, kind, None if part is None or part in WHOLE else part)
            for kind in self.kinds
            for at, (year, part) in enumerate(columns)
        }
        return self._down(
            [self.said[kind] for kind in self.kinds],
            "区分" if self.group != "column" else "種類",
            texts,
            heads,
            beside,
            places,
        )

    def _parts_down(self, heads: list[str], beside: dict[str, list[str]]) -> list[list[str]]:
        assert self.parts
        columns = [(year, kind) for year in self.years for kind in self.kinds]
        texts = [
            f"{self._year(year)} {self.said[kind]}" if len(self.kinds) > 1 else self._year(year)
            for year, kind in columns
        ]
        places: dict[tuple[str, int], Place] = {
            (part, at): (year, kind, None if part in WHOLE else part)
            for part in self.parts
            for at, (year, kind) in enumerate(columns)
        }
        return self._down(list(self.parts), "期", texts, heads, beside, places)
