"""Where a verb's inflection ends: する, た, れる, ている, ことができる and others."""

import re
from collections.abc import Mapping

from spacy.tokens import Doc, Token

_ABLE = re.compile("こと(?:が|も)(?=でき|可能)|ざるを得")


def find_inflection_end(doc: Doc, text: str, token_at: Mapping[int, int], at: int, end: int) -> int:
    """Find the token behind the inflection that begins at token `at`.

    Args:
        doc: The document.
        text: The document's text, which spaCy would put together anew for each call.
        token_at: Which token begins at a character of the text.
        at: The first token that may belong to the inflection.
        end: The token behind the sentence.

    Returns:
        The token behind the inflection; `at` where there is none.
    """
    while at < end:
        able = _ABLE.match(text, doc[at].idx)
        if able and able.end() in token_at:
            at = token_at[able.end()]
        elif _inflects(doc[at], doc[at - 1]):
            at += 1
        else:
            break
    return at


def _inflects(token: Token, before: Token) -> bool:
    """Check whether a token is part of an inflection: an auxiliary, て, or a verb that carries on the one before it."""
    if token.tag_.startswith("助動詞") or (token.tag_ == "助詞-接続助詞" and token.text in {"て", "で"}):
        return True
    if not token.tag_.startswith(("動詞-非自立可能", "形容詞-非自立可能")):
        return False
    noun = before.tag_.startswith(("名詞", "接尾辞", "補助記号"))
    return noun or before.text in {"て", "で", "が", "も", "は"} or "連用形" in str(before.morph)
