"""Output is complete or an error, whatever the standard streams are."""

import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.command import BROKEN, VALID
from tulevaisuus import cli
from tulevaisuus.cli import main, output

CODE = "import sys; from tulevaisuus.cli import main; sys.exit(main())"


def ours(*arguments: str, before: str = "") -> list[str]:
    """Return the command line of our command, with code to run before it."""
    return [sys.executable, "-c", f"{before}\n{CODE}", *arguments]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("show", "municipalities"), 0),
        (("check",), 0),
        (("check", "--format", "json"), 0),
        (("check", BROKEN), 1),
        (("check", BROKEN, "--format", "sarif"), 1),
        (("--help",), 0),
    ],
    ids=str,
)
def test_closed_pipe_is_silent(arguments: Sequence[str], code: int) -> None:
    """If the reader has ended, as ``head`` does, there is no error; the exit code stays."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(  # noqa: S603 - our own command
        ours(*arguments), check=False, stdout=writer, stderr=subprocess.PIPE
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (code, b"")


class Unwritable(io.RawIOBase):
    """A file whose writing raises an error."""

    def __init__(self, error: OSError) -> None:
        """Set the error to raise."""
        super().__init__()
        self.error = error

    def writable(self) -> bool:
        """Return that it can be written, as a full disk does."""
        return True

    def write(self, _: object) -> int:
        """Raise the error."""
        raise self.error


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (OSError(28, "Disk full"), 2, "levy on täynnä\n"),
        (BrokenPipeError(32, "Broken pipe"), 0, ""),
    ],
    ids=["full", "closed"],
)
@pytest.mark.parametrize("format", ["text", "json", "sarif", "junit", "markdown"])
def test_output_that_cannot_be_written(
    format: str,
    error: OSError,
    code: int,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A full disk is an error of one line and exit code 2; a closed pipe is not an error."""
    with monkeypatch.context() as patched:
        stream = io.TextIOWrapper(io.BufferedWriter(Unwritable(error)), write_through=True)
        patched.setattr(sys, "stdout", stream)
        assert main(["check", VALID, "--format", format, "-l", "fi"]) == code
    assert capsys.readouterr().err == message


@pytest.mark.parametrize("stream", ["stdout", "stderr", "stdin"])
def test_closed_streams_lead_to_no_traceback(
    stream: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 2, with a sentence if it can be written."""
    with monkeypatch.context() as patched:
        patched.setattr(sys, stream, None)
        code = main(["check", "-" if stream == "stdin" else "none.json"])
    captured = capsys.readouterr()
    assert code == 2
    assert ("the stream is closed" in captured.out + captured.err) is (stream != "stderr")


class NonBlocking(io.RawIOBase):
    """A non-blocking stream: every other time it accepts nothing, else a few bytes."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.taken = bytearray()
        self.turn = 0

    def writable(self) -> bool:
        """Return that it can be written."""
        return True

    def write(self, data: memoryview) -> int | None:  # type: ignore[override]
        """Accept a few bytes every other time."""
        self.turn += 1
        if self.turn % 3 == 0:
            raise BlockingIOError(11, "Resource temporarily unavailable", 0)
        if self.turn % 3 == 1:
            return None
        self.taken += data[:4000]
        return min(len(data), 4000)


def test_non_blocking_stream_gets_everything(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Output is written again until all of it is accepted."""
    monkeypatch.setattr(output, "_RETRY_SECONDS", 0.0)
    hesitant = NonBlocking()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", io.TextIOWrapper(io.BufferedWriter(hesitant)))  # type: ignore[type-var]
        assert main(["show", "municipalities", "-f", "json"]) == 0
        taken = bytes(hesitant.taken)
    assert main(["show", "municipalities", "-f", "json"]) == 0
    assert taken.decode() == capsys.readouterr().out
    assert len(taken) > 10_000


@pytest.mark.skipif(sys.platform == "win32", reason="pipes that do not block are of Unix")
def test_non_blocking_pipe_gets_everything() -> None:
    """What does not fit into the pipe at once is written later."""
    before = "import os; os.set_blocking(1, False)"
    arguments = ours("show", "municipalities", "--format", "json", before=before)
    process = subprocess.Popen(  # noqa: S603 - our own command
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert len(out) > 65_536
    assert out.endswith(b"]\n")


@pytest.mark.skipif(sys.platform == "win32", reason="limits of files are of Unix")
def test_limit_on_file_size_is_an_error(tmp_path: Path) -> None:
    """The error is a sentence, and nothing is left behind."""
    before = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))"
    file = tmp_path / "report.sarif"
    done = subprocess.run(  # noqa: S603 - our own command
        ours("check", BROKEN, "-f", "sarif", "-o", str(file), before=before),
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stderr == f"{file}: the file would become too large\n"
    assert list(tmp_path.iterdir()) == []


def test_unbuffered_output_is_complete() -> None:
    """``PYTHONUNBUFFERED`` does not change the output."""
    outputs = {
        subprocess.run(  # noqa: S603 - our own command
            ours("check", BROKEN),
            check=False,
            capture_output=True,
            env={**os.environ, "PYTHONUNBUFFERED": value},
        ).stdout
        for value in ("", "1")
    }
    assert len(outputs) == 1


def test_interrupt_is_silent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C has exit code 130, without a message."""

    def interrupted(_: object) -> int:
        """Raise `KeyboardInterrupt`."""
        raise KeyboardInterrupt

    handler = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(cli, "_run", interrupted)
    try:
        assert main([]) == 130
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, handler)
    assert capsys.readouterr() == ("", "")


def test_interrupt_in_another_thread_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the main thread can handle signals; the exit code is the same."""

    def interrupted(_: object) -> int:
        """Raise `KeyboardInterrupt`."""
        raise KeyboardInterrupt

    codes: list[int] = []
    monkeypatch.setattr(cli, "_run", interrupted)
    thread = threading.Thread(target=lambda: codes.append(main([])))
    thread.start()
    thread.join()
    assert codes == [130]


@pytest.mark.parametrize("module", ["cyclopts", "tulevaisuus.cli.checking_files"])
def test_interrupt_during_start_up_is_silent(module: str) -> None:
    """While the parser or the modules of a command are imported, Ctrl-C is handled, too."""
    before = (
        "import builtins, tulevaisuus.cli\n"
        "real = builtins.__import__\n"
        "def interrupted(name, *others):\n"
        f"    if name == {module!r}:\n"
        "        raise KeyboardInterrupt\n"
        "    return real(name, *others)\n"
        "builtins.__import__ = interrupted\n"
    )
    done = subprocess.run(  # noqa: S603 - our own command
        ours("check", before=before), check=False, capture_output=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
