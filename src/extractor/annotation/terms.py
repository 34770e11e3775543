"""Find the terms of a text, for comparing names, and the offices that it names.

Terms are its nouns with the words they are composed of. Offices are told by the endings in `offices.toml`.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from rapidfuzz.distance import Levenshtein
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from extractor.grammar.mentions import OfficeMention, Term
from extractor.grammar.office_names import ends_as_office
from extractor.grammar.vocabulary import WordList, load_words

_JOINT = "・"
_NO_PART = re.compile(r"[0-9]|^[()（）「」『』【】\[\]〔〕]$")
# A name in brackets; a sentence in them is none.
_QUOTED = re.compile(r"[「『]([^「」『』。、]{2,30})[」』]")
_NOMINAL = ("名詞-普通名詞", "名詞-固有名詞", "名詞-数詞", "接頭辞", "接尾辞")
# Words of foreign origin that may be misspelt: shorter ones are near too many others.
_LONG_FOREIGN = re.compile(r"[ァ-ヺー]{8,}")
_FOREIGN = re.compile(r"[ァ-ヺー]{2,}")
# A misspelling differs in at most so many letters, and in none of the first ones.
MOST_EDITS, SAME_START = 2, 2
# What is meant is among so many of the model's most common words of foreign origin.
MOST_COMMON = 10_000


def find_terms(doc: Doc) -> Iterator[Term]:
    """Find the nouns of a text and the names in it.

    The nouns come in the order of print, each as long as it is; then come the names in 「」 or 『』.
    """
    for is_term, tokens in groupby(doc, _is_part_of_term):
        if is_term and (run := _strip_joints(list(tokens))):
            words = tuple(token.text for token in run)
            nearly = next(((token.text, meant) for token in run if (meant := _correct_spelling(token))), None)
            yield Term(run[0].idx, run[-1].idx + len(run[-1]), words, nearly)
    for quoted in _QUOTED.finditer(doc.text):
        inside = doc.char_span(*quoted.span(1), alignment_mode="expand")
        if inside is not None:
            yield Term(quoted.start(1), quoted.end(1), tuple(token.text for token in inside))


def _is_part_of_term(token: Token) -> bool:
    if token.text == _JOINT:
        return True
    noun = token.tag_.startswith(("名詞", "接頭辞", "接尾辞-名詞的")) or token.pos_ in {"NOUN", "PROPN"}
    return noun and not _NO_PART.search(token.text) and "助数詞" not in token.tag_


def _strip_joints(run: list[Token]) -> list[Token]:
    """Take off the dots at both ends."""
    nouns = [place for place, token in enumerate(run) if token.text != _JOINT]
    return run[nouns[0] : nouns[-1] + 1] if nouns else []


def _correct_spelling(token: Token) -> str | None:
    """Find the common word that an unknown word of foreign origin is, but for a letter or two; else None."""
    text = token.text
    if not token.is_oov or not _LONG_FOREIGN.fullmatch(text):
        return None
    ranks = _rank_foreign_words(token.vocab)
    # One that is composed of two known words is no misspelling.
    if any(text[:cut] in ranks and text[cut:] in ranks for cut in range(2, len(text) - 1)):
        return None
    return next((word for word in ranks if ranks[word] < MOST_COMMON and _is_near(text, word)), None)


def _is_near(text: str, word: str) -> bool:
    """Check whether a text is a word but for a letter or two, of which it lacks none but one at most."""
    if word[:SAME_START] != text[:SAME_START] or len(word) < len(text) - 1:
        return False
    return Levenshtein.distance(text, word, score_cutoff=MOST_EDITS) <= MOST_EDITS


@cache
def _rank_foreign_words(vocab: Vocab) -> dict[str, int]:
    """Rank the model's words of foreign origin, the most common first."""
    words = (vocab.strings[key] for key in vocab.vectors)
    return {word: rank for rank, word in enumerate(filter(_FOREIGN.fullmatch, words))}


class OfficeEndings(WordList[tuple[str, str], str]):
    """The content of `offices.toml`; the comments there say what each list is for."""

    suffixes: tuple[str, ...]
    others: tuple[str, ...]


@cache
def office_endings() -> OfficeEndings:
    """Load the endings from the package, once a process."""
    return load_words("extractor.annotation", "offices.toml", OfficeEndings)


def find_offices(doc: Doc) -> Iterator[OfficeMention]:
    """Find the offices that a text names, in the order of print."""
    endings = office_endings()
    for nominal, tokens in groupby(doc, lambda token: token.tag_.startswith(_NOMINAL)):
        run = list(tokens)
        name = doc[run[0].i : run[-1].i + 1].text
        if nominal and ends_as_office(name, endings.suffixes, endings.others) and name != run[-1].text:
            yield OfficeMention(run[0].idx, run[-1].idx + len(run[-1]), name)
