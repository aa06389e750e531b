"""`reference`, all bundled facts as one portfolio, and `programme`, the programme itself."""

from tulevaisuus.facts import bundled_registers
from tulevaisuus.formats.decoding import decode
from tulevaisuus.model.portfolio import REGISTERS, Portfolio
from tulevaisuus.model.programme import Programme

__all__ = ["programme", "reference"]

programme: Programme = decode(Programme, bundled_registers.raw_facts("programme"))

reference: Portfolio = Portfolio.construct_unchecked(
    {
        "programme": programme,
        **{name: getattr(bundled_registers, name) for name in REGISTERS if name != "centres"},
    }
)
