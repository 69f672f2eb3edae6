"""Numbers in addresses and forms of the console. What no column holds is refused before the database sees it.

Those in paths need no type of their own: assistant/console/access.py looks at all of them.
"""

from typing import Annotated

from fastapi import Form, Query

LARGEST = 2**31 - 1

PageNumber = Annotated[int, Query(ge=1, le=LARGEST)]
"""Of a page of a list."""
Version = Annotated[int, Form(ge=0, le=LARGEST)]
"""Of what a form changes, as its page showed it."""
