"""Cases: the 事例紹介, with their subjects, passages, and the captions and legends of their figures."""

import re
from typing import Literal

from extractor.document.layout import Paragraph, Table
from extractor.document.outline import CaseBlock, Outline, SubjectBlock
from extractor.grammar.normalize import key
from extractor.structure.headings import POINT_MARKS

_CAPTION = re.compile(r"^[<〈《].*[>〉》]$|^(?:図|写真)[0-9]*[ :：]")


class CaseReader:
    """Reads the case studies under one heading."""

    def __init__(self, heading: Paragraph, chapter: int | None, outline: Outline) -> None:
        self._outline = outline
        self._case = CaseBlock(heading, chapter)
        outline.cases.append(self._case)
        self._part: Literal["intro", "profile", "story", "figures"] = "intro"

    def heading(self, kind: Literal["subject_profile", "subject_story"], paragraph: Paragraph) -> None:
        """企業概要 or 経緯 of the subject at hand."""
        if not self._case.subjects:
            self._outline.unplaced.append(paragraph)
            return
        self._case.subjects[-1].headings.append(paragraph)
        self._part = "profile" if kind == "subject_profile" else "story"

    def table(self, table: Table) -> None:
        """A case study has no table that is known."""
        self._outline.unplaced.append(table)

    def paragraph(self, paragraph: Paragraph) -> None:
        """Any other line of a case study."""
        case = self._case
        if self._part != "intro" and self._names_programme(paragraph):
            self._case = case = CaseBlock(case.heading, case.chapter)
            self._outline.cases.append(case)
            self._part = "intro"
        if _CAPTION.match(key(paragraph.text)):
            case.figures.append(paragraph)
            self._part = "figures"
        elif paragraph.text[0] in POINT_MARKS:
            case.subjects.append(SubjectBlock(paragraph))
            self._part = "profile"
        elif self._part == "intro":
            case.intro.append(paragraph)
        elif self._part == "figures":
            case.figures.append(paragraph)
        elif self._part == "profile":
            case.subjects[-1].profile.append(paragraph)
        else:
            case.subjects[-1].story.append(paragraph)

    def _names_programme(self, paragraph: Paragraph) -> bool:
        """A bracket that names a programme (（○○事業：…）) opens the next case study."""
        return bool(re.match(r"^[(\[][^)\]]*(?:事業|費|プロジェクト)[)\]]?:", key(paragraph.text)))
