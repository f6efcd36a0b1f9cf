"""Rules about what a column must have: the items of article 20 of the Disclosure Regulation."""

from collections.abc import Iterator
import datetime

from gkssg.archive.config import CONFIG
from gkssg.archive.model import Archive
from gkssg.language import say
from gkssg.problem import Place, Problem, Severity

ITEMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("（一）行政法规、规章和规范性文件", ("regulations", "normative")),
    ("（二）机关职能、机构设置", ("organs",)),
    ("（三）规划及相关政策", ("planning",)),
    ("（四）国民经济和社会发展统计信息", ("statistics",)),
    ("（五）行政许可和其他对外管理服务事项", ("licensing",)),
    ("（六）行政处罚、行政强制", ("penalties",)),
    ("（七）财政预算、决算", ("budget",)),
    ("（八）行政事业性收费", ("fees",)),
    ("（九）政府集中采购", ("procurement",)),
    ("（十）重大建设项目", ("projects",)),
    ("（十一）民生领域的政策、措施及其实施情况", ("livelihood",)),
    ("（十二）突发公共事件", ("emergency",)),
    ("（十三）监督检查情况", ("supervision",)),
    ("（十四）公务员招考", ("recruitment",)),
)
"""The items of article 20 and the sections below ``statutory`` that hold them; the fifteenth is the rest."""
FEWEST = 30
"""Open entries from which on a column counts as set up."""


def item_has_an_entry(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """An item of article 20 of the Disclosure Regulation has no entry, and its section does not say why.

    Publish what there is; where there is nothing, say why in empty_note（无内容说明） of the section in column.yml. A
    column with less than thirty open entries is still being set up and is not meant.

    Rule: item-empty, info.
    Source: 政府信息公开条例（国务院令第711号）第二十条.
    Row: R28.
    """
    if sum(document.is_active for document in archive.documents) < FEWEST:
        return
    filled = {category.value for document in archive.documents for category in document.categories}
    noted = {section.id for top in archive.column.tree for section in top.walk() if section.empty_note}
    for title, names in ITEMS:
        homes = tuple(f"statutory/{name}" for name in names)
        there = any(known == home or known.startswith(f"{home}/") for known in filled | noted for home in homes)
        if not there:
            message = say("item {title} of article 20 has no entry", title=title)
            hint = say(
                "publish what there is in {sections}, or say in column.yml (empty_note) why there is nothing",
                sections=homes,
            )
            yield Problem(Place(CONFIG), "item-empty", message, hint, Severity.INFO)
