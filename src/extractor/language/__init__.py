"""Language: in which one the program speaks to people, and how its sentences are filled in."""

import string
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any, Final, Literal, Protocol, get_args, runtime_checkable

Language = Literal["en", "ja"]
OPTION: Final = "--lang"
# Variables of the environment that name the locale: the first that is set counts.
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
# What stands between the parts of a list that has no separator of its own.
_SEPARATORS: Mapping[Language, str] = {"en": ", ", "ja": "、"}
# What was asked for by the option, and what is spoken.
_asked: Language | None = None
_spoken: Language = "en"


@runtime_checkable
class Translatable(Protocol):
    """Something that can be said in both languages."""

    def render(self, language: Language) -> str:
        """Write it in a language."""


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    """Choose the language for this run of the program: that of the option, or that of the locale.

    Args:
        arguments: What was typed; the option may stand anywhere in it.
        environment: The variables of the environment.

    >>> choose_language(["run"], {"LANG": "ja_JP.UTF-8"}); get_language()
    'ja'
    >>> choose_language(["run", "--lang=en"], {"LANG": "ja_JP.UTF-8"}); get_language(), get_page_language()
    ('en', 'en')
    >>> choose_language([], {"LC_ALL": "C.UTF-8", "LANG": "ja_JP.UTF-8"}); get_language(), get_page_language()
    ('en', 'ja')
    """
    global _asked, _spoken
    _asked = _find_option(arguments)
    locale = next((environment[name] for name in _LOCALES if environment.get(name)), "")
    _spoken = _asked or ("ja" if locale.lower().startswith("ja") else "en")


def _find_option(arguments: Sequence[str]) -> Language | None:
    """Find the last of the options; None where there is none, or where it names no language."""
    found: Language | None = None
    for argument, following in zip_longest(arguments, arguments[1:], fillvalue=""):
        if argument == "--":
            break
        name, _, value = argument.partition("=")
        if name == OPTION:
            wanted = value or following
            found = next((one for one in get_args(Language) if one == wanted), found)
    return found


def get_language() -> Language:
    """Return the language in which this run of the program speaks."""
    return _spoken


def get_page_language() -> Language:
    """Return the language of pages: Japanese unless asked otherwise, whatever the locale.

    Their readers are officials of a prefecture, also where a server without a locale makes the pages.
    """
    return _asked or "ja"


def render_text(text: str | Translatable, language: Language) -> str:
    """Write what may be a text already.

    Args:
        text: A text in one language, or what can be said in both.
        language: The language.

    Returns:
        The text.
    """
    return text.render(language) if isinstance(text, Translatable) else text


def fill_template(template: str, language: Language, parameters: Mapping[str, Any]) -> str:
    """Fill a sentence.

    Besides the usual format, `{x:|none}` gives "none" for what is empty, `{n:?one/many}` chooses by a number, and
    `{list: + }` sets " + " between the parts of a list (`{list:, ^ and }`: " and " before the last).

    Args:
        template: The sentence, with the names of its parameters in braces.
        language: The language of the sentence.
        parameters: Texts, numbers, what can be said in both languages, or tuples of these.

    Returns:
        The sentence; in Japanese, with quotation marks within others as inner ones.

    >>> fill_template("{count} place{count:?/s}", "en", {"count": 2})
    '2 places'
    """
    filled = _Formatter(language).vformat(template, (), parameters)
    return nest_quotes(filled) if language == "ja" else filled


def nest_quotes(text: str) -> str:
    """Set quotation marks within others as inner ones.

    A text in which some are not closed stays as it is.

    >>> nest_quotes("表の「「創造学」実施校数」"), nest_quotes("「「創造学」の…")
    ('表の「『創造学』実施校数」', '「「創造学」の…')
    """
    depth, nested = 0, []
    for sign in text:
        depth -= sign == "」"
        nested.append({"「": "『", "」": "』"}.get(sign, sign) if depth > 0 else sign)
        depth += sign == "「"
        if depth < 0:
            return text
    return text if depth else "".join(nested)


class _Formatter(string.Formatter):
    """A formatter that fills templates as `fill_template` says."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Translatable):
            return value.render(self._language)
        if isinstance(value, tuple):
            return self._join([self.format_field(part, "") for part in value], format_spec)
        if format_spec.startswith("|"):
            return self.format_field(value, "") if value else format_spec[1:]
        if format_spec.startswith("?"):
            one, many = format_spec[1:].split("/")
            return one if value == 1 else many
        return format(value, format_spec)

    def _join(self, parts: Sequence[str], separators: str) -> str:
        between, _, last = (separators or _SEPARATORS[self._language]).partition("^")
        if len(parts) < 2 or not last:
            return between.join(parts)
        return last.join([between.join(parts[:-1]), parts[-1]])
