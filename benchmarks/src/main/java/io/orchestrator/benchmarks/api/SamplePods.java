package io.orchestrator.benchmarks.api;

import io.orchestrator.api.meta.Time;
import io.orchestrator.api.model.core.ContainerDraft;
import io.orchestrator.api.model.core.ContainerState;
import io.orchestrator.api.model.core.ContainerStateRunning;
import io.orchestrator.api.model.core.ContainerStatus;
import io.orchestrator.api.model.core.ContainerStatusBuilder;
import io.orchestrator.api.model.core.HostIP;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.api.model.core.PodConditionBuilder;
import io.orchestrator.api.model.core.PodIP;
import io.orchestrator.api.model.core.PodStatusBuilder;
import io.orchestrator.core.codec.ObjectCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** Pods as they are usual: some 3.8 KB of JSON once the API has filled in its defaults. */
final class SamplePods {
    /** Where they are. */
    static final String PATH = "/api/v1/namespaces/default/pods";

    private static final int SETTINGS = 24;
    /** In one variable of the first container, in whose place pods of other templates have something of the same length. */
    private static final String OF_ONE_TEMPLATE = "setting with the number 12";

    private SamplePods() {}

    /** Bound to no node and for no scheduler, so that nothing but the API works on it. */
    static Pod named(String name) {
        Pod pod = Pod.named(name)
                .label("app", "shop")
                .label("app.kubernetes.io/name", "shop")
                .label("app.kubernetes.io/version", "1.27.3")
                .label("pod-template-hash", "66f5b5db5")
                .annotation("prometheus.io/scrape", "true")
                .annotation("checksum/config", "4b3e8bb42f3a3d0a4f9c6f9f0f9d1c3c5e0b8f7a6d5c4b3a2918070605040302")
                .container("web", "registry.example.com/shop/web:1.27.3", SamplePods::web)
                .container(
                        "proxy",
                        "registry.example.com/mesh/proxy:2.9.1",
                        c -> c.port(15001).cpu("100m").memory("128Mi").env("MESH_ID", "east"))
                .build();
        return pod.withSpec(pod.spec().withSchedulerName("nobody"));
    }

    /** The same pod as its node reports it: all containers run. */
    static Pod running(Pod pod, int number) {
        String ip = "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
        String node = "10.0.0." + number % 200;
        Time now = Time.of(Instant.ofEpochSecond(1_790_000_000L + number));
        List<PodCondition> conditions = Stream.of(
                        "PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled")
                .map(type -> PodConditionBuilder.builder()
                        .type(type)
                        .status("True")
                        .lastTransitionTime(now)
                        .build())
                .toList();
        List<ContainerStatus> containers = pod.spec().containers().stream()
                .map(container -> ContainerStatusBuilder.builder()
                        .name(container.name())
                        .image(container.image())
                        .imageID(container.image() + "@sha256:" + "4b3e8bb42f3a3d0a".repeat(4))
                        .containerID("containerd://"
                                + String.format(
                                        "%064x", 31L * number + container.name().hashCode()))
                        .ready(true)
                        .started(true)
                        .state(new ContainerState(null, new ContainerStateRunning(now), null))
                        .build())
                .toList();
        return pod.withStatus(PodStatusBuilder.builder(pod.status())
                .phase("Running")
                .hostIP(node)
                .hostIPs(List.of(new HostIP(node)))
                .podIP(ip)
                .podIPs(List.of(new PodIP(ip)))
                .startTime(now)
                .conditions(conditions)
                .containerStatuses(containers)
                .build());
    }

    private static ContainerDraft web(ContainerDraft container) {
        ContainerDraft web = container
                .args("--listen=:8080", "--log-level=info", "--graceful-timeout=20s")
                .port(8080)
                .cpu("250m")
                .memory("256Mi");
        for (int i = 0; i < SETTINGS; i++) {
            web = web.env("SHOP_SETTING_NUMBER_" + i, "some value of the setting with the number " + i);
        }
        return web;
    }

    static byte[] json(ObjectCodec codec, String name) {
        return codec.encode(named(name));
    }

    /**
     * Requests to create pods that differ in seven digits of their name, and of their template where there are several: for each
     * connection in an array of its own, so that the asking side makes no garbage.
     *
     * @param series of a connection, by its place: no two have the same
     * @param templates how many there are: pods of one have the same spec; 0 where each pod is of its own
     */
    static IntFunction<LongFunction<byte[]>> creates(
            Endpoint endpoint, ObjectCodec codec, String prefix, IntSupplier series, int templates) {
        return connection -> {
            int own = series.getAsInt();
            String name = prefix + "-" + own + "-";
            byte[] request = endpoint.request("POST", PATH, "application/json", json(codec, name + "0000000"));
            int digits = new String(request, StandardCharsets.UTF_8).indexOf(name) + name.length();
            int template = templateDigits(request);
            return number -> {
                digits(request, digits, number);
                if (templates != 1) {
                    long all = own * 100_000L + number;
                    digits(request, template, templates == 0 ? all : all % templates);
                }
                return request;
            };
        };
    }

    /** Writes seven digits of a number. */
    static void digits(byte[] text, int at, long number) {
        long rest = number;
        for (int i = at + 6; i >= at; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Where in the pod's JSON the seven bytes are that tell its template. */
    static int templateDigits(byte[] json) {
        return new String(json, StandardCharsets.UTF_8).indexOf(OF_ONE_TEMPLATE);
    }
}
