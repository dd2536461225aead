"""Small questions and predictions that the tests of the evaluation share."""

from dataclasses import replace

from corpus.questions.truth import Question
from eval.predictions import PredictedPassage, Prediction

# A library of three units, by "bulletin#position", in comparable form.
UNITS = {"b#0": "全市建成场所180个", "b#1": "培训护理员640人次", "b#2": "走访老人995人"}
TEXTS = ("全市建成场所180个。", "培训护理员640人次。", "走访老人995人。")

QUESTION = Question(
    id="q1", question="建成多少个场所", type="number", bulletins=("b",),
    evidence=("建成场所１８０个",), must=(("180",),), must_not=("18个",),
)  # fmt: skip
UNANSWERABLE = replace(QUESTION, id="q2", type="unanswerable", answerable=False, bulletins=(),
                       evidence=(), must=(), must_not=())  # fmt: skip


def passage(position: int) -> PredictedPassage:
    """The unit at this position of the library above."""
    return PredictedPassage(
        "b", "标题", position + 1, "paragraph", TEXTS[position], TEXTS[position]
    )


def predict(
    text: str = "建成场所180个。[1]", *, refused: bool = False, hits: tuple[int, ...] = (0,),
    cited: tuple[int, ...] = (0,), question_id: str = "q1", warnings: tuple[str, ...] = (),
) -> Prediction:  # fmt: skip
    """An answer that retrieved and cited these positions."""
    return Prediction(question_id, text, refused, tuple(map(passage, cited)),
                      tuple(map(passage, hits)), 0.01, warnings)  # fmt: skip
