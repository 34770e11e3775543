"""Offices: the text of a footer or a list's cell becomes divisions, each with its groups and bureau.

Brackets in footers are often uneven, so they part words and mean nothing more. What a word is, its ending tells.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from extractor.grammar.normalize import comparison_key, normalize_printed
from extractor.grammar.vocabulary import WordData, words_to_regex
from extractor.records.report import Office

_PARTS = re.compile(r"[\s、，,;；／/()（）\[\]【】〔〕]+")
# How an office is reached: a number behind a word for it, or an address.
_NUMBER = r"[(（]?[0-9][0-9()（）‐－―ー-]{2,}[0-9]"
_CONTACT_WORDS = (
    r"(?:(?:電話|直通|代表|内線|番号|TEL|Tel|FAX|ファクス|ファックス|E-?[Mm]ail|メール|[℡☎])\s*[:：.]?\s*)+"
)
_ADDRESS = r"[\w.+-]+@[\w.-]+"
_CONTACT = re.compile(
    rf"(?:{_CONTACT_WORDS}(?:{_NUMBER}|{_ADDRESS})|{_ADDRESS})(?:\s*[(（]{_CONTACT_WORDS}{_NUMBER}[)）])?"
)
# Legal forms are part of a name, brackets and all: （一社）…協会.
_LEGAL_FORM = re.compile(r"[(（](一社|一財|公社|公財|独|地独|株|有|合|特非|福|学)[)）]")


class OfficeWords(WordData):
    """The footer's label, and how names of offices end.

    `glued`: endings that a group may follow without a blank.
    """

    label: tuple[str, ...]
    division: tuple[str, ...]
    centre: tuple[str, ...]
    group: tuple[str, ...]
    bureau: tuple[str, ...]
    glued: tuple[str, ...]

    @property
    def endings(self) -> tuple[str, ...]:
        """All endings of names of offices."""
        return self.division + self.centre + self.group + self.bureau

    def rank_of(self, name: str) -> str | None:
        """Tell by its ending what kind of office a name is of.

        It gives None where it is that of none.
        """
        endings = (("bureau", self.bureau), ("group", self.group), ("centre", self.centre), ("division", self.division))
        return next((rank for rank, ends in endings if name.endswith(ends)), None)


def ends_as_office(name: str, endings: Collection[str], others: Collection[str] = ()) -> bool:
    """Tell whether a name, folded as the endings are, is one of an office.

    Args:
        name: The name.
        endings: How names of offices end.
        others: Words that end so and are none, alone; unless they are endings themselves, also at a name's end.

    Returns:
        Whether it is one of an office.

    >>> ends_as_office("港湾課", ("課", "部"), ("全部",)), ends_as_office("工事全部", ("課", "部"), ("全部",))
    (True, False)
    """
    longer = tuple(word for word in others if word not in endings)
    return name.endswith(tuple(endings)) and name not in others and not name.endswith(longer)


@dataclass(frozen=True, slots=True)
class Offices:
    """The offices in order, and the words whose ending tells nothing.

    Such words are kept as groups or divisions all the same.
    """

    offices: tuple[Office, ...]
    unknown: tuple[str, ...]


def _split_words(text: str, words: OfficeWords) -> list[str]:
    """Split a text into words, without labels; offices joined by ・ or 及び, or without anything, are parted."""
    label, glued = words_to_regex(words.label), words_to_regex(words.glued)
    plain = re.sub(rf"(?:{label})\s*[】〕)）]?\s*[:：]", " ", text)
    plain = re.sub(rf"^\s*[(（〔\[【]?(?:{label})(?=[\s】〕)）])", " ", plain)
    plain = _LEGAL_FORM.sub("\ue000\\1\ue001", plain)
    # Not behind every ending: 学校・家庭教育課 is one.
    plain = re.sub(rf"({words_to_regex(words.glued + words.group)})(?:・|･|及び|並びに)", r"\1 ", plain)
    # A group behind its division; and two divisions whose lines filled their cell: no division's name holds the ending
    # of its own kind, or ends as a centre's.
    with_group = re.compile(rf"(.+(?:{glued}))(?![題長程])(.+(?:{words_to_regex(words.group)}))")
    twice = re.compile(rf"(..+(?P<kind>{glued}))(?![題長程後])(..+(?:(?P=kind)|{words_to_regex(words.centre)}))")
    split: list[str] = []
    for part in _PARTS.split(plain):
        two = with_group.fullmatch(part) or twice.fullmatch(part)
        split += [two[1], two[two.re.groups]] if two else [part]
    words_found = (word.strip("・･").replace("\ue000", "（").replace("\ue001", "）") for word in split)
    return [word for word in words_found if word]


def join_footer_lines(lines: Sequence[str], words: OfficeWords) -> str:
    """Join the lines of a footer.

    Args:
        lines: The lines in the order of print.
        words: How names of offices end.

    Returns:
        The text, with a blank where a line ends as an office or a bracket does, and without one where the name goes on
        in the next line.

    >>> from extractor.profiles.profile import load_profile
    >>> lines = ["(担当課：若者定着", "還流促進課 県内定着促進グルー", "プ)", "港湾課)"]
    >>> join_footer_lines(lines, load_profile().offices)
    '(担当課：若者定着還流促進課 県内定着促進グループ) 港湾課)'
    """
    text = ""
    for line in lines:
        text += (" " if text.endswith((*words.endings, *")）】]〕、，,:：")) else "") + line
    return text


def read_offices(text: str, words: OfficeWords) -> Offices:
    """Read the offices that a text names.

    `(担当課：若者定着還流促進課 雇用促進グループ) 産業イノベーション推進課 職業能力開発グループ)` are two divisions
    with a group each; `総合社会教育センター 育成研修課` is a centre with a division in the place of a group.

    Args:
        text: A footer, or a cell of a list.
        words: How names of offices end.

    Returns:
        The offices in the order of print; a word whose ending tells nothing is a group of the office before it, or a
        division where there is none, and is `unknown`. Telephone numbers and addresses are the `contact` of the office
        before them.

    >>> from extractor.profiles.profile import load_profile
    >>> reached = read_offices("(担当課：港湾課 管理係 電話 017-734-1234（内線 5678）)", load_profile().offices)
    >>> [(office.groups, office.contact) for office in reached.offices], reached.unknown
    ([(('管理係',), '電話 017-734-1234（内線 5678）')], ())
    """
    offices: list[Office] = []
    unknown: list[str] = []
    plain, begin = normalize_printed(text), 0
    for contact in _CONTACT.finditer(plain):
        _add_offices(plain[begin : contact.start()], words, offices, unknown)
        begin = contact.end()
        if offices:
            said = " ".join(filter(None, (offices[-1].contact, contact[0])))
            offices[-1] = offices[-1].model_copy(update={"contact": said})
        else:
            unknown.append(contact[0])
    _add_offices(plain[begin:], words, offices, unknown)
    return Offices(tuple(offices), tuple(unknown))


def is_contact(text: str) -> bool:
    """Tell whether a line says how an office is reached, and nothing else.

    >>> is_contact("（電話：017-722-1111（内線3412） E-mail: shoko@pref.example.jp）"), is_contact("電話による相談")
    (True, False)
    """
    rest, count = _CONTACT.subn("", normalize_printed(text))
    return count > 0 and not re.search(r"\w", rest)


def _add_offices(text: str, words: OfficeWords, offices: list[Office], unknown: list[str]) -> None:
    """Add the offices that a text without contacts names to those before it."""
    for word in _split_words(text, words):
        rank = words.rank_of(word)
        last = offices[-1] if offices else None
        unknown += [word] if rank is None or (rank == "group" and last is None) else []
        in_centre = last is not None and last.bureau is None and last.division.endswith(words.centre)
        if last is None or rank == "centre" or (rank == "division" and not in_centre):
            offices.append(Office(division=word, groups=(), bureau=None))
        elif rank == "bureau":
            offices[-1] = last.model_copy(update={"bureau": word})
        else:
            offices[-1] = last.model_copy(update={"groups": (*last.groups, word)})


def office_keys(offices: tuple[Office, ...]) -> frozenset[tuple[str, str]]:
    """Fold offices to what two printings of them have in common.

    That is divisions and bureaux, groups aside.
    """
    return frozenset((comparison_key(office.division), comparison_key(office.bureau or "")) for office in offices)
