"""Whether the assistant could work here, and what an operator should see to. Imports no Rasa, and changes nothing."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.catalogue.errors import CatalogueFileError, SignpostFileError
from assistant.catalogue.files import read_catalogue
from assistant.catalogue.models import Contact, Offer
from assistant.catalogue.reminders import count_due
from assistant.catalogue.signposts import FRESH_DAYS, Signpost, SignpostState, in_force, read_signposts
from assistant.db.engine import Database, DatabaseUnavailableError, is_missing_file
from assistant.db.migrate import is_up_to_date
from assistant.engine.channel_checkup import look_at_channels
from assistant.engine.findings import Finding, State
from assistant.enquiries.care import CareFileError, CareReplies
from assistant.enquiries.encryption import open_cipher
from assistant.enquiries.errors import ContactKeyError
from assistant.enquiries.retention import last_purge
from assistant.errors import SettingError
from assistant.matching.names.learning import are_names_learnt
from assistant.matching.safety.sense import is_sense_learnt
from assistant.registry.errors import DamagedModelError, StoreError
from assistant.registry.promotions import find_live
from assistant.registry.store import open_store
from assistant.settings import Settings, load_settings
from assistant.staff.accounts import is_without_admin
from assistant.staff.anchor import FILE, AnchorError, check_record

__all__ = ["Finding", "State", "examine", "examine_from_environment"]

PURGE_DAYS = timedelta(days=1)  # the server purges every six hours


def examine(settings: Settings, today: date) -> list[Finding]:
    """Everything that the checks find, in their order."""
    return [finding for check in CHECKS for finding in check(settings, today)]


def examine_from_environment(today: date) -> list[Finding]:
    """The same for the settings of the environment, which are checked first: the other checks need them."""
    try:
        settings = load_settings()
    except SettingError as error:
        return [Finding("settings", State.PROBLEM, str(error), "Nothing else can be checked before that is right.")]
    return [Finding("settings", State.OK, "They can be read."), *examine(settings, today)]


def _check_database(settings: Settings, today: date) -> Iterator[Finding]:
    subject = "database"
    if is_missing_file(settings.database_url):
        advice = "Run 'assistant catalogue load', or start the assistant: either makes it."
        yield Finding(subject, State.PROBLEM, "Its file does not exist.", advice)
        return
    try:
        database = Database(settings.database_url)
        try:
            database.ping()
            is_newest = is_up_to_date(database.engine)
        finally:
            database.close()
    except SettingError as error:
        yield Finding(subject, State.PROBLEM, str(error), "Correct ASSISTANT_DATABASE_URL.")
    except DatabaseUnavailableError as error:
        advice = "See that its server runs, or that its file can be read and written, and that the URL is right."
        yield Finding(subject, State.PROBLEM, f"It does not answer. {error}", advice)
    else:
        if is_newest:
            yield Finding(subject, State.OK, "It answers, and is at the newest migration.")
            yield _look_at_purges(settings, today)
            yield _look_at_record(settings)
            yield _look_at_model(settings)
            yield _look_at_staff(settings)
            yield _look_at_checks(settings, today)
            yield look_at_channels(settings)
        else:
            advice = (
                "Start the assistant, or run 'assistant catalogue load'. Was it used by a newer version? Start that."
            )
            yield Finding(subject, State.PROBLEM, "It answers, and is not at this version's newest migration.", advice)


def _look_at_purges(settings: Settings, today: date) -> Finding:
    database = Database(settings.database_url)
    try:
        with database.read() as session:
            purged = last_purge(session)
    finally:
        database.close()
    if purged is None:
        advice = "Nothing needs doing before the first start; the server purges soon after it."
        return Finding("retention", State.WARNING, "Nothing was purged yet.", advice)
    found = f"The last purge was on {purged.date().day} {purged.date():%B %Y}."
    if today - purged.date() > PURGE_DAYS:
        return Finding("retention", State.PROBLEM, found, "See the server's log for why, and run 'assistant purge'.")
    return Finding("retention", State.OK, found)


def _look_at_staff(settings: Settings) -> Finding:
    subject = "administrators"
    database = Database(settings.database_url)
    try:
        with database.read() as session:
            nobody = is_without_admin(session)
    finally:
        database.close()
    if nobody:
        found = "There is staff, and nobody of them is an administrator."
        advice = (
            "Run 'assistant staff role <e-mail address> admin'. Where the organisation's provider gives roles, make "
            "somebody an administrator there: the next sign-in follows it."
        )
        return Finding(subject, State.WARNING, found, advice)
    return Finding(subject, State.OK, "Staff have one, unless nobody was added yet.")


def _look_at_checks(settings: Settings, today: date) -> Finding:
    subject = "offers and contacts"
    database = Database(settings.database_url)
    try:
        with database.read() as session:
            offers, contacts = count_due(session, Offer, today), count_due(session, Contact, today)
    finally:
        database.close()
    if offers or contacts:
        found = f"Not checked with their owners for six months or ever: {offers} offers, {contacts} contacts."
        return Finding(subject, State.WARNING, found, "Check them, and say so in the console at /staff/catalogue/due.")
    return Finding(subject, State.OK, "All were checked with their owners within six months.")


def _look_at_record(settings: Settings) -> Finding:
    subject = "record of acts"
    database = Database(settings.database_url)
    try:
        with database.read() as session:
            verdict = check_record(session, settings.var_folder)
    except AnchorError as error:
        return Finding(subject, State.PROBLEM, str(error), "Let only the server write to that folder.")
    finally:
        database.close()
    if verdict.broken is not None:
        found = f"It was changed from outside: entry {verdict.broken} is not as it was, or is missing."
        advice = "Find out who can write to the database. Compare with the server's log and with backups."
        return Finding(subject, State.PROBLEM, found, advice)
    if verdict.entries and not verdict.anchor.number:
        found = f"Its {verdict.entries} entries hold together. Nothing here vouches for the last of them."
        advice = f"The server writes {settings.var_folder / FILE} as it runs; check on the machine where that is."
        return Finding(subject, State.WARNING, found, advice)
    return Finding(subject, State.OK, f"Its {verdict.entries} entries hold together.")


def _look_at_model(settings: Settings) -> Finding:
    database = Database(settings.database_url)
    try:
        with database.read() as session:
            live = find_live(session)
        if live is None:
            return Finding("model", State.PROBLEM, "None was trained yet.", "Run 'assistant train'.")
        with TemporaryDirectory() as folder:  # a copy that is there already would be taken for the archive
            store = open_store(settings.model_copy(update={"var_folder": Path(folder)}))
            store.fetch(live.model.name, live.model.sha256)
    except (DamagedModelError, StoreError) as error:
        advice = (
            "Bring it back from a backup, put another live with 'assistant models promote', or run 'assistant train'."
        )
        return Finding("model", State.PROBLEM, str(error), advice)
    finally:
        database.close()
    return Finding("model", State.OK, f"{live.model.name} is live, and is whole.")


def _check_catalogue(settings: Settings, today: date) -> Iterator[Finding]:
    subject = "catalogue"
    try:
        kinds = read_catalogue(settings.data_folder / "catalogue").kinds()
    except CatalogueFileError as error:
        yield Finding(subject, State.PROBLEM, "\n".join(map(str, error.problems)))
    else:
        counts = ", ".join(f"{kind.replace('_', ' ')} {len(entries)}" for kind, entries in kinds.items())
        yield Finding(subject, State.OK, f"Its files are right: {counts}.")


def _check_care_replies(settings: Settings, today: date) -> Iterator[Finding]:
    subject = "care replies"
    try:
        CareReplies(settings)
    except CareFileError as error:
        yield Finding(subject, State.PROBLEM, str(error), "Correct data/catalogue/care.yml.")
    except SignpostFileError:
        yield Finding(subject, State.PROBLEM, "The signposts that they need cannot be read.", "See signposts.")
    else:
        yield Finding(subject, State.OK, "Crisis, disclosure and abuse have their replies.")


def _check_learnt(settings: Settings, today: date) -> Iterator[Finding]:
    data = settings.data_folder
    learnt = {
        "sense for care": is_sense_learnt(data, settings.care_folder),
        "finding names": are_names_learnt(data, settings.names_folder),
    }
    for subject, is_learnt in learnt.items():
        if is_learnt:
            yield Finding(subject, State.OK, "It has learnt the examples as they are now.")
        else:
            advice = "Nothing needs doing: the next start learns them, which takes less than a minute."
            yield Finding(subject, State.WARNING, "It has not yet learnt the examples as they are now.", advice)


def _check_contact_key(settings: Settings, today: date) -> Iterator[Finding]:
    subject = "contact key"
    if settings.contact_key is None:
        found = "Contact details are encrypted with a generated key, which is for trying out only."
        advice = "In service set ASSISTANT_CONTACT_KEY. Details stored before need the key they were stored with."
        yield Finding(subject, State.WARNING, found, advice)
        return
    try:
        open_cipher(settings)
    except ContactKeyError as error:
        yield Finding(subject, State.PROBLEM, str(error))
    else:
        yield Finding(subject, State.OK, "ASSISTANT_CONTACT_KEY is set and usable.")


def _check_signposts(settings: Settings, today: date) -> Iterator[Finding]:
    subject = "signposts"
    try:
        signposts = read_signposts(settings.data_folder / "catalogue")
    except SignpostFileError as error:
        yield Finding(subject, State.PROBLEM, "\n".join(map(str, error.problems)))
        return
    signposts = _as_published(settings, signposts)
    awaiting = [post for post in signposts if post.state(today) is SignpostState.AWAITING]
    stale = [post for post in signposts if post.state(today) is SignpostState.STALE]
    if awaiting:
        found = f"Awaiting confirmation: {', '.join(post.slug for post in awaiting)}."
        yield Finding(subject, State.WARNING, found, _advice_to_confirm(awaiting))
    if stale:
        found = f"Stale: {', '.join(f'{post.slug} ({_age(post, today)})' for post in stale)}."
        yield Finding(subject, State.WARNING, found, _advice_to_confirm(stale))
    if not awaiting and not stale:
        yield Finding(subject, State.OK, f"All {len(signposts)} were confirmed within {FRESH_DAYS} days.")


def _as_published(settings: Settings, from_file: list[Signpost]) -> list[Signpost]:
    """The signposts in force. While there is no database to ask, which is said elsewhere, those of the file."""
    if is_missing_file(settings.database_url):
        return from_file
    try:
        database = Database(settings.database_url)
    except SettingError:
        return from_file
    try:
        with database.read() as session:
            return in_force(session, from_file)
    except DatabaseUnavailableError:
        return from_file
    finally:
        database.close()


def _age(post: Signpost, today: date) -> str:
    assert post.checked_on is not None  # what was never confirmed is not stale
    return f"confirmed {(today - post.checked_on).days} days ago"


def _advice_to_confirm(signposts: list[Signpost]) -> str:
    advice = "Let the owner check them, and say so in the console at /staff/catalogue/due."
    return advice if all(post.owner for post in signposts) else f"Name an owner for those without. {advice}"


# One subject each; they run in this order.
CHECKS: tuple[Callable[[Settings, date], Iterator[Finding]], ...] = (
    _check_database,
    _check_catalogue,
    _check_care_replies,
    _check_learnt,
    _check_contact_key,
    _check_signposts,
)
