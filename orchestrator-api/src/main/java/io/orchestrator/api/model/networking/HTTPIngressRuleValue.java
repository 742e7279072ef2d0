package io.orchestrator.api.model.networking;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

@Description("Goals by path.")
@RecordBuilder
public record HTTPIngressRuleValue(
        @Field(
                value = "The paths and their goals.",
                tag = 1,
                required = true,
                alwaysWritten = true,
                listType = ListType.ATOMIC)
        List<HTTPIngressPath> paths)
        implements HTTPIngressRuleValueBuilder.With {
    public static final HTTPIngressRuleValue EMPTY =
            HTTPIngressRuleValueBuilder.builder().build();

    public HTTPIngressRuleValue {
        paths = Fields.list(paths);
    }
}
