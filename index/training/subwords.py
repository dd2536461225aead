"""The pretrained vocabulary cut down to what Chinese and English texts are made of.

A Unigram model (Kudo 2018, arXiv 1804.10959) loses pieces without harm while single characters
stay: a text is then spelt with the next likeliest pieces.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")  # the first ids, in this order
MASK = "<mask>"  # the last id
LEAST_COUNT = 3  # in some forty million characters of text; rarer pieces are spelt
COUNTED_AT_ONCE = 2000  # texts
LONGEST_COUNTED = 4000  # characters of a text that are counted
SPACE = "▁"
# Characters that stay whether they were seen or not: names are written with them.
_ALWAYS = re.compile(
    r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef!-~\u2010-\u2030\u2460-\u24ff·×÷°±℃㎡]?"
)


def tokenizer_of(pieces: Sequence[str], scores: Sequence[float]) -> Tokenizer:
    """The tokenizer of a vocabulary, in the order of its ids."""
    made = Tokenizer(models.Unigram(list(zip(pieces, scores, strict=True)), SPECIAL.index("<unk>")))
    made.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex("[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]"), ""),
            normalizers.Replace(Regex("[\t\n\x0c\r\u1680\u200b-\u200f]"), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace(SPACE, prepend_scheme="always")
    made.add_special_tokens([*SPECIAL, MASK])
    return made


def counted(tokenizer: Tokenizer, texts: Iterable[str]) -> Counter[int]:
    """How often each token stands in some texts."""
    found: Counter[int] = Counter()
    for some in _gathered(texts):
        for read in tokenizer.encode_batch_fast(some, add_special_tokens=False):
            found.update(read.ids)
    return found


def kept_ids(pieces: Sequence[str], counts: Counter[int]) -> list[int]:
    """Ids of the pieces that stay, ascending: special ones, those counted often enough, and single
    characters of Chinese and English.
    """
    return [
        number
        for number, piece in enumerate(pieces)
        if number < len(SPECIAL)
        or piece == MASK
        or counts[number] >= LEAST_COUNT
        or _ALWAYS.fullmatch(piece.removeprefix(SPACE))
    ]


def _gathered(texts: Iterable[str]) -> Iterable[list[str]]:
    some: list[str] = []
    for text in texts:
        some.append(text[:LONGEST_COUNTED])
        if len(some) == COUNTED_AT_ONCE:
            yield some
            some = []
    yield some
