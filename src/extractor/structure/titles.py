"""Titles: what the line over a block holds besides the name.

That is 新規 and the office in charge; also lines of just these.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from extractor.document.geometry import Box
from extractor.document.layout import Paragraph, gather_places
from extractor.document.outline import Aside
from extractor.grammar.block_lines import split_attribute
from extractor.grammar.heading_lines import says_continued, split_title_number, strip_continuation
from extractor.grammar.normalize import comparison_key
from extractor.grammar.vocabulary import words_to_regex
from extractor.profiles.profile import Profile
from extractor.records.report import PageBox

# A remark in a bracket (（問合せ先：…）) is no title, unless the bracket holds its number.
_REMARK = re.compile(r"^[(\[](?![0-9]{1,3}[)\]]).*[)\]]$")
# A title has no more characters and is no sentence; over so many lines it may run.
TITLE_LENGTH = 80
TITLE_LINES = 3
# What else may stand at the end of a title's line: its number, or an amount of money.
_NUMBER_ALONE = re.compile(r"[(\[]?(?:事業番号|事業|番号|no\.?|第)?[0-9]{1,3}[)\].]?", re.IGNORECASE)
_AMOUNT = re.compile(r"[(\[]?(?:[^0-9。、]|[0-9]+年度|[rh][0-9]+)*[0-9][0-9,]*(?:千|百万|万)?円[)\]]?", re.IGNORECASE)
_OPEN, _CLOSE = r"[(（【〔［\[＜<《〈]", r"[)）】〕］\]＞>》〉]"


@dataclass(frozen=True, slots=True)
class Title:
    """A title's line less what is no part of the name.

    `offices` are those in charge, and `marks` say that it is new. `asides` are amounts at the end of its line.
    """

    name: Paragraph
    offices: list[Paragraph] = field(default_factory=list)
    marks: list[Paragraph] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)


class TitleWords:
    """The words of a profile by which lines are told apart.

    They tell a title, an office and a mark from one another.
    """

    def __init__(self, profile: Profile) -> None:
        words = profile.offices
        labels = words_to_regex(words.label)
        self._footer = re.compile(rf"[※(（〔\[【]*(?:{labels})(\s*[:：】)）\]]|\s|$)")
        self._endings = tuple(map(comparison_key, words.endings))
        self._behind = re.compile(rf"\s*{_OPEN}?\s*(?:{labels})\s*(?:{_CLOSE}|[:：]).+$|\s+{_OPEN}(?:{labels})\s.+$")
        new = words_to_regex(tuple(word for word in profile.list.new_marks if re.fullmatch(r"\w+", word)))
        mark = rf"{_OPEN}\s*(?:{new})(?:事業)?\s*{_CLOSE}"
        self._mark = re.compile(rf"^(?:{mark}|(?:{new})(?=\s))|(?:{mark}|(?<=\s)(?:{new}))$")
        self._mark_alone = re.compile(rf"{mark}|(?:{new})")

    def is_footer(self, paragraph: Paragraph) -> bool:
        """Tell whether a line begins with the label of offices, marked as one.

        Such lines are 担当課：…, （担当課　… and 【担当課】….
        """
        found = self._footer.match(paragraph.text)
        return found is not None and "。" not in paragraph.text and (found[1] != " " or self.is_offices(paragraph))

    def is_offices(self, paragraph: Paragraph) -> bool:
        """Tell whether a line ends as the name of an office does, and is no sentence."""
        return "。" not in paragraph.text and re.sub(r"[)\]、,]+$", "", comparison_key(paragraph.text)).endswith(
            self._endings
        )

    def is_bracketed_offices(self, paragraph: Paragraph) -> bool:
        """Tell whether a line is offices within a bracket, without a label."""
        return bool(re.match(r"^[(\[].*[)\]]$", comparison_key(paragraph.text))) and self.is_offices(paragraph)

    def is_mark(self, paragraph: Paragraph) -> bool:
        """Tell whether a line says that the programme is new and nothing else."""
        return self._mark_alone.fullmatch(paragraph.text.strip()) is not None

    def is_aside(self, paragraph: Paragraph) -> bool:
        """Tell whether a line may stand between a title and the first heading.

        Offices may that have their label (担当課：…) or stand within a bracket, a mark that says that the programme is
        new, and what a form says of it (事業期間：…). The bare name of an office is no aside.
        """
        if self.is_mark(paragraph) or split_attribute(paragraph.text) is not None:
            return True
        return self.is_footer(paragraph) or self.is_bracketed_offices(paragraph)

    def is_beside(self, paragraph: Paragraph, title: Paragraph) -> bool:
        """Tell whether a line stands at the right end of a title's line, and is what may stand there.

        Args:
            paragraph: The line.
            title: The title, or what stands beside it already.

        Returns:
            Whether it is offices, a mark, a number or an amount.
        """
        if not _stands_beside(paragraph, title):
            return False
        return self.is_aside(paragraph) or self.is_offices(paragraph) or _is_figure(paragraph)

    def add_beside(self, paragraph: Paragraph, title: Title) -> Title:
        """Add what stands beside a title to it.

        Args:
            paragraph: What stands there.
            title: The title as far as it is known.

        Returns:
            The title with its number, offices, marks or amounts.
        """
        if _NUMBER_ALONE.fullmatch(comparison_key(paragraph.text)):
            places = (*paragraph.source, *title.name.source)
            name = Paragraph(f"{paragraph.text} {title.name.text}", places, title.name.strong)
            return replace(title, name=name)
        attribute = split_attribute(paragraph.text)
        if attribute is not None:
            title.asides.append(Aside(attribute[0], replace(paragraph, text=attribute[1])))
        elif _is_figure(paragraph):
            title.asides.append(_read_amount(paragraph))
        else:
            (title.marks if self.is_mark(paragraph) else title.offices).append(paragraph)
        return title

    def may_be_title(self, paragraph: Paragraph, names: Collection[str]) -> bool:
        """Tell whether a line that stands before a block's first heading is its title.

        Args:
            paragraph: The line.
            names: The comparison keys of the names in the chapter's list.

        Returns:
            Whether it is: no sentence and no remark, of at most `TITLE_LENGTH` characters, and not merely offices.
        """
        text = paragraph.text
        if len(text) > TITLE_LENGTH or "。" in text or _REMARK.match(comparison_key(text)):
            return False
        numbered = split_title_number(paragraph.text)[0] is not None
        return paragraph.strong or numbered or self.is_listed(paragraph, names) or not self.is_offices(paragraph)

    def is_listed(self, paragraph: Paragraph, names: Collection[str]) -> bool:
        """Tell whether a line is a listed name.

        The line may have its number, an office or a mark beside the name.

        Args:
            paragraph: The line.
            names: The comparison keys of the names in the chapter's list.

        Returns:
            Whether it is; a line of more than `TITLE_LENGTH` characters is none.
        """
        if len(paragraph.text) > TITLE_LENGTH or not names:
            return False
        return _is_name(paragraph, names) or _is_name(self.split_title(paragraph, names).name, names)

    def split_title(self, paragraph: Paragraph, names: Collection[str]) -> Title:
        """Split a title's line into the name, the offices and the marks that it is new.

        Args:
            paragraph: The line.
            names: The comparison keys of the names in the chapter's list.

        Returns:
            The parts, each with the source of the line. A line that is listed so, whole, is not split.
        """
        if _is_name(paragraph, names):
            return Title(paragraph)
        if not says_continued(paragraph.text):
            # The first of several parts, （1／2）, is no continuation.
            paragraph = replace(paragraph, text=strip_continuation(paragraph.text))
        text, offices = self._split_offices(paragraph, names)
        marks: list[str] = []
        while mark := self._mark.search(text):
            rest = (text[: mark.start()] + text[mark.end() :]).strip()
            if not rest:
                break
            text, marks = rest, [*marks, mark[0].strip()]
        return Title(
            replace(paragraph, text=text),
            [replace(paragraph, text=offices)] if offices else [],
            [replace(paragraph, text=mark) for mark in marks],
        )

    def _split_offices(self, paragraph: Paragraph, names: Collection[str]) -> tuple[str, str]:
        """Split offices from the end of a line: behind their label, or in a bracket behind a listed name."""
        text = paragraph.text
        if behind := self._behind.search(text, 1):
            return text[: behind.start()], behind[0].strip()
        bracket = re.search(rf"\s*{_OPEN}[^()（）]+{_CLOSE}$", text)
        if bracket and bracket.start():
            name, inside = (replace(paragraph, text=part) for part in (text[: bracket.start()], bracket[0].strip()))
            if self.is_offices(inside) and _is_name(name, names):
                return name.text, inside.text
        return text, ""

    def find_title(self, lines: Sequence[Paragraph], names: Collection[str]) -> tuple[int, Title] | None:
        """Find the title that is the last of these lines, but for offices and marks behind it.

        Args:
            lines: The lines that stand before a block, in order.
            names: The comparison keys of the names in the chapter's list.

        Returns:
            At which line the title begins, and the title; lines that are a listed name only together are one. None
            where there is no title.
        """
        end = len(lines)
        while end and self._is_behind_title(lines, end - 1) and not _is_name(lines[end - 1], names):
            end -= 1
        if not end or not self.may_be_title(lines[end - 1], names):
            return None
        first, name = self._join_listed_name(lines[:end], names)
        title = self.split_title(name, names)
        for line in lines[end:]:
            title = self.add_beside(line, title)
        return first, title

    def _is_behind_title(self, lines: Sequence[Paragraph], at: int) -> bool:
        """Tell whether a line may stand behind a title, below or beside it."""
        return self.is_aside(lines[at]) or (at > 0 and self.is_beside(lines[at], lines[at - 1]))

    def _join_listed_name(self, lines: Sequence[Paragraph], names: Collection[str]) -> tuple[int, Paragraph]:
        """Join the last lines that are a listed name only together; give the last alone where it is one, or none are.

        No blank stands between, as where a line is wrapped.
        """
        for count in range(1, TITLE_LINES + 1):
            last = lines[-count:]
            whole = Paragraph(
                "".join(line.text for line in last), gather_places(last), all(line.strong for line in last)
            )
            if count <= len(lines) and self.is_listed(whole, names):
                return len(lines) - count, whole
        return len(lines) - 1, lines[-1]


def _stands_beside(after: Paragraph, before: Paragraph) -> bool:
    """Tell whether a line stands right of another, at one height on one page."""
    if len(after.source) != 1 or not before.source:
        return False
    own, other = after.source[0], before.source[-1]
    if not isinstance(own, PageBox) or not isinstance(other, PageBox) or own.page != other.page:
        return False
    box, left = Box(*own.bbox), Box(*other.bbox)
    return left.x1 < box.x0 and left.top <= box.centre[1] <= left.bottom


def _read_amount(line: Paragraph) -> Aside:
    """Read an amount with its label, which may be none: 事業費：4,789千円."""
    found = re.fullmatch(r"[(（\[［]?(.*?)[:：\s]*([0-9０-９][0-9０-９,，]*\D*)", line.text)
    label, text = found.groups() if found else ("", line.text)
    return Aside(label, replace(line, text=text))


def _is_figure(paragraph: Paragraph) -> bool:
    """Tell whether a line is a number alone, or an amount with or without its label."""
    key = comparison_key(paragraph.text)
    return _NUMBER_ALONE.fullmatch(key) is not None or _AMOUNT.fullmatch(key) is not None


def _is_name(paragraph: Paragraph, names: Collection[str]) -> bool:
    """Tell whether a line is a listed name, with or without a number."""
    return comparison_key(paragraph.text) in names or comparison_key(split_title_number(paragraph.text)[1]) in names
