"""`graph.py RESULTS.json GRAPH.svg`: how cost grows with size. Needs matplotlib, not the house."""

import json
import sys
from collections import defaultdict
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

PANELS = (
    ("build_seconds", "build, s", 1.0),
    ("peak_bytes", "peak memory, MiB", 2**20),
    ("p50_ms", "search p50, ms", 1.0),
)
NAMES = {
    "ours": "Jianbao",
    "langchain": "LangChain",
    "llamaindex": "LlamaIndex",
    "haystack": "Haystack",
    "txtai": "txtai",
}
STYLES = {"ours": {"color": "#b3261e", "linewidth": 2.4}}


def main() -> None:
    """Draw a panel a cost, a line a system, both axes by powers of ten."""
    mpl.rcParams |= {"svg.hashsalt": "peers", "svg.fonttype": "none"}  # same runs, same file
    runs = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    figure = Figure(figsize=(11, 3.6), layout="constrained")
    for axes, (key, label, unit) in zip(figure.subplots(1, 3), PANELS, strict=True):
        points = defaultdict(list)
        for run in runs:
            if run[key] is not None and not (key == "peak_bytes" and run["stopped"]):
                points[run["system"]].append((run["documents"], run[key] / unit))
        for system, name in NAMES.items():
            if points[system]:
                style = STYLES.get(system, {"linewidth": 1.4})
                axes.plot(*zip(*points[system], strict=True), marker="o", label=name, **style)
        axes.set(xscale="log", yscale="log", xlabel="documents", title=label)
        axes.grid(visible=True, which="major", alpha=0.3)
    figure.axes[0].legend(frameon=False)
    figure.savefig(sys.argv[2], metadata={"Date": None})


if __name__ == "__main__":
    main()
