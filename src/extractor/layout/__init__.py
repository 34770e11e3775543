"""Lay out: marks on pages, or lines of a transcript, become paragraphs and tables in reading order."""

from extractor.layout.pages import lay_out_pages, open_grids, parted
from extractor.layout.transcript import lay_out_lines

__all__ = ["lay_out_lines", "lay_out_pages", "open_grids", "parted"]
