"""Decisions: what a reviewer said, as the page's files hold it and `accept` reads it.

They are about the changes of one report, or about programmes of which it is not certain what they were.

A decision names the changes that it is about by their keys, as `extractor review --json` gives them
(`Reviewed.leaves[].key`). A key holds what the change is of and a digest of both its values: where the output was read
anew since, it names the same change or none. So a decision is for one change (`keys` with one key), or for several at
once (`group` set, and the keys of all of them). What is said of a change alone goes before what is said of a group.

    {"report": "aomori-sme-2024", "output_sha256": "…", "golden_sha256": null, "decisions": [
      {"group": "/policies/2024-1/programmes/2024-1-03", "keys": ["…", "…", "…"], "verdict": "accept"},
      {"keys": ["…/metrics/参加者数/observations/2024#3f…"], "verdict": "refuse", "note": "頁の値と異なる",
       "correction": {"value": "119名", "reason": "42頁の表"}}],
      "waivers": [{"code": "counter-mismatch", "pointer": "/policies/0/…", "reason": "原本どおり"}]}

Of a file without keys, `kind` and the two pointers say which change is meant, while the output is the same.
"""

import datetime
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from extractor.records.comparison import ChangeKind
from extractor.records.report import Record

# accept: the value is right. refuse: it is not. note: nothing is decided. The last two leave it pending.
Verdict = Literal["accept", "refuse", "note"]


class ProposedCorrection(Record):
    """What should stand in the place of a refused value, and why."""

    value: JsonValue
    reason: str


class Decision(Record):
    """What was said of one change, or of a group of them. `note` is the reviewer's own text.

    `group`: what the keys have in common, for people; None: it is about one change. Only such a decision may have a
    correction. `left_pointer`, `right_pointer` and `kind` are looked at only where there are no keys.
    """

    keys: tuple[str, ...] = ()
    group: str | None = None
    left_pointer: str | None = None
    right_pointer: str | None = None
    kind: ChangeKind | None = None
    verdict: Verdict
    note: str = ""
    correction: ProposedCorrection | None = None


class ProposedWaiver(Record):
    """A finding of the output that a person looked at: its code and pointer, and why nothing is to be done about it."""

    code: str
    pointer: str
    reason: str


class Decisions(Record):
    """All that was said of one report, and the SHA-256 of the output and of the golden file of which it was said.

    `golden_sha256` None: there was no golden file. `waivers` go to `raw/<name>.toml`, as corrections do.
    """

    report: str
    output_sha256: str
    golden_sha256: str | None
    decisions: tuple[Decision, ...]
    waivers: tuple[ProposedWaiver, ...] = ()


# A name that a file of settlements gives: far longer than any id, and short enough for a line.
Name = Annotated[str, Field(min_length=1, max_length=200)]


class ProgrammeOf(Record):
    """A programme by the id of its report and its own id.

    `name` is the name that it had when it was looked at (None: not said). Ids go by place, and in a report that was
    read anew another programme may have this one.
    """

    report: Name
    programme: Name
    name: str | None = None


class Settlement(ProgrammeOf):
    """What a person says that a programme was in an earlier report; `was` None: it is new. `note` is kept with it."""

    was: ProgrammeOf | None
    note: str = ""


class Settlements(Record):
    """All programmes that one file settles. `date`: of the decisions; None: the day on which they are accepted."""

    date: datetime.date | None = None
    series: tuple[Settlement, ...]
