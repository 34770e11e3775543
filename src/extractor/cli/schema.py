"""The commands `schema` and `profiles`: what the program writes, and what it can read."""

import typer

from extractor.records.messages import make_message
from extractor.records.to_json import find_schema_file
from extractor.runtime.files import LARGEST_BY_HAND, read_text_file


def print_schema(*, comparison: bool, years: bool, review: bool, findings: bool) -> None:
    """Print the JSON Schema of the output files, or of what one of the options names.

    Args:
        comparison: That of a comparison.
        years: That of what `years` finds.
        review: That of a review.
        findings: That of a list of findings.
    """
    options = {"comparison": comparison, "years": years, "review": review, "findings": findings}
    asked = [name for name, wanted in options.items() if wanted] or ["report"]
    if len(asked) > 1:
        from extractor.cli.console import fail

        fail(make_message("usage.schemas"))
    typer.echo(read_text_file(find_schema_file(asked[0]), LARGEST_BY_HAND), nl=False)


def print_profiles() -> None:
    """Print the profiles.

    They are the families of reports that can be read, with the words by which each is known.
    """
    from rich.table import Table

    from extractor.cli.console import print_table, tell
    from extractor.profiles.profile import load_profiles

    table = Table(box=None, pad_edge=False)
    table.add_column("id", no_wrap=True)
    table.add_column(tell("profiles.jurisdiction"), no_wrap=True)
    table.add_column(tell("profiles.title"), overflow="fold")
    for profile in load_profiles():
        code, name = profile.jurisdiction.code, profile.jurisdiction.name
        table.add_row(profile.id, f"{code} {name}", tell("terminal.list", words=profile.title))
    print_table(table)
