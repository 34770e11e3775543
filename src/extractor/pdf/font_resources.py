"""Font resources: the fonts of a file, each read once."""

from collections.abc import Mapping

from pdfminer.pdffont import PDFCIDFont, PDFFont, PDFType1Font, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import resolve1

from extractor.pdf.diagnostics import DamageNotes
from extractor.pdf.own_cmaps import complete_maps
from extractor.pdf.page_tree import FAULTS


class UnreadableFont(PDFType1Font):
    """A stand-in for a font that cannot be read.

    It has places for the characters, but no meanings.
    """

    def to_unichr(self, cid: int) -> str:
        """Say that the character is not known.

        Raises:
            PDFUnicodeNotDefined: Always.
        """
        raise PDFUnicodeNotDefined(None, cid)


class FontResources(PDFResourceManager):
    """Fonts by object number, each read once.

    A broken font costs its own text, not the page's.
    """

    def __init__(self, notes: DamageNotes) -> None:
        super().__init__()
        self.notes = notes
        self._completed: set[PDFFont] = set()

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """Read a font. One that cannot be read is noted, and has no known characters.

        Args:
            objid: The number of the font's object; nothing for a font that has none, which is read anew each time.
            spec: The font's dictionary.

        Returns:
            The font, or an `UnreadableFont`.
        """
        try:
            font = super().get_font(objid, spec)
            if isinstance(font, PDFCIDFont) and font not in self._completed:
                self._completed.add(font)
                complete_maps(font, resolve1(spec.get("Encoding")))
            return font
        except FAULTS:
            self.notes.add_note("damaged-page.font-unreadable")
            font = UnreadableFont(self, {})
            if objid:
                self._cached_fonts[objid] = font
            return font
