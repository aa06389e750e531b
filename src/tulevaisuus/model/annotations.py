"""Annotations for fields, such as `Euros` and `CallId`; type checkers see only the plain types.

A `Ref` names the registers in which `check` looks up the key. A register is a collection of the
entities of one class, by key.
"""

from decimal import Decimal
from typing import Annotated, TypeAlias

from tulevaisuus.model.field_types import Identifier, Money, Ref, UniqueList, Url, WholeNumber
from tulevaisuus.model.money_and_percent_types import Percent

__all__ = [
    "AreaCode",
    "BodyId",
    "CallId",
    "ContentCode",
    "Contribution",
    "DistrictCode",
    "Euros",
    "Id",
    "MaakuntaCode",
    "MunicipalityCode",
    "Number",
    "OrganisationId",
    "Percentage",
    "ProjectId",
    "Quantity",
    "RegionCode",
    "RoleCode",
    "SourceId",
    "ThemeCode",
    "UniqueList",
    "WebAddress",
]

Id: TypeAlias = Annotated[str, Identifier()]
Quantity: TypeAlias = Annotated[int, WholeNumber(0)]  # zero or more
Number: TypeAlias = Annotated[int, WholeNumber(1)]  # one or more
Euros: TypeAlias = Annotated[Decimal, Money()]  # above zero, at most two decimals
Contribution: TypeAlias = Annotated[Decimal, Money(allows_zero=True)]  # the same, or zero
Percentage: TypeAlias = Annotated[Decimal, Percent()]
WebAddress: TypeAlias = Annotated[str, Url()]

AreaCode: TypeAlias = Annotated[str, Ref("areas")]
BodyId: TypeAlias = Annotated[str, Ref("bodies")]
CallId: TypeAlias = Annotated[str, Ref("calls")]
ContentCode: TypeAlias = Annotated[str, Ref("services", "themes")]  # a service or theme
DistrictCode: TypeAlias = Annotated[str, Ref("hospital_districts")]
MaakuntaCode: TypeAlias = Annotated[str, Ref("maakunnat")]
MunicipalityCode: TypeAlias = Annotated[str, Ref("municipalities")]
OrganisationId: TypeAlias = Annotated[str, Ref("organisations")]
ProjectId: TypeAlias = Annotated[str, Ref("projects")]
RegionCode: TypeAlias = Annotated[str, Ref("regions")]
RoleCode: TypeAlias = Annotated[str, Ref("roles")]
SourceId: TypeAlias = Annotated[str, Ref("sources")]
ThemeCode: TypeAlias = Annotated[str, Ref("themes")]
