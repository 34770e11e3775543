"""Read texts into annotations.

The model is loaded when a text is there that was not read before.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from extractor.annotation import cache
from extractor.annotation.time_limit import limit_cpu_time
from extractor.annotation.unwrap import UnwrappedText, unwrap_text
from extractor.grammar.mentions import ActivityMention, FactMention, Term, TextAnnotations
from extractor.runtime.faults import is_local
from extractor.runtime.fingerprint import make_language_fingerprint

if TYPE_CHECKING:
    from spacy.language import Language

Placed = TypeVar("Placed", FactMention, ActivityMention, Term)

# Characters of a piece: Sudachi takes no more than 49,149 bytes at a time, and a character has at most four.
LONGEST = 10_000
# Seconds of processor time for one analysis: many times what the longest piece of prose needs.
PATIENCE = 20
_SENTENCE_ENDS = re.compile(r"[。\n]")
_PAUSES = re.compile(r"[、，,\s]")


@dataclass(slots=True)
class ProseReader:
    """A reader that annotates the texts of a report.

    `folder`: where annotations are kept for another run (None: nowhere).
    """

    folder: Path | None = None
    _model: "Language | None" = field(default=None, repr=False)

    @property
    def model_loaded(self) -> bool:
        """Whether the model was needed so far."""
        return self._model is not None

    def annotate_texts(self, prose: Sequence[str], names: Sequence[str], year: int) -> tuple[TextAnnotations, ...]:
        """Annotate the texts of a report, each by itself.

        Its neighbours cannot change what is found in a text.

        A text whose analysis fails costs the others nothing. It is read again in another run; the others are kept.

        Args:
            prose: Texts in which all is found.
            names: Texts in which only what words tell is found, and no activities.
            year: The report's fiscal year.

        Returns:
            The annotations of each text, those of `prose` first.
        """
        whole = [True] * len(prose) + [False] * len(names)
        return tuple(
            self._recall_or_annotate(text, year, whole=each) for text, each in zip((*prose, *names), whole, strict=True)
        )

    def _recall_or_annotate(self, text: str, year: int, *, whole: bool) -> TextAnnotations:
        if self.folder is None:
            return self._annotate_text(text, year, whole=whole)
        key = cache.make_cache_key(make_language_fingerprint(), year, text, whole=whole)
        known = cache.load_annotations(self.folder, key)
        if known is not None and not known.failed and known.fits_text(text):
            return known
        annotations = self._annotate_text(text, year, whole=whole)
        if not annotations.failed:
            cache.keep_annotations(self.folder, key, annotations)
        return annotations

    def _annotate_text(self, text: str, year: int, *, whole: bool) -> TextAnnotations:
        # It takes seconds to import; what can do without the model does.
        from extractor.annotation.spacy_components import load_model

        # That there is no model is no fault of the text.
        self._model = self._model or load_model()
        annotations = TextAnnotations()
        try:
            for start, piece in split_into_pieces(text):
                with limit_cpu_time(PATIENCE):
                    annotations = _append(annotations, self._annotate_piece(piece, year, whole=whole), start)
        except BaseException as fault:
            if not is_local(fault):
                raise
            return TextAnnotations(failed=True)
        return annotations if annotations.fits_text(text) else TextAnnotations(failed=True)

    def _annotate_piece(self, text: str, year: int, *, whole: bool) -> TextAnnotations:
        unwrapped = unwrap_text(text)
        found = self._analyse_text(unwrapped.text, year, whole=whole)
        return found if unwrapped.text == text else _put_back(found, unwrapped)

    def _analyse_text(self, text: str, year: int, *, whole: bool) -> TextAnnotations:
        from extractor.annotation.spacy_components import OF_WORDS
        from extractor.annotation.terms import find_terms

        nlp = self._model
        assert nlp is not None
        doc = nlp.make_doc(text)
        doc._.fiscal_year = year
        with nlp.select_pipes(enable=nlp.pipe_names if whole else list(OF_WORDS)):
            doc = nlp(doc)
        return TextAnnotations(doc._.mentions, doc._.deeds, tuple(find_terms(doc)))


def split_into_pieces(text: str) -> Iterator[tuple[int, str]]:
    """Split a text into parts of which each can be read at once.

    It is cut between sentences where there are any.

    Code points that are no character and cannot be written (surrogates) are read as U+FFFD.

    Yields:
        The character at which a part begins, and the part.

    >>> [(start, len(piece)) for start, piece in split_into_pieces("あ" * 9_999 + "。" + "い" * 3)]
    [(0, 10000), (10000, 3)]
    >>> list(split_into_pieces(""))
    []
    """
    plain = "".join("\ufffd" if unicodedata.category(sign) == "Cs" else sign for sign in text)
    start = 0
    while start < len(plain):
        end = start + LONGEST
        if end < len(plain):
            end = _find_last(_SENTENCE_ENDS, plain, start, end) or _find_last(_PAUSES, plain, start, end) or end
        yield start, plain[start:end]
        start = end


def _find_last(sign: re.Pattern[str], text: str, start: int, end: int) -> int | None:
    """Find the place behind the last such sign between two places."""
    return max((found.end() for found in sign.finditer(text, start, end)), default=None)


def _append(before: TextAnnotations, piece: TextAnnotations, start: int) -> TextAnnotations:
    """Append what was found in a piece that begins at a place of the text."""
    first = len(before.mentions)
    deeds = (replace(deed, facts=tuple(first + index for index in deed.facts)) for deed in piece.deeds)
    return TextAnnotations(
        mentions=(*before.mentions, *(_shift(shift_links(mention, first), start) for mention in piece.mentions)),
        deeds=(*before.deeds, *(_shift(deed, start) for deed in deeds)),
        terms=(*before.terms, *(_shift(term, start) for term in piece.terms)),
    )


def _put_back(found: TextAnnotations, unwrapped: UnwrappedText) -> TextAnnotations:
    """Give what was found in an unwrapped text the places that it has in the text as it came."""

    def place(one: Placed) -> Placed:
        start, end = unwrapped.find_place(one.start, one.end)
        return replace(one, start=start, end=end)

    return TextAnnotations(
        tuple(map(place, found.mentions)), tuple(map(place, found.deeds)), tuple(map(place, found.terms))
    )


def shift_links(mention: FactMention, by: int) -> FactMention:
    """Add a number to the indices by which a quantity or time names others."""
    links = {"range_with": mention.range_with, "part_of": mention.part_of}
    shifted = {name: None if index is None else index + by for name, index in links.items()}
    return replace(mention, range_with=shifted["range_with"], part_of=shifted["part_of"])


def _shift(placed: Placed, by: int) -> Placed:
    return replace(placed, start=placed.start + by, end=placed.end + by)
