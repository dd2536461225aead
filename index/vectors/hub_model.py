"""A model of sentence-transformers by its folder or its name at the hub."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

HUB_SECONDS = 10.0  # how long the hub may take to say whether it has a model

Model = TypeVar("Model")


def from_folder_or_hub(load: Callable[[bool], Model], source: str, name: str) -> Model:
    """The model that `load` gives, told whether it may use local files alone: from the folder
    `source` or the hub's cache, else from the hub where it answers, which knows it by `name`.

    Asking the hub first whether it has the model takes seconds; loading one that it has not,
    or without a network, would be retried for minutes.

    :raises Exception: it is nowhere, or cannot be loaded; every library behind a model fails in its
        own way.
    """
    from huggingface_hub import model_info

    try:
        return load(True)
    except OSError:
        if Path(source).exists():
            raise
    model_info(name, timeout=HUB_SECONDS)
    return load(False)
