"""The commands `schema` and `profiles`: what the program writes, and what it can read."""

import typer
from rich.table import Table

from extractor.cli.console import fail, print_table
from extractor.profiles.profile import load_profiles
from extractor.records import to_json


def print_schema(*, comparison: bool, years: bool, review: bool, findings: bool) -> None:
    """Print the JSON Schema of the output files, or of what one of the options names.

    Args:
        comparison: That of a comparison.
        years: That of what `years` finds.
        review: That of a review.
        findings: That of a list of findings.
    """
    if comparison + years + review + findings > 1:
        fail("say one of --comparison, --years, --review and --findings")
    if comparison:
        schema = to_json.comparison_schema_json()
    elif years:
        schema = to_json.years_schema_json()
    elif findings:
        schema = to_json.findings_schema_json()
    else:
        schema = to_json.review_schema_json() if review else to_json.schema_json()
    typer.echo(schema, nl=False)


def print_profiles() -> None:
    """Print the profiles.

    They are the families of reports that can be read, with the words by which each is known.
    """
    table = Table(box=None, pad_edge=False)
    table.add_column("id", no_wrap=True)
    table.add_column("jurisdiction", no_wrap=True)
    table.add_column("title", overflow="fold")
    for profile in load_profiles():
        code, name = profile.jurisdiction.code, profile.jurisdiction.name
        table.add_row(profile.id, f"{code} {name}", ", ".join(profile.title))
    print_table(table)
