"""Runs a command until standard input ends, so that a server never outlives the test that started it.

usage: supervise.py command [argument ...]
"""

import subprocess
import sys
import threading

child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)


def stop() -> None:
    sys.stdin.buffer.read()
    child.terminate()
    try:
        child.wait(5)
    except subprocess.TimeoutExpired:
        child.kill()


threading.Thread(target=stop, daemon=True).start()
sys.exit(child.wait())
