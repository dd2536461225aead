"""Radicals that stand for characters: some programs write ⽼ (a radical) where the page shows 老.

Unicode maps the Kangxi radicals and the compatibility ideographs to the characters that they look
like, but of the supplement of simplified radicals only two.
"""

import unicodedata

_KANGXI = range(0x2F00, 0x2FD6)
_COMPATIBLE = range(0xF900, 0xFADA)
_SUPPLEMENT = {
    "⺁": "厂", "⺄": "乙", "⺌": "小", "⺍": "小", "⺎": "兀", "⺏": "尣", "⺐": "尢", "⺓": "幺",
    "⺘": "手", "⺙": "攵", "⺛": "旡", "⺝": "月", "⺟": "母", "⺠": "民", "⺡": "水", "⺣": "火",
    "⺤": "爪", "⺩": "王", "⺫": "目", "⺬": "示", "⺭": "示", "⺮": "竹", "⺯": "糸", "⺱": "网",
    "⺶": "羊", "⺷": "羊", "⺸": "羊", "⺼": "肉", "⺽": "臼", "⻁": "虎", "⻂": "衣", "⻃": "西",
    "⻄": "西", "⻅": "见", "⻆": "角", "⻇": "角", "⻈": "言", "⻉": "贝", "⻋": "车", "⻌": "辵",
    "⻍": "辵", "⻎": "辵", "⻏": "邑", "⻐": "金", "⻑": "長", "⻒": "长", "⻓": "长", "⻔": "门",
    "⻖": "阜", "⻗": "雨", "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食",
    "⻢": "马", "⻣": "骨", "⻤": "鬼", "⻥": "鱼", "⻦": "鸟", "⻧": "卤", "⻨": "麦", "⻩": "黄",
    "⻪": "黾", "⻫": "斉", "⻬": "齐", "⻭": "歯", "⻮": "齿", "⻯": "竜", "⻰": "龙", "⻱": "龜",
    "⻲": "亀", "⻳": "龟",
}  # fmt: skip
CHARACTERS = _SUPPLEMENT | {
    char: plain
    for char in map(chr, (*_KANGXI, *_COMPATIBLE))
    if len(plain := unicodedata.normalize("NFKC", char)) == 1 and plain != char
}
