"""Titles: what the line over a block holds besides the name: 新規, the office in charge; and lines of just these."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from extractor.document.layout import Paragraph
from extractor.grammar.normalize import key
from extractor.grammar.office_names import ends_as_office
from extractor.grammar.vocabulary import alternatives
from extractor.profiles.profile import Profile
from extractor.structure.headings import title_parts

# A remark in a bracket (（問合せ先：…）) is no title, unless the bracket holds its number.
_REMARK = re.compile(r"^[(\[](?![0-9]{1,3}[)\]]).*[)\]]$")
# A title is no longer than this and no sentence; over this many lines it may run.
TITLE_LENGTH = 80
TITLE_LINES = 3
_OPEN, _CLOSE = r"[(（【〔［\[＜<《〈]", r"[)）】〕］\]＞>》〉]"


@dataclass(frozen=True, slots=True)
class Title:
    """A title's line less what is no part of the name: `offices` in charge, and `marks` that it is new."""

    name: Paragraph
    offices: list[Paragraph] = field(default_factory=list)
    marks: list[Paragraph] = field(default_factory=list)


class TitleWords:
    """The words of a profile by which a title, an office and a mark are told from one another."""

    def __init__(self, profile: Profile) -> None:
        words = profile.offices
        labels = alternatives(words.label)
        self._footer = re.compile(rf"[※(（〔\[【]*(?:{labels})(\s*[:：】)）\]]|\s|$)")
        self._endings = tuple(map(key, words.endings))
        self._behind = re.compile(rf"\s*{_OPEN}?\s*(?:{labels})\s*(?:{_CLOSE}|[:：]).+$|\s+{_OPEN}(?:{labels})\s.+$")
        new = alternatives(tuple(word for word in profile.list.new_marks if re.fullmatch(r"\w+", word)))
        mark = rf"{_OPEN}\s*(?:{new})(?:事業)?\s*{_CLOSE}"
        self._mark = re.compile(rf"^(?:{mark}|(?:{new})(?=\s))|(?:{mark}|(?<=\s)(?:{new}))$")
        self._mark_alone = re.compile(rf"{mark}|(?:{new})")

    def is_footer(self, paragraph: Paragraph) -> bool:
        """Whether a line begins with the label of offices, marked as one: 担当課：… （担当課　… 【担当課】…"""
        found = self._footer.match(paragraph.text)
        return found is not None and "。" not in paragraph.text and (found[1] != " " or self.is_offices(paragraph))

    def is_offices(self, paragraph: Paragraph) -> bool:
        """Whether a line ends as the name of an office does, and is no sentence."""
        name = re.sub(r"[)\]、,]+$", "", key(paragraph.text))
        return "。" not in paragraph.text and ends_as_office(name, self._endings)

    def is_mark(self, paragraph: Paragraph) -> bool:
        """Whether a line says that the programme is new and nothing else."""
        return self._mark_alone.fullmatch(paragraph.text.strip()) is not None

    def aside(self, paragraph: Paragraph) -> bool:
        """Whether a line may stand between a title and the first heading: offices, or a mark."""
        return self.is_mark(paragraph) or self.is_footer(paragraph) or self._bracketed_offices(paragraph)

    def _bracketed_offices(self, paragraph: Paragraph) -> bool:
        return bool(re.match(r"^[(\[].*[)\]]$", key(paragraph.text))) and self.is_offices(paragraph)

    def titled(self, paragraph: Paragraph, names: Collection[str]) -> bool:
        """Whether a line that stands before a block's first heading is its title; `names` are those listed, folded."""
        if len(paragraph.text) > TITLE_LENGTH or "。" in paragraph.text or _REMARK.match(key(paragraph.text)):
            return False
        numbered = title_parts(paragraph.text)[0] is not None
        return paragraph.strong or numbered or self.listed(paragraph, names) or not self.is_offices(paragraph)

    def listed(self, paragraph: Paragraph, names: Collection[str]) -> bool:
        """Whether a line is a listed name, with or without its number, an office or a mark beside it."""
        if len(paragraph.text) > TITLE_LENGTH or not names:
            return False
        return _is_name(paragraph, names) or _is_name(self.parted(paragraph, names).name, names)

    def parted(self, paragraph: Paragraph, names: Collection[str]) -> Title:
        """A title's line in its parts. What is listed so, whole, is not parted."""
        if _is_name(paragraph, names):
            return Title(paragraph)
        text, offices = paragraph.text, ""
        marks: list[str] = []
        if behind := self._behind.search(text, 1):
            text, offices = text[: behind.start()], behind[0].strip()
        elif (bracket := re.search(rf"\s*{_OPEN}[^()（）]+{_CLOSE}$", text)) and bracket.start():
            inside = replace(paragraph, text=bracket[0].strip())
            if self.is_offices(inside) and _is_name(replace(paragraph, text=text[: bracket.start()]), names):
                text, offices = text[: bracket.start()], inside.text
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

    def of(self, lines: Sequence[Paragraph], names: Collection[str]) -> tuple[int, Title] | None:
        """The title that is the last of these lines, but for offices and marks behind it; and at which line it begins.

        Lines that are a listed name only together are one title.
        """
        end = len(lines)
        while end and self.aside(lines[end - 1]) and not _is_name(lines[end - 1], names):
            end -= 1
        if not end or not self.titled(lines[end - 1], names):
            return None
        first, name = end - 1, lines[end - 1]
        for start in range(end - 2, max(-1, end - 1 - TITLE_LINES), -1):
            whole = _together(lines[start:end])
            if not self.listed(name, names) and self.listed(whole, names):
                first, name = start, whole
        title = self.parted(name, names)
        behind = lines[end:]
        marks = [line for line in behind if self.is_mark(line)]
        offices = [line for line in behind if not self.is_mark(line)]
        return first, Title(title.name, title.offices + offices, title.marks + marks)


def _is_name(paragraph: Paragraph, names: Collection[str]) -> bool:
    return key(paragraph.text) in names or key(title_parts(paragraph.text)[1]) in names


def _together(lines: Sequence[Paragraph]) -> Paragraph:
    """Lines as one; no blank between, as where a line is wrapped."""
    places = tuple(place for line in lines for place in line.source)
    return Paragraph("".join(line.text for line in lines), places, all(line.strong for line in lines))
