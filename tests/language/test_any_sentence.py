"""No sentence stops what reads prose: words of reports and brackets in any order, and texts of hardly anything."""

from functools import cache
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from extractor.annotation import spacy_components as components
from extractor.annotation.reader import ProseReader
from extractor.annotation.terms import find_terms

OPENING, CLOSING = "（(「『【〔［《“", "）)」』】〕］》”"
BRACKETS = st.sampled_from([*OPENING, *CLOSING])
PARTICLES = st.sampled_from(
    ["を", "が", "に", "で", "と", "は", "も", "の", "へ", "や", "から", "まで", "など", "及び", "ため"]
)
MARKS = st.sampled_from(
    ["に対し", "を通じて", "により", "を対象に", "向けの", "に向けて", "とともに", "ことができ", "ざるを得ず"]
)
DOINGS = st.sampled_from(["開催", "支援", "見える化", "作成・配布", "設置", "検討", "参加", "予定", ""])
VERBS = st.sampled_from(
    ["した", "し、", "する", "いたしました", "いたし", "された", "して", "しなかった", "できる", "せず", "中", "済み"]
)
OTHERS = st.sampled_from(
    ["行った", "図る", "学ぶ", "設け、", "見守り", "空き", "静かな", "美しい", "また、", "この", "各", "さらに"]
)
NOUNS = st.sampled_from(
    ["セミナー", "県内企業", "高校生", "手引き", "制度", "方", "者", "等", "ら", "うち", "結果", "仮称", "A4"]
)
FIGURES = st.sampled_from(
    [
        "12回",
        "延べ88者",
        "612件",
        "採択数：3件",
        "3分の2",
        "77.4％",
        "5～10名",
        "1人当たり3万円",
        "十数社",
        "10",
        "一",
        "回",
        "名",
    ]
)
TIMES = st.sampled_from(
    ["令和5年", "9月から", "12月にかけて", "同年8月", "R5.7.15～16", "５，６月", "翌年度", "午後3時", "上旬"]
)
SIGNS = st.sampled_from([*"。、，．・／：～－!？※○…ー", " ", "\u3000", "\n", "\t", "\u200b", "①", "😀"])
ANYTHING = st.one_of(BRACKETS, PARTICLES, MARKS, DOINGS, VERBS, OTHERS, NOUNS, FIGURES, TIMES, SIGNS)
# As in print: a noun with its particle, a doing, what stands in brackets, and its verb; each may be wanting.
NOTE = st.tuples(
    st.sampled_from(["", *OPENING]), st.one_of(FIGURES, TIMES, NOUNS, DOINGS, VERBS), st.sampled_from(["", *CLOSING])
).map("".join)
CLAUSE = st.tuples(NOUNS, PARTICLES, st.one_of(st.just(""), NOTE), DOINGS, st.one_of(NOTE, SIGNS), VERBS, SIGNS).map(
    "".join
)
SENTENCES = st.lists(st.one_of(ANYTHING, CLAUSE, NOTE), max_size=16).map("".join)


def read(nlp: Language, text: str) -> Doc:
    """A text with all that is found in it."""
    doc = nlp.make_doc(text)
    doc._.fiscal_year = 2023
    return nlp(doc)


def check(doc: Doc) -> None:
    """What was found lies in the text, says something, and hangs together."""
    places = [0]
    for mention in doc._.mentions:
        assert places[-1] <= mention.start < mention.end <= len(doc.text)
        places.append(mention.end)
    for office in doc._.offices:
        assert 0 <= office.start < office.end <= len(doc.text)
    for deed in doc._.deeds:
        assert 0 <= deed.start < deed.end <= len(doc.text)
        assert deed.predicate.strip()
        assert deed.object is None or deed.object.strip()
        assert all(text.strip() for text in (*deed.recipients, *deed.means))
        for index in deed.facts:
            mention = doc._.mentions[index]
            assert deed.start <= mention.start < mention.end <= deed.end
    for term in find_terms(doc):
        assert 0 <= term.start < term.end <= len(doc.text)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(SENTENCES)
@example("セミナーを開催（12回）した。")
@example("県内企業を支援（採択数：612件）した。")
@example("「見える化」した。")
@example("（した。")
@example("（）し、【】する")
@example("12回した。")
@example("※し")
def test_no_sentence_stops_the_pipeline(nlp: Language, text: str) -> None:
    check(read(nlp, text))


@cache
def letters() -> list[str]:
    """Texts of one sign each, of every kind that reports have."""
    signs = {
        *OPENING,
        *CLOSING,
        *"をがにでとはものへやかしすたてあいん一二十百千年月日回名件円課者等内外0159AaＡ０。、，．・／：～－!？※○…ー①㈱℃％△▲¥+×",
    }
    return sorted(
        signs
        | {" ", "\u3000", "\n", "\r", "\t", "\x00", "\x0b", "\u2028", "\u200b", "\ufeff", "\ufffd", "が", "😀", "𠮷"}
    )


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\n", " \n ", "\u3000\n\u3000\n", "\t \r\n", "\u200b", "\u00a0"])
def test_a_text_of_nothing_has_nothing(nlp: Language, text: str) -> None:
    doc = read(nlp, text)
    check(doc)
    assert (doc._.mentions, doc._.deeds, doc._.offices) == ((), (), ())


@pytest.mark.slow
def test_one_letter_stops_nothing(nlp: Language) -> None:
    for text in letters():
        check(read(nlp, text))


@pytest.mark.slow
def test_the_reader_finds_nothing_failed(nlp: Language) -> None:
    reader = ProseReader()
    reader._model = nlp
    texts = ["", " ", "\n", *letters(), "\ud800", "セミナーを開催（12回）した。"]
    found = reader.annotate_texts(texts, texts, 2023)
    assert [text for text, one in zip([*texts, *texts], found, strict=True) if one.failed] == []
    assert found[len(texts) - 1].deeds


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["開催した\n", "開催（12回）し、", "に向けて", "「見える化」し、", "県が市を学び、開く", "するため"]
)
def test_time_for_activities_grows_with_the_text(nlp: Language, piece: str) -> None:
    def taken(size: int) -> float:
        doc = read(nlp, piece * (size // len(piece)))
        start = process_time()
        nlp.get_pipe(components.ACTIVITIES)(doc)
        return process_time() - start

    assert taken(8_000) < 10 * max(taken(2_000), 0.05)
