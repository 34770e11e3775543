"""Mentions: what the components leave on a document, at half-open places of its text."""

from dataclasses import dataclass

from extractor.records.report import Aspect, Quantity, Voice


@dataclass(frozen=True, slots=True)
class FactMention:
    """A quantity, or a time where there is none.

    `edtf` None: it cannot be told which time. `counted`: what is counted. `range_with` and `part_of` are indices into
    the document's mentions: the other end of its range, and the amount of which it is a part.
    """

    start: int
    end: int
    quantity: Quantity | None = None
    edtf: str | None = None
    counted: str | None = None
    range_with: int | None = None
    part_of: int | None = None


@dataclass(frozen=True, slots=True)
class OfficeMention:
    """An office that prose names, from `start` to `end`."""

    start: int
    end: int
    division: str


@dataclass(frozen=True, slots=True)
class ActivityMention:
    """An activity, as `record.Activity` has it.

    `facts` are indices into the document's mentions. `aspect` None: no verb's form says it (`講座を開催。`), but only
    where it stands.
    """

    start: int
    end: int
    predicate: str
    object: str | None
    recipients: tuple[str, ...]
    means: tuple[str, ...]
    purpose: str | None
    aspect: Aspect | None
    voice: Voice
    negative: bool
    facts: tuple[int, ...]
    agent: str | None = None
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A noun of one word or several, and these.

    `nearly`: an unknown one and the known word that it nearly is.
    """

    start: int
    end: int
    words: tuple[str, ...]
    nearly: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class TextAnnotations:
    """All that was found in one text.

    Of one that is a name and no prose, `deeds` are empty. `failed`: its analysis failed, and nothing is known of it.
    """

    mentions: tuple[FactMention, ...] = ()
    deeds: tuple[ActivityMention, ...] = ()
    terms: tuple[Term, ...] = ()
    failed: bool = False

    def fits_text(self, text: str) -> bool:
        """Tell whether all of it lies in a text.

        Each activity's facts must also be among its mentions.
        """
        places = [(one.start, one.end) for found in (self.mentions, self.deeds, self.terms) for one in found]
        facts = range(len(self.mentions))
        return all(0 <= start < end <= len(text) for start, end in places) and all(
            index in facts for deed in self.deeds for index in deed.facts
        )
