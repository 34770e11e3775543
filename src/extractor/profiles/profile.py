"""Profiles: what is particular to a family of reports, as data (`profiles/*.toml`)."""

import re
from collections.abc import Collection
from functools import cache
from typing import Literal, get_args

from extractor.document.outline import ListField
from extractor.grammar.heading_lines import strip_marks_and_unit
from extractor.grammar.normalize import comparison_key
from extractor.grammar.office_names import OfficeWords
from extractor.grammar.vocabulary import WordData, load_words
from extractor.profiles.profile_files import index_profile_files
from extractor.records.messages import make_message
from extractor.records.report import Jurisdiction

Words = tuple[str, ...]


class Headings(WordData):
    """Heading words and their variants, by what they open.

    There are none of what such reports do not have. `section`: what parts a chapter into several lists, each with its
    own total (一般会計, 企業会計). `chapter_marks`: with which a chapter's heading begins where chapters have no
    numbers.
    """

    policy_overview: Words = ()
    list: Words = ()
    section: Words = ()
    overview: Words = ()
    results: Words = ()
    subject_profile: Words = ()
    subject_story: Words = ()
    case_studies: Words = ()
    chapter_marks: str = ""


class ListColumns(WordData):
    """What the chapter's list is known by.

    It is the names of its columns, the words of its total row, and the unit and marks it uses. `figures` are columns of
    amounts besides the budget, each a metric of its programme; `other` columns are known, but records have no place for
    them. `offices_in_name`: the two brackets in which the name's cell holds the offices.
    """

    name: Words
    number: Words = ()
    budget: Words = ()
    is_new: Words = ()
    offices: Words = ()
    page_label: Words = ()
    overview: Words = ()
    figures: Words = ()
    other: Words = ()
    offices_in_name: str = ""
    subtotal: Words
    budget_unit: str
    new_marks: Words

    def list_column_names(self) -> dict[ListField, Words]:
        """Return the names of the columns that the list has, by field of a programme."""
        return {name: words for name in get_args(ListField) if (words := getattr(self, name))}


class MetricColumns(WordData):
    """Names of a metric table's first column, and of the one that holds units.

    There are none where programmes have no tables. `label` is what stands beside the whole table in a form.
    """

    name: Words = ()
    unit: Words = ()
    label: Words = ()


class Profile(WordData):
    """One family of reports. `title` are words of which its title holds one."""

    id: str
    title: Words
    jurisdiction: Jurisdiction
    headings: Headings
    list: ListColumns
    metrics: MetricColumns = MetricColumns()
    offices: OfficeWords

    @property
    def has_blocks(self) -> bool:
        """Whether each programme has a block of its own, known by its headings.

        Otherwise the list is all there is.
        """
        return bool(self.headings.overview or self.headings.results)


DEFAULT_PROFILE = "aomori_sme"


@cache
def load_profile(name: str = DEFAULT_PROFILE) -> Profile:
    """Load the profile in the package's file of this name, without `.toml`."""
    return load_words("extractor.profiles", f"{name}.toml", Profile)


def load_profiles() -> tuple[Profile, ...]:
    """Load all profiles of the package, in the order of their ids."""
    return tuple(load_profile(name) for name in index_profile_files().values())


def find_profile(profile_id: str) -> Profile | None:
    """Find the profile of an id; None where there is none."""
    name = index_profile_files().get(profile_id)
    return None if name is None else load_profile(name)


def get_profile(profile_id: str) -> Profile:
    """Return the profile of this id.

    Raises:
        ValueError: There is none; the message names those that there are.
    """
    if (profile := find_profile(profile_id)) is None:
        raise ValueError(make_message("usage.no-profile", profile=profile_id, known=tuple(index_profile_files())))
    return profile


HeadingKind = Literal["policy_overview", "list", "section", "overview", "results", "subject_profile", "subject_story"]

# A heading has at most so many characters: a longer line is a sentence.
HEADING_LENGTH = 40


class HeadingWords:
    """The heading words of some profiles.

    Where two give one word two kinds, the later profile's counts.

    >>> words = collect_all_heading_words()
    >>> words.is_heading("【 事業概要 】"), words.is_heading("事業概要は次のとおり。")
    (True, False)
    """

    def __init__(self, sources: Collection[Profile] = ()) -> None:
        """Collect the words of profiles; without any, no line is a heading."""
        self.kinds: dict[str, HeadingKind] = {
            comparison_key(word): kind
            for profile in sources
            for kind in get_args(HeadingKind)
            for word in getattr(profile.headings, kind)
        }
        self._offices = tuple({comparison_key(word) for profile in sources for word in profile.offices.endings})

    def find_kind(self, text: str) -> HeadingKind | None:
        """Return which heading a line is; None where it is none."""
        return self.kinds.get(strip_marks_and_unit(text)) if len(text) <= HEADING_LENGTH else None

    def is_heading(self, text: str) -> bool:
        """Tell whether a line is a heading by its words.

        It is then no part of the prose around it.
        """
        return self.find_kind(text) is not None

    def is_office(self, text: str) -> bool:
        """Tell whether a line is the bare name of an office, without label or brackets, by how it ends."""
        return re.search(r"[。:()\[\]]", comparison_key(text)) is None and comparison_key(text).endswith(self._offices)


NO_HEADING_WORDS = HeadingWords()


@cache
def heading_words_of(profile: Profile) -> HeadingWords:
    """Return the heading words of one profile."""
    return HeadingWords((profile,))


@cache
def collect_all_heading_words() -> HeadingWords:
    """Return the heading words of all profiles of the package.

    Before a profile is chosen, any may be the report's.
    """
    return HeadingWords(load_profiles())
