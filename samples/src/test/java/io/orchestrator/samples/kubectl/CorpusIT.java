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
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Manifests as people publish them: {@code -Dkubectl.corpus=FOLDER} names a folder of them, without which this is skipped;
 * {@code -Dkubectl.corpus.files} takes those alone whose path in it matches. Of each file, the objects of kinds that are
 * served are applied, applied again, and compared. What is refused, or sent again though nothing changed, must have its
 * reason in {@code corpus.txt}. The outcome of every file stands in {@code target/corpus.tsv}; with {@code
 * -Dkubectl.corpus.resume=true} those that went well there, in a run before, are not tried again.
 */
class CorpusIT {
    private static final Path REPORT = Path.of("target", "corpus.tsv");
    private static final Duration PATIENCE = Duration.ofMinutes(40);
    private static final int TOGETHER = 24;
    private static final int AT_ONCE = Runtime.getRuntime().availableProcessors();

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void whatKubernetesTakesIsTakenAndStaysAsItWasApplied() throws Exception {
        String corpus = System.getProperty("kubectl.corpus", "");
        assumeTrue(!corpus.isEmpty(), "-Dkubectl.corpus names no folder");
        List<KubectlProgram> programs =
                KubectlProgram.chosen(KubectlProgram.found(), System.getProperty("kubectl.versions", "1.32"));
        assumeTrue(!programs.isEmpty(), "there is no kubectl.1.N beside a kubectl on the PATH");

        Files.createDirectories(REPORT.getParent());
        Set<String> before = wentWell();
        List<CorpusTrial.Outcome> outcomes = new ArrayList<>();
        ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
        try (Cluster common = open()) {
            Map<String, CorpusFile.Kind> served = kinds(kubectl(programs.get(0), folder, common, "default"));
            List<CorpusFile> files = new ArrayList<>();
            for (Path file : manifests(Path.of(corpus))) {
                Path name = Path.of(corpus).relativize(file);
                if (!before.contains(name.toString())) {
                    files.add(CorpusFile.read(name, file, served));
                }
            }
            LinkedBlockingQueue<List<CorpusFile>> groups = new LinkedBlockingQueue<>(grouped(files));
            List<Callable<List<CorpusTrial.Outcome>>> workers = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                Worker worker = new Worker(
                        programs.get(0), common, Files.createDirectories(folder.resolve("worker-" + i)), "worker-" + i);
                workers.add(() -> worker.work(groups));
            }
            for (Future<List<CorpusTrial.Outcome>> each :
                    executor.invokeAll(workers, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                outcomes.addAll(each.get());
            }
            assertThat(outcomes).hasSameSizeAs(files);
        } finally {
            executor.shutdownNow();
        }
        assertThat(outcomes)
                .filteredOn(outcome -> !outcome.result().isWell())
                .extracting(CorpusTrial.Outcome::line)
                .isEmpty();
    }

    /** Begins the report: with what went well in the run that is resumed, whose files these are, or with nothing. */
    private static Set<String> wentWell() throws IOException {
        List<String> kept = new ArrayList<>();
        if (Boolean.getBoolean("kubectl.corpus.resume") && Files.exists(REPORT)) {
            for (String line : Files.readAllLines(REPORT)) {
                String[] fields = line.split("\t", -1);
                if (fields.length > 1 && CorpusTrial.Result.valueOf(fields[1]).isWell()) {
                    kept.add(line);
                }
            }
        }
        Files.write(REPORT, kept);
        return kept.stream().map(line -> line.substring(0, line.indexOf('\t'))).collect(Collectors.toSet());
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

    /** Files that do not get in each other's way, together; all others alone. */
    private static List<List<CorpusFile>> grouped(List<CorpusFile> files) {
        List<List<CorpusFile>> groups = new ArrayList<>();
        List<CorpusFile> left = new ArrayList<>();
        files.forEach(file -> (file.isSociable() ? left : fresh(groups)).add(file));
        while (!left.isEmpty()) {
            List<CorpusFile> group = fresh(groups);
            Set<String> names = new HashSet<>();
            for (Iterator<CorpusFile> each = left.iterator(); each.hasNext() && group.size() < TOGETHER; ) {
                CorpusFile file = each.next();
                boolean likeTheFirst = group.isEmpty() || group.get(0).confined() == file.confined();
                if (likeTheFirst && Collections.disjoint(names, file.names())) {
                    names.addAll(file.names());
                    group.add(file);
                    each.remove();
                }
            }
        }
        return groups;
    }

    private static List<CorpusFile> fresh(List<List<CorpusFile>> groups) {
        List<CorpusFile> group = new ArrayList<>();
        groups.add(group);
        return group;
    }

    /** One of several that work beside each other. @param folder its own @param name its own, for namespaces */
    private record Worker(KubectlProgram program, Cluster common, Path folder, String name) {

        /** As many groups as it comes to. */
        List<CorpusTrial.Outcome> work(LinkedBlockingQueue<List<CorpusFile>> groups)
                throws IOException, InterruptedException {
            List<Explanation> explanations = Explanation.all("corpus.txt");
            List<CorpusTrial.Outcome> outcomes = new ArrayList<>();
            for (List<CorpusFile> group = groups.poll(); group != null; group = groups.poll()) {
                List<CorpusFile> alone = new ArrayList<>(group);
                if (group.size() > 1) {
                    for (CorpusTrial.Outcome outcome : tryTogether(group, explanations, outcomes.size())) {
                        alone.remove(outcome.file());
                        note(outcome, outcomes);
                    }
                }
                for (CorpusFile file : alone) {
                    note(tryAlone(file, explanations, outcomes.size()), outcomes);
                }
            }
            return outcomes;
        }

        /** Those that touch more than one namespace have a cluster to themselves. */
        private List<CorpusTrial.Outcome> tryTogether(
                List<CorpusFile> group, List<Explanation> explanations, int number)
                throws IOException, InterruptedException {
            try (Cluster own = group.get(0).confined() ? null : open()) {
                return trial(own == null ? common : own, group, explanations, number)
                        .of(group);
            }
        }

        /** One that touches more than one namespace has a cluster to itself. */
        private CorpusTrial.Outcome tryAlone(CorpusFile file, List<Explanation> explanations, int number)
                throws IOException, InterruptedException {
            if (file.manifests().isEmpty()) {
                return new CorpusTrial.Outcome(file, CorpusTrial.Result.NOTHING, "");
            }
            try (Cluster own = file.confined() ? null : open()) {
                Cluster cluster = own == null ? common : own;
                return trial(cluster, List.of(file), explanations, number).of(file);
            }
        }

        /** In a new namespace. */
        private CorpusTrial trial(Cluster cluster, List<CorpusFile> files, List<Explanation> explanations, int number)
                throws IOException {
            String namespace = name + "-" + number + (files.size() > 1 ? "-together" : "");
            cluster.client().create(Namespace.named(namespace).build());
            files.forEach(file -> file.prepare(cluster.client(), namespace));
            return new CorpusTrial(kubectl(program, folder, cluster, namespace), folder, explanations);
        }

        private static void note(CorpusTrial.Outcome outcome, List<CorpusTrial.Outcome> outcomes) throws IOException {
            outcomes.add(outcome);
            Files.writeString(REPORT, outcome.line() + "\n", StandardOpenOption.APPEND);
        }
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

    /** The kinds that a server has, each under its version and name. */
    private static Map<String, CorpusFile.Kind> kinds(Command kubectl) throws IOException, InterruptedException {
        Map<String, CorpusFile.Kind> kinds = new HashMap<>();
        kubectl.run(List.of("api-resources", "--no-headers")).output().lines().forEach(line -> {
            String[] columns = line.split(" +", -1);
            int last = columns.length - 1;
            kinds.put(
                    columns[last - 2] + " " + columns[last],
                    new CorpusFile.Kind(columns[0], Boolean.parseBoolean(columns[last - 1])));
        });
        return kinds;
    }
}
