"""Cut a sentence into phrases. What stands in brackets is not looked into.

In: a document that GiNZA has tagged, and the tokens of its quantities and times. Out: `Phrase`s in the order of print,
each with its particle, its inflection and what ties its clause to the next (docs/facts.md, Activities).
"""

import re
from collections.abc import Sequence
from typing import TypeVar

from spacy.tokens import Doc, Token

from extractor.annotation.activity_rules import ClauseLink, CompoundParticle, activity_rules
from extractor.annotation.syntax.phrases import ClauseTie, Phrase, PhraseKind
from extractor.annotation.syntax.sentences import OPENING, QUOTES, SENTENCE_ENDS, pair_brackets
from extractor.grammar.characters import WAVES

_PatternRule = TypeVar("_PatternRule", CompoundParticle, ClauseLink)

_COMMA = "補助記号-読点"
_CONJUNCTIONS = frozenset(
    {"及び", "および", "並びに", "ならびに", "又は", "または", "若しくは", "もしくは", "かつ", "あるいは"}
)
_COORDINATING_PARTICLES = frozenset({"や", "とか", "か", "だの"})
_UNINFLECTED = ("接続詞", "副詞", "感動詞", "連体詞")
_NOMINAL = ("名詞", "代名詞", "接頭辞", "接尾辞", "形状詞", "空白")
_SIGNS_IN_NOUNS = ("補助記号-一般", "補助記号-ＡＡ", "記号")
_SURU = frozenset({"する", "できる", "いたす", "致す"})
# GiNZA's labels of what hangs on a verb: と behind such a noun lists nothing.
_OF_VERBS = frozenset({"obl", "obj", "nsubj", "iobj"})
# して: a verb with a longer inflection says how, and makes nothing for the next one (docs/facts.md, predicate).
_SHITE_TOKENS = 2
# Nouns that stand for a clause or a time, and are listed with nothing.
_FORMAL_NOUNS = frozenset(
    {"ため", "場合", "際", "時", "中", "後", "上", "うえ", "こと", "もの", "結果", "一方", "よう", "うち", "ほか"}
    | {"両日", "当日", "翌日", "期間"}
)
# Of these, those that another noun may follow at once.
_SHORT_FORMAL_NOUNS = frozenset({"ため", "際", "場合", "結果", "一方"})
# Behind a doing whose する is not printed (講座を開催予定。): they say its aspect.
_ASPECT_NOUNS = frozenset({"予定", "中", "済", "済み"})
# What ends a clause, and can be told of by nothing before it.
_CLAUSE_ENDS = frozenset({"", "。", "．", "）", ")", "\n"})
# Words within an inflection: ことができる, ざるを得ない, 予定である, こととしている.
_ABLE = re.compile("こと(?:が|も)(?=でき|可能)|ざるを得")
_INTENT = re.compile(
    "(?:予定|方針|計画|見込み?)(?=で(?:す|ある|あっ|あり|い)|だ|[。)）]|$)"
    "|(?:予定|方針|計画|こと)と(?:し(?=[たてま、])|する(?=[。)）]|$)|なっ)"
)


class Chunker:
    """Cuts the sentences of one document into phrases."""

    def __init__(self, doc: Doc, fact_tokens: frozenset[int]) -> None:
        """Take a document and the tokens of its quantities and times."""
        self._doc = doc
        self._text = doc.text
        self._fact_tokens = fact_tokens
        self._closing = pair_brackets(doc)
        self._opening = {close: at for at, close in enumerate(self._closing) if close > at}
        self._token_at = {token.idx: token.i for token in doc} | {len(self._text): len(doc)}

    def cut_sentence(self, first: int, end: int) -> list[Phrase]:
        """Cut the sentence of the tokens from `first` to before `end` into phrases.

        Args:
            first: The sentence's first token.
            end: The token behind the sentence.

        Returns:
            The phrases in the order of print.
        """
        phrases: list[Phrase] = []
        at = first
        while at < end:
            token = self._doc[at]
            if token.text in _CONJUNCTIONS and phrases and phrases[-1].kind == "noun" and not phrases[-1].particle:
                at += 1
                phrases[-1].coordinates, phrases[-1].last = True, at
            elif token.tag_.startswith(("助詞", "助動詞", "空白")) or self._is_sign(token):
                at += 1
                if phrases:
                    phrases[-1].last = at
                    phrases[-1].comma |= token.text in "、，,"
            else:
                phrases.extend(self._cut_phrase(at, end))
                at = phrases[-1].last
                self._restore_suru(phrases, end)
        return phrases

    def _cut_phrase(self, at: int, end: int) -> list[Phrase]:
        """Cut the phrase that begins at a token, or the amount there and the verb behind it."""
        tag = self._doc[at].tag_
        if tag.startswith(_UNINFLECTED):
            word = Phrase(self._doc, at, at + 1, at + 1, "word", adnominal=tag.startswith("連体詞"))
            return [self._add_particles(word, end)]
        if self._is_adverb(at, end):
            return [self._add_particles(self._new_phrase(at, at + 1), end)]
        if tag.startswith(("動詞", "形容詞")) and not self._is_noun_by_form(at, end):
            kind: PhraseKind = "verb" if tag.startswith("動詞") else "word"
            return [self._add_inflection(self._new_phrase(at, at + 1, kind), end)]
        core = self._find_core_end(at, end)
        if core < end and self._doc[core].tag_ == "動詞-非自立可能" and self._doc[core].lemma_ in _SURU:
            return self._cut_sahen_verb(at, core, end)
        last = self._doc[core - 1].tag_
        adjective = last.startswith("形状詞") or "形状詞的" in last
        if adjective and core < end and self._doc[core].tag_ == "助動詞":
            return [self._add_inflection(self._new_phrase(at, core), end)]
        if last.startswith("形状詞-助動詞語幹"):
            return [self._add_particles(self._new_phrase(at, core), end)]
        return [self._add_marker(self._new_phrase(at, core, "noun"), end)]

    def _new_phrase(self, at: int, core: int, kind: PhraseKind = "word") -> Phrase:
        return Phrase(self._doc, at, core, core, kind)

    def _is_sign(self, token: Token) -> bool:
        """Check whether a token is a sign, and no bracket that is closed later."""
        opens = token.text in OPENING and self._closing[token.i] > token.i
        return token.tag_.startswith(("補助記号", "記号")) and not opens

    def _is_adverb(self, at: int, end: int) -> bool:
        """Check whether a word that may be a noun is an adverb here: no particle marks it (引き続き支援を行った)."""
        if self._doc[at].text not in activity_rules().adverbs.words or at + 1 >= end:
            return False
        return not self._doc[at + 1].tag_.startswith(("助詞", "助動詞", "接尾辞", "動詞-非自立可能"))

    def _is_noun_by_form(self, at: int, end: int) -> bool:
        """Check whether a verb or adjective is a noun by its form or its ending: 見守り体制, 良さ."""
        if at + 1 < end and self._doc[at].tag_.startswith("形容詞"):
            return self._doc[at + 1].text in {"さ", "み"} and self._doc[at + 1].tag_.startswith("接尾辞-名詞的")
        return self._is_verb_in_noun(at, end)

    def _is_verb_in_noun(self, at: int, end: int) -> bool:
        """Check whether a verb's form stands for its noun and is part of one: 見守り in `高齢者の見守り体制`."""
        token, before = self._doc[at], self._doc[at - 1] if at else None
        bare = token.tag_ == "動詞-一般" and "連用形-一般" in str(token.morph) and len(token.text) > 1
        if not bare or at + 1 >= end or not self._doc[at + 1].tag_.startswith(("名詞-普通名詞", "接尾辞-名詞")):
            return False
        has_argument = before is not None and before.tag_.startswith("助詞") and before.text not in {"の", "や"}
        return not has_argument or activity_rules().as_nouns.matches_end(token.text)

    def _find_core_end(self, at: int, end: int) -> int:
        """Find the token behind the nouns, brackets and dots that make one noun."""
        if self._doc[at].text in _SHORT_FORMAL_NOUNS and at and self._doc[at - 1].tag_.startswith(("動詞", "助動詞")):
            return at + 1
        core = at
        while core < end and (self._closing[core] > core or self._continues_noun(core, at, end)):
            core = self._closing[core] + 1
        return min(max(core, at + 1), end)

    def _continues_noun(self, at: int, first: int, end: int) -> bool:
        """Check whether a token is part of the noun that begins at `first`: a noun, ※, a verb's form or a sign."""
        token = self._doc[at]
        if token.tag_.startswith(_NOMINAL) or token.text == "※":
            return True
        # 2分の1, 1月の15日: one amount or time.
        if token.text == "の" and {at - 1, at, at + 1} <= self._fact_tokens and self._doc[at + 1].tag_ == "名詞-数詞":
            return True
        inner_sign = token.text in WAVES or token.tag_.startswith(_SIGNS_IN_NOUNS)
        inner = inner_sign or self._parts_ratio(at)
        return (first < at < end - 1 and inner) or self._is_noun_by_form(at, end)

    def _parts_ratio(self, at: int) -> bool:
        """Check whether に stands between two amounts of one counter (`4人に1人`): they are one noun."""
        if self._doc[at].text != "に" or self._doc[at - 1].tag_ == "名詞-数詞":
            return False
        behind = at + 1
        while behind < len(self._doc) and self._doc[behind].tag_ == "名詞-数詞":
            behind += 1
        counter = self._doc[at - 1].text
        # GiNZA has 1人 as one word.
        if behind == at + 1 < len(self._doc) and self._doc[behind].text[:1].isdigit():
            return self._doc[behind].text.lstrip("0123456789０１２３４５６７８９") == counter
        return at + 1 < behind < len(self._doc) and self._doc[behind].text == counter

    def _cut_sahen_verb(self, at: int, core: int, end: int) -> list[Phrase]:
        """Cut a noun with する, and the amount or time that stands before the noun without a particle.

        A note may stand between the noun and する (`開催（12回）した`). Without a noun (`12回した`) する is the verb
        (docs/facts.md, predicate).
        """
        noun_end = self._strip_notes(at, core)
        verb_start = self._skip_amounts(at, noun_end)
        amount_alone = noun_end - 1 in self._fact_tokens and not self._doc[noun_end - 1].tag_.endswith("サ変可能")
        if verb_start == noun_end or amount_alone:
            suru = self._add_inflection(self._new_phrase(core, core + 1, "verb"), end)
            return [self._new_phrase(at, core), suru]
        verb = self._add_inflection(Phrase(self._doc, verb_start, noun_end, core, "verb", ending=core), end)
        return [self._new_phrase(at, verb_start), verb] if verb_start > at else [verb]

    def _restore_suru(self, phrases: list[Phrase], end: int) -> None:
        """Make the last phrase a verb in `…を開催、` or `…を開催。`, where する is not printed (facts.md, aspect)."""
        if len(phrases) < 2 or not self._may_lack_suru(phrases[-2], phrases[-1], end):
            return
        phrase = phrases[-1]
        noun_end = core = self._strip_notes(phrase.first, phrase.core)
        while core - 1 > phrase.first and self._doc[core - 1].text in _ASPECT_NOUNS:
            core -= 1
        if not self._doc[core - 1].tag_.endswith("サ変可能"):
            return
        phrase.kind, phrase.coordinates = "verb", False
        phrase.noted, phrase.infl, phrase.core = phrase.core, noun_end, core
        phrase.tie, phrase.lacks_suru = "and" if phrase.comma else "end", True
        verb_start = self._skip_amounts(phrase.first, core)
        if verb_start > phrase.first:
            phrases.insert(-1, self._new_phrase(phrase.first, verb_start))
            phrase.first = verb_start

    def _may_lack_suru(self, before: Phrase, phrase: Phrase, end: int) -> bool:
        """Check whether a noun closes a clause, and を alone marks the phrase before it."""
        if before.particle != "を" or before.compound or before.comma or phrase.kind != "noun" or phrase.particle:
            return False
        return phrase.comma or phrase.last >= end or self._doc[phrase.last].text[-1] in SENTENCE_ENDS

    def _strip_notes(self, first: int, end: int) -> int:
        """Find the end of a noun without notes in brackets, ※ and spaces behind it; `first` if it is all notes."""
        while end > first:
            token = self._doc[end - 1]
            opened = self._opening.get(end - 1, -1)
            if opened >= first and self._doc[opened].text not in QUOTES:
                end = opened
            elif token.text == "※" or token.is_space:
                end -= 1
            else:
                break
        return end

    def _skip_amounts(self, first: int, core: int) -> int:
        """Find where a doing's own nouns begin, behind amounts and times that stand before them without a particle."""
        start = at = first
        while at < core - 1:
            behind = self._closing[at] + 1
            if behind < core and (behind > at + 1 or self._tells_amount(at, first)):
                start = behind
            at = behind
        return start

    def _tells_amount(self, at: int, first: int) -> bool:
        """Check whether a token is part of a quantity or time, an adverb of time, or a counter behind a number."""
        tag = self._doc[at].tag_
        if at in self._fact_tokens or "副詞可能" in tag:
            return True
        suffix = tag.startswith("接尾辞") and not self._doc[at + 1].tag_.startswith("接尾辞")
        return at > first and self._doc[at - 1].tag_ == "名詞-数詞" and ("助数詞" in tag or suffix)

    def _add_particles(self, phrase: Phrase, end: int, at: int | None = None) -> Phrase:
        """Add the particles and the comma that stand at token `at` (None: behind the core)."""
        at = phrase.core if at is None else at
        while at < end and (self._doc[at].tag_.startswith("助詞") or self._doc[at].tag_ == _COMMA):
            if self._doc[at].tag_ == _COMMA:
                phrase.comma = True
            elif not phrase.comma:
                phrase.particle += self._doc[at].text
            at += 1
        phrase.last = at
        return phrase

    def _match_rule(self, rules: Sequence[_PatternRule], at: int, end: int) -> tuple[_PatternRule, int] | None:
        """Find the first rule whose words stand at token `at`, and the token behind them, within the sentence."""
        start = self._doc[at].idx if at < len(self._doc) else len(self._text)
        for rule in rules:
            found = rule.regex.match(self._text, start)
            if found is None or (getattr(rule, "adnominal", False) and _ends_clause(found)):
                continue
            if at < self._token_at.get(found.end(), -1) <= end:
                return rule, self._token_at[found.end()]
        return None

    def _add_marker(self, phrase: Phrase, end: int) -> Phrase:
        """Add what marks a noun: several words as one particle, a copula, or particles."""
        core = phrase.core
        such = core < end and self._doc[core].text == "など"
        matched = self._match_rule(activity_rules().compound_particle, core + such, end)
        if matched and not (matched[0].of_things and phrase.noun_class in {"doing", "event"}):
            phrase.compound, behind = matched
            phrase.particle = self._doc[core + such : behind].text
            phrase.adnominal = phrase.compound.adnominal
            phrase.comma = behind < end and self._doc[behind].tag_ == _COMMA
            phrase.last = behind + phrase.comma
            return phrase
        if core < end and self._is_copula(core, end):
            phrase.kind = "copula"
            return self._add_inflection(phrase, end)
        self._add_particles(phrase, end)
        case = phrase.particle.replace("など", "")
        # 講座など、…: what follows is what the noun is an example of.
        example = not case and phrase.comma and phrase.particle != ""
        phrase.adnominal = case.endswith("の") or example
        phrase.coordinates = case in _COORDINATING_PARTICLES or self._is_listed(phrase, case, example=example)
        return phrase

    def _is_copula(self, at: int, end: int) -> bool:
        """Check whether a token makes a predicate of the noun before it: である, だった, but no で alone."""
        behind = self._doc[at + 1].lemma_ if at + 1 < end else ""
        return self._doc[at].tag_ == "助動詞" and (self._doc[at].text != "で" or behind in {"ある", "ない"})

    def _is_listed(self, phrase: Phrase, case: str, *, example: bool) -> bool:
        """Check whether a noun with と or a comma alone is listed with the next noun."""
        last = self._doc[phrase.core - 1]
        if case:
            return case == "と" and last.dep_.removesuffix("_bunsetu") not in _OF_VERBS
        formal = last.i in self._fact_tokens or "副詞可能" in last.tag_ or last.text in _FORMAL_NOUNS
        return phrase.comma and not formal and not example

    def _add_inflection(self, phrase: Phrase, end: int) -> Phrase:
        """Add the inflection of a verb, or of a noun or adjective used as one, and what ties its clause to the rest."""
        at = phrase.inflection.start
        while at < end:
            start = self._doc[at].idx
            intends = at > phrase.core or self._doc[phrase.core - 1].tag_.startswith("動詞")
            able = _ABLE.match(self._text, start) or (intends and _INTENT.match(self._text, start))
            if able and able.end() in self._token_at:
                at = self._token_at[able.end()]
            elif _inflects(self._doc[at], self._doc[at - 1]):
                at += 1
            else:
                break
        phrase.infl = at
        at = phrase.noted = self._skip_note(at, end)
        if at < end and (matched := self._match_rule(activity_rules().clause_link, at, end)):
            at, phrase.tie, phrase.linked = matched[1], "and", True
        self._add_particles(phrase, end, at)
        if not phrase.linked:
            phrase.tie = self._find_tie(phrase, end)
            phrase.adnominal |= phrase.tie == "noun"
        return phrase

    def _skip_note(self, at: int, end: int) -> int:
        """Find the token behind a note that closes a clause (`…を開催した（12回）。`), or `at` itself."""
        behind = self._closing[at] + 1 if at < end else at
        if behind <= at + 1 or self._doc[at].text in QUOTES:
            return at
        closes = self._ends_sentence(behind, end) or self._doc[behind].tag_.startswith(("補助記号-読点", "助詞"))
        return behind if closes or self._match_rule(activity_rules().clause_link, behind, end) else at

    def _find_tie(self, phrase: Phrase, end: int) -> ClauseTie:
        """Tell what the clause of a verb is to the rest of the sentence by the verb's form and what follows it."""
        if self._ends_sentence(phrase.last, end):
            return "end"
        # The inflection's last token, or the verb's own where it has none.
        form = self._doc[phrase.infl - 1]
        if form.tag_ == "助詞-接続助詞":
            return "and" if self._yields_object(phrase) else "other"
        if phrase.particle:
            return "other"
        if "連用形" in str(form.morph):
            return "and" if phrase.comma and phrase.kind != "word" else "other"
        return "other" if phrase.comma else "noun"

    def _ends_sentence(self, at: int, end: int) -> bool:
        return at >= end or self._doc[at].text[-1] in SENTENCE_ENDS or "\n" in self._doc[at].text

    def _yields_object(self, phrase: Phrase) -> bool:
        """Check whether a verb with て makes what the next goes on with (docs/facts.md: 手引きを作成して配布した)."""
        makes = activity_rules().yielding.matches_end(phrase.text)
        return makes and len(phrase.inflection) <= _SHITE_TOKENS and not phrase.particle


def _inflects(token: Token, before: Token) -> bool:
    """Check whether a token is part of an inflection: an auxiliary, て, or a verb that carries on the one before it."""
    if token.tag_.startswith("助動詞") or (token.tag_ == "助詞-接続助詞" and token.text in {"て", "で"}):
        return True
    if token.tag_.startswith("接尾辞-形容詞的"):
        return True
    if not token.tag_.startswith(("動詞-非自立可能", "形容詞-非自立可能")):
        return False
    noun = before.tag_.startswith(("名詞", "接尾辞", "補助記号"))
    return noun or before.text in {"て", "で", "が", "も", "は"} or "連用形" in str(before.morph)


def _ends_clause(found: re.Match[str]) -> bool:
    """Check whether nothing that could be told of stands behind what a pattern found."""
    behind = found.string[found.end() : found.end() + 2]
    return behind == "ほか" or behind[:1] in _CLAUSE_ENDS
