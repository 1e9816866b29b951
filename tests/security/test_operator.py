"""What the operator of an installation can do: renew a lost password, close the door to new organizations."""

import msgspec
import pytest

from core.auth import accounts
from core.auth.structs import LoginInput, SignUpInput
from core.database import pool
from core.errors import Forbidden, NotFound, Unauthenticated
from core.settings import settings
from tests.factories import PASSWORD, an_address
from tests.stack import Stack


def _new(email: str) -> SignUpInput:
    return SignUpInput(organization_name="Bike Works", name="Ines", email=email, password=PASSWORD)


async def test_a_lost_password_is_renewed_and_every_session_ends(stack: Stack) -> None:
    email = an_address()
    before = await accounts.sign_up(_new(email), user_agent="", address="")
    password = (await stack.command("password", email.upper())).strip()
    with pytest.raises(Unauthenticated):
        await accounts.log_in(LoginInput(email=email, password=PASSWORD), user_agent="", address="")
    after = await accounts.log_in(LoginInput(email=email, password=password), user_agent="", address="")
    assert after.me.user_id == before.me.user_id
    ended = await pool().fetchval("SELECT revoked_at IS NOT NULL FROM sessions WHERE id = $1", before.session_id)
    assert ended


async def test_nobody_is_told_a_password_for_an_account_that_is_not_there(connected: object) -> None:
    from core.auth import operator

    with pytest.raises(NotFound):
        await operator.renew(an_address())


async def test_an_installation_can_take_no_new_organizations(connected: object, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = msgspec.structs.replace(settings(), sign_up=False)
    monkeypatch.setattr(accounts, "settings", lambda: closed)
    with pytest.raises(Forbidden) as refused:
        await accounts.sign_up(_new(an_address()), user_agent="", address="")
    assert refused.value.reason == "sign_up_closed"
