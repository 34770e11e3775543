"""Reader: texts become what is found in them. The model is loaded when a text is there that was not read before."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from extractor.annotation import cache
from extractor.annotation.time_limit import bounded
from extractor.grammar.mentions import Deed, Mention, Term, Told
from extractor.runtime.faults import is_local
from extractor.runtime.fingerprint import language_fingerprint

if TYPE_CHECKING:
    from spacy.language import Language

Placed = TypeVar("Placed", Mention, Deed, Term)

# Sudachi takes no more than 49,149 bytes at a time, and a character has at most four.
LONGEST = 10_000
# Seconds of processor time for one analysis: many times what the longest piece of prose needs.
PATIENCE = 20
_ENDS = re.compile(r"[。\n]")
_RESTS = re.compile(r"[、，,\s]")


@dataclass(slots=True)
class Reader:
    """Reads texts of a report. `folder`: where what was found is kept for another run (None: nowhere).

    `loaded`: whether the model had to be loaded.
    """

    folder: Path | None = None
    _model: "Language | None" = field(default=None, repr=False)

    @property
    def loaded(self) -> bool:
        """Whether the model was needed so far."""
        return self._model is not None

    def read(self, prose: Sequence[str], names: Sequence[str], year: int) -> tuple[Told, ...]:
        """What is found in each text of a report of fiscal `year`: all of it in prose, in names what words tell.

        A text whose analysis fails costs the others nothing. Then nothing is kept for another run.
        """
        if not prose and not names:
            return ()
        name = cache.name_of(language_fingerprint(), year, prose, names)
        known = cache.load(self.folder, name) if self.folder else None
        texts = (*prose, *names)
        if known is not None and _fit(known, texts):
            return known
        told = tuple(self._read(text, year, whole=index < len(prose)) for index, text in enumerate(texts))
        if self.folder and _fit(told, texts):
            cache.keep(self.folder, name, told)
        return told

    def _read(self, text: str, year: int, *, whole: bool) -> Told:
        """What is found in one text. Each is read by itself, so that its neighbours cannot change what is found."""
        from extractor.annotation.model import load

        # That there is no model is no fault of the text.
        self._model = self._model or load()
        found = Told()
        try:
            for start, piece in pieces(text):
                with bounded(PATIENCE):
                    found = _joined(found, self._piece(piece, year, whole=whole), start)
        except BaseException as fault:
            if not is_local(fault):
                raise
            return Told(failed=True)
        return found if found.fits(text) else Told(failed=True)

    def _piece(self, text: str, year: int, *, whole: bool) -> Told:
        from extractor.annotation.model import WORDS_ALONE
        from extractor.annotation.terms import find_terms

        nlp = self._model
        assert nlp is not None
        doc = nlp.make_doc(text)
        doc._.fiscal_year = year
        if whole:
            doc = nlp(doc)
        else:
            with nlp.select_pipes(enable=WORDS_ALONE):
                doc = nlp(doc)
        return Told(doc._.mentions, doc._.deeds, tuple(find_terms(doc)))


def _fit(told: Sequence[Told], texts: Sequence[str]) -> bool:
    """Whether what was found is that of these texts, and of each of them."""
    return len(told) == len(texts) and all(
        not one.failed and one.fits(text) for one, text in zip(told, texts, strict=True)
    )


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """A text in parts of which each can be read at once, with the place at which it begins; cut between sentences.

    Code points that are no character and cannot be written (surrogates) are read as U+FFFD.

    >>> [(start, len(piece)) for start, piece in pieces("あ" * 9_999 + "。" + "い" * 3)]
    [(0, 10000), (10000, 3)]
    """
    plain = "".join("\ufffd" if unicodedata.category(sign) == "Cs" else sign for sign in text)
    start = 0
    while start < len(plain):
        end = start + LONGEST
        if end < len(plain):
            end = _last(_ENDS, plain, start, end) or _last(_RESTS, plain, start, end) or end
        yield start, plain[start:end]
        start = end


def _last(sign: re.Pattern[str], text: str, start: int, end: int) -> int | None:
    """The place behind the last such sign between two places."""
    return max((found.end() for found in sign.finditer(text, start, end)), default=None)


def _joined(before: Told, found: Told, start: int) -> Told:
    """What was found up to a place, and behind it in a piece that begins there."""
    first = len(before.mentions)
    deeds = (replace(deed, facts=tuple(first + index for index in deed.facts)) for deed in found.deeds)
    return Told(
        mentions=(*before.mentions, *(_moved(one, start) for one in found.mentions)),
        deeds=(*before.deeds, *(_moved(one, start) for one in deeds)),
        terms=(*before.terms, *(_moved(one, start) for one in found.terms)),
    )


def _moved(one: Placed, by: int) -> Placed:
    return replace(one, start=one.start + by, end=one.end + by)
