package io.orchestrator.core.agent;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.meta.OwnerReferenceBuilder;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodSpec;
import io.orchestrator.api.model.core.TaintEffect;
import io.orchestrator.api.model.core.Toleration;
import io.orchestrator.api.model.core.TolerationBuilder;
import io.orchestrator.core.codec.DecodeException;
import io.orchestrator.core.codec.Manifests;
import io.orchestrator.core.env.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pods that a node runs because a manifest for them lies in a directory of its machine. Each is a pod of the API that the agent
 * makes itself, marked as a mirror of its file: it is made anew when somebody deletes it there, replaced when the file changes, and
 * deleted when the file goes. Owned by its lane.
 */
final class StaticPods implements NodePart {
    static final String MIRROR = "kubernetes.io/config.mirror";
    private static final Logger LOG = LoggerFactory.getLogger(StaticPods.class);
    private static final Duration PERIOD = Duration.ofSeconds(20);
    private static final int HASH_BYTES = 16;
    private static final Set<Reason> PASSING = EnumSet.of(Reason.ALREADY_EXISTS, Reason.NOT_FOUND, Reason.CONFLICT);
    private static final Toleration EVERYTHING = TolerationBuilder.builder()
            .operator("Exists")
            .effect(TaintEffect.NO_EXECUTE)
            .build();

    private final Path directory;
    private final String nodeName;
    private final Client client;
    private final Environment environment;
    private final Supplier<List<Pod>> bound;
    private final Supplier<Optional<Node>> self;
    private final Manifests manifests = Manifests.builtIn();
    private final Lane lane;
    /** What the API said last of those that it refuses, by pod: told once. */
    private final Map<String, String> complaints = new HashMap<>();

    private @Nullable ScheduledFuture<?> timer;

    /**
     * @param bound the pods that the API binds to the node
     * @param self the node, once it is registered
     */
    StaticPods(
            Path directory,
            String nodeName,
            Client client,
            Environment environment,
            Supplier<List<Pod>> bound,
            Supplier<Optional<Node>> self) {
        this.directory = directory;
        this.nodeName = nodeName;
        this.client = client;
        this.environment = environment;
        this.bound = bound;
        this.self = self;
        this.lane = new Lane(environment.executor());
    }

    void start() {
        timer = environment
                .timers()
                .scheduleWithFixedDelay(() -> lane.submit(this::look), 0, PERIOD.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Looks now: a pod was deleted, which may be one of ours. */
    void hurry() {
        lane.submit(this::look);
    }

    private void look() {
        Optional<Node> node = self.get();
        if (node.isEmpty()) {
            return;
        }
        Map<String, Pod> wanted;
        try {
            wanted = wanted(node.get());
        } catch (IOException e) {
            LOG.warn("the static pods of {} cannot be read: they stay as they are", directory, e);
            return;
        }
        Map<String, Pod> present = new LinkedHashMap<>();
        bound.get().stream().filter(StaticPods::isStatic).forEach(pod -> present.put(key(pod), pod));
        present.forEach((key, pod) -> {
            Pod file = wanted.get(key);
            if (!pod.metadata().isDeleting() && (file == null || !hash(file).equals(hash(pod)))) {
                attempt(
                        "delete",
                        pod,
                        () -> client.inNamespace(pod.metadata().namespace())
                                .pods()
                                .delete(pod.metadata().name()));
            }
        });
        wanted.forEach((key, pod) -> {
            if (!present.containsKey(key)) {
                attempt("create", pod, () -> client.create(pod));
            }
        });
    }

    private void attempt(String what, Pod pod, Runnable write) {
        try {
            write.run();
            complaints.remove(key(pod));
        } catch (ApiException e) {
            // gone, there already, or refused: the next look decides
            String why = String.valueOf(e.getMessage());
            if (PASSING.contains(e.reason()) || why.equals(complaints.put(key(pod), why))) {
                LOG.debug("cannot {} static pod {}", what, pod.metadata().name(), e);
            } else {
                LOG.warn("cannot {} static pod {}: {}", what, pod.metadata().name(), why);
            }
        }
    }

    private Map<String, Pod> wanted(Node node) throws IOException {
        Map<String, Pod> pods = new LinkedHashMap<>();
        if (!Files.isDirectory(directory)) {
            return pods;
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file -> file.toString().matches(".*\\.(ya?ml|json)") && !isHidden(file))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            read(file, node).ifPresent(pod -> pods.putIfAbsent(key(pod), pod));
        }
        return pods;
    }

    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    private Optional<Pod> read(Path file, Node node) throws IOException {
        String text = Files.readString(file);
        try {
            return manifests.read(text).stream()
                    .filter(Pod.class::isInstance)
                    .map(Pod.class::cast)
                    .findFirst()
                    .map(pod -> mirror(pod, hash(text), node));
        } catch (DecodeException | UncheckedIOException e) {
            LOG.warn("the manifest {} is no pod: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    private Pod mirror(Pod pod, String hash, Node node) {
        Map<String, String> annotations = new LinkedHashMap<>(pod.metadata().annotations());
        annotations.put("kubernetes.io/config.hash", hash);
        annotations.put(MIRROR, hash);
        annotations.put(
                "kubernetes.io/config.seen", environment.clock().instant().toString());
        annotations.put("kubernetes.io/config.source", "file");
        String namespace = pod.metadata().namespace().isEmpty()
                ? "default"
                : pod.metadata().namespace();
        ObjectMeta metadata = ObjectMetaBuilder.builder(
                        ObjectMeta.named(namespace, pod.metadata().name() + "-" + nodeName))
                .labels(pod.metadata().labels())
                .annotations(annotations)
                .ownerReferences(List.of(OwnerReferenceBuilder.builder()
                        .apiVersion("v1")
                        .kind("Node")
                        .name(nodeName)
                        .uid(node.metadata().uid())
                        .controller(true)
                        .build()))
                .build();
        return pod.withMetadata(metadata).withSpec(tolerant(pod.spec()).withNodeName(nodeName));
    }

    /** Whatever befalls its node, it stays there: nobody could make it anew elsewhere. */
    private static PodSpec tolerant(PodSpec spec) {
        if (spec.tolerations().contains(EVERYTHING)) {
            return spec;
        }
        List<Toleration> tolerations = new ArrayList<>(spec.tolerations());
        tolerations.add(EVERYTHING);
        return spec.withTolerations(tolerations);
    }

    /** Whether the pod is one of a node's files. */
    static boolean isStatic(Pod pod) {
        return pod.metadata().annotations().containsKey(MIRROR);
    }

    private static String key(Pod pod) {
        return pod.metadata().namespace() + "/" + pod.metadata().name();
    }

    private static String hash(Pod pod) {
        return pod.metadata().annotations().getOrDefault(MIRROR, "");
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
