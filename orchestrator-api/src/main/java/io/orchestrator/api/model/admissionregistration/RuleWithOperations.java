package io.orchestrator.api.model.admissionregistration;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Operations on resources.")
@RecordBuilder
public record RuleWithOperations(
        @Field(
                value = "The operations that are meant; * stands for all.",
                tag = 1,
                listType = ListType.ATOMIC,
                enumValues = {
                    OperationType.OPERATION_ALL,
                    OperationType.CREATE,
                    OperationType.UPDATE,
                    OperationType.DELETE,
                    OperationType.CONNECT
                })
        List<String> operations,

        @Field(
                value = "The API groups that are meant; * stands for all.",
                tag = 1,
                within = 2,
                listType = ListType.ATOMIC)
        List<String> apiGroups,

        @Field(
                value = "The API versions that are meant; * stands for all.",
                tag = 2,
                within = 2,
                listType = ListType.ATOMIC)
        List<String> apiVersions,

        @Field(
                value = "The resources that are meant, with their subresources after a slash; * stands for all.",
                tag = 3,
                within = 2,
                listType = ListType.ATOMIC)
        List<String> resources,

        @Field(
                value = "Whether objects of the cluster, of namespaces or of both are meant.",
                tag = 4,
                within = 2,
                enumValues = {ScopeType.CLUSTER, ScopeType.NAMESPACED, ScopeType.ALL_SCOPES})
        @Nullable
        String scope)
        implements RuleWithOperationsBuilder.With {
    public static final RuleWithOperations EMPTY =
            RuleWithOperationsBuilder.builder().build();

    public RuleWithOperations {
        operations = Fields.list(operations);
        apiGroups = Fields.list(apiGroups);
        apiVersions = Fields.list(apiVersions);
        resources = Fields.list(resources);
    }
}
