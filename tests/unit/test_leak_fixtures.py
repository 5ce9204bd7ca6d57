"""The leak fixtures must bite; each case runs a small suite of its own and expects it to fail."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

LEAKS = {
    "threads": "import threading\ndef test_it():\n    threading.Thread(target=threading.Event().wait, daemon=True).start()\n",
    "processes": "import subprocess\nkeep = []\ndef test_it():\n    keep.append(subprocess.Popen(['sleep', '30']))\n",
    "shared memory": "import os\ndef test_it():\n    os.memfd_create('left')\n",
    "tasks": (
        "import asyncio\nkeep = []\ndef test_it():\n    loop = asyncio.new_event_loop()\n"
        "    keep.append((loop, loop.create_task(asyncio.sleep(30))))\n    loop.run_until_complete(asyncio.sleep(0))\n"
    ),
}


@pytest.mark.parametrize("kind", LEAKS)
def test_a_leak_fails_the_test(kind: str, pytester: pytest.Pytester) -> None:
    fixtures = (Path(__file__).parents[1] / "conftest.py").read_text().replace("GRACE_S = 5.0", "GRACE_S = 0.2")
    pytester.makeconftest(fixtures)
    body = LEAKS[kind]
    if kind == "processes":
        body += "def test_clean():\n    keep[0].kill(); keep[0].wait()\n"
    pytester.makepyfile(body)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    result.stdout.fnmatch_lines(["*left behind*"])
    outcomes = result.parseoutcomes()
    assert outcomes.get("errors") == 1
