"""Question and window to what the reading transformer takes: ids, and what each token belongs to.

    <s> query: question [</s> what was said before] </s> </s> [context </s>] [m] sentence [m] … </s>

A sentence that is to be checked against its source stands where a question stands, as a claim.
`[m]` is the tokenizer's mask token, which opens every sentence. Training and answering both encode
here, so that a model is asked as it was taught.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Encoding as Pieces
from tokenizers import Tokenizer

from corpus.bulletin import Span
from corpus.text.surrogates import tokenizable
from index.vectors.onnx_graph import known

MAX_TOKENS = 448  # of a question with its window
QUESTION_TOKENS, BEFORE_TOKENS, CONTEXT_TOKENS = 72, 56, 40
CLAIM_TOKENS = 120  # of a sentence that is checked; a longer one is checked by its beginning
LEAST_ROOM = 4  # tokens of a sentence without which it is left out
NOTHING = -1  # a token that belongs neither to the question nor to a sentence
QUESTION = 0  # a token of the question; those of the n-th sentence have n, from 1
PROMPT = "query:"  # what the encoder was pretrained to see before a question
CLAIM = "claim:"  # stands before a sentence that its source is to support


@dataclass(frozen=True, slots=True)
class Encoded:
    """A question with a window: `ids` and `segments` token by token, `spans` where each token of a
    sentence stands in the passage, None for all others.
    """

    ids: tuple[int, ...]
    segments: tuple[int, ...]
    spans: tuple[Span | None, ...]

    def __len__(self) -> int:
        return len(self.ids)


class Encoding:
    """The encoding by one tokenizer."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """`tokenizer` knows <s>, </s>, <pad> and <mask>."""
        self._tokenizer = tokenizer
        self.start, self.end, self.padding, self.mark = (
            known(tokenizer, token) for token in ("<s>", "</s>", "<pad>", "<mask>")
        )
        self._prompts = {one: self._ids(one, CONTEXT_TOKENS) for one in (PROMPT, CLAIM)}

    def question(self, text: str, before: str = "") -> tuple[list[int], list[int]]:
        """Ids and segments of what comes before every window of a question."""
        return self._opening(PROMPT, text, QUESTION_TOKENS, before)

    def claim(self, text: str) -> tuple[list[int], list[int]]:
        """Ids and segments of what comes before every window of a claim's source."""
        return self._opening(CLAIM, text, CLAIM_TOKENS)

    def _opening(
        self, prompt: str, text: str, most: int, before: str = ""
    ) -> tuple[list[int], list[int]]:
        own = self._ids(text, most)
        ids = [self.start, *self._prompts[prompt], *own]
        segments = [NOTHING] * (1 + len(self._prompts[prompt])) + [QUESTION] * len(own)
        if before:
            ids += [self.end, *self._ids(before, BEFORE_TOKENS)]
        ids += [self.end, self.end]
        return ids, segments + [NOTHING] * (len(ids) - len(segments))

    def window(
        self,
        question: tuple[list[int], list[int]],
        text: str,
        sentences: Sequence[Span],
        context: str = "",
    ) -> Encoded:
        """A question, as `question` gave it, with the sentences of a window."""
        ids, segments = list(question[0]), list(question[1])
        if context:
            ids += [*self._ids(context, CONTEXT_TOKENS), self.end]
            segments += [NOTHING] * (len(ids) - len(segments))
        spans: list[Span | None] = [None] * len(ids)
        for number, sentence in enumerate(sentences, start=1):
            room = MAX_TOKENS - len(ids) - 2
            if room < LEAST_ROOM:
                break
            read = self._pieces(text[sentence.start : sentence.end])
            own = read.ids[:room]
            ids += [self.mark, *own]
            segments += [number] * (1 + len(own))
            at = sentence.start
            spans += [None, *(Span(at + a, at + b) for a, b in read.offsets[:room])]
        return Encoded((*ids, self.end), (*segments, NOTHING), (*spans, None))

    def _ids(self, text: str, most: int) -> list[int]:
        # only the beginning is read: a token is one character at least
        return list(self._pieces(text[: most * LONGEST_TOKEN]).ids[:most])

    def _pieces(self, text: str) -> Pieces:
        return self._tokenizer.encode(tokenizable(text), add_special_tokens=False)


LONGEST_TOKEN = 16  # characters of the longest piece of the vocabulary
