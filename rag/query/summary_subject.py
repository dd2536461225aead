"""What a request for a summary or a draft is about, without the words that ask for it."""

import re

from rag.query.asking import INTERROGATIVE

_HAN = "[一二两三四五六七八九十百千]"
_LENGTH = re.compile(
    rf"(?:大?约|不超过|控制在|压缩?[到成至]?|缩[到成]|用|写|在)*(?:\d{{1,5}}|{_HAN}{{1,5}})个?多?字(?:以内|之内|左右|上下|的)*"
    rf"|(?:用|拿)?(?:\d{{1,2}}|{_HAN}{{1,2}})(?:句话?|[个条]?要点|点)(?:说完|讲完|以内|的)*"
)
# Words that ask for a text and say nothing of what it is about.
_REQUEST = re.compile(
    r"请问?|麻烦(?:您|你)?|帮(?:我|忙)?|替我|给我?|为我|能不能|可不可以|想要|需要|我(?:要|想)?|你|您"
    r"|总结|归纳|概括|概述|小结|综述|摘要|提炼|梳理|浓缩|压缩|精简|简要|简单|简述|大致|整体|汇总"
    r"|起草|草拟|拟写|撰写|拟|写成|写|说说|说一?下|讲一?下|谈谈|介绍|列出|告诉"
    r"|(?:一|几)[段篇份个点下些]|段话|一下|要能|直接|放进|报告里?|用于|材料里?|汇报|发言稿?|讲话稿?|初稿|文字|稿子?"
    r"|都?(?:主要|重点)?(?:讲|说|写|反映|介绍|报道)了?(?:些|的是)?(?:什么|啥|哪些)|主要内容|大意|梗概|要点|就行|即可"
    r"|(?:这|那|该)(?:一)?[两几]?[期份版篇个]|[期份版篇](?:的|里)|简报|专辑|专刊|文章|消息|报道|通讯|资料库?|库里"
    r"|都带上|全都|都要|带上|包括在内|推进到哪儿|(?:都|主要)+(?=[讲说写])|第.{1,6}[期号辑]|领导|个?简短|[讲说写](?=\s*$|的)"
)
_BITS = re.compile(
    r"[，,。；;：:？?！!、\s]+|(?:的|了|呗|吧|呢|吗|啊)+$|^(?:把|将|对|就|关于|有关|的)+"
)
# What asks for a text to be written, in either language.
# 我写材料要用 tells what an answer is for, and a poem is put together of no bulletin's sentences.
# 写出来几篇报告 asks how many there are.
_NOT_ASKED = r"(?:(?!多少|几[个份篇]|哪|谁|什么|吗).)"
DRAFTED = (
    rf"(?<!我)(?:写|起草|草拟|拟写?|撰写|整理|形成|出)(?:出|成|个|一)*(?:[份段篇个]|一下)?{_NOT_ASKED}{{0,24}}"
    r"(?:汇报|发言|讲话|综述)?(?:材料|报告|稿|总结|一段|段话|文字)(?=$|[，,。：:、！!？?]|[要里吧呗])"
    r"|(?:帮|替|给)我?(?:写|起草|草拟|拟)(?!一?[首副]|.{0,16}(?:诗|歌|对联|小说|故事|代码|程序|情书))"
    r"|写(?:一|几)?段|^(?:请|麻烦)?(?:起草|草拟|撰写|拟写?)(?![了过的什哪])"
)
DRAFTED_ENGLISH = (
    r"^(?:please )?draft\b|\b(?:write|draft) (?:me |up )?(?:a|an|some|one) (?:\w+ )?"
    r"(?:paragraph|report|brief|text|summary|note)"
)


def subject_of(question: str) -> str:
    """What a summary or a draft is to be about; "" where that is all there is.

    >>> subject_of("用200字概括鹤壁医养结合的做法"), subject_of("这期简报主要讲了什么")
    ('鹤壁医养结合的做法', '')
    """
    text = _REQUEST.sub(" ", _LENGTH.sub(" ", INTERROGATIVE.sub(" ", question)))
    bits = [_BITS.sub("", bit) for bit in re.split(r"[，,。；;：:？?！!\s]+", text)]
    return "".join(bit for bit in bits if len(bit) > 1)
