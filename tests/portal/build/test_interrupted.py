"""Ctrl-C ends the reading between two waits: heard inside a queue, it would leave a thread of the pool waiting for ever."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from typing import Any

import pytest

from portal.build.readers import Given, Outcome, Readers


@pytest.fixture(autouse=True)
def as_in_a_terminal() -> Iterator[None]:
    """Ctrl-C raises KeyboardInterrupt, which a program that was started in the background may not do."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


DOCUMENTS = [Given(place, (), "", "", 0) for place in range(3)]


class Interrupted(Readers):
    """Its user presses Ctrl-C while a document is handed out."""

    handed_out = stopped = 0

    def most_out(self) -> int:
        return 1

    def hand_out(self, batch: Sequence[Given]) -> Any:
        signal.raise_signal(signal.SIGINT)
        self.handed_out += 1
        return Future()

    def some_done(self) -> Sequence[Any]:
        return [*self._out]

    def told(self, future: Any, batch: Sequence[Given]) -> Iterator[tuple[Given, Outcome]]:
        yield batch[0], "read"

    def stop(self) -> None:
        self.stopped += 1


def test_ctrl_c_is_heard_after_the_document_is_handed_out() -> None:
    with pytest.raises(KeyboardInterrupt), Interrupted() as readers:
        list(readers.outcomes(DOCUMENTS, lambda: None))
    assert (readers.handed_out, readers.stopped) == (1, 1)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_ctrl_c_after_the_last_document_is_heard_too() -> None:
    readers = Interrupted()
    with pytest.raises(KeyboardInterrupt), readers:
        signal.raise_signal(signal.SIGINT)
    assert readers.stopped == 1


def test_who_leaves_ctrl_c_to_others_goes_on_reading() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with Interrupted() as readers:
        assert len(list(readers.outcomes(DOCUMENTS, lambda: None))) == len(DOCUMENTS)
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
