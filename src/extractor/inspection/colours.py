"""Colours: what each of them means, for the overlay and its legend."""

from extractor.inspection.roles import Kind
from extractor.records.report import Severity

Colour = tuple[int, int, int]

PAPER: Colour = (255, 255, 255)
INK: Colour = (40, 40, 40)
FAINT: Colour = (150, 150, 150)
RULE: Colour = (230, 0, 160)
CELL: Colour = (0, 120, 240)

KINDS: dict[Kind, tuple[Colour, str]] = {
    "heading": ((125, 60, 205), "title, heading"),
    "chapter": ((0, 140, 140), "prose of the chapter"),
    "list": ((160, 110, 0), "list of programmes"),
    "overview": ((30, 90, 220), "overview"),
    "results": ((0, 145, 60), "results"),
    "metrics": ((105, 130, 0), "metrics"),
    "offices": ((185, 85, 0), "offices"),
    "case": ((190, 40, 120), "case study"),
    "text": ((90, 90, 90), "text of a refused file"),
    "furniture": ((130, 130, 130), "furniture"),
    "unplaced": ((220, 0, 0), "unplaced: in no record"),
}
# What became of a value: the status of its observation, or no record holds it.
VALUES: dict[str, Colour] = {
    "read": (0, 190, 80),
    "absent": (110, 110, 110),
    "blank": (255, 190, 0),
    "unreadable": (255, 90, 0),
    "unplaced": (220, 0, 0),
}
SEVERITIES: dict[Severity, Colour] = {"error": (220, 0, 0), "warning": (235, 120, 0), "info": (0, 90, 200)}
