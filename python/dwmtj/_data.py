# SPDX-License-Identifier: Apache-2.0
"""Tells the module where the catalogs are that were installed with this package, wherever that has been moved to."""

import os
from pathlib import Path

for _above in Path(__file__).resolve().parents:
    if (_above / "share" / "dwmtj" / "devices").is_dir():
        os.environ.setdefault("DWMTJ_DATA", str(_above / "share" / "dwmtj"))
        break
