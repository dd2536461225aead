"""A table of contents is known by the titles that it repeats."""

from corpus.layout.contents import contents_in


def test_entries_are_the_lines_that_occur_again() -> None:
    """目录 and what follows it up to the first line that is no entry; the titles are none."""
    lines = [
        "简报",
        "目　录",
        "◇建设食堂",
        "2.培训护理员",
        "建设食堂",
        "正文。",
        "培训护理员",
        "正文。",
    ]
    assert contents_in(lines) == {1, 2, 3}


def test_a_leader_with_its_page_makes_an_entry() -> None:
    """Dots to the margin are enough, even where the title below is set in two lines."""
    lines = [
        "本期要目：",
        "建设食堂的做法………………（1）",
        "培训护理员的做法.....12",
        "建设食堂",
        "的做法",
    ]
    assert contents_in(lines) == {0, 1, 2}


def test_the_word_alone_makes_no_contents() -> None:
    """目录 above a text is a heading: the catalogue of services, for instance."""
    assert (
        contents_in(["基本养老服务", "目录", "老年人能力综合评估。", "老年人助餐服务。"]) == set()
    )
    assert contents_in(["建设食堂", "正文。", "建设食堂"]) == set()
