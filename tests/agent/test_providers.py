"""Where an organization's own model is asked, and with what: never past our way out, never with anything of the operator's."""

from collections.abc import AsyncIterator, Iterator

import pytest

from agent.llm import actions, models
from agent.llm.chat import Deadline, ModelFailed
from agent.llm.models import Chosen
from agent.llm.prompts import TRY
from agent.llm.structs import ModelInput
from core import egress
from core.errors import Invalid
from core.settings import Settings
from tests.agent.loopback import KEY, Answer, Loopback, loopback
from tests.factories import an_organization

OPERATORS = {
    "OPENAI_API_KEY": "sk-operator", "OPENAI_ADMIN_KEY": "sk-operator-admin", "OPENAI_ORG_ID": "org-operator", "OPENAI_PROJECT_ID": "proj-operator",
    "OPENAI_API_BASE": "http://127.0.0.1:1/operator", "OPENAI_BASE_URL": "http://127.0.0.1:1/operator", "OPENAI_PROXY": "http://127.0.0.1:1",
    "HTTPS_PROXY": "http://127.0.0.1:1", "HTTP_PROXY": "http://127.0.0.1:1", "OPENAI_CUSTOM_HEADERS": "X-Secret: operator",
    "AZURE_OPENAI_API_KEY": "az-operator", "OPENAI_API_VERSION": "2024-02-01", "LANGSMITH_API_KEY": "ls-operator",
    "LANGSMITH_GATEWAY_API_KEY": "ls-operator", "ANTHROPIC_API_KEY": "an-operator", "AWS_SECRET_ACCESS_KEY": "aws-operator",
}  # fmt: skip
OTHERS = ["azure_openai", "langsmith", "anthropic", "bedrock", "google_genai", "ollama", "openrouter", "litellm", "nobody"]


@pytest.fixture
def operators(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(egress, "settings", lambda: Settings(egress_networks=("127.0.0.0/8",)))
    for name, value in OPERATORS.items():
        monkeypatch.setenv(name, value)
    models.load.cache_clear()
    yield
    models.load.cache_clear()


@pytest.fixture
async def server(operators: None) -> AsyncIterator[Loopback]:
    async with loopback() as found:
        found.says = lambda asked: Answer('{"ready": true}')
        yield found


@pytest.mark.parametrize(("key", "sent"), [("", "Bearer none"), (KEY, f"Bearer {KEY}")])
async def test_nothing_of_the_operators_goes_to_an_organizations_server(server: Loopback, key: str, sent: str) -> None:
    assert await models.chat(Chosen("openai:tiny", server.url, key)).ask(TRY, Deadline(10))
    (asked,) = server.asked
    assert asked.headers["authorization"] == sent
    assert not [value for value in asked.headers.values() if "operator" in value]
    assert set(asked.headers) <= models.SENT


@pytest.mark.usefixtures("operators")
def test_without_an_address_it_is_the_providers_own_whatever_the_environment_says() -> None:
    assert str(models.load(Chosen("openai:tiny", key=KEY)).root_async_client.base_url) == f"{models.OPENAI}/"


@pytest.mark.usefixtures("operators")
@pytest.mark.parametrize("provider", OTHERS)
@pytest.mark.parametrize("key", ["", KEY])
def test_providers_with_ways_out_of_their_own_are_the_installations_alone(provider: str, key: str) -> None:
    with pytest.raises(ModelFailed, match="whole installation"):
        models.load(Chosen(f"{provider}:x", "http://127.0.0.1:1/v1", key))


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize("provider", OTHERS)
async def test_an_organization_is_told_so_when_it_chooses_one(provider: str) -> None:
    with pytest.raises(Invalid) as refused:
        await actions.choose(await an_organization(), ModelInput(name=f"{provider}:x", key=KEY))
    assert refused.value.reason == "provider_not_allowed"
    assert KEY not in str(refused.value)
