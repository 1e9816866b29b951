"""Event frames, each built once for all links that receive it. The bodies are forwarded as recorded, unopened."""

from core.access import Actor, ActorKind
from core.auth.tickets import Cursor, seal_cursor
from core.events.contract import Logged


class Frames:
    """The staff's and the visitors' frame of one event, made when first asked for."""

    def __init__(self, event: Logged) -> None:
        self.event = event
        self._staff: str | None = None
        self._visitor: str | None = None

    def for_actor(self, actor: Actor) -> str | None:
        """The frame for this actor; None: the event has nothing for visitors."""
        if actor.kind != ActorKind.visitor:
            if self._staff is None:
                self._staff = _frame(f"{self.event.epoch}.{self.event.position}", self.event.body)
            return self._staff
        if self.event.public is None:
            return None
        if self._visitor is None:
            cursor = seal_cursor(self.event.organization_id, Cursor(self.event.epoch, self.event.position))
            self._visitor = _frame(cursor, self.event.public)
        return self._visitor


def _frame(cursor: str, body: bytes) -> str:
    return f'{{"op":"event","cursor":"{cursor}","event":{body.decode()}}}'
