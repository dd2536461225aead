"""What people say to whoever answers and ask no bulletin: greetings, thanks, who are you, help.

A closed class: such words are few and stand alone, so each is matched whole, never inside a
question.
"""

import re
from enum import StrEnum


class SmallTalk(StrEnum):
    """What is said besides questions."""

    GREETING = "greeting"
    PRESENCE = "presence"
    THANKS = "thanks"
    FAREWELL = "farewell"
    PRAISE = "praise"
    BLAME = "blame"
    WHO = "who"
    HELP = "help"
    AMUSE = "amuse"


_YOU = "(?:你|您|你们|咱)"
_SAID = (
    (SmallTalk.GREETING,
     rf"{_YOU}?好|大家好|老师好|哈[喽啰罗]|嗨+|嘿+|喂+|[早晚]上好|早安?|[上中下]午好|新年好|幸会"
     r"|hello|hi|hey|good (?:morning|afternoon|evening|day)|greetings|how are you(?: doing)?"
     r"|最近(?:怎么样|如何|好)|how do you do"
     r"|nice to meet you"),
    (SmallTalk.PRESENCE,
     rf"(?:{_YOU})?(?:还)?在(?:不在|线)?|有人(?:在)?|{_YOU}?听得[见到]|试试|测试(?:一下)?"
     r"|(?:are you|anyone|anybody) (?:there|here|online)|test(?:ing)?"),
    (SmallTalk.THANKS,
     rf"(?:太|多|非常|十分|很)?(?:谢谢?|感谢|感激)(?:{_YOU})?(?:的(?:帮助|解答|回答))?|谢了"
     rf"|多谢|麻烦{_YOU}|有劳|{_YOU}?辛苦"
     r"|(?:many |thank you |ok )?thanks?(?: you)?(?: (?:so|very) much| a lot)?|thx|cheers"
     r"|much appreciated"),
    (SmallTalk.FAREWELL,
     r"再见|再会|拜+|回头见|回见|明天见|下次见|下次再[聊说]|晚安|(?:我)?先?走|我?下线"
     r"|没(?:有)?(?:别的)?(?:问题|事)"
     r"|(?:good ?)?bye(?:[ -]?bye)?|see you(?: later| soon| tomorrow)?|good night"
     r"|that(?:'s| is) all"),
    (SmallTalk.PRAISE,
     r"好|好的|行|可以|收到|明白|知道|懂|清楚|嗯+|哦+|ok(?:ay)?"
     rf"|{_YOU}?(?:真|太|好|很|挺)?(?:棒|厉害|聪明|能干|不错|好用)"
     r"|(?:回答|答)得?(?:真|很|太|挺)?(?:好|棒|不错|对)|great|good(?: job)?|well done|nice"
     r"|perfect|i see|got it"
     r"|understood|sure|yes|no problem"),
    (SmallTalk.BLAME,
     rf"{_YOU}?(?:真|太|好|很)?(?:笨|蠢|差劲|没用|烦)|(?:回?答|说)得?(?:不对|错|不好)|不对|错"
     r"|胡说(?:八道)?"
     r"|(?:that(?:'s| is) |you(?:'re| are) )?(?:wrong|stupid|useless|incorrect)"),
    (SmallTalk.WHO,
     rf"{_YOU}(?:到底)?(?:是|叫)(?:谁|什么(?:名字|东西)?|啥)"
     rf"|{_YOU}(?:的)?名字(?:是|叫)?(?:什么|啥)?|怎么称呼{_YOU}?"
     rf"|{_YOU}?(?:先)?(?:自我)?介绍(?:一下)?(?:{_YOU})?(?:自己)?"
     rf"|{_YOU}是(?:不是)?(?:一?个)?(?:真)?(?:人|机器人|人工智能|ai|程序|模型)"
     rf"|(?:谁|哪(?:家|个)公司)(?:开发|做|造|设计)了?的?{_YOU}的?|{_YOU}是谁(?:开发|做|造|设计)的"
     rf"|{_YOU}(?:背后)?用的?(?:是)?(?:什么|哪个)(?:大)?模型"
     r"|(?:who|what) are you|what(?:'s| is) your name"
     r"|are you (?:a |an )?(?:human|robot|bot|ai|person|real)"
     r"|(?:introduce|tell me about) yourself|who (?:made|built|created) you"),
    (SmallTalk.HELP,
     rf"{_YOU}?(?:都)?(?:能|会|可以)(?:帮我?|为我)?(?:做|干|回答|查|问)?(?:些|点)?(?:什么|啥|哪些)(?:事情?|问题|忙)?"
     rf"|(?:我)?(?:能|可以|该|应该)?(?:怎么|如何|咋)(?:样)?(?:使?用|提问|问|操作|开始)(?:{_YOU}|这个(?:系统|工具)?)?"
     rf"|(?:我)?(?:能|可以|该|应该)?(?:向{_YOU})?问(?:{_YOU})?(?:些|点)?(?:什么|啥|哪些)(?:问题)?"
     rf"|{_YOU}?(?:有|都有)(?:什么|啥|哪些)(?:功能|用处?|用途|本[事领]|能力)"
     rf"|{_YOU}?有(?:什么|啥)用|功能(?:介绍|说明)|使用(?:说明|方法|帮助)|帮助|帮帮?(?:我|忙)"
     r"|help(?: me)?|what can (?:you do|i ask)(?: you)?(?: for me)?"
     r"|how (?:do|can) i use (?:this|you|it)"
     r"|how does (?:this|it) work|what (?:do you do|are you for)|can you help(?: me)?"),
    (SmallTalk.AMUSE,
     r"(?:(?:给|跟|和|陪|为)我|再|来|请)*(?:讲|说|来|编|唱)(?:一?[个首段]|点)?(?:\w{0,4}的?)?(?:笑话|故事|歌|段子|相声|谜语)"
     r"|(?:陪|跟|和)我?(?:聊|说|唠)(?:聊|说|唠|会儿)?(?:天|话|嗑)?|聊聊天?"
     r"|(?:我)?(?:好|很|真|太)?(?:无聊|累|困|烦|难过|开心|高兴)"
     rf"|{_YOU}(?:吃(?:饭)?|睡)(?:觉)?|{_YOU}(?:几|多少)岁|{_YOU}(?:喜欢|爱)(?:我|什么)"
     rf"|我(?:喜欢|爱){_YOU}"
     r"|tell me (?:a |another )?(?:joke|story)|sing (?:me )?(?:a )?song"
     r"|i(?:'m| am) (?:bored|tired|happy|sad)"
     r"|do you love me|how old are you|let(?:'s| us) chat"),
)  # fmt: skip
_WHOLE = tuple((kind, re.compile(rf"(?:{said})", re.IGNORECASE)) for kind, said in _SAID)
# What stands around such words and changes nothing: an opening, a particle, whom it is said to.
_OPENING = re.compile(
    r"^(?:请问|那么?|哎呀?|唉|诶|(?:能不?能|可不?可以)(?:请?你)?|小(?:助手|简|宝)|简报(?:问答)?|助手"
    r"|please |well |so |ok(?:ay)? |(?:can|could|will) you (?:please )?)+(?=.)",
    re.IGNORECASE,
)
_PARTICLE = re.compile(r"[呀啊呢吗哦噢哈吧啦了嘛呗哟喔喽]+$")
_ADDRESS = re.compile(
    r"(?:请问|小助手|助手|机器人| there| please| again| everyone| now)+$", re.IGNORECASE
)
_PARTS = re.compile(r"[，,。.！!？?；;、～~…\s]+")
_BLANKS = re.compile(r"[，,。.！!？?；;、～~…]+\s*|\s+(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])\s+")
LONGEST = 40  # characters; whoever writes more asks something


def is_short(text: str) -> bool:
    """Whether a text is no longer than small talk is; a letter of English is half a character.

    >>> is_short("好" * 41), is_short("Good morning! Who are you and what can I ask you?")
    (False, True)
    """
    return len(text) - sum(map(str.isascii, text)) / 2 <= LONGEST


def small_talk(question: str) -> SmallTalk | None:
    """What is said, where nothing is asked of the bulletins; the last of several things counts, a
    greeting only by itself.

    >>> small_talk("你好，请问你能做什么？"), small_talk("你好，安阳查出多少问题")
    (<SmallTalk.HELP: 'help'>, None)
    """
    text = question.strip()
    if not is_short(text):
        return None
    parts = [part for part in _BLANKS.split(text) if part.strip()]
    kinds = [_kind(part.strip()) for part in parts]
    if not kinds or None in kinds:
        return None
    own = [kind for kind in kinds if kind is not SmallTalk.GREETING]
    return own[-1] if own else SmallTalk.GREETING


def without_greeting(question: str) -> str:
    """A question without the greeting that it opens with (您好，请问…); a mere greeting stays."""
    first = _PARTS.search(question)
    if first is None or first.start() == 0 or first.end() == len(question):
        return question
    head, rest = question[: first.start()], question[first.end() :]
    return rest if _kind(head) is SmallTalk.GREETING else question


def _kind(part: str) -> SmallTalk | None:
    form = _half(part.strip())
    for around in (None, _PARTICLE, _OPENING, _ADDRESS, _PARTICLE):
        form = around.sub("", form) if around else form
        for kind, whole in _WHOLE:
            if whole.fullmatch(form):
                return kind
    return None


def _half(part: str) -> str:
    """多谢多谢 as 多谢: what is said twice is said once."""
    middle = len(part) // 2
    return part[:middle] if part[:middle] == part[middle:] else part
