"""Reasons: why a programme is taken for what it is, in the reader's language.

The records hold an English sentence. It is put together of few parts (`follow/step.py`), which are known again here;
a sentence that is not is shown as it is.
"""

import re

from extractor.reporting.i18n import Language, words

_NUMBER = r"[\d.]+"
_PAIR = re.compile(
    r"The name is (?P<name>the same|alike|another)"
    r"(?:(?: and|, but) (?P<alike>(?:prose|metrics|figures of the same years|, | and )+) are alike)?"
    r"(?:; but (?P<doubts>.+?))?(?P<accepted>; it was accepted as the same series)?\."
)
_DOUBTS = re.compile(
    rf"(?P<bare>beside the name nothing is alike)|"
    r"(?P<taken>another programme has the name)?(?: and )?"
    rf"(?:no more than (?P<least>{_NUMBER}) speaks for it)?(?: and )?"
    rf"(?:(?P<rival>.+) is nearly as likely \((?P<near>{_NUMBER})\))?"
)
_TAKEN = re.compile(
    rf"(?P<rival>.+) in the (?:report of (?P<year>\d+)|other report) is like it \((?P<near>{_NUMBER})\), "
    r"but more like another\."
)
_ALONE = re.compile(
    rf"Nothing in the (?:report of (?P<year>\d+)|other report) is "
    rf"(?:like it|like enough, but (?P<nearest>.+) nearly is \((?P<near>{_NUMBER})\))\."
)
_PARTED = re.compile(
    r"(?:(?P<split>What it counted and told is in several programmes)|It holds what several counted and told)"
    r", each of its own metrics(?P<doubt>, but not for certain)?\."
)


def reason_in(reason: str, language: Language) -> str:
    """A reason in a language."""
    if language == "en":
        return reason
    said = words(language)["years"]["reasons"]
    for pattern, tell in ((_PAIR, _pair), (_TAKEN, _taken), (_ALONE, _alone), (_PARTED, _parted)):
        found = pattern.fullmatch(reason)
        told = tell(found, said) if found else None
        if told:
            return told
    return reason


def _pair(found: re.Match[str], said: dict[str, str]) -> str | None:
    parts = [said[f"name {found['name']}"]]
    if found["alike"]:
        alike = re.split(", | and ", found["alike"])
        parts.append(said["alike"].format("・".join(said[one] for one in alike)))
    if found["doubts"]:
        doubts = _DOUBTS.fullmatch(found["doubts"])
        if doubts is None:
            return None
        if doubts["bare"]:
            parts.append(said["bare"])
        if doubts["taken"]:
            parts.append(said["name taken"])
        if doubts["least"]:
            parts.append(said["least"].format(doubts["least"]))
        if doubts["rival"]:
            parts.append(said["rival"].format(doubts["rival"], doubts["near"]))
    if found["accepted"]:
        parts.append(said["accepted"])
    return "、".join(parts) + "。"


def _taken(found: re.Match[str], said: dict[str, str]) -> str:
    return _where(found, said) + said["taken"].format(found["rival"], found["near"])


def _where(found: re.Match[str], said: dict[str, str]) -> str:
    return said["in_year"].format(found["year"]) if found["year"] else said["in_other"]


def _alone(found: re.Match[str], said: dict[str, str]) -> str:
    where = _where(found, said)
    if found["nearest"]:
        return where + said["nearly"].format(found["nearest"], found["near"])
    return where + said["nothing"]


def _parted(found: re.Match[str], said: dict[str, str]) -> str:
    return said["split" if found["split"] else "merged"] + (said["uncertain"] if found["doubt"] else "") + "。"
