"""The live model, judged against itself at a desk with the real engine."""

import json
import subprocess
import sys

from assistant.learning.judging.result import FEWEST
from tests.conftest import ROOT, Trained


def test_the_live_model_is_not_worse_than_itself(trained: Trained) -> None:
    """In a process of its own: Rasa's actions keep the first database they are given."""
    name = trained.archive.name
    command = [sys.executable, "-m", "assistant.cli.main", "evaluate", "--against", name, "--model", name, "--json"]
    done = subprocess.run(command, cwd=ROOT, env=trained.environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-3000:]
    result = json.loads(done.stdout)
    assert result["asked"]["curated"] >= FEWEST and result["left_out"] == 0
    assert not result["is_worse"] and result["why"] == [] and result["better"] == result["worse"] == []
