"""The peak memory of a process, for the other benchmarks."""

from pathlib import Path

__all__ = ["peak_kilobytes"]


def peak_kilobytes() -> int:
    """Return the peak memory of this process in kilobytes (on Linux; elsewhere 0).

    `ru_maxrss` would start at the peak of the process that started this one.
    """
    status = Path("/proc/self/status")
    lines = status.read_text("ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
