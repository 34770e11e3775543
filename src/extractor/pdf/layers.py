"""Layers: which optional content of a file is not shown when it is opened."""

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import PDFObjRef, resolve1


def find_hidden_layers(document: PDFDocument) -> frozenset[int]:
    """Give the object numbers of the layers not shown when the file is opened."""
    properties = resolve1(document.catalog.get("OCProperties"))
    if not isinstance(properties, dict):
        return frozenset()
    default = resolve1(properties.get("D"))
    default = default if isinstance(default, dict) else {}
    off = _list_object_numbers(default.get("OFF"))
    if getattr(resolve1(default.get("BaseState")), "name", "ON") == "OFF":
        off |= _list_object_numbers(properties.get("OCGs")) - _list_object_numbers(default.get("ON"))
    return off


def is_hidden_layer(layer: object, hidden: frozenset[int]) -> bool:
    """Tell whether a layer, or a group of layers, is not shown.

    Args:
        layer: What a part of a page names as its layer.
        hidden: The object numbers of the layers that are not shown.

    Returns:
        Whether what is on it is not printed.
    """
    if _object_number(layer) in hidden:
        return True
    group = resolve1(layer)
    if not isinstance(group, dict) or "OCGs" not in group:
        return False
    members = resolve1(group["OCGs"])
    members = members if isinstance(members, list) else [group["OCGs"]]
    off = [_object_number(member) in hidden for member in members]
    policy = getattr(group.get("P"), "name", "AnyOn")
    shown = {"AllOn": not any(off), "AnyOff": any(off), "AllOff": all(off)}.get(str(policy), not all(off))
    return bool(off) and not shown


def _object_number(thing: object) -> int | None:
    return thing.objid if isinstance(thing, PDFObjRef) else None


def _list_object_numbers(layers: object) -> frozenset[int]:
    found = resolve1(layers)
    references = [layer for layer in found if isinstance(layer, PDFObjRef)] if isinstance(found, list) else []
    return frozenset(layer.objid for layer in references)
