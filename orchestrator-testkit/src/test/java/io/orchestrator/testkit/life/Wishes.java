package io.orchestrator.testkit.life;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.LabelSelectorBuilder;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.apps.DaemonSet;
import io.orchestrator.api.model.apps.DaemonSetUpdateStrategy;
import io.orchestrator.api.model.apps.DaemonSetUpdateStrategyType;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.DeploymentDraft;
import io.orchestrator.api.model.apps.PodManagementPolicyType;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.RollingUpdateDaemonSet;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.batch.CompletionMode;
import io.orchestrator.api.model.batch.CronJob;
import io.orchestrator.api.model.batch.CronJobBuilder;
import io.orchestrator.api.model.batch.CronJobSpecBuilder;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.batch.JobDraft;
import io.orchestrator.api.model.batch.JobTemplateSpec;
import io.orchestrator.api.model.core.PersistentVolumeClaim;
import io.orchestrator.api.model.core.PersistentVolumeClaimBuilder;
import io.orchestrator.api.model.core.PersistentVolumeClaimSpecBuilder;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.api.model.core.ReplicationController;
import io.orchestrator.api.model.core.ReplicationControllerBuilder;
import io.orchestrator.api.model.core.ReplicationControllerSpecBuilder;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.VolumeResourceRequirementsBuilder;
import io.orchestrator.api.model.policy.PodDisruptionBudget;
import io.orchestrator.api.model.policy.PodDisruptionBudgetBuilder;
import io.orchestrator.api.model.policy.PodDisruptionBudgetSpecBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What users come up with: workloads of all kinds, each a little different. */
final class Wishes {
    static final int MOST_REPLICAS = 5;

    private final Random random;

    Wishes(Random random) {
        this.random = random;
    }

    String image() {
        return random.nextInt(8) == 0 ? Programs.BROKEN : Programs.GOOD + random.nextInt(3);
    }

    int replicas() {
        return random.nextInt(MOST_REPLICAS + 1);
    }

    Deployment deployment(String name) {
        DeploymentDraft draft = Deployment.named(name)
                .replicas(replicas())
                .container("main", image(), container -> container.cpu(cpu()).port(80))
                .progressDeadline(Duration.ofMinutes(3));
        if (random.nextInt(5) == 0) {
            draft.recreate();
        } else {
            int surge = random.nextInt(3);
            draft.maxSurge(surge).maxUnavailable(surge == 0 ? 1 : random.nextInt(2));
        }
        if (random.nextInt(3) == 0) {
            draft.minReady(Duration.ofSeconds(1 + random.nextInt(30)));
        }
        return draft.build();
    }

    /** Nothing of it is broken: another image would not be heard. */
    ReplicaSet replicaSet(String name) {
        return ReplicaSet.named(name)
                .replicas(replicas())
                .container("main", Programs.GOOD + "1", container -> container.cpu(cpu()))
                .build();
    }

    ReplicationController replicationController(String name) {
        ReplicaSet like = replicaSet(name);
        return ReplicationControllerBuilder.builder()
                .metadata(like.metadata())
                .spec(ReplicationControllerSpecBuilder.builder()
                        .replicas(like.spec().replicas())
                        .template(new PodTemplateSpec(
                                like.spec().template().metadata(),
                                like.spec().template().spec()))
                        .build())
                .build();
    }

    StatefulSet statefulSet(String name) {
        boolean parallel = random.nextInt(3) == 0;
        boolean claims = random.nextBoolean();
        return StatefulSet.named(name)
                .replicas(random.nextInt(4))
                .service(name)
                .container("main", image(), container -> container.cpu(cpu()).port(80))
                .spec(spec -> spec.podManagementPolicy(
                                parallel ? PodManagementPolicyType.PARALLEL : PodManagementPolicyType.ORDERED_READY)
                        .volumeClaimTemplates(claims ? List.of(claim()) : List.of()))
                .build();
    }

    DaemonSet daemonSet(String name) {
        boolean surge = random.nextInt(3) == 0;
        RollingUpdateDaemonSet steps = new RollingUpdateDaemonSet(
                IntOrString.of(surge ? 0 : 1 + random.nextInt(3)), IntOrString.of(surge ? 1 : 0));
        return DaemonSet.named(name)
                .container("main", image(), container -> container.cpu("50m").port(80))
                .spec(spec -> spec.updateStrategy(
                        new DaemonSetUpdateStrategy(DaemonSetUpdateStrategyType.ROLLING_UPDATE, steps)))
                .build();
    }

    Job job(String name) {
        int completions = 1 + random.nextInt(5);
        String program =
                random.nextInt(3) > 0 ? Programs.TASK : random.nextInt(4) > 0 ? Programs.FLAKY : Programs.DOOMED;
        JobDraft draft = Job.named(name)
                .completions(completions)
                .parallelism(1 + random.nextInt(3))
                .backoffLimit(random.nextInt(5))
                .podSpec(pod -> pod.restartPolicy("Never"))
                .container("main", program, container -> container.cpu("50m"));
        if (random.nextBoolean()) {
            draft.spec(spec -> spec.completionMode(CompletionMode.INDEXED));
        }
        if (random.nextInt(3) == 0) {
            draft.spec(spec -> spec.ttlSecondsAfterFinished(600));
        }
        if (random.nextInt(4) == 0) {
            draft.spec(spec -> spec.podReplacementPolicy("Failed"));
        }
        return labelled(draft.build(), name);
    }

    CronJob cronJob(String name) {
        Job job = Job.named(name)
                .container("main", Programs.TASK, container -> container.cpu("50m"))
                .podSpec(pod -> pod.restartPolicy("Never"))
                .build();
        return CronJobBuilder.builder()
                .metadata(named(name))
                .spec(CronJobSpecBuilder.builder()
                        .schedule(random.nextBoolean() ? "20 * * * *" : "7,47 */2 * * *")
                        .concurrencyPolicy(List.of("Allow", "Forbid", "Replace").get(random.nextInt(3)))
                        .jobTemplate(new JobTemplateSpec(
                                labelled(name), labelled(job, name).spec()))
                        .build())
                .build();
    }

    Service service(String name) {
        return Service.named(name).selects("app", name).port(80).build();
    }

    PodDisruptionBudget budget(String name) {
        PodDisruptionBudgetSpecBuilder spec = PodDisruptionBudgetSpecBuilder.builder()
                .selector(LabelSelectorBuilder.builder()
                        .matchLabels(Map.of("app", name))
                        .build());
        IntOrString amount = random.nextBoolean() ? IntOrString.of(1) : IntOrString.of("50%");
        return PodDisruptionBudgetBuilder.builder()
                .metadata(named(name))
                .spec((random.nextBoolean() ? spec.minAvailable(amount) : spec.maxUnavailable(amount)).build())
                .build();
    }

    private String cpu() {
        return 50 * (1 + random.nextInt(5)) + "m";
    }

    private static PersistentVolumeClaim claim() {
        return PersistentVolumeClaimBuilder.builder()
                .metadata(named("data"))
                .spec(PersistentVolumeClaimSpecBuilder.builder()
                        .accessModes(List.of("ReadWriteOnce"))
                        .resources(VolumeResourceRequirementsBuilder.builder()
                                .requests(Map.of("storage", Quantity.parse("1Gi")))
                                .build())
                        .build())
                .build();
    }

    private static ObjectMeta named(String name) {
        return ObjectMetaBuilder.builder().name(name).build();
    }

    private static Job labelled(Job job, String name) {
        return job.withSpec(job.spec().withTemplate(job.spec().template().withMetadata(labelled(name))));
    }

    private static ObjectMeta labelled(String name) {
        return ObjectMetaBuilder.builder().labels(Map.of("app", name)).build();
    }
}
