"""The peers' own environment: the house depends on none of them, and some want other versions."""

import subprocess  # nosec B404 # pip of that environment
import sys
import venv
from pathlib import Path

ENVIRONMENT = Path(__file__).resolve().parents[3] / "build" / "peers"
REQUIREMENTS = Path(__file__).with_name("requirements.txt")


def peers_python(folder: Path) -> Path:
    """The interpreter of the environment in `folder`, made where it is missing or older than its
    requirements.

    :raises subprocess.CalledProcessError: pip cannot install them.
    """
    python = folder / "bin" / "python"
    done = folder / "installed"
    if not done.exists() or done.stat().st_mtime < REQUIREMENTS.stat().st_mtime:
        print(f"installing the peers into {folder} …", file=sys.stderr)
        venv.create(folder, with_pip=True)
        command = [str(python), "-m", "pip", "install", "--quiet", "-r", str(REQUIREMENTS)]
        subprocess.run(command, check=True)  # nosec B603 # our own list
        done.touch()
    return python
