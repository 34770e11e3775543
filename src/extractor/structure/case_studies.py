"""Case studies: the 事例紹介.

They have subjects, passages, and the captions and legends of their figures.
"""

import re
from typing import Literal

from extractor.document.layout import Paragraph
from extractor.document.outline import CaseBlock, Outline, SubjectBlock
from extractor.grammar.heading_lines import POINT_MARKS
from extractor.grammar.normalize import comparison_key

_CAPTION = re.compile(r"^[<〈《].*[>〉》]$|^(?:図|写真)[0-9]*[ :：]")
# A bracket that names a programme: （○○事業：…）.
_PROGRAMME = re.compile(r"^[(\[][^)\]]*(?:事業|費|プロジェクト)[)\]]?:")


class CaseReader:
    """Reads the case studies under one heading."""

    def __init__(self, heading: Paragraph, chapter: int | None, outline: Outline) -> None:
        self._outline = outline
        self._part: Literal["intro", "profile", "story", "figures"] = "intro"
        self._open_case(heading, chapter)

    def _open_case(self, heading: Paragraph, chapter: int | None) -> None:
        self._case = CaseBlock(heading, chapter)
        self._outline.cases.append(self._case)
        self._part = "intro"

    def take_heading(self, kind: Literal["subject_profile", "subject_story"], paragraph: Paragraph) -> None:
        """Take a heading 企業概要 or 経緯 of the subject at hand.

        Args:
            kind: Which of the two it is.
            paragraph: Its line; without a subject it is in no part.
        """
        if not self._case.subjects:
            self._outline.unplaced.append(paragraph)
            return
        self._case.subjects[-1].headings.append(paragraph)
        self._part = "profile" if kind == "subject_profile" else "story"

    def take_line(self, paragraph: Paragraph) -> None:
        """Take any other line of a case study.

        A bracket that names a programme opens the next case study.
        """
        plain = comparison_key(paragraph.text)
        if self._part != "intro" and _PROGRAMME.match(plain):
            self._open_case(self._case.heading, self._case.chapter)
        if _CAPTION.match(plain):
            self._part = "figures"
        elif paragraph.text[0] in POINT_MARKS:
            self._case.subjects.append(SubjectBlock(paragraph))
            self._part = "profile"
            return
        self._open_lines().append(paragraph)

    def _open_lines(self) -> list[Paragraph]:
        """Return the lines of the part at hand."""
        holder = self._case if self._part in {"intro", "figures"} else self._case.subjects[-1]
        lines: list[Paragraph] = getattr(holder, self._part)
        return lines
