"""Parts of the screens, without a display."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
