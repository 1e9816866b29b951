"""An e-mail inbox of a world that sends by a server of its own, which nobody reaches, and has a key; nothing waits there to be sent."""

from core.access import Actor
from core.channels.email import actions as email
from core.channels.email.dkim import actions as dkim
from core.channels.email.servers import actions as servers
from core.channels.email.servers.structs import SmtpServerInput
from core.channels.email.structs import EmailInboxInput
from tests.factories import an_inbox


async def a_sending_inbox(admin: Actor, canary: str) -> int:
    inbox = await an_inbox(admin, name="Letters")
    await email.connect(admin, inbox.id, EmailInboxInput(f"letters-{canary}@{canary}.invalid", f"Letters {canary}"))
    await servers.save(admin, inbox.id, SmtpServerInput(f"{canary}.invalid", 587, "starttls", canary, f"password-{canary}"))
    await dkim.make(admin, inbox.id)
    return inbox.id
