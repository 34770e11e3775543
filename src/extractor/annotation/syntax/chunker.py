"""Cutter: a sentence cut into phrases. What stands in brackets is not looked into."""

from spacy.tokens import Doc, Token

from extractor.annotation.activity_rules import grammar
from extractor.annotation.syntax.inflection import inflected
from extractor.annotation.syntax.phrases import Kind, Phrase
from extractor.annotation.syntax.sentences import ENDS, OPENING, QUOTES, shut
from extractor.grammar.characters import WAVES

_JOINING = frozenset(
    {"及び", "および", "並びに", "ならびに", "又は", "または", "若しくは", "もしくは", "かつ", "あるいは"}
)
# The tree's labels of what hangs on a verb.
_OF_VERBS = frozenset({"obl", "obj", "nsubj", "iobj"})
# し, て: no more makes a clause of its own of what is made first.
_SHITE = 2
_PARTICLE_JOINS = frozenset({"や", "とか", "か", "だの"})
# Nouns that stand for a clause or a time, and are listed with nothing.
_FORMAL = frozenset(
    {"ため", "場合", "際", "時", "中", "後", "上", "うえ", "こと", "もの", "結果", "一方", "よう", "うち", "ほか"}
)
# Of these, those that a noun may follow at once.
_SHORT = frozenset({"ため", "際", "場合", "結果", "一方"})


class Cutter:
    """Cuts sentences of one document into phrases."""

    def __init__(self, doc: Doc, counted: frozenset[int]) -> None:
        """`counted`: the tokens of quantities and times."""
        self._doc = doc
        self._text = doc.text
        self._counted = counted
        self._shut = shut(doc)
        self._opened = {close: at for at, close in enumerate(self._shut) if close > at}
        self._at = {token.idx: token.i for token in doc} | {len(self._text): len(doc)}

    def cut(self, first: int, last: int) -> list[Phrase]:
        """The phrases of the tokens from `first` to `last`."""
        phrases: list[Phrase] = []
        at = first
        while at < last:
            token = self._doc[at]
            tag = token.tag_
            if token.text in _JOINING and phrases and phrases[-1].kind == "noun" and not phrases[-1].particle:
                phrases[-1].joins, phrases[-1].last = True, at + 1
                at += 1
            elif tag.startswith(("助詞", "助動詞", "空白")) or self._sign(token):
                at += 1
                if phrases:
                    phrases[-1].last = at
                    phrases[-1].comma |= token.text in "、，,"
            else:
                phrases.extend(self._phrase(at, last))
                at = phrases[-1].last
                self._without_verb(phrases, last)
        return phrases

    def _without_verb(self, phrases: list[Phrase], last: int) -> None:
        """Make a clause of `…を開催、` or `…を開催。`, in which the verb's する is not printed."""
        if len(phrases) < 2 or phrases[-2].particle != "を" or phrases[-2].mark is not None or phrases[-2].comma:
            return
        phrase = phrases[-1]
        closes = phrase.comma or phrase.last >= last or self._doc[phrase.last].text[-1] in ENDS
        told = core = self._before_notes(phrase.first, phrase.core)
        while core - 1 > phrase.first and self._doc[core - 1].text in {"予定", "中", "済", "済み"}:
            core -= 1
        if phrase.kind == "noun" and not phrase.particle and closes and self._doc[core - 1].tag_.endswith("サ変可能"):
            phrase.kind, phrase.joins = "verb", False
            phrase.noted, phrase.infl, phrase.core = phrase.core, told, core
            phrase.tie, phrase.noun_form = "and" if phrase.comma else "end", True
            cut = self._behind_amounts(phrase.first, core)
            if cut > phrase.first:
                phrases.insert(-1, Phrase(phrase.first, cut, cut, "word"))
                phrase.first = cut

    def _sign(self, token: Token) -> bool:
        return token.tag_.startswith(("補助記号", "記号")) and not (
            token.text in OPENING and self._shut[token.i] > token.i
        )

    def _phrase(self, at: int, last: int) -> list[Phrase]:
        """The phrase, or the amount and the verb behind it, that begins at a token."""
        tag = self._doc[at].tag_
        if tag.startswith(("接続詞", "副詞", "感動詞")):
            return [self._closed(Phrase(at, at + 1, at + 1, "word", adnominal=False), last)]
        if tag.startswith("連体詞"):
            return [self._closed(Phrase(at, at + 1, at + 1, "word", adnominal=True), last)]
        if tag.startswith(("動詞", "形容詞")) and not self._composes(at, last):
            kind: Kind = "verb" if tag.startswith("動詞") else "word"
            return [self._verb(Phrase(at, at + 1, at + 1, kind), last)]
        core = self._noun_end(at, last)
        after = self._doc[core] if core < last else None
        if (
            after is not None
            and after.tag_ == "動詞-非自立可能"
            and after.lemma_ in {"する", "できる", "いたす", "致す"}
        ):
            return self._doing(at, core, last)
        before = self._doc[core - 1].tag_
        if after is not None and after.tag_ == "助動詞" and (before.startswith("形状詞") or "形状詞的" in before):
            return [self._verb(Phrase(at, core, core, "word"), last)]
        if before.startswith("形状詞-助動詞語幹"):
            return [self._closed(Phrase(at, core, core, "word"), last)]
        return [self._noun(Phrase(at, core, core, "noun"), last)]

    def _composes(self, at: int, last: int) -> bool:
        """Whether a verb's form stands for its noun and is part of one: 見守り in `高齢者の見守り体制`."""
        token, before = self._doc[at], self._doc[at - 1] if at else None
        bare = token.tag_ == "動詞-一般" and "連用形-一般" in str(token.morph) and len(token.text) > 1
        noun = at + 1 < last and self._doc[at + 1].tag_.startswith(("名詞-普通名詞", "接尾辞-名詞"))
        argued = before is not None and before.tag_.startswith("助詞") and before.text not in {"の", "や"}
        return bare and noun and (not argued or grammar().as_nouns.end(token.text))

    def _noun_end(self, at: int, last: int) -> int:
        """Behind the nouns, brackets and dots that make one noun."""
        end = at
        if self._doc[at].text in _SHORT and at and self._doc[at - 1].tag_.startswith(("動詞", "助動詞")):
            return at + 1
        while end < last:
            token = self._doc[end]
            if self._shut[end] > end:
                end = self._shut[end] + 1
            elif (
                token.tag_.startswith(("名詞", "代名詞", "接頭辞", "接尾辞", "形状詞", "空白"))
                or token.text == "※"
                or (end > at and end + 1 < last and self._inner_sign(token))
                or self._composes(end, last)
            ):
                end += 1
            else:
                break
        return min(max(end, at + 1), last)

    def _inner_sign(self, token: Token) -> bool:
        return token.text in WAVES or token.tag_.startswith(("補助記号-一般", "補助記号-ＡＡ", "記号"))

    def _doing(self, at: int, core: int, last: int) -> list[Phrase]:
        """A サ変 verb, and the amount or time that stands before its noun without a particle.

        A note may stand between its noun and する (`開催（12回）した`). Without a noun (`12回した`) する is the verb.
        """
        end = self._before_notes(at, core)
        cut = self._behind_amounts(at, end)
        if cut == end or (end - 1 in self._counted and not self._doc[end - 1].tag_.endswith("サ変可能")):
            return [Phrase(at, core, core, "word"), self._verb(Phrase(core, core + 1, core + 1, "verb"), last)]
        verb = self._verb(Phrase(cut, end, core, "verb", ending=core), last)
        return [Phrase(at, cut, cut, "word"), verb] if cut > at else [verb]

    def _before_notes(self, first: int, end: int) -> int:
        """Where a noun ends of which the last tokens are notes in brackets, ※ or spaces; `first` if it is all notes."""
        while end > first:
            token = self._doc[end - 1]
            opened = self._opened.get(end - 1, -1)
            if opened >= first and self._doc[opened].text not in QUOTES:
                end = opened
            elif token.text == "※" or token.is_space:
                end -= 1
            else:
                break
        return end

    def _behind_amounts(self, at: int, core: int) -> int:
        """Where a doing's own nouns begin, behind amounts and times that stand before them without a particle."""
        cut = place = at
        while place < core - 1:
            token = self._doc[place]
            numbered = place > at and self._doc[place - 1].tag_ == "名詞-数詞"
            fixed = token.tag_.startswith("接尾辞") and not self._doc[place + 1].tag_.startswith("接尾辞")
            counter = numbered and ("助数詞" in token.tag_ or fixed)
            bracket = self._shut[place] > place
            place = self._shut[place] + 1
            if (place - 1 in self._counted or counter or "副詞可能" in token.tag_ or bracket) and place < core:
                cut = place
        return cut

    def _closed(self, phrase: Phrase, last: int) -> Phrase:
        """With the particles and the comma behind it."""
        at = phrase.core
        while at < last and (self._doc[at].tag_.startswith("助詞") or self._doc[at].tag_ == "補助記号-読点"):
            if self._doc[at].tag_ == "補助記号-読点":
                phrase.comma = True
            elif not phrase.comma:
                phrase.particle += self._doc[at].text
            at += 1
        phrase.last = at
        return phrase

    def _noun(self, phrase: Phrase, last: int) -> Phrase:
        """A noun with what marks it."""
        such = phrase.core < last and self._doc[phrase.core].text == "など"
        text, start = self._text, self._offset(phrase.core + such)
        for mark in grammar().mark:
            found = mark.regex.match(text, start)
            if found and found.end() in self._at and phrase.core < self._at[found.end()] <= last:
                phrase.mark, phrase.particle, phrase.adnominal = mark, found.group(), mark.adnominal
                end = self._at[found.end()]
                phrase.comma = end < last and self._doc[end].tag_ == "補助記号-読点"
                phrase.last = end + phrase.comma
                return phrase
        after = self._doc[phrase.core] if phrase.core < last else None
        behind = self._doc[phrase.core + 1].lemma_ if phrase.core + 1 < last else ""
        if after is not None and after.tag_ == "助動詞" and not (after.text == "で" and behind not in {"ある", "ない"}):
            phrase.kind = "copula"
            return self._verb(phrase, last)
        self._closed(phrase, last)
        case = phrase.particle.replace("など", "")
        phrase.adnominal = case.endswith("の")
        together = case == "と" and self._doc[phrase.core - 1].dep_.removesuffix("_bunsetu") not in _OF_VERBS
        last = phrase.core - 1
        formal = last in self._counted or "副詞可能" in self._doc[last].tag_ or self._doc[last].text in _FORMAL
        such_as = not case and phrase.comma and phrase.particle != ""
        phrase.adnominal |= such_as
        phrase.joins = case in _PARTICLE_JOINS or together or (not case and phrase.comma and not formal and not such_as)
        return phrase

    def _verb(self, phrase: Phrase, last: int) -> Phrase:
        """A verb, or a noun or adjective used as one, with its inflection and what ties its clause to the rest."""
        at = inflected(self._doc, self._text, self._at, phrase.forms.start, last)
        phrase.infl = at
        form = next((str(self._doc[place].morph) for place in range(at - 1, phrase.first - 1, -1)), "")
        if at < last:
            start = self._offset(at)
            for link in grammar().link:
                found = link.regex.match(self._text, start)
                if found and found.end() in self._at and at < self._at[found.end()] <= last:
                    at, phrase.tie, phrase.linked = self._at[found.end()], "and", True
                    break
        core = phrase.core
        phrase.core = at
        self._closed(phrase, last)
        phrase.core = core
        if phrase.linked:
            return phrase
        ended = phrase.last >= last or self._doc[phrase.last].text[-1] in ENDS or "\n" in self._doc[phrase.last].text
        if ended:
            phrase.tie = "end"
        elif phrase.infl and self._doc[phrase.infl - 1].tag_ == "助詞-接続助詞":
            phrase.tie = "and" if self._yields(phrase) else "other"
        elif "連用形" in form:
            beside = phrase.comma and not phrase.particle and phrase.kind != "word"
            phrase.tie = "and" if beside else "other"
        elif not phrase.particle and not phrase.comma:
            phrase.tie, phrase.adnominal = "noun", True
        return phrase

    def _yields(self, phrase: Phrase) -> bool:
        """Whether a verb with て makes what the next one goes on with, and so stands beside it."""
        made = grammar().yielding.end(self._doc[phrase.first : phrase.core].text)
        return made and phrase.infl - phrase.forms.start <= _SHITE and not phrase.particle

    def _offset(self, at: int) -> int:
        return self._doc[at].idx if at < len(self._doc) else len(self._text)
