package io.orchestrator.core.registry.admission;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.PodSpecBuilder;
import io.orchestrator.api.model.scheduling.PriorityClass;
import java.util.Map;
import java.util.Optional;

/** Gives pods the number behind their priority class, and keeps a second class from becoming the default one. */
public final class PodPriority implements Admission {
    /** They hold before the objects of their name are there, and after somebody has deleted those. */
    private static final Map<String, Integer> SYSTEM =
            Map.of("system-node-critical", 2_000_001_000, "system-cluster-critical", 2_000_000_000);

    private static final String PREEMPTS = "PreemptLowerPriority";

    private record Chosen(String name, int value, String preemptionPolicy) {}

    private static final Chosen NONE = new Chosen("", 0, PREEMPTS);

    @Override
    @SuppressWarnings("unchecked") // T is Pod where the object is one
    public <T extends Resource> T mutate(Request<T> request, T object, Lookup lookup) {
        boolean created = request.operation() == Operation.CREATE && request.isOfObject();
        return created && object instanceof Pod pod ? (T) complete(request, pod, lookup) : object;
    }

    private static Pod complete(Request<?> request, Pod pod, Lookup lookup) {
        PodSpec spec = pod.spec();
        String name = spec.priorityClassName();
        Chosen chosen = name.isEmpty()
                ? byDefault(lookup)
                : named(name, lookup)
                        .orElseThrow(() -> request.denied("no PriorityClass with name " + name + " was found"));
        Integer given = spec.priority();
        if (given != null && given != chosen.value()) {
            throw request.denied("the integer value of priority (" + given
                    + ") must not be provided in pod spec; priority admission controller computed " + chosen.value()
                    + " from the given PriorityClass name");
        }
        return pod.withSpec(PodSpecBuilder.builder(spec)
                .priorityClassName(chosen.name())
                .priority(chosen.value())
                .preemptionPolicy(spec.preemptionPolicy() == null ? chosen.preemptionPolicy() : spec.preemptionPolicy())
                .build());
    }

    private static Optional<Chosen> named(String name, Lookup lookup) {
        return lookup.list(PriorityClass.TYPE, "").stream()
                .filter(known -> known.metadata().name().equals(name))
                .findFirst()
                .or(() -> lookup.find(PriorityClass.TYPE, "", name))
                .map(PodPriority::chosen)
                .or(() -> Optional.ofNullable(SYSTEM.get(name)).map(value -> new Chosen(name, value, PREEMPTS)));
    }

    /** Of several defaults, which only a race can make, the one that matters least. */
    private static Chosen byDefault(Lookup lookup) {
        PriorityClass least = null;
        for (PriorityClass known : lookup.list(PriorityClass.TYPE, "")) {
            if (known.globalDefault() && (least == null || known.value() < least.value())) {
                least = known;
            }
        }
        return least == null ? NONE : chosen(least);
    }

    private static Chosen chosen(PriorityClass known) {
        String policy = known.preemptionPolicy();
        return new Chosen(
                known.metadata().name(), known.value(), policy == null || policy.isEmpty() ? PREEMPTS : policy);
    }

    @Override
    public <T extends Resource> void check(Request<T> request, Lookup lookup) {
        if (request.object() instanceof PriorityClass wanted && wanted.globalDefault()) {
            lookup.list(PriorityClass.TYPE, "").stream()
                    .filter(PriorityClass::globalDefault)
                    .map(known -> known.metadata().name())
                    .filter(known -> !known.equals(request.name()))
                    .findFirst()
                    .ifPresent(known -> {
                        throw request.denied(
                                "PriorityClass " + known + " is already marked as default. Only one default can exist");
                    });
        }
    }
}
