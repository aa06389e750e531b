"""`reference`, all bundled facts as one portfolio, and `programme`, the programme itself."""

from tulevaisuus.facts import bundle
from tulevaisuus.formats.decoding import decode
from tulevaisuus.model.portfolio import REGISTERS, Portfolio
from tulevaisuus.model.programme import Programme

__all__ = ["programme", "reference"]

programme: Programme = decode(Programme, bundle.raw_facts("programme"))

reference: Portfolio = Portfolio.construct_unchecked(
    {
        "programme": programme,
        **{name: getattr(bundle, name) for name in REGISTERS if name != "centres"},
    }
)
