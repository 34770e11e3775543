"""Profile selection: which profile a report is of, by its words.

A report that fits none is refused, never guessed at.

In: a layout and the profiles. Out: the profile that the report fits.
"""

from dataclasses import dataclass

from extractor.document.layout import Layout, Paragraph, Table
from extractor.document.outline import ListTable, MetricTable
from extractor.errors import CannotRead
from extractor.grammar.normalize import comparison_key
from extractor.profiles.profile import HeadingKind, Profile
from extractor.records.messages import make_message, make_refusal
from extractor.structure.forms.fields import FormTable
from extractor.structure.front_matter import find_other_publisher, is_title
from extractor.structure.headings import find_heading_kind
from extractor.structure.table_roles import TableRole, classify_table

# The headings that every report of a profile has; the others only some have.
_HEADINGS: tuple[HeadingKind, ...] = ("policy_overview", "list", "overview", "results")


@dataclass(frozen=True, slots=True)
class ProfileFit:
    """What of a profile is found in a report.

    `signs` are what is found by kind and word, most telling first.

    `title`, `listed` and `blocks` are what a report is known by; None where its profile has no such thing. `publisher`
    is another jurisdiction that the report names as its own.
    """

    profile: Profile
    signs: dict[tuple[str, str], bool]
    title: bool
    listed: bool
    blocks: bool | None
    publisher: str | None

    @property
    def is_enough(self) -> bool:
        """Whether there are programmes in it, more than half of what it is known by, and no other's name on it."""
        known_by = [part for part in (self.title, self.listed, self.blocks) if part is not None]
        has_programmes = self.listed or bool(self.blocks)
        return has_programmes and 2 * sum(known_by) > len(known_by) and self.publisher is None

    @property
    def sort_key(self) -> tuple[bool, bool, float]:
        """The first fits best: by its title before the share of its signs that are found, for some have few signs."""
        return not self.is_enough, not self.title, -sum(self.signs.values()) / len(self.signs)


def choose_profile(layout: Layout, profiles: tuple[Profile, ...]) -> Profile:
    """Choose the profile whose title the report has, and of which most is found in it.

    Args:
        layout: The whole report.
        profiles: The profiles to choose from, at least one.

    Returns:
        The profile that fits best.

    Raises:
        CannotRead: No profile fits; the message names the nearest and what it lacks. Or two fit equally well. The
            status is `not-a-report`.
    """
    fits = sorted((measure_fit(layout, profile) for profile in profiles), key=lambda fit: fit.sort_key)
    best = fits[0]
    if not best.is_enough:
        raise _refuse_lacks(best)
    if len(fits) > 1 and fits[1].sort_key == best.sort_key:
        raise make_refusal("not-a-report.both-fit", one=best.profile.id, other=fits[1].profile.id)
    return best.profile


def measure_fit(layout: Layout, profile: Profile) -> ProfileFit:
    """Measure how well a report fits a profile.

    Args:
        layout: The whole report.
        profile: The profile whose words are looked for.

    Returns:
        Which of the profile's signs are found.
    """
    tables = [element for element in layout.elements if isinstance(element, Table)]
    lines = [element for element in layout.elements if isinstance(element, Paragraph)]
    texts = [*lines, *_list_cell_texts(tables)]
    headings = {find_heading_kind(text, profile) for text in texts}
    roles = [classify_table(table, profile) for table in tables]
    title = any(is_title(line, profile) for line in lines)
    has_list = any(isinstance(role.content, ListTable) for role in roles)
    own, name = comparison_key(profile.jurisdiction.name), profile.jurisdiction.name
    signs = {
        ("title", profile.title[0]): title,
        **_find_headings(headings, profile),
        **_find_table_signs(roles, profile),
        ("name", name): any(own in comparison_key(text.text) for text in texts),
    }
    publisher = find_other_publisher(layout.elements, profile)
    return ProfileFit(
        profile,
        signs,
        title,
        listed=has_list or (profile.has_blocks and "list" in headings),
        blocks=not headings.isdisjoint({"overview", "results"}) if profile.has_blocks else None,
        publisher=publisher[0] if publisher else None,
    )


def _find_headings(headings: set[HeadingKind | None], profile: Profile) -> dict[tuple[str, str], bool]:
    """Find which of the headings that every report of the profile has are there."""
    words = {heading: getattr(profile.headings, heading) for heading in _HEADINGS}
    return {("heading", names[0]): heading in headings for heading, names in words.items() if names}


def _list_cell_texts(tables: list[Table]) -> list[Paragraph]:
    """List the texts of all cells: in a form, a block's headings are labels in cells."""
    return [Paragraph(cell.text, cell.source) for table in tables for cell in table.cells if cell.text]


def _find_table_signs(roles: list[TableRole], profile: Profile) -> dict[tuple[str, str], bool]:
    """Find which columns of the list some table's head names, and whether some table has the head of metrics."""
    fields = {field for role in roles for field in role.list_fields}
    columns = profile.list.list_column_names()
    signs = {("column", words[0]): field in fields for field, words in columns.items()}
    if profile.metrics.name:
        signs["head", profile.metrics.name[0]] = any(map(_has_known_metrics, roles))
    return signs


def _has_known_metrics(role: TableRole) -> bool:
    """Tell whether a table, or one within a form, has a head for items that the profile knows."""
    tables = [field.table for field in role.content.fields] if isinstance(role.content, FormTable) else [role.content]
    return any(isinstance(table, MetricTable) and table.is_known for table in tables)


def _refuse_lacks(fit: ProfileFit) -> CannotRead:
    """Name the nearest profile and what it lacks, as the reason why a report is not read."""
    missing: dict[str, list[str]] = {}
    for (kind_of_sign, word), found in fit.signs.items():
        if not found:
            missing.setdefault(kind_of_sign, []).append(word)
    signs = tuple(make_message(f"lacks.{kind}", words=tuple(words)) for kind, words in missing.items())
    own, publisher = fit.profile, fit.publisher
    return make_refusal(
        "not-a-report.no-fit",
        profile=own.id,
        lacks=make_message("lacks.signs", signs=signs) if signs else "",
        publisher=make_message("lacks.own", found=publisher, own=own.jurisdiction.name, profile=own.id)
        if publisher
        else "",
    )
