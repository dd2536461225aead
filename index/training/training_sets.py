"""Name every training file, what it teaches and how much of a batch it gets."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus.questions.squad import read_squad
from index.training import official
from index.training import text_sources as sources
from index.training.text_sources import Document, Pair

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


@dataclass(frozen=True, slots=True)
class PairFile:
    """One file of pairs: where it lies, how it is read and which group it belongs to."""

    path: str
    read: Callable[[Path], Iterator[Pair]]
    group: str


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """One file of documents: where it lies, how it is read and which group it belongs to."""

    path: str
    read: Callable[[Path], Iterator[Document]]
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
        start = max(asked.passage.find(asked.answers[0]) - sources.PASSAGE_LIMIT // 3, 0)
        yield Pair(asked.question, asked.passage[start : start + sources.PASSAGE_LIMIT])


PAIR_FILES = (
    PairFile("train/qa/citizen_letters_replies.tsv.xz", sources.letters, "service"),
    PairFile("train/qa/fuzhou_12345_complaints_replies.tsv.xz", sources.letters, "service"),
    PairFile("train/qa/stard_lay_question_statute.tsv.xz", sources.statutes, "statute"),
    PairFile("train/paraphrase/mcts_official_plain.tsv.xz", sources.first_pair, "plain"),
    PairFile("train/official/laws_articles.jsonl.xz", official.law_pairs, "title"),
    PairFile("train/official/hebei_gov_policies.jsonl.xz", official.policy_pairs, "title"),
    PairFile("train/official/state_council_policies.jsonl.xz", official.policy_pairs, "title"),
    PairFile("train/titlebody/csl_keywords_abstract.tsv.xz", sources.first_pair, "title"),
    PairFile("cmrc2018_trial.json.xz", trial_questions, "question"),
    PairFile("train/qa/epidemic_policy_qa.tsv.xz", sources.policy_answers, "question"),
    PairFile("train/paraphrase/qbqtc_query_title.tsv.xz", sources.labelled("2"), "question"),
    PairFile("train/paraphrase/afqmc.tsv.xz", sources.labelled("1"), "paraphrase"),
    PairFile("train/paraphrase/atec.tsv.xz", sources.labelled("1"), "paraphrase"),
    PairFile("train/paraphrase/ccks2018_webank_part.tsv.xz", sources.labelled("1"), "paraphrase"),
    PairFile("train/paraphrase/oppo_xiaobu.tsv.xz", sources.labelled("1"), "paraphrase"),
    PairFile("train/paraphrase/epidemic_pairs.tsv.xz", sources.labelled("1"), "paraphrase"),
    PairFile("train/paraphrase/pawsx_zh_devtest.tsv.xz", sources.labelled("1"), "paraphrase"),
    PairFile("train/paraphrase/stsb_zh.tsv.xz", sources.graded, "paraphrase"),
    PairFile(
        "train/paraphrase/snli_zh_devtest.tsv.xz", sources.labelled("entailment"), "paraphrase"
    ),
    PairFile("train/paraphrase/cmnli_dev.tsv.xz", sources.labelled("entailment"), "paraphrase"),
    PairFile("train/lexicon/synonyms_hydcd_5156.tsv.xz", sources.word_groups, "lexicon"),
    PairFile("train/lexicon/chinese_open_wordnet_groups.tsv.xz", sources.word_groups, "lexicon"),
    PairFile("train/lexicon/abbreviations.tsv.xz", sources.first_pair, "lexicon"),
    PairFile("train/lexicon/idiom_explanation.tsv.xz", sources.first_pair, "lexicon"),
    PairFile("train/lexicon/cinlid_idiom_pairs.tsv.xz", sources.labelled("entailment"), "lexicon"),
    PairFile("train/lexicon/osm_place_types_terms.tsv.xz", sources.place_terms, "place"),
    PairFile("train/parallel/moedict_zh_en_words.tsv.xz", sources.glosses, "gloss"),
    PairFile("train/parallel/osm_places_en_zh.tsv.xz", sources.first_pair, "gloss"),
    PairFile("train/parallel/tatoeba_en_zh.tsv.xz", sources.first_pair, "parallel"),
    PairFile("train/parallel/ntrex_news_en_zh.tsv.xz", sources.first_pair, "parallel"),
    PairFile("train/parallel/un_sdg_en_zh.tsv.xz", sources.first_pair, "parallel"),
    PairFile("train/parallel/xuexi_daily_terms_en_zh.tsv.xz", sources.first_pair, "parallel"),
    PairFile("train/parallel/python_docs_en_zh.tsv.xz", sources.first_pair, "manual"),
)

DOCUMENT_FILES = (
    DocumentFile("train/official/news.txt.xz", official.news, "news"),
    DocumentFile("train/official/laws_articles.jsonl.xz", official.laws, "official"),
    DocumentFile("train/official/hebei_gov_policies.jsonl.xz", official.policies, "official"),
    DocumentFile("train/official/state_council_policies.jsonl.xz", official.policies, "official"),
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
    for file in PAIR_FILES:
        path = data / file.path
        if not path.is_file():
            log.warning("%s is missing and left out", path)
            continue
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
    for source in DOCUMENT_FILES:
        path = data / source.path
        if not path.is_file():
            log.warning("%s is missing and left out", path)
            continue
        corpus.documents.setdefault(source.group, []).extend(source.read(path))
    if not corpus.pairs and not corpus.documents:
        raise FileNotFoundError(f"no training file below {data}")
    return corpus
