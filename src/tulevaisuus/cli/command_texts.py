"""The texts of the command, from its data files."""

from tulevaisuus.findings.localization import LocalizedText, Param
from tulevaisuus.findings.text_catalogue import open_catalogue

__all__ = ["CommandError", "text"]


class CommandError(Exception):
    """An error in the arguments; its message is in the language of the user."""

    def __init__(self, name: str, section: str = "error", /, **params: Param) -> None:
        """Take the name of the message in ``texts/command.toml``, and its parameters."""
        super().__init__(name)
        self.message: LocalizedText = _phrase(section, name)
        self.params: dict[str, Param] = params

    def localize(self, language: str) -> str:
        """Return the message in a language."""
        return self.message.fill(self.params, language)


def _phrase(section: str, name: str) -> LocalizedText:
    """Return a phrase of ``texts/command.toml``."""
    return open_catalogue("tulevaisuus.cli", "command")[section][name]


def text(section: str, name: str, language: str, /, **params: Param) -> str:
    """Return a phrase in a language, with values filled in."""
    return _phrase(section, name).fill(params, language)
