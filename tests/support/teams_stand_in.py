"""Microsoft's side of Teams on this machine: keys, tokens, and a connector that keeps Microsoft's rules.

Whatever it is sent is checked against Microsoft's own models; what was not right is in `problems`.
"""

import re
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import jwt
from microsoft_teams.api.clients.conversation.params import CreateConversationParams
from pydantic import ValidationError

from assistant.settings import Settings
from tests.support.teams_messages import Call, Fault, Message, check, is_typing, not_allowed, private_key, public_key

APP, SECRET, TENANT = "11111111-2222-3333-4444-555555555555", "only the two of us know", "the-tenant"
BOT = f"28:{APP}"
ISSUER = "https://api.botframework.com"
COMPLETE = "The AI-generated message streaming is not allowed as already completed streamed message"
TOO_LATE = "Content stream is not allowed on exceeded streaming time"
NO_STREAMS = "Streaming API is not enabled for the user or bot"


@dataclass
class TeamsStandIn:
    """The running stand-in. `faults` befall calls to the connector, one by one; None is no fault."""

    url: str = ""
    published: dict[str, list[str]] = field(default_factory=lambda: {"first": ["msteams", "webchat"]})
    """Keys by name, with their endorsements."""
    openid: dict[str, Any] = field(default_factory=dict)
    """In place of what the metadata truly say."""
    is_away: bool = False
    """Whether keys cannot be had."""
    is_playground: bool = False
    takes_streams: bool = True
    refuses_streams_with: int = 403
    refuses_cards_with: int = 0
    """Where it is not 0, no message with a card is taken."""
    refused_users: set[str] = field(default_factory=set)
    faults: list[Fault | None] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    typing: list[str] = field(default_factory=list)
    """The conversations that were shown that an answer is on its way, in order. Faults befall none of these calls."""
    typing_takes: float = 0.0
    """Seconds."""
    messages: dict[str, Message] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    looks: int = 0
    tokens: list[str] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    login_faults: list[int] = field(default_factory=list)
    revoked: set[str] = field(default_factory=set)
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def service_url(self) -> str:
        """Where the connector is."""
        return f"{self.url}/emea/"

    def settings(self, **others: Any) -> Settings:
        """Settings of a registration with this Microsoft."""
        return Settings(
            **{
                "teams_app_id": APP,
                "teams_app_secret": SECRET,
                "teams_openid_url": f"{self.url}/openid",
                "teams_login_url": self.url,
                "teams_service_hosts": (self.url.removeprefix("http://"),),
                "messages_per_minute": 0,
                **others,
            }
        )

    def claims(self, **others: Any) -> dict[str, Any]:
        """What a good token claims; others in place of that, None takes one out."""
        moment = int(time.time())
        good = {"iss": ISSUER, "aud": APP, "nbf": moment - 5, "exp": moment + 3600, "serviceurl": self.service_url}
        return {name: value for name, value in {**good, **others}.items() if value is not None}

    def token(self, kid: str = "first", **claims: Any) -> str:
        """A token signed with this key."""
        return jwt.encode(self.claims(**claims), private_key(kid), "RS256", {"kid": kid})

    def activity(self, text: str | None = "What is the observatory?", **others: Any) -> dict[str, Any]:
        """A message in a personal chat; others in place of that, None takes one out."""
        message = {
            "type": "message",
            "id": f"{time.time_ns()}",
            "timestamp": "2026-11-28T12:00:00.1234567Z",
            "channelId": "msteams",
            "serviceUrl": self.service_url,
            "from": {"id": "29:member", "name": "A Member", "aadObjectId": "member"},
            "recipient": {"id": BOT, "name": "Enquiries"},
            "conversation": {"id": "a:personal", "conversationType": "personal", "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}},
            "text": text,
            "textFormat": "plain",
            "entities": [{"type": "clientInfo", "locale": "en-GB", "country": "GB", "platform": "Web"}],
        }
        return {name: value for name, value in {**message, **others}.items() if value is not None}

    def in_channel(self, text: str, thread: str = "1", **others: Any) -> dict[str, Any]:
        """A message of a channel that mentions the assistant."""
        conversation = {
            "id": f"19:channel@thread.tacv2;messageid={thread}",
            "conversationType": "channel",
            "isGroup": True,
            "tenantId": TENANT,
        }
        mention = {"type": "mention", "text": "<at>Enquiries</at>", "mentioned": {"id": BOT, "name": "Enquiries"}}
        others = {"conversation": conversation, "entities": [mention], **others}
        return self.activity(f"<at>Enquiries</at> {text}", **others)

    def pressed(self, message: Message, value: dict[str, Any], **others: Any) -> dict[str, Any]:
        """Somebody pressed a button of this message."""
        return self.activity(None, **{"value": value, "replyToId": message.id, **others})

    def shown(self, conversation: str = "a:personal") -> list[Message]:
        """The messages that people see there."""
        return [each for each in self.messages.values() if each.conversation == conversation and not each.is_open]

    def answer_get(self, path: str) -> tuple[int, dict[str, Any]]:
        """Metadata and keys."""
        if path == "/openid":
            self.looks += 1
            if self.is_away:
                return 503, {}
            return 200, {"issuer": ISSUER, "jwks_uri": f"{self.url}/keys", **self.openid}
        if path == "/keys":
            return 200, {"keys": [public_key(name, endorsed) for name, endorsed in self.published.items()]}
        if path.endswith("/v2.0/.well-known/openid-configuration"):
            base = self.url.replace("http://", "https://") + path.removesuffix("/v2.0/.well-known/openid-configuration")
            return 200, {
                "issuer": f"{base}/v2.0",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            }
        return 404, {}

    def answer_login(self, path: str, form: dict[str, list[str]]) -> tuple[int, dict[str, Any]]:
        """A token for the assistant."""
        self.logins.append(path)
        if self.login_faults:
            return self.login_faults.pop(0), {"error": "temporarily_unavailable"}
        expected = {
            "client_id": [APP],
            "client_secret": [SECRET],
            "grant_type": ["client_credentials"],
            "scope": ["https://api.botframework.com/.default"],
        }
        if any(form.get(name) != value for name, value in expected.items()):
            return 401, {"error": "invalid_client"}
        self.tokens.append(f"token-{len(self.tokens) + 1}")
        return 200, {"token_type": "Bearer", "expires_in": 3600, "access_token": self.tokens[-1]}

    def answer_call(self, call: Call) -> tuple[int, dict[str, Any]]:
        """Do what the connector is asked for."""
        if not is_typing(call.body):
            self.calls.append(call)
        token = call.authorization.removeprefix("Bearer ")
        if self.is_playground and call.authorization:
            self.problems.append("a token for the playground")
        if not self.is_playground and (token not in self.tokens or token in self.revoked):
            return 401, {}
        path = unquote(call.path)
        if call.method == "POST" and path == "/emea/v3/conversations":
            return self._open_chat(call.body)
        found = re.fullmatch(r"/emea/v3/conversations/([^/]+)/activities(?:/([^/]+))?", path)
        if found is None:
            self.problems.append("a path that is none")
            return 404, {}
        try:
            check(call.body)
        except (ValidationError, AssertionError, KeyError) as error:
            self.problems.append(f"{type(error).__name__}: {error}")
            return 400, {"error": {"code": "BadSyntax", "message": "Bad format"}}
        if self.refuses_cards_with and call.body.get("attachments"):
            return self.refuses_cards_with, {
                "error": {"code": "MessageSizeTooBig", "message": "Message size too large"}
            }
        if call.method == "PUT":
            return self._update(found[2], call.body)
        return self._post(found[1], call.body)

    def _open_chat(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        params = CreateConversationParams.model_validate(body)
        user = (params.members or [])[0].id
        if user in self.refused_users:
            return 403, {"error": {"code": "ForbiddenOperationException", "message": "Bot is not installed"}}
        return 201, {"id": f"a:alone-{user}"}

    def _post(self, conversation: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        info = next((each for each in body.get("entities", []) if each["type"] == "streaminfo"), None)
        if is_typing(body):
            self.typing.append(conversation)
            return 201, {"id": ""}
        if info is None:
            message = self._add(conversation, body)
            return 201, {"id": message.id}
        if not self.takes_streams:
            return self.refuses_streams_with, not_allowed(NO_STREAMS)[1]
        if "streamId" not in info:
            if (info["streamType"], info["streamSequence"], body["type"]) != ("informative", 1, "typing"):
                self.problems.append("a stream begins otherwise")
                return 400, {}
            message = self._add(conversation, body)
            message.is_open = True
            return 201, {"id": message.id}
        message_or_none = self.messages.get(info["streamId"])
        if message_or_none is None:
            return 404, {"error": {"code": "NotFound", "message": "Stream is not found"}}
        if not message_or_none.is_open:
            return not_allowed(COMPLETE)
        if info["streamType"] != "final" or body["type"] != "message":
            self.problems.append("a stream goes on otherwise")
            return 400, {}
        message_or_none.activity, message_or_none.is_open = body, False
        return 202, {}

    def _update(self, message_id: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        message = self.messages.get(message_id)
        if message is None:
            return 404, {"error": {"code": "ActivityNotFoundInConversation", "message": "Not found"}}
        message.activity, message.is_open = body, False
        message.times_shown += 1
        return 200, {"id": message.id}

    def _add(self, conversation: str, body: dict[str, Any]) -> Message:
        message = Message(f"{1700000000000 + len(self.messages)}", conversation, body)
        self.messages[message.id] = message
        return message
