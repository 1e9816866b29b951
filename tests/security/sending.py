"""What a world has of mail: an inbox that sends by a server of its own (which nobody reaches) and has a key, and images of a mail."""

from core.access import Actor
from core.channels.email import actions as email
from core.channels.email import images
from core.channels.email.dkim import actions as dkim
from core.channels.email.servers import actions as servers
from core.channels.email.servers.structs import SmtpServerInput
from core.channels.email.structs import EmailInboxInput, ImagesInput
from core.database import pool
from tests.factories import an_inbox

KEPT_IMAGE = "INSERT INTO email_images (organization_id, digest, content) VALUES ($1, $2, $3)"


async def a_sending_inbox(admin: Actor, canary: str) -> int:
    inbox = await an_inbox(admin, name="Letters")
    await email.connect(admin, inbox.id, EmailInboxInput(f"letters-{canary}@{canary}.invalid", f"Letters {canary}"))
    await servers.save(admin, inbox.id, SmtpServerInput(f"{canary}.invalid", 587, "starttls", canary, f"password-{canary}"))
    await dkim.make(admin, inbox.id)
    return inbox.id


async def a_mail_with_images(admin: Actor, message_id: int, canary: str) -> None:
    """Its sender's are always loaded, and one is kept."""
    await images.decide(admin, message_id, ImagesInput(always=True))
    await pool().execute(KEPT_IMAGE, admin.organization_id, canary, canary.encode())
