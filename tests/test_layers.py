"""Imports go one way, and each library is known only where it belongs."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import kg

PACKAGE = Path(kg.__file__).parent
LAYERS = (
    ("model", "errors", "data", "files"),
    ("text",),
    ("extract",),
    ("link",),
    ("graph",),
    ("view",),
    ("pipeline",),
    ("library", "coding", "codebook", "teaching"),
    ("console",),
    ("cli",),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
HOMES = {
    "spacy": ("text", "extract"),
    "rdflib": ("graph",),
    "pyoxigraph": ("graph",),
    "oxrdflib": ("graph",),
    "pyshacl": ("graph",),
    "pyvis": ("view",),
    "typer": ("cli",),
    "rich": ("console",),
}
FILES = sorted(p for p in PACKAGE.rglob("*.py") if "_data" not in p.parts)


def _imports(path: Path) -> list[tuple[str, bool]]:
    """Imported module names, each with whether it is for type checkers only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(node)
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and isinstance(branch.test, ast.Name) and branch.test.id == "TYPE_CHECKING"
        for node in ast.walk(branch)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, id(node) in typing_only) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append((node.module, id(node) in typing_only))
    return found


def _part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    here = _part(path)
    if here in ("__init__", "__main__"):
        return
    for module, _ in _imports(path):
        if module.startswith("kg."):
            assert RANK[module.split(".")[1]] <= RANK[here], f"{here} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_each_library_has_a_home(path: Path) -> None:
    for module, typing_only in _imports(path):
        homes = HOMES.get(module.split(".")[0])
        if homes and not typing_only:
            assert _part(path) in homes, f"{path.name} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_file_has_one_job(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 450
