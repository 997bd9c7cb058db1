"""Files written whole or not at all.

>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     write_whole(Path(folder, "new", "facts.txt"), [b"one\\n", b"two\\n"])
...     Path(folder, "new", "facts.txt").read_text()
'one\\ntwo\\n'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError

__all__ = ["failing", "write_whole"]


def write_whole(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write beside, then put in place: whoever reads the file sees the old one or the new one.

    Raises:
        StoreError: the folder cannot be written, the disk is full.
    """
    chunks = (data,) if isinstance(data, bytes) else data
    with failing(path):
        path = path.resolve()
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():  # a pipe, a terminal
            with path.open("wb") as stream:
                stream.writelines(chunks)
            return
        beside = path.with_name(f".{path.name}.part")
        try:
            with beside.open("wb") as stream:
                stream.writelines(chunks)
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise


@contextmanager
def failing(path: Path) -> Iterator[None]:
    """Errors of the system as a `StoreError` that names the path."""
    try:
        yield
    except OSError as error:
        problem = error.strerror or str(error)
        raise StoreError(str(path), f"cannot be read or written: {problem}", remedy=_remedy(error)) from error


def _remedy(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "choose a folder that you may write, with --output"
    if isinstance(error, NotADirectoryError | FileExistsError | IsADirectoryError):
        return "a file stands where a folder should, or the other way round: choose another --output"
    return "see that the disk is there and not full; what was there before is unchanged"
