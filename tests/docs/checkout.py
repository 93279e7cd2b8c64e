# SPDX-License-Identifier: Apache-2.0
"""A folder to run the commands of pages in: what they read is there, what they write is gone with it."""

import contextlib
import os
import tempfile

FOLDERS = ("architecture", "devices", "networks", "testbenches", "traces")


@contextlib.contextmanager
def scratch_folder(sources):
    """An empty folder with the folders of the checkout beside it; its path."""
    with tempfile.TemporaryDirectory() as folder:
        for name in FOLDERS:
            os.symlink(os.path.join(sources, name), os.path.join(folder, name))
        yield folder
