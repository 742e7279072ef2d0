package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("A command to run in the container.")
@RecordBuilder
public record ExecAction(
        @Field(value = "The program and its arguments; no shell is involved.", tag = 1, listType = ListType.ATOMIC)
        List<String> command)
        implements ExecActionBuilder.With {
    public static final ExecAction EMPTY = ExecActionBuilder.builder().build();

    public ExecAction {
        command = Fields.list(command);
    }
}
