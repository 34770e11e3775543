"""Letters that recognition takes for others, as data (`letters.toml`)."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


class Letters:
    """All of `letters.toml`, which says what each part of it is."""

    def __init__(self, data: dict[str, Any]) -> None:
        forms, marks = data["forms"], data["marks"]
        self.wide = frozenset(forms["wide"])
        self.variants: dict[str, str] = dict(data["variants"]["pairs"]) | self._list_forms(forms["same"])
        # The characters that one may be, itself among them.
        self.alike: dict[str, str] = {text: group for group in data["alike"]["groups"] for text in group}
        self.examples: list[tuple[str, str]] = [(one, other) for one, other in data["alike"]["examples"]]
        self.counter_examples: list[str] = data["alike"]["counter_examples"]
        self._also, self._never = frozenset(marks["also"]), frozenset(marks["never"])

    def _list_forms(self, same: list[str]) -> dict[str, str]:
        """Map each form of a character that is not taken to the one that is taken for it."""
        widths = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
        pairs = {full: half for full, half in widths.items() if full not in self.wide and half != "~"}
        pairs |= {widths[full]: full for full in self.wide}
        return pairs | {other: group[0] for group in same for other in group[1:]}

    def is_japanese(self, text: str) -> bool:
        """Tell whether a character occurs in Japanese print.

        It does if it is in the character set of Japanese Windows.

        >>> [load_letters().is_japanese(text) for text in "項①㎡é项Я"]
        [True, True, True, False, False, False]
        """
        if text in self._also:
            return True
        try:
            text.encode("cp932")
        except UnicodeEncodeError:
            return False
        return text not in self._never


@cache
def load_letters() -> Letters:
    """Load the letters, from the package."""
    text = resources.files("extractor.ocr").joinpath("letters.toml").read_text(encoding="utf-8")
    return Letters(tomllib.loads(text))
