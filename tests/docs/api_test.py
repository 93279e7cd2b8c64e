# SPDX-License-Identifier: Apache-2.0
"""Makes the reference of the headers: api_test.py SOURCES

Doxygen has nothing to warn of, every header of a library is in it and says what it is, and a comment that is wrong does fail.
Exit status: 0, or 1 with a line for each fault; 77 where there is no Doxygen.
"""

import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

SKIPPED = 77
WRONG = "// SPDX-License-Identifier: Apache-2.0\n// What it is.\n#pragma once\n\n// See @ref nothing_that_there_is.\nint f(int x);\n"


def described(xml_folder):
    """The headers of the reference that say what they are."""
    found = set()
    for path in glob.glob(os.path.join(xml_folder, "*.xml")):
        for part in xml.etree.ElementTree.parse(path).getroot().iter("compounddef"):
            texts = [part.find(kind) for kind in ("briefdescription", "detaileddescription")]
            if part.get("kind") == "file" and any("".join(text.itertext()).strip() for text in texts if text is not None):
                found.add(part.find("location").get("file"))
    return found


def headers(sources):
    """Those of all libraries."""
    folders = []
    for path in glob.glob(os.path.join(sources, "*/CMakeLists.txt")):
        with open(path, encoding="utf-8") as text:
            if re.search(r"^ *dwmtj_library", text.read(), re.M):
                folders.append(os.path.dirname(path))
    return {os.path.relpath(path, sources) for folder in folders for path in glob.glob(os.path.join(folder, "*.h"))}


def doxygen_of(sources, text, folder):
    """Its end on a header that says this."""
    with open(os.path.join(folder, "wrong.h"), "w", encoding="utf-8") as file:
        file.write(text)
    environment = {**os.environ, "DWMTJ_API": folder, "DWMTJ_API_FOLDERS": os.path.join(folder, "wrong.h")}
    return subprocess.run(["doxygen", "docs/api/Doxyfile"], cwd=sources, env=environment, capture_output=True, text=True, check=False)


def main(sources):
    """Prints the faults; returns the exit status."""
    if not shutil.which("doxygen"):
        print("not tried: no doxygen")
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.run([os.path.join(sources, "scripts/api"), folder], capture_output=True, text=True, check=False)
        faults = made.stderr.splitlines() if made.returncode == 0 else [f"scripts/api ended with {made.returncode}:", *made.stderr.splitlines()]
        faults += [f"{name}: does not say what it is" for name in sorted(headers(sources) - described(os.path.join(folder, "xml")))]
    with tempfile.TemporaryDirectory() as folder:
        wrong = doxygen_of(sources, WRONG, folder)
        if wrong.returncode == 0 or "nothing_that_there_is" not in wrong.stderr:
            faults.append(f"a wrong comment is not told: {wrong.stderr}")
        right = doxygen_of(sources, WRONG.replace("@ref nothing_that_there_is", "what follows"), folder)
        if right.returncode != 0:
            faults.append(f"a right comment is refused: {right.stderr}")
    print("\n".join(faults), file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
