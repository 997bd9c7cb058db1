"""The commands: what they print, where, and with which exit code. (Bad input has tests of its own.)"""

from __future__ import annotations

import csv
import io
import json
import os
import runpy
import statistics
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from rich.cells import cell_len

import kg
from kg.cli import app
from tests.running import Done, run

Kg = Callable[..., Done]
COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]

SANCTIONS = "Norway imposed sanctions on Belarus on May 7, 2019."
HOSTILE = (
    "Norway [red]imposed[/red] sanctions on Belarus \x1b[31mon Monday. "
    "Kenyan President \u202eUhuru\x1b[2J Kenyatta\u202c met Ugandan President Yoweri Museveni in Nairobi."
)
LONG = (
    "The foreign ministers of Norway, Sweden, Denmark and Finland accused the government of Belarus of a campaign "
    "of arrests and of violence against the peaceful protesters who had filled the streets and the squares of the "
    "capital for three weeks after an election that observers from a dozen countries had called a fraud."
)
DOCUMENTS = [
    kg.Document("sanctions", SANCTIONS, title="Oslo acts"),
    kg.Document("talks", "Norwegian Prime Minister Erna Solberg met Angela Merkel in Oslo on May 6, 2019."),
    kg.Document("threat", "Kenya threatened Somalia with sanctions. Norway did not impose sanctions on Chad."),
    kg.Document("long", LONG),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of four texts."""
    folder = tmp_path_factory.mktemp("cli") / "graph"
    kg.build(documents=DOCUMENTS, output=folder).store.close()
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of a text that would like to recolour the terminal."""
    folder = tmp_path_factory.mktemp("hostile") / "graph"
    kg.build(documents=[kg.Document("bad \x1b[2J[bold]name", HOSTILE)], output=folder).store.close()
    return folder


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Kg:
    return lambda *args: run(capsys, monkeypatch, *args)


def narrow(text: str, width: int = 80) -> bool:
    return all(cell_len(line) <= width for line in text.splitlines())


def clean(text: str) -> bool:
    """Whether no character of it steers the terminal."""
    return all(c == "\n" or unicodedata.category(c) not in ("Cc", "Zl", "Zp") for c in text) and "\u202e" not in text


# ---------------------------------------------------------------------------- help


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, cli: Kg) -> None:
    done = cli(command, "--help")
    assert (done.code, done.err) == (0, "")
    assert f"Example: kg {command}" in done.out
    assert narrow(done.out)


def test_the_program_has_help(cli: Kg) -> None:
    done = cli("--help")
    assert done.code == 0
    assert all(command in done.out for command in COMMANDS)
    assert cli("-h").out == done.out


def test_help_is_fast() -> None:
    """It takes 0.2 s on an idle machine; the limit leaves room for a loaded one."""
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "kg", "--help"], check=True, capture_output=True)
        seconds.append(time.perf_counter() - start)
    assert statistics.median(seconds) < 0.6


def test_the_version(cli: Kg) -> None:
    assert cli("--version") == Done(0, f"kg {kg.__version__}\n", "")


def test_python_m_kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["kg", "--version"])
    with pytest.raises(SystemExit) as stop:
        runpy.run_module("kg", run_name="__main__")
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"kg {kg.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Usage"),
        (["nothing"], "nothing"),
        (["build"], "inputs"),
        (["export", "docx"], "turtle"),
        (["query", "types", "--format", "xls"], "csv"),
        (["view", "--limit", "1"], "limit"),
        (["view", "--from", "yesterday"], "not a date"),
        (["build", "x", "--published", "May 17"], "2017-05-17"),
        (["query", "types", "--param", "actor"], "NAME=VALUE"),
        (["export", "csv"], "--to"),
    ],
)
def test_wrong_arguments(arguments: list[str], words: str, cli: Kg, folder: Path) -> None:
    opens = arguments[:1] in (["query"], ["export"], ["view"])
    done = cli(*arguments, *(["-g", folder] if opens else []))
    assert done.code == 2
    assert words in done.out + done.err


# ---------------------------------------------------------------------------- build, remove


def _inputs(folder: Path) -> Path:
    (folder / "in").mkdir()
    (folder / "in" / "one.txt").write_text(SANCTIONS, encoding="utf-8")
    (folder / "in" / "two.txt").write_text(LONG, encoding="utf-8")
    return folder / "in"


def test_build(cli: Kg, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = cli("build", _inputs(tmp_path), "-o", out)
    assert done.code == 0
    assert f"2 documents read. Open {out / 'graph.html'} in a browser." in done.out
    assert "2  documents" in done.out and "actors" in done.out
    assert done.err == ""
    assert {p.name for p in out.iterdir()} == {"store", "graph.ttl", "facts.jsonl", "graph.html"}


def test_build_quiet(cli: Kg, tmp_path: Path) -> None:
    assert cli("build", _inputs(tmp_path), "-o", tmp_path / "out", "--quiet") == Done(0, "", "")


def test_quiet_keeps_problems_and_leaves_out_notices(cli: Kg, tmp_path: Path) -> None:
    records = [{"id": "a", "text": SANCTIONS}, {"id": "a", "text": LONG}, {"id": "b", "text": ""}]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    loud = cli("build", tmp_path / "in.jsonl", "-o", tmp_path / "out")
    quiet = cli("build", tmp_path / "in.jsonl", "-o", tmp_path / "out", "--quiet")
    assert (loud.code, quiet.code) == (1, 1)
    messages, fewer = " ".join(loud.err.split()), " ".join(quiet.err.split())
    assert "line 2" in messages and "line 3" in messages
    assert "line 2" not in fewer and "line 3" in fewer and quiet.out == ""


def test_build_verbose_names_the_documents(cli: Kg, tmp_path: Path) -> None:
    done = cli("build", _inputs(tmp_path), "-o", tmp_path / "out", "--verbose", "--jobs", "1")
    assert done.code == 0
    assert "one.txt" in done.err and "two.txt" in done.err
    assert "one.txt" not in done.out


def test_build_options(cli: Kg, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Norway imposed sanctions on Belarus on Monday.", encoding="utf-8")
    out = tmp_path / "out"
    options = ["--published", "2019-05-08", "--source", "Fjord Wire", "--base", "https://example.org/kg/"]
    done = cli("build", tmp_path / "a.txt", "-o", out, *options, "--no-text", "--events", "-q")
    assert done.code == 0
    (document, *_) = map(json.loads, (out / "facts.jsonl").read_text(encoding="utf-8").splitlines())
    assert document["published"] == "2019-05-08" and document["source"] == "Fjord Wire" and "text" not in document
    assert document["iri"] == "https://example.org/kg/doc/a.txt"
    assert "2019-05-06" in (out / "events.tsv").read_text(encoding="utf-8")
    other = cli("build", tmp_path / "a.txt", "-o", out, "--base", "https://example.org/other/")
    assert other.code == 2 and "base" in other.err


def test_build_from_standard_input(cli: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SANCTIONS.encode())))
    assert cli("build", "-", "-o", tmp_path / "out", "-q").code == 0
    assert [d.text for d in kg.open(tmp_path / "out").facts.documents] == [SANCTIONS]


def test_remove(cli: Kg, tmp_path: Path) -> None:
    given = _inputs(tmp_path)
    assert cli("build", given / "one.txt", "-o", tmp_path / "never", "-q").code == 0
    assert cli("build", given, "-o", tmp_path / "out", "-q").code == 0
    done = cli("remove", "two.txt", "-g", tmp_path / "out")
    assert (done.code, done.out) == (0, "") and "1 document, " in done.err
    for name in ("graph.ttl", "facts.jsonl", "graph.html"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "never" / name).read_bytes()


def test_a_terminal_sees_a_counter(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg import console

    seen = io.StringIO()
    monkeypatch.setattr(seen, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stderr", seen)
    monkeypatch.setenv("TERM", "xterm")
    with console.progress(quiet=False, verbose=True) as tick:
        tick("one \x1b[2J[red]")
        tick("two")
    assert "one  [2J[red]" in seen.getvalue() and "two" in seen.getvalue() and "documents" in seen.getvalue()


# ---------------------------------------------------------------------------- query


def test_query_table(cli: Kg, folder: Path) -> None:
    done = cli("query", "who-met-whom", "-g", folder)
    assert (done.code, done.err) == (0, "")
    assert "Angela Merkel" in done.out and "1 row" in done.out


@pytest.mark.parametrize(
    "text", ["SELECT ?l { ?x <http://www.w3.org/2000/01/rdf-schema#label> ?l } ORDER BY ?l", "file"]
)
def test_query_text_or_file(text: str, cli: Kg, folder: Path, tmp_path: Path) -> None:
    if text == "file":
        path = tmp_path / "labels.rq"
        path.write_text("SELECT ?l { ?x <http://www.w3.org/2000/01/rdf-schema#label> ?l }", encoding="utf-8")
        text = str(path)
    done = cli("query", text, "-g", folder, "-f", "csv")
    assert done.code == 0 and "Belarus\r\n" in done.out


SELECT = "SELECT ?l { <https://w3id.org/kg-politics/id/actor/norway> <http://www.w3.org/2000/01/rdf-schema#label> ?l }"
CONSTRUCT = SELECT.replace("SELECT ?l", "CONSTRUCT { <http://x.org/n> <http://x.org/is> ?l }")


@pytest.mark.parametrize("to", [False, True], ids=["stdout", "file"])
@pytest.mark.parametrize(
    ("query", "format_", "expected"),
    [
        (SELECT, "csv", "l\r\nNorway\r\n"),
        (SELECT, "tsv", '?l\n"Norway"\n'),
        (CONSTRUCT, "turtle", '<http://x.org/n> <http://x.org/is> "Norway" .\n'),
        ("ASK { ?s ?p ?o }", "json", '{"head": {}, "boolean": true}\n'),
    ],
)
def test_query_formats(
    query: str, format_: str, expected: str, to: bool, cli: Kg, folder: Path, tmp_path: Path
) -> None:
    done = cli("query", query, "-g", folder, "--format", format_, *(["--to", tmp_path / "answer"] if to else []))
    assert (done.code, done.err) == (0, "")
    assert ((tmp_path / "answer").read_bytes().decode() if to else done.out).endswith(expected)
    assert not (to and done.out)


def test_query_json(cli: Kg, folder: Path) -> None:
    found = json.loads(cli("query", SELECT, "-g", folder, "-f", "json").out)
    assert found["results"]["bindings"] == [{"l": {"type": "literal", "value": "Norway"}}]


def test_query_table_in_a_file(cli: Kg, folder: Path, tmp_path: Path) -> None:
    assert cli("query", SELECT, "-g", folder, "--to", tmp_path / "table.txt").out == ""
    assert (tmp_path / "table.txt").read_text(encoding="utf-8") == "l\nNorway\n"


def test_query_parameters(cli: Kg, folder: Path) -> None:
    asked = ["query", "between", "-g", folder, "-p", "one=Norway", "-p", "other=Belarus", "-f", "csv"]
    assert cli(*asked, "-p", "status=asserted").out.count("\n") == 2
    assert cli(*asked, "-p", "status=denied").out.count("\n") == 1
    lacking = cli("query", "between", "-g", folder, "-p", "one=Norway")
    assert lacking.code == 2 and "other" in lacking.err


def test_queries(cli: Kg) -> None:
    done = cli("queries")
    assert done.code == 0 and narrow(done.out)
    assert "between one other [rollup] [from] [to] [status]\n  Each event" in done.out


# ---------------------------------------------------------------------------- export, view

RDF = {"turtle": "turtle", "nt": "nt", "rdfxml": "xml"}


@pytest.mark.parametrize(
    "format_", ["turtle", "trig", "nt", "nquads", "jsonld", "rdfxml", "graphml", "gexf", "facts", "events"]
)
def test_export(format_: str, cli: Kg, folder: Path, tmp_path: Path) -> None:
    done = cli("export", format_, "-g", folder)
    assert (done.code, done.err) == (0, "") and done.out
    assert cli("export", format_, "-g", folder, "--to", tmp_path / "new" / "file") == Done(0, "", "")
    written = (tmp_path / "new" / "file").read_bytes()
    assert written.decode() == done.out
    assert written == kg.open(folder).export(format_)
    if format_ in RDF:
        assert len(rdflib.Graph().parse(data=written, format=RDF[format_])) > 100


def test_export_tables(cli: Kg, folder: Path, tmp_path: Path) -> None:
    assert cli("export", "csv", "-g", folder, "--to", tmp_path / "t", "--all").code == 0
    with (tmp_path / "t" / "edges.csv").open(encoding="utf-8", newline="") as file:
        statuses = {row["status"] for row in csv.DictReader(file)}
    assert {"asserted", "denied"} <= statuses
    assert cli("export", "csv", "-g", folder, "--to", tmp_path / "t").code == 0
    with (tmp_path / "t" / "edges.csv").open(encoding="utf-8", newline="") as file:
        assert {row["status"] for row in csv.DictReader(file)} == {"asserted"}


def test_the_turtle_is_that_of_the_folder(cli: Kg, folder: Path) -> None:
    assert cli("export", "turtle", "-g", folder).out == (folder / "graph.ttl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "there", "not_there"),
    [
        ([], ["Angela Merkel", "Belarus", "Kenya"], []),
        (["--around", "Erna Solberg"], ["Angela Merkel"], ["Kenya"]),
        (["--type", "Meeting"], ["Angela Merkel"], ["Kenya"]),
        (["--from", "2019-05-07", "--until", "2019-05-07"], ["Belarus"], ["Angela Merkel"]),
        (["--until", "2019-05-06"], ["Angela Merkel"], ["Belarus"]),
        (["--status", "denied"], ["Chad"], ["Angela Merkel"]),
    ],
)
def test_view(
    options: list[str], there: list[str], not_there: list[str], cli: Kg, folder: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    done = cli("view", "-g", folder, *options, "--to", page)
    assert done == Done(0, f"{page}\n", "")
    text = page.read_text(encoding="utf-8")
    assert [name for name in there if name not in text] == []
    assert [name for name in not_there if name in text] == []


def test_a_view_of_an_unknown_type(cli: Kg, folder: Path, tmp_path: Path) -> None:
    done = cli("view", "-g", folder, "--type", "Meetings", "--to", tmp_path / "page.html")
    assert done.code == 2 and "Meeting" in done.err


# ---------------------------------------------------------------------------- explain, validate, stats, path


def test_explain(cli: Kg, folder: Path) -> None:
    done = cli("explain", "Erna Solberg", "-g", folder)
    assert (done.code, done.err) == (0, "")
    assert "Erna Solberg (Person" in done.out
    assert "rule codebook/" in done.out and "the author" in done.out
    by_id = cli("explain", "actor/erna-solberg", "-g", folder)
    assert by_id.out == done.out


def test_validate(cli: Kg, tmp_path: Path) -> None:
    kg.build(documents=[kg.Document("a", SANCTIONS)], output=tmp_path / "good").store.close()
    done = cli("validate", "-g", tmp_path / "good")
    assert done == Done(0, "no violations\n", "")


def test_validate_says_what_is_broken(cli: Kg, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.graph.validate import Violation

    found = (
        Violation("long", f"{LONG}\n\n", "a meeting has two parties or more", "event/undated-consult-1"),
        Violation("", "", "an actor has a label", "actor/\x1b[31mx"),
    )
    monkeypatch.setattr("kg.graph.validate.validate", lambda _: found)
    done = cli("validate", "-g", folder)
    assert (done.code, done.err) == (1, "")
    assert narrow(done.out) and clean(done.out)
    lines = done.out.splitlines()
    assert lines[0] == "✗ long: a meeting has two parties or more"
    assert lines[1].startswith('  "The foreign ministers') and "" not in lines
    assert lines[-4:] == [
        "  event/undated-consult-1",
        "✗ graph: an actor has a label",
        "  actor/ [31mx",
        "2 violations",
    ]


def test_stats(cli: Kg, folder: Path) -> None:
    done = cli("stats", "-g", folder)
    assert (done.code, done.err) == (0, "")
    assert "4  documents" in done.out and "SANCTION" in done.out and "asserted" in done.out


def test_stats_of_an_empty_graph(cli: Kg, tmp_path: Path) -> None:
    kg.build(documents=[], output=tmp_path / "none").store.close()
    done = cli("stats", "-g", tmp_path / "none")
    assert done.code == 0 and "0  documents" in done.out


def test_path(cli: Kg, folder: Path) -> None:
    done = cli("path", "Norway", "Belarus", "-g", folder)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Norway → Belarus: Norway sanctions Belarus, 7 May 2019\n")
    assert "[imposed]" in done.out or "imposed [sanctions]" in done.out


def test_no_path(cli: Kg, folder: Path) -> None:
    done = cli("path", "Norway", "Chad", "-g", folder)
    assert (done.code, done.out) == (1, "") and "--all" in done.err
    over_all = cli("path", "Norway", "Chad", "-g", folder, "--all")
    assert over_all.code == 0 and "denied: Norway" in over_all.out


# ---------------------------------------------------------------------------- code


def test_code(cli: Kg, tmp_path: Path) -> None:
    pairs = [
        {"id": 1, "text": SANCTIONS, "source": {"start": 0, "end": 6}, "target": {"start": 28, "end": 35}},
        {"id": "b", "text": SANCTIONS, "source": {"start": 28, "end": 35}, "target": {"start": 0, "end": 6}},
        {"id": "c", "text": "Peru and Chile.", "source": {"start": 0, "end": 4}, "target": {"start": 9, "end": 14}},
    ]
    given = tmp_path / "pairs.jsonl"
    given.write_text("\n\n".join(map(json.dumps, pairs)), encoding="utf-8")
    done = cli("code", given, "-o", tmp_path / "codes.jsonl")
    assert (done.code, done.out) == (0, "") and "3 pairs coded" in done.err
    codes = [json.loads(line) for line in (tmp_path / "codes.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [c["id"] for c in codes] == ["1", "b", "c"]
    assert (codes[0]["plover"], codes[0]["quad"], codes[0]["polarity"]) == ("SANCTION", 4, "positive")
    assert codes[0]["cameo"].startswith("16") and codes[0]["rule"]
    assert codes[2]["plover"] is None
    assert set(codes[2]) == {"id", "plover", "cameo", "quad", "polarity", "certainty", "tense", "confidence", "rule"}
    assert cli("code", given, "-o", tmp_path / "codes.jsonl", "-q") == Done(0, "", "")


BAD_PAIRS = [
    ("{", "Expecting"),
    ("[1]", "not an object"),
    ('{"id": 1}', "without text, source, target"),
    ('{"id": 1, "text": " ", "source": {}, "target": {}}', "without a text"),
    ('{"id": 1, "text": "Peru", "source": [0, 4], "target": {}}', "objects with start and end"),
    ('{"id": 1, "text": "Peru", "source": {"start": 0, "end": 5}, "target": {}}', "no span of the text: 0 to 5"),
    ('{"id": 1, "text": "Peru", "source": {"start": true, "end": 4}, "target": {}}', "no span of the text"),
]


@pytest.mark.parametrize(("line", "words"), BAD_PAIRS, ids=[b[1] for b in BAD_PAIRS])
def test_code_reports_a_bad_line(line: str, words: str, cli: Kg, tmp_path: Path) -> None:
    good = {"id": 1, "text": SANCTIONS, "source": {"start": 0, "end": 6}, "target": {"start": 28, "end": 35}}
    (tmp_path / "pairs.jsonl").write_text(f"{line}\n{json.dumps(good)}\n", encoding="utf-8")
    done = cli("code", tmp_path / "pairs.jsonl", "-o", tmp_path / "codes.jsonl")
    message = " ".join(done.err.split())
    assert done.code == 1 and "line 1" in message and words in message
    assert len((tmp_path / "codes.jsonl").read_text(encoding="utf-8").splitlines()) == 1


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"], ids=["missing", "binary"])
def test_code_of_what_cannot_be_read(content: bytes | None, cli: Kg, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "pairs.jsonl").write_bytes(content)
    done = cli("code", tmp_path / "pairs.jsonl", "-o", tmp_path / "codes.jsonl")
    assert done.code == 2 and "cannot be read" in done.err
    assert not (tmp_path / "codes.jsonl").exists()


# ---------------------------------------------------------------------------- terminals

PRINTING = [
    ("query", "timeline"),
    ("query", "relations"),
    ("query", "evidence", "-p", "event=FIRST"),
    ("query", "SELECT * { ?s ?p ?o } LIMIT 40"),
    ("query", "neighbourhood", "-p", "actor=Norway"),
    ("explain", "Norway"),
    ("stats",),
    ("validate",),
    ("path", "Norway", "Belarus", "--all"),
]


@pytest.mark.parametrize("command", PRINTING, ids=lambda c: " ".join(c)[:30])
def test_results_fit_eighty_columns(command: tuple[str, ...], cli: Kg, folder: Path) -> None:
    first = kg.open(folder).facts.events[0].id
    done = cli(*(part.replace("FIRST", first) for part in command), "-g", folder)
    assert done.code in (0, 1) and done.out
    assert narrow(done.out), [line for line in done.out.splitlines() if cell_len(line) > 80]


@pytest.mark.parametrize("command", PRINTING, ids=lambda c: " ".join(c)[:30])
def test_hostile_texts_are_printed_as_text(command: tuple[str, ...], cli: Kg, hostile: Path) -> None:
    first = kg.open(hostile).facts.events[0].id
    done = cli(*(part.replace("FIRST", first) for part in command), "-g", hostile)
    assert done.code in (0, 1) and done.out + done.err
    assert clean(done.out) and clean(done.err)


def test_markup_stays(cli: Kg, hostile: Path) -> None:
    for entity in kg.open(hostile).facts.entities:
        shown = cli("explain", entity.id, "-g", hostile)
        assert shown.code == 0 and clean(shown.out)
    listed = cli("query", "documents", "-g", hostile)
    assert "[2J[bold]name" in listed.out
    spans = cli("query", 'SELECT ?w { ?s <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#anchorOf> ?w '
                'FILTER(CONTAINS(?w, "red")) } LIMIT 1', "-g", hostile)  # fmt: skip
    assert "[red]" in spans.out and "[/red]" in spans.out


def test_hostile_names_in_messages(cli: Kg, tmp_path: Path) -> None:
    name = "bad \x1b[31m[red]name.txt"
    (tmp_path / name).write_bytes(b"")
    done = cli("build", tmp_path / name, "-o", tmp_path / "out", "--verbose")
    assert done.code == 1
    assert "[red]name.txt" in "".join(done.err.split("\n")) and "\x1b[31m" not in done.err + done.out


def test_a_closed_pipe_is_no_error(folder: Path) -> None:
    """`kg export nt | head -1` ends without a traceback."""
    writer = subprocess.Popen(
        [sys.executable, "-m", "kg", "export", "nt", "-g", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert writer.stdout and writer.stderr
    writer.stdout.readline()
    writer.stdout.close()
    assert b"Traceback" not in writer.stderr.read()
    writer.stderr.close()
    writer.wait()
