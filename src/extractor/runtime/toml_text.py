"""TOML text: what the program writes in files that it reads by `tomllib`."""

import datetime
import json


def quote_toml(text: str) -> str:
    r"""Write a TOML string.

    It is one of JSON, with the one sign escaped that only TOML forbids.

    >>> quote_toml('港の「学び舎」"A"\x7f')
    '"港の「学び舎」\\"A\\"\\u007f"'
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def format_toml_value(value: str | int | bool | datetime.date) -> str:
    """Write a TOML value.

    >>> [format_toml_value(value) for value in ("a", 12, True, datetime.date(2024, 5, 1))]
    ['"a"', '12', 'true', '2024-05-01']
    """
    if isinstance(value, datetime.date):
        return value.isoformat()
    return quote_toml(value) if isinstance(value, str) else json.dumps(value)
