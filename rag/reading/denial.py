"""What a text denies: words that negate, without those that only look as if.

An answer's verdict and the check of what a chat model writes must hold the same things for denied.
"""

import re

# Words that hold a sign and mean no such thing, and 强不强, 有没有.
_LOOKALIKES = re.compile(
    r"(?P<again>[一-鿿])不(?P=again)|有没有|是不是|能不能|是否|不断|不仅|不但|不少于|不低于|不高于|不超过|不大于|不小于|不多于|不止|不足|不到|不满|不同|不良|不动产|不锈钢|不一|不等|不限"
    r"|不折不扣|不见面|不出[村门户]|不用跑|不跑|不定期|不遗余力|不打烊|不停|不松[劲懈]|不间断|未雨绸缪|坚定不移|毫不"
    r"|不只|不光|不过|不论|不管|不时|不懈|不忘|不久|不妨|不乏|不禁|未来|未成年|未婚|未检|无障碍|无偿|无人机|无线|无缝|无锡|无疑|无私"
    r"|无论|无数|无不|无一|非常|非遗|非物质|非公|非营利|非税|非农|非洲|非凡|除非|是非|并非常|首都|首先|首席|首府|首任|均衡|平均|均等|均价|年均"
    r"|人均|日均|月均|户均|成都|都市|首都|都江堰|都匀|丰都|最近|最终|最后|最初|最低生活|最高(?:人民)?(?:法院|检察院)|第一(?!名|位|。|，|、|批)"
    r"|因此|因地制宜|因素|因子|因果|病因|基因|因公|因病|计划生育|规划|应急|应对|应用|应届|应邀|反应|适应|响应|供应|对应|相应|效应|要求书"
    r"|主要|重要|需要量|要闻|纪要|摘要|概要|要素|要点|首要|提要|简要|必要"
)
NEGATION = re.compile(
    r"(?:并|均|都|尚|从|还|仍)?(?:没有|没能|没|未能|未曾|未予|未|不得|不能|不会|不再|不予|不可|不应|不|无法|无需|无|严禁|禁止)"
    r"(?P<word>[一-鿿]{0,2})"
)


def without_lookalikes(text: str) -> str:
    """A text in which a sign stands for each word that only looks as if it denied, planned or meant
    all.
    """
    return _LOOKALIKES.sub("○", text)


def begins_denying(words: str) -> bool:
    """Whether words open with what they deny: 并未造成, and not 调研后未发现.

    >>> begins_denying("并未造成伤亡"), begins_denying("不折不扣落实")
    (True, False)
    """
    return NEGATION.match(without_lookalikes(words)) is not None


def negations(text: str) -> list[str]:
    """What a text says that it denies, with the words that deny.

    >>> negations("不断完善制度，尚未建成"), negations("不时表达激动")
    (['尚未建成'], [])
    """
    return [match[0] for match in NEGATION.finditer(without_lookalikes(text))]
