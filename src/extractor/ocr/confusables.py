"""Letters that recognition takes for others, as data (`letters.toml`)."""

import tomllib
from functools import cache, cached_property
from importlib import resources
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict


class _LetterPart(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CharacterVariants(_LetterPart):
    """Pairs of a character that Japanese lacks and the one it has in its place."""

    pairs: tuple[str, ...]


class WidthForms(_LetterPart):
    """Signs whose full-width form is taken, and groups of signs that are one.

    Of a group the first is taken.
    """

    wide: str
    same: tuple[str, ...]


class ExtraSigns(_LetterPart):
    """Signs that Japanese print holds, though they are in no Japanese character set.

    `never` are those that it never holds.
    """

    also: tuple[str, ...]
    never: str


class Lookalike(_LetterPart):
    """A letter of a script and others that look like it.

    Examples are (recognised, printed).
    """

    letter: str
    script: Literal["katakana", "hiragana", "capital"]
    others: tuple[str, ...]
    beside: bool
    examples: tuple[tuple[str, str], ...]
    counter_examples: tuple[str, ...]


class SmallKana(_LetterPart):
    """A kana and its small form.

    It is the large one where its ink is `higher` than this, in sizes of the type.
    """

    pair: str
    higher: float


class _Data(_LetterPart):
    variants: CharacterVariants
    forms: WidthForms
    marks: ExtraSigns
    alike: tuple[Lookalike, ...]
    small: tuple[SmallKana, ...]


class Letters:
    """All of `letters.toml`."""

    def __init__(self, data: _Data) -> None:
        self.variants = {pair[0]: pair[1] for pair in data.variants.pairs} | _list_forms(data.forms)
        self.wide = frozenset(data.forms.wide)
        self.alike = data.alike
        self.small = {kana: small for small in data.small for kana in small.pair}
        self._also, self._never = frozenset(data.marks.also), frozenset(data.marks.never)

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

    @cached_property
    def _by_look(self) -> dict[str, Lookalike]:
        return {other: alike for alike in self.alike for other in alike.others}

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
            if alike is None:
                continue
            before = _name_script(mended[index - 1]) if index else ""
            after = _name_script(texts[index + 1]) if index + 1 < len(texts) else ""
            sides = [before, after]
            beside = alike.script in sides and not {"katakana", "hiragana"} & {*sides} - {alike.script}
            if sides == [alike.script] * 2 or (beside and (alike.beside or rival == alike.letter)):
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
        small = self.small.get(text)
        if small is None or rival not in small.pair:
            return text
        return small.pair[0] if height > small.higher else small.pair[1]


def _list_forms(forms: WidthForms) -> dict[str, str]:
    """Map each form of a character that is not taken to the one that is taken for it."""
    pairs = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    pairs = {full: half for full, half in pairs.items() if full not in forms.wide and half != "~"}
    pairs |= {chr(ord(full) - 0xFEE0): full for full in forms.wide}
    return pairs | {other: group[0] for group in forms.same for other in group[1:]}


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
    data: dict[str, Any] = tomllib.loads(text)
    return Letters(_Data.model_validate(data))
