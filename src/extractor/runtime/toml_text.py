"""TOML text: what the program writes in files that it reads by `tomllib`."""

import json


def quote_toml(text: str) -> str:
    r"""Write a TOML string.

    It is one of JSON, with the one sign escaped that only TOML forbids.

    >>> quote_toml('港の「学び舎」"A"\x7f')
    '"港の「学び舎」\\"A\\"\\u007f"'
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def format_toml_value(value: str | int | bool) -> str:
    """Write a TOML value.

    >>> format_toml_value("a"), format_toml_value(12), format_toml_value(True)
    ('"a"', '12', 'true')
    """
    return quote_toml(value) if isinstance(value, str) else json.dumps(value)
