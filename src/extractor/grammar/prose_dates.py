"""Times: when something was, is or will be, in prose, as EDTF (docs/facts.md)."""

import re
from collections.abc import Iterator
from itertools import takewhile

from extractor.grammar import dates
from extractor.grammar.characters import DASHES
from extractor.grammar.dates import CLOSED, Moment, moment_to_edtf, stretch_to_edtf
from extractor.grammar.eras import ERA_LETTER, ERA_NAME
from extractor.grammar.lexicon import load_lexicon
from extractor.grammar.mentions import FactMention
from extractor.grammar.numerals import DIGITS_IN_WORDS
from extractor.grammar.prose_clock import Clock, find_parts
from extractor.grammar.tokens import SpanSet, WordSequence

# A time begins where no word of Latin letters, no figure and no ordinal goes on.
_START = rf"(?<![0-9A-Za-z./第{DIGITS_IN_WORDS}十百千数何-])(?!(?<=[0-9],)[0-9]{{3}}(?![0-9]))"
_COUNT = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_ERA = rf"(?:(?:{ERA_NAME})\s?(?:{_COUNT}|元)|{ERA_LETTER}(?:[0-9]{{1,2}}|元))"
_GREGORIAN = "(?:18|19|20)[0-9]{2}"
_NAMED = rf"(?:{_ERA}|{_GREGORIAN}|二〇[{DIGITS_IN_WORDS}]{{2}})"
_MONTH, _DAY = rf"(?:{dates.MONTH}|{dates.MONTH_IN_WORDS})", rf"(?:{dates.DAY}|{dates.DAY_IN_WORDS})"
_RELATIVE = "当該|一昨|前々|翌々|再来|[今本当昨前翌次来同]"
_WEEKDAY = r"(?:\s?\([月火水木金土日](?:曜日?)?(?:[・、](?:祝日?|休日?))?\))"
# What joins the first of several to the next, so that it need not say of what it is one (3～4月, 令和4，５年度).
_NEXT = r"\s?[～・、,]\s?"
_MONTHS = rf"(?={_NEXT}(?:{_MONTH}{_NEXT}){{0,3}}{_MONTH}月)"
_YEAR = rf"(?:{_GREGORIAN}|{_COUNT})"
_YEARS = rf"(?={_NEXT}(?:{_YEAR}{_NEXT}){{0,3}}(?:(?:{ERA_NAME})\s?)?{_YEAR}年(?P<joined>度)?)"
# Behind the number of a day, which says which and not how many (15日間).
_DAYS = rf"(?:\s?日(?!間)|(?={_NEXT}{_DAY}\s?日(?!間)))"
_ISO = rf"{_GREGORIAN}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?![0-9-])"
_MOMENT = re.compile(
    rf"(?P<within>年度(?:内|中(?!心|央|間|小|堅|核)|末|{dates.OUTSET})|(?<![年度期])(?:{dates.HALF})"
    rf"|(?<![ァ-ヿ一-鿿の])(?:{dates.SEASON})(?=に(?!ちな|ふさわ|向|関|つい|対|合)|から|まで|以降|[と、・](?:{dates.SEASON})(?![ァ-ヿ一-鿿]))"
    rf"|(?<=[春夏秋冬][と、・])(?:{dates.SEASON})(?=[にの]))|{_START}(?:"
    rf"(?P<pointed>{_ISO}|{_NAMED}[./]{_MONTH}(?:[./]{_DAY})?{CLOSED}"
    # A month and a day with a stroke would else be a fraction (1/3に減らした).
    rf"|{_MONTH}/{_DAY}(?={_WEEKDAY}))"
    rf"|(?P<season>[今昨来][春夏秋冬])(?!季|期)"
    rf"|(?P<next>[同翌前]|前年の?同)月(?:(?P<on>{_DAY})日)?"
    rf"|(?:(?P<named>{_NAMED})|(?P<relative>{_RELATIVE})|(?P<bare>{_YEAR}|元))\s?"
    rf"(?:年(?P<fiscal>度)?(?P<decade>代)?|{_YEARS})"
    rf"(?:の?\s?(?P<month>{_MONTH})(?:\s?月(?:の?\s?(?P<day>{_DAY}){_DAYS})?|{_MONTHS}))?"
    rf"|(?P<alone>{_MONTH})(?:\s?月(?:の?\s?(?P<of>{_DAY}){_DAYS})?|{_MONTHS}))(?:の?(?P<part>{dates.PART})|の?(?P<stretch>{dates.STRETCH}))?"
)
# Behind a comma and the month or year before it (５，６月, 令和４，５年度).
_MORE = re.compile(
    rf"(?<=,)(?:(?P<bare>{_COUNT})年(?P<fiscal>度)|(?P<alone>{_MONTH})(?:月(?![0-9])|{_MONTHS}))(?P<part>{dates.PART})?"
)
_DAY_ALONE = re.compile(rf"(?P<on>{_DAY})日(?!間|程度|以|ほど|ずつ|当|あた)")
_PART_ALONE = re.compile(rf"(?P<part>{dates.PART})(?![ァ-ヿ一-鿿])")
# The day, or month and day, at the end of a stretch that begins with points (R5.7.15～16, R5.7.30～8.2).
_POINTED_END = re.compile(rf"(?:(?P<alone>{_MONTH})[./](?P<of>{_DAY})|(?P<on>{_DAY})){CLOSED}")
_TO = re.compile(rf"{_WEEKDAY}?\s?(から|[～{DASHES}-])、?\s?")
_AND = re.compile(rf"{_WEEKDAY}?(?:、|・|,|及び|並びに|または|又は|と|や)\s?")
_CLOSING = re.compile(rf"{_WEEKDAY}?まで")
_TAIL = re.compile(rf"\s?(現在|時点|～)|{_WEEKDAY}?\s?(?P<ends>から|以来|以降|以後|まで|以前)")


# The characters before a time in which a word of habit is looked for, and the words behind it that may name it.
_REACH_BEFORE, _REACH_BEHIND = 5, 8


def parse_moment(text: str, fiscal_year: int) -> Moment | None:
    """Parse the day or month that a text is, whole.

    Args:
        text: The text, with plain signs.
        fiscal_year: The fiscal year in which a month without a year lies.

    Returns:
        The moment; None where the text is anything else, a year among them, or no day of the calendar.

    >>> str(parse_moment("R6.2.29", 2023)), str(parse_moment("3月末", 2023)), parse_moment("令和5年", 2023)
    ('2024-02-29', '2024-03-31', None)
    """
    plain = re.sub(r"\s", "", text)
    found = _MOMENT.fullmatch(plain)
    moment = Clock(plain, fiscal_year).read_moment(found) if found else None
    return moment if moment is not None and moment.month is not None else None


def find_times(words: WordSequence, fiscal_year: int | None) -> Iterator[FactMention]:
    """Find the times of a text, in the order of print.

    Args:
        words: The text.
        fiscal_year: The fiscal year of the report, in which months without a year lie; None where it is not known.

    Yields:
        Each time; its `edtf` is None where it cannot be told which time it is.
    """
    finder = _TimeFinder(words, fiscal_year)
    quoted = SpanSet(words.find_quotations())
    at = 0
    joined: Moment | None = None
    while found := finder.find_moment(at, joined):
        at = found.end()
        if quoted.touches_any(found.start(), found.end()) or not finder.is_whole(found):
            joined = None
            continue
        mention, joined = finder.read_stretch(found, joined)
        at = max(mention.end, at)
        if finder.says_when(mention):
            yield mention
        elif find_parts(found).keys() & {"relative", "next"}:
            finder.clock.forget_moment()
        more = _AND.match(words.plain, mention.end) if joined else None
        joined, at = (joined, more.end()) if more else (None, at)


class _TimeFinder:
    """The words of a text, and its clock."""

    def __init__(self, words: WordSequence, fiscal_year: int | None) -> None:
        self.words, self.plain = words, words.plain
        self.clock = Clock(words.plain, fiscal_year)

    def find_moment(self, at: int, joined: Moment | None) -> re.Match[str] | None:
        """Find the next moment: what says a year, a month, a day, or several of them together.

        Behind a moment to which it is joined, less is one too: a day alone (7日と8日), or, where that moment has no
        day, a month or fiscal year behind a comma (5,6月).

        Args:
            at: Where in the text the search begins.
            joined: The moment before it, with nothing but a word or sign of joining between; None: there is none.

        Returns:
            The first that is found; None where no more follows.
        """
        found = None
        if joined is not None:
            found = _MOMENT.match(self.plain, at) or (_MORE if joined.day is None else _DAY_ALONE).match(self.plain, at)
        return found or _MOMENT.search(self.plain, at)

    def is_whole(self, found: re.Match[str]) -> bool:
        """Tell whether a moment is no part of another word, and says enough to be one."""
        parts = find_parts(found)
        start, end = found.span()
        if "within" in parts and re.match(r"[毎各両々0-9]", self.plain[max(0, start - 1) : start]):
            return False
        if "bare" in parts and not parts.keys() & {"fiscal", "joined", "month"}:
            return False
        in_words = parts.keys() & {"relative", "next", "season"} or re.search("[一二三四五六七八九十]", found[0])
        if not in_words or "named" in parts:
            return True
        ends = {end, end - len(parts.get("part", ""))}
        return self.words.begins_word(start) and any(map(self.words.ends_word, ends))

    def read_stretch(self, found: re.Match[str], joined: Moment | None) -> tuple[FactMention, Moment | None]:
        """Read the time that begins with a moment.

        Args:
            found: The match of the moment.
            joined: The moment to which it is joined, where it is.

        Returns:
            The time, and the moment to which another may be joined.
        """
        start, end = found.span()
        first = self.clock.read_moment(found, joined=joined)
        to = _TO.match(self.plain, end)
        last = self._find_last(found, to.end()) if to else None
        if last:
            second = self.clock.read_moment(last, start=first)
            closing = _CLOSING.match(self.plain, last.end())
            edtf = stretch_to_edtf(first, second) if first and second else None
            return FactMention(start, (closing or last).end(), edtf=edtf), second
        # A ～ before a moment opens it to the past, unless a word or figure before it is the beginning.
        if re.search(r"(?:^|[\W_])～$", self.plain[max(0, start - 2) : start]):
            return FactMention(start - 1, end, edtf=moment_to_edtf(first, "まで") if first else None), first
        tail = self._match_tail(end)
        if tail is None:
            return FactMention(start, end, edtf=str(first) if first else None), first
        behind = tail[1] or tail["ends"]
        if behind == "～" and re.match(r"[0-9A-Za-z]", self.plain[tail.end() : tail.end() + 1]):
            return FactMention(start, end, edtf=None), None
        return FactMention(start, tail.end(), edtf=moment_to_edtf(first, behind) if first else None), None

    def _find_last(self, first: re.Match[str], at: int) -> re.Match[str] | None:
        """Find the end of a stretch: a moment, or the day alone where the beginning says of what."""
        last = _MOMENT.match(self.plain, at)
        if last and self.is_whole(last):
            return last
        if re.search("[./].*[./]", find_parts(first).get("pointed", "")):
            return _POINTED_END.match(self.plain, at) or _DAY_ALONE.match(self.plain, at)
        if "part" in find_parts(first) and (part := _PART_ALONE.match(self.plain, at)):
            return part
        return _DAY_ALONE.match(self.plain, at) if re.search("日|月[0-9]+$", first[0]) else None

    def _match_tail(self, at: int) -> re.Match[str] | None:
        """Match what makes a moment the end of an open stretch; a から that compares does not (昨年度から増えた)."""
        tail = _TAIL.match(self.plain, at)
        compares = (
            tail and tail["ends"] == "から" and re.compile(load_lexicon().times.compared).match(self.plain, tail.end())
        )
        return None if compares else tail

    def says_when(self, mention: FactMention) -> bool:
        """Tell whether it is a time of its own.

        It is no part of a name (平成30年7月豪雨), no measure and no comparison.
        """
        times, start, end = load_lexicon().times, mention.start, mention.end
        if re.compile(times.other).match(self.plain, end):
            return False
        if re.search(times.habit, self.plain[max(0, start - _REACH_BEFORE) : start]):
            return False
        index = self.words.index_at(end)
        behind = self.words.all[index : index + _REACH_BEHIND]
        name = "".join(
            word.text
            for word in takewhile(
                lambda word: word.is_noun or word.tag.startswith(("名詞", "接頭辞")) or word.text == "・", behind
            )
        )
        return not any(word in name for word in times.named)
