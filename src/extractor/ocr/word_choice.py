"""Word choice: of characters that look alike, the one is taken with which the line is made of words that there are.

Sudachi's dictionary says what words there are and how well they follow one another; recognition says how likely each
character is. No figure takes part in it.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import product

import sudachipy
from sudachipy.config import Config

from extractor.ocr.confusables import load_letters
from extractor.ocr.models import Sign

# The dictionary says how rare a word is in units of which about 700 stand for a factor of e (MeCab's cost factor, with
# which its costs were trained): recognition's doubt is put into the same.
DOUBT = 700.0
# What a character costs that recognition did not think of.
LEAST = 1e-3
# What a letter of a group costs in a word that the dictionary lacks, and one where it writes the word with another of
# the group (キヤリア is キャリア). Found by trial on 45 pages of three reports at 150 to 300 dots an inch.
UNKNOWN, UNUSUAL = 4000, 2000
# Letters in one stretch are chosen together; so many at most, and so near one another.
TOGETHER, NEAR = 5, 2
# How far beside them the words are looked at.
CONTEXT = 10
# The dictionary holds Ⅰ for an I; no abbreviation is written with it.
_MIXED = re.compile("[A-Z]Ⅰ|Ⅰ[A-Z]")


def choose_letters(signs: Sequence[Sign], before: str = "", after: str = "") -> tuple[Sign, ...]:
    """Choose between characters that look alike in a line.

    Args:
        signs: The characters of the line.
        before: The end of the text before it, as far as it is known.
        after: The beginning of the text after it.

    Returns:
        As many characters; where there was a choice, with the probability of the one that was taken.

    >>> signs = [Sign(text, 0.9, 0.0, "", 0.0) for text in "グル一プ"]
    >>> "".join(sign.text for sign in choose_letters(signs))
    'グループ'
    """
    texts = [sign.text for sign in signs]
    chosen = list(signs)
    for stretch in _find_stretches(texts):
        left, right = max(0, stretch[0] - CONTEXT), stretch[-1] + CONTEXT + 1
        costs: dict[tuple[str, ...], float] = {}
        for letters in product(*(load_letters().alike[texts[index]] for index in stretch)):
            for index, letter in zip(stretch, letters, strict=True):
                texts[index] = letter
            line = before[-CONTEXT:] * (left == 0) + "".join(texts[left:right]) + after[:CONTEXT] * (right > len(texts))
            doubts = (_weigh_doubt(signs[index], texts[index]) for index in stretch)
            costs[letters] = _weigh_words(line) + sum(doubts)
        best = min(costs, key=lambda letters: (costs[letters], letters))
        for place, (index, letter) in enumerate(zip(stretch, best, strict=True)):
            texts[index] = letter
            others = [cost for letters, cost in costs.items() if letters[place] != letter]
            surer = 1 / (1 + math.exp(min((costs[best] - min(others)) / DOUBT, 0.0)))
            chosen[index] = replace(signs[index], text=letter, score=surer)
    return tuple(chosen)


def _find_stretches(texts: Sequence[str]) -> Iterator[list[int]]:
    """Find the letters of groups that stand near one another."""
    stretch: list[int] = []
    for index in (index for index, text in enumerate(texts) if text in load_letters().alike):
        if stretch and (index - stretch[-1] > NEAR or len(stretch) == TOGETHER):
            yield stretch
            stretch = []
        stretch.append(index)
    if stretch:
        yield stretch


def _weigh_doubt(sign: Sign, text: str) -> float:
    """Weigh how unlikely recognition thought a character."""
    likely = {sign.rival: sign.rival_score, sign.text: sign.score}.get(text, 0.0)
    return -math.log(max(likely, LEAST)) * DOUBT


@lru_cache(maxsize=4096)
def _weigh_words(line: str) -> float:
    """Weigh how unlikely it is that a line is printed so."""
    words = _open_dictionary().tokenize(line)
    cost = float(words.get_internal_cost()) + UNUSUAL * len(_MIXED.findall(line))
    for word in words:
        text, usual = word.surface(), word.normalized_form()
        if word.is_oov():
            cost += UNKNOWN * sum(letter in load_letters().alike for letter in text)
        elif len(usual) == len(text):
            cost += UNUSUAL * sum(
                ours != theirs and theirs in load_letters().alike.get(ours, "")
                for ours, theirs in zip(text, usual, strict=True)
            )
    return cost


@cache
def _open_dictionary() -> sudachipy.Tokenizer:
    """Open the dictionary; words in katakana stay apart: joined (センターヘ), they are none of its words."""
    return sudachipy.Dictionary(config=Config(system="core", pathRewritePlugin=[])).create()
