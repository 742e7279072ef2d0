package io.orchestrator.samples.custom;

import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;

/** What was said. */
public record GreetingStatus(
        @Field("The words as they were said.") String said) {
    static final GreetingStatus EMPTY = new GreetingStatus("");

    public GreetingStatus {
        said = Fields.text(said);
    }
}
