"""Damaged and hostile files: each ends with one line that names file, place and remedy."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from bookext.common.errors import FileError, explained, parsed_yaml, read_text
from tests.small_book import CHAPTER, CODE_BOOK, INDEX, POST, ROOT, TABLE, write_every_kind
from tests.warm import Build, build

BIB = "@misc{one, title = {One}, year = {2012}}\n"


def put(name: str, content: str | bytes) -> Callable[[Path], None]:
    """Return what writes a file of the book."""

    def spoil(book: Path) -> None:
        path = book / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return spoil


def text(body: str) -> Callable[[Path], None]:
    """Return what puts text under the cell of the chapter."""
    return put("chapters/one.md", CHAPTER % "print(1)" + body)


def chapter(code: str) -> Callable[[Path], None]:
    """Return what writes the code of the chapter."""
    return put("chapters/one.md", CHAPTER % code)


def all_of(*spoils: Callable[[Path], None]) -> Callable[[Path], None]:
    """Return several as one."""

    def spoil(book: Path) -> None:
        for each in spoils:
            each(book)

    return spoil


EXERCISE = """```{exercise} Count
:label: ex-one

How many?
```
"""
LAB_OF_NOTHING = nbformat.v4.new_notebook(
    metadata={"lab": 5}, cells=[nbformat.v4.new_markdown_cell("# A lab")]
)
HEADED = CHAPTER.replace("```{code-cell} ipython3\n", "```{code-cell} ipython3\n%s")
FAULTS: dict[str, tuple[Callable[[Path], None], list[str]]] = {
    "day-that-does-not-exist": (
        put("dates.yml", "chapters/one:\n  {published: 2026-02-30, changed: 2026-03-01}\n"),
        ["dates.yml:2: no YAML: 2026-02-30 is no timestamp; put texts", "in quotes"],
    ),
    "day-of-a-chapter": (
        put("chapters/one.md", (CHAPTER % "1").replace("---\n#", "date: 2026-02-30\n---\n#")),
        ["chapters/one.md:5: no YAML: 2026-02-30 is no timestamp; put texts", "in quotes"],
    ),
    "encoding": (
        put("chapters/one.md", (CHAPTER % "print(1)").encode() + "\nperch\xe9\n".encode("latin-1")),
        ["chapters/one.md:12: the file is not UTF-8; save it as UTF-8"],
    ),
    "cell-header": (
        put("chapters/one.md", HEADED % ("---\ntags: [a\n---\n", "print(1)")),
        ["chapters/one.md", "mend the header of the cell"],
    ),
    "front-matter-and-header": (  # all pages that cannot be read are named at once
        all_of(
            put("chapters/one.md", (CHAPTER % "print(1)").replace("name: python3,", "name: [a")),
            put("chapters/two.md", HEADED % (":tags: hide-input\n", "print(1)")),
        ),
        ["chapters/one.md:4: no YAML", "chapters/two.md", "mend the header of the cell"],
    ),
    "solution-without-end": (
        text("\n" + EXERCISE + "\n```{solution-start} ex-one\n```\n\nAs many.\n"),
        ["chapters/one.md:18: `solution-start` has no end; write `solution-end`"],
    ),
    "citation": (
        text("\nAs {cite:p}`both,` said.\n"),
        ["chapters/one.md:12: WARNING: the citation `both,` cannot be read; write the keys with"],
    ),
    "pages-that-fail": (  # all are named, and the faults of those that do not
        all_of(
            text("\n```{include} one.md\n```\n"),
            put("chapters/two.md", "# Two\n\n{gone}`x`\n"),
            put("chapters/three.md", "# Three\n\n```{include} three.md\n```\n"),
            put("chapters/four.md", "# Four\n\n{gone}`x`\n"),
        ),
        [
            "chapters/one.md: RecursionError",
            "chapters/three.md: RecursionError",
            "chapters/two.md:3: WARNING: Unknown interpreted text role",
            "chapters/four.md:3: WARNING: Unknown interpreted text role",
        ],
    ),
    "lab": (
        all_of(
            write_every_kind,
            put("notebooks/solutions/01-lab.ipynb", nbformat.writes(LAB_OF_NOTHING)),
        ),
        ["notebooks/solutions/01-lab.ipynb: `lab: 5` does not say what a lab must; write `lab: {"],
    ),
    "notebook-of-old": (
        put("notebooks/solutions/old.ipynb", '{"nbformat": 3, "metadata": {}, "worksheets": []}'),
        ["notebooks/solutions/old.ipynb: the notebook is of an old format; mend it, or save it"],
    ),
    "solution-of-nothing": (
        text("\n```{solution} ex-none\nAs many.\n```\n"),
        ["chapters/one.md:12: WARNING: there is no exercise ex-none for this solution; mend the"],
    ),
    "link-in-a-circle": (
        lambda book: (book / "chapters/loop.md").symlink_to("loop.md"),
        ["chapters/loop.md: WARNING: Ignored unreadable", "mend or delete it"],
    ),
    "lines-of-a-file": (
        all_of(
            put("chapters/code.py", "x = 1\n"),
            text("\n```{literalinclude} code.py\n:lines: 1000-2000\n```\n"),
        ),
        ["chapters/one.md:12: WARNING: line number spec is out of range"],
    ),
    "folder-of-works": (
        all_of(
            lambda book: (book / "references.bib").unlink(), put("references.bib/works.bib", BIB)
        ),
        ["references.bib: is no file; write the works into one, or take it out of"],
    ),
    "kind-of-page": (
        put("chapters/one.md", (CHAPTER % "1").replace("extension: .md", "extension: 5")),
        ["chapters/one.md:2: `jupytext: text_representation: extension: 5` is no text; write"],
    ),
    "page-in-itself": (
        text("\n```{include} one.md\n```\n"),
        ["chapters/one.md: RecursionError", "look for a page that includes itself"],
    ),
    "contents-in-a-circle": (
        text("\n```{toctree}\n../index\n```\n"),
        ["chapters/one.md: its toctree names index, whose contents this page is part of; take it"],
    ),
    "picture-that-is-none": (
        all_of(
            put("chapters/none.png", b""),
            text("\n![Nine dots in three rows, with the middle one filled.](none.png)\n"),
        ),
        ["chapters/one.md:12: WARNING: none.png is no picture that a page can show; save it as"],
    ),
    "picture-of-a-cell-that-is-none": (
        chapter(
            "from IPython.display import Image\n"
            "Image(data=b'\\xff\\xd8\\xff\\xe0garbage', format='jpeg')"
        ),
        ["chapters/one.md:10: WARNING: what a cell shows is no picture that a page can show; save"],
    ),
    "formula": (
        text("\nA part $^2$ and $\\frac{a}{$.\n"),
        [
            "chapters/one.md:12: WARNING: formula '^2': a sign stands where none can stand",
            "the brace { has no other",
        ],
    ),
    "html": (
        text("\n<div><p>Text.</p></div>\n\n</article>\n\n<!-- A remark.\n"),
        [
            "chapters/one.md:14: WARNING: `</article>` closes nothing; delete it",
            "chapters/one.md:16: WARNING: `<!--` has no end; close it",
        ],
    ),
    "html-that-the-site-does-not-show": (
        chapter(
            "from IPython.display import HTML, IFrame, Markdown\n"
            "import pandas as pd\n"
            "display(HTML('<SCRIPT>x()</SCRIPT>'), IFrame('https://example.org', 300, 200))\n"
            "display(Markdown('A <script>y()</script> word'))\n"
            "pd.DataFrame({'a': [1, 2]}).style.highlight_max()"
        ),
        [
            "chapters/one.md:10: WARNING: `<script>` has no place in a page: what needs a script",
            "chapters/one.md:10: WARNING: `<iframe>` has no place in a page: the site shows",
            "chapters/one.md:10: WARNING: `<style>` has no place in a page: the site shows",
        ],
    ),
    "directive-with-a-backquote": (
        text("\n```{table} Of `code`\n:name: tab-two\n\n| a |\n|---|\n| 1 |\n```\n\nText.\n"),
        ["chapters/one.md:12: WARNING: `` ```{table} `` begins no directive: a backquote stands"],
    ),
    "title-without-words": (
        put("chapters/one.md", (CHAPTER % "print(1)").replace("# One", "#")),
        ["chapters/one.md has no title: begin its text with `# Title`"],
    ),
    "kernel": (
        put("chapters/one.md", (CHAPTER % "print(1)").replace("name: python3", "name: conda-env")),
        ["chapters/one.md", "conda-env", "`kernelspec: {name: python3}`"],
    ),
    "notebook": (put("chapters/two.ipynb", "{"), ["chapters/two.ipynb", "mend"]),
    "endless": (
        put(
            "chapters/one.md",
            (CHAPTER % "while True: pass").replace(
                "---\n#", "mystnb: {execution_timeout: 2}\n---\n#"
            ),
        ),
        ["chapters/one.md:10", "Longer than 2 s", "`mystnb: {execution_timeout: 4}`"],
    ),
    "output": (
        chapter("print('x' * 12_000_000)"),
        ["chapters/one.md:9", "an output of more than 10,000,000 characters; print less"],
    ),
    "output-without-end": (
        chapter("while True: print('x' * 1000)"),
        ["chapters/one.md:9", "an output of more than 10,000,000 characters; print less"],
    ),
    "output-of-the-run": (
        chapter("import warnings\nwarnings.warn('beware')\nprint(object())"),
        [
            "chapters/one.md:9: WARNING: the output shows a place of this machine, another at each",
            "chapters/one.md:9: WARNING: the output shows an address in memory, another at each",
        ],
    ),
    "post-encoding": (
        put("blog/2026/post.md", POST.replace("A sentence", "Perché").encode("latin-1")),
        ["blog/2026/post.md:15: the file is not UTF-8; save it as UTF-8"],
    ),
    "post-without-title": (
        all_of(
            write_every_kind,
            put("blog/2026/post.md", POST.replace("# The title of a post\n", "")),
        ),
        ["blog/2026/post.md: begin the text with a title: # The question?"],
    ),
    "module": (
        put("govsocial/labels.py", "def (:\n"),
        ["govsocial/labels.py:1: invalid syntax"],
    ),
    "code-book": (
        put("chapters/one.numbers.yml", "prefix: [a\n"),
        ["one.numbers.yml:2: no YAML", "in quotes"],
    ),
    "field-of-a-work": (
        all_of(
            put("references.bib", "\n" + BIB.replace("{One}", "{See \\url{https://a.it/a%20b}}")),
            text("\n{cite:t}`one`\n\n```{bibliography}\n```\n"),
        ),
        ["references.bib:2: title of one: syntax error", "write % as"],
    ),
    "work-without-key": (
        put("references.bib", "\n@misc{title = {One}, year = {2012}}\n"),
        ["references.bib:2: the entry has no key; write one after its brace"],
    ),
    "work-of-nobody": (
        put("references.bib", BIB.replace("title", "\nauthor = {}, title")),
        ["references.bib:2: author is empty; fill it in, or delete it"],
    ),
    "work-with-a-sign": (
        put("references.bib", BIB.replace("One", "O\x01ne")),
        ["references.bib:1: U+0001 is no letter; delete it"],
    ),
    "name-of-a-work": (
        all_of(
            put("references.bib", BIB.replace("title", "author = {Ada and and Ugo}, title")),
            text("\n{cite:t}`one`\n\n```{bibliography}\n```\n"),
        ),
        ["references.bib:1: author of one: `and Ugo` is no name; write one `and` between two"],
    ),
    "work-twice": (
        all_of(
            put("references.bib", BIB), put("data/sources.bib", "\n" + BIB.replace("one", "ONE"))
        ),
        ["data/sources.bib:2: ONE is the key of references.bib:1, too; rename or delete"],
    ),
    "exercise-twice": (
        text("\n" + EXERCISE + "\n" + EXERCISE),
        ["chapters/one.md:18: WARNING: the label ex-one is that of an exercise in chapters/one.md"],
    ),
    "cell-setting": (
        put("chapters/one.md", HEADED % ("---\nmystnb:\n  imag: {alt: A}\n---\n", "print(1)")),
        [
            "chapters/one.md:9: WARNING: `mystnb: imag` is no setting of a cell; did you mean "
            "`image`?"
        ],
    ),
    "descriptor-without-title": (
        put("data/small.resource.yaml", TABLE.replace("title: A small table\n", "")),
        ["data/small.resource.yaml: the descriptor has no title; add"],
    ),
    "descriptor-empty": (
        put("data/small.resource.yaml", ""),
        ["data/small.resource.yaml: the descriptor has no description, hash"],
    ),
    "descriptor-no-yaml": (
        put("data/small.resource.yaml", TABLE.replace("title: A", "title: A: b: 'c")),
        ["data/small.resource.yaml:2: no YAML", "in quotes"],
    ),
    "descriptor-type": (
        put("data/small.resource.yaml", TABLE.replace("type: integer", "type: integr")),
        ["data/small.resource.yaml: x has no known type: integr"],
    ),
    "descriptor-without-table": (
        put("data/small.resource.yaml", TABLE.replace("small.csv", "gone.csv")),
        ["data/small.resource.yaml: its table gone.csv is missing", "make data"],
    ),
    "row-with-a-cell-too-many": (
        put("data/small.csv", "x\n1,2\n"),
        ["data/small.csv:2: 2 cells where the head has 1; mend the row"],
    ),
    "rows-of-a-table": (
        put("data/small.resource.yaml", TABLE.replace("rows: 1", "rows: 7")),
        ["data/small.resource.yaml: `rows: 7` is not what small.csv has; write 1, or restore"],
    ),
    "table-encoding": (
        put("data/small.csv", "x\n1\n".encode("utf-16")),
        ["data/small.csv:1: the file is not UTF-8; save it as UTF-8"],
    ),
    "bibliography": (
        put("references.bib", BIB.replace("{One},", "{One}")),
        ["references.bib:1", "look at the entry before it"],
    ),
    "picture-gone": (
        text("\n![Nine dots in three rows, with the middle one filled.](gone.png)\n"),
        ["chapters/one.md:12", "gone.png"],
    ),
    "picture-elsewhere": (
        text("\n![Nine dots in three rows, the middle one filled.](https://example.org/x.png)\n"),
        ["chapters/one.md:12", "https://example.org/x.png", "put it beside the page"],
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("spoil", "said"), FAULTS.values(), ids=FAULTS)
def test_a_damaged_file_is_named_with_its_remedy(
    book: Path, spoil: Callable[[Path], None], said: list[str]
) -> None:
    spoil(book)
    code, output = build(book, "html")
    assert code != 0, output
    for words in said:
        assert words in output
    assert "Traceback" not in output and "0x" not in output, output
    assert "report it with those lines" not in output, output
    assert not output.endswith("error: \n")
    assert (book / "_build/html/index.html").read_text("utf-8") == "earlier"


NAMED = (
    "# A page\n\n(same-label)=\n## A section\n\n:::{glossary}\ndoubled\n  It is.\n:::\n\n"
    "$$\na\n$$ (equation-a)\n\n" + EXERCISE
)


@pytest.mark.slow
def test_a_name_on_two_pages_is_refused_whichever_is_read(book: Path) -> None:
    def refused() -> list[str]:
        code, output = build(book, "html")
        assert code == 1, output
        return [line.partition("chapters/")[2] for line in output.splitlines() if "stands" in line]

    assert build(book, "html")[0] == 0
    for name in ("two", "three", "four", "five", "six"):  # of which one process reads several
        text = NAMED if name in {"two", "six"} else f"# {name.title()}\n"
        put(f"chapters/{name}.md", text)(book)
    contents = "".join(f"chapters/{path.stem}\n" for path in (book / "chapters").glob("*.md"))
    put("index.md", INDEX.replace("chapters/one\n", contents))(book)
    said = refused()
    for line, name in (3, "label same-label"), (7, "term doubled"), (13, "equation equation-a"):
        place = f"chapters/six.md:{line}"
        assert f"two.md:{line}: WARNING: the {name} stands at {place}, too" in "\n".join(said)
    assert len(said) == 4 and "two.md:16: WARNING: the label ex-one" in said[3], said
    assert refused() == said
    put("chapters/two.md", NAMED + "\nAn edit.\n")(book)
    assert refused() == said
    shutil.rmtree(book / "_build/work/en/doctrees")
    assert refused() == said
    put("chapters/two.md", "# Two\n")(book)
    named = "{ref}`same-label`, {term}`doubled`, {eq}`equation-a` and {ref}`ex-one`"
    put("chapters/three.md", f"# Three\n\nThere are {named}.\n")(book)
    code, output = build(book, "html")
    assert code == 0, output


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["```{nothing}\n```", "{ref}`nowhere`"], ids=["read", "written"])
def test_a_page_is_refused_until_it_is_mended(book: Path, fault: str) -> None:
    assert build(book, "html")[0] == 0
    text("\n" + fault + "\n")(book)
    code, said = build(book, "html")
    assert code == 1 and "chapters/one.md:12: WARNING: " in said, said
    assert build(book, "html") == (code, said.partition("\n")[2] if " ran in " in said else said)
    text("\nMended.\n")(book)
    assert build(book, "html")[0] == 0


@pytest.mark.slow
def test_a_damaged_cache_and_an_empty_page_heal(book: Path) -> None:
    assert build(book, "html")[0] == 0
    (base,) = (book / "_build").rglob("global.db")
    base.write_bytes(b"garbage, and no data base at all" * 100)
    page = next((book / "_build").rglob("one.doctree"))
    page.write_bytes(b"")
    code, output = build(book, "html")
    assert code == 0, output
    assert "were damaged: all pages run again" in output
    assert "chapters/one.md ran" in output


@pytest.mark.slow
def test_a_chapter_may_have_code_for_its_prose_alone(book: Path) -> None:
    chapter("from govsocial.notebook import Numbers\nnumbers = Numbers('one')\nnumbers('n', 3)")(
        book
    )
    put("chapters/one.numbers.yml", CODE_BOOK.replace("half guess", "n\n    constant: true"))(book)
    code, output = build(book, "html")
    assert code == 0, output
    (notebook,) = (book / "_build/html/notebooks/chapters").glob("*.ipynb")
    assert '"cell_type": "code"' not in notebook.read_text("utf-8")


@pytest.mark.slow
def test_a_line_of_two_million_signs_is_shown(book: Path) -> None:
    # MyST-NB's own way to join what is printed takes a time that grows with the square of a line.
    assert "merge_streams" not in (book / "conf.py").read_text("utf-8")
    chapter("print('x' * 2_000_000)\nprint('ab\\bc\\f')")(book)
    code, output = build(book, "html")
    assert code == 0, output
    page = (book / "_build/html/chapters/one.html").read_text("utf-8")
    assert "x" * 2_000_000 + "\nac\n" in page


def words(output: str) -> str:
    """Return the one line that says why there is no site."""
    (said,) = [line for line in output.splitlines() if line.startswith("error: ")]
    return said


def test_what_the_system_refuses_has_a_remedy() -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "_build/x.html")
    assert explained(full) == "_build/x.html: No space left on device; free some space on its disk"
    try:
        try:
            raise full
        except OSError as error:
            raise RuntimeError("Unexpected error") from error
    except RuntimeError as error:
        assert "free some space" in explained(error)
    assert explained(FileNotFoundError(errno.ENOENT, "No such file", "x")) == "x: No such file"
    memory = explained(OSError(errno.ENOMEM, "the process that makes kernels has ended"))
    assert "has ended; the memory was not enough: close other programs" in memory


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "marked"])
def test_the_line_of_a_letter_that_is_not_utf_8_is_right(mark: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(mark + b"# A\n\n\xe9t\xe9\n")
    with pytest.raises(FileError, match=r"a\.md:3: the file is not UTF-8"):
        read_text(tmp_path / "a.md")


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("2026-02-30", "timestamp"),
        ("2026-13-01", "timestamp"),
        ("2026-07-09 25:00:00", "timestamp"),
        ("!!timestamp foo", "timestamp"),
        ("!!int abc", "int"),
        ("!!float x", "float"),
        ("!!bool foo", "bool"),
        ("9" * 5000, "int"),
    ],
)
def test_a_value_of_yaml_that_does_not_exist_is_named_by_line(value: str, kind: str) -> None:
    shown = value.split(" ", 1)[1] if value.startswith("!") else value[:40]
    said = f"a.yml:4: no YAML: {shown} is no {kind}; put texts .* in quotes$"
    with pytest.raises(FileError, match=said):
        parsed_yaml(f"a:\n  b:\n    - c: {value}\n", "a.yml", first=2)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("mount", "said"),
    [
        ("mount -t tmpfs -o size=300k none _build", "free some space on its disk"),
        (
            "mount --bind . . && mount -o remount,bind,ro . && cd .",
            "Read-only file system; build in a copy",
        ),
    ],
    ids=["full", "read-only"],
)
def test_a_disk_that_takes_nothing_is_named(book: Path, mount: str, said: str) -> None:
    # In a space of mounts of its own: what is mounted there is gone with the process.
    inside = ["unshare", "--mount", "--map-root-user", "sh", "-c"]
    try:
        subprocess.run([*inside, f"cd {book} && {mount}"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this user may mount nothing")
    command = f'cd "$1" && {mount} && cd "$1" && exec "$2" tools/build.py html'
    run = subprocess.run(
        [*inside, command, "sh", str(book), sys.executable],
        env={**os.environ, "PYTHONPATH": str(book)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert said in words(run.stderr), run.stderr
    assert "Traceback" not in run.stderr
    assert (book / "_build/html/index.html").read_text("utf-8") == "earlier"


@pytest.mark.slow
def test_of_two_builds_the_second_waits(book: Path) -> None:
    folder = book / "_build/work/en/doctrees"
    folder.mkdir(parents=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run = Build(book, "html")
        while "another build is at work" not in run.said:
            assert run.runs, run.said
    code, said = run.end()
    assert code == 0, said


def test_an_environment_that_is_gone_is_made_anew(tmp_path: Path) -> None:
    stamp, python = tmp_path / "book", tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.symlink_to(sys.executable)
    stamp.touch()
    made = f"tools/environment.py {tmp_path} requirements.txt"
    command = ["make", "--dry-run", "html", f"VENV={tmp_path}"]

    def planned() -> str:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert made not in planned()
    python.unlink()
    python.symlink_to(tmp_path / "gone")
    assert made in planned()
    shutil.rmtree(tmp_path)
    assert made in planned()
