"""Shell: what every page is made of: one HTML file that needs no network and opens from disk, and asks nothing of it.

Texts of reports go in by templates that escape all, or as data that `script_json` has made safe. The page's own policy
lets no other script or style run than the ones of this package.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from extractor.reporting.i18n import Language

# What in JSON could end the script that it stands in, or its line.
_UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def page(
    template: str, styles: Sequence[str], scripts: Sequence[str], language: Language, data: Any, **context: Any
) -> str:
    """The page of a template that extends base.html. Styles and scripts are files of this package, in their order;
    `data` is what the scripts find as `data`, the rest what the template does."""
    style, script = ("\n".join(map(_file, names)) for names in (styles, scripts))
    return (
        _environment()
        .get_template(template)
        .render(
            language=language,
            # Files of this package, and data made safe: nothing else goes in unescaped.
            script=Markup(script),
            style=Markup(style),
            data=Markup(script_json(data)),
            script_hash=_hash(script),
            style_hash=_hash(style),
            **context,
        )
    )


def script_json(data: Any) -> str:
    """JSON that may stand in a script element."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def _environment() -> Environment:
    return Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=PackageLoader("extractor.reporting", "html"),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _file(name: str) -> str:
    return (resources.files("extractor.reporting.html") / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """What the page's own policy knows a script or style by."""
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
