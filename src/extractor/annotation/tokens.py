"""Tokens: the words of a spaCy document as the plain words that `grammar` reads."""

from spacy.tokens import Doc

from extractor.grammar.tokens import Word, WordSequence


def doc_to_words(doc: Doc) -> WordSequence:
    """Return the document's text with the place, text and part of speech of each of its words."""
    return WordSequence(
        doc.text, [Word(token.idx, token.idx + len(token.text), token.text, token.tag_) for token in doc]
    )
