"""What each record is made of: what identifies it, what it is called, and what kinds of fields it has.

In: the records of `report`. Out: a `RecordSpec` for each record that is compared by itself. Comparing, merging, labels
and `walk` go by it. The kinds of fields follow from their types, so a new field needs no line here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, Literal, get_args, get_origin

from extractor.records.comparison import ChangedRecord
from extractor.records.report import (
    Activity,
    AppliedCorrection,
    Attribute,
    CaseStudy,
    Fact,
    Finding,
    Initiative,
    Metric,
    Note,
    Observation,
    OtherValue,
    Passage,
    Policy,
    Programme,
    ProgrammeSources,
    Record,
    Report,
    ReportHead,
    Section,
    Source,
    Subject,
    Unplaced,
)

# value: compared whole. texts: a list whose elements are what they say (texts, offices). records: a list of records
# with a spec. record: one such record. place: where something is printed. id: made of other ids, a number and the
# order. name: what a reader knows the record by. reference: an id or pointer, which means nothing in another report.
# rendered: it is compared with nothing.
FieldKind = Literal["value", "texts", "records", "record", "place", "id", "name", "reference", "rendered"]
# text: as printed. folded: without differences of typesetting. prose: the paragraphs of passages, or a list of texts.
# names: the names of the records in a list. figures: what metrics say of each year, by their names; amounts: what a
# metric's observations say of each year.
Measure = Literal["text", "folded", "prose", "names", "figures", "amounts"]


@dataclass(frozen=True, slots=True)
class KeyPart:
    """A part of what identifies a record: a field, or (with @) what the comparison knows of the record besides.

    @holder: the record that holds it, where that is on both sides. @series: the accepted series of a programme.
    @target: what it points to. @goal: the word for a planned value. @said: its values with their types. @unmoved: all
    of it, in two readings of one document.
    A record of which some part is None has no such key, unless `may_lack`; with `filled`, "" is no better than None.
    """

    field: str
    folded: bool = False
    may_lack: bool = False
    filled: bool = False


@dataclass(frozen=True, slots=True)
class SimilarityMeasure:
    """One thing by which records are known to be alike, and its weight; `required`: it counts also where it is empty.

    `also`: further fields that are read together with `field`.
    """

    field: str
    measure: Measure
    weight: float = 1
    also: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class RecordSpec:
    """What the steps after reading know of a record.

    Attributes:
        model: The record's class.
        record: Its word in a comparison.
        keys: What identifies it among its like; each key pairs the records that those before it left over.
        measures: By what two records are alike whose keys differ; none: they are then two records.
        same_values: What the same value of a field is worth besides, out of 1.
        same_place: What the same place in the same document is worth besides, out of 1.
        enough: The least likeness, out of 1, of one record with another; `enough_alone`: if there is one measure only.
        label: The field of `Labels` that says which record it is.
        name: The field that the label takes; a change of a text there is a renaming.
        label_fallback: The field that the label takes where there is no name.
        made_of_name: Fields that are parts of the name.
        id_made_of: Fields that are in the id, besides the holder's id and the order; None: the id is a value.
        numbered_id: What stands between the holder's id and the number from 1, of ids that are nothing else.
        references: Fields that mean nothing outside their report.
        rendered: Fields that say in other words what another field says, or what proves it; a change of them alone is
            no change.
        atomic: All that differs in it is one change.
        independent: It may stand elsewhere while its holder does not, and the other way round.
    """

    model: type[Record]
    record: ChangedRecord
    keys: tuple[tuple[KeyPart, ...], ...] = ()
    measures: tuple[SimilarityMeasure, ...] = ()
    same_values: Mapping[str, float] = field(default_factory=dict)
    same_place: float = 0
    enough: float = 0.6
    enough_alone: float = 0.75
    label: str | None = None
    name: str | None = None
    label_fallback: str | None = None
    made_of_name: tuple[str, ...] = ()
    id_made_of: tuple[str, ...] | None = None
    numbered_id: str | None = None
    references: tuple[str, ...] = ()
    rendered: tuple[str, ...] = ()
    atomic: bool = False
    independent: bool = False

    @cached_property
    def fields(self) -> Mapping[str, FieldKind]:
        """The record's fields in their order, and the kind of each."""
        return {name: self._classify_field(name, info.annotation) for name, info in self.model.model_fields.items()}

    @cached_property
    def children(self) -> "Mapping[str, RecordSpec]":
        """The fields that hold records with a spec, one or a list, and that spec."""
        models = {name: _held_model(info.annotation) for name, info in self.model.model_fields.items()}
        return {name: SPECS[model] for name, model in models.items() if model in SPECS}

    def fields_of_kind(self, *kinds: FieldKind) -> list[str]:
        """List the fields that are of one of some kinds, in their order."""
        return [name for name, kind in self.fields.items() if kind in kinds]

    def _classify_field(self, name: str, annotation: Any) -> FieldKind:
        is_list = get_origin(annotation) is tuple
        if name in self.children:
            return "records" if is_list else "record"
        if name in self.rendered:
            return "rendered"
        if name in self.references:
            return "reference"
        if name == "id" and self.id_made_of is not None:
            return "id"
        if annotation in (Source, ProgrammeSources):
            return "place"
        if name == self.name:
            return "name"
        return "texts" if is_list else "value"


def _held_model(annotation: Any) -> Any:
    """Return the class of a field's value, or of its elements where it is a list."""
    return get_args(annotation)[0] if get_origin(annotation) is tuple else annotation


_NAME, _FOLDED_NAME = KeyPart("name"), KeyPart("name", folded=True)
_FILLED_NAME, _FILLED_FOLDED_NAME = KeyPart("name", filled=True), KeyPart("name", folded=True, filled=True)
_TITLE, _FOLDED_TITLE = KeyPart("title"), KeyPart("title", folded=True)
_NUMBER, _YEAR, _TEXT = KeyPart("number", may_lack=True), KeyPart("fiscal_year"), KeyPart("text")
_HOLDER, _TARGET, _SAID = KeyPart("@holder"), KeyPart("@target"), KeyPart("@said")
_START, _END = KeyPart("start"), KeyPart("end")
_PREDICATE, _OBJECT = KeyPart("predicate"), KeyPart("object", may_lack=True)
_CODE, _MESSAGE = KeyPart("code"), KeyPart("message")

_ALL = (
    RecordSpec(Report, "report"),
    RecordSpec(ReportHead, "report"),
    RecordSpec(
        Policy,
        "policy",
        keys=((KeyPart("number"), _TITLE), (_FOLDED_TITLE,), (KeyPart("number"),)),
        measures=(SimilarityMeasure("title", "text"), SimilarityMeasure("programmes", "names", 2)),
        label="policy",
        name="title",
        label_fallback="number",
        id_made_of=("number",),
    ),
    RecordSpec(
        Initiative,
        "initiative",
        keys=((KeyPart("heading"),),),
        measures=(SimilarityMeasure("heading", "text"), SimilarityMeasure("paragraphs", "prose")),
        label="initiative",
        name="heading",
    ),
    RecordSpec(
        Programme,
        "programme",
        keys=(
            (KeyPart("@series"),),
            (_HOLDER, _NUMBER, _FILLED_NAME),
            (_HOLDER, _FILLED_NAME),
            (_FILLED_NAME,),
            (_HOLDER, _FILLED_FOLDED_NAME),
            (_FILLED_FOLDED_NAME,),
        ),
        measures=(
            SimilarityMeasure("name", "folded", 2),
            SimilarityMeasure("overview", "prose", 2, also=("results",)),
            SimilarityMeasure("metrics", "figures"),
        ),
        same_values={"budget_thousand_yen": 0.1, "number": 0.05, "offices": 0.05},
        same_place=0.3,
        # Of the samples, programmes of one chapter that are not the same come to 0.67 at most (two trainings of one
        # office, in nearly the same words), renamed ones to 0.84 at least.
        enough=0.7,
        label="programme",
        name="name",
        label_fallback="id",
        id_made_of=("number",),
        rendered=("budget_proofs",),
        independent=True,
    ),
    RecordSpec(Passage, "passage", label="passage"),
    RecordSpec(
        Section,
        "section",
        keys=((KeyPart("heading"),),),
        measures=(SimilarityMeasure("heading", "text"), SimilarityMeasure("paragraphs", "prose")),
        label="passage",
        name="heading",
    ),
    RecordSpec(Attribute, "attribute", keys=((KeyPart("label"),),), atomic=True),
    RecordSpec(Note, "note", keys=((KeyPart("mark"), _TEXT), (KeyPart("mark"),), (_TEXT,)), atomic=True),
    RecordSpec(
        Fact,
        "fact",
        keys=(
            (_HOLDER, KeyPart("kind"), _TEXT, _START, _END),
            (_HOLDER, KeyPart("kind"), _TEXT),
            (_HOLDER, KeyPart("kind"), _START),
        ),
        references=("paragraph", "range_with", "part_of"),
        atomic=True,
    ),
    RecordSpec(
        Activity,
        "activity",
        keys=(
            (_HOLDER, _PREDICATE, _OBJECT, _START, _END),
            (_HOLDER, _PREDICATE, _OBJECT),
            (_HOLDER, _PREDICATE),
            (_HOLDER, _START),
        ),
        references=("paragraph", "facts"),
        atomic=True,
    ),
    RecordSpec(
        Metric,
        "metric",
        keys=((_NAME,), (_FOLDED_NAME,)),
        # The amounts join rows of one name: between two of their values, another row may have been put.
        measures=(
            SimilarityMeasure("name", "folded", 3, required=True),
            SimilarityMeasure("observations", "amounts", 2),
        ),
        same_values={"row": 0.05},
        same_place=0.3,
        label="metric",
        name="name",
        made_of_name=("label", "note"),
        id_made_of=(),
        numbered_id="-m",
    ),
    RecordSpec(
        Observation,
        "observation",
        keys=((_YEAR, KeyPart("@goal", may_lack=True)), (_YEAR,)),
        label="fiscal_year",
        name="fiscal_year",
        rendered=("proofs",),
        atomic=True,
    ),
    RecordSpec(OtherValue, "other_value", keys=((KeyPart("head"),),), atomic=True),
    RecordSpec(
        CaseStudy,
        "case_study",
        keys=((_FOLDED_TITLE,), (_TARGET,)),
        measures=(SimilarityMeasure("title", "text"), SimilarityMeasure("figures", "prose")),
        label="case_study",
        name="title",
        references=("programme_id",),
    ),
    RecordSpec(
        Subject,
        "subject",
        keys=((_FOLDED_NAME,),),
        measures=(SimilarityMeasure("name", "text"), SimilarityMeasure("story", "prose")),
        label="subject",
        name="name",
    ),
    RecordSpec(
        Finding,
        "finding",
        keys=((_CODE, _TARGET, _MESSAGE), (KeyPart("@unmoved"),), (_CODE, _TARGET), (_CODE, _MESSAGE)),
        references=("pointer",),
        rendered=("message_ja",),
        atomic=True,
    ),
    RecordSpec(
        Unplaced,
        "unplaced",
        keys=((_TEXT,),),
        measures=(SimilarityMeasure("text", "text"),),
        enough_alone=0.6,
        atomic=True,
    ),
    RecordSpec(
        AppliedCorrection,
        "correction",
        keys=((_TARGET, _SAID), (_TARGET,), (_SAID,)),
        references=("pointer",),
        atomic=True,
    ),
)
# The specs by the classes of their records.
SPECS: Mapping[type[Record], RecordSpec] = {spec.model: spec for spec in _ALL}
# Fields that no comparison looks at: where a record stands, what another field says in other words, and what proves it.
UNCOMPARED = frozenset(name for spec in _ALL for name in spec.fields_of_kind("place", "rendered"))


def spec_of(model: type[Record]) -> RecordSpec:
    """Find the spec of a record's class.

    >>> spec_of(Policy).fields_of_kind("texts", "records")
    ['overview', 'initiatives', 'programmes']
    >>> sorted(spec_of(Programme).children)
    ['attributes', 'metrics', 'notes', 'overview', 'results', 'sections']
    """
    return SPECS[model]


@cache
def specs_by_field() -> Mapping[str, RecordSpec]:
    """Index the specs by the fields that hold their records.

    The name of such a field means one thing in all of a report.
    """
    return {name: child for spec in _ALL for name, child in spec.children.items()}
