"""An optional judge: a chat model rates answers as RAGAS does (arXiv 2309.15217).

faithfulness: the answer is split into statements; the share of them that the cited paragraphs
support. relevance: questions are made that the answer would answer; their mean cosine with the one
that was asked. A judge's word is an opinion: no gate of the project uses it.
"""

import json
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import mean
from typing import Any

from langchain_core.language_models import BaseChatModel

from corpus.errors import CallError
from eval.scoring import Case
from rag.settings import Settings
from rag.writing.prompts import ANSWERED_QUESTIONS, STATEMENTS, VERDICTS
from rag.writing.verify import MARKER

log = logging.getLogger(__name__)
Closeness = Callable[[str, Sequence[str]], list[float]]  # cosines of texts with a question


def judging_model(settings: Settings) -> BaseChatModel:
    """The chat model of the settings.

    :raises CallError: none is set.
    """
    from rag.writing.chat_model import chat_model

    model = chat_model(settings)
    if model is None:
        raise CallError(
            "--judge needs a chat model; set JIANBAO_LLM_MODEL and JIANBAO_LLM_BASE_URL"
        )
    return model


def judged(case: Case, model: BaseChatModel, closeness: Closeness) -> Case:
    """The case with the judge's scores; unchanged where there is nothing to judge (a refusal, no
    prediction) or the model did not answer in the form asked for, which the log tells.
    """
    if case.prediction is None or case.prediction.refused or not case.prediction.citations:
        return case
    answer = MARKER.sub("", case.prediction.answer)
    question = case.question.question
    paragraphs = "\n".join(passage.text for passage in case.prediction.citations)
    try:
        statements = _texts(_ask(model, STATEMENTS.format(question=question, answer=answer)))
        prompt = VERDICTS.format(paragraphs=paragraphs, statements="\n".join(statements))
        verdicts = _verdicts(_ask(model, prompt), len(statements))
        questions = _texts(_ask(model, ANSWERED_QUESTIONS.format(answer=answer)))
    except ValueError as error:
        log.warning("%s was not judged: %s", case.question.id, error)
        return case
    scores = {
        "faithfulness": mean(verdicts),
        "relevance": mean(max(cosine, 0.0) for cosine in closeness(question, questions)),
    }
    return replace(case, scores=case.scores | scores)


def _ask(model: BaseChatModel, prompt: str) -> list[Any]:
    """The JSON array that the model answers with.

    :raises ValueError: the server failed, or there is no array that is not empty in the answer.
    """
    import httpx2
    import openai

    try:
        text = str(model.invoke(prompt).text)
    except (openai.OpenAIError, httpx2.HTTPError, TypeError, KeyError) as error:
        raise ValueError(f"the server failed ({type(error).__name__})") from error
    found = re.search(r"\[.*\]", text, re.DOTALL)
    values = json.loads(found[0]) if found else None
    if not isinstance(values, list) or not values:
        raise ValueError(f"no JSON array in {text[:80]!r}")
    return values


def _verdicts(values: list[Any], count: int) -> list[float]:
    if len(values) != count or not all(value in (0, 1) for value in values):
        raise ValueError(f"{values} are no verdicts on {count} statements")
    return [float(value) for value in values]


def _texts(values: list[Any]) -> list[str]:
    if not all(isinstance(value, str) and value.strip() for value in values):
        raise ValueError(f"not only texts in {values}")
    return values
