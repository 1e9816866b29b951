"""All that it adds to Lacasa."""

from core.extend.module import Module, Panel
from lacasa_loyalty import routes
from lacasa_loyalty.steps import AWARD_POINTS
from lacasa_loyalty.tables import LoyaltyPoint
from lacasa_loyalty.tools import POINTS

module = Module(
    name="loyalty",
    tables=[LoyaltyPoint],
    migrations="lacasa_loyalty.migrations.piccolo_app",
    routes=[routes.router],
    steps=[AWARD_POINTS],
    agent_tools=[POINTS],
    panels=[Panel("loyalty.contact", "Points", place="contact", path="/api/loyalty/panels/contact")],
)
