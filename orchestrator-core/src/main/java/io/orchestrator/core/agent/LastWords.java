package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.Container;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import io.orchestrator.spi.runtime.RuntimeInfo.Ability;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.CompletionStage;

/** What a container that ended left as its message: in its file, or as the end of its log. Blocks. */
final class LastWords {
    private static final int FILE_LIMIT = 4096;
    private static final int LOG_LIMIT = 2048;
    private static final String USUAL_PLACE = "/dev/termination-log";
    private static final int LOG_LINES = 80;

    private LastWords() {}

    /**
     * Whether a container is shown a file for them. Where its files are otherwise the machine's, one that names its own place for
     * it is; the usual place would have every container mount something, of which hardly any writes there.
     */
    static boolean haveAFile(NodeContext node, Container container) {
        String path = container.terminationMessagePath();
        return node.config().terminationMessages()
                && !path.isEmpty()
                && (node.can(Ability.FILESYSTEM) || node.can(Ability.MOUNTS) && !path.equals(USUAL_PLACE));
    }

    static String inFile(NodeContext node, Pod pod, Container container, ContainerState ended) {
        if (!haveAFile(node, container)) {
            return "";
        }
        try (InputStream file = Files.newInputStream(node.volumes().terminationLog(pod, ended.id()))) {
            return new String(file.readNBytes(FILE_LIMIT), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the termination message of " + ended.id() + " cannot be read", e);
        }
    }

    static CompletionStage<String> inLog(NodeContext node, ContainerState ended) {
        LogQuery query = new LogQuery(false, false, LOG_LINES, null, 0);
        return node.deadlines()
                .within(
                        node.config().timing().callDeadline(),
                        "the log of container " + ended.name(),
                        () -> node.runtime().logs(ended.id(), query))
                .thenApplyAsync(LastWords::end, node.environment().executor());
    }

    private static String end(LogStream log) {
        try (log) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (byte[] piece = log.read(); piece != null; piece = log.read()) {
                all.write(piece);
            }
            byte[] bytes = all.toByteArray();
            int from = Math.max(0, bytes.length - LOG_LIMIT);
            return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a log cannot be read", e);
        }
    }
}
