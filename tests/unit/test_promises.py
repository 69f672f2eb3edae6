"""What one file promises about another: actions, rules, responses, settings, commands. Nothing here imports Rasa."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from assistant.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
DOMAIN: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
STEPS = ("question", "name", "email", "consent", "words")  # of leaving a question
SMALL_TALK = "action_small_talk"
# Responses whose names are put together; the tests below say what may stand in the hole.
PUT_TOGETHER = {"utter_*", "utter_ask_*", "utter_invalid_*"}
GENERAL_CONTACT = {"email", "phone"}
PLACEHOLDER = re.compile(r"{(\w+)}")


class TestActions:
    def test_it_has_a_class_for_every_action(self) -> None:
        assert set(DOMAIN["actions"]) == set(action_classes())

    def test_it_lists_each_action_once(self) -> None:
        assert len(DOMAIN["actions"]) == len(set(DOMAIN["actions"]))

    def test_it_calls_classes_as_their_actions(self) -> None:
        for action, class_name in action_classes().items():
            assert class_name == "".join(word.capitalize() for word in action.split("_"))

    def test_it_uses_every_action_in_a_rule(self) -> None:
        core_fallback = {policy.get("core_fallback_action_name") for policy in config()["policies"]}
        assert {action for _, action in rules()} | (core_fallback - {None}) == set(DOMAIN["actions"])


class TestIntents:
    def test_it_has_one_rule_for_every_intent(self) -> None:
        assert sorted(intent for intent, _ in rules()) == sorted(DOMAIN["intents"])


class TestResponses:
    def test_it_has_every_response_that_actions_say(self) -> None:
        assert set(DOMAIN["responses"]) == said()

    def test_it_puts_names_together_only_where_these_tests_look(self) -> None:
        assert {name for name in names_in_actions() if "*" in name} == PUT_TOGETHER

    def test_it_has_words_for_every_response(self) -> None:
        for name, variants in DOMAIN["responses"].items():
            assert variants and all(variant["text"].strip() for variant in variants), name

    def test_it_is_given_a_value_for_every_placeholder(self) -> None:
        for name, given in sayings():
            for variant in DOMAIN["responses"][name]:
                assert set(PLACEHOLDER.findall(variant["text"])) == given, name


class TestSettings:
    def test_it_documents_every_setting_with_its_default(self) -> None:
        defaults = {PREFIX + name.upper(): shown(field.default) for name, field in Settings.model_fields.items()}
        assert {name: default for name, default, _ in documented_settings()} == defaults

    def test_it_documents_each_setting_once_with_a_sentence(self) -> None:
        rows = list(documented_settings())
        assert len(rows) == len(Settings.model_fields)
        assert all(meaning.endswith(".") for _, _, meaning in rows)

    def test_it_describes_every_setting_in_the_code(self) -> None:
        assert all(field.description for field in Settings.model_fields.values())


class TestCommands:
    def test_it_has_help_for_every_command(self, commands: dict[str, click.Command]) -> None:
        assert [name for name, command in commands.items() if not (command.help or "").strip()] == []

    def test_it_has_help_for_every_option(self, commands: dict[str, click.Command]) -> None:
        silent = [
            f"{name} {option.name}"
            for name, command in commands.items()
            for option in command.params
            if isinstance(option, click.Option) and not option.help
        ]
        assert silent == []


@pytest.fixture
def commands() -> dict[str, click.Command]:
    """Every command of the command line, groups included, by the words that call it."""
    from assistant.cli.main import assistant

    return dict(walk("assistant", assistant))


def walk(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for word, inner in command.commands.items():
            yield from walk(f"{name} {word}", inner)


@cache
def config() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8")))


@cache
def rules() -> list[tuple[str, str]]:
    """Intent and action of every rule; each rule of ours has exactly these two steps."""
    found = []
    for file in sorted((ROOT / "data" / "rules").glob("*.yml")):
        for rule in yaml.safe_load(file.read_text(encoding="utf-8"))["rules"]:
            intent, action = rule["steps"]
            found.append((intent["intent"], action["action"]))
    return found


@cache
def action_trees() -> list[ast.Module]:
    return [ast.parse(file.read_text(encoding="utf-8")) for file in sorted((ROOT / "actions").glob("*.py"))]


def action_classes() -> dict[str, str]:
    """The class of each action, by what its method `name` returns."""
    return {
        str(inner.value.value): node.name
        for node in nodes(ast.ClassDef)
        for method in node.body
        if isinstance(method, ast.FunctionDef) and method.name == "name"
        for inner in ast.walk(method)
        if isinstance(inner, ast.Return) and isinstance(inner.value, ast.Constant)
    }


def names_in_actions() -> set[str]:
    """Every name of a response in the actions, with a star for each hole of one that is put together."""
    # The pieces of a name that is put together are constants of their own.
    pieces = {id(piece) for text in nodes(ast.JoinedStr) for piece in text.values}
    whole = {str(node.value) for node in nodes(ast.Constant) if id(node) not in pieces}
    joined = {
        "".join(str(piece.value) if isinstance(piece, ast.Constant) else "*" for piece in text.values)
        for text in nodes(ast.JoinedStr)
    }
    return {name for name in whole | joined if re.fullmatch(r"utter_[\w*]+", name)}


def said() -> set[str]:
    """Every response that an action can say."""
    of_steps = {f"utter_{kind}_{step}" for kind in ("ask", "invalid") for step in STEPS}
    of_small_talk = {f"utter_{intent}" for intent, action in rules() if action == SMALL_TALK}
    return (names_in_actions() - PUT_TOGETHER) | of_steps | of_small_talk


def sayings() -> Iterator[tuple[str, set[str]]]:
    """The responses said by name, each with the names of the values it is given."""
    for call in nodes(ast.Call):
        if isinstance(call.func, ast.Attribute) and call.func.attr in ("say", "say_with_general_contact"):
            response = call.args[0]
            if isinstance(response, ast.Constant):
                contact = GENERAL_CONTACT if call.func.attr == "say_with_general_contact" else set()
                yield str(response.value), {str(keyword.arg) for keyword in call.keywords} | contact


def nodes(kind: type[Any]) -> Iterator[Any]:
    return (node for tree in action_trees() for node in ast.walk(tree) if isinstance(node, kind))


def documented_settings() -> Iterator[tuple[str, str, str]]:
    """Name, default and meaning from the table of docs/settings.md."""
    for line in (ROOT / "docs" / "settings.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 3 and cells[0].startswith(f"`{PREFIX}"):
            name, default, meaning = cells
            yield name.strip("`"), default.strip("`"), meaning


def shown(default: object) -> str:
    """As somebody would write it into the environment."""
    if default is False:
        return "off"
    if isinstance(default, tuple) and default:
        return ",".join(default)
    return "not set" if default in (None, ()) else str(default)
