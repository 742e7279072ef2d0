package io.orchestrator.api.model.apiextensions;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("A kind as it is served.")
@RecordBuilder
public record CustomResourceDefinitionStatus(
        @Field(value = "What holds of the definition.", listType = ListType.MAP, mapKeys = "type")
        List<CustomResourceDefinitionCondition> conditions,

        @Field("The names that it is served under.") CustomResourceDefinitionNames acceptedNames,

        @Field(value = "All versions that were ever stored.", listType = ListType.ATOMIC)
        List<String> storedVersions)
        implements CustomResourceDefinitionStatusBuilder.With {
    public static final CustomResourceDefinitionStatus EMPTY =
            CustomResourceDefinitionStatusBuilder.builder().build();

    public CustomResourceDefinitionStatus {
        conditions = Fields.list(conditions);
        acceptedNames = Fields.orElse(acceptedNames, CustomResourceDefinitionNames.EMPTY);
        storedVersions = Fields.list(storedVersions);
    }
}
