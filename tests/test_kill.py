"""A build that is killed at any moment leaves the store as before or with whole documents; the next one finishes."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kg

TEXTS = [
    "Norway imposed sanctions on Belarus on Monday.",
    "The president of Kenya met the president of Uganda in Nairobi on Tuesday.",
    "Brazil accused Venezuela of an attack on a border post.",
    "Japan promised aid to the Philippines.",
]


def _input(folder: Path, name: str, texts: list[str]) -> Path:
    path = folder / name
    records = ({"id": f"{name}-{i}", "text": text, "published": "2019-05-08"} for i, text in enumerate(texts))
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def _command(given: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "kg", "build", str(given), "-o", str(out), "--jobs", "1", "-q"]


@pytest.fixture(scope="module")
def timed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, float, bytes]:
    """A second input, the folder after a first one, seconds and Turtle of a build of both."""
    folder = tmp_path_factory.mktemp("kill")
    first, second = _input(folder, "first.jsonl", TEXTS[:2]), _input(folder, "second.jsonl", TEXTS[2:] * 4)
    whole = folder / "whole"
    subprocess.run(_command(first, whole), check=True)
    before = folder / "before"
    subprocess.run(_command(first, before), check=True)
    start = time.monotonic()
    subprocess.run(_command(second, whole), check=True)
    return second, before, time.monotonic() - start, (whole / "graph.ttl").read_bytes()


@pytest.mark.parametrize("moment", range(10))
def test_killed(moment: int, timed: tuple[Path, Path, float, bytes], tmp_path: Path) -> None:
    second, before, seconds, expected = timed
    out = tmp_path / "out"
    subprocess.run(["cp", "-r", before, out], check=True)
    running = subprocess.Popen(_command(second, out), stderr=subprocess.DEVNULL)
    time.sleep(seconds * (moment + random.Random(moment).random()) / 10)
    running.send_signal(signal.SIGKILL)
    running.wait()
    with kg.open(out).store as store:
        documents = store.documents()
        assert documents[:2] == ("first.jsonl-0", "first.jsonl-1")
        assert len(documents) in (2, 10)
        for extraction in store.extractions():
            assert extraction.document.text in TEXTS
            assert all(event.reports for event in extraction.events)
    subprocess.run(_command(second, out), check=True)
    assert (out / "graph.ttl").read_bytes() == expected
