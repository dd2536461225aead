"""A training that was ended, kept so that it goes on: weights, the optimizer's memory, the step.

Kept as safetensors, which holds numbers and nothing that could run.
"""

import json
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

NET, MEMORY = "net.", "memory."  # what a tensor's name begins with
ABOUT = "about"  # the entry of the metadata that tells schedule and step


def save_checkpoint(
    path: Path, net: nn.Module, optimizer: torch.optim.Optimizer, schedule: object, step: int
) -> None:
    """Write a checkpoint whole, or leave the one before; `schedule` is told as text.

    :raises OSError: the file cannot be written.
    """
    tensors = {NET + name: weight.contiguous() for name, weight in net.state_dict().items()}
    for number, parameter in enumerate(_parameters(optimizer)):
        for name, value in optimizer.state[parameter].items():
            tensors[f"{MEMORY}{number}.{name}"] = value.contiguous()
    fresh = path.with_suffix(".partial")
    save_file(tensors, fresh, {ABOUT: json.dumps({"schedule": repr(schedule), "step": step})})
    fresh.replace(path)


def resume(path: Path, net: nn.Module, optimizer: torch.optim.Optimizer, schedule: object) -> int:
    """Go on where a checkpoint ended: the step it had reached; 0 without one of this schedule."""
    if not path.is_file():
        return 0
    with safe_open(path, "pt") as file:
        about = json.loads(file.metadata()[ABOUT])
    if about["schedule"] != repr(schedule):
        return 0
    tensors = load_file(path)
    net.load_state_dict(_below(tensors, NET))
    memory = _below(tensors, MEMORY)
    for number, parameter in enumerate(_parameters(optimizer)):
        own = _below(memory, f"{number}.")
        if own:
            optimizer.state[parameter] = dict(own)
    return int(about["step"])


def net_weights(path: Path) -> dict[str, Tensor]:
    """The weights of a checkpoint's net by name.

    :raises OSError: there is none.
    """
    return _below(load_file(path), NET)


def _parameters(optimizer: torch.optim.Optimizer) -> list[Tensor]:
    return [parameter for group in optimizer.param_groups for parameter in group["params"]]


def _below(tensors: dict[str, Tensor], start: str) -> dict[str, Tensor]:
    return {
        name.removeprefix(start): value for name, value in tensors.items() if name.startswith(start)
    }
