"""All that core adds to Lacasa."""

from core import health, site
from core.audit.tables import AuditEntry
from core.auth import routes as auth
from core.auth.tables import Session, Throttle
from core.channels.chat import routes as chat
from core.channels.email import events as email_events
from core.channels.email import jobs as email_jobs
from core.channels.email import routes as email
from core.channels.email import subscribers as email_subscribers
from core.channels.email.bulk import jobs as bulk_jobs
from core.channels.email.bulk import routes as bulk
from core.channels.email.bulk.tables import ConversationMailing, MailRate, MailSender
from core.channels.email.continuity import jobs as continuity_jobs
from core.channels.email.continuity import routes as continuity
from core.channels.email.continuity.tables import ContinuityMail, ContinuitySetting, ContinuityStop
from core.channels.email.dkim import routes as dkim
from core.channels.email.dkim.tables import DkimKey
from core.channels.email.fetching import fetcher as mailbox_fetcher
from core.channels.email.fetching import routes as mailboxes
from core.channels.email.fetching.tables import EmailMailbox
from core.channels.email.gateway import accept as email_gateway
from core.channels.email.servers import routes as mail_servers
from core.channels.email.servers.tables import EmailServer
from core.channels.email.tables import (
    ContactAddress,
    EmailInbox,
    ImageSender,
    InboundMail,
    MailChoice,
    MailImage,
    MailPreference,
    MessageMail,
    OutboundMail,
    Participant,
)
from core.channels.email.template_tests import routes as template_tests
from core.consent import events as consent_events
from core.consent import routes as consent
from core.consent import subscribers as consent_subscribers
from core.consent.pages import routes as consent_pages
from core.consent.tables import Consent, ConsentEntry, MailAddress, Suppression, Topic, TopicText
from core.contacts import events as contact_events
from core.contacts import merge_fields as contact_fields
from core.contacts import routes as contacts
from core.contacts.tables import Contact, Visitor
from core.conversations import events as conversation_events
from core.conversations import fast as fast_conversations
from core.conversations import jobs as conversation_jobs
from core.conversations import routes as conversations
from core.conversations.tables import Conversation, ConversationCount, ConversationSubject, ReadMark, TimelineEntry
from core.extend import routes as panels
from core.extend.module import Module, Schedule
from core.files import jobs as file_jobs
from core.files import routes as files
from core.files.tables import File
from core.inboxes import events as inbox_events
from core.inboxes import routes as inboxes
from core.inboxes.tables import Inbox, InboxMember
from core.jobs import housekeeping
from core.jobs import routes as jobs
from core.jobs.tables import LedgerJob, ScheduleRow, Timer, Worker
from core.knowledge import events as knowledge_events
from core.knowledge import routes as knowledge
from core.knowledge import search as knowledge_search
from core.knowledge import vectors
from core.knowledge.sources import jobs as source_jobs
from core.knowledge.sources import routes as sources
from core.knowledge.tables import (
    Article,
    ArticleQuestion,
    ArticleVersion,
    IndexedPassage,
    KnowledgeModel,
    Passage,
    PassageWord,
    Source,
    SourceFile,
    SourcePage,
)
from core.mailing import events as mailing_events
from core.mailing import jobs as mailing_jobs
from core.mailing import routes as mailing
from core.mailing import subscribers as mailing_subscribers
from core.mailing.tables import Mailing, MailingSend, MailingTouch
from core.mailing.tracking import routes as tracking
from core.messages import events as message_events
from core.messages import fast as fast_messages
from core.messages import routes as messages
from core.messages.tables import Message
from core.organizations import events as organization_events
from core.organizations import merge_fields as organization_fields
from core.organizations import routes as organizations
from core.organizations.tables import Membership, Organization
from core.search import queries as search_queries
from core.search import routes as search
from core.segments import events as segment_events
from core.segments import fields as segment_fields
from core.segments import routes as segments
from core.segments.tables import Segment, SegmentMember, SegmentPart
from core.teams import events as team_events
from core.teams import routes as teams
from core.teams.tables import Team, TeamMember
from core.templates import events as template_events
from core.templates import merge_fields as mail_fields
from core.templates import routes as templates
from core.templates.tables import Template, TemplateVersion
from core.users import events as user_events
from core.users import routes as users
from core.users.tables import User

TABLES = (
    Organization, Membership, User, Session, Throttle, Team, TeamMember, Inbox, InboxMember, Contact, Visitor,
    Conversation, ConversationSubject, ConversationCount, TimelineEntry, ReadMark, Message, File, Article, ArticleVersion, ArticleQuestion, Passage,
    PassageWord, KnowledgeModel, IndexedPassage, Source, SourceFile, SourcePage, AuditEntry, LedgerJob, Worker, Timer, ScheduleRow,
    EmailInbox, InboundMail, ContactAddress, Participant, MessageMail, OutboundMail, MailChoice, MailPreference, EmailServer, DkimKey,
    EmailMailbox, ContinuitySetting, ContinuityMail, ContinuityStop, ImageSender, MailImage,
    Topic, TopicText, MailAddress, Consent, ConsentEntry, Suppression, Mailing, MailingSend, MailingTouch, Template, TemplateVersion,
    Segment, SegmentPart, SegmentMember, MailSender, MailRate, ConversationMailing,
)  # fmt: skip

module = Module(
    name="core",
    tables=TABLES,
    migrations="migrations.core.piccolo_app",
    routines=[knowledge_search.LEXICAL_ROUTINES, fast_conversations.ROUTINES, fast_messages.ROUTINES, search_queries.ROUTINES,
              email_gateway.ROUTINES],
    events=[
        *organization_events.EVENTS, *user_events.EVENTS, *team_events.EVENTS, *inbox_events.EVENTS, *contact_events.EVENTS,
        *conversation_events.EVENTS, *message_events.EVENTS, *knowledge_events.EVENTS, *email_events.EVENTS,
        *consent_events.EVENTS, *template_events.EVENTS, *segment_events.EVENTS,
        *mailing_events.EVENTS,
    ],
    routes=[
        auth.router, organizations.router, users.router, teams.router, inboxes.router, contacts.router, conversations.router,
        messages.router, search.router, files.router, knowledge.router, sources.router, jobs.router, chat.router, email.router,
        mail_servers.router, dkim.router, mailboxes.router, continuity.router,
        consent.router, consent_pages.router, tracking.router, mailing.router, bulk.router, templates.router, template_tests.router, segments.router,
        panels.router, site.router,
    ],
    public_routes=[*auth.PUBLIC, *files.PUBLIC, *chat.PUBLIC, *email.PUBLIC, *continuity.PUBLIC, *consent_pages.PUBLIC, *tracking.PUBLIC,
                   *site.PUBLIC, *health.PUBLIC],
    jobs=[conversation_jobs.wake, conversation_jobs.fold_counts, conversation_jobs.recount, housekeeping.tidy, file_jobs.tidy_uploads,
          source_jobs.read_source, source_jobs.follow_source, source_jobs.read_due, email_jobs.understand, email_jobs.deliver,
          email_jobs.deliver_forward, email_jobs.ask_to_confirm, continuity_jobs.fall_due, mailing_jobs.tell_touch,
          bulk_jobs.send, bulk_jobs.wake, bulk_jobs.look_after],
    segment_fields=segment_fields.FIELDS,
    subscribers=[email_subscribers.send_by_mail, email_subscribers.ask_by_mail, consent_subscribers.show_what_is_known,
                 consent_subscribers.heed_staff, consent_subscribers.forget, mailing_subscribers.forget],
    warm_up=mailbox_fetcher.begin,
    wind_down=mailbox_fetcher.end,
    merge_fields=[*contact_fields.FIELDS, *organization_fields.FIELDS, *mail_fields.FIELDS],
    knowledge_indexes={"postgres": lambda: vectors},
    schedules=[
        Schedule(name="fold counts", job=conversation_jobs.fold_counts.name, every_s=15),
        Schedule(name="recount", job=conversation_jobs.recount.name, every_s=24 * 3600),
        Schedule(name="tidy", job=housekeeping.tidy.name, every_s=300),
        Schedule(name="read sources", job=source_jobs.read_due.name, every_s=300),
        Schedule(name="look after mailings", job=bulk_jobs.look_after.name, every_s=20),
        Schedule(name="tidy uploads", job=file_jobs.tidy_uploads.name, every_s=300),
    ],
)  # fmt: skip
