package io.orchestrator.core.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;

/** What a compiler knows of a variable before it has a value. */
public enum ValueType {
    ANY(SimpleType.DYN),
    OBJECT(MapType.create(SimpleType.STRING, SimpleType.DYN)),
    LIST(ListType.create(SimpleType.DYN)),
    TEXT(SimpleType.STRING),
    WHOLE(SimpleType.INT),
    FLOATING(SimpleType.DOUBLE),
    TRUTH(SimpleType.BOOL),
    MOMENT(SimpleType.TIMESTAMP),
    SPAN(SimpleType.DURATION),
    BYTES(SimpleType.BYTES),
    /** A value, or nothing. */
    OPTIONAL(OptionalType.create(SimpleType.DYN)),
    /** An {@link Access}. */
    ACCESS(AccessFunctions.ACCESS),
    /** An {@link Access.Check}. */
    RESOURCE_CHECK(AccessFunctions.RESOURCE);

    private final CelType type;

    ValueType(CelType type) {
        this.type = type;
    }

    CelType type() {
        return type;
    }
}
