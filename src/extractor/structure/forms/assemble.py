"""Form assembly: the fields of forms become programme blocks.

In: the fields of one table, and the block at hand. Out: blocks of the chapter. A form may go on over a page's end; one
table may hold many.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from math import inf
from typing import ClassVar

from extractor.document.layout import Cell, Paragraph, Remark, gather_places
from extractor.document.outline import Aside, ChapterBlock, Outline, ProgrammeBlock
from extractor.grammar.block_lines import find_line_kind, gives_unit
from extractor.grammar.heading_lines import says_continued, split_title_number
from extractor.grammar.normalize import comparison_key
from extractor.records.messages import Message, make_message
from extractor.structure.forms.fields import FieldKind, FormField, cell_to_line, find_last_page
from extractor.structure.titles import TitleWords

# A message quotes no more characters of a form.
MESSAGE_LENGTH = 160


class FormAssembler:
    """Puts each field into the block at hand, a new one, or `unplaced`."""

    def __init__(self, chapter: ChapterBlock, outline: Outline, words: TitleWords) -> None:
        self._chapter = chapter
        self._outline = outline
        self._words = words
        self._names: Collection[str] = ()
        self._begin_form(None)

    def _begin_form(self, block: ProgrammeBlock | None) -> None:
        self._block = block
        self._page: int | None = None
        self._before: FormField | None = None
        # The cell in the place of a label whose text goes on from the page before.
        self._carried: Cell | None = None
        # Whether the title is of a form, and not of a line over it; whether the last text was nobody's.
        self._named = False
        self._strayed = False
        # Whether the field at hand is on a later page than the block has reached.
        self._page_turned = False
        # A number in a cell of its own, whose name has not come yet.
        self._number: FormField | None = None

    def add_fields(
        self, fields: Iterable[FormField], block: ProgrammeBlock | None, names: Collection[str]
    ) -> ProgrammeBlock | None:
        """Put all fields of a table into blocks, in order.

        Args:
            fields: The fields of a form.
            block: The block at hand, which the form may go on with or whose title stands over it; None for none.
            names: The comparison keys of the names in the chapter's list.

        Returns:
            The block at hand behind the table.
        """
        if block is None or block is not self._block:
            self._begin_form(block)
        self._names = names
        self._page = _find_reached_page(block)
        for field in fields:
            self._page_turned = (field.find_first_page() or 0) > (self._page or inf)
            before = self._block
            self._take_field(field)
            # A head that is printed again over the rest of a form is none of its text.
            if before is None or self._block is not before or field.kind not in {"name", "offices", "number"}:
                self._page = field.find_last_page() or self._page
            self._before = field
        self._release_number()
        return self._block

    def _take_field(self, field: FormField) -> None:
        """Put a field into the block at hand or a new one."""
        field = self._see_in_context(field)
        if self._carried is not field.left:
            self._carried = field.left if self._page_turned and field.kind == "loose" and not self._strayed else None
        if field.label is not None:
            self._strayed = False
        if field.kind == "number" and not self._is_number_of_block(field):
            self._release_number()
            self._number = field
            return
        block = self._find_block_of(field)
        if field.kind not in {"unknown", "budget", "is_new"}:
            block.headings += [field.label] if field.label else []
        self._PUT_RULES.get(field.kind, FormAssembler._put_unlabelled)(self, field, block)

    def _see_in_context(self, field: FormField) -> FormField:
        """See a row of one cell as what it is here: a title, or more of the text that the page's end cut."""
        wide = field.label is None and len(field.cells) == 1 and field.cells[0].column == 0
        if not wide or field.kind not in {"title", "overview", "results"}:
            return field
        if self._may_be_title(field.cells[0]):
            return replace(field, kind="title")
        cut = field.kind == "title" and self._page_turned and not self._strayed
        return replace(field, kind="loose") if cut else field

    def _find_block_of(self, field: FormField) -> ProgrammeBlock:
        """Return the block at hand, or a new one where a field begins another form: the block has what it has once."""
        block = self._block
        begins = self._BEGIN_RULES.get(field.kind)
        if block is None or (begins is not None and begins(self, field, block)):
            self._block = block = ProgrammeBlock()
            self._chapter.blocks.append(block)
            self._named = self._strayed = False
        return block

    def _begins_with_passage(self, field: FormField, block: ProgrammeBlock) -> bool:
        """Tell whether a labelled passage begins a form: the block has it and it does not go on, or has a later one."""
        if field.label is None:
            return False
        if (block.overview if field.kind == "overview" else block.results) is None:
            return field.kind == "overview" and block.has_passage
        latest = "overview" if block.results is None else "results"
        return not says_continued(field.label.text) and not (self._page_turned and field.kind == latest)

    def _begins_with_name(self, field: FormField, block: ProgrammeBlock) -> bool:
        """Tell whether a name begins a form: the block has a passage or a form's name, and is not called so itself.

        So does a row of one cell that may be a title.
        """
        if not field.cells or not (block.has_passage or self._named) or _has_title(block, field.cells[0]):
            return False
        return field.kind == "name" or self._may_be_title(field.cells[0])

    def _begins_with_offices(self, field: FormField, block: ProgrammeBlock) -> bool:
        """Tell whether offices begin a form: behind a whole block, if they neither go on with its head nor repeat."""
        if not block.footer or block.results is None:
            return False
        follows = self._before is not None and self._before.kind in {"offices", "name", "number"}
        return not follows and not _repeats_offices(field.cells, block.footer)

    # Which fields may be the first of another programme's form, and what tells that they are.
    _BEGIN_RULES: ClassVar[dict[FieldKind, Callable[["FormAssembler", FormField, ProgrammeBlock], bool]]] = {
        "overview": _begins_with_passage,
        "results": _begins_with_passage,
        "name": _begins_with_name,
        "title": _begins_with_name,
        "offices": _begins_with_offices,
    }

    def _may_be_title(self, cell: Cell) -> bool:
        """Tell whether a row of one cell is a title: no prose, and no note."""
        line = cell_to_line(cell)
        numbered = split_title_number(cell.text)[0] is not None
        return self._words.may_be_title(line, self._names) and (numbered or self._words.is_listed(line, self._names))

    def _put_metrics(self, field: FormField, block: ProgrammeBlock) -> None:
        """Add a table; a line on units with which the text before it ends is its caption."""
        passage = block.latest_passage
        over = passage.pop() if passage and gives_unit(passage[-1].text) else None
        block.tables += [replace(field.table, caption=over)] if field.table else []

    def _put_passage(self, field: FormField, block: ProgrammeBlock) -> None:
        """Add text to a passage, which the field's label may open."""
        setattr(block, field.kind, [*(getattr(block, field.kind) or []), *field.list_prose()])

    def _put_title(self, field: FormField, block: ProgrammeBlock) -> None:
        """Make a name the block's title; one that is printed again is a heading, and any other is nobody's."""
        if not field.cells:
            label = field.label.text if field.label else ""
            self._note_drift(make_message("layout-drift.nothing-beside", label=label), "label", field, block)
            return
        line = cell_to_line(field.cells[0])
        if _has_title(block, field.cells[0]):
            block.headings.append(line)
        elif block.title is not None or block.has_passage or not self._words.may_be_title(line, self._names):
            self._put_stray(field, block)
        else:
            title = self._words.split_title(line, self._names)
            block.title, self._named = title.name, True
            block.footer += title.offices
            self._outline.unplaced += title.marks
            if self._number is not None:
                self._put_number(self._number, block)
                self._number = None

    def _is_number_of_block(self, field: FormField) -> bool:
        """Tell whether a number is that of the block at hand: behind its name, or again. Else it waits for a name."""
        block = self._block
        if block is None or block.title is None:
            return False
        own = split_title_number(block.title.text)[0]
        return not block.has_passage if own is None else own == _read_number(field.cells[0].text if field.cells else "")

    def _put_number(self, field: FormField, block: ProgrammeBlock) -> None:
        """Add a number to the title, unless that has one; then the same number is a heading, and another nobody's."""
        if field.label is not None and field.label not in block.headings:
            block.headings.append(field.label)
        for number in map(cell_to_line, field.cells):
            own = split_title_number(block.title.text)[0] if block.title else None
            if own is None and block.title is not None:
                places = (*number.source, *block.title.source)
                block.title = Paragraph(f"{number.text} {block.title.text}", places, strong=True)
            elif own is not None and own == _read_number(number.text):
                block.headings.append(number)
            else:
                self._outline.unplaced.append(number)

    def _release_number(self) -> None:
        """Let go of a number whose name did not come: it is nobody's."""
        self._outline.unplaced += self._number.list_lines() if self._number else []
        self._number = None

    def _put_offices(self, field: FormField, block: ProgrammeBlock) -> None:
        """Add offices to the block's footer; those that are printed again are headings."""
        lines = block.headings if _repeats_offices(field.cells, block.footer) else block.footer
        lines += map(cell_to_line, field.cells)

    def _put_list_field(self, field: FormField, block: ProgrammeBlock) -> None:
        """Keep a budget, or that a programme is new, as text that is in no part."""
        if field.cells:
            lines = field.list_lines()
            self._outline.unplaced.append(Paragraph(" ".join(line.text for line in lines), gather_places(lines)))
        elif field.label:
            block.headings.append(field.label)

    def _put_attribute(self, field: FormField, block: ProgrammeBlock) -> None:
        """Keep what stands in a column of its own with the column's head."""
        block.asides += [Aside(field.head, cell_to_line(cell)) for cell in field.cells]

    def _put_unlabelled(self, field: FormField, block: ProgrammeBlock) -> None:
        """Add cells without a known label: more of a passage from the page before, or nobody's."""
        passage = block.latest_passage
        if field.kind == "loose" and self._carried is not None and passage is not None:
            passage += field.list_prose()
        else:
            self._put_stray(field, block)

    def _put_stray(self, field: FormField, block: ProgrammeBlock) -> None:
        """Add cells that are notes to the results; others are nobody's, and the profile does not know them."""
        if not field.cells and field.kind == "values":
            return
        notes = bool(field.cells) and all(cell.text.startswith("※") for cell in field.cells)
        if block.results is not None and field.label is None and notes:
            block.results += field.list_prose()
            return
        if self._put_labelled(field, block):
            return
        self._strayed = True
        texts = tuple(line.text for line in field.list_lines())
        self._note_drift(make_message("layout-drift.no-label", texts=texts), "text", field, block)
        self._outline.unplaced += (field if field.kind == "unknown" else replace(field, label=None)).list_lines()

    def _put_labelled(self, field: FormField, block: ProgrammeBlock) -> bool:
        """Keep what stands beside labels that many forms have (事業期間, 根拠法令), in pairs; tell whether it is so."""
        cells = [*([field.label] if field.label else []), *map(cell_to_line, field.cells)]
        labels, texts = cells[::2], cells[1::2]
        if not texts or len(labels) != len(texts) or any(find_line_kind(line.text) != "attribute" for line in labels):
            return False
        block.headings += labels
        block.asides += [Aside(label.text, text) for label, text in zip(labels, texts, strict=True)]
        return True

    # What becomes of a field, by its kind; fields of other kinds are unlabelled text.
    _PUT_RULES: ClassVar[dict[FieldKind, Callable[["FormAssembler", FormField, ProgrammeBlock], None]]] = {
        "metrics": _put_metrics,
        "overview": _put_passage,
        "results": _put_passage,
        "name": _put_title,
        "title": _put_title,
        "number": _put_number,
        "offices": _put_offices,
        # The list has these of a programme; its block has no place for them.
        "budget": _put_list_field,
        "is_new": _put_list_field,
        "attribute": _put_attribute,
        # A label beside a table of metrics, which is a field of its own.
        "values": _put_stray,
    }

    def _note_drift(self, message: Message, quoted: str, field: FormField, block: ProgrammeBlock) -> None:
        """Note what the profile does not know; of a long sentence, the parameter `quoted` of its variant is cut."""
        if len(said := str(message)) > MESSAGE_LENGTH:
            cut = f"{message.key}-cut"
            start = len(str(make_message(cut, **{quoted: ""}))) - 1
            message = make_message(cut, **{quoted: said[start : MESSAGE_LENGTH - 3]})
        block.drift.append(Remark(message, gather_places(field.list_lines())))


def _find_reached_page(block: ProgrammeBlock | None) -> int | None:
    """Find the page on which a block's text ends; a label that is cut by the page's end may stand on the next too."""
    if block is None:
        return None
    texts = [*(block.overview or []), *(block.results or []), *block.footer]
    tables = [table.table for table in block.tables]
    return find_last_page(gather_places([*texts, *tables])) or find_last_page(block.list_places())


def _read_number(text: str) -> int | None:
    """Read the number that a cell is: 3, (3), No.3, ③; None for any other text.

    >>> _read_number("No.3"), _read_number("三")
    (3, None)
    """
    return split_title_number(f"{text} a")[0]


def _has_title(block: ProgrammeBlock, cell: Cell) -> bool:
    """Tell whether a cell is the block's title, numbers aside."""
    if block.title is None:
        return False
    title, name = (comparison_key(split_title_number(text)[1]) for text in (block.title.text, cell.text))
    return title == name


def _repeats_offices(cells: Collection[Cell], footer: Collection[Paragraph]) -> bool:
    """Tell whether the same offices stand there already, as where a head is printed again on the next page."""
    known = {comparison_key(line.text) for line in footer}
    return bool(cells) and all(comparison_key(cell.text) in known for cell in cells)
