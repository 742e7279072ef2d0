package io.orchestrator.samples.custom;

import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.orchestrator.api.schema.ResourceKind;

/** A kind of this application's own: the record is all that there is to it. */
@ResourceKind(
        group = "samples.orchestrator.io",
        version = "v1",
        kind = "Greeting",
        plural = "greetings",
        shortNames = "gr")
@Description("Words that are said to somebody.")
public record Greeting(
        @Field("Who the object is.") ObjectMeta metadata,

        @Field(value = "What is to be said.", required = true)
        GreetingSpec spec,

        @Field("What was said.") GreetingStatus status)
        implements Resource {
    public static final ResourceType<Greeting> TYPE = ResourceType.of(Greeting.class);

    public Greeting {
        metadata = Fields.orElse(metadata, ObjectMeta.EMPTY);
        spec = Fields.orElse(spec, GreetingSpec.EMPTY);
        status = Fields.orElse(status, GreetingStatus.EMPTY);
    }

    static Greeting to(String name, String words) {
        return new Greeting(
                ObjectMetaBuilder.builder().name(name).build(), new GreetingSpec(words, ""), GreetingStatus.EMPTY);
    }

    @Override
    public Greeting withMetadata(ObjectMeta metadata) {
        return new Greeting(metadata, spec, status);
    }

    Greeting withStatus(GreetingStatus status) {
        return new Greeting(metadata, spec, status);
    }
}
