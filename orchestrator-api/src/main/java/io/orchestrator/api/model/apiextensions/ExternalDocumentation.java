package io.orchestrator.api.model.apiextensions;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Where to read more.")
@RecordBuilder
public record ExternalDocumentation(
        @Field("What is found there.") String description,
        @Field("The address.") String url) implements ExternalDocumentationBuilder.With {
    public static final ExternalDocumentation EMPTY =
            ExternalDocumentationBuilder.builder().build();

    public ExternalDocumentation {
        description = Fields.text(description);
        url = Fields.text(url);
    }
}
