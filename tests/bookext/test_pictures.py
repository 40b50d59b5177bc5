"""Which files a page can show as pictures."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from bookext.common.pictures import fault_of

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


@pytest.mark.parametrize("name", ["a.png", "b.PNG", "c.webp", "d.gif", "e.jpg"])
def test_pixels_are_a_picture(tmp_path: Path, name: str) -> None:
    Image.new("RGB", (9, 9)).save(tmp_path / name)
    assert fault_of(tmp_path / name) == ""


def test_a_drawing_is_one(tmp_path: Path) -> None:
    inside = "><image href='data:image/png;base64,AA'/><use href='#a'/><!-- a -->"
    inside += "<a href='https://a.org'><path fill='url(#b)'/></a>"
    inside += "<style>path { fill: url(#b) } @font-face { src: url('data:a') }</style></svg>"
    (tmp_path / "a.svg").write_text(SVG.replace("/>", inside), "utf-8")
    assert fault_of(tmp_path / "a.svg") == ""


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.png", b"", "is no picture that a page can show; save it as SVG, PNG"),
        ("a.png", b"a text", "is no picture that a page can show"),
        ("a.pdf", b"%PDF-1.4", "is no picture that a page can show"),
        ("a.svg", SVG.replace("/>", "><g>").encode(), "is no SVG: Premature end of data"),
        ("a.svg", b"", "is no SVG: "),
        ("a.svg", SVG.replace("/>", "><script/></svg>").encode(), "has a script"),
        (
            "a.svg",
            SVG.replace("/>", "><image href='x.png'/></svg>").encode(),
            "asks for x.png; put",
        ),
        (
            "a.svg",
            SVG.replace("/>", " onload='f()'/>").encode(),
            "has a script in `onload` of <svg>",
        ),
        (
            "a.svg",
            SVG.replace("/>", "><a href='javascript:f()'/></svg>").encode(),
            "has a script in `href` of <a>",
        ),
        (
            "a.svg",
            SVG.replace("/>", "><style>@import 'https://a.org/b.css';</style></svg>").encode(),
            "asks for https://a.org/b.css; put that into the drawing",
        ),
        (
            "a.svg",
            SVG.replace("/>", "><style>@import url(https://a.org/b.css);</style></svg>").encode(),
            "asks for https://a.org/b.css; put that into the drawing",
        ),
        (
            "a.svg",
            SVG.replace("/>", "><rect style='fill: url( \"b.svg#c\")'/></svg>").encode(),
            "asks for b.svg#c; put that into the drawing",
        ),
        (
            "a.svg",
            b"<?xml-stylesheet href='https://a.org/b.css'?>" + SVG.encode(),
            "asks for a style sheet; put that into the drawing",
        ),
        ("a.SVG", b"<svg", "is no SVG: "),
        ("a.svg", b"<html/>", "is no picture that a page can show"),
    ],
)
def test_another_file_is_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert fault_of(tmp_path / name).startswith(said)


def noise(form: str) -> bytes:
    """Return a picture of a form."""
    written = io.BytesIO()
    Image.effect_noise((60, 60), 50).save(written, form)
    return written.getvalue()


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.gif", "a.webp"])
@pytest.mark.parametrize("left", [0.5, 0.9, 0.99])
def test_a_picture_that_is_cut_off_is_refused(tmp_path: Path, name: str, left: float) -> None:
    form = {"jpg": "JPEG"}.get(name[2:], name[2:].upper())
    whole = noise(form)
    (tmp_path / name).write_bytes(whole[: int(len(whole) * left)])
    assert fault_of(tmp_path / name) in {
        "is cut off or damaged; save it anew",
        "is no picture that a page can show; save it as SVG, PNG, JPEG, GIF or WebP",
    }


def test_a_picture_with_a_wrong_byte_is_refused(tmp_path: Path) -> None:
    whole = bytearray(noise("PNG"))
    whole[len(whole) // 2] ^= 0xFF
    (tmp_path / "a.png").write_bytes(whole)
    assert fault_of(tmp_path / "a.png") == "is cut off or damaged; save it anew"


@pytest.mark.parametrize(
    ("name", "form", "said"),
    [
        ("a.png", "JPEG", "is JPEG by its content; let its name end in .jpg or .jpeg"),
        ("a.jpg", "PNG", "is PNG by its content; let its name end in .png"),
        ("a.png", "WEBP", "is WEBP by its content; let its name end in .webp"),
        ("a", "GIF", "is GIF by its content; let its name end in .gif"),
        ("a.png", "TIFF", "is no picture that a page can show; save it as SVG, PNG, JPEG, GIF or "),
    ],
)
def test_a_picture_is_named_like_what_it_is(
    tmp_path: Path, name: str, form: str, said: str
) -> None:
    (tmp_path / name).write_bytes(noise(form))
    assert fault_of(tmp_path / name).startswith(said)


def test_a_picture_has_no_more_pixels_than_a_page_of_paper(tmp_path: Path) -> None:
    Image.new("1", (10_000, 5_001)).save(tmp_path / "a.png")
    assert fault_of(tmp_path / "a.png") == "has 50,010,000 pixels; save it with at most 50,000,000"
    Image.new("1", (20_000, 20_000)).save(tmp_path / "b.png")  # that Pillow refuses to open
    assert fault_of(tmp_path / "b.png") != ""
