"""Files to documents, and what is said of inputs that are none."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pypdf
import pytest

from kg.errors import ReadError, ReadNotice
from kg.model import Document
from kg.text.read import document, read

ARTICLE = "Envoys of Chad and Sudan signed a truce in Doha on Friday, officials said."
FRENCH = "Le ministre a déclaré que les négociations avec la Syrie ne sont pas terminées dans cette région."


def one(path: Path | str, **options: date | str) -> Document | ReadError:
    (found,) = read([path], **options)  # type: ignore[arg-type]
    return found


def good(path: Path | str, **options: date | str) -> Document:
    found = one(path, **options)
    assert isinstance(found, Document), str(found)
    return found


def pdf_of(path: Path, *, password: str | None = None) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    writer.write(path)


# name of the file, its bytes, what the message must say
BAD: list[tuple[str, bytes, str]] = [
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\n\t", "no text"),
    ("binary.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
    ("control.txt", bytes(range(1, 32)) * 20 + b"\xff\xfe\xfd", "binary"),
    ("french.txt", FRENCH.encode(), "not English: looks like French"),
    ("russian.txt", "Президент заявил, что переговоры прошли.".encode("cp1251") * 5, "looks like Russian"),
    ("long.txt", b"A" * 10_000_000, "more than one text may have"),
    ("line.txt", b"word " * 300_000, "1,500,000 characters"),
    ("page.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article"),
    ("zero.pdf", b"", "empty"),
    ("broken.pdf", b"%PDF-1.4 nothing more", "not a readable PDF"),
    ("broken.docx", b"PK\x03\x04 nothing more", "not a readable .docx"),
    ("zero.csv", b"", "empty"),
    ("columns.csv", b"id,body\n1,Talks ended.\n", "no column is called text"),
    ("image.png", b"\x89PNG", "ending in .png"),
    ("none", b"Talks ended.", "ending in no point"),
    ("utf16.jsonl", '{"text": "Talks ended."}\n'.encode("utf-16"), "UTF-16"),
]


@pytest.mark.parametrize(("name", "data", "says"), BAD, ids=[name for name, _, _ in BAD])
def test_bad_file(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    found = one(path)
    assert isinstance(found, ReadError)
    assert says in str(found)
    assert str(path) in str(found)
    assert found.remedy


# lines of a .jsonl file, what the error must say; the other two lines are read
BAD_LINES: list[tuple[str, str]] = [
    ('{"id": "b", "text": ', "line 2: not valid JSON"),
    ("[1, 2]", "line 2: not a JSON object"),
    ('{"id": "b"}', "line 2: this record has no text"),
    ('{"id": "b", "text": ""}', "line 2: this record has no text"),
    ('{"id": "b", "text": 5}', "line 2: text is int"),
    ('{"id": ["b"], "text": "Talks ended."}', "line 2: id is list"),
    ('{"id": "b", "text": "Talks \\u0000 ended."}', "line 2: this is binary"),
    ('{"id": "b", "text": "Talks \\ud800 ended."}', "line 2: half a character"),
    ('{"id": "b", "text": "Talks ended.", "published": "soon"}', "line 2: published is no date"),
    ("[" * 100_000, "line 2: not valid JSON"),
    ('{"id": "b", "text": "' + "x" * 9_000_000 + '"}', "line 2: over 8,000,000 bytes"),
]


@pytest.mark.parametrize(("line", "says"), BAD_LINES, ids=[says for _, says in BAD_LINES])
def test_bad_line_loses_nothing_else(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(f'{{"id": "a", "text": "Talks ended."}}\n{line}\n{{"id": "c", "text": "War began."}}\n')
    found = list(read([path]))
    assert [d.id for d in found if isinstance(d, Document)] == ["a", "c"]
    (error,) = (e for e in found if isinstance(e, ReadError))
    assert says in str(error)


def test_missing_path_is_raised_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(ARTICLE)
    with pytest.raises(ReadError, match=r"no such file or folder \(did you mean news.txt\?\)"):
        read([tmp_path / "news.txt", tmp_path / "newz.txt"])
    with pytest.raises(ReadError, match="an address"):
        read(["https://example.org/a.html"])
    with pytest.raises(ReadError, match="no such file"):
        read(["a\0b"])


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(ARTICLE)
    opened: Callable[..., object] = Path.open

    def refuse(self: Path, *arguments: str) -> object:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return opened(self, *arguments)

    monkeypatch.setattr(Path, "open", refuse)
    found = one(path)
    assert isinstance(found, ReadError)
    assert "Permission denied" in str(found)


def test_encrypted_and_empty_pdf(tmp_path: Path) -> None:
    pdf_of(tmp_path / "locked.pdf", password="secret")
    pdf_of(tmp_path / "scan.pdf")
    found = list(read([tmp_path]))
    assert all(isinstance(error, ReadError) for error in found)
    assert "encrypted" in str(found[0])
    assert "no text" in str(found[1])


def test_text_is_kept_exactly(tmp_path: Path) -> None:
    text = "\u201cNo,\u201d he said.\r\n\r\n\tTalks\u00a0ended.  \n"
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert good(tmp_path / "a.txt").text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "windows-1252", "latin-1"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = ARTICLE + " The café in Orléans reopened."
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert good(tmp_path / "a.txt").text == text
    rows = f'id,text\nx,"{text}"\n'
    (tmp_path / "a.csv").write_bytes(rows.encode(encoding))
    assert good(tmp_path / "a.csv").text == text


def test_windows_quotes(tmp_path: Path) -> None:
    written, meant = (
        b"\x93No,\x94 the minister\x92s aide said \x96 and left.",
        "“No,” the minister’s aide said – and left.",
    )
    (tmp_path / "a.txt").write_bytes(written)
    (tmp_path / "a.csv").write_bytes(b'id,text\n1,"' + written + b'"\n')
    assert good(tmp_path / "a.txt").text == meant
    assert good(tmp_path / "a.csv").text == meant


def test_utf8_with_one_broken_byte(tmp_path: Path) -> None:
    text = "“No,” he said. “Never,” she said. “Later,” they said."
    (tmp_path / "a.txt").write_bytes(text.encode() + b" Caf\xe9.")
    assert good(tmp_path / "a.txt").text == text + " Caf\ufffd."


def test_html(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{ARTICLE} The caf\xe9 stayed open, the mayor of town {n} added.</p>" for n in range(6))
    page = (
        "<html><head><meta charset='iso-8859-1'><title>Truce signed in Doha</title>"
        "<meta property='article:published_time' content='2010-02-24T10:00:00Z'><meta name='author' content='Ann Lee'>"
        f"</head><body><nav>Home</nav><article><h1>Truce signed in Doha</h1>{paragraphs}</article></body></html>"
    )
    (tmp_path / "a.html").write_bytes(page.encode("latin-1"))
    found = good(tmp_path / "a.html")
    assert (found.id, found.title, found.published, found.author) == (
        "a.html",
        "Truce signed in Doha",
        date(2010, 2, 24),
        "Ann Lee",
    )
    assert "café" in found.text
    assert "Home" not in found.text


def test_markdown(tmp_path: Path) -> None:
    text = f"---\ntitle: Truce\ndate: 2010-02-24\nsource: The Herald\n---\n{ARTICLE}\n"
    (tmp_path / "a.md").write_text(text)
    found = good(tmp_path / "a.md")
    assert (found.text, found.title, found.published, found.source) == (
        f"{ARTICLE}\n",
        "Truce",
        date(2010, 2, 24),
        "The Herald",
    )
    (tmp_path / "b.md").write_text(f"# Truce in Doha\n\n{ARTICLE}\n")
    assert good(tmp_path / "b.md").title == "Truce in Doha"


def test_docx(tmp_path: Path) -> None:
    written = docx.Document()
    written.core_properties.title = "Truce"
    written.add_paragraph(ARTICLE)
    written.add_paragraph("Nobody was hurt.")
    written.save(str(tmp_path / "a.docx"))
    found = good(tmp_path / "a.docx")
    assert found.text == f"{ARTICLE}\n\nNobody was hurt."
    assert found.title == "Truce"


def test_pdf(tmp_path: Path) -> None:
    stream = b"BT /F1 12 Tf 20 100 Td (The envoys of Chad and Sudan signed a truce.) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(data)
    (tmp_path / "a.pdf").write_bytes(data + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer)
    assert good(tmp_path / "a.pdf").text.strip() == "The envoys of Chad and Sudan signed a truce."


def test_missing_extra_names_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pdf_of(tmp_path / "a.pdf")
    (tmp_path / "b.docx").write_bytes(b"PK")
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    first, second = read([tmp_path])
    assert "pip install 'kg-politics[pdf]'" in str(first)
    assert "pip install 'kg-politics[docx]'" in str(second)


def test_records(tmp_path: Path) -> None:
    record = {"id": 7, "text": ARTICLE, "title": "Truce", "published": "24 February 2010", "source": "Herald"}
    (tmp_path / "a.jsonl").write_text(json.dumps(record | {"author": "Ann Lee", "url": "x:y", "other": [1]}) + "\n\n")
    found = good(tmp_path / "a.jsonl")
    assert (found.id, found.title, found.published) == ("7", "Truce", date(2010, 2, 24))
    assert (found.source, found.author, found.url) == ("Herald", "Ann Lee", "x:y")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv(tmp_path: Path, delimiter: str) -> None:
    rows = ["ID", "Title", "Text"], ["1", "Truce", f'"{ARTICLE}\r\n\r\nNobody, was hurt."'], ["", "", "War began."]
    (tmp_path / "a.csv").write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode())
    first, second = read([tmp_path / "a.csv"])
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.id, first.title, first.text) == ("1", "Truce", f"{ARTICLE}\r\n\r\nNobody, was hurt.")
    assert second.id == document("War began.").id


def test_bad_csv_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('id,text\n1,Talks ended.\n2,"a"b\n3,x,y\n4,War began.\n')
    found = list(read([tmp_path / "a.csv"]))
    assert [d.id if isinstance(d, Document) else d.place[-5:] for d in found] == ["1", "row 3", "row 4", "4"]


def test_long_csv_field(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text\n1," + "The war went on. " * 10_000 + "\n")
    assert len(good(tmp_path / "a.csv").text) == 170_000


def test_folder(tmp_path: Path) -> None:
    for name in ("b/two.txt", "a.txt", "b/a.txt", ".git/c.txt", "b/image.png", "c.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('{"id": "r", "text": "War began."}' if name == "c.jsonl" else f"{ARTICLE} {name}")
    skipped: list[Path] = []
    found = list(read([tmp_path], on_skip=skipped.append))
    assert [d.id for d in found if isinstance(d, Document)] == ["a.txt", "r", "b/a.txt", "b/two.txt"]
    assert skipped == [tmp_path / "b/image.png"]


def test_empty_folder(tmp_path: Path) -> None:
    found = one(tmp_path)
    assert isinstance(found, ReadError)
    assert "no file that can be read" in str(found)


def test_one_id_twice(tmp_path: Path) -> None:
    for folder, text in (("a", ARTICLE), ("b", ARTICLE), ("c", "War began.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(text)
    first, notice, last = read([tmp_path / folder / "x.txt" for folder in "abc"])
    assert isinstance(first, Document)
    assert isinstance(notice, ReadNotice)
    assert "another text with the id 'x.txt'" in str(notice)
    assert isinstance(last, Document)
    assert last.text == "War began."


def test_a_readme_in_a_folder_is_not_news(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(ARTICLE)
    (tmp_path / "a.txt").write_text(ARTICLE)
    assert [d.id for d in read([tmp_path]) if isinstance(d, Document)] == ["a.txt"]
    assert [d.id for d in read([tmp_path / "README.md"]) if isinstance(d, Document)] == ["README.md"]


@pytest.mark.parametrize("name", ["../../x", "a\nb", "C:\\x", "<script>", "\u202ex", "y" * 10_000])
def test_hostile_id_is_kept(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": name, "text": ARTICLE}))
    assert good(tmp_path / "a.jsonl").id == name


def test_standard_input() -> None:
    (found,) = read(["-"], stdin=io.BytesIO(ARTICLE.encode()))
    assert isinstance(found, Document)
    assert (found.text, found.id) == (ARTICLE, document(ARTICLE).id)
    lines = b'{"id": "a", "text": "Talks ended."}\n{"id": "b", "text": "War began."}\n'
    assert [d.id for d in read(["-"], stdin=io.BytesIO(lines)) if isinstance(d, Document)] == ["a", "b"]
    (error,) = read(["-"], stdin=io.BytesIO(b""))
    assert isinstance(error, ReadError)


DATELINE = "GENEVA, May 3, 2014 (Reuters) - " + ARTICLE


@pytest.mark.parametrize(
    ("given", "record", "text", "expected"),
    [
        (date(2001, 1, 1), "2012-06-07", DATELINE, date(2001, 1, 1)),
        (None, "2012-06-07", DATELINE, date(2012, 6, 7)),
        (None, None, DATELINE, date(2014, 5, 3)),
        (None, None, "Truce signed\n\nPublished Thursday, Feb. 23, 2017\n\n" + ARTICLE, date(2017, 2, 23)),
        (None, None, ARTICLE + " It followed the war of May 3, 2014.", None),
    ],
)
def test_publication_date(
    tmp_path: Path, given: date | None, record: str | None, text: str, expected: date | None
) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": text, "published": record}))
    (found,) = read([tmp_path / "a.jsonl"], published=given)
    assert isinstance(found, Document)
    assert found.published == expected


def test_source_and_title(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Truce signed in Doha\n\n{ARTICLE}\n\nNobody was hurt.")
    found = good(tmp_path / "a.txt", source="The Herald")
    assert (found.title, found.source) == ("Truce signed in Doha", "The Herald")


def test_records_are_streamed(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(f'{{"id": "{n}", "text": "Talks {n} ended."}}\n' for n in range(3)))
    stream = read([path])
    first = next(stream)
    assert isinstance(first, Document)
    assert first.id == "0"
    path.write_text("")
    list(stream)
