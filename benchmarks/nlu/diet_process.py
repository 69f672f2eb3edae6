"""The process of `diet`: reads requests in lines of JSON from standard input, and writes a line for each."""

import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml
from rasa.core.agent import Agent
from rasa.model_training import train_nlu

# What `rasa init` writes, but for the components that have nothing to do here (synonyms, selection of responses).
CONFIG = {
    "recipe": "default.v1",
    "assistant_id": "benchmark",
    "language": "en",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
}


def train(questions: list[list[str]]) -> Agent:
    """A model of questions and their intents."""
    examples = [{"text": text, "intent": intent, "entities": []} for text, intent in questions]
    with tempfile.TemporaryDirectory() as folder:
        config, data = Path(folder, "config.yml"), Path(folder, "nlu.json")
        config.write_text(yaml.safe_dump(CONFIG))
        data.write_text(json.dumps({"rasa_nlu_data": {"common_examples": examples}}))
        return Agent.load(train_nlu(str(config), str(data), folder))


async def read(agent: Agent, texts: list[str]) -> list[dict[str, Any]]:
    """Intent and ranking of each text."""
    replies = []
    for text in texts:
        parsed = await agent.parse_message(text)
        ranking = [(choice["name"], choice["confidence"]) for choice in parsed["intent_ranking"]]
        replies.append({"intent": parsed["intent"]["name"], "ranking": ranking})
    return replies


def main() -> None:
    """Serve requests until standard input ends. What Rasa prints goes to standard error."""
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    loop = asyncio.new_event_loop()
    agent: Any = None
    for line in sys.stdin:
        request = json.loads(line)
        if "train" in request:
            agent = train(request["train"])
        print(json.dumps(loop.run_until_complete(read(agent, request.get("read", [])))), file=replies, flush=True)


if __name__ == "__main__":
    main()
