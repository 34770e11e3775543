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
_POLITE = frozenset("おご御")
_POLITE_VERBS = {"お知らせ": "知らせる", "お願い": "願う", "お話": "話す"}
# Behind て: others were had to do it (考えてもらった), and it is a doing of any verb.
_ASKED = frozenset({"もらう", "貰う", "いただく", "頂く"})
_PASSIVE = frozenset({"れる", "られる"})
_ONGOING = frozenset({"いる", "おる", "中"})
# Behind a verb they say that it is yet to be done (開業する予定である, 実施することとした).
_INTENDED = frozenset({"予定", "方針", "計画", "見込み", "見込"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A main verb, or one beside it: phrase `at`.

    `verb` is its name; `predicates` are empty where it tells of no doing (docs/facts.md, predicate).
    `before` is the phrase of the clause before it, or -1.
    """

    at: int
    before: int
    verb: str
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
        if names := _name_verbs(phrases[at], takes_object=takes_object):
            has_wo = any(phrases[child].case == "を" for child in attachment.children[at])
            predicates = _select_doings(phrases[at], names, takes_object=has_wo)
            forms = {token.lemma_ for token in phrases[at].inflection}
            voice: Voice = "passive" if forms & _PASSIVE else "active"
            negative = bool(forms & _NEGATIVE) and "ざる" not in forms
            clauses.append(Clause(at, before, names[-1], predicates, aspect, voice, negative))
    return clauses[::-1]


def _find_main_verbs(attachment: PhraseAttachment) -> list[int]:
    """Find the main verb, then those beside it, from the last to the first; none if the sentence ends otherwise."""
    phrases = attachment.phrases
    last = len(phrases) - 1
    if last < 0 or not (phrases[last].kind in VERBAL or phrases[last].infl > phrases[last].core):
        return []
    verbs = {last: None}
    for at in range(last - 1, -1, -1):
        if phrases[at].tie == "and" and attachment.find_clause_head(at) in verbs:
            verbs[at] = None
    return list(verbs)


def _to_dictionary_form(lemma: str, *, takes_object: bool) -> str:
    """Spell a verb as today: 応じる for 応ずる. What has an object is 行う, though 行った may be said of 行く."""
    if lemma == "行く" and takes_object:
        return "行う"
    return lemma[:-2] + "じる" if lemma.endswith("ずる") else lemma


def _name_verbs(phrase: Phrase, *, takes_object: bool) -> tuple[str, ...]:
    """Name a verb: of a サ変 verb its noun or its nouns (制作・配布した), of another its dictionary form."""
    if phrase.kind != "verb":
        return ()
    core = phrase.words
    if core[0].tag_.startswith("接頭辞") and core[0].text in _POLITE and len(core) > 1:
        core = core[1:]
    if core.text in _POLITE_VERBS:
        names = [_POLITE_VERBS[core.text]]
    elif core[0].tag_.startswith("動詞"):
        names = [_to_dictionary_form(core[-1].lemma_, takes_object=takes_object)]
    else:
        dots = [place for place, token in enumerate(core) if token.text in _DOTS]
        names = [
            core[start:end].text for start, end in zip([0, *(dot + 1 for dot in dots)], [*dots, len(core)], strict=True)
        ]
    return tuple(filter(None, map(strip_quotes, names)))


def _select_doings(phrase: Phrase, names: tuple[str, ...], *, takes_object: bool) -> tuple[str, ...]:
    """Select the names of verbs that tell of a doing, and not of what is so (docs/facts.md, predicate)."""
    if not _ASKED.isdisjoint(token.lemma_ for token in phrase.inflection):
        return names
    rules = activity_rules()
    none = rules.no_doing.words if takes_object else rules.no_doing.words + rules.ending.words
    return tuple(name for name in names if name not in none)


def _find_aspect(phrase: Phrase) -> Aspect | None:
    """Tell the aspect: done where it is past, ongoing where it says so, else planned (docs/facts.md, aspect).

    None of a noun whose する is not printed and behind which nothing says it (`講座を開催。`).
    """
    forms = phrase.inflection
    lemmas = [token.lemma_ for token in forms]
    last = phrase.doc[phrase.core - 1]
    if not last.tag_.startswith("動詞") and (not lemmas or phrase.lacks_suru):
        return _find_aspect_of_noun(lemmas or [last.text] * (last.text == "予定"))
    texts = [token.text for token in forms]
    if not _INTENDED.isdisjoint(texts) or ("こと" in texts and "と" in texts):
        return "planned"
    if any(token.lemma_ in {"た", "だ"} and "助動詞-タ" in str(token.morph) for token in forms):
        return "done"
    return "planned" if _ONGOING.isdisjoint(lemmas) else "ongoing"


def _find_aspect_of_noun(lemmas: list[str]) -> Aspect | None:
    """Tell the aspect by the words behind a noun whose する is not printed: 実施済み, 実施中, 実施予定."""
    if "済" in "".join(lemmas):
        return "done"
    return "ongoing" if "中" in lemmas else "planned" if lemmas else None
