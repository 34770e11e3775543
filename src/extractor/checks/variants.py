"""Variants: words of one report that are nearly the same.

They probably should be the same. Nothing is corrected.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from extractor.annotation.report_prose import AnnotatedText
from extractor.grammar.vocabulary import load_vocabulary
from extractor.records.messages import report_finding
from extractor.records.report import Finding

# Shorter names are near others by chance.
SHORTEST = 5
# A letter more or less at the end of a word is a way of spelling (申込み, 申込); within so many kana it is none.
_KANA = re.compile(r"[ぁ-ゖー]{3,}|[ァ-ヺー]{3,}")


@dataclass(slots=True)
class _Name:
    """A name without what kind of thing it is of (事業, 制度), and the texts that have it, in order."""

    name: str
    texts: list[AnnotatedText] = field(default_factory=list)
    printed: str = ""


def check_variants(texts: Sequence[AnnotatedText]) -> Iterator[Finding]:
    """Report names that differ in one kana, and words that are nearly known ones.

    There is one finding for each pair of such names, and one for each such word.
    """
    names = _collect_names(texts)
    for one, other in _pair_near_names(names):
        rare, usual = sorted((one, other), key=lambda name: (len(name.texts), name.name))
        first, source = rare.texts[0], (*rare.texts[0].source, *usual.texts[0].source)
        yield report_finding("name-variant.beside", first.pointer, source, rare=rare.printed, usual=usual.printed)
    told: set[str] = set()
    for text in texts:
        for term in text.terms:
            if term.nearly and term.nearly[0] not in told:
                word, known = term.nearly
                told.add(word)
                yield report_finding("name-variant.nearly", text.pointer, text.source, word=word, known=known)


def _collect_names(texts: Sequence[AnnotatedText]) -> dict[str, _Name]:
    names: dict[str, _Name] = {}
    for text in texts:
        for term in text.terms:
            name = load_vocabulary().names.without_kind("".join(term.words))
            if len(name) >= SHORTEST and _KANA.search(name):
                found = names.setdefault(name, _Name(name, printed=text.text[term.start : term.end]))
                if text not in found.texts:
                    found.texts.append(text)
    return names


def _pair_near_names(names: dict[str, _Name]) -> Iterator[tuple[_Name, _Name]]:
    """Find the pairs that differ in one kana within a run of them, in the order of print.

    Two such have a form in common that one of them is, or that either is without a letter.
    """
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        for form in {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}:
            forms[form].append(name)
    order = {name: place for place, name in enumerate(names)}
    pairs = {tuple(sorted(pair, key=order.__getitem__)) for near in forms.values() for pair in combinations(near, 2)}
    for one, other in sorted(pairs, key=lambda pair: (order[pair[0]], order[pair[1]])):
        if _one_kana_apart(one, other):
            yield names[one], names[other]


def _one_kana_apart(one: str, other: str) -> bool:
    """Tell whether one kana within a run of at least three in both is all that differs.

    >>> _one_kana_apart("あおり創造学", "あおもり創造学"), _one_kana_apart("県内申込み者", "県内申込者")
    (True, False)
    """
    edits = Levenshtein.editops(one, other).as_list()
    if len(edits) != 1:
        return False
    (tag, at, other_at) = edits[0]
    return _within_kana(one, int(at), tag != "insert") and _within_kana(other, int(other_at), tag != "delete")


def _within_kana(name: str, at: int, there: bool) -> bool:
    """Tell whether a place lies within a run of kana; `there`: the letter at it is one of the run."""
    return any(run.start() <= at < run.end() if there else run.start() < at < run.end() for run in _KANA.finditer(name))
