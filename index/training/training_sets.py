"""Name every training file, what it teaches and how much of a batch it gets."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from corpus.questions.squad import read_squad
from index.training import official
from index.training.text_sources import (
    PASSAGE_LIMIT,
    Document,
    Pair,
    first_pair,
    glosses,
    graded,
    labelled,
    letters,
    place_terms,
    policy_answers,
    statutes,
    word_groups,
)

log = logging.getLogger(__name__)

# Share of each group in a batch. More letters and statutes than their size calls for: everyday
# wording against official wording is what the model is for.
SHARES = {
    "news": 0.28,
    "official": 0.16,
    "service": 0.10,
    "statute": 0.04,
    "plain": 0.03,
    "title": 0.05,
    "question": 0.07,
    "paraphrase": 0.08,
    "lexicon": 0.05,
    "place": 0.01,
    "gloss": 0.05,
    "parallel": 0.08,
    "manual": 0.01,
}

# A second mixture: more running text, fewer questions of banks' customers and titles of laws.
MORE_NEWS = SHARES | {"news": 0.33, "paraphrase": 0.05, "title": 0.03}

# Share of the held-out files' questions that is kept for scoring and never trained on.
HELD_OUT_SHARE = 0.05


T = TypeVar("T", Pair, Document)


@dataclass(frozen=True, slots=True)
class TrainingFile(Generic[T]):
    """One file of pairs or of documents: where it lies, how it is read and which group it belongs
    to.
    """

    path: str
    read: Callable[[Path], Iterator[T]]
    group: str


@dataclass(slots=True)
class Corpus:
    """Everything one training run reads, by group, and what it must not see.

    ``held_out`` and ``pools`` go by the name of a score: the pairs kept from training and all the
    passages of their file, which make the harder pool.
    """

    pairs: dict[str, list[Pair]] = field(default_factory=dict)
    documents: dict[str, list[Document]] = field(default_factory=dict)
    held_out: dict[str, list[Pair]] = field(default_factory=dict)
    pools: dict[str, list[str]] = field(default_factory=dict)


def trial_questions(path: Path) -> Iterator[Pair]:
    """Yield question -> window of the paragraph around the answer."""
    for asked in read_squad(path):
        start = max(asked.passage.find(asked.answers[0]) - PASSAGE_LIMIT // 3, 0)
        yield Pair(asked.question, asked.passage[start : start + PASSAGE_LIMIT])


PAIR_FILES = (
    TrainingFile("train/qa/citizen_letters_replies.tsv.xz", letters, "service"),
    TrainingFile("train/qa/fuzhou_12345_complaints_replies.tsv.xz", letters, "service"),
    TrainingFile("train/qa/stard_lay_question_statute.tsv.xz", statutes, "statute"),
    TrainingFile("train/paraphrase/mcts_official_plain.tsv.xz", first_pair, "plain"),
    TrainingFile("train/official/laws_articles.jsonl.xz", official.law_pairs, "title"),
    TrainingFile("train/official/hebei_gov_policies.jsonl.xz", official.policy_pairs, "title"),
    TrainingFile("train/official/state_council_policies.jsonl.xz", official.policy_pairs, "title"),
    TrainingFile("train/titlebody/csl_keywords_abstract.tsv.xz", first_pair, "title"),
    TrainingFile("cmrc2018_trial.json.xz", trial_questions, "question"),
    TrainingFile("train/qa/epidemic_policy_qa.tsv.xz", policy_answers, "question"),
    TrainingFile("train/paraphrase/qbqtc_query_title.tsv.xz", labelled("2"), "question"),
    TrainingFile("train/paraphrase/afqmc.tsv.xz", labelled("1"), "paraphrase"),
    TrainingFile("train/paraphrase/atec.tsv.xz", labelled("1"), "paraphrase"),
    TrainingFile("train/paraphrase/ccks2018_webank_part.tsv.xz", labelled("1"), "paraphrase"),
    TrainingFile("train/paraphrase/oppo_xiaobu.tsv.xz", labelled("1"), "paraphrase"),
    TrainingFile("train/paraphrase/epidemic_pairs.tsv.xz", labelled("1"), "paraphrase"),
    TrainingFile("train/paraphrase/pawsx_zh_devtest.tsv.xz", labelled("1"), "paraphrase"),
    TrainingFile("train/paraphrase/stsb_zh.tsv.xz", graded, "paraphrase"),
    TrainingFile("train/paraphrase/snli_zh_devtest.tsv.xz", labelled("entailment"), "paraphrase"),
    TrainingFile("train/paraphrase/cmnli_dev.tsv.xz", labelled("entailment"), "paraphrase"),
    TrainingFile("train/lexicon/synonyms_hydcd_5156.tsv.xz", word_groups, "lexicon"),
    TrainingFile("train/lexicon/chinese_open_wordnet_groups.tsv.xz", word_groups, "lexicon"),
    TrainingFile("train/lexicon/abbreviations.tsv.xz", first_pair, "lexicon"),
    TrainingFile("train/lexicon/idiom_explanation.tsv.xz", first_pair, "lexicon"),
    TrainingFile("train/lexicon/cinlid_idiom_pairs.tsv.xz", labelled("entailment"), "lexicon"),
    TrainingFile("train/lexicon/osm_place_types_terms.tsv.xz", place_terms, "place"),
    TrainingFile("train/parallel/moedict_zh_en_words.tsv.xz", glosses, "gloss"),
    TrainingFile("train/parallel/osm_places_en_zh.tsv.xz", first_pair, "gloss"),
    TrainingFile("train/parallel/tatoeba_en_zh.tsv.xz", first_pair, "parallel"),
    TrainingFile("train/parallel/ntrex_news_en_zh.tsv.xz", first_pair, "parallel"),
    TrainingFile("train/parallel/un_sdg_en_zh.tsv.xz", first_pair, "parallel"),
    TrainingFile("train/parallel/xuexi_daily_terms_en_zh.tsv.xz", first_pair, "parallel"),
    TrainingFile("train/parallel/python_docs_en_zh.tsv.xz", first_pair, "manual"),
)

DOCUMENT_FILES = (
    TrainingFile("train/official/news.txt.xz", official.news, "news"),
    TrainingFile("train/official/laws_articles.jsonl.xz", official.laws, "official"),
    TrainingFile("train/official/hebei_gov_policies.jsonl.xz", official.policies, "official"),
    TrainingFile("train/official/state_council_policies.jsonl.xz", official.policies, "official"),
)

# Files of which a seeded share of the queries is kept for scoring, by the name of the score.
HELD_OUT_FILES = {
    "train/qa/stard_lay_question_statute.tsv.xz": "statutes",
    "train/qa/citizen_letters_replies.tsv.xz": "letters",
    "train/parallel/ntrex_news_en_zh.tsv.xz": "translations",
}


def is_held_out(query: str, seed: int, share: float = HELD_OUT_SHARE) -> bool:
    """Decide by a seeded hash of the text whether a query is kept for scoring."""
    digest = hashlib.blake2b(f"{seed}\0{query}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") < share * 2**64


def read_corpus(data: Path, seed: int) -> Corpus:
    """Read every file of the catalogue that exists below ``data``.

    :param data: the data directory.
    :param seed: chooses the held-out queries.
    :returns: pairs and documents by group; held-out pairs by the name of their score.
    :raises FileNotFoundError: not one of the files exists.
    """
    corpus = Corpus()
    for file, path in _present(PAIR_FILES, data):
        score = HELD_OUT_FILES.get(file.path)
        for pair in dict.fromkeys(file.read(path)):
            if score is not None and not pair.record:
                corpus.pools.setdefault(score, []).append(pair.passage)
            if score is None or not is_held_out(pair.record or pair.query, seed):
                corpus.pairs.setdefault(file.group, []).append(pair)
            elif not pair.record:
                corpus.held_out.setdefault(score, []).append(pair)
            elif pair.query != pair.record:
                corpus.held_out.setdefault(f"{score} body", []).append(pair)
                corpus.pools[f"{score} body"] = corpus.pools[score]
    for source, path in _present(DOCUMENT_FILES, data):
        corpus.documents.setdefault(source.group, []).extend(source.read(path))
    if not corpus.pairs and not corpus.documents:
        raise FileNotFoundError(f"no training file below {data}")
    return corpus


def _present(
    files: Sequence[TrainingFile[T]], data: Path
) -> Iterator[tuple[TrainingFile[T], Path]]:
    """The files that exist below ``data``, and where; the log names the others."""
    for file in files:
        path = data / file.path
        if path.is_file():
            yield file, path
        else:
            log.warning("%s is missing and left out", path)
