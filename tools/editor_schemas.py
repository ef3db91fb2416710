"""JSON schemas of the programme's files for editors: what a methodologist writes, not what the loader makes of it.

The classes of the model give keys and types; here their shorthands are added back: an id for a term, a mapping for a
list of entries, a title for an entry that is nothing else, a condition in its structured form.
"""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from orientir.audit.reference_data import GROUPS as REFERENCE_GROUPS
from orientir.definitions.folder import GROUPS, SCALARS
from orientir.model.dictionaries import Audience, Component, Member, Named, Role
from orientir.model.forms import Form
from orientir.model.indicators import Indicator, Term
from orientir.model.programme import Programme, ReportSpec

Schema = dict[str, Any]
Meanings = dict[str, Any]

_DRAFT = "http://json-schema.org/draft-07/schema#"
_MAY_BE_A_STRING = frozenset(kind.__name__ for kind in (Audience, Component, Named, Role, Member, Term))
_TYPED_CONDITIONS = frozenset({"OneOf", "Within", "AllOf", "AnyOf", "Not"})
_SILENT = (None, "", [])

_CONDITION: Schema = {
    "description": "«разрез: значение», список значений, {from, to}, any, not; несколько ключей значат «и».",
    "type": "object",
    "minProperties": 1,
    "properties": {
        "any": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Condition"}},
        "not": {"$ref": "#/$defs/Condition"},
    },
    "additionalProperties": {
        "anyOf": [
            {"type": ["string", "integer"]},
            {"type": "array", "minItems": 1, "items": {"type": ["string", "integer"]}},
            {
                "type": "object",
                "properties": {"from": {"type": "integer"}, "to": {"type": "integer"}},
                "required": ["from", "to"],
                "additionalProperties": False,
            },
        ]
    },
}


def schemas(meanings: Meanings) -> dict[str, Schema]:
    """The schema of each file by the schema's name."""
    made = {file.removesuffix(".yaml"): _of_groups(file, kinds, meanings) for file, kinds in GROUPS.items()}
    made["indicator"] = _of_entry(Indicator, meanings)
    made["form"] = _of_entry(Form, meanings)
    made["report"] = _of_entry(ReportSpec, meanings)
    made["audit"] = _of_reference()
    return {name: {"$schema": _DRAFT, **schema} for name, schema in sorted(made.items())}


def _of_reference() -> Schema:
    """The auditor's reference data: titles, notes and days are texts, words to look for are lists of them."""
    text: Schema = {"type": "string", "minLength": 1}
    lists = {"names": text, "about": text, "unless": text, "years": {"type": "integer"}}
    properties: Schema = {"as_of": text}
    for group, keys in REFERENCE_GROUPS.items():
        entry = {key: {"type": "array", "items": lists[key]} if key in lists else text for key in keys}
        required = [key for key, must in keys.items() if must]
        of_one = {"type": "object", "additionalProperties": False, "properties": entry, "required": required}
        properties[group] = {"type": "object", "additionalProperties": of_one}
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _of_entry(kind: type, meanings: Meanings) -> Schema:
    definitions = _definitions(kind, meanings)
    return {**definitions.pop(kind.__name__), "$defs": definitions}


def _of_groups(file: str, kinds: dict[str, type], meanings: Meanings) -> Schema:
    definitions: Schema = {}
    properties: Schema = {}
    for group, kind in kinds.items():
        definitions |= _definitions(kind, meanings)
        entries = {"type": "object", "additionalProperties": {"$ref": f"#/$defs/{kind.__name__}"}}
        properties[group] = {"description": meanings["groups"][group], **entries}
    schema: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    if file == "programme.yaml":
        whole = _definitions(Programme, meanings)
        scalars = {name: whole["Programme"]["properties"][name] for name in SCALARS}
        schema |= {"properties": {**scalars, **properties}, "required": list(SCALARS)}
        definitions["PeriodKind"] = whole["PeriodKind"]
    return {**schema, "$defs": definitions}


def _definitions(kind: type, meanings: Meanings) -> Schema:
    """The class and every class it is made of, by name, as they are written in YAML."""
    found = TypeAdapter(kind).json_schema()
    classes = {**found.pop("$defs", {}), kind.__name__: found}
    made = {name: _written(name, one, meanings) for name, one in classes.items() if name not in _TYPED_CONDITIONS}
    return made | {"Condition": _CONDITION} if "Term" in made else made


def _written(name: str, schema: Schema, meanings: Meanings) -> Schema:
    if "enum" in schema:
        told = "; ".join(f"{value} — {meaning}" for value, meaning in meanings["values"][name].items())
        return {"type": "string", "enum": schema["enum"], "description": told}
    about = meanings.get(name, {})
    properties = {key: _property(key, one, about) for key, one in schema["properties"].items() if key in about}
    entry: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    entry["required"] = [key for key in schema.get("required", ()) if key in about]
    written = {"anyOf": [{"type": "string"}, entry]} if name in _MAY_BE_A_STRING else entry
    return {"description": about["_"], **written} if "_" in about else written


def _property(key: str, schema: Schema, about: dict[str, str]) -> Schema:
    kept = {name: one for name, one in schema.items() if name != "title" and not (name == "default" and one in _SILENT)}
    if schema.get("items") == {"$ref": "#/$defs/Term"}:
        kept = {"anyOf": [{"$ref": "#/$defs/Term"}, {"type": "array", "items": {"$ref": "#/$defs/Term"}}]}
    elif key == "where":
        kept = {"$ref": "#/$defs/Condition"}
    elif schema.get("items") == {"$ref": "#/$defs/Member"}:
        kept = {"type": "object", "additionalProperties": {"$ref": "#/$defs/Member"}}
    if "$ref" in kept:
        kept = {"allOf": [{"$ref": kept.pop("$ref")}], **kept}
    return {"description": about[key], **kept}
