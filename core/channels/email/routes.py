"""E-mail over HTTP: an inbox's address, the ledger of mail that came in (for admins), mails as they are shown, and the door for mail itself."""

from typing import Annotated

from litestar import Router, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Response, Stream

from core import texts
from core.access import Actor
from core.auth.edge import Incoming, announced
from core.channels.email import actions, alerts, forwarding, preferences, queries, reading, recipients, undoing, writing
from core.channels.email import images as remote
from core.channels.email.gateway import posted
from core.channels.email.gateway.accept import Accepted
from core.channels.email.structs import (
    DraftImages,
    DraftImagesInput,
    EmailInboxInput,
    EmailInboxView,
    ForwardInput,
    ImagesChoice,
    ImagesInput,
    InboxAlert,
    LetterInput,
    MailCounts,
    MailInboxView,
    MailPage,
    MailPreferenceInput,
    MailPreferenceView,
    MailState,
    MailView,
    MessageMailView,
    RecipientsInput,
    RecipientsView,
    TakenBack,
    WholeMail,
)
from core.messages.structs import Sent
from core.pages import Limit


@post(
    "/inbound/email", status_code=200, summary="Hand over a mail: the body is its bytes, signed", operation_id="take_mail",
    opt={"streams": True}, request_max_body_size=None,
)  # fmt: skip
async def take_mail(request: Incoming) -> Accepted:
    return await posted.take(request.headers, announced(request), request.stream())


@put("/api/inboxes/{inbox_id:int}/email", summary="Make it an e-mail inbox", operation_id="connect_email")
async def connect_email(actor: NamedDependency[Actor], inbox_id: FromPath[int], data: JSONBody[EmailInboxInput]) -> EmailInboxView:
    return await actions.connect(actor, inbox_id, data)


@get("/api/inboxes/{inbox_id:int}/email", summary="An e-mail inbox", operation_id="get_email_inbox")
async def get_email_inbox(actor: NamedDependency[Actor], inbox_id: FromPath[int]) -> EmailInboxView:
    return await queries.inbox(actor, inbox_id)


@get("/api/inboxes/{inbox_id:int}/mails", summary="Mail that came for an inbox, newest first", operation_id="list_mails")
async def list_mails(
    actor: NamedDependency[Actor],
    inbox_id: FromPath[int],
    of_state: Annotated[MailState | None, QueryParameter(name="state")] = None,  # Litestar keeps `state` for itself
    before: FromQuery[int | None] = None,
    limit: Limit = 50,
) -> MailPage:
    return await queries.page(actor, inbox_id, of_state, before, limit)


@post("/api/inboxes/{inbox_id:int}/mails", summary="Write a mail to somebody first", operation_id="write_mail")
async def write_mail(actor: NamedDependency[Actor], inbox_id: FromPath[int], data: JSONBody[LetterInput]) -> Sent:
    return await writing.write(actor, inbox_id, data)


@get("/api/inboxes/{inbox_id:int}/mails/counts", summary="How many mails are in each state", operation_id="count_mails")
async def count_mails(actor: NamedDependency[Actor], inbox_id: FromPath[int]) -> MailCounts:
    return await queries.counts(actor, inbox_id)


@get("/api/mails/{mail_id:int}", summary="A mail's envelope and what became of it", operation_id="get_mail")
async def get_mail(actor: NamedDependency[Actor], mail_id: FromPath[int]) -> MailView:
    return await queries.mail(actor, mail_id)


@get("/api/mails/{mail_id:int}/raw", summary="A mail as it came", operation_id="download_mail")
async def download_mail(actor: NamedDependency[Actor], mail_id: FromPath[int]) -> Stream:
    found = await queries.mail(actor, mail_id)
    headers = {
        "Content-Disposition": f'attachment; filename="mail-{found.id}.eml"',
        "Content-Length": str(found.size_bytes),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
    return Stream(queries.raw(actor, found.id), media_type="message/rfc822", headers=headers)


@post("/api/mails/{mail_id:int}/retry", status_code=200, summary="Try to understand a mail again", operation_id="retry_mail")
async def retry_mail(actor: NamedDependency[Actor], mail_id: FromPath[int]) -> MailView:
    return await actions.retry(actor, mail_id)


@get("/api/conversations/{conversation_id:int}/mails", summary="What messages were as mails", operation_id="list_message_mails")
async def list_message_mails(actor: NamedDependency[Actor], conversation_id: FromPath[int]) -> list[MessageMailView]:
    return await reading.of_conversation(actor, conversation_id)


@get("/api/messages/{message_id:int}/mail", summary="A received mail, whole", operation_id="get_message_mail")
async def get_message_mail(actor: NamedDependency[Actor], message_id: FromPath[int], images: FromQuery[bool] = False) -> WholeMail:
    return await reading.whole(actor, message_id, with_images=images)


@put(
    "/api/messages/{message_id:int}/mail/images",
    summary="Whether images of this sender are always loaded",
    operation_id="decide_mail_images",
)
async def decide_mail_images(actor: NamedDependency[Actor], message_id: FromPath[int], data: JSONBody[ImagesInput]) -> ImagesChoice:
    return await remote.decide(actor, message_id, data)


@get(
    "/mail-images/{organization_id:int}/{message_id:int}/{until:int}/{signature:str}",
    summary="An image from elsewhere in a mail: the address is signed", operation_id="get_mail_image",
)  # fmt: skip
async def get_mail_image(
    organization_id: FromPath[int],
    message_id: FromPath[int],
    until: FromPath[int],
    signature: FromPath[str],
    of: Annotated[str, QueryParameter(max_length=remote.ADDRESS_MAX, pattern=texts.TEXT)],
) -> Response[bytes]:
    found = await remote.served(organization_id, message_id, until, signature, of)
    headers = {
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Disposition": "inline",
        "Cross-Origin-Resource-Policy": "cross-origin",  # the frame that shows a mail is of no origin
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, max-age=86400",
    }
    return Response(found.content, media_type=found.content_type, headers=headers)


@post("/api/email/images", status_code=200, summary="Images of a mail that is being written", operation_id="sign_draft_images")
async def sign_draft_images(actor: NamedDependency[Actor], data: JSONBody[DraftImagesInput]) -> DraftImages:
    return DraftImages(remote.of_drafts(actor, data.addresses))


@get("/api/email/inboxes", summary="Inboxes that you can write mail from", operation_id="list_mail_inboxes")
async def list_mail_inboxes(actor: NamedDependency[Actor]) -> list[MailInboxView]:
    return await writing.inboxes_of(actor)


@get("/api/email/alerts", summary="E-mail inboxes that are silent or failing", operation_id="list_mail_alerts")
async def list_mail_alerts(actor: NamedDependency[Actor]) -> list[InboxAlert]:
    return await alerts.of(actor)


@get("/api/conversations/{conversation_id:int}/recipients", summary="Whom a reply by mail goes to", operation_id="get_recipients")
async def get_recipients(actor: NamedDependency[Actor], conversation_id: FromPath[int]) -> RecipientsView:
    return await recipients.view(actor, conversation_id)


@put(
    "/api/conversations/{conversation_id:int}/recipients", status_code=204, summary="Choose whom the next reply goes to",
    operation_id="choose_recipients",
)  # fmt: skip
async def choose_recipients(actor: NamedDependency[Actor], conversation_id: FromPath[int], data: JSONBody[RecipientsInput]) -> None:
    await recipients.choose(actor, conversation_id, data)


@post("/api/messages/{message_id:int}/forward", summary="Send a message on to people outside", operation_id="forward_message")
async def forward_message(actor: NamedDependency[Actor], message_id: FromPath[int], data: JSONBody[ForwardInput]) -> Sent:
    return await forwarding.forward(actor, message_id, data)


@post(
    "/api/messages/{message_id:int}/undo", status_code=200, summary="Take back a mail that has not left", operation_id="undo_mail"
)
async def undo_mail(actor: NamedDependency[Actor], message_id: FromPath[int]) -> TakenBack:
    return await undoing.undo(actor, message_id)


@get("/api/profile/mail", summary="What you have set for your mail", operation_id="get_mail_preference")
async def get_mail_preference(actor: NamedDependency[Actor]) -> MailPreferenceView:
    return await preferences.get(actor)


@put("/api/profile/mail", summary="Set how long your mail can be taken back", operation_id="set_mail_preference")
async def set_mail_preference(actor: NamedDependency[Actor], data: JSONBody[MailPreferenceInput]) -> MailPreferenceView:
    return await preferences.save(actor, data.undo_s)


HANDLERS = [
    take_mail,
    connect_email,
    get_email_inbox,
    list_mails,
    write_mail,
    count_mails,
    get_mail,
    download_mail,
    retry_mail,
    list_message_mails,
    get_message_mail,
    decide_mail_images,
    get_mail_image,
    sign_draft_images,
    list_mail_inboxes,
    list_mail_alerts,
    get_recipients,
    choose_recipients,
    forward_message,
    undo_mail,
    get_mail_preference,
    set_mail_preference,
]
router = Router("/", route_handlers=HANDLERS, tags=["email"])
PUBLIC = (
    "POST /inbound/email",
    "GET /mail-images/{organization_id:int}/{message_id:int}/{until:int}/{signature:str}",
)
