package io.orchestrator.api.model.storage;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("A storage driver on a node.")
@RecordBuilder
public record CSINodeDriver(
        @Field(value = "The name of the object.", tag = 1, required = true, alwaysWritten = true)
        String name,

        @Field(value = "The name that the driver gives to the node.", tag = 2, required = true, alwaysWritten = true)
        String nodeID,

        @Field(
                value = "The labels by which the driver tells places apart.",
                tag = 3,
                alwaysWritten = true,
                listType = ListType.ATOMIC)
        List<String> topologyKeys,

        @Field(value = "How many volumes the node can bear.", tag = 4) @Nullable
        VolumeNodeResources allocatable)
        implements CSINodeDriverBuilder.With {
    public static final CSINodeDriver EMPTY = CSINodeDriverBuilder.builder().build();

    public CSINodeDriver {
        name = Fields.text(name);
        nodeID = Fields.text(nodeID);
        topologyKeys = Fields.list(topologyKeys);
    }
}
