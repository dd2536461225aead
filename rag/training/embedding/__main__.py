"""`python -m rag.training.embedding STEP --data DIR --work DIR`: how the encoder is made.

--data holds reading/written and reading/public; --work keeps vocabulary and checkpoints, so that a
run that was ended goes on. `train` trains, `export` writes the files that the product runs.
"""

import argparse
import logging
import random
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import torch

from rag.training.embedding.contrast import Texts, seeded, train
from rag.training.embedding.embedding_model import LAYERS, EmbeddingNet, with_layers
from rag.training.embedding.pairs import PairMixture
from rag.training.reading.checkpoints import net_weights
from rag.training.reading.cut_vocabulary import Vocabulary, cut_vocabulary
from rag.training.reading.graph_export import export_encoder
from rag.training.reading.lessons import Lessons, read_lessons
from rag.training.reading.mixture import Source
from rag.training.reading.released import read_released
from rag.training.reading.smoothing import smooth
from rag.training.reading.training_loop import Schedule

THREADS = 2
STEPS = 1000
RATE = 1.6e-4
EVENED = 150  # questions by which activations are evened out before they are kept in eight bits
# Of what is drawn: questions on documents like the product's in everyday words, for which it is
# hardest to find anything, other such questions, and those of public sets.
EVERYDAY, WRITTEN, PUBLIC = 0.6, 0.28, 0.12
PARAPHRASE = "paraphrase"  # kind of the first


def main(arguments: Sequence[str] | None = None) -> int:
    """Do the step; the process's exit status."""
    parser = argparse.ArgumentParser(prog="python -m rag.training.embedding", description=__doc__)
    parser.add_argument("step", choices=("train", "export"))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--begin", type=Path, help="a graph that `export` wrote, to begin with")
    parser.add_argument("--out", type=Path, help="folder of the files")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    torch.set_num_threads(THREADS)
    options.work.mkdir(parents=True, exist_ok=True)
    vocabulary = cut_vocabulary(options.data, options.work)
    schedule, checkpoint = Schedule(options.steps, rate=RATE), options.work / "encoder.safetensors"
    lessons = read_lessons(options.data, options.work, [], seeded(schedule))
    net = fresh_net(vocabulary)
    released = read_released(options.begin) if options.begin else None
    if released:
        released.begin(net)
    if options.step == "train":
        mixture = PairMixture(sources_of(lessons), seeded(schedule))
        train(net, mixture, vocabulary.tokenizer, schedule, checkpoint)
    else:
        net.load_state_dict(net_weights(checkpoint))
        net.eval()
        texts = Texts(vocabulary.tokenizer)
        kept = released.below(schedule.frozen) if released else None
        smooth(net.encoder, _examples(net, texts, lessons, seeded(schedule)), kept)
        export_encoder(net, vocabulary.tokenizer, options.out or options.work / "encoder")
    return 0


def fresh_net(vocabulary: Vocabulary) -> EmbeddingNet:
    """An encoder that has learned nothing yet but what the pretrained layers know."""
    reader = vocabulary.fresh_net()
    return EmbeddingNet(with_layers(reader.encoder, LAYERS), reader.padding)


def sources_of(lessons: Lessons) -> list[Source]:
    """What a reader learns from, weighed for an encoder."""
    written, *public = lessons.taught
    whole = sum(one.weight for one in public)
    everyday = [one for one in written.exercises if one.kind == PARAPHRASE]
    others = [one for one in written.exercises if one.kind != PARAPHRASE]
    return [
        Source(everyday, EVERYDAY),
        Source(others, WRITTEN),
        *(Source(one.exercises, PUBLIC * one.weight / whole) for one in public),
    ]


def _examples(
    net: EmbeddingNet, texts: Texts, lessons: Lessons, chance: random.Random
) -> Iterator[Callable[[], object]]:
    for exercise in chance.sample(list(lessons.taught[0].exercises), EVENED):
        sample = chance.choice(exercise.samples)
        for ids in (texts.ids(sample.text, "document"), texts.ids(sample.question, "query")):
            yield partial(net, torch.tensor([ids]))


if __name__ == "__main__":
    raise SystemExit(main())
