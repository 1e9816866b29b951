"""Frames as they stand on the wire."""

from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.frames import apart, framed, payload_of

sizes = st.one_of(st.integers(0, 130), st.integers(65_530, 65_540), st.integers(0, 200_000))


@settings(max_examples=200, deadline=None)
@given(st.lists(sizes, max_size=6))
def test_frames_that_were_joined_come_apart_again(lengths: list[int]) -> None:
    payloads = [bytes([number % 256]) * length for number, length in enumerate(lengths)]
    frames = [framed(payload) for payload in payloads]
    assert list(apart(b"".join(frames))) == frames
    assert [payload_of(frame) for frame in frames] == payloads
