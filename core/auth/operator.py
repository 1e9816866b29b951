"""`lacasa password EMAIL`: what the operator of an installation can do for an account whose owner cannot sign in."""

import asyncio

from core import database
from core.auth import accounts, passwords
from core.auth.tokens import random_token
from core.errors import NotFound
from core.settings import Settings

FORGOTTEN = "UPDATE users SET password_hash = $2 WHERE lower(email) = lower($1) RETURNING id"


async def renew(email: str) -> str:
    """A new random password for the account; every session of it ends. Returns the password, which is stored only as a hash.

    Raises:
        NotFound: no account has this address.
    """
    password = random_token()
    hashed = await passwords.hash_password(password)
    async with database.system_transaction("an account belongs to no organization") as db:
        user_id = await db.fetch_value(FORGOTTEN, email, hashed)
        if user_id is None:
            raise NotFound(f"no account has the address {email}")
        await accounts.end_all_sessions(db, user_id)
    return password


def main(settings: Settings, email: str) -> str:
    async def run() -> str:
        await database.open_pool(settings.required_database_url(), size=2)
        try:
            return await renew(email)
        finally:
            await database.close_pool()

    return asyncio.run(run())
