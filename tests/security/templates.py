"""What a world has of mail templates."""

from typing import Any

from core.access import Actor
from core.templates import actions
from core.templates.blocks import TextBlock
from core.templates.structs import TemplateInput


async def a_template(admin: Actor, word: str) -> dict[str, Any]:
    made = TemplateInput(f"Template {word}", f"About {word}", blocks=[TextBlock(f"The word is {word}")])
    return {"template": (await actions.create(admin, made)).id}


async def another(world: Any) -> dict[str, Any]:
    return await a_template(world.admin, "passing")
