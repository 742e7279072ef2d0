package io.orchestrator.api.model.networking;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

@Description("A path and its goal.")
@RecordBuilder
public record HTTPIngressPath(
        @Field(value = "The path.", tag = 1) String path,

        @Field(
                value = "How the path is compared.",
                tag = 3,
                required = true,
                enumValues = {PathType.EXACT, PathType.PREFIX, PathType.IMPLEMENTATION_SPECIFIC})
        @Nullable
        String pathType,

        @Field(value = "The goal.", tag = 2, required = true)
        IngressBackend backend)
        implements HTTPIngressPathBuilder.With {
    public static final HTTPIngressPath EMPTY = HTTPIngressPathBuilder.builder().build();

    public HTTPIngressPath {
        path = Fields.text(path);
        backend = Fields.orElse(backend, IngressBackend.EMPTY);
    }
}
