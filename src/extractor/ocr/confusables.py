"""Letters that recognition takes for others, as data (`letters.toml`)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A letter of a script and others that look like it.

    Examples are (recognised, printed).
    """

    letter: str
    script: Literal["katakana", "hiragana", "capital"]
    others: tuple[str, ...]
    beside: bool
    examples: tuple[tuple[str, str], ...]
    counter_examples: tuple[str, ...]


class Letters:
    """All of `letters.toml`, which says what each part of it is."""

    def __init__(self, data: dict[str, Any]) -> None:
        forms, marks = data["forms"], data["marks"]
        self.wide = frozenset(forms["wide"])
        self.variants: dict[str, str] = dict(data["variants"]["pairs"]) | self._list_forms(forms["same"])
        self.alike = [Lookalike(**alike) for alike in data["alike"]]
        self._by_look = {other: alike for alike in self.alike for other in alike.others}
        # A kana and its small form; the height of ink, in sizes of the type, above which it is the large one.
        self._sizes: dict[str, tuple[str, float]] = {
            kana: (small["pair"], small["higher"]) for small in data["small"] for kana in small["pair"]
        }
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

    def mend_lookalikes(self, texts: list[str], rivals: list[str]) -> list[str]:
        """Put characters right that cannot be what they were taken for.

        Args:
            texts: The characters of a line, in order.
            rivals: The next guess for each; empty: there is none.

        Returns:
            As many characters.

        >>> "".join(load_letters().mend_lookalikes(list("グル一プ"), [""] * 4))
        'グループ'
        """
        mended = list(texts)
        for index, (text, rival) in enumerate(zip(texts, rivals, strict=True)):
            alike = self._by_look.get(text)
            if alike is not None:
                before = _name_script(mended[index - 1]) if index else ""
                after = _name_script(texts[index + 1]) if index + 1 < len(texts) else ""
                others = {before, after} - {alike.script}
                beside = alike.script in (before, after) and others.isdisjoint({"katakana", "hiragana"})
                if not others or (beside and (alike.beside or rival == alike.letter)):
                    mended[index] = alike.letter
        return mended

    def choose_kana_size(self, text: str, rival: str, height: float) -> str:
        """Choose the large or small form of a kana where recognition thought of both.

        Args:
            text: What was recognised.
            rival: The next guess; empty: there is none.
            height: The height of its ink, in sizes of the type.

        Returns:
            The character.

        >>> choose = load_letters().choose_kana_size
        >>> choose("ツ", "ッ", 0.6), choose("ッ", "ツ", 0.75), choose("ツ", "シ", 0.6)
        ('ッ', 'ツ', 'ツ')
        """
        pair, higher = self._sizes.get(text, ("", 0.0))
        if not pair or rival not in pair:
            return text
        return pair[0] if height > higher else pair[1]


def _name_script(text: str) -> str:
    if "ァ" <= text <= "ヺ" or text == "ー":
        return "katakana"
    if "ぁ" <= text <= "ゖ":
        return "hiragana"
    return "capital" if "A" <= text <= "Z" else ""


@cache
def load_letters() -> Letters:
    """Load the letters, from the package."""
    text = resources.files("extractor.ocr").joinpath("letters.toml").read_text(encoding="utf-8")
    return Letters(tomllib.loads(text))
