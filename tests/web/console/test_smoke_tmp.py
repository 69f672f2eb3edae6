from collections.abc import Callable
from tests.support.staff import Desk
async def test_smoke(editor: Desk):
    import re
    for p in ["", "/due", "/health", "/offers/lfhii", "/offers/lfhii/edit", "/offers/lfhii/health","/people/habib-naqvi/edit","/topics/approach","/contacts/edi","/signposts/samaritans","/signposts/samaritans/edit","/offers/new","/contacts/new"]:
        r = await editor.get("/staff/catalogue"+p)
        assert r.status_code == 200, (p, r.status_code, r.text[-500:])
