"""Run the command line inside the test's process."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kg.cli import main

__all__ = ["Done", "run"]


@dataclass(frozen=True, slots=True)
class Done:
    """Exit code and what was printed."""

    code: int
    out: str
    err: str


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *args: object) -> Done:
    """`kg ARGS`, in a terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr("sys.argv", ["kg", *map(str, args)])
    capsys.readouterr()
    code = 0
    try:
        main()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 2
    printed = capsys.readouterr()
    return Done(code, printed.out, printed.err)
