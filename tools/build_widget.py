"""Build assistant/web/static/widget.js from assistant/web/widget with esbuild. Needs Node; only who changes it does.

The first line of what is built holds a digest of its sources and one of the rest of the file, so that a test proves
both without Node.
"""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

from assistant.catalogue.signposts import read_signposts

ESBUILD = "esbuild@0.28.2"
ROOT = Path(__file__).parents[1]
WEB = ROOT / "assistant" / "web"
SOURCES, BUILT = WEB / "widget", WEB / "static" / "widget.js"
UNKNOWN = "0" * 64
EMERGENCY = "emergency"  # the signpost whose number the widget says when it reaches no server that could


def define_emergency() -> str:
    """The option that puts in the number to call, as the replies of the server say it."""
    (way,) = [each.way for each in read_signposts(ROOT / "data" / "catalogue") if each.slug == EMERGENCY]
    return f"--define:EMERGENCY={json.dumps(way)}"


def digest_of_sources() -> str:
    """The same for the same modules, style sheet and number."""
    found = hashlib.sha256(f"{ESBUILD} {define_emergency()}".encode())
    for file in sorted(SOURCES.iterdir()):
        found.update(file.name.encode() + b"\0" + file.read_bytes())
    return found.hexdigest()


def banner(sources: str, rest: str) -> str:
    """The first line."""
    return f"/* Member Enquiry Assistant, Apache-2.0. Built by tools/build_widget.py. sources {sources} rest {rest} */"


def digest_of_rest(script: str) -> str:
    """Of all but the first line."""
    return hashlib.sha256(script.partition("\n")[2].encode()).hexdigest()


def main() -> int:
    """Build, and say how large it came out."""
    first = banner(digest_of_sources(), UNKNOWN)
    options = ["--bundle", "--minify", "--format=iife", "--target=es2022", "--loader:.css=text", "--sourcemap"]
    files = [str(SOURCES / "index.js"), f"--outfile={BUILT}", define_emergency()]
    done = subprocess.run(["npx", "--yes", ESBUILD, *files, *options, f"--banner:js={first}"], check=False)
    if done.returncode:
        return done.returncode
    script = BUILT.read_text(encoding="utf-8")
    BUILT.write_text(script.replace(UNKNOWN, digest_of_rest(script), 1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
