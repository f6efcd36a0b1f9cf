"""The tree of sections, and what a column may change in it."""

from gkssg.sections import DEFAULT_TREE, TOP, Section, amend, home_of


def leaves(tree: tuple[Section, ...]) -> list[str]:
    """Give the names of the leaves below statutory, in order."""
    return [child.id.removeprefix("statutory/") for child in tree[2].children]


def test_five_sections_stand_at_the_top() -> None:
    assert tuple(section.id for section in DEFAULT_TREE) == TOP
    assert [section.title for section in DEFAULT_TREE] == [
        "政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年度报告", "依申请公开",
    ]  # fmt: skip
    assert len(leaves(DEFAULT_TREE)) == 23


def test_naming_a_section_alone_moves_nothing() -> None:
    tree = amend(DEFAULT_TREE, [Section("statutory/gazette", "公报")])
    assert leaves(tree) == leaves(DEFAULT_TREE)
    assert tree[2].children[-1].title == "公报"
    assert tree[2].children[-1].description == DEFAULT_TREE[2].children[-1].description


def test_named_siblings_take_the_order_in_which_they_are_named() -> None:
    tree = amend(DEFAULT_TREE, [Section("statutory/policy", ""), Section("statutory/organs", "")])
    assert leaves(tree)[:4] == ["policy", "regulations", "normative", "organs"]
    assert sorted(leaves(tree)) == sorted(leaves(DEFAULT_TREE))


def test_a_new_section_stands_behind_the_one_named_before_it() -> None:
    named = [Section("statutory/policy", ""), Section("statutory/water", "供水"), Section("statutory/gas", "供气")]
    assert leaves(amend(DEFAULT_TREE, named))[3:6] == ["policy", "water", "gas"]
    assert leaves(amend(DEFAULT_TREE, named[1:]))[-2:] == ["water", "gas"]


def test_sections_nest() -> None:
    tree = amend(DEFAULT_TREE, [Section("statutory/budget/villages", "村级")])
    budget = next(child for child in tree[2].children if child.id == "statutory/budget")
    assert [child.title for child in budget.children] == ["村级"]


def test_the_top_cannot_grow() -> None:
    tree = amend(DEFAULT_TREE, [Section("news", "新闻"), Section("guide/more", "更多")])
    assert [section.id for top in tree for section in top.walk()] == [
        section.id for top in DEFAULT_TREE for section in top.walk()
    ]


def test_a_file_belongs_to_the_deepest_section_around_it() -> None:
    known = ["statutory", "statutory/policy", "guide"]
    assert home_of("statutory/policy/2023/a.md", known) == "statutory/policy"
    assert home_of("statutory/policy.md", known) == "statutory"
    assert home_of("elsewhere/a.md", known) == ""
