"""A lab in another language: the words of its figures, too."""

from __future__ import annotations

from pathlib import Path

import jupytext

from bookext.notebooks.lab_language import messages, translated

LAB = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {name: python3, display_name: Python 3, language: python}
---
# One lab

```{code-cell} ipython3
---
mystnb:
  figure:
    name: fig-lab-one
    caption: "A line that rises."
  image:
    alt: One line, from the left below.
---
print("Two words")
```

```{code-cell} ipython3
x = 1
```
"""


def test_captions_and_alternative_texts_are_messages_and_are_put_back(tmp_path: Path) -> None:
    path = tmp_path / "01-one.md"
    path.write_text(LAB, "utf-8")
    found = dict(messages(path))
    assert list(found) == [
        "One lab",
        "A line that rises.",
        "One line, from the left below.",
        "Two words",
    ]
    lines = LAB.splitlines()
    assert all(text in lines[number - 1] for text, number in found.items())
    notebook = jupytext.read(path, fmt="md:myst")
    made = translated(notebook, str.upper)
    figure = made.cells[1].metadata["mystnb"]
    assert figure["figure"] == {"name": "fig-lab-one", "caption": "A LINE THAT RISES."}
    assert figure["image"] == {"alt": "ONE LINE, FROM THE LEFT BELOW."}
    assert notebook.cells[1].metadata["mystnb"]["image"]["alt"].startswith("One")
    assert "mystnb" not in made.cells[2].metadata
