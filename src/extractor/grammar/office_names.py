"""Offices: the text of a footer or a list's cell becomes divisions, each with its groups and bureau.

Brackets in footers are often uneven, so they part words and mean nothing more. What a word is, its ending tells.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from extractor.grammar.normalize import key, printed
from extractor.grammar.vocabulary import alternatives
from extractor.records.report import Office

_PARTS = re.compile(r"[\s、，,;；／/()（）\[\]【】〔〕]+")
# Legal forms are part of a name, brackets and all: （一社）…協会.
_LEGAL_FORM = re.compile(r"[(（](一社|一財|公社|公財|独|地独|株|有|合|特非|福|学)[)）]")


class OfficeWords(BaseModel):
    """The footer's label, and how names of offices end. `glued`: endings that a group may follow without a blank."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: tuple[str, ...]
    division: tuple[str, ...]
    centre: tuple[str, ...]
    group: tuple[str, ...]
    bureau: tuple[str, ...]
    glued: tuple[str, ...]


@dataclass
class _Open:
    """An office under construction."""

    division: str
    centre: bool
    groups: list[str]
    bureau: str | None = None


@dataclass(frozen=True, slots=True)
class Offices:
    """The offices in order, and the words whose ending tells nothing (kept as groups or divisions all the same)."""

    offices: tuple[Office, ...]
    unknown: tuple[str, ...]


def _words(text: str, words: OfficeWords) -> list[str]:
    """The words of a text, labels gone; offices with ・ or 及び between, or a group behind its division, are parted."""
    plain = re.sub(rf"(?:{alternatives(words.label)})\s*[】〕)）]?\s*[:：]", " ", text)
    plain = re.sub(rf"^\s*[(（〔\[【]?(?:{alternatives(words.label)})(?=[\s】〕)）])", " ", plain)
    plain = _LEGAL_FORM.sub("\ue000\\1\ue001", plain)
    # Not behind every ending: 学校・家庭教育課 is one.
    endings = alternatives(words.glued + words.group)
    plain = re.sub(rf"({endings})(?:・|･|及び|並びに)", r"\1 ", plain)
    found = []
    for part in _PARTS.split(plain):
        glued = re.match(rf"^(.+(?:{alternatives(words.glued)}))(?![題長程])(.+(?:{alternatives(words.group)}))$", part)
        # Two divisions whose lines filled their cell: no division's name holds the ending of its own kind,
        # or ends as a centre's.
        twice = re.match(
            rf"^(..+({alternatives(words.glued)}))(?![題長程後])(..+(?:\2|{alternatives(words.centre)}))$", part
        )
        found += [glued[1], glued[2]] if glued else [twice[1], twice[3]] if twice else [part]
    return [word.replace("\ue000", "（").replace("\ue001", "）") for word in found if word]


def joined(lines: Sequence[str], words: OfficeWords) -> str:
    """The lines of a footer as one text: with a blank where a line ends as an office or a bracket does, without one
    where the name goes on in the next line.

    >>> from extractor.profiles.profile import load
    >>> joined(["(担当課：若者定着", "還流促進課 県内定着促進グルー", "プ)", "港湾課)"], load().offices)
    '(担当課：若者定着還流促進課 県内定着促進グループ) 港湾課)'
    """
    ends = (*words.division, *words.centre, *words.group, *words.bureau, *")）]】〕、，,:：")
    text = ""
    for line in lines:
        text += (" " if text.endswith(ends) else "") + line
    return text


def read_offices(text: str, words: OfficeWords) -> Offices:
    """The offices that a text names, in order.

    `(担当課：若者定着還流促進課 雇用促進グループ) 産業イノベーション推進課 職業能力開発グループ)` are two divisions
    with a group each; `総合社会教育センター 育成研修課` is a centre with a division in the place of a group.
    """
    offices: list[_Open] = []
    unknown: list[str] = []
    for word in _words(printed(text), words):
        last = offices[-1] if offices else None
        if word.endswith(words.bureau):
            if last is None:
                offices.append(_Open(word, False, []))
            else:
                last.bureau = word
        elif word.endswith(words.group) and last is not None:
            last.groups.append(word)
        elif word.endswith(words.centre):
            offices.append(_Open(word, True, []))
        elif word.endswith(words.division):
            if last is not None and last.centre and last.bureau is None:
                last.groups.append(word)
            else:
                offices.append(_Open(word, False, []))
        else:
            unknown.append(word)
            if last is None:
                offices.append(_Open(word, False, []))
            else:
                last.groups.append(word)
    made = tuple(
        Office(division=office.division, groups=tuple(office.groups), bureau=office.bureau) for office in offices
    )
    return Offices(made, tuple(unknown))


def office_keys(offices: tuple[Office, ...]) -> frozenset[tuple[str, str]]:
    """What two printings of the same offices have in common: divisions and bureaux, in any order, groups aside."""
    return frozenset((key(office.division), key(office.bureau or "")) for office in offices)
