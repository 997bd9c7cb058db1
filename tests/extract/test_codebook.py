"""The code book: what its files say, and what is said when they are wrong."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from kg.data import data_path
from kg.errors import DataError
from kg.extract.events.codebook import LIGHT, NOTHING, UNDERGO, Codebook, quad_class
from kg.model import Plover

# PLOVER types and the CAMEO roots that they came from (PLOVER manual, appendix).
ROOTS = {
    "AGREE": {"03", "05"}, "CONSULT": {"04"}, "SUPPORT": {"05"}, "COOPERATE": {"06"}, "AID": {"07"}, "YIELD": {"08"},
    "REQUEST": {"02", "10"}, "ACCUSE": {"09", "11"}, "REJECT": {"12"}, "THREATEN": {"13"}, "PROTEST": {"14"},
    "MOBILIZE": {"15"}, "SANCTION": {"16"}, "COERCE": {"17"}, "ASSAULT": {"18", "19", "20"},
}  # fmt: skip


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return Codebook.load()


def test_every_class_has_a_definition_and_a_root_of_its_plover_type(codebook: Codebook) -> None:
    for kind in codebook.types.values():
        assert kind.definition.endswith("."), kind.name
        if kind.plover is not None:
            assert kind.cameo is not None, kind.name
            assert kind.cameo[:2] in ROOTS[kind.plover], kind.name


@pytest.mark.parametrize("plover", get_args(Plover))
def test_every_plover_type_has_many_verbs_and_nouns(codebook: Codebook, plover: str) -> None:
    counts = Counter(row.pos for rows in codebook.triggers.values() for row in rows if row.plover == plover)
    assert counts["v"] >= 20, counts
    assert counts["n"] >= 2, counts


def test_every_class_is_used(codebook: Codebook) -> None:
    used = {row.type for rows in codebook.triggers.values() for row in rows}
    # A class that only the parents of others, or other parts of the project, make.
    spare = {"Conflict", "Disaster", "PeaceAgreement", "NuclearAttack", "Reform"}
    assert set(codebook.types) - used - spare == set()


def test_the_codes_of_triggers_keep_the_root_of_their_plover_type(codebook: Codebook) -> None:
    for rows in codebook.triggers.values():
        for row in rows:
            if row.plover is not None and row.cameo is not None:
                assert row.cameo[:2] in ROOTS[row.plover], row.rule


def test_there_are_enough_triggers(codebook: Codebook) -> None:
    assert len({key for key, rows in codebook.triggers.items() if any(r.plover for r in rows)}) >= 1200


def test_the_most_exact_line_comes_first(codebook: Codebook) -> None:
    lift = codebook.triggers["v", "lift"]
    assert lift[0].conditions
    assert [row.order for row in lift] == sorted(row.order for row in lift)


def test_a_line_says_where_it_stands(codebook: Codebook) -> None:
    rule = codebook.triggers["v", "annex"][0].rule
    file, line, word = rule.split(":")
    assert (file, word) == ("codebook/assault.tsv", "annex")
    text = data_path("ontologies", "codebook", "triggers", "assault.tsv").read_text(encoding="utf-8")
    assert text.splitlines()[int(line) - 1].startswith("annex")


@pytest.mark.parametrize(("plover", "quad"), [("AGREE", 1), ("AID", 2), ("ACCUSE", 3), ("ASSAULT", 4), (None, None)])
def test_quad_classes(plover: str | None, quad: int | None) -> None:
    assert quad_class(plover) == quad


def test_light_verbs_and_metaphors_have_no_type_of_their_own(codebook: Codebook) -> None:
    kinds = {row.type for rows in codebook.triggers.values() for row in rows if row.type not in codebook.types}
    assert kinds == {LIGHT, UNDERGO, NOTHING}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("grumble\tv\tGrumbling\t\t\t\t\t", "unknown type 'Grumbling'"),
        ("grumble\tx y\tCriticism\t\t\t\t\t", "unknown part of speech"),
        ("grumble\tv\tCriticism\t\tsideways\t\t\t", "unknown frame 'sideways'"),
        ("grumble\tv\tCriticism\t\t\tobj\t\t", "'obj' is no condition"),
        ("grumble\tv\tCriticism\t\t\tobj=@nowhere\t\t", "unknown list '@nowhere'"),
        ("grumble\tv\tCriticism\t\t\t\tsomehow\t", "unknown use of the inner event"),
        ("grumble, \tv\tCriticism\t\t\t\t\t", "an empty word"),
        ("grumble\tv\tCriticism\t\t\t\t\t\t\t", "10 columns"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, problem: str) -> None:
    folder = tmp_path / "codebook"
    shutil.copytree(data_path("ontologies", "codebook"), folder)
    path = folder / "triggers" / "accuse.tsv"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.rstrip("\n") + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"accuse\.tsv") as caught:
        Codebook.load(folder)
    assert problem in str(caught.value)


def test_an_unknown_plover_type_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "codebook"
    shutil.copytree(data_path("ontologies", "codebook"), folder)
    with (folder / "types.tsv").open("a", encoding="utf-8") as file:
        file.write("Grumbling\tGRUMBLE\t11\tSomebody grumbles.\n")
    with pytest.raises(DataError, match="unknown PLOVER type 'GRUMBLE'"):
        Codebook.load(folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"types\.tsv"):
        Codebook.load(tmp_path)


def test_a_new_line_works(tmp_path: Path) -> None:
    folder = tmp_path / "codebook"
    shutil.copytree(data_path("ontologies", "codebook"), folder)
    with (folder / "triggers" / "accuse.tsv").open("a", encoding="utf-8") as file:
        file.write("grumble about\tv\tCriticism\t\taccuse\n")
    row = Codebook.load(folder).triggers["v", "grumble"][0]
    assert (row.second, row.plover, row.cameo) == ("about", "ACCUSE", "111")
