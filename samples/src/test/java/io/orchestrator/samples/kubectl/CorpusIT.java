package io.orchestrator.samples.kubectl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.core.embed.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
 * Manifests as people publish them: {@code -Dkubectl.corpus=FOLDER} names a folder of them, without which this is skipped.
 * Of each file, the objects of kinds that are served are applied, applied again, and compared. The outcome of every file
 * stands in {@code target/corpus.tsv}.
 */
class CorpusIT {
    private static final Path REPORT = Path.of("target", "corpus.tsv");
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final int CLUSTERS = Runtime.getRuntime().availableProcessors();

    @TempDir
    Path folder;

    @Test
    void whatKubernetesTakesIsTakenAndStaysAsItWasApplied() throws Exception {
        String corpus = System.getProperty("kubectl.corpus", "");
        assumeTrue(!corpus.isEmpty(), "-Dkubectl.corpus names no folder");
        List<KubectlProgram> programs = KubectlProgram.chosen(System.getProperty("kubectl.versions", "1.32"));
        assumeTrue(!programs.isEmpty(), "there is no kubectl.1.N beside a kubectl on the PATH");

        Files.createDirectories(REPORT.getParent());
        Files.writeString(REPORT, "");
        LinkedBlockingQueue<Path> files = new LinkedBlockingQueue<>(manifests(Path.of(corpus)));
        List<CorpusFile.Outcome> outcomes = new ArrayList<>();
        ExecutorService executor = Executors.newFixedThreadPool(CLUSTERS);
        try {
            List<Callable<List<CorpusFile.Outcome>>> workers = new ArrayList<>();
            for (int i = 0; i < CLUSTERS; i++) {
                Path own = Files.createDirectories(folder.resolve("cluster-" + i));
                workers.add(() -> work(programs.get(0), own, Path.of(corpus), files));
            }
            for (Future<List<CorpusFile.Outcome>> each :
                    executor.invokeAll(workers, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                outcomes.addAll(each.get());
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(outcomes).filteredOn(outcome -> !outcome.isWell()).isEmpty();
    }

    private static List<Path> manifests(Path corpus) throws IOException {
        try (Stream<Path> files = Files.walk(corpus)) {
            return files.filter(file -> file.toString().matches(".*\\.(ya?ml|json)"))
                    .sorted()
                    .toList();
        }
    }

    /** A cluster without nodes, and so without pods that change, for as many files as it comes to. */
    private static List<CorpusFile.Outcome> work(
            KubectlProgram program, Path folder, Path corpus, LinkedBlockingQueue<Path> files)
            throws IOException, InterruptedException {
        List<CorpusFile.Outcome> outcomes = new ArrayList<>();
        try (Cluster cluster = Cluster.builder()
                .named("corpus")
                .nodes(0)
                .apiServer(ApiServer.onPort(0))
                .start()) {
            Path kubeconfig = folder.resolve("kubeconfig");
            cluster.apiServer().orElseThrow().adminKubeconfig().writeTo(kubeconfig);
            Command commands = new Command(program, folder, kubeconfig, folder.resolve("cache"));
            Set<String> served = CorpusFile.served(commands);
            for (Path file = files.poll(); file != null; file = files.poll()) {
                CorpusFile.Outcome outcome = new CorpusFile(corpus.relativize(file), file)
                        .tryOut(commands, served, folder, cluster.client(), outcomes.size());
                outcomes.add(outcome);
                Files.writeString(REPORT, outcome.line() + "\n", StandardOpenOption.APPEND);
            }
        }
        return outcomes;
    }
}
