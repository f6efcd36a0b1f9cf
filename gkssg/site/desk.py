"""What every planner needs of a site: its entries by section, organ and address, and the frame of a page."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from gkssg.dates import PartialDate
from gkssg.sections import Section
from gkssg.site.feedback import suggest_link
from gkssg.site.labels import column_labels, site_labels
from gkssg.site.model import (
    Content,
    Crumb,
    DataTable,
    Entry,
    Foot,
    Frame,
    OpenDocument,
    OrganLink,
    Page,
    PageLabel,
    Plan,
    PlanTask,
    PublicDocument,
    Site,
    first,
)
from gkssg.site.output import Output
from gkssg.terms import Attribute, Kind

Made = TypeVar("Made")

_UNDATED = PartialDate(0)


@dataclass(frozen=True, slots=True)
class Special:
    """A page that is no entry's: a directory, a comparison, a ledger.

    ``section`` is the id of the section it belongs to; the front of its list leads to it when it is ``listed``.
    ``source`` says in messages what it is made of; ``tables`` are the tables the page offers, by address.
    """

    section: str
    address: str
    title: str
    template: str
    content: Content
    source: str
    listed: bool = True
    tables: tuple[tuple[str, DataTable], ...] = ()


@dataclass(frozen=True)
class Desk:
    """A site, looked at from every side."""

    site: Site

    @cached_property
    def sections(self) -> dict[str, Section]:
        """Every section by its id."""
        return {section.id: section for top in self.site.masthead.tree for section in top.walk()}

    @cached_property
    def oldest_first(self) -> tuple[PublicDocument, ...]:
        """Every entry with a page of its own, by date, then by address."""
        return tuple(sorted(self.site.documents, key=lambda d: ((d.entry.when or _UNDATED).parts, d.entry.address)))

    @cached_property
    def opened(self) -> tuple[OpenDocument, ...]:
        """The open ones among them."""
        return tuple(document for document in self.oldest_first if isinstance(document, OpenDocument))

    @cached_property
    def by_address(self) -> dict[str, PublicDocument]:
        """Every entry by its address, those that introduce a list too."""
        return {document.entry.address: document for document in (*self.site.documents, *self.site.introductions)}

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries that lists show, oldest first: organs and pages are listed in their own sections only."""
        return tuple(d.entry for d in self.oldest_first if d.entry.kind not in {Kind.ORGAN, Kind.PAGE})

    @cached_property
    def by_section(self) -> dict[str, list[Entry]]:
        """Entries of every section, oldest first; 依申请公开 also lists all that can be asked for."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for document in self.oldest_first:
            entry = document.entry
            sections = dict.fromkeys(entry.sections)
            if entry.attribute is Attribute.ON_REQUEST:
                sections["request"] = None
            for section in sections:
                found[section].append(entry)
        return found

    @cached_property
    def by_organ(self) -> dict[str, list[Entry]]:
        """Entries by the address of the organ that issued them, oldest first."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for address in dict.fromkeys(organ.address for organ in entry.issuers if organ.address):
                found[address].append(entry)
        return found

    @cached_property
    def organs(self) -> dict[str, OrganLink]:
        """The open organ pages by their address."""
        return {organ.address: organ for organ in self.site.organs}

    @cached_property
    def organs_below(self) -> dict[str, list[OrganLink]]:
        """The organs right below each, by its address; below an empty one those whose superior has no open page.

        Those whose functions went to others stand nowhere.
        """
        found: dict[str, list[OrganLink]] = defaultdict(list)
        for organ in sorted(self.of_kind(Kind.ORGAN), key=lambda organ: organ.entry.address):
            link = self.organs[organ.entry.address]
            parent = first(organ.detail("parent"), OrganLink)
            above = parent.address if parent else ""
            if not link.later:
                found[above if above in self.organs else ""].append(link)
        return found

    @cached_property
    def tasks_by_organ(self) -> dict[str, list[tuple[Plan, PlanTask]]]:
        """Tasks of all plans by the address of an organ that has a part in them, those of the newest plan first."""
        found: dict[str, list[tuple[Plan, PlanTask]]] = defaultdict(list)
        for plan in sorted(self.site.plans, key=lambda plan: (-plan.year, plan.address)):
            for task in plan.tasks:
                for address in dict.fromkeys(share.organ.address for share in task.shares):
                    if address:
                        found[address].append((plan, task))
        return found

    @cached_property
    def origins(self) -> dict[str, str]:
        """The content file that each address is made of, for messages."""
        return {origin.address: origin.path for origin in self.site.origins}

    def once(self, make: Callable[["Desk"], Made]) -> Made:
        """Give what a subject makes of all entries to look things up in; it is made once."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    @cached_property
    def _made(self) -> dict[Callable[["Desk"], Any], Any]:
        return {}

    def of_kind(self, kind: Kind) -> tuple[OpenDocument, ...]:
        """Give the open entries of a kind, oldest first."""
        return tuple(self._of_kinds[kind])

    @cached_property
    def _of_kinds(self) -> dict[Kind, list[OpenDocument]]:
        found: dict[Kind, list[OpenDocument]] = {kind: [] for kind in Kind}
        for document in self.opened:
            found[document.entry.kind].append(document)
        return found

    def section_of(self, entry: Entry) -> str:
        """Give the id of the section an entry's page belongs to, the first it is listed in; or nothing."""
        return next((section for section in entry.sections if section in self.sections), "")

    def said(self, zh: str, en: str) -> str:
        """Choose a title by the language of the pages."""
        return zh if self.site.masthead.language == "zh" else en

    def frame(self, section: str) -> Frame:
        """Give what the pages of a section have in common; those of no section carry the labels of the column."""
        if section not in self._frames:
            labels = column_labels(self.site.masthead, self.sections.get(section))
            self._frames[section] = Frame(
                self.site.masthead, self._crumbs(section), section, (*self.bare.labels, *labels)
            )
        return self._frames[section]

    @cached_property
    def bare(self) -> Frame:
        """What pages have in common that carry the labels of the website only."""
        return Frame(self.site.masthead, (), "", tuple(site_labels(self.site.masthead)))

    @cached_property
    def _frames(self) -> dict[str, Frame]:
        return {}

    def _crumbs(self, section: str) -> tuple[Crumb, ...]:
        """Give the way from the column's home to a section."""
        parts = section.split("/") if section else []
        ids = ["/".join(parts[: depth + 1]) for depth in range(len(parts))]
        return tuple(Crumb(self.sections[i].title, self.sections[i].address) for i in ids if i in self.sections)

    def special(self, special: Special) -> Output:
        """Plan a page that is no entry's."""
        frame = self.frame(special.section)
        return self.page(special.template, special.address, special.title, frame, special.content, special.source)

    def page(
        self,
        template: str,
        address: str,
        title: str,
        frame: Frame,
        content: Content,
        source: str,
        labels: tuple[PageLabel, ...] = (),
        foot: Foot | None = None,
    ) -> Output:
        """Plan a page in the column's frame, with labels of its own."""
        suggest = suggest_link(self.site.masthead, title, address)
        return Output(address, Page(template, address, title, frame, labels, content, suggest, foot), source)
