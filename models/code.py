"""Which version of this program is running, for whatever keeps a record of what made it."""

from importlib.metadata import PackageNotFoundError, version


def code_version() -> str:
    """Return the installed version, "unknown" where the program was never installed."""
    try:
        return version("inspection-station")
    except PackageNotFoundError:
        return "unknown"
