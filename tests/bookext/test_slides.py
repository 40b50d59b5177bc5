"""Slides of a chapter: what is taken from its page, and in which order."""

from __future__ import annotations

import lxml.html

from bookext.html.slides import slides

PAGE = """
<article><section><h1>3. How fast?<a class="headerlink" href="#x">#</a></h1>
<p>Fast. See <a href="official.html#a">lists</a>.</p>
<div class="objectives admonition">
<p class="admonition-title">You can</p><ul><li>read</li></ul></div>
<section id="one"><h2>One</h2>
<figure id="fig-one"><a href="../figures/fig-one.html"><picture><source srcset="n.svg">
<img src="../_images/w.svg" alt="A line." width="5"></picture></a><figcaption><p>
<span class="caption-number">Fig. 3.1 </span>
<span class="caption-text">The U.S. line rises, 2.5 times.
Share of 195 countries. Data from Yu [<a href="../back/b.html">2020</a>].</span></p>
</figcaption></figure>
<div class="caveat admonition">
<p class="admonition-title">Not shown</p><p id="c">Why.</p></div></section>
<section><h2>Without</h2><p>No figure, no caveat.</p></section>
<section><h2>Words only</h2><p>First.</p><p>Second.</p>
<div class="caveat admonition"><p class="admonition-title">Not shown</p><p>Much.</p></div></section>
</section></article>
"""


def test_a_chapter_becomes_slides_in_its_order() -> None:
    made = slides(lxml.html.fromstring(PAGE), "chapters/adoption")
    assert [(slide.kind, slide.title) for slide in made] == [
        ("title", "3. How fast?"),
        ("answer", "In short"),
        ("objectives", "You can"),
        ("figure", "The U.S. line rises, 2.5 times."),
        ("caveat", "Not shown"),
        ("text", "Words only"),
        ("caveat", "Not shown"),
    ]
    assert 'href="../chapters/official.html#a"' in made[1].body
    figure = made[3].body
    assert 'src="../_images/w.svg"' in figure and 'alt="A line."' in figure
    assert "Fig. 3.1 Share of 195 countries. Data from Yu [2020]." in figure
    assert made[4].body == "<p>Why.</p>" and made[5].body == "<p>First.</p>"
