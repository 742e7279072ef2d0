package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("A line of the hosts file.")
@RecordBuilder
public record HostAlias(
        @Field(value = "The address.", tag = 1, required = true, alwaysWritten = true)
        String ip,

        @Field(value = "The names of the address.", tag = 2, listType = ListType.ATOMIC)
        List<String> hostnames)
        implements HostAliasBuilder.With {
    public static final HostAlias EMPTY = HostAliasBuilder.builder().build();

    public HostAlias {
        ip = Fields.text(ip);
        hostnames = Fields.list(hostnames);
    }
}
