"""A training that is ended goes on as if it had not been."""

from pathlib import Path

import torch
from torch import nn

from rag.training.reading.checkpoints import net_weights, resume, save_checkpoint


def fresh() -> tuple[nn.Linear, torch.optim.Optimizer]:
    torch.manual_seed(0)
    net = nn.Linear(3, 2)
    return net, torch.optim.AdamW([{"params": [net.weight]}, {"params": [net.bias]}], lr=0.1)


def step(net: nn.Linear, optimizer: torch.optim.Optimizer) -> None:
    optimizer.zero_grad()
    net(torch.ones(4, 3)).square().sum().backward()
    optimizer.step()


def test_a_run_in_two_pieces_ends_where_a_run_in_one_does(tmp_path: Path) -> None:
    """Weights and the optimizer's memory go on: five steps are three and two."""
    whole, optimizer = fresh()
    for _ in range(5):
        step(whole, optimizer)
    first, optimizer = fresh()
    for _ in range(3):
        step(first, optimizer)
    save_checkpoint(tmp_path / "kept.safetensors", first, optimizer, "slow", 3)
    second, optimizer = fresh()
    assert resume(tmp_path / "kept.safetensors", second, optimizer, "slow") == 3
    for _ in range(2):
        step(second, optimizer)
    assert torch.allclose(second.weight, whole.weight)
    assert torch.allclose(second.bias, whole.bias)


def test_another_schedule_begins_anew(tmp_path: Path) -> None:
    """As does a run without a checkpoint."""
    net, optimizer = fresh()
    step(net, optimizer)
    save_checkpoint(tmp_path / "kept.safetensors", net, optimizer, "slow", 1)
    assert resume(tmp_path / "kept.safetensors", net, optimizer, "fast") == 0
    assert resume(tmp_path / "none.safetensors", net, optimizer, "slow") == 0


def test_the_weights_alone_can_be_read(tmp_path: Path) -> None:
    """By the names that the net gives them."""
    net, optimizer = fresh()
    save_checkpoint(tmp_path / "kept.safetensors", net, optimizer, "slow", 0)
    weights = net_weights(tmp_path / "kept.safetensors")
    assert weights.keys() == net.state_dict().keys()
    assert torch.equal(weights["bias"], net.bias)
