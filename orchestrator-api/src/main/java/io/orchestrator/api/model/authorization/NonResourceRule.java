package io.orchestrator.api.model.authorization;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("What may be done with paths.")
@RecordBuilder
public record NonResourceRule(
        @Field(
                value = "What may be done; * stands for everything.",
                tag = 1,
                required = true,
                alwaysWritten = true,
                listType = ListType.ATOMIC)
        List<String> verbs,

        @Field(
                value = "The paths that are meant; a * at the end stands for whatever follows.",
                tag = 2,
                listType = ListType.ATOMIC)
        List<String> nonResourceURLs)
        implements NonResourceRuleBuilder.With {
    public static final NonResourceRule EMPTY = NonResourceRuleBuilder.builder().build();

    public NonResourceRule {
        verbs = Fields.list(verbs);
        nonResourceURLs = Fields.list(nonResourceURLs);
    }
}
