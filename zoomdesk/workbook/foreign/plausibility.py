"""Weigh whether bytes are Western, Japanese or Chinese names, word by word.

Each encoding reads the same bytes as something. The right reading has letters that are in use, in
words as people write them: Western words have one or two letters beyond ASCII among plain ones,
Japanese and Chinese names have none. A word scores 0 to about 1.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

_WORD = re.compile(r"[A-Za-z\u0080-\U0010ffff]+")
_PLAIN_BESIDE = re.compile(r"[A-Za-z][\u0080-\U0010ffff]|[\u0080-\U0010ffff][A-Za-z]")

_COMMON_LATIN = frozenset("äöüßéèêëàâçîïôûùœñáíóúåøæãõÄÖÜÉÈÊÀÂÇÎÔÅØÆÑÁÍÓÚŠšŽž")
_RARE_LATIN = frozenset("ÃÌÒÝÞÐÙÛËÏÕìòýþðÿŒŸ")
_JOINTS = re.compile("[’·–—\xa0]")
"""What stands between the parts of a Western name: d’Été, Marcel·lí."""
_BEFORE, _AFTER = "‘“„«¿¡", "”»…ªº®™°€£§"
_CAPITAL_INSIDE = re.compile("[a-zß-ÿšžœ][À-ÞŠŽŒŸ]|(?<=.)[À-ÞŠŽŒŸ][a-z]")
"""Not "MÜLLER", but "JŸrgen": of a Mac; and "MÃ¼ller": of UTF-8."""
_STRANGERS = (
    (frozenset("øØ"), frozenset("áíúýèìùšž")),  # "Dvoøák" is of Central Europe
    (frozenset("ðþýÐÞÝ"), frozenset("çüÇÜ")),  # "Þükrü" is of Turkey
)
_ALONE = frozenset("‘“”„…ªº«»¿¡€°´®™£§•©")

_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文欧"
    "阳司上诸葛"
)
_KOREAN_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진엄원천방공현함변염"
)
_VOICED = frozenset("ｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾊﾋﾌﾍﾎｳ")
_NO_BEGINNING = frozenset("ｧｨｩｪｫｬｭｮｯｰﾞﾟ｡｢｣､･ｦﾝ")
_HALF_WIDTH_NAMES = 16
"""Letters of half-width katakana from which a text of nothing else is Japanese without doubt."""


class Judgement(NamedTuple):
    """How well an encoding reads the sample: 0 not at all, about 1 as people write."""

    score: float
    encoding: str


def judge(sample: bytes) -> list[Judgement]:
    """Return the encodings that can read ``sample`` (lines that are not plain ASCII), best first.

    Of two that read it equally well the Western one comes first.
    """
    readers: tuple[tuple[str, Callable[[list[str]], float]], ...] = (
        ("cp1252", lambda words: _mean(words, _western)),
        ("cp932", _japanese_text),
        ("gb18030", lambda words: _mean(words, _chinese)),
        ("cp949", lambda words: _mean(words, _korean)),
    )
    found = []
    for encoding, score in readers:
        # Lines of the sample may be cut: what matters is decided on the whole file later.
        text = sample.decode(encoding, "ignore" if len(sample) > 4000 else "replace")
        words = [word for word in _WORD.findall(text) if not word.isascii()]
        if words:
            found.append(Judgement(score(words), encoding))
    return sorted(found, key=lambda judged: -judged.score)


def is_one_script(text: str) -> bool:
    """Tell whether each word keeps to the letters of one script, as words do."""
    return all(
        unicodedata.category(word[0])[0] == "L" and len(set(map(_script, word))) == 1
        for word in _WORD.findall(text)
    )


def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").partition(" ")[0]


def _mean(words: list[str], score: Callable[[str], float]) -> float:
    return sum(map(score, words)) / len(words)


def _western(word: str) -> float:
    parts = [part.lstrip(_BEFORE).rstrip(_AFTER) for part in _JOINTS.split(word)]
    scores = [_western_part(part) for part in parts if not part.isascii()]
    return sum(scores) / len(scores) if scores else 0.6  # nothing but quotes and dashes


def _western_part(word: str) -> float:
    odd = [letter for letter in word if letter > "\x7f"]
    if len(odd) == len(word) == 1:  # "à" stands alone, "Íõ" does not
        return 0.6 if word in _ALONE else 0.7 * _western_letter(word)
    letters = sum(map(_western_letter, odd)) / len(odd)
    if len(odd) == len(word):
        return letters * 0.15
    run = max(map(len, re.findall(r"[\u0080-\uffff]+", word)))
    if run > 2:
        return letters * 0.1
    if _CAPITAL_INSIDE.search(word) or any(set(word) & a and set(word) & b for a, b in _STRANGERS):
        letters *= 0.4
    return letters * (0.8 if run == 2 else 1.0)


def _western_letter(letter: str) -> float:
    if letter in _COMMON_LATIN:
        return 1.0
    return 0.6 if letter in _RARE_LATIN else 0.0


def _chinese(word: str) -> float:
    odd = [letter for letter in word if letter > "\x7f"]
    score = sum(map(_chinese_letter, odd)) / len(odd)
    if _PLAIN_BESIDE.search(word):
        return score * 0.5
    is_name = len(word) in (2, 3, 4) and word[0] in _SURNAMES
    return score * (1.3 if is_name else 1.0)


def _chinese_letter(letter: str) -> float:
    """Score by where GB2312 has the letter: its first rows are the 3,755 most used (GB/T 2312)."""
    data = letter.encode("gb18030", "replace")
    if len(data) != 2 or data[1] < 0xA1:
        return 0.1  # of the extensions GBK and GB18030, which few texts need
    if 0xB0 <= data[0] <= 0xD7:
        return 1.0
    if 0xD8 <= data[0] <= 0xF7:
        return 0.75
    return 0.5 if data[0] <= 0xA3 else 0.1


def _korean(word: str) -> float:
    odd = [letter for letter in word if letter > "\x7f"]
    score = sum(1.0 if "가" <= letter <= "힣" else 0.2 for letter in odd) / len(odd)
    # Of the syllables that cp949 adds to KS X 1001 names have none, and misread bytes many.
    if any(letter.encode("cp949", "replace")[0] < 0xB0 for letter in odd):
        score *= 0.3
    if _PLAIN_BESIDE.search(word):
        return score * 0.5
    is_name = len(word) in (2, 3, 4) and word[0] in _KOREAN_SURNAMES
    return score * (1.3 if is_name else 0.9)


def _japanese_text(words: list[str]) -> float:
    size = sum(map(len, words))
    if size >= _HALF_WIDTH_NAMES and all(map(_is_half_width_word, words)):
        return 1.4  # Chinese has bytes that would be something else in one word of four
    return _mean(words, _japanese)


def _japanese(word: str) -> float:
    odd = [letter for letter in word if letter > "\x7f"]
    score = sum(map(_japanese_letter, odd)) / len(odd)
    if _is_half_width_word(word):
        return 0.7
    if _PLAIN_BESIDE.search(word):
        return score * 0.5
    half = sum("\uff61" <= letter <= "\uff9f" for letter in odd)
    return score * (0.3 if 0 < half < len(odd) else 1.0)


def _japanese_letter(letter: str) -> float:
    """Score by where JIS X 0208 has the letter: kanji of the first level are the most used."""
    data = letter.encode("cp932", "replace")
    if len(data) == 1:
        return 0.45 if 0xA6 <= data[0] <= 0xDF else 0.1
    if 0x889F <= int.from_bytes(data, "big") <= 0x9872:
        return 1.0
    if "\u3041" <= letter <= "\u30fe":
        return 1.1  # kana: nothing else has them
    if 0x98 <= data[0] <= 0x9F or 0xE0 <= data[0] <= 0xEA or 0xFA <= data[0] <= 0xFC:
        return 0.6  # the second level, and IBM's letters, of which names use some: 髙, 﨑
    return 0.5 if data[0] in (0x81, 0x82) else 0.05


def _is_half_width_word(word: str) -> bool:
    """Tell whether a word is half-width katakana as people write it: ﾔﾏﾀﾞ, not ﾞﾔﾏﾀ."""
    if not all("\uff66" <= letter <= "\uff9f" for letter in word) or word[0] in _NO_BEGINNING:
        return False
    return all(before in _VOICED for before, letter in pairwise(word) if letter in "ﾞﾟ")
