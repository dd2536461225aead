"""`python -m rag.training.reading STEP --data DIR --work DIR`: how the reader is made.

--data holds reading/written and reading/public; --work keeps vocabulary and checkpoints, so that a
run that was ended goes on. `teacher` trains the whole encoder, `pupil` one with fewer layers that
learns from it, `score` tells how well a net reads what it did not learn from, `export` writes the
files that answer, `certainty` tells what each sign of being answered weighs beside them. A run may
begin with what a graph that was exported has learned.
"""

import argparse
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

import torch

from index.vectors.encoders import encoder_of
from rag.reading.encoding import Encoding
from rag.reading.transformer import TransformerReader
from rag.training.reading.certainty_fit import fit_certainty
from rag.training.reading.checkpoints import net_weights
from rag.training.reading.cut_vocabulary import Vocabulary, cut_vocabulary
from rag.training.reading.distillation import shallower, taught_by
from rag.training.reading.graph_export import export_reader
from rag.training.reading.lessons import Lessons, read_lessons
from rag.training.reading.mixture import Mixture
from rag.training.reading.reading_model import ReadingNet
from rag.training.reading.reading_score import reading_score
from rag.training.reading.released import read_released
from rag.training.reading.smoothing import smooth, window_examples
from rag.training.reading.training_loop import Schedule, seeded, train

LOG = logging.getLogger(__name__)
THREADS = 2
TEACHER_STEPS, PUPIL_STEPS = 1000, 6000
EVENED = 120  # windows by which activations are evened out before they are kept in eight bits
PUPIL_LAYERS = "1,3,5,7,9,11"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do the step; the process's exit status."""
    options = _parse(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    torch.set_num_threads(THREADS)
    options.work.mkdir(parents=True, exist_ok=True)
    vocabulary = cut_vocabulary(options.data, options.work)
    STEPS[options.step](options, vocabulary)
    return 0


def teach(options: argparse.Namespace, vocabulary: Vocabulary) -> None:
    """Train the whole encoder."""
    schedule = Schedule(options.steps or TEACHER_STEPS, rate=options.rate, frozen=options.frozen)
    encoding, net = Encoding(vocabulary.tokenizer), vocabulary.fresh_net()
    if options.begin is not None:
        read_released(options.begin).begin(net)
    lessons = read_lessons(
        options.data, options.work, options.written, seeded(schedule, options.piece)
    )
    mixture = Mixture(lessons.taught, encoding, seeded(schedule, options.piece))
    train(net, mixture, schedule, _checkpoint(options), encoding)
    _tell_score(net, encoding, lessons)


def teach_pupil(options: argparse.Namespace, vocabulary: Vocabulary) -> None:
    """Train a shallower net by the teacher."""
    schedule = Schedule(options.steps or PUPIL_STEPS, frozen=0)  # it has no layer to spare
    encoding = Encoding(vocabulary.tokenizer)
    teacher = _trained(options.work / f"{options.teacher}.safetensors", vocabulary)
    pupil = shallower(teacher, [int(number) for number in options.layers.split(",")])
    lessons = read_lessons(
        options.data, options.work, options.written, seeded(schedule, options.piece)
    )
    mixture = Mixture(lessons.taught, encoding, seeded(schedule, options.piece))
    loss = taught_by(teacher, encoding)
    train(pupil, mixture, schedule, _checkpoint(options), encoding, loss)
    _tell_score(pupil, encoding, lessons)


def tell_score(options: argparse.Namespace, vocabulary: Vocabulary) -> None:
    """Tell how well a trained net reads."""
    net = _net(options, vocabulary)
    lessons = read_lessons(
        options.data, options.work, options.written, seeded(Schedule(1), 0), watched=True
    )
    _tell_score(net, Encoding(vocabulary.tokenizer), lessons)


def write_files(options: argparse.Namespace, vocabulary: Vocabulary) -> None:
    """Write the files of a trained net, evened out by some of the windows it learned from."""
    net, encoding = _net(options, vocabulary), Encoding(vocabulary.tokenizer)
    chance = seeded(Schedule(1), 0)
    lessons = read_lessons(options.data, options.work, options.written, chance)
    written = list(lessons.taught[0].exercises)
    samples = [chance.choice(one.samples) for one in chance.sample(written, EVENED)]
    net.eval()
    kept = read_released(options.begin).below(options.frozen) if options.begin else None
    smooth(net.encoder, window_examples(net, encoding, samples), kept)
    export_reader(net, vocabulary.tokenizer, options.out)


def tell_certainty(options: argparse.Namespace, vocabulary: Vocabulary) -> None:
    """Tell what the signs of being answered weigh for the reader that was exported."""
    reader = TransformerReader(options.out)
    written = options.data / "reading" / "written"
    LOG.info("%s", fit_certainty(written, reader, encoder_of(None)))


STEPS: dict[str, Callable[[argparse.Namespace, Vocabulary], None]] = {
    "teacher": teach,
    "pupil": teach_pupil,
    "score": tell_score,
    "export": write_files,
    "certainty": tell_certainty,
}


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m rag.training.reading", description=__doc__)
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--written", type=Path, action="append", default=[], help="more questions")
    parser.add_argument("--begin", type=Path, help="a graph that `export` wrote, to begin with")
    parser.add_argument("--name", default="teacher", help="of the checkpoint")
    parser.add_argument(
        "--teacher", default="teacher", help="checkpoint that the pupil learns from"
    )
    parser.add_argument("--layers", default=PUPIL_LAYERS, help="of the teacher's, for the pupil")
    parser.add_argument("--steps", type=int)
    parser.add_argument("--rate", type=float, default=Schedule(1).rate, help="of learning")
    parser.add_argument(
        "--frozen", type=int, default=Schedule(1).frozen, help="lowest layers that do not learn"
    )
    parser.add_argument("--piece", type=int, default=0, help="number of this piece of the run")
    parser.add_argument("--out", type=Path, help="folder of the files")
    options = parser.parse_args(arguments)
    options.out = options.out or options.work / "reader"
    return options


def _checkpoint(options: argparse.Namespace) -> Path:
    return Path(options.work / f"{options.name}.safetensors")


def _net(options: argparse.Namespace, vocabulary: Vocabulary) -> ReadingNet:
    """The net that is asked for: that of a checkpoint, or of a graph where there is none."""
    if _checkpoint(options).is_file() or options.begin is None:
        return _trained(_checkpoint(options), vocabulary)
    net = vocabulary.fresh_net()
    read_released(options.begin).begin(net)
    return net


def _trained(path: Path, vocabulary: Vocabulary) -> ReadingNet:
    """The net of a checkpoint, with as many layers as it has."""
    weights = net_weights(path)
    net = vocabulary.fresh_net()
    depth = 1 + max(
        int(name.split(".")[2]) for name in weights if name.startswith("encoder.layers.")
    )
    if depth < net.encoder.shape.layers:
        net = shallower(net, range(depth))
    net.load_state_dict(weights)
    return net


def _tell_score(net: ReadingNet, encoding: Encoding, lessons: Lessons) -> None:
    LOG.info("%d watched questions: %s", len(lessons.watched),
             reading_score(net, encoding, lessons.watched))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
