"""What is changed of a report: a value, a budget, a name, an office, a mark or a figure of the prose, as it is set."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.document.geometry import Box
from mutants.editing import Editor, Sheet, Show
from mutants.judging import Fits, Key, Leaf, Place, Reading
from press.shown import bare

FIGURES = "0123456789"
_FIELDS = {"value": "value", "budget": "budget", "name": "name", "listed": "office", "new": "mark", "item": "item"}


@dataclass(frozen=True)
class Target:
    """A leaf where it is set on its page: the texts, and the box around them in points from the bottom left.

    `what`: value, budget, name, office, mark, item, or figure (one in the prose).
    """

    key: Key
    what: str
    leaf: Leaf
    sheet: Sheet
    page: int
    shows: tuple[Show, ...]
    box: Box

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(show.text for show in self.shows)

    @property
    def size(self) -> float:
        """The size of its text, as it is printed."""
        show = self.shows[0]
        return float(abs(show.size) * (show.matrix[0] ** 2 + show.matrix[1] ** 2) ** 0.5)

    @property
    def foot(self) -> float:
        """The height of the line that it stands on."""
        return self.shows[0].matrix[5]

    @property
    def place(self) -> Place:
        """Its page and box, as records have them."""
        return self.page, Box(self.box.x0, self.sheet.height - self.box.bottom, self.box.x1, self._bottom)

    @property
    def _bottom(self) -> float:
        return self.sheet.height - self.box.top

    def is_same(self) -> Fits:
        """The leaf is as before."""
        return lambda value: bool(value == self.leaf.value)

    def is_gone(self) -> Fits:
        """Nothing is left of the leaf; a name may be had from its programme's title."""
        if self.what == "name":
            return lambda value: value in (None, "", self.leaf.value)
        if self.what == "figure":
            return lambda value: not any(self.text in part for part in value or ())
        return lambda value: value in (None, False, "", ()) or (self.what == "value" and not value[1])

    def amounts_to(self, number: float) -> Fits:
        """The leaf is a number."""
        if self.what == "budget":
            return lambda value: bool(value == number)
        return lambda value: value is not None and [one[0] for one in value[1]] == [number]

    def number(self) -> float:
        """The number that it is."""
        value: Any = self.leaf.value
        value = value if self.what == "budget" else value[1][0][0]
        return float(value)

    def figures(self) -> list[tuple[Show, int]]:
        """Each figure of it: the text and the place in it."""
        return [(show, at) for show in self.shows for at, (_, char) in enumerate(show.codes) if char in FIGURES]


def list_targets(editor: Editor, reading: Reading) -> list[Target]:
    """List all that can be changed."""
    found = []
    for key, leaf in reading.leaves.items():
        what = _FIELDS.get(key[1])
        for number, place in leaf.places[:1]:
            sheet = editor.sheets[number - 1]
            box = Box(place.x0 - 1, sheet.height - place.bottom - 1, place.x1 + 1, sheet.height - place.top + 1)
            shows = tuple(show for show in sheet.shows if _stands_in(box, show))
            if key[1] == "results":
                shows = _find_figure(shows)
                what = "figure"
            if what == "item":
                shows = tuple(_find_name(shows, str(leaf.value)))
            if what and shows:
                whole = Box.around(one for show in shows for one in show.boxes)
                found.append(Target(key, what, leaf, sheet, number, shows, whole))
    return found


def _stands_in(box: Box, show: Show) -> bool:
    return bool(show.text.strip()) and all(box.contains_centre(one) for one in show.boxes)


def _find_name(shows: Sequence[Show], name: str) -> Iterator[Show]:
    """The texts of a row that are its name."""
    said = ""
    for show in shows:
        if name.startswith(said + bare(show.text)):
            said += bare(show.text)
            yield show


def _find_figure(shows: Sequence[Show]) -> tuple[Show, ...]:
    """The text that is one figure alone, or part of a line: its first figure with what it is made of."""
    for show in shows:
        if match := re.search(r"[0-9]{2,}", show.text):
            start, end = match.span()
            return (
                Show(
                    show.at, show.font, show.size, show.matrix, show.spacing, show.boxes[end - 1].x1
                    - show.boxes[start].x0, show.codes[start:end], show.boxes[start:end],
                ),
            )  # fmt: skip
    return ()


def choose(targets: Sequence[Target], chance: random.Random, *what: str) -> list[Target]:
    """Choose a third of the targets, of these kinds."""
    fitting = [target for target in targets if target.what in what]
    return chance.sample(fitting, max(1, len(fitting) // 3)) if fitting else []
