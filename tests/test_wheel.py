"""The wheel holds all that a build needs, installed into an empty environment."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_installed_wheel_builds_a_graph(wheel: Path, tmp_path: Path) -> None:
    """The environment is new and empty but for the wheel; what it depends on is lent from the one that tests run in."""
    environment = tmp_path / "env"
    venv.create(environment, with_pip=True)
    python = str(environment / "bin" / "python")
    subprocess.run(
        [python, "-m", "pip", "install", "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True
    )
    site = next((environment / "lib").glob("python*")) / "site-packages"
    assert (site / "kg" / "_data" / "ontologies" / "kg.ttl").is_file()
    assert (site / "kg" / "_data" / "seeds" / "README.md").is_file()
    (site / "lent.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    (tmp_path / "news.txt").write_text("BERLIN, May 2, 2019 — Germany imposed sanctions on Syria on Monday.\n")
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}
    command = [str(environment / "bin" / "kg"), "build", "news.txt", "-o", "out"]
    done = subprocess.run(command, cwd=tmp_path, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "SANCTION" in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    asked = [python, "-c", "import kg; print(kg.__file__)"]
    where = subprocess.run(asked, cwd=tmp_path, env=clean, capture_output=True, text=True, check=True)
    assert str(site) in where.stdout
