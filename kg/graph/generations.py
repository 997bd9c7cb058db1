"""The folder of a store: which generation counts, who writes, who reads.

    store/store.json       {"format": 1, "base": "https://…", "generation": "gen-2"}: replaced in one step
    store/lock             held by the process that writes; has its number in it
    store/gen-2/           the files of the databases, never changed once store.json names them
    store/gen-2.lock       held by those who read

>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder, writing(Path(folder)):
...     commit(Path(folder), About("https://example.org/", "gen-1"))
...     read_about(Path(folder))
About(base='https://example.org/', generation='gen-1')
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from kg.errors import StoreError
from kg.graph.files import failing, write_whole

__all__ = ["FORMAT", "About", "commit", "copied", "read_about", "reading", "sweep", "writing"]

FORMAT = 1  # of the folder and of the graphs in it: raised when either changes
_ABOUT = "store.json"
_LOCK = "lock"
_OWN = re.compile(r"gen-(\d+)(\.lock)?|lock|\.?store\.json(\.part)?")
_TRIES = 20
_STEPS = count(1)  # a database that failed may still be open in this process: its name is not used again


@dataclass(frozen=True, slots=True)
class About:
    """What store.json says: the base of its IRIs and the folder that counts."""

    base: str
    generation: str


def read_about(path: Path) -> About | None:
    """What is in the folder, or None where there is no store yet.

    Raises:
        StoreError: a store of another format, or a folder of something else.
    """
    with failing(path):
        try:
            raw = (path / _ABOUT).read_text(encoding="utf-8")
        except FileNotFoundError:
            strange = sorted(p.name for p in path.iterdir() if not _OWN.fullmatch(p.name)) if path.exists() else []
            if strange:
                problem = f"this folder is no store that this version can read (it has {strange[0]!r})"
                raise StoreError(str(path), problem, remedy="name another folder, or remove this one") from None
            return None
    try:
        about = json.loads(raw)
        format_, base, generation = about["format"], str(about["base"]), str(about["generation"])
    except (ValueError, KeyError, TypeError) as error:
        remedy = "remove the store's folder and build it again from the documents"
        raise StoreError(str(path / _ABOUT), "not the description of a store", remedy=remedy) from error
    if format_ != FORMAT:
        problem = f"the store has format {format_}, this version of kg has {FORMAT}"
        remedy = "remove the store's folder and build it again from the documents, or use the version that wrote it"
        raise StoreError(str(path), problem, remedy=remedy)
    return About(base, generation)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Be the only writer of the folder, which is made if need be.

    Raises:
        StoreError: another process writes, or the folder cannot be written.
    """
    with failing(path):
        path.mkdir(parents=True, exist_ok=True)
        lock = (path / _LOCK).open("a+", encoding="ascii")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip()
            who = f"process {holder}" if holder else "another process"
            raise StoreError(
                str(path), f"{who} is writing to this store", remedy="wait until it has finished"
            ) from None
        with failing(path):
            lock.seek(0)
            lock.truncate()
            lock.write(f"{os.getpid()}\n")
            lock.flush()
        yield


@contextmanager
def reading(path: Path) -> Iterator[About]:
    """Keep the generation that counts now from being removed.

    Raises:
        StoreError: there is no store, or it cannot be read.
    """
    for _ in range(_TRIES):
        about = read_about(path)
        if about is None:
            raise StoreError(str(path), "there is no graph here yet", remedy="make it first: kg build INPUT")
        with failing(path):
            try:
                lock = (path / f"{about.generation}.lock").open("rb")
            except FileNotFoundError:
                if read_about(path) == about:
                    raise
                continue
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:  # being removed: a newer one counts
                continue
            if (path / about.generation).is_dir():
                yield about
                return
        if read_about(path) == about:
            break
    remedy = "remove the store's folder and build it again from the documents"
    raise StoreError(str(path), "the store's files are not there", remedy=remedy)


def copied(path: Path, about: About | None) -> str:
    """Name of a new generation: a copy of the one that counts, or empty."""
    with failing(path):
        name = f"gen-{max(_numbers(path), default=0) + next(_STEPS)}"
        (path / name).mkdir()
        for database in sorted((path / about.generation).iterdir()) if about else ():
            (path / name / database.name).mkdir()
            for file in sorted(database.iterdir()):
                if file.suffix == ".sst":
                    _link(file, path / name / database.name / file.name)
                elif not file.name.startswith("LO"):  # neither LOCK nor LOG
                    shutil.copyfile(file, path / name / database.name / file.name)
    return name


def commit(path: Path, about: About) -> None:
    """From now on this generation counts."""
    with failing(path):
        (path / f"{about.generation}.lock").touch()
    content = {"format": FORMAT, "base": about.base, "generation": about.generation}
    write_whole(path / _ABOUT, (json.dumps(content) + "\n").encode("utf-8"))


def sweep(path: Path, keep: str | None) -> None:
    """Remove every generation but one; those that somebody reads stay until the next time."""
    with failing(path):
        for name in sorted(
            {m[0].removesuffix(".lock") for p in path.iterdir() if (m := _OWN.fullmatch(p.name)) and m[1]}
        ):
            if name != keep:
                _remove(path, name)


def _numbers(path: Path) -> list[int]:
    """Those of all generations of which anything is left."""
    return sorted({int(match[1]) for p in path.iterdir() if (match := _OWN.fullmatch(p.name)) and match[1]})


def _remove(path: Path, name: str) -> None:
    with (path / f"{name}.lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        if (path / name).exists():
            shutil.rmtree(path / name)
        (path / f"{name}.lock").unlink()


def _link(file: Path, new: Path) -> None:
    try:
        os.link(file, new)
    except OSError:  # a file system without hard links
        shutil.copyfile(file, new)
