"""Characters that look or mean nearly the same, or stand alike in a line, listed once.

A string stands within the square brackets of a regular expression; a set is for asking what a character is.
What records and comparison keys make of them is in docs/characters.md.
"""

# The hyphen of the keyboard, the hyphen and the one at which no line breaks. They may be a minus, and mostly are none.
HYPHENS = r"\-‐‑⁃﹣"
# Figure dash, en dash, em dash, bar, rules of box drawing used as dashes, and signs of other alphabets drawn alike.
DASHES = "‒–—―⸺⸻─━╴╶﹘˗⎯ㅡ\u0336"
# The minus of mathematics, and the full-width one, which is a full-width hyphen by its other name.
MINUS = "−－"
# What makes a figure negative where it touches it: a hyphen or minus, and the triangles of public accounts.
PLAIN_MINUS = "-−"
TRIANGLES = "△▲"
# The mark of a long vowel: a letter, which stands for a dash only where it stands alone.
LONG = "ーｰ"
# From … to: the wave dash and the full-width tilde are one sign of JIS X 0208 under two code points.
WAVES = "~〜～∼˜〰"
LINES = HYPHENS + DASHES + MINUS + LONG
# In front of a figure they may mean that it is negative, but not for certain: only △ and ▲ do in public accounts.
UNSURE_MINUS = "Δ▵▴▽▼▿▾"

# Brackets and quotation marks, and the full-width points: ink in the right half of its square, and in the left one.
OPENERS = frozenset("([{（［｛「『【〔〈《＜“‘｢")
CLOSERS = frozenset(")]}）］｝」』】〕〉》＞”’｣")
POINTS = frozenset("、。，．")
# Brackets that set words apart in a cell whose full-width signs are made plain.
BRACKETS = {"(": ")", "[": "]", "【": "】", "〔": "〕", "「": "」", "『": "』", "〈": "〉", "《": "》"}

MIDDLE_DOTS = "・･‧·∙⋅•"

# Nothing is printed for these: zero-width blanks and joiners, marks of writing direction, invisible operators, choosers
# of a letter's form (variation selectors, tags). Listed, since what Python's own tables say changes with its version.
INVISIBLE = (
    "\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff"
)
# Code points without a meaning of their own (外字): what is printed there, only the font knows.
PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"

# Kana, ideographs and Latin letters. Any other letter (ÿ, Д) is none that a Japanese report writes a word with.
LETTERS = "A-Za-z\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fc-\u30fe々〆"
LETTERS += "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
