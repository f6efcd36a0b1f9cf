"""STAGE 2: what is wrong with an archive as a whole. A rule is a function with a docstring in :data:`RULES`."""

from collections.abc import Callable, Iterator
import datetime
from functools import cache

from gkssg.archive import pictures, wording
from gkssg.archive.model import Archive
from gkssg.archive.personal import text_bears_no_secrecy_mark, text_is_free_of_personal_data
from gkssg.checks import (
    annual,
    approvals,
    attributes,
    backdating,
    calendars,
    citations,
    cleanup,
    columns,
    consultations,
    copies,
    coverage,
    dossiers,
    expiry,
    facts,
    files,
    freshness,
    interpretations,
    ledgers,
    links,
    meetings,
    normative,
    numbers,
    organs,
    personal,
    readable,
    settings,
    timely,
    verdict,
    websites,
    yearly,
)
from gkssg.checks.deadlines import Deadline, Source
from gkssg.checks.deadlines import due as due_among
from gkssg.checks.reading import READING
from gkssg.checks.rules import Rule, described
from gkssg.checks.verdict import quotable, settled
from gkssg.problem import Problem

Check = Callable[[Archive, datetime.date], Iterator[Problem]]

RULES: tuple[Check, ...] = (
    columns.category_exists,
    columns.index_is_a_page,
    columns.organ_exists,
    dossiers.decision_is_complete,
    dossiers.stage_is_known,
    dossiers.required_stage_is_there,
    dossiers.stage_has_its_entry,
    dossiers.stages_are_in_order,
    attributes.review_is_planned,
    attributes.review_is_not_overdue,
    attributes.converted_entry_is_open,
    attributes.conversion_has_its_day,
    facts.id_is_unique,
    facts.index_no_is_unique,
    facts.validity_agrees,
    facts.reprint_says_from_where,
    facts.issuer_has_a_page,
    files.file_exists,
    files.file_may_be_named,
    files.file_is_not_private,
    files.file_may_be_published,
    files.file_has_content,
    files.file_can_be_opened,
    files.file_is_what_its_name_says,
    links.link_leads_somewhere,
    links.link_leads_to_a_part,
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
    ledgers.record_is_of_its_task,
    ledgers.record_stands_once,
    ledgers.evidence_is_known,
    ledgers.progress_is_recorded,
    ledgers.series_is_explained,
    ledgers.series_is_complete,
    normative.normative_document_is_complete,
    normative.normative_document_says_from_when,
    cleanup.cleanup_row_is_known,
    cleanup.cleanup_row_means_one,
    cleanup.cleanup_row_stands_once,
    cleanup.cleanup_title_agrees,
    citations.cited_document_is_in_force,
    citations.cited_document_is_here,
    citations.organ_is_named_as_it_is,
    copies.title_is_given_once,
    copies.text_is_published_once,
    readable.file_has_a_text,
    readable.page_is_light,
    readable.report_has_its_tables,
    annual.report_has_its_form,
    annual.report_has_its_figures,
    annual.report_adds_up,
    annual.report_goes_on_from_the_last,
    annual.report_says_what_its_tables_say,
    annual.report_is_written_anew,
    numbers.number_is_given_once,
    numbers.index_no_is_in_form,
    coverage.item_has_an_entry,
    websites.labels_are_complete,
    websites.foot_is_complete,
    personal.name_of_file_is_free_of_personal_data,
    personal.file_is_free_of_personal_data,
    personal.file_bears_no_secrecy_mark,
    personal.author_of_file_is_no_person,
    personal.file_was_searched,
    personal.record_is_free_of_personal_data,
    approvals.review_still_stands,
    approvals.reviews_are_complete,
    approvals.refused_entry_is_not_open,
    approvals.reviews_are_by_several,
    backdating.date_is_that_of_the_publication,
    backdating.date_of_publication_stays,
    timely.published_in_time,
    timely.budget_in_time,
    timely.change_in_time,
    yearly.report_in_time,
    yearly.arrears_in_time,
    freshness.section_is_fresh,
    freshness.sections_are_fresh,
    freshness.sections_are_filled,
    expiry.document_stays_in_force,
    expiry.task_is_done_in_time,
    calendars.arrangement_is_known,
)

DEADLINES: tuple[Source, ...] = (
    timely.publications_due,
    consultations.consultations_due,
    interpretations.interpretations_due,
    attributes.reviews_due,
    yearly.reports_due,
    yearly.arrears_due,
    freshness.news_due,
    expiry.ends_due,
    expiry.tasks_due,
    expiry.calendar_due,
)

WHERE_READ: tuple[Callable[..., object], ...] = (
    text_is_free_of_personal_data,
    text_bears_no_secrecy_mark,
    *wording.RULES,
    *pictures.RULES,
)
"""Rules that are found where a file is read, since they concern it alone: they are found again while it stays."""

OTHERS: tuple[Callable[..., object], ...] = (
    settings.setting_is_of_a_rule,
    settings.exemption_is_sound,
    verdict.exemption_is_listed,
    verdict.exemption_is_needed,
)
"""Rules about rules."""


def check(archive: Archive, today: datetime.date, found: tuple[Problem, ...] = ()) -> tuple[Problem, ...]:
    """Run every rule; give what was found, also before, as the column and the files want it reported.

    A problem of an entry that is not active quotes nothing of it.
    """
    private = {document.path for document in archive.documents if not document.is_active}

    def run() -> Iterator[Problem]:
        for rule in RULES:
            yield from rule(archive, today)
        if is_set:
            yield from settings.setting_is_of_a_rule(archive, explained())
            yield from settings.exemption_is_sound(archive, explained())

    is_set = bool(archive.column.rules) or any(document.allowances for document in archive.documents)
    told = (problem.without_quotes() if problem.place.path in private else problem for problem in run())
    every = (*found, *told)
    return quotable(archive, every, settled(archive, every, explained()) if is_set else every)


def due(archive: Archive, today: datetime.date, days: int) -> tuple[Deadline, ...]:
    """Give what falls due within so many days. A deadline of an entry that is not active quotes nothing of it."""
    return due_among(DEADLINES, archive, today, days)


@cache
def explained() -> tuple[Rule, ...]:
    """Give what is known of every name that can be printed; of one that several functions use, a row for each."""
    return tuple(described(rule) for rule in (*RULES, *WHERE_READ, *OTHERS)) + READING
