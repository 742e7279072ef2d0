package io.orchestrator.api.model.core;

import io.orchestrator.api.meta.LabelSelector;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Description("Chooses pods, and says what being near to them means.")
@RecordBuilder
public record PodAffinityTerm(
        @Field(value = "The labels of the pods; absent chooses none.", tag = 1) @Nullable
        LabelSelector labelSelector,

        @Field(value = "The namespaces of the pods.", tag = 2, listType = ListType.ATOMIC)
        List<String> namespaces,

        @Field(
                value = "Nodes with the same value of this label are near to each other.",
                tag = 3,
                required = true,
                alwaysWritten = true)
        String topologyKey,

        @Field(value = "Further namespaces, by their labels; an empty one chooses all.", tag = 4) @Nullable
        LabelSelector namespaceSelector,

        @Field(
                value = "Labels in which the pods must equal the one that is placed.",
                tag = 5,
                listType = ListType.ATOMIC)
        List<String> matchLabelKeys,

        @Field(
                value = "Labels in which the pods must differ from the one that is placed.",
                tag = 6,
                listType = ListType.ATOMIC)
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
