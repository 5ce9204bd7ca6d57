import subprocess
import sys
from pathlib import Path

import pytest

from camera.device import CameraDevice, CameraError
from camera.registry import BACKENDS, discover, make_device
from camera.settings import CameraSettings


def test_an_unknown_backend_names_the_nearest() -> None:
    with pytest.raises(CameraError, match="did you mean 'genicam'"):
        make_device(CameraSettings("left", "genicm"))
    with pytest.raises(CameraError, match="valid are genicam, gige, replay, simulated"):
        discover("webcam", {})


def test_a_device_is_made_without_touching_anything(tmp_path: Path) -> None:
    device: CameraDevice = make_device(CameraSettings("left", "replay", {"folder": str(tmp_path / "not there")}))
    device.close()


def test_a_backend_that_cannot_be_imported_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("camera.registry.BACKENDS", {"broken": "camera.backends.no_such_module"})
    with pytest.raises(CameraError, match=r"broken.*cannot be loaded"):
        discover("broken", {})


def test_vendor_libraries_are_imported_only_when_used() -> None:
    heavy = ("harvesters", "genicam", "viva_genicam", "PIL", "cv2")
    code = f"import sys, camera.registry, camera.client; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert set(BACKENDS) == {"genicam", "gige", "replay", "simulated"}
