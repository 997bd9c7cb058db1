"""Speed of the whole build beside the bare parse, on texts that you have.

    make bench BENCH="TEXTS.jsonl --documents 200"

Each line of TEXTS has a `text`; without TEXTS the seeds are repeated. The bare parse is `nlp.pipe` over the same
texts with the same model in a process of its own; the build is the command `kg build` as a user runs it, with one
process and with all cores. Both are whole processes: seconds and peak memory of the largest are printed, with the
ratio. `--scale` repeats the build on half and twice as many documents.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from kg.data import data_path

__all__ = ["main"]

_PARSE = """
import json, sys
from kg.text.annotate import load_model
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
nlp = load_model()
print(sum(len(doc) for doc in nlp.pipe(texts, batch_size=8)))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """A finished process: wall seconds, peak memory in megabytes, what it printed."""

    seconds: float
    megabytes: float
    output: str


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, nargs="?")
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--scale", action="store_true")
    parser.add_argument("--repeat", type=int, default=3)
    args = parser.parse_args()
    texts = _texts(args.texts)
    sizes = [args.documents // 2, args.documents, args.documents * 2] if args.scale else [args.documents]
    print(f"{'documents':>9} {'what':<22} {'seconds':>8} {'MB':>6} {'× bare':>7}")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            given = Path(folder) / f"{size}.jsonl"
            given.write_text("".join(_records(texts, size)), encoding="utf-8")
            bare = _median(args.repeat, [sys.executable, "-c", _PARSE, str(given)])
            print(f"{size:>9} {'bare parse':<22} {bare.seconds:>8.1f} {bare.megabytes:>6.0f} {1:>7.2f}")
            for name, jobs in (("kg build --jobs 1", "1"), ("kg build, all cores", "0")):
                out = Path(folder) / f"{size}-{jobs}"
                command = [sys.executable, "-m", "kg", "build", str(given), "-o", str(out), "--jobs", jobs, "-q"]
                run = _median(args.repeat, command)
                print(
                    f"{size:>9} {name:<22} {run.seconds:>8.1f} {run.megabytes:>6.0f} {run.seconds / bare.seconds:>7.2f}"
                )


def _texts(path: Path | None) -> list[str]:
    if path is None:
        return [seed.read_text(encoding="utf-8") for seed in sorted(data_path("seeds").glob("*.txt"))]
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _records(texts: list[str], size: int) -> list[str]:
    """`size` records with ids of their own; texts repeat when there are too few."""
    return [json.dumps({"id": f"{i:05}", "text": texts[i % len(texts)]}) + "\n" for i in range(size)]


def _median(repeat: int, command: list[str]) -> Run:
    return sorted((_run(command) for _ in range(repeat)), key=lambda run: run.seconds)[repeat // 2]


def _run(command: list[str]) -> Run:
    measured = (
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:]); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr); sys.exit(done.returncode)"
    )
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-c", measured, *command], capture_output=True, text=True, check=False)
    seconds = time.monotonic() - start
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    return Run(seconds, int(done.stderr.split()[-1]) / 1024, done.stdout)


if __name__ == "__main__":
    main()
