package io.orchestrator.api.model.core;

import io.orchestrator.api.schema.Description;
import io.orchestrator.api.schema.Field;
import io.orchestrator.api.schema.Fields;
import io.soabase.recordbuilder.core.RecordBuilder;

@Description("A git repository, cloned into a directory when the pod starts.")
@RecordBuilder
public record GitRepoVolumeSource(
        @Field(value = "Where to clone from.", tag = 1, required = true, alwaysWritten = true)
        String repository,

        @Field(value = "The commit to check out.", tag = 2) String revision,

        @Field(value = "The directory to clone into, below the volume.", tag = 3)
        String directory)
        implements GitRepoVolumeSourceBuilder.With {
    public static final GitRepoVolumeSource EMPTY =
            GitRepoVolumeSourceBuilder.builder().build();

    public GitRepoVolumeSource {
        repository = Fields.text(repository);
        revision = Fields.text(revision);
        directory = Fields.text(directory);
    }
}
