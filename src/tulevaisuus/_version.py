"""The version of the interface (SemVer); every part of the package may know it."""

__all__ = ["__version__"]

__version__ = "0.1.0"
