# SPDX-License-Identifier: Apache-2.0
"""Checks that scripts/packages.txt names all that is used: packages_test.py SOURCES BUILD

Looked up with dpkg are the headers that this build has included, the libraries and modules that
CMake has found, the programs that scripts call and the modules that Python scripts import. Each must be of
a package in the list, of one that such a package depends on, or essential.
Exit status: 0, 1 with a line for each gap, 77 where there is no dpkg.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys

SKIPPED = 77
# The programs that a script may call: at the start of a command, behind a pipe, xargs, exec or sudo.
COMMAND = re.compile(r"(?:^|[|;(]|&&|\|\||\bthen|\bdo|\bxargs|\bexec)\s*(?:[A-Za-z_]+=\S*\s+)*([a-z][a-z0-9+._-]+)(?=\s|$)")
# Programs of one that looks for them itself and does without.
OPTIONAL = {"debootstrap"}
# Programs of scripts/networks that only the section [train] serves.
TRAINING = {"export_with_dynamo.py", "export_with_torch.py", "train_fashion_cnn.py", "train_sign_mlp.py"}


def output_of(*words):
    """What a command prints; nothing where it fails."""
    return subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False).stdout


def sections_of(sources):
    """The packages of each section of packages.txt."""
    sections = {}
    with open(os.path.join(sources, "scripts/packages.txt"), encoding="utf-8") as lines:
        for line in lines:
            word = line.split("#")[0].strip()
            if word.startswith("["):
                packages = sections.setdefault(word.strip("[]"), set())
            elif word:
                packages.add(word)
    return sections


def with_dependencies(packages):
    """The packages and what they depend on, as far as it is installed."""
    table = {}
    listing = output_of("dpkg-query", "-W", "-f", "${Package}\t${Provides}\t${Pre-Depends}, ${Depends}\t${Priority}\t${Essential}\n")
    providers = {}
    for line in listing.splitlines():
        name, provides, depends, priority, essential = line.split("\t")
        table[name] = re.findall(r"(?:^|[,|])\s*([a-z0-9.+-]+)", depends)
        for virtual in re.findall(r"(?:^|,)\s*([a-z0-9.+-]+)", provides):
            providers.setdefault(virtual, []).append(name)
        if essential == "yes" or priority == "required":
            packages = packages | {name}
    closed, waiting = set(), list(packages)
    while waiting:
        name = waiting.pop()
        if name not in closed:
            closed.add(name)
            waiting += table.get(name, []) + providers.get(name, [])
    return closed


def packages_of(paths):
    """The package of each path, as far as dpkg knows one."""
    owners = {}
    found = sorted({candidate for path in paths for candidate in spellings(path)})
    for start in range(0, len(found), 500):
        for line in output_of("dpkg", "-S", *found[start : start + 500]).splitlines():
            names, path = line.rsplit(": ", 1)
            owners[path] = names.split(":")[0].split(",")[0]
    return {path: next((owners[name] for name in spellings(path) if name in owners), None) for path in paths}


def spellings(path):
    """A path as packages may name it: /bin is a link to /usr/bin."""
    real = os.path.realpath(path)
    names = [path, real]
    return names + [name[4:] for name in names if name.startswith(("/usr/bin/", "/usr/lib/", "/usr/sbin/"))]


def headers(build):
    """The headers of the system that this build has included."""
    deps = output_of("ninja", "-C", build, "-t", "deps")
    return set(re.findall(r"^\s+(/usr/\S+)$", deps, re.M))


def linked(build):
    """The libraries that programs of this build link."""
    with open(os.path.join(build, "build.ninja"), encoding="utf-8") as rules:
        return set(re.findall(r"(/usr/lib/\S+\.(?:a|so))(?=\s)", rules.read()))


def found_by_cmake(build):
    """Files that CMake has found, such as libraries and the folders of packages."""
    with open(os.path.join(build, "CMakeCache.txt"), encoding="utf-8") as cache:
        values = re.findall(r"^\w+:(?:FILEPATH|PATH)=(/usr/[^;\n]+)$", cache.read(), re.M)
    return {value for value in values if os.path.isfile(value) or value.count("/") > 3}


def programs(sources, scripts):
    """The programs that these shell scripts call."""
    used = set()
    for script in scripts:
        with open(os.path.join(sources, script), encoding="utf-8") as lines:
            text = lines.read()
        own = set(re.findall(r"^(\w+)\(\)", text, re.M))
        for line in text.splitlines():
            words = set(COMMAND.findall(re.sub(r"(^|\s)#.*", "", line)))
            used |= {word for word in words - own - OPTIONAL if shutil.which(word)}
    return {shutil.which(word) for word in used}


def modules(paths):
    """The modules that these Python programs import, but for those beside them."""
    names = set()
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            found = re.findall(r"^\s*(?:import|from)\s+(\w+)", lines.read(), re.M)
        names |= {name for name in found if not os.path.exists(os.path.join(os.path.dirname(path), name + ".py"))}
    return names


def imports(names):
    """The files of modules, as far as they are installed."""
    specs = (importlib.util.find_spec(name) for name in names)
    return {spec.origin for spec in specs if spec and spec.origin and os.path.isfile(spec.origin)}


def python_programs(sources, folder):
    """The Python programs of a folder."""
    folder = os.path.join(sources, folder)
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".py")]


def main(sources, build):
    """Prints what is missing; returns the exit status."""
    if not shutil.which("dpkg-query"):
        return SKIPPED
    sections = sections_of(sources)
    for_run = with_dependencies(sections["run"])
    for_figures = with_dependencies(sections["run"] | sections["figures"])
    for_tests = with_dependencies(sections["run"] | sections["figures"] | sections["test"])
    for_training = with_dependencies(sections["run"] | sections["figures"] | sections["test"] | sections["train"])
    drawing = modules(python_programs(sources, "scripts/figures"))
    networks = python_programs(sources, "scripts/networks")
    making = modules(path for path in networks if os.path.basename(path) not in TRAINING)
    training = modules(path for path in networks if os.path.basename(path) in TRAINING)
    uses = (
        ("a header of the build", for_tests, headers(build)),
        ("linked by the build", for_tests, linked(build)),
        ("found by CMake", with_dependencies(set().union(*sections.values())), found_by_cmake(build)),
        ("called by scripts/run", for_run, programs(sources, ["scripts/run", "scripts/install_dependencies"])),
        ("called by scripts/test", for_tests, programs(sources, ["scripts/test"])),
        ("imported by scripts/figures", for_figures, imports(drawing)),
        ("imported by scripts/networks", for_tests, imports(making)),
        ("imported by programs that train", for_training, imports(training)),
    )
    # What is not there cannot be looked up, and is in no section that was installed.
    gaps = {f"{name}: imported by scripts, and not installed" for name in drawing | making
            if not importlib.util.find_spec(name)}
    for what, allowed, paths in uses:
        print(f"{what}: {len(paths)}")
        for path, package in packages_of(paths).items():
            if package and package not in allowed:
                gaps.add(f"{package}: {what}, and not in packages.txt for it: {path}")
    for package in sorted({gap.split(":")[0] for gap in gaps}):
        print(min(gap for gap in gaps if gap.startswith(package + ":")), file=sys.stderr)
    return 1 if gaps else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
