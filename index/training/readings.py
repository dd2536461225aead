"""Readings of Chinese characters without tones, to find what an English text spells in pinyin.

pypinyin (MIT) knows the readings.
"""

from collections import defaultdict
from importlib.resources import files

# Readings of a character beyond these are literary: they would find names that nobody writes.
READINGS = 3
# What a place's name reads first where running text reads otherwise: 长治 is changzhi.
IN_PLACES = {"长": "chang", "朝": "chao", "漯": "luo", "都": "du", "乐": "le", "藏": "zang",
             "尾": "wei", "重": "chong", "厦": "xia", "佛": "fo", "蚌": "beng", "什": "shi",
             "阿": "a", "解": "jie", "会": "hui", "柞": "zha", "牟": "mu", "番": "pan",
             "莘": "shen", "浚": "xun", "单": "shan", "蔚": "yu", "泌": "bi", "亳": "bo",
             "洞": "tong", "尉": "wei", "台": "tai", "曲": "qu"}  # fmt: skip


def reading_lines() -> list[str]:
    """Lines of a syllable, the characters that read so first, and those that read so too, parted by
    tabs. ü is v. Characters: GB 2312, and those of the names of places.
    """
    from pypinyin import Style, pinyin

    firsts: dict[str, str] = defaultdict(str)
    others: dict[str, str] = defaultdict(str)
    for char in sorted(_characters()):
        found = pinyin(char, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]
        usual = IN_PLACES.get(char, found[0])
        firsts[usual] += char
        for reading in list(dict.fromkeys(found))[:READINGS]:
            if reading != usual:
                others[reading] += char
    return [f"{s}\t{firsts[s]}\t{others[s]}" for s in sorted(firsts.keys() | others.keys())
            if s.isascii() and set(s) & set("aeiouv")]  # fmt: skip


def _characters() -> set[str]:
    rows = range(0xB0, 0xF8)
    cells = (bytes((row, column)).decode("gb2312", "ignore")
             for row in rows for column in range(0xA1, 0xFF))  # fmt: skip
    places = files("corpus.text").joinpath("places.tsv").read_text("utf-8")
    return {char for char in [*cells, *places] if "\u4e00" <= char <= "\u9fff"}
