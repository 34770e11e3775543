"""Page drafts: the marks of one page as its grids, its lines and what is no text of it, before it is cut."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractor.document.geometry import centre_x
from extractor.document.layout import Furniture, FurnitureKind, Remark
from extractor.document.page import Glyph, Page, Rule
from extractor.grammar.normalize import normalize_printed
from extractor.layout import furniture
from extractor.layout.ambiguity import find_ambiguities, find_overprinted_lines
from extractor.layout.lines import TextLine, form_lines
from extractor.layout.place import LabelledPage
from extractor.layout.regions.atoms import Atom, list_atoms
from extractor.layout.regions.sheets import find_sheets
from extractor.layout.regions.side_marks import SideMark
from extractor.layout.roles import assign_roles
from extractor.layout.ruled.cells import share_out_glyphs
from extractor.layout.ruled.grid import find_grids
from extractor.layout.ruled.overflow import FilledGrid, assign_overflow
from extractor.layout.signs import add_signs, find_signs_before_figures, remark_unread_signs
from extractor.layout.y_index import ByHeight
from extractor.records.messages import make_message

# A ruled box with more lines than this is a frame around running text, not a title bar.
BOX_LINES = 2


@dataclass(frozen=True, slots=True)
class SplitPage:
    """A page split by its grids: the tables and boxes with their glyphs, and the lines of all that is outside them.

    `apart`: what is no text of the page (watermarks, ruby).
    """

    ruled: tuple[FilledGrid, ...]
    lines: tuple[TextLine, ...]
    rules: ByHeight[Rule]
    apart: tuple[tuple[FurnitureKind, tuple[Glyph, ...]], ...] = ()
    marks: tuple[Glyph, ...] = ()  # drawn signs outside all grids
    unread: tuple[Glyph, ...] = ()  # those in cells whose shape is not known

    def list_lines(self) -> list[TextLine]:
        """Return all lines of the page, those in cells too."""
        return [*self.lines, *(line for filled in self.ruled for line in filled.list_lines())]


@dataclass
class PageDraft:
    """One page before it is cut into regions: the lines outside its grids, and the one that is its number."""

    on: LabelledPage
    split: SplitPage
    lines: list[TextLine]
    label_line: TextLine | None
    apart: list[Furniture]
    remarks: list[Remark]
    ruled: tuple[FilledGrid, ...]
    offices: list[TextLine] = field(default_factory=list)  # at its foot

    def list_atoms(self) -> list[Atom]:
        """List what no cut may part."""
        return list_atoms(self.lines, self.ruled)

    def list_inside(self) -> list[TextLine]:
        """List the lines in tables and boxes."""
        return [line for filled in self.ruled for line in filled.list_lines()]

    def set_marks_apart(self, marks: Sequence[SideMark]) -> None:
        """Take marks beside the text out of the lines and boxes."""
        taken = {id(glyph) for mark in marks for atom in mark.atoms for glyph in atom.glyphs}
        grids = {id(atom.grid) for mark in marks for atom in mark.atoms if atom.grid}
        self.apart += (_set_apart("side-mark", mark.list_glyphs(), self.on) for mark in marks)
        self.ruled = tuple(filled for filled in self.ruled if id(filled) not in grids)
        lines = []
        for line in self.lines:
            rest = [glyph for glyph in line.glyphs if id(glyph) not in taken]
            lines += [line] if len(rest) == len(line.glyphs) else form_lines([*rest, *line.blanks])
        self.lines = lines


def split_page(page: Page) -> SplitPage:
    """Split the glyphs of a page by its grids.

    Each glyph that is not blank ends in one cell or one line, or is no text of the page.

    Args:
        page: The page as it was read.

    Returns:
        Its grids with their glyphs, the lines outside them, and what is no text.
    """
    found = find_grids(page.rules)
    roles = assign_roles(page)
    inside, loose = share_out_glyphs(map(_turn_forward, roles.body), found)
    marks, unread = add_signs(page.marks, found, inside)
    loose += find_signs_before_figures(marks, loose)
    rules = ByHeight(page.rules, lambda rule: (rule.top, rule.bottom))
    ruled = []
    for grid, shares in zip(found, inside, strict=True):
        filled = FilledGrid(grid, shares, assign_overflow(grid, shares, rules))
        if len(grid.cells) == 1 and len(filled.list_lines()) > BOX_LINES:
            loose += [glyph for glyphs in filled.cells.values() for glyph in glyphs]
        else:
            ruled.append(filled)
    return SplitPage(tuple(ruled), tuple(form_lines(loose)), rules, roles.apart, marks, unread)


def _turn_forward(glyph: Glyph) -> Glyph:
    """Put the sides of a glyph in order, whose box begins where it ends: a mirrored font sets it so."""
    return glyph if glyph.x0 <= glyph.x1 else replace(glyph, x0=glyph.x1, x1=glyph.x0)


def draft_pages(page: Page) -> Iterator[PageDraft]:
    """Find what one page tells alone: its number, its ruled tables and boxes, and the lines outside them.

    A sheet with several pages side by side gives a draft for each; what is remarked of all of it is in the first.

    Args:
        page: The page as it was read.

    Yields:
        A draft for each printed page on it, from left to right.
    """
    split = split_page(page)
    atoms = list_atoms(split.lines, split.ruled)
    sheets = find_sheets(page, split.lines, atoms)
    if not sheets:
        outside = furniture.split_off_page_number(page, split.lines)
        label_line = furniture.find_page_number(page, outside)
        lines = [line for line in outside if line is not label_line]
        yield _make_draft(LabelledPage(page, _read_label(label_line)), split, lines, label_line, split.ruled)
        return
    for number, (sides, label_line) in enumerate(sheets):
        taken = {id(glyph) for glyph in label_line.glyphs}
        own = [atom for atom in atoms if sides[0] <= centre_x(atom) < sides[1]]
        glyphs = [glyph for atom in own for glyph in (*atom.glyphs, *atom.blanks) if id(glyph) not in taken]
        on = LabelledPage(page, _read_label(label_line), sides)
        ruled = tuple(atom.grid for atom in own if atom.grid)
        yield _make_draft(on, split, form_lines(glyphs), label_line, ruled, is_first=not number)


def _read_label(line: TextLine | None) -> str | None:
    return furniture.parse_page_label(line.text) if line else None


def _make_draft(
    on: LabelledPage,
    split: SplitPage,
    lines: list[TextLine],
    label_line: TextLine | None,
    ruled: tuple[FilledGrid, ...],
    *,
    is_first: bool = True,
) -> PageDraft:
    """Make the draft of a page with what is to be remarked of it."""
    if not is_first:
        return PageDraft(on, split, lines, label_line, [], [], ruled)
    inside = [line for filled in split.ruled for line in filled.list_lines()]
    apart = [_set_apart(kind, glyphs, on) for kind, glyphs in split.apart]
    remarks = [*find_overprinted_lines([*inside, *split.lines], on)]
    remarks += remark_unread_signs(split.unread, on)
    remarks += (_remark_slanted(part) for part in apart if part.kind == "slanted")
    for filled in split.ruled:
        remarks += find_ambiguities(filled, split.rules, on)
    return PageDraft(on, split, lines, label_line, apart, remarks, ruled)


def _set_apart(kind: FurnitureKind, glyphs: Sequence[Glyph], on: LabelledPage) -> Furniture:
    """Set glyphs apart that are no text of their page, in the order of the file."""
    return Furniture(kind, normalize_printed("".join(glyph.text for glyph in glyphs)), (on.locate(glyphs),))


def _remark_slanted(part: Furniture) -> Remark:
    return Remark(make_message("slanted-text.text", text=part.text), part.source)
