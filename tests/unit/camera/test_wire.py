import pytest

from camera.device import CameraInfo
from camera.frame import PixelFormat
from camera.settings import CameraSettings
from camera.wire import Begin, Failed, Fire, Message, Missed, Ready, Stop, Told, Written, decode, encode

INFO = CameraInfo("replay", "v", "m", "s", 4, 3, PixelFormat.MONO8, ("Mono8", "RGB8"), knows_trigger_ids=False)


@pytest.mark.parametrize(
    "message",
    [
        Begin(CameraSettings("left", "replay", {"folder": "/x"})),
        Fire(1, 2, 3),
        Stop(),
        Ready(INFO),
        Written(4, 5),
        Fire(2**40, 2**62, 2**62),
        Told({"temperature_c": 41.5}),
        Missed(6, True, "torn \N{EN DASH} half"),
        Failed("gone"),
    ],
)
def test_every_message_arrives_as_it_was_sent(message: Message) -> None:
    assert decode(encode(message)) == message
