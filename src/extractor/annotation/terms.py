"""Terms: the nouns of a text with the words they are composed of, for comparing names."""

import re
from collections.abc import Iterator
from functools import cache

from rapidfuzz.distance import Levenshtein
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from extractor.grammar.mentions import Term

_JOINT = "・"
_COUNTED = re.compile(r"[0-9]|^[()（）「」『』【】\[\]〔〕]$")
# A name in brackets; a sentence in them is none.
_QUOTED = re.compile(r"[「『]([^「」『』。、]{2,30})[」』]")
# Words of foreign origin that may be misspelt: shorter ones are near too many others.
_FOREIGN = re.compile(r"[ァ-ヺー]{8,}")
_ANY_FOREIGN = re.compile(r"[ァ-ヺー]{2,}")
# As many letters may differ, but not the first ones; and what is meant is one of the model's more common such words.
NEAR, FIRST, COMMON = 2, 2, 10_000


def find_terms(doc: Doc) -> Iterator[Term]:
    """The nouns of a text in the order of print, each as long as it is; then what stands in 「」 or 『』, as a name."""
    yield from _nouns(doc)
    for quoted in _QUOTED.finditer(doc.text):
        inside = doc.char_span(*quoted.span(1), alignment_mode="expand")
        if inside is not None:
            yield Term(quoted.start(1), quoted.end(1), tuple(token.text for token in inside))


def _nouns(doc: Doc) -> Iterator[Term]:
    run: list[Token] = []
    for token in doc:
        if _is_part(token):
            run.append(token)
            continue
        yield from _term(run)
        run = []
    yield from _term(run)


def _is_part(token: Token) -> bool:
    if token.text == _JOINT:
        return True
    noun = token.tag_.startswith(("名詞", "接頭辞", "接尾辞-名詞的")) or token.pos_ in {"NOUN", "PROPN"}
    return noun and not _COUNTED.search(token.text) and "助数詞" not in token.tag_


def _term(run: list[Token]) -> Iterator[Term]:
    while run and run[0].text == _JOINT:
        run = run[1:]
    while run and run[-1].text == _JOINT:
        run = run[:-1]
    if run:
        words = tuple(token.text for token in run)
        nearly = next(((token.text, near) for token in run if (near := _meant(token))), None)
        yield Term(run[0].idx, run[-1].idx + len(run[-1]), words, nearly)


def _meant(token: Token) -> str | None:
    """A common word that an unknown word of foreign origin is, but for a letter or two."""
    if not token.is_oov or not _FOREIGN.fullmatch(token.text):
        return None
    known = _foreign_words(token.vocab)
    if any(token.text[:cut] in known and token.text[cut:] in known for cut in range(2, len(token.text) - 1)):
        return None
    near = [
        (known[word], word)
        for word in known
        if word[:FIRST] == token.text[:FIRST]
        and known[word] < COMMON
        and len(word) >= len(token.text) - 1
        and Levenshtein.distance(token.text, word, score_cutoff=NEAR) <= NEAR
    ]
    return min(near)[1] if near else None


@cache
def _foreign_words(vocab: Vocab) -> dict[str, int]:
    """The model's words of foreign origin, and how far down the list of them, which begins with the most common."""
    words = (vocab.strings[key] for key in vocab.vectors)
    return {word: place for place, word in enumerate(filter(_ANY_FOREIGN.fullmatch, words))}
