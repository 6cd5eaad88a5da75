"""The command ends in ways that a script can tell apart, and never in a traceback."""

import socket
from pathlib import Path

import click
import pytest

from earlydoors.config import serving
from earlydoors.config.cli import main, root
from earlydoors.config.cli.progress import Progress
from earlydoors.config.faults import CannotRun


def ends_with(code: int, *arguments: str) -> bool:
    return main(list(arguments)) == code


def test_help_says_what_to_try_and_what_the_codes_mean(capsys: pytest.CaptureFixture[str]) -> None:
    assert ends_with(root.FINE, "--help")
    shown = capsys.readouterr().out
    for word in ("earlydoors demo", "Exit codes", "EARLYDOORS_AREA", "doctor"):
        assert word in shown


@pytest.mark.parametrize("command", sorted(root.PLACES))
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ends_with(root.FINE, command, "--help")
    assert "Usage: earlydoors" in capsys.readouterr().out


def test_a_word_that_is_no_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert ends_with(root.WRONG_USE, "migrat")
    assert 'Did you mean "migrate"?' in capsys.readouterr().err


def test_an_option_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert ends_with(root.WRONG_USE, "serve", "--prot", "1")
    assert "--port" in capsys.readouterr().err


def test_a_profile_that_is_not_there_has_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert ends_with(root.FAULTY, "profile", "check", "atlantis")
    assert "There is no such profile. Mend: Use one of" in capsys.readouterr().out


def raising(error: BaseException) -> click.Command:
    @click.command()
    def broken() -> None:
        raise error

    return broken


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    monkeypatch.setenv("EARLYDOORS_DATA", str(tmp_path))
    monkeypatch.delenv("EARLYDOORS_DEBUG", raising=False)
    return monkeypatch


def test_what_cannot_run_here(
    failing: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing.setattr(root, "root", raising(CannotRun("The moon is full.", "Wait a day.")))
    assert main([]) == root.CANNOT_RUN
    assert capsys.readouterr().err == "earlydoors: The moon is full. Wait a day.\n"


def test_an_unforeseen_error_is_one_sentence_and_a_log(
    failing: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    failing.setattr(root, "root", raising(RuntimeError("a secret detail")))
    assert main([]) == root.OUR_ERROR
    shown = capsys.readouterr().err
    log = tmp_path / "errors.log"
    assert str(log) in shown
    assert "secret detail" not in shown
    assert "Traceback" not in shown
    assert "RuntimeError: a secret detail" in log.read_text()


def test_the_traceback_on_demand(
    failing: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing.setenv("EARLYDOORS_DEBUG", "1")
    failing.setattr(root, "root", raising(RuntimeError("a detail")))
    assert main([]) == root.OUR_ERROR
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupt(failing: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    failing.setattr(root, "root", raising(KeyboardInterrupt()))
    assert main([]) == root.INTERRUPTED
    assert capsys.readouterr().err.strip() == "Stopped."


class TestPort:
    def test_a_taken_port_proposes_the_next_free_one(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            with pytest.raises(CannotRun, match=rf"Port {port} is taken.*use --port \d+"):
                serving.free_port("127.0.0.1", port)

    def test_zero_is_any_free_one(self) -> None:
        assert serving.free_port("127.0.0.1", 0) > 1023

    def test_an_address_of_another_machine(self) -> None:
        with pytest.raises(CannotRun, match=r"has no address 192\.0\.2\.1"):
            serving.free_port("192.0.2.1", 8000)


def test_progress_is_one_line_a_step(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress() as progress:
        progress("Reading the profile")
        progress("Starting the database.")
    assert capsys.readouterr().out == "Reading the profile… done\nStarting the database… done\n"


def test_progress_says_which_step_failed(capsys: pytest.CaptureFixture[str]) -> None:
    def start() -> None:
        with Progress() as progress:
            progress("Starting the database")
            raise CannotRun("It does not start.")

    with pytest.raises(CannotRun):
        start()
    assert capsys.readouterr().out == "Starting the database… not done\n"
