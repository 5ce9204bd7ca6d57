"""`station models`: the versions on the shelf, and which of each judges."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station.commands import models_add, models_card, models_confirm, models_evaluate, models_quantize, models_remove
from station.commands.options import add_by, add_config, add_data, add_json

if TYPE_CHECKING:
    from models.predictor import Predictor
    from models.providers import Provider
    from models.shelf import Shelf


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command's own parser, with one more for each of its actions."""
    parser = subparsers.add_parser("models", help="list, show, add, deploy, roll back, evaluate and compare models")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="list every version of every model")
    _finish(listing, list_models)
    showing = actions.add_parser("show", help="print everything known of one version")
    showing.add_argument("name", metavar="NAME")
    showing.add_argument("version", metavar="VERSION", nargs="?", help="the deployed one where none is named")
    _finish(showing, show_model)
    deploying = actions.add_parser("deploy", help="let a version judge from now on, once it has proved to answer")
    deploying.add_argument("name", metavar="NAME")
    deploying.add_argument("version", metavar="VERSION")
    add_by(deploying)
    _finish(deploying, deploy_model)
    adding, add_to = models_add.add_action(actions)
    _finish(adding, lambda args: add_to(args, shelf_of(args)))
    carding = models_card.add_action(actions)
    _finish(carding, lambda args: models_card.show_card(args, shelf_of(args)))
    previewing, confirming = models_confirm.add_actions(actions)
    _finish(previewing, lambda args: models_confirm.preview_model(args, shelf_of(args)))
    _finish(confirming, lambda args: models_confirm.confirm_model(args, shelf_of(args)))
    rolling = actions.add_parser("rollback", help="let the version judge that was deployed before")
    rolling.add_argument("name", metavar="NAME")
    add_by(rolling)
    _finish(rolling, rollback_model)
    removing = models_remove.add_action(actions)
    _finish(removing, lambda args: models_remove.remove_model(args, shelf_of(args)))
    quantizing, quantize_to = models_quantize.add_action(actions)
    _finish(quantizing, lambda args: quantize_to(args, shelf_of(args)))
    models_evaluate.add_actions(actions)


def list_models(args: argparse.Namespace) -> int:
    """List every version of every model."""
    from rich.table import Table

    from station.commands.output import console, emit_json

    shelf = shelf_of(args)
    found = [_model_json(shelf, name) for name in shelf.names()]
    if args.json:
        emit_json({"models": found})
        return 0
    table = Table("model", "version", "deployed", "task", "head", "created (UTC)", "sha256")
    for model in found:
        for row in model["versions"]:
            if "error" in row:
                table.add_row(model["name"], row["version"], _tick(row), row["error"])
            else:
                created = row["created"][:19].replace("T", " ")
                cells = (row["task"], row["head"], created, row["sha256"][:12])
                table.add_row(model["name"], row["version"], _tick(row), *cells)
    console().print(table)
    return 0


def show_model(args: argparse.Namespace) -> int:
    """Print the manifest of one version, and what it runs on here."""
    from models.manifest import MODEL_FILE, read_manifest
    from models.shelf import version_asked
    from station.commands.output import emit_json

    shelf = shelf_of(args)
    deployed = shelf.deployed(args.name)
    version = version_asked(shelf, args.name, args.version)
    folder = shelf.folder(args.name, version)
    manifest = read_manifest(folder).model_dump(mode="json")
    model = folder / MODEL_FILE
    result = {
        "folder": str(folder),
        "deployed": version == deployed,
        "size_bytes": model.stat().st_size if model.is_file() else None,
        "runs_on": _runs_on(folder, provider_of(args)),
        "manifest": manifest,
    }
    if args.json:
        emit_json(result)
    else:
        _print(result)
    return 0


def deploy_model(args: argparse.Namespace) -> int:
    """Deploy a version that has been loaded and has answered; otherwise the deployed one stays."""
    from models.confirmation import Confirmations

    shelf = shelf_of(args)
    before = shelf.deployed(args.name)
    Confirmations(shelf, args.name).require(args.version)
    checked(shelf, args.name, args.version, provider_of(args))
    shelf.deploy(args.name, args.version)
    return _say_deployed(args, shelf, args.version, before)


def rollback_model(args: argparse.Namespace) -> int:
    """Deploy the version before, if it still answers; otherwise the deployed one stays."""
    shelf = shelf_of(args)
    before = shelf.deployed(args.name)
    checked(shelf, args.name, shelf.previous(args.name), provider_of(args))
    return _say_deployed(args, shelf, shelf.rollback(args.name), before)


def checked(shelf: "Shelf", name: str, version: str, provider: "Provider") -> "Predictor":
    """Load a version and let it answer, as the line will. Raises `ModelError` in one sentence if it does not."""
    from models.predictor import Predictor

    predictor = Predictor.load(shelf.folder(name, version), threads=1, provider=provider)
    predictor.warm_up()
    return predictor


def shelf_of(args: argparse.Namespace) -> "Shelf":
    """Return the shelf of the data folder that the options name. Raises `ConfigError`."""
    from models.shelf import Shelf
    from station.config import load_station

    data: Path = load_station(args.config).station.data if args.config else args.data
    return Shelf(data / "models")


def provider_of(args: argparse.Namespace) -> "Provider":
    """Return what the line runs models on: the configuration's, the processor where none is named. Raises `ConfigError`."""
    from models.providers import Provider
    from station.config import load_station

    return load_station(args.config).model.provider if args.config else Provider.CPU


def _finish(parser: argparse.ArgumentParser, run: Any) -> None:
    add_config(parser, required=False)
    add_data(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def _model_json(shelf: "Shelf", name: str) -> dict[str, Any]:
    from models.errors import ModelError

    try:
        deployed = shelf.deployed(name)
    except ModelError as error:
        return {"name": name, "deployed": None, "error": str(error), "versions": _versions_json(shelf, name, None)}
    return {"name": name, "deployed": deployed, "versions": _versions_json(shelf, name, deployed)}


def _versions_json(shelf: "Shelf", name: str, deployed: str | None) -> list[dict[str, Any]]:
    """Return one object a version, oldest first; a damaged one says so instead of hiding the others."""
    from models.errors import ModelError
    from models.manifest import read_manifest

    rows = []
    for version in shelf.versions(name):
        row: dict[str, Any] = {"version": version, "deployed": version == deployed}
        try:
            manifest = read_manifest(shelf.folder(name, version))
        except ModelError as error:
            rows.append(row | {"error": str(error)})
            continue
        about = {"task": manifest.task, "head": manifest.head, "created": manifest.created.isoformat()}
        rows.append(row | about | {"sha256": manifest.model_sha256})
    return rows


def _say_deployed(args: argparse.Namespace, shelf: "Shelf", version: str, before: str | None) -> int:
    from station.commands.deployment import enter_deployment
    from station.commands.output import emit_json, say
    from station.config import load_station

    key = load_station(args.config).station.audit_key if args.config else None
    enter_deployment(shelf.root.parent, key, args.by, args.name, version, before)
    if args.json:
        emit_json({"name": args.name, "deployed": version, "before": before})
    else:
        say(f"model {args.name}: version {version} is deployed, before it {before or 'none'}")
    return 0


def _runs_on(folder: Path, provider: "Provider") -> dict[str, int] | str:
    """Return how many operators of a model run on which provider, or why it does not run at all."""
    from models.errors import ModelError
    from models.predictor import Predictor

    try:
        return dict(Predictor.load(folder, threads=1, provider=provider).runs_on)
    except ModelError as error:
        return str(error)


def _print(result: dict[str, Any]) -> None:
    from rich.table import Table

    from station.commands.output import console

    table = Table(show_header=False, box=None)
    manifest = result.pop("manifest")
    for key, value in (result | manifest).items():
        table.add_row(key, _text(value))
    if dataset := ((manifest.get("learned_from") or {}).get("lineage") or {}).get("dataset"):
        table.add_row("dataset", f"{dataset['name']}@{dataset['version'][:12]}, split {dataset['split']}")
    console().print(table)


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_text(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value)) if len(value) <= 20 else f"{len(value)} of them"
    return "" if value is None else str(value)


def _tick(row: dict[str, Any]) -> str:
    return "yes" if row["deployed"] else ""
