"""What a mail can say of the organization that sends it."""

from collections.abc import Sequence

from core.access import Actor
from core.extend.merging import MergeField, Recipient, Values
from core.organizations import queries


async def load(actor: Actor, recipients: Sequence[Recipient]) -> list[Values]:
    found = await queries.get(actor)
    return [{"organization.name": found.name}] * len(recipients)


FIELDS = (MergeField(name="organization.name", title="Name of the organization", sample="Harbour Lights", load=load),)
