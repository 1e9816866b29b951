"""One sample of any struct, always the same: every optional field filled, so that each form in the wire format is fixed."""

import datetime
from typing import Any

import msgspec
from msgspec import inspect

WHEN = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)


def sample(struct: type[msgspec.Struct]) -> Any:
    return _value(inspect.type_info(struct), "")


def _value(kind: Any, name: str) -> Any:
    match kind:
        case inspect.StructType():
            return kind.cls(**{field.name: _value(field.type, field.name) for field in kind.fields})
        case inspect.UnionType():
            return _value(next(part for part in kind.types if not isinstance(part, inspect.NoneType)), name)
        case inspect.ListType() | inspect.SetType() | inspect.FrozenSetType() | inspect.VarTupleType():
            return [_value(kind.item_type, name)]
        case inspect.DictType():
            return {"key": _value(kind.value_type, "value")}
        case inspect.LiteralType():
            return sorted(kind.values, key=str)[0]
        case inspect.EnumType():
            return next(iter(kind.cls))
        case _:
            return PLAIN[type(kind)](name)


PLAIN: dict[type, Any] = {
    inspect.IntType: lambda name: 7,
    inspect.FloatType: lambda name: 0.5,
    inspect.BoolType: lambda name: False,
    inspect.StrType: lambda name: name or "text",
    inspect.DateTimeType: lambda name: WHEN,
    inspect.DecimalType: lambda name: "12.50",
    inspect.AnyType: lambda name: name,
    inspect.NoneType: lambda name: None,
}
