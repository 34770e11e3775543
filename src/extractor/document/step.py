"""Step: the steps of the pipeline whose result can be looked at, by name.

The module imports nothing of them.
"""

from enum import StrEnum


class Step(StrEnum):
    """A step whose result can be dumped, in the order of the pipeline."""

    PAGES = "pages"
    LAYOUT = "layout"
    OUTLINE = "outline"
    PARSED = "parsed"
    LINKED = "linked"


# Of these steps one page's share can be told; behind them, what is read of a record comes from several pages.
BY_PAGE = frozenset({Step.PAGES, Step.LAYOUT})
