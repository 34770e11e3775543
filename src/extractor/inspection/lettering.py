"""Lettering: the words of a picture in its reader's language, and a font that has them.

The program brings no font along. Without a Japanese one on the machine the words are Latin, as the page's own text is
in its picture anyway.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from PIL import ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
# Gothic fonts as they are named on Linux, macOS and Windows; Pillow looks in the folders of the system.
_JAPANESE_FONTS = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansJP-Regular.ttf",
    "ipag.ttf",
    "fonts-japanese-gothic.ttf",
    "ヒラギノ角ゴシック W3.ttc",
    "YuGothM.ttc",
    "meiryo.ttc",
    "msgothic.ttc",
)


@dataclass(frozen=True, slots=True)
class Lettering:
    """What is written for each English label, and the font's name; None: the font that Pillow brings, of Latin letters.

    A label that has no words of its own is written word by word.
    """

    words: Mapping[str, str]
    font_name: str | None

    def load_font(self, size: int) -> Font:
        """Load the font in a size of pixels."""
        return ImageFont.load_default(size) if self.font_name is None else ImageFont.truetype(self.font_name, size)

    def translate_label(self, label: str) -> str:
        """Write a label in the reader's language; without a font for it, in Latin letters."""
        if self.font_name is None:
            return label.encode("ascii", "replace").decode("ascii")
        return self.words.get(label) or " ".join(self.words.get(part, part) for part in label.split(" "))


LATIN = Lettering({}, None)


def choose_lettering(words: Mapping[str, str]) -> Lettering:
    """Choose a font for words.

    Args:
        words: What is written for each English label; empty: the labels themselves.

    Returns:
        The words with the first Japanese font that the machine has; without words, or without such a font, Latin ones.
    """
    for name in _JAPANESE_FONTS if words else ():
        with suppress(OSError):
            ImageFont.truetype(name, 1)
            return Lettering(words, name)
    return LATIN
