"""Assemble: linked rows and blocks become the report's records.

The records get their ids, and what readers had to say becomes the report's findings.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractor.document.layout import Layout
from extractor.document.parsed import NO_PASSAGE, Block, CaseParts, ChapterParts, ListEntry, Problem, ReportParts
from extractor.grammar.normalize import comparison_key
from extractor.linking.link import RowBlockPair
from extractor.records.messages import make_finding, make_message
from extractor.records.pointer import join_pointer
from extractor.records.report import (
    CaseStudy,
    Finding,
    InputFile,
    Policy,
    Programme,
    ProgrammeSources,
    Report,
    Unplaced,
)

# What a programme has of the half that is not printed.
_NO_ROW, _NO_BLOCK = ListEntry(), Block()


def assemble_report(
    parts: ReportParts, linked: Sequence[Sequence[RowBlockPair]], layout: Layout, source: InputFile
) -> Report:
    """Assemble the records of a report.

    Args:
        parts: What was read of the outline.
        linked: The pairs of list rows and blocks, chapter by chapter.
        layout: The pages, for what readers had to say of them.
        source: The file that was read.

    Returns:
        The report; its findings are those of the readers alone.
    """
    findings = [_make_finding(problem, "") for problem in parts.problems] + _list_page_findings(layout)
    policies = []
    loose: list[Unplaced] = []
    for index, (chapter, pairs) in enumerate(zip(parts.chapters, linked, strict=True)):
        policy, said = _make_policy(chapter, pairs, parts.head.fiscal_year, join_pointer("/policies", index))
        policies.append(policy)
        findings += said
        loose += [text for pair in pairs for text in _list_said_twice(pair)]
    named = list(map(_index_by_name, policies))
    cases = [_join_case_study(case, named) for case in parts.cases]
    # Of a case study that is joined, the bracket is in its programme; of another it would be lost.
    alone = [case for case, made in zip(parts.cases, cases, strict=True) if made.programme_id is None]
    loose += [text for case in alone for text in case.bracket]
    return Report(
        source=source,
        report=parts.head,
        policies=tuple(policies),
        case_studies=tuple(cases),
        findings=tuple(findings),
        unplaced=(*parts.unplaced, *loose),
    )


def _list_page_findings(layout: Layout) -> list[Finding]:
    """Make the findings of what reading the pages had to say of them."""
    damage = [
        (make_message("damaged-page.page", what=what) if what.code == "damaged-page" else what, where)
        for what, where in layout.damage
    ]
    remarks = [(remark.message, remark.source) for remark in layout.remarks]
    return [make_finding(message, "", where) for message, where in (*damage, *layout.hidden, *remarks)]


def _list_said_twice(pair: RowBlockPair) -> list[Unplaced]:
    """Return the overview in the list where the block has one too: a record holds only one of them."""
    listed = pair.entry.overview if pair.entry else None
    if listed is None or pair.block is None or not pair.block.overview.paragraphs:
        return []
    texts = zip((*listed.paragraphs, *listed.notes), listed.source, strict=True)
    return [Unplaced(text=text, source=(place,)) for text, place in texts]


def _make_finding(problem: Problem, pointer: str) -> Finding:
    return make_finding(problem.message, pointer + problem.path, problem.source)


def _make_policy(
    chapter: ChapterParts, pairs: Sequence[RowBlockPair], year: int, pointer: str
) -> tuple[Policy, list[Finding]]:
    policy_id = f"{year}-{chapter.number}"
    findings = [_make_finding(problem, pointer) for problem in chapter.problems]
    programmes: list[Programme] = []
    for index, (pair, programme_id) in enumerate(zip(pairs, _number_ids(pairs, policy_id), strict=True)):
        programmes.append(_make_programme(pair, programme_id))
        here = join_pointer(pointer, "programmes", index)
        entry, block = pair.entry or _NO_ROW, pair.block or _NO_BLOCK
        problems = (*(_shift_behind_block(problem, block) for problem in entry.problems), *block.problems)
        findings += [_make_finding(problem, here) for problem in problems]
    policy = Policy(
        id=policy_id,
        number=chapter.number,
        title=chapter.title,
        overview=chapter.overview,
        initiatives=chapter.initiatives,
        subtotal_thousand_yen=chapter.subtotal_thousand_yen,
        programmes=tuple(programmes),
        source=chapter.source,
    )
    return policy, findings


def _number_ids(pairs: Iterable[RowBlockPair], policy_id: str) -> list[str]:
    """Make an id for each programme: its number; x1, x2 … without a row or number; `again1` … after one used before."""
    ids: list[str] = []
    used = Counter[int]()
    nameless = 0
    for pair in pairs:
        number = _find_number(pair) if pair.entry else None
        if number is None:
            nameless += 1
            ids.append(f"{policy_id}-x{nameless}")
            continue
        plain = f"{policy_id}-{number:02d}"
        ids.append(f"{plain}-again{used[number]}" if used[number] else plain)
        used[number] += 1
    return ids


def _find_number(pair: RowBlockPair) -> int | None:
    """Find the list's number; the title's where there is no row, or the list has no numbers."""
    if pair.entry is not None and (pair.entry.number is not None or "number" in pair.entry.sources):
        return pair.entry.number
    return pair.block.number if pair.block else None


def _shift_behind_block(problem: Problem, block: Block) -> Problem:
    """Move the path of a problem of a row's figures, whose metrics come behind those of the block."""
    found = re.match(r"/figures/([0-9]+)", problem.path)
    if found is None:
        return problem
    number = int(found[1]) + len(block.metrics)
    return replace(problem, path=f"/metrics/{number}{problem.path[found.end() :]}")


def _make_programme(pair: RowBlockPair, programme_id: str) -> Programme:
    entry, block = pair.entry or _NO_ROW, pair.block or _NO_BLOCK
    metrics = enumerate((*block.metrics, *entry.metrics), start=1)
    return Programme(
        id=programme_id,
        number=_find_number(pair),
        name=entry.name or block.name,
        budget_thousand_yen=entry.budget_thousand_yen,
        is_new=entry.is_new,
        page_label=entry.page_label,
        listed_offices=entry.offices,
        offices=block.offices,
        overview=block.overview if block.overview.paragraphs else entry.overview or NO_PASSAGE,
        results=block.results,
        metrics=tuple(metric.model_copy(update={"id": f"{programme_id}-m{index}"}) for index, metric in metrics),
        source=block.source if pair.block else entry.place,
        sources=ProgrammeSources(
            name=block.name_source if entry.name is None else entry.sources.get("name", ()),
            budget_thousand_yen=entry.sources.get("budget", ()),
            is_new=entry.sources.get("is_new", ()),
            page_label=entry.sources.get("page_label", ()),
            listed_offices=entry.sources.get("offices", ()),
            offices=block.offices_source,
        ),
        sections=block.sections,
        attributes=(*entry.attributes, *block.attributes),
        figures=block.figures,
        notes=(*entry.notes, *block.notes),
        previous_budget_thousand_yen=entry.previous_budget_thousand_yen,
    )


def _index_by_name(policy: Policy) -> dict[str, tuple[int, str]]:
    """Place and id of the first programme of each name, by the name's key."""
    found: dict[str, tuple[int, str]] = {}
    for place, programme in enumerate(policy.programmes):
        if programme.name:
            found.setdefault(comparison_key(programme.name), (place, programme.id))
    return found


def _join_case_study(case: CaseParts, named: Sequence[dict[str, tuple[int, str]]]) -> CaseStudy:
    """Join a case study to the programme that it names: in its own chapter first, then in any, or to none."""
    own = [programmes for index, programmes in enumerate(named) if index == case.chapter]
    for programmes in [*own, *named]:
        if found := [programmes[name] for name in case.names if name in programmes]:
            return case.record.model_copy(update={"programme_id": min(found)[1]})
    return case.record
