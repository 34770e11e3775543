"""Profiles: what is particular to a family of reports, as data (`profiles/*.toml`)."""

import tomllib
from functools import cache
from typing import get_args

from pydantic import BaseModel, ConfigDict

from extractor.document.outline import ListField
from extractor.grammar.office_names import OfficeWords
from extractor.profiles.profile_files import FOLDER, index_profile_files
from extractor.records.messages import make_message
from extractor.records.report import Jurisdiction

WordList = tuple[str, ...]


class _ProfilePart(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Headings(_ProfilePart):
    """Heading words and their variants, by what they open.

    There are none of what such reports do not have. `section`: what parts a chapter into several lists, each with its
    own total (一般会計, 企業会計). `chapter_marks`: with which a chapter's heading begins where chapters have no
    numbers.
    """

    policy_overview: WordList = ()
    list: WordList = ()
    section: WordList = ()
    overview: WordList = ()
    results: WordList = ()
    subject_profile: WordList = ()
    subject_story: WordList = ()
    case_studies: WordList = ()
    chapter_marks: str = ""


class ListColumns(_ProfilePart):
    """What the chapter's list is known by.

    It is the names of its columns, the words of its total row, and the unit and marks it uses. `figures` are columns of
    amounts besides the budget, each a metric of its programme; `other` columns are known, but records have no place for
    them. `offices_in_name`: the two brackets in which the name's cell holds the offices.
    """

    name: WordList
    number: WordList = ()
    budget: WordList = ()
    is_new: WordList = ()
    offices: WordList = ()
    page_label: WordList = ()
    overview: WordList = ()
    figures: WordList = ()
    other: WordList = ()
    offices_in_name: str = ""
    subtotal: WordList
    budget_unit: str
    new_marks: WordList

    def list_column_names(self) -> dict[ListField, WordList]:
        """Return the names of the columns that the list has, by field of a programme."""
        return {name: words for name in get_args(ListField) if (words := getattr(self, name))}


class MetricColumns(_ProfilePart):
    """Names of a metric table's first column, and of the one that holds units.

    There are none where programmes have no tables. `label` is what stands beside the whole table in a form.
    """

    name: WordList = ()
    unit: WordList = ()
    label: WordList = ()


class Profile(_ProfilePart):
    """One family of reports. `title` are words of which its title holds one."""

    id: str
    title: WordList
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
    return Profile.model_validate(tomllib.loads(FOLDER.joinpath(f"{name}.toml").read_text(encoding="utf-8")))


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
