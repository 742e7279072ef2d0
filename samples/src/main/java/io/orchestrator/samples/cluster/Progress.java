package io.orchestrator.samples.cluster;

import io.orchestrator.api.client.ApiTransport;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.env.SystemEnvironment;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells in lines what the cluster is doing, from its opening to its close: the pulls of images, what went wrong, and how many
 * replicas of each deployment are ready. It reads events and deployments as anybody may, through the API.
 */
final class Progress implements AutoCloseable {
    private final SystemEnvironment environment = new SystemEnvironment("progress");
    private final Instant opened = environment.environment().clock().instant().truncatedTo(ChronoUnit.SECONDS);
    private final Informer<Event> events;
    private final Informer<Deployment> deployments;
    private final Consumer<String> line;

    /** @param line called by one thread at a time for each kind; must be quick */
    Progress(ApiTransport api, Consumer<String> line) {
        this.line = line;
        this.events = new Informer<>(api, Event.TYPE, environment.environment());
        this.deployments = new Informer<>(api, Deployment.TYPE, environment.environment());
        events.addHandler(this::happened);
        deployments.addHandler(this::changed);
        events.start();
        deployments.start();
    }

    private void happened(@Nullable Event before, @Nullable Event after) {
        // An event that comes again is counted up; once said is enough.
        if (before == null && after != null && isNew(after.metadata()) && isWorthALine(after)) {
            String about = after.involvedObject().kind().toLowerCase(Locale.ROOT);
            line.accept(named(
                            about,
                            after.involvedObject().namespace(),
                            after.involvedObject().name())
                    + (isWarning(after) ? ": " + after.reason() : "") + ": " + after.message());
        }
    }

    /** What a cluster that is adopted went through before is nobody's news. */
    private boolean isNew(ObjectMeta metadata) {
        return metadata.creationTimestamp() == null
                || !metadata.creationTimestamp().instant().isBefore(opened);
    }

    private static boolean isWorthALine(Event event) {
        return switch (event.reason()) {
            case "Pulling" -> true;
            // Not that an image was there already.
            case "Pulled" -> event.message().startsWith("Successfully");
            default -> isWarning(event);
        };
    }

    private static boolean isWarning(Event event) {
        return event.type().equals("Warning");
    }

    private void changed(@Nullable Deployment before, @Nullable Deployment after) {
        if (after != null && !readiness(after).equals(before == null ? "" : readiness(before))) {
            ObjectMeta metadata = after.metadata();
            line.accept(named("deployment", metadata.namespace(), metadata.name()) + ": " + readiness(after));
        }
    }

    private static String readiness(Deployment deployment) {
        Integer replicas = deployment.spec().replicas();
        return deployment.status().readyReplicas() + " of " + (replicas == null ? 1 : replicas) + " ready";
    }

    private static String named(String kind, String namespace, String name) {
        String where = namespace.isEmpty() || namespace.equals("default") ? "" : " in " + namespace;
        return kind + "/" + name + where;
    }

    @Override
    public void close() {
        events.close();
        deployments.close();
        environment.close();
    }
}
