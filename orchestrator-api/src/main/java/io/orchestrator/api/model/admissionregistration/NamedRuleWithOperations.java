package io.orchestrator.api.model.admissionregistration;

import io.orchestrator.api.schema.Atomic;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Operations on resources, of some names only if need be.")
@Atomic
@RecordBuilder
public record NamedRuleWithOperations(
        @Field(value = "The names of the objects that are meant; empty for all.", tag = 1, listType = ListType.ATOMIC)
        List<String> resourceNames,

        @Field(
                value = "The operations that are meant; * stands for all.",
                tag = 1,
                within = 2,
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
                within = 2002,
                listType = ListType.ATOMIC)
        List<String> apiGroups,

        @Field(
                value = "The API versions that are meant; * stands for all.",
                tag = 2,
                within = 2002,
                listType = ListType.ATOMIC)
        List<String> apiVersions,

        @Field(
                value = "The resources that are meant, with their subresources after a slash; * stands for all.",
                tag = 3,
                within = 2002,
                listType = ListType.ATOMIC)
        List<String> resources,

        @Field(
                value = "Whether objects of the cluster, of namespaces or of both are meant.",
                tag = 4,
                within = 2002,
                enumValues = {ScopeType.CLUSTER, ScopeType.NAMESPACED, ScopeType.ALL_SCOPES})
        @Nullable
        String scope)
        implements NamedRuleWithOperationsBuilder.With {
    public static final NamedRuleWithOperations EMPTY =
            NamedRuleWithOperationsBuilder.builder().build();

    public NamedRuleWithOperations {
        resourceNames = Fields.list(resourceNames);
        operations = Fields.list(operations);
        apiGroups = Fields.list(apiGroups);
        apiVersions = Fields.list(apiVersions);
        resources = Fields.list(resources);
    }
}
