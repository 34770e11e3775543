"""Where sentences begin and end, and which brackets belong together."""

from collections.abc import Iterator

from spacy.tokens import Doc

# Brackets that hold a name; those of other shapes hold a note.
QUOTES = {"「": "」", "『": "』", "“": "”"}
OPENING, CLOSING = "「『（(〔【《〈［[“", "」』）)〕】》〉］]”"
SENTENCE_ENDS = frozenset("。！？!?")
# A bracket may close one that was opened so many before it; more open ones end at a full stop.
_NESTED = 4


def split_sentences(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield where sentences begin and end in tokens.

    A sentence ends at a full stop outside brackets, or at a line's end.
    """
    closing = pair_brackets(doc)
    first, at = 0, 0
    while at < len(doc):
        if closing[at] > at:
            at = closing[at]
        elif doc[at].text[-1] in SENTENCE_ENDS or "\n" in doc[at].text:
            yield first, at + 1
            first = at + 1
        at += 1
    if first < len(doc):
        yield first, len(doc)


def strip_quotes(text: str) -> str:
    """Take off the quotation marks around the whole of a text.

    >>> strip_quotes("「見える化」"), strip_quotes("「衣」と「食」")
    ('見える化', '「衣」と「食」')
    """
    quoted = len(text) > 1 and QUOTES.get(text[0]) == text[-1]
    return text[1:-1] if quoted and not any(sign in text[1:-1] for sign in (text[0], text[-1])) else text


def pair_brackets(doc: Doc) -> list[int]:
    """Find for each token the one that closes the bracket it opens.

    A token that opens none, or one that stays open, has its own index.
    """
    closing = list(range(len(doc)))
    opened: list[tuple[int, str]] = []
    for token in doc:
        if token.text in OPENING:
            opened.append((token.i, CLOSING[OPENING.index(token.text)]))
        elif token.text in CLOSING and any(sign == token.text for _, sign in opened[-_NESTED:]):
            while opened[-1][1] != token.text:
                opened.pop()
            at, _ = opened.pop()
            closing[at] = token.i
        elif (token.text == "。" and len(opened) > _NESTED) or "\n" in token.text:
            opened.clear()
    return closing
