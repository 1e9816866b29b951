"""The part of a world that is about mail."""

import secrets
from typing import Any

from core.access import Actor
from core.channels.email import actions as email
from core.channels.email import jobs as email_jobs
from core.channels.email import preferences, recipients
from core.channels.email.gateway.accept import accept
from core.channels.email.structs import EmailInboxInput, PersonInput, RecipientsInput
from core.channels.email.subscribers import send_by_mail
from core.database import pool
from core.messages import actions as messages
from core.messages.events import MessageCreated
from core.messages.structs import ReplyInput
from tests.factories import an_inbox, client_id
from tests.security import mailboxes
from tests.security.sending import a_mail_with_images, a_sending_inbox


async def a_mailed_inbox(admin: Actor, canary: str) -> dict[str, Any]:
    """An e-mail inbox with a mail in it, and an answer to whom its writer chose; as names."""
    inbox, address = await an_inbox(admin, name="Post"), f"{canary}-{secrets.token_hex(4)}@example.com"
    await email.connect(admin, inbox.id, EmailInboxInput(address, f"Post {canary}"))
    await mailboxes.unread(admin, inbox.id, canary)
    raw = f"From: {canary}@example.org\r\nSubject: {canary}\r\n\r\nThe word is {canary}.\r\n".encode()
    mail_id = (await accept("http", f"{canary}@example.org", address, raw)).mail_id
    await email_jobs.understand.function(admin.organization_id, mail_id)
    where = "SELECT conversation_id, message_id FROM inbound_mails WHERE id = $1"
    conversation_id, message_id = await pool().fetchrow(where, mail_id)
    reply = ReplyInput(client_id=client_id(), content=f"Hello {canary}")
    await preferences.save(admin, 0)
    await recipients.choose(admin, conversation_id, RecipientsInput(reply.client_id, [PersonInput(f"{canary}@example.org")]))
    sent = await messages.reply(admin, conversation_id, reply)
    await send_by_mail.function(
        MessageCreated(organization_id=admin.organization_id, conversation=sent.conversation, message=sent.message)
    )
    await a_mail_with_images(admin, message_id, canary)
    return {
        "mail": mail_id,
        "email_inbox": inbox.id,
        "mail_message": message_id,
        "sending_inbox": await a_sending_inbox(admin, canary),
    }
