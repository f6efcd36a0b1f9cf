"""Small helpers about text: the way from one page to another."""

from itertools import product
import posixpath

from gkssg.text import relative

PARTS = ("a", "b", ".", "..", "", "x.html")


def test_a_way_is_the_one_that_the_standard_library_gives() -> None:
    targets = ["/".join(parts) for count in (1, 2, 3) for parts in product(PARTS, repeat=count)]
    for target, page in product(targets, ("a/p.html", "a/b/p.html", "b/a/b/p.html", "x/p.html")):
        assert relative(target, page) == posixpath.relpath(f"/{target}", f"/{posixpath.dirname(page)}"), (target, page)


def test_from_the_root_the_way_is_the_address() -> None:
    assert relative("a/b.html", "index.html") == "a/b.html"
