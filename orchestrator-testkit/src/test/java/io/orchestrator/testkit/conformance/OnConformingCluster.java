package io.orchestrator.testkit.conformance;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A fresh cluster for each test: in virtual time it starts in a moment. */
abstract class OnConformingCluster {
    @TempDir
    Path directory;

    ConformingCluster cluster;

    @BeforeEach
    void start() {
        cluster = new ConformingCluster(directory);
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
    }
}
