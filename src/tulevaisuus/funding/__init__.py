"""Which grant pays a cost on a day: costs, and the plan that assigns them to grants.

A plan is arithmetic on recorded data. It is no decision on eligibility: the authority that grants
and pays makes that decision.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tulevaisuus.funding.balances_and_lapses import Lapse
    from tulevaisuus.funding.cost import Cost
    from tulevaisuus.funding.credit_notes import Settlement
    from tulevaisuus.funding.own_contributions import OwnContribution
    from tulevaisuus.funding.payment_and_unpaid_classes import Payment, Unpaid
    from tulevaisuus.funding.plan_result import Plan
    from tulevaisuus.funding.planning import plan
    from tulevaisuus.funding.tsk7_codes import reasons

__all__ = [
    "Cost",
    "Lapse",
    "OwnContribution",
    "Payment",
    "Plan",
    "Settlement",
    "Unpaid",
    "plan",
    "reasons",
]

_NAMES_BY_MODULE = {
    "balances_and_lapses": ("Lapse",),
    "tsk7_codes": ("reasons",),
    "own_contributions": ("OwnContribution",),
    "credit_notes": ("Settlement",),
    "cost": ("Cost",),
    "payment_and_unpaid_classes": ("Payment", "Unpaid"),
    "planning": ("plan",),
    "plan_result": ("Plan",),
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        from tulevaisuus._lazy import open_name

        return open_name(__name__, _NAMES_BY_MODULE, name)

    def __dir__() -> list[str]:
        return list(__all__)
