package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("Git repo volume source.")
@RecordBuilder
public record GitRepoVolumeSource(
        @Field(value = "Repository.", tag = 1, required = true, alwaysWritten = true)
        String repository,

        @Field(value = "Revision.", tag = 2) String revision,
        @Field(value = "Directory.", tag = 3) String directory)
        implements GitRepoVolumeSourceBuilder.With {
    public static final GitRepoVolumeSource EMPTY =
            GitRepoVolumeSourceBuilder.builder().build();

    public GitRepoVolumeSource {
        repository = Fields.text(repository);
        revision = Fields.text(revision);
        directory = Fields.text(directory);
    }
}
