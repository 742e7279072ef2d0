package io.orchestrator.samples.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orchestrator.core.agent.LinuxMemoryDisk;
import io.orchestrator.testkit.machine.OwnDockerd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A Docker engine of the test's own, which may be ended and begun at will: on its own socket and directories, with a bridge of its
 * own in the place of the default one, and with networks of addresses that nobody else is given. (An engine that is told to have
 * no bridge takes away the one that stands: that of the machine's own engine.) It leaves the machine's packet rules
 * alone, so pods reach this machine and each other, and nobody beyond.
 */
final class OwnEngine implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofMillis(200);
    private static final String BRIDGE_ADDRESS = "10.214.255.1/24";

    private final Path folder;
    private final OwnDockerd engine;
    private final String bridge;
    private final List<String> more;
    private Process daemon;

    private OwnEngine(Path folder, String bridge, List<String> more) throws IOException {
        this.folder = folder;
        this.engine = new OwnDockerd(folder, "test");
        this.bridge = bridge;
        this.more = more;
        this.daemon = begin();
    }

    /** Begins one; skips the test where this machine cannot. @param images to have, from the engine that is there anyway */
    static OwnEngine start(String... images) throws IOException, InterruptedException {
        return startWith(List.of(), images);
    }

    /** @param more options of the daemon */
    static OwnEngine startWith(List<String> more, String... images) throws IOException, InterruptedException {
        assumeTrue(OwnDockerd.isPossible(), "there is no dockerd to start, or we are not root");
        String bridge = "oe" + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX);
        try {
            run(List.of("ip", "link", "add", bridge, "type", "bridge"));
            run(List.of("ip", "address", "add", BRIDGE_ADDRESS, "dev", bridge));
            run(List.of("ip", "link", "set", bridge, "up"));
        } catch (IOException e) {
            abort("no bridge for a second dockerd is to be had here: " + e.getMessage());
        }
        OwnEngine engine = new OwnEngine(Files.createTempDirectory("engine"), bridge, more);
        try {
            if (!engine.isUpInTime()) {
                abort("a second dockerd does not start here: " + engine.engine.lastSaid());
            }
            Path archive = engine.folder.resolve("images.tar");
            List<String> save = new ArrayList<>(List.of("docker", "save", "-o", archive.toString()));
            save.addAll(List.of(images));
            run(save);
            engine.docker("load", "-q", "-i", archive.toString());
            return engine;
        } catch (RuntimeException | IOException | InterruptedException | Error e) {
            engine.close();
            throw e;
        }
    }

    private Process begin() throws IOException {
        List<String> options = new ArrayList<>(List.of(
                "--bridge",
                bridge,
                "--iptables=false",
                "--ip-forward=false",
                // What a busy machine has not stopped by then outlives the daemon, whose next life cannot
                // remove it.
                "--shutdown-timeout=30",
                "--default-address-pool",
                "base=10.213.0.0/16,size=24"));
        options.addAll(more);
        return engine.daemon(List.of("dockerd"), options).start();
    }

    String host() {
        return engine.host();
    }

    private boolean isUpInTime() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (daemon.isAlive() && System.nanoTime() - end < 0) {
            try {
                docker("version", "--format", "{{.Server.Version}}");
                return true;
            } catch (IOException notYet) {
                LockSupport.parkNanos(STEP.toNanos());
            }
        }
        return false;
    }

    /** Ends the daemon in order, and begins it anew: its containers have ended meanwhile. */
    void restart() throws IOException, InterruptedException {
        end();
        daemon = begin();
        assertThat(isUpInTime()).as(engine.lastSaid()).isTrue();
    }

    private void end() throws InterruptedException {
        daemon.destroy();
        if (!daemon.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            daemon.destroyForcibly().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Runs the engine's client. @return what it says */
    String docker(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker", "-H", host()));
        command.addAll(List.of(args));
        return run(command);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes()).strip();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " does not end");
        }
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
        return said;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (daemon.isAlive() && isUpInTime()) {
            // a bridge outlives its engine
            docker("network", "prune", "-f");
        }
        end();
        LinuxMemoryDisk.ofThisMachine().release(folder);
        run(List.of("rm", "-rf", folder.toString()));
        run(List.of("ip", "link", "delete", bridge));
    }
}
