package io.orchestrator.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchestrator.core.store.DurableStore;
import io.orchestrator.core.store.MemoryStoreOptions;
import io.orchestrator.spi.store.Expect;
import io.orchestrator.spi.store.ListQuery;
import io.orchestrator.spi.store.StoreException;
import io.orchestrator.spi.store.StoreKey;
import io.orchestrator.spi.store.StoreValue;
import io.orchestrator.testkit.junit.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A file system of its own, in memory and small, that runs full. */
@RequiresRoot
@EnabledOnOs(OS.LINUX)
class DurableStoreFullDiskIT {
    private static final StoreKey EVERYTHING = new StoreKey("/");

    @TempDir
    private Path directory;

    @BeforeEach
    void mount() throws Exception {
        run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", directory.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", directory.toString());
    }

    @Test
    void aFullDiskRefusesWritesClearlyAndReadsGoOnAndWritesAreTakenOnceThereIsRoom() throws IOException {
        Map<StoreKey, String> before;
        long revision;
        try (DurableStore store = open()) {
            for (int i = 0; i < 20; i++) {
                store.put(key("k" + i), StoreFixture.value("value " + i), Expect.anything());
            }
            before = contents(store);
            revision = store.revision();
            Path ballast = directory.resolve("ballast");
            fill(ballast);

            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> store.put(key("big"), StoreValue.of(new byte[1_000_000]), Expect.anything()))
                        .isInstanceOf(StoreException.Refused.class)
                        .hasMessageContaining("journal.mv")
                        .hasMessageContaining("No space left");
            }
            assertThat(contents(store)).isEqualTo(before);
            assertThat(store.revision()).isEqualTo(revision);

            Files.delete(ballast);
            assertThat(store.put(key("big"), StoreValue.of(new byte[1_000_000]), Expect.anything())
                            .revision())
                    .isEqualTo(revision + 1);
            store.delete(key("big"), Expect.anything());
        }
        try (DurableStore store = open()) {
            assertThat(contents(store)).isEqualTo(before);
            assertThat(store.revision()).isEqualTo(revision + 2);
        }
    }

    private static void fill(Path ballast) throws IOException {
        byte[] block = new byte[4_096];
        try (var out = Files.newOutputStream(ballast)) {
            while (true) {
                try {
                    out.write(block);
                } catch (IOException full) {
                    return;
                }
            }
        }
    }

    private DurableStore open() {
        return DurableStore.open(directory.resolve("store"), Runnable::run, MemoryStoreOptions.keeping(64));
    }

    private static StoreKey key(String name) {
        return StoreKey.of("registry", "things", name);
    }

    private static Map<StoreKey, String> contents(DurableStore store) {
        return StoreFixture.contents(store.list(EVERYTHING, ListQuery.all()));
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }
}
