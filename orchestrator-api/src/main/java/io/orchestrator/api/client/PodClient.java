package io.orchestrator.api.client;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodCondition;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.spi.node.PodConnection;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/** Pods, and the streams into them. */
public final class PodClient extends ResourceClient<Pod> {

    PodClient(ApiTransport transport, String namespace, WriteOptions writing) {
        super(transport, Pod.TYPE, namespace, writing);
    }

    @Override
    public PodClient inNamespace(String namespace) {
        return new PodClient(transport(), namespace, writing());
    }

    /** The output of a container. @param container empty for the only or default one */
    public CompletionStage<LogStream> logs(String pod, String container, LogQuery query) {
        return transport().pods().logs(namespace(), pod, container, false, query);
    }

    /** The output of the container's instance before its last restart. @param container empty for the only or default one */
    public CompletionStage<LogStream> previousLogs(String pod, String container, LogQuery query) {
        return transport().pods().logs(namespace(), pod, container, true, query);
    }

    /** What the only or default container has written so far, as UTF-8. Blocks, at most for the patience. */
    public String logText(String pod, Duration patience) {
        return logText(pod, "", patience);
    }

    /** What a container has written so far, as UTF-8. Blocks, at most for the patience. */
    public String logText(String pod, String container, Duration patience) {
        return PodOutput.text(logs(pod, container, LogQuery.all()), patience);
    }

    /** Runs a command in a container. @param container empty for the only or default one */
    public CompletionStage<ExecSession> exec(String pod, String container, ExecSpec spec) {
        return transport().pods().exec(namespace(), pod, container, spec);
    }

    /**
     * Joins the main process of a container: what it writes from now on, and what it reads.
     *
     * @param container empty for the only or default one
     * @param stdin whether it is written to; the container must have been made with {@code stdin}
     */
    public CompletionStage<ExecSession> attach(String pod, String container, boolean stdin) {
        return transport().pods().attach(namespace(), pod, container, stdin);
    }

    /** Connects to a TCP port of the pod, whether or not this machine has a route to it. */
    public CompletionStage<PodConnection> connect(String pod, int port) {
        return transport().pods().connect(namespace(), pod, port);
    }

    /**
     * Makes a port of the pod one of this machine, on loopback, until it is closed.
     *
     * @param localPort 0 for any that is free, see {@link PortForward#localPort}
     * @param executor runs one task that blocks for the port and two for each connection; it must not be bounded below that
     * @throws java.io.UncheckedIOException when the local port is not to be had
     */
    public PortForward forward(String pod, int port, int localPort, Executor executor) {
        return PortForward.open(localPort, () -> connect(pod, port), executor);
    }

    /** Runs a command in the only or default container and waits for its end, at most for the patience. */
    public ExecResult run(String pod, Duration patience, String... command) {
        return PodOutput.result(exec(pod, "", ExecSpec.of(command)), patience);
    }

    /** Waits, by watch, until the pod's containers run or have ended well. Fails when the pod fails. */
    public Pod awaitRunning(String pod, Duration patience) {
        return await(
                pod,
                "run",
                patience,
                found -> found.status().phase().equals(PodPhase.RUNNING)
                        || found.status().phase().equals(PodPhase.SUCCEEDED));
    }

    /** Waits, by watch, until the pod is ready to serve. Fails when the pod fails. */
    public Pod awaitReady(String pod, Duration patience) {
        return await(pod, "become ready", patience, PodClient::isReady);
    }

    /** Whether the pod says of itself that it is ready to serve. */
    public static boolean isReady(Pod pod) {
        for (PodCondition condition : pod.status().conditions()) {
            if (condition.type().equals("Ready")) {
                return condition.status().equals("True");
            }
        }
        return false;
    }

    private Pod await(String pod, String what, Duration patience, Predicate<Pod> test) {
        return ObjectWait.until(
                this,
                pod,
                found -> found.flatMap(now -> {
                    if (test.test(now)) {
                        return Optional.of(now);
                    }
                    if (now.status().phase().equals(PodPhase.FAILED)) {
                        throw new ApiException(
                                Reason.CONFLICT,
                                "pod \"" + pod + "\" has failed: "
                                        + now.status().reason() + " "
                                        + now.status().message());
                    }
                    return Optional.empty();
                }),
                "pod \"" + pod + "\" to " + what,
                patience);
    }
}
