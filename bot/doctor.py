"""The doctor: what is set up, what is missing, and the next step. It changes nothing and posts nothing."""

from collections.abc import Iterable, Sequence

from bot.app import utc_now
from bot.catalogue import Catalogue
from bot.check import Check
from bot.clock import clock_problem
from bot.errors import HelpdeskError
from bot.settings import Settings
from bot.sources.unnamed import unnamed
from knowledge.desk_files import load_desk
from knowledge.documents.document import DocumentStatus, DocumentVersion, Version
from knowledge.documents.folder import read_folder
from knowledge.errors import KnowledgeError
from storage.audit import AuditTrail
from storage.database import Database
from storage.errors import SchemaOutdated, StorageError


async def examine(settings: Settings) -> list[Check]:
    """Look at the desk's files, documents, index, database, model, and what Slack allows."""
    checks = [
        _rules(settings),
        await _documents(settings),
        _index(settings),
        await _database(settings),
        _model(settings),
    ]
    return [*checks, *(await _helpdesks(settings)), *(await _slack(settings))]


def _rules(settings: Settings) -> Check:
    try:
        desk = load_desk(settings.desk)
    except KnowledgeError as error:
        return Check("Desk", ok=False, detail=str(error))
    rules = desk.playbook
    counts = f"{len(rules.escalations)} escalation categories, {len(rules.topics)} topics, {len(rules.facts)} facts"
    return Check("Desk", ok=True, detail=f"{desk.name} in {settings.desk}: {counts}")


async def _documents(settings: Settings) -> Check:
    try:
        reading = read_folder(settings.desk / "documents")
    except KnowledgeError as error:
        return Check("Documents", ok=False, detail=str(error))
    today = utc_now().date()
    versions = await _as_decided(settings) or reading.versions
    in_force = sum(version.in_force(today) for version in versions)
    waiting = sum(version.status is DocumentStatus.PROPOSED for version in versions)
    detail = f"{in_force} of {len(versions)} in force today"
    if waiting:
        detail += (
            f"; {waiting} wait for approval: see `proofdesk docs list`, then `docs approve` or `docs approve-waiting`"
        )
    elif not in_force:
        detail += "; set `status: approved` and dates in their front matter, or nothing can be answered"
    problems = [*reading.problems, *_unseen(settings, reading.versions), *_unnamed(settings)]
    detail += "".join(f"\n{problem}" for problem in problems)
    return Check("Documents", ok=in_force > 0 and not problems, detail=detail)


async def _as_decided(settings: Settings) -> Sequence[Version]:
    """The documents as people decided about them; none where nothing was taken over yet."""
    if not settings.database_url and not (settings.state / "proofdesk.db").exists():
        return []
    database = Database(settings.database)
    try:
        await database.check()
        rules = load_desk(settings.desk).documents_rules
        records = await Catalogue(lambda: rules, database, settings.workspace, utc_now).list()
    except (KnowledgeError, StorageError):
        return []  # Their own checks say what is wrong with them.
    finally:
        await database.close()
    return [record.current for record in records if not record.gone_at]


def _unnamed(settings: Settings) -> list[str]:
    try:
        return unnamed(settings.desk / "documents", load_desk(settings.desk).sources)
    except KnowledgeError:
        return []


def _unseen(settings: Settings, versions: Iterable[DocumentVersion]) -> list[str]:
    try:
        return load_desk(settings.desk).team.unseen(version.audience for version in versions)
    except KnowledgeError:
        return []  # The check of the desk says what is wrong with it.


def _index(settings: Settings) -> Check:
    made = (settings.state / "index.db").exists()
    detail = (
        f"embeddings: {settings.embeddings}"
        if made
        else "not made yet; `proofdesk docs sync` makes it, so does the first draft"
    )
    return Check("Index", ok=True, detail=detail)


async def _database(settings: Settings) -> Check:
    where = "PostgreSQL" if "postgres" in settings.database else "embedded"
    if where == "embedded" and not settings.database_url and not (settings.state / "proofdesk.db").exists():
        return Check("Database", ok=True, detail="embedded, not made yet; the first command makes it")
    database = Database(settings.database)
    try:
        await database.check()
        async with database.reading() as tx:
            rows = await AuditTrail(tx, settings.workspace).verify()
        late = await clock_problem(database, settings.workspace, utc_now())
    except SchemaOutdated as error:
        return Check("Database", ok=False, detail=str(error))
    except StorageError as error:
        return Check("Database", ok=False, detail=str(error))
    finally:
        await database.close()
    if late:
        return Check("Database", ok=False, detail=late)
    return Check("Database", ok=True, detail=f"{where}; audit log of {rows} rows is unbroken")


def _model(settings: Settings) -> Check:
    if settings.model == "extractive":
        return Check("Model", ok=True, detail="extractive: approved sentences word for word, no key needed")
    where = settings.openai_base_url or "OpenAI"
    return Check("Model", ok=True, detail=f"{settings.openai_model} at {where}; not called by this check")


async def _helpdesks(settings: Settings) -> list[Check]:
    from bot.app import helpdesks
    from bot.desk_folder import DeskFolder
    from bot.tokens import token_variable

    try:
        folder = DeskFolder(settings.desk)
    except KnowledgeError:
        return []
    desks = helpdesks(settings, folder)
    found = []
    for name, helpdesk in folder.read().team.helpdesks.items():
        if not desks.has_token(name):
            detail = f"{name}: no token yet; set {token_variable(name)} and its links become drafts"
            found.append(Check("Helpdesk", ok=True, detail=detail))
            continue
        try:
            await desks.check(name)
        except HelpdeskError as error:
            found.append(Check("Helpdesk", ok=False, detail=f"{name}: {error}"))
        else:
            detail = f"{name}: {helpdesk.product.name} at {helpdesk.address} answers; it is only read"
            found.append(Check("Helpdesk", ok=True, detail=detail))
    return found


async def _slack(settings: Settings) -> list[Check]:
    from bot.slack.examination import examine_slack

    try:
        team = load_desk(settings.desk).team
    except KnowledgeError:
        return []
    return await examine_slack(
        settings.slack_bot_token.get_secret_value(),
        settings.slack_app_token.get_secret_value(),
        settings.slack_api_url,
        team,
    )
