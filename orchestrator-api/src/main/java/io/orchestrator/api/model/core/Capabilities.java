package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Capabilities to add to or take from the usual ones.")
@RecordBuilder
public record Capabilities(
        @Field(value = "The capabilities to add.", tag = 1, listType = ListType.ATOMIC)
        List<String> add,

        @Field(value = "The capabilities to take away.", tag = 2, listType = ListType.ATOMIC)
        List<String> drop)
        implements CapabilitiesBuilder.With {
    public static final Capabilities EMPTY = CapabilitiesBuilder.builder().build();

    public Capabilities {
        add = Fields.list(add);
        drop = Fields.list(drop);
    }
}
