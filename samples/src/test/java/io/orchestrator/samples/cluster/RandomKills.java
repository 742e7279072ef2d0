package io.orchestrator.samples.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.TestReporter;

/**
 * The whole program, killed with -9 at a random moment again and again, while a deployment is scaled at random.
 *
 * @param options with which it is started each time
 * @param reporter told every ten kills, which a nightly run takes minutes for
 */
record RandomKills(Path folder, List<String> options, TestReporter reporter) {
    private static final int MOST_REPLICAS = 5;
    private static final int MOST_MILLIS = 2_500;
    private static final int STEP = 10;

    RandomKills {
        options = List.copyOf(options);
    }

    Launched start() throws Exception {
        return Launched.up(folder, options.toArray(String[]::new)).untilItSays("try: kubectl");
    }

    /** @param creation what {@code kubectl create} makes the deployment from */
    void run(int kills, long seed, String deployment, String... creation) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < kills; i++) {
            try (Launched launched = start()) {
                Kubectl kubectl = launched.kubectl(folder);
                if (i == 0) {
                    kubectl.run(creation);
                }
                kubectl.run("scale", "deployment/" + deployment, "--replicas=" + (1 + random.nextInt(MOST_REPLICAS)));
                launched.runOn(Duration.ofMillis(random.nextInt(MOST_MILLIS)));
            }
            if ((i + 1) % STEP == 0) {
                reporter.publishEntry("kills", Integer.toString(i + 1));
            }
        }
    }
}
