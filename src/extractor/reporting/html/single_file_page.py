"""Single-file page: what every page is made of: one HTML file that opens from disk and asks nothing of any network.

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


def render_page(
    template: str, styles: Sequence[str], scripts: Sequence[str], language: Language, data: Any, **context: Any
) -> str:
    """Render the page of a template that extends base.html.

    Args:
        template: The file of the template, in this package.
        styles: Files of styles, in their order.
        scripts: Files of scripts, in their order.
        language: The language of the page.
        data: What the scripts find as `data`.
        **context: What the template finds, by name.

    Returns:
        The HTML file.
    """
    style, script = ("\n".join(map(_read_file, names)) for names in (styles, scripts))
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=PackageLoader("extractor.reporting", "html"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(
        language=language,
        # Files of this package, and data made safe: nothing else goes in unescaped.
        script=Markup(script),
        style=Markup(style),
        data=Markup(script_json(data)),
        script_hash=_hash_text(script),
        style_hash=_hash_text(style),
        **context,
    )


def script_json(data: Any) -> str:
    r"""Write JSON that may stand in a script element.

    >>> script_json("</script>")
    '"\\u003c/script\\u003e"'
    """
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def _read_file(name: str) -> str:
    return (resources.files("extractor.reporting.html") / name).read_text(encoding="utf-8")


def _hash_text(text: str) -> str:
    """Hash a script or style as the page's own policy names it: SHA-256 in base64."""
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
