package io.orchestrator.samples.kubectl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.core.auth.Kubeconfig;
import io.orchestrator.core.embed.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of {@code commands.txt} in all versions of kubectl against one cluster of processes, all together. By default
 * each scene is played by one of the versions and each version plays some scenes, the same ones in every build; {@code
 * -Dkubectl.rotation=N} turns the round. {@code -Dkubectl.versions=all}, or a list, has these versions play everything, {@code
 * -Dkubectl.scenes} chooses some scenes.
 */
class KubectlIT {
    private static final int AT_ONCE = 2 + 2 * Runtime.getRuntime().availableProcessors();
    /** Nodes that pods are scheduled to; beyond them, each version has one to drain. */
    private static final int COMMON_NODES = 2;

    @TempDir
    Path folder;

    @TestFactory
    @Timeout(value = 4, unit = TimeUnit.HOURS)
    Stream<DynamicNode> everyCommandDoesWhatItDoesOnKubernetes() throws Exception {
        Cast cast = Cast.of(
                KubectlProgram.found(),
                System.getProperty("kubectl.versions", ""),
                Long.getLong("kubectl.rotation", 0));
        List<KubectlProgram> programs = cast.programs();
        assumeTrue(!programs.isEmpty(), "there is no kubectl.1.N beside a kubectl on the PATH");
        try (Cluster cluster = Cluster.builder()
                .named("kubectl")
                .nodes(COMMON_NODES + programs.size())
                .apiServer(ApiServer.onPort(0))
                .podGrace(Duration.ofSeconds(2))
                .start()) {
            cluster.awaitNodes(Duration.ofSeconds(60));
            Kubeconfig kubeconfig = cluster.apiServer().orElseThrow().adminKubeconfig();
            for (int i = 0; i < programs.size(); i++) {
                cluster.client()
                        .nodes()
                        .edit(ownNode(i), it -> it.withSpec(it.spec().withUnschedulable(true)));
            }
            List<Callable<List<Stage.Played>>> tasks = new ArrayList<>();
            for (Scene scene : scenes()) {
                for (KubectlProgram program : cast.players(scene)) {
                    String node = ownNode(programs.indexOf(program));
                    tasks.add(() -> new Stage(program, scene, folder, kubeconfig, node).play());
                }
            }
            return judged(cast, played(tasks, cast.patience()));
        }
    }

    /** Of a program, beyond those that pods are scheduled to. */
    private static String ownNode(int program) {
        return "node-" + (COMMON_NODES + 1 + program);
    }

    private static List<Scene> scenes() {
        String chosen = System.getProperty("kubectl.scenes", "");
        return Scene.all().stream()
                .filter(scene -> chosen.isEmpty() || List.of(chosen.split(",")).contains(scene.name()))
                .toList();
    }

    private static List<Stage.Played> played(List<Callable<List<Stage.Played>>> tasks, Duration patience)
            throws InterruptedException, ExecutionException {
        ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Stage.Played> played = new ArrayList<>();
            for (Future<List<Stage.Played>> each : executor.invokeAll(tasks, patience.toSeconds(), TimeUnit.SECONDS)) {
                played.addAll(each.get());
            }
            return played;
        } finally {
            executor.shutdownNow();
        }
    }

    private static Stream<DynamicNode> judged(Cast cast, List<Stage.Played> played) {
        Map<String, Map<String, List<DynamicTest>>> tests = new LinkedHashMap<>();
        for (Stage.Played each : played) {
            tests.computeIfAbsent("kubectl " + each.program().version(), version -> new LinkedHashMap<>())
                    .computeIfAbsent(each.scene().name(), scene -> new ArrayList<>())
                    .add(DynamicTest.dynamicTest(each.command(), () -> judge(cast, each)));
        }
        return tests.entrySet().stream()
                .map(version -> DynamicContainer.dynamicContainer(
                        version.getKey(),
                        version.getValue().entrySet().stream()
                                .map(scene -> DynamicContainer.dynamicContainer(scene.getKey(), scene.getValue()))));
    }

    private static void judge(Cast cast, Stage.Played played) {
        assertThat(played.passed())
                .as(
                        "commands.txt:%d: %s kubectl %s (%s)%nexpected %s /%s/ but it ended with %d, saying%n%s",
                        played.step().line(),
                        played.program().version(),
                        played.command(),
                        cast.words(),
                        played.step().exit(),
                        played.step().pattern(),
                        played.ended().code(),
                        played.ended().output())
                .isTrue();
    }
}
