package io.orchestrator.testkit.life;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.DeleteOptions.Propagation;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.apps.DaemonSet;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.apps.StatefulSet;
import io.orchestrator.api.model.batch.CronJob;
import io.orchestrator.api.model.batch.Job;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.ReplicationController;
import io.orchestrator.testkit.simulation.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** People who make workloads, change them, and throw them away, as it comes to their minds. */
final class Users {
    static final List<String> NAMESPACES = List.of("default", "shop");
    static final List<ResourceType<?>> LASTING = List.of(
            Deployment.TYPE,
            StatefulSet.TYPE,
            DaemonSet.TYPE,
            ReplicaSet.TYPE,
            ReplicationController.TYPE,
            CronJob.TYPE,
            Job.TYPE);

    /** How the names of StatefulSets begin. */
    static final String SET = "set-";

    private final Simulation sim;
    private final Random random;
    private final Wishes wishes;
    private final Edits edits;
    private final ReplicaRule replicas;
    private final BudgetRule budgets;
    private final Drains drains;
    private final List<String> journal;
    private int jobs;

    Users(Simulation sim, Random random, ReplicaRule replicas, BudgetRule budgets, List<String> journal) {
        this.sim = sim;
        this.random = random;
        this.wishes = new Wishes(random);
        this.edits = new Edits(random, wishes);
        this.replicas = replicas;
        this.budgets = budgets;
        this.drains = new Drains(sim, random, budgets, journal);
        this.journal = journal;
    }

    /** One of them does something. What the API refuses for a reason that users know is not done. */
    void act() {
        try {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> create();
                case 3, 4, 5, 6, 7 -> change();
                case 8 -> delete();
                case 9 -> deletePod();
                case 10 -> drains.drain();
                default -> rarely();
            }
        } catch (ApiException e) {
            if (!isTheirOwnDoing(e)) {
                throw e;
            }
            journal.add("  refused: " + e.getMessage());
        }
    }

    /** Or that of an API server that died of their request. */
    static boolean isTheirOwnDoing(ApiException e) {
        return switch (e.reason()) {
            case NOT_FOUND, ALREADY_EXISTS, CONFLICT, TOO_MANY_REQUESTS, FORBIDDEN -> true;
            case SERVICE_UNAVAILABLE -> true;
            default -> false;
        };
    }

    /**
     * What is broken or paused is made whole, so that everything can come to rest. An ordered set does not shrink past pods that
     * are not ready: those somebody has to delete.
     */
    void mend() {
        drains.end();
        for (Pod pod : all(Pod.TYPE)) {
            if (pod.metadata().name().startsWith(SET) && isBroken(pod)) {
                tryTo(() -> client(Pod.TYPE, pod.metadata().namespace())
                        .delete(pod.metadata().name()));
            }
        }
        for (ResourceType<?> type : LASTING) {
            for (Resource object : all(type)) {
                if (isMadeByUsers(object)) {
                    tryTo(() -> replace(object, edits.mended(object)));
                }
            }
        }
    }

    /** What somebody let go of and never runs is thrown away: nobody mends it, and it is tried again for ever. */
    void tidyBroken() {
        tidy(Users::isBroken);
    }

    /** What somebody let go of is thrown away: no one else would. */
    void tidy() {
        tidy(object -> true);
    }

    private static boolean isBroken(Resource object) {
        PodSpec spec = object instanceof Pod pod
                ? pod.spec()
                : object instanceof ReplicaSet set ? set.spec().template().spec() : null;
        return spec != null && spec.containers().get(0).image().equals(Programs.BROKEN);
    }

    private void tidy(Predicate<Resource> which) {
        for (ResourceType<?> type : List.<ResourceType<?>>of(ReplicaSet.TYPE, Job.TYPE, Pod.TYPE)) {
            for (Resource object : all(type)) {
                boolean letGo = object.metadata().ownerReferences().isEmpty() && !isMadeByUsers(object);
                if (letGo && which.test(object)) {
                    tryTo(() -> client(type, object.metadata().namespace())
                            .delete(
                                    object.metadata().name(),
                                    DeleteOptions.defaults().propagate(Propagation.BACKGROUND)));
                }
            }
        }
    }

    private void create() {
        String namespace = NAMESPACES.get(random.nextInt(NAMESPACES.size()));
        if (sim.client().namespaces().find(namespace).isEmpty()) {
            sim.client().create(Namespace.named(namespace).build());
        }
        String letter = random.nextBoolean() ? "a" : "b";
        Resource fresh = switch (random.nextInt(10)) {
            case 0, 1 -> wishes.deployment("deployment-" + letter);
            case 2, 3 -> wishes.statefulSet(SET + letter);
            case 4 -> wishes.daemonSet("daemon-" + letter);
            case 5 -> wishes.replicaSet("replicas-" + letter);
            case 6 -> wishes.replicationController("controller-" + letter);
            case 7 -> wishes.cronJob("cron-" + letter);
            default -> wishes.job("job-" + jobs++);
        };
        App app = new App(namespace, fresh.metadata().name());
        journal.add("create " + fresh.getClass().getSimpleName() + " " + app + " " + Edits.words(fresh));
        Client client = sim.client().inNamespace(namespace);
        wanted(app, fresh);
        client.create(fresh);
        if (!app.name().startsWith("job") && !app.name().startsWith("cron")) {
            tryTo(() -> client.create(wishes.service(app.name())));
            if (random.nextBoolean() && (fresh instanceof Deployment || fresh instanceof StatefulSet)) {
                tryTo(() -> client.create(wishes.budget(app.name())));
            }
        }
    }

    private void change() {
        Resource chosen = choose();
        if (chosen == null) {
            create();
            return;
        }
        Resource changed = edits.changed(chosen);
        App app = new App(chosen.metadata().namespace(), chosen.metadata().name());
        journal.add("change " + chosen.getClass().getSimpleName() + " " + app + " " + Edits.words(changed));
        wanted(app, changed);
        replace(chosen, changed);
    }

    private void delete() {
        Resource chosen = choose();
        if (chosen == null) {
            return;
        }
        App app = new App(chosen.metadata().namespace(), chosen.metadata().name());
        Propagation propagation = Propagation.values()[random.nextInt(Propagation.values().length)];
        journal.add("delete " + chosen.getClass().getSimpleName() + " " + app + " " + propagation);
        replicas.abandoned(app);
        budgets.disturbed(app);
        client(typeOf(chosen), app.namespace())
                .delete(app.name(), DeleteOptions.defaults().propagate(propagation));
    }

    private void deletePod() {
        List<Pod> pods = sim.client().pods().inAnyNamespace().list().items();
        if (pods.isEmpty()) {
            return;
        }
        Pod pod = pods.get(random.nextInt(pods.size()));
        // Who forces the pod of a StatefulSet away breaks its promise himself.
        boolean atOnce = random.nextInt(3) == 0 && pod.metadata().generateName().length() > 0;
        journal.add("delete pod " + pod.metadata().name() + (atOnce ? " at once" : ""));
        sim.client()
                .pods()
                .inNamespace(pod.metadata().namespace())
                .delete(pod.metadata().name(), atOnce ? DeleteOptions.defaults().grace(0) : DeleteOptions.defaults());
    }

    private void rarely() {
        if (random.nextInt(4) == 0 && sim.client().namespaces().find("shop").isPresent()) {
            journal.add("delete namespace shop");
            sim.client().namespaces().delete("shop");
        } else {
            change();
        }
    }

    private void wanted(App app, Resource object) {
        int most = Edits.mostPods(object);
        if (most >= 0) {
            replicas.wanted(app, most);
        }
        budgets.disturbed(app);
    }

    private @Nullable Resource choose() {
        List<Resource> lasting = new ArrayList<>();
        for (ResourceType<?> type : LASTING) {
            for (Resource object : all(type)) {
                if (isMadeByUsers(object) && object.metadata().deletionTimestamp() == null) {
                    lasting.add(object);
                }
            }
        }
        return lasting.isEmpty() ? null : lasting.get(random.nextInt(lasting.size()));
    }

    /** Not by a controller: those give other names. */
    private static boolean isMadeByUsers(Resource object) {
        return switch (object.metadata().name().replaceAll("-(a|b|[0-9]+)$", "")) {
            case "deployment", "set", "daemon", "replicas", "controller", "cron", "job" -> true;
            default -> false;
        };
    }

    private <T extends Resource> List<T> all(ResourceType<T> type) {
        return sim.client().resources(type).inAnyNamespace().list().items();
    }

    private <T extends Resource> ResourceClient<T> client(ResourceType<T> type, String namespace) {
        return sim.client().resources(type).inNamespace(namespace);
    }

    private void replace(Resource before, Resource after) {
        if (!after.equals(before)) {
            update(after);
        }
    }

    private <T extends Resource> void update(T object) {
        client(Users.<T>typeOf(object), object.metadata().namespace()).update(object);
    }

    @SuppressWarnings("unchecked") // a record's class is its kind
    private static <T extends Resource> ResourceType<T> typeOf(Resource object) {
        return (ResourceType<T>) ResourceType.of(object.getClass());
    }

    private static void tryTo(Runnable action) {
        try {
            action.run();
        } catch (ApiException e) {
            if (!isTheirOwnDoing(e)) {
                throw e;
            }
        }
    }
}
