package io.orchestrator.api.model.batch;

import io.orchestrator.api.model.core.PodTemplateDraft;
import io.orchestrator.api.model.core.PodTemplateSpecBuilder;
import io.orchestrator.api.model.core.RestartPolicy;
import java.util.function.UnaryOperator;

/** A {@link Job} in the making. Its pods do not restart unless it says so; its selector is the registry's to set. */
public final class JobDraft extends PodTemplateDraft<Job, JobDraft> {
    private JobSpec spec = JobSpec.EMPTY;

    JobDraft(String name) {
        super(name);
        restartPolicy(RestartPolicy.NEVER);
    }

    /** How many pods must succeed. */
    public JobDraft completions(int completions) {
        return spec(edit -> edit.completions(completions));
    }

    /** How many pods may run at a time. */
    public JobDraft parallelism(int parallelism) {
        return spec(edit -> edit.parallelism(parallelism));
    }

    /** How many failures are borne before the job fails. */
    public JobDraft backoffLimit(int failures) {
        return spec(edit -> edit.backoffLimit(failures));
    }

    /** For whatever has no verb of its own here; the template is set when it is built. */
    public JobDraft spec(UnaryOperator<JobSpecBuilder> edit) {
        spec = edit.apply(JobSpecBuilder.builder(spec)).build();
        return this;
    }

    @Override
    public Job build() {
        return new Job(
                metadata(),
                spec.withTemplate(
                        PodTemplateSpecBuilder.builder().spec(podSpec()).build()),
                JobStatus.EMPTY);
    }
}
