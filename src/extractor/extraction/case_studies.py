"""Cases: a case study's lines become its title, subjects and figures.

They also become the names by which it calls its programme.
"""

import re

from extractor.document.geometry import merge_places
from extractor.document.layout import Paragraph
from extractor.document.outline import CaseBlock, SubjectBlock
from extractor.document.parsed import CaseParts
from extractor.extraction.passages import list_unplaced
from extractor.grammar.heading_lines import POINT_MARKS
from extractor.grammar.normalize import comparison_key
from extractor.records.report import CaseStudy, Place, Subject

_LAST_BRACKET = re.compile(r"^(?P<name>.+?)\s*[(（](?P<place>[^()（）]+)[)）]$")
_CAPTION = re.compile(r"^[<＜〈《]\s*(?P<text>.*?)\s*[>＞〉》]$")
_MUNICIPALITY = ("市", "町", "村", "区")


def read_case(case: CaseBlock) -> CaseParts:
    """Read a case study.

    Which programme it belongs to is found when all programmes are known.
    """
    bracket, rest = _split_bracket(case.intro)
    named = tuple(list_unplaced(case.intro[: len(case.intro) - len(rest)]))
    record = CaseStudy(
        title=" ".join(paragraph.text for paragraph in rest) or None,
        programme_id=None,
        subjects=tuple(_read_subject(subject) for subject in case.subjects),
        figures=tuple(_CAPTION.sub(r"\g<text>", paragraph.text) for paragraph in case.figures),
        source=merge_places(_list_places(case)),
    )
    return CaseParts(record, named, _list_names(bracket), case.chapter)


def _split_bracket(intro: list[Paragraph]) -> tuple[str, list[Paragraph]]:
    """Split the leading bracket (（事業名：企業名…）) from the lines: its lines as one text, and those behind it."""
    if not intro or comparison_key(intro[0].text)[:1] != "(":
        return "", intro
    text = ""
    for index, paragraph in enumerate(intro):
        text += paragraph.text
        plain = comparison_key(text)
        if plain.count("(") <= plain.count(")"):
            return text, intro[index + 1 :]
    return intro[0].text, intro[1:]


def _list_names(bracket: str) -> tuple[str, ...]:
    """List what may name the programme: what stands before the colon in the bracket, and the bracket itself."""
    inside = comparison_key(bracket)[1:]
    return tuple(dict.fromkeys(name for name in (inside.split(":")[0], inside.rstrip(")")) if name))


def _read_subject(block: SubjectBlock) -> Subject:
    """Read a subject; its ○ line is a name with a municipality in its last bracket.

    >>> from extractor.document.layout import Paragraph
    >>> subject = _read_subject(SubjectBlock(Paragraph("○ (株) 福萬組 (十和田市)", ())))
    >>> subject.name, subject.municipality
    ('(株) 福萬組', '十和田市')
    """
    line = block.heading.text.lstrip(POINT_MARKS).strip()
    found = _LAST_BRACKET.match(line)
    name, place = found.group("name", "place") if found else (line, "")
    is_placed = place.endswith(_MUNICIPALITY)
    return Subject(
        name=name if is_placed else line,
        municipality=place if is_placed else None,
        profile=tuple(paragraph.text for paragraph in block.profile),
        story=tuple(paragraph.text for paragraph in block.story),
    )


def _list_places(case: CaseBlock) -> list[Place]:
    parts = [case.heading, *case.intro, *case.figures]
    for subject in case.subjects:
        parts += [subject.heading, *subject.headings, *subject.profile, *subject.story]
    return [place for paragraph in parts for place in paragraph.source]
