"""Profiles: what is particular to a family of reports, as data (`profiles/*.toml`)."""

import hashlib
import tomllib
from functools import cache
from importlib import resources
from typing import get_args

from pydantic import BaseModel, ConfigDict

from extractor.document.outline import ListField
from extractor.grammar.office_names import OfficeWords
from extractor.records.report import Jurisdiction

Words = tuple[str, ...]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Headings(_Part):
    """Heading words and their variants, by what they open; none of what such reports do not have.

    `section`: what parts a chapter into several lists, each with its own total (一般会計, 企業会計). `chapter_marks`:
    with which a chapter's heading begins where chapters have no numbers.
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


class ListColumns(_Part):
    """Column names of the chapter's list, the words of its total row, the unit and marks it uses.

    `figures` are columns of amounts besides the budget, each a metric of its programme; `other` columns are known, but
    records have no place for them. `offices_in_name`: the two brackets in which the name's cell holds the offices.
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

    def columns(self) -> dict[ListField, Words]:
        """The columns that the list has for the fields of a programme, each with its names."""
        return {name: words for name in get_args(ListField) if (words := getattr(self, name))}


class MetricColumns(_Part):
    """Names of a metric table's first column, and of the one that holds units; none where programmes have no tables.

    `label` is what stands beside the whole table in a form.
    """

    name: Words = ()
    unit: Words = ()
    label: Words = ()


class Profile(_Part):
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
        """Whether each programme has a block of its own, known by its headings; else the list is all there is."""
        return bool(self.headings.overview or self.headings.results)


DEFAULT = "aomori_sme"
_FOLDER = resources.files("extractor").joinpath("profiles")


@cache
def load(name: str = DEFAULT) -> Profile:
    """The profile in the package's file of this name (without `.toml`)."""
    return Profile.model_validate(tomllib.loads(_FOLDER.joinpath(f"{name}.toml").read_text(encoding="utf-8")))


@cache
def _files() -> dict[str, str]:
    """The names of all profiles' files, by the profile's id, in the ids' order."""
    names = [entry.name.removesuffix(".toml") for entry in _FOLDER.iterdir() if entry.name.endswith(".toml")]
    return dict(sorted((load(name).id, name) for name in names))


def profiles() -> tuple[Profile, ...]:
    """All profiles of the package, by id."""
    return tuple(load(name) for name in _files().values())


def by_id(profile_id: str) -> Profile | None:
    """The profile of this id; None where there is none."""
    return load(_files()[profile_id]) if profile_id in _files() else None


def get_profile(profile_id: str) -> Profile:
    """Return the profile of this id.

    Raises:
        ValueError: There is none; the message names those that there are.
    """
    if (profile := by_id(profile_id)) is None:
        known = ", ".join(known.id for known in profiles())
        raise ValueError(f"there is no profile {profile_id}: the profiles are {known}")
    return profile


def digest(profile_id: str) -> str:
    """The SHA-256 of a profile's file: what tells whether a profile has changed since a report was read with it."""
    return hashlib.sha256(_FOLDER.joinpath(f"{_files()[profile_id]}.toml").read_bytes()).hexdigest()
