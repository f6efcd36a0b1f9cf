"""Rules about the website a column stands in: what the labels and the foot of every page must say of it."""

from collections.abc import Iterator
import datetime
import re

from gkssg.archive.config import CONFIG
from gkssg.archive.model import Archive
from gkssg.checks.coverage import FEWEST
from gkssg.language import say
from gkssg.problem import Place, Problem

_ID_CODE = re.compile(r"(?:[a-z]{2}|\d{2})\d{8}")


def labels_are_complete(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """The labels of the pages lack the name, the domain or the identification code of the website.

    They are SiteName, SiteDomain and SiteIDCode; inspections read them. Write name（名称）, domain（域名）and
    id_code（标识码）below site（网站）in column.yml. A column that gives none of them and has less than thirty open
    entries is still being set up and is not meant.

    Rule: site-labels, error.
    Source: 政府网站发展指引（国办发〔2017〕47号）附件1.
    Row: R19.

    Wrong::

        --- content/column.yml ---
        name: 政府信息公开
        organ: 示例区人民政府
        base_url: https://www.example.gov.cn/zfxxgk/
        site: {name: 示例区人民政府网站, domain: www.example.gov.cn}

    Right::

        --- content/column.yml ---
        name: 政府信息公开
        organ: 示例区人民政府
        base_url: https://www.example.gov.cn/zfxxgk/
        site: {name: 示例区人民政府网站, domain: www.example.gov.cn, id_code: "3700000001"}
    """
    site = archive.column.website
    given = {"name": site.name, "domain": site.domain, "id_code": site.id_code}
    if missing := _missing(archive, given):
        message = say("column.yml does not say of the website: {missing}", missing=missing)
        hint = say("write it below site（网站）: it becomes a label of every page")
        yield Problem(Place(CONFIG), "site-labels", message, hint)
    if site.id_code and not _ID_CODE.fullmatch(site.id_code):
        message = say("“{found}” is no identification code of a website", found=site.id_code)
        hint = say("copy its ten characters, in quotes, as 3700000001 or bm01000001")
        yield Problem(Place(CONFIG), "site-labels", message, hint)


def foot_is_complete(archive: Archive, _today: datetime.date) -> Iterator[Problem]:
    """The foot of the pages lacks what that of a government website must have.

    That is whom to contact, the ICP record, the record of public security, and the entrance for reporting errors. Write
    contact（联系方式）, icp（ICP备案）, police（公安备案）and find_error（找错）below site（网站）in column.yml. A
    column that gives none of them and has less than thirty open entries is still being set up and is not meant.

    Rule: site-foot, error.
    Source: 政府网站发展指引（国办发〔2017〕47号）附件1.
    Row: R20.

    Wrong::

        --- content/column.yml ---
        name: 政府信息公开
        organ: 示例区人民政府
        base_url: https://www.example.gov.cn/zfxxgk/
        site: {contact: 示例区人民政府办公室，电话 0000-00000000}

    Right::

        --- content/column.yml ---
        name: 政府信息公开
        organ: 示例区人民政府
        base_url: https://www.example.gov.cn/zfxxgk/
        site:
          contact: 示例区人民政府办公室，电话 0000-00000000
          icp: 示例ICP备00000000号
          police: 示例公网安备00000000000000号
          find_error: https://www.example.gov.cn/jiucuo
    """
    site = archive.column.website
    given = {"contact": site.contact, "icp": site.icp, "police": site.police, "find_error": site.find_error}
    if missing := _missing(archive, given):
        message = say("column.yml does not say of the website: {missing}", missing=missing)
        hint = say("write it below site（网站）: it stands at the foot of every page")
        yield Problem(Place(CONFIG), "site-foot", message, hint)


def _missing(archive: Archive, given: dict[str, str]) -> tuple[str, ...]:
    """Give the names of those without a value, where some have one or the column is set up."""
    missing = tuple(name for name, value in given.items() if not value)
    is_meant = 0 < len(missing) < len(given) or sum(document.is_active for document in archive.documents) >= FEWEST
    return missing if is_meant else ()
