"""Page: a review as one HTML file that needs no network and opens from disk."""

import base64
import hashlib
from importlib import resources
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from extractor.model.review import Review
from extractor.report.page.data import page_data, script_json
from extractor.report.words import Language, words

# The parts of the script, in the order in which they must stand.
SCRIPTS = ("state.js", "list.js", "cutouts.js", "detail.js", "keys.js")


def page_of(review: Review, raw: Path, language: Language) -> str:
    """The page. Places are cut out of the documents in `raw` that the two sides were read from."""
    script = "\n".join(map(_file, SCRIPTS))
    style = _file("page.css")
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(_file("page.html"))
    return template.render(
        words=words(language),
        language=language,
        # Both are files of this package, and the data is made safe: nothing else goes in unescaped.
        script=Markup(script),
        style=Markup(style),
        data=Markup(script_json(page_data(review, raw, language))),
        script_hash=_hash(script),
        style_hash=_hash(style),
    )


def _file(name: str) -> str:
    return (resources.files("extractor.report.page") / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """What the page's own policy knows a script or style by."""
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
