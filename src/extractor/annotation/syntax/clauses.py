"""Clauses: the main verbs of a sentence, and whether what they say was done, is being done or is planned."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from extractor.annotation.activity_rules import grammar
from extractor.annotation.syntax.attachment import Heads
from extractor.annotation.syntax.noun_classes import is_topic_of_doing
from extractor.annotation.syntax.phrases import Phrase
from extractor.annotation.syntax.sentences import unquoted
from extractor.records.report import Aspect, Voice

_DOTS = frozenset("・･／/")
_NEGATIVE = frozenset({"ない", "ぬ", "ず", "無い"})
_GOING_ON = frozenset({"いる", "おる", "中"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A main verb, or one beside it: phrase `at`; `before` is the phrase of the one before it, -1 if there is none."""

    at: int
    before: int
    predicates: tuple[str, ...]
    aspect: Aspect | None
    voice: Voice
    negative: bool


def clauses(doc: Doc, phrases: Sequence[Phrase], heads: Heads) -> list[Clause]:
    """The clauses of a sentence that are no part of another, in the order of print."""
    chain = _chain(phrases, heads)
    found: list[Clause] = []
    led_to: Aspect | None = "planned"
    for place, at in enumerate(chain):
        phrase = phrases[at]
        own = _aspect(doc, phrase)
        led_to = own if phrase.tie == "end" or own not in {"planned", None} else led_to
        before = chain[place + 1] if place + 1 < len(chain) else -1
        predicates = _predicates(doc, phrase, any(_acted_on(doc, phrases[child]) for child in heads.children[at]))
        if predicates:
            voice: Voice = "passive" if _has(doc, phrase, {"れる", "られる"}) else "active"
            negative = _has(doc, phrase, _NEGATIVE) and "ざる" not in _tokens(doc, phrase)
            found.append(Clause(at, before, predicates, led_to, voice, negative))
    return found[::-1]


def _chain(phrases: Sequence[Phrase], heads: Heads) -> list[int]:
    """The main verb, then those beside it, from the last to the first."""
    verbs = [at for at, phrase in enumerate(phrases) if phrase.kind in {"verb", "copula"} or phrase.infl > phrase.core]
    if not verbs or verbs[-1] != len(phrases) - 1:
        return []
    chain = {verbs[-1]: None}
    for at in range(verbs[-1] - 1, -1, -1):
        if phrases[at].tie == "and" and heads.of[at] in chain:
            chain[at] = None
    return list(chain)


def _dictionary_form(lemma: str, takes_object: bool) -> str:
    """As it is spelt today: 応じる for 応ずる. What has an object is 行う, though 行った may be said of 行く."""
    if lemma == "行く" and takes_object:
        return "行う"
    return lemma[:-2] + "じる" if lemma.endswith("ずる") else lemma


def _predicates(doc: Doc, phrase: Phrase, takes_object: bool) -> tuple[str, ...]:
    """What was done: of a サ変 verb its noun, or its nouns, of another its dictionary form."""
    if phrase.kind != "verb":
        return ()
    core = doc[phrase.first : phrase.core]
    if core[0].tag_.startswith("動詞"):
        names = [_dictionary_form(core[-1].lemma_, takes_object)]
    else:
        names, start = [], 0
        for place, token in enumerate(core):
            if token.text in _DOTS:
                names.append(core[start:place].text)
                start = place + 1
        names.append(core[start:].text)
    return tuple(name for name in map(unquoted, names) if name and name not in grammar().no_doing.words)


def _tokens(doc: Doc, phrase: Phrase) -> list[str]:
    return [token.lemma_ for token in doc[phrase.forms]]


def _has(doc: Doc, phrase: Phrase, lemmas: frozenset[str] | set[str]) -> bool:
    return any(lemma in lemmas for lemma in _tokens(doc, phrase))


def _acted_on(doc: Doc, phrase: Phrase) -> bool:
    return phrase.case == "を" or is_topic_of_doing(doc, phrase)


def _aspect(doc: Doc, phrase: Phrase) -> Aspect | None:
    """Done where it is past, going on where it says so, else planned; None of a noun whose する is not printed."""
    lemmas = _tokens(doc, phrase)
    if not doc[phrase.core - 1].tag_.startswith("動詞") and (not lemmas or phrase.noun_form):
        lemmas = lemmas or [one for one in (doc[phrase.core - 1].text,) if one == "予定"]
        return "done" if "済" in "".join(lemmas) else "ongoing" if "中" in lemmas else "planned" if lemmas else None
    if any(token.lemma_ in {"た", "だ"} and "助動詞-タ" in str(token.morph) for token in doc[phrase.forms]):
        return "done"
    return "ongoing" if any(lemma in _GOING_ON for lemma in lemmas) else "planned"
