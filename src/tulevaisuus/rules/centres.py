"""TSK5xx: rules for service centres.

The severity, evidence and texts of each rule are in ``severities_and_texts/tsk5_centres.toml``.
"""

from collections.abc import Iterator

from tulevaisuus.model.service import ServiceCode
from tulevaisuus.model.service_centre import ServiceCentre
from tulevaisuus.model.text import Language
from tulevaisuus.rules.lookups import Context
from tulevaisuus.rules.problem_messages import Problem, problem
from tulevaisuus.rules.rule_declaration import rule, texts

TEXTS = texts("centres")


@rule(ServiceCentre, needs=("services",), **TEXTS["TSK501"])
def services_missing(centre: ServiceCentre, context: Context) -> Iterator[Problem]:
    """Find centres with recorded services that lack some of the eight groups."""
    if centre.services is None:
        return
    services = [context.service(code) for code in ServiceCode if code not in centre.services]
    missing = tuple(service.name for service in services if service is not None)
    if missing:
        yield problem("/services", centre=centre.id, missing=missing)


@rule(ServiceCentre, needs=("languages",), **TEXTS["TSK502"])
def language_missing(centre: ServiceCentre, context: Context) -> Iterator[Problem]:
    """Find centres in bilingual regions that do not serve in both national languages."""
    region = context.region(centre.region)
    if region is None or not region.bilingual or centre.languages is None:
        return
    missing = tuple(
        language for language in (Language.FI, Language.SV) if language not in centre.languages
    )
    if missing:
        yield problem("/languages", centre=centre.id, region=region.name, missing=missing)
