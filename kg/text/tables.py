"""Tables of ontologies/: tab-separated, a header line, comments that begin with `#`.

>>> rows = read_table("actors/first_names.tsv", ("name", "gender"))
>>> ("Angela", "f") in rows
True

A row may end early: the missing cells are empty. Which columns there are, and in what order, the header says;
what is asked for must be among them.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.data import data_path
from kg.errors import DataError

__all__ = ["read_table"]


def read_table(name: str, columns: Sequence[str]) -> list[tuple[str, ...]]:
    """The rows of `ontologies/NAME`, of each the cells of `columns`, in that order.

    Raises:
        DataError: the file is missing or not UTF-8, lacks a column, or has a row with more cells than the header.
    """
    path = data_path("ontologies", *name.split("/"))
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise DataError(name, f"not UTF-8: {error}", remedy="save the table as UTF-8") from error
    body = ((n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#"))
    header = next(body, (0, ""))[1].split("\t")
    missing = [column for column in columns if column not in header]
    if missing:
        raise DataError(name, f"no column {', '.join(missing)}", remedy=f"the header must name {', '.join(columns)}")
    width = len(header)
    positions = [header.index(column) for column in columns]
    rows: list[tuple[str, ...]] = []
    for number, line in body:
        cells = line.split("\t")
        if len(cells) < width:
            cells += [""] * (width - len(cells))
        elif len(cells) > width:
            raise DataError(f"{name}, line {number}", f"{len(cells)} cells for {width} columns", remedy="remove a tab")
        rows.append(tuple([cells[p] for p in positions]))
    return rows
