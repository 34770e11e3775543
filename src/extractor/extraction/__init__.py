"""Extraction: an outline becomes values.

In: the `Outline` of `structure` and the profile. Out: `ReportParts`, the values of chapters, list rows, blocks and case
studies before rows and blocks are joined, with what could not be read and what no record holds. A number is matched
whole, or the cell is unreadable.
"""
