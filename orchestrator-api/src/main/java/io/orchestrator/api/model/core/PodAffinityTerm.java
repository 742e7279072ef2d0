package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Pod affinity term.")
@RecordBuilder
public record PodAffinityTerm(
        @Field(value = "Label selector.", tag = 1) @Nullable LabelSelector labelSelector,

        @Field(value = "Namespaces.", tag = 2, listType = ListType.ATOMIC)
        List<String> namespaces,

        @Field(value = "Topology key.", tag = 3, required = true, alwaysWritten = true)
        String topologyKey,

        @Field(value = "Namespace selector.", tag = 4) @Nullable
        LabelSelector namespaceSelector,

        @Field(value = "Match label keys.", tag = 5, listType = ListType.ATOMIC)
        List<String> matchLabelKeys,

        @Field(value = "Mismatch label keys.", tag = 6, listType = ListType.ATOMIC)
        List<String> mismatchLabelKeys)
        implements PodAffinityTermBuilder.With {
    public static final PodAffinityTerm EMPTY = PodAffinityTermBuilder.builder().build();

    public PodAffinityTerm {
        namespaces = Fields.list(namespaces);
        topologyKey = Fields.text(topologyKey);
        matchLabelKeys = Fields.list(matchLabelKeys);
        mismatchLabelKeys = Fields.list(mismatchLabelKeys);
    }
}
