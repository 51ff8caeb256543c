"""Archives and messages are folders; pages saved with their folders are one document; each refusal names its cause."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import py7zr
import pytest

from parsers import read_report
from parsers.documents.containers import outlook
from portal.build.collection import Collected, collect
from portal.build.worker import report_in
from tests.support import office
from tests.support.held import MADE, PAGE, not_right, not_right_in, zipped

WORD = office.word(MADE)
ROW = "file,url,agency,year,retrieved_on\n年报.html,https://example.org/a,样例市样例局,2022,2023-01-05\n"


@pytest.fixture
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("unpacked")


def put(folder: Path, name: str, content: bytes | str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def named(entries: list[Collected], folder: Path) -> list[str]:
    return [entry.name.removeprefix(f"{folder.name}/") for entry in entries]


def sevenzip(files: dict[str, bytes | str], password: str | None = None) -> bytes:
    file = io.BytesIO()
    with py7zr.SevenZipFile(file, "w", password=password) as archive:
        for name, content in files.items():
            archive.writestr(content, name)
    return file.getvalue()


@pytest.mark.parametrize("pack", [zipped, sevenzip])
def test_an_archive_is_a_folder(pack: object, tmp_path: Path, unpacked: Path) -> None:
    assert callable(pack)
    inner = {
        "甲/年报.html": PAGE,
        "甲/Thumbs.db": b"x",
        "甲/~$年报.docx": b"x",
        "__MACOSX/._年报.html": b"x",
        ".DS_Store": b"x",
        "甲/desktop.ini": b"x",
    }
    put(tmp_path, "全市.zip", pack({**inner, "甲/sources.csv": ROW, "乙/内.zip": zipped({"年报.docx": WORD})}))
    entries, remarks = collect([tmp_path], unpacked)
    assert sorted(named(entries, tmp_path)) == ["全市.zip/乙/内.zip/年报.docx", "全市.zip/甲/年报.html"] and not remarks
    page = next(entry for entry in entries if entry.name.endswith("html"))
    assert (page.url, page.agency, page.year, page.retrieved_on) == ("https://example.org/a", "样例市样例局", 2022, "2023-01-05")
    for entry in entries:
        assert not_right(entry.path.read_bytes()) == set()


def test_what_a_table_beside_an_archive_states_holds_for_all_in_it(tmp_path: Path, unpacked: Path) -> None:
    put(tmp_path, "a.zip", zipped({"x/a.html": PAGE, "b.html": PAGE + " "}))
    put(tmp_path, "sources.csv", "file,year\na.zip,2021\na.zip/b.html,2020\nc.zip,2020\n")
    entries, remarks = collect([tmp_path], unpacked)
    assert [entry.year for entry in entries] == [2021, 2021] and len(remarks) == 2


def renamed(data: bytes, raw: bytes) -> bytes:
    """A ZIP of one file called 0000… with its name in other bytes of the same length."""
    return data.replace(b"0" * len(raw), raw)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [("样例.html".encode(), "样例.html"), ("样例.html".encode("gbk"), "样例.html"), ("联通.html".encode("gbk"), "联通.html"),
     ("甲\\乙.html".encode("gbk"), "甲/乙.html"), ("誠\\乙.html".encode("gb18030"), "誠/乙.html"), (b"..\\..\\etc\\a.html", "etc/a.html"), (b"/tmp/../a.html", "tmp/a.html")],
)  # fmt: skip
def test_names_in_the_encodings_of_packers(raw: bytes, shown: str, tmp_path: Path, unpacked: Path) -> None:
    put(tmp_path, "a.zip", renamed(zipped({"0" * len(raw): PAGE}), raw))
    (entry,), _ = collect([tmp_path], unpacked)
    assert entry.name == f"{tmp_path.name}/a.zip/{shown}" and entry.path.parent == unpacked


def deep(levels: int) -> bytes:
    data = zipped({"a.html": PAGE})
    for _ in range(levels):
        data = zipped({"内.zip": data})
    return data


def locked_zip() -> bytes:
    data = bytearray(zipped({"a.html": PAGE}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def damaged_member() -> bytes:
    data = bytearray(zipped({"a.html": PAGE, "b.html": PAGE}))
    data[60:90] = bytes(30)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (deep(6), "套了"),
        (locked_zip(), "有密码"),
        (zipped({"a.html": b" " * 40_000_000}), "过大"),
        (damaged_member(), "损坏"),
        (sevenzip({"a.html": PAGE}, "密码"), "有密码"),
        (sevenzip({"a.html": PAGE})[:300], "损坏"),
        (sevenzip({"a.html": b" " * 40_000_000}), "过大"),
    ],
    ids=["deep", "locked", "bomb", "damaged", "locked 7z", "cut 7z", "7z bomb"],
)
def test_what_cannot_be_unpacked_is_a_document_with_its_reason(data: bytes, said: str, tmp_path: Path, unpacked: Path) -> None:
    put(tmp_path, "a.zip", data)
    entries, _ = collect([tmp_path], unpacked)
    assert said in str(entries[0].refused) and "(" in str(entries[0].refused)
    assert all(entry.name.startswith(f"{tmp_path.name}/a.zip") for entry in entries)


def test_an_archive_of_too_many_files(tmp_path: Path, unpacked: Path) -> None:
    put(tmp_path, "a.zip", zipped({f"{n}.txt": b"" for n in range(5002)}, zipfile.ZIP_STORED))
    entries, _ = collect([tmp_path], unpacked)
    assert len(entries) == 5001 and "超过" in str(entries[-1].refused)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Rar!\x1a\x07\x01\x00" + bytes(50), "RAR"),
        (b"\x1f\x8b\x08" + bytes(50), "压缩包"),
        (b"MZ" + bytes(200), "程序"),
        (zipped({"ppt/presentation.xml": "<p/>"}), "幻灯片"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"bplist00" + bytes(50), "Safari"),
        (zipped({"a.html": "x"}), "解开"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>", "META-INF/manifest.xml": "<m><encryption-data/></m>"}), "有密码"),
    ],
)  # fmt: skip
def test_each_refusal_names_its_cause(data: bytes, said: str) -> None:
    reason = str(read_report(data).refused)
    assert said in reason and reason.rstrip(")").count("(") >= 1


def message(*attached: tuple[str, bytes, str], text: str = "见附件。", html: str | None = None) -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = "年报", "a@example.org", "b@example.org"
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    for name, content, kind in attached:
        main, _, sub = kind.partition("/")
        made.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return made


def forwarded() -> EmailMessage:
    outer = message()
    outer.add_attachment(message(("年报.docx", WORD, "application/octet-stream")))
    return outer


@pytest.mark.parametrize(
    ("made", "names"),
    [
        (message(("年报.docx", WORD, "application/octet-stream")), ["年报.docx"]),
        (message(("年报.zip", zipped({"内.docx": WORD}), "application/zip")), ["年报.zip/内.docx"]),
        (message(html=PAGE), ["正文.html"]),
        (message(("签名.docx", WORD, "application/octet-stream"), html=PAGE), ["签名.docx", "正文.html"]),
        (forwarded(), ["年报.docx"]),
        (message(("../a\\年报.html", PAGE.encode(), "text/html")), ["年报.html"]),
    ],
    ids=["attached", "packed", "body", "both", "forwarded", "name"],
)
def test_messages(made: EmailMessage, names: list[str], tmp_path: Path, unpacked: Path) -> None:
    put(tmp_path, "年报.eml", made.as_bytes())
    entries, _ = collect([tmp_path], unpacked)
    assert named(entries, tmp_path) == [f"年报.eml/{name}" for name in names]
    for entry in entries:
        assert not_right(entry.path.read_bytes()) == set()


def test_messages_of_outlook(monkeypatch: pytest.MonkeyPatch) -> None:
    streams = {
        ("__substg1.0_1000001F",): "见附件".encode("utf-16-le"),
        ("__attach_version1.0_#00000000", "__substg1.0_37010102"): WORD,
        ("__attach_version1.0_#00000000", "__substg1.0_3707001F"): "年报.docx".encode("utf-16-le"),
    }

    class Opened(io.BytesIO):
        def listdir(self) -> list[list[str]]:
            return [list(path) for path in streams]

        def exists(self, path: list[str]) -> bool:
            return tuple(path) in streams

        def get_type(self, _: list[str]) -> int:
            return 2

        def openstream(self, path: list[str]) -> io.BytesIO:
            return io.BytesIO(streams[tuple(path)])

    monkeypatch.setattr("olefile.OleFileIO", lambda _: Opened())
    assert [(member.name, member.content) for member in outlook.members(b"")] == [("年报.docx", WORD)]
    del streams["__attach_version1.0_#00000000", "__substg1.0_37010102"]
    assert [member.name for member in outlook.members(b"")] == ["正文.txt"]


@pytest.mark.parametrize("folder", ["年报_files", "年报.files", "年报-files", "年报_文件"])
def test_a_page_saved_with_its_folder_is_one_document(folder: str, tmp_path: Path, unpacked: Path) -> None:
    put(tmp_path, "年报.html", PAGE)
    for name in ("a.css", "a.js", "logo.png", "saved_resource.html"):
        put(tmp_path, f"{folder}/{name}", b"x")
    put(tmp_path, f"{folder}/附件.docx", WORD)
    put(tmp_path, "他页_files/a.html", PAGE)
    entries, (remark,) = collect([tmp_path], unpacked)
    assert sorted(named(entries, tmp_path)) == sorted(["他页_files/a.html", f"{folder}/附件.docx", "年报.html"])
    assert remark.startswith(f"{tmp_path}/{folder}: ") and "4" in remark


def test_the_report_in_a_frame_of_a_saved_page(tmp_path: Path, unpacked: Path) -> None:
    put(tmp_path, "年报.html", "<html><body><p>样例网</p><iframe src='年报_files/saved_resource.html'></iframe></body></html>")
    put(tmp_path, "年报_files/saved_resource.html", PAGE)
    put(tmp_path, "年报_files/ad.html", "<p>广告</p>")
    (entry,), _ = collect([tmp_path], unpacked)
    report = report_in(entry.path.read_bytes(), [(name, frame.read_bytes()) for name, frame in entry.beside])
    assert not_right_in(report) == set()


def test_the_same_archive_given_twice_is_one(tmp_path: Path, unpacked: Path) -> None:
    archive = put(tmp_path, "a.zip", zipped({"a.html": PAGE}))
    entries, _ = collect([tmp_path, archive], unpacked)
    assert len(entries) == 1
