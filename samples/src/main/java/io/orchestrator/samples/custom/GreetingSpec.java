package io.orchestrator.samples.custom;

import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;

/** What is to be said, and how. */
public record GreetingSpec(
        @Field(value = "The words.", required = true) String words,

        @Field(
                value = "How loud.",
                defaultValue = "\"softly\"",
                enumValues = {"softly", "loudly"})
        String tone) {
    static final GreetingSpec EMPTY = new GreetingSpec("", "");

    public GreetingSpec {
        words = Fields.text(words);
        tone = Fields.text(tone);
    }
}
