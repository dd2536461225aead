"""Tests of the embedding model's training: data readers, tokenizer, table, saved model."""

from __future__ import annotations

import json
import logging
import lzma
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
import torch
from scipy.sparse import csr_array
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

from index.training import batches, official
from index.training import text_sources as sources
from index.training.card import score_table
from index.training.distribution import (
    DistributionSettings,
    factorise,
    neighbour_counts,
    positive_information,
)
from index.training.folding import (
    FIRST_SPREAD,
    composition,
    first_rows,
    frequency_weights,
    token_parts,
)
from index.training.gloss import gloss_table, substitute_table
from index.training.model_files import quantise, save_model
from index.training.model_score import ranks, score_pairs, summarise
from index.training.start import first_vectors, partner_counts
from index.training.text import CHUNK_LIMIT, split_chunks, split_sentences
from index.training.text_sources import Document, Pair
from index.training.tokens import join
from index.training.train import TrainingSettings, contrast, rate_at, split_batch, train
from index.training.training_sets import Corpus, is_held_out, read_corpus
from index.training.vocabulary import (
    VocabularySettings,
    build_tokenizer,
    count_words,
    token_scores,
)

TEXTS = [
    "减轻个人医疗费用负担，看病就医更加方便。",
    "老年人可以到社区食堂吃饭，政府给予补贴。",
    "学校门口的红绿灯坏了，希望尽快修好。",
    "reduce the cost of medical care for the elderly",
    "elections were held in 2018",
]
PAIRS = [
    Pair("看病贵", "减轻个人医疗费用负担，看病就医更加方便。"),
    Pair("老人吃饭", "老年人可以到社区食堂吃饭，政府给予补贴。"),
    Pair("红绿灯不亮", "学校门口的红绿灯坏了，希望尽快修好。"),
    Pair("cost of medical care", "减轻个人医疗费用负担，看病就医更加方便。"),
    Pair("the elderly", "老年人可以到社区食堂吃饭，政府给予补贴。"),
]
SETTINGS = TrainingSettings(dimension=16, steps=40, batch=8, seed=3, threads=1)


def write_xz(path: Path, lines: Iterable[str]) -> Path:
    """Write lines as an xz-compressed file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines(line + "\n" for line in lines)
    return path


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """Build a tokenizer of the texts' own words."""
    counts = count_words([*TEXTS, *(pair.query for pair in PAIRS)])
    return build_tokenizer(counts, VocabularySettings(minimum_count=1))


def samplers(tokenizer: Tokenizer) -> dict[str, batches.Sampler]:
    """Make one sampler of pairs and one of documents."""
    documents = [Document(tuple(TEXTS[:3]))]
    return {
        "pairs": batches.PairSampler(PAIRS, tokenizer),
        "news": batches.DocumentSampler(documents, tokenizer),
    }


def test_tokenizer_normalises_width_and_case(tokenizer: Tokenizer) -> None:
    """Full-width letters and capitals give the tokens of their plain forms."""
    wide, plain = tokenizer.encode("ＭＥＤＩＣＡＬ　２０１８"), tokenizer.encode("medical 2018")
    assert wide.ids == plain.ids
    assert plain.tokens == ["medical", "2018"]


def test_tokenizer_knows_every_character(tokenizer: Tokenizer) -> None:
    """No ideograph and no foreign letter is unknown, whether it was counted or not."""
    unknown = tokenizer.token_to_id("<unk>")
    for start in range(0x4E00, 0xA000, 500):
        text = "".join(chr(code) for code in range(start, min(start + 500, 0xA000)))
        ids = tokenizer.encode(text).ids
        assert ids
        assert unknown not in ids
    assert unknown not in tokenizer.encode("龘𠮷ßひ한").ids


def test_tokenizer_drops_punctuation(tokenizer: Tokenizer) -> None:
    """Punctuation and blanks give no tokens and never join words across them."""
    assert tokenizer.encode("，。 !?——").ids == []
    assert "医疗" in tokenizer.encode("（医疗）").tokens


def test_words_beat_characters(tokenizer: Tokenizer) -> None:
    """A counted word is one token rather than its characters."""
    assert tokenizer.encode("社区食堂").tokens == ["社区", "食堂"]


def test_sentences_and_chunks_lose_nothing() -> None:
    """Sentences and chunks joined again are the text, and chunks respect the limit."""
    text = "第一句话在这里说完了。" * 40
    assert "".join(split_sentences(text)) == text
    chunks = split_chunks(text)
    assert "".join(chunks) == text
    assert all(len(chunk) <= CHUNK_LIMIT for chunk in chunks)
    assert split_chunks("没有句号") == ["没有句号"]


def test_short_sentence_joins_the_one_before() -> None:
    """An exclamation of a few characters is no sentence of its own."""
    assert split_sentences("请尽快修好门口的路灯。谢谢！") == ["请尽快修好门口的路灯。谢谢！"]


def test_table_reader_reports_short_rows(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A row with too few columns is skipped with its file and line number."""
    path = write_xz(tmp_path / "rows.tsv.xz", ["甲\t乙\t1", "坏行", "丙\t丁\t0"])
    with caplog.at_level(logging.WARNING):
        assert list(sources.labelled("1")(path)) == [Pair("甲", "乙")]
    assert "rows.tsv.xz:2" in caplog.text


def test_object_reader_reports_damaged_lines(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Broken JSON and objects without the fields are skipped with a warning each."""
    good = json.dumps({"title": "题目", "body": "正文。"}, ensure_ascii=False)
    path = write_xz(tmp_path / "objects.jsonl.xz", ["{", good, '{"title": 3}'])
    with caplog.at_level(logging.WARNING):
        assert list(official.policy_pairs(path)) == [Pair("题目", "正文。")]
    assert "objects.jsonl.xz:1" in caplog.text
    assert "objects.jsonl.xz:3" in caplog.text


def test_graded_reader_keeps_alike_pairs(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Only high scores are pairs, and a score that is no number is reported."""
    path = write_xz(tmp_path / "graded.tsv.xz", ["甲\t乙\t4.5", "丙\t丁\t2", "戊\t己\t高"])
    with caplog.at_level(logging.WARNING):
        assert list(sources.graded(path)) == [Pair("甲", "乙")]
    assert "'高'" in caplog.text


def test_letters_give_three_pairs_of_one_record(tmp_path: Path) -> None:
    """A letter gives title to reply first, and the derived pairs name its title."""
    path = write_xz(tmp_path / "letters.tsv.xz", ["题\t信\t复"])
    assert list(sources.letters(path)) == [
        Pair("题", "复"),
        Pair("题", "信", "题"),
        Pair("信", "复", "题"),
    ]


def test_glosses_are_bare_phrases() -> None:
    """Notes, classifiers and leading particles are not part of a gloss."""
    cell = "to see a doctor; (of a doctor) to treat; CL:個|个[ge4]; surname Li"
    assert sources.clean_glosses(cell) == ["see a doctor", "treat"]


def test_corpus_keeps_held_out_records_apart(tmp_path: Path) -> None:
    """No pair of a held-out letter is trained on, and the pool has every reply."""
    rows = [f"第{i}封信的题目\t第{i}封信\t第{i}个答复" for i in range(200)]
    write_xz(tmp_path / "train/qa/citizen_letters_replies.tsv.xz", rows)
    corpus = read_corpus(tmp_path, seed=1)
    kept = {pair.query for pair in corpus.held_out["letters"]}
    assert 0 < len(kept) < 30
    assert not kept & {pair.record or pair.query for pair in corpus.pairs["service"]}
    assert len(corpus.pools["letters"]) == 200
    assert {pair.record for pair in corpus.held_out["letters body"]} == kept
    assert {pair.passage for pair in corpus.held_out["letters body"]} <= set(
        corpus.pools["letters"]
    )
    assert corpus.held_out == read_corpus(tmp_path, seed=1).held_out


def test_empty_data_directory_is_an_error(tmp_path: Path) -> None:
    """A directory without one known file is refused."""
    with pytest.raises(FileNotFoundError):
        read_corpus(tmp_path, seed=1)


def test_held_out_share_is_about_as_asked() -> None:
    """The seeded hash keeps about the asked share of queries."""
    kept = sum(is_held_out(f"问题{i}", seed=1, share=0.1) for i in range(2000))
    assert 140 < kept < 260


def test_parts_name_characters_inner_words_and_stems() -> None:
    """Words share characters, the words inside them and English beginnings."""
    parts = token_parts(["医疗", "医疗费用", "elections", "x"])
    assert parts[0] == ["c:医", "c:疗"]
    assert "w:医疗" in parts[1]
    assert parts[2] == ["s:elec", "s:elect", "s:electi"]


def test_composition_adds_the_mean_of_each_kind() -> None:
    """A row of the composition is the token itself plus one for each kind of part."""
    matrix = composition(["医疗", "医疗费用", "食"]).to_dense()
    assert torch.allclose(matrix[:, :3].diagonal(), torch.ones(3))
    assert torch.allclose(matrix.sum(dim=1), torch.tensor([2.0, 3.0, 2.0]))


def test_frequent_tokens_start_light() -> None:
    """The first gate falls with frequency within the script."""
    weights = frequency_weights(["的", "医疗", "the", "cost"], [-0.1, -9.0, -5.0, -14.0])
    assert weights[0] < weights[1]
    assert weights[2] < weights[3]


def test_glosses_and_substitutes_map_tokens(tokenizer: Tokenizer) -> None:
    """A word maps to its English phrases, and words of one gloss stand for each other."""
    glosses = [Pair("medical care", "医疗"), Pair("medical care", "看病")]
    token = tokenizer.token_to_id("医疗")
    english = gloss_table(glosses, tokenizer)[token]
    assert tokenizer.encode("medical care").ids == english[0].tolist()
    other = substitute_table([], glosses, tokenizer)[token]
    assert tokenizer.encode("看病").ids == other[0].tolist()


def test_document_queries_come_from_their_chunk(tokenizer: Tokenizer) -> None:
    """Without English and substitutes a drawn query only has tokens of its sentence."""
    sampler = batches.DocumentSampler([Document(tuple(TEXTS[:3]))], tokenizer)
    rng = np.random.default_rng(0)
    inside = set(sampler.sentences.ids.tolist())
    for _ in range(50):
        query, passage, _ = sampler.draw(rng)
        assert len(query)
        assert len(passage)
        assert set(query.tolist()) <= inside


def test_empty_pairs_are_refused(tokenizer: Tokenizer) -> None:
    """A group none of whose pairs has text on both sides is an error."""
    with pytest.raises(ValueError, match="both sides"):
        batches.PairSampler([Pair("。", "文字")], tokenizer)


def test_neighbours_are_counted_by_distance_within_a_text() -> None:
    """Two tokens count 1 / distance in both orders, and never across the end of a text."""
    texts = join([np.array([0, 1, 2], dtype=np.int32), np.array([3], dtype=np.int32)])
    settings = DistributionSettings(window=2, frequent=1.0, least=0.0)
    counts = neighbour_counts(texts, 4, settings).toarray()
    assert counts.tolist() == [[0, 1, 0.5, 0], [1, 0, 1, 0], [0.5, 1, 0, 0], [0, 0, 0, 0]]


def test_information_is_positive_where_words_attract() -> None:
    """Words that meet more often than by chance keep their logarithm, all else is dropped."""
    counts = csr_array(np.array([[8.0, 2.0], [2.0, 8.0]], dtype=np.float32))
    information = positive_information(counts, smoothing=1.0, shift=0.0).toarray()
    assert np.allclose(information, np.diag([np.log(1.6)] * 2))


def test_words_in_the_same_company_start_alike() -> None:
    """看病 and 医疗 never meet, yet their vectors do, for both meet 费用; 学校 stays apart."""
    lines = [["看病", "费用"], ["医疗", "费用"], ["学校", "红绿灯"]] * 3
    ids = {"费用": 0, "看病": 1, "医疗": 2, "学校": 3, "红绿灯": 4}
    texts = join(np.array([ids[word] for word in line], dtype=np.int32) for line in lines)
    counts = neighbour_counts(texts, len(ids), DistributionSettings(frequent=1.0))
    information = positive_information(counts, smoothing=1.0, shift=0.0)
    table = factorise(information, 4, DistributionSettings(), seed=0)
    assert table[ids["看病"]] @ table[ids["医疗"]] > 0.99
    assert abs(table[ids["看病"]] @ table[ids["学校"]]) < 0.01


def test_partners_share_out_one_meeting(tokenizer: Tokenizer) -> None:
    """Each token of a query meets the tokens of its passage once in all."""
    sampler = batches.PairSampler([Pair("the elderly", "政府补贴")], tokenizer)
    counts = partner_counts([sampler], tokenizer.get_vocab_size())
    elderly = tokenizer.token_to_id("elderly")
    assert counts.sum() == pytest.approx(2.0)
    assert counts[[elderly], :].sum() == pytest.approx(1.0)


def test_english_starts_at_its_translation(tokenizer: Tokenizer) -> None:
    """An English word starts where the Chinese word of the dictionary is, a character nowhere."""
    groups = samplers(tokenizer)
    groups["gloss"] = batches.PairSampler(
        [Pair("medical", "医疗"), Pair("elections", "学校")], tokenizer
    )
    tokens, _ = token_scores(tokenizer)
    settings = DistributionSettings(frequent=1.0, least=0.0, shift=0.0)
    table = first_vectors(groups, tokens, 16, 3, settings)
    row = tokenizer.token_to_id
    assert float(table[row("医疗")] @ table[row("medical")]) == pytest.approx(1.0, abs=1e-4)
    assert not table[row("医")].any()


def test_known_words_start_with_less_chance() -> None:
    """Parts and unknown tokens start by chance, known tokens near what is known of them."""
    table = torch.zeros(2, 2000)
    table[0, 0] = 5.0
    rows = first_rows(table, 3, seed=1)
    assert rows.shape == (3, 2000)
    assert float((rows[0] - table[0]).std()) < 0.6 * FIRST_SPREAD
    assert float(rows[1:].std()) == pytest.approx(FIRST_SPREAD, rel=0.05)


def test_batch_is_divided_by_share() -> None:
    """Counts follow the shares and add up to the batch."""
    counts = split_batch({"a": 2.0, "b": 1.0}, 100)
    assert counts == {"a": 67, "b": 33}
    with pytest.raises(ValueError, match="no group"):
        split_batch({}, 10)


def test_equal_passages_are_no_negatives() -> None:
    """A passage equal to the partner does not count as an alternative."""
    vectors = torch.eye(3)
    passages = torch.stack((vectors[0], vectors[0], vectors[2]))
    queries = torch.stack((vectors[0], vectors[0], vectors[2]))
    masked = contrast(queries, passages, torch.tensor([1, 1, 2]), 20.0)
    unmasked = contrast(queries, passages, torch.tensor([1, 3, 2]), 20.0)
    assert float(masked) < 1e-4 < float(unmasked)


def test_rate_climbs_and_falls() -> None:
    """The learning rate starts small, peaks after the climb and ends low."""
    settings = TrainingSettings(steps=1000, rate=0.01)
    assert rate_at(0, settings) < rate_at(49, settings)
    assert rate_at(999, settings) < 0.1 * rate_at(100, settings)


def test_training_learns_and_repeats(tokenizer: Tokenizer, tmp_path: Path) -> None:
    """The loss falls, the seed decides the table, and a checkpoint appears."""
    losses: list[float] = []
    shares = {"pairs": 3.0, "news": 1.0, "absent": 5.0}
    checkpoint = tmp_path / "table.pt"
    first = train(
        samplers(tokenizer),
        shares,
        tokenizer,
        TrainingSettings(dimension=16, steps=40, batch=8, seed=3, threads=1, checkpoint_steps=20),
        checkpoint=checkpoint,
        progress=lambda step, loss: losses.append(loss),
    )
    assert np.mean(losses[-10:]) < np.mean(losses[:10])
    assert checkpoint.is_file()
    assert torch.equal(first, train(samplers(tokenizer), shares, tokenizer, SETTINGS))


def test_training_keeps_what_is_known_beforehand(tokenizer: Tokenizer) -> None:
    """Tokens that training never sees stay near the vectors they were given."""
    start = torch.zeros(tokenizer.get_vocab_size(), 16)
    row = tokenizer.token_to_id("elections")
    start[row, 0] = 5.0
    table = train(samplers(tokenizer), {"pairs": 1.0}, tokenizer, SETTINGS, start=start)
    assert float(torch.cosine_similarity(table[row], start[row], dim=0)) > 0.9


def test_saved_model_loads_with_unit_rows(tokenizer: Tokenizer, tmp_path: Path) -> None:
    """The saved directory is a sentence-transformers model that ranks as it was taught."""
    table = train(samplers(tokenizer), {"pairs": 1.0}, tokenizer, SETTINGS)
    target = tmp_path / "model"
    save_model(table, tokenizer, "# first\n", target)
    save_model(table, tokenizer, "# second\n", target)
    assert (target / "README.md").read_text(encoding="utf-8") == "# second\n"
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
    model = SentenceTransformer(str(target), device="cpu", local_files_only=True)
    vectors = model.encode([pair.query for pair in PAIRS] + ["", "。"])
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors[:-2], axis=1), 1.0, atol=1e-5)
    assert not vectors[-2:].any()

    def encode(texts: list[str]) -> np.ndarray:
        return np.asarray(model.encode(texts), dtype=np.float32)

    assert score_pairs(encode, PAIRS).recall_1 == 1.0


def test_quantised_rows_keep_their_direction() -> None:
    """Eight bits a number change a row by less than one per cent."""
    table = torch.randn(50, 256, generator=torch.Generator().manual_seed(0))
    rows, scales = quantise(table)
    back = rows.float() * scales[:, None]
    assert rows.dtype == torch.int8
    assert float(torch.cosine_similarity(back, table, dim=1).min()) > 0.999
    assert not quantise(torch.zeros(1, 4))[0].any()


def test_scores_count_ranks() -> None:
    """Recall and reciprocal rank follow from the best right passage of each query."""
    similarity = np.array([[0.9, 0.1, 0.2], [0.1, 0.3, 0.5]], dtype=np.float32)
    found = ranks(similarity, [{0}, {0, 1}])
    assert found.tolist() == [1, 2]
    score = summarise(found, pool=3)
    assert (score.recall_1, score.recall_5, score.reciprocal_rank) == (0.5, 1.0, 0.75)
    assert "| 0.500 | 1.000 | 0.750 |" in score_table({"cmrc": score})


def test_scores_and_vocabulary_agree_in_order(tokenizer: Tokenizer) -> None:
    """Token scores are listed by id."""
    tokens, scores = token_scores(tokenizer)
    assert len(tokens) == len(scores) == tokenizer.get_vocab_size()
    assert all(tokenizer.token_to_id(token) == i for i, token in enumerate(tokens))


def test_counting_in_processes_agrees() -> None:
    """Several workers count what one counts."""
    assert count_words(TEXTS, workers=2) == count_words(TEXTS)
    assert isinstance(count_words([]), Counter)


def test_corpus_starts_empty() -> None:
    """A fresh corpus has nothing in it."""
    assert not Corpus().pairs
