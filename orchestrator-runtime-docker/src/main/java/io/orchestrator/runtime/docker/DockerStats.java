package io.orchestrator.runtime.docker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Statistics;
import io.orchestrator.spi.runtime.ContainerStats;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeFailure.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What containers use: from the kernel where the engine is on this machine, else by one request that does not wait for a second
 * look, which docker-java's does. Blocks; thread-safe.
 */
final class DockerStats {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PIECE = 8 * 1024;
    private static final int LARGEST = 1024 * 1024;
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final DockerClient docker;
    private final DockerEngine engine;
    private final Map<String, CgroupStats> local = new ConcurrentHashMap<>();

    DockerStats(DockerClient docker, DockerEngine engine) {
        this.docker = docker;
        this.engine = engine;
    }

    /** @throws RuntimeFailure with NOT_FOUND when the container does not run */
    ContainerStats of(String container) {
        CgroupStats known = local.get(container);
        if (known != null) {
            Optional<ContainerStats> read = known.read(engine.clock().instant());
            if (read.isPresent()) {
                return read.get();
            }
            local.remove(container);
        }
        InspectContainerResponse inspected =
                docker.inspectContainerCmd(container).exec();
        if (!Boolean.TRUE.equals(inspected.getState().getRunning())) {
            throw new RuntimeFailure(Kind.NOT_FOUND, "the container " + container + " does not run");
        }
        Long pid = inspected.getState().getPidLong();
        Optional<CgroupStats> here = pid == null ? Optional.empty() : CgroupStats.of(inspected.getId(), pid);
        Optional<ContainerStats> read =
                here.flatMap(files -> files.read(engine.clock().instant()));
        if (read.isPresent()) {
            here.ifPresent(files -> local.put(container, files));
            return read.get();
        }
        return asked(inspected.getId());
    }

    void forget(String container) {
        local.remove(container);
    }

    private ContainerStats asked(String engineId) {
        String request = "GET /v" + engine.apiVersion() + "/containers/" + engineId
                + "/stats?stream=false&one-shot=true HTTP/1.0\r\nHost: docker\r\n\r\n";
        try (EngineWire wire = engine.openWire()) {
            byte[] bytes = request.getBytes(StandardCharsets.US_ASCII);
            wire.write(bytes, 0, bytes.length);
            String answer = rest(wire);
            int body = answer.indexOf(END_OF_HEAD);
            if (body < 0 || !answer.startsWith("200", answer.indexOf(' ') + 1)) {
                throw new RuntimeFailure(
                        Kind.UNAVAILABLE, "the engine does not say what container " + engineId + " uses: " + answer);
            }
            Statistics statistics = JSON.readValue(answer.substring(body + END_OF_HEAD.length()), Statistics.class);
            return StatsReading.of(statistics, engine.clock().instant());
        } catch (IOException e) {
            throw new RuntimeFailure(Kind.UNAVAILABLE, "stats of " + engineId + ": " + e.getMessage(), e);
        }
    }

    /** HTTP/1.0 ends an answer with the connection. */
    private static String rest(EngineWire wire) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        for (int read = wire.read(piece); read >= 0; read = wire.read(piece)) {
            all.write(piece, 0, read);
            if (all.size() > LARGEST) {
                throw new IOException("the answer is too long");
            }
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
