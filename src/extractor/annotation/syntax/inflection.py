"""Inflection: where a verb's する, た, れる, ている, ことができる … end."""

import re
from collections.abc import Mapping

from spacy.tokens import Doc, Token

_ABLE = re.compile("こと(?:が|も)(?=でき|可能)|ざるを得")


def inflected(doc: Doc, text: str, places: Mapping[int, int], at: int, last: int) -> int:
    """Behind the inflection that begins at token `at`.

    `text` is the document's, which it would put together anew; `places`: which token begins at a place of it.
    """
    while at < last:
        token, before = doc[at], doc[at - 1]
        able = _ABLE.match(text, token.idx)
        if able and able.end() in places:
            at = places[able.end()]
            continue
        helping = token.tag_.startswith(("動詞-非自立可能", "形容詞-非自立可能"))
        if (
            token.tag_.startswith("助動詞")
            or (token.tag_ == "助詞-接続助詞" and token.text in {"て", "で"})
            or (helping and _helps(before))
        ):
            at += 1
        else:
            break
    return at


def _helps(before: Token) -> bool:
    """Whether a verb carries on the one before it."""
    noun = before.tag_.startswith(("名詞", "接尾辞", "補助記号"))
    return noun or before.text in {"て", "で", "が", "も", "は"} or "連用形" in str(before.morph)
