"""Profiles: what is particular to a family of reports, as data (`profiles/*.toml`)."""

import tomllib
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict

from extractor.model.record import Jurisdiction

Words = tuple[str, ...]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Headings(_Part):
    """Heading words and their variants, by what they open."""

    policy_overview: Words
    list: Words
    overview: Words
    results: Words
    subject_profile: Words
    subject_story: Words
    case_studies: Words


class ListColumns(_Part):
    """Column names of the chapter's list, the words of its total row, the unit and marks it uses."""

    number: Words
    name: Words
    budget: Words
    is_new: Words
    offices: Words
    page_label: Words
    subtotal: Words
    budget_unit: str
    new_marks: Words


class MetricColumns(_Part):
    """Names of a metric table's first column, and of the one that holds units."""

    name: Words
    unit: Words


class OfficeWords(_Part):
    """The footer's label, and how names of offices end. `glued`: endings that a group may follow without a blank."""

    label: Words
    division: Words
    centre: Words
    group: Words
    bureau: Words
    glued: Words


class Profile(_Part):
    """One family of reports. `title` are words of which its title holds one."""

    id: str
    title: Words
    jurisdiction: Jurisdiction
    headings: Headings
    list: ListColumns
    metrics: MetricColumns
    offices: OfficeWords


@cache
def load(name: str = "aomori_sme") -> Profile:
    """The profile of this name, from the package."""
    text = resources.files("extractor").joinpath("profiles", f"{name}.toml").read_text(encoding="utf-8")
    return Profile.model_validate(tomllib.loads(text))
