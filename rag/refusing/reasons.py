"""Why a question is refused, each reason with its words in Chinese and in English."""

from enum import StrEnum


def was_refused(said: str) -> bool:
    """Whether the words of an earlier answer are those of a refusal."""
    return any(said.startswith(one.chinese.partition("{")[0]) for one in Reason)


class Reason(StrEnum):
    """A reason with what is said for it: `short`, in statistics; `chinese`, in whose {braces}
    stands what is missing (see rag/refusing/wording.py); `english`, the line below it where the
    question was in English.

    They are arguments of every member, so that no reason can be added without one.
    """

    PLACE = (  # the library says nothing about the place
        "place",
        "没有这个地区",
        "资料中没有关于{places}的内容。",
        "The bulletins say nothing about that place.",
    )
    PERIOD = (  # nothing about the year
        "period",
        "没有这个时间",
        "资料中没有{years}年的相关内容。",
        "The bulletins say nothing about that year.",
    )
    SILENT = (  # the place is covered, what is asked is not said
        "silent",
        "没有提到",
        "资料中没有提到{topic}{words}。",
        "The bulletins do not say.",
    )
    ORDER = (  # it is no question but an order to the system
        "order",
        "不是提问",
        "这不是对简报内容的提问。请就简报中的事实提问。",
        "This is not a question about the bulletins.",
    )
    DOMAIN = (  # it asks for something that no bulletin is about
        "domain",
        "不是简报里的事",
        "资料中没有所问的内容，它不是简报里的事。请就简报中的事实提问。",
        "This is not a question about the bulletins.",
    )
    MODEL = (  # it asks for words that no bulletin has
        "model",
        "需要大语言模型",
        "翻译和改写要用大语言模型，这里没有接入，只能引用原文；可以请它概括、摘编成一段，或由管理员配置模型。",
        "Translating and rewriting need a language model, which is not configured here.",
    )
    REWRITE = (  # it asks to rewrite an answer, and none before it cites anything
        "rewrite",
        "没有可改写的回答",
        "前面没有注明出处的回答，没有可以改写的内容。请先就简报中的事实提问。",
        "No answer before cites anything that could be rewritten; ask a question first.",
    )
    LANGUAGE = (  # it asks for a language in which nothing can be checked
        "language",
        "不能核对的语言",
        "译文要逐句核对，目前只能核对英文，请改译成英文。",
        "A translation is checked sentence by sentence, which is possible in English alone.",
    )
    UNCLEAR = (  # it leans on a conversation, and there is none
        "unclear",
        "没说清楚",
        "您问的是哪个地方、哪件事？这句话要接着前文才能回答，而这里没有前文，请补充完整再问。",
        "Which place and which matter do you mean? Please ask in a whole sentence.",
    )
    PREMISE = (  # it takes for granted what the bulletins do not say
        "premise",
        "前提不符",
        "资料中没有提到“{act}”。相关的原文是：",
        "The bulletins do not say that; what they say is quoted.",
    )

    def __new__(cls, value: str, *_words: str) -> "Reason":
        """A member; `value` is its name in JSON."""
        member = str.__new__(cls, value)
        member._value_ = value
        return member

    def __init__(self, _value: str, *words: str) -> None:
        """:raises ValueError: `words` are not the short, the Chinese and the English ones."""
        # not three parameters: a type checker holds Reason("place"), a look-up, for a call of this
        self.short, self.chinese, self.english = words
