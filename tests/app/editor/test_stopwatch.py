"""What a stopwatch makes of the moments it is told of."""

from __future__ import annotations

import pytest

from app.core.latency import LatencyRecorder, Phase
from app.editor.stopwatch import Stopwatch


class _Time:
    now = 10.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> _Time:
    return _Time()


@pytest.fixture
def recorder() -> LatencyRecorder:
    return LatencyRecorder()


@pytest.fixture
def watch(time: _Time, recorder: LatencyRecorder) -> Stopwatch:
    return Stopwatch(recorder, time, 9.998)


def _counts(recorder: LatencyRecorder) -> dict[Phase, int]:
    return {phase: recorder.summary(phase).count for phase in Phase}


def test_a_suggestion_that_was_there_before_the_pause_ended(
    watch: Stopwatch, time: _Time, recorder: LatencyRecorder
) -> None:
    watch.requested()
    time.now += 0.03
    watch.text_came()
    time.now += 0.05
    watch.text_came()
    watch.whole(painted=False)
    time.now += 0.2
    watch.due()
    time.now += 0.004
    watch.painted(whole=True)
    p50 = {phase: recorder.summary(phase).p50 for phase in Phase}
    assert p50[Phase.KEY_TO_REQUEST] == pytest.approx(2)
    assert p50[Phase.REQUEST_TO_FIRST_TEXT] == pytest.approx(30)
    assert p50[Phase.REQUEST_TO_WHOLE] == pytest.approx(80)
    assert p50[Phase.DELAY_TO_PAINTED] == pytest.approx(4)
    assert p50[Phase.DELAY_TO_WHOLE] == pytest.approx(4)


def test_one_that_still_streams_when_the_pause_ends(
    watch: Stopwatch, time: _Time, recorder: LatencyRecorder
) -> None:
    watch.requested()
    watch.due()
    time.now += 0.05
    watch.text_came()
    watch.painted(whole=False)
    time.now += 0.05
    watch.painted(whole=False)
    watch.whole(painted=True)
    assert recorder.summary(Phase.DELAY_TO_PAINTED).p50 == pytest.approx(50)
    assert recorder.summary(Phase.DELAY_TO_WHOLE).p50 == pytest.approx(100)
    assert max(_counts(recorder).values()) == 1


def test_a_key_in_between_begins_the_pause_anew(
    watch: Stopwatch, time: _Time, recorder: LatencyRecorder
) -> None:
    watch.due()
    watch.not_due()
    time.now += 1
    watch.due()
    time.now += 0.01
    watch.painted(whole=True)
    assert recorder.summary(Phase.DELAY_TO_PAINTED).p50 == pytest.approx(10)


def test_one_that_was_asked_for_has_a_phase_of_its_own(
    watch: Stopwatch, recorder: LatencyRecorder
) -> None:
    watch.due(asked=True)
    watch.painted(whole=True)
    counts = _counts(recorder)
    assert counts[Phase.ASKED_TO_PAINTED] == 1
    assert counts[Phase.DELAY_TO_PAINTED] == 0
