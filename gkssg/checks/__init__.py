"""STAGE 2: what is wrong with an archive as a whole. A rule is a function with a docstring in :data:`RULES`."""

from collections.abc import Callable, Iterator
import datetime

from gkssg.archive import pictures, wording
from gkssg.archive.model import Archive
from gkssg.checks import (
    attributes,
    citations,
    cleanup,
    columns,
    consultations,
    copies,
    dossiers,
    facts,
    files,
    interpretations,
    ledgers,
    links,
    meetings,
    normative,
    organs,
    personal,
    readable,
)
from gkssg.problem import Problem

Rule = Callable[[Archive, datetime.date], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    columns.category_exists,
    columns.index_is_a_page,
    columns.organ_exists,
    dossiers.decision_is_complete,
    dossiers.stage_is_known,
    dossiers.required_stage_is_there,
    dossiers.stages_are_in_order,
    attributes.review_is_planned,
    attributes.conversion_agrees,
    facts.id_is_unique,
    facts.index_no_is_unique,
    facts.validity_agrees,
    facts.issuer_has_a_page,
    files.file_exists,
    files.file_is_not_private,
    files.file_is_of_use,
    links.link_leads_somewhere,
    links.reference_is_known,
    links.clause_is_there,
    links.relation_is_not_circular,
    links.alias_is_an_address,
    consultations.consultation_has_a_period,
    consultations.consultation_is_long_enough,
    consultations.consultation_shows_its_draft,
    consultations.consultation_is_answered,
    consultations.opinion_is_answered,
    meetings.attendees_are_counted,
    meetings.closed_item_has_a_reason,
    meetings.video_has_an_address,
    meetings.proposal_has_a_text,
    interpretations.document_is_explained,
    interpretations.explained_in_time,
    interpretations.explained_by_the_drafter,
    interpretations.explained_entry_is_open,
    interpretations.media_have_a_text,
    interpretations.media_can_be_played,
    interpretations.video_address_is_one,
    organs.organ_is_complete,
    organs.predecessor_is_an_organ,
    organs.name_is_of_its_time,
    ledgers.plan_has_tasks,
    ledgers.record_has_a_task,
    ledgers.record_stands_once,
    ledgers.evidence_is_known,
    ledgers.progress_is_recorded,
    ledgers.series_is_explained,
    ledgers.series_is_complete,
    normative.normative_document_is_complete,
    cleanup.cleanup_row_is_known,
    citations.cited_document_is_in_force,
    citations.cited_document_is_here,
    citations.organ_is_named_as_it_is,
    copies.title_is_given_once,
    copies.text_is_published_once,
    readable.file_has_a_text,
    readable.report_has_its_tables,
    personal.name_of_file_is_free_of_personal_data,
    personal.record_is_free_of_personal_data,
)

WHERE_READ: tuple[Callable[..., object], ...] = (*wording.RULES, *pictures.RULES)
"""Rules that are found where a file is read, since they concern it alone: they are found again while it stays."""


def check(archive: Archive, today: datetime.date) -> tuple[Problem, ...]:
    """Run every rule. A problem of an entry that is not active quotes nothing of it."""
    private = {document.path for document in archive.documents if not document.is_active}
    return tuple(
        problem.without_quotes() if problem.place.path in private else problem
        for rule in RULES
        for problem in rule(archive, today)
    )
