package io.orchestrator.samples.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.core.agent.LinuxSubPaths;
import io.orchestrator.core.codec.Manifests;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.env.Environment;
import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.ContainerSpec;
import io.orchestrator.spi.runtime.ContainerSpec.Mount;
import io.orchestrator.spi.runtime.RuntimeProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever shares a volume exchanges a folder for a link to the machine's files, at the worst moment: after the agent has looked at the
 * part of the volume that another container is shown, and before that is begun.
 */
@Timeout(240)
abstract class ExchangedSubPathContract {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private final Map<String, ContainerSpec> specs = new ConcurrentHashMap<>();
    private Cluster cluster;
    private Path outside;

    abstract RuntimeProvider open(Environment environment, Path folder);

    @BeforeEach
    void start() throws IOException {
        folder = folder.toRealPath();
        outside = Files.createDirectories(folder.resolve("outside"));
        Files.createDirectory(outside.resolve("b"));
        Files.writeString(outside.resolve("b/file"), "of the machine\n");
        cluster = Cluster.builder()
                .named("exchanged")
                .directory(Files.createDirectory(folder.resolve("cluster")))
                .runtime(environment -> exchanging(open(environment, folder.resolve("runtime"))))
                .nodes(1)
                .start();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void aContainerIsShownThePartOfItsVolumeThatWasLookedAt() throws IOException {
        create("part", "cat /part/file");

        assertThat(said("part")).isEqualTo("of the volume\n");

        assertThat(LinuxSubPaths.places(folder)).hasSize(1);
        cluster.client().pods().delete("part");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(LinuxSubPaths.places(folder)).isEmpty());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(find("volume-subpaths")).isEmpty());
        assertThat(outside.resolve("b/file")).hasContent("of the machine");
    }

    @Test
    void aContainerThatIsBegunAgainIsNotShownWhereTheLinkLeads() {
        create("again", "cat /part/file; exit 1");

        Pod refused = cluster.client()
                .pods()
                .await(
                        "again",
                        pod -> pod.status().containerStatuses().stream()
                                .anyMatch(status -> status.state().waiting() != null
                                        && status.state().waiting().reason().equals("CreateContainerConfigError")),
                        "it to be refused",
                        PATIENCE);
        assertThat(refused.status().containerStatuses().get(0).state().waiting().message())
                .isEqualTo("subPath \"a/b\" leads out of its volume");
    }

    private void create(String name, String command) {
        Manifests.builtIn().read("""
                apiVersion: v1
                kind: Pod
                metadata: {name: %s}
                spec:
                  restartPolicy: OnFailure
                  terminationGracePeriodSeconds: 1
                  initContainers:
                  - name: fill
                    image: busybox:1.36
                    command: [sh, -c, 'mkdir -p /whole/a/b && echo of the volume > /whole/a/b/file']
                    volumeMounts: [{name: data, mountPath: /whole}]
                  containers:
                  - name: app
                    image: busybox:1.36
                    command: [sh, -c, '%s']
                    volumeMounts:
                    - {name: data, mountPath: /whole}
                    - {name: data, mountPath: /part, subPath: a/b}
                  volumes: [{name: data, emptyDir: {}}]
                """.formatted(name, command)).forEach(cluster.client()::create);
    }

    private String said(String pod) {
        cluster.client().pods().await(pod, each -> each.status().phase().equals("Succeeded"), "it to end", PATIENCE);
        return cluster.client().pods().logText(pod, "app", PATIENCE);
    }

    private Stream<Path> find(String name) throws IOException {
        try (Stream<Path> tree = Files.walk(folder.resolve("cluster"))) {
            return tree.filter(path -> path.endsWith(name)).toList().stream();
        }
    }

    private RuntimeProvider exchanging(RuntimeProvider provider) {
        return intercepted(RuntimeProvider.class, provider, (call, argument) -> {}, true);
    }

    private interface Before {
        void called(String call, Object argument) throws IOException;
    }

    private void exchange(String call, Object argument) throws IOException {
        if (call.equals("createContainer")) {
            ContainerSpec spec = (ContainerSpec) argument;
            specs.put(spec.id(), spec);
        } else if (call.equals("startContainer")) {
            ContainerSpec spec = specs.get((String) argument);
            if (spec.name().equals("app") && spec.attempt() == 0) {
                Path volume = spec.mounts().stream()
                        .filter(mount -> mount.containerPath().equals("/whole"))
                        .map(Mount::hostPath)
                        .map(Path::of)
                        .findFirst()
                        .orElseThrow();
                Files.move(volume.resolve("a"), volume.resolve("was"));
                Files.createSymbolicLink(volume.resolve("a"), outside);
            }
        }
    }

    private <T> T intercepted(Class<T> type, T asked, Before before, boolean provides) {
        Class<?>[] kinds = Stream.concat(
                        Stream.of(type), Stream.of(asked.getClass().getInterfaces()))
                .distinct()
                .toArray(Class<?>[]::new);
        return type.cast(Proxy.newProxyInstance(getClass().getClassLoader(), kinds, (proxy, method, arguments) -> {
            try {
                if (arguments != null && arguments.length > 0) {
                    before.called(method.getName(), arguments[0]);
                }
                Object answer = method.invoke(asked, arguments);
                return provides && answer instanceof ContainerRuntime runtime
                        ? intercepted(ContainerRuntime.class, runtime, this::exchange, false)
                        : answer;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
