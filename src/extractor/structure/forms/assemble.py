"""Fill: the pieces of forms become programme blocks. A form may go on over a page's end; one table may hold many."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from extractor.document.layout import Cell, Paragraph
from extractor.document.outline import Chapter, Drift, MetricTable, Outline, ProgrammeBlock
from extractor.grammar.normalize import key
from extractor.records.messages import Message, make_message
from extractor.structure.forms.fields import Piece, last_page, line_of
from extractor.structure.headings import once_more, title_parts
from extractor.structure.table_roles import gives_unit
from extractor.structure.titles import TitleWords

# So many characters of a sentence about a form's row; of a longer one, what it quotes is cut.
LONGEST = 160


class Filler:
    """Puts each piece into the block at hand, a new one, or `unplaced`."""

    def __init__(self, chapter: Chapter, outline: Outline, words: TitleWords) -> None:
        self._chapter = chapter
        self._outline = outline
        self._words = words
        self._names: Collection[str] = ()
        self._block: ProgrammeBlock | None = None
        self._begin(None)

    def _begin(self, block: ProgrammeBlock | None) -> None:
        self._block = block
        self._before: Piece | None = None
        # The cell in the place of a label whose text goes on from the page before.
        self._carried: Cell | None = None
        # Whether the title is of a form, and not of a line over it; whether the last text was nobody's.
        self._named = False
        self._strayed = False
        # A number in a cell of its own, whose name has not come yet.
        self._number: Piece | None = None

    def fill(
        self, pieces: Iterable[Piece], block: ProgrammeBlock | None, names: Collection[str]
    ) -> ProgrammeBlock | None:
        """Take all pieces in order, `block` being at hand, and give the one at hand at the end; `names` are the listed
        ones, folded."""
        if block is None or block is not self._block:
            self._begin(block)
        self._names = names
        self._page = _reached(block) if block else None
        for piece in pieces:
            page = piece.first_page()
            turned = page is not None and self._page is not None and page > self._page
            before = self._block
            self._take(piece, turned=turned)
            last = piece.last_page()
            # A head that is printed again over the rest of a form is none of its text.
            again = before is not None and self._block is before and piece.kind in {"name", "offices", "number"}
            self._page = self._page if again or last is None else last
            self._before = piece
        self._let_go()
        return self._block

    def _take(self, piece: Piece, *, turned: bool) -> None:
        """Put a piece into the block at hand or a new one; `turned`: it is on a later page than that has reached."""
        piece = self._seen(piece, turned=turned)
        if self._carried is not piece.left:
            self._carried = piece.left if turned and piece.kind == "loose" and not self._strayed else None
        if piece.label is not None:
            self._strayed = False
        if piece.kind == "number" and not self._has_number(piece):
            self._let_go()
            self._number = piece
            return
        block = self._block
        if block is None or self._begins(piece, block, turned=turned):
            block = ProgrammeBlock()
            self._chapter.blocks.append(block)
            self._block = block
            self._named = self._strayed = False
        self._put(piece, block)

    def _put(self, piece: Piece, block: ProgrammeBlock) -> None:
        """Put a piece into its field of the block."""
        if piece.label is not None and piece.kind not in {"unknown", "budget", "is_new"}:
            block.headings.append(piece.label)
        if piece.kind == "metrics" and piece.table is not None:
            self._metrics(piece.table, block)
        elif piece.kind == "overview" or piece.kind == "results":
            self._passage(piece, block)
        elif piece.kind == "name" or piece.kind == "title":
            self._title(piece, block)
        elif piece.kind == "number":
            self._numbered(piece, block)
        elif piece.kind == "offices":
            self._offices(piece, block)
        elif piece.kind == "budget" or piece.kind == "is_new":
            self._without_field(piece)
        elif piece.kind == "values":
            # The table beside it is a piece of its own; what else stands there is nobody's.
            if piece.cells:
                self._stray(piece, block)
        else:
            self._loose(piece, block)

    def _seen(self, piece: Piece, *, turned: bool) -> Piece:
        """A row of one cell as what it is here: a title, or more of the text that the page's end cut."""
        wide = piece.label is None and len(piece.cells) == 1 and piece.cells[0].column == 0
        if not wide or piece.kind not in {"title", "overview", "results"}:
            return piece
        if self._may_be_title(piece.cells[0]):
            return replace(piece, kind="title")
        return replace(piece, kind="loose") if piece.kind == "title" and turned and not self._strayed else piece

    def _begins(self, piece: Piece, block: ProgrammeBlock, *, turned: bool) -> bool:
        """Whether a piece is the first of another programme's form: of what there is one, the block has it already."""
        begun = block.overview is not None or block.results is not None
        if piece.kind in {"overview", "results"} and piece.label is not None:
            has = block.overview if piece.kind == "overview" else block.results
            latest = "overview" if block.results is None else "results"
            goes_on = once_more(piece.label.text) or (turned and piece.kind == latest)
            return (has is not None and not goes_on) or (piece.kind == "overview" and has is None and begun)
        if piece.kind == "name" and piece.cells:
            return (begun or self._named) and not _is_title(piece.cells[0], block)
        if piece.kind == "title":
            return (
                (begun or self._named) and self._may_be_title(piece.cells[0]) and not _is_title(piece.cells[0], block)
            )
        if piece.kind == "offices" and block.footer and block.results is not None:
            follows = self._before is not None and self._before.kind in {"offices", "name", "number"}
            return not follows and not _repeats(piece.cells, block.footer)
        return False

    def _may_be_title(self, cell: Cell) -> bool:
        """Whether a row of one cell is a title: no prose, and no note."""
        line = line_of(cell)
        numbered = title_parts(cell.text)[0] is not None
        return self._words.titled(line, self._names) and (numbered or self._words.listed(line, self._names))

    def _metrics(self, table: MetricTable, block: ProgrammeBlock) -> None:
        """A table; a line on units with which the text before it ends is its caption."""
        passage = block.results if block.results is not None else block.overview
        over = passage.pop() if passage and gives_unit(passage[-1].text) else None
        block.tables.append(replace(table, caption=over))

    def _passage(self, piece: Piece, block: ProgrammeBlock) -> None:
        passage = block.overview if piece.kind == "overview" else block.results
        if passage is None:
            passage = []
            if piece.kind == "overview":
                block.overview = passage
            else:
                block.results = passage
        for cell in piece.cells:
            passage += cell.prose()

    def _title(self, piece: Piece, block: ProgrammeBlock) -> None:
        if not piece.cells:
            label = piece.label.text if piece.label else ""
            self._drift(make_message("layout-drift.nothing-beside", label=label), "label", piece, block)
            return
        (cell, *_) = piece.cells
        line = line_of(cell)
        if block.title is not None and _is_title(cell, block):
            block.headings.append(line)
        elif block.overview is not None or block.results is not None or not self._words.titled(line, self._names):
            self._stray(piece, block)
        elif block.title is None:
            title = self._words.parted(line, self._names)
            block.title = title.name
            self._named = True
            block.footer += title.offices
            self._outline.unplaced += title.marks
            if self._number is not None:
                self._numbered(self._number, block)
                self._number = None
        else:
            self._stray(piece, block)

    def _has_number(self, piece: Piece) -> bool:
        """Whether a number is that of the block at hand: behind its name, or again. Else it waits for a name."""
        block = self._block
        if block is None or block.title is None:
            return False
        own = title_parts(block.title.text)[0]
        begun = block.overview is not None or block.results is not None
        return not begun if own is None else own == _figure(piece.cells[0].text if piece.cells else "")

    def _numbered(self, piece: Piece, block: ProgrammeBlock) -> None:
        """A title gets the number of another cell, unless it has one."""
        if piece.label is not None and piece.label not in block.headings:
            block.headings.append(piece.label)
        for number in map(line_of, piece.cells):
            own = title_parts(block.title.text)[0] if block.title else None
            if own is None and block.title is not None:
                places = (*number.source, *block.title.source)
                block.title = Paragraph(f"{number.text} {block.title.text}", places, strong=True)
            elif own is not None and own == _figure(number.text):
                block.headings.append(number)
            else:
                self._outline.unplaced.append(number)

    def _let_go(self) -> None:
        """A number whose name did not come is nobody's."""
        if self._number is not None:
            self._outline.unplaced += self._number.lines()
            self._number = None

    def _offices(self, piece: Piece, block: ProgrammeBlock) -> None:
        if _repeats(piece.cells, block.footer):
            block.headings += [line_of(cell) for cell in piece.cells]
        else:
            block.footer += [line_of(cell) for cell in piece.cells]

    def _without_field(self, piece: Piece) -> None:
        """What the list tells of a programme and its block has no field for: its budget, that it is new. It is kept."""
        lines = piece.lines()
        places = tuple(place for line in lines for place in line.source)
        if piece.cells:
            self._outline.unplaced.append(Paragraph(" ".join(line.text for line in lines), places))
        elif piece.label and self._block:
            self._block.headings.append(piece.label)

    def _loose(self, piece: Piece, block: ProgrammeBlock) -> None:
        """Cells without a known label: more of a passage from the page before, notes of the results, or nobody's."""
        passage = block.results if block.results is not None else block.overview
        if piece.kind == "loose" and self._carried is not None and passage is not None:
            for cell in piece.cells:
                passage += cell.prose()
            return
        self._stray(piece, block)

    def _stray(self, piece: Piece, block: ProgrammeBlock) -> None:
        notes = bool(piece.cells) and all(cell.text.startswith("※") for cell in piece.cells)
        if block.results is not None and piece.label is None and notes:
            for cell in piece.cells:
                block.results += cell.prose()
            return
        self._strayed = True
        texts = tuple(line.text for line in piece.lines())
        self._drift(make_message("layout-drift.no-label", texts=texts), "text", piece, block)
        if piece.label is not None and piece.kind == "unknown":
            self._outline.unplaced.append(piece.label)
        self._outline.unplaced += [line_of(cell) for cell in piece.cells]

    def _drift(self, message: Message, quoted: str, piece: Piece, block: ProgrammeBlock) -> None:
        if len(said := str(message)) > LONGEST:
            cut = f"{message.key}-cut"
            start = len(str(make_message(cut, **{quoted: ""}))) - 1
            message = make_message(cut, **{quoted: said[start : LONGEST - 3]})
        block.drift.append(Drift(message, tuple(place for line in piece.lines() for place in line.source)))


def _reached(block: ProgrammeBlock) -> int | None:
    """The page on which a block's text ends; a label cut in two by the page's end may stand on the next as well."""
    texts = [*(block.overview or []), *(block.results or []), *block.footer]
    places = [place for text in texts for place in text.source]
    places += [place for table in block.tables for place in table.table.source]
    return last_page(tuple(places)) or last_page(block.places())


def _figure(text: str) -> int | None:
    """The number that a cell is: 3, (3), No.3, ③."""
    return title_parts(f"{text} a")[0]


def _is_title(cell: Cell, block: ProgrammeBlock) -> bool:
    return block.title is not None and key(title_parts(block.title.text)[1]) == key(title_parts(cell.text)[1])


def _repeats(cells: Collection[Cell], footer: Collection[Paragraph]) -> bool:
    """Whether the same offices stand there already, as where a head is printed again on the next page."""
    known = {key(line.text) for line in footer}
    return bool(cells) and all(key(cell.text) in known for cell in cells)
