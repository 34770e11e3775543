"""Edition: what a person knows of one report's file, as `raw/<name>.toml` beside it says it."""

import datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StrictStr


def _date(value: object) -> object:
    """Read a date as TOML has it, or as a text in its form."""
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value


_Date = Annotated[datetime.date, BeforeValidator(_date), Field(strict=True)]
_Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Correction(BaseModel):
    """One value put right: `pointer` (RFC 6901) into the output, what is printed there, what it should be, and why.

    Of an observation, `printed` is its whole `raw` text, and `correct` a text as it should have been printed, which is
    read as the cell would be. Of any other value both are the value itself, of the type that it has in the output, and
    "" stands for none there (null), as of a budget that could not be read.
    `sha256`: of the file that was looked at. Pointers go by place: in another edition the same value may stand there by
    chance, and mean another thing.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    pointer: str
    printed: StrictStr | StrictInt | StrictBool
    correct: StrictStr | StrictInt | StrictBool
    reason: str
    date: _Date
    sha256: _Sha256 | None = None


class Waiver(BaseModel):
    """A finding that a person looked at: its code, the pointer (RFC 6901) that it has in the output, and why it is so.

    `sha256`: of the file that was looked at. Without it a waiver would outlive its reason. `about`: what the finding
    said, and of what, in Japanese; by that it is known again in another edition, where pointers may lead elsewhere.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    pointer: Annotated[str, Field(pattern="^(/.*)?$")]
    reason: Annotated[str, Field(min_length=1)]
    date: _Date
    sha256: _Sha256
    about: str | None = None


_Count = Annotated[int, Field(ge=0, strict=True)]


class Expected(BaseModel):
    """How much a person counted on the pages; None: it was not counted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    policies: _Count | None = None
    programmes: _Count | None = None
    metrics: _Count | None = None
    case_studies: _Count | None = None


class Edition(BaseModel):
    """The whole file.

    It says the fiscal year that the report is of (None: as its pages say), what the report must hold, what is put right
    in it, and which findings were looked at.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    fiscal_year: Annotated[int, Field(ge=1912, le=2100, strict=True)] | None = None
    expected: Expected = Expected()
    correction: tuple[Correction, ...] = ()
    waiver: tuple[Waiver, ...] = ()


NOTHING_KNOWN = Edition()
