"""Times: when something was, is or will be, as EDTF (docs/facts.md)."""

import re
from collections.abc import Iterator

from extractor.grammar.characters import DASHES
from extractor.grammar.dates import HALF, PART, STRETCH, Moment, between, since, until
from extractor.grammar.lexicon import lexicon
from extractor.grammar.mentions import Mention
from extractor.grammar.periods import CLOSED
from extractor.grammar.prose_clock import Clock
from extractor.grammar.tokens import Spans, Words

# A time begins where no word of Latin letters, no figure and no ordinal goes on.
_START = r"(?<![0-9A-Za-z.,/第〇一二三四五六七八九十百千数何-])"
_COUNT = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_ERA = rf"(?:(?:令和|平成|昭和|大正|明治|[㋿㍻-㍾])\s?(?:{_COUNT}|元)|[RHST](?:[0-9]{{1,2}}|元))"
_NAMED = rf"(?:{_ERA}|(?:18|19|20)[0-9]{{2}}|二〇[〇一二三四五六七八九]{{2}})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_RELATIVE = "一昨|前々|翌々|再来|[今本当昨前翌次来同]"
# What joins the first of several to the next, so that it need not say of what it is one (3～4月, 令和4，５年度).
_NEXT = r"\s?[～・、,]\s?"
_MONTHS = rf"(?={_NEXT}(?:{_MONTH}{_NEXT}){{0,3}}{_MONTH}月)"
_MOMENT = re.compile(
    rf"(?P<within>年度(?:内|中(?!心|央|間|小|堅|核)|末)|(?<![年度期])(?:{HALF}))|{_START}(?:"
    rf"(?P<pointed>{_NAMED}[./]{_MONTH}(?:[./]{_DAY})?){CLOSED}"
    rf"|(?:(?P<named>{_NAMED})|(?P<relative>{_RELATIVE})|(?P<bare>{_COUNT}|元))\s?"
    rf"(?:年(?P<fiscal>度)?(?P<decade>代)?|(?={_NEXT}{_COUNT}年(?P<joined>度)?))"
    rf"(?:の?(?P<month>{_MONTH})(?:月(?:(?P<day>{_DAY})(?:日|(?={_NEXT}{_DAY}日(?!間))))?|{_MONTHS}))?"
    rf"|(?P<alone>{_MONTH})(?:月(?:(?P<of>{_DAY})(?:日(?!間)|(?={_NEXT}{_DAY}日(?!間))))?|{_MONTHS})"
    rf"|(?P<next>[同翌前])月(?:(?P<on>{_DAY})日)?)(?:(?P<part>{PART})|の?(?P<stretch>{STRETCH}))?"
)
# Behind a comma and the month or year before it (５，６月, 令和４，５年度).
_MORE = re.compile(
    rf"(?<=,)(?:(?P<bare>{_COUNT})年(?P<fiscal>度)|(?P<alone>{_MONTH})(?:月(?![0-9])|{_MONTHS}))(?P<part>{PART})?"
)
_DAY_ALONE = re.compile(rf"(?P<on>{_DAY})日(?!間|程度|以|ほど|ずつ|当|あた)")
# The day, or month and day, at the end of a stretch that begins with points (R5.7.15～16, R5.7.30～8.2).
_POINTED_END = re.compile(rf"(?:(?P<alone>{_MONTH})[./](?P<of>{_DAY})|(?P<on>{_DAY})){CLOSED}")
_WEEKDAY = r"(?:\s?\([月火水木金土日](?:曜日?)?(?:[・、](?:祝日?|休日?))?\))?"
_TO = re.compile(rf"{_WEEKDAY}\s?(から|[～{DASHES}-])、?\s?")
_AND = re.compile(rf"{_WEEKDAY}(?:、|・|,|及び|並びに|または|又は|と|や)\s?")
_CLOSING = re.compile(rf"{_WEEKDAY}まで")
_TAIL = re.compile(rf"\s?(現在|時点|～)|{_WEEKDAY}\s?(?P<ends>から|以降|以後|まで|以前)")


def find_times(words: Words, fiscal_year: int | None) -> Iterator[Mention]:
    """The times of a text in the order of print; months without a year lie in the fiscal year."""
    finder = _Finder(words, Clock(words.plain, fiscal_year))
    quoted = Spans(list(words.quoted()))
    at = 0
    joined: Moment | None = None
    while found := finder.next(at, joined):
        at = found.end()
        if quoted.touch(found.start(), found.end()) or not finder.holds(found):
            joined = None
            continue
        mention, joined = finder.stretch(found, joined)
        at = max(mention.end, at)
        if finder.says_when(mention):
            yield mention
        elif found.groupdict().get("relative"):
            finder.clock.forget()
        joined = joined if (more := _AND.match(words.plain, mention.end)) and joined else None
        at = more.end() if more and joined else at


class _Finder:
    """What stands at a place of a text, in its clock's time."""

    def __init__(self, words: Words, clock: Clock) -> None:
        self.words, self.clock, self.plain = words, clock, words.plain

    def next(self, at: int, joined: Moment | None) -> re.Match[str] | None:
        """The next moment; behind one to which it is joined (7日と8日), also a day alone."""
        if joined is not None:
            found = _MOMENT.match(self.plain, at) or (_MORE.match(self.plain, at) if joined.day is None else None)
            if found is None and joined.day is not None:
                found = _DAY_ALONE.match(self.plain, at)
            if found is not None:
                return found
        return _MOMENT.search(self.plain, at)

    def holds(self, found: re.Match[str]) -> bool:
        """Whether a moment is no part of another word, and says enough to be one."""
        parts = found.groupdict()
        start, end = found.span()
        if parts.get("within") and start and re.match(r"[毎各両々0-9]", self.plain[start - 1]):
            return False
        if parts.get("bare") and not (parts["fiscal"] or parts["joined"] or parts["month"]):
            return False
        in_words = parts.get("relative") or parts.get("next") or re.search("[一二三四五六七八九十]", found[0])
        if not in_words or parts.get("named"):
            return True
        return self.words.begins(start) and (self.words.ends(end) or self.words.ends(end - len(parts["part"] or "")))

    def stretch(self, found: re.Match[str], joined: Moment | None) -> tuple[Mention, Moment | None]:
        """The time that begins with a moment, and the moment to which another may be joined."""
        start, end = found.span()
        first = self.clock.moment(found, joined=joined)
        to = _TO.match(self.plain, end)
        last = self._last(found, to.end()) if to else None
        if to and last:
            second = self.clock.moment(last, start=first)
            closing = _CLOSING.match(self.plain, last.end())
            edtf = between(first, second) if first and second else None
            return Mention(start, closing.end() if closing else last.end(), edtf=edtf), second
        tail = _TAIL.match(self.plain, end)
        if start and self.plain[start - 1] == "～" and (start == 1 or not self.plain[start - 2].isalnum()):
            return Mention(start - 1, end, edtf=until(first) if first else None), first
        if tail is None or (tail["ends"] == "から" and self._compares(tail.end())):
            return Mention(start, end, edtf=str(first) if first else None), first
        if tail[1] == "～" and re.match(r"[0-9A-Za-z]", self.plain[tail.end() : tail.end() + 1]):
            return Mention(start, end, edtf=None), None
        return Mention(start, tail.end(), edtf=_edtf(first, tail[1] or tail["ends"])), None

    def _last(self, first: re.Match[str], at: int) -> re.Match[str] | None:
        """The end of a stretch: a moment, or the day or year alone where the beginning says of what."""
        last = _MOMENT.match(self.plain, at)
        if last and self.holds(last):
            return last
        if re.search("[./].*[./]", first.groupdict().get("pointed") or ""):
            return _POINTED_END.match(self.plain, at) or _DAY_ALONE.match(self.plain, at)
        return _DAY_ALONE.match(self.plain, at) if re.search("日|月[0-9]+$", first[0]) else None

    def _compares(self, at: int) -> bool:
        return re.compile(lexicon().times.compared).match(self.plain, at) is not None

    def says_when(self, mention: Mention) -> bool:
        """Whether it is a time of its own: no part of a name (平成30年7月豪雨), of a measure, of a comparison."""
        words = lexicon().times
        if re.compile(words.other).match(self.plain, mention.end):
            return False
        if re.search(words.habit, self.plain[max(0, mention.start - 5) : mention.start]):
            return False
        name = ""
        for word in self.words.all[self.words.index(mention.end) : self.words.index(mention.end) + 8]:
            if not (word.is_noun or word.tag.startswith(("名詞", "接頭辞")) or word.text == "・"):
                break
            name += word.text
        return not any(one in name for one in words.named)


def _edtf(moment: Moment | None, tail: str) -> str | None:
    if moment is None:
        return None
    if tail in {"まで", "以前"}:
        return until(moment)
    return str(moment) if tail in {"現在", "時点"} else since(moment)
