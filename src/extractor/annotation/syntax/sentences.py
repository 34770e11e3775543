"""Sentences: where they begin and end, and which brackets belong together."""

from collections.abc import Iterator

from spacy.tokens import Doc

# What stands in these names something; in other brackets stands a note.
QUOTES = {"「": "」", "『": "』", "“": "”"}
OPENING, CLOSING = "「『（(〔【《〈［[“", "」』）)〕】》〉］]”"
ENDS = frozenset("。！？!?")


def sentences(doc: Doc) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end in tokens: at a full stop outside brackets, or at a line's end."""
    closing = shut(doc)
    first, at = 0, 0
    while at < len(doc):
        if closing[at] > at:
            at = closing[at]
        elif doc[at].text[-1] in ENDS or "\n" in doc[at].text:
            yield first, at + 1
            first = at + 1
        at += 1
    if first < len(doc):
        yield first, len(doc)


def unquoted(text: str) -> str:
    """A text without the quotation marks around the whole of it.

    >>> unquoted("「見える化」"), unquoted("「衣」と「食」")
    ('見える化', '「衣」と「食」')
    """
    quoted = len(text) > 1 and QUOTES.get(text[0]) == text[-1]
    return text[1:-1] if quoted and not any(sign in text[1:-1] for sign in (text[0], text[-1])) else text


def shut(doc: Doc) -> list[int]:
    """For each token, the one that closes the bracket that it opens, or itself; brackets that stay open are none."""
    closing = list(range(len(doc)))
    opened: list[tuple[int, str]] = []
    for token in doc:
        if token.text in OPENING:
            opened.append((token.i, CLOSING[OPENING.index(token.text)]))
        elif token.text in CLOSING and any(sign == token.text for _, sign in opened[-4:]):
            while opened[-1][1] != token.text:
                opened.pop()
            at, _ = opened.pop()
            closing[at] = token.i
        elif (token.text == "。" and len(opened) > 4) or "\n" in token.text:
            opened.clear()
    return closing
