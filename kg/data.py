"""Where the data of the project lies: `kg/_data` in an installed wheel, the source tree otherwise.

An editor with tables of her own copies the folder `ontologies`, and names the copy in the environment variable
KG_ONTOLOGIES.

>>> data_path("ontologies", "kg.ttl").name
'kg.ttl'
"""

from __future__ import annotations

import os
from pathlib import Path

from kg.errors import DataError

__all__ = ["data_path"]

_OWN = "KG_ONTOLOGIES"


def data_path(*parts: str) -> Path:
    """The path of a data file or folder, such as `("ontologies", "actors")`.

    Raises:
        DataError: neither the installed package nor the source tree has it, or KG_ONTOLOGIES names a folder without it.
    """
    own = os.environ.get(_OWN, "")
    if own and parts[0] == "ontologies":
        path = Path(own).joinpath(*parts[1:])
        if not path.exists():
            raise DataError(str(path), f"{_OWN} names a folder without this file", remedy="copy all of ontologies/")
        return path
    package = Path(__file__).resolve().parent
    for root in (package / "_data", package.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise DataError("/".join(parts), "this data file is missing", remedy="install kg-politics again")
