"""The tree of sections: four fixed ones and 依申请公开, with the leaves of 法定主动公开内容 below.

The four sections and their order are those of 国办公开办函〔2019〕61号; the leaves follow article 20 of the
Disclosure Regulation. A column may add, rename and reorder below ``statutory``; the five at the top stay.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

TOP = ("guide", "rules", "statutory", "reports", "request")
"""Ids of the five sections at the top, in their order."""

FORM = "request/form.html"
LIMITS = "request/limits.html"
OFFICES = "request/offices.html"
TITLES = "request/titles.html"
CONVERTED = "request/converted.html"
ATTRIBUTES = "request/attributes.html"

FIXED_PAGES = frozenset({FORM, LIMITS, OFFICES, TITLES, CONVERTED, ATTRIBUTES, "search.html", "sitemap.html"})
"""Addresses of pages that every column has and no content file is behind; texts may link to them."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section: ``id`` is its path (``statutory/policy``), ``column_type`` the page label ColumnType."""

    id: str
    title: str
    description: str = ""
    column_type: str = ""
    update_every: str = ""
    empty_note: str = ""
    children: tuple["Section", ...] = ()

    @property
    def address(self) -> str:
        """The address of its list."""
        return f"{self.id}/index.html"

    def walk(self) -> Iterator["Section"]:
        """Give this section and all below it, each before its children."""
        yield self
        for child in self.children:
            yield from child.walk()


def _leaf(name: str, title: str, description: str, column_type: str) -> Section:
    return Section(f"statutory/{name}", title, description, column_type)


_LEAVES = (
    _leaf("organs", "机构职能", "机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名", "机构职能"),
    _leaf("regulations", "规章", "本机关制定和适用的法规、规章", "政策文件"),
    _leaf("normative", "行政规范性文件", "现行有效的行政规范性文件及其有效性", "政策文件"),
    _leaf("policy", "政策文件", "本机关制发的其他政策文件", "政策文件"),
    _leaf("interpretations", "政策解读", "对政策文件的解读", "政策解读"),
    _leaf("decisions", "重大行政决策", "重大行政决策事项目录及各环节材料", "政策文件"),
    _leaf("consultations", "意见征集", "向社会公开征求意见及采纳反馈情况", "征集调查"),
    _leaf("meetings", "会议公开", "政府会议的议题、列席和议定结果", "工作动态"),
    _leaf("proposals", "建议提案", "人大代表建议和政协委员提案办理结果", "回应关切"),
    _leaf("planning", "规划计划", "国民经济和社会发展规划、专项规划、区域规划和工作计划", "政策文件"),
    _leaf("statistics", "统计信息", "国民经济和社会发展统计信息", "数据发布"),
    _leaf(
        "licensing",
        "行政许可",
        "办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果",
        "办事服务",
    ),
    _leaf("penalties", "行政处罚", "实施行政处罚、行政强制的依据、条件、程序以及行政处罚决定", "政策文件"),
    _leaf("budget", "财政预决算", "财政预算、决算信息", "数据发布"),
    _leaf("fees", "收费项目", "行政事业性收费项目及其依据、标准", "办事服务"),
    _leaf("procurement", "政府采购", "政府集中采购项目的目录、标准及实施情况", "政策文件"),
    _leaf("projects", "重大项目", "重大建设项目的批准和实施情况", "政策文件"),
    _leaf(
        "livelihood",
        "民生领域",
        "扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况",
        "政策文件",
    ),
    _leaf("emergency", "应急管理", "突发公共事件的应急预案、预警信息及应对情况", "政策文件"),
    _leaf(
        "supervision",
        "监督检查",
        "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况",
        "政策文件",
    ),
    _leaf("recruitment", "公务员招考", "公务员招考的职位、名额、报考条件等事项以及录用结果", "政策文件"),
    _leaf("lists", "清单目录", "权责清单、公开目录和其他清单", "信息公开目录"),
    _leaf("gazette", "政府公报", "政府公报各期", "政策文件"),
)

DEFAULT_TREE = (
    Section(
        "guide",
        "政府信息公开指南",
        "政府信息的分类、编排体系、获取方式和政府信息公开工作机构的联系方式",
        "信息公开指南",
    ),
    Section("rules", "政府信息公开制度", "本机关政府信息公开工作的制度", "政策文件"),
    Section(
        "statutory",
        "法定主动公开内容",
        "《中华人民共和国政府信息公开条例》规定主动公开的政府信息",
        "信息公开目录",
        children=_LEAVES,
    ),
    Section("reports", "政府信息公开年度报告", "本机关历年政府信息公开工作年度报告", "信息公开年报"),
    Section("request", "依申请公开", "公民、法人和其他组织申请获取政府信息的途径", "依申请公开"),
)


def amend(tree: tuple[Section, ...], named: Iterable[Section]) -> tuple[Section, ...]:
    """Apply a column's ``sections`` to the tree.

    A named section keeps its default wherever the named one is empty. Named siblings take, among the places they
    have, the order in which they are named; so naming one section alone moves nothing. A new section goes behind the
    sibling named before it, else to the end. Sections whose parent does not exist are left out (a check reports them).
    """
    wanted = {section.id: section for section in named}
    return tuple(_amend_below(section, wanted) for section in (_merged(top, wanted) for top in tree))


def parent_of(section_id: str) -> str:
    """Give the id of the section above, or nothing for one at the top."""
    return section_id.rpartition("/")[0]


def home_of(path: str, known: Iterable[str]) -> str:
    """Give the deepest known section whose folder holds the content path, or nothing."""
    inside = [section for section in known if path.startswith(f"{section}/")]
    return max(inside, key=len, default="")


def _merged(default: Section, wanted: dict[str, Section]) -> Section:
    new = wanted.get(default.id)
    if new is None:
        return default
    return replace(
        default,
        title=new.title or default.title,
        description=new.description or default.description,
        column_type=new.column_type or default.column_type,
        update_every=new.update_every or default.update_every,
        empty_note=new.empty_note or default.empty_note,
    )


def _amend_below(section: Section, wanted: dict[str, Section]) -> Section:
    if section.id != "statutory" and not section.id.startswith("statutory/"):
        return section
    children = list(section.children)
    existing = {child.id for child in children}
    named_here = [new for new in wanted.values() if parent_of(new.id) == section.id]
    order = iter([child.id for new in named_here for child in children if child.id == new.id])
    by_id = {child.id: child for child in children}
    children = [by_id[next(order)] if child.id in wanted else child for child in children]
    previous = ""
    for new in named_here:
        if new.id not in existing:
            ids = [child.id for child in children]
            children.insert(ids.index(previous) + 1 if previous in ids else len(children), new)
        previous = new.id
    return replace(section, children=tuple(_amend_below(_merged(child, wanted), wanted) for child in children))
