"""Runs ministack with a clock that is SECONDS ahead for the check of signatures and the header Date of responses.

usage: ahead.py SECONDS
"""

import datetime
import email.utils
import sys
import time
import types

from ministack import app
from ministack.core import sigv4

# The remaining arguments are for ministack.
seconds = int(sys.argv.pop(1))


class Clock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(seconds=seconds)


sigv4.dt = types.SimpleNamespace(datetime=Clock, timedelta=datetime.timedelta, timezone=datetime.timezone)
app.formatdate = lambda usegmt: email.utils.formatdate(time.time() + seconds, usegmt=usegmt)
app.main()
