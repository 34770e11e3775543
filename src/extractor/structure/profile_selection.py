"""Choose: which profile a report is of, by what it says. Pure; a report that fits none is refused, never guessed at."""

from dataclasses import dataclass, field

from extractor.document.layout import Layout, Paragraph, Table
from extractor.errors import CannotRead
from extractor.grammar.normalize import key
from extractor.profiles.profile import Profile, Words
from extractor.structure.front_matter import is_title, other_publisher
from extractor.structure.headings import HeadingKind, kind
from extractor.structure.table_roles import knows_items, list_fields, list_table, metric_table

# The headings that every report of a profile has; the others only some have.
_HEADINGS: tuple[HeadingKind, ...] = ("policy_overview", "list", "overview", "results")


@dataclass(slots=True)
class _Fit:
    """What of a profile is found in a report: its `signs` by kind and word, most telling first.

    `title`, `listed` and `blocks` are what a report is known by; None where its profile has no such thing.
    """

    profile: Profile
    signs: dict[tuple[str, str], bool] = field(default_factory=dict)
    title: bool = False
    listed: bool | None = None
    blocks: bool | None = None
    publisher: str | None = None

    @property
    def share(self) -> float:
        """The share of the profile's signs that are found."""
        return sum(self.signs.values()) / len(self.signs)

    @property
    def enough(self) -> bool:
        """Whether there are programmes in it, more than half of what it is known by, and no other's name on it."""
        known_by = [part for part in (self.title, self.listed, self.blocks) if part is not None]
        has_programmes = bool(self.listed) or bool(self.blocks)
        return has_programmes and 2 * sum(known_by) > len(known_by) and self.publisher is None

    @property
    def order(self) -> tuple[bool, bool, float]:
        """The first fits best. A profile with few signs would else go before one whose title is printed."""
        return not self.enough, not self.title, -self.share


def choose(layout: Layout, profiles: tuple[Profile, ...]) -> Profile:
    """The profile whose title the report has, and of which most is found in it.

    Raises `CannotRead("not-a-report")` where none fits, with the nearest and what it lacks, or two fit equally well.
    """
    fits = sorted((_fit(layout, profile) for profile in profiles), key=lambda fit: fit.order)
    best = fits[0]
    if not best.enough:
        raise CannotRead("not-a-report", f"no profile fits: {_lacks(best)}")
    for other in fits[1:]:
        if other.order == best.order:
            both = f"{best.profile.id} and {other.profile.id}"
            raise CannotRead("not-a-report", f"the profiles {both} fit equally well: name one with --profile")
    return best.profile


def _fit(layout: Layout, profile: Profile) -> _Fit:
    paragraphs = [element for element in layout.elements if isinstance(element, Paragraph)]
    tables = [element for element in layout.elements if isinstance(element, Table)]
    fit = _Fit(profile)
    fit.title = any(is_title(paragraph, profile) for paragraph in paragraphs)
    fit.signs["title", profile.title[0]] = fit.title
    # In a form, a block's headings are labels in cells.
    texts = [*paragraphs, *(Paragraph(cell.text, cell.source) for table in tables for cell in table.cells if cell.text)]
    headings = {kind(text, profile) for text in texts}
    for heading in _HEADINGS:
        if words := _words(profile, heading):
            fit.signs["heading", words[0]] = heading in headings
    columns = {name for table in tables for name in list_fields(table, profile)}
    has_list = any(list_table(table, profile) for table in tables)
    for name, words in profile.list.columns().items():
        fit.signs["column of the list", words[0]] = name in columns
    fit.listed = has_list or "list" in headings
    if profile.metrics.name:
        metric = (metric_table(table, profile) for table in tables)
        found = any(one is not None and knows_items(one.name_head, profile) for one in metric)
        fit.signs["head of a table", profile.metrics.name[0]] = found
    if profile.has_blocks:
        fit.blocks = not headings.isdisjoint({"overview", "results"})
    else:
        fit.listed = has_list
    own = key(profile.jurisdiction.name)
    fit.signs["name", profile.jurisdiction.name] = any(own in key(one.text) for one in texts)
    other = other_publisher(layout.elements, profile)
    fit.publisher = other[0] if other else None
    return fit


def _words(profile: Profile, name: HeadingKind) -> Words:
    words: Words = getattr(profile.headings, name)
    return words


def _lacks(fit: _Fit) -> str:
    """The nearest profile and what it lacks, in one line."""
    missing: dict[str, list[str]] = {}
    for (kind_of_sign, word), found in fit.signs.items():
        if not found:
            missing.setdefault(kind_of_sign, []).append(word)
    said = f"the nearest is {fit.profile.id}"
    if missing:
        said += ", of which it lacks " + "; ".join(f"{name} {', '.join(words)}" for name, words in missing.items())
    if fit.publisher:
        own = fit.profile.jurisdiction.name
        said += f"; it is of {fit.publisher} and not of {own} (--profile {fit.profile.id} reads it all the same)"
    return said
