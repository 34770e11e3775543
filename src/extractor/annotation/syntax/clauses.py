"""The main clauses of a sentence, and their aspect.

The aspect is whether what they say was done, is being done or is planned.

In: the phrases of a sentence and their heads. Out: `Clause`s (docs/facts.md, Activities: predicate, aspect, voice).
"""

from dataclasses import dataclass

from extractor.annotation.activity_rules import activity_rules
from extractor.annotation.syntax.attachment import PhraseAttachment
from extractor.annotation.syntax.phrases import VERBAL, Phrase
from extractor.annotation.syntax.sentences import strip_quotes
from extractor.records.report import Aspect, Voice

_DOTS = frozenset("・･／/")
_NEGATIVE = frozenset({"ない", "ぬ", "ず", "無い"})
_PASSIVE = frozenset({"れる", "られる"})
_ONGOING = frozenset({"いる", "おる", "中"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A main verb, or one beside it: phrase `at`.

    `before` is the phrase of the clause before it, or -1.
    """

    at: int
    before: int
    predicates: tuple[str, ...]
    aspect: Aspect | None
    voice: Voice
    negative: bool


def find_main_clauses(attachment: PhraseAttachment) -> list[Clause]:
    """Find the clauses of a sentence that are no part of another, in the order of print."""
    phrases = attachment.phrases
    verbs = _find_main_verbs(attachment)
    clauses: list[Clause] = []
    # A clause takes the aspect of the verb that it leads to (docs/facts.md, aspect).
    aspect: Aspect | None = "planned"
    for at, before in zip(verbs, [*verbs[1:], -1], strict=False):
        own = _find_aspect(phrases[at])
        if phrases[at].tie == "end" or own not in {"planned", None}:
            aspect = own
        takes_object = any(
            phrases[child].case == "を" or phrases[child].is_topic_of_doing for child in attachment.children[at]
        )
        if predicates := _name_predicates(phrases[at], takes_object=takes_object):
            forms = {token.lemma_ for token in phrases[at].inflection}
            voice: Voice = "passive" if forms & _PASSIVE else "active"
            negative = bool(forms & _NEGATIVE) and "ざる" not in forms
            clauses.append(Clause(at, before, predicates, aspect, voice, negative))
    return clauses[::-1]


def _find_main_verbs(attachment: PhraseAttachment) -> list[int]:
    """Find the main verb, then those beside it, from the last to the first; none if the sentence ends otherwise."""
    phrases = attachment.phrases
    last = len(phrases) - 1
    if last < 0 or not (phrases[last].kind in VERBAL or phrases[last].infl > phrases[last].core):
        return []
    verbs = {last: None}
    for at in range(last - 1, -1, -1):
        if phrases[at].tie == "and" and attachment.head_of[at] in verbs:
            verbs[at] = None
    return list(verbs)


def _to_dictionary_form(lemma: str, *, takes_object: bool) -> str:
    """Spell a verb as today: 応じる for 応ずる. What has an object is 行う, though 行った may be said of 行く."""
    if lemma == "行く" and takes_object:
        return "行う"
    return lemma[:-2] + "じる" if lemma.endswith("ずる") else lemma


def _name_predicates(phrase: Phrase, *, takes_object: bool) -> tuple[str, ...]:
    """Name what was done: of a サ変 verb its noun or its nouns (制作・配布した), of another its dictionary form.

    Verbs that tell of what is so, and not of a doing, are none (docs/facts.md, predicate).
    """
    if phrase.kind != "verb":
        return ()
    core = phrase.words
    if core[0].tag_.startswith("動詞"):
        names = [_to_dictionary_form(core[-1].lemma_, takes_object=takes_object)]
    else:
        dots = [place for place, token in enumerate(core) if token.text in _DOTS]
        names = [
            core[start:end].text for start, end in zip([0, *(dot + 1 for dot in dots)], [*dots, len(core)], strict=True)
        ]
    no_doing = activity_rules().no_doing.words
    return tuple(name for name in map(strip_quotes, names) if name and name not in no_doing)


def _find_aspect(phrase: Phrase) -> Aspect | None:
    """Tell the aspect: done where it is past, ongoing where it says so, else planned (docs/facts.md, aspect).

    None of a noun whose する is not printed and behind which nothing says it (`講座を開催。`).
    """
    forms = phrase.inflection
    lemmas = [token.lemma_ for token in forms]
    last = phrase.doc[phrase.core - 1]
    if not last.tag_.startswith("動詞") and (not lemmas or phrase.lacks_suru):
        return _find_aspect_of_noun(lemmas or [last.text] * (last.text == "予定"))
    if any(token.lemma_ in {"た", "だ"} and "助動詞-タ" in str(token.morph) for token in forms):
        return "done"
    return "planned" if _ONGOING.isdisjoint(lemmas) else "ongoing"


def _find_aspect_of_noun(lemmas: list[str]) -> Aspect | None:
    """Tell the aspect by the words behind a noun whose する is not printed: 実施済み, 実施中, 実施予定."""
    if "済" in "".join(lemmas):
        return "done"
    return "ongoing" if "中" in lemmas else "planned" if lemmas else None
