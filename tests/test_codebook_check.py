"""The code book for its editors: every line codes its own example, and a type can be looked up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

import kg.codebook
from kg.codebook import Checked, check_codebook, describe
from kg.errors import DataError, NameNotFoundError
from kg.extract.events.checking import miscoded
from kg.pipeline import tools
from kg.text.annotate import annotate
from tests.running import Done, run

Kg = Callable[..., Done]


@pytest.fixture(scope="module")
def checked() -> Checked:
    return check_codebook()


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Kg:
    return lambda *args: run(capsys, monkeypatch, *args)


# ---------------------------------------------------------------------------- check


def test_every_line_codes_its_own_example(checked: Checked) -> None:
    assert not checked.problems, "\n".join(map(str, checked.problems))


def test_nearly_every_line_has_an_example(checked: Checked) -> None:
    assert checked.coded >= 0.95 * checked.lines
    assert checked.words > checked.lines > checked.classes


def test_a_line_that_another_overrules_is_found() -> None:
    extractor, nlp = tools()
    shell = next(t for t in extractor.codebook.triggers["v", "shell"] if t.type == "Shelling")
    wrong = replace(shell, type="Meeting", example="The army shelled the town.")
    silent = replace(shell, type="-", example="The army shelled the town.")
    [first, second] = miscoded([wrong, silent], extractor, lambda documents: annotate(documents, nlp))
    assert (first.trigger, second.trigger) == (wrong, silent)
    assert [t.type for t in first.instead] == ["Shelling"]


# ---------------------------------------------------------------------------- describe


@pytest.mark.parametrize("name", ["YIELD", "yield"])
def test_a_plover_type(name: str) -> None:
    card = describe(name)
    assert card.title == "YIELD"
    assert {kind.plover for kind in card.classes} == {"YIELD"}
    assert {"Release", "Withdrawal"} <= {kind.name for kind in card.classes}
    assert {line.type for line in card.lines} <= {kind.name for kind in card.classes}
    assert "yield.tsv" in {line.file for line in card.lines}
    assert {example.label for example in card.examples} == {"YIELD"}


@pytest.mark.parametrize("name", ["Airstrike", "airstrike"])
def test_a_class(name: str) -> None:
    card = describe(name)
    assert card.title == "Airstrike"
    assert [(kind.plover, kind.cameo) for kind in card.classes] == [("ASSAULT", "195")]
    assert {line.type for line in card.lines} == {"Airstrike"}
    assert any("airstrike" in line.words and line.pos == "n" for line in card.lines)
    assert {example.label for example in card.examples} == {"ASSAULT"}


def test_a_cameo_root() -> None:
    card = describe("19")
    assert card.title == "19"
    assert {"Airstrike", "Occupation"} <= {kind.name for kind in card.classes}
    assert all((kind.cameo or "").startswith("19") for kind in card.classes)
    assert {line.type for line in card.lines} <= {kind.name for kind in card.classes}


def test_lines_come_in_the_order_of_the_files() -> None:
    places = [(line.file, line.number) for line in describe("ASSAULT").lines]
    assert places == sorted(places)
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("name", ["Airstirke", "77"])
def test_an_unknown_name(name: str) -> None:
    with pytest.raises(NameNotFoundError) as caught:
        describe(name)
    assert caught.value.remedy.startswith("nearest: ")


def test_an_unknown_name_brings_the_nearest_ones() -> None:
    with pytest.raises(NameNotFoundError, match="Airstrike"):
        describe("Airstirke")


# ---------------------------------------------------------------------------- commands


def test_show(cli: Kg) -> None:
    done = cli("codebook", "show", "Airstrike", "--examples", 1)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Airstrike  ASSAULT, CAMEO 195\n")
    assert "\nbomb, strafe\n" in done.out
    assert '"Warplanes bombed the port."' in done.out
    assert "example sentences, such as\n" in done.out


def test_show_without_examples(cli: Kg) -> None:
    assert "example sentence" not in cli("codebook", "show", "Airstrike", "--examples", 0).out


def test_show_of_an_unknown_name(cli: Kg) -> None:
    done = cli("codebook", "show", "Airstirke")
    assert (done.code, done.out) == (2, "")
    assert "Airstirke: the code book has no such type" in done.err
    assert "Airstrike" in done.err


def test_check(cli: Kg, checked: Checked) -> None:
    done = cli("codebook", "check")
    assert (done.code, done.err) == (0, "")
    assert f"{checked.coded} lines tried on their example, 0 problems" in done.out
    assert f"{checked.classes} classes, {checked.lines} lines" in done.out


def test_check_names_the_line_and_fails(cli: Kg, checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = DataError("codebook/aid.tsv:7", "'Oslo helped.' is not coded Aid but nothing")
    monkeypatch.setattr(kg.codebook, "check_codebook", lambda: replace(checked, problems=(problem,)))
    done = cli("codebook", "check")
    assert done.code == 1
    assert "codebook/aid.tsv:7: 'Oslo helped.'" in done.err
    assert "1 problem\n" in done.out
