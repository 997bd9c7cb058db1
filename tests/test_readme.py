"""The README's commands run, and print what it says they print.

`python tests/test_readme.py` writes the real outputs into README.md. A line `…` in an output stands for any lines.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
ELSEWHERE = ("make ", "git ", "cd ")  # what sets up, not what asks


@dataclass(frozen=True, slots=True)
class Example:
    """A command of the README, and the output that stands there."""

    command: str
    output: str


def examples(text: str) -> Iterator[Example]:
    for block in BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield Example(command, output)


def run(command: str, folder: Path) -> str:
    """What it writes to standard output, in a terminal of 80 columns without colour."""
    environment = {
        **os.environ,
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "TERM": "dumb",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    done = subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), f"{command}: {done.stderr}"
    return "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())


def agrees(written: str, real: str) -> bool:
    parts = [re.escape(part) for part in re.split(r"^…\n", written, flags=re.MULTILINE)]
    return re.fullmatch(r"(?:.*\n)*?".join(parts), real) is not None


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    return folder


def test_every_command_prints_what_stands_there(folder: Path) -> None:
    found = [e for e in examples(README.read_text(encoding="utf-8")) if not e.command.startswith(ELSEWHERE)]
    assert len(found) >= 10
    wrong = [(e.command, real) for e in found if not agrees(e.output, real := run(e.command, folder))]
    assert not wrong, "run `python tests/test_readme.py`: " + "\n".join(f"$ {c}\n{o}" for c, o in wrong)


def test_every_command_of_the_program_is_in_the_readme() -> None:
    from kg.cli import app

    text = README.read_text(encoding="utf-8")
    names = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
    assert [name for name in names if f"kg {name}" not in text] == []


@pytest.mark.parametrize(
    ("written", "real", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n…\nc\n", "a\nb\nb\nc\n", True),
        ("a\n", "b\n", False),
        ("…\nc\n", "a\nd\n", False),
    ],
)
def test_elisions(written: str, real: str, same: bool) -> None:
    assert agrees(written, real) is same


def _rewrite() -> None:
    """Each output replaced by the real one; an elision stays, with as many lines before and after it."""
    import tempfile

    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(ROOT / "seeds", Path(name) / "seeds")
        for example in examples(text):
            if not example.command.startswith(ELSEWHERE):
                real = run(example.command, Path(name))
                old = f"$ {example.command}\n{example.output}"
                text = text.replace(old, f"$ {example.command}\n{_shortened(example.output, real)}")
    README.write_text(text, encoding="utf-8")


def _shortened(written: str, real: str) -> str:
    head, mark, tail = written.partition("…\n")
    if not mark:
        return real
    lines = real.splitlines(keepends=True)
    first, last = head.count("\n"), tail.count("\n")
    return "".join([*lines[:first], mark, *lines[len(lines) - last :]]) if len(lines) > first + last else real


if __name__ == "__main__":
    _rewrite()
