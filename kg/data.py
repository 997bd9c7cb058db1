"""Where the data of the project lies: `kg/_data` in an installed wheel, the source tree otherwise.

>>> data_path("ontologies", "kg.ttl").name
'kg.ttl'
"""

from __future__ import annotations

from pathlib import Path

from kg.errors import DataError

__all__ = ["data_path"]


def data_path(*parts: str) -> Path:
    """The path of a data file or folder, such as `("ontologies", "actors")`.

    Raises:
        DataError: neither the installed package nor the source tree has it.
    """
    package = Path(__file__).resolve().parent
    for root in (package / "_data", package.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise DataError("/".join(parts), "this data file is missing", remedy="install kg-politics again")
