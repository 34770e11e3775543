"""What class of thing a noun names: a doing, an event, people, a place."""

from typing import Literal

from spacy.tokens import Doc

from extractor.annotation.activity_rules import activity_rules

# Empty where the class cannot be told.
NounClass = Literal["doing", "event", "people", "place", ""]

_NOTE_OPENING, _NOTE_CLOSING = "（(〔", "）)〕"
_BEHIND_NOUNS = frozenset({"等", "ら", "※", "・", "向け"})
_BEHIND_DOINGS = frozenset({"等", "ら", "※", "」"})
# Tokens that hold the longest word of `doings` and `events`: more need not be looked at.
_WORD_TOKENS = 4


def is_doing_noun(doc: Doc, last: int) -> bool:
    """Check whether a noun names a doing to something, and no event.

    Such doings are `周知` and `法人化` (docs/facts.md, object).

    Args:
        doc: The document.
        last: The noun's last token; 等 and signs behind the noun may be part of it.

    Returns:
        True of a サ変 noun or one of `doings`, unless it ends as one of `events`.
    """
    while last > 0 and doc[last].text in _BEHIND_DOINGS:
        last -= 1
    text = doc[max(0, last + 1 - _WORD_TOKENS) : last + 1].text
    rules = activity_rules()
    doing = doc[last].tag_.endswith("サ変可能") or rules.doings.matches_end(text)
    return doing and not rules.events.matches_end(text)


def classify_noun(doc: Doc, first: int, end: int) -> NounClass:
    """Tell the class of thing that the noun from token `first` to before `end` names.

    Args:
        doc: The document.
        first: The noun's first token.
        end: The token behind the noun.

    Returns:
        The class; empty where it cannot be told.
    """
    last = find_noun_end(doc, first, end) - 1
    text, rules = doc[first : last + 1].text, activity_rules()
    if is_doing_noun(doc, last):
        return "doing"
    if rules.events.matches_end(text.rstrip("」』")):
        return "event"
    if rules.people.matches_end(text):
        return "people"
    return "place" if "地名" in doc[last].tag_ else ""


def find_noun_end(doc: Doc, first: int, end: int) -> int:
    """Find the end of a noun without a note in brackets, 等 and signs behind it.

    Args:
        doc: The document.
        first: The noun's first token, which is always kept.
        end: The token behind the noun with its notes.

    Returns:
        The token behind the noun alone.
    """
    while end - 1 > first:
        text = doc[end - 1].text
        if text in _NOTE_CLOSING:
            end = _find_note_start(doc, first, end)
        elif text in _BEHIND_NOUNS or doc[end - 1].is_space:
            end -= 1
        else:
            break
    return end


def _find_note_start(doc: Doc, first: int, end: int) -> int:
    """Find where the note in brackets begins that ends before `end`; behind `first` if it is never opened."""
    depth = 0
    while end - 1 > first:
        end -= 1
        depth += (doc[end].text in _NOTE_CLOSING) - (doc[end].text in _NOTE_OPENING)
        if depth == 0:
            break
    return end
