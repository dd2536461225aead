"""The files of a reading model: opened, checked against each other, run."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np

from corpus.errors import ModelError
from index.vectors.onnx_graph import TOKENIZER, VOCABULARY, Graph, Outputs, open_graph
from rag.reading.encoding import QUESTION, Encoded, Encoding

__all__ = ["GRAPH", "INPUTS", "OUTPUTS", "TOKENIZER", "VOCABULARY", "ReadingModel", "load_model"]

GRAPH = "reader.onnx"
INPUTS = ("ids", "segments", "numbers")
OUTPUTS = ("absent", "sentences", "begins", "ends", "supported")
THREADS = 2  # of a call; a laptop has more cores, and other people's questions want them


def embedded_reader() -> Path:
    """Folder of the reading model that the product carries."""
    return Path(str(files("rag.reading").joinpath("model")))


@dataclass(frozen=True, slots=True)
class ReadingModel:
    """A model that is open: its graph, and the encoding that it was taught."""

    graph: Graph
    encoding: Encoding

    def run(self, window: Encoded) -> Outputs:
        """The graph's outputs for a window, float32: "absent" of shape (); the logits of
        "sentences" (sentences,); those of the tokens that the answer "begins" and "ends" with
        (tokens,); of a claim the logit that the window has it "supported", of shape ().

        Windows do not share a call: in eight bits they would share a scale, and what is read beside
        a window would move its logits by 0.3 and more. Nor would it be faster, for the padding.

        :raises ModelError: the graph does not take what it says it takes, or gives no numbers.
        """
        ids, segments = (np.array([row], dtype=np.int64) for row in (window.ids, window.segments))
        numbers = np.arange(QUESTION + 1, segments.max() + 1, dtype=np.int64)
        feed = dict(zip(INPUTS, (ids, segments, numbers), strict=True))
        return tuple(output[0] for output in self.graph.run(feed, OUTPUTS))


def load_model(folder: Path) -> ReadingModel:
    """The model of a folder.

    :raises ModelError: a file is missing or damaged, or the two do not belong together.
    """

    def unusable(reason: str) -> ModelError:
        return ModelError(
            f"reader {folder}: {reason}; set JIANBAO_READER to another model, or unset it and "
            "install the program again"
        )

    graph = open_graph(folder / GRAPH, INPUTS, OUTPUTS, THREADS, unusable)
    try:
        return ReadingModel(graph, Encoding(graph.tokenizer))
    except ValueError as error:  # a tokenizer of another kind
        raise unusable(f"{TOKENIZER} cannot be read: {error}") from error
