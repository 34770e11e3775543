"""Sorts: what sort of thing the noun of a phrase names: a doing, an event, people, a place."""

from spacy.tokens import Doc

from extractor.annotation.activity_rules import grammar
from extractor.annotation.syntax.phrases import Phrase

# Nouns that make an aim of the clause that tells of them.
AIMS = frozenset({"ため"})


def core_text(doc: Doc, phrase: Phrase) -> str:
    """The noun or verb of a phrase as printed."""
    return doc[phrase.first : phrase.core].text


def is_doing(doc: Doc, last: int) -> bool:
    """Whether the noun whose last token is given is one of doing something to something."""
    while last > 0 and doc[last].text in {"等", "ら", "※", "」"}:
        last -= 1
    text = doc[max(0, last - 3) : last + 1].text
    words = grammar()
    return (doc[last].tag_.endswith("サ変可能") or words.doings.end(text)) and not words.events.end(text)


def sort_of(doc: Doc, phrase: Phrase) -> str:
    """What sort of thing a noun names; nothing where that cannot be told."""
    last = last_noun(doc, phrase.first, phrase.core) - 1
    text, words = doc[phrase.first : last + 1].text, grammar()
    if is_doing(doc, last):
        return "doing"
    if words.events.end(text.rstrip("」』")):
        return "event"
    if words.people.end(text):
        return "people"
    return "place" if "地名" in doc[last].tag_ else ""


def last_noun(doc: Doc, first: int, end: int) -> int:
    """Behind the last noun of tokens: without a note in brackets, 等 and signs at their end."""
    while end - 1 > first:
        text = doc[end - 1].text
        if text in "）)〕":
            depth = 0
            while end - 1 > first:
                depth += (doc[end - 1].text in "）)〕") - (doc[end - 1].text in "（(〔")
                end -= 1
                if depth == 0:
                    break
        elif text in {"等", "ら", "※", "・", "向け"} or doc[end - 1].is_space:
            end -= 1
        else:
            break
    return end


def is_topic_of_doing(doc: Doc, phrase: Phrase) -> bool:
    """Whether a noun with は or も is one of a doing or an event, and so what is held where nothing has を."""
    return (
        phrase.kind == "noun"
        and phrase.mark is None
        and phrase.particle in {"は", "も"}
        and sort_of(doc, phrase) in {"doing", "event"}
    )
