"""Write the model card from what a run did and measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Template

from index.training.model_score import Score

# What each score measures, in the order of the card.
SCORE_TITLES = {
    "cmrc": "CMRC 2018 dev, question → paragraph",
    "xquad zh": "XQuAD zh, question → paragraph",
    "xquad en-zh": "XQuAD, English question → Chinese paragraph",
    "statutes": "Held-out lay questions → statute article",
    "statutes, all": "the same among all articles of the file",
    "letters": "Held-out letters, title → official reply",
    "letters, all": "the same among all replies of the files",
    "letters body": "Held-out letters, whole letter → official reply",
    "letters body, all": "the same among all replies of the files",
    "translations": "Held-out English news sentence → Chinese",
    "translations, all": "the same among all sentences of the file",
}


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What the card says about a run: sizes, settings and the time it took."""

    vocabulary: int
    dimension: int
    steps: int
    batch: int
    scale: float
    rate: float
    seed: int
    minutes: float
    pairs: Mapping[str, int]
    documents: Mapping[str, int]
    shares: Mapping[str, float]


def score_table(scores: Mapping[str, Score]) -> str:
    """Format scores as a Markdown table."""
    lines = [
        "| Task | Queries | Pool | R@1 | R@5 | MRR@10 |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name, score in sorted(scores.items(), key=lambda item: _place(item[0])):
        lines.append(
            f"| {SCORE_TITLES.get(name, name)} | {score.queries:,} | {score.pool:,} "
            f"| {score.recall_1:.3f} | {score.recall_5:.3f} | {score.reciprocal_rank:.3f} |"
        )
    return "\n".join(lines)


def _place(name: str) -> int:
    """Return a score's place in the card; unnamed ones come last."""
    order = list(SCORE_TITLES)
    return order.index(name) if name in order else len(order)


def mixture_table(facts: RunFacts) -> str:
    """Format the groups of training text and their share of a batch as a Markdown table."""
    total = sum(facts.shares.values())
    lines = ["| Group | Records | Share of a batch |", "|---|--:|--:|"]
    for group, share in facts.shares.items():
        if group in facts.documents:
            records = f"{facts.documents[group]:,} documents"
        else:
            records = f"{facts.pairs.get(group, 0):,} pairs"
        lines.append(f"| {group} | {records} | {share / total:.0%} |")
    return "\n".join(lines)


def render_card(template: str, facts: RunFacts, scores: Mapping[str, Score]) -> str:
    """Fill the card's template.

    :param template: text with ``$name`` fields.
    :raises KeyError: the template asks for a field that is not known.
    """
    return Template(template).substitute(
        scores=score_table(scores),
        mixture=mixture_table(facts),
        vocabulary=f"{facts.vocabulary:,}",
        dimension=facts.dimension,
        steps=f"{facts.steps:,}",
        batch=f"{facts.batch:,}",
        scale=f"{facts.scale:g}",
        rate=f"{facts.rate:g}",
        seed=facts.seed,
        minutes=f"{facts.minutes:.0f}",
    )
