package io.orchestrator.samples.kubectl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.core.embed.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Manifests as people publish them: {@code -Dkubectl.corpus=FOLDER} names a folder of them, without which this is skipped;
 * {@code -Dkubectl.corpus.files} takes those alone whose path in it matches. Of each file, the objects of kinds that are
 * served are applied, applied again, and compared. What is refused, or sent again though nothing changed, must have its
 * reason in {@code corpus.txt}. The outcome of every file stands in {@code target/corpus.tsv}.
 */
class CorpusIT {
    private static final Path REPORT = Path.of("target", "corpus.tsv");
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final int AT_ONCE = Runtime.getRuntime().availableProcessors();

    @TempDir
    Path folder;

    @Test
    void whatKubernetesTakesIsTakenAndStaysAsItWasApplied() throws Exception {
        String corpus = System.getProperty("kubectl.corpus", "");
        assumeTrue(!corpus.isEmpty(), "-Dkubectl.corpus names no folder");
        List<KubectlProgram> programs =
                KubectlProgram.chosen(KubectlProgram.found(), System.getProperty("kubectl.versions", "1.32"));
        assumeTrue(!programs.isEmpty(), "there is no kubectl.1.N beside a kubectl on the PATH");

        Files.createDirectories(REPORT.getParent());
        Files.writeString(REPORT, "");
        LinkedBlockingQueue<Path> files = new LinkedBlockingQueue<>(manifests(Path.of(corpus)));
        List<CorpusTrial.Outcome> outcomes = new ArrayList<>();
        ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Callable<List<CorpusTrial.Outcome>>> workers = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                Path own = Files.createDirectories(folder.resolve("worker-" + i));
                workers.add(() -> work(programs.get(0), own, Path.of(corpus), files));
            }
            for (Future<List<CorpusTrial.Outcome>> each :
                    executor.invokeAll(workers, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                outcomes.addAll(each.get());
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(outcomes)
                .filteredOn(outcome -> !outcome.result().isWell())
                .extracting(CorpusTrial.Outcome::line)
                .isEmpty();
    }

    private static List<Path> manifests(Path corpus) throws IOException {
        String chosen = System.getProperty("kubectl.corpus.files", ".*");
        try (Stream<Path> files = Files.walk(corpus)) {
            return files.filter(file -> file.toString().matches(".*\\.(ya?ml|json)"))
                    .filter(file -> corpus.relativize(file).toString().matches(chosen))
                    .sorted()
                    .toList();
        }
    }

    /** As many files as it comes to. Those that touch more than one namespace have a cluster to themselves. */
    private static List<CorpusTrial.Outcome> work(
            KubectlProgram program, Path folder, Path corpus, LinkedBlockingQueue<Path> files)
            throws IOException, InterruptedException {
        List<Explanation> explanations = Explanation.all("corpus.txt");
        List<CorpusTrial.Outcome> outcomes = new ArrayList<>();
        try (Cluster common = open()) {
            Map<String, Boolean> served = kinds(kubectl(program, folder, common, "default"));
            for (Path file = files.poll(); file != null; file = files.poll()) {
                CorpusFile manifests = CorpusFile.read(corpus.relativize(file), file, served);
                try (Cluster own = manifests.confined() ? null : open()) {
                    Cluster cluster = own == null ? common : own;
                    String namespace = "file-" + outcomes.size();
                    cluster.client().create(Namespace.named(namespace).build());
                    manifests.prepare(cluster.client(), namespace);
                    Command kubectl = kubectl(program, folder, cluster, namespace);
                    CorpusTrial.Outcome outcome = new CorpusTrial(kubectl, folder, explanations).of(manifests);
                    outcomes.add(outcome);
                    Files.writeString(REPORT, outcome.line() + "\n", StandardOpenOption.APPEND);
                    cluster.client().namespaces().delete(namespace);
                }
            }
        }
        return outcomes;
    }

    /** Without nodes, and so without pods that change. */
    private static Cluster open() {
        return Cluster.builder()
                .named("corpus")
                .nodes(0)
                .apiServer(ApiServer.onPort(0))
                .start();
    }

    private static Command kubectl(KubectlProgram program, Path folder, Cluster cluster, String namespace)
            throws IOException {
        Path kubeconfig = folder.resolve("kubeconfig");
        String text = cluster.apiServer().orElseThrow().adminKubeconfig().toYaml();
        Files.writeString(kubeconfig, text.replace("namespace: default", "namespace: " + namespace));
        return new Command(program, folder, kubeconfig, folder.resolve("cache"));
    }

    /** The kinds that a server has, each with its version before it, and whether it is namespaced. */
    private static Map<String, Boolean> kinds(Command kubectl) throws IOException, InterruptedException {
        Map<String, Boolean> kinds = new HashMap<>();
        kubectl.run(List.of("api-resources", "--no-headers")).output().lines().forEach(line -> {
            String[] columns = line.split(" +", -1);
            int last = columns.length - 1;
            kinds.put(columns[last - 2] + " " + columns[last], Boolean.valueOf(columns[last - 1]));
        });
        return kinds;
    }
}
