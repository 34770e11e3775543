"""What a manuscript is made of: lines and tables with their looks named, pictures, and what holds them side by side."""

from dataclasses import dataclass
from typing import Literal

from press.style import Align, Rules

# What a line is. How each role looks, the producers say.
Role = Literal[
    "report", "chapter", "heading", "point", "bar", "box", "bold", "plain", "prose", "note", "footer", "caption"
]


@dataclass(frozen=True)
class Line:
    """A paragraph. `opens`: the programme (by id) that begins with it. `right`: at the other end of it."""

    text: str
    role: Role
    opens: str | None = None
    new_page: bool = False
    right: str = ""

    @property
    def leads(self) -> bool:
        """Whether what follows must stand on the same page."""
        return self.role not in ("prose", "note", "footer")


@dataclass(frozen=True)
class Slot:
    """A cell: its lines, over how many columns and rows it goes. `page_of`: it holds that programme's page number."""

    lines: tuple[Line, ...]
    across: int = 1
    down: int = 1
    align: Align = "left"
    shaded: bool = False
    page_of: str | None = None


@dataclass(frozen=True)
class Grid:
    """A table. `shares`: the columns' parts of the width. `head`: how many rows are its head."""

    rows: tuple[tuple[Slot, ...], ...]
    shares: tuple[float, ...]
    rules: Rules
    head: int
    repeated: bool
    new_page: bool = False


@dataclass(frozen=True)
class Picture:
    """A picture, its caption below it or at its right."""

    caption: str
    beside: bool


@dataclass(frozen=True)
class Panels:
    """Parts that stand side by side, each with its share of the width, under a line over all of them."""

    panels: tuple[tuple["Part", ...], ...]
    shares: tuple[float, ...]
    title: Line | None = None
    new_page: bool = False


@dataclass(frozen=True)
class Columns:
    """Parts that run through columns of a page of their own, and through further ones."""

    parts: tuple["Part", ...]
    count: int = 2


Part = Line | Grid | Picture | Panels | Columns


def plain_slot(
    text: str, *, down: int = 1, align: Align = "left", shaded: bool = False, page_of: str | None = None
) -> Slot:
    """A cell with plain text, whose line feeds stand."""
    return Slot(plain_lines(text), down=down, align=align, shaded=shaded, page_of=page_of)


def plain_lines(text: str) -> tuple[Line, ...]:
    return tuple(Line(line, "plain") for line in text.split("\n"))


def spread(grid: Grid) -> list[list[Slot | None]]:
    """The rows with a place for every column: None where a cell from the left or from above goes."""
    rows: list[list[Slot | None]] = []
    covered: set[tuple[int, int]] = set()
    for index, slots in enumerate(grid.rows):
        row: list[Slot | None] = []
        waiting = iter(slots)
        for column in range(len(grid.shares)):
            if (index, column) in covered:
                row.append(None)
                continue
            slot = next(waiting)
            row.append(slot)
            covered |= {(index + down, column + across) for down in range(slot.down) for across in range(slot.across)}
        assert next(waiting, None) is None, "more cells than columns"
        rows.append(row)
    return rows
