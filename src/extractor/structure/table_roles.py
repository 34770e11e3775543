"""Table roles: what a table is to a profile, found once and kept with the table.

Choosing a profile, building the outline and reading the blocks ask here; extraction gets the answer in the outline.
Everything behind `classify_table` reads items down and fields across: a table that is written the other way round is to
be turned there and nowhere else.
"""

from dataclasses import dataclass

from extractor.document.layout import Table
from extractor.document.outline import ListField, ListTable, MetricTable
from extractor.profiles.profile import Profile
from extractor.structure.bands import read_band_table
from extractor.structure.forms.fields import FormTable
from extractor.structure.forms.parse import read_form
from extractor.structure.list_tables import read_list_heads, read_list_table
from extractor.structure.metric_tables import read_metric_table


@dataclass(frozen=True, slots=True)
class TableRole:
    """What a table is to a profile.

    `content` None: nothing by itself, though it may go on with a table before it.

    `list_fields` are the columns of a list that its head names, also where they are too few for a list.
    """

    content: FormTable | ListTable | MetricTable | None
    list_fields: frozenset[ListField]


def classify_table(table: Table, profile: Profile) -> TableRole:
    """Find what a table is.

    It is a programme's form, a chapter's list, a programme's metrics, or none of these.

    Of several that it may be, the first in this order counts. The answer is found once for each profile and kept in
    `table.roles`; it does not depend on where in the report the table stands.

    Args:
        table: Any table of the layout.
        profile: The family of reports whose words count.

    Returns:
        The role, with the table's columns, axes or fields.
    """
    role: TableRole | None = table.roles.get(profile)
    if role is None:
        heads = read_list_heads(table, profile)
        content = (
            read_band_table(table, heads, profile)
            or read_form(table, profile)
            or read_list_table(table, heads, profile)
            or read_metric_table(table, profile)
        )
        role = TableRole(content, frozenset(field for head in heads for field in head.columns))
        table.roles[profile] = role
    return role
