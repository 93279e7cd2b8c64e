# SPDX-License-Identifier: Apache-2.0
"""The errors that users are meant to see. Needs nothing but Python."""


class InputError(Exception):
    """A file or option that the figures need is missing or cannot be used; str() is one line."""


class NotWritten(Exception):
    """A figure could not be written, most often for a full disk; str() is one line."""
