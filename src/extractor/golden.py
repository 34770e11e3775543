"""Golden: outputs that a person has looked at and accepted. Only `accept` writes them; a test compares."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.atomic import write_atomically
from extractor.fingerprint import fingerprint
from extractor.outputs import FINGERPRINTS, RUN_FILE, accepted_with
from extractor.run import LEFT_OUT, READ, SUFFIXES
from extractor.series_file import SERIES_FILE, keep_series, read_identities
from extractor.write import to_json


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one report: `new`, `changed`, `same`, or `refused` with the reason."""

    report: str
    what: str
    why: str = ""


def accept(reports: Sequence[str], output: Path, golden: Path) -> list[Taken]:
    """Take outputs into `golden`: the reports named, or all of the last run.

    Refused is an output that is not what the last run wrote, or that other code than the present wrote, or whose input
    could not be read. What read each golden file is kept beside them, and so are the identities of its programmes.
    Raises NotSeries where those that are there cannot be read; nothing is taken then.
    """
    identities = read_identities(golden / SERIES_FILE)
    inputs = _last_run(output)
    names = [_name(report) for report in reports] or list(inputs)
    taken = [_take(name, inputs.get(name), output, golden) for name in names]
    _keep_fingerprints({one.report: inputs[one.report] for one in taken if one.what != "refused"}, golden)
    if any(one.what != "refused" for one in taken):
        keep_series(identities, golden)
    return taken


def _keep_fingerprints(taken: dict[str, dict[str, Any]], golden: Path) -> None:
    """Note what read the golden files that were taken; forget those that are gone."""
    if not taken:
        return
    path = golden / FINGERPRINTS
    kept = accepted_with(path) | {
        name: {"sha256": last["output_sha256"], "fingerprint": last["fingerprint"]} for name, last in taken.items()
    }
    here = {name: kept[name] for name in sorted(kept) if (golden / f"{name}.json").is_file()}
    write_atomically(path, to_json({"reports": here}))


def _last_run(output: Path) -> dict[str, dict[str, Any]]:
    """The inputs of the last run by the name of their output."""
    try:
        record = json.loads((output / RUN_FILE).read_text(encoding="utf-8"))
        # Of two inputs with one name at most one was read.
        ordered = sorted(record["inputs"], key=lambda one: bool(one["status"] == READ))
        names = list(dict.fromkeys(_name(one["file"]) for one in record["inputs"]))
        by_name = {_name(one["file"]): one for one in ordered}
        return {name: by_name[name] for name in names}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _name(report: str) -> str:
    """A report's name, whichever of its files is named: its input, its output or its golden file."""
    path = Path(report)
    return path.stem if path.suffix.lower() in {*SUFFIXES, ".json"} else path.name


def _refusal(name: str, last: dict[str, Any] | None, text: bytes | None) -> str | None:
    """Why an output cannot be accepted."""
    if last is None:
        return "the last run did not read it; run `extractor run` first"
    if last.get("status") != READ:
        return f"the last run could not read it: {last.get('message')}"
    if text is None or hashlib.sha256(text).hexdigest() != last.get("output_sha256"):
        return f"{name}.json is not what the last run wrote; run `extractor run` again"
    if last.get("language") == LEFT_OUT:
        return "its facts and activities were left out; run `extractor run` without --no-language"
    if last.get("fingerprint") != fingerprint(_profile(last)):
        return "the program or a library has changed since the last run; run `extractor run` again"
    return None


def _profile(last: dict[str, Any]) -> str | None:
    """The id of the profile with which the last run read a file, where its record says one."""
    try:
        profile_id = last["fingerprint"]["profile"]["id"]
    except (KeyError, TypeError):
        return None
    return profile_id if isinstance(profile_id, str) else None


def _take(name: str, last: dict[str, Any] | None, output: Path, golden: Path) -> Taken:
    source, target = output / f"{name}.json", golden / f"{name}.json"
    text = source.read_bytes() if source.is_file() else None
    why = _refusal(name, last, text)
    if why is not None or text is None:
        return Taken(name, "refused", why or "")
    before = target.read_bytes() if target.is_file() else None
    if before == text:
        return Taken(name, "same")
    write_atomically(target, text.decode("utf-8"))
    return Taken(name, "new" if before is None else "changed")


def orphans(raw: Path, golden: Path) -> list[Path]:
    """Golden files to which no input in `raw` belongs; none where there is no such folder to tell by."""
    if not raw.is_dir():
        return []
    stems = {path.stem for path in raw.iterdir() if path.suffix.lower() in SUFFIXES}
    return [path for path in sorted(golden.glob("*.json")) if path.stem not in stems]
