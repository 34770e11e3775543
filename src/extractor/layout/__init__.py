"""Lay out: marks on pages, or lines of a transcript, become paragraphs and tables in reading order."""

from extractor.layout.page_draft import split_page
from extractor.layout.pages import find_cuts, find_open_grids, lay_out_pages
from extractor.layout.transcript import lay_out_lines

__all__ = ["find_cuts", "find_open_grids", "lay_out_lines", "lay_out_pages", "split_page"]
