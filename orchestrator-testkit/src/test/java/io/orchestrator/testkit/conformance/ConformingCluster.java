package io.orchestrator.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.WatchEvent;
import io.orchestrator.api.client.WatchListener;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.policy.EvictionBuilder;
import io.orchestrator.core.agent.AgentConfig;
import io.orchestrator.core.codec.Manifests;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.control.nodelifecycle.NodeLifecycleSettings;
import io.orchestrator.core.control.pods.PodFacts;
import io.orchestrator.core.schema.Schemas;
import io.orchestrator.testkit.runtime.Behaviour;
import io.orchestrator.testkit.simulation.Simulation;
import io.orchestrator.testkit.simulation.WholeCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A cluster of three nodes of two cores, and short words for its tests. */
final class ConformingCluster implements AutoCloseable {
    private static final Manifests MANIFESTS = Manifests.builtIn();
    private static final ObjectCodec CODEC = new ObjectCodec(new Schemas());

    private final Set<String> unready = new HashSet<>();
    final WholeCluster whole;
    final Client client;

    ConformingCluster(Path directory) {
        this.whole = new WholeCluster(
                Simulation.inOrder(),
                directory,
                1,
                3,
                node -> node.withCapacity("2", "4Gi", 30).withPolicy(AgentConfig.Policy.trusting()),
                NodeLifecycleSettings.defaults());
        this.client = whole.sim().client();
        whole.engine()
                .program(container -> Optional.of(
                        switch (container.image().replaceAll(":.*", "")) {
                            case "task" -> Behaviour.exits(Duration.ofSeconds(20), 0);
                            case "fails" -> Behaviour.exits(Duration.ofSeconds(5), 42);
                            case "fails-once" ->
                                Behaviour.exits(Duration.ofSeconds(5), container.attempt() == 0 ? 1 : 0);
                            case "broken" -> Behaviour.failsToStart("there is no such program");
                            default -> Behaviour.runs().endsOnTerm(Duration.ofSeconds(1), 0);
                        }));
        whole.engine().silence(container -> unready.contains(container.pod().name()));
        settle();
    }

    /** Makes what the manifest says, YAML or JSON, in the order in which it says it. */
    @SuppressWarnings("unchecked")
    <T extends Resource> T create(String manifest) {
        List<Resource> made =
                MANIFESTS.read(manifest).stream().map(client::create).toList();
        return (T) made.get(made.size() - 1);
    }

    /** From now on the probes of the pod's containers fail. */
    void breakProbe(String pod) {
        unready.add(pod);
    }

    void mendProbe(String pod) {
        unready.remove(pod);
    }

    /** The refusal of what must not succeed. */
    ApiException refused(ThrowingCallable request) {
        return assertThatExceptionOfType(ApiException.class).isThrownBy(request).actual();
    }

    /** What happens to objects of the kind from now on, as {@code ADDED web-0}. */
    <T extends Resource> List<String> watch(ResourceType<T> type, String labels) {
        List<String> seen = new ArrayList<>();
        client.resources(type).watch(ListOptions.all().labels(labels), new WatchListener<>() {
            @Override
            public void onEvent(WatchEvent<T> event) {
                seen.add(event.type() + " " + event.object().metadata().name());
            }

            @Override
            public void onClosed(ApiException cause) {
                seen.add("CLOSED " + cause.getMessage());
            }
        });
        return seen;
    }

    /** A field of the object as it is on the wire; nothing where it has none. */
    String field(Resource object, String pointer) {
        return CODEC.toTree(object).at(pointer).asText();
    }

    /** What was told of the object, as {@code Reason: message}. */
    List<String> eventsOf(String name) {
        return all(Event.TYPE).stream()
                .filter(event -> event.involvedObject().name().equals(name))
                .map(event -> event.reason() + ": " + event.message())
                .toList();
    }

    void settle() {
        whole.sim().settle();
    }

    void advance(Duration span) {
        whole.sim().advance(span);
    }

    List<Pod> pods() {
        return client.pods().list().items();
    }

    List<Pod> active() {
        return pods().stream().filter(PodFacts::isActive).toList();
    }

    List<String> names() {
        return pods().stream().map(pod -> pod.metadata().name()).toList();
    }

    List<String> images() {
        return active().stream()
                .map(pod -> pod.spec().containers().get(0).image())
                .toList();
    }

    <T extends Resource> List<T> all(ResourceType<T> type) {
        return client.resources(type).list().items();
    }

    <T extends Resource> T get(ResourceType<T> type, String name) {
        return client.resources(type).get(name);
    }

    <T extends Resource> T mergeStatus(ResourceType<T> type, String name, String patch) {
        return client.resources(type).patchStatus(name, Patch.merge(patch.replace('\'', '"')));
    }

    <T extends Resource> void deleteAll(ResourceType<T> type, String labels) {
        client.resources(type).deleteAll(ListOptions.all().labels(labels), DeleteOptions.defaults());
    }

    void evict(String pod) {
        client.pods()
                .createSubresource(
                        pod,
                        "eviction",
                        EvictionBuilder.builder()
                                .metadata(ObjectMetaBuilder.builder()
                                        .name(pod)
                                        .namespace("default")
                                        .build())
                                .build());
    }

    /** Whether the condition stands in the object's status as true. */
    boolean is(String condition, Resource object) {
        for (JsonNode each : CODEC.toTree(object).at("/status/conditions")) {
            if (each.path("type").asText().equals(condition)) {
                return each.path("status").asText().equals("True");
            }
        }
        return false;
    }

    <T extends Resource> T merge(ResourceType<T> type, String name, String patch) {
        return client.resources(type).patch(name, Patch.merge(patch.replace('\'', '"')));
    }

    @Override
    public void close() throws Exception {
        whole.close();
    }
}
