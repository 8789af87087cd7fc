"""Lists of people as offices of five countries keep them, to be written in any encoding."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import NamedTuple

GERMAN = (
    "Jürgen Müller", "Günther Schäfer", "Björn Köhler", "Anja Weiß", "Jörg Groß", "Käthe Krämer",
    "Sören Jäger", "Ursula Böhm", "Dörte Schröder", "Matthias Löffler", "Bärbel Fuß", "Uwe Kühn",
    "Ömer Yılmaz".replace("ı", "i"), "Peter Schmidt", "Sabine Wagner", "Änne Rößler",
)  # fmt: skip
FRENCH = (
    "Hélène Lefèvre", "François Gérard", "Zoé Bézier", "Noël Garçon", "Benoît Maître",
    "Chloë Dupré", "Jérôme Côté", "Maëlle Hébert", "Aimée Préjean", "Gaëtan Évrard", "Inès Açard",
    "Régis Bœuf", "Léa Martin", "Océane d’Été", "Émilie Rivière", "Raphaël Châtelet",
)  # fmt: skip
SPANISH = (
    "José Núñez", "María Fernández", "Íñigo Ibáñez", "Begoña Peña", "Ramón Gutiérrez",
    "Álvaro Muñoz", "Sofía Jiménez", "Joaquín Rodríguez", "Mónica Güell", "Óscar Castaño",
    "Úrsula Yáñez", "Andrés López", "Lucía Martínez", "Iñaki Etxeberría", "Ana Ruiz", "Raúl Díaz",
)  # fmt: skip
JAPANESE = (
    "田中 太郎", "佐藤 花子", "鈴木 一郎", "高橋 美咲", "渡辺 健太", "伊藤 さくら", "山本 大輔",
    "中村 由美子", "小林 直樹", "加藤 愛", "斎藤 翔", "松本 かおり", "髙橋 誠", "渡邊 恵",
    "サイトウ ケン", "山﨑 結衣",
)  # fmt: skip
CHINESE = (
    "王伟", "李娜", "张敏", "刘洋", "陈静", "杨超越", "赵丽颖", "黄晓明", "周杰", "吴秀英",
    "徐志强", "孙丽", "欧阳娜娜", "诸葛亮", "马琳", "郭德纲",
)  # fmt: skip
HALF_WIDTH = ("ﾔﾏﾀﾞ ﾀﾛｳ", "ｻﾄｳ ﾊﾅｺ", "ｽｽﾞｷ ｲﾁﾛｳ", "ﾀｶﾊｼ ﾐｻｷ", "ﾜﾀﾅﾍﾞ ｹﾝﾀ", "ﾅｶﾑﾗ ﾕﾐｺ", "ｺﾊﾞﾔｼ ﾅｵｷ")

KOREAN = (
    "김철수", "이영희", "박민수", "최지우", "정우성", "강동원", "조인성", "윤아름", "장미란",
    "임꺽정", "한지민", "오세훈", "서태지", "신민아", "권상우", "황정음",
)  # fmt: skip

NAMES: Mapping[str, tuple[str, ...]] = {
    "de": GERMAN, "fr": FRENCH, "es": SPANISH, "ja": JAPANESE, "zh": CHINESE, "ja kana": HALF_WIDTH,
    "ko": KOREAN,
}  # fmt: skip
HEADINGS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "de": (("E-Mail", "Name"), ("E-Mail-Adresse", "Name", "Straße")),
    "fr": (("Courriel", "Nom"), ("Adresse e-mail", "Nom et prénom", "Société")),
    "es": (("Correo", "Nombre"), ("Correo electrónico", "Nombre", "Teléfono")),
    "ja": (("Email", "Name"), ("メールアドレス", "氏名", "会社")),
    "zh": (("Email", "Name"), ("邮箱", "姓名", "公司")),
    "ja kana": (("Email", "Name"), ("Email", "Name", "Tel")),
    "ko": (("Email", "Name"), ("이메일", "이름", "회사")),
}
ENCODINGS: Mapping[str, tuple[str, ...]] = {
    language: (own, "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
    for language, own in {
        "de": "cp1252", "fr": "cp1252", "es": "cp1252", "ja": "cp932", "zh": "gb18030",
        "ja kana": "cp932", "ko": "cp949",
    }.items()
}  # fmt: skip


class List(NamedTuple):
    """A list: its language, how many people are on it, the text, and how that is written."""

    language: str
    people: int
    text: str
    encoding: str
    separator: str


def text_of(language: str, people: int, separator: str, seed: int) -> str:
    """Return a list of people with headings, those of one letter beyond ASCII or more first."""
    chance = random.Random(f"{language} {people} {separator} {seed}")  # noqa: S311  no secret
    names = chance.choices([name for name in NAMES[language] if not name.isascii()], k=people)
    headings = chance.choice(HEADINGS[language])
    rows = [headings]
    for number, name in enumerate(names):
        extra = (chance.choice(("", "Berlin", "0049 30 123")),) * (len(headings) - 2)
        rows.append((f"guest{number}@example.com", name, *extra))
    return "".join(f"{separator.join(row)}\r\n" for row in rows)


def lists(seeds: int = 6) -> Iterator[List]:
    """Yield lists of all languages, lengths and encodings, the same ones each time."""
    for language, encodings in ENCODINGS.items():
        for people in (1, 2, 5, 30, 400):
            for seed in range(seeds):
                separator = ",;\t|"[seed % 4]
                text = text_of(language, people, separator, seed)
                for encoding in encodings:
                    yield List(language, people, text, encoding, separator)
