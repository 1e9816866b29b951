"""Test mails of templates over HTTP."""

from litestar import Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from core.access import Actor
from core.channels.email.template_tests import actions
from core.channels.email.template_tests.structs import TemplateTest, TemplateTestInput


@post("/", status_code=200, summary="Send a mail template to people who work here", operation_id="test_template")
async def test_template(
    actor: NamedDependency[Actor], template_id: FromPath[int], data: JSONBody[TemplateTestInput]
) -> TemplateTest:
    return await actions.send(actor, template_id, data)


router = Router("/api/templates/{template_id:int}/test", route_handlers=[test_template], tags=["templates"])
