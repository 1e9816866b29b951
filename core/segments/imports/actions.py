"""Putting the contacts of a file on a list: those that are known by their addresses, the others as new ones. A dry run says what would happen.

It goes in pieces, each a unit of work: an import that was cut off is begun again, and what it did already is found done.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from typing import NamedTuple

from core.access import MARKETERS, Actor
from core.audit import log as audit
from core.contacts import actions as contacts
from core.contacts.queries import COLUMNS
from core.contacts.structs import ContactInput, ContactView
from core.database import Unit, read, transaction
from core.extend.files import too_large
from core.segments import actions as segments
from core.segments.imports import columns, sheets
from core.segments.imports.columns import BadRowError
from core.segments.imports.sheets import Sheet
from core.segments.imports.structs import ColumnView, Existing, ImportReport, Reason, SkippedView, WrongRow

PIECE = 250
LINES_TOLD = 10
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('import of contacts:' || $1::bigint, 0))"
"""One piece at a time in an organization: two that bring the same address would both take it for a new one."""
KNOWN = f"""
SELECT f.address, {COLUMNS} FROM (SELECT address, min(contact_id) AS contact_id FROM contacts_at($2) GROUP BY address) f
JOIN contacts k ON k.organization_id = $1 AND k.id = f.contact_id
"""
FREE = "SELECT CASE WHEN contacts_limit >= 0 THEN greatest(0, contacts_limit - contacts_used) END FROM organizations WHERE id = $1"
LISTED = "SELECT count(*) FROM segment_members WHERE organization_id = $1 AND segment_id = $2 AND contact_id = ANY ($3::bigint[])"

Said = tuple[int, ContactInput]
"""A line of the file, and what it says."""


class Sent(NamedTuple):
    """A file that comes in, and, once it is here, whether whoever sent it still waits."""

    chunks: AsyncIterator[bytes]
    waiting: Callable[[], AbstractAsyncContextManager[Callable[[], bool]]]


async def import_contacts(
    actor: Actor, segment_id: int, sent: Sent, targets: Sequence[str] | None, existing: Existing, *, dry_run: bool
) -> ImportReport:
    """Put everybody in a file on a list. `existing`: whether known contacts keep what is known of them, or take what the file says.

    It ends early where nobody waits for its end any more. Safe to repeat. Whether somebody wants mail is never changed by it. Admins and users.

    Raises:
        NotFound: the segment is unknown to the actor's organization.
        Conflict: `not_a_list`.
        TooLarge: the file has too many bytes.
        Invalid: `no_sheet`, `too_many_rows`, `too_many_columns`, `too_long`; `bad_columns`, with a `path`, the `heading`, and a `sample`.
    """
    actor.require(*MARKETERS)
    async with transaction(actor):
        await segments.check_list(actor, segment_id)
    sheet = sheets.read(await _whole(sent.chunks))
    chosen = columns.of(sheet, targets)
    report = ImportReport(dry_run, chosen, len(sheet.rows), 0, 0, 0, 0, 0, [], sheets.sample(sheet), [])
    run = _Run(actor, segment_id, existing, report)
    readable = list(run.readable(sheet, chosen))
    async with sent.waiting() as is_wanted:
        for first in range(0, len(readable), PIECE):
            if is_wanted():
                await run.piece(readable[first : first + PIECE])
    if not dry_run:
        await run.note()
    return run.report


async def _whole(chunks: AsyncIterator[bytes]) -> bytes:
    content = bytearray()
    async for chunk in chunks:
        content += chunk
        if len(content) > sheets.BYTES_MAX:
            raise too_large(sheets.BYTES_MAX)
    return bytes(content)


class _Run:
    """An import under way, and what is to be told of it."""

    def __init__(self, actor: Actor, segment_id: int, existing: Existing, report: ImportReport) -> None:
        self._actor = actor
        self._segment_id = segment_id
        self._existing = existing
        self._planned = 0
        self.report = report

    def readable(self, sheet: Sheet, chosen: Sequence[ColumnView]) -> Iterator[Said]:
        """The rows that say something of somebody, each address once."""
        seen: set[str] = set()
        for row in sheet.rows:
            try:
                said = columns.contact(row, chosen)
            except BadRowError as error:
                self._skip("bad_address" if error.is_address else "bad_value", row.line, error.detail)
                continue
            if said.email is None:
                self._skip("no_address", row.line)
            elif said.email.lower() in seen:
                self._skip("twice_in_file", row.line)
            else:
                seen.add(said.email.lower())
                yield row.line, said

    def _skip(self, reason: Reason, line: int, detail: str = "") -> None:
        self.report.wrong.append(WrongRow(line, reason, detail))
        found = next((each for each in self.report.skipped if each.reason == reason), None)
        if found is None:
            found = SkippedView(reason, 0, [], detail)
            self.report.skipped.append(found)
        found.count += 1
        if len(found.lines) < LINES_TOLD:
            found.lines.append(line)

    def _unit(self) -> AbstractAsyncContextManager[Unit]:
        return read(self._actor) if self.report.dry_run else transaction(self._actor)

    async def piece(self, said: Sequence[Said]) -> None:
        async with self._unit() as db:
            if not self.report.dry_run:
                await db.execute(LOCK, self._actor.organization_id)
                await segments.check_list(self._actor, self._segment_id)
            rows = await db.fetch_rows(KNOWN, self._actor.organization_id, [_address(one) for _, one in said])
            known = {row[0]: ContactView(*row[1:]) for row in rows}
            ids = [found.id for line, one in said if (found := known.get(_address(one))) and await self._matched(line, found, one)]
            new = [(line, one) for line, one in said if _address(one) not in known]
            await self._listed(db, ids, await self._created(db, new))

    async def _matched(self, line: int, before: ContactView, said: ContactInput) -> bool:
        """Whether somebody who is known goes on the list: not if the file would have of him what cannot be."""
        try:
            change = columns.changes(before, said) if self._existing == "update" else None
        except BadRowError as error:
            self._skip("bad_value", line, error.detail)
            return False
        self.report.matched += 1
        if change is not None:
            self.report.updated += 1
            if not self.report.dry_run:
                await contacts.update(self._actor, before.id, change)
        return True

    async def _created(self, db: Unit, new: Sequence[Said]) -> list[int]:
        """Ids of those who were added; of a dry run, of nobody."""
        if self.report.dry_run:
            free = await db.fetch_value(FREE, self._actor.organization_id)
            ids: list[int] = []
            count = len(new) if free is None else max(0, min(len(new), free - self._planned))
            self._planned += count
        else:
            ids = await contacts.create_many(self._actor, [one for _, one in new], source="import")
            count = len(ids)
        for line, _ in new[count:]:
            self._skip("plan_limit", line)
        self.report.created += count
        self.report.added += count
        return ids

    async def _listed(self, db: Unit, matched: list[int], created: list[int]) -> None:
        if self.report.dry_run:
            already = await db.fetch_value(LISTED, self._actor.organization_id, self._segment_id, matched)
        else:
            added = await segments.put(db, self._actor, self._segment_id, matched + created)
            already = len(matched) + len(created) - len(added)
        self.report.already += already
        self.report.added += len(matched) - already

    async def note(self) -> None:
        report = self.report
        async with transaction(self._actor):
            await audit.note(
                self._actor, "segment.imported", subject=str(self._segment_id),
                rows=report.rows, created=report.created, matched=report.matched, updated=report.updated, added=report.added,
            )  # fmt: skip


def _address(said: ContactInput) -> str:
    return (said.email or "").lower()
