package io.orchestrator.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.ConfigMapVolumeSourceBuilder;
import io.orchestrator.api.model.core.Event;
import io.orchestrator.api.model.core.KeyToPath;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.VolumeBuilder;
import io.orchestrator.spi.runtime.ContainerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What containers mount within the files of objects, which are replaced when these change. */
class NestedMountSimTest {
    @TempDir
    Path directory;

    private final List<ContainerSpec> created = new ArrayList<>();
    private AgentFixture sim;

    @BeforeEach
    void start() {
        sim = new AgentFixture(directory);
        sim.engine.program(spec -> {
            created.add(spec);
            return Optional.empty();
        });
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    /** What keeps a pod from running that has its scratch there in a volume with the one file {@code a/b}. */
    private String refusal(String name, String place) {
        sim.run(Pod.named(name)
                .spec(spec -> spec.volumes(List.of(
                        VolumeBuilder.builder()
                                .name("config")
                                .configMap(ConfigMapVolumeSourceBuilder.builder()
                                        .name("settings")
                                        .items(List.of(new KeyToPath("colour", "a/b", null)))
                                        .build())
                                .build(),
                        VolumeBuilder.builder().name("scratch").build())))
                .container("web", "web:1", c -> c.mount("config", "/x").mount("scratch", place)));
        sim.seconds(5);
        var waiting = sim.status(name, "web").state().waiting();
        return waiting == null ? "" : waiting.reason() + ": " + waiting.message();
    }

    @Test
    void nothingIsMountedAmongTheFilesThemselvesWithWhichItWouldGo() {
        sim.client.create(ConfigMap.named("settings").data("colour", "blue").build());
        assertThat(refusal("beside", "/x/a/c"))
                .isEqualTo(
                        "CreateContainerConfigError: nothing can be mounted at /x/a/c: \"a\" in there is of the files"
                                + " of the volume at /x, which are replaced when they change");
        assertThat(refusal("data", "/x/..data/c")).contains("mounted at /x/..data/c: \"..data\" in there");
        assertThat(refusal("dots", "/x/..mine")).contains("mounted at /x/..mine: \"..mine\" in there");
        assertThat(created).isEmpty();

        assertThat(refusal("apart", "/x/c/..a")).isEmpty();
        assertThat(refusal("over-a-file", "/x/a/b")).isEmpty();
        assertThat(refusal("over-all", "/x/a")).isEmpty();
    }

    @Test
    void aFileThatComesWhereSomethingIsMountedIsNotShownAndWhatIsMountedStays() throws IOException {
        sim.client.create(ConfigMap.named("settings").data("colour", "blue").build());
        sim.client.create(ConfigMap.named("others").data("shape", "round").build());
        sim.run(Pod.named("web")
                .configMap("config", "settings")
                .configMap("more", "others")
                .emptyDir("scratch")
                .container(
                        "web",
                        "web:1",
                        c -> c.mount("config", "/etc/web")
                                .mount("more", "/more")
                                .mount("scratch", "/etc/web/cache/files")
                                .mount(
                                        "config",
                                        mount -> mount.mountPath("/etc/web/single")
                                                .subPath("colour"))));
        sim.seconds(5);
        Path volume = source("/etc/web");
        // who takes a folder away takes away what is mounted there, whoever sees it
        Path mounted = Files.createFile(volume.resolve("cache/files/mounted"));
        assertThat(why()).isEmpty();

        sim.client
                .configMaps()
                .update(ConfigMap.named("settings")
                        .data("colour", "red")
                        .data("cache", "none")
                        .data("single", "none")
                        .build());
        sim.client
                .configMaps()
                .update(ConfigMap.named("others").data("shape", "square").build());
        sim.seconds(1);
        assertThat(mounted).exists();
        assertThat(volume.resolve("single")).isEmptyFile();
        assertThat(why())
                .isEqualTo("MountVolume.SetUp failed for volume \"config\" : file path \"cache\" is not shown: a mount"
                        + " of a container takes \"cache\" in the volume");
        assertThat(volume.resolve("colour")).hasContent("red");
        Path data = volume.resolve("..data").toRealPath();

        sim.restartAgent();
        sim.engine.kill(container -> container.name().equals("web"), 1);
        sim.advance(Duration.ofMinutes(3));
        assertThat(created).as("the pod goes on with what it has").hasSize(2);
        assertThat(sim.pod("web").isReady()).isTrue();
        assertThat(mounted).exists();
        assertThat(volume.resolve("..data").toRealPath())
                .as("what did not change is not written")
                .isEqualTo(data);
        assertThat(source("/more").resolve("shape")).hasContent("square");
    }

    @Test
    void aVolumeThatCannotFollowItsObjectKeepsNoOtherFromIt() {
        sim.client.create(ConfigMap.named("settings").data("colour", "blue").build());
        sim.client.create(ConfigMap.named("others").data("shape", "round").build());
        sim.run(Pod.named("web")
                .configMap("config", "settings")
                .configMap("more", "others")
                .container("web", "web:1", c -> c.mount("config", "/etc/web").mount("more", "/more")));
        sim.seconds(5);

        sim.client.configMaps().delete("settings");
        sim.client
                .configMaps()
                .update(ConfigMap.named("others").data("shape", "square").build());
        sim.seconds(1);
        assertThat(why()).contains("MountVolume.SetUp failed for volume \"config\"");
        assertThat(source("/etc/web").resolve("colour")).hasContent("blue");
        assertThat(source("/more").resolve("shape")).hasContent("square");
    }

    private Path source(String path) {
        return created.get(0).mounts().stream()
                .filter(mount -> mount.containerPath().equals(path))
                .map(mount -> Path.of(mount.hostPath()))
                .findFirst()
                .orElseThrow();
    }

    private String why() {
        return sim.client.resources(Event.TYPE).list().items().stream()
                .filter(event -> event.reason().equals("FailedMount"))
                .map(Event::message)
                .distinct()
                .collect(Collectors.joining("\n"));
    }
}
