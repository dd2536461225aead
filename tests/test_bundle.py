"""The offline bundle, with a product of a few bytes: it installs without a network."""

import sys
import tarfile
from pathlib import Path
from shutil import which
from subprocess import CompletedProcess, run
from zipfile import ZipFile

import pytest
from house import ROOT

sys.path.insert(0, str(ROOT / "deploy"))
from bundle import SUMS, bundle

NO_NETWORK = ("unshare", "--map-root-user", "--net")  # a namespace in which there is none


def wheel(folder: Path, name: str, code: str, *needed: str) -> Path:
    """A wheel made by hand: a module, and the wheels that it stands on."""
    folder.mkdir(exist_ok=True)
    path, info = folder / f"{name}-1.0-py3-none-any.whl", f"{name}-1.0.dist-info"
    requires = "".join(f"Requires-Dist: {one}\n" for one in needed)
    with ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.py", code)
        head = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{requires}"
        archive.writestr(f"{info}/METADATA", head)
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\n"
                         "Tag: py3-none-any\n")  # fmt: skip
        archive.writestr(f"{info}/entry_points.txt", f"[console_scripts]\n{name} = {name}:main\n")
        archive.writestr(f"{info}/RECORD", "")
    return path


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle of a product that stands on one package, unpacked elsewhere."""
    room = tmp_path_factory.mktemp("bundle")
    wheel(room / "index", "tinyword", "WORD = '简报'\n")
    code = "from tinyword import WORD\n\n\ndef main():\n    print(WORD)\n"
    product = wheel(room, "tinyproduct", code, "tinyword")
    options = ["--no-index", "--find-links", str(room / "index")]
    archive = bundle(str(product), room / "dist", name="tinyproduct", options=options)
    with tarfile.open(archive) as tar:
        tar.extractall(room / "elsewhere", filter="data")
    (folder,) = (room / "elsewhere").iterdir()
    return folder


def install(folder: Path, to: Path, *before: str) -> CompletedProcess[str]:
    command = [*before, "env", f"PYTHON={sys.executable}", "sh", str(folder / "install.sh"), to]
    return run(command, capture_output=True, text=True, check=False)


def test_a_bundle_holds_everything_and_a_sum_of_it(unpacked: Path) -> None:
    """The product, what it stands on, the installer, and what a service needs."""
    files = {p.relative_to(unpacked).as_posix() for p in unpacked.rglob("*") if p.is_file()}
    assert files == {
        "wheels/tinyproduct-1.0-py3-none-any.whl", "wheels/tinyword-1.0-py3-none-any.whl",
        "install.sh", "jianbao.service", "install.md", "LICENSE", SUMS,
    }  # fmt: skip
    named = {line.split("  ")[1] for line in (unpacked / SUMS).read_text("utf-8").splitlines()}
    assert named == files - {SUMS}


def test_it_installs_where_there_is_no_network(unpacked: Path, tmp_path: Path) -> None:
    """In a namespace without one, where the system lets us make one; else without an index."""
    tried = [*NO_NETWORK, "true"] if which("unshare") else ["false"]
    may = run(tried, capture_output=True, check=False).returncode == 0
    done = install(unpacked, tmp_path / "there", *(NO_NETWORK if may else ()))
    assert done.returncode == 0, done.stderr
    told = run([tmp_path / "there" / "bin" / "tinyproduct"], capture_output=True, check=True)
    assert told.stdout.decode() == "简报\n"


def test_a_bundle_that_was_damaged_installs_nothing(unpacked: Path, tmp_path: Path) -> None:
    """The installer names the file, before it makes anything."""
    path = unpacked / "wheels" / "tinyword-1.0-py3-none-any.whl"
    sound = path.read_bytes()
    path.write_bytes(sound[:-1] + b"x")
    done = install(unpacked, tmp_path / "there")
    path.write_bytes(sound)
    assert done.returncode != 0
    assert path.name in done.stdout + done.stderr
    assert not (tmp_path / "there").exists()
