"""The marks that official Chinese counts its headings and points with: 一、（一）1. ① 一是 第一条.

Each rule asks for as much of a mark as it needs: what heads a section of a file is not what a
sentence counts by. They stand side by side here so that a mark that one learns, the others can.
"""

import re

TEN = "一二三四五六七八九十"
_HAN = f"[{TEN}百〇零]"  # of chapters and articles, which go beyond ninety-nine
_DIGIT = "[0-9０-９]"
_STOP = "[、.．]"
_SECTION = rf"{_HAN}{{1,3}}\s*{_STOP}"
_ATTACHMENT = rf"附\s*[件录]\s*[{TEN}\d０-９]*"

# What a line begins with (match, on the text of a line).
HEADING = re.compile(  # 一、… 第二章… 附件1 【…】
    rf"(?:{_SECTION}|第{_HAN}{{1,4}}[章节编部分]+|{_ATTACHMENT}\s*$|【[^】]{{1,20}}】)"
)
POINT = re.compile(  # （一）… 一、… 二是… 1. 第三条… ①…
    rf"(?:[（(]\s*(?:{_HAN}{{1,3}}|{_DIGIT}{{1,2}})\s*[)）]|{_SECTION}"
    rf"|{_HAN}{{1,2}}是|{_DIGIT}{{1,2}}\s*[、.．)）]|第{_HAN}{{1,4}}[章节条款]|[①-⑳])"
)
ARTICLE = re.compile(rf"第{_HAN}{{1,5}}[条款]")  # of a statute
ATTACHMENT = re.compile(rf"{_ATTACHMENT}$")  # bare, above what is attached
NUMBERED = re.compile(rf"\d{{1,2}}\s*{_STOP}")
# The levels of headings from the top; what has no mark of its own stands under all of them.
LEVELS = tuple(
    re.compile(mark)
    for mark in (r"第.{1,4}[编部分]+", r"第.{1,4}章", rf"[{TEN}]+\s*{_STOP}", r"[（(]")
)

# What a paragraph begins with that is a point of a list (match, on reading text).
RUN_IN = re.compile(rf"[（(]?[{TEN}]{{1,2}}(?:[）)]|[是、])")  # its first sentence may head it
TOLD_POINT = re.compile(  # a point that an outline tells, 首先 among them
    rf"^(?:[{TEN}]{{1,2}}是|[（(][{TEN}]{{1,3}}[）)]|\d{{1,2}}[.、]"
    rf"|[{TEN}]{{1,3}}、|第[{TEN}][，,、]|首先|其次|最后)"
)

# Marks inside a paragraph, one series each; `n` is what it is numbered by (finditer).
SERIES = (
    re.compile(rf"(?P<n>[{TEN}])是"),
    re.compile(rf"[（(](?P<n>[{TEN}])[）)]"),
    re.compile(rf"第(?P<n>[{TEN}])[，,、是]"),
    re.compile(r"(?<![\d.])(?P<n>[1-9])[.．、](?!\d)"),
    re.compile(r"(?P<n>[①-⑨])"),
)
