package io.orchestrator.testkit.life;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.apps.DaemonSet;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.DeploymentStrategy;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.batch.CronJob;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.PodTemplateSpec;
import io.orchestrator.api.model.core.ReplicationController;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** How users change what they have made. */
final class Edits {
    private final Random random;
    private final Wishes wishes;

    Edits(Random random, Wishes wishes) {
        this.random = random;
        this.wishes = wishes;
    }

    /** Scaled, or rolled to another image, or halted. */
    Resource changed(Resource object) {
        boolean scale = random.nextBoolean();
        if (object instanceof Deployment deployment) {
            if (random.nextInt(6) == 0) {
                return deployment.withSpec(
                        deployment.spec().withPaused(!deployment.spec().paused()));
            }
            return deployment.withSpec(
                    scale
                            ? deployment.spec().withReplicas(wishes.replicas())
                            : deployment
                                    .spec()
                                    .withTemplate(withImage(deployment.spec().template(), wishes.image())));
        } else if (object instanceof StatefulSet set) {
            return set.withSpec(
                    scale
                            ? set.spec().withReplicas(random.nextInt(4))
                            : set.spec().withTemplate(withImage(set.spec().template(), wishes.image())));
        } else if (object instanceof DaemonSet set) {
            return set.withSpec(set.spec().withTemplate(withImage(set.spec().template(), wishes.image())));
        } else if (object instanceof ReplicaSet set) {
            return set.withSpec(set.spec().withReplicas(wishes.replicas()));
        } else if (object instanceof ReplicationController controller) {
            return controller.withSpec(controller.spec().withReplicas(wishes.replicas()));
        } else if (object instanceof CronJob cron) {
            boolean suspended = Boolean.TRUE.equals(cron.spec().suspend());
            return cron.withSpec(cron.spec().withSuspend(!suspended));
        } else if (object instanceof Job job && !job.status().conditions().isEmpty()) {
            return job;
        } else if (object instanceof Job job) {
            boolean suspended = Boolean.TRUE.equals(job.spec().suspend());
            return job.withSpec(job.spec().withSuspend(!suspended));
        }
        throw new IllegalArgumentException("nobody changes a " + object.getClass());
    }

    /** Nothing about it is broken, or halted, any more. */
    Resource mended(Resource object) {
        if (object instanceof Deployment deployment) {
            return deployment.withSpec(deployment
                    .spec()
                    .withPaused(false)
                    .withTemplate(mended(deployment.spec().template())));
        } else if (object instanceof StatefulSet set) {
            return set.withSpec(set.spec().withTemplate(mended(set.spec().template())));
        } else if (object instanceof DaemonSet set) {
            return set.withSpec(set.spec().withTemplate(mended(set.spec().template())));
        } else if (object instanceof CronJob cron) {
            return cron.withSpec(cron.spec().withSuspend(true));
        } else if (object instanceof Job job && Boolean.TRUE.equals(job.spec().suspend())) {
            return job.withSpec(job.spec().withSuspend(false));
        }
        return object;
    }

    /** How many active pods it may ever have; negative where that does not lie in its specification. */
    static int mostPods(Resource object) {
        if (object instanceof Deployment deployment) {
            return replicas(deployment.spec().replicas())
                    + surge(deployment.spec().strategy());
        } else if (object instanceof StatefulSet set) {
            return replicas(set.spec().replicas());
        } else if (object instanceof ReplicaSet set) {
            return replicas(set.spec().replicas());
        } else if (object instanceof ReplicationController controller) {
            return replicas(controller.spec().replicas());
        } else if (object instanceof Job job) {
            return Objects.requireNonNullElse(job.spec().parallelism(), 1);
        }
        return -1;
    }

    /** For the journal. */
    static String words(Resource object) {
        PodTemplateSpec template = template(object);
        return "with at most " + mostPods(object) + " pods of "
                + (template == null
                        ? "its kind"
                        : template.spec().containers().get(0).image());
    }

    static @Nullable PodTemplateSpec template(Resource object) {
        if (object instanceof Deployment deployment) {
            return deployment.spec().template();
        } else if (object instanceof StatefulSet set) {
            return set.spec().template();
        } else if (object instanceof DaemonSet set) {
            return set.spec().template();
        } else if (object instanceof ReplicaSet set) {
            return set.spec().template();
        } else if (object instanceof ReplicationController controller) {
            return controller.spec().template();
        } else if (object instanceof Job job) {
            return job.spec().template();
        }
        return null;
    }

    private static int surge(DeploymentStrategy strategy) {
        IntOrString surge = strategy.rollingUpdate() == null
                ? null
                : strategy.rollingUpdate().maxSurge();
        return surge == null ? 0 : Integer.parseInt(surge.toString());
    }

    static int replicas(@Nullable Integer replicas) {
        return replicas == null ? 1 : replicas;
    }

    private static PodTemplateSpec mended(PodTemplateSpec template) {
        Container container = template.spec().containers().get(0);
        return container.image().equals(Programs.BROKEN) ? withImage(template, Programs.GOOD + "0") : template;
    }

    private static PodTemplateSpec withImage(PodTemplateSpec template, String image) {
        Container container = template.spec().containers().get(0);
        return template.withSpec(template.spec().withContainers(List.of(container.withImage(image))));
    }
}
