# SPDX-License-Identifier: Apache-2.0
"""A sweep on a real Slurm: slurm_test.py DWMTJ SOURCES

Starts munge, slurmctld and two slurmd on the loopback interface, with sockets, ports and state of their own, and runs 40 points
of which one fails; kills a node and a running point on the way; submits what is missing; and compares the table with that of a
local run, byte for byte. All that was started ends with the test, however that ends.
Exit status: 0; 1 with what went wrong; 77 where such daemons cannot be run.
"""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

SKIPPED = 77
DAEMONS = ("munged", "slurmctld", "slurmd", "sbatch", "squeue", "scancel", "sinfo")
POINTS = 40
PATIENCE = 400.0  # seconds for all of it
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36

# 40 chips of one core to 40: on the first, the network does not fit.
PLAN = """command: >-
  estimate {sources}/networks/examples/fashion-cnn.onnx --arch isaac-ce --set core.arrays=8 --batch 4
grid: {{chip.cores: {{from: 1, to: 40, by: 1}}}}
"""

CONFIGURATION = """ClusterName=loop
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
SlurmctldPort={port}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.sock
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool-%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
ReturnToService=2
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SchedulerParameters=bf_interval=1,sched_interval=2,sched_min_interval=100000,batch_sched_delay=1
SlurmdTimeout=5
KillWait=2
MinJobAge=300
NodeName=n[1-2] NodeHostname={host} NodeAddr=127.0.0.1 Port=[{port1}-{port2}] CPUs=1 RealMemory=100 State=UNKNOWN
PartitionName=main Nodes=n[1-2] Default=YES MaxTime=10 State=UP OverSubscribe=NO
"""


class Skip(Exception):
    """Why this machine cannot run the test."""


def prctl(option, value):
    """Of the C library."""
    ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def die_with_parent():
    """Of a child: nothing outlives the test."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def free_ports():
    """Three ports of the loopback that nobody listens at, the last two side by side."""
    for first in range(16800, 17800, 3):
        sockets = []
        try:
            for port in range(first, first + 3):
                sockets.append(socket.socket())
                sockets[-1].bind(("127.0.0.1", port))
            return range(first, first + 3)
        except OSError:
            continue
        finally:
            for one in sockets:
                one.close()
    raise Skip("no free ports")


class Cluster:
    """Two nodes on this machine."""

    def __init__(self, folder):
        self.folder = folder
        self.daemons = {}
        self.environment = {**os.environ, "SLURM_CONF": os.path.join(folder, "slurm.conf")}

    def start(self):
        """All daemons; Skip where they do not come up."""
        control, one, other = free_ports()
        for name in ("state", "spool-n1", "spool-n2"):
            os.mkdir(os.path.join(self.folder, name))
        with open(self.environment["SLURM_CONF"], "w", encoding="utf-8") as file:
            file.write(CONFIGURATION.format(folder=self.folder, host=socket.gethostname().split(".")[0],
                                            port=control, port1=one, port2=other))
        key = os.path.join(self.folder, "munge.key")
        with open(key, "wb") as file:
            file.write(os.urandom(128))
        os.chmod(key, 0o400)
        self.daemon("munged", "munged", "--foreground", "--force", f"--key-file={key}",
                    *(f"--{what}={self.folder}/munge.{end}" for what, end in
                      (("socket", "sock"), ("pid-file", "pid"), ("log-file", "log"), ("seed-file", "seed"))))
        self.until(lambda: os.path.exists(f"{self.folder}/munge.sock"), 60, "munged")
        self.daemon("slurmctld", "slurmctld", "-D", "-f", self.environment["SLURM_CONF"])
        for node in ("n1", "n2"):
            self.start_node(node)
        self.until(lambda: self.output("sinfo", "--noheader", "--format=%D %t").strip() == "2 idle", 120, "slurm")

    def daemon(self, name, *words):
        """Starts one."""
        with open(os.path.join(self.folder, f"{name}.out"), "ab") as out:
            self.daemons[name] = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                                  env=self.environment, preexec_fn=die_with_parent)

    def start_node(self, node):
        """Starts the daemon of a node."""
        self.daemon(node, "slurmd", "-D", "-f", self.environment["SLURM_CONF"], "-N", node)

    def until(self, holds, seconds, what):
        """Waits for it."""
        end = time.monotonic() + seconds
        while not holds():
            died = [name for name, process in self.daemons.items() if process.poll() is not None]
            if died or time.monotonic() > end:
                raise Skip(f"{what} does not come up{', ended: ' + ' '.join(died) if died else ''}")
            time.sleep(0.1)

    def output(self, *words):
        """What a command of Slurm prints."""
        return subprocess.run(words, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              text=True, check=False).stdout

    def stop(self):
        """Ends the jobs, the daemons and whatever they have left behind."""
        if "slurmctld" in self.daemons:  # else it would be waited for
            self.output("scancel", "--quiet", "--user=root")
        for name in ("n1", "n2", "slurmctld", "munged"):
            if name in self.daemons:
                self.daemons[name].terminate()
        end = time.monotonic() + 30
        for process in self.daemons.values():
            try:
                process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
        end_orphans()


def children():
    """The processes whose parent this one is, or has become."""
    with open(f"/proc/self/task/{os.getpid()}/children", encoding="utf-8") as file:
        return [int(word) for word in file.read().split()]


def end_orphans():
    """Steps of jobs that have lost their daemon are ours now; so are theirs when they end."""
    end = time.monotonic() + 30
    while children() and time.monotonic() < end:
        for child in children():
            try:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
            except (ProcessLookupError, ChildProcessError):
                pass


class Test:
    """The points, here and on the cluster."""

    def __init__(self, dwmtj, sources, folder):
        self.dwmtj, self.sources, self.folder = dwmtj, sources, folder
        self.cluster = Cluster(os.path.join(folder, "cluster"))
        os.mkdir(self.cluster.folder)
        self.plan = os.path.join(folder, "plan.yaml")
        self.end = time.monotonic() + PATIENCE

    def path(self, *names):
        """In the folder of the test."""
        return os.path.join(self.folder, *names)

    def sweep(self, out, *words, accepted=(0,)):
        """Runs it; its output."""
        line = [self.dwmtj, "sweep", self.plan, "--out", self.path(out), *words]
        ended = subprocess.run(line, env=self.cluster.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               text=True, check=False)
        assert ended.returncode in accepted, f"{line}: status {ended.returncode}\n{ended.stdout}"
        return ended.stdout

    def finished(self, kind="points"):
        """Points that are there."""
        try:
            return len(os.listdir(self.path("slurm", kind)))
        except FileNotFoundError:
            return 0

    def wait(self, holds, what):
        """Until it holds."""
        while not holds():
            assert time.monotonic() < self.end, f"{what}: not in time; {self.finished()} points are done\n" + \
                self.cluster.output("squeue")
            time.sleep(0.1)

    def queue_is_empty(self):
        """No job waits or runs."""
        return not self.cluster.output("squeue", "--noheader").strip()

    def kill_a_point(self):
        """A process that runs a point: its parent is a sweep of the cluster's."""
        while True:
            for name in filter(str.isdigit, os.listdir("/proc")):
                try:
                    with open(f"/proc/{name}/cmdline", "rb") as file:
                        line = file.read().decode(errors="replace").split("\0")
                    with open(f"/proc/{name}/stat", encoding="utf-8") as file:
                        parent = file.read().rsplit(")", 1)[1].split()[1]
                    with open(f"/proc/{parent}/cmdline", "rb") as file:
                        above = file.read().decode(errors="replace").split("\0")
                except OSError:
                    continue
                if self.path("slurm") in line and "--points" in line and above == line:
                    os.kill(int(name), signal.SIGKILL)
                    return
            assert time.monotonic() < self.end, "no point runs"
            time.sleep(0.005)

    def run(self):
        """All of it."""
        with open(self.plan, "w", encoding="utf-8") as file:
            file.write(PLAN.format(sources=self.sources))
        self.sweep("local", accepted=(1,))
        self.cluster.start()
        self.sweep("slurm", "--engine", "slurm", "--chunk", "3", "--submit")
        self.wait(lambda: self.finished() >= 3, "the first points")
        self.kill_a_point()
        self.cluster.daemons["n2"].kill()
        self.wait(lambda: self.finished() >= 10, "points without the node")
        # What was running there stays missing: somebody submits again.
        self.cluster.output("scancel", "--quiet", "--user=root")
        self.wait(self.queue_is_empty, "the end of what was submitted")
        assert self.finished() + self.finished("failed") < POINTS, "nothing was missing"
        self.cluster.daemons["n2"].wait()
        self.cluster.start_node("n2")
        self.sweep("slurm", "--engine", "slurm", "--chunk", "5", "--submit")
        self.wait(self.queue_is_empty, "the end of the rest")
        assert self.finished() == POINTS - 1 and self.finished("failed") == 1, "points are missing"
        self.compare()

    def compare(self):
        """Byte for byte, and the failure is in it."""
        tables = []
        for name in ("local", "slurm"):
            with open(self.path(name, "table.csv"), "rb") as file:
                tables.append(file.read())
        assert tables[0] == tables[1], "the tables differ"
        failed = [line for line in tables[0].decode().splitlines() if ",failed," in line]
        assert len(failed) == 1 and "missing" not in tables[0].decode(), failed or "no failure is listed"
        with open(self.path("local", "table.db"), "rb") as one, open(self.path("slurm", "table.db"), "rb") as other:
            assert one.read() == other.read(), "the databases differ"


def main(dwmtj, sources):
    """Returns the exit status."""
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    try:
        if os.geteuid() != 0:
            raise Skip("needs root")
        missing = [name for name in DAEMONS if not shutil.which(name)]
        if missing:
            raise Skip(f"no {', '.join(missing)} (the section [cluster] of scripts/packages.txt)")
        with tempfile.TemporaryDirectory(prefix="dwmtj-slurm-") as folder:
            test = Test(os.path.abspath(dwmtj), sources, folder)
            try:
                test.run()
            finally:
                test.cluster.stop()
    except Skip as reason:
        print(f"not tried: {reason}")
        return SKIPPED
    except AssertionError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
