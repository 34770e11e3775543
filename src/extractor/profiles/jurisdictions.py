"""Jurisdictions: which prefecture or municipality a line of a report's front names."""

import re

from extractor.grammar.normalize import comparison_key

# The names of JIS X 0401, in the order of their codes.
_NAMES = (
    "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 "
    "石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 "
    "岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県"
)
PREFECTURES = tuple(_NAMES.split())
_PREFECTURE = re.compile("|".join(PREFECTURES))
# A municipality's name is known as one by what follows: the line's end, a year, or the budget or report it is of.
_MUNICIPALITY = re.compile(
    r"^(?:(?:令和|平成)(?:[0-9]{1,2}|元)年度|[^県]{2,3}県)?"
    r"(?P<name>[\u4e00-\u9fff\u3041-\u3096\u30a1-\u30faー]{1,7}?[市町村区])(?=$|令和|平成|当初|補正|[0-9]|の)"
)


def jurisdiction_named(line: str, like: str) -> str | None:
    """Find the jurisdiction that a title, or a line on a cover, names first.

    Args:
        line: The line as printed.
        like: A jurisdiction; the kind that it is of, prefecture or municipality, is looked for.

    Returns:
        The name; None where the line names none of that kind.

    >>> jurisdiction_named("令和5年度 岩手県中小企業振興施策実施状況", "青森県")
    '岩手県'
    >>> jurisdiction_named("日向市 令和8年度当初予算の概要", "延岡市"), jurisdiction_named("市町村予算の概要", "延岡市")
    ('日向市', None)
    """
    plain = comparison_key(line)
    if like in PREFECTURES:
        found = _PREFECTURE.search(plain)
        return found[0] if found else None
    municipality = _MUNICIPALITY.search(plain)
    return municipality["name"] if municipality else None
