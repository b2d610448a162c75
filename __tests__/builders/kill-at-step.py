"""Runs a program until just before its n-th step outside of its own memory, then kills it and its commands.

A step is what Python's audit hooks report of files and processes: open, rename, link, removal, mkdir, start of a command.
With n = 0, or beyond the last step, it runs to its end. What was written, synced, renamed and linked goes to the file
that TRACE names, one event per line.

  kill-at-step.py N PROGRAM WORD...
"""

import os
import runpy
import signal
import sys

STEPS = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.symlink", "subprocess.Popen"}
place, program = int(sys.argv[1]), sys.argv[2]
count = 0
trace = open(os.environ["TRACE"], "w", encoding="utf8", buffering=1)
fsync = os.fsync


def step(event, args):
    global count
    if event not in STEPS or (event == "open" and not str(args[0]).startswith(os.environ["FAKE_ROOT"])):
        return
    count += 1
    if count == place:
        os.killpg(0, signal.SIGKILL)
    if event == "open" and args[1] and "w" in args[1]:
        print("write", args[0], file=trace)
    if event in ("os.rename", "os.symlink"):
        print(event[3:], args[0], args[1], file=trace)


def synced(handle):
    print("sync", os.readlink(f"/proc/self/fd/{handle}"), file=trace)
    fsync(handle)


sys.argv = sys.argv[2:]
os.fsync = synced
sys.addaudithook(step)
runpy.run_path(program, run_name="__main__")
